"""Deeds in quotation marks behind their doers, which are somebody's words, and marks around less or more."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status


def of_gao(text):
    (one,) = [one for one in mentions_of(text) if one.place and one.place.surface == "Gao"]
    return one


@pytest.mark.parametrize(
    "text",
    [
        "Rebels 'kill 12 soldiers' in Gao",
        "The rebels have “killed 12 soldiers” in Gao on Monday.",
        "Rebels ‘capture the town of Gao’",
        'Russian strikes "kill dozens of villagers" in Gao',
    ],
)
def test_a_quoted_deed_is_a_claim_of_nobody_named(text):
    told = of_gao(text)
    assert (told.status, told.claimed_by) == (Status.CLAIMED, None)


@pytest.mark.parametrize(
    "text",
    [
        'The army "liberated" Gao on Monday.',
        "Militants killed 12 'infidel soldiers of the state' in Gao",
        'The "Lions of the Desert" killed 12 soldiers in Gao.',
        "The rebels' attack killed 12 soldiers in the villages' market in Gao.",
    ],
)
def test_a_quoted_word_or_name_leaves_a_fact_a_fact(text):
    assert of_gao(text).status is Status.OCCURRED


def test_who_is_named_is_the_claimant_of_what_is_quoted():
    assert of_gao("Militants 'kill 12 soldiers' in Gao, army says").claimed_by == "army"
