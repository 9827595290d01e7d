"""What a whole report speaks of: disease, or a war whose dead lie in hospitals; people who demonstrate."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 people were killed in Nyala, the health ministry said. Doctors at the hospital had no blood left.",
        "At least 12 patients were killed at the hospital in Nyala, health officials said.",
    ],
)
def test_hospitals_and_who_counts_the_dead_are_no_disease(text):
    assert [one.sub_event_type for one in mentions_of(text)] == ["Attack"]


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 people were killed in Nyala by cholera, the health ministry said. Doctors at the hospital had no vaccine left.",
        "At least 12 patients died at the hospital in Nyala of fever, health officials said.",
    ],
)
def test_a_report_of_disease_tells_of_no_attack(text):
    assert mentions_of(text) == ()


def _kinds(text):
    return [one.sub_event_type for one in mentions_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Students marched in Nyala on Monday. Police fired tear gas, wounding six.",
        "Hundreds protested in Nyala on Monday. Police fired rubber bullets and six people were hurt.",
    ],
)
def test_tear_gas_in_a_report_of_a_protest_was_fired_at_it(text):
    assert _kinds(text) == ["Peaceful protest", "Protest with intervention"]
    assert mentions_of(text)[1].casualties.wounded.best == 6


@pytest.mark.parametrize(
    "text",
    [
        "Students marched in Nyala on Monday. The fire brigade used water cannon on a burning shop.",
        "Students marched in Nyala on Monday. Police did not fire tear gas.",
        "Police fired tear gas in Nyala on Monday during a drill.",
    ],
)
def test_water_on_a_fire_and_gas_in_a_drill_were_fired_at_nobody(text):
    assert "Protest with intervention" not in _kinds(text)
