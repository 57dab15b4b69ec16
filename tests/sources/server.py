"""A web server on this machine that plays what services do: their answers, and their bad days.

    with Server() as server:
        server.on("/api/papers", body=b"[]", type="application/json")
        server.on("/slow", delay=2.0)
        server.on("/busy", status=429, headers={"Retry-After": "1"})   # once, then what comes next
        server.on("/busy", body=b"now")                                # from then on
        server.url("/busy")
        server.paths(), server.requests

What is played for a path is a list; its last one stays. A path matches without its query, unless
it was given with one; one that ends with `*` matches all that begin so. All else is 404.
"""

import gzip
import itertools
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit


class Request(NamedTuple):
    """What was asked: when it came and when it was answered (`time.monotonic`); what was sent."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    at: float
    done: float = 0.0
    method: str = "GET"
    body: bytes = b""


class Play(NamedTuple):
    """What one request gets.

    `delay`: seconds before it; `drip`: seconds between its bytes; `drop`: nothing at all comes;
    `cut`: so many bytes of the body, though more were announced; `chunks`: without a length;
    `packed`: in gzip; `answer`: makes the body of the request, and may return a `Play` itself.
    """

    body: bytes = b""
    status: int = 200
    type: str = "text/plain"
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    delay: float = 0.0
    drip: float = 0.0
    drop: bool = False
    cut: int | None = None
    chunks: bool = False
    packed: bool = False
    answer: "Callable[[Request], bytes | Play] | None" = None


class Server:
    """The server, from `with` on; `requests` are all that came, in order."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._plays: dict[str, list[Play]] = {}
        self._now = 0
        self._lock = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def base(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return self.base + path

    def on(self, path: str, body: bytes = b"", **how: Any) -> None:
        """Play something for a path, behind what was said before."""
        with self._lock:
            self._plays.setdefault(path, []).append(Play(body, **how))

    def forget(self, path: str) -> None:
        """Play nothing for a path any more."""
        with self._lock:
            self._plays.pop(path, None)

    def paths(self) -> list[str]:
        """Return what was asked for, in order, without queries."""
        return [request.path for request in list(self.requests)]

    def gaps(self, path: str = "") -> list[float]:
        """Return the seconds between requests whose path begins so."""
        times = [one.at for one in list(self.requests) if one.path.startswith(path)]
        return [later - before for before, later in itertools.pairwise(times)]

    def _play(self, request: Request, target: str) -> Play:
        with self._lock:
            stars = sorted((p for p in self._plays if p.endswith("*")), key=len, reverse=True)
            found = [p for p in (target, request.path) if p in self._plays]
            found += [p for p in stars if target.startswith(p[:-1])]
            if not found:
                return Play(b"nothing here", 404)
            plays = self._plays[found[0]]
            play = plays.pop(0) if len(plays) > 1 else plays[0]
        if play.answer:
            made = play.answer(request)
            play = made if isinstance(made, Play) else play._replace(body=made)
        return play

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        parts = urlsplit(handler.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = handler.rfile.read(int(headers.get("content-length", "0")))
        request = Request(
            parts.path,
            parse_qs(parts.query),
            headers,
            time.monotonic(),
            method=handler.command,
            body=body,
        )
        with self._lock:
            self.requests.append(request)
            place = len(self.requests) - 1
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            _send(handler, self._play(request, handler.path), self._over)
        finally:
            with self._lock:
                self._now -= 1
                self.requests[place] = request._replace(done=time.monotonic())


def _send(handler: BaseHTTPRequestHandler, play: Play, over: threading.Event) -> None:
    if over.wait(play.delay) or play.drop:
        handler.close_connection = True
        return
    body = gzip.compress(play.body) if play.packed else play.body
    handler.send_response(play.status)
    handler.send_header("Content-Type", play.type)
    if play.packed:
        handler.send_header("Content-Encoding", "gzip")
    for name, value in play.headers.items():
        handler.send_header(name, value)
    if play.chunks:
        handler.send_header("Transfer-Encoding", "chunked")
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    elif play.status not in (204, 304):
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if play.cut is not None:
        body = body[: play.cut]
        handler.close_connection = True
    if not play.drip:
        handler.wfile.write(body)
        return
    for place in range(len(body)):
        if over.wait(play.drip):
            return
        handler.wfile.write(body[place : place + 1])
        handler.wfile.flush()


class _Quiet(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: who asked has gone."""


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer takes 40 ms
        timeout = 10

        def do_GET(self) -> None:
            server.take(self)

        def do_POST(self) -> None:
            server.take(self)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
