"""The geocoding chain against a real HTTP server on this machine that speaks the services' own formats."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tiny_gazetteer import TinyGazetteer

from geoconflict.errors import ServiceUnavailableError
from geoconflict.places import Found, GeocodeCache, Geocoder, NotFound, Unavailable
from geoconflict.places.online import OnlineService, Query

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
    url: str = ""
    paths: list[str] = field(default_factory=list)
    agents: list[str | None] = field(default_factory=list)
    retry_after: str | None = "2"


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.paths.append(self.path)
            state.agents.append(self.headers.get("User-Agent"))
            parts = urllib.parse.urlsplit(self.path)
            service = next(name for name, path in PATHS.items() if parts.path == path)
            words = urllib.parse.parse_qs(parts.query)
            name = words["singleLine" if service == "arcgis" else "q"][0].split(",")[0]
            mode, status, body = state.mode, 200, b""
            if mode == "429 once":
                mode = "429" if len(state.paths) == 1 else "found"
            if mode == "found":
                body = json.dumps(_found(service, name)).encode()
            elif mode == "other":
                body = json.dumps(_found(service, "Zzyzx Heights")).encode()
            elif mode == "empty":
                body = json.dumps(_EMPTY[service]).encode()
            elif mode == "quota":
                body = json.dumps(
                    {
                        "status": {
                            "message": "the hourly limit of 1000 credits for sesame has been exceeded",
                            "value": 19,
                        }
                    }
                ).encode()
            elif mode == "malformed":
                body = b"<html>busy</html>"
            elif mode == "other shape":
                body = json.dumps(
                    {"features": [{"geometry": None, "properties": 3}], "geonames": [1], "candidates": 1}
                ).encode()
            elif mode == "slow":
                time.sleep(0.6)
            else:
                status = int(mode)
            self.send_response(status)
            if status == 429 and state.retry_after is not None:
                self.send_header("Retry-After", state.retry_after)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Keep the test's output quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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


@pytest.fixture
def clock() -> Clock:
    return Clock()


def service(name: str, server: Server, clock: Clock, **options: float) -> OnlineService:
    return OnlineService(
        name,
        user_agent=AGENT,
        url=server.url,
        secret="sesame" if name in ("geonames", "arcgis") else "",
        may_store=True,
        clock=clock,
        sleep=clock.sleep,
        **{"timeout_seconds": 5.0, **options},
    )


@pytest.mark.parametrize("name", SERVICES)
def test_a_place_is_found_and_the_user_agent_sent(name, server, clock):
    (place,) = service(name, server, clock).search(Query(name="Oubelek", country="MLI"))
    assert (place.name, place.lon, place.lat, place.country) == ("Oubelek", 1.1, 18.9, "MLI")
    assert server.agents == [AGENT]
    assert urllib.parse.urlsplit(server.paths[0]).path == PATHS[name]


def test_nominatim_and_geonames_are_asked_for_the_country_alone(server, clock):
    for name in ("nominatim", "geonames"):
        service(name, server, clock).search(Query(name="Oubelek", country="MLI"))
    asked = [urllib.parse.parse_qs(urllib.parse.urlsplit(path).query) for path in server.paths]
    assert asked[0]["countrycodes"] == ["ml"]
    assert asked[1]["country"] == ["ML"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_such_place_is_an_answer(name, server, clock):
    server.mode = "empty"
    assert service(name, server, clock).search(Query(name="Oubelek")) == ()


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("500", "server error"),
        ("503", "server error"),
        ("403", "refuses this program"),
        ("404", "address"),
        ("malformed", "not JSON"),
        ("other shape", "cannot be read"),
    ],
)
def test_a_failing_service_says_so_and_never_no_such_place(name, mode, words, server, clock):
    server.mode = mode
    with pytest.raises(ServiceUnavailableError, match=words):
        service(name, server, clock).search(Query(name="Oubelek"))
    assert len(server.paths) == 1


@pytest.mark.parametrize("name", SERVICES)
def test_a_slow_service_is_unavailable(name, server, clock):
    server.mode = "slow"
    with pytest.raises(ServiceUnavailableError, match="no answer in time"):
        service(name, server, clock, timeout_seconds=0.15).search(Query(name="Oubelek"))


@pytest.mark.parametrize("name", SERVICES)
def test_a_server_that_is_not_there_is_unavailable(name, server, clock):
    gone = OnlineService(
        name,
        user_agent=AGENT,
        url="http://127.0.0.1:9",
        secret="sesame",
        may_store=True,
        clock=clock,
        sleep=clock.sleep,
    )
    with pytest.raises(ServiceUnavailableError, match="refused"):
        gone.search(Query(name="Oubelek"))


def test_a_used_up_quota_is_unavailable_and_the_user_name_stays_secret(server, clock):
    server.mode = "quota"
    with pytest.raises(ServiceUnavailableError, match="quota") as caught:
        service("geonames", server, clock).search(Query(name="Oubelek"))
    assert "sesame" not in str(caught.value)


# ---------------------------------------------------------------- manners
def test_requests_are_a_delay_apart(server, clock):
    one = service("photon", server, clock, min_delay_seconds=1.5)
    for number in range(3):
        one.search(Query(name=f"Oubelek {number}"))
    assert clock.sleeps == [1.5, 1.5]


def test_the_delay_holds_across_threads(server):
    asked_at: list[float] = []
    one = OnlineService(
        "photon", user_agent=AGENT, url=server.url, min_delay_seconds=0.15,
        clock=time.monotonic, sleep=time.sleep,
    )  # fmt: skip

    def ask(number: int) -> None:
        one.search(Query(name=f"Oubelek {number}"))
        asked_at.append(time.monotonic())

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(asked_at) - min(asked_at) >= 0.4


def test_a_short_pause_asked_for_is_kept_once(server, clock):
    server.mode = "429 once"
    (place,) = service("nominatim", server, clock).search(Query(name="Oubelek"))
    assert place.name == "Oubelek"
    assert len(server.paths) == 2
    assert clock.sleeps == [2.0]


def test_a_long_pause_is_not_waited_for_and_the_service_is_left_alone(server, clock):
    server.mode, server.retry_after = "429", "3600"
    one = service("nominatim", server, clock)
    with pytest.raises(ServiceUnavailableError, match="3600 seconds"):
        one.search(Query(name="Oubelek"))
    with pytest.raises(ServiceUnavailableError, match="not asked"):
        one.search(Query(name="Another"))
    assert len(server.paths) == 1
    server.mode = "found"
    clock.now += 3601
    assert one.search(Query(name="Oubelek"))


def test_a_refusal_without_a_pause_named_is_left_alone(server, clock):
    server.mode, server.retry_after = "429", None
    with pytest.raises(ServiceUnavailableError, match="too many requests"):
        service("photon", server, clock).search(Query(name="Oubelek"))
    assert len(server.paths) == 1
    assert clock.sleeps == []


def test_a_service_that_keeps_failing_is_given_a_rest(server, clock):
    server.mode = "500"
    one = service("photon", server, clock)
    for number in range(6):
        with pytest.raises(ServiceUnavailableError):
            one.search(Query(name=f"Oubelek {number}"))
    assert len(server.paths) == 3
    server.mode = "found"
    clock.now += 301
    assert one.search(Query(name="Oubelek"))


# ---------------------------------------------------------------- the chain
def test_the_cache_stops_the_second_request(server, clock, tmp_path):
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        first = Geocoder(TinyGazetteer(), cache=cache, services=[service("photon", server, clock)], now=lambda: NOW)
        assert isinstance(first.geocode("Oubelek", country="Mali"), Found)
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        again = Geocoder(TinyGazetteer(), cache=cache, services=[service("photon", server, clock)], now=lambda: NOW)
        answer = again.geocode("oubelek", country="MLI")
    assert isinstance(answer, Found)
    assert "asked on 2024-05-01" in answer.reasons[0]
    assert len(server.paths) == 1


def test_not_found_is_remembered_for_a_shorter_time(server, clock, tmp_path):
    server.mode = "empty"
    days = [0]
    with GeocodeCache(tmp_path / "cache.sqlite", not_found_days=30) as cache:
        chain = Geocoder(
            TinyGazetteer(), cache=cache, services=[service("photon", server, clock)],
            now=lambda: NOW + dt.timedelta(days=days[0]),
        )  # fmt: skip
        for day, n_requests in [(0, 1), (29, 1), (31, 2)]:
            days[0] = day
            assert isinstance(chain.geocode("Oubelek"), NotFound)
            assert len(server.paths) == n_requests


def test_that_a_service_was_down_is_never_remembered(server, clock, tmp_path):
    server.mode = "500"
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        chain = Geocoder(TinyGazetteer(), cache=cache, services=[service("nominatim", server, clock)], now=lambda: NOW)
        answer = chain.geocode("Oubelek")
        assert isinstance(answer, Unavailable)
        assert (answer.service, "server error" in answer.reason) == ("nominatim", True)
        server.mode = "found"
        assert isinstance(chain.geocode("Oubelek"), Found)
    assert len(server.paths) == 2


def test_the_second_service_is_asked_where_the_first_has_nothing(server, clock):
    broken = OnlineService("nominatim", user_agent=AGENT, url="http://127.0.0.1:9", clock=clock, sleep=clock.sleep)
    chain = Geocoder(TinyGazetteer(), services=[broken, service("photon", server, clock)], now=lambda: NOW)
    answer = chain.geocode("Oubelek")
    assert isinstance(answer, Found)
    assert "photon" in answer.reasons[0]
    server.mode = "empty"
    assert isinstance(chain.geocode("Elsewhere"), Unavailable)  # one said no, the other could not say


def test_a_place_of_another_name_or_country_is_not_the_answer(server, clock):
    chain = Geocoder(TinyGazetteer(), services=[service("photon", server, clock)], now=lambda: NOW)
    server.mode = "other"
    assert isinstance(chain.geocode("Oubelek"), NotFound)
    server.mode = "found"
    assert isinstance(chain.geocode("Oubelek", country="Niger"), NotFound)


def test_what_the_gazetteer_knows_is_never_asked_online(server, clock):
    chain = Geocoder(TinyGazetteer(), services=[service("photon", server, clock)], now=lambda: NOW)
    assert isinstance(chain.geocode("Tessal"), Found)
    assert server.paths == []


def test_without_services_no_request_is_made(server):
    chain = Geocoder(TinyGazetteer())
    assert isinstance(chain.geocode("Oubelek"), NotFound)
    assert server.paths == []
