"""Symbols of QGIS as XML: how an event of a type is drawn as a spot, along a line and on an area.

The drawing is that of the maps: colour and shape say the type; a full symbol happened, a hollow one is claimed, a dotted one is
planned or supposed, a grey crossed one is denied. An area is hatched, a point that stands for
more has a dashed ring, and the symbol of what is no spot stands in a frame.

QGIS draws legends without asking any event, so what only some events show is of no size, or clear, until an expression says
otherwise.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Final

from geoconflict.geo import METRES_A_DEGREE
from geoconflict.interchange.grounds import HAPPENED, SPOTS

__all__ = ["IS_DENIED", "Layer", "area_symbol", "line_symbol", "marker_symbol", "option_map"]

_SHAPES: Final = {
    "disc": ("circle", 3.0),
    "square": ("square", 2.7),
    "diamond": ("diamond", 3.9),
    "triangle": ("equilateral_triangle", 3.9),
    "pentagon": ("pentagon", 3.3),
    "hexagon": ("hexagon", 3.2),
    "burst": ("star", 4.4),
    "cross": ("cross_fill", 3.6),
}
"""Shape of the maps -> marker of QGIS, and its size in millimetres, so that all look equally large."""
_HALO: Final = "255,255,255,255"
_CLEAR: Final = "255,255,255,0"
_RING: Final = "75,86,102,255"
_RING_FILL: Final = "75,86,102,16"
_DENIED: Final = "125,133,144,255"
_FRAME_MM: Final = 6.4
_FRAME_FILL: Final = "255,255,255,225"


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_IS_FULL: Final = f'"status" IN ({_listed(HAPPENED)})'
_IS_NEAR: Final = "\"place_precision\" = 'near'"
_IS_SPOT: Final = f'"place_precision" IN ({_listed((*SPOTS, "near"))})'
_IS_SUPPOSED: Final = "\"status\" IN ('scheduled', 'hypothetical')"
IS_DENIED: Final = "\"status\" = 'denied'"
_RING_AROUND: Final = (
    f"with_variable('dx', \"radius_m\" / ({METRES_A_DEGREE:.1f} * max(cos(radians($y)), 0.01)), "
    f"with_variable('ring', make_ellipse($geometry, \"radius_m\" / {METRES_A_DEGREE:.1f}, @dx, 0, 72), "
    "if(abs($x) + @dx <= 180, @ring, with_variable('world', "
    "geom_from_wkt('POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))'), collect_geometries("
    "intersection(@ring, @world), intersection(translate(@ring, if($x > 0, -360, 360), 0), @world))))))"
)
"""The ring of ``radius_m`` metres about a point in degrees, cut at the date line, as an expression."""

Layer = tuple[str, Mapping[str, str], Mapping[str, str], "ET.Element | None"]
"""Of a symbol: class, properties, properties that an expression gives, and a symbol within."""


def option_map(parent: ET.Element, options: Mapping[str, str | Mapping[str, str]], name: str = "") -> ET.Element:
    """Add a map of options as QGIS writes it: text, or maps of text."""
    made = ET.SubElement(parent, "Option", {"type": "Map", **({"name": name} if name else {})})
    for key, value in options.items():
        if isinstance(value, str):
            ET.SubElement(made, "Option", {"name": key, "type": "QString", "value": value})
        else:
            option_map(made, value, key)
    return made


def _symbol(kind: str, name: str, layers: Sequence[Layer]) -> ET.Element:
    symbol = ET.Element("symbol", {"type": kind, "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"})
    for class_name, properties, given, within in layers:
        layer = ET.SubElement(symbol, "layer", {"class": class_name, "enabled": "1", "pass": "0", "locked": "0"})
        option_map(layer, properties)
        if given:
            _expressions(ET.SubElement(layer, "data_defined_properties"), given)
        if within is not None:
            layer.append(within)
    return symbol


def _expressions(parent: ET.Element, given: Mapping[str, str]) -> None:
    whole = ET.SubElement(parent, "Option", {"type": "Map"})
    ET.SubElement(whole, "Option", {"name": "name", "type": "QString", "value": ""})
    each = ET.SubElement(whole, "Option", {"name": "properties", "type": "Map"})
    for name, expression in given.items():
        one = ET.SubElement(each, "Option", {"name": name, "type": "Map"})
        ET.SubElement(one, "Option", {"name": "active", "type": "bool", "value": "true"})
        ET.SubElement(one, "Option", {"name": "expression", "type": "QString", "value": expression})
        ET.SubElement(one, "Option", {"name": "type", "type": "int", "value": "3"})
    ET.SubElement(whole, "Option", {"name": "type", "type": "QString", "value": "collection"})


def _rgba(colour: str, alpha: int = 255) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"


def _marker(shape: str, size_mm: float, fill: str, edge: str, width_mm: float, style: str = "solid") -> dict[str, str]:
    return {
        "name": shape,
        "size": f"{size_mm:g}",
        "size_unit": "MM",
        "color": fill,
        "outline_color": edge,
        "outline_width": f"{width_mm:g}",
        "outline_width_unit": "MM",
        "outline_style": style,
        "joinstyle": "round",
        "cap_style": "round",
        "angle": "0",
    }


def _sign(colour: str, shape: str) -> list[Layer]:
    """Return the layers of the sign of a type, as its status wants it."""
    name, size = _SHAPES[shape]
    full = _rgba(colour)
    edge = f"if({IS_DENIED}, '{_DENIED}', '{full}')"
    return [
        ("SimpleMarker", _marker(name, size, _HALO, _HALO, 1.1), {}, None),
        (
            "SimpleMarker",
            _marker(name, size, full, full, 0.55),
            {
                "fillColor": f"if(coalesce({_IS_FULL}, true), '{full}', '{_HALO}')",
                "outlineColor": edge,
                "outlineStyle": f"if({_IS_SUPPOSED}, 'dot', 'solid')",
            },
            None,
        ),
        (
            "SimpleMarker",
            _marker("cross2", 0, _DENIED, _DENIED, 0.5),
            {"size": f"if({IS_DENIED}, {size * 0.95:g}, 0)", "outlineStyle": f"if({IS_DENIED}, 'solid', 'no')"},
            None,
        ),
        (
            "FontMarker",
            {
                "chr": "?", "size": "3.2", "size_unit": "MM", "offset": "2.6,-1.7", "offset_unit": "MM", "color": _CLEAR, "font": "sans-serif",
                "font_style": "Bold", "outline_width": "0", "horizontal_anchor_point": "1", "vertical_anchor_point": "1",
            },
            {"fillColor": f"if(\"status\" = 'hypothetical', '{full}', '{_CLEAR}')"},
            None,
        ),
    ]  # fmt: skip


def _frame(when: str = "") -> Layer:
    """Return the frame around the sign of what is no spot, always or where `when` holds."""
    if not when:
        return ("SimpleMarker", _marker("square", _FRAME_MM, _FRAME_FILL, _RING, 0.25, "dash"), {}, None)
    given = {"size": f"if({when}, {_FRAME_MM:g}, 0)", "outlineStyle": f"if({when}, 'dash', 'no')"}
    return ("SimpleMarker", _marker("square", 0, _FRAME_FILL, _RING, 0.25, "no"), given, None)


def _ground(colour: str, name: str) -> ET.Element:
    """Return hatched ground with a dashed edge."""
    stripe = _symbol(
        "line",
        f"@{name}@1",
        [("SimpleLine", {"line_color": _rgba(colour, 120), "line_width": "0.22", "line_width_unit": "MM"}, {}, None)],
    )
    edge = {
        "style": "solid", "color": _rgba(colour, 10), "outline_color": _rgba(colour, 200), "outline_style": "dash",
        "outline_width": "0.4", "outline_width_unit": "MM", "joinstyle": "round",
    }  # fmt: skip
    hatch = {"angle": "45", "distance": "1.7", "distance_unit": "MM", "line_width": "0.22"}
    return _symbol("fill", name, [("SimpleFill", edge, {}, None), ("LinePatternFill", hatch, {}, stripe)])


def _ring(name: str, fill: str, edge: str) -> ET.Element:
    """Return a dashed ring."""
    options = {
        "style": "solid", "color": fill, "outline_color": edge, "outline_style": "dash",
        "outline_width": "0.35", "outline_width_unit": "MM",
    }  # fmt: skip
    return _symbol("fill", name, [("SimpleFill", options, {}, None)])


def _around(within: ET.Element, when: str) -> Layer:
    """Return a layer that draws `within` on the ring around a point, where `when` holds."""
    within.set("alpha", "0")
    given = ET.Element("data_defined_properties")
    _expressions(given, {"alpha": f"if({when}, 100, 0)"})
    within.insert(0, given)
    options = {"SymbolType": "Fill", "geometryModifier": f"if({when}, {_RING_AROUND}, NULL)", "units": "MapUnit"}
    return ("GeometryGenerator", options, {}, within)


def marker_symbol(name: str, colour: str, shape: str) -> ET.Element:
    """Return how an event at a point is drawn: a spot; near it, or somewhere about it, with a ring."""
    layers = [
        _around(_ring(f"@{name}@0", _rgba(colour, 20), _rgba(colour, 220)), f"NOT ({_IS_SPOT}) AND NOT ({IS_DENIED})"),
        _around(_ring(f"@{name}@1", _RING_FILL, _RING), f"{_IS_NEAR} OR (NOT ({_IS_SPOT}) AND {IS_DENIED})"),
        _frame(f"NOT ({_IS_SPOT})"),
        *_sign(colour, shape),
    ]
    return _symbol("marker", name, layers)


def line_symbol(name: str, colour: str, shape: str) -> ET.Element:
    """Return how an event somewhere along a line is drawn: the line, dashed where it only is claimed, and the framed sign."""
    common = {"line_width_unit": "MM", "joinstyle": "round", "capstyle": "flat"}
    sign = _symbol("marker", f"@{name}@2", [_frame(), *_sign(colour, shape)])
    layers: list[Layer] = [
        ("SimpleLine", {**common, "line_color": "255,255,255,220", "line_width": "1.7"}, {}, None),
        (
            "SimpleLine",
            {**common, "line_color": _rgba(colour), "line_width": "0.85"},
            {"outlineStyle": f"if(coalesce({_IS_FULL}, true), 'solid', 'dash')"},
            None,
        ),
        ("MarkerLine", {"placement": "centralpoint", "placements": "CentralPoint", "rotate": "0"}, {}, sign),
    ]
    return _symbol("line", name, layers)


def area_symbol(name: str, colour: str, shape: str) -> ET.Element:
    """Return how an event somewhere in an area is drawn: the ground hatched, and the framed sign inside."""
    ground = _ground(colour, name)
    sign = _symbol("marker", f"@{name}@2", [_frame(), *_sign(colour, shape)])
    options = {"point_on_surface": "1", "point_on_all_parts": "0", "clip_points": "0"}
    layer = ET.SubElement(ground, "layer", {"class": "CentroidFill", "enabled": "1", "pass": "0", "locked": "0"})
    option_map(layer, options)
    layer.append(sign)
    return ground
