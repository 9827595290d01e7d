"""Explanations are read off resolution, never computed beside it."""

import ast
import inspect
import re

import pytest
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.models import PlacePrecision, Role, Toponym
from geoconflict.places import asked, load_overrides, resolution, resolve, scoring, strangers, support
from geoconflict.places.explanation import READING, Outcome, evidence_words, explain_mentions
from geoconflict.places.gazetteer_tables import KIND_PRECISION
from geoconflict.places.override_rows import OVERRIDES_HEADER, override_line
from geoconflict.places.resolution import resolve as resolve_report
from geoconflict.places.scoring import NONE_OF_THEM, NONE_OF_THEM_ASKED, weights

GAZETTEER = TinyGazetteer()


def explained(text, *names, overrides=None, min_score=0.5, gazetteer=GAZETTEER):
    toponyms = [
        Toponym(start=one.start(), end=one.end(), surface=one.group(), score=0.9, role=Role.EVENT_PLACE)
        for one in re.finditer("|".join(map(re.escape, names)), text)
    ]
    settled = []
    answers = resolve_report(
        toponyms, gazetteer=gazetteer, text=text, overrides=overrides, min_score=min_score, on_settled=settled.extend
    )
    assert answers == resolve(toponyms, gazetteer=gazetteer, text=text, overrides=overrides, min_score=min_score)
    return explain_mentions(settled, answers, gazetteer=gazetteer, min_score=min_score)


def test_every_weight_has_words_and_no_words_are_left_over():
    assert set(evidence_words()) == {*weights(), READING}
    assert all(evidence_words().values())


