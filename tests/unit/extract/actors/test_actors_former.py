"""Former fighters are civilians; the former rebels who fight on under that name are not."""

import pytest
from few_names import mentions_of

from geoconflict.models import ActorKind, EventType


def hit(text):
    (told,) = mentions_of(text)
    return told.event_type, {one.kind for one in told.actors if one.part == "target"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two former FARC guerrillas in Gao on Monday.",
        "Two ex-fighters of the Tamil Tigers were shot dead in Gao on Monday.",
        "A retired soldier was stabbed to death in Gao on Monday.",
        "A former rebel commander was killed by gunmen in Gao on Monday.",
        "Gunmen shot two demobilised fighters in Gao on Monday.",
    ],
)
def test_what_is_done_to_former_fighters_is_done_to_civilians(text):
    assert hit(text) == (EventType.VIOLENCE_AGAINST_CIVILIANS, {ActorKind.CIVILIANS})


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two FARC guerrillas in Gao on Monday.",
        "The army killed two ex-Seleka rebels in Gao on Monday.",
        "Gunmen attacked the former rebel army in Gao on Monday.",
    ],
)
def test_who_fights_is_no_civilian(text):
    kind, targets = hit(text)
    assert kind is EventType.BATTLES
    assert ActorKind.CIVILIANS not in targets
