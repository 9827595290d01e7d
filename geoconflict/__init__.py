"""geoconflict: dated news reports in, maps of a conflict out."""

from geoconflict._version import __version__

__all__ = ["__version__"]
