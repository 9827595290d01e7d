import datetime as dt

import pytest
from builders import DAY, report

from geoconflict.events.copies import compare, words_of
from geoconflict.events.copies.sketch import bands_of, n_equal, sketch_of, sketches_of
from geoconflict.events.copies.words import Kind

ARTICLE = (
    "Rockets hit the market of Harvona on Thursday, killing 11 people and wounding more than 40, the governor said.\n\n"
    "Witnesses told of two blasts within a minute of each other, when the stalls were crowded with people buying food.\n\n"
    "Governor Pavlo Derkach said that the rockets had come from Stara Luka, some 30 kilometres to the east of the town. A "
    "spokesman of the separatists denied it and said that they had struck a store of ammunition beside the station.\n\n"
    "The hospital of Harvona said that it had taken in nine children and asked the people of the town to give blood."
)
MIN_SHARE = 0.75


def both(text, other=ARTICLE, *, later=0, **fields):
    return compare(
        words_of(report(text, **fields)), words_of(report(other, on=DAY + dt.timedelta(days=later), source="Outlet"))
    )


def norms(text, **fields):
    return words_of(report(text, **fields)).norms


def kinds(text):
    words = words_of(report(text))
    return {shown: kind for shown, kind in zip(words.shown, words.kinds, strict=True) if kind is not None}


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the army's “first” strike", "the army’s 'first' strike"),
        ("fifteen villages", "15 villages"),
        ("twenty-five shells", "25 shells"),
        ("thirty men and ten women", "30 men and 10 women"),
        ("some 14,000 fled", "some 14 000 fled"),
        ("1,240,000 people", "1240000 people"),
        ("cross-border raids", "Cross border raids"),
        ("in the vil\u00adlage", "in the village"),
        ("the cafe\u0301 burned", "the caf\u00e9 burned"),
        ("\u0661\u0662 killed", "12 killed"),
    ],
)
def test_typography_case_and_spelled_numbers_make_no_difference(one, other):
    assert norms(one) == norms(other)


@pytest.mark.parametrize(("one", "other"), [("1,24 and 5", "124 and 5"), ("2020 2021", "20202021"), ("5 7", "57")])
def test_different_numbers_stay_different(one, other):
    assert norms(one) != norms(other)


def test_a_number_of_more_digits_than_an_integer_may_have_is_a_number():
    assert norms(f"killing 0{'9' * 5000} people")[1] == "9" * 5000


@pytest.mark.parametrize(
    "head",
    [
        "HARVONA, March 14 (North Wire) – ",
        "HARVONA (Agency) - ",
        "Harvona — ",
        "Shells fall on market\n\n",
        "Shells fall on market\n\nHARVONA, March 14 (North Wire) — ",
        "\n\n",
    ],
)
def test_headline_and_dateline_are_left_out(head):
    assert norms(head + ARTICLE) == norms(ARTICLE)


def test_a_first_sentence_with_a_dash_is_no_dateline():
    text = "The army shelled the town again - a school burned. Nobody was hurt in it."
    assert norms(text)[:3] == ("the", "army", "shelled")


def test_a_header_before_the_body_is_left_out():
    assert norms("date: 2021-06-10\n" + ARTICLE, body_start=17) == norms(ARTICLE)


def test_numbers_days_and_names_are_told_apart():
    text = "On Tuesday 15 shells hit Lyptsi, said Olena Marchuk. The mayor may come in May. One of them left yesterday."
    assert kinds(text) == {
        "Tuesday": Kind.DAY,
        "15": Kind.NUMBER,
        "Lyptsi": Kind.NAME,
        "Olena": Kind.NAME,
        "Marchuk": Kind.NAME,
        "May": Kind.DAY,
        "yesterday": Kind.DAY,
    }


def test_a_text_in_capitals_has_no_names():
    assert set(kinds("SHELLS HIT THE TOWN OF LYPTSI ON TUESDAY AND 15 PEOPLE DIED").values()) == {Kind.DAY, Kind.NUMBER}


