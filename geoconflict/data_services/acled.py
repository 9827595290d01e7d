"""ACLED's events from its own service: OAuth with the user's e-mail and password, pages of rows.

As its documentation had it in 2025: ``POST /oauth/token`` (grants ``password`` and ``refresh_token``, client ``acled``), then
``GET /api/acled/read`` with a bearer token, ``limit`` and ``page``.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from geoconflict.choices import one_or_several
from geoconflict.civil_day import Day, civil_span
from geoconflict.data_services.row_files import Downloaded, Say, check_target, nothing_said, write_rows_of
from geoconflict.data_services.service import RefusedTokenError, Service, secret_from
from geoconflict.errors import InputError, ServiceUnavailableError
from geoconflict.fetching.connection import Connector
from geoconflict.interchange.datasets.acled import ACLED_CREDIT
from geoconflict.secret import Secret

__all__ = ["ACLED_EMAIL", "ACLED_PASSWORD", "ACLED_URL", "download_acled"]

ACLED_URL: Final = "https://acleddata.com"
ACLED_EMAIL: Final = "ACLED_EMAIL"
ACLED_PASSWORD: Final = "ACLED_PASSWORD"  # noqa: S105  # the name of a variable
_CLIENT: Final = "acled"
_SOON_SECONDS: Final = 60.0
_MAX_PAGES: Final = 10_000
_REPAIRS: Final = {
    403: "the account may not read the API: log in at acleddata.com, accept the terms and complete the profile",
    404: "the address of the service may have changed",
}


def download_acled(
    out: str | os.PathLike[str],
    *,
    since: Day | None = None,
    until: Day | None = None,
    countries: str | Sequence[str] = (),
    page_size: int = 5000,
    base_url: str = ACLED_URL,
    environ: Mapping[str, str] | None = None,
    connector: Connector | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    say: Say = nothing_said,
) -> Downloaded:
    """Download events of ACLED into a file for :func:`geoconflict.read_acled`.

    The e-mail and the password of the user's account come from the environment variables ``ACLED_EMAIL`` and
    ``ACLED_PASSWORD``. ACLED's terms apply: they do not allow passing rows on.

    Parameters
    ----------
    out
        A ``.json`` file; written when all pages are here.
    since, until
        The first and the last ``event_date``, inclusive; None is open.
    countries
        ACLED's name of a country, or several; none is all.
    page_size
        How many rows are asked for at once.
    base_url, environ, connector, sleep, clock
        For tests, and for a copy of the service.
    say
        Told what is going on.

    Raises
    ------
    ConfigError
        If a variable is not set.
    InputError
        If the service does not take them, the account has no access, or the file cannot be written.
    ServiceUnavailableError
        If the service fails, or asks for patience too often or too long.
    """
    target = check_target(out)
    countries = one_or_several(countries, "countries")
    service = Service("ACLED", base_url, connector=connector, repairs=_REPAIRS, sleep=sleep)
    tokens = _Tokens(service, os.environ if environ is None else environ, clock)
    query = {"_format": "json", "limit": str(page_size), **_dates(*civil_span(since, until))}
    if countries:
        query["country"] = "|".join(countries)
    rows: dict[str, dict[str, Any]] = {}
    for page in range(1, _MAX_PAGES + 1):
        found = _page(service, tokens, {**query, "page": str(page)})
        if nameless := sum(not str(row.get("event_id_cnty") or "").strip() for row in found):
            msg = (
                f"ACLED: {nameless} rows of page {page} have no event_id_cnty, so what is on two pages cannot be told from "
                "two events; nothing is written: try again later, or ask its support"
            )
            raise ServiceUnavailableError(msg)
        fresh = {str(row.get("event_id_cnty")): row for row in found}
        fresh = {name: row for name, row in fresh.items() if name not in rows}
        if found and not fresh and len(rows) % page_size == 0:
            msg = (
                f"ACLED: page {page} repeats what came before, so the rest is not to be had; ask for fewer days at once"
            )
            raise ServiceUnavailableError(msg)
        # A short page is no proof of the end, for the service may hold pages smaller than asked for; one without news is.
        if not fresh:
            break
        rows.update(fresh)
        say(f"page {page}: {len(rows):,} events")
    else:
        msg = f"ACLED: {_MAX_PAGES:,} pages did not bring the end, so nothing is written; ask for fewer days or countries at once"
        raise ServiceUnavailableError(msg)
    write_rows_of(target, "data", list(rows.values()), ACLED_CREDIT)
    return Downloaded(target, len(rows), page)


def _dates(since: dt.date | None, until: dt.date | None) -> dict[str, str]:
    if since and until:
        return {"event_date": f"{since}|{until}", "event_date_where": "BETWEEN"}
    if since:
        return {"event_date": str(since), "event_date_where": ">="}
    return {"event_date": str(until), "event_date_where": "<="} if until else {}


def _page(service: Service, tokens: _Tokens, query: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows of a page; a token that has run out is renewed once."""
    for is_last in (False, True):
        try:
            told = service.ask("api/acled/read", query, {"Authorization": f"Bearer {tokens.access().value}"})
        except RefusedTokenError as error:
            if is_last:
                msg = f"ACLED: {error}; it gave out a token and does not take it: try again later, or ask its support"
                raise InputError(msg) from None
            tokens.forget()
            continue
        rows = told.get("data")
        if told.get("success") is False or not isinstance(rows, list):
            said = told.get("messages") or told.get("message") or told.get("error") or "no rows in its answer"
            msg = f"ACLED: {str(said)[:200]}; check the countries and days that are asked for"
            raise InputError(msg)
        return [row for row in rows if isinstance(row, dict)]
    raise AssertionError  # the last try returns or raises


