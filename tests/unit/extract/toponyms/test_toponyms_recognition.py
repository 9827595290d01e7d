from __future__ import annotations

import re

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.toponyms.evidence_words import read_evidence_words
from geoconflict.extract.toponyms.recognition import find_demonyms, find_toponyms, score_proposals
from geoconflict.extract.toponyms.spans import propose_spans
from geoconflict.extract.toponyms.text_words import split_words
from geoconflict.models import NameMatch, Report, Role

# name: (kinds, population, countries, curated)
NAMES = {
    "agdam": (("settlement",), 40_000, ("AZE",), True),
    "armenia": (("country",), 3_000_000, ("ARM",), False),
    "azerbaijan": (("country",), 9_000_000, ("AZE",), False),
    "deir ez zor": (("admin1", "settlement"), 240_000, ("SYR",), False),
    "france": (("country",), 65_000_000, ("FRA",), False),
    "gaza": (("settlement",), 410_000, ("PSE",), False),
    "georgia": (("admin1", "country"), 10_000_000, ("GEO", "USA"), False),
    "jackson": (("settlement",), 170_000, ("USA",), False),
    "karabakh": (("area",), 150_000, (), True),
    "line of contact": (("line",), 0, (), True),
    "mali": (("country",), 19_000_000, ("MLI",), False),
    "maryland": (("admin1",), 6_000_000, ("USA",), False),
    "mosul": (("settlement",), 1_700_000, ("IRQ",), False),
    "nagorno karabakh": (("area",), 150_000, (), True),
    "nice": (("settlement",), 340_000, ("FRA",), False),
    "paris": (("settlement",), 2_100_000, ("FRA",), False),
    "police": (("settlement",), 34_000, ("POL",), False),
    "raqqa": (("admin1", "settlement"), 220_000, ("SYR",), False),
    "reading": (("settlement",), 318_000, ("GBR",), False),
    "rockville": (("settlement",), 66_000, ("USA",), False),
    "ostravka dam": (("landmark",), 0, ("GBR",), True),
    "tominian": (("settlement",), 900, ("MLI",), False),
    "konna": (("settlement",), 36_000, ("MLI",), True),
    "golden temple": (("landmark",), 0, ("IND",), True),
    "amritsar": (("settlement",), 1_100_000, ("IND",), False),
    "syria": (("country",), 18_000_000, ("SYR",), False),
    "tartar": (("settlement",), 20_000, ("AZE",), False),
    "tartar district": (("admin1",), 100_000, ("AZE",), False),
    "washington": (("settlement",), 600_000, ("USA",), False),
}


class Names:
    """A gazetteer of a few names: words of letters, case and hyphens aside."""

    def match_at(self, text, start, *, on=None):
        if start and text[start - 1].isalnum():
            return ()
        found = []
        end = start
        words = []
        for match in re.finditer(r"[^\W\d_]+", text[start : start + 60]):
            gap = text[end : start + match.start()]
            if words and gap not in (" ", "-"):
                break
            if not words and match.start():
                break
            words.append(match.group().lower())
            end = start + match.end()
            if entry := NAMES.get(" ".join(words)):
                kinds, population, countries, curated = entry
                found.append(
                    NameMatch(
                        end=end,
                        n_candidates=1,
                        max_population=population,
                        has_primary=True,
                        kinds=kinds,
                        countries=countries,
                        curated=curated,
                    )
                )
        return tuple(reversed(found))


@pytest.fixture(scope="module")
def model():
    return load_language_model()


@pytest.fixture
def found(model):
    def read(text, body_start=0):
        report = Report(report_id="r", text=text, body_start=body_start)
        toponyms = find_toponyms(model.read(text, names=Names()), Names(), report=report)
        assert all(text[one.start : one.end] == one.surface for one in toponyms)
        return [one.surface for one in toponyms]

    return read


def test_places_are_found_with_their_ends(found):
    text = "The army shelled the town of Agdam in Nagorno-Karabakh on Friday, Azerbaijan's ministry said."
    assert found(text) == ["Agdam", "Nagorno-Karabakh", "Azerbaijan"]


def test_a_curated_line_is_found_without_capitals(found):
    assert found("Fighting went on close to the line of contact.") == ["line of contact"]


def test_a_thing_that_the_gazetteer_has_is_found_with_its_noun_in_small_letters(found):
    assert found("Police closed the Ostravka dam on Monday.") == ["Ostravka"]
    assert found("Police closed the Ostravka file on Monday.") == []


