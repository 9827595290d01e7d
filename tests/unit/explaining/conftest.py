from __future__ import annotations

import pytest

from geoconflict.tools import Tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    """The embedded gazetteer and the language model, loaded once."""
    return Tools()
