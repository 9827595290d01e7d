"""The input formats by suffix, and reading one file in the format that it is in."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, cast

from geoconflict.models import Report
from geoconflict.reports._content import HEAD_BYTES, suffix_of_content
from geoconflict.reports._files import Fault, InputFile, Skipped, os_rejection
from geoconflict.reports._record import Admission
from geoconflict.reports._rejection import Rejection, raise_setting
from geoconflict.settings import ReportsSettings

__all__ = ["is_known", "known_suffixes", "read_file"]

_Outcome: TypeAlias = Report | Rejection | Skipped
_Format: TypeAlias = Callable[[InputFile, Admission], Iterator[_Outcome]]

# By name, since a run that has nothing to do, or reads text alone, should not load what reads mail and archives.
_FORMATS: Mapping[str, tuple[str, str]] = {
    ".artlist": ("_gdelt", "read_article_list"),
    ".atom": ("_feed", "read_feed"),
    ".csv": ("_csv_table", "read_csv_table"),
    ".eml": ("_mail", "read_message"),
    ".gkg": ("_gdelt", "read_gkg_table"),
    ".htm": ("_html_page", "read_html_page"),
    ".html": ("_html_page", "read_html_page"),
    ".json": ("_json_lines", "read_json_lines"),
    ".jsonl": ("_json_lines", "read_json_lines"),
    ".markdown": ("_text_file", "read_markdown_file"),
    ".mbox": ("_mail", "read_mailbox"),
    ".md": ("_text_file", "read_markdown_file"),
    ".ndjson": ("_json_lines", "read_json_lines"),
    ".pdf": ("_pdf", "read_pdf"),
    ".rss": ("_feed", "read_feed"),
    ".tsv": ("_csv_table", "read_csv_table"),
    ".txt": ("_text_file", "read_text_file"),
    ".warc": ("_warc", "read_warc"),
    ".xhtml": ("_html_page", "read_html_page"),
    ".xml": ("_feed", "read_feed"),
}
_PACKED = (".gz", ".zip")
_UNMISTAKABLE = (".html", ".pdf", ".rss", ".warc")
"""What a file holds if its content says so, whatever its suffix says."""
_TOLD_APART: Mapping[str, tuple[str, ...]] = {
    ".csv": (".gkg",),
    ".eml": (".mbox",),
    ".json": (".artlist",),
    ".mbox": (".eml",),
    ".tsv": (".gkg",),
    ".txt": (".gkg",),
    ".warc": (".gz",),
}
"""What else the content of a file may say where its suffix is used for several forms."""


def known_suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that can be read, in lower case with their dot, sorted."""
    return tuple(sorted((*_FORMATS, *_PACKED)))


def is_known(file: InputFile) -> bool:
    """Return whether the content of a file without a known suffix tells its format; a file that cannot be read, not."""
    try:
        return _format_name(file) is not None
    except (Rejection, OSError):
        return False


def read_file(file: InputFile, admission: Admission) -> Iterator[Report | Skipped | Fault]:
    """Yield what a file, or each file in an archive, makes: reports, what was passed over, what could not be read."""
    n_items = 0
    limit = admission.limits.max_items
    for outcome in _read(file, admission):
        if not isinstance(outcome, Skipped):
            n_items += 1
            if n_items > limit:
                what = f"the file holds more than {limit:,} items; those after them were not read"
                yield Fault(file.where, Rejection(what, raise_setting("max_items")))
                return
        yield outcome


def _read(file: InputFile, admission: Admission, *, is_unpacked: bool = False) -> Iterator[Report | Skipped | Fault]:
    try:
        _check_size(file, admission.limits)
        name = _format_name(file) or ".txt"
        if name == ".tar":
            yield Fault(file.where, Rejection("a tar archive", "unpack it, and give the folder"))
            return
        if name not in _PACKED:
            for outcome in _format(name)(file, admission):
                yield Fault(file.where, outcome) if isinstance(outcome, Rejection) else outcome
            return
        if is_unpacked:
            what = "an archive within an archive"
            yield Fault(file.where, Rejection(what, "unpack the outer one, and give what was in it"))
            return
        from geoconflict.reports._unpacking import members_of_zip, unpacked_gzip

        if name == ".gz":
            yield from _read(unpacked_gzip(file, admission.limits), admission, is_unpacked=True)
            return
        for member in members_of_zip(file, admission.limits, _is_readable):
            if isinstance(member, Skipped):
                yield member
            else:
                yield from _read(member, admission, is_unpacked=True)
    except Rejection as rejection:
        yield Fault(file.where, rejection)
    except OSError as error:
        yield Fault(file.where, os_rejection(error))


def _format(name: str) -> _Format:
    module, function = _FORMATS[name]
    return cast("_Format", getattr(importlib.import_module(f"geoconflict.reports.{module}"), function))


def _is_readable(file: InputFile) -> bool:
    return file.suffix in known_suffixes() or (not file.suffix and is_known(file))


def _check_size(file: InputFile, limits: ReportsSettings) -> None:
    if file.member is None and (n_bytes := file.path.stat().st_size) > limits.max_file_bytes:
        msg = f"the file has {n_bytes:,} bytes, more than the {limits.max_file_bytes:,} allowed"
        raise Rejection(msg, raise_setting("max_file_bytes"))


def _format_name(file: InputFile) -> str | None:
    """Return the suffix of the format that a file is in, by its suffix and content; None if neither tells."""
    with file.open() as stream:
        told = suffix_of_content(stream.read(HEAD_BYTES))
    suffix = file.suffix
    if suffix not in _FORMATS and suffix not in _PACKED:
        return told
    if suffix in _PACKED or told is None:
        return suffix
    return told if told in _UNMISTAKABLE or told in _TOLD_APART.get(suffix, ()) else suffix
