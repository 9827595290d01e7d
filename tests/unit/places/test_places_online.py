import pytest

from geoconflict.errors import ConfigError
from geoconflict.models import PlacePrecision
from geoconflict.places.online import GEONAMES_USER_VARIABLE, OnlineService, Query, services_from_settings
from geoconflict.places.online_places import place_from_geonames, place_from_nominatim, place_from_photon
from geoconflict.settings import PlacesSettings

AGENT = "border-watch-tests/1.0 (tests@example.org)"


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
    with pytest.raises(ConfigError, match="nominatim, photon, geonames"):
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
    with pytest.raises(ConfigError, match=GEONAMES_USER_VARIABLE):
        services_from_settings(settings, environ={})
    (service,) = services_from_settings(settings, environ={GEONAMES_USER_VARIABLE: "sesame"})
    assert "sesame" not in service.key
    assert service.url.startswith("https://")


def test_a_user_name_is_not_sent_in_clear():
    with pytest.raises(ConfigError, match="without encryption"):
        OnlineService("geonames", user_agent=AGENT, url="http://api.example.org", username="sesame")


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
