"""The geocoding chain against a real HTTP server on this machine that speaks the services' own formats."""

from __future__ import annotations

import datetime as dt
import threading
import urllib.parse

import pytest
from service_server import AGENT, NOW, PATHS, SERVICES
from service_server import service_at as service
from tiny_gazetteer import TinyGazetteer

from geoconflict.errors import ServiceUnavailableError
from geoconflict.places import Found, GeocodeCache, Geocoder, NotFound, Unavailable
from geoconflict.places.online.service import OnlineService, Query


@pytest.mark.parametrize("name", SERVICES)
def test_a_place_is_found_and_the_user_agent_sent(name, server, clock):
    (place,) = service(name, server, clock).search(Query(name="Oubelek", country="MLI"))
    assert (place.name, place.lon, place.lat, place.country) == ("Oubelek", 1.1, 18.9, "MLI")
    assert [headers["User-Agent"] for headers in server.headers] == [AGENT]
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
    server.mode, server.retry_after = mode, None
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


def test_the_delay_holds_across_threads(server, clock):
    one = service("photon", server, clock, min_delay_seconds=1.5)
    threads = [threading.Thread(target=one.search, args=(Query(name=f"Oubelek {number}"),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.sleeps == [1.5, 1.5, 1.5]
    assert len(server.paths) == 4


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
