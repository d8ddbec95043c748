"""The local server: what it refuses, what it keeps to itself, and that it ends with its command."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import free_port
from factory import make_reading

from graph.dossier import open_store
from graph.errors import ServerFailed
from onrecord import neo4j_server
from onrecord.neo4j_server import PINNED, LocalServer, check_jars

needs_server = pytest.mark.skipif(
    os.environ.get("ONRECORD_TEST_STORES") == "sqlite", reason="only SQLite was asked for"
)
LEDGER = make_reading(("Mara Lindqvist", "Halden Robotics stops all arms"))
COMMAND = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from onrecord import neo4j_server
sys.exit(neo4j_server.run(Path({home!r}), {port}, sys.stdout))
"""


@contextmanager
def command(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`onrecord neo4j` in a process of its own; ended at the end, whatever the test did to it."""
    code = COMMAND.format(root=str(Path(neo4j_server.__file__).parents[1]), home=str(home), port=port)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def pid_of_server(home: Path) -> int:
    return int((home / "run/server.pid").read_text())


def wait_for_end(pid: int, *, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        if listed.stdout.strip() in ("", "Z"):
            return
        time.sleep(0.2)
    pytest.fail(f"process {pid} still runs")


@needs_server
def test_the_server_ends_with_its_command_even_when_that_is_killed_and_keeps_its_data(tmp_path: Path):
    home, port = tmp_path / "home", free_port()
    with command(home, port) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        with open_store(url) as store:
            store.write([LEDGER])
            before = list(store.dump())
        server = pid_of_server(home)
        os.kill(process.pid, signal.SIGKILL)
    with command(home, port) as process:  # it may begin while the one before is still ending
        assert process.stdout
        assert process.stdout.readline().strip() == url
        wait_for_end(server)
        with open_store(url, read_only=True) as store:
            assert list(store.dump()) == before
        server = pid_of_server(home)
        process.terminate()
        assert process.wait() == 0
        assert process.stdout.read() == ""
    wait_for_end(server, patience=1)


@needs_server
def test_only_the_owner_reads_the_password_and_nothing_else_holds_it(neo4j_url: str, tmp_path_factory):
    home = tmp_path_factory.getbasetemp() / "neo4j0"
    password = neo4j_url.split(":")[2].split("@")[0]
    assert (home / "password").read_text() == password
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    texts = [file for folder in ("conf", "logs", "run") for file in (home / folder).iterdir() if file.is_file()]
    assert texts
    assert not [file for file in texts if password.encode() in file.read_bytes()]
    commands = subprocess.run(["ps", "-ww", "-eo", "command="], capture_output=True, text=True, check=True).stdout
    assert str(home) in commands
    assert password not in commands


@needs_server
def test_the_server_listens_on_this_machine_only(neo4j_url: str):
    port = int(neo4j_url.rpartition(":")[2])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.2", port))  # it is free on every other address


def test_a_port_that_is_taken_is_refused(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerFailed, match=f"port {port} is taken"), LocalServer(tmp_path, port):
            pass


def test_a_home_in_which_another_command_runs_is_refused(tmp_path: Path):
    (tmp_path / "run").mkdir()
    lock = neo4j_server._lock(tmp_path / "run/lock")
    with lock, pytest.raises(ServerFailed, match="another command"), LocalServer(tmp_path, free_port()):
        pass


def test_a_jar_that_differs_from_its_hash_is_refused(tmp_path: Path):
    jar, pinned = tmp_path / "engine-1.jar", tmp_path / "pinned.txt"
    jar.write_bytes(b"engine")
    pinned.write_text(f"{'0' * 64}  engine-1.jar\n")
    with pytest.raises(ServerFailed, match=r"engine-1\.jar is not the file"):
        check_jars([jar], pinned)


def test_a_jar_that_is_not_pinned_or_is_missing_is_refused(tmp_path: Path):
    jar, pinned = tmp_path / "engine-1.jar", tmp_path / "pinned.txt"
    jar.write_bytes(b"engine")
    pinned.write_text("")
    with pytest.raises(ServerFailed, match=r"engine-1\.jar is not the file"):
        check_jars([jar], pinned)
    pinned.write_text(f"{'0' * 64}  engine-1.jar\n")
    with pytest.raises(ServerFailed, match=r"lacks engine-1\.jar"):
        check_jars([], pinned)


def test_every_pinned_jar_has_one_hash_and_a_name_without_a_place():
    lines = [line.split("  ") for line in PINNED.read_text().splitlines()]
    assert all(len(sha256) == 64 and name.endswith(".jar") and "/" not in name for sha256, name in lines)
    assert len({name for _, name in lines}) == len(lines)
