"""Totals that are no event, demands and denials at large, days of agreements, and the tolls of several speakers."""

import datetime as dt

import pytest
from few_names import mentions_of, reading_of


def figures(mention):
    killed = mention.casualties.killed if mention.casualties else None
    return (killed.low, killed.best, killed.high) if killed else None


@pytest.mark.parametrize(
    "total",
    [
        "At least 56 civilians were killed across the country on Sunday, a doctors' union said.",
        "At least 56 civilians were killed nationwide, a doctors' union said.",
        "Across the country, at least 56 civilians were killed, a doctors' union said.",
    ],
)
def test_the_dead_of_a_whole_country_are_a_toll_and_no_event_of_the_town_before(total):
    reading = reading_of(f"Fighting broke out in Nyala on Tuesday. {total}")
    assert [mention.sub_event_type for mention in reading.mentions] == ["Armed clash"]
    assert [(toll.count.low, toll.scope) for toll in reading.tolls] == [(56, "war")]


def test_the_dead_of_nationwide_protests_are_those_of_their_town():
    reading = reading_of("Police shot dead three people in Nyala on Monday during nationwide protests.")
    assert [figures(mention) for mention in reading.mentions] == [(3, 3, 3)]
    assert reading.tolls == ()


def test_the_dead_of_a_town_counted_from_a_beginning_are_a_toll_alone():
    reading = reading_of("The United Nations said some 3,000 people had been killed in Nyala since late January.")
    assert reading.mentions == ()
    assert [toll.count.best for toll in reading.tolls] == [3000]


@pytest.mark.parametrize(
    "total",
    [
        "More than 900 people have been killed in Mali over the last year.",
        "More than 900 people have been killed in Mali in the past 12 months, the UN said.",
        "The UN counted 900 killings in Gao in the first quarter.",
    ],
)
def test_the_dead_of_a_long_time_are_a_toll_alone(total):
    reading = reading_of(total)
    assert reading.mentions == ()
    assert [toll.count.best or toll.count.low for toll in reading.tolls] in ([900], [901])


@pytest.mark.parametrize(
    "event",
    ["Rebels killed 12 people in Gao last month.", "Rebels attacked Gao in the first quarter, killing 12 traders."],
)
def test_the_dead_of_a_town_in_a_month_or_of_an_attack_are_an_event(event):
    assert [mention.sub_event_type for mention in reading_of(event).mentions] == ["Attack"]


@pytest.mark.parametrize(
    "total",
    [
        "At least 2,900 people have been killed in the battle for Nyala, the UN said.",
        "About 2,900 people have died in the siege of Nyala.",
        "About 2,900 people have been killed in the rebel offensive on Nyala, the UN said.",
        "The battle for Nyala has killed 2,900 people.",
    ],
)
def test_the_dead_of_a_battle_up_to_now_are_a_toll_alone(total):
    reading = reading_of(total)
    assert reading.mentions == ()
    assert [toll.count.low or toll.count.best for toll in reading.tolls] == [2900]


@pytest.mark.parametrize(
    "event",
    [
        "Some 40 people were killed in fighting in Nyala on Monday.",
        "Some 40 people have been killed in fighting in Nyala on Monday.",
        "Some 40 people were killed in the battle for Nyala on Monday.",
        "Some 40 people have been killed in the assault on Nyala on Monday.",
        "Some 40 people have been killed in an assault on Nyala.",
    ],
)
def test_the_dead_of_a_day_of_battle_are_an_event(event):
    (mention,) = mentions_of(event)
    assert mention.casualties.killed is not None


def test_who_demands_that_a_siege_end_tells_no_battle():
    assert mentions_of("The Council in Paris on Thursday demanded that the siege of El Fasher end.") == ()
    assert mentions_of("The Council called for an end to the siege of Nyala.") == ()
    assert [one.place.surface for one in mentions_of("Rebels laid siege to Nyala on Thursday.")] == ["Nyala"]


def test_a_practice_that_is_denied_is_no_event_and_a_deed_that_is_denied_is_one():
    assert mentions_of("The army denied targeting civilians in Nyala.") == ()
    (mention,) = mentions_of("The army denied shelling the market in Nyala on Monday.")
    assert mention.status.value == "denied"


def test_an_agreement_is_of_the_day_it_was_made():
    text = "The two governments agreed in Geneva on Tuesday on a ceasefire that takes effect on 4 August."
    (mention,) = mentions_of(text, published="2023-08-02")
    assert (mention.status.value, mention.when.starts_on) == ("occurred", dt.date(2023, 8, 1))


def test_who_is_abducted_and_killed_is_dead():
    (mention,) = mentions_of("Five traders were abducted and killed in Nyala on Wednesday.")
    assert figures(mention) == (5, 5, 5)
    (mention,) = mentions_of("Five traders were killed and wounded in a blast in Nyala on Wednesday.")
    assert figures(mention) is None


