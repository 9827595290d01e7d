"""Online geocoding services: Nominatim, Photon and GeoNames, through geopy. The only module that imports geopy.

Off by default. Each service is asked at most once in `min_delay_seconds`, whatever the number of threads; a real user
agent is required; a service that keeps failing is left alone for a while. "No such place" is an empty answer; everything
else that is not an answer raises :class:`~geoconflict.errors.ServiceUnavailableError` with the reason.

The services' terms: https://operations.osmfoundation.org/policies/nominatim/, https://photon.komoot.io,
https://www.geonames.org/export/.
"""

from __future__ import annotations

import ipaddress
import math
import os
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoconflict.errors import ConfigError, ServiceUnavailableError
from geoconflict.geo import to_lat_lon
from geoconflict.ids import canonical_json
from geoconflict.models import Place
from geoconflict.places.countries import country_table
from geoconflict.places.online_places import place_from_geonames, place_from_nominatim, place_from_photon
from geoconflict.settings import PlacesSettings

__all__ = ["GEONAMES_USER_VARIABLE", "SERVICES", "OnlineService", "Query", "services_from_settings"]

GEONAMES_USER_VARIABLE = "GEOCONFLICT_GEONAMES_USER"
"""The environment variable that holds the GeoNames user name; it is never written anywhere."""

SERVICES: Mapping[str, str] = {
    "nominatim": "https://nominatim.openstreetmap.org",
    "photon": "https://photon.komoot.io",
    "geonames": "https://secure.geonames.org",
}
"""The services and their public servers."""

_N_RESULTS = 5
_LONGEST_PAUSE_SECONDS = 30.0
"""A server that asks to wait (Retry-After) is waited for once, if it asks for no more than this."""
_FAILURES_BEFORE_REST = 3
_REST_SECONDS = 300.0
"""After so many failures in a row a service is not asked for so long: it is down, and other names can go on."""