class _Tokens:
    """The tokens of one download: fetched when needed, renewed when they run out, never written anywhere."""

    def __init__(self, service: Service, environ: Mapping[str, str], clock: Callable[[], float]) -> None:
        self._service = service
        self._clock = clock
        self._email = service.hide(secret_from(environ, ACLED_EMAIL, "downloading from ACLED"))
        self._password = service.hide(secret_from(environ, ACLED_PASSWORD, "downloading from ACLED"))
        self._access: Secret | None = None
        self._refresh: Secret | None = None
        self._ends_at = 0.0

    def access(self) -> Secret:
        """Return a token that holds."""
        if self._access is None or self._clock() > self._ends_at:
            self._access = self._renewed() or self._new()
        return self._access

    def forget(self) -> None:
        """Forget a token that the service did not take."""
        self._access = None

    def _renewed(self) -> Secret | None:
        """Return a token for the refresh token; None where there is none, or it has run out too."""
        if self._refresh is None:
            return None
        form = {"grant_type": "refresh_token", "client_id": _CLIENT, "refresh_token": self._refresh.value}
        self._refresh = None
        try:
            return self._taken(self._service.ask("oauth/token", {}, {}, form))
        except RefusedTokenError:
            return None

    def _new(self) -> Secret:
        form = {
            "grant_type": "password",
            "client_id": _CLIENT,
            "scope": "authenticated",
            "username": self._email.value,
            "password": self._password.value,
        }
        try:
            return self._taken(self._service.ask("oauth/token", {}, {}, form))
        except RefusedTokenError as error:
            msg = f"ACLED: {error}; check {ACLED_EMAIL} and {ACLED_PASSWORD}: they are those of the account at acleddata.com"
            raise InputError(msg) from None

    def _taken(self, told: Mapping[str, Any]) -> Secret:
        token = told.get("access_token")
        if not isinstance(token, str) or not token.isprintable() or not token:
            msg = "ACLED: its answer to the log-in holds no token; try again later"
            raise ServiceUnavailableError(msg)
        refresh = told.get("refresh_token")
        if isinstance(refresh, str) and refresh:
            self._refresh = self._service.hide(Secret(refresh))
        lasts = told.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int | float) else 3600.0
        self._ends_at = self._clock() + max(0.0, seconds - min(_SOON_SECONDS, seconds / 2))
        return self._service.hide(Secret(token))
