"""The online services that are known: where they are, what they require, and the credit that goes with their answers."""

from __future__ import annotations

import ipaddress
import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoconflict.errors import ConfigError

__all__ = ["SERVICES", "ServiceTerms", "checked_agent", "checked_url", "credits_of", "is_loopback"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTerms:
    """What one service requires of those who ask it."""

    name: str
    title: str
    url: str
    """The public server."""
    terms: str
    """Where its terms stand."""
    credit: str
    """The line that goes with every map and export that shows an answer of it."""
    source: str
    """How :attr:`geoconflict.models.Place.source` ends for places that it found."""
    secret_variable: str = ""
    """The environment variable with the user name or token that it requires; never written anywhere."""
    secret_is: str = ""
    sign_up: str = ""
    least_delay_seconds: float = 0.0
    """Between two requests to the public server, whatever the settings say."""
    most_in_a_run: int | None = None
    """Requests to the public server in one run: it is not for bulk. None is as many as the account pays for."""


SERVICES: Mapping[str, ServiceTerms] = {
    one.name: one
    for one in (
        ServiceTerms(
            name="nominatim",
            title="Nominatim",
            url="https://nominatim.openstreetmap.org",
            terms="https://operations.osmfoundation.org/policies/nominatim/",
            credit="\N{COPYRIGHT SIGN} OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright",
            source="through Nominatim",
            least_delay_seconds=1.0,
            most_in_a_run=500,
        ),
        ServiceTerms(
            name="photon",
            title="Photon",
            url="https://photon.komoot.io",
            terms="https://photon.komoot.io",
            credit="\N{COPYRIGHT SIGN} OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright",
            source="through Photon",
            least_delay_seconds=1.0,
            most_in_a_run=500,
        ),
        ServiceTerms(
            name="geonames",
            title="GeoNames",
            url="https://secure.geonames.org",
            terms="https://www.geonames.org/export/",
            credit="Places found with the GeoNames web service, CC BY 4.0, https://www.geonames.org",
            source="through its web service",
            secret_variable="GEOCONFLICT_GEONAMES_USER",  # noqa: S106  # a name, not a secret
            secret_is="user name",  # noqa: S106
            sign_up="register at https://www.geonames.org/login",
        ),
        ServiceTerms(
            name="arcgis",
            title="ArcGIS",
            url="https://geocode.arcgis.com",
            terms="https://developers.arcgis.com/documentation/mapping-and-location-services/geocoding/",
            credit="Places found with the ArcGIS World Geocoding Service. Powered by Esri, https://www.esri.com",
            source="through the ArcGIS World Geocoding Service",
            secret_variable="GEOCONFLICT_ARCGIS_TOKEN",  # noqa: S106
            secret_is="access token",  # noqa: S106
            sign_up="make one with the privilege to store geocodes in your ArcGIS account",
        ),
    )
}


def credits_of(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that must go with places of these sources, each once, in the order of :data:`SERVICES`."""
    known = tuple(sources)
    used = (one.credit for one in SERVICES.values() if any(source.endswith(one.source) for source in known))
    return tuple(dict.fromkeys(used))


# What geopy's documentation uses as examples, and what programs send that never set one: services block them.
_REFUSED_AGENTS = frozenset(
    {"my-application", "my_app/1", "my_user_agent/1.0", "specify_your_app_name_here", "test", "app"}
)
_REFUSED_AGENT_STARTS = ("geopy", "python-requests", "python-urllib", "curl/", "wget/", "mozilla/")


def checked_agent(agent: str) -> str:
    """Return the user agent without spaces around it.

    Raises
    ------
    ConfigError
        If there is none, it is a sample or a program's default, or a request cannot carry it.
    """
    agent = agent.strip()
    fix = "set places.user_agent in geoconflict.toml to your project's name with a contact address, for example 'border-watch/1.0 (maps@example.org)'"
    if not agent:
        msg = f"online services require a user agent that says who asks: {fix}"
        raise ConfigError(msg)
    if agent.lower() in _REFUSED_AGENTS or agent.lower().startswith(_REFUSED_AGENT_STARTS) or len(agent) < 4:
        msg = f"the user agent {agent!r} is a sample or a program's default, which services block: {fix}"
        raise ConfigError(msg)
    if not (agent.isascii() and agent.isprintable()):
        msg = f"the user agent {agent!r} holds characters that a request cannot carry; use plain ASCII on one line"
        raise ConfigError(msg)
    return agent


def checked_url(url: str, *, setting: str, secret: bool) -> tuple[str, str]:
    """Return scheme and domain (with path) of a server's address; `setting` is what errors call it.

    Raises
    ------
    ConfigError
        If it is no http(s) address of a server, or `secret` things would be sent to it in clear.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
        msg = f"{setting}: {shown!r} is not the address of a server; write it like https://nominatim.example.org, without a user or a query"
        raise ConfigError(msg)
    domain = parts.netloc + parts.path
    if secret and parts.scheme == "http" and not is_loopback(domain):
        msg = f"{setting}: {url!r}: a user name or token is not sent without encryption; use https"
        raise ConfigError(msg)
    return parts.scheme, domain


def is_loopback(domain: str) -> bool:
    """Return whether a domain (with port and path) is this machine."""
    host = urllib.parse.urlsplit(f"//{domain}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
