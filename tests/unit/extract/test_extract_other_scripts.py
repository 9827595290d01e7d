"""Names in other scripts inside an English report, with a gazetteer that has them."""

import datetime as dt

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.passed_over import find_passed_over, find_unread
from geoconflict.extract.toponyms.recognition import find_toponyms
from geoconflict.extract.toponyms.text_words import split_words
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer

TABLE = """name,names,lon,lat,country,population
Martuni,Մարտունի|Мартуни,47.1125,39.795,AZE,6000
Kharkiv,Харків|Харьков|哈尔科夫,36.25,49.99,UKR,1400000
Aleppo,حلب|Χαλέπι,37.16,36.2,SYR,2000000
Tbilisi,თბილისი,44.79,41.72,GEO,1100000
Jerusalem,ירושלים,35.22,31.77,ISR,900000
Al Jaysh,الجيش,37.5,36.1,SYR,300
Vladimir,Владимир,40.4,56.1,RUS,350000
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "names.csv"
    path.write_text(TABLE, encoding="utf-8")
    return Gazetteer.open(extra=[path])


@pytest.fixture
def read(gazetteer):
    def call(text):
        report = Report(report_id="r", text=text, published_on=dt.date(2020, 10, 1))
        document = load_language_model().read(text, names=gazetteer)
        toponyms = find_toponyms(document, gazetteer, report=report)
        assert all(text[one.start : one.end] == one.surface for one in toponyms)
        passed = find_passed_over(document, gazetteer, toponyms, report=report)
        return [one.surface for one in toponyms], {one.surface: one.why for one in passed}

    return call


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shelling hit Մարտունի (Martuni) on Monday.", ["Մարտունի", "Martuni"]),
        ("Two people were killed in Харьков on Friday.", ["Харьков"]),
        ("The town of Martuni (Мартуни) was shelled.", ["Martuni", "Мартуни"]),
        ("A strike near Χαλέπι killed three.", ["Χαλέπι"]),
        ("Clashes were reported قرب حلب on Tuesday.", ["حلب"]),
        ("Rockets fell near حلب and ירושלים, officials said.", ["حلب", "ירושלים"]),
        ("Explosions were heard in \u202bحَلَبُ\u202c overnight.", ["حَلَبُ"]),
        ("Shells hit יְרוּשָׁלַיִם on Monday.", ["יְרוּשָׁלַיִם"]),
        ("Fighting continued in თბილისი on Sunday.", ["თბილისი"]),
        ("Shells hit 哈尔科夫 on Monday.", ["哈尔科夫"]),
        ("HEAVY SHELLING HIT ՄԱՐՏՈՒՆԻ ON MONDAY, OFFICIALS SAID.", ["ՄԱՐՏՈՒՆԻ"]),
    ],
)
def test_a_name_that_the_gazetteer_has_in_its_script_is_found(read, text, names):
    assert read(text)[0] == names


@pytest.mark.parametrize(
    ("text", "passed_over", "script"),
    [
        ("Shells hit Martuni. قال متحدث باسم الجيش. It was quiet.", "قال متحدث باسم الجيش", "Arabic"),
        ("General Владимир Петров said so.", "Владимир Петров", "Cyrillic"),
        ("Clashes were reported قرب حلب on Tuesday.", "قرب", "Arabic"),
        ("Shells fell on მარტვილი on Monday.", "მარტვილი", "Georgian"),
    ],
)
def test_what_is_no_known_name_is_told(read, text, passed_over, script):
    names, passed = read(text)
    assert passed_over not in names
    assert f"{script} script" in passed[passed_over]


@pytest.mark.parametrize("name", ["M\u0430rtuni", "Khark\u0456v", "\u041a\u0410\u0420ABAKH", "Al\u03b5ppo"])
def test_letters_that_look_alike_make_no_name(read, name):
    names, passed = read(f"Shells fell on {name} on Monday.")
    assert name not in names
    assert passed[name].startswith("mixed scripts")


def test_what_could_not_be_weighed_is_known_without_the_language_model():
    report = Report(report_id="r", text="Харьков Киев. M\u0430rtuni, " + "x" * 101 + " حلب 東京タワー", body_start=8)
    told = [(one.start, one.surface[:9], one.why.split(":")[0].split(",")[0]) for one in find_unread(report, ())]
    assert told == [
        (8, "Киев", "written in the Cyrillic script"),
        (14, "M\u0430rtuni", "mixed scripts"),
        (23, "xxxxxxxxx", "a word of 101 characters"),
        (125, "حلب", "written in the Arabic script"),
        (129, "東京タワー", "written in the Chinese script"),
    ]


def test_marks_inside_a_word_are_part_of_it():
    assert [word.text for word in split_words("יְרוּשָׁלַיִם, حَلَبُ")] == ["יְרוּשָׁלַיִם", "حَلَبُ"]
