import datetime as dt

import pandas as pd
import pytest
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.errors import ConfigError, InputError, ServiceUnavailableError
from geoconflict.models import Place, PlacePrecision, Reading, Report, Role, Toponym
from geoconflict.places import Found, Gazetteer, Geocoder, NotFound, Unavailable
from geoconflict.places.countries import country_code
from geoconflict.places.online.service import Query
from geoconflict.places.words import name_readings
from geoconflict.settings import PlacesSettings, Settings


class FakeService:
    name = "photon"
    key = "photon fake"

    def __init__(self, *places: Place, error: str | None = None) -> None:
        self.places = places
        self.error = error
        self.asked: list[Query] = []

    def search(self, query: Query) -> tuple[Place, ...]:
        self.asked.append(query)
        if self.error:
            raise ServiceUnavailableError(self.error)
        return self.places


@pytest.fixture
def geocoder():
    return Geocoder(TinyGazetteer())


def found(answer) -> Found:
    assert isinstance(answer, Found), answer
    return answer


# ---------------------------------------------------------------- one name
def test_the_larger_place_is_the_answer_to_a_bare_name_and_the_other_an_alternative(geocoder):
    answer = found(geocoder.geocode("Anderam"))
    assert answer.place.place_id == "tiny:anderam-ne"
    assert [one.place.place_id for one in answer.alternatives] == ["tiny:anderam-ml"]
    assert answer.reasons


def test_a_country_excludes_the_places_of_others(geocoder):
    answer = found(geocoder.geocode("Anderam", country="Mali"))
    assert answer.place.place_id == "tiny:anderam-ml"
    assert answer.alternatives == ()
    assert found(geocoder.geocode("Anderam", country="MLI")).place.place_id == "tiny:anderam-ml"
    assert isinstance(geocoder.geocode("Anderam", country="Kenya"), NotFound)


def test_a_region_decides_between_namesakes(geocoder):
    assert found(geocoder.geocode("Anderam", admin1="Kidore")).place.place_id == "tiny:anderam-ml"
    assert found(geocoder.geocode("Anderam", admin1="KIDORÉ province")).place.place_id == "tiny:anderam-ml"
    assert found(geocoder.geocode("Anderam", admin1="Tassiga")).place.place_id == "tiny:anderam-ne"


def test_a_point_nearby_decides_between_namesakes(geocoder):
    answer = found(geocoder.geocode("Anderam", near=(1.2, 18.7)))
    assert answer.place.place_id == "tiny:anderam-ml"
    assert any("km from the point given" in reason for reason in answer.reasons)


@pytest.mark.parametrize(
    "name",
    [
        "Tessal town",
        "the town of Tessal",
        "ville de Tessal",
        "Tessal (Gao)",
        "TESSAL",
        "Tessal and Oubelek road",
        "Tessal 2 village",
    ],
)
def test_words_around_a_name_are_understood(name, geocoder):
    assert found(geocoder.geocode(name, country="Mali")).place.place_id == "tiny:tessal"


def test_a_road_of_which_one_town_is_known_is_no_sharper_than_the_ground_around_that(geocoder):
    place = found(geocoder.geocode("Tessal and Oubelek road", country="Mali")).place
    assert (place.precision, place.radius_m) == (PlacePrecision.NEAR, 30_000.0)


def test_what_is_known_to_lie_in_another_region_is_not_taken_for_a_village_by_the_one_said():
    gazetteer = Gazetteer.open()
    place = gazetteer.lookup("Pidhorodne")[0].place
    assert place.admin1 == "Dnipropetrovsk Oblast"
    assert isinstance(Geocoder(gazetteer).geocode("Pidhorodne", admin1="Donetsk oblast", country="Ukraine"), NotFound)


def test_a_word_of_kind_restricts_the_kind(geocoder):
    assert found(geocoder.geocode("Kidore province", country="Mali")).place.kind == "admin1"


@pytest.mark.parametrize(
    ("name", "radius_m"),
    [("near Tessal", 12_000), ("20 miles from Tessal", 37_406), ("Bria road (20 miles from Tessal)", 37_406)],
)
def test_a_place_counted_from_another_in_no_direction_is_a_ring_around_it(name, radius_m, geocoder):
    place = found(geocoder.geocode(name, country="Mali")).place
    assert (place.lon, place.lat) == (1.2, 18.7)
    assert place.precision in (PlacePrecision.NEAR, PlacePrecision.AREA)
    assert place.radius_m == pytest.approx(radius_m, abs=1)