def test_a_building_ends_before_the_town_that_it_stands_in(found):
    assert found("Clashes erupted at the Golden Temple in Amritsar.") == ["Golden Temple", "Amritsar"]


def test_county_before_a_name_is_a_part_of_it(found):
    assert found("A soldier was killed in Newbridge, County Kildare, on Monday.") == ["Newbridge", "County Kildare"]
    assert "County Council" not in found("A soldier was killed, the County Council said.")


def test_two_villages_that_no_gazetteer_has_are_two_names(found):
    assert found("Rebels killed 13 policemen in raids on Mugling and Sallibang.") == ["Mugling", "Sallibang"]
    assert "Mugling" not in found("Rebels stole a rifle made by Mugling and Sallibang.")


@pytest.mark.parametrize("kind", ["village", "hamlet", "suburb"])
def test_what_is_called_a_village_is_one_though_nothing_else_says_so(found, kind):
    assert "Izqoba" in found(f"Gunmen abducted 20 girls from a school, and others burned the {kind} of Izqoba.")


def test_a_cue_finds_a_village_that_no_gazetteer_has(found):
    assert found("Shells fell on the village of Zelquna near Agdam.") == ["Zelquna", "Agdam"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RSF fighters captured Um Ruwaba on Tuesday.", "Um Ruwaba"),
        ("Rebels besieged Kurbuntala for three months.", "Kurbuntala"),
        ("M23 rebels entered Kibumbaro at dawn.", "Kibumbaro"),
        ("Government forces shelled Tal Rifaan overnight, killing six people.", "Tal Rifaan"),
        ("Ethiopian troops took control of Mekoniye on Thursday.", "Mekoniye"),
        ("Mostarevo was shelled again on Wednesday.", "Mostarevo"),
        ("Guerrillas held Kurbuntala, and soldiers quit Dumaresh.", "Kurbuntala"),
        ("Kurbuntala, held by rebels since May, was shelled.", "Kurbuntala"),
        ("Rebels stormed Kurbuntala and Mekoniye.", "Mekoniye"),
        ("Zelquna stormed by rebels", "Zelquna"),
    ],
)
def test_what_places_suffer_finds_one_that_no_gazetteer_has(found, text, name):
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Police captured John Smith on Tuesday.",
        "The opposition attacked President Xi over the economy.",
        "A bullet hit Karim in the leg.",
        "Karimov was captured on Monday and taken to prison.",
        "The rebel leader, Mullah Omar, was captured.",
        "Protesters stormed Parliament on Sunday.",
        "Israeli jets shelled Hezbollah positions near the border.",
        "Rebels held Benitez for two years before the army freed her.",
        "The government lost Zelquna's support.",
        "Troops shelled Fatah Intifada positions overnight.",
        "Rebels seized Minister Anton Brelk at his home.",
        "National Guard stormed by rebels",
        "Turkish artillery shelled YPG fighters.",
        "It was shelled. He was surrounded, and Monday was hit hardest.",
    ],
)
def test_what_people_and_groups_suffer_makes_no_place_of_them(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Agdam fell on Saturday, the rebels said.",
        "Agdam captured by rebels",
        "Azerbaijan lost Agdam on Sunday.",
        "Agdam under fire",
        "Agdam has been won back.",
    ],
)
def test_what_is_won_lost_or_under_fire_is_found_in_a_few_words(found, text):
    assert "Agdam" in found(text)


def test_a_town_at_home_is_not_foreign_because_another_land_has_a_town_of_the_countrys_name(model):
    def scored(country):
        names = {
            "ruritania": (("country", "settlement"), 9_000_000, ("AAA", "AZE"), False, ("AZE",)),
            "agdam": (("settlement",), 40_000, (country,), False, ()),
        }
        text = "Ruritania said that soldiers from Agdam had mutinied."
        document = model.read(text)
        proposals = score_proposals(document, split_words(text), _Few(names))
        return {text[one.start : one.end]: one.features for _, one in proposals}["Agdam"]

    assert "country_of_report" in scored("AZE")
    assert "foreign_to_report" in scored("AAA")


