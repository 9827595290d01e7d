"""What is still to come, or was only meant, is no fact."""

import pytest
from few_names import told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army is to withdraw from Izium by 1 June.", "scheduled"),
        ("The army was to withdraw from Izium on Monday.", "hypothetical"),
        ("The rebels' aim is to capture Izium.", "hypothetical"),
        ("The army withdrew from Izium on Monday.", "occurred"),
        ("The army had to withdraw from Izium on Monday.", "occurred"),
    ],
)
def test_what_is_to_be_done(text, status):
    assert {one[2] for one in told(text)} == {status}
