import pytest

from geoconflict.errors import MapError
from geoconflict.render.tiles import Tiles

URL = "https://tiles.example.org/relief/{z}/{x}/{y}.png"


def test_the_page_is_told_the_host_and_the_policy_the_origin():
    tiles = Tiles(url=URL, attribution=" (c) A Provider ", name="Relief", kind="relief")
    assert (tiles.host, tiles.origin) == ("tiles.example.org", "https://tiles.example.org")
    assert tiles.for_page() == {
        "attribution": "(c) A Provider",
        "host": "tiles.example.org",
        "isOn": False,
        "kind": "relief",
        "maxZoom": 18,
        "name": "Relief",
        "url": URL,
    }


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/{z}/{x}/{y}.png", "http://localhost/{z}/{x}/{y}{r}.png?key=a&b=c"]
)
def test_a_server_on_this_machine_needs_no_https(url):
    assert Tiles(url=url, attribution="own").origin == url.partition("/{z}")[0]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "another provider"),
        ("https://a.tile.openstreetmap.org/{z}/{x}/{y}.png", "another provider"),
        ("https://TILE.OpenStreetMap.org/{z}/{x}/{y}.png", "small letters"),
        ("https://tile.osm.org:443/{z}/{x}/{y}.png", "another provider"),
        ("http://tiles.example.org/{z}/{x}/{y}.png", "https"),
        ("//tiles.example.org/{z}/{x}/{y}.png", "one host"),
        ("ftp://tiles.example.org/{z}/{x}/{y}.png", "https"),
        ("javascript:alert({z}{x}{y})", "one host"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "one each"),
        ("https://tiles.example.org/{z}/{x}.png", "one each"),
        ("https://tiles.example.org/{z}/{x}/{y}/{y}.png", "one each"),
        ("https://user:secret@tiles.example.org/{z}/{x}/{y}.png", "user name"),
        ("https://tiles.example.org/{z}/{x}/{y}.png; script-src *", "spaces"),
        ("https://tiles.example.org;x/{z}/{x}/{y}.png", "spaces"),
        ("https://*/{z}/{x}/{y}.png", "one host"),
        ("https:///{z}/{x}/{y}.png", "one host"),
        ("", "one each"),
    ],
)
def test_an_address_that_is_not_one_hosts_tiles_is_refused_with_why(url, why):
    with pytest.raises(MapError, match=why):
        Tiles(url=url, attribution="(c) A Provider")


def test_the_attribution_and_a_known_kind_are_needed():
    with pytest.raises(MapError, match="attribution"):
        Tiles(url=URL, attribution="  ")
    with pytest.raises(MapError, match="map or relief"):
        Tiles(url=URL, attribution="x", kind="satellite")


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://t.example:0/{z}/{x}/{y}.png"},
        {"url": "https://t.example:99999/{z}/{x}/{y}.png"},
        {"url": "https://t..example/{z}/{x}/{y}.png"},
        {"url": "https://a.-b/{z}/{x}/{y}.png"},
        {"max_zoom": -5},
        {"max_zoom": float("nan")},
        {"max_zoom": "</script>"},
    ],
)
def test_a_host_port_or_zoom_that_cannot_be_is_refused(wrong):
    with pytest.raises(MapError, match="host or its port|max_zoom is"):
        Tiles(**{"url": "https://t.example:8443/{z}/{x}/{y}.png", "attribution": "Somebody", **wrong})
