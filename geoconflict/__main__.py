"""``python -m geoconflict`` and the console script."""

from __future__ import annotations

from geoconflict.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
