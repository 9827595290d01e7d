"""Among namesakes, the country that the report is about counts, and names that tell of each other are decided together."""

import functools
import re

import pytest

from geoconflict.extract.lexicon import read_capitals_of_peoples
from geoconflict.models import Role, Toponym
from geoconflict.places import resolve
from geoconflict.places.countries import capital_called, country_table
from geoconflict.places.gazetteer import Gazetteer


@functools.cache
def embedded() -> Gazetteer:
    return Gazetteer.open()


def countries(text: str, *names: str, studied: tuple[str, ...] = ()) -> dict[str, str | None]:
    spans = sorted(match.span() for name in names for match in re.finditer(rf"\b{name}\b", text))
    toponyms = [
        Toponym(start=start, end=end, surface=text[start:end], score=0.9, role=Role.EVENT_PLACE) for start, end in spans
    ]
    answers = resolve(toponyms, gazetteer=embedded(), text=text, countries=studied)
    return {one.toponym.surface: one.place.country if one.place else None for one in answers}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Lebanese army fired at gunmen, and Lebanese officials went to Tripoli.", "Tripoli", "LBN"),
        (
            "The Lebanese army fired at gunmen. Libya said that Tripoli was calm, and Libyan troops stayed.",
            "Tripoli",
            "LBY",
        ),
        ("Shells fell on Tripoli.", "Tripoli", "LBY"),
        ("Houthi fighters captured Jawf on Saturday.", "Jawf", "YEM"),
        ("Allied Democratic Forces fighters killed nine people in Beni.", "Beni", "COD"),
        ("Lebanese soldiers fought in Tripoli; Syrian and Iranian envoys left.", "Tripoli", "LBN"),
        (
            "Tripoli saw clashes. Lebanese tanks came; Syrian, Iranian, French and American envoys left.",
            "Tripoli",
            "LBN",
        ),
        ("Lebanese, Libyan and Syrian envoys met in Tripoli.", "Tripoli", "LBY"),
        ("An American soldier spoke in Paris, where American troops stood.", "Paris", "FRA"),
        ("A Canadian officer spoke in London to Canadian reporters.", "London", "GBR"),
    ],
)
def test_a_city_of_the_country_told_of_is_meant_where_nothing_speaks_for_its_greater_namesake(text, name, country):
    assert countries(text, name, "Libya")[name] == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("In Syria, soldiers entered Bayda and killed dozens of villagers.", "Bayda", None),
        ("In Yemen, soldiers entered Bayda and killed dozens of villagers.", "Bayda", "YEM"),
        ("In Syria, shells fell on Kobani and jets bombed Idlib.", "Kobani", "SYR"),
        ("Shells fell on Sabra, a suburb close to Gaza City.", "Sabra", "PSE"),
        ("A bomb exploded at the Zion Church in Batticaloa.", "Zion", "LKA"),
        ("Rebels killed officials in Nyanza-Lac.", "Nyanza-Lac", None),
        ("A bomb exploded at Damascus University in Batticaloa.", "Damascus", "LKA"),
    ],
)
def test_what_the_text_says_of_where_it_lies_beats_a_well_known_namesake(text, name, country):
    assert countries(text, name, "Syria", "Yemen", "Idlib", "Batticaloa", "Gaza City")[name] == country


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "French soldiers killed ten fighters in Kidal on Tuesday, France said in Paris.",
            ("Kidal", "France", "Paris"),
        ),
        ("German soldiers came under fire in Kunduz, Berlin said.", ("Kunduz", "Berlin")),
        ("Cuban soldiers fought in Cuito Cuanavale, Havana said.", ("Cuito Cuanavale", "Havana")),
        ("Russian jets bombed Idlib, Moscow said.", ("Idlib", "Moscow")),
    ],
)
def test_a_government_that_speaks_behind_a_comma_holds_no_town(text, names):
    """Its forces are abroad: what they and it are called says little of where a town lies."""
    mentions = [
        Toponym(
            start=text.index(name), end=text.index(name) + len(name), surface=name, score=0.9,
            role=Role.ACTOR_METONYM if at else Role.EVENT_PLACE,
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    assert resolve(mentions, gazetteer=embedded(), text=text)[0].place is not None


def test_two_names_that_tell_where_each_other_lies_are_not_left_in_two_countries():
    text = "The case is at a farm near Ipswich, Suffolk. The disease spread in the UK from France."
    found = countries(text, "Ipswich", "Suffolk", "UK", "France")
    assert (found["Ipswich"], found["Suffolk"]) == ("GBR", "GBR")


def test_an_island_has_an_airport_too():
    assert countries("Indonesian police held her at Bali airport in Indonesia.", "Bali", "Indonesia")["Bali"] == "IDN"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Croatian forces crossed the Sava river.", "Sava", None),
        ("Swans were found at the Vistula river.", "Vistula", None),
        ("Shells fell on Tikrit.", "Tikrit", "IRQ"),
    ],
)
def test_a_river_is_no_town_or_province_of_its_name(text, name, country):
    assert countries(text, name)[name] == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebels took Hama and Homs. Jets bombed the bridge at Arida. Damascus was calm.", None),
        ("Rebels took Hama and Homs. Floods hit Arida in Japan. Damascus was calm.", "JPN"),
        ("Floods hit Arida.", "JPN"),
    ],
)
def test_a_village_overseas_that_nothing_speaks_for_is_hardly_ever_meant(text, country):
    assert countries(text, "Hama", "Homs", "Arida", "Damascus", "Japan")["Arida"] == country


