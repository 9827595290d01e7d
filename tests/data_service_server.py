"""ACLED's and UCDP's services as far as they are published, on the loopback, and misbehaving as told."""

from __future__ import annotations

import contextlib
import json
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

from loopback import listening

from geoconflict.allowed_networks import AllowedNetwork
from geoconflict.fetching.addresses import AddressPolicy
from geoconflict.fetching.connection import Connector, Patience

EMAIL, PASSWORD, TOKEN = "a+b@desk.example", "pass word/&=%", "ucdp token+/="
ENVIRON = {"ACLED_EMAIL": EMAIL, "ACLED_PASSWORD": PASSWORD, "UCDP_ACCESS_TOKEN": TOKEN}


class DataService:
    """What the services hold and do.

    Attributes
    ----------
    rows
        The events, of whichever service is asked.
    cap
        The most rows that a page holds, whatever is asked for.
    lasts
        How long an access token lasts, in seconds, as the service says.
    faults
        Answers given before the decent one to requests of data: status, body, headers, or a number of bytes to stop at.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.cap = 5000
        self.lasts: float = 86_400
        self.faults: list[tuple[int, bytes, dict[str, str]] | int] = []
        self.login_faults: list[tuple[int, bytes, dict[str, str]]] = []
        self.takes_refresh = True
        self.repeats = False
        self.loses = 0
        self.grants: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.given: set[str] = set()
        self.url = ""

    def connector(self) -> Connector:
        """Return what may ask this server."""
        port = urllib.parse.urlsplit(self.url).port
        allowed = [AllowedNetwork.parse(f"127.0.0.1:{port}")]
        return Connector(AddressPolicy(allowed=allowed), Patience(read_seconds=60, total_seconds=120))

    def log_in(self, form: dict[str, str]) -> tuple[int, Any]:
        self.grants.append(form.get("grant_type", ""))
        good = form.get("client_id") == "acled" and (
            (form.get("grant_type") == "password" and (form.get("username"), form.get("password")) == (EMAIL, PASSWORD))
            or (
                form.get("grant_type") == "refresh_token"
                and self.takes_refresh
                and form.get("refresh_token") in self.given
            )
        )
        if not good:
            return 400, {
                "error": "invalid_grant",
                "error_description": f"no such user {form.get('username')} {form.get('password')}",
            }
        access, refresh = f"access-{len(self.grants)}", f"refresh-{len(self.grants)}"
        self.given |= {access, refresh}
        return 200, {"token_type": "Bearer", "expires_in": self.lasts, "access_token": access, "refresh_token": refresh}

    def acled(self, query: dict[str, str], token: str) -> tuple[int, Any]:
        if token.removeprefix("Bearer ") not in self.given:
            return 401, {"message": f"The token {token} is not known"}
        size, page = min(int(query["limit"]), self.cap), 1 if self.repeats else int(query["page"])
        found = self.rows[(page - 1) * size : page * size]
        return 200, {"status": 200, "success": True, "count": len(found), "messages": [], "data": found}

    def ucdp(self, query: dict[str, str], token: str) -> tuple[int, Any]:
        if token != TOKEN:
            return 401, {"message": f"API token required, not {token}"}
        size, page = min(int(query["pagesize"]), self.cap), int(query.get("page", "0"))
        found = self.rows[page * size : (page + 1) * size][self.loses :]
        is_last = (page + 1) * size >= len(self.rows)
        following = None if is_last else f"http://elsewhere.example/api/gedevents/26.1?pagesize={size}&page={page + 1}"
        pages = -(-len(self.rows) // size)
        return 200, {
            "TotalCount": len(self.rows), "TotalPages": pages, "PreviousPageUrl": None, "NextPageUrl": following, "Result": found,
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: DataService

    def do_POST(self) -> None:
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if self.service.login_faults:
            self._send(*self.service.login_faults.pop(0))
            return
        status, told = self.service.log_in(form)
        self._send(status, json.dumps(told).encode(), {})

    def do_GET(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query))
        self.service.asked.append({"path": parts.path, **query})
        fault = self.service.faults.pop(0) if self.service.faults else None
        if isinstance(fault, tuple):
            self._send(*fault)
            return
        if parts.path == "/api/acled/read":
            status, told = self.service.acled(query, self.headers.get("Authorization", ""))
        else:
            status, told = self.service.ucdp(query, self.headers.get("x-ucdp-access-token", ""))
        body = json.dumps(told).encode()
        self._send(status, body if fault is None else body[:fault], {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextlib.contextmanager
def serving_data(rows: list[dict[str, Any]]) -> Iterator[DataService]:
    """Run the services while the block runs."""
    service = DataService(rows)
    with listening(type("Bound", (_Handler,), {"service": service})) as service.url:
        yield service
