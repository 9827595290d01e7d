"""What a reviewer types of status, sides and figures: in the words that the sheet shows, each fault with what would do."""

import pytest
from builders import actor, casualties, count, report, source

from geoconflict.corrections import Deed
from geoconflict.corrections.entry import checked
from geoconflict.corrections.particulars import MEASURES, figure_words
from geoconflict.corrections.saying import votes
from geoconflict.events import merge_sources
from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.models import Actor, ActorKind, Count, EventType, Status
from geoconflict.reviewing.typed import actor_named, seen_particulars, typed_figures, typed_sides, typed_status


def event(**fields):
    (made,) = merge_sources([source(report("Shells fell on Riverton."), **fields)])
    return made


TOLD = event(
    actors=(actor("Rebels"), actor("Civilians", "target")),
    casualties=casualties(count(12), count(low=3)),
    status=Status.CLAIMED,
    claimed_by="a general",
)


def named(name):
    return Actor(name=name)


def test_a_status_is_typed_with_who_says_so():
    assert typed_status(TOLD, "Claimed:  a  mayor ") == {
        "status": "claimed",
        "by": "a mayor",
        "was": "claimed by a general",
    }
    assert typed_status(TOLD, "claimed")["by"] == "a general"
    assert typed_status(TOLD, "claimed: the  ministry")["by"] == "ministry"
    assert typed_status(TOLD, "occurred") == {"status": "occurred", "was": "claimed by a general"}
    assert typed_status(TOLD, "denied: a mayor")["by"] == "a mayor"
    with pytest.raises(ValueError, match="claimed needs who claims it"):
        checked(Deed.RESTATUS, typed_status(event(), "claimed"))


def test_sides_are_typed_each_by_itself():
    made = typed_sides(TOLD, "BY: Valley Guard;  Army | on: none", named)
    assert [one["name"] for one in made["agents"]] == ["Valley Guard", "Army"]
    assert (made["targets"], made["was"]) == ([], "by: Rebels | on: Civilians")
    assert "targets" not in typed_sides(TOLD, "by: unknown", named)
    assert "agents" not in typed_sides(TOLD, "on: Army", named)


def test_who_is_put_on_one_side_leaves_the_other():
    assert typed_sides(TOLD, "on: Rebels", named)["agents"] == []
    assert [one["name"] for one in typed_sides(TOLD, "by: Civilians; Rebels", named)["targets"]] == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "value is blank; write who did it and to whom like"),
        ("Army", "'Army' does not begin with 'by:' or 'on:'"),
        ("by: Army | by: Rebels", "has 'by' twice; part names of one side with ;"),
        ("by: ;", "names nobody behind 'by'; write 'none'"),
        ("by: Army; none", "has names beside 'none'; leave one of them"),
    ],
)
def test_a_fault_of_sides_says_what_would_do(value, said):
    with pytest.raises(ValueError) as error:
        typed_sides(TOLD, value, named)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("killed 5", {"killed": count(5)}),
        ("Killed: 5, wounded: 3-7", {"killed": count(5), "wounded": count(low=3, high=7)}),
        ("killed 1,200; displaced 3 to 7\ncaptured not stated", {"killed": count(1200), "displaced": count(low=3, high=7), "captured": None}),
        ("wounded at least 5; killed at most 9", {"wounded": count(low=5), "killed": count(high=9)}),
        ("killed about 30", {"killed": Count(low=None, best=30, high=None)}),
        ("killed 5 to 7, most likely 6", {"killed": Count(low=5, best=6, high=7)}),
        ("killed 3\u20135", {"killed": count(low=3, high=5)}),
    ],
)  # fmt: skip
def test_figures_are_typed_as_they_are_shown(value, wanted):
    made = checked(Deed.FIGURES, typed_figures(TOLD, value))
    assert {one: Count(**made[one]) if made[one] else None for one in MEASURES if one in made} == wanted
    again = "; ".join(f"{one} {figure_words(of)}" for one, of in wanted.items())
    assert checked(Deed.FIGURES, typed_figures(TOLD, again)) == made


def test_figures_say_what_they_were():
    assert typed_figures(TOLD, "wounded 4; killed 2")["was"] == "killed 12; wounded at least 3"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "value is blank; write figures like 'killed 5; wounded 3-7'"),
        ("5", "'5' is no figure; write it like 'killed 5; wounded 3-7', of killed, wounded, captured, displaced"),
        ("killed many", "killed 'many' is no number; write 5, 3-7, at least 5, about 30 or not stated"),
        ("killed 5.5", "killed '5.5' is no number"),
        ("killed -5", "killed '-5' is no number"),
        ("killed 5; killed 6", "value has killed twice; give it once"),
        ("dead 5", "'dead 5' is no figure"),
        (f"killed {'9' * 5000}", "is no number"),
        ("killed 7-5", "killed 7 to 5 does not rise"),
    ],
)
def test_a_fault_of_figures_says_what_would_do(value, said):
    with pytest.raises(ValueError) as error:
        checked(Deed.FIGURES, typed_figures(TOLD, value))
    assert said in str(error.value)


def test_a_name_is_an_actor_of_the_event_else_of_the_lexicon_else_as_written():
    lexicon = load_actor_lexicon()
    own = actor("Chad Valley Guard", kind=ActorKind.IDENTITY_MILITIA, country="TCD")
    told = event(actors=(own,))
    assert actor_named(lexicon, told, "chad valley guard") == own
    assert actor_named(lexicon, told, "Chadian troops").name == "Military Forces of Chad"
    assert actor_named(lexicon, told, "Lions of the Valley") == Actor(name="Lions of the Valley")
    talks = event(event_type=EventType.DIPLOMACY, sub_event_type="talks")
    assert actor_named(lexicon, talks, "Chad").name == "Government of Chad"


def test_who_accepts_votes_for_what_the_event_says_and_not_for_what_it_leaves_open():
    assert seen_particulars(TOLD) == {
        "status": "claimed by a general", "agents": "Rebels", "targets": "Civilians", "killed": "12", "wounded": "at least 3",
    }  # fmt: skip
    assert seen_particulars(event()) == {"status": "occurred"}


def test_a_correction_of_what_is_seen_to_the_same_is_a_vote_for_it():
    values = {
        Deed.RESTATUS: typed_status(TOLD, "claimed: a general"),
        Deed.ACTORS: typed_sides(TOLD, "by: Rebels | on: Civilians", named),
        Deed.FIGURES: typed_figures(TOLD, "killed 12; wounded at least 3"),
    }
    for what, value in values.items():
        assert set(dict(_votes(what, value)).items()) <= {*seen_particulars(TOLD).items(), ("event", "an event")}


def _votes(what, value):
    from types import SimpleNamespace

    return votes(SimpleNamespace(what=what, value=checked(what, value)))
