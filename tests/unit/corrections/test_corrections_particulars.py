"""Status, sides and figures of an entry: what is refused, what stands there, and the one wording of each."""

import dataclasses

import pytest
from builders import actor, count

from geoconflict.corrections import Deed
from geoconflict.corrections.entry import checked
from geoconflict.corrections.particulars import actor_value, actors_from, aspect_words, count_from, figure_words
from geoconflict.models import ActorKind, Count


@pytest.mark.parametrize(
    ("what", "value", "said"),
    [
        ("restatus", {}, "status '' is unknown; there are occurred, claimed"),
        ("restatus", {"status": "perhaps"}, "status 'perhaps' is unknown"),
        ("restatus", {"status": ["claimed"]}, "status ['claimed'] is no text"),
        ("restatus", {"status": "claimed"}, "claimed needs who claims it, such as 'claimed: the defence ministry'"),
        ("restatus", {"status": "occurred", "by": "a mayor"}, "by 'a mayor' is given with occurred"),
        ("restatus", {"status": "claimed", "by": 3}, "by 3 is no text"),
        ("restatus", {"status": "claimed", "by": "a\u202eb"}, "characters that cannot be seen"),
        ("restatus", {"status": "denied", "by": "x" * 300}, "by is longer than 200 characters"),
        ("actors", {}, "actors needs agents (who did it), targets (to whom) or both; [] is unknown"),
        ("actors", {"agents": None}, "agents None is no list of actors"),
        ("actors", {"agents": ["Rebels"]}, "agents ['Rebels'] is no list of actors"),
        ("actors", {"targets": [{"kind": "civilians"}]}, "an actor of targets has no name"),
        ("actors", {"targets": [{"name": "A", "kind": "heroes"}]}, "actor 'A': "),
        ("actors", {"targets": [{"name": "A", "kind": None}]}, "kind None is no text"),
        ("actors", {"targets": [{"name": "A", "country": 3}]}, "country 3 is no text"),
        ("actors", {"targets": [{"name": "A", "sectors": "COP"}]}, "sectors 'COP' of 'A' is no list of texts"),
        ("actors", {"targets": [{"name": "A", "colour": "red"}]}, "actor 'A': "),
        ("actors", {"targets": [{"name": "A; B"}]}, "holds ; or |, which part names"),
        ("actors", {"targets": [{"name": f"A{n}"} for n in range(30)]}, "targets has 30 actors; give 20 at the most"),
        ("actors", {"agents": [{"name": "A"}], "targets": [{"name": "A"}]}, "'A' stands on both sides"),
        ("figures", {}, "figures needs one of killed, wounded, captured, displaced; null is not stated"),
        ("figures", {"killed": "5"}, "killed '5' is not a whole number"),
        ("figures", {"killed": True}, "killed True is not a whole number"),
        ("figures", {"killed": -1}, "killed -1 is not a whole number from 0 to 100,000,000"),
        ("figures", {"killed": 10**40}, "killed too large is not a whole number"),
        ("figures", {"wounded": {"low": 5, "high": 3}}, "wounded 5 to 3 does not rise; give the lowest number first"),
        ("figures", {"wounded": {"low": None}}, "wounded has no number; null is not stated"),
        ("figures", {"wounded": {"lowest": 5}}, "wounded: unknown field lowest; a figure has low, best and high"),
    ],
)
def test_a_bad_value_is_refused_and_says_how_to_mend_it(what, value, said):
    with pytest.raises(ValueError) as error:
        checked(Deed(what), value)
    assert said in str(error.value)


def test_what_is_checked_comes_out_as_it_went_in():
    values = {
        "restatus": {"status": "claimed", "by": "a mayor"},
        "actors": {"agents": [], "targets": [{"name": "Rebels (Chad)", "kind": "rebel group", "country": "TCD"}]},
        "figures": {"killed": {"low": 3, "best": None, "high": 7}, "wounded": None},
    }
    for what, value in values.items():
        assert checked(Deed(what), value) == value
        assert checked(Deed(what), checked(Deed(what), value)) == value
    assert checked(Deed.RESTATUS, {"status": "occurred", "by": None}) == {"status": "occurred"}
    assert checked(Deed.FIGURES, {"killed": 5}) == {"killed": {"low": 5, "best": 5, "high": 5}}


def test_an_actor_stands_in_an_entry_whole_and_once():
    of_chad = actor("Police Forces of Chad", kind=ActorKind.STATE_FORCES, country="TCD")
    police = dataclasses.replace(of_chad, sectors=("COP",), surface="the police")
    (found,) = actors_from([actor_value(police), actor_value(police)], "targets")
    assert (found.name, found.kind, found.country, found.sectors) == (police.name, police.kind, "TCD", ("COP",))
    assert (found.part, found.surface) == ("target", None)


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (None, "not stated"),
        (count(5), "5"),
        (count(low=3, high=7), "3 to 7"),
        (count(low=5), "at least 5"),
        (count(high=5), "at most 5"),
        (Count(low=None, best=30, high=None), "about 30"),
        (Count(low=5, best=6, high=7), "5 to 7, most likely 6"),
        (Count(low=5, best=6, high=None), "at least 5, most likely 6"),
        (Count(low=4, best=None, high=4), "4"),
    ],
)
def test_a_figure_has_one_wording(of, words):
    assert figure_words(of) == words


def test_one_number_is_meant_where_the_lowest_is_the_highest():
    assert count_from("killed", {"low": 4, "high": 4}) == count(4)


def test_what_is_decided_is_named_for_a_sentence():
    found = [aspect_words(one) for one in ("place", "agents", "targets", "captured")]
    assert found == ["the place", "who did it", "to whom it was done", "the number captured"]
