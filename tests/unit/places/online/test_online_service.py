import datetime as dt
import math
from types import SimpleNamespace

import pytest

from geoconflict.errors import ConfigError, InputError, ServiceUnavailableError
from geoconflict.models import PlacePrecision
from geoconflict.places.answers import NotFound
from geoconflict.places.online.cache import GeocodeCache
from geoconflict.places.online.chain import OnlineChain
from geoconflict.places.online.known import SERVICES, credits_of
from geoconflict.places.online.places import (
    place_from_arcgis,
    place_from_geonames,
    place_from_nominatim,
    place_from_photon,
)
from geoconflict.places.online.service import OnlineService, Query
from geoconflict.places.online.settings import services_from_settings
from geoconflict.settings import PlacesSettings, load_settings

AGENT = "border-watch-tests/1.0 (tests@example.org)"
GEONAMES_USER = "GEOCONFLICT_GEONAMES_USER"
ARCGIS_TOKEN = "GEOCONFLICT_ARCGIS_TOKEN"


# ---------------------------------------------------------------- who asks
@pytest.mark.parametrize(
    "agent",
    [
        "",
        "   ",
        "my-application",
        "my_app/1",
        "My_User_Agent/1.0",
        "geopy/2.4.1",
        "python-requests/2",
        "Mozilla/5.0",
        "abc",
    ],
)
def test_missing_and_sample_user_agents_are_refused_with_the_fix(agent):
    with pytest.raises(ConfigError, match=r"places\.user_agent"):
        OnlineService("nominatim", user_agent=agent)


def test_a_user_agent_cannot_carry_other_headers():
    with pytest.raises(ConfigError, match="one line"):
        OnlineService("nominatim", user_agent="border-watch/1.0\r\nX-Evil: 1")


def test_an_unknown_service_is_named_with_those_there_are():
    with pytest.raises(ConfigError, match="nominatim, photon, geonames, arcgis"):
        OnlineService("google", user_agent=AGENT)


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "example.org", "https://", "https://user:word@example.org", "https://example.org/?q=1"]
)
def test_addresses_that_are_none_are_refused(url):
    with pytest.raises(ConfigError, match="not the address of a server"):
        OnlineService("photon", user_agent=AGENT, url=url)


# ---------------------------------------------------------------- settings
def test_no_service_is_asked_by_default():
    assert services_from_settings(PlacesSettings(), environ={}) == ()


def test_services_come_in_the_order_of_the_settings_with_the_users_own_servers():
    settings = PlacesSettings(
        services=("photon", "nominatim", "photon"), user_agent="border-watch/1.0", email="maps@example.org",
        nominatim_url="http://localhost:8080/", photon_url="https://photon.example.org",
    )  # fmt: skip
    services = services_from_settings(settings, environ={})
    assert [service.name for service in services] == ["photon", "nominatim"]
    assert services[1].key == "nominatim http://localhost:8080"
    assert services[0]._user_agent == "border-watch/1.0 (maps@example.org)"


def test_geonames_takes_its_user_name_from_the_environment_alone():
    settings = PlacesSettings(services=("geonames",), user_agent=AGENT)
    with pytest.raises(ConfigError, match=GEONAMES_USER):
        services_from_settings(settings, environ={})
    (service,) = services_from_settings(settings, environ={GEONAMES_USER: "sesame"})
    assert "sesame" not in service.key
    assert service.url.startswith("https://")


def test_a_user_name_is_not_sent_in_clear():
    with pytest.raises(ConfigError, match="without encryption"):
        OnlineService("geonames", user_agent=AGENT, url="http://api.example.org", secret="sesame")


def test_arcgis_needs_a_token_of_the_environment_and_leave_to_store():
    settings = PlacesSettings(services=("arcgis",), user_agent=AGENT, arcgis_may_store=True)
    with pytest.raises(ConfigError, match=ARCGIS_TOKEN):
        services_from_settings(settings, environ={})
    with pytest.raises(ConfigError, match="arcgis_may_store"):
        services_from_settings(PlacesSettings(services=("arcgis",), user_agent=AGENT), environ={ARCGIS_TOKEN: "sesame"})
    (service,) = services_from_settings(settings, environ={ARCGIS_TOKEN: "sesame"})
    assert "sesame" not in repr(vars(service))
    with pytest.raises(ConfigError, match="without encryption"):
        OnlineService("arcgis", user_agent=AGENT, url="http://geo.example.org", secret="sesame", may_store=True)


