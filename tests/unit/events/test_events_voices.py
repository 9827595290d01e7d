import dataclasses

import pytest
from builders import DAY, actor, casualties, count, report, source

from geoconflict.events import merge_sources
from geoconflict.events.gathering import mean_score
from geoconflict.events.scoring import features
from geoconflict.events.versions import version_of
from geoconflict.events.voices import corrects, independent

TEXT = "Artillery struck Riverton on Thursday and killed five people in the yard of a school, the mayor said."


def printed_by(*outlets, text=TEXT, **fields):
    """Return the same telling of several outlets; all but the first are copies."""
    told = [source(report(text, source=outlet), **fields) for outlet in outlets]
    return [told[0], *(dataclasses.replace(one, copy_of=told[0].mention.report_id) for one in told[1:])]


def ids(sources):
    return [one.mention.report_id for one in sources]


def test_of_copies_the_first_speaks():
    agency, daily, post = printed_by("Agency", "Daily", "Post")
    other = source(report("Shells hit Riverton.", source="Monitor"))
    assert list(independent([agency, other, daily, post], lambda one: one)) == [agency, other]
    assert list(independent([daily, other, post], lambda one: one)) == [daily, other]


def test_all_that_one_report_tells_is_of_one_voice_and_stays():
    agency, daily = printed_by("Agency", "Daily")
    again = dataclasses.replace(agency, mention=dataclasses.replace(agency.mention, mention_id="x", start=3))
    assert list(independent([agency, again, daily], lambda one: one)) == [agency, again]


def test_copies_are_one_voice_and_stay_among_the_sources():
    copies = printed_by("Agency", "Daily", "Post", "Echo")
    (event,) = merge_sources(copies)
    assert event.n_voices == 1
    assert sorted(ids(event.sources)) == sorted(ids(copies))
    assert {one.copy_of for one in event.sources} == {None, copies[0].mention.report_id}


def test_copies_of_a_report_that_tells_nothing_of_the_event_are_one_voice():
    (event,) = merge_sources(printed_by("Agency", "Daily", "Post")[1:])
    assert event.n_voices == 1


def test_a_report_in_other_words_is_a_second_voice():
    own = source(report("Shells killed five people at a school in Riverton on Thursday.", source="Monitor"))
    (event,) = merge_sources([*printed_by("Agency", "Daily"), own])
    assert event.n_voices == 2


def test_copies_raise_no_score_and_independent_reports_do():
    agency, *copies = printed_by("Agency", "Daily", "Post", "Echo", "Star")
    (alone,) = merge_sources([agency])
    (printed,) = merge_sources([agency, *copies])
    (independently,) = merge_sources([agency, *(dataclasses.replace(one, copy_of=None) for one in copies)])
    assert printed.score == alone.score < independently.score
    assert features(printed) == features(alone)


def test_a_copy_that_extraction_read_better_raises_no_score():
    agency, *copies = printed_by("Agency", "Daily", score=0.6)
    better = [dataclasses.replace(one, mention=dataclasses.replace(one.mention, score=0.99)) for one in copies]
    (alone,), (printed,) = merge_sources([agency]), merge_sources([agency, *better])
    assert printed.score == alone.score


def test_copies_weigh_as_one_in_the_mean_that_decides_who_joins():
    """A telling that agrees with one text and not with another is no nearer for the first being printed ten times."""
    fits = {"casualties": casualties(killed=count(5)), "actors": (actor("Army A"),)}
    copies = [version_of(one) for one in printed_by(*(f"Outlet {n}" for n in range(10)), **fits)]
    other = version_of(
        source(report("Sixty were killed by Army B.", source="Other"), casualties=casualties(killed=count(60)))
    )
    new = version_of(source(report("Army A killed five.", source="Monitor"), **fits))
    assert mean_score([new], [*copies, other]) == mean_score([new], [copies[0], other])
    assert mean_score([new], [*copies, other]) < mean_score([new], copies[:1])


def test_sides_that_differ_still_do_so_where_one_is_a_copy():
    agency, daily = printed_by("Agency", "Daily", casualties=casualties(killed=count(5)))
    changed = dataclasses.replace(
        daily, mention=dataclasses.replace(daily.mention, casualties=casualties(killed=count(6)))
    )
    (event,) = merge_sources([agency, changed])
    assert event.disagreements == ("Killed: 5 according to Agency; 6 according to Daily.",)
    assert (event.killed.low, event.killed.high) == (5, 6)


@pytest.mark.parametrize("copy_of", [None, "abc"])
def test_whose_copy_a_source_is_survives_the_store(copy_of):
    told = dataclasses.replace(source(), copy_of=copy_of)
    assert type(told).from_dict(told.to_dict()) == told


def test_the_day_of_the_text_does_not_matter_to_the_voice():
    agency, daily = printed_by("Agency", "Daily")
    later = dataclasses.replace(daily, published_on=DAY.replace(day=DAY.day + 1))
    assert later.voice == agency.voice


def test_an_outlet_that_corrects_itself_is_no_second_witness():
    first, again = (
        source(report(text, source="Daily"), casualties=casualties(killed=count(5)))
        for text in (TEXT, "Artillery struck Riverton.")
    )
    corrected = dataclasses.replace(again, corrects=True)
    other = source(report("Shells hit Riverton.", source="Post"), casualties=casualties(killed=count(5)))
    for told, n in (([first, again], 2), ([first, corrected], 1), ([first, corrected, other], 2)):
        (event,) = merge_sources(told)
        assert event.n_voices == n
        assert len(event.sources) == len(told)
    (event,) = merge_sources([first, corrected])
    assert "reports" not in features(event)


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Five people died in Riverton.", "CORRECTION: Shelling of Riverton", True),
        ("(Corrects the toll) Five people died in Riverton.", None, True),
        ("Five died. An earlier version of this article said that it was fifty.", None, True),
        ("Five people died in Riverton.", "Army seeks correction of border", False),
        ("The minister corrected himself.", None, False),
    ],
)
def test_a_report_says_of_itself_that_it_corrects(text, title, expected):
    assert corrects(report(text, title=title)) is expected
