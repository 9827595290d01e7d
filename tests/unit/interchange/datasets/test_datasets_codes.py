"""The codes of others: countries, inter codes, types and scores."""

import pytest

from geoconflict.codes import INTER_NAMES, PLOVER_MODES
from geoconflict.interchange.datasets.actor_codes import inter_of_text
from geoconflict.interchange.datasets.country_codes import _codes, alpha3_of, alpha3_of_name, code_of, name_of
from geoconflict.interchange.datasets.plover_codes import QUAD_CODES, our_types, plover_columns, score_of
from geoconflict.interchange.datasets.type_codes import acled_types
from geoconflict.models import SUB_EVENT_TYPES, EventType


@pytest.mark.parametrize(
    ("alpha3", "numeric", "fips", "number"),
    [("UKR", "804", "UP", "369"), ("SDN", "729", "SU", "625"), ("AZE", "31", "AJ", "373"), ("AFG", "4", "AF", "700"),
     ("SSD", "728", "OD", "626"), ("SRB", "688", "RI", "340"), ("COD", "180", "CG", "490"), ("YEM", "887", "YM", "678")],
)  # fmt: skip
def test_countries_have_the_codes_of_each_list(alpha3, numeric, fips, number):
    assert (code_of(alpha3, "numeric"), code_of(alpha3, "fips"), code_of(alpha3, "gleditsch_ward")) == (
        numeric,
        fips,
        number,
    )
    assert {alpha3_of(numeric.zfill(3), "numeric"), alpha3_of(fips, "fips"), alpha3_of(number, "gleditsch_ward")} == {
        alpha3
    }


def test_no_code_means_two_countries():
    for which in ("numeric", "fips", "gleditsch_ward"):
        codes = list(_codes(which).values())
        assert len(set(codes)) == len(codes) > 190


def test_names_of_others_are_found_and_codes_of_nothing_are_nothing():
    assert alpha3_of_name("Russia (Soviet Union)") == "RUS"
    assert alpha3_of_name("DR Congo (Zaire)") == "COD"
    assert alpha3_of("GZ", "fips") == alpha3_of("WE", "fips") == "PSE"
    assert (
        alpha3_of("", "fips"),
        alpha3_of("0", "numeric"),
        alpha3_of_name(""),
        name_of("XYZ"),
        code_of("", "fips"),
    ) == ("",) * 5


def test_inter_codes_are_read_as_numbers_and_as_text_of_any_time():
    for code, name in INTER_NAMES.items():
        assert (
            inter_of_text(str(code))
            == inter_of_text(f"{code}.0")
            == inter_of_text(name)
            == inter_of_text(name.upper())
            == code
        )
    assert inter_of_text("Rebel groups") == 2
    assert [inter_of_text(text) for text in ("", "0", "9", "Sole")] == [None] * 4


def test_every_type_and_mode_of_plover_has_a_score_a_quad_code_and_a_type_of_ours():
    for kind, modes in PLOVER_MODES.items():
        assert QUAD_CODES[kind] in (1, 2, 3, 4)
        for mode in ("", *modes):
            assert -10 <= score_of(kind, mode) <= 10
            for at_civilians in (True, False):
                ours, sub = our_types(kind, mode, at_civilians=at_civilians)
                assert sub in SUB_EVENT_TYPES[EventType(ours)]
    assert score_of("ASSAULT", "unconventional") == -10
    assert score_of("ACCUSE", "") == -3
    assert score_of("PROTEST", "vandalize") == score_of("PROTEST", "") == -5
    assert score_of("", "") is None


def test_every_type_of_acled_has_plovers_or_none_by_intent():
    pairs = [
        (kind.value, sub) for kind in EventType if kind is not EventType.DIPLOMACY for sub in SUB_EVENT_TYPES[kind]
    ]
    codes = plover_columns([kind for kind, _ in pairs], [sub for _, sub in pairs])
    without = [sub for (_, sub), code in zip(pairs, codes["plover_type"], strict=True) if not code]
    assert without == ["Change to group/activity", "Disrupted weapons use", "Other"]
    assert all(
        mode in ("", *PLOVER_MODES.get(kind, ()))
        for kind, mode in zip(codes["plover_type"], codes["plover_mode"], strict=True)
    )


def test_a_type_alone_becomes_acleds_general_one_and_what_is_none_stays_none():
    assert acled_types("Battles", "State-based conflict") == ("Battles", "Armed clash")
    assert acled_types("Violence against civilians", "One-sided violence") == ("Violence against civilians", "Attack")
    assert acled_types("Battles", "") == ("Battles", "Armed clash")
    assert acled_types("Explosions/Remote violence", "") == ("", "")
    assert acled_types("Meeting", "x") == ("", "")
