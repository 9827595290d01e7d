"""The server of the review page: loopback alone, a random port, a token in the address; ends when it is told to."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from geoconflict.errors import GeoconflictError
from geoconflict.reviewing.points import PointDoubtError
from geoconflict.reviewing.serving.api import Api
from geoconflict.reviewing.serving.guard import HEADERS, path_within, refusal
from geoconflict.reviewing.serving.page import files, page
from geoconflict.settings import Settings
from geoconflict.visible import visible

__all__ = ["ReviewServer", "serve"]

_ADDRESS = "127.0.0.1"
_SECONDS = 20.0
"""A client that sends nothing for so long is left."""


class ReviewServer(ThreadingHTTPServer):
    """The server, listening once it is made.

    Parameters
    ----------
    api
        What is asked and decided.

    Attributes
    ----------
    url : str
        The address to open; without its token nothing is answered.
    """

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, api: Api) -> None:
        super().__init__((_ADDRESS, 0), _Handler)
        self.api = api
        self.token = secrets.token_urlsafe(24)
        self.host = f"{_ADDRESS}:{self.server_address[1]}"
        self.url = f"http://{self.host}/{self.token}/"
        self.files = files()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002  # as socketserver calls it
        """Tell what went wrong, but nothing of clients that went away."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError | TimeoutError):
            self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Print an error that nobody expected; the token, which stands in every path, is taken out."""
        told = f"{type(error).__name__}: {error}".replace(self.token, "TOKEN")
        sys.stderr.write(f"error: the review page could not answer: {visible(told)}\n")
        sys.stderr.flush()


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = _SECONDS
    server_version, sys_version = "geoconflict", ""

    def do_GET(self) -> None:  # the name that http.server calls
        self._guarded(self._get)

    def do_POST(self) -> None:  # as above
        self._guarded(self._post)

    def _guarded(self, answer: Callable[[], None]) -> None:
        """Answer, also where something nobody expected goes wrong; who asks must not wait for nothing."""
        try:
            answer()
        except (ConnectionError, TimeoutError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told
            self.server.tell(error)
            self._refuse(500, "something went wrong; the terminal says what")

    def _get(self) -> None:
        if (rest := self._admitted("GET")) is None:
            return
        if rest == "":
            self._answer(200, "text/html; charset=utf-8", page().encode())
        elif rest in self.server.files:
            kind, content = self.server.files[rest]
            self._answer(200, kind, content)
        elif rest.startswith("api/"):
            self._api(lambda: self.server.api.get(rest.removeprefix("api/")))
        else:
            self._refuse(404, "no such page")

    def _post(self) -> None:
        if (rest := self._admitted("POST")) is None:
            return
        if not rest.startswith("api/"):
            self._refuse(404, "no such page")
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._api(lambda: self.server.api.post(rest.removeprefix("api/"), _object(body)))

    def _admitted(self, method: str) -> str | None:
        said = refusal(method, self.path, self.headers, host=self.server.host, token=self.server.token)  # type: ignore[arg-type]  # a Message looks up as a mapping does
        if said is not None:
            self._refuse(said.status, said.why)
            return None
        return path_within(self.path, self.server.token)

    def _other(self) -> None:
        self._refuse(405, "only GET and POST")

    do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _other  # noqa: N815  # as above

    def _api(self, answer: Callable[[], dict[str, Any] | None]) -> None:
        try:
            found = answer()
        except PointDoubtError as doubt:
            self._json(400, {"error": str(doubt), "to_confirm": True})
            return
        except (GeoconflictError, ValueError) as error:
            self._json(400, {"error": str(error)})
            return
        if found is None:
            self._refuse(404, "no such page")
        else:
            self._json(200, found)

    def _json(self, status: int, found: dict[str, Any]) -> None:
        self._answer(
            status, "application/json; charset=utf-8", json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
        )

    def _refuse(self, status: int, why: str) -> None:
        self.close_connection = True
        self._answer(status, "text/plain; charset=utf-8", f"{why}\n".encode())

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        if self.request_version == "HTTP/0.9":  # also until the version is read, and answers of it have no headers
            self.request_version = "HTTP/1.0"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse what http.server cannot read, as everything is refused: its own page and words would show the path."""
        self._refuse(code, HTTPStatus(code).phrase)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name of the standard library
        """Say nothing: the token stands in every path."""


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        msg = "the body is no JSON object"
        raise ValueError(msg)  # noqa: TRY004  # told as any fault of a request
    return found


def serve(
    settings: Settings,
    store: Path,
    *,
    who: str,
    now: Callable[[], dt.datetime],
    ready: Callable[[str], None],
    include_reviewed: bool = False,
) -> int:
    """Serve the review page until SIGINT or SIGTERM; return how many decisions were written down.

    Parameters
    ----------
    settings
        Where decisions go.
    store
        The event store, which is only read.
    who
        The reviewer.
    now
        The clock of entries.
    ready
        Called with the address once it answers.
    include_reviewed
        Whether decided and undoubted events are listed too.
    """
    api = Api(settings, store, who=who, now=now, include_reviewed=include_reviewed)
    with ReviewServer(api) as server, _until_told(server):
        ready(server.url)
        server.serve_forever(poll_interval=0.2)
    with api.writing:  # what is being written down is written to its end
        return api.n_decisions


@contextlib.contextmanager
def _until_told(server: ReviewServer) -> Iterator[None]:
    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
