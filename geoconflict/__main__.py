"""``python -m geoconflict`` and the console script."""

from __future__ import annotations

from geoconflict import cli
from geoconflict.own_process import set_up

__all__ = ["main"]


def main() -> None:
    """Run the command line in a process of its own."""
    set_up()
    cli.main()


if __name__ == "__main__":
    main()