def test_forces_from_overseas_are_no_ground_that_a_town_must_lie_on():
    text = "Major United States air strikes against Fallujah continue, the United States says."
    assert countries(text, "Fallujah", "United States")["Fallujah"] == "IRQ"


def test_of_a_name_that_many_places_bear_those_of_the_countries_told_of_are_weighed_too():
    """More places are called San Juan and San Pedro than are weighed, and those of Guatemala are small."""
    text = "Guatemalan soldiers shot four people in San Juan, Sololá. Guatemalan police searched San Pedro in Sololá."
    found = countries(text, "San Juan", "Sololá", "San Pedro")
    assert (found["San Juan"], found["San Pedro"]) == ("GTM", "GTM")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Salvadoran guerrillas fired at Salvadoran soldiers in Escalon. A U.S. adviser was hurt.", "Escalon", None),
        ("Guards of the U.S. embassy in Mogadishu, Somalia, were shot at in Lakewood.", "Lakewood", None),
        ("A bomb exploded in Escalon. The U.S. police and U.S. firemen came.", "Escalon", "USA"),
        ("Bosnian Serb gunners shelled Gorazde, where Dutch soldiers stood.", "Gorazde", "BIH"),
        ("Three Salvadoran farmers were shot in Victoria, El Salvador's police said.", "Victoria", "SLV"),
        (
            "Fighting broke out in the Salam neighbourhood, less than a kilometre from Mosul's bridge in Iraq.",
            "Salam",
            None,
        ),
        ("In the Madina quarter of Mogadishu, Somalia, a bomb exploded in Madina.", "Madina", "SOM"),
        ("A bomb exploded in Mogadishu, Somalia. Another went off in the Madina quarter.", "Madina", "SOM"),
        ("Rebels attacked the village of Cairo. Colombian soldiers came from Bogota.", "Cairo", None),
        ("Shells fell on the Moscow district of Kharkiv.", "Moscow", "UKR"),
        ("Guatemalan soldiers came back from Washington, Guatemalan officers said.", "Washington", "USA"),
    ],
)
def test_a_small_namesake_abroad_is_not_meant_where_the_report_speaks_of_another_country(text, name, country):
    """Its country may be named for an embassy or an adviser; a name that one place alone bears is still that one."""
    assert (
        countries(
            text,
            name,
            "Mogadishu",
            "Somalia",
            "U.S.",
            "Washington",
            "El Salvador",
            "Mosul",
            "Iraq",
            "Bogota",
            "Kharkiv",
        )[name]
        == country
    )


