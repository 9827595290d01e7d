"""The side-car of a fetched file: where its bytes come from, when, and which file came before it.

``NAME.fetched``, in JSON, stands beside ``NAME``; its suffix is that of no report. The file holds the bytes as the server sent them; whatever reads it finds
here what a page does not say of itself. Strings in it are of others: judge them as you judge the page.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["SIDE_CAR_SUFFIX", "Listed", "Redirect", "Retrieval", "retrieval_of", "side_car_of"]

SIDE_CAR_SUFFIX = ".fetched"
_FORMAT = 1
_LARGEST_BYTES = 64_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One step from the address that was asked to the one that answered."""

    status: int
    url: str
    """The address that answered with the redirect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the feed or list that led to a page says of it."""

    by: str
    """The address or file of the feed or list."""
    title: str = ""
    published: str = ""
    """When it was published or seen, ISO 8601; empty when it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """What is known of one fetched file."""

    url: str
    """The address that was asked, without a fragment."""
    final_url: str
    """The address that answered, after `redirects`."""
    retrieved_at: dt.datetime
    """Aware, in UTC."""
    status: int
    content_type: str
    """As the server gives it, with its charset."""
    sha256: str
    n_bytes: int
    etag: str = ""
    last_modified: str = ""
    redirects: tuple[Redirect, ...] = ()
    listed: Listed | None = None
    is_private: bool = False
    """Whether an address of an intranet answered, which the user allowed."""
    version: int = 1
    """1 is the first that was fetched of this address."""
    replaces: str = ""
    """The name of the file, in the same folder, that held the version before."""
    replaced_by: str = ""
    """The name of the file that holds the version after; empty is the newest."""
    withdrawn_at: dt.datetime | None = None
    """When the server first said that the page is gone; None while it stands, and when it came back."""
    withdrawn_status: int | None = None
    """404 or 410."""
    returned_at: dt.datetime | None = None
    """When a withdrawn page was there again, unchanged."""

    @property
    def is_current(self) -> bool:
        """Whether this is the newest version and the page still stands at its source."""
        return not self.replaced_by and self.withdrawn_at is None

    def to_json(self) -> str:
        """Return the side-car's text: the same record, the same bytes."""
        values = {"format": _FORMAT, **dataclasses.asdict(self)}
        return json.dumps(values, ensure_ascii=False, indent=1, default=_instant) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Retrieval:
        """Return the record of a side-car.

        Raises
        ------
        ValueError
            If the text is none, or of a format that this version does not read.
        """
        try:
            values: dict[str, Any] = json.loads(text)
            if values.pop("format") != _FORMAT:
                msg = "a side-car of another format"
                raise ValueError(msg)
            values["redirects"] = tuple(Redirect(**one) for one in values["redirects"])
            values["listed"] = Listed(**values["listed"]) if values["listed"] else None
            values["retrieved_at"] = dt.datetime.fromisoformat(values["retrieved_at"])
            for name in ("withdrawn_at", "returned_at"):
                values[name] = dt.datetime.fromisoformat(values[name]) if values[name] else None
            return cls(**values)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            msg = "no side-car of a fetched file"
            raise ValueError(msg) from error


def side_car_of(file: Path) -> Path:
    """Return the path of the side-car that goes with a fetched file."""
    return file.with_name(file.name + SIDE_CAR_SUFFIX)


def retrieval_of(file: Path) -> Retrieval | None:
    """Return what the side-car of `file` says; None where there is none that can be read."""
    try:
        with side_car_of(file).open("rb") as stream:
            data = stream.read(_LARGEST_BYTES + 1)
        return Retrieval.from_json(data) if len(data) <= _LARGEST_BYTES else None
    except (OSError, ValueError):
        return None


def _instant(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
