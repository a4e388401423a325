"""A company's sign-in on this machine: answers the addresses that a provider asks, as its documentation shows them."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = dict[str, Any] | tuple[int, Any] | Callable[["Asked"], Any]


class Asked:
    """One request as it came in: ``path``, ``query``, ``headers`` and ``body`` (JSON or a form, as a dict)."""

    def __init__(self, handler: BaseHTTPRequestHandler):
        parts = urlsplit(handler.path)
        self.path, self.query, self.headers = parts.path, dict(parse_qsl(parts.query)), handler.headers
        self.raw = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        text = self.raw.decode("utf-8", "replace")
        self.body = json.loads(text) if text.startswith(("{", "[")) else dict(parse_qsl(text))


class FakeServer:
    """``answers[path]`` is what a path is answered with: an object, a status and an object, or a function of both."""

    def __init__(self, url: str):
        self.url = url
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []

    def last(self, path: str) -> Asked:
        return next(asked for asked in reversed(self.asked) if asked.path == path)


@contextmanager
def serving() -> Iterator[FakeServer]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            asked = Asked(self)
            server.asked.append(asked)
            found = server.answers.get(asked.path, (404, {"error": "unknown path"}))
            found = found(asked) if callable(found) else found
            status, said = found if isinstance(found, tuple) else (200, found)
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer

        def log_message(self, *args):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = FakeServer(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
