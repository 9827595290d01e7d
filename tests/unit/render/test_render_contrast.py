"""Colours that all can read: contrast by WCAG 2.2 AA in both themes, and types told apart by the colour-blind."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from geoconflict.render import page

THEMES = ("light", "dark")
STYLE = page.style_table()
TYPES = STYLE["types"] | {"other": STYLE["other"]}

# What is written in a colour, on what.
TEXT = [
    ("ink", "surface"), ("ink", "surface-2"), ("ink-2", "surface"), ("ink-2", "surface-2"), ("muted", "surface"), ("muted", "surface-2"),
    ("accent", "surface"), ("accent", "surface-2"), ("accent", "accent-soft"), ("surface", "ink"), ("surface", "accent"),
    ("warn", "warn-soft"), ("ink-2", "warn-soft"), ("ink", "warn-soft"), ("warn", "surface"), ("ink-2", "denied-soft"), ("ink", "denied-soft"),
    ("ink", "accent-soft"), ("ink-2", "accent-soft"), ("muted", "accent-soft"), ("mark-ink", "mark"), ("phase-ink", "phase"),
    ("ceasefire-ink", "ceasefire-soft"), ("map-place", "map-halo"), ("map-context", "map-halo"),
]  # fmt: skip
LABELS = [
    (label, ground)
    for label in ("map-label", "map-label-strong", "map-label-town", "map-place")
    for ground in ("map-land", "map-halo")
] + [("map-label-water", "map-sea")]
# What tells something without words: the edges of controls, the focus, symbols, lines that mean something.
MARKS = [
    ("control", "surface"), ("accent", "surface"), ("accent", "surface-2"), ("accent", "map-land"), ("accent", "map-sea"), ("ink-2", "surface"),
    ("map-denied", "map-halo"), ("map-mixed", "map-halo"), ("map-mixed", "map-land"), ("map-ring", "map-land"), ("map-context", "map-land"),
    ("map-border", "map-land"),
]  # fmt: skip


def tokens(theme):
    """Return the colours of a theme by name, those alone that are plain."""
    source = page.asset("tokens.css")
    light, _, rest = source.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    if theme == "dark":
        by_device, _, by_switch = rest.partition(':root[data-theme="dark"]')
        dark = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", by_switch))
        assert dark == dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", by_device)), "both ways into the dark are one"
        found |= dark
    return found


def linear(colour):
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    first, second = (linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT + LABELS)
def test_text_can_be_read(theme, ink, ground):
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_controls_and_marks_can_be_seen(theme, mark, ground):
    colours = tokens(theme)
    assert contrast(colours[mark], colours[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", sorted(TYPES))
def test_symbols_can_be_seen_on_their_rim_the_map_and_the_panel(theme, kind):
    colours = tokens(theme)
    colour = TYPES[kind]["dark" if theme == "dark" else "colour"]
    for ground in ("map-halo", "map-land", "surface"):
        assert contrast(colour, colours[ground]) >= 3, ground


# ---------------------------------------------------------------- colour blindness
# Linear RGB as somebody without one kind of cone sees it: Machado, Oliveira and Fernandes 2009, severity 1.
SEEN_BY = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Distance in OKLab times 100: 2 is just told apart side by side. Rings and bars tell types by colour alone.
TOLD_APART = 7


def oklab(rgb):
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    opponents = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return opponents @ np.cbrt(cones @ np.clip(rgb, 0, 1))


def test_the_simulations_take_away_what_they_should():
    red, green = linear("#d03020"), linear("#507a20")
    whole = np.linalg.norm(oklab(red) - oklab(green))
    for blindness in ("protanopia", "deuteranopia"):
        seen = SEEN_BY[blindness]
        assert np.linalg.norm(oklab(seen @ red) - oklab(seen @ green)) < 0.6 * whole


@pytest.mark.parametrize("theme", ["colour", "dark"])
@pytest.mark.parametrize("blindness", sorted(SEEN_BY))
def test_types_are_told_apart_by_colour_alone(theme, blindness):
    seen = {
        name: oklab(SEEN_BY[blindness] @ linear(style[theme])) for name, style in page.style_table()["types"].items()
    }
    near = {
        (one, other): round(100 * float(np.linalg.norm(seen[one] - seen[other])), 1)
        for one, other in itertools.combinations(seen, 2)
    }
    assert {pair: distance for pair, distance in near.items() if distance < TOLD_APART} == {}


def test_every_type_has_a_shape_of_its_own():
    shapes = [style["shape"] for style in TYPES.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("blindness", sorted(SEEN_BY))
@pytest.mark.parametrize("theme", ["colour", "dark"])
def test_types_of_other_frames_that_look_alike_have_other_shapes(theme, blindness):
    styles = page.style_table([f"kind {k}" for k in range(12)])["types"]
    for one, other in itertools.combinations(styles.values(), 2):
        near = 100 * np.linalg.norm(
            oklab(SEEN_BY[blindness] @ linear(one[theme])) - oklab(SEEN_BY[blindness] @ linear(other[theme]))
        )
        assert near >= TOLD_APART or one["shape"] != other["shape"]
