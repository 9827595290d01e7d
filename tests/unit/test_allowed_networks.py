import ipaddress

import pytest

from geoconflict.allowed_networks import AllowedNetwork


@pytest.mark.parametrize(
    ("text", "network", "port"),
    [
        ("127.0.0.1:8000", "127.0.0.1/32", 8000),
        (" 10.1.0.0/16:443 ", "10.1.0.0/16", 443),
        ("[fd00::1]:443", "fd00::1/128", 443),
        ("[fd00::/8]:80", "fd00::/8", 80),
    ],
)
def test_an_address_or_network_with_a_port_is_read(text, network, port):
    assert AllowedNetwork.parse(text) == AllowedNetwork(ipaddress.ip_network(network), port)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:99999",
        "localhost:80",
        "10.1.2.3/16:80",
        "fd00::1:443",
        "[fd00::1]",
        "1.2.3:80",
        "",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        AllowedNetwork.parse(text)


def test_an_entry_holds_its_addresses_at_its_port():
    entry = AllowedNetwork.parse("10.1.0.0/16:443")
    assert entry.holds(ipaddress.ip_address("10.1.9.9"), 443)
    assert not entry.holds(ipaddress.ip_address("10.1.9.9"), 80)
    assert not entry.holds(ipaddress.ip_address("::ffff:10.1.9.9"), 443)
