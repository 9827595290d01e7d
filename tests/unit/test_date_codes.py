import datetime as dt

import pytest

from geoconflict.date_codes import acled_time_precision, ucdp_date_prec
from geoconflict.extract.dates.reader import find_times
from geoconflict.models import DateBasis, DatePrecision, DateSpan

FRIDAY = dt.date(2020, 10, 30)


def _span(first, last, precision):
    day = dt.date.fromisoformat
    return DateSpan(
        starts_on=day(first) if first else None,
        ends_on=day(last) if last else None,
        precision=DatePrecision(precision),
        basis=DateBasis.STATED,
    )


@pytest.mark.parametrize(
    ("first", "last", "precision", "ucdp", "acled"),
    [
        ("2020-09-27", "2020-09-27", "day", 1, 1),
        ("2020-09-27", "2020-09-27", "range", 1, 1),
        ("2020-09-27", "2020-09-28", "range", 2, 2),
        ("2020-09-27", "2020-10-02", "range", 2, 2),
        ("2020-09-27", "2020-10-03", "range", 3, 2),
        ("2020-09-27", "2020-10-04", "range", 4, 3),
        ("2020-09-27", "2020-10-26", "range", 4, 3),
        ("2020-09-27", "2020-10-27", "range", 5, None),
        ("2020-10-01", "2020-10-31", "range", 4, 3),
        ("2020-01-01", "2020-12-31", "range", 5, None),
        ("2020-01-01", "2021-01-01", "range", None, None),
        ("2020-10-26", "2020-11-01", "week", 3, 2),
        ("2020-10-26", "2020-10-30", "week", 3, 2),
        ("2020-09-01", "2020-09-30", "month", 4, 3),
        ("1994-01-01", "1994-12-31", "year", 5, None),
        (None, "2020-10-30", "unknown", None, None),
        ("2020-10-30", None, "unknown", None, None),
        (None, None, "unknown", None, None),
    ],
)
def test_the_codes_of_a_span(first, last, precision, ucdp, acled):
    span = _span(first, last, precision)
    assert (ucdp_date_prec(span), acled_time_precision(span)) == (ucdp, acled)


@pytest.mark.parametrize(
    ("text", "ucdp", "acled"),
    [
        ("It fell on Thursday.", 1, 1),
        ("It fell overnight.", 2, 2),
        ("It fell on 22-25 October.", 2, 2),
        ("It fell last week.", 3, 2),
        ("It fell in late September.", 4, 3),
        ("It fell in September.", 4, 3),
        ("It fell last year.", 5, None),
        ("It fell in the summer of 2018.", 5, None),
        ("It fell in the 1990s.", None, None),
        ("It fell before Sunday.", None, None),
    ],
)
def test_the_codes_of_what_a_text_says(text, ucdp, acled):
    found = find_times(text, published_on=FRIDAY)[0].span
    assert (ucdp_date_prec(found), acled_time_precision(found)) == (ucdp, acled)
