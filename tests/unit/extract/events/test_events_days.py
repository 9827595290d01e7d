"""Which of the days in a sentence is that of an event, and which only bounds it."""

import datetime as dt

import pytest
from few_names import mentions_of


def day(number):
    return dt.date(2023, 5, number)


def days_of(text):
    """Return place -> the first and the last day of its event; reports are of Friday 12 May 2023."""
    return {
        mention.place.surface if mention.place else None: (mention.when.starts_on, mention.when.ends_on)
        for mention in mentions_of(text)
    }


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The bridge in Gao reopened on Monday, eight days after a gunman from the far bank killed a guard.", dt.date(2023, 4, 30)),
        ("Schools in Gao reopened on Monday, three days after gunmen on motorcycles with heavy machine guns shot dead nine people.", day(5)),
        ("Schools in Gao reopened on Monday, three days after a 14-year-old carried out an attack in Kidal that left ten dead.", day(5)),
        ("The road to Gao reopened on Monday, three days after gunmen killed nine people.", day(5)),
    ],
)  # fmt: skip
def test_what_lies_so_many_days_back_does_so_however_long_its_subject_is(text, first):
    assert (first, first) in days_of(text).values()


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ("Two days after the raid snipers shot five people in Kidal.", day(11)),
        ("Four days before the raid, snipers had shot five people in Kidal.", day(5)),
        ("Hours after the raid snipers shot five people in Kidal.", day(10)),
        # of no day that is told
        ("Less than two days after the raid snipers shot five people in Kidal.", day(12)),
    ],
)
def test_days_are_counted_from_what_the_sentence_before_tells(told, last):
    found = days_of(f"Rebels raided Gao on Tuesday. {told}")
    assert found["Gao"] == (day(9), day(9))
    assert found["Kidal"][1] == last


def test_the_count_of_days_is_of_the_verb_that_after_opens():
    text = "On Thursday, two days after the president of the country flew to Paris, rebels from the north shelled Gao."
    assert days_of(text)["Gao"] == (day(11), day(11))


@pytest.mark.parametrize(
    "text",
    [
        "Dozens have been killed since Wednesday when rebels attacked Gao, the ministry said on Thursday.",
        "At least 40 people have been killed since Wednesday, when rebels attacked Gao.",
        "Shops have been shut since Wednesday, when troops shelled Gao.",
    ],
)
def test_what_a_count_begins_with_happened_on_its_first_day(text):
    assert days_of(text)["Gao"] == (day(10), day(10))


def test_what_goes_on_since_a_day_lasts():
    assert days_of("Rebels have shelled Gao since Wednesday.")["Gao"] == (day(10), day(12))


@pytest.mark.parametrize("words", ["for a second day", "for a third straight day", "for the fourth consecutive day"])
def test_what_goes_on_for_another_day_in_the_present_is_of_today(words):
    assert days_of(f"Heavy gunfire is being heard in Khartoum {words}.")["Khartoum"] == (day(12), day(12))


def test_what_went_on_for_another_day_is_of_the_day_told():
    assert days_of("Rebels shelled Gao for a second day on Wednesday.")["Gao"] == (day(10), day(10))


def test_it_is_not_the_day_on_which_it_began():
    text = "Heavy gunfire is being heard in Khartoum for a second day. The union says 56 have died since fighting began on Thursday."
    assert days_of(text)["Khartoum"] == (day(12), day(12))


def test_the_day_of_a_second_statement_is_not_that_of_the_first():
    text = "The army said rebels shelled Nyala and that its troops took Kidal on Wednesday."
    assert days_of(text) == {"Nyala": (None, day(12)), "Kidal": (day(10), day(10))}


def test_the_day_behind_one_statement_of_two_deeds_is_that_of_both():
    text = "Rebels shelled Nyala and took Kidal on Wednesday."
    assert days_of(text) == {"Nyala": (day(10), day(10)), "Kidal": (day(10), day(10))}


@pytest.mark.parametrize(
    "text",
    [
        "Three trucks exploded in Gao on Wednesday, in what rebels said was a drone and missile attack deep inside Mali.",
        "Twelve people died in Gao on Wednesday in what the army said was an attack by rebels.",
    ],
)
def test_what_somebody_says_it_was_happened_where_and_when_it_did(text):
    assert days_of(text) == {"Gao": (day(10), day(10))}


@pytest.mark.parametrize(
    "text",
    [
        "The bodies of 12 villagers were found in Gao on Wednesday.",
        "Police found a mass grave in Gao on Wednesday.",
        "Five students were found shot dead in Gao on Wednesday.",
    ],
)
def test_the_day_on_which_the_dead_were_found_only_bounds_that_of_their_death(text):
    assert days_of(text)["Gao"] == (None, day(10))


@pytest.mark.parametrize(
    "text",
    [
        "The UN reported on Wednesday the killing of 12 villagers in Gao.",
        "The army announced on Wednesday the capture of Gao.",
        "According to the ministry on Wednesday, rebels shelled Gao.",
        "Rebels shelled Gao, according to a statement by the ministry on Wednesday.",
    ],
)
def test_the_day_of_a_report_only_bounds_what_it_reports(text):
    assert days_of(text)["Gao"] == (None, day(10))


@pytest.mark.parametrize(
    "text",
    [
        "According to the ministry, rebels shelled Gao on Wednesday.",
        "The president announced on Wednesday a ceasefire in Gao.",
        "The army confirmed that rebels seized Gao on Wednesday.",
    ],
)
def test_what_is_told_of_a_day_is_of_that_day(text):
    assert days_of(text)["Gao"] == (day(10), day(10))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Days after fighting killed nine people in Gao, gunmen attacked a church in Kidal.", day(10)),
        ("Gunmen attacked a church in Kidal, several weeks after a bombing in Gao.", dt.date(2023, 4, 28)),
    ],
)
def test_days_that_nobody_counts_are_two_at_least(text, last):
    found = days_of(text)
    assert found["Gao"] == (None, last)
    assert found["Kidal"][1] == day(12)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Shops opened in Gao after three days of heavy clashes.", day(9), day(12)),
        ("Thousands fled Gao following days of clashes.", day(6), day(12)),
        ("Calm returned to Gao on Wednesday after two days of shelling.", day(8), day(10)),
        ("Two weeks of fighting in Gao have left nine people dead.", dt.date(2023, 4, 29), day(12)),
        # a toll of days that lie back, and what is counted otherwise
        ("Shells hit Gao, as the toll from a week of bombardment reached 400.", None, day(12)),
        ("Clashes broke out in Gao on the third day of the truce.", None, day(12)),
        ("A day of prayer was held after clashes in Gao.", None, day(12)),
    ],
)
def test_what_lasted_for_days_is_told_of_all_of_them(text, first, last):
    assert days_of(text)["Gao"] == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "The death toll of the bombing in Gao rises to 40.",
        "The toll of the shelling of Gao climbs to 40.",
    ],
)
def test_what_came_of_an_event_told_as_news_leaves_its_first_day_open(text):
    assert days_of(text)["Gao"] == (None, day(12))


def test_an_event_told_as_news_is_of_the_day_or_the_one_before():
    assert days_of("A bombing kills 40 people in Gao.")["Gao"] == (day(11), day(12))
