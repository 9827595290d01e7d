"""The folder of fetched files: names that stay in it, each version beside the one before, and a side-car for each.

A page's file lies in a folder of its host, under a name made of its address: ``news.example/shelling-of-x-pfichlmgnajbkeog.html``.
A version that differs is written beside it, ``...-pfichlmgnajbkeog.2.html``. Nothing of a name comes from what a server says:
letters of the address, and a digest in letters, for a number in a file's name may be read as the day of the report. The
side-car is written before the file, so no file is ever without one.

Three hidden files tell what was done when: ``.checked.jsonl`` when each page was last asked for, ``.pauses.json`` which hosts
asked to be left alone, ``.fetching.lock`` that somebody is at work. They may be deleted.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geoconflict.atomic import locked, replacing
from geoconflict.errors import InputError
from geoconflict.fetching.visitor import Gone, Page
from geoconflict.fetching.web_address import WebAddress
from geoconflict.retrieval import SIDE_CAR_SUFFIX, Listed, Retrieval, retrieval_of, side_car_of

__all__ = ["FetchedFolder", "Kept"]

_SUFFIXES: Final = {
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/xml": ".xml",
}
_OTHER_SUFFIX = ".bin"
_INDEX_FOLDER = ".feeds"
"""Feeds and lists that only lead to pages: hidden, so that nobody reads them as reports."""
# Windows opens no file so named, whatever its suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_FILE = re.compile(r"(?P<stem>[a-z-]+-[a-p]{16})(?:\.(?P<version>\d{1,6}))?\.[a-z]+")
_HALF_WRITTEN = re.compile(r"\.(?:[a-z-]+-[a-p]{16}[.\w]*|\.checked|\.pauses)-[0-9a-f]{8}-\d+-\w{8}\.[a-z]+")
"""What :func:`~geoconflict.atomic.replacing` names a file until it is whole."""
_NAME_LENGTH = 60
_DIGEST_LENGTH = 16
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """The newest version of a page that is here."""

    path: Path
    retrieval: Retrieval


class FetchedFolder:
    """What was fetched.

    Parameters
    ----------
    root
        The folder; it is made where it is not there.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._checked: dict[str, dt.datetime] = {}
        self._listed: dict[Path, dict[str, dict[int, Path]]] = {}
        """Folder of a host -> stem -> version -> file."""

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Make the folder and keep other runs out of it while the block runs.

        Raises
        ------
        InputError
            If it cannot be made or written, or another run is at work there.
        """
        with contextlib.ExitStack() as held:
            try:
                self.root.mkdir(parents=True, exist_ok=True)
                held.enter_context(locked(self.root / "fetching", wait=False))
                self._listed.clear()
                self._sweep(self.root)
                self._checked = self._read_checked()
            except BlockingIOError as error:
                msg = f"{self.root}: another `geoconflict fetch` is at work there; run this one again when it has finished"
                raise InputError(msg) from error
            except OSError as error:
                msg = (
                    f"{self.root}: cannot be made or written ({error.strerror or error}); free disk space, allow writing, or "
                    "name another folder in fetching.folder"
                )
                raise InputError(msg) from error
            yield

    # ------------------------------------------------------------ pages
    def newest(self, address: WebAddress, *, is_index: bool = False) -> Kept | None:
        """Return the newest version of a page that is here whole."""
        versions = self._versions(self._stem(address, is_index=is_index))
        for number, path in sorted(versions.items(), reverse=True):
            retrieval = retrieval_of(path)
            if retrieval is not None and path.is_file():
                self._note_replaced(versions.get(number - 1), path)
                return Kept(path, retrieval)
        return None

    def keep(
        self,
        address: WebAddress,
        page: Page,
        at: dt.datetime,
        *,
        listed: Listed | None,
        url: str,
        is_index: bool = False,
    ) -> tuple[Path, bool]:
        """Keep what a server sent; return its file, and whether that is a new one.

        Parameters
        ----------
        address
            What was asked.
        page
            What came.
        at
            When, aware.
        listed
            What led there.
        url
            The address as it may be shown, without a secret.
        is_index
            Whether the file only leads to others.
        """
        digest = hashlib.sha256(page.body).hexdigest()
        before = self.newest(address, is_index=is_index)
        if before is not None and before.retrieval.sha256 == digest:
            self._note_standing(before, at)
            return before.path, False
        number = before.retrieval.version + 1 if before is not None else 1
        stem = self._stem(address, is_index=is_index)
        kind = page.content_type.partition(";")[0].strip().lower()
        path = stem.with_name(f"{stem.name}{f'.{number}' if number > 1 else ''}{_SUFFIXES.get(kind, _OTHER_SUFFIX)}")
        retrieval = Retrieval(
            url=url,
            final_url=page.final_url,
            retrieved_at=at,
            status=page.status,
            content_type=page.content_type,
            sha256=digest,
            n_bytes=len(page.body),
            etag=page.etag,
            last_modified=page.last_modified,
            redirects=page.redirects,
            listed=listed,
            version=number,
            is_private=page.is_private,
            replaces=before.path.name if before is not None else "",
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(side_car_of(path), retrieval.to_json().encode())
        _write(path, page.body)
        self._versions(stem)[number] = path
        if before is not None:
            self._note_replaced(before.path, path)
        return path, True

    def withdraw(self, kept: Kept, gone: Gone, at: dt.datetime) -> bool:
        """Note that a page is gone at its source; return whether that is news. Its file stays."""
        if kept.retrieval.withdrawn_at is not None:
            return False
        noted = dataclasses.replace(kept.retrieval, withdrawn_at=at, withdrawn_status=gone.status, returned_at=None)
        _write(side_car_of(kept.path), noted.to_json().encode())
        return True

    def stands(self, kept: Kept, at: dt.datetime) -> None:
        """Note that a page is as it was; only one that was gone is written anew."""
        self._note_standing(kept, at)

    def _note_standing(self, kept: Kept, at: dt.datetime) -> None:
        if kept.retrieval.withdrawn_at is not None:
            noted = dataclasses.replace(kept.retrieval, withdrawn_at=None, withdrawn_status=None, returned_at=at)
            _write(side_car_of(kept.path), noted.to_json().encode())

    def _note_replaced(self, old: Path | None, new: Path) -> None:
        """Say in the side-car of a version which file came after it; a run that died may have left that out."""
        retrieval = retrieval_of(old) if old is not None else None
        if old is not None and retrieval is not None and retrieval.replaced_by != new.name:
            noted = dataclasses.replace(retrieval, replaced_by=new.name)
            _write(side_car_of(old), noted.to_json().encode())

    def _versions(self, stem: Path) -> dict[int, Path]:
        """Return version -> file of what has a side-car; a folder is listed once in a run."""
        if stem.parent not in self._listed:
            self._sweep(stem.parent)
            found: dict[str, dict[int, Path]] = {}
            for path in stem.parent.glob(f"*{SIDE_CAR_SUFFIX}"):
                if match := _FILE.fullmatch(path.name.removesuffix(SIDE_CAR_SUFFIX)):
                    found.setdefault(match["stem"], {})[int(match["version"] or 1)] = path.with_name(match[0])
            self._listed[stem.parent] = found
        return self._listed[stem.parent].setdefault(stem.name, {})

    @staticmethod
    def _sweep(folder: Path) -> None:
        """Remove what a run that was killed left half written; nobody else is at work here."""
        for path in folder.glob(".*"):
            if _HALF_WRITTEN.fullmatch(path.name):
                path.unlink(missing_ok=True)

    def _stem(self, address: WebAddress, *, is_index: bool) -> Path:
        """Return the path of a page's files without version and suffix."""
        digest = hashlib.sha256(address.url.encode()).hexdigest()[:_DIGEST_LENGTH].translate(_LETTERS)
        last = urllib.parse.unquote(address.target.partition("?")[0].rstrip("/").rpartition("/")[2])
        name = _slug(last.rpartition(".")[0] or last) or "page"
        if name.startswith("readme"):  # files so named are not read as reports
            name = f"page-{name}"
        folder = _slug(address.host, keep=".0-9") or "host"
        if _DEVICE.fullmatch(folder):
            folder = f"host-{folder}"
        return self.root / (_INDEX_FOLDER if is_index else "") / folder / f"{name}-{digest}"

    # ------------------------------------------------------------ when each was asked for
    def checked_at(self, url: str) -> dt.datetime | None:
        """Return when a page was last asked for and answered; None where that is not known."""
        return self._checked.get(url)

    def note_checked(self, url: str, at: dt.datetime) -> None:
        """Note that a page was asked for and answered."""
        self._checked[url] = at
        with (self.root / ".checked.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps([url, _seconds(at)], ensure_ascii=False) + "\n")

    def all_checked(self) -> dict[str, dt.datetime]:
        """Return address -> when it was last asked for."""
        return dict(self._checked)

    def _read_checked(self) -> dict[str, dt.datetime]:
        path = self.root / ".checked.jsonl"
        found: dict[str, dt.datetime] = {}
        n_lines = 0
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            for line in file:
                n_lines += 1
                with contextlib.suppress(ValueError, TypeError):  # the last line of a run that died
                    url, at = json.loads(line)
                    found[str(url)] = dt.datetime.fromisoformat(at)
        if n_lines > 2 * len(found) + 100:
            lines = "".join(json.dumps([url, _seconds(at)], ensure_ascii=False) + "\n" for url, at in found.items())
            _write(path, lines.encode())
        return found

    # ------------------------------------------------------------ who asked to be left alone
    def pauses(self) -> dict[str, dt.datetime]:
        """Return host -> until when it is to be left alone."""
        try:
            found = json.loads((self.root / ".pauses.json").read_bytes())
            return {str(host): dt.datetime.fromisoformat(until) for host, until in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def set_pauses(self, pauses: dict[str, dt.datetime]) -> None:
        """Keep which hosts are to be left alone, for later runs."""
        if pauses or (self.root / ".pauses.json").exists():
            text = json.dumps({host: _seconds(until) for host, until in sorted(pauses.items())}, indent=1)
            _write(self.root / ".pauses.json", text.encode())


def _slug(text: str, keep: str = "") -> str:
    """Return the lower-case ASCII letters of a text, and `keep`, parted by hyphens: no name can lead out of its folder."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(rf"[^a-z{keep}]+", "-", plain)[:_NAME_LENGTH].strip("-.")


def _seconds(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")


def _write(path: Path, data: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(data)
