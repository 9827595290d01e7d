"""Events as KML 2.2 for Google Earth and others: a folder for each type, a time for each event, points for spots alone.

KML shows descriptions as HTML. What reports say is escaped twice, as HTML and as XML, so that it stays text in both.
"""

from __future__ import annotations

import html
import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.frame_checks import credit_lines
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.interchange.grounds import HAPPENED, days_in_words, drawn_shape, place_in_words, span_of
from geoconflict.interchange.writing import json_ready, with_iso_days, write_events, xml_text
from geoconflict.type_styles import style_table
from geoconflict.visible import is_linkable, visible

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_kml"]

_NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_KINDS: Final = {"Int64": "int", "int64": "int", "float64": "double"}
"""Our dtypes -> those of KML; all others are strings."""


def to_kml(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> int:
    """Write events as KML 2.2, and return the number of placemarks.

    Each event is a placemark with its days as a ``TimeSpan``, a description (what, when, where, who, and each source with its
    quote), and all columns as ``ExtendedData``. Spots are points; lines and areas are drawn as they are; a point that stands
    for more is the ring around it; a country is not drawn, nor is what has no place. The parameters are those of
    :func:`geoconflict.export_events`.

    Raises
    ------
    InputError
        If the folder does not exist, or a frame has wrong columns or another CRS.
    """
    return write_events(events, unlocated, out, lambda frame, path: _write(frame, path, credit_lines(attribution)))


def _write(frame: gpd.GeoDataFrame, path: Path, attribution: Sequence[str]) -> None:
    """Write the document placemark by placemark: as one tree, fifty thousand events would fill a gigabyte."""
    kinds = sorted(frame["event_type"].unique())
    head = ET.Element("Document")
    _text(head, "name", "Conflict events")
    _text(head, "open", "1")
    _text(head, "description", "<br>".join(map(_html, attribution)))
    styles = style_table(kinds)
    for at, kind in enumerate(kinds):
        colour = styles["types"].get(kind, styles["other"])["colour"]
        _style(head, f"t{at}", colour, is_full=True)
        _style(head, f"t{at}-hollow", colour, is_full=False)
    _schema(head)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}">\n<Document>\n')
        file.writelines(_line(element) for element in head)
        for at, kind in enumerate(kinds):
            name = ET.Element("name")
            name.text = xml_text(kind or "No type")
            file.write("<Folder>\n" + _line(name))
            file.writelines(map(_line, _placemarks(frame[frame["event_type"] == kind], f"t{at}")))
            file.write("</Folder>\n")
        file.write("</Document>\n</kml>\n")


def _line(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode") + "\n"


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, tag)
    made.text = xml_text(text)
    return made


def _style(document: ET.Element, name: str, colour: str, *, is_full: bool) -> None:
    """Add the style of a type; what only is claimed or planned is smaller, and its ground is not filled."""
    bgr = colour[5:7] + colour[3:5] + colour[1:3]  # KML turns colours round
    style = ET.SubElement(document, "Style", {"id": name})
    icon = ET.SubElement(style, "IconStyle")
    _text(icon, "color", ("ff" if is_full else "a0") + bgr)
    _text(icon, "scale", "1" if is_full else "0.75")
    _text(ET.SubElement(style, "LabelStyle"), "scale", "0.8")
    line = ET.SubElement(style, "LineStyle")
    _text(line, "color", "e0" + bgr)
    _text(line, "width", "3" if is_full else "1.5")
    area = ET.SubElement(style, "PolyStyle")
    _text(area, "color", "40" + bgr)
    _text(area, "fill", "1" if is_full else "0")
    _text(ET.SubElement(style, "BalloonStyle"), "text", "$[description]")


def _schema(document: ET.Element) -> None:
    schema = ET.SubElement(document, "Schema", {"name": "event", "id": "event"})
    for name, (dtype, meaning) in EVENT_COLUMNS.items():
        if name != "geometry":
            field = ET.SubElement(schema, "SimpleField", {"type": _KINDS.get(dtype, "string"), "name": name})
            _text(field, "displayName", meaning)