# ---------------------------------------------------------------- sketches
def test_a_text_has_the_same_sketch_on_every_machine():
    sketch = sketch_of(tuple("abcdefghijklmnopqrstuvwxyz"))
    assert len(sketch) == 4 * 64
    assert sketch[:8].hex() == "73c5ad055eed8e1f"
    assert bands_of(sketch)[:2] == (-7643878005645677093, -4268912694378987619)


def test_equal_hashes_estimate_the_share_of_equal_shingles():
    words = [f"w{n}" for n in range(1200)]
    equal = n_equal(sketch_of(words[:800]), sketch_of(words[400:]))  # 396 shingles of 1196 are common: 0.33
    assert 12 <= equal <= 30
    assert n_equal(sketch_of(words[:600]), sketch_of(words[600:])) <= 2


def test_a_long_text_has_the_sketch_of_its_parts():
    words = [f"w{n}" for n in range(9000)]
    parts = [sketch_of(words[at : at + 3004]) for at in range(0, 9000, 3000)]
    least = [min(hashes) for hashes in zip(*(_hashes(part) for part in parts), strict=True)]
    assert _hashes(sketch_of(words)) == least


def _hashes(sketch):
    return [int.from_bytes(sketch[at : at + 4], "little") for at in range(0, len(sketch), 4)]


def test_texts_that_are_sketched_together_have_the_sketches_that_each_has_alone():
    lengths = [40, 3, 0, 9, 4096, 10, 4097, 9000, 5, 12, 700, 3300, 200]
    texts = [[f"w{(at * 7 + n * 31) % 1000}" for at in range(length)] for n, length in enumerate(lengths)]
    assert sketches_of(texts) == [sketch_of(text) for text in texts]
    assert sketches_of([]) == []


def test_a_short_text_has_no_sketch_and_meets_nobody():
    assert sketch_of(norms("Shells hit the town again.")) == b""
    assert bands_of(b"") == ()


# ---------------------------------------------------------------- copies
@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "VELGRAD (Agency) - " + ARTICLE,
        "\n\n".join(ARTICLE.split("\n\n")[:3]),
        ARTICLE + "\n\nThe report could not be checked.",
        ARTICLE + "\n\nReporting by Ana Duarte; editing by Tom Hale in Paris",
        ARTICLE.replace("kilometres", "km").replace("killing 11", "killing eleven").replace("told of", "spoke of"),
        ARTICLE.replace("Stara Luka", "Staraya Luka"),
        ARTICLE.replace("on Thursday", "on June 10"),
        ARTICLE.replace("on Thursday", "today"),
        ARTICLE.replace("the governor said.", "the governor said. Our reporter Jan Holt heard the blasts in Belopil."),
    ],
)
def test_an_article_with_the_edits_of_an_outlet_is_a_copy(text):
    assert both(text).is_copy(MIN_SHARE)


def test_the_end_may_be_cut_on_one_side_and_be_the_outlets_own_on_the_other():
    text = "\n\n".join(ARTICLE.split("\n\n")[:3]) + "\n\nPiet Visser of the Daily heard from 3 nurses on Friday."
    found = both(text)
    assert found.replaced == ()
    assert found.is_copy(MIN_SHARE)


@pytest.mark.parametrize(
    "text",
    [
        "At least eleven shoppers died when two rockets exploded in the food market of Harvona, according to Pavlo Derkach.",
        ARTICLE.replace("Harvona", "Belopil").replace("11 people", "7 people").replace("Stara Luka", "Nova Hora"),
        ARTICLE.replace("11", "12").replace("40", "60").replace("30 kilometres", "20 kilometres"),
        ARTICLE.split("\n\n", maxsplit=1)[0]
        + "\n\n"
        + "\n\n".join(f"In other news, number {n} was drawn by Hanna Lund." for n in range(40)),
    ],
)
def test_other_words_other_facts_and_a_round_up_are_none(text):
    assert not both(text).is_copy(MIN_SHARE)


def test_a_paragraph_in_a_round_up_is_all_of_the_shorter_and_little_of_the_longer():
    rest = " ".join(f"In other news, number {n} was drawn by a child." for n in range(60))
    found = both(ARTICLE + " " + rest)
    assert found.share == 1
    assert found.of_longer < 0.4
    assert not found.is_copy(MIN_SHARE)


