"""A web server on the loopback, a run of fetching that may ask it, and an internet of which all hosts are that server."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, serving

from geoconflict.allowed_networks import AllowedNetwork
from geoconflict.fetching.addresses import AddressPolicy
from geoconflict.fetching.connection import Connector, Patience
from geoconflict.fetching.run import Fetch
from geoconflict.settings import FeedSettings, FetchingSettings, Settings

AGENT = "border-watch-tests/1.0 (desk@border-watch.org)"
PUBLIC = "93.184.216.34"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


class NoWaiting(threading.Event):
    """Time that passes only when somebody waits, and then at once; what was waited for is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.seconds = 1000.0

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        self.seconds += timeout or 0.0
        return self.is_set()


class Clock:
    """The time of day, turned by tests."""

    def __init__(self) -> None:
        self.now = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_(self, **how_long: float) -> None:
        self.now += dt.timedelta(**how_long)


class Internet:
    """Names with their addresses; every public address is the server of the test.

    The names are asked for once a request, and what is connected to is noted.
    """

    def __init__(self, site: Site) -> None:
        self.port = urllib.parse.urlsplit(site.url).port
        self.addresses: dict[str, list[list[str]]] = {}
        """Name -> its answers, one after the other; the last holds."""
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, _port: int) -> list[str]:
        self.looked_up.append(host)
        answers = self.addresses.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((ip, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def connector(self, *, allowed: tuple[str, ...] = (), **patience: float) -> Connector:
        policy = AddressPolicy(allowed=[AllowedNetwork.parse(one) for one in allowed])
        return Connector(policy, Patience(**patience), resolve=self.resolve, dial=self.dial)


@pytest.fixture
def internet(site: Site) -> Internet:
    return Internet(site)


class Desk:
    """What a user has: a folder, settings, a clock; runs are made of them."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.folder = folder / "fetched"
        self.clock = Clock()
        self.stop = NoWaiting()
        self.environ: dict[str, str] = {}
        self.feeds_: list[FeedSettings] = []
        self.options: dict[str, object] = {
            "folder": str(self.folder),
            "user_agent": AGENT,
            "min_delay_seconds": 0.0,
            "allow_private": (site.url.removeprefix("http://"),),
        }
        self.lines: list[str] = []

    def run(self, connector: Connector | None = None) -> Fetch:
        settings = Settings(
            root=self.folder.parent, feeds=tuple(self.feeds_), fetching=FetchingSettings(**self.options)
        )
        self.stop.waits.clear()
        return Fetch(
            settings,
            environ=self.environ,
            stop=self.stop,
            connector=connector,
            now=self.clock,
            clock=lambda: self.stop.seconds,
            say=self.lines.append,
        )

    def get(self, *urls: str, connector: Connector | None = None):
        """Fetch addresses; those of the site may be given as paths."""
        full = [self.site.url + url if url.startswith("/") else url for url in urls]
        return self.run(connector).given(full)

    def files(self, pattern: str = "*.html") -> list[Path]:
        return sorted(self.folder.rglob(pattern))


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    return Desk(site, tmp_path)
