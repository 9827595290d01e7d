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
        ("Rebels could only capture Izium on Tuesday.", "occurred"),
        ("Only on Tuesday could the rebels capture Izium.", "occurred"),
        ("Rebels could only capture Izium on Tuesday if the bridge held.", "hypothetical"),
        ("Rebels could only capture Izium next Tuesday.", "hypothetical"),
        ("Rebels could capture Izium on Tuesday.", "hypothetical"),
    ],
)
def test_what_is_to_be_done(text, status):
    assert {one[2] for one in told(text)} == {status}
