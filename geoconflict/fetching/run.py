"""A run of fetching: feeds and lists, the pages that they lead to, and pages that may have changed since."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from geoconflict.allowed_networks import AllowedNetwork
from geoconflict.clock import utc_now
from geoconflict.errors import ConfigError, InputError
from geoconflict.fetching.addresses import AddressPolicy
from geoconflict.fetching.connection import Connector, Patience
from geoconflict.fetching.folder import FetchedFolder, Kept
from geoconflict.fetching.links import Link, links_of_feed, links_of_list
from geoconflict.fetching.pace import Pace
from geoconflict.fetching.refusals import (
    DisallowedError,
    NotFetchedError,
    PostponedError,
    RefusedError,
    StoppedError,
    TransientError,
)
from geoconflict.fetching.report import FetchReport
from geoconflict.fetching.tasks import Task, Tasks
from geoconflict.fetching.visitor import SECRET_STAND_IN, Gone, Known, Unchanged, Visitor, check_user_agent
from geoconflict.fetching.web_address import WebAddress, without_user
from geoconflict.retrieval import Listed
from geoconflict.secret import Secret
from geoconflict.settings import FeedSettings, Settings

__all__ = ["Fetch"]

_LIST_TYPES = ("application/json", "text/csv", "text/plain", "text/tab-separated-values")
_MOST_FAILURES = 3
"""A host that failed so often in a row is not asked again in a run."""
_SHORTEST_SECRET = 8
_LARGEST_LIST_BYTES = 50_000_000


class Fetch:
    """One run.

    Parameters
    ----------
    settings
        The folder, the feeds, the limits.
    environ
        Where secrets come from.
    stop
        Set it to end the run after the page under way.
    connector
        For tests.
    now, clock
        The time of day, and seconds that pass; for tests.
    say
        Called with a line for each page that came or went.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        environ: Mapping[str, str] = os.environ,
        stop: threading.Event | None = None,
        connector: Connector | None = None,
        now: Callable[[], dt.datetime] = utc_now,
        clock: Callable[[], float] = time.monotonic,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        own = settings.fetching
        self._settings = settings
        self._environ = environ
        self._stop = stop or threading.Event()
        self._now = now
        self._say = say
        self.folder = FetchedFolder(settings.resolve(own.folder))
        self._pace = Pace(own.min_delay_seconds, own.max_wait_seconds, clock=clock, sleep=self._sleep)
        self._visitor = Visitor(
            connector or connector_of(settings),
            self._pace,
            user_agent=check_user_agent(own.user_agent),
            content_types=own.content_types,
            max_bytes=own.max_bytes,
            max_redirects=own.max_redirects,
            max_tries=own.max_tries,
            sleep=self._sleep,
        )
        self._tasks = Tasks()
        self._feeds: set[str] = set()
        """The addresses of the feeds of this run."""
        self._in_a_row: Counter[str] = Counter()
        self.report = FetchReport()

    def _sleep(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise StoppedError("the run was stopped before it was asked for", "run again to go on")

    # ------------------------------------------------------------ the run
    def feeds(self) -> FetchReport:
        """Fetch the feeds of the settings, the pages that they lead to, and those of their pages that are to be looked at again.

        Raises
        ------
        ConfigError
            If no feed is configured, or one needs a secret that is not in the environment.
        InputError
            If the folder cannot be written, or another run is at work there.
        """
        if not self._settings.feeds:
            msg = "nothing to fetch: name feeds as [[feeds]] in geoconflict.toml, or give addresses to `geoconflict fetch`"
            raise ConfigError(msg)
        tasks = [self._of_feed(feed) for feed in self._settings.feeds]  # a fault is told before anything is asked
        with self.folder.at_work():
            for task in tasks:
                self._feeds.add(task.shown)
                self._tasks.add(task)
            self._add_earlier()
            self._work()
        return self.report

    def given(self, urls: Sequence[str], lists: Sequence[Path] = ()) -> FetchReport:
        """Fetch addresses, and those that list files name.

        Raises
        ------
        InputError
            If a list cannot be read, or the folder written, or another run is at work there.
        """
        named = [(link, path) for path in lists for link in _links_of_file(path)]
        with self.folder.at_work():
            for url in urls:
                self._add_given(url, None)
            for link, path in named:
                self._add_given(link.url, Listed(by=path.name, title=link.title, published=link.published))
            self._work()
        return self.report

    def _work(self) -> None:
        now = self._now()
        for host, until in self.folder.pauses().items():
            self._pace.leave_alone(host, max(0.0, (until - now).total_seconds()))
        try:
            for task in self._tasks.in_turn(self._pace.wait_seconds):
                if self._stop.is_set():
                    break
                self._do(task)
        finally:
            now = self._now()
            asked = {host: now + dt.timedelta(seconds=wait) for host, wait in self._pace.pauses_asked().items()}
            self.folder.set_pauses(asked)

    # ------------------------------------------------------------ what is to be asked for
    def _of_feed(self, feed: FeedSettings) -> Task:
        try:
            address = WebAddress.parse(feed.url)
        except RefusedError as error:
            msg = f"feeds.url {without_user(feed.url)!r}: {error.what}{f'; {error.repair}' if error.repair else ''}"
            raise ConfigError(msg) from None
        secret = None
        if feed.secret_env:
            value = self._environ.get(feed.secret_env, "").strip()
            if len(value) < _SHORTEST_SECRET:
                msg = (
                    f"the feed {feed.url} needs a secret: set the environment variable {feed.secret_env} to it (it has "
                    f"{_SHORTEST_SECRET} characters at least)"
                )
                raise ConfigError(msg)
            secret = Secret(value, as_header="" if SECRET_STAND_IN in address.target else "Authorization")
        return Task(address=address, shown=address.url, feed=feed, secret=secret, may_be_private=True)

    def _add_given(self, url: str, listed: Listed | None) -> None:
        try:
            address = WebAddress.parse(url)
        except RefusedError as error:
            self.report.tell("refused", without_user(url), error.what, error.repair)
            return
        self._tasks.add(Task(address=address, shown=address.url, listed=listed, may_be_private=True))

    def _add_links(self, task: Task, links: Sequence[Link], *, is_private: bool) -> None:
        """Add the pages that a feed leads to, as far as it may lead."""
        feed = task.feed
        if feed is None:
            return
        n_taken = 0
        for link in links:
            try:
                address = task.address.join(task.secret.hide(link.url) if task.secret else link.url)
            except RefusedError as error:
                self.report.tell("refused", f"{task.shown}: link {without_user(link.url)!r}", error.what, error.repair)
                continue
            if n_taken >= feed.max_links or (feed.hosts and not _is_of(address.host, feed.hosts)):
                self.report.count("left_out")
                continue
            n_taken += 1
            listed = Listed(by=task.shown, title=link.title, published=link.published)
            self._tasks.add(Task(address=address, shown=address.url, listed=listed, may_be_private=is_private))

    def _add_earlier(self) -> None:
        """Add pages that configured feeds led to before, for a page may change or vanish after its feed forgot it."""
        for url, at in self.folder.all_checked().items():
            if self._now() - at < dt.timedelta(hours=self._settings.fetching.recheck_hours):
                continue
            try:
                address = WebAddress.parse(url)
            except RefusedError:
                continue
            kept = self.folder.newest(address)
            listed = kept.retrieval.listed if kept is not None else None
            if kept is not None and listed is not None and listed.by in self._feeds and self._is_due(url, kept):
                is_private = kept.retrieval.is_private
                self._tasks.add(Task(address=address, shown=url, listed=listed, may_be_private=is_private))

    def _is_due(self, url: str, kept: Kept) -> bool:
        """Return whether a page that is here is to be asked for again: the longer it stands, the more rarely."""
        checked_at = self.folder.checked_at(url)
        if checked_at is None:
            return True
        own = self._settings.fetching
        first_at = kept.retrieval.retrieved_at
        pause = max(dt.timedelta(hours=own.recheck_hours), (checked_at - first_at) / 2)
        now = self._now()
        return now - checked_at >= pause and now - first_at < dt.timedelta(days=own.recheck_days)

    # ------------------------------------------------------------ one address
    def _do(self, task: Task) -> None:
        host = task.address.host
        kept = self.folder.newest(task.address, is_index=task.is_index)
        is_of_feed = task.listed is not None and task.listed.by in self._feeds
        if kept is not None and is_of_feed and not self._is_due(task.shown, kept):
            self.report.count("fresh")
            return
        if self._in_a_row[host] >= _MOST_FAILURES:
            what = f"{host} failed {_MOST_FAILURES} times in a row and is not asked again in this run"
            self.report.tell("failed", task.shown, what, "run again later")
            return
        known = None
        if kept is not None and kept.retrieval.withdrawn_at is None:
            known = Known(kept.retrieval.final_url, kept.retrieval.etag, kept.retrieval.last_modified)
        try:
            came = self._visitor.visit(
                task.address,
                known=known,
                secret=task.secret,
                may_be_private=task.may_be_private,
                more_types=_LIST_TYPES if task.feed is not None and task.feed.kind == "list" else (),
            )
        except NotFetchedError as error:
            self._not_fetched(task, error)
            return
        self._in_a_row[host] = 0
        at = self._now()
        if isinstance(came, Gone):
            self._gone(task, kept, came, at)
            return
        if isinstance(came, Unchanged):
            if kept is not None:
                self.folder.stands(kept, at)
                self._tell_links(task, kept.path, is_private=kept.retrieval.is_private)
            self.report.count("unchanged")
            self.folder.note_checked(task.shown, at)
            return
        if task.secret is not None:
            came = dataclasses.replace(came, body=task.secret.hide_bytes(came.body))
        path, is_new = self.folder.keep(
            task.address, came, at, listed=task.listed, url=task.shown, is_index=task.is_index
        )
        outcome = "unchanged" if not is_new else "new" if kept is None else "changed"
        self.report.count(outcome)
        if is_new:
            self._say(f"{outcome}: {task.shown} -> {path.relative_to(self.folder.root)}")
        self.folder.note_checked(task.shown, at)
        self._tell_links(task, path, is_private=came.is_private)

    def _tell_links(self, task: Task, path: Path, *, is_private: bool) -> None:
        """Go on to the pages that a feed leads to."""
        if task.feed is None or not task.is_index:
            return
        data = path.read_bytes()
        try:
            kept = self.folder.newest(task.address, is_index=True)
            content_type = kept.retrieval.content_type if kept is not None else ""
            links = links_of_feed(data, content_type) if task.feed.kind == "feed" else links_of_list(data)
        except RefusedError as error:
            self.report.tell("refused", task.shown, error.what, error.repair)
            return
        self._add_links(task, links, is_private=is_private)

    def _gone(self, task: Task, kept: Kept | None, gone: Gone, at: dt.datetime) -> None:
        if kept is None:
            self.report.tell("missing", task.shown, f"the server answered {gone.status}", "check the address")
            return
        self.folder.note_checked(task.shown, at)
        if self.folder.withdraw(kept, gone, at):
            self.report.count("withdrawn")
            self._say(f"gone: {task.shown} ({gone.status}); {kept.path.relative_to(self.folder.root)} stays, marked")
        else:
            self.report.count("unchanged")

    def _not_fetched(self, task: Task, error: NotFetchedError) -> None:
        what = task.secret.hide(error.what) if task.secret is not None else error.what
        if isinstance(error, DisallowedError):
            outcome = "disallowed"
        elif isinstance(error, PostponedError):
            outcome = "postponed"
        elif isinstance(error, StoppedError):
            outcome = "stopped"
        elif isinstance(error, TransientError):
            outcome = "failed"
            self._in_a_row[task.address.host] += 1
        else:
            outcome = "refused"
        self.report.tell(outcome, task.shown, what, error.repair)


def connector_of(settings: Settings) -> Connector:
    """Return what makes the requests that the settings allow.

    Raises
    ------
    ConfigError
        If an allowed address cannot be read.
    """
    own = settings.fetching
    try:
        allowed = [AllowedNetwork.parse(one) for one in own.allow_private]
    except ValueError as error:
        msg = f"fetching.allow_private: {error}; write 127.0.0.1:8000, 10.1.0.0/16:443 or [fd00::1]:443"
        raise ConfigError(msg) from None
    patience = Patience(
        connect_seconds=own.connect_seconds, read_seconds=own.read_seconds, total_seconds=own.total_seconds
    )
    return Connector(AddressPolicy(ports=own.ports, allowed=allowed), patience)


def _is_of(host: str, hosts: Sequence[str]) -> bool:
    return any(host == one.casefold() or host.endswith(f".{one.casefold()}") for one in hosts)


def _links_of_file(path: Path) -> list[Link]:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_LIST_BYTES + 1)
        if len(data) > _LARGEST_LIST_BYTES:
            msg = f"{path}: a list of more than {_LARGEST_LIST_BYTES:,} bytes; split it"
            raise InputError(msg)
        return links_of_list(data)
    except RefusedError as error:
        msg = f"{path}: {error.what}{f'; {error.repair}' if error.repair else ''}"
        raise InputError(msg) from None
