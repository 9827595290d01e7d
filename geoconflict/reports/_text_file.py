"""One report a file: plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from geoconflict.models import Report
from geoconflict.reports._article import article_header
from geoconflict.reports._dateline import day_in_first_lines
from geoconflict.reports._encoding import decode, normalise
from geoconflict.reports._files import InputFile
from geoconflict.reports._front_matter import front_matter
from geoconflict.reports._markdown import without_marks
from geoconflict.reports._publication import date_in_name
from geoconflict.reports._record import COLUMNS, Admission, make_report
from geoconflict.reports._rejection import SIZE_REPAIR, UNDATED, Rejection

__all__ = ["read_markdown_file", "read_text_file", "report_of_text"]

_HEADING = re.compile(r"#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|$)")


def read_text_file(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield the report in a text file.

    Its date stands in front matter, or in the article form's first words, or in the file's name, or in a dateline or a line of its
    own near the top; the first of these that there is holds. The text is the whole file; ``body_start`` says where the report begins.
    """
    yield _report_of_file(file, admission, decode(file.read(admission.max_bytes, repair=SIZE_REPAIR)))


def read_markdown_file(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield the report in a Markdown file, as of a text file; its text lacks the marks of links and of stress."""
    text = normalise(decode(file.read(admission.max_bytes, repair=SIZE_REPAIR)))
    matter = front_matter(text)
    body_start = matter.body_start if matter else 0
    yield _report_of_file(file, admission, text[:body_start] + without_marks(text[body_start:]))


def _report_of_file(file: InputFile, admission: Admission, text: str) -> Report:
    try:
        return report_of_text(text, admission, origin=file.origin, file_stem=file.stem)
    except Rejection as rejection:
        if rejection.what == UNDATED:
            rejection.repair = "begin the file's name with the day (2020-10-23-martuni.md), or the text with front matter that has 'date: 2020-10-23'"
        raise


def report_of_text(
    text: str, admission: Admission, *, origin: str, file_stem: str | None = None, given: Mapping[str, object] = {}
) -> Report:
    """Return the report that a whole text is, with front matter, a heading or a date line if it has them.

    `given` holds fields of ours that are known besides; those that the text states itself hold before them.

    Raises
    ------
    Rejection
        As :func:`~geoconflict.reports._record.make_report`.
    """
    text = normalise(text)
    matter = front_matter(text)
    fields: dict[str, object] = dict(given)
    if matter:
        fields |= admission.pick(matter.fields, COLUMNS)
    fields["text"] = text
    body_start = matter.body_start if matter else 0
    is_dated = fields.get("published") or article_header(text, body_start) or (file_stem and date_in_name(file_stem))
    if not is_dated and (day := day_in_first_lines(text[body_start:])) is not None:
        fields["published"] = day.isoformat()
    if "title" not in fields and (heading := _HEADING.match(text, body_start)):
        fields["title"] = heading["title"]
    return make_report(fields, admission, origin=origin, body_start=body_start, file_stem=file_stem)
