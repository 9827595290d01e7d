"""Input formats: files, folders and standard input to :class:`~geoconflict.models.Report` records."""

from geoconflict.reports._files import NO_REPORT as NO_REPORT
from geoconflict.reports._files import UNTOLD as UNTOLD
from geoconflict.reports._formats import known_suffixes as known_suffixes
from geoconflict.reports._links import ArticleLink as ArticleLink
from geoconflict.reports._walking import FileMemory as FileMemory
from geoconflict.reports._walking import given_paths as given_paths
from geoconflict.reports.reader import ReportReader as ReportReader
from geoconflict.reports.reader import Skipped as Skipped
from geoconflict.reports.reader import list_files as list_files
from geoconflict.reports.reader import read_documents as read_documents
from geoconflict.reports.reader import read_links as read_links
from geoconflict.reports.reader import read_reports as read_reports
from geoconflict.reports.reader import report_from_text as report_from_text

__all__ = [
    "NO_REPORT",
    "UNTOLD",
    "ArticleLink",
    "FileMemory",
    "ReportReader",
    "Skipped",
    "given_paths",
    "known_suffixes",
    "list_files",
    "read_documents",
    "read_links",
    "read_reports",
    "report_from_text",
]
