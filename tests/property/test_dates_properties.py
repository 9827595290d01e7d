"""What must hold of time expressions in any text."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.extract.dates.reader import find_times

WORDS = [
    "on", "Thursday", "last", "next", "week", "the", "27", "September", "October", "2020", "1994", "two", "days", "ago", "overnight", "night", "of",
    "22-23", "since", "until", "before", "from", "to", "between", "and", "5", "May", "early", "mid-July", "late", "this", "month", "year", "yesterday",
    "morning", "will", "was", "killed", "talks", ".", ",", "\n", "past", "24", "hours", "following", "day", "that", "same", "winter", "31", "29",
    "February", "quarter", "third", "years", "later", "a", "few", "weekend", "6", "a.m.", "Monday's", "1990s", "century", "19th", "00", "İ", "at", "noon",
    "31/12/2019", "2020-02-30", "9999", "every", "daily", "now", "recently", "spring", "half", "first", "1988-94", "–", "BC", "'92",
    "hours", "or", "three", "into", "Thanksgiving", "0000", "minutes", "by", "meet", "postponed", "many",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=24).map(" ".join),
    st.text(max_size=80),
)
days = st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))


@given(texts, st.one_of(st.none(), days))
@settings(max_examples=300, deadline=None)
def test_offsets_order_and_spans(text, published_on):
    found = find_times(text, published_on=published_on)
    position = 0
    for time in found:
        assert position <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.surface
        position = time.end
        if time.span is not None:
            first, last = time.span.starts_on, time.span.ends_on
            assert first is not None or last is not None
            assert first is None or last is None or first <= last
            assert time.span.best_day in {first, last}
    assert found == find_times(text, published_on=published_on)


WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@given(
    st.sampled_from(WEEKDAYS),
    st.sampled_from(
        [
            "They fled on {}.",
            "They will flee on {}.",
            "They fled last {}.",
            "{}'s raid failed.",
            "Early on {} it fell.",
            "It fell on {} night.",
        ]
    ),
    days,
    st.integers(-30, 30),
)
def test_a_weekday_moves_with_the_publication_date(weekday, frame, published_on, n_weeks):
    shift = dt.timedelta(weeks=n_weeks)
    (here,) = find_times(frame.format(weekday), published_on=published_on)
    (there,) = find_times(frame.format(weekday), published_on=published_on + shift)
    assert here.span is not None
    assert there.span is not None
    assert here.span.starts_on is not None
    assert here.span.ends_on is not None
    assert there.span.starts_on == here.span.starts_on + shift
    assert there.span.ends_on == here.span.ends_on + shift


@given(st.sampled_from(WEEKDAYS), days)
def test_a_past_weekday_is_the_last_and_a_coming_one_the_next(weekday, published_on):
    (past,) = find_times(f"They fled on {weekday}.", published_on=published_on)
    (coming,) = find_times(f"They will flee on {weekday}.", published_on=published_on)
    assert past.span is not None
    assert coming.span is not None
    assert 0 <= (published_on - past.span.starts_on).days < 7
    assert 0 <= (coming.span.starts_on - published_on).days < 7
    assert past.span.starts_on.weekday() == coming.span.starts_on.weekday() == WEEKDAYS.index(weekday)


@given(days, days)
def test_a_full_date_does_not_depend_on_publication(said, published_on):
    for written in (f"{said.day} {said:%B} {said.year}", f"{said:%B} {said.day}, {said.year}", said.isoformat()):
        (found,) = find_times(f"It fell on {written}.", published_on=published_on)
        assert (found.value, found.span.starts_on, found.span.ends_on) == (said.isoformat(), said, said)


@given(days, days)
def test_a_past_day_without_a_year_is_never_ahead_of_publication(said, published_on):
    (found,) = find_times(f"It fell on {said.day} {said:%B}.", published_on=published_on)
    assert found.span.starts_on <= published_on
    assert (found.span.starts_on.day, found.span.starts_on.month) == (said.day, said.month)
