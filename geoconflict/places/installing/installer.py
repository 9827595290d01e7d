"""Installing countries: fetch what is missing or changed, build the merged gazetteer, then name it in the manifest.

Nothing that is used is overwritten: files are kept under the hash of their content, a build goes to a folder of its own, and
the manifest, written last, switches over. A run that dies before leaves the old installation, and what it fetched is found
by the next one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from geoconflict.errors import GazetteerError, InputError
from geoconflict.places.countries import country_code, country_table
from geoconflict.places.installed import Built, Installed, KeptFile, check_merged_with
from geoconflict.places.installing.build import CountryFiles, build_merged
from geoconflict.places.installing.download import Downloader
from geoconflict.places.installing.fetching import Fetching, instant
from geoconflict.places.installing.one_writer import one_writer
from geoconflict.settings import PlacesSettings

__all__ = ["InstallReport", "Installer", "alpha2_of"]

COMMON_FILES = ("admin1CodesASCII.txt", "admin2Codes.txt", "featureCodes_en.txt")

_SUPERSEDED_FOR_SECONDS = 86_400.0
"""How long a build is kept that another took the place of: a run that read the manifest before opens it yet."""


class InstallReport(NamedTuple):
    """What an installation did."""

    installed: Installed
    rebuilt: bool
    n_fetched: int
    """Files that came from elsewhere, by download or copy; what was derived from them here does not count."""
    broken: tuple[str, ...]


def alpha2_of(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country given by code, in any case, or by English name.

    Raises
    ------
    InputError
        If there is no such country; the message names the nearest.
    """
    code = country_code(name.upper()) if len(name.strip()) in {2, 3} else None
    code = code or country_code(name)
    if code is None:
        import difflib

        names = {one.name.casefold(): one.name for one in country_table().values()}
        near = difflib.get_close_matches(name.casefold(), names, n=3)
        hint = f"; did you mean {' or '.join(names[one] for one in near)}?" if near else ""
        msg = f"{name!r} is no country: give an ISO 3166-1 code (AZ, AZE) or an English name{hint}"
        raise InputError(msg)
    return country_table()[code].alpha2


