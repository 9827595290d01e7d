"""One page: asked for politely, through redirects that are each judged like a first address, and tried again in vain only so often."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
import time
import urllib.parse
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from geoconflict.errors import ConfigError
from geoconflict.fetching.body import read_body
from geoconflict.fetching.connection import Answer, Connector
from geoconflict.fetching.pace import Pace
from geoconflict.fetching.refusals import RefusedError, TransientError
from geoconflict.fetching.robots import MAX_ROBOTS_BYTES, Robots
from geoconflict.fetching.web_address import WebAddress
from geoconflict.retrieval import Redirect
from geoconflict.retry_after import BUSY, retry_after_seconds
from geoconflict.secret import Secret

__all__ = ["SECRET_STAND_IN", "Gone", "Known", "Page", "Unchanged", "Visitor", "check_user_agent"]

SECRET_STAND_IN = "%7Bsecret%7D"  # noqa: S105  # where it goes, not what it is
"""Stands in the address of a feed where its secret goes: ``{secret}``, percent-encoded."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({408, 425, 500, 502, 504})
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,250}"')
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Known:
    """The version of a page that is here already."""

    url: str
    """The address that answered with it."""
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent."""

    final_url: str
    redirects: tuple[Redirect, ...]
    status: int
    content_type: str
    etag: str
    last_modified: str
    body: bytes
    is_private: bool
    """Whether it came from the intranet."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server still has the version that is known."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The server says that there is no such page."""

    status: int


class Visitor:
    """Fetches pages, one after the other.

    Parameters
    ----------
    connector
        Makes requests.
    pace
        Keeps the pauses.
    user_agent
        Who asks, with a contact address.
    content_types
        The types that are wanted.
    max_bytes, max_redirects, max_tries
        Of one page.
    sleep
        For tests.
    """

    def __init__(
        self,
        connector: Connector,
        pace: Pace,
        *,
        user_agent: str,
        content_types: Collection[str],
        max_bytes: int = 10_000_000,
        max_redirects: int = 5,
        max_tries: int = 3,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connector = connector
        self._pace = pace
        self._user_agent = user_agent
        self._content_types = frozenset(content_types)
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._max_tries = max_tries
        self._sleep = sleep
        self._robots = Robots(re.split(r"[/\s]", user_agent, maxsplit=1)[0], self._robots_txt)

    def visit(
        self,
        address: WebAddress,
        *,
        known: Known | None = None,
        secret: Secret | None = None,
        may_be_private: bool = False,
        more_types: Collection[str] = (),
    ) -> Page | Unchanged | Gone:
        """Fetch one page.

        Parameters
        ----------
        address
            Where it is.
        known
            The version that is here already: the server is asked only for another one.
        secret
            Sent to the address itself and to no other.
        may_be_private
            Whether the address may be one of the intranet; true of what the user named.
        more_types
            Types that are wanted here besides.

        Raises
        ------
        NotFetchedError
            If it was not fetched; its kind says why.
        """
        for number in range(1, self._max_tries + 1):
            try:
                wanted = self._content_types.union(more_types)
                return self._followed(address, known, secret, wanted, may_be_private=may_be_private)
            except TransientError as error:
                if number == self._max_tries:
                    raise
                if error.wait_seconds is None:
                    self._sleep(2.0 ** (number - 1))  # what the server asked for itself, the pace keeps
        raise AssertionError  # the last try returns or raises

    def _followed(
        self,
        address: WebAddress,
        known: Known | None,
        secret: Secret | None,
        wanted: frozenset[str],
        *,
        may_be_private: bool,
    ) -> Page | Unchanged | Gone:
        here = address
        redirects: list[Redirect] = []
        while True:
            self._pace.slow_down(here.host, self._robots.check(here, may_be_private=may_be_private))
            headers = {"User-Agent": self._user_agent, "Accept": ", ".join(sorted(wanted)), "Accept-Encoding": "gzip"}
            if known is not None and known.url == here.url:
                headers |= {"If-None-Match": known.etag} if known.etag else {}
                headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
            asked = here
            if secret is not None and here.origin == address.origin:
                asked = _with_secret(here, secret, headers)
            with (
                self._pace.turn(here.host),
                self._connector.ask(asked, headers, may_be_private=may_be_private) as answer,
            ):
                if answer.status not in _REDIRECTS:
                    if answer.status == 304 and not headers.keys() & {"If-None-Match", "If-Modified-Since"}:
                        raise TransientError("the server says that it has not changed, but it was never here")
                    return self._received(here, tuple(redirects), answer, wanted)
                redirects.append(Redirect(status=answer.status, url=here.url))
                following = _target(here, answer, secret)
                # A page of the internet must not lead into the intranet; one of the intranet may lead on within it.
                may_be_private = answer.is_private
            if len(redirects) > self._max_redirects:
                what = f"more than {self._max_redirects} redirects (fetching.max_redirects)"
                raise RefusedError(what)
            if any(one.url == following.url for one in redirects):
                raise RefusedError("redirects in a circle")
            if here.scheme == "https" and following.scheme == "http":
                what = f"redirects from https to plain http ({following.url})"
                raise RefusedError(what)
            here = following

    def _received(
        self, here: WebAddress, redirects: tuple[Redirect, ...], answer: Answer, wanted: frozenset[str]
    ) -> Page | Unchanged | Gone:
        """Return what an answer is that is no redirect."""
        status = answer.status
        if status in {404, 410}:
            return Gone(status)
        if status == 304:
            return Unchanged()
        said = f"the server answered {status}"
        if status in BUSY:
            wait = retry_after_seconds(answer.header("Retry-After"))
            if wait is not None:
                self._pace.leave_alone(here.host, wait)
            raise TransientError(said, wait_seconds=wait)
        if status in _TRY_AGAIN:
            raise TransientError(said)
        if status != 200:
            raise RefusedError(said, "check the address, and whether the site lets programs read it")
        content_type = answer.header("Content-Type")
        kind = content_type.partition(";")[0].strip().lower()
        if kind not in wanted:
            what = f"of type {kind!r}" if kind else "without a type"
            raise RefusedError(what, "add the type to fetching.content_types if it is meant")
        body = read_body(answer, self._max_bytes)
        if not body:
            raise TransientError("an empty page")
        return Page(
            here.url,
            redirects,
            status,
            content_type,
            _etag(answer.header("ETag")),
            _http_date(answer.header("Last-Modified")),
            body,
            answer.is_private,
        )

    def _robots_txt(self, address: WebAddress, *, may_be_private: bool) -> tuple[bytes, bool]:
        """Return the robots.txt of a site, empty where it has none, and whether it is of the intranet."""
        here = address
        headers = {"User-Agent": self._user_agent, "Accept": "text/plain", "Accept-Encoding": "gzip"}
        for _ in range(self._max_redirects + 1):
            with (
                self._pace.turn(here.host),
                self._connector.ask(here, headers, may_be_private=may_be_private) as answer,
            ):
                if answer.status in _REDIRECTS:
                    here = _target(here, answer, None)
                    may_be_private = answer.is_private
                    continue
                if answer.status in BUSY:
                    self._pace.leave_alone(here.host, retry_after_seconds(answer.header("Retry-After")) or 0.0)
                if answer.status == 200:
                    return read_body(answer, MAX_ROBOTS_BYTES), answer.is_private
                if 400 <= answer.status < 500 and answer.status != 429:
                    return b"", answer.is_private
                what = f"the server answered {answer.status}"
                raise TransientError(what)
        raise TransientError("too many redirects")


def check_user_agent(agent: str) -> str:
    """Return who asks, as sites are told.

    Raises
    ------
    ConfigError
        If it names no contact.
    """
    agent = agent.strip()
    if not _CONTACT.search(agent) or not agent.isascii() or not agent.isprintable() or len(agent) > 300:
        msg = (
            "fetching.user_agent must say who asks and how to reach you, for the sites are asked under that name: "
            f'user_agent = "border-watch/1.0 (maps@your-domain.org)"; it is {agent!r}'
        )
        raise ConfigError(msg)
    if re.search(r"@example\.|your-domain", agent):
        msg = f"fetching.user_agent is the sample's, not yours: {agent!r}"
        raise ConfigError(msg)
    return agent


def _with_secret(here: WebAddress, secret: Secret, headers: dict[str, str]) -> WebAddress:
    """Return the address that is really asked, and put the secret into `headers` where it travels there."""
    if not here.may_take_secrets:
        raise RefusedError("a secret travels over https alone", "use the https address of the feed")
    if secret.as_header:
        headers[secret.as_header] = f"Bearer {secret.value}"
        return here
    target = here.target.replace(SECRET_STAND_IN, urllib.parse.quote_plus(secret.value))
    return dataclasses.replace(here, target=target)


def _target(here: WebAddress, answer: Answer, secret: Secret | None) -> WebAddress:
    """Return where a redirect leads."""
    location = answer.header("Location")
    with contextlib.suppress(UnicodeError):  # headers are read as Latin-1, and many servers write UTF-8
        location = location.encode("latin-1").decode("utf-8")
    if not location:
        raise RefusedError("a redirect that leads nowhere")
    try:
        return here.join(secret.hide(location) if secret is not None else location)
    except RefusedError as error:
        what = f"a redirect to {error.what}"
        raise RefusedError(what) from None


def _etag(value: str) -> str:
    return value if _ETAG.fullmatch(value) else ""


def _http_date(value: str) -> str:
    """Return a date as HTTP writes it; nothing where `value` is none."""
    try:
        at = parsedate_to_datetime(value)
        return at.astimezone(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT") if at.tzinfo else ""
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