def test_another_transliteration_is_found_where_country_and_region_agree(geocoder):
    answer = found(geocoder.geocode("Tesaale village", admin1="Kidore", country="Mali"))
    assert answer.place.place_id == "tiny:tessal"
    assert any("spelled otherwise" in reason for reason in answer.reasons)
    assert isinstance(geocoder.geocode("Tesaale village", admin1="Tassiga", country="Mali"), NotFound)
    assert isinstance(geocoder.geocode("Tesaale"), NotFound)


def test_a_region_far_away_speaks_against_a_place(geocoder):
    assert isinstance(geocoder.geocode("Bamadou", admin1="Kidore", country="Mali"), NotFound)


def test_an_unknown_settlement_is_not_found_unless_the_region_is_asked_for(geocoder):
    assert isinstance(geocoder.geocode("Oubelek", admin1="Kidore", country="Mali"), NotFound)
    answer = found(geocoder.geocode("Oubelek", admin1="Kidore", country="Mali", fallback_to_admin=True))
    assert answer.place.place_id == "tiny:kidore"
    assert answer.score < 0.5
    assert answer.stands_in
    assert "region" in answer.reasons[0]
    assert not found(geocoder.geocode("Anderam", admin1="Kidore", fallback_to_admin=True)).stands_in
    ((_, answer),) = geocoder.geocode_many([{"name": "Oubelek", "admin1": "Kidore", "country": "Freedonia"}])
    assert found(answer).stands_in
    assert "'Freedonia' is not understood" in answer.reasons[-1]


def test_the_region_stands_in_also_where_namesakes_cannot_be_told_apart(geocoder):
    question = {"admin1": "Kidore", "country": "Mali"}
    assert isinstance(geocoder.geocode("Bamadou", **question), NotFound)  # the one that is known lies far off
    answer = found(geocoder.geocode("Bamadou", **question, fallback_to_admin=True))
    assert answer.place.place_id == "tiny:kidore"
    assert [one.place.place_id for one in answer.alternatives] == ["tiny:bamadou"]
    assert "none is sure enough" in answer.reasons[0]


def test_a_region_is_known_in_another_spelling_too(geocoder):
    answer = found(geocoder.geocode("Oubelek", admin1="Qidoure", country="Mali", fallback_to_admin=True))
    assert answer.place.place_id == "tiny:kidore"
    assert isinstance(geocoder.geocode("Oubelek", admin1="Qidoure", fallback_to_admin=True), NotFound)


def test_a_unit_that_only_its_town_is_known_of_is_the_ground_around_that_town(geocoder):
    answer = found(geocoder.geocode("Oubelek", admin1="Tessal district", country="Mali", fallback_to_admin=True))
    assert answer.place.place_id == "relative:tiny:tessal:district"
    assert (answer.place.kind, answer.place.radius_m) == ("admin2", 35_000.0)
    assert isinstance(geocoder.geocode("Oubelek", admin1="Tessal", country="Mali", fallback_to_admin=True), NotFound)


def test_of_two_namesakes_the_one_inside_the_region_is_meant_and_not_one_beyond_its_edge():
    gazetteer = Gazetteer.open()
    answer = found(Geocoder(gazetteer).geocode("Petropavlivka village", admin1="Kharkiv oblast", country="Ukraine"))
    assert answer.place.admin1 == "Kharkiv"


def test_two_places_that_nothing_tells_apart_are_not_guessed(geocoder):
    answer = geocoder.geocode("Twinby")
    assert isinstance(answer, NotFound)
    assert {one.place.place_id for one in answer.alternatives} == {"tiny:twin-a", "tiny:twin-b"}
    assert "none is sure enough" in answer.reasons[0]
    assert found(geocoder.geocode("Twinby", country="Poland")).place.country == "POL"


def test_questions_that_cannot_be_asked_are_errors(geocoder):
    with pytest.raises(InputError, match="longitude"):
        geocoder.geocode("Tessal", near=(18.7, 190.0))
    with pytest.raises(InputError, match="'Atlantis' is no country"):
        geocoder.geocode("Tessal", country="Atlantis")
    with pytest.raises(InputError, match="on: 'in spring' is no day"):
        geocoder.geocode("Tessal", on="in spring")
    for odd in ((18.7,), (18.7, 9.1, 3), "18.7", 7, (None, 9.1)):
        with pytest.raises(InputError, match="near=.*: give \\(lon, lat\\)"):
            geocoder.geocode("Tessal", near=odd)
    for odd in (None, 7, ["Tessal"]):
        with pytest.raises(InputError, match="name: text is needed, not"):
            geocoder.geocode(odd)


def test_a_point_may_be_a_list(geocoder):
    assert geocoder.geocode("Anderam", near=[-2.0, 17.0]) == geocoder.geocode("Anderam", near=(-2.0, 17.0))


