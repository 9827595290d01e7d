"""How services are asked when something is wrong: secrets, redirects, dead and slow servers, kills, several processes."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import logging
import socket
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pytest
from service_server import AGENT, NOW, SERVICES, service_at, serving
from tiny_gazetteer import TinyGazetteer

from geoconflict.errors import ServiceUnavailableError
from geoconflict.places import Found, GeocodeCache, Geocoder, NotFound, Unavailable
from geoconflict.places.online.service import OnlineService, Query

SECRET_SERVICES = ("geonames", "arcgis")


# ---------------------------------------------------------------- secrets
def test_the_token_goes_as_a_header_and_the_user_name_in_the_address(server, clock):
    service_at("arcgis", server, clock).search(Query(name="Oubelek"))
    service_at("geonames", server, clock).search(Query(name="Oubelek"))
    assert "sesame" not in server.paths[0]
    assert server.headers[0]["Authorization"] == "Bearer sesame"
    assert "forStorage=true" in server.paths[0]
    assert "username=sesame" in server.paths[1]


@pytest.mark.parametrize("name", SECRET_SERVICES)
@pytest.mark.parametrize(
    "mode", ["found", "quota", "arcgis 498", "echo 200", "echo 400", "echo 401", "echo 500", "echo 503", "429", "huge"]
)
def test_a_secret_is_in_no_log_error_traceback_or_cache(name, mode, server, clock, caplog, tmp_path):
    server.mode = mode
    caplog.set_level(logging.DEBUG)
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        one = service_at(name, server, clock, cache=cache)
        for number in range(4):
            try:
                one.search(Query(name=f"Oubelek {number}"))
            except ServiceUnavailableError as error:
                shown = "".join(traceback.format_exception(error)) + repr(error)
                assert "sesame" not in shown
        assert server.paths
        assert "sesame" not in repr(one) + repr(vars(one))
    assert "sesame" not in caplog.text
    for path in tmp_path.iterdir():
        assert b"sesame" not in path.read_bytes(), path


@pytest.mark.parametrize("name", SERVICES)
def test_a_redirect_is_not_followed_so_that_nothing_reaches_another_server(name, server, clock):
    with serving() as other:
        server.mode, server.redirect_to = "redirect", other.url
        with pytest.raises(ServiceUnavailableError, match=rf"redirects.*places\.{name}_url"):
            service_at(name, server, clock).search(Query(name="Oubelek"))
        assert other.paths == []


def test_refused_credentials_are_not_tried_again_in_the_run(server, clock):
    server.mode = "arcgis 498"
    one = service_at("arcgis", server, clock)
    with pytest.raises(ServiceUnavailableError, match="does not accept the access token"):
        one.search(Query(name="Oubelek"))
    with pytest.raises(ServiceUnavailableError, match="not asked: it does not accept"):
        one.search(Query(name="Another"))
    assert len(server.paths) == 1


# ---------------------------------------------------------------- slow and large answers
def test_a_server_that_drips_is_given_up(server, clock):
    server.mode = "drip"
    started = time.monotonic()
    with pytest.raises(ServiceUnavailableError, match="no answer in time"):
        service_at("photon", server, clock, timeout_seconds=0.3).search(Query(name="Oubelek"))
    assert time.monotonic() - started < 2


def test_an_answer_without_end_is_given_up(server, clock):
    server.mode = "huge"
    with pytest.raises(ServiceUnavailableError, match="4,000,000 bytes"):
        service_at("nominatim", server, clock).search(Query(name="Oubelek"))


@pytest.mark.parametrize("name", ["nominatim", "photon"])
def test_long_and_foreign_names_are_asked_as_they_are(name, server, clock):
    chain = Geocoder(TinyGazetteer(), services=[service_at(name, server, clock)], now=lambda: NOW)
    for surface in ["Шушикенд", "Ճարտար", "عين العرب", "Á" * 30 + " e\u0301"]:
        assert isinstance(chain.geocode(surface), Found)
    assert len(server.names) == 4
    assert isinstance(chain.geocode("x" * 10_000), NotFound)
    assert len(server.names) == 4  # nothing bears such a name, so nobody is asked


def test_an_answer_in_latin_script_to_a_name_in_another_is_taken(server, clock):
    server.mode = "other"
    chain = Geocoder(TinyGazetteer(), services=[service_at("nominatim", server, clock)], now=lambda: NOW)
    answer = chain.geocode("Շակրավան")
    assert isinstance(answer, Found)
    assert answer.score < 0.7


# ---------------------------------------------------------------- pauses and rests
def test_a_pause_given_as_a_date_is_kept(server, clock):
    server.mode = "429"
    at = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    server.retry_after = email.utils.format_datetime(at, usegmt=True)
    one = service_at("nominatim", server, clock)
    with pytest.raises(ServiceUnavailableError, match=r"wait (71\d\d|7200) seconds"):
        one.search(Query(name="Oubelek"))
    assert one.state == "open"


def test_a_server_that_is_being_mended_is_given_the_time_it_asks_for(server, clock):
    server.mode, server.retry_after = "503", "900"
    one = service_at("photon", server, clock)
    with pytest.raises(ServiceUnavailableError, match=r"mended \(503\); it asks to wait 900 seconds"):
        one.search(Query(name="Oubelek"))
    clock.now += 899
    assert one.state == "open"
    clock.now += 1
    server.mode = "found"
    assert one.search(Query(name="Oubelek"))
    assert one.state == "closed"


def test_a_long_rest_holds_in_a_later_run_too_and_the_other_service_goes_on(server, clock, tmp_path):
    with serving() as other:
        server.mode, server.retry_after = "429", "7200"
        for number in range(3):  # three runs over one cache
            with GeocodeCache(tmp_path / "cache.sqlite") as cache:
                services = [
                    service_at("nominatim", server, clock, cache=cache),
                    service_at("photon", other, clock, cache=cache),
                ]
                chain = Geocoder(TinyGazetteer(), cache=cache, services=services, now=clock.time)
                assert isinstance(chain.geocode(f"Oubelek {number}x"), Found)
        assert (len(server.paths), len(other.paths)) == (1, 3)
        clock.now += 7201
        server.mode = "found"
        with GeocodeCache(tmp_path / "cache.sqlite") as cache:
            assert service_at("nominatim", server, clock, cache=cache).search(Query(name="Oubelek"))


def test_the_public_server_is_not_used_for_bulk(clock, monkeypatch):
    monkeypatch.setattr(OnlineService, "_request", lambda self, query: ())
    one = OnlineService("nominatim", user_agent=AGENT, clock=clock, sleep=clock.sleep, min_delay_seconds=0)
    for number in range(500):
        assert one.search(Query(name=f"name {number}")) == ()
    with pytest.raises(ServiceUnavailableError, match=r"not for bulk.*places\.nominatim_url"):
        one.search(Query(name="one more"))
    assert clock.now - 1000.0 >= 499  # a second between two requests, whatever the settings say


# ---------------------------------------------------------------- dead servers
def test_a_dead_port_opens_the_breaker_and_a_server_that_comes_back_closes_it(clock):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    one = OnlineService(
        "photon", user_agent=AGENT, url=f"http://127.0.0.1:{port}", clock=clock, sleep=clock.sleep, min_delay_seconds=0
    )
    for number in range(3):
        assert one.state == "closed"
        with pytest.raises(ServiceUnavailableError, match="connection refused"):
            one.search(Query(name=f"Oubelek {number}"))
    assert one.state == "open"
    with pytest.raises(ServiceUnavailableError, match="not asked: it failed 3 times"):
        one.search(Query(name="Oubelek"))
    clock.now += 300
    assert one.state == "half-open"
    with pytest.raises(ServiceUnavailableError, match="connection refused"):
        one.search(Query(name="Oubelek"))
    clock.now += 599
    assert one.state == "open"  # twice as long
    clock.now += 1
    with serving(port=port) as server:
        assert one.search(Query(name="Oubelek"))
        assert one.state == "closed"
        assert len(server.paths) == 1


def test_a_dead_service_costs_three_time_outs_and_no_more(server, clock):
    server.mode = "slow"
    chain = Geocoder(
        TinyGazetteer(),
        services=[service_at("photon", server, clock, timeout_seconds=0.1, min_delay_seconds=0)],
        now=lambda: NOW,
    )
    answers = [chain.geocode(f"Oubelek {number}x") for number in range(50)]
    assert all(isinstance(answer, Unavailable) for answer in answers)
    assert len(server.paths) == 3


# ---------------------------------------------------------------- kills, threads and processes
_PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from tiny_gazetteer import TinyGazetteer
from geoconflict.places import GeocodeCache, Geocoder
from geoconflict.places.online.service import OnlineService
_, _, url, cache_path, n_names, delay = sys.argv
cache = GeocodeCache(cache_path)
service = OnlineService(
    "photon", user_agent="border-watch-tests/1.0 (tests@example.org)", url=url, cache=cache, min_delay_seconds=float(delay)
)
chain = Geocoder(TinyGazetteer(), cache=cache, services=[service])
for number in range(int(n_names)):
    answer = chain.geocode(f"Oubelek {chr(97 + number)}x")
    print(type(answer).__name__, flush=True)
"""


