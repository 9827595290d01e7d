"""Build the package, look it over, install it clean into a fresh environment and run it there.

The environment has the pinned core dependencies alone, so this also proves that every extra is optional: what works without
them works, and what does not says which extra to install.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

REPORT = """\
---
date: 2024-05-02
title: Drones over the port
source: Example Agency
---

Drones hit a warehouse in Odesa overnight, the regional governor said. Two workers were wounded.
"""

NOT_AT_RUN_TIME = {"build", "dev", "docs", "fuzz", "notebook"}
"""Extras for developers and notebooks; nothing of the package asks for them."""

WITHOUT = {
    "analysis": ("python", "-c", "import geoconflict as gc; gc.hot_spots(gc.events_to_frame([]))"),
    "html": ("parse", "page.html", "--out", "-"),
    "pdf": ("parse", "page.pdf", "--out", "-"),
    "feeds": ("parse", "feed.rss", "--out", "-"),
    "sources": ("parse", "page.html", "--out", "-"),
    "warc": ("parse", "pages.warc", "--out", "-"),
    "fetch": ("fetch", "https://news.example/", "--config", "fetch.toml"),
    "dask": ("ingest", "reports", "--store", "dask.sqlite", "--workers", "1", "--engine", "dask"),
}
"""Extra -> a command that needs it, or Python code where no command does. A new extra needs a row."""

FILES = {
    "page.html": "<html><body><article>Text</article></body></html>",
    "page.pdf": "%PDF-1.4\n",
    "feed.rss": "<rss version='2.0'><channel><item><title>A</title></item></channel></rss>",
    "pages.warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n",
    "fetch.toml": '[fetching]\nuser_agent = "geoconflict tests (editor@news.example)"\n',
    "reports/2024-05-02-odesa.md": REPORT,
}


class PackageError(Exception):
    """Something about the package is not as it should be."""


def run(*command: str | os.PathLike[str], folder: Path = ROOT, code: int | None = 0) -> str:
    """Run a command and return what it printed; it must end with `code`, or with any but 0 where that is None."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [os.fspath(word) for word in command],
        cwd=folder,
        env=clean | {"SOURCE_DATE_EPOCH": "1577836800", "GEOCONFLICT_DATA_DIR": os.fspath(folder / "no-places")},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if (done.returncode == 0) if code is None else (done.returncode != code):
        msg = f"{' '.join(map(str, command))} ended with {done.returncode}:\n{said}"
        raise PackageError(msg)
    return said


# ---------------------------------------------------------------- building
def build(folder: Path) -> Path:
    """Build the sdist and from it the wheel; both again, and the wheel from the checkout; return the wheel."""
    module = (sys.executable, "-m", "build", "--no-isolation", "--outdir")
    run(*module, folder / "first")  # the sdist, and the wheel out of the sdist
    run(*module, folder / "again", "--sdist")
    run(*module, folder / "tree", "--wheel")
    (sdist,) = (folder / "first").glob("*.tar.gz")
    (wheel,) = (folder / "first").glob("*.whl")
    for made, other in ((sdist, folder / "again" / sdist.name), (wheel, folder / "tree" / wheel.name)):
        if digest(made) != digest(other):
            msg = f"{made.name} is not reproducible: {made} and {other} differ"
            raise PackageError(msg)
    print(f"{sdist.name}: {sdist.stat().st_size / 1e6:.1f} MB, the same bytes when built again")
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, the same bytes from the sdist and from the checkout")
    return wheel


def digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sdist_faults(names: list[str]) -> list[str]:
    """Name what a source distribution lacks."""
    inside = {name.partition("/")[2] for name in names}
    needed = (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "NOTICE",
        "CHANGELOG.md",
        "CITATION.cff",
        "Makefile",
        "mkdocs.yml",
        # what tests look at
        ".ci/run",
        ".github/workflows/ci.yml",
        ".gitignore",
    )
    missing = [f"the sdist lacks {name}" for name in needed if name not in inside]
    return missing + [f"the sdist has {name}" for name in inside if ".venv/" in name or "node_modules/" in name]