def test_what_a_frame_lacks_in_a_row_is_not_known(geocoder):
    frame = pd.DataFrame(
        {
            "name": ["Anderam", None, "Anderam"],
            "admin1": ["Kidore", float("nan"), pd.NA],
            "country": [None, pd.NaT, "Mali"],
        }
    )
    answers = [answer for _, answer in geocoder.geocode_many(frame.to_dict("records"))]
    assert found(answers[0]).place.place_id == found(answers[2]).place.place_id == "tiny:anderam-ml"
    assert isinstance(answers[1], NotFound)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"countries": ["Mali", "Ruritania"]}, "countries: 'Ruritania' is no country"),
        ({"min_score": 50}, "min_score is 50; it is 0 to 1"),
        ({"min_score": float("nan")}, "min_score is nan"),
    ],
)
def test_a_chain_that_could_answer_nothing_is_not_made(wrong, told):
    with pytest.raises(InputError, match=told):
        Geocoder(TinyGazetteer(), **wrong)


def test_countries_may_be_one_and_given_by_name():
    assert Geocoder(TinyGazetteer(), countries="MLI").countries == ("MLI",)
    assert Geocoder(TinyGazetteer(), countries=["Mali", "NER"]).countries == ("MLI", "NER")


@pytest.mark.parametrize("name", ["", "  ", "?!"])
def test_a_name_without_letters_is_not_found(name, geocoder):
    assert isinstance(geocoder.geocode(name), NotFound)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DR Congo (Zaire)", "COD"), ("Yemen (North Yemen)", "YEM"), ("Russia (Soviet Union)", "RUS"), ("Macedonia, FYR", "MKD"),
        ("Serbia (Yugoslavia)", "SRB"), ("Myanmar (Burma)", "MMR"), ("Korea, Republic of", "KOR"), ("Côte d’Ivoire", "CIV"),
        ("U.S.", "USA"), ("US", "USA"), ("us", "USA"), ("AZE", "AZE"), ("Ruritania", None), ("", None),
    ],
)  # fmt: skip
def test_country_names_in_the_style_of_data_sets_are_understood(name, code):
    assert country_code(name) == code


def test_readings_keep_the_name_itself_first():
    readings = name_readings("Mexico City")
    assert readings[0].name == "Mexico City"
    assert readings[0].cost == 0
    assert [one.cost for one in readings] == sorted(one.cost for one in readings)


