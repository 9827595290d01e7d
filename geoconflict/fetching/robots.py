"""What sites ask of programs in robots.txt (RFC 9309), read with protego."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Protocol

from geoconflict.errors import MissingDependencyError
from geoconflict.extras import how_to_install
from geoconflict.fetching.refusals import DisallowedError, RefusedError, TransientError
from geoconflict.fetching.web_address import WebAddress

__all__ = ["MAX_ROBOTS_BYTES", "Robots"]

MAX_ROBOTS_BYTES = 512 * 1024
"""What is read of a robots.txt; the RFC asks for 500 KiB at least."""


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...
    def crawl_delay(self, user_agent: str) -> float | None: ...


class _Get(Protocol):
    def __call__(self, address: WebAddress, *, may_be_private: bool) -> tuple[bytes, bool]: ...


class Robots:
    """The rules of the sites of one run; each is asked for its own once.

    Parameters
    ----------
    agent
        The first word of the User-Agent: what rules name a program by.
    get
        Fetches a robots.txt: its bytes, empty where the site has none (any 4xx), and whether it is of the intranet.
    """

    def __init__(self, agent: str, get: _Get) -> None:
        self._agent = agent
        self._get = get
        self._parse = _parser()
        self._rules: dict[str, tuple[_Rules, bool]] = {}
        """Origin -> its rules, and whether they came from the intranet."""

    def check(self, address: WebAddress, *, may_be_private: bool) -> float:
        """Return the pause in seconds that the site asks for between requests; 0 where it asks for none.

        Parameters
        ----------
        address
            What is to be fetched.
        may_be_private
            Whether it may be of the intranet, and so its robots.txt.

        Raises
        ------
        DisallowedError
            If the site does not want the address fetched.
        NotFetchedError
            If its rules cannot be had just now: then nothing of it is fetched, as the RFC has it.
        """
        rules, is_private = self._rules.get(address.origin, (None, False))
        if rules is None or (is_private and not may_be_private):  # then the name itself must not be asked
            rules, _ = self._rules[address.origin] = self._asked(address, may_be_private=may_be_private)
        if not rules.can_fetch(address.url, self._agent):
            raise DisallowedError("robots.txt asks programs not to fetch it", "ask the site for leave, or leave it out")
        return max(0.0, rules.crawl_delay(self._agent) or 0.0)

    def _asked(self, address: WebAddress, *, may_be_private: bool) -> tuple[_Rules, bool]:
        place = dataclasses.replace(address, target="/robots.txt")
        try:
            data, is_private = self._get(place, may_be_private=may_be_private)
        except (TransientError, RefusedError) as error:
            what = f"{place.url} cannot be had: {error.what}"
            raise type(error)(what, error.repair) from None
        return self._parse(data.decode("utf-8", "replace").lstrip("\ufeff")), is_private


def _parser() -> Callable[[str], Any]:
    try:
        from protego import Protego
    except ImportError as error:
        msg = f"fetching reads robots.txt with protego, which is not installed; run {how_to_install('fetch')}"
        raise MissingDependencyError(msg) from error
    parse: Callable[[str], Any] = Protego.parse
    return parse