def test_one_figure_may_differ_on_one_day_and_none_on_another():
    long = (
        ARTICLE + " " + " ".join(f"It was seen by {name} Holt." for name in ("Ana", "Ben", "Cem", "Dan", "Eva", "Fay"))
    )
    text = long.replace("11 people", "12 people")
    assert both(text, long).replaced == (("12", "11"),)
    assert both(text, long).is_copy(MIN_SHARE)
    assert not both(text, long, later=1).is_copy(MIN_SHARE)
    assert both(long, long, later=1).is_copy(MIN_SHARE)


def test_another_day_in_the_text_is_a_fact_replaced():
    assert both(ARTICLE.replace("on Thursday", "on Wednesday")).replaced == (("Wednesday", "Thursday"),)
    assert both(ARTICLE.replace("on Thursday", "on June 9")).replaced != ()


def test_a_corrected_version_of_one_page_is_one_voice_whatever_it_corrects():
    corrected = ARTICLE.replace("11 people", "12 people").replace("Stara Luka", "Nova Hora").replace("40", "50")
    page = {"source": "Agency One", "url": "https://agency.example/market"}
    one, other = words_of(report(ARTICLE, **page)), words_of(report(corrected, **page))
    assert compare(one, other).one_article
    assert compare(one, other).is_copy(MIN_SHARE)
    assert not both(corrected).is_copy(MIN_SHARE)


def test_what_differs_is_told_in_the_words_of_each():
    text = ARTICLE.replace("11 people", "12 people") + "\n\nThe report could not be checked."
    differences = [(one.mine, one.other) for one in both(text).differences]
    assert differences == [("12", "11"), ("The report could not be checked", "")]


def test_a_paragraph_that_moved_differs_in_nothing():
    first, second, third, fourth = ARTICLE.split("\n\n")
    found = both(f"{first}\n\n{third}\n\n{second}\n\n{fourth}")
    assert found.share > 0.95
    assert found.replaced == ()


def test_texts_without_a_word_share_nothing():
    assert compare(words_of(report("...")), words_of(report("???"))).share == 0


# ---------------------------------------------------------------- a few lines
FLASH = (
    "President Salim Haddad announced on Sunday that the army had taken the hill town of Zarqa after three days of fighting, "
    "and congratulated the nation in a speech on television. The other side said that battles went on in the streets."
)


@pytest.mark.parametrize(
    "text",
    [
        FLASH,
        "(Wire) - " + FLASH.replace("three days", "3 days"),
        FLASH.split(". ", maxsplit=1)[0] + ".",
        FLASH + " It was not at once clear whether the road to the south was open. Neighbours called for calm.",
    ],
)
def test_a_few_lines_may_be_cut_and_get_sentences_at_the_end(text):
    assert both(text, FLASH).is_copy(MIN_SHARE)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry of defence denied reports in the capital that " + FLASH,
        FLASH.replace(
            "announced on Sunday that", "denied on Sunday in a talk with four editors that he had ever said that"
        ),
        FLASH.replace("Zarqa", "Ruwaq"),
    ],
)
def test_a_few_lines_with_another_sense_are_no_copy(text):
    assert not both(text, FLASH).is_copy(MIN_SHARE)


def test_names_that_changed_places_are_replaced():
    one = "On Monday the militia of the valley led by Omar Karim killed its hostage Jack Hensley late at night and now threatens to kill Eugene Holt within a day."
    other = "On Monday the militia of the valley led by Omar Karim killed its hostage Eugene Holt late at night and now threatens to kill Jack Hensley within a day."
    assert both(one, other).replaced == (
        ("Jack", "Eugene"),
        ("Hensley", "Holt"),
        ("Eugene", "Jack"),
        ("Holt", "Hensley"),
    )


@pytest.mark.parametrize(("one", "other"), [("United Nations", "UN"), ("European Union", "EU")])
def test_initials_stand_for_a_name(one, other):
    text = ARTICLE.replace("the governor said", f"the mission of the {one} in the country said")
    assert both(text, text.replace(one, other)).replaced == ()
