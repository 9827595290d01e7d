"""Text, edges of controls and marks of the map by the contrast of WCAG 2.2 AA, in both themes.

Symbols, and how the colour-blind see them, are tested with the page (test_render_page.py).
"""

from __future__ import annotations

import re

import numpy as np
import pytest

from geoconflict.render import page

THEMES = ("light", "dark")

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
