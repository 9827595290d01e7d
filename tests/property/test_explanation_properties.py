"""What must hold of the explanation of any report: it is resolution's own account."""

import math
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_gazetteer import TinyGazetteer

from geoconflict.models import Role, Toponym
from geoconflict.places import load_overrides, resolve
from geoconflict.places.explanation import Outcome, explain_mentions
from geoconflict.places.override_rows import OVERRIDES_HEADER, override_line

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
]
WORDS = [
    "in",
    "of",
    ",",
    "near",
    "and",
    "the town of",
    "'s",
    "was hit.",
    "from",
    "Malian",
    "province",
    "10 km north of",
    "\n\n",
]
GAZETTEER = TinyGazetteer()


@given(
    st.lists(st.sampled_from(NAMES + WORDS), max_size=14).map(" ".join), st.sampled_from(list(Role)), st.floats(0, 1)
)
@settings(max_examples=150, deadline=None)
def test_an_explanation_says_what_resolution_did(text, role, min_score):
    toponyms = [
        Toponym(start=one.start(), end=one.end(), surface=one.group(), score=0.9, role=role)
        for one in re.finditer("|".join(map(re.escape, NAMES)), text)
    ]
    settled = []
    answers = resolve(toponyms, gazetteer=GAZETTEER, text=text, min_score=min_score, on_settled=settled.extend)
    mentions = explain_mentions(settled, answers, gazetteer=GAZETTEER, min_score=min_score)
    assert [one.resolution for one in mentions] == list(answers)
    for mention in mentions:
        place = mention.resolution.place
        ranks = [one.rank for one in mention.candidates]
        assert ranks == sorted(ranks)
        assert set(ranks) == set(range(1, max(ranks, default=0) + 1))
        assert (place is None) == (mention.outcome in (Outcome.UNSURE, Outcome.UNKNOWN, Outcome.NO_LINE))
        assert sum(one.chosen for one in mention.candidates) == (mention.outcome is Outcome.PLACED)
        assert mention.number in mention.same_name
        weighed = [math.exp(one.total - mention.none_total) for one in mention.candidates]
        for one, weight in zip(mention.candidates, weighed, strict=True):
            assert math.isclose(one.share, weight / (1 + sum(weighed)), rel_tol=1e-6, abs_tol=1e-9)
        assert mention.repairs[-1].line.endswith(",,not a place,,,,,,,,")


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_name_makes_a_row_that_decides_on_it(tmp_path_factory, surface):
    line = override_line(surface, "tiny:mali")
    if line is None:
        return
    path = tmp_path_factory.mktemp("rows") / "overrides.csv"
    path.write_text(f"{OVERRIDES_HEADER}\n{line}\n", encoding="utf-8")
    if surface.split()[0].startswith("#"):
        return  # a comment
    match = load_overrides(path, gazetteer=GAZETTEER).match(surface)
    assert match is not None
    assert match.place_id == "tiny:mali"
