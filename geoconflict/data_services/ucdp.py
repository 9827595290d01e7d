"""UCDP GED from its own service: a token in a header, pages of rows.

As its documentation had it in 2026: ``GET /api/gedevents/VERSION`` with ``x-ucdp-access-token``; an answer holds
``TotalCount``, ``TotalPages``, ``NextPageUrl`` and ``Result``.
"""

from __future__ import annotations

import os
import re
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from geoconflict.choices import one_or_several
from geoconflict.civil_day import Day, civil_span
from geoconflict.data_services.row_files import Downloaded, Say, check_target, nothing_said, write_rows_of
from geoconflict.data_services.service import RefusedTokenError, Service, secret_from
from geoconflict.errors import InputError, ServiceUnavailableError
from geoconflict.fetching.connection import Connector
from geoconflict.interchange.datasets.country_codes import code_of
from geoconflict.interchange.datasets.ucdp import UCDP_CREDIT

__all__ = ["UCDP_TOKEN", "UCDP_URL", "download_ucdp"]

UCDP_URL: Final = "https://ucdpapi.pcr.uu.se"
UCDP_TOKEN: Final = "UCDP_ACCESS_TOKEN"  # noqa: S105  # the name of a variable
_HEADER: Final = "x-ucdp-access-token"
_VERSION: Final = re.compile(r"\d{2}\.\d{1,2}(?:\.\d{1,2}){0,3}")
_MAX_PAGES: Final = 10_000
_REPAIRS: Final = {
    400: "check the version and the days; the service also answers so when it is asked too often",
    403: f"the token of {UCDP_TOKEN} may not read this; ask UCDP for one that may (ucdp.uu.se/apidocs)",
    404: "there is no such version; ucdp.uu.se/apidocs lists them",
}


def download_ucdp(
    out: str | os.PathLike[str],
    *,
    version: str,
    since: Day | None = None,
    until: Day | None = None,
    countries: str | Sequence[str] = (),
    page_size: int = 1000,
    base_url: str = UCDP_URL,
    environ: Mapping[str, str] | None = None,
    connector: Connector | None = None,
    sleep: Callable[[float], None] = time.sleep,
    say: Say = nothing_said,
) -> Downloaded:
    """Download events of UCDP GED into a file for :func:`geoconflict.read_ucdp_ged`.

    The token comes from the environment variable ``UCDP_ACCESS_TOKEN``; UCDP gives one to who asks.

    Parameters
    ----------
    out
        A ``.json`` file; written when all pages are here.
    version
        The release: ``26.1`` of a year, ``26.0.3`` of the candidates of a month.
    since, until
        The first and the last day, inclusive; None is open.
    countries
        ISO 3166-1 alpha-3; none is all.
    page_size
        How many rows are asked for at once, at most 1000.
    base_url, environ, connector, sleep
        For tests, and for a copy of the service.
    say
        Told what is going on.

    Raises
    ------
    ConfigError
        If the variable is not set.
    InputError
        If the service does not take the token or the version, a country has no number of UCDP's, or the file cannot be
        written.
    ServiceUnavailableError
        If the service fails, asks for patience too often or too long, or its pages do not add up.
    """
    target = check_target(out)
    if not _VERSION.fullmatch(version):
        msg = (
            f"version: {version!r} is none of UCDP's; a year's is like '26.1', the candidates of a month like '26.0.3'"
        )
        raise InputError(msg)
    service = Service("UCDP", base_url, connector=connector, repairs=_REPAIRS, sleep=sleep)
    token = service.hide(secret_from(os.environ if environ is None else environ, UCDP_TOKEN, "downloading from UCDP"))
    query = {"pagesize": str(page_size)}
    first, last = civil_span(since, until)
    query |= {"StartDate": first.isoformat()} if first else {}
    query |= {"EndDate": last.isoformat()} if last else {}
    if countries:
        query["Country"] = ",".join(_number(country) for country in one_or_several(countries, "countries"))
    rows: dict[str, dict[str, Any]] = {}
    total, number = 0, 0
    page: str | None = None
    for number in range(1, _MAX_PAGES + 1):
        asked = query if page is None else {**query, "page": page}
        try:
            told = service.ask(f"api/gedevents/{version}", asked, {_HEADER: token.value})
        except RefusedTokenError as error:
            msg = f"UCDP: {error}; check {UCDP_TOKEN}, or ask UCDP for a token (ucdp.uu.se/apidocs)"
            raise InputError(msg) from None
        found = told.get("Result")
        if not isinstance(found, list):
            msg = "UCDP: no rows in its answer; try again later"
            raise ServiceUnavailableError(msg)
        total = int(told["TotalCount"]) if isinstance(told.get("TotalCount"), int) else total
        rows.update((str(row.get("id")), row) for row in found if isinstance(row, dict))
        say(f"page {number}: {len(rows):,} of {total:,} events")
        following = _following(told)
        if following is None or following == page:
            break
        page = following
    if len(rows) != total:
        msg = f"UCDP: {len(rows):,} of {total:,} events arrived; the data may have changed meanwhile: run the same command again"
        raise ServiceUnavailableError(msg)
    write_rows_of(target, "Result", list(rows.values()), UCDP_CREDIT)
    return Downloaded(target, len(rows), number)


def _number(country: str) -> str:
    number = code_of(country.upper(), "gleditsch_ward")
    if not number:
        msg = f"countries: {country!r} has no number of UCDP's; give ISO 3166-1 alpha-3, such as 'UKR'"
        raise InputError(msg)
    return number


def _following(told: Mapping[str, Any]) -> str | None:
    """Return the page that comes next. Of the address that the answer gives, only the number is believed: a token goes with it."""
    url = told.get("NextPageUrl")
    if not isinstance(url, str) or not url:
        return None
    found = {name.casefold(): value for name, value in urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query)}
    page = found.get("page", "")
    if not page.isdecimal():
        msg = "UCDP: its answer names no next page though there is one; try again later"
        raise ServiceUnavailableError(msg)
    return page
