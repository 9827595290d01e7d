"""What all writers of events share: one frame of all events, checked and written whole, and the credit beside it."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from geoconflict.atomic import replacing
from geoconflict.frame_checks import check_frames

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "EventWriter",
    "json_ready",
    "replacing_with_credit",
    "with_iso_days",
    "with_unlocated",
    "write_credit",
    "write_events",
    "xml_text",
]


class EventWriter(Protocol):
    """How every writer of events is called; it returns the number of rows written."""

    def __call__(
        self,
        events: gpd.GeoDataFrame,
        unlocated: pd.DataFrame,
        out: str | os.PathLike[str],
        *,
        attribution: str | Sequence[str],
    ) -> int:
        """Write located and unlocated events, with the credit that goes with them."""


def write_events(
    events: gpd.GeoDataFrame,
    unlocated: pd.DataFrame,
    out: str | os.PathLike[str],
    write: Callable[[gpd.GeoDataFrame, Path], None],
    *,
    credit: Sequence[str] | None = None,
) -> int:
    """Check the frames, let `write` put all events into a file beside `out`, and rename it; return the number of rows.

    With `credit`, that is written beside the file: :func:`replacing_with_credit`.

    Raises
    ------
    InputError
        If the folder does not exist, or a frame has wrong columns or another CRS.
    """
    check_frames(events, unlocated)
    frame = with_unlocated(events, unlocated)
    with replacing(Path(out)) if credit is None else replacing_with_credit(Path(out), credit) as temporary:
        write(frame, temporary)
    return len(frame)


def with_unlocated(events: gpd.GeoDataFrame, unlocated: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return all events in one frame, those without a place with a null geometry."""
    import geopandas as gpd
    import pandas as pd

    if unlocated.empty:
        return events
    rest = gpd.GeoDataFrame(unlocated.copy(), geometry=[None] * len(unlocated), crs=events.crs)
    if events.empty:
        return rest
    return pd.concat([events, rest], ignore_index=True)


def with_iso_days(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give dates as ISO text, None where unknown: a day must not become an instant in a time zone."""
    plain = frame.copy()
    for name in ("starts_on", "ends_on"):
        plain[name] = plain[name].dt.strftime("%Y-%m-%d").astype("object").where(plain[name].notna(), None)
    return plain


def json_ready(value: Any) -> Any:
    """Return a value of a frame as JSON knows it: numbers of Python, None for what is missing."""
    if isinstance(value, Mapping):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if type(value).__name__ in ("NAType", "NaTType") or value != value:  # noqa: PLR0124  # NaN differs from itself
        return None
    return value


_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Return `text` as XML 1.0 can hold it: a character that it forbids stands there as its escape, ``\x1b``.

    Escaping of ``<``, ``>`` and ``&`` is left to who writes the document.
    """
    return _NOT_XML.sub(
        lambda match: f"\\x{ord(match[0]):02x}" if match[0] < "\x80" else f"\\u{ord(match[0]):04x}", text
    )


@contextlib.contextmanager
def replacing_with_credit(target: Path, attribution: Sequence[str]) -> Iterator[Path]:
    """Replace a file as :func:`geoconflict.atomic.replacing` does, with its credit beside it: both, or neither where one fails."""
    with replacing(target) as temporary, _credit_written(target, attribution):
        yield temporary


def write_credit(target: Path, attribution: Sequence[str]) -> None:
    """Write the credit for a file that has no room for it into ``NAME-metadata.json`` beside it (CSV on the Web)."""
    with _credit_written(target, attribution):
        pass


@contextlib.contextmanager
def _credit_written(target: Path, attribution: Sequence[str]) -> Iterator[None]:
    """Write the credit to the disk, and put it in its place once the block has ended well."""
    metadata = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": target.name,
        "dc:rights": list(attribution),
        "dc:description": "By geoconflict. Coordinates are EPSG:4326; lon and lat are of a representative point.",
    }
    with replacing(target.with_name(f"{target.name}-metadata.json")) as temporary:
        temporary.write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        yield
