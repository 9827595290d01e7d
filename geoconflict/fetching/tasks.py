"""What is to be asked for, and in which order: host by host in turn, so that the pauses of one are the turns of others."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Iterator

from geoconflict.fetching.web_address import WebAddress
from geoconflict.retrieval import Listed
from geoconflict.secret import Secret
from geoconflict.settings import FeedSettings

__all__ = ["Task", "Tasks"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One address to ask for."""

    address: WebAddress
    shown: str
    """The address as it is told and kept."""
    feed: FeedSettings | None = None
    """The feed or list that it is; None is a page."""
    listed: Listed | None = None
    """What led to it; None is the user."""
    secret: Secret | None = None
    may_be_private: bool = False

    @property
    def is_index(self) -> bool:
        """Whether it only leads to pages."""
        return self.feed is not None and self.feed.kind != "page" and self.feed.follow


class Tasks:
    """The tasks of a run; an address is taken once."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[Task]] = {}
        self._seen: set[str] = set()

    def add(self, task: Task) -> bool:
        """Add a task; return whether its address is new to this run."""
        if task.address.url in self._seen:
            return False
        self._seen.add(task.address.url)
        self._queues.setdefault(task.address.host, deque()).append(task)
        return True

    def in_turn(self, wait_seconds: Callable[[str], float]) -> Iterator[Task]:
        """Yield the tasks, those that are added meanwhile too: always one of a host that is to be waited for least."""
        while self._queues:
            host = min(self._queues, key=wait_seconds)
            queue = self._queues.pop(host)
            task = queue.popleft()
            if queue:
                self._queues[host] = queue  # behind the others that need not be waited for either
            yield task
