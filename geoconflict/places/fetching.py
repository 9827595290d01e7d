"""Getting the files of an installation: from the network, from a folder of offline copies, or what is kept already."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from geoconflict.atomic import replacing
from geoconflict.errors import InputError
from geoconflict.places.archives import zip_member
from geoconflict.places.download import Downloader
from geoconflict.places.earlier_rows import write_earlier
from geoconflict.places.installed import Installed, KeptFile, sha256_of
from geoconflict.places.whosonfirst import pack

__all__ = ["Fetching", "country_of", "instant"]

FRESH = dt.timedelta(hours=20)
"""GeoNames writes its dump once a day: what is younger is not asked for again."""
_PENDING = "pending.json"


class Fetching:
    """Gets the files of one installation.

    Parameters
    ----------
    before
        What is installed.
    url
        Where GeoNames' files lie.
    source
        A folder of offline copies to take them from instead.
    offline
        Takes what is kept, asks nobody.
    force
        Fetches also what is fresh or unchanged.
    now
        The instant that is noted.
    downloader
        Fetches.
    say
        Called with a line for each step.
    """

    def __init__(
        self,
        before: Installed,
        *,
        url: str,
        source: Path | None,
        offline: bool,
        force: bool,
        now: dt.datetime,
        downloader: Downloader,
        say: Callable[[str], None],
    ) -> None:
        self._before = before
        self._folder = before.folder
        self._url = url
        self._source = source
        self._offline = offline
        self._force = force
        self._now = now
        self._downloader = downloader
        self._say = say
        self._pending_path = self._folder / "downloads" / _PENDING
        self._pending = self._read_pending()
        self._got: dict[str, KeptFile] = {}
        self.n_fetched = 0

    def _read_pending(self) -> dict[str, KeptFile]:
        """Return what an earlier run fetched before it died."""
        try:
            return {one["name"]: KeptFile(**one) for one in json.loads(self._pending_path.read_bytes())}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def _known(self, name: str) -> KeptFile | None:
        """Return what is kept under a name and whole."""
        return self._whole(self._pending.get(name)) or self._whole(self._before.file(name))

    def _whole(self, kept: KeptFile | None) -> KeptFile | None:
        if kept is None:
            return None
        path = self._folder / kept.path
        return kept if path.is_file() and sha256_of(path) == kept.sha256 else None

    def obtain(self, name: str, *, refresh: bool) -> KeptFile:
        """Return a file: the kept one where it is fresh or `refresh` is false, else fetched."""
        known = self._known(name)
        if known is not None and (self._offline or not refresh):
            return known
        if self._offline:
            msg = f"{name} is not kept here, or damaged: run the command again without --offline"
            raise InputError(msg)
        if self._source is not None:
            return self._copy(name, self._source / name, known)
        return self._download(name, f"{self._url}/{name}", known)

    def obtain_optional(self, name: str, *, refresh: bool) -> KeptFile | None:
        """Return a file that a folder of offline copies may lack."""
        if self._source is not None and not (self._source / name).is_file():
            known = self._known(name)
            if known is None:
                self._say(f"{self._source / name} is absent: names come without dates and languages")
            return known
        if self._offline and self._before.file(name) is None:
            return None
        return self.obtain(name, refresh=refresh)

    def _download(self, name: str, url: str, known: KeptFile | None) -> KeptFile:
        if name in self._got:  # a bundle that serves several countries
            return self._got[name]
        if known is not None and known.source == url and not self._force:
            if dt.timedelta(0) <= self._now - dt.datetime.fromisoformat(known.fetched_at) < FRESH:
                return known
            etag, last_modified = known.etag, known.last_modified
        else:
            etag = last_modified = ""
        self._say(f"downloading {url}")
        incoming = self._folder / "downloads" / f"incoming-{name.replace('/', '-')}"
        fetched = self._downloader.fetch(url, incoming, etag=etag, last_modified=last_modified)
        if fetched is None and known is not None:
            return dataclasses.replace(known, fetched_at=instant(self._now))
        if fetched is None:
            msg = f"{url}: the server says that the file has not changed, but it was never here; run again with --force"
            raise InputError(msg)
        return self._keep(name, incoming, url, etag=fetched.etag, last_modified=fetched.last_modified)

    def _copy(self, name: str, path: Path, known: KeptFile | None) -> KeptFile:
        try:
            if known is not None and sha256_of(path) == known.sha256:
                return known
            incoming = self._folder / "downloads" / f"incoming-{name.replace('/', '-')}"
            shutil.copyfile(path, incoming)
        except FileNotFoundError:
            msg = f"{path}: there is no such file; it must be there under GeoNames' name"
            raise InputError(msg) from None
        except OSError as error:
            msg = f"{path}: cannot be copied to {self._folder} ({error.strerror}); free disk space or name another in places.data_dir"
            raise InputError(msg) from error
        return self._keep(name, incoming, str(path.resolve()))

    def _keep(self, name: str, incoming: Path, source: str, *, etag: str = "", last_modified: str = "") -> KeptFile:
        """Give a file its lasting name, and note it for a run that dies before its end."""
        self._check(name, incoming, source)
        digest = sha256_of(incoming)
        path = incoming.with_name(f"{digest[:16]}-{name.replace('/', '-')}")
        n_bytes = incoming.stat().st_size
        incoming.replace(path)
        kept = KeptFile(
            name=name,
            path=path.relative_to(self._folder).as_posix(),
            source=source,
            n_bytes=n_bytes,
            sha256=digest,
            fetched_at=instant(self._now),
            etag=etag,
            last_modified=last_modified,
        )
        self.n_fetched += 1
        self._got[name] = kept
        self._pending[name] = kept
        with replacing(self._pending_path) as temporary:
            rows = [dataclasses.asdict(one) for one in self._pending.values()]
            temporary.write_text(json.dumps(rows), encoding="utf-8")
        return kept

    @staticmethod
    def _check(name: str, incoming: Path, source: str) -> None:
        """Refuse what is no zip, is cut short or does not fit its checksums, before it takes the place of a good file."""
        code = country_of(name)
        if not code or not name.endswith(".zip") or name.startswith("whosonfirst/"):
            return
        try:
            for _ in zip_member(incoming, f"{code}.txt"):
                pass
        except InputError as error:
            incoming.unlink(missing_ok=True)
            msg = f"{source}: what came from there cannot be used: {error}"
            raise InputError(msg) from error

    def forget(self) -> None:
        """Let the next run fetch anew what this one fetched, for it turned out unusable."""
        self._pending_path.unlink(missing_ok=True)

    # ------------------------------------------------------------ Who's On First, and what GeoNames dropped
    def whosonfirst(self, code: str, where: str, *, refresh: bool) -> list[KeptFile]:
        """Return the bundle of a country: fetched from `where` (URL, file or folder), or what is kept."""
        kept = [
            one
            for one in (self._known(file.name) for file in self._before.files if file.name.startswith("whosonfirst/"))
            if one is not None and country_of(one.name) in {code, ""}
        ]
        if not where or not refresh or self._offline:
            return kept
        filled = where.replace("{cc}", code.lower()).replace("{CC}", code)
        base = filled.rstrip("/").rpartition("/")[2] or "records"
        name = f"whosonfirst/{code}-{base}" if filled != where else f"whosonfirst/{base}"
        if "://" in filled:
            return [self._download(name, filled, self._known(name))]
        path = Path(filled).expanduser()
        if not path.is_dir():
            return [self._copy(name, path, self._known(name))]
        incoming = self._folder / "downloads" / "incoming-whosonfirst.zip"
        pack(path, incoming)
        name += ".zip"
        known = self._known(name)
        return [known if known and known.sha256 == sha256_of(incoming) else self._keep(name, incoming, str(path))]

    def earlier(self, codes: Iterable[str], files: Sequence[KeptFile]) -> list[KeptFile]:
        """Return, for each country, a file of the rows that earlier downloads had and the newest lacks."""
        newest = {one.name: one for one in files}
        found = []
        for code in codes:
            name = f"earlier/{code}.zip"
            last, rows = self._whole(self._before.file(f"{code}.zip")), self._whole(self._before.file(name))
            if last is None or last.sha256 == newest[f"{code}.zip"].sha256:
                found += [rows] if rows else []
                continue
            incoming = self._folder / "downloads" / f"incoming-earlier-{code}.zip"
            paths = [self._folder / one.path for one in (last, rows) if one is not None]
            if write_earlier(self._folder / newest[f"{code}.zip"].path, paths, code, incoming):
                found.append(self._keep(name, incoming, "earlier downloads"))
        return found


def instant(at: dt.datetime) -> str:
    """Return an instant in UTC as ISO text of seconds."""
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def country_of(name: str) -> str:
    """Return the country (alpha-2) that a kept file belongs to, or an empty string.

    >>> country_of("AZ.zip"), country_of("whosonfirst/AZ-bundle.tar.bz2"), country_of("admin2Codes.txt")
    ('AZ', 'AZ', '')
    """
    folder, _, base = name.rpartition("/")
    code = base.partition("-")[0] if folder == "whosonfirst" else base.partition(".")[0]
    return code if len(code) == 2 and code.isupper() else ""
