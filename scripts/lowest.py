"""Print the lowest versions that pyproject.toml admits, as constraints for pip: `>=` of a direct dependency becomes `==`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

EXTRAS = ("dask", "fetch", "sources")
"""What is installed besides the core, so that its bounds are tried too."""


def main() -> None:
    """Print one constraint a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    for requirement in sorted(set(wanted)):
        name, lowest = re.fullmatch(r"([\w.-]+)(?:>=|==)([\w.]+)(?:,.*)?", requirement).groups()  # type: ignore[union-attr]
        print(f"{name}=={lowest}")


if __name__ == "__main__":
    main()
