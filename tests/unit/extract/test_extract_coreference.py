"""One event told several times in one report, on several people's word."""

import dataclasses

import pytest
from few_names import mentions_of

from geoconflict.extract.coreference import fold_repeats
from geoconflict.models import Status

SIDES = {"the ministry in Kyiv": "UKR", "Kyiv": "UKR", "Moscow": "RUS", "a witness": None}


def folded(*claimants, place=True):
    """Return how many events tellings of one shelling make, each on the word of one of `claimants`."""
    (mention,) = mentions_of("Rebels shelled Izium on Monday.")
    tellings = [
        dataclasses.replace(
            mention,
            mention_id=f"m{at}",
            start=90 * at,
            trigger_start=90 * at,
            place=mention.place if place or not at else None,
            status=Status.CLAIMED if claimant else Status.OCCURRED,
            claimed_by=claimant,
        )
        for at, claimant in enumerate(claimants)
    ]
    return len(fold_repeats(tellings, frozenset(), SIDES.get))


@pytest.mark.parametrize("place", [True, False])
@pytest.mark.parametrize(
    ("claimants", "n_events"),
    [
        (("Kyiv", "the ministry in Kyiv"), 1),
        (("Kyiv", "a witness"), 1),  # who speaks for no side has no version of a side
        ((None, "a witness"), 1),
        (("Kyiv", "Moscow"), 2),
    ],
)
def test_the_versions_of_two_sides_stay_apart_and_no_others(claimants, n_events, place):
    assert folded(*claimants, place=place) == n_events


def test_two_measures_are_two_events():
    text = "The president declared martial law and imposed a curfew in Kyiv on Monday."
    assert [one.plover for one in mentions_of(text)] == ["COERCE:martial-law", "COERCE:curfew"]
