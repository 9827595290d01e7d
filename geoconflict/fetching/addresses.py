"""Which addresses may be connected to: those of the public internet, and what the user allows of an intranet.

What is judged is the address of the connection, never a name: a name may lead anywhere, and elsewhere the next moment.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Sequence
from typing import Final, TypeAlias

from geoconflict.allowed_networks import AllowedNetwork
from geoconflict.fetching.refusals import RefusedError

__all__ = ["AddressPolicy", "IPAddress", "why_not_public"]

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# The registries of special-purpose addresses (RFC 6890 and its updates), and what clouds put beside them.
_NOT_PUBLIC_4: Final = tuple(
    (ipaddress.IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider's customers (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own service"),
        ("169.254.0.0/16", "link-local, where clouds keep metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a former 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_METADATA: Final = (ipaddress.ip_address("168.63.129.16"), ipaddress.ip_address("fd00:ec2::254"))
"""Where clouds answer their own machines, besides the link-local addresses."""
_NOT_PUBLIC_6: Final = tuple(
    (ipaddress.IPv6Network(network), what)
    for network, what in (
        ("2001::/23", "for protocols and tunnels"),
        ("2001:db8::/32", "for documentation"),
        ("3fff::/20", "for documentation"),
    )
)
_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_6TO4: Final = ipaddress.IPv6Network("2002::/16")
_IPV4_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")


def why_not_public(ip: IPAddress) -> str:
    """Return why `ip` is no address of the public internet; empty when it is one.

    An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is judged by that one.
    """
    if isinstance(ip, ipaddress.IPv4Address):
        return next((what for network, what in _NOT_PUBLIC_4 if ip in network), "")
    if ip.scope_id is not None:
        return "link-local"
    carried = _carried(ip)
    if carried is not None:
        why = why_not_public(carried)
        return f"{carried} in disguise: {why}" if why else ""
    if ip not in _GLOBAL_UNICAST:
        return "loopback" if ip.is_loopback else "private, link-local, multicast or reserved"
    return next((what for network, what in _NOT_PUBLIC_6 if ip in network), "")


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that `ip` stands for, where it stands for one."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _6TO4:
        return ipaddress.IPv4Address(int(ip) >> 80 & 0xFFFFFFFF)
    if ip in _NAT64 or (ip in _IPV4_COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


class AddressPolicy:
    """Says of each address and port whether it may be connected to.

    Parameters
    ----------
    ports
        The ports that are asked on the public internet.
    allowed
        What of an intranet may be asked, each with its port.
    """

    def __init__(self, *, ports: Collection[int] = (80, 443), allowed: Sequence[AllowedNetwork] = ()) -> None:
        self._ports = frozenset(ports)
        self._allowed = tuple(allowed)

    def check_port(self, port: int) -> None:
        """Refuse a port that no address may be asked at, before its name is looked up.

        Raises
        ------
        RefusedError
            If it is neither one of the public ports nor one of an allowed address.
        """
        if port not in self._ports and all(port != one.port for one in self._allowed):
            what = f"port {port} is not asked"
            raise RefusedError(what, "add it to fetching.ports if the site is to be trusted")

    def check(self, texts: Sequence[str], port: int, *, may_be_private: bool) -> tuple[list[IPAddress], bool]:
        """Check all addresses of a host: one bad one among them spoils it, for a name that has both is a trick or a mistake.

        Parameters
        ----------
        texts
            The addresses that the host's name stands for.
        port
            The port to connect to.
        may_be_private
            Whether addresses of the intranet that the user allowed are open to this request.

        Returns
        -------
        tuple
            The addresses, and whether they are of the intranet.

        Raises
        ------
        RefusedError
            If one of them may not be connected to.
        """
        ips = [ipaddress.ip_address(text) for text in texts]
        n_allowed = sum(any(one.holds(ip, port) for one in self._allowed) for ip in ips)
        if ips and n_allowed == len(ips):
            if may_be_private:
                return ips, True
            what = f"a public page leads to {ips[0]}, an address of the intranet"
            raise RefusedError(what, "if that is meant, name the address in [[feeds]] or on the command line")
        for ip in ips:
            if why := why_not_public(ip):
                what = f"leads to {ip}, which is no public address ({why})"
                if ip.is_link_local or ip in _METADATA:  # nobody keeps reports there
                    raise RefusedError(what, "no site of the web has such an address: leave this page out")
                raise RefusedError(what, f'to allow it add "{_with_port(ip, port)}" to fetching.allow_private')
        if port not in self._ports:
            what = f"port {port} is not asked"
            raise RefusedError(what, "add it to fetching.ports if the site is to be trusted")
        return ips, False


def _with_port(ip: IPAddress, port: int) -> str:
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"