class _Few:
    """A gazetteer of the names that it is given, one word each."""

    def __init__(self, names):
        self.names = names

    def match_at(self, text, start, *, on=None):
        word = re.match(r"\w+", text[start:])
        entry = self.names.get(word.group().lower()) if word else None
        if entry is None:
            return ()
        kinds, population, countries, curated, states = entry
        return (
            NameMatch(
                end=start + word.end(),
                n_candidates=len(countries),
                max_population=population,
                has_primary=True,
                kinds=kinds,
                countries=countries,
                curated=curated,
                states=states,
            ),
        )


def test_a_list_carries_its_cue(found):
    assert found("Air strikes hit targets in Mosul, Raqqa and Deir ez-Zor.") == ["Mosul", "Raqqa", "Deir ez-Zor"]


def test_the_other_end_of_what_lies_between_is_a_place(model):
    def sure_of_the_end(words):
        text = f"The Barkhane force killed a jihadist leader in an operation {words} Tominian."
        found = find_toponyms(model.read(text, names=Names()), Names(), report=Report(report_id="r", text=text))
        return found[-1].score if found and found[-1].surface == "Tominian" else 0.0

    assert sure_of_the_end("between Konna and") > sure_of_the_end("near Konna and")
    assert sure_of_the_end("between Konna and") > sure_of_the_end("between Alpha and") + 0.05


def test_the_noun_of_place_in_capitals_belongs_to_the_name(found):
    assert found("A rocket fell in Tartar District.") == ["Tartar District"]


def test_a_city_takes_the_abbreviation_that_is_part_of_its_name_and_no_other(found):
    assert found("He spoke in Washington, DC on Monday.") == ["Washington, DC"]
    assert found("She lives in Rockville, Md., with her son.") == ["Rockville", "Md."]


@pytest.mark.parametrize(
    "text",
    [
        "President Jackson said he would resign.",
        "Michael Jackson died. Jackson was a singer.",
        "Police arrested two men. Reading is good for them.",
        "The Azerbaijani army and Armenian forces exchanged fire.",
        "It happened on a Friday in March.",
    ],
)
def test_persons_words_days_and_peoples_are_no_places(found, text):
    assert found(text) == []


def test_an_outlet_has_another_role_than_a_place(model):
    text = "The Washington Post reported fighting in Syria."
    toponyms = find_toponyms(model.read(text), Names(), report=Report(report_id="r", text=text))
    roles = {one.surface: one.role for one in toponyms}
    assert roles.pop("Washington", Role.OTHER) is Role.OTHER
    assert roles == {"Syria": Role.EVENT_PLACE}


def test_text_before_the_body_is_skipped(found):
    text = "Paris 2020-10-01\nShells fell in Agdam."
    assert found(text, body_start=17) == ["Agdam"]


def test_in_capitals_a_verb_of_war_tells_nothing_of_a_name_that_the_gazetteer_lacks(model):
    def evidence(text):
        document = model.read(text, names=Names())
        scored = score_proposals(document, split_words(document.cased), Names())
        return {feature for _, one in scored if one.key == "comarces" for feature in one.features}

    text = "The rebels shelled Comarces on Monday, the army said."
    assert "place_only_verb_before_unlisted" in evidence(text)
    assert not any("verb" in one and one.endswith("_unlisted") for one in evidence(text.upper()))


def test_capitals_are_read_like_ordinary_text(found):
    assert found("THE ARMY SHELLED THE TOWN OF AGDAM IN AZERBAIJAN ON FRIDAY.") == ["AGDAM", "AZERBAIJAN"]


def test_scores_are_probabilities_with_reasons_in_words(model):
    text = "Shells fell on the town of Agdam in Azerbaijan."
    wording = {feature["says"] for feature in read_lexicon("toponym_evidence")["features"].values()}
    for one in find_toponyms(model.read(text), Names(), report=Report(report_id="r", text=text)):
        assert 0.4 <= one.score <= 1
        assert wording & set(one.reasons)


def test_an_empty_text_has_no_places(found):
    assert found("") == []
    assert found("\n\n") == []


def test_every_feature_that_fires_is_in_the_table(model):
    table = read_lexicon("toponym_evidence")["features"]
    text = (
        "PARIS (Agency) - President Michael Jackson, 54, told the New Paris Times (Mali) that 3rd Army troops left Deir ez-Zor, Syria.\n"
        "Air France-KLM, the University of Georgia and [Reuters] saw Nice, Reading and Gaza-backed men north of Mosul's old city."
    )
    document = model.read(text)
    scored = score_proposals(document, split_words(document.cased), Names())
    fired = {name for _, one in scored for name in one.features}
    assert len(fired) > 30
    assert fired <= set(table)


