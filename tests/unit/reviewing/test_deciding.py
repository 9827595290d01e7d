"""What a decision writes down of an event whose days are half known."""

import dataclasses

import pytest
from builders import day, days, report, source
from review_server import NOON

from geoconflict.events import merge_sources
from geoconflict.reviewing.deciding import Desk, decide

UNTIL = dataclasses.replace(days(0, 3), starts_on=None)
NEVER = dataclasses.replace(UNTIL, ends_on=None)


@pytest.mark.parametrize(
    ("when", "was"),
    [(UNTIL, f"../{UNTIL.ends_on}"), (NEVER, "../.."), (day(1), f"{day(1).starts_on}/{day(1).starts_on}")],
)
def test_an_open_span_of_days_is_written_as_iso_8601_has_it(tmp_path, when, was):
    (event,) = merge_sources([source(report("Shells fell on Riverton."), when=when)])
    desk = Desk(store=None, place=lambda _: None, who="anna", when=NOON)
    (made,) = decide(desk, event, "redate", "2020-10-02").corrections
    assert made.value["was"] == was


@pytest.mark.parametrize("value", ["0001-01-01/9999-12-31", "9999-12-31", "0999-12-31", "1800-01-01/2020-01-01"])
def test_days_that_no_event_has_are_refused(value):
    (event,) = merge_sources([source(report("Shells fell on Riverton."))])
    with pytest.raises(ValueError, match="not in the years 1000 to 2999|more than a century apart"):
        decide(Desk(store=None, place=lambda _: None, who="anna", when=NOON), event, "redate", value)
