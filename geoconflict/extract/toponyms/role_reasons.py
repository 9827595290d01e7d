"""Why a name has its role: words for readers, and what other rules ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Reason", "StandsBefore"]


@dataclass(frozen=True, slots=True)
class StandsBefore:
    """Words right before a name say it."""

    words: str

    def __str__(self) -> str:
        return f'"{self.words}" stands before it'


Reason: TypeAlias = str | StandsBefore
"""Readers are told it as text."""
