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
from geoconflict.places.installed import Installed, KeptFile, sha256_of
from geoconflict.places.installing.archives import zip_member
from geoconflict.places.installing.download import Downloader
from geoconflict.places.installing.earlier_rows import write_earlier
from geoconflict.places.installing.whosonfirst import pack

__all__ = ["Fetching", "instant"]

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
        self._is_whole: dict[str, bool] = {}
        """Path of a kept file -> whether its checksum is right: each is read once."""
        self._bundles: dict[str, KeptFile] = {}
        """What was got of Who's On First: one may serve several countries."""
        self.n_fetched = 0
        """Files that came from elsewhere, by download or copy."""

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
        if kept.path not in self._is_whole:
            path = self._folder / kept.path
            self._is_whole[kept.path] = path.is_file() and sha256_of(path) == kept.sha256
        return kept if self._is_whole[kept.path] else None

    def obtain(self, name: str, *, country: str = "", refresh: bool) -> KeptFile:
        """Return a file: the kept one where it is fresh or `refresh` is false, else fetched."""
        known = self._known(name)
        if known is not None and (self._offline or not refresh):
            return known
        if self._offline:
            msg = f"{name} is not kept here, or damaged: run the command again without --offline"
            raise InputError(msg)
        if self._source is not None:
            return self._copy(name, country, self._source / name, known)
        return self._download(name, country, f"{self._url}/{name}", known)

    def obtain_optional(self, name: str, *, country: str, refresh: bool) -> KeptFile | None:
        """Return a file that a folder of offline copies may lack."""
        if self._source is not None and not (self._source / name).is_file():
            known = self._known(name)
            if known is None:
                self._say(f"{self._source / name} is absent: names come without dates and languages")
            return known
        if self._offline and self._before.file(name) is None:
            return None
        return self.obtain(name, country=country, refresh=refresh)

    def _download(self, name: str, country: str, url: str, known: KeptFile | None) -> KeptFile:
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
        return self._fetched(name, country, incoming, url, etag=fetched.etag, last_modified=fetched.last_modified)

    def _copy(self, name: str, country: str, path: Path, known: KeptFile | None) -> KeptFile:
        try:
            if known is not None and sha256_of(path) == known.sha256:
                return dataclasses.replace(known, country=country)
            incoming = self._folder / "downloads" / f"incoming-{name.replace('/', '-')}"
            shutil.copyfile(path, incoming)
        except FileNotFoundError:
            msg = f"{path}: there is no such file; it must be there under GeoNames' name"
            raise InputError(msg) from None
        except OSError as error:
            msg = f"{path}: cannot be copied to {self._folder} ({error.strerror}); free disk space or name another in places.data_dir"
            raise InputError(msg) from error
        return self._fetched(name, country, incoming, str(path.resolve()))

    def _fetched(
        self, name: str, country: str, incoming: Path, source: str, *, etag: str = "", last_modified: str = ""
    ) -> KeptFile:
        """Keep a file that came from elsewhere."""
        kept = self._keep(name, country, incoming, source, etag=etag, last_modified=last_modified)
        self.n_fetched += 1
        return kept

    def _keep(
        self, name: str, country: str, incoming: Path, source: str, *, etag: str = "", last_modified: str = ""
    ) -> KeptFile:
        """Give a file its lasting name, and note it for a run that dies before its end."""
        if country and name.endswith(".zip") and not name.startswith("whosonfirst/"):
            self._check(f"{country}.txt", incoming, source)
        digest = sha256_of(incoming)
        path = incoming.with_name(f"{digest[:16]}-{name.replace('/', '-')}")
        n_bytes = incoming.stat().st_size
        incoming.replace(path)
        kept = KeptFile(
            name=name,
            country=country,
            path=path.relative_to(self._folder).as_posix(),
            source=source,
            n_bytes=n_bytes,
            sha256=digest,
            fetched_at=instant(self._now),
            etag=etag,
            last_modified=last_modified,
        )
        self._is_whole[kept.path] = True
        self._pending[name] = kept
        with replacing(self._pending_path) as temporary:
            rows = [dataclasses.asdict(one) for one in self._pending.values()]
            temporary.write_text(json.dumps(rows), encoding="utf-8")
        return kept

    @staticmethod
    def _check(member: str, incoming: Path, source: str) -> None:
        """Refuse what is no zip, is cut short or does not fit its checksums, before it takes the place of a good file."""
        try:
            for _ in zip_member(incoming, member):
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
        if not where or not refresh or self._offline:
            bundles = (one for one in self._before.files if one.name.startswith("whosonfirst/"))
            known = (self._known(one.name) for one in bundles if one.country in {code, ""})
            return [one for one in known if one is not None]
        filled = where.replace("{cc}", code.lower()).replace("{CC}", code)
        base = filled.rstrip("/").rpartition("/")[2] or "records"
        country = code if filled != where else ""
        name = f"whosonfirst/{country}-{base}" if country else f"whosonfirst/{base}"
        if filled not in self._bundles:
            self._bundles[filled] = self._bundle(name, country, filled)
        return [self._bundles[filled]]

    def _bundle(self, name: str, country: str, where: str) -> KeptFile:
        if "://" in where:
            return self._download(name, country, where, self._known(name))
        path = Path(where).expanduser()
        if not path.is_dir():
            return self._copy(name, country, path, self._known(name))
        incoming = self._folder / "downloads" / "incoming-whosonfirst.zip"
        pack(path, incoming)
        name += ".zip"
        known = self._known(name)
        if known is not None and known.sha256 == sha256_of(incoming):
            return dataclasses.replace(known, country=country)
        return self._fetched(name, country, incoming, str(path))

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
                found.append(self._keep(name, code, incoming, "earlier downloads"))
        return found


def instant(at: dt.datetime) -> str:
    """Return an instant in UTC as ISO text of seconds."""
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
