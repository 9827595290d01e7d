import datetime as dt
import re

import pytest
from tiny_gazetteer import TinyGazetteer

from geoconflict.models import PlacePrecision, Resolution, Role, Toponym
from geoconflict.places import load_overrides, resolve
from geoconflict.places.countries import Country

DAY = dt.date(2021, 6, 10)


def read(text: str, *names: str, roles: dict[str, Role] | None = None, **options) -> dict[str, Resolution]:
    """Resolve all mentions of `names` in `text`; the answer has the last mention of each under its name, all under "all"."""
    spans = sorted({match.span() for name in names for match in re.finditer(re.escape(name), text)})
    toponyms = [
        Toponym(
            start=start,
            end=end,
            surface=text[start:end],
            score=0.9,
            role=(roles or {}).get(text[start:end], Role.EVENT_PLACE),
        )
        for start, end in spans
    ]
    answers = resolve(toponyms, gazetteer=TinyGazetteer(), text=text, **{"published_on": DAY, **options})
    assert [one.toponym for one in answers] == toponyms
    return {one.toponym.surface: one for one in answers}


def chosen(resolution: Resolution) -> str | None:
    return resolution.place.place_id.removeprefix("tiny:") if resolution.place else None


# ---------------------------------------------------------------- the size of a place is the last word
def test_alone_the_larger_place_is_meant():
    answer = read("Shells fell on Anderam.", "Anderam")["Anderam"]
    assert chosen(answer) == "anderam-ne"
    assert [one.place.place_id for one in answer.alternatives] == ["tiny:anderam-ml"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Anderam in the Iferas.",
        "Shells fell on the town of Anderam in Kidore.",
        "Shells fell on Anderam, Mali.",
        "Shells fell on Anderam, a small town in northern Mali.",
        "Shells fell on Mali's northern town of Anderam.",
        "Shells fell on Anderam (Mali).",
    ],
)
def test_what_the_text_says_of_containment_decides_against_size(text):
    answer = read(text, "Anderam", "Iferas", "Kidore", "Mali")["Anderam"]
    assert chosen(answer) == "anderam-ml"
    assert any(reason.startswith("the text says") for reason in answer.reasons), answer.reasons


@pytest.mark.parametrize(
    "opening", ["In Kidore", "In the northern region of Kidore", "Rebels fled. In Kidore on Monday"]
)
def test_a_region_that_opens_the_sentence_holds_the_village_that_the_sentence_names(opening):
    answer = read(f"{opening}, gunmen killed six people in the village of Anderam.", "Anderam", "Kidore")["Anderam"]
    assert chosen(answer) == "anderam-ml"
    assert any("village of Anderam" in reason for reason in answer.reasons), answer.reasons


def test_a_village_that_none_of_its_name_lies_in_the_region_that_opens_the_sentence_is_that_region():
    answer = read("In Kidore, gunmen killed six people in the village of Atlanta.", "Atlanta", "Kidore")["Atlanta"]
    assert chosen(answer) == "kidore"
    assert "is not known there" in answer.reasons[0]


def test_a_region_that_opens_another_sentence_holds_nothing_of_this_one():
    text = "In Kidore, gunmen killed six people. Soldiers met in the town of Atlanta."
    assert chosen(read(text, "Atlanta", "Kidore")["Atlanta"]) == "atlanta"


@pytest.mark.parametrize(
    "words", ["the headquarters of", "the main town of the", "administrative centre of", "the largest town of northern"]
)
def test_a_town_that_is_the_seat_of_a_land_lies_in_it(words):
    answer = read(f"Shells fell on Atlanta, {words} Kidore, on Monday.", "Atlanta", "Kidore")["Atlanta"]
    assert chosen(answer) == "kidore"
    assert "is not known there" in answer.reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Atlanta and the headquarters of Kidore on Monday.",
        "Shells fell on Atlanta, the men of the headquarters in Kidore said on Monday.",
    ],
)
def test_what_is_told_beside_a_town_is_not_the_land_of_which_it_is_the_seat(text):
    assert chosen(read(text, "Atlanta", "Kidore")["Atlanta"]) == "atlanta"


