"""Neo4j Browser for a server of this machine: its pages, out of its own jar, to this machine and from nowhere else.

The Browser of a Community server may fetch guides and pictures from the web, and no setting of the server forbids it.
So its files are served here instead, with a policy that lets them load and reach nothing but this address and the
server's: whatever they ask for elsewhere, the reader's browser refuses.
"""

from __future__ import annotations

import hashlib
import mimetypes
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from graph.errors import ServerFailed

JAR = "org.neo4j.client:neo4j-browser:5.24.0"  # the last that came as a jar; it speaks to every Neo4j 5
SHA256 = "064b3291c4236002c9ea04c89592ebebc80fe1f790eda36642599c9a1ee80bb8"
HOST = "127.0.0.1"
ROOT = "browser/"  # in the jar, and in the address
POLICY = (
    "default-src 'self'; connect-src 'self' ws://{bolt}; img-src 'self' data: blob:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; worker-src 'self' blob:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'self'"
)


@contextmanager
def serve_browser(port: int, bolt_port: int) -> Iterator[str]:
    """Serve Neo4j Browser on a port of 127.0.0.1 (0: a free one) until the end of `with`; gives its address."""
    with zipfile.ZipFile(_fetch_jar()) as jar:
        files = {name: jar.read(name) for name in jar.namelist() if name.startswith(ROOT) and not name.endswith("/")}
    handler = type("Handler", (_Handler,), {"files": files, "policy": POLICY.format(bolt=f"{HOST}:{bolt_port}")})
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise ServerFailed(f"port {port} is taken: name another, or end what answers there") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        there = quote(f"neo4j://neo4j@{HOST}:{bolt_port}", safe="")
        yield f"http://{HOST}:{server.server_port}/{ROOT}?connectURL={there}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Files by their whole name, so that no address leads out of the jar."""

    files: dict[str, bytes]
    policy: str

    def do_GET(self) -> None:
        name = unquote(urlsplit(self.path).path).lstrip("/")
        name = f"{ROOT}index.html" if name in ("", ROOT, ROOT.rstrip("/")) else name
        host = self.headers.get("Host", "").partition(":")[0]
        if host not in (HOST, "localhost"):  # another name for this machine is somebody else's page
            self.send_error(421)
        elif name not in self.files:
            self.send_error(404)
        else:
            self._send(name, self.files[name])

    def _send(self, name: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody keeps what was looked at."""


def _fetch_jar() -> Path:
    """The jar, fetched where the Maven cache lacks it, and checked. Raises ServerFailed."""
    try:
        import jgo
        from jgo.maven import PythonResolver
    except ImportError as error:
        raise ServerFailed("Neo4j Browser needs one more package: pip install 'onrecord[neo4j-server]'") from error
    try:
        (jar,) = jgo.build(JAR, resolver=PythonResolver()).all_jars
    except Exception as error:  # jgo lets through whatever its network library raises
        raise ServerFailed(f"Neo4j Browser could not be fetched: {error}") from error
    with jar.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise ServerFailed(f"{jar} is not the file that On Record was made with: delete it")
    return Path(jar)
