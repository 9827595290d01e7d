"""A server on this machine that speaks the services' formats, and a clock that tests turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from service_server import Clock, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


@pytest.fixture
def clock() -> Clock:
    return Clock()