class Installer:
    """Works on one folder.

    Parameters
    ----------
    folder
        Of :func:`geoconflict.places.installed.data_folder`; made when absent.
    settings
        The addresses and the patience.
    whosonfirst
        URL, file or folder of Who's On First bundles; empty is none.
    now
        The instant that the manifest notes.
    downloader
        Fetches; by default one with the settings' patience.
    say
        Called with a line for each step.
    """

    def __init__(
        self,
        folder: Path,
        settings: PlacesSettings,
        *,
        whosonfirst: str = "",
        now: dt.datetime,
        downloader: Downloader | None = None,
        say: Callable[[str], None] = lambda line: None,  # noqa: ARG005
    ) -> None:
        self._folder = folder
        self._url = settings.geonames_dump_url.rstrip("/")
        self._whosonfirst = whosonfirst
        self._now = now.astimezone(dt.UTC)
        self._downloader = downloader or Downloader(
            timeout_seconds=settings.timeout_seconds, total_seconds=settings.download_seconds
        )
        self._say = say

    # ------------------------------------------------------------ what is asked for
    def install(
        self, codes: Sequence[str] = (), *, source: Path | None = None, offline: bool = False, force: bool = False
    ) -> InstallReport:
        """Install countries, or renew them; without codes (alpha-2), all that are installed.

        Parameters
        ----------
        codes
            The countries; those installed already stay.
        source
            A folder of offline copies, laid out and named as GeoNames does, instead of the network.
        offline
            Asks nobody: builds again from what is kept.
        force
            Fetches and builds even if nothing has changed, also over a manifest that cannot be read.

        Raises
        ------
        InputError
            If nothing is to be installed, or a file is absent or cannot be used. The old installation stays.
        ServiceUnavailableError
            If a server fails. The old installation stays.
        GazetteerError
            If the manifest or the embedded gazetteer is damaged, or another process is at work in the folder.
        """
        with one_writer(self._folder):
            self._clear_dead()
            return self._install(codes, source=source, offline=offline, force=force)

    def _install(self, codes: Sequence[str], *, source: Path | None, offline: bool, force: bool) -> InstallReport:
        before = self._load(force=force)
        there = [one.code for one in before.countries]
        wanted = sorted({*there, *codes})
        if not wanted:
            msg = "no country is installed yet; name some: `geoconflict gazetteer install AZ AM`"
            raise InputError(msg)
        (self._folder / "downloads").mkdir(exist_ok=True)
        refreshed = set(codes or there)
        fetch = Fetching(
            before, url=self._url, source=source, offline=offline, force=force, now=self._now,
            downloader=self._downloader, say=self._say,
        )  # fmt: skip
        files = [fetch.obtain(name, refresh=source is None or (source / name).is_file()) for name in COMMON_FILES]
        for code in wanted:
            refresh = code in refreshed
            files.append(fetch.obtain(f"{code}.zip", country=code, refresh=refresh))
            alternates = fetch.obtain_optional(f"alternatenames/{code}.zip", country=code, refresh=refresh)
            files += [alternates] if alternates else []
            files += fetch.whosonfirst(code, self._whosonfirst if refresh else "", refresh=refresh)
        files = list({one.name: one for one in [*files, *fetch.earlier(wanted, files)]}.values())
        same = {(one.name, one.sha256) for one in files} == {(one.name, one.sha256) for one in before.files}
        after = dataclasses.replace(before, files=tuple(files))
        if same and not force and self._is_sound(before) and there == wanted:
            after.save()
            self._tidy(after)
            return InstallReport(after, rebuilt=False, n_fetched=fetch.n_fetched, broken=())
        try:
            return self._rebuild(after, wanted, n_fetched=fetch.n_fetched)
        except InputError:
            fetch.forget()
            raise

    def remove(self, codes: Sequence[str]) -> InstallReport:
        """Leave countries (alpha-2) out, and delete their files.

        Raises
        ------
        InputError
            If one is not installed.
        """
        with one_writer(self._folder):
            self._clear_dead()
            return self._remove(codes)

    def _remove(self, codes: Sequence[str]) -> InstallReport:
        before = Installed.load(self._folder)
        there = [one.code for one in before.countries]
        unknown = sorted(set(codes) - set(there))
        if unknown:
            msg = f"{', '.join(unknown)}: not installed; installed are: {', '.join(there) or 'none'}"
            raise InputError(msg)
        left = [code for code in there if code not in codes]
        files = tuple(one for one in before.files if one.country not in codes) if left else ()
        after = dataclasses.replace(before, files=files)
        if left:
            return self._rebuild(after, left)
        after = dataclasses.replace(after, countries=(), built=None, attribution=())
        after.save()
        self._tidy(after)
        return InstallReport(after, rebuilt=True, n_fetched=0, broken=())

    # ------------------------------------------------------------ steps
    def _load(self, *, force: bool) -> Installed:
        try:
            return Installed.load(self._folder)
        except GazetteerError:
            if not force:
                raise
            return Installed(folder=self._folder)

    def _is_sound(self, installed: Installed) -> bool:
        try:
            folder = installed.built_folder()
            check_merged_with(installed)
        except GazetteerError:
            return False
        return folder is not None and not any(installed.verify_installed())

    def _rebuild(self, installed: Installed, codes: Sequence[str], *, n_fetched: int = 0) -> InstallReport:
        def path(name: str) -> Path | None:
            kept = installed.file(name)
            return None if kept is None else self._folder / kept.path

        countries = [
            CountryFiles(code, self._folder / _must(installed, f"{code}.zip").path, path(f"alternatenames/{code}.zip"),
                         path(f"earlier/{code}.zip"))
            for code in codes
        ]  # fmt: skip
        common = [self._folder / _must(installed, name).path for name in COMMON_FILES]
        outcome = build_merged(
            self._folder,
            countries,
            common[:2],
            common[2],
            [(one.country, self._folder / one.path) for one in installed.files if one.name.startswith("whosonfirst/")],
            built_at=instant(self._now),
            say=self._say,
        )
        after = dataclasses.replace(
            installed, countries=outcome.countries, built=outcome.built, attribution=outcome.attribution
        )
        after.save()
        self._tidy(after, superseded=installed.built)
        return InstallReport(after, rebuilt=True, n_fetched=n_fetched, broken=outcome.broken)

    def _clear_dead(self) -> None:
        """Delete the work of builds that died: under the lock none is alive."""
        for path in self._folder.glob("building-*"):
            shutil.rmtree(path, ignore_errors=True)

    def _tidy(self, installed: Installed, *, superseded: Built | None = None) -> None:
        """Delete what the manifest no longer names.

        Beginnings of downloads stay, to be resumed, and the build that was used before this one, for a day. Where no country
        is left, nothing stays.
        """
        named = {self._folder / one.path for one in installed.files}
        for path in (self._folder / "downloads").glob("*"):
            if path not in named and not path.name.endswith((".part", ".part.json")):
                path.unlink(missing_ok=True)
        if installed.built is None:
            last = None
        elif superseded is not None and superseded.folder != installed.built.folder:
            last = self._folder / superseded.folder
            with contextlib.suppress(OSError):
                os.utime(last, (self._now.timestamp(),) * 2)
        else:
            last = self._last_superseded(installed.built.folder)
        current = installed.built.folder if installed.built else ""
        for path in self._folder.glob("built-*"):
            if path.name != current and path != last:
                shutil.rmtree(path, ignore_errors=True)

    def _last_superseded(self, current: str) -> Path | None:
        ages = {
            path: self._now.timestamp() - path.stat().st_mtime
            for path in self._folder.glob("built-*")
            if path.name != current
        }
        young = [path for path, age in ages.items() if 0 <= age < _SUPERSEDED_FOR_SECONDS]
        return min(young, key=ages.__getitem__, default=None)


def _must(installed: Installed, name: str) -> KeptFile:
    kept = installed.file(name)
    if kept is None:
        msg = f"{name} is not kept; {installed.repair}"
        raise GazetteerError(msg)
    return kept