def wheel_faults(names: dict[str, int], tree: list[str]) -> list[str]:
    """Name what a wheel (name -> bytes) has and should not, and what it lacks of the files of the package."""
    own = {name for name in names if name.startswith("geoconflict/")}
    info = {name.partition("/")[2] for name in names if ".dist-info/" in name}
    found = [f"the wheel has {name}" for name in names if name not in own and ".dist-info/" not in name]
    found += [f"the wheel has {name}" for name in own if name.endswith((".d.ts", ".pyc")) or "/test" in name]
    found += [f"{name} has {size / 1e6:.0f} MB" for name, size in names.items() if size > 30_000_000]
    found += [
        f"the wheel lacks {name}"
        for name in (*tree, "geoconflict/py.typed")
        if name not in own and not name.endswith(".d.ts")
    ]
    licences = ("licenses/LICENSE", "licenses/NOTICE", "METADATA", "entry_points.txt")
    return found + [f"the wheel lacks {name}" for name in licences if name not in info]


def look_over(wheel: Path) -> None:
    """Raise for anything in the wheel or the sdist that should not be there, or is missing."""
    with zipfile.ZipFile(wheel) as archive:
        names = {one.filename: one.file_size for one in archive.infolist()}
    files = (path for path in (ROOT / "geoconflict").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    faults = wheel_faults(names, [path.relative_to(ROOT).as_posix() for path in files])
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        faults += sdist_faults(packed.getnames())
    if faults:
        raise PackageError("\n".join(faults))
    print(f"{len(names)} files in the wheel: the package with its data, types and licences, and nothing else")


# ---------------------------------------------------------------- installing and running
def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel and the pinned core dependencies into a fresh environment, and return its command."""
    run(sys.executable, "-m", "venv", folder)
    pip = (folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    run(*pip, "--no-compile", "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, "--no-deps", wheel)
    run(folder / "bin" / "python", "-m", "pip", "check")
    return folder / "bin" / "geoconflict"


def use(command: Path, folder: Path) -> None:
    """Run the installed command as a new user would, then once without each extra."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    where = run(command.parent / "python", "-c", "import geoconflict; print(geoconflict.__file__)", folder=folder)
    if "site-packages" not in where:
        msg = f"{where} was imported, not the installed package"
        raise PackageError(msg)
    run(command, "doctor", folder=folder)
    run(command, "init", ".", folder=folder)
    run(command, "build", folder=folder)
    run(command, "ingest", "reports", "--store", "war.sqlite", folder=folder)
    run(command, "map", "--store", "war.sqlite", "--out", "war.html", folder=folder)
    for suffix in ("geojson", "parquet", "gpkg", "csv"):
        run(command, "export", "--store", "war.sqlite", "--out", f"war.{suffix}", folder=folder)
    if "Odesa" not in (folder / "war.geojson").read_text(encoding="utf-8") or not (folder / "maps/map.html").is_file():
        msg = "the installed command wrote no event of the report"
        raise PackageError(msg)
    print("installed clean: doctor, init, build, ingest, map and four exports run with the core dependencies alone")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extra in sorted(set(extras) - NOT_AT_RUN_TIME):
        if extra not in WITHOUT:
            msg = f"the extra {extra!r} is new: add a command that needs it to WITHOUT in scripts/check_package.py"
            raise PackageError(msg)
        arguments = WITHOUT[extra]
        # A traceback is what Python code ends with; of a command it is a fault.
        is_code = arguments[0] == "python"
        call = (command.parent / "python", *arguments[1:]) if is_code else (command, *arguments)
        said = run(*call, folder=folder, code=None)
        single = {"sources": "html"}.get(extra, extra)
        if f"pip install '.[{single}]'" not in said or ("Traceback" in said and not is_code):
            msg = f"without geoconflict[{extra}], {' '.join(arguments)} does not name it:\n{said}"
            raise PackageError(msg)
    print(f"without each of {', '.join(sorted(set(extras) - NOT_AT_RUN_TIME))}: a clear error that names it")


def main() -> None:
    """Build, look over, install, run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to build and install; it is emptied first")
    parser.add_argument("--only-build", action="store_true", help="do not install")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        wheel = build(folder)
        look_over(wheel)
        if not arguments.only_build:
            use(install(wheel, folder / "venv"), folder / "project")
    except PackageError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