def test_an_adjective_of_a_country_counts_as_containment():
    answer = read("Shells fell on the Malian town of Anderam on Monday.", "Anderam")["Anderam"]
    assert chosen(answer) == "anderam-ml"
    assert "the text says 'Malian town of Anderam'" in answer.reasons


def test_a_place_named_nearby_decides_against_size():
    answer = read("Shells fell on Tessal. Later Anderam was hit.", "Tessal", "Anderam")["Anderam"]
    assert chosen(answer) == "anderam-ml"
    assert any(re.fullmatch(r"\d+ km from Tessal, named in the same report", reason) for reason in answer.reasons)


def test_the_country_of_the_report_decides_against_size():
    answer = read("The army of Mali is stretched. Mali lost men at Anderam.", "Mali", "Anderam")["Anderam"]
    assert chosen(answer) == "anderam-ml"
    assert "the report names Mali" in answer.reasons


def test_the_people_of_a_country_count_like_its_name():
    assert chosen(read("Malian farmers and Malian police fled. Anderam was hit.", "Anderam")["Anderam"]) == "anderam-ml"


def test_a_verb_between_two_names_is_no_containment():
    answers = read("Anderam was shelled by men from Mali in Tassiga.", "Anderam", "Mali", "Tassiga")
    assert not any("the text says 'Anderam was" in reason for reason in answers["Anderam"].reasons)


# ---------------------------------------------------------------- kinds, countries, capitals
def test_a_country_is_a_country_unless_the_text_says_otherwise():
    assert chosen(read("Talks with Georgia went on.", "Georgia")["Georgia"]) == "georgia"
    answers = read("Police in Atlanta, Georgia, and elsewhere in the U.S. said so.", "Atlanta", "Georgia", "U.S.")
    assert chosen(answers["Georgia"]) == "georgia-us"


def test_words_beside_the_name_restrict_its_kind():
    assert read("They fought in Tassiga province.", "Tassiga")["Tassiga"].place.kind == "admin1"  # type: ignore[union-attr]


def test_a_town_and_the_region_of_its_name_are_told_apart():
    text = "They fought in Tassiga province. Later the town of Anderam in Tassiga region was hit."
    toponyms = [
        Toponym(start=m.start(), end=m.end(), surface=m.group(), score=0.9)
        for m in re.finditer("Tassiga|Anderam", text)
    ]
    answers = resolve(toponyms, gazetteer=TinyGazetteer(), text=text, published_on=DAY)
    assert [chosen(one) for one in answers] == ["tassiga", "anderam-ne", "tassiga"]
    answers = [*read("Shells hit Gourma. Gourma province is calm.", "Gourma").values()]
    assert chosen(answers[-1]) == "gourma-region"
    assert chosen(read("Gourma province is calm. Shells hit Gourma.", "Gourma")["Gourma"]) == "gourma"


def test_a_capital_speaks_for_its_government():
    text = "Bamadou said it would answer."
    assert chosen(read(text, "Bamadou", roles={"Bamadou": Role.ACTOR_METONYM})["Bamadou"]) == "bamadou"
    reasons = read(text, "Bamadou", roles={"Bamadou": Role.ACTOR_METONYM})["Bamadou"].reasons
    assert any("government" in reason for reason in reasons)


# ---------------------------------------------------------------- lines
def test_a_front_line_is_the_one_by_the_places_of_the_report():
    answer = read(
        "Mali sent men to Tessal, near the front line.",
        "Mali",
        "Tessal",
        "front line",
        published_on=dt.date(2019, 5, 1),
    )
    assert chosen(answer["front line"]) == "front-ml"


def test_a_line_that_was_gone_by_then_is_not_meant():
    answer = read(
        "Mali sent men to Tessal, near the front line.",
        "Mali",
        "Tessal",
        "front line",
        published_on=dt.date(2022, 5, 1),
    )
    assert answer["front line"].place is None
    assert answer["front line"].reasons


def test_a_line_without_a_place_near_it_is_not_guessed():
    answer = read("The line of contact was quiet.", "line of contact", published_on=dt.date(2019, 5, 1))[
        "line of contact"
    ]
    assert answer.place is None
    assert "no line that was there" in answer.reasons[0]


