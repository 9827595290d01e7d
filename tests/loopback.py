"""A web server on the loopback that serves files, and misbehaves as told."""

from __future__ import annotations

import contextlib
import mimetypes
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Handler = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; a handler of the site answers it with :meth:`send` or by itself."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        queue = self.site.next_answers.get(self.path)
        answer = queue.pop(0) if queue else Request.serve
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            answer(self)
        self.close_connection = True

    def serve(self) -> None:
        """Answer as a decent server does: 404, 304, a part, or the whole."""
        content = self.site.files.get(self.path)
        if content is None:
            self.send(404, b"no such file")
            return
        etag = self.site.etags.get(self.path, "")
        marks = {"Content-Type": mimetypes.guess_type(self.path)[0] or "application/octet-stream"}
        marks |= {"ETag": etag} if etag else {}
        if etag and self.headers.get("If-None-Match") == etag:
            self.send(304, b"", **marks)
            return
        wanted = self.headers.get("Range", "")
        if wanted and self.headers.get("If-Range") == etag and etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                self.send(416, b"")
                return
            self.send(
                206, content[start:], **marks, **{"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
            )
            return
        self.send(200, content, **marks)

    def send(self, status: int, body: bytes, *, cut_at: int | None = None, **headers: str) -> None:
        """Send an answer; `cut_at` breaks the connection off after so many bytes of the body."""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if cut_at is None else body[:cut_at])
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Site:
    """What the server knows: files by path, their ETags, and answers that come before the decent one."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.etags: dict[str, str] = {}
        self.next_answers: dict[str, list[Handler]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def put(self, path: str, content: bytes | str, etag: str = "") -> None:
        """Serve a file."""
        self.files[path] = content.encode() if isinstance(content, str) else content
        self.etags[path] = etag or f'"{len(self.files[path])}-{hash(self.files[path])}"'


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """Run a server while the block runs."""
    site = Site()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")  # a developer's proxy has no business here
        yield from _running(site)


def _running(site: Site) -> Iterator[Site]:
    with listening(type("Bound", (Request,), {"site": site})) as site.url:
        yield site


@contextlib.contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answer on a port of this machine while the block runs, and give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join(timeout=30)
