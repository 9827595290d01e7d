"""Ratio of a cached geocode: ours against geopy's Nominatim over a requests-cache session, both filled with the same answers.

    pip install requests-cache        # into an environment of your own: no other part of the project needs it
    python benchmarks/geocode_cache.py [--write]

A server on this machine answers as Nominatim does. Both sides ask it every name once and keep the answers in SQLite; the
server is then shut, so nothing but the caches can answer. Each round starts a new process for each side, which asks every
name once (a cold process, answers from the file), and then every name again (a warm process: ours keeps answers in memory,
requests-cache has no such layer and goes to its file again). Seconds are CPU seconds of that process between the first
question and the last, without imports. Both sides must give the same points.
"""

from __future__ import annotations

import importlib.util
import json
import os
import socketserver
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from harness import Best, Row, publish, run, wants_to_write

N_NAMES = 20_000
ROUNDS = 5
AGENT = "geoconflict-benchmark/1.0 (benchmark@example.org)"


def names() -> list[str]:
    """Return names that no gazetteer has, so that the question goes through to the cache."""
    return ["Qq" + "".join(chr(97 + n // 26**power % 26) for power in range(4)) + "zhuk" for n in range(N_NAMES)]


# ---------------------------------------------------------------- the two sides, each in a process of its own
def ours(folder: Path, url: str) -> Callable[[str], tuple[float, float]]:
    from geoconflict.places import Found, Gazetteer, GeocodeCache, Geocoder
    from geoconflict.places.online.service import OnlineService

    service = OnlineService("nominatim", user_agent=AGENT, url=url, min_delay_seconds=0.0)
    cache = GeocodeCache(folder / "ours.sqlite")
    geocoder = Geocoder(Gazetteer.open(), cache=cache, services=[service])

    def ask(name: str) -> tuple[float, float]:
        answer = geocoder.geocode(name)
        assert isinstance(answer, Found), answer
        return answer.place.lon, answer.place.lat

    return ask


def cache(folder: Path, url: str) -> Callable[[str], tuple[float, float]]:
    """Ask our cache alone, which is as much as the peer does: it looks in no gazetteer first."""
    import datetime as dt

    from geoconflict.places import GeocodeCache
    from geoconflict.places.online.service import OnlineService, Query

    key = OnlineService("nominatim", user_agent=AGENT, url=url).key
    opened = GeocodeCache(folder / "ours.sqlite")
    now = dt.datetime.now(dt.UTC)

    def ask(name: str) -> tuple[float, float]:
        answer = opened.get(key, Query(name=name).canonical(), now=now)
        assert answer is not None
        return answer.places[0].lon, answer.places[0].lat

    return ask


def peer(folder: Path, url: str) -> Callable[[str], tuple[float, float]]:
    import geopy.adapters
    import geopy.geocoders
    import requests_cache

    session = requests_cache.CachedSession(str(folder / "peer"), backend="sqlite", allowable_codes=(200,))

    class CachedAdapter(geopy.adapters.RequestsAdapter):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            for scheme, adapter in self.session.adapters.items():
                session.mount(scheme, adapter)
            self.session.close()
            self.session = session

    parts = urllib.parse.urlsplit(url)
    geocoder = geopy.geocoders.Nominatim(
        user_agent=AGENT, domain=parts.netloc, scheme=parts.scheme, adapter_factory=CachedAdapter
    )

    def ask(name: str) -> tuple[float, float]:
        place = geocoder.geocode(name, addressdetails=True, exactly_one=True, language="en", limit=5)
        return place.longitude, place.latitude

    return ask


def side(which: str, folder: Path, url: str) -> None:
    """Ask every name twice and print the CPU seconds of each pass, and the points."""
    ask = {"ours": ours, "cache": cache, "peer": peer}[which](folder, url)
    seconds, points = [], []
    for _ in range(2):
        started = time.process_time()
        points = [ask(name) for name in names()]
        seconds.append(time.process_time() - started)
    print(json.dumps({"seconds": seconds, "points": points}))


# ---------------------------------------------------------------- the server
@contextmanager
def server() -> Iterator[str]:
    """Serve the answers of a Nominatim on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: else each answer waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["q"][0]
            lon, lat = 30 + len(name) / 10, 40 + (sum(map(ord, name)) % 1000) / 1000
            found = {
                "place_id": 1, "licence": "Data (c) OpenStreetMap contributors, ODbL 1.0.", "osm_type": "node", "osm_id": 42,
                "lat": f"{lat:.4f}", "lon": f"{lon:.4f}", "class": "place", "type": "village", "place_rank": 19,
                "importance": 0.3, "addresstype": "village", "name": name, "display_name": f"{name}, Kidal, Mali",
                "address": {"village": name, "state": "Kidal", "country": "Mali", "country_code": "ml"},
                "boundingbox": [f"{lat - 0.02:.4f}", f"{lat + 0.02:.4f}", f"{lon - 0.02:.4f}", f"{lon + 0.02:.4f}"],
            }  # fmt: skip
            body = json.dumps([found]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()


def measure() -> list[Row]:
    """Return the rows of the table, the best of the rounds."""
    best = Best()
    with tempfile.TemporaryDirectory() as folder:
        with server() as url:
            for which in ("ours", "peer"):
                run(sys.executable, __file__, which, folder, url)
        for _ in range(ROUNDS):
            points = {}
            for which in ("peer", "ours", "cache"):
                told = json.loads(run(sys.executable, __file__, which, folder, url)[1])
                points[which] = told["points"]
                best.note(f"{which} file", told["seconds"][0])
                best.note(f"{which} again", told["seconds"][1])
            assert points["ours"] == points["cache"] == points["peer"], "the two sides gave different points"
    asked = f"geopy + requests-cache, {N_NAMES:,} cached names"
    return [
        Row(f"{asked}, new process", best["peer file"], "`Geocoder.geocode`, new process", best["ours file"]),
        Row(f"{asked}, asked again", best["peer again"], "`Geocoder.geocode`, asked again", best["ours again"]),
        Row(f"{asked}, new process", best["peer file"], "`GeocodeCache.get` alone, new process", best["cache file"]),
    ]


if __name__ == "__main__":
    if len(sys.argv) == 4:
        side(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    else:
        write = wants_to_write(__doc__)
        if importlib.util.find_spec("requests_cache") is None:
            sys.exit("requests-cache is not installed: run `pip install requests-cache` in an environment of your own")
        load = os.getloadavg()[0]
        publish(measure(), ROUNDS, load, marks="geocode", write=write)