# ---------------------------------------------------------------- one sense, abstention, overrides
def test_one_name_means_one_place_in_a_report():
    text = "Shells fell on Anderam in Kidore. People left Anderam. Anderam is empty."
    toponyms = [
        Toponym(start=m.start(), end=m.end(), surface=m.group(), score=0.9) for m in re.finditer("Anderam|Kidore", text)
    ]
    answers = resolve(toponyms, gazetteer=TinyGazetteer(), text=text, published_on=DAY)
    assert {chosen(one) for one in answers if one.toponym.surface == "Anderam"} == {"anderam-ml"}


def test_unless_the_text_tells_two_apart():
    text = "Shells fell on Anderam in Mali and on Anderam in Niger."
    toponyms = [
        Toponym(start=m.start(), end=m.end(), surface=m.group(), score=0.9)
        for m in re.finditer("Anderam|Mali|Niger", text)
    ]
    answers = resolve(toponyms, gazetteer=TinyGazetteer(), text=text, published_on=DAY)
    assert [chosen(one) for one in answers] == ["anderam-ml", "mali", "anderam-ne", "niger"]


def test_a_tie_is_not_guessed_and_the_candidates_are_kept():
    answer = read("A storm hit Twinby.", "Twinby")["Twinby"]
    assert answer.place is None
    assert {one.place.place_id for one in answer.alternatives} == {"tiny:twin-a", "tiny:twin-b"}
    assert "not sure enough" in answer.reasons[0]


def test_an_unknown_name_voids_nothing_else():
    answers = read("Shells fell on Xyzzyville and Tessal.", "Xyzzyville", "Tessal")
    assert answers["Xyzzyville"].place is None
    assert "no place of this name is known" in answers["Xyzzyville"].reasons[0]
    assert chosen(answers["Tessal"]) == "tessal"


def test_overrides_decide_and_anchor_the_rest(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text("surface,context,place_id\nTwinby,storm,tiny:tessal\nMonday,,not a place\n", encoding="utf-8")
    answers = read(
        "A storm hit Twinby on Monday, then Anderam.", "Twinby", "Monday", "Anderam", overrides=load_overrides(path)
    )
    assert chosen(answers["Twinby"]) == "tessal"
    assert answers["Twinby"].score == 1.0
    assert chosen(answers["Monday"]) is None
    assert "not a place" in answers["Monday"].reasons[0]
    assert chosen(answers["Anderam"]) == "anderam-ml"


def test_an_override_to_a_place_that_is_gone_is_said(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text("surface,place_id\nTwinby,tiny:vanished\n", encoding="utf-8")
    answer = read("A storm hit Twinby.", "Twinby", overrides=load_overrides(path))["Twinby"]
    assert answer.place is None
    assert "the gazetteer has no such place_id" in answer.reasons[-1]


def test_a_report_without_names_has_no_resolutions():
    assert resolve([], gazetteer=TinyGazetteer(), text="Nothing.") == ()


# ---------------------------------------------------------------- containers that hold no candidate
@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Gourel in Kidore.",
        "Shells fell on Twinby in Kidore.",
        "Shells fell on Twinby, in the Kidore region, at dawn.",
        "Shells fell on Twinby village, Kidore, at dawn.",
        "Shells fell on Twinby village (Kidore).",
        "Shells fell on Twinby in Mali's Kidore province.",
        "Shells fell on Kidore's Twinby.",
    ],
)
def test_a_place_that_no_candidate_is_in_gives_way_to_its_container(text):
    names = ["Twinby", "Gourel", "Kidore", "Mali"]
    answers = read(text, *names)
    answer = answers["Twinby" if "Twinby" in text else "Gourel"]
    around = answers["Kidore"]
    assert chosen(answer) == chosen(around) == "kidore"
    assert answer.place == around.place
    assert answer.score < around.score
    assert "this is Kidore Region (admin1), in which the text says it lies" in answer.reasons[0]
    if "Twinby" in text:
        assert any("no Twinby that is known lies there" in reason for reason in answer.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on the Xyzzy neighbourhood in Bamadou.",
        "Shells fell on the Tessal neighborhood, in eastern Bamadou.",  # a town of that name lies far away
        "SHELLS FELL ON THE XYZZY NEIGHBORHOOD OF BAMADOU.",
        "Shells fell on the Tessal district of Bamadou.",
        "Shells fell on the Xyzzy bridge in Bamadou.",
        "Shells fell on the Xyzzy Hospital in Bamadou.",
        "Shells fell on the Tessal market in Bamadou.",
    ],
)
def test_a_quarter_that_is_not_known_in_its_town_is_placed_in_the_town(text):
    names = ["Xyzzy", "Bamadou", "Tessal"]
    answers = read(text, *(name.upper() if text.isupper() else name for name in names if name.upper() in text.upper()))
    assert {chosen(answer) for answer in answers.values()} == {"bamadou"}