def test_an_address_with_a_password_is_refused_without_printing_it():
    with pytest.raises(ConfigError, match="without a user") as caught:
        OnlineService("photon", user_agent=AGENT, url="https://user:sesame@example.org/?key=sesame")
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("key", ["arcgis_token", "geonames_user"])
def test_a_secret_in_the_settings_file_is_refused_without_printing_it(key, tmp_path):
    (tmp_path / "geoconflict.toml").write_text(f'[places]\n{key} = "sesame"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=f"unknown key 'places.{key}'") as caught:
        load_settings(tmp_path)
    assert "sesame" not in str(caught.value)


def test_the_public_server_is_known_however_its_address_is_written():
    one = OnlineService(
        "nominatim", user_agent=AGENT, min_delay_seconds=0, url="https://Nominatim.OpenStreetMap.org:443/"
    )
    assert one._delay == 1.0


@pytest.mark.parametrize("name", ["nominatim", "photon"])
def test_public_servers_get_their_pause_whatever_the_settings_say(name):
    assert OnlineService(name, user_agent=AGENT, min_delay_seconds=0.0)._delay == 1.0
    assert OnlineService(name, user_agent=AGENT, min_delay_seconds=3.0)._delay == 3.0
    own = OnlineService(name, user_agent=AGENT, min_delay_seconds=0.0, url="https://geo.example.org")
    assert own._delay == 0.0


def test_each_service_has_its_credit():
    sources = [f"whatever {service.source}" for service in SERVICES.values()]
    lines = credits_of(sources)
    assert len(lines) == 3  # Nominatim and Photon share OpenStreetMap's
    assert [word in line for word, line in zip(("OpenStreetMap", "GeoNames", "Esri"), lines, strict=True)] == [True] * 3
    assert credits_of(["GeoNames", "overrides file (own.csv line 2)"]) == ()


def test_questions_that_are_the_same_have_one_canonical_form():
    assert Query(name=" Kidore  ", country="MLI").canonical() == Query(name="kidore", country="MLI").canonical()
    assert Query(name="Kidore").canonical() != Query(name="Kidore", country="MLI").canonical()


# ---------------------------------------------------------------- answers
NOMINATIM = {
    "place_id": 1, "osm_type": "node", "osm_id": 42, "lat": "18.5", "lon": "1.5", "class": "place", "type": "town",
    "addresstype": "town", "name": "Anderam", "display_name": "Anderam, Kidal, Mali",
    "address": {"town": "Anderam", "state": "Kidal", "country": "Mali", "country_code": "ml"},
    "boundingbox": ["18.4", "18.6", "1.4", "1.6"],
}  # fmt: skip
PHOTON = {
    "type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 18.5]},
    "properties": {
        "osm_type": "R", "osm_id": 7, "osm_key": "boundary", "osm_value": "administrative", "type": "state",
        "name": "Kidal", "country": "Mali", "countrycode": "ML", "extent": [0.0, 20.0, 3.0, 17.0],
    },
}  # fmt: skip
GEONAMES = {
    "geonameId": 99, "name": "Anderam", "toponymName": "Anderam", "lat": "18.5", "lng": "1.5", "fcl": "P", "fcode": "PPL",
    "countryCode": "ML", "adminName1": "Kidal", "population": 1200,
}  # fmt: skip


def test_a_nominatim_result_becomes_a_place():
    place = place_from_nominatim(NOMINATIM)
    assert place is not None
    assert (place.place_id, place.lon, place.lat) == ("osm:node/42", 1.5, 18.5)
    assert (place.country, place.admin1, place.kind, place.precision) == (
        "MLI",
        "Kidal",
        "settlement",
        PlacePrecision.TOWN,
    )
    assert 10_000 < place.radius_m < 20_000  # half of the box's diagonal


def test_a_photon_result_becomes_a_place():
    place = place_from_photon(PHOTON)
    assert place is not None
    assert (place.place_id, place.kind, place.precision) == ("osm:relation/7", "admin1", PlacePrecision.ADMIN1)
    assert place.country == "MLI"


def test_a_geonames_result_becomes_a_place():
    place = place_from_geonames(GEONAMES)
    assert place is not None
    assert (place.place_id, place.country, place.population) == ("geonames:99", "MLI", 1200)


ARCGIS = {
    "address": "Anderam, Kidal, MLI", "location": {"x": 1.5, "y": 18.5}, "score": 100,
    "attributes": {
        "Addr_type": "Locality", "Type": "City", "PlaceName": "Anderam", "Region": "Kidal", "Country": "MLI",
        "LongLabel": "Anderam, Kidal, MLI",
    },
    "extent": {"xmin": 1.4, "ymin": 18.4, "xmax": 1.6, "ymax": 18.6},
}  # fmt: skip


def test_an_arcgis_candidate_becomes_a_place():
    place = place_from_arcgis(ARCGIS)
    assert place is not None
    assert (place.name, place.lon, place.lat, place.country, place.admin1) == ("Anderam", 1.5, 18.5, "MLI", "Kidal")
    assert (place.kind, place.precision) == ("settlement", PlacePrecision.TOWN)
    assert 10_000 < place.radius_m < 20_000
    assert (
        place_from_arcgis({**ARCGIS, "attributes": {"Type": "Country", "Country": "MLI", "Region": ""}}).admin1 is None
    )
    assert place_from_arcgis({**ARCGIS, "attributes": {"Addr_type": "PointAddress", "Type": ""}}) is None
    with pytest.raises((ValueError, TypeError)):
        place_from_arcgis({**ARCGIS, "location": {"x": 181, "y": 0}})


def test_shops_streets_and_offices_are_no_places_of_news():
    assert place_from_nominatim({**NOMINATIM, "class": "shop", "type": "bakery"}) is None
    assert place_from_photon({**PHOTON, "properties": {**PHOTON["properties"], "osm_key": "highway"}}) is None
    assert place_from_geonames({**GEONAMES, "fcl": "S", "fcode": "HTL"}) is None


@pytest.mark.parametrize("lat", ["91", "nan", "inf", "", None, "north"])
def test_impossible_coordinates_are_an_unreadable_answer(lat):
    with pytest.raises((ValueError, TypeError)):
        place_from_nominatim({**NOMINATIM, "lat": lat})
    with pytest.raises((ValueError, TypeError)):
        place_from_geonames({**GEONAMES, "lat": lat})


@pytest.mark.parametrize(
    "odd",
    [
        {"name": "Ande\ud800ram"},
        {"adminName1": "Kid\udc00al"},
        {"population": math.inf},
        {"geonameId": math.inf},
        {"lng": 10**400},
    ],
)
def test_an_odd_value_makes_an_answer_unreadable_and_ends_no_run(odd, tmp_path, monkeypatch):
    monkeypatch.setattr(OnlineService, "_request", lambda *_: [SimpleNamespace(raw={**GEONAMES, **odd})])
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        service = OnlineService("geonames", user_agent=AGENT, secret="sesame", cache=cache, sleep=lambda _: None)
        with pytest.raises(ServiceUnavailableError, match="cannot be read"):
            service.search(Query(name="Anderam"))


@pytest.mark.parametrize("query", [Query(name="Ande\ud800ram"), Query(name="Anderam", admin1="Kid\udc00al")])
def test_half_a_character_is_refused_before_anything_is_asked(query, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(OnlineService, "_request", lambda *_: asked.append(1) or [])
    with GeocodeCache(tmp_path / "cache.sqlite") as cache:
        service = OnlineService("nominatim", user_agent=AGENT, cache=cache, sleep=lambda _: None)
        with pytest.raises(InputError, match="was not asked: .* holds half a character"):
            service.search(query)
        answer = OnlineChain([service], cache, lambda: dt.datetime.now(dt.UTC)).ask(query)
    assert isinstance(answer, NotFound)
    assert "half a character" in answer.reasons[0]
    assert (asked, service.state) == ([], "closed")


def test_a_boundless_population_is_bounded():
    assert place_from_geonames({**GEONAMES, "population": 10**30}).population == 4_000_000_000
