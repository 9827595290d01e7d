import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from event_frames import tolls_frame

import geoconflict as gc
from geoconflict.errors import InputError

SVG = "{http://www.w3.org/2000/svg}"


def tolls(*rows):
    return pd.concat([tolls_frame(**row) for row in rows], ignore_index=True)


def parts(plot, name):
    return [one for one in ET.fromstring(plot.svg).iter() if name in (one.get("class") or "").split()]


def exactly(n, day, **row):
    return {"low": n, "best": n, "high": n, "as_of": day, "published_on": day, **row}


def test_each_speaker_has_a_mark_and_a_step_line_of_its_own():
    plot = gc.plot_tolls(
        tolls(
            exactly(100, "2020-10-01"),
            exactly(300, "2020-10-08"),
            exactly(20, "2020-10-05", claimed_by="A prosecutor", who="civilians"),
        )
    )
    assert plot.n_figures == 3
    assert [one.text for one in parts(plot, "gct-name")] == [
        "Northern ministry: soldiers (2)",
        "A prosecutor: civilians (1)",
    ]
    assert len(parts(plot, "gct-step")) == 1
    first, second = (
        one.find(f"{SVG}path").get("d")
        for one in ET.fromstring(plot.svg)
        if one.get("class") in ("gct-s0", "gct-s1") and one.find(f"{SVG}text") is not None
    )
    assert first != second, "marks tell speakers apart without colour"


def test_a_larger_figure_stands_higher_and_a_later_one_further_right():
    plot = gc.plot_tolls(tolls(exactly(100, "2020-10-01"), exactly(300, "2020-10-08")))
    drawn = [one.get("transform") for one in parts(plot, "gct-mark")][:2]
    (x1, y1), (x2, y2) = (map(float, re.findall(r"[\d.]+", one)) for one in drawn)
    assert x1 < x2
    assert y1 > y2


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 700, "best": None, "high": None}, "at least 700"),
        ({"low": None, "best": None, "high": 4999}, "at most 4,999"),
        ({"low": 40, "best": None, "high": 50}, "40 to 50"),
    ],
)
def test_an_open_figure_is_drawn_open_and_said_in_words(bounds, words):
    plot = gc.plot_tolls(tolls({"as_of": "2020-10-20", **bounds}))
    assert len(parts(plot, "gct-open")) == len(parts(plot, "gct-bar")) == 1
    assert f"{words} killed, says Northern ministry: soldiers (Valley Gazette)" in plot.svg


def test_one_figure_is_no_range():
    plot = gc.plot_tolls(tolls(exactly(12, "2020-10-01")))
    assert not parts(plot, "gct-open")
    assert not parts(plot, "gct-bar")


def test_only_totals_of_the_measure_are_drawn_and_the_undated_are_counted():
    plot = gc.plot_tolls(
        tolls(
            exactly(5, "2020-10-01"),
            exactly(6, "2020-10-01", measure="wounded"),
            exactly(7, "2020-10-01", scope="places"),
            exactly(8, None),
        )
    )
    assert plot.n_figures == 1
    assert "Not drawn: 1 without a day." in plot.svg


def test_nothing_to_draw_is_said():
    plot = gc.plot_tolls(tolls(exactly(5, "2020-10-01")), measure="displaced")
    assert plot.n_figures == 0
    assert "No cumulative figure" in plot.svg


def test_figures_far_apart_stand_on_a_logarithmic_scale_and_zero_does_not_break_it():
    plot = gc.plot_tolls(tolls(exactly(0, "2020-10-01"), exactly(3, "2020-10-02"), exactly(30_000, "2020-10-03")))
    assert "logarithmic scale" in plot.svg
    assert "nan" not in plot.svg.lower()


def test_many_speakers_share_the_last_colour():
    rows = [exactly(n + 1, f"2020-10-{n + 1:02}", claimed_by=f"Speaker {n:02}") for n in range(12)]
    plot = gc.plot_tolls(tolls(*rows))
    assert plot.n_figures == 12
    assert parts(plot, "gct-name")[-1].text == "5 more speakers (5)"


def test_words_of_others_are_text_and_nothing_else():
    evil = '<script>alert(1)</script>"&\u202e\x00'
    plot = gc.plot_tolls(
        tolls(exactly(5, "2020-10-01", claimed_by=evil, who=evil, quote=evil, source=evil)), title=evil
    )
    root = ET.fromstring(plot.svg)
    assert not list(root.iter(f"{SVG}script"))
    assert "\u202e" not in plot.svg
    assert not re.search(r"(?:href|src|url\()", plot.svg)


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_themes_and_contrast(theme):
    svg = gc.plot_tolls(tolls(exactly(5, "2020-10-01")), theme=theme).svg
    assert ("prefers-color-scheme" in svg) == (theme == "auto")
    for page, marks in re.findall(r"--gct-page:(#\w{6}).*?\}((?:\.gc-tolls \.gct-s\d\{--gct-c:#\w{6}\})+)", svg):
        for shade in re.findall(r"--gct-c:(#\w{6})", marks):
            assert contrast(page, shade) >= 3, (page, shade)


def contrast(first, second):
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def test_the_same_figures_give_the_same_bytes_in_any_order_and_a_notebook_shows_them(tmp_path):
    rows = [exactly(5, "2020-10-01"), exactly(9, "2020-10-03", report_id="r2")]
    one, two = gc.plot_tolls(tolls(*rows)), gc.plot_tolls(tolls(*rows[::-1]))
    assert one.svg == two.svg == one._repr_svg_()
    assert one.save(tmp_path / "tolls.svg").read_text(encoding="utf-8") == one.svg


def test_wrong_input_is_named(tmp_path):
    frame = tolls(exactly(5, "2020-10-01"))
    with pytest.raises(InputError, match="no column 'as_of'"):
        gc.plot_tolls(frame.drop(columns="as_of"))
    with pytest.raises(InputError, match="measure: 'hurt' is none of killed, wounded, captured, missing, displaced"):
        gc.plot_tolls(frame, measure="hurt")
    with pytest.raises(InputError, match="theme 'blue'"):
        gc.plot_tolls(frame, theme="blue")
    with pytest.raises(InputError, match=r"\.svg"):
        gc.plot_tolls(frame).save(tmp_path / "tolls.png")