def _run(server, cache: Path, n_names: int, delay: float = 0.0) -> subprocess.Popen[str]:
    tests = str(Path(__file__).resolve().parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, tests, server.url, str(cache), str(n_names), str(delay)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_run_is_resumed_without_asking_anything_twice(server, tmp_path):
    server.known = {f"oubelek {chr(97 + number)}x" for number in range(0, 20, 2)} | {
        f"Oubelek {chr(97 + number)}x" for number in range(0, 20, 2)
    }
    server.answer_seconds = 0.03
    cache = tmp_path / "cache.sqlite"
    first = _run(server, cache, 20)
    assert first.stdout is not None
    answered = [first.stdout.readline().strip() for _ in range(7)]
    first.kill()
    first.communicate(timeout=30)
    assert first.returncode == -9
    n_before = len(server.names)
    assert 7 <= n_before < 20
    second = _run(server, cache, 20)
    lines = second.communicate(timeout=60)[0].split()
    assert lines == ["Found", "NotFound"] * 10
    assert lines[:7] == answered
    asked_again = [name for name in set(server.names) if server.names.count(name) > 1]
    assert len(asked_again) <= 1  # the one under way when the run was killed
    assert all(server.names.index(name) >= 7 for name in asked_again)
    third = _run(server, cache, 20)
    n_requests = len(server.names)
    assert third.communicate(timeout=60)[0].split() == lines
    assert len(server.names) == n_requests


def test_processes_that_share_a_cache_share_the_work_and_the_pace(server, tmp_path):
    started = time.monotonic()
    runs = [_run(server, tmp_path / "cache.sqlite", 8, delay=0.2) for _ in range(3)]
    outputs = [run.communicate(timeout=120)[0].split() for run in runs]
    assert outputs == [["Found"] * 8] * 3
    assert len(set(server.names)) == 8
    assert len(server.names) <= 12  # of 24: only an answer slower than the pause can be asked for by two of them
    assert time.monotonic() - started >= 7 * 0.2


def test_threads_that_share_a_chain_ask_each_name_once(server, clock, tmp_path):
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        one = service_at("photon", server, clock, cache=cache, min_delay_seconds=0)
        chain = Geocoder(TinyGazetteer(), cache=cache, services=[one], now=clock.time)
        server.answer_seconds = 0.01
        answers: list[object] = []
        threads = [
            threading.Thread(target=lambda: answers.extend(chain.geocode(f"Oubelek {chr(97 + n)}x") for n in range(10)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 40
    assert all(isinstance(answer, Found) for answer in answers)
    assert len(server.names) == len(set(server.names)) == 10


# ---------------------------------------------------------------- a whole run
_SETTINGS = """
[places]
services = ["geonames", "arcgis"]
user_agent = "border-watch-tests/1.0 (tests@example.org)"
geonames_url = "{url}"
arcgis_url = "{other}"
arcgis_may_store = true
min_delay_seconds = 0

[[maps]]
name = "war"
"""
_REPORT = """---
date: 2024-05-02
title: Shelling
---

Shells fell on the village of Oubelekane on Wednesday, killing two soldiers.

Drones hit the town of Tezarmuit overnight, killing three civilians.
"""


def test_a_build_writes_the_credit_of_the_services_and_never_their_secrets(server, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from geoconflict.cli import main

    with serving() as other:
        server.known = {"oubelekane", "Oubelekane"}
        (tmp_path / "reports").mkdir()
        (tmp_path / "reports" / "2024-05-02-a.md").write_text(_REPORT, encoding="utf-8")
        (tmp_path / "geoconflict.toml").write_text(_SETTINGS.format(url=server.url, other=other.url), encoding="utf-8")
        monkeypatch.setenv("GEOCONFLICT_GEONAMES_USER", "sesame")
        monkeypatch.setenv("GEOCONFLICT_ARCGIS_TOKEN", "sesame")
        done = CliRunner().invoke(main, ["build", "--config", str(tmp_path / "geoconflict.toml")])
        assert done.exit_code == 0, done.output
        n_requests = len(server.paths) + len(other.paths)
        assert any("username=sesame" in path for path in server.paths)
        assert any(headers.get("Authorization") == "Bearer sesame" for headers in other.headers)
        for suffix in ("geojson", "csv", "parquet"):
            out = tmp_path / f"events.{suffix}"
            exported = CliRunner().invoke(
                main, ["export", "--config", str(tmp_path / "geoconflict.toml"), "--out", str(out)]
            )
            assert exported.exit_code == 0, exported.output
        (tmp_path / "names.csv").write_text("id,name\n1,Oubelekane\n2,Tezarmuit\n", encoding="utf-8")
        batch = ["geocode", "--batch", str(tmp_path / "names.csv"), "--out", str(tmp_path / "places.csv")]
        asked = CliRunner().invoke(main, [*batch, "--config", str(tmp_path / "geoconflict.toml")])
        assert asked.exit_code == 0, asked.output
        assert "2 of 2 names found" in asked.output
        again = CliRunner().invoke(main, ["build", "--config", str(tmp_path / "geoconflict.toml")])
        assert again.exit_code == 0
        assert len(server.paths) + len(other.paths) == n_requests
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"sesame" not in path.read_bytes(), path
    for text in (done.output, exported.output, asked.output):
        assert "sesame" not in text
    page = (tmp_path / "maps" / "war.html").read_text(encoding="utf-8")
    credit = json.loads((tmp_path / "events.geojson").read_text(encoding="utf-8"))["attribution"]
    beside = (tmp_path / "places.csv-metadata.json").read_text(encoding="utf-8")
    for words in ("GeoNames web service", "Powered by Esri"):
        assert any(words in line for line in credit), credit
        assert words in beside
        assert words in page