def test_a_village_of_a_land_of_which_only_the_town_is_known_is_as_wide_as_such_lands_are():
    answers = read("Rebels retook Xyzzyville in Bamadou territory.", "Xyzzyville", "Bamadou")
    town = TinyGazetteer().place("tiny:bamadou")
    for name in ("Xyzzyville", "Bamadou"):
        land = answers[name].place
        assert land.precision is PlacePrecision.ADMIN2
        assert (land.lon, land.lat) == (town.lon, town.lat)
        assert land.radius_m >= 35_000 > town.radius_m


def test_what_is_unknown_in_a_city_lies_in_it_or_by_it_and_a_village_somewhere_in_the_land():
    names = ("Xyzzyville", "Bamadou")
    by_city = read("Shells fell on Xyzzyville in Bamadou.", *names)["Xyzzyville"].place
    assert by_city.place_id == "tiny:bamadou"
    assert by_city.precision is PlacePrecision.NEAR
    assert read("Rebels retook the village of Xyzzyville in Bamadou.", *names)["Xyzzyville"].place is None


def test_the_only_place_of_a_name_is_not_taken_where_the_text_puts_it_elsewhere():
    assert chosen(read("Shells fell on Tessal.", "Tessal")["Tessal"]) == "tessal"
    answers = read("Shells fell on Tessal in Tassiga province.", "Tessal", "Tassiga")
    assert chosen(answers["Tessal"]) == "tassiga"
    assert [one.place.place_id for one in answers["Tessal"].alternatives] == ["tiny:tessal"]


def test_a_country_is_too_wide_to_stand_for_a_place_in_it():
    answers = read("Shells fell on Tessal in Georgia, near the sea.", "Tessal", "Georgia")
    assert answers["Tessal"].place is None
    assert "the text says 'Tessal in Georgia', and no Tessal that is known lies there" in answers["Tessal"].reasons


def test_a_container_that_is_unknown_passes_on_to_its_own():
    answers = read("Shells fell on Xyzzyville, in Qworm district of Kidore.", "Xyzzyville", "Qworm", "Kidore")
    assert chosen(answers["Qworm"]) == chosen(answers["Xyzzyville"]) == "kidore"
    assert read("Shells fell on Xyzzyville in Qworm.", "Xyzzyville", "Qworm")["Xyzzyville"].place is None


def test_a_container_stands_in_only_where_it_is_sure_enough():
    text = "Shells fell on Xyzzyville in Kidore."
    assert read(text, "Xyzzyville", "Kidore", min_score=0.9)["Xyzzyville"].place is None


def test_who_speaks_is_not_placed_in_a_container():
    text = "Xyzzyville in Kidore made no comment."
    answer = read(text, "Xyzzyville", "Kidore", roles={"Xyzzyville": Role.ACTOR_METONYM})["Xyzzyville"]
    assert answer.place is None


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Tessal, Tassiga and Gourma.",  # a list
        "Shells fell on Tessal, Tassiga, Bamadou, and Gourma.",
        "Men who came from Tessal fought in Tassiga.",  # a deed
        "Talks between Tessal officials in Tassiga failed.",
        "Shells fell on Tessal in Bamadou.",  # a town holds no town
    ],
)
def test_words_that_may_mean_something_else_do_not_exclude(text):
    assert chosen(read(text, "Tessal", "Tassiga", "Gourma", "Bamadou")["Tessal"]) == "tessal"


