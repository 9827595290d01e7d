"""A real HTTP server on this machine that speaks the services' own formats, and a clock that tests turn."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from geoconflict.places.online.service import OnlineService

AGENT = "border-watch-tests/1.0 (tests@example.org)"
NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
SERVICES = ("nominatim", "photon", "geonames", "arcgis")
ARCGIS_PATH = "/arcgis/rest/services/World/GeocodeServer/findAddressCandidates"
PATHS = {"nominatim": "/search", "photon": "/api", "geonames": "/searchJSON", "arcgis": ARCGIS_PATH}


def _found(service: str, name: str) -> object:
    """The answer of a service that knows one place of this name, in its own format."""
    if service == "nominatim":
        return [
            {
                "place_id": 1, "licence": "Data (c) OpenStreetMap contributors, ODbL 1.0.", "osm_type": "node", "osm_id": 42,
                "lat": "18.9000", "lon": "1.1000", "class": "place", "type": "village", "place_rank": 19, "importance": 0.3,
                "addresstype": "village", "name": name, "display_name": f"{name}, Kidal, Mali",
                "address": {"village": name, "state": "Kidal", "country": "Mali", "country_code": "ml"},
                "boundingbox": ["18.88", "18.92", "1.08", "1.12"],
            }
        ]  # fmt: skip
    if service == "photon":
        properties = {
            "osm_type": "N", "osm_id": 42, "osm_key": "place", "osm_value": "village", "type": "city", "name": name,
            "state": "Kidal", "country": "Mali", "countrycode": "ML",
        }  # fmt: skip
        point = {"type": "Point", "coordinates": [1.1, 18.9]}
        return {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": point, "properties": properties}],
        }
    if service == "arcgis":
        attributes = {"Addr_type": "Locality", "Type": "City", "PlaceName": name, "Region": "Kidal", "Country": "MLI"}
        candidate = {"address": f"{name}, Kidal, MLI", "location": {"x": 1.1, "y": 18.9}, "attributes": attributes}
        return {"spatialReference": {"wkid": 4326}, "candidates": [candidate]}
    return {
        "totalResultsCount": 1,
        "geonames": [
            {
                "geonameId": 42, "name": name, "toponymName": name, "lat": "18.9", "lng": "1.1", "fcl": "P", "fcode": "PPL",
                "countryCode": "ML", "countryName": "Mali", "adminName1": "Kidal", "population": 0,
            }
        ],
    }  # fmt: skip


_EMPTY: dict[str, object] = {
    "nominatim": [],
    "photon": {"type": "FeatureCollection", "features": []},
    "geonames": {"totalResultsCount": 0, "geonames": []},
    "arcgis": {"spatialReference": {"wkid": 4326}, "candidates": []},
}


@dataclass
class Server:
    """What the server is to answer, and what it was asked."""

    mode: str = "found"
    """found, other, empty, quota, malformed, other shape, slow, drip, huge, echo, redirect, 429 once, or a status."""
    url: str = ""
    known: set[str] | None = None
    """The names that mode "found" finds; None is all."""
    answer_seconds: float = 0.0
    redirect_to: str = ""
    paths: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    retry_after: str | None = "2"

    def body(self, service: str, name: str, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        mode = self.mode
        if mode == "429 once":
            mode = "429" if len(self.paths) == 1 else "found"
        if mode == "found":
            found = self.known is None or name in self.known
            return 200, json.dumps(_found(service, name) if found else _EMPTY[service]).encode()
        if mode == "other":
            return 200, json.dumps(_found(service, "Zzyzx Heights")).encode()
        if mode == "empty":
            return 200, json.dumps(_EMPTY[service]).encode()
        if mode == "quota":
            message = "the hourly limit of 1000 credits for sesame has been exceeded"
            return 200, json.dumps({"status": {"message": message, "value": 19}}).encode()
        if mode == "arcgis 498":
            return 200, json.dumps({"error": {"code": 498, "message": "Invalid token: sesame", "details": []}}).encode()
        if mode == "malformed":
            return 200, b"<html>busy</html>"
        if mode == "other shape":
            shape = {"features": [{"geometry": None, "properties": 3}], "geonames": [1], "candidates": 1}
            return 200, json.dumps(shape).encode()
        if mode.startswith("echo"):
            return int(mode.removeprefix("echo ")), f"{path}\n{headers}".encode()
        if mode == "huge":
            return 200, b" " * 6_000_000
        return int(mode), b""


@contextmanager
def serving(mode: str = "found", *, port: int = 0) -> Iterator[Server]:
    """Run a server on a loopback port, a free one if none is given, until the block ends."""
    state = Server(mode)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.paths.append(self.path)
            state.headers.append(dict(self.headers.items()))
            parts = urllib.parse.urlsplit(self.path)
            service = next(name for name, path in PATHS.items() if parts.path == path)
            words = urllib.parse.parse_qs(parts.query)
            name = words["singleLine" if service == "arcgis" else "q"][0].split(",")[0]
            state.names.append(name)
            time.sleep(state.answer_seconds)
            if state.mode == "slow":
                time.sleep(0.6)
            if state.mode == "redirect":
                self.send_response(302)
                self.send_header("Location", state.redirect_to + self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            status, body = (200, b"") if state.mode in ("slow", "drip") else state.body(
                service, name, self.path, state.headers[-1]
            )  # fmt: skip
            self.send_response(status)
            if status in (429, 503) and state.retry_after is not None:
                self.send_header("Retry-After", state.retry_after)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000" if state.mode == "drip" else str(len(body)))
            self.end_headers()
            if state.mode == "drip":
                for _ in range(60):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Keep the test's output quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    http.daemon_threads = True
    http.handle_error = lambda request, address: None  # type: ignore[method-assign]  # a client that did not wait
    state.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 6))
        self.now += seconds

    def time(self) -> dt.datetime:
        """Return the aware time that goes with the monotonic one."""
        return NOW + dt.timedelta(seconds=self.now - 1000.0)


def service_at(name: str, server: Server, clock: Clock, **options: Any) -> OnlineService:
    """Return a service that asks `server` and lives by `clock`."""
    return OnlineService(
        name,
        user_agent=AGENT,
        url=server.url,
        secret="sesame" if name in ("geonames", "arcgis") else "",
        may_store=True,
        clock=clock,
        sleep=clock.sleep,
        now=clock.time,
        **{"timeout_seconds": 5.0, **options},
    )
