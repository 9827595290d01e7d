"""Reading files and folders: the formats by suffix, what happens to failures, and duplicates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geoconflict.civil_day import Day, civil_day
from geoconflict.clock import utc_now
from geoconflict.errors import InputError
from geoconflict.models import Report, RunFailure
from geoconflict.reports._encoding import decode
from geoconflict.reports._files import InputFile, Skipped, find_files
from geoconflict.reports._formats import is_known, known_suffixes
from geoconflict.reports._links import ArticleLink
from geoconflict.reports._record import Admission
from geoconflict.reports._rejection import SIZE_REPAIR, Rejection
from geoconflict.reports._standard_input import STANDARD_INPUT
from geoconflict.reports._text_file import report_of_text
from geoconflict.reports._walking import FileMemory, PathLike, documents, links, roots_of
from geoconflict.settings import ReportsSettings

__all__ = [
    "ReportReader",
    "Skipped",
    "list_files",
    "read_documents",
    "read_links",
    "read_reports",
    "report_from_text",
]

_MOST_KEPT = 1000


def read_reports(
    path_or_paths: PathLike | Iterable[PathLike],
    *,
    settings: ReportsSettings | None = None,
    strict: bool = False,
    today: dt.date | None = None,
    memory: FileMemory | None = None,
) -> ReportReader:
    """Read dated reports from files and folders.

    Parameters
    ----------
    path_or_paths
        A file, a folder (read recursively, in the order of the names), or several of them (in the order given); "-"
        is standard input.
    settings
        Names of columns, the window of dates and the limits of size; the defaults when None.
    strict
        Whether the first input that cannot be used is raised instead of counted.
    today
        The day that an empty ``settings.latest`` counts from; the clock's, in UTC, when None.
    memory
        Knows which files need not be read, and is told what was read of the others.

    Returns
    -------
    ReportReader
        An iterable of :class:`~geoconflict.models.Report`. Nothing is read before it is iterated; one report is in
        memory at a time.

    Raises
    ------
    InputError
        If a path does not exist.
    ConfigError
        If the settings cannot be used.

    Examples
    --------
    >>> reader = read_reports("data/reports")
    >>> reports = list(reader)
    >>> reader.n_read == len(reports), reader.failures
    (True, [])
    """
    return ReportReader(path_or_paths, settings=settings, strict=strict, today=today, memory=memory)


def read_documents(
    path_or_paths: PathLike | Iterable[PathLike],
    *,
    settings: ReportsSettings | None = None,
    allow_undated: bool = True,
    today: dt.date | None = None,
    on_skip: Callable[[Skipped], object] | None = None,
) -> Iterator[Report | RunFailure]:
    """Read every record of files and folders in input order, each as a report or as the reason why it is none.

    Parameters
    ----------
    path_or_paths, settings, today
        As for :func:`read_reports`.
    allow_undated
        Whether a report without a publication date is let in, with ``published_on`` None. A date that is there and
        cannot be used is a failure all the same.
    on_skip
        Called with each file that is passed over.

    Yields
    ------
    Report or RunFailure
        In the order of the input, duplicates included. A failure has the stage "read", the file and line, and the
        input's own id of the report where it could be read.

    Raises
    ------
    InputError
        If a path does not exist.
    ConfigError
        If the settings cannot be used.
    """
    # The checks run here and now, not at the first item: hence two functions.
    roots = roots_of(path_or_paths)
    admission = Admission.from_settings(settings or ReportsSettings(), today or _today(), allow_undated=allow_undated)
    return documents(roots, admission, on_skip)


def read_links(
    path_or_paths: PathLike | Iterable[PathLike],
    *,
    settings: ReportsSettings | None = None,
    today: dt.date | None = None,
) -> Iterator[ArticleLink]:
    """Read the addresses of articles that files and folders name without their text, so that they can be fetched.

    They are those of GDELT's lists, and of entries of feeds that hold no text. What holds its text is a report, and
    comes from :func:`read_reports`; nothing is fetched here.

    Parameters
    ----------
    path_or_paths, settings, today
        As for :func:`read_reports`.

    Yields
    ------
    ArticleLink
        In the order of the input, each address once.

    Raises
    ------
    InputError
        If a path does not exist.
    ConfigError
        If the settings cannot be used.
    """
    roots = roots_of(path_or_paths)
    admission = Admission.from_settings(settings or ReportsSettings(), today or _today(), allow_undated=True)
    return links(roots, admission)


def list_files(path_or_paths: PathLike | Iterable[PathLike]) -> Iterator[Path]:
    """Yield the files that :func:`read_reports` would read, without reading them.

    Raises
    ------
    InputError
        If a path does not exist.
    """
    for root in roots_of(path_or_paths):
        if root != STANDARD_INPUT:
            for found in find_files(root, known_suffixes(), is_known):
                if isinstance(found, InputFile):
                    yield found.path


def report_from_text(
    text: str | bytes,
    *,
    published_on: Day | None = None,
    settings: ReportsSettings | None = None,
    origin: str | None = None,
    today: dt.date | None = None,
) -> Report:
    """Return one report from its text, as if it stood in a text file.

    Parameters
    ----------
    text
        The text, or its bytes in whatever encoding files may have. Front matter and a date line are understood.
    published_on
        Its day, where that is known; what the text states itself must not contradict it.
    settings, today
        As for :func:`read_reports`.
    origin
        What to call it in messages.

    Raises
    ------
    InputError
        If it cannot be used, or states another day of publication than `published_on`.
    """
    settings = settings or ReportsSettings()
    admission = Admission.from_settings(settings, today or _today(), allow_undated=True)
    where = origin or "the text"
    day = None if published_on is None else civil_day(published_on, "published_on")
    try:
        size = len(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
        if size > settings.max_bytes:
            msg = f"larger than {settings.max_bytes:,} bytes"
            raise Rejection(msg, SIZE_REPAIR)  # noqa: TRY301  # one way out for all faults of a text
        decoded = decode(text) if isinstance(text, bytes) else text
        report = report_of_text(decoded, admission, origin=where, given={})
        stated_on = report.published_on
        if day is not None and stated_on is None:
            report = report_of_text(decoded, admission, origin=where, given={"published": day.isoformat()})
    except Rejection as rejection:
        msg = f"{where}: {rejection.what}; {rejection.repair}"
        raise InputError(msg) from None
    if day is not None and stated_on not in (None, day):
        msg = f"{where}: the text gives {stated_on} as its day of publication, not {day}; leave the other day out"
        raise InputError(msg)
    return report


class ReportReader:
    """The reports of files and folders; iterate over it, once or more.

    While it is iterated, and from the start each time, it fills:

    Attributes
    ----------
    failures : list of RunFailure
        What could not be read, with file, line and repair; the first 1,000.
    skipped : list of Skipped
        What was passed over: files of unknown suffix, read-me files, attachments of messages, records of web archives
        that are no pages, reports read before; the first 1,000.
    unknown_suffixes : Counter of str
        How many files were passed over for their suffix, by that, in lower case.
    n_read, n_failed, n_skipped, n_duplicates : int
        Reports given, inputs that failed, what was passed over but for reports read before, reports passed over because the same one (same source,
        address, title, text and date) came before.
    """

    def __init__(
        self,
        path_or_paths: PathLike | Iterable[PathLike],
        *,
        settings: ReportsSettings | None = None,
        strict: bool = False,
        today: dt.date | None = None,
        memory: FileMemory | None = None,
    ) -> None:
        self._memory = memory
        self._roots = roots_of(path_or_paths)
        today = today or _today()
        self._admission = Admission.from_settings(settings or ReportsSettings(), today, allow_undated=False)
        self._strict = strict
        self._reset()

    def _reset(self) -> None:
        self.failures: list[RunFailure] = []
        self.skipped: list[Skipped] = []
        self.unknown_suffixes = Counter[str]()
        self.n_read = self.n_failed = self.n_skipped = self.n_duplicates = 0

    def __repr__(self) -> str:
        counts = f"n_read={self.n_read}, n_failed={self.n_failed}, n_duplicates={self.n_duplicates}"
        return f"<ReportReader {', '.join(map(str, self._roots))}: {counts}>"

    def __iter__(self) -> Iterator[Report]:
        """Yield the reports.

        Raises
        ------
        InputError
            At the first failure, if the reader is strict.
        """
        self._reset()
        # An id as bytes takes a fraction of a report's memory: about 100 MB for a million reports.
        seen: set[bytes] = set()
        for outcome in documents(self._roots, self._admission, self._skip, self._memory):
            if isinstance(outcome, RunFailure):
                self._fail(outcome)
                continue
            key = bytes.fromhex(outcome.report_id)
            if key in seen:
                self.n_duplicates += 1
                self._keep_skipped(Skipped(outcome.origin or "", "the same report came before in this run"))
                continue
            seen.add(key)
            self.n_read += 1
            yield outcome

    def _fail(self, failure: RunFailure) -> None:
        if self._strict:
            msg = f"{failure.where}: {failure.what}; {failure.repair}"
            raise InputError(msg)
        self.n_failed += 1
        if len(self.failures) < _MOST_KEPT:
            self.failures.append(failure)

    def _skip(self, skipped: Skipped) -> None:
        self.n_skipped += 1
        if skipped.suffix:
            self.unknown_suffixes[skipped.suffix] += 1
        self._keep_skipped(skipped)

    def _keep_skipped(self, skipped: Skipped) -> None:
        if len(self.skipped) < _MOST_KEPT:
            self.skipped.append(skipped)


def _today() -> dt.date:
    """Return the civil day in UTC: the one place where this room reads the clock."""
    return utc_now().date()