def test_just_beyond_the_rough_edge_of_a_unit_is_not_elsewhere():
    # The highlands reach over the border of the region, whose point is 70 km away.
    assert chosen(read("Shells fell on Iferas in Kidore.", "Iferas", "Kidore")["Iferas"]) == "iferas"
    assert chosen(read("Shells fell on Iferas in Tassiga.", "Iferas", "Tassiga")["Iferas"]) == "tassiga"


def test_land_that_two_states_claim_is_in_either(monkeypatch):
    table = {"MLI": Country("ML", "MLI", "Mali", ("NER",), ""), "NER": Country("NE", "NER", "Niger", (), "")}
    assert read("Shells fell on Tessal in Niger.", "Tessal", "Niger")["Tessal"].place is None
    monkeypatch.setattr("geoconflict.places.containers.country_table", lambda: table)
    assert chosen(read("Shells fell on Tessal in Niger.", "Tessal", "Niger")["Tessal"]) == "tessal"


def test_the_countries_under_study_say_that_they_had_a_part():
    answer = read("A storm hit Twinby.", "Twinby", countries=("POL",))["Twinby"]
    assert chosen(answer) == "twin-a"
    assert "in a country under study (POL; places.countries of the settings)" in answer.reasons


# ---------------------------------------------------------------- names that any town may have, lands that hold everything
def test_a_name_that_any_town_may_have_needs_the_land_around_it():
    assert chosen(read("Police met at Town Hall.", "Town Hall")["Town Hall"]) is None
    near = read("Shells fell on Tessal. In Tessal they hit Town Hall.", "Tessal", "Town Hall")["Town Hall"]
    assert chosen(near) == "townhall-ml"


def test_to_lie_in_a_continent_says_nothing_of_a_place():
    alone = read("Bamadou urged restraint.", "Bamadou", roles={"Bamadou": Role.ACTOR_METONYM})["Bamadou"]
    beside = read(
        "Bamadou urged restraint, as did the New World.",
        "Bamadou",
        "New World",
        roles={"Bamadou": Role.ACTOR_METONYM, "New World": Role.ACTOR_METONYM},
    )["Bamadou"]
    assert chosen(alone) == chosen(beside) == "bamadou"
    assert not any("New World" in reason for one in (beside, *beside.alternatives) for reason in one.reasons)


def test_a_town_is_meant_before_the_province_of_its_name_unless_the_text_asks_for_that():
    assert chosen(read("Shells fell on Gourma.", "Gourma")["Gourma"]) == "gourma"
    assert chosen(read("Shells fell on Gourma province.", "Gourma")["Gourma"]) == "gourma-region"


def test_a_name_of_mixed_scripts_is_not_the_one_it_looks_like_and_says_so():
    answer = read("Shells fell on \u0410nderam.", "\u0410nderam")["\u0410nderam"]
    assert chosen(answer) is None
    assert answer.reasons[1].startswith("mixed scripts: one word of Cyrillic and Latin letters")
    assert len(read("Shells fell on Nowhere.", "Nowhere")["Nowhere"].reasons) == 1


# ---------------------------------------------------------------- strangers
def test_a_town_of_a_country_that_nothing_else_in_the_report_is_of_is_no_more_than_a_namesake():
    text = "Niger lost men at Tassiga. Shells fell on Tessal."
    assert chosen(read(text, "Niger", "Tassiga", "Tessal")["Tessal"]) is None
    assert chosen(read("Shells fell on Tessal.", "Tessal")["Tessal"]) == "tessal"
    assert chosen(read(f"{text} Malian troops fled.", "Niger", "Tassiga", "Tessal")["Tessal"]) == "tessal"


def test_a_city_abroad_is_still_meant_by_its_name():
    text = "Niger lost men at Tassiga. Its envoys flew to Atlanta."
    assert chosen(read(text, "Niger", "Tassiga", "Atlanta")["Atlanta"]) == "atlanta"


def test_villages_listed_after_the_region_that_opens_the_sentence_lie_in_it():
    text = "In Kidore, gunmen killed six people in the villages of Zuzu and Anderam."
    assert chosen(read(text, "Anderam", "Kidore")["Anderam"]) == "anderam-ml"
    text = "In Kidore, shells fell on Anderam locality on Monday."
    assert chosen(read(text, "Anderam", "Kidore")["Anderam"]) == "anderam-ml"