def features_in(module):
    """Return the features that the code of a module writes: keys of `features`, and of dicts of floats that it returns."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store)
            and ast.unparse(node.value) == "features"
        ):
            found.add(ast.literal_eval(node.slice))
        written = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "features"
        returned = isinstance(node, ast.Return)
        if (written or returned) and node.value is not None:
            dicts = [one for one in ast.walk(node.value) if isinstance(one, ast.Dict)]
            found |= {key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant)}
    return found


def test_every_feature_that_the_code_writes_has_a_weight_and_words():
    written = {
        name: features_in(module)
        for name, module in (("r", resolution), ("s", support), ("t", strangers), ("c", scoring), ("a", asked))
    }
    assert all(written.values())
    everything = set().union(*written.values(), (f"is_{kind}" for kind in KIND_PRECISION))
    assert {"prior", "kind_fits", "near_50_km", "holds", "near_asked"} <= everything
    assert everything <= set(evidence_words())
    assert set(evidence_words()) - everything == {READING, NONE_OF_THEM, NONE_OF_THEM_ASKED}


def test_a_placed_name_shows_its_candidates_best_first():
    (mention, _) = explained("Shells fell on Anderam in Niger.", "Anderam", "Niger")
    assert mention.outcome is Outcome.PLACED
    best, other = mention.candidates
    assert best.chosen
    assert not other.chosen
    assert (best.place.place_id, best.rank, best.score) == ("tiny:anderam-ne", 1, mention.resolution.score)
    assert [one.place for one in (other,)] == [one.place for one in mention.resolution.alternatives]
    assert best.reasons == mention.resolution.reasons


def test_what_was_added_sums_up_to_the_total():
    (mention, _) = explained("Shells fell on Anderam in Niger.", "Anderam", "Niger")
    for candidate in mention.candidates:
        assert candidate.total == pytest.approx(sum(one.added for one in candidate.contributions))
        assert [abs(one.added) for one in candidate.contributions] == sorted(
            (abs(one.added) for one in candidate.contributions), reverse=True
        )
        for one in candidate.contributions:
            assert one.added == pytest.approx(one.weight * one.value)


def test_what_decided_is_the_difference_of_the_first_two():
    (mention, _) = explained("Shells fell on Anderam in Niger.", "Anderam", "Niger")
    best, other = mention.candidates
    assert sum(one.added for one in mention.decisive) == pytest.approx(best.total - other.total, abs=0.05)
    assert mention.decisive[0].feature in {"country_votes", "contained", "elsewhere"}


@pytest.mark.parametrize(
    ("text", "name", "outcome"),
    [
        ("Twinby was hit.", "Twinby", Outcome.UNSURE),
        ("Nowhere was hit.", "Nowhere", Outcome.UNKNOWN),
        ("The front line in Twinby was hit.", "front line", Outcome.NO_LINE),
    ],
)
def test_a_name_left_unplaced_says_why(text, name, outcome):
    mention = next(one for one in explained(text, name) if one.resolution.toponym.surface == name)
    assert mention.outcome is outcome
    assert mention.resolution.place is None
    assert mention.resolution.reasons
    assert not any(one.chosen for one in mention.candidates)


def test_a_container_that_stands_in_is_no_candidate():
    (mention, _) = explained("Shells fell on Nowhere, in the Kidore Region.", "Nowhere", "Kidore Region", min_score=0.1)
    assert mention.outcome is Outcome.STAND_IN
    assert mention.resolution.place.place_id == "tiny:kidore"
    assert not any(one.chosen for one in mention.candidates)


def test_mentions_of_one_name_know_each_other():
    first, second, other = explained("Tessal fell. Tessal burnt. Mali mourned.", "Tessal", "Mali")
    assert (first.number, second.number, other.number) == (1, 2, 3)
    assert first.same_name == second.same_name == (1, 2)
    assert other.same_name == (3,)


def rows_of(tmp_path, mention, effect):
    line = next(repair.line for repair in mention.repairs if effect in repair.effect)
    path = tmp_path / "overrides.csv"
    path.write_text(f"{OVERRIDES_HEADER}\n# {mention.number} a comment, too\n{line}\n", encoding="utf-8")
    return load_overrides(path, gazetteer=GAZETTEER)


def test_a_pasted_row_changes_the_answer_as_it_says(tmp_path):
    text = "Shells fell on Anderam in Niger."
    (mention, _) = explained(text, "Anderam", "Niger")
    (now, _) = explained(text, "Anderam", "Niger", overrides=rows_of(tmp_path, mention, "Kidore"))
    assert now.outcome is Outcome.OVERRIDE
    assert now.resolution.place.place_id == "tiny:anderam-ml"
    assert now.repairs == ()
    assert now.candidates[0].contributions == ()
    (none, _) = explained(text, "Anderam", "Niger", overrides=rows_of(tmp_path, mention, "no place"))
    assert none.outcome is Outcome.NOT_A_PLACE
    assert "overrides.csv line 3" in none.resolution.reasons[0]


@pytest.mark.parametrize(
    "surface",
    [
        'a "quoted", name',
        "two\nlines",
        "Mar\u200btuni",
        "Ստեփանակերտ",
        "x" * 10_000,
        "=1+1",
        "#metoo town",
        "+1",
        "-1 x",
        "@x",
    ],
)
def test_any_name_makes_a_row_that_loads(tmp_path, surface):
    path = tmp_path / "overrides.csv"
    assert not override_line(surface, "tiny:mali").startswith(("=", "#", "+", "-", "@"))
    path.write_text(f"{OVERRIDES_HEADER}\n{override_line(surface, 'tiny:mali')}\n", encoding="utf-8")
    match = load_overrides(path, gazetteer=GAZETTEER).match(surface)
    assert match is not None
    assert match.place_id == "tiny:mali"


def test_a_place_that_the_gazetteer_lacks_is_written_by_its_point(tmp_path):
    place = tiny_place("elsewhere", "Else\u200bwhere", 12.5, -3.25)
    path = tmp_path / "overrides.csv"
    path.write_text(f"{OVERRIDES_HEADER}\n{override_line('Elsewhere', place)}\n", encoding="utf-8")
    given = load_overrides(path, gazetteer=GAZETTEER).match("elsewhere").place
    assert (given.lon, given.lat, given.precision, given.radius_m) == (12.5, -3.25, PlacePrecision.TOWN, 2000.0)


def test_no_row_is_offered_where_none_can_be_read():
    assert override_line("\u200b \u202e", "tiny:mali") is None
    assert override_line("front", tiny_place("l", "L", 1, 1, "line")) is None