@pytest.mark.parametrize(
    ("told", "country"),
    [
        ("in Zaragoza, a small village in the Mopti region.", None),
        ("in Varna, a small village in the Mopti region.", None),  # nor a village of the name elsewhere
        ("in Zaragoza, a hamlet 30 km from Mopti.", "MLI"),  # by Mopti, that is
        ("in Zaragoza, a village boy said in Mopti.", "ESP"),
        ("in Zaragoza, a city far from Mopti.", "ESP"),
    ],
)
def test_what_is_called_a_village_behind_a_comma_is_no_city_abroad(told, country):
    name = told.split(",")[0].removeprefix("in ")
    text = f"Malian soldiers left Bamako. Gunmen killed six people {told}"
    assert countries(text, "Bamako", name, "Mopti")[name] == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Shells fall on Tripoli, Lebanon embassy hit. Libyan troops fled.", "LBY"),
        ("Shells fall on Tripoli, Lebanon. Libyan troops fled.", "LBN"),
    ],
)
def test_a_country_before_its_embassy_does_not_say_where_the_town_before_it_lies(text, country):
    assert countries(text, "Tripoli", "Lebanon")["Tripoli"] == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Prisoners rioted at Camp Bucca.", "Camp Bucca", None),
        ("A soldier was shot at Camp Pendleton.", "Camp Pendleton", None),
        ("Iraqi rebels took Camp Fallujah.", "Camp Fallujah", "IRQ"),
        ("Shells fell on Kakuma camp.", "Kakuma camp", "KEN"),
        ("Shells fell on Camp Speicher.", "Camp Speicher", "IRQ"),
    ],
)
def test_a_camp_called_after_somebody_is_no_town_of_that_name(text, name, country):
    assert countries(text, name)[name] == country


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Syrian capital", "Damascus"),
        ("Ivorian capital", None),
        ("Israeli capital", None),
        ("Martian capital", None),
        ("Dagestani capital", "Makhachkala"),
        ("Kurdish capital", None),
    ],
)
def test_a_capital_called_by_its_people_is_that_city_and_none_where_that_is_disputed_or_shared(phrase, name):
    text = f"A bomb exploded in the {phrase}."
    start = text.index(phrase)
    mention = Toponym(start=start, end=start + len(phrase), surface=phrase, score=0.9, role=Role.EVENT_PLACE)
    (answer,) = resolve([mention], gazetteer=embedded(), text=text)
    assert (answer.place.name if answer.place else None) == name


@pytest.mark.parametrize(
    ("phrase", "country"),
    [("Syrian territory", "SYR"), ("South Sudanese airspace", "SSD"), ("Kurdish soil", None), ("Martian soil", None)],
)
def test_the_land_of_a_people_is_its_country(phrase, country):
    text = f"A rocket fell on {phrase}."
    start = text.index(phrase)
    mention = Toponym(start=start, end=start + len(phrase), surface=phrase, score=0.9, role=Role.EVENT_PLACE)
    (answer,) = resolve([mention], gazetteer=embedded(), text=text)
    assert (answer.place and (answer.place.kind, answer.place.country)) == (country and ("country", country))


def test_every_capital_of_the_table_is_in_the_gazetteer():
    for code, country in country_table().items():
        found = embedded().lookup(country.capital) if country.capital else ()
        assert not country.capital or any(one.feature == "PPLC" and one.place.country == code for one in found), code


def test_every_capital_of_a_people_is_in_the_gazetteer():
    for people in read_capitals_of_peoples():
        country, city = capital_called(f"{people} capital")
        found = embedded().lookup(city)
        assert any(one.place.kind == "settlement" and one.place.country == country for one in found), people


def test_strangers_that_a_row_lists_with_places_of_another_country_do_not_speak_for_each_other():
    names = ("Kidal", "Czersk", "Dobczyce", "Anefis", "Gao")
    found = countries("Gunmen attacked Kidal, Czersk, Dobczyce and Anefis, said a doctor in Gao.", *names)
    assert (found["Kidal"], found["Anefis"]) == ("MLI", "MLI")
    assert (found["Czersk"], found["Dobczyce"]) == (None, None)  # towns of Poland, 440 km apart
    text = "Gunmen attacked Kidal, Czersk, Dobczyce and Anefis. Poland sent help."
    found = countries(text, *names, "Poland")
    assert (found["Czersk"], found["Dobczyce"]) == ("POL", "POL")


