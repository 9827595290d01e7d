import datetime as dt
import itertools

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.passed_over import find_passed_over
from geoconflict.extract.toponyms.recognition import find_toponyms, role_reasons
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer

GAZETTEER = Gazetteer.open()


def read(text, body_start=0):
    report = Report(report_id="r", text=text, published_on=dt.date(2020, 10, 1), body_start=body_start)
    document = load_language_model().read(text, names=GAZETTEER)
    toponyms = find_toponyms(document, GAZETTEER, report=report)
    return toponyms, find_passed_over(document, GAZETTEER, toponyms, report=report)


@pytest.mark.parametrize(
    ("word", "script"),
    [("مرتوني", "Arabic"), ("יְרוּשָׁלַיִם", "Hebrew"), ("斯捷潘納克特", "Chinese"), ("სოხუმი", "Georgian")],
)
def test_a_word_in_another_script_is_told_with_its_script(word, script):
    toponyms, passed = read(f"Shells hit Martuni. Then {word} was quiet.")
    spans = [*((one.start, one.end) for one in toponyms), *((one.start, one.end) for one in passed)]
    start = 25
    assert any(first <= start and start + len(word) <= last for first, last in spans)
    told = [one for one in passed if one.start == start]
    assert all(one.score is not None or f"{script} script" in one.why for one in told)


def test_neighbours_in_one_script_are_one_run():
    _, passed = read("Martuni fell. قال متحدث باسم الجيش.")
    assert [one.surface for one in passed if one.score is None] == ["قال متحدث باسم الجيش"]


def test_a_word_longer_than_any_name_is_told():
    toponyms, passed = read("Shells hit " + "Martuni" * 1_500 + " on Monday.")
    assert not any(one.end - one.start > 200 for one in toponyms)
    assert any("10,500 characters" in one.why for one in passed)


def test_what_is_passed_over_overlaps_nothing_and_stands_in_text_order():
    toponyms, passed = read("Martuni Paris Hilton met Jordan Peterson in مرتوني and May Homs.")
    spans = sorted([(one.start, one.end) for one in (*toponyms, *passed)])
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert [one.start for one in passed] == sorted(one.start for one in passed)


def test_a_header_is_not_looked_at():
    _, passed = read("مرتوني\n\nShells hit Martuni.", body_start=8)
    assert not any(one.start < 8 for one in passed)


def test_reasons_of_detection_and_of_role_are_told_apart():
    (toponym,), _ = read("Shells fell on Martuni.")
    of_role = role_reasons(toponym)
    assert of_role
    assert set(of_role) < set(toponym.reasons)
    assert not any("tagger" in reason or "gazetteer" in reason for reason in of_role)
