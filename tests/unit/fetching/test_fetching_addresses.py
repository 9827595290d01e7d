import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.allowed_networks import AllowedNetwork
from geoconflict.fetching.addresses import AddressPolicy, why_not_public
from geoconflict.fetching.refusals import RefusedError


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.0.9",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2002:c0a8:101::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_of_the_public_internet_is_refused(text):
    assert why_not_public(ipaddress.ip_address(text))
    with pytest.raises(RefusedError, match="no public address"):
        AddressPolicy().check([text], 80, may_be_private=True)


@pytest.mark.parametrize(
    "text",
    ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_public_addresses_are_let_through(text):
    assert why_not_public(ipaddress.ip_address(text)) == ""
    assert AddressPolicy().check([text], 443, may_be_private=False) == ([ipaddress.ip_address(text)], False)


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_nothing_is_let_through_that_the_standard_library_calls_special(ip):
    if why_not_public(ip) == "":
        assert not any((ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_unspecified))
        carried = ip.version == 6 and (ip.ipv4_mapped or ip in ipaddress.ip_network("64:ff9b::/96"))
        assert carried or (ip.is_global and not ip.is_reserved)


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_judged_by_the_one_it_carries(ip):
    disguises = [int(ip) + (0xFFFF << 32), (0x64FF9B << 96) + int(ip), (0x2002 << 112) + (int(ip) << 80)]
    verdicts = {bool(why_not_public(ipaddress.IPv6Address(one))) for one in disguises}
    assert verdicts == {bool(why_not_public(ip))}


def test_one_bad_address_among_good_ones_spoils_the_host():
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        AddressPolicy().check(["1.1.1.1", "10.0.0.1"], 80, may_be_private=False)


def test_what_the_user_allows_of_an_intranet_is_open_at_its_port_alone():
    policy = AddressPolicy(allowed=[AllowedNetwork.parse("10.1.0.0/16:8080"), AllowedNetwork.parse("[fd00::1]:443")])
    assert policy.check(["10.1.2.3"], 8080, may_be_private=True)[1] is True
    assert policy.check(["fd00::1"], 443, may_be_private=True)[1] is True
    for ip, port in (("10.2.0.1", 8080), ("10.1.2.3", 80), ("fd00::2", 443)):
        with pytest.raises(RefusedError, match="no public address"):
            policy.check([ip], port, may_be_private=True)


def test_a_public_page_does_not_lead_into_the_intranet_that_is_allowed():
    policy = AddressPolicy(allowed=[AllowedNetwork.parse("10.1.2.3:8080")])
    with pytest.raises(RefusedError, match="a public page leads to"):
        policy.check(["10.1.2.3"], 8080, may_be_private=False)


def test_an_address_that_is_allowed_opens_no_other_of_the_same_host():
    policy = AddressPolicy(allowed=[AllowedNetwork.parse("10.1.2.3:8080")])
    for beside in ("10.9.9.9", "1.1.1.1"):
        with pytest.raises(RefusedError):
            policy.check(["10.1.2.3", beside], 8080, may_be_private=True)


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web_are_asked(port):
    with pytest.raises(RefusedError, match=f"port {port}"):
        AddressPolicy().check_port(port)
    with pytest.raises(RefusedError, match=f"port {port}"):
        AddressPolicy(allowed=[AllowedNetwork.parse(f"10.1.2.3:{port}")]).check(["1.1.1.1"], port, may_be_private=True)
    AddressPolicy(ports=[port]).check(["1.1.1.1"], port, may_be_private=False)
