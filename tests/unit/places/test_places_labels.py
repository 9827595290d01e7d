"""A town is shown under the name that reports use for it, as long as that is one of its names and no code or part of one."""

import dataclasses

import pytest
from tiny_gazetteer import tiny_place

from geoconflict.models import Resolution, Toponym
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.labels import as_reported

TOWN = tiny_place("zal", "Zalinjay", 23.47, 12.91, country="SDN")
CANDIDATE = Candidate(
    place=TOWN, matched_name="Zalingei", is_primary=False, name_valid=True, feature="PPL",
    historical=False, curated=False, prior=0.5,
)  # fmt: skip


def shown(surface: str, candidate: Candidate) -> Resolution:
    toponym = Toponym(start=0, end=len(surface), surface=surface, score=0.9)
    return as_reported(Resolution(toponym=toponym, place=candidate.place, score=0.9, reasons=("r",)), candidate)


def test_the_name_of_the_report_is_shown_and_the_main_name_told():
    answer = shown("Zalingei", CANDIDATE)
    assert answer.place == dataclasses.replace(TOWN, name="Zalingei")
    assert answer.reasons == ("r", "shown as Zalingei, as the report calls it; the gazetteer's main name is Zalinjay")


@pytest.mark.parametrize(
    ("surface", "changed"),
    [
        ("ZALINGEI", {"matched_name": "ZALINGEI"}),
        ("zalingei", {"matched_name": "zalingei"}),
        ("Zal", {"matched_name": "Zal"}),
        ("Zalinjay", {"matched_name": "Zalinjay"}),
        ("Zalingei district", {}),
        ("Zalingei", {"curated": True}),
        ("Zalingei", {"name_valid": False}),
        ("Zalingei", {"place": dataclasses.replace(TOWN, kind="country")}),
        ("Zalingei", {"place": dataclasses.replace(TOWN, name="Zalingei County")}),
    ],
)
def test_what_is_no_other_spelling_of_an_unlisted_name_changes_nothing(surface, changed):
    candidate = CANDIDATE._replace(**changed)
    answer = shown(surface, candidate)
    assert answer.place == candidate.place
    assert answer.reasons == ("r",)
