"""From the fields of an input to a :class:`~geoconflict.models.Report`: names of fields, checks, the id."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from geoconflict.errors import ConfigError
from geoconflict.ids import content_id
from geoconflict.models import Report
from geoconflict.reports._article import article_header
from geoconflict.reports._encoding import normalise
from geoconflict.reports._publication import DateWindow, date_in_name, parse_publication
from geoconflict.reports._rejection import UNDATED, Rejection, raise_setting
from geoconflict.retrieval import Retrieval
from geoconflict.settings import ReportsSettings

__all__ = [
    "COLUMNS",
    "Admission",
    "column_key",
    "make_report",
    "one_line",
    "printable_id",
    "retrieved",
    "sound_url",
    "usable_language",
]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content"),
    "published": ("published", "date", "published_on", "published_at", "publishdate", "publish_date", "pubdate"),
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher"),
    "url": ("url", "link", "uri"),
    "id": ("id", "doc_id"),
    "language": ("language", "lang"),
}
"""Our fields and the names under which inputs know them; the first that holds something is taken."""
_DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Admission:
    """What a report must meet, and how its fields are called."""

    window: DateWindow
    limits: ReportsSettings
    allow_undated: bool = False
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: COLUMNS)

    @property
    def max_bytes(self) -> int:
        """The largest text file, line or row."""
        return self.limits.max_bytes

    @classmethod
    def from_settings(cls, settings: ReportsSettings, today: dt.date, *, allow_undated: bool) -> Admission:
        """Return the admission that the table ``[reports]`` asks for.

        Raises
        ------
        ConfigError
            If a date bound is no date, a limit is not positive, or `columns` names a field that we have not.
        """
        unknown = sorted(set(settings.columns) - set(COLUMNS))
        if unknown:
            msg = f"reports.columns maps {', '.join(map(repr, unknown))}; our fields are {', '.join(COLUMNS)}"
            raise ConfigError(msg)
        for name, limit in dataclasses.asdict(settings).items():
            if name.startswith("max_") and limit < 1:
                msg = f"reports.{name} is {limit}; no report is that small"
                raise ConfigError(msg)
        columns = {name: aliases for name, aliases in COLUMNS.items() if name not in settings.columns}
        columns |= {name: (column_key(column),) for name, column in settings.columns.items()}
        window = DateWindow.from_settings(settings.earliest, settings.latest, today)
        return cls(window, settings, allow_undated, columns)

    def pick(
        self, record: Mapping[str, object], columns: Mapping[str, tuple[str, ...]] | None = None
    ) -> dict[str, object]:
        """Return our fields out of a record of the input; unknown fields are left out, as are empty ones.

        Names are compared without regard to case, surrounding space, or space and hyphen for an underscore.
        """
        named = {column_key(name): value for name, value in record.items()}
        picked = {}
        for ours, names in (columns or self.columns).items():
            for name in names:
                value = named.get(name)
                if not (_is_absent(value) or (ours != "text" and isinstance(value, str) and not value.strip())):
                    picked[ours] = value
                    break
        return picked


def make_report(
    fields: Mapping[str, object],
    admission: Admission,
    *,
    origin: str,
    body_start: int = 0,
    file_stem: str | None = None,
) -> Report:
    """Return the report that `fields` (our names) make.

    Parameters
    ----------
    fields
        Values as they stand in the input; ``text`` is taken whole.
    admission
        What the report must meet.
    origin
        The file, and the line if it holds many.
    body_start
        Offset in the text after a header that the caller has read.
    file_stem
        The name of the file, asked for a date when neither the fields nor the text name one.

    Raises
    ------
    Rejection
        If the text is missing, blank or too long, or the date is missing, unusable or outside the window.
    """
    text = fields.get("text")
    if text is None:
        raise Rejection(
            "the text is missing", f"give it as {_names(admission, 'text')}, or map your column in reports.columns"
        )
    if not isinstance(text, str):
        msg = f"the text is not a string but {text!r:.40}"
        raise Rejection(msg, "give the text of the report as a string")
    if len(text) > admission.limits.max_chars:
        msg = f"the text has {len(text):,} characters, more than the {admission.limits.max_chars:,} allowed"
        raise Rejection(msg, raise_setting("max_chars"))
    text = normalise(text)
    header = article_header(text, body_start)
    if header is not None:
        body_start = header.body_start
    if not text[body_start:].strip():
        raise Rejection("the text is blank", "give the text of the report, or delete it")
    publication = parse_publication(fields.get("published")) or (header and parse_publication(header.date)) or None
    day = publication.on if publication else (file_stem and date_in_name(file_stem)) or None
    if day is not None:
        admission.window.check(day)
    elif not admission.allow_undated:
        repair = f"give the day of publication as {_names(admission, 'published')} (YYYY-MM-DD)"
        raise Rejection(UNDATED, repair)
    title = _line(fields.get("title"), "title") or (header.title if header else None)
    source = _line(fields.get("source"), "source")
    url = sound_url(fields.get("url"))
    return Report(
        report_id=_report_id(text=text, day=day, title=title, source=source, url=url),
        text=text,
        published_on=day,
        title=title,
        source=source,
        url=url,
        language=_language(fields.get("language")),
        body_start=body_start,
        external_id=_line(fields.get("id"), "id"),
        published_at=publication.at if publication else None,
        origin=origin,
    )


def retrieved(report: Report, retrieval: Retrieval) -> Report:
    """Return a report of a fetched file with what its side-car knows: when it was retrieved and, if it names none, its address."""
    url = report.url or sound_url(retrieval.final_url)
    return dataclasses.replace(
        report,
        report_id=_report_id(
            text=report.text, day=report.published_on, title=report.title, source=report.source, url=url
        ),
        url=url,
        retrieved_at=report.retrieved_at or retrieval.retrieved_at,
    )


def _report_id(*, text: str, day: dt.date | None, title: str | None, source: str | None, url: str | None) -> str:
    content = {
        "published_on": day.isoformat() if day else None,
        "source": source,
        "text": text,
        "title": title,
        "url": url,
    }
    return content_id("report", content)


def printable_id(fields: Mapping[str, object]) -> str | None:
    """Return the input's id of a report that failed, for its message; None if it has none that can be shown."""
    try:
        return _line(fields.get("id"), "id")
    except Rejection:
        return None


