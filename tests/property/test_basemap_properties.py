"""What must hold of any clip: it stays in its box, fills what the whole fills, and comes back out of its coding."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.geo import Bounds
from geoconflict.render.basemap import basemap_bytes, clip_basemap
from geoconflict.render.outlines import clip_line, clip_ring

BOX = (-50, -30, 40, 60)
vertices = st.tuples(st.integers(-100, 100), st.integers(-100, 100))
paths = st.lists(vertices, min_size=3, max_size=30).map(lambda points: np.array(points, dtype=np.int64))
# Probes off the grid never lie on an edge's vertex, so "inside" is well defined but for points on a slanted edge.
probes = st.tuples(st.integers(-49, 38), st.integers(-29, 58))


def winding_parity(ring, x, y):
    inside = False
    for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def distance_to_outline(ring, x, y):
    best = np.inf
    for a, b in zip(ring.astype(float), np.roll(ring, -1, axis=0).astype(float), strict=True):
        step = b - a
        length = (step**2).sum()
        share = 0.0 if length == 0 else np.clip(((np.array([x, y]) - a) * step).sum() / length, 0, 1)
        best = min(best, float(np.hypot(*(a + share * step - [x, y]))))
    return best


def is_in_box(points):
    return bool((points >= BOX[:2]).all() and (points <= BOX[2:]).all())


@given(paths, probes)
def test_a_clipped_ring_fills_the_same_inside_the_box(ring, probe):
    x, y = probe[0] + 0.37, probe[1] + 0.53
    clipped = clip_ring(ring, BOX)
    assert is_in_box(clipped)
    if distance_to_outline(ring, x, y) > 1.5:  # cut vertices are rounded to the grid
        assert winding_parity(ring, x, y) == (len(clipped) > 0 and winding_parity(clipped, x, y))


@given(paths)
def test_clipped_lines_stay_in_the_box_and_lose_no_length(line):
    pieces = clip_line(line, BOX)
    kept = 0.0
    for piece in pieces:
        assert is_in_box(piece)
        assert len(piece) >= 2
        kept += np.hypot(*np.diff(piece, axis=0).T).sum()
    shares = (np.arange(2000) + 0.5) / 2000
    expected = 0.0
    for a, b in itertools.pairwise(line):
        points = a + shares[:, None] * (b - a)
        seen = (points >= BOX[:2]).all(axis=1) & (points <= BOX[2:]).all(axis=1)
        expected += seen.mean() * np.hypot(*(b - a))
    assert abs(kept - expected) <= 0.02 * expected + 2.0 * len(line)


@given(paths)
def test_what_lies_in_the_box_is_left_alone(line):
    inside = np.clip(line, BOX[:2], BOX[2:])
    if (np.diff(inside, axis=0) != 0).any(axis=1).all():
        (piece,) = clip_line(inside, BOX)
        assert (piece == inside).all()
    if len(np.unique(inside, axis=0)) >= 3:
        assert (clip_ring(inside, BOX) == inside).all()


@settings(max_examples=15, deadline=None)
@given(st.floats(-180, 179), st.floats(-90, 89), st.floats(0, 40), st.floats(0, 40))
def test_any_box_on_the_globe_gives_a_sound_basemap(west, south, width, height):
    bounds = Bounds(west, south, min(180.0, west + width), min(90.0, south + height))
    basemap = clip_basemap(bounds)
    box = np.rint(np.array(basemap["box"]) * 1000)
    for name, layer in basemap["layers"].items():
        for path in layer.get("rings", []) + layer.get("lines", []):
            points = np.cumsum(np.array(path).reshape(-1, 2), axis=0)
            assert (np.diff(points, axis=0) != 0).any(axis=1).all()
            limits = np.array([-180_000, -90_000, 180_000, 90_000]) if name.startswith(("world_", "around_")) else box
            # Coarse coordinates are rounded before they are cut, so the limits hold exactly.
            assert (points >= limits[:2]).all()
            assert (points <= limits[2:]).all()
    assert basemap["attribution"]
    assert basemap_bytes(basemap) == basemap_bytes(clip_basemap(bounds))