# ---------------------------------------------------------------- the chain
def test_overrides_win_over_everything(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text(
        "surface,place_id,lon,lat\nTessal,,1.0,2.0\nMali,not a place,,\nAnderam,tiny:anderam-ml,,\n", "utf-8"
    )
    service = FakeService()
    geocoder = Geocoder(TinyGazetteer(), overrides=path, services=[service])
    assert found(geocoder.geocode("Tessal")).place.lon == 1.0
    assert found(geocoder.geocode("Anderam")).score == 1.0
    refused = geocoder.geocode("Mali")
    assert isinstance(refused, NotFound)
    assert "overrides.csv line 3" in refused.reasons[0]
    assert service.asked == []


def test_a_service_is_asked_the_plain_name_with_country_and_region():
    service = FakeService(tiny_place("oubelek", "Oubelek", 1.1, 18.9, country="MLI"))
    answer = found(
        Geocoder(TinyGazetteer(), services=[service]).geocode("Oubelek village", admin1="Kidore", country="Mali")
    )
    assert answer.place.place_id == "tiny:oubelek"
    assert [(query.name, query.admin1, query.country) for query in service.asked] == [("oubelek", "Kidore", "MLI")]


def test_unavailable_is_not_not_found():
    geocoder = Geocoder(TinyGazetteer(), services=[FakeService(error="no answer in time")])
    answer = geocoder.geocode("Oubelek")
    assert answer == Unavailable(service="photon", reason="no answer in time")
    assert isinstance(geocoder.geocode("Tessal"), Found)


# ---------------------------------------------------------------- tables
def test_rows_come_back_in_order_with_their_answers(geocoder):
    rows = [
        {"id": "1", "name": "Tessal town", "admin1": "Kidore", "country": "Mali"},
        {"id": "2", "name": "Oubelek", "admin1": "", "country": ""},
        {"id": "3", "name": "Oubelek", "admin1": "Kidore", "country": "Mali"},
        {"id": "4", "name": "Tessal", "admin1": None, "country": "Nowhereland"},
    ]
    answers = list(geocoder.geocode_many(iter(rows)))
    assert [row["id"] for row, _ in answers] == ["1", "2", "3", "4"]
    assert [type(answer) for _, answer in answers] == [Found, NotFound, Found, Found]
    assert found(answers[2][1]).place.kind == "admin1"
    assert "'Nowhereland' is not understood" in found(answers[3][1]).reasons[-1]


def test_a_table_can_be_answered_without_regions_in_place_of_towns(geocoder):
    rows = [{"name": "Oubelek", "admin1": "Kidore", "country": "Mali"}]
    assert [type(answer) for _, answer in geocoder.geocode_many(rows, fallback_to_admin=False)] == [NotFound]


# ---------------------------------------------------------------- reports
def report(text: str, *names: str) -> tuple[Report, Reading]:
    toponyms = tuple(
        Toponym(
            start=text.index(name), end=text.index(name) + len(name), surface=name, score=0.9, role=Role.EVENT_PLACE
        )
        for name in names
    )
    return Report(report_id="r1", text=text, published_on=dt.date(2021, 6, 10)), Reading(
        report_id="r1", toponyms=toponyms
    )


def test_a_report_gets_one_resolution_a_toponym(geocoder):
    places = geocoder.resolve_report(*report("Shells fell on Anderam and Tessal.", "Anderam", "Tessal"))
    assert places.complete
    assert [one.place.place_id for one in places.resolutions if one.place] == ["tiny:anderam-ml", "tiny:tessal"]


def test_a_service_that_is_down_makes_the_report_incomplete_and_voids_nothing_else():
    geocoder = Geocoder(TinyGazetteer(), services=[FakeService(error="no answer in time")])
    places = geocoder.resolve_report(*report("Shells fell on Oubelek and Tessal.", "Oubelek", "Tessal"))
    assert not places.complete
    assert "'Oubelek' could not be asked of photon" in places.failures[0].what
    assert [one.place is None for one in places.resolutions] == [True, False]


def test_names_that_the_gazetteer_lacks_can_come_from_a_service():
    service = FakeService(tiny_place("oubelek", "Oubelek", 1.1, 18.9, country="MLI"))
    geocoder = Geocoder(TinyGazetteer(), services=[service])
    places = geocoder.resolve_report(*report("Shells fell on Oubelek and Tessal.", "Oubelek", "Tessal"))
    assert places.resolutions[0].place is not None
    assert places.resolutions[0].place.place_id == "tiny:oubelek"
    assert [query.name for query in service.asked] == ["Oubelek"]


# ---------------------------------------------------------------- settings
def test_the_settings_make_the_chain(tmp_path):
    (tmp_path / "own.csv").write_text("surface,place_id\nGao,tiny:tessal\n", encoding="utf-8")
    settings = Settings(
        root=tmp_path, places=PlacesSettings(overrides="own.csv", countries=("Mali", "NER"), min_score=0.3)
    )
    geocoder = Geocoder.from_settings(TinyGazetteer(), settings)
    assert found(geocoder.geocode("Gao")).place.place_id == "tiny:tessal"
    assert geocoder.countries == ("MLI", "NER")
    assert list(tmp_path.iterdir()) == [tmp_path / "own.csv"]  # offline: not even a cache is made


def test_a_country_that_is_none_is_a_clear_error_of_the_settings(tmp_path):
    with pytest.raises(ConfigError, match=r"places\.countries: 'Ruritania'"):
        Geocoder.from_settings(
            TinyGazetteer(), Settings(root=tmp_path, places=PlacesSettings(countries=("Ruritania",)))
        )


def test_countries_under_study_tip_the_balance():
    answer = Geocoder(TinyGazetteer(), countries=("POL",)).geocode("Twinby")
    best = answer if isinstance(answer, Found) else answer.alternatives[0]  # type: ignore[union-attr]
    assert best.place.country == "POL"
    assert "in a country under study (POL; places.countries of the settings)" in best.reasons


def test_what_stands_behind_a_comma_is_what_the_place_lies_in(geocoder):
    assert geocoder.geocode("Anderam, Mali").place.place_id == "tiny:anderam-ml"
    assert geocoder.geocode("Anderam, Niger").place.country == "NER"
    assert isinstance(geocoder.geocode("Anderam, Poland"), NotFound)


def test_what_was_said_of_a_place_is_not_asked_for_again():
    ask = Geocoder(Gazetteer.open()).geocode
    (plain,) = ask("Springfield").reasons
    assert plain.endswith("none is sure enough; say what it lies near or in")
    (far,) = ask("Springfield", near=(-87.65, 41.85)).reasons  # Chicago
    assert (
        "the likeliest, Springfield (Illinois, USA), is 283 km from the point given; say a nearer place, or its region"
        in far
    )
    (land,) = ask("Springfield", country="USA").reasons
    assert land.endswith("say what it lies near, or its region, or decide on the name in `places.overrides`")
