"""Who says that he still holds a town denies that it was taken; of a part of it, he denies a part."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status

TAKEN = "The rebels said they had taken Gao on Monday"


def of_gao(text):
    (one,) = [one for one in mentions_of(text) if one.place and one.place.surface == "Gao"]
    return one


@pytest.mark.parametrize(
    "word",
    [
        "; the army insisted that it still held the town.",
        ". The army said the town was still in its hands.",
        ". The government said the town remained under its control.",
        "; the army said its troops still controlled Gao.",
    ],
)
def test_who_still_holds_the_town_denies_that_it_fell(word):
    told = of_gao(TAKEN + word)
    assert told.status is Status.DENIED
    assert told.denied_by in ("army", "government")


def test_who_holds_a_building_denies_a_part():
    told = of_gao(f"{TAKEN}; the army insisted that its troops still held the governor's office.")
    assert (told.status, told.denied_by) == (Status.CLAIMED, "army")


@pytest.mark.parametrize(
    "word",
    [
        ". They said on Tuesday that they still held the town.",
        ". The army said it had held the town since 2012.",
        ". The army still held the town.",
    ],
)
def test_other_words_of_holding_deny_nothing(word):
    assert of_gao(TAKEN + word).denied_by is None