def _placemarks(part: gpd.GeoDataFrame, style: str) -> Iterator[ET.Element]:
    """Yield the events of a type, by first day and id, those without a day last."""
    first, last = (days.dt.strftime("%Y-%m-%d") for days in span_of(part))
    ordered = part.assign(shown_from=first, shown_until=last).sort_values(["shown_from", "event_id"], kind="stable")
    for row, told in zip(ordered.itertuples(), with_iso_days(ordered).itertuples(), strict=True):
        yield _placemark(row, told, style)


def _placemark(row: Any, told: Any, style: str) -> ET.Element:
    made = ET.Element("Placemark")
    what = row.sub_event_type or row.event_type or "Event"
    name = f"{what}, {row.place_name}" if row.place_name else what
    _text(made, "name", name)
    _text(made, "description", f"<b>{_html(name)}</b><br>{_description(row)}")
    if isinstance(row.shown_from, str):
        span = ET.SubElement(made, "TimeSpan")
        _text(span, "begin", row.shown_from)
        _text(span, "end", row.shown_until)
    _text(made, "styleUrl", f"#{style}" if row.status in HAPPENED else f"#{style}-hollow")
    data = ET.SubElement(ET.SubElement(made, "ExtendedData"), "SchemaData", {"schemaUrl": "#event"})
    for name in EVENT_COLUMNS:
        value = None if name == "geometry" else json_ready(getattr(told, name, None))
        if value is not None and value != "":
            ET.SubElement(data, "SimpleData", {"name": name}).text = xml_text(str(value))
    shape = drawn_shape(row.geometry, row.place_precision, row.radius_m)
    if shape is not None:
        made.append(_geometry(shape))
    return made


def _html(text: str) -> str:
    """Return text as HTML in which viewers find no entity of theirs, such as ``$[name]``, to put something in."""
    return html.escape(text).replace("$", "&#36;")


def _description(row: Any) -> str:
    """Return what a balloon says of an event, as HTML in which all that is foreign is escaped."""
    lines = [("How it is told", row.status), ("When", days_in_words(row)), ("Where", place_in_words(row))]
    lines += [("Who", row.actors), ("Who says so", row.claimed_by), ("Sources differ", row.disagreements)]
    for name in ("killed", "wounded", "captured", "displaced"):
        low, best, high = (json_ready(getattr(row, f"{name}_{bound}", None)) for bound in ("low", "best", "high"))
        figures = [str(figure) for figure in dict.fromkeys((low, best, high)) if figure is not None]
        lines.append((name.capitalize(), " to ".join([figures[0], figures[-1]] if len(figures) > 1 else figures)))
    told = [f"<b>{label}:</b> {_html(text)}" for label, text in lines if text]
    for source in json.loads(row.sources):
        by = ", ".join(str(source[key]) for key in ("source", "title", "published_on") if source.get(key))
        # Viewers link an address by themselves: what one hides is shown, and one that hides where it leads is told of.
        if address := str(source.get("url") or ""):
            by += ", " * bool(by) + visible(address) + (" (do not follow)" if not is_linkable(address) else "")
        told.append(f"<p>“{_html(str(source.get('quote') or ''))}”<br>{_html(by)}</p>")
    return "<br>".join(told).replace("\n", "<br>")


def _geometry(shape: Any) -> ET.Element:
    if hasattr(shape, "geoms"):
        whole = ET.Element("MultiGeometry")
        whole.extend(_geometry(part) for part in shape.geoms)
        return whole
    made = ET.Element({"LinearRing": "LineString"}.get(shape.geom_type, shape.geom_type))
    if shape.geom_type == "Polygon":
        for tag, line in (
            ("outerBoundaryIs", shape.exterior),
            *(("innerBoundaryIs", hole) for hole in shape.interiors),
        ):
            _coordinates(ET.SubElement(ET.SubElement(made, tag), "LinearRing"), line)
    else:
        if shape.geom_type != "Point":
            _text(made, "tessellate", "1")  # along the ground
        _coordinates(made, shape)
    return made


def _coordinates(parent: ET.Element, line: Any) -> None:
    _text(parent, "coordinates", " ".join(f"{round(x, 6):.10g},{round(y, 6):.10g}" for x, y, *_ in line.coords))