def test_tolls_of_several_speakers_are_kept_together():
    text = (
        "A drone strike on a market in Nyala on Monday killed 24 people, a hospital said. "
        "The army put the dead at 31. The UN put the toll at 18."
    )
    told = {mention.claimed_by: mention.casualties.killed.best for mention in mentions_of(text)}
    assert told == {"hospital": 24, "army": 31, "UN": 18}
    assert len({mention.place for mention in mentions_of(text)}) == 1


def test_two_facilities_in_two_towns_are_two_places():
    mentions = mentions_of("Rebels seized the palace in Khartoum and the airport in Nyala on Saturday.")
    assert sorted(mention.place.surface for mention in mentions) == ["Khartoum", "Nyala"]


def test_the_crew_of_a_plane_shot_down_in_the_sentence_before_is_dead():
    (mention,) = mentions_of("A plane was shot down over Nyala on Monday. Five crew members died.")
    assert figures(mention) == (5, 5, 5)


@pytest.mark.parametrize(
    "denial",
    [
        "that Nyala had fallen",
        "that the city had fallen",
        "the city had been taken",
        "losing the city",
        "it",
        "the capture of Nyala",
    ],
)
def test_who_denies_that_a_town_fell_denies_that_it_was_taken(denial):
    (mention,) = mentions_of(f"The rebels said they had captured Nyala on Monday. The Sudanese army denied {denial}.")
    assert (mention.status.value, mention.denied_by) == ("denied", "Sudanese army")


def test_who_denies_that_an_airport_was_lost_denies_that_it_was_taken():
    text = "The rebels said they had captured Nyala airport on Monday. The army denied that the airport had been lost."
    assert [(one.status.value, one.denied_by) for one in mentions_of(text)] == [("denied", "army")]


@pytest.mark.parametrize("other", ["Gao had fallen", "Nowhereville had fallen", "it had lost tanks"])
def test_who_denies_another_loss_denies_nothing_of_this_one(other):
    text = f"The rebels captured Nyala on Monday. The army denied that {other}."
    assert [one.denied_by for one in mentions_of(text) if one.place and one.place.surface == "Nyala"] == [None]


def test_who_denies_that_a_town_fell_denies_no_shelling_and_who_does_not_deny_it_denies_nothing():
    (mention,) = mentions_of("The rebels shelled Nyala on Monday. The army denied that the city had fallen.")
    assert mention.status.value == "occurred"
    text = "The rebels said they had captured Nyala on Monday. The army did not deny that the city had fallen."
    assert [one.denied_by for one in mentions_of(text)] == [None]


@pytest.mark.parametrize(
    ("total", "as_of"),
    [
        ("The war, which erupted in 2012, has killed 9,000 people.", dt.date(2023, 5, 12)),
        ("The uprising that began early in 2012 has killed 9,000 people.", dt.date(2023, 5, 12)),
        ("The war had killed 9,000 people by the end of 2021.", dt.date(2021, 12, 31)),
        ("The conflict killed 9,000 people in 2021.", dt.date(2021, 12, 31)),
    ],
)
def test_a_toll_is_no_toll_of_the_day_on_which_its_war_began(total, as_of):
    (toll,) = reading_of(total).tolls
    assert toll.as_of.ends_on == as_of


@pytest.mark.parametrize(
    "losses",
    [
        "The general staff said 640 rebel fighters had been killed over the past day.",
        "In the past 24 hours 640 soldiers were killed, the general staff said.",
        "Officials in Nyala counted 640 dead among their own troops by nightfall.",
    ],
)
def test_what_an_army_lost_in_a_day_is_a_toll_and_none_of_the_shelling_before(losses):
    reading = reading_of(f"Rockets hit Nyala on Thursday. {losses}")
    assert [(mention.sub_event_type, figures(mention)) for mention in reading.mentions] == [
        ("Shelling/artillery/missile attack", None)
    ]
    assert [toll.count.low for toll in reading.tolls] == [640]


@pytest.mark.parametrize(
    ("dead", "place"),
    [
        ("The general staff said nine soldiers had been killed.", "Nyala"),
        ("The mayor said nine civilians had been killed over the past day.", "Nyala"),
        ("Nine soldiers were killed in fighting near Gao in the past 24 hours.", "Gao"),
    ],
)
def test_the_dead_of_a_place_or_of_civilians_stay_with_their_event(dead, place):
    reading = reading_of(f"Rockets hit Nyala on Thursday. {dead}")
    assert [mention.place.surface for mention in reading.mentions if figures(mention) == (9, 9, 9)] == [place]
    assert reading.tolls == ()


@pytest.mark.parametrize(
    "count",
    [
        "At least 3,900 people have been killed, according to a cautious estimate.",
        "At least 3,900 people have been killed, aid workers say.",
        "At least 3,900 people have been killed.",
    ],
)
def test_the_dead_of_a_war_into_which_a_country_slid_are_not_those_of_the_clash_told_before(count):
    reading = reading_of(f"Clashes broke out in Gao on Monday. Mali slid into war on April 15. {count}")
    assert [toll.count.low for toll in reading.tolls] == [3900]
    assert all(one.casualties is None for one in reading.mentions)