def test_a_town_abroad_is_not_meant_by_a_name_that_is_unlike_its_own():
    text = "Soldiers left the oil field of Bentiu on the road to {}."
    assert countries(text.format("Kharasana"), "Bentiu", "Kharasana")["Kharasana"] is None  # Kurseong in India, too


def test_a_hotel_of_the_name_of_a_town_stands_in_the_town_that_the_text_says():
    text = "A bomb went off in the Farah hotel in Casablanca."
    assert countries(text, "Farah", "Casablanca") == {"Farah": "MAR", "Casablanca": "MAR"}


@pytest.mark.parametrize(
    ("text", "name", "inside"),
    [
        (
            "Gunmen shot a trader in the Sabon Gari district of Kano.",
            "Sabon Gari",
            False,
        ),  # not that of Zaria, 110 km off
        ("Gunmen shot a trader in the Rano district of Kano.", "Rano", True),
        ("Gunmen shot a trader in Sabon Gari.", "Sabon Gari", True),
        ("Shells hit the Kyivskyi district of Kharkiv.", "Kyivskyi", False),  # not the one beside Poltava
        ("Shells hit the Kyivskyi quarter of Kharkiv.", "Kyivskyi", False),
    ],
)
def test_what_is_called_a_district_of_a_place_is_no_namesake_outside_of_it(text, name, inside):
    names = ("Sabon Gari", "Rano", "Kano", "Kyivskyi", "Kharkiv")
    spans = sorted(match.span() for one in names for match in re.finditer(rf"\b{one}\b", text))
    toponyms = [Toponym(start=a, end=b, surface=text[a:b], score=0.9, role=Role.EVENT_PLACE) for a, b in spans]
    answers = {one.toponym.surface: one for one in resolve(toponyms, gazetteer=embedded(), text=text)}
    assert (answers[name].place is not None and answers[name].place.name.startswith(name)) is inside


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Congolese militiamen killed nine people in Blida.", "DZA"),  # the city, if any
        ("CODECO militiamen killed nine people in Blida.", "DZA"),
        ("Militiamen killed nine people in Blida, Lebanon.", "LBN"),
        ("Lebanese soldiers went to Blida.", "LBN"),
        ("Algerian soldiers went to Blida.", "DZA"),
    ],
)
def test_a_province_of_a_land_that_is_not_spoken_of_vouches_for_no_village_of_its_name_elsewhere(text, country):
    assert countries(text, "Blida", "Lebanon")["Blida"] == country


@pytest.mark.parametrize(
    ("text", "name", "studied", "country"),
    [
        ("The army took Bara.", "Bara", (), "PAK"),
        ("The army took Bara.", "Bara", ("SDN",), "SDN"),
        ("The army took Bara.", "Bara", ("SSD", "SDN"), "SDN"),
        ("The Pakistani army took Bara.", "Bara", ("SDN",), "PAK"),
        ("Jets struck Al-Koma.", "Al-Koma", ("SDN",), None),  # one is known in Ivory Coast alone
        ("Gunmen came to Tripoli.", "Tripoli", ("LBN",), "LBN"),
        ("Libyan gunmen came to Tripoli.", "Tripoli", ("LBN",), "LBY"),
        ("Gunmen shot a trader in Adré.", "Adré", ("SDN",), "TCD"),  # just across the border
        ("A bomb went off in Damascus.", "Damascus", ("SDN",), "SYR"),
        (
            "The army took Bara.",
            "Bara",
            ("SDN", "SSD", "TCD", "CAF", "ETH", "ERI"),
            "PAK",
        ),  # half a continent tells little
    ],
)
def test_the_countries_under_study_are_where_a_name_lies_unless_the_report_speaks_of_another(
    text, name, studied, country
):
    assert countries(text, name, studied=studied)[name] == country