# What geopy's documentation uses as examples, and what programs send that never set one: services block them.
_REFUSED_AGENTS = frozenset(
    {"my-application", "my_app/1", "my_user_agent/1.0", "specify_your_app_name_here", "test", "app"}
)
_REFUSED_AGENT_STARTS = ("geopy", "python-requests", "python-urllib", "curl/", "wget/", "mozilla/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a service is asked."""

    name: str
    admin1: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    near: tuple[float, float] | None = None
    """(lon, lat) in degrees; sent only to Photon, which ranks by it."""

    def canonical(self) -> str:
        """Return the one text for questions that are the same; spaces and letter case do not count."""
        near = [round(number, 1) for number in self.near] if self.near else None
        words = {"name": self.name, "admin1": self.admin1 or "", "country": self.country or ""}
        return canonical_json({**{key: " ".join(word.casefold().split()) for key, word in words.items()}, "near": near})


class OnlineService:
    """One service at one address.

    Parameters
    ----------
    name
        nominatim, photon or geonames.
    user_agent
        Who asks, with a contact address: ``"conflict-desk-example/1.0 (maps@example.org)"``.
    url
        The server; the public one when empty.
    username
        GeoNames only.
    timeout_seconds, min_delay_seconds
        How long to wait for an answer, and between two requests, seconds.
    clock, sleep
        Monotonic seconds, and how to wait; tests give their own.

    Raises
    ------
    ConfigError
        If the service is unknown, the user agent is missing or a sample one, the address is no http(s) address, or the
        GeoNames user name is missing.
    """

    def __init__(
        self,
        name: str,
        *,
        user_agent: str,
        url: str = "",
        username: str = "",
        timeout_seconds: float = 10.0,
        min_delay_seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if name not in SERVICES:
            msg = f"places.services: there is no service {name!r}; there are {', '.join(SERVICES)}"
            raise ConfigError(msg)
        self.name = name
        self.url = (url or SERVICES[name]).rstrip("/")
        self._user_agent = _checked_agent(user_agent)
        self._username = username
        if name == "geonames" and not username:
            msg = f"GeoNames needs a user name: register at https://www.geonames.org/login and set the environment variable {GEONAMES_USER_VARIABLE}"
            raise ConfigError(msg)
        self._scheme, self._domain = _checked_url(self.url, secret=name == "geonames")
        self._timeout = timeout_seconds
        self._delay = min_delay_seconds
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next_slot = -math.inf
        self._failures = 0
        self._rests_until = -math.inf
        self._rest_reason = ""
        self._geopy: Any = None

    @property
    def key(self) -> str:
        """The service with its address: what the cache files its answers under."""
        return f"{self.name} {self.url}"

    def search(self, query: Query) -> tuple[Place, ...]:
        """Return the places that the service finds, best first; empty when it knows no such place.

        Raises
        ------
        ServiceUnavailableError
            If the service could not say: time-out, refusal, quota, an answer that cannot be read.
        """
        with self._lock:  # one request at a time: the pause then holds across threads
            if self._clock() < self._rests_until:
                msg = f"not asked: {self._rest_reason}"
                raise ServiceUnavailableError(msg)
            try:
                found = self._ask(query)
            except _PauseAsked as pause:
                if pause.seconds > _LONGEST_PAUSE_SECONDS:
                    self._rest(pause.seconds, f"it asked to be left alone for {pause.seconds:.0f} seconds")
                    reason = f"too many requests (429); it asks to wait {pause.seconds:.0f} seconds"
                    raise self._failed(reason) from pause
                self._next_slot = max(self._next_slot, self._clock() + pause.seconds)
                try:
                    found = self._ask(query)
                except _PauseAsked as again:
                    self._rest(max(again.seconds, _REST_SECONDS), "it goes on refusing requests as too many")
                    raise self._failed("too many requests (429), also after the pause it asked for") from again
            self._failures = 0
        return found

    # ------------------------------------------------------------ one request
    def _ask(self, query: Query) -> tuple[Place, ...]:
        from geopy.exc import GeocoderRateLimited, GeopyError

        wait = self._next_slot - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._next_slot = self._clock() + self._delay
        try:
            places = self._read(self._request(query))
        except GeocoderRateLimited as error:
            raise _PauseAsked(_REST_SECONDS if error.retry_after is None else float(error.retry_after)) from error
        except GeopyError as error:
            raise self._failed(_reason(error)) from error
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise self._failed("its answer cannot be read: not in the service's format") from error
        return places

    def _request(self, query: Query) -> Sequence[Any]:
        geopy = self._client()
        words = [query.name, *([query.admin1] if query.admin1 else [])]
        country = country_table().get(query.country or "")
        if self.name == "photon":
            text = ", ".join([*words, *([country.name] if country else [])])
            bias = to_lat_lon(*query.near) if query.near else None
            return geopy.geocode(text, exactly_one=False, limit=_N_RESULTS, language="en", location_bias=bias) or ()
        if self.name == "nominatim":
            return (
                geopy.geocode(
                    ", ".join(words),
                    exactly_one=False,
                    limit=_N_RESULTS,
                    addressdetails=True,
                    language="en",
                    country_codes=country.alpha2.lower() if country else None,
                )
                or ()
            )
        return geopy.geocode(" ".join(words), exactly_one=False, country=country.alpha2 if country else None) or ()

    def _read(self, locations: Sequence[Any]) -> tuple[Place, ...]:
        read = {
            "nominatim": place_from_nominatim, "photon": place_from_photon, "geonames": place_from_geonames,
        }[self.name]  # fmt: skip
        places = [read(location.raw) for location in locations if location is not None]
        return tuple({place.place_id: place for place in places if place is not None}.values())[:_N_RESULTS]

    def _client(self) -> Any:
        if self._geopy is None:
            from geopy.adapters import URLLibAdapter
            from geopy.geocoders import GeoNames, Nominatim, Photon

            options: dict[str, Any] = {
                "scheme": self._scheme,
                "domain": self._domain,
                "timeout": self._timeout,
                "user_agent": self._user_agent,
                "adapter_factory": URLLibAdapter,  # the standard library's, whatever else is installed
            }
            if _is_loopback(self._domain):
                options["proxies"] = {}  # a server on this machine is never behind a proxy
            if self.name == "geonames":
                self._geopy = GeoNames(self._username, **options)
            else:
                self._geopy = {"nominatim": Nominatim, "photon": Photon}[self.name](**options)
        return self._geopy

    # ------------------------------------------------------------ failures
    def _failed(self, reason: str) -> ServiceUnavailableError:
        self._failures += 1
        if self._username:
            for form in {self._username, urllib.parse.quote(self._username), urllib.parse.quote_plus(self._username)}:
                reason = reason.replace(form, "(user name)")
        if self._failures >= _FAILURES_BEFORE_REST and self._clock() >= self._rests_until:
            self._rest(_REST_SECONDS, f"it failed {self._failures} times in a row, last: {reason}")
        return ServiceUnavailableError(reason)

    def _rest(self, seconds: float, reason: str) -> None:
        self._rests_until = self._clock() + seconds
        self._rest_reason = reason


class _PauseAsked(Exception):  # noqa: N818  # a request of the server, handled here and never seen outside
    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _reason(error: Exception) -> str:
    from geopy import exc

    status = getattr(error.__cause__, "status_code", None)
    message = " ".join(str(error).split())[:200]
    if status is not None:
        words = {
            401: "it does not accept the credentials (HTTP 401)",
            403: "it refuses this program (HTTP 403); read the service's terms of use",
            404: "HTTP 404; is the address of the server right?",
        }
        return words.get(status) or (f"server error (HTTP {status})" if status >= 500 else f"HTTP {status}: {message}")
    if isinstance(error, exc.GeocoderTimedOut):
        return "no answer in time"
    if isinstance(error, exc.GeocoderParseError):
        return "its answer cannot be read: not JSON"
    if isinstance(error, exc.GeocoderQuotaExceeded):
        return f"quota used up: {message}"
    if isinstance(error, exc.GeocoderAuthenticationFailure | exc.GeocoderInsufficientPrivileges):
        return f"it does not accept the user name: {message}"
    if "refused" in message.lower():
        return "connection refused; is the server running?"
    return message or type(error).__name__


# ---------------------------------------------------------------- settings
def services_from_settings(
    settings: PlacesSettings, *, environ: Mapping[str, str] = os.environ
) -> tuple[OnlineService, ...]:
    """Return the services that the settings name, in their order; none by default.

    Raises
    ------
    ConfigError
        As :class:`OnlineService`.
    """
    agent = settings.user_agent.strip()
    if agent and settings.email and settings.email not in agent:
        agent = f"{agent} ({settings.email})"
    urls = {"nominatim": settings.nominatim_url, "photon": settings.photon_url}
    return tuple(
        OnlineService(
            name,
            user_agent=agent,
            url=urls.get(name, ""),
            username=environ.get(GEONAMES_USER_VARIABLE, "").strip() if name == "geonames" else "",
            timeout_seconds=settings.timeout_seconds,
            min_delay_seconds=settings.min_delay_seconds,
        )
        for name in dict.fromkeys(settings.services)
    )


def _checked_agent(agent: str) -> str:
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


def _checked_url(url: str, *, secret: bool) -> tuple[str, str]:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        msg = f"{url!r} is not the address of a server; write it like https://nominatim.example.org"
        raise ConfigError(msg)
    domain = parts.netloc + parts.path
    if secret and parts.scheme == "http" and not _is_loopback(domain):
        msg = f"{url!r}: a user name is not sent without encryption; use https"
        raise ConfigError(msg)
    return parts.scheme, domain


def _is_loopback(domain: str) -> bool:
    host = urllib.parse.urlsplit(f"//{domain}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
