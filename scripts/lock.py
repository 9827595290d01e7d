"""Renew the lock files: exact versions with hashes, no index or download address in them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-strip-extras",
    "--allow-unsafe",
    "--no-header",
]


def main() -> None:
    """Write requirements.lock, then requirements-dev.lock with the same versions of what both hold."""
    compile_ = [sys.executable, "-m", "piptools", "compile", *OPTIONS]
    subprocess.run([*compile_, "--extra", "build", "-o", "requirements.lock", "pyproject.toml"], cwd=ROOT, check=True)
    dev = ["--extra", "dev", "--extra", "notebook", "-c", "requirements.lock", "-o", "requirements-dev.lock"]
    subprocess.run([*compile_, *dev, "pyproject.toml"], cwd=ROOT, check=True)
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = without_itself((ROOT / name).read_text(encoding="utf-8"))
        (ROOT / name).write_text(text, encoding="utf-8")
        if re.search(r"https?://|file://", text):
            sys.exit(f"{name} holds an address; lock files must not")


def without_itself(text: str) -> str:
    """Leave out the program itself, which the extra for developers names to have other extras: it is installed from its folder."""
    return re.sub(r"^(?:# (?:WARNING|Consider)\b.*\n)*geoconflict\[.*\n(?:    #.*\n)*", "", text, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
