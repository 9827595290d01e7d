"""Web addresses in one form, and which of them are no business of ours."""

from __future__ import annotations

import ipaddress
import re
import urllib.parse
from dataclasses import dataclass

from geoconflict.fetching.refusals import RefusedError

__all__ = ["WebAddress", "without_user"]

_LONGEST = 4096
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_USER = re.compile(r"(?<=//)[^/?#\s]*@")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address, taken apart; equal addresses are equal records."""

    scheme: str
    host: str
    """In lower case and ASCII (IDNA); an IPv6 address without its brackets."""
    port: int
    target: str
    """Path and query, percent-encoded; begins with a slash."""

    @classmethod
    def parse(cls, text: str) -> WebAddress:
        """Return the address that `text` is; a fragment is dropped.

        Raises
        ------
        RefusedError
            If it is no http or https address, is too long, holds a user name or password, or characters that programs
            read differently.
        """
        text = text.strip(" \t\r\n\f")
        if len(text) > _LONGEST:
            what = f"an address of more than {_LONGEST:,} characters"
            raise RefusedError(what)
        if _UNSEEN.search(text):
            raise RefusedError("an address with spaces or characters that cannot be seen", "write them percent-encoded")
        try:
            parts = urllib.parse.urlsplit(text)
            port = parts.port
        except ValueError as error:
            what = f"no web address: {error}"
            raise RefusedError(what) from None
        if parts.scheme not in _DEFAULT_PORTS or not parts.netloc:
            raise RefusedError("no http or https address", "only the web is fetched")
        if "@" in parts.netloc:
            what = "an address with a user name or password in it"
            raise RefusedError(
                what, "take it out; a feed's secret is named by secret_env and comes from the environment"
            )
        if port == 0:
            raise RefusedError("port 0 is none")
        path = urllib.parse.quote(parts.path.replace("\\", "%5C") or "/", safe="/%:@!$&'()*+,;=~")
        query = urllib.parse.quote(parts.query, safe="/%:@!$&'()*+,;=~?")
        target = path + ("?" + query if query else "")
        return cls(parts.scheme, _ascii_host(parts.hostname or ""), port or _DEFAULT_PORTS[parts.scheme], target)

    @property
    def netloc(self) -> str:
        """The host, in brackets where it is an IPv6 address, with the port unless it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what robots.txt speaks for, and what a secret is meant for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def may_take_secrets(self) -> bool:
        """Whether nobody on the way reads what is sent there: over https, or within this machine."""
        return self.scheme == "https" or _is_this_machine(self.host)

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.target

    def join(self, link: str) -> WebAddress:
        """Return the address that a link on the page of this one leads to.

        Raises
        ------
        RefusedError
            As :meth:`parse`.
        """
        try:
            return WebAddress.parse(urllib.parse.urljoin(self.url, link.strip(" \t\r\n\f")))
        except ValueError as error:
            what = f"no web address: {error}"
            raise RefusedError(what) from None


def without_user(text: str) -> str:
    """Return what was given for an address fit to be shown: cut short, and without user names and passwords."""
    return _USER.sub("(hidden)@", text)[:200]


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, which may lead anywhere
        return False


def _ascii_host(host: str) -> str:
    """Return a host as it is asked for.

    Raises
    ------
    RefusedError
        If no host can have that name.
    """
    try:
        return _ipv6(host) if ":" in host else _idna(host)
    except ValueError:
        what = f"no host can be named {host[:80]!r}"
        raise RefusedError(what) from None


def _ipv6(host: str) -> str:
    if "%" in host:  # an interface of this machine
        raise ValueError(host)
    return str(ipaddress.IPv6Address(host))


def _idna(host: str) -> str:
    name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    if not _HOST.fullmatch(name) or len(name) > 253:
        raise ValueError(name)
    return name