@functools.lru_cache(maxsize=1024)
def column_key(name: str) -> str:
    """Return the form in which names of columns are compared: "Publish Date" and "publish-date" are one."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def _is_absent(value: object) -> bool:
    """Return whether a value of JSON says that there is none; NaN is what tables with gaps are exported with."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _names(admission: Admission, ours: str) -> str:
    return " or ".join(map(repr, admission.columns[ours][:3]))


def _line(value: object, name: str) -> str | None:
    """Return `value` as one line of text; a list of strings is joined by "; "."""
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "; ".join(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        msg = f"the {name} is not a string but {value!r:.40}"
        raise Rejection(msg, f"give the {name} as a string")
    return " ".join(normalise(value).split()) or None


def one_line(value: object) -> str | None:
    """Return a text of others as one line; None where it is none, or blank."""
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def sound_url(value: object) -> str | None:
    """Return `value` if a reader can follow it, that is a web address; else None."""
    if not isinstance(value, str):
        return None
    address = value.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    sound = (
        parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s\x00-\x1f\x7f\ud800-\udfff]", address)
    )
    return address if sound else None


def usable_language(value: object) -> str | None:
    """Return the language code of a tag that whoever made the file may have written anyhow; None if it is none."""
    try:
        return _language(value) if isinstance(value, str) and value.strip() else None
    except Rejection:
        return None


def _language(value: object) -> str:
    """Return the language code of a tag such as ``en``, ``en-GB`` or ``eng``."""
    if value is None:
        return _DEFAULT_LANGUAGE
    tag = str(value).strip().casefold()
    if tag in ("eng", "english"):
        return "en"
    if re.fullmatch(r"[a-z]{2,3}([-_][a-z0-9]+)*", tag):
        return re.split("[-_]", tag)[0]
    msg = f"the language {tag!r:.40} is no ISO 639 code"
    raise Rejection(msg, "write a code such as 'en'")
