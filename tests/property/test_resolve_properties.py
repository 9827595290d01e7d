"""What must hold of resolution for any text and any mentions."""

import datetime as dt
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_gazetteer import TinyGazetteer

from geoconflict.models import Resolution, Role, Toponym
from geoconflict.places import Found, Geocoder, NotFound, resolve

NAMES = [
    "Anderam",
    "Tessal",
    "Mali",
    "Niger",
    "Georgia",
    "Kidore",
    "Iferas",
    "Twinby",
    "front line",
    "Nowhere",
    "Bamadou",
    "U.S.",
]
WORDS = [
    "in",
    "of",
    ",",
    "near",
    "and",
    "the town of",
    "'s",
    "(",
    ")",
    "was hit.",
    "from",
    "Malian",
    "province",
    "\n\n",
    "\u201c",
    "é",
]

texts = st.lists(st.sampled_from(NAMES + WORDS), max_size=14).map(" ".join)
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


def mentions(text: str, roles: list[Role]) -> list[Toponym]:
    found = re.finditer("|".join(map(re.escape, NAMES)), text)
    return [
        Toponym(start=one.start(), end=one.end(), surface=one.group(), score=0.9, role=roles[number % len(roles)])
        for number, one in enumerate(found)
    ]


roles = st.lists(st.sampled_from(list(Role)), min_size=1, max_size=4)


@given(texts, roles, days, st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_every_mention_gets_one_honest_answer(text, roles, day, min_score):
    toponyms = mentions(text, roles)
    answers = resolve(toponyms, gazetteer=TinyGazetteer(), text=text, published_on=day, min_score=min_score)
    assert [one.toponym for one in answers] == toponyms
    for one in answers:
        assert 0 <= one.score <= 1
        assert one.reasons
        assert len(one.alternatives) <= 5
        scores = [alternative.score for alternative in one.alternatives]
        assert scores == sorted(scores, reverse=True)
        if one.place is not None:
            assert one.score >= min_score
            assert all(alternative.place.place_id != one.place.place_id for alternative in one.alternatives)
            assert all(alternative.score <= one.score for alternative in one.alternatives)
        assert Resolution.from_dict(one.to_dict()) == one


@given(texts, roles, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_mentions_are_given_does_not_matter(text, roles, random):
    toponyms = mentions(text, roles)
    shuffled = list(toponyms)
    random.shuffle(shuffled)
    straight = resolve(toponyms, gazetteer=TinyGazetteer(), text=text)
    other = {one.toponym.start: one for one in resolve(shuffled, gazetteer=TinyGazetteer(), text=text)}
    assert [other[one.toponym.start] for one in straight] == list(straight)


@given(texts, st.integers(-50, 5000), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_spans_out_of_the_text_or_overlapping_break_nothing(text, start, length):
    start = max(0, start)
    toponyms = [
        Toponym(start=start, end=start + length, surface="Anderam", score=0.5),
        Toponym(start=start + length // 2, end=start + length, surface="Mali", score=0.5),
    ]
    assert len(resolve(toponyms, gazetteer=TinyGazetteer(), text=text)) == 2


@given(st.text(max_size=60), st.none() | st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_name_and_region_get_an_answer(name, admin1):
    answer = Geocoder(TinyGazetteer()).geocode(name, admin1=admin1, fallback_to_admin=True)
    assert isinstance(answer, Found | NotFound)
    assert answer.reasons