def test_proposals_come_without_duplicates_and_in_order(model):
    document = model.read("The line of contact near Agdam, Tartar District and al-Bab.")
    proposals = propose_spans(document, split_words(document.cased), Names(), start=0)
    spans = [(one.start, one.end) for one in proposals]
    assert spans == sorted(set(spans))
    assert "al-Bab" in {document.text[start:end] for start, end in spans}


def test_a_users_lexicon_counts(model, tmp_path):
    extra = tmp_path / "mine.toml"
    extra.write_text('[places]\ncommon_words = ["mosul"]\n', "utf-8")
    text = "Shells fell on Mosul."
    report = Report(report_id="r", text=text)
    (plain,) = find_toponyms(model.read(text), Names(), report=report)
    weighed = find_toponyms(model.read(text), Names(), report=report, lexicon=read_evidence_words((str(extra),)))
    assert not weighed or weighed[0].score < plain.score


def test_words_lose_possessives_and_keep_abbreviations():
    words = split_words("Mali's U.S. envoy, the Pope’s, N'Djamena, Md.")
    assert [word.text for word in words] == ["Mali", "U.S.", "envoy", "the", "Pope", "N'Djamena", "Md."]
    assert [word.capitalised for word in words] == [True, True, False, False, True, True, True]


def test_demonyms_are_found_apart_from_places(model):
    text = "South Sudanese and Turkish-backed Kurds met an Azerbaijani; he wore polish."
    demonyms = find_demonyms(model.read(text))
    assert [(one.surface, one.country) for one in demonyms] == [
        ("South Sudanese", "SSD"),
        ("Turkish", "TUR"),
        ("Kurds", None),
        ("Azerbaijani", "AZE"),
    ]
    assert all(text[one.start : one.end] == one.surface for one in demonyms)
    assert [one.surface for one in find_demonyms(model.read(text), start=19)] == ["Turkish", "Kurds", "Azerbaijani"]


@pytest.mark.parametrize("group", ["Hamas", "Taliban"])
def test_an_armed_group_is_no_place_though_a_place_far_away_bears_its_name(group):
    from geoconflict.places import Gazetteer

    text = f"Fighters of {group} attacked a post in Gaza, and clashes between {group} and the army went on."
    names = Gazetteer.open()
    report = Report(report_id="r", text=text)
    found = find_toponyms(load_language_model().read(text, names=names), names, report=report)
    assert [one.surface for one in found] == ["Gaza"]
    assert names.lookup(group)  # it is the group's name that decides, not the lack of a place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A man was stabbed at Mosul's Raqqa Gate on Friday.", ["Mosul"]),
        ("Shots were heard near the Rockville de France in Paris.", ["Paris"]),
        ("The National Institute for Child Education met in Mosul. Two men of NICE died.", ["Mosul"]),
        ("The National Army met in Mosul. Two men died in Nice.", ["Mosul", "Nice"]),
    ],
)
def test_gates_names_in_other_languages_and_initials_are_no_places_of_those_names(found, text, names):
    assert [name for name in found(text) if name.lower() in NAMES] == names


def test_a_word_for_fighters_is_no_hamlet_of_that_name(model, monkeypatch):
    monkeypatch.setitem(NAMES, "marines", (("settlement",), 3_000, ("FRA",), False))
    text = "A truck bomb killed 241 Marines at the airport."
    report = Report(report_id="r", text=text)
    assert find_toponyms(model.read(text, names=Names()), Names(), report=report) == ()


def test_the_headquarters_of_a_body_are_no_place_of_its_name(found, monkeypatch):
    monkeypatch.setitem(NAMES, "ostra headquarters", (("landmark",), 0, ("USA",), True))
    assert found("Police closed the Ostra headquarters on Monday.") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rebels captured the Nice al-Hamra compound on Monday.", []),
        ("Rebels captured Nice, al-Hamra and a bridge on Monday.", ["Nice"]),
        ("Fighters attacked Mosul on Monday.", ["Mosul"]),
    ],
)
def test_a_name_that_goes_on_behind_an_article_is_not_its_first_word(found, text, names):
    assert [name for name in found(text) if name.lower() in NAMES] == names
