"""Where "it" and "the town" are when they change hands again."""

import datetime as dt

import pytest
from few_names import mentions_of

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    on = dt.date(2013, 10, 4)
    return lambda text: [
        (one.sub_event_type, one.place.surface)
        for one in reader.read(Report(report_id="r1", text=text, published_on=on)).mentions
    ]


REGAINED, OVERTAKEN = "Government regains territory", "Non-state actor overtakes territory"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The army captured Bambari on Tuesday. The rebels recaptured it on Wednesday.",
            [(REGAINED, "Bambari"), (OVERTAKEN, "Bambari")],
        ),
        (
            "Troops seized Bambari on Tuesday, but rebels retook it hours later.",
            [(REGAINED, "Bambari"), (OVERTAKEN, "Bambari")],
        ),
        (
            "The rebels, who had overrun Bria on Monday, lost the airport to government troops on Thursday.",
            [(OVERTAKEN, "Bria"), (REGAINED, "Bria")],
        ),
        # what is taken is no ground
        ("The army captured Bambari on Tuesday. The rebels took it badly.", [(REGAINED, "Bambari")]),
    ],
)
def test_a_pronoun_or_known_ground_is_the_place_taken_before(read, text, found):
    assert sorted(read(text)) == sorted(found)


def test_whither_somebody_withdrew_is_not_what_he_left(read):
    text = "Kenyan forces took over Kismayo airport on Tuesday. Al-Shabaab withdrew towards Jamame."
    assert {place for _, place in read(text)} == {"Kismayo"}
    assert read("The army withdrew from Kidal on Monday.") == [("Non-violent transfer of territory", "Kidal")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Mali accused rebels of shelling a mill in Gao on Monday. The rebels said Mali had shelled it itself.",
            {"Gao"},
        ),
        ("The army shelled a mill in Gao on Monday. Rebels bombed it on Tuesday.", {"Gao"}),
        # "it" that was struck too long ago
        ("The army shelled a mill in Gao. It rained. It snowed. Mali said rebels had bombed it.", {"Gao", None}),
    ],
)
def test_it_that_is_struck_again_is_where_it_was_struck_before(text, places):
    assert {one.place and one.place.surface for one in mentions_of(text)} == places
