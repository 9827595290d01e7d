"""``python -m geoconflict`` and the console script."""

from __future__ import annotations

from geoconflict import cli
from geoconflict.own_process import choose_kernel, set_up

__all__ = ["main"]


def main() -> None:
    """Run the command line in a process of its own."""
    set_up()
    choose_kernel()  # its workers have it from the environment: they must add up as this process does
    cli.main()


if __name__ == "__main__":
    main()
