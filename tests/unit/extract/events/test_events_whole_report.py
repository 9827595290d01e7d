"""What a whole report speaks of: disease, or a war whose dead lie in hospitals."""

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
