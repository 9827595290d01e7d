"""What must hold of every reading, whatever the words: offsets, statuses, order, and that nothing depends on chance."""

import datetime as dt

import pytest
from few_names import few_names_reader, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.models import SUB_EVENT_TYPES, Reading, Report, Role, Status

WORDS = [
    "rebels", "Ukrainian", "forces", "shelled", "shelling", "attack", "attacked", "killed", "killing", "captured", "clashes", "between", "and", "in", "near",
    "on", "of", "by", "with", "Nyala", "Gao", "Kharkiv", "Sudan", "Darfur", "Geneva", "Monday", "27 April", "six", "civilians", "soldiers", "said", "denied",
    "that", "the", "town", "army", "did", "not", "will", "may", "if", "was", "were", "talks", "met", "minister", "ceasefire", "bomb", "exploded", "drone",
    "strike", "according", "to", "so far", ",", ".", ";", "\n\n", "[Agency]", "?", "“", "”", "’s", "it", "İzmir", "🙂",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=28).map(" ".join)


@given(TEXTS)
@settings(max_examples=120, deadline=None)
def test_every_reading_keeps_its_promises(text):
    reading = reading_of(text)
    assert reading == reading_of(text)
    assert Reading.from_dict(reading.to_dict()) == reading
    assert len({mention.mention_id for mention in reading.mentions}) == len(reading.mentions)
    spans = {(toponym.start, toponym.end): toponym for toponym in reading.toponyms}
    for mention in reading.mentions:
        assert 0 <= mention.start <= mention.trigger_start < mention.trigger_end <= mention.end <= len(text)
        assert mention.sub_event_type in SUB_EVENT_TYPES[mention.event_type]
        assert 0.0 <= mention.score <= 1.0
        assert mention.reasons
        assert mention.likelihood is None or 0.0 <= mention.likelihood <= 1.0
        assert not mention.doubts or mention.likelihood is not None
        assert (
            mention.status is not Status.CLAIMED
            or mention.claimed_by
            or any("told" in reason for reason in mention.reasons)
        )
        if mention.place is not None:
            toponym = spans[mention.place.start, mention.place.end]
            assert (
                toponym.role in {Role.EVENT_PLACE, Role.TALKS_VENUE} or "no nearer one is told" in mention.reasons[-1]
            )
            assert text[toponym.start : toponym.end] == toponym.surface == mention.place.surface
        if mention.when.starts_on is not None and mention.when.ends_on is not None:
            assert mention.when.starts_on <= mention.when.ends_on
        for count in (mention.casualties.killed, mention.casualties.wounded) if mention.casualties else ():
            assert count is None or (count.low, count.best, count.high) != (None, None, None)
    drawn = {(mention.place.start, mention.place.end) for mention in reading.mentions if mention.place}
    assert all(toponym.role is not Role.EVENT_PLACE for span, toponym in spans.items() if span not in drawn)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_is_too_unlikely_is_told_and_is_no_event(text):
    reading = reading_of(text)
    told = {(mention.trigger_start, mention.trigger_end) for mention in reading.mentions}
    for one in reading.unlikely:
        assert text[one.start : one.end] == one.surface
        assert one.reasons
        assert (one.start, one.end) not in told


@given(
    st.sampled_from(["Rebels", "Soldiers", "Gunmen"]),
    st.sampled_from(["attacked a village near", "shelled", "killed six civilians in"]),
    st.sampled_from(["Nyala", "Gao", "Kharkiv"]),
    st.sampled_from(["", " on Monday", ", officials said"]),
    st.sampled_from(["The court was closed.", "Ministers spoke of taxes.", "It rained in the morning."]),
)
@settings(max_examples=40, deadline=None)
def test_a_paragraph_about_something_else_takes_no_event_away(who, did, where, when, added):
    text = f"{who} {did} {where}{when}."
    alone, followed = reading_of(text), reading_of(f"{text}\n\n{added}")
    assert alone.mentions
    assert not alone.unlikely
    assert not followed.unlikely
    assert [one.trigger_start for one in followed.mentions] == [one.trigger_start for one in alone.mentions]


@given(st.lists(TEXTS, min_size=2, max_size=4))
@settings(max_examples=15, deadline=None)
def test_the_neighbours_in_a_batch_change_nothing(texts):
    reader = few_names_reader()
    reports = [
        Report(report_id=f"r{at}", text=text, published_on=dt.date(2023, 5, 12)) for at, text in enumerate(texts)
    ]
    assert list(reader.read_many(reports, batch_size=2)) == [reader.read(report) for report in reports]


@pytest.mark.parametrize(
    "frame", ["{} will be shelled, officials fear.", "If {} is shelled, people will flee.", "Nobody shelled {}."]
)
@given(place=st.sampled_from(["Nyala", "Gao", "Kharkiv", "Menaka", "El Fasher"]))
@settings(max_examples=5, deadline=None)
def test_what_is_feared_or_negated_never_occurred(frame, place):
    assert all(
        mention.status not in (Status.OCCURRED, Status.CLAIMED) for mention in reading_of(frame.format(place)).mentions
    )


@given(TEXTS.map(lambda text: text.strip(" \n,.;?“”’s[]")), st.integers(0, 200), st.sampled_from(["", "\n", "\n\n \n"]))
@settings(max_examples=60, deadline=None)
def test_what_stands_in_the_head_of_a_file_changes_nothing(text, length, blank):
    head = f"---\nsource: {'x' * length}\n---\n"
    report = Report(report_id="r1", text=head + blank + text, published_on=dt.date(2023, 5, 12), body_start=len(head))
    assert _told(few_names_reader().read(report), len(head + blank)) == _told(reading_of(text), 0)


def _told(reading, offset):
    """Return what a reading says of names and events, as offsets behind `offset`."""
    names = [(one.start - offset, one.end - offset, one.role, one.score) for one in reading.toponyms]
    events = [
        (one.start - offset, one.end - offset, one.sub_event_type, one.status, one.score, one.when.starts_on)
        for one in reading.mentions
    ]
    return names, events
