from geoconflict.places.overrides import Override
from geoconflict.places.overrides_unused import why_unused

REPORTS = [
    ("Troops left the Old Mill at dawn.", ["Homs"]),
    ("The OLD-MILL burned near H\u00f3ms.", []),
    ("Millet grew.", []),
]


def told(*surfaces):
    return why_unused([Override(surface=surface, place_id="a:1") for surface in surfaces], iter(REPORTS))


def test_what_the_reports_have_of_a_name():
    no_name, name, absent, part = told("old mill", "HOMS", "Nowhere", "Mil")
    assert no_name.startswith("it occurs in 2 reports but was not taken")
    assert name.startswith("the name was found, but")
    assert (absent, part) == ("", "")


def test_no_report_is_read_where_every_row_decided():
    reports = iter(REPORTS)
    assert why_unused([], reports) == []
    assert next(reports) == REPORTS[0]
