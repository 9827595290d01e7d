"""Online geocoding services: Nominatim, Photon, GeoNames and ArcGIS, through geopy. The only module that imports geopy.

Off by default. Each service is asked at most once in `min_delay_seconds`, whatever the number of threads, and of processes
that share a cache; a real user agent is required; a service that keeps failing is left alone for a while. "No such place"
is an empty answer; everything else that is not an answer raises :class:`~geoconflict.errors.ServiceUnavailableError` with
the reason. What each service requires stands in :mod:`geoconflict.places.online.known`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import threading
import time
import urllib.parse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from geoconflict.clock import utc_now
from geoconflict.errors import ConfigError, InputError, ServiceUnavailableError
from geoconflict.geo import to_lat_lon
from geoconflict.ids import canonical_json
from geoconflict.models import Place
from geoconflict.places.countries import country_table
from geoconflict.places.online.breaker import REST_SECONDS, Breaker
from geoconflict.places.online.cache import GeocodeCache
from geoconflict.places.online.known import SERVICES, checked_agent, checked_url, is_loopback
from geoconflict.places.online.places import READERS
from geoconflict.places.online.transport import STAND_IN, Opener
from geoconflict.secret import Secret

__all__ = ["OnlineService", "Query"]

_N_RESULTS = 5
_LONGEST_NAME = 250
"""Characters. No place bears a longer name, and servers refuse addresses that hold one as if they were failing."""
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_LONGEST_PAUSE_SECONDS = 30.0
"""A server that asks to wait (Retry-After) is waited for once, if it asks for no more than this."""
_HOPELESS_REST_SECONDS = 3600.0
"""A used-up quota or refused credentials are not better in five minutes."""
_ARCGIS_FIELDS = ("Addr_type", "Type", "PlaceName", "City", "Region", "Country", "LongLabel")
_ARCGIS_KINDS = "Populated Place,Land Features,Water Features"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a service is asked."""

    name: str
    admin1: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    near: tuple[float, float] | None = None
    """(lon, lat) in degrees; sent only to Photon, which ranks by it."""

    def refusal(self) -> str:
        """Return why no service can be asked this, in words; empty for a question that can be sent.

        Half a surrogate pair, which JSON can hold, is no character, and no request can carry it.
        """
        for word in (self.name, self.admin1 or ""):
            if _HALF_A_CHARACTER.search(word):
                return f"{word!r} holds half a character (a surrogate without its other half)"
        return ""

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
        nominatim, photon, geonames or arcgis.
    user_agent
        Who asks, with a contact address: ``"conflict-desk-example/1.0 (maps@example.org)"``.
    url
        The server; the public one when empty.
    secret
        The user name (GeoNames) or access token (ArcGIS).
    may_store
        ArcGIS only: that the account pays for keeping what is found. Everything found is kept in the store, in maps and
        in the cache, so without it ArcGIS cannot be used.
    timeout_seconds, min_delay_seconds
        How long to wait for an answer, and between two requests, seconds. Public servers that ask for more delay get it.
    cache
        Where answers are kept at once, and processes that share it agree on the delay and on rests that a server asked for.
    clock, sleep, now
        Monotonic seconds, how to wait, and the aware time that processes share; tests give their own.

    Raises
    ------
    ConfigError
        If the service is unknown, the user agent is missing or a sample one, the address is no http(s) address, or the
        user name, the token or the leave to store is missing.
    """

    def __init__(
        self,
        name: str,
        *,
        user_agent: str,
        url: str = "",
        secret: str = "",
        may_store: bool = False,
        timeout_seconds: float = 10.0,
        min_delay_seconds: float = 1.0,
        cache: GeocodeCache | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        if name not in SERVICES:
            msg = f"places.services: there is no service {name!r}; there are {', '.join(SERVICES)}"
            raise ConfigError(msg)
        self.name = name
        self.terms = SERVICES[name]
        self.url = (url or self.terms.url).rstrip("/")
        self._user_agent = checked_agent(user_agent)
        if self.terms.secret_variable and not secret:
            msg = f"{self.terms.title} needs a {self.terms.secret_is}: {self.terms.sign_up} and set the environment variable {self.terms.secret_variable}"
            raise ConfigError(msg)
        if name == "arcgis" and not may_store:
            msg = (
                "ArcGIS lets results be kept only where the account pays for it, and geoconflict keeps them in its store, maps "
                "and cache: set places.arcgis_may_store = true if yours does (see docs/online.md), or leave arcgis out of places.services"
            )
            raise ConfigError(msg)
        self._secret = (
            Secret(secret, as_header="Authorization" if name == "arcgis" else "")
            if self.terms.secret_variable
            else None
        )
        self._scheme, self._domain = checked_url(
            self.url, setting=f"places.{name}_url", secret=self._secret is not None
        )
        self._timeout = timeout_seconds
        self._public = urllib.parse.urlsplit(self.url).hostname == urllib.parse.urlsplit(self.terms.url).hostname
        self._delay = max(min_delay_seconds, self.terms.least_delay_seconds if self._public else 0.0)
        self._cache = cache
        self._clock = clock
        self._sleep = sleep
        self._now = now
        self._lock = threading.Lock()
        self._next_slot = -math.inf
        self._breaker = Breaker(clock)
        self._n_requests = 0
        self._geopy: Any = None

    @property
    def key(self) -> str:
        """The service with its address: what the cache files its answers under."""
        return f"{self.name} {self.url}"

    @property
    def state(self) -> str:
        """The state of the circuit breaker: closed, open or half-open."""
        return self._breaker.state

    def search(self, query: Query) -> tuple[Place, ...]:
        """Return the places that the service finds, best first; empty when it knows no such place.

        Raises
        ------
        InputError
            If the question cannot be sent (:meth:`Query.refusal`); no request is made then.
        ServiceUnavailableError
            If the service could not say: time-out, refusal, quota, an answer that cannot be read, or it rests.
        """
        if reason := query.refusal():
            msg = f"{self.terms.title} was not asked: {reason}"
            raise InputError(msg)
        if len(query.name) > _LONGEST_NAME:
            return ()
        with self._lock:  # one request at a time: the pause then holds across threads
            self._check_rest()
            self._client()  # loaded now, so that nothing stands between the turn and the request
            self._wait()
            kept = self._cache.get(self.key, query.canonical(), now=self._now()) if self._cache else None
            if kept is not None:  # another thread or process asked while this one waited
                return kept.places
            try:
                found = self._ask(query)
            except _PauseAsked as pause:
                if pause.seconds > _LONGEST_PAUSE_SECONDS:
                    self._leave_alone(pause.seconds, f"it asked to be left alone for {pause.seconds:.0f} seconds")
                    msg = f"{pause.words}; it asks to wait {pause.seconds:.0f} seconds"
                    raise ServiceUnavailableError(msg) from None
                self._next_slot = max(self._next_slot, self._clock() + pause.seconds)
                self._wait()
                try:
                    found = self._ask(query)
                except _PauseAsked as again:
                    self._leave_alone(max(again.seconds, REST_SECONDS), f"it goes on refusing requests: {again.words}")
                    msg = f"{again.words}, also after the pause it asked for"
                    raise ServiceUnavailableError(msg) from None
            self._breaker.succeeded()
            if self._cache is not None:  # before the next thread or process has its turn
                self._cache.put(self.key, query.canonical(), found, now=self._now())
        return found

    # ------------------------------------------------------------ when
    def _check_rest(self) -> None:
        reason = self._breaker.refusal()
        if reason is None and self._cache is not None:
            rest = self._cache.rest_of(self.key, now=self._now())
            reason = f"{rest.reason}; it is asked again after {rest.until:%Y-%m-%d %H:%M} UTC" if rest else None
        most = self.terms.most_in_a_run
        if reason is None and self._public and most is not None and self._n_requests >= most:
            reason = f"{most} requests went to the public server in this run, which is not for bulk; use a server of your own (places.{self.name}_url)"
        if reason is not None:
            msg = f"not asked: {reason}"
            raise ServiceUnavailableError(msg)

    def _wait(self) -> None:
        wait = self._next_slot - self._clock()
        if self._cache is not None:
            pause = dt.timedelta(seconds=self._delay)
            wait = max(wait, self._cache.take_turn(self.key, now=self._now(), pause=pause).total_seconds())
        if wait > 0:
            self._sleep(wait)

    def _leave_alone(self, seconds: float, reason: str) -> None:
        """Rest as the server asked for, in other processes and later runs too."""
        self._breaker.rest(seconds, reason)
        if self._cache is not None:
            until = self._now() + dt.timedelta(seconds=min(seconds, 366 * 86_400))
            self._cache.put_rest(self.key, until=until, reason=reason)

    # ------------------------------------------------------------ one request
    def _ask(self, query: Query) -> tuple[Place, ...]:
        from geopy.exc import GeocoderRateLimited, GeopyError

        self._next_slot = self._clock() + self._delay
        self._n_requests += 1
        # Errors are raised "from None": those below hold what the server said, word by word.
        try:
            return self._read(self._request(query))
        except GeocoderRateLimited as error:
            raise _PauseAsked(REST_SECONDS if error.retry_after is None else error.retry_after, 429) from None
        except GeopyError as error:
            pause = _pause_of(error)
            if pause is not None:
                raise pause from None
            raise self._failed(error) from None
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
            reason = "its answer cannot be read: not in the service's format"
            self._breaker.failed(reason)
            raise ServiceUnavailableError(reason) from None

    def _request(self, query: Query) -> Sequence[Any]:
        geopy = self._client()
        words = [query.name, *([query.admin1] if query.admin1 else [])]
        country = country_table().get(query.country or "")
        with_country = ", ".join([*words, *([country.name] if country else [])])
        options: dict[str, Any] = {"exactly_one": False}
        if self.name == "photon":
            text = with_country
            bias = to_lat_lon(*query.near) if query.near else None
            options |= {"limit": _N_RESULTS, "language": "en", "location_bias": bias}
        elif self.name == "nominatim":
            text = ", ".join(words)
            code = country.alpha2.lower() if country else None
            options |= {"limit": _N_RESULTS, "addressdetails": True, "language": "en", "country_codes": code}
        elif self.name == "geonames":
            text = " ".join(words)
            options |= {"country": country.alpha2 if country else None}
        else:
            text = with_country
            options |= {"out_fields": _ARCGIS_FIELDS}
        return geopy.geocode(text, **options) or ()

    def _read(self, locations: Sequence[Any]) -> tuple[Place, ...]:
        places = [READERS[self.name](location.raw) for location in locations if location is not None]
        return tuple({place.place_id: place for place in places if place is not None}.values())[:_N_RESULTS]

    def _client(self) -> Any:
        if self._geopy is None:
            from geopy.adapters import URLLibAdapter
            from geopy.geocoders import ArcGIS, GeoNames, Nominatim, Photon

            options: dict[str, Any] = {
                "scheme": self._scheme,
                "domain": self._domain,
                "timeout": self._timeout,
                "user_agent": self._user_agent,
                "adapter_factory": URLLibAdapter,  # the standard library's, whatever else is installed
            }
            if self.name == "geonames":
                options["username"] = STAND_IN  # geopy writes its addresses to the log
            kinds = {"nominatim": Nominatim, "photon": Photon, "geonames": GeoNames, "arcgis": ArcGIS}
            client = kinds[self.name](**options)
            extra = {"maxLocations": str(_N_RESULTS), "langCode": "EN", "category": _ARCGIS_KINDS, "forStorage": "true"}
            client.adapter.urlopen = Opener(
                secret=self._secret,
                extra=extra if self.name == "arcgis" else None,
                use_proxies=not is_loopback(self._domain),  # a server on this machine is never behind a proxy
            )
            self._geopy = client
        return self._geopy

    def _failed(self, error: Exception) -> ServiceUnavailableError:
        from geopy import exc

        reason = _reason(error, self.terms.secret_is or "user agent", f"places.{self.name}_url")
        if self._secret is not None:
            reason = self._secret.hide(reason)
        hopeless = (exc.GeocoderQuotaExceeded, exc.GeocoderAuthenticationFailure, exc.GeocoderInsufficientPrivileges)
        if isinstance(error, exc.GeocoderQuotaExceeded):
            self._leave_alone(_HOPELESS_REST_SECONDS, reason)
        elif isinstance(error, hopeless) or _arcgis_code(error) in _ARCGIS_REFUSALS:
            self._breaker.rest(_HOPELESS_REST_SECONDS, reason)  # this run alone: the next may have other credentials
        else:
            self._breaker.failed(reason)
        return ServiceUnavailableError(reason)


# ---------------------------------------------------------------- failures
class _PauseAsked(Exception):  # noqa: N818  # a request of the server, handled here and never seen outside
    def __init__(self, seconds: float, status: int) -> None:
        super().__init__(seconds)
        self.seconds = float(seconds)
        self.words = "too many requests (429)" if status == 429 else f"it is overloaded or being mended ({status})"


_ARCGIS_REFUSALS = frozenset({401, 403, 498, 499})


def _arcgis_code(error: Exception) -> int | None:
    """Return the code of an error that ArcGIS sends with status 200; geopy passes it on as the text of a dict."""
    found = re.match(r"\{'code': (\d+)", str(error))
    return int(found[1]) if found else None


def _pause_of(error: Exception) -> _PauseAsked | None:
    """Return the pause that an error other than status 429 asks for, or None."""
    from geopy.adapters import AdapterHTTPError, get_retry_after

    if _arcgis_code(error) == 429:
        return _PauseAsked(REST_SECONDS, 429)
    cause = error.__cause__
    if isinstance(cause, AdapterHTTPError) and cause.status_code == 503:
        seconds = get_retry_after(cause.headers)
        return None if seconds is None else _PauseAsked(seconds, 503)
    return None


def _reason(error: Exception, secret_is: str, setting: str) -> str:
    from geopy import exc

    status = getattr(error.__cause__, "status_code", None)
    message = " ".join(str(error).split())[:200]
    if status is not None:
        words = {
            401: f"it does not accept the {secret_is} (HTTP 401)",
            403: "it refuses this program (HTTP 403); read the service's terms of use",
            404: "HTTP 404; is the address of the server right?",
        }
        if 300 <= status < 400:
            return f"it redirects to another address (HTTP {status}); set {setting} to the address it has now"
        return words.get(status) or (f"server error (HTTP {status})" if status >= 500 else f"HTTP {status}: {message}")
    code = _arcgis_code(error)
    if code is not None:
        return (
            f"it does not accept the {secret_is} ({code})" if code in _ARCGIS_REFUSALS else f"error {code}: {message}"
        )
    if isinstance(error, exc.GeocoderTimedOut):
        return "no answer in time"
    if isinstance(error, exc.GeocoderParseError):
        return "its answer cannot be read: not JSON"
    if isinstance(error, exc.GeocoderQuotaExceeded):
        return f"quota used up: {message}"
    if isinstance(error, exc.GeocoderAuthenticationFailure | exc.GeocoderInsufficientPrivileges):
        return f"it does not accept the {secret_is}: {message}"
    if "refused" in message.lower():
        return "connection refused; is the server running?"
    return message or type(error).__name__
