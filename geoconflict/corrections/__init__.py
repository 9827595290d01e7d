"""What reviewers decided on events: an append-only file, and what it makes of the tellings that it refers to."""

from geoconflict.corrections.entry import Correction, Deed, TellingRef, correction
from geoconflict.corrections.file import Corrections, append_corrections, corrections_of, load_corrections
from geoconflict.corrections.ruling import Rulings, rule
from geoconflict.corrections.standing import by_reviewer, reviewer_key, standing

__all__ = [
    "Correction",
    "Corrections",
    "Deed",
    "Rulings",
    "TellingRef",
    "append_corrections",
    "by_reviewer",
    "correction",
    "corrections_of",
    "load_corrections",
    "reviewer_key",
    "rule",
    "standing",
]
