"""What each place name does in its sentence, by grammar and lexicon."""

from __future__ import annotations

from geoconflict.extract.language import Document
from geoconflict.models import Toponym

__all__ = ["assign_roles"]


def assign_roles(document: Document, toponyms: tuple[Toponym, ...]) -> tuple[Toponym, ...]:
    return toponyms
