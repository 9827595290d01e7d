"""Records and days as the columns of the store hold them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container
from pathlib import Path
from typing import Any, TypeVar

from geoconflict.errors import StoreError
from geoconflict.models import EventMention, Reading, Resolution
from geoconflict.record import Record

__all__ = ["day_text", "decoded", "decoded_list", "decoded_mentions", "decoded_resolutions", "json_text"]

R = TypeVar("R", bound=Record)

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def day_text(day: dt.date | None) -> str | None:
    """Return a day as ISO 8601 text, which sorts by day."""
    return None if day is None else day.isoformat()


def json_text(value: Any) -> str:
    """Return a value as JSON without blanks; equal values give equal text."""
    return _ENCODER.encode(value)


def decoded(kind: type[R], text: str, path: Path) -> R:
    """Return the record that `text` of the store at `path` holds.

    Raises
    ------
    StoreError
        If it holds none of this kind.
    """
    try:
        return kind.from_dict(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(kind, path, error) from error


def decoded_list(kind: type[R], text: str, path: Path) -> tuple[R, ...]:
    """Return the records that `text` of the store at `path` lists.

    Raises
    ------
    StoreError
        If it is no list of records of this kind.
    """
    try:
        return tuple(kind.from_dict(item) for item in json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(kind, path, error) from error


def decoded_mentions(text: str, path: Path) -> Reading:
    """Return the reading that `text` holds with its mentions alone: the rest takes longer to decode.

    Raises
    ------
    StoreError
        If it holds no reading.
    """
    try:
        told = json.loads(text)
        return Reading(
            report_id=told["report_id"], mentions=tuple(EventMention.from_dict(one) for one in told["mentions"])
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(Reading, path, error) from error


def decoded_resolutions(text: str, spans: Container[tuple[int, int]], path: Path) -> tuple[Resolution, ...]:
    """Return those of the resolutions that `text` lists whose toponyms stand at some spans of a report.

    Raises
    ------
    StoreError
        If it is no list of resolutions.
    """
    try:
        told = [one for one in json.loads(text) if (one["toponym"]["start"], one["toponym"]["end"]) in spans]
        return tuple(map(Resolution.from_dict, told))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(Resolution, path, error) from error


def _damaged(kind: type[Record], path: Path, error: Exception) -> StoreError:
    return StoreError(f"{path}: a stored {kind.__name__} cannot be read ({error}); restore a copy or ingest anew")
