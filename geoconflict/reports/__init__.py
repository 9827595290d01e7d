"""Input formats: files and folders to :class:`~geoconflict.models.Report` records."""

from geoconflict.reports.reader import FileMemory as FileMemory
from geoconflict.reports.reader import ReportReader as ReportReader
from geoconflict.reports.reader import Skipped as Skipped
from geoconflict.reports.reader import known_suffixes as known_suffixes
from geoconflict.reports.reader import list_files as list_files
from geoconflict.reports.reader import read_documents as read_documents
from geoconflict.reports.reader import read_reports as read_reports
from geoconflict.reports.reader import report_from_text as report_from_text

__all__ = [
    "FileMemory",
    "ReportReader",
    "Skipped",
    "known_suffixes",
    "read_documents",
    "read_reports",
    "report_from_text",
]
