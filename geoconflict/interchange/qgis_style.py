"""The default style of a layer of events in QGIS (QML): categories by event type, the timeline, names and tips."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from geoconflict.frames import EVENT_COLUMNS
from geoconflict.interchange.qgis_symbols import IS_DENIED, area_symbol, line_symbol, marker_symbol
from geoconflict.interchange.writing import xml_text
from geoconflict.settings import MapSettings
from geoconflict.type_styles import style_table

__all__ = ["layer_metadata", "layer_style"]

_VERSION: Final = "3.22.16"
"""The QGIS that the style is written for; later ones read it too."""
_ROOT: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_COUNTRY: Final = "Only the country is known"
_UNSURE: Final = "To be reviewed"
_SYMBOLS: Final[dict[str, tuple[str, Callable[[str, str, str], ET.Element]]]] = {
    "Point": ("0", marker_symbol),
    "MultiLineString": ("1", line_symbol),
    "MultiPolygon": ("2", area_symbol),
}
"""Kind of geometry -> its number in QGIS, and how its symbols are made."""
_FROM: Final = 'to_datetime(coalesce("starts_on", "ends_on"))'
_UNTIL: Final = 'to_datetime(coalesce("ends_on", "starts_on")) + to_interval(\'1 day\')'
"""With the conversion QGIS reckons these itself; without, it has SQLite compare days as text, and finds the wrong ones."""
_START_AND_END_FROM_EXPRESSIONS: Final = "4"
_ORDER: Final = {
    "Point": ('coalesce("radius_m", 0)', "0"),
    "MultiLineString": ("$length", "0"),
    "MultiPolygon": ("$area", "0"),
}
"""What is large lies below what is small."""
_ONE_LINE: Final = (
    """concat("ends_on", ' ', coalesce("sub_event_type", "event_type"), ', ', "place_name", ' (', "status", ')')"""
)
"""An event in one line: events of one place lie on each other, and QGIS lists them for a choice."""


def layer_style(geometry_type: str, types: Iterable[str], notes: str) -> str:
    """Return the style of a layer of events as QML.

    Parameters
    ----------
    geometry_type
        Point, MultiLineString or MultiPolygon.
    types
        The event types of all layers, so that each has one colour in all of them.
    notes
        What the reader of the layer must know: its credit, and what is not drawn.
    """
    number, symbol_of = _SYMBOLS[geometry_type]
    root = ET.Element("qgis", {"version": _VERSION, "styleCategories": "AllStyleCategories", "labelsEnabled": "1"})
    _timeline(root)
    _renderer(root, symbol_of, types, _ORDER[geometry_type])
    _names(root, geometry_type)
    aliases = ET.SubElement(root, "aliases")
    for at, name in enumerate(EVENT_COLUMNS):
        if name != "geometry":
            ET.SubElement(aliases, "alias", {"index": str(at + 1), "field": name, "name": name.replace("_", " ")})
    ET.SubElement(root, "mapTip").text = _tip()
    ET.SubElement(root, "previewExpression").text = _ONE_LINE
    ET.SubElement(root, "userNotes", {"value": xml_text(notes)})
    ET.SubElement(root, "layerGeometryType").text = number
    return _ROOT + ET.tostring(root, encoding="unicode")


def layer_metadata(title: str, abstract: str, attribution: Sequence[str]) -> str:
    """Return the description of a layer as QGIS reads it from a GeoPackage: title, what it holds, and the credit."""
    root = ET.Element("qgis", {"version": _VERSION})
    for tag, text in (("identifier", ""), ("type", "dataset"), ("title", title), ("abstract", abstract)):
        ET.SubElement(root, tag).text = xml_text(text)
    for line in attribution:
        ET.SubElement(root, "rights").text = xml_text(line)
    return _ROOT + ET.tostring(root, encoding="unicode")


def _timeline(root: ET.Element) -> None:
    """Switch the timeline on: from the first possible day to the end of the last.

    A day ends a day after it begins, which fields alone cannot say: with them, an event of one day would be seen at midnight only.
    """
    temporal = ET.SubElement(
        root,
        "temporal",
        {
            "enabled": "1", "mode": _START_AND_END_FROM_EXPRESSIONS, "startField": "starts_on", "endField": "ends_on",
            "startExpression": _FROM, "endExpression": _UNTIL, "limitMode": "0", "accumulate": "0", "fixedDuration": "0",
            "durationField": "", "durationUnit": "min",
        },
    )  # fmt: skip
    fixed = ET.SubElement(temporal, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")


def _category() -> str:
    """Return the expression of the category: the type, but for what maps do not draw."""
    least = MapSettings().min_score
    return (
        f"CASE WHEN \"place_precision\" = 'country' THEN '{_COUNTRY}' "
        f'WHEN "score" < {least:g} THEN \'{_UNSURE}\' ELSE "event_type" END'
    )


def _renderer(
    root: ET.Element, symbol_of: Callable[[str, str, str], ET.Element], types: Iterable[str], order: tuple[str, str]
) -> None:
    table = style_table(types)
    other: dict[str, Any] = table["other"]
    rows = [(name, name, style, True) for name, style in table["types"].items()]
    rows += [(_COUNTRY, _COUNTRY, other, False), (_UNSURE, _UNSURE, other, False), ("", "Other types", other, True)]
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        {
            "type": "categorizedSymbol",
            "attr": _category(),
            "enableorderby": "1",
            "symbollevels": "0",
            "forceraster": "0",
        },
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for at, (value, label, style, is_drawn) in enumerate(rows):
        ET.SubElement(
            categories,
            "category",
            {
                "value": xml_text(value), "label": xml_text(label), "symbol": str(at), "type": "string",
                "render": "true" if is_drawn else "false",
            },
        )  # fmt: skip
        symbols.append(symbol_of(str(at), style["colour"], style["shape"]))
    by = ET.SubElement(renderer, "orderby")
    for expression, ascending in ((IS_DENIED, "0"), order, ('"ends_on"', "1"), ('"event_id"', "1")):
        ET.SubElement(by, "orderByClause", {"asc": ascending, "nullsFirst": "1"}).text = expression


def _names(root: ET.Element, geometry_type: str) -> None:
    """Name the places, as far as there is room."""
    labeling = ET.SubElement(root, "labeling", {"type": "simple"})
    settings = ET.SubElement(labeling, "settings", {"calloutType": "simple"})
    style = ET.SubElement(
        settings,
        "text-style",
        {
            "fieldName": '"place_name"', "isExpression": "1", "fontFamily": "Open Sans", "fontSize": "8", "fontWeight": "57",
            "fontSizeUnit": "Point", "textColor": "43,50,60,255", "textOpacity": "1", "namedStyle": "Regular",
        },
    )  # fmt: skip
    ET.SubElement(
        style,
        "text-buffer",
        {"bufferDraw": "1", "bufferSize": "0.9", "bufferSizeUnits": "MM", "bufferColor": "255,255,255,235"},
    )
    # Names of one place stand at one position, so that QGIS, which lets no two overlap, shows one of them.
    offset = {
        "Point": {"placement": "1", "quadOffset": "5", "xOffset": "2.6", "yOffset": "0"},
        "MultiLineString": {"placement": "2", "placementFlags": "10", "dist": "3.8", "distUnits": "MM"},
        "MultiPolygon": {"placement": "1", "quadOffset": "7", "xOffset": "0", "yOffset": "3.8"},
    }[geometry_type]
    ET.SubElement(settings, "placement", {**offset, "offsetUnits": "MM", "priority": "5", "centroidInside": "1"})
    # Placing names takes far longer than drawing events, so there is a bound to it.
    bounds = {
        "scaleVisibility": "1",
        "scaleMin": "0",
        "scaleMax": "4000000",
        "limitNumLabels": "1",
        "maxNumLabels": "2000",
    }
    ET.SubElement(settings, "rendering", {"obstacle": "1", "displayAll": "0", "mergeLines": "0", **bounds})


def _tip() -> str:
    """Return what QGIS shows over an event; the texts of reports are escaped, for the tip is HTML."""

    def told(expression: str) -> str:
        return f"[% replace(replace(replace({expression}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;') %]"

    days = """concat("starts_on", if("starts_on" = "ends_on", '', concat(' – ', "ends_on")))"""
    place = """concat("place_name", if("place_precision" = '', '', concat(' (', "place_precision", ')')))"""
    quote = """coalesce(from_json("sources")[0]['quote'], '')"""
    status = told('"status"')
    kind = told('coalesce("sub_event_type", "event_type")')
    return f"<b>{kind}</b> ({status})<br>{told(days)}<br>{told(place)}<br><i>{told(quote)}</i>"
