import datetime as dt

import pytest

from geoconflict.models import (
    Actor,
    Count,
    DateBasis,
    DatePrecision,
    DateSpan,
    Report,
    Role,
    Toponym,
)

SPAN = DateSpan(
    starts_on=dt.date(2020, 10, 22),
    ends_on=dt.date(2020, 10, 23),
    precision=DatePrecision.RANGE,
    basis=DateBasis.RELATIVE,
)


@pytest.mark.parametrize(
    "record",
    [
        SPAN,
        Count(low=1, best=None, high=None),
        Actor(name="Military Forces of X", country="XXX"),
        Toponym(start=0, end=4, surface="Here", score=0.5, role=Role.EVENT_PLACE, reasons=("a", "b")),
        Report(
            report_id="r",
            text="t",
            published_on=dt.date(2020, 1, 2),
            published_at=dt.datetime(2020, 1, 2, 3, tzinfo=dt.UTC),
        ),
    ],
)
def test_a_record_round_trips_through_its_dict(record):
    assert type(record).from_dict(record.to_dict()) == record


def test_a_dict_of_a_record_is_json_ready():
    assert SPAN.to_dict() == {
        "starts_on": "2020-10-22",
        "ends_on": "2020-10-23",
        "precision": "range",
        "basis": "relative",
        "surface": None,
    }


def test_an_unknown_field_is_refused_with_the_fields_there_are():
    with pytest.raises(TypeError, match="'colour'.*best, high, low"):
        Count.from_dict({"low": 1, "best": 1, "high": 1, "colour": "red"})


def test_a_missing_field_is_refused():
    with pytest.raises(TypeError, match="high"):
        Count.from_dict({"low": 1, "best": 1})
