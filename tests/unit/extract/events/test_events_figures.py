"""Which event of a report a number of people belongs to."""

import pytest
from few_names import mentions_of, reading_of


def killed(text):
    """Return the killed of each event with a place, as (low, high) by place."""
    return {
        mention.place.surface: (mention.casualties.killed.low, mention.casualties.killed.high)
        for mention in mentions_of(text)
        if mention.place and mention.casualties and mention.casualties.killed
    }


PLACED = [
    # two events of one text keep their own dead
    ("Rebels attacked Nyala, killing two soldiers. Meanwhile shelling killed 30 people in Khartoum.",
     {"Nyala": (2, 2), "Khartoum": (30, 30)}),
    ("Shelling killed 30 people in Khartoum, and gunmen killed two traders in El Fasher.",
     {"Khartoum": (30, 30), "El Fasher": (2, 2)}),
    # a heading of a war takes no figure from the event
    ("Conflict in Mali: Ten people die following a car bomb in Gao.", {"Gao": (10, 10)}),
    # a clause after a semicolon, a sentence without an event
    ("Russian forces shelled Izium; at least one civilian was killed, officials said.", {"Izium": (1, None)}),
    ("Russian forces shelled Izium on Thursday. A farmer was killed.", {"Izium": (1, 1)}),
    # who dies later of a known event is one more of its dead, and no toll of it
    ("A boy who had been wounded in the strike on Izium a week earlier died of his injuries.", {}),
    ("A farmer wounded by shelling in Izium died of his injuries.", {"Izium": (1, 1)}),
    # who also died is added, and who dies by their own hand
    ("A shelling of Izium killed two soldiers. Several farmers were also killed.", {"Izium": (5, None)}),
    ("A gunman attacked a market in Gao, killing two people before killing himself.", {"Gao": (3, 3)}),
    # what each side lost adds up, and what is said of one side twice does not
    ("Troops retook Gao on Monday. They put rebel losses at 40 dead; the army lost six men.", {"Gao": (46, 46)}),
    ("Rebels raided Gao on Monday. Forty militants died and the police lost six men.", {"Gao": (46, 46)}),
    ("Soldiers killed 40 rebels in Gao on Monday. The militants lost 12 men.", {"Gao": (40, 40)}),
    # different people of one event add up: kinds of people, who attacked, who comes on top, the other side of "and"
    ("Soldiers killed six rebels in Gao on Monday. Two soldiers died.", {"Gao": (8, 8)}),
    ("An ambush near Gao left seven soldiers dead, and four attackers were killed.", {"Gao": (11, 11)}),
    ("Two gunmen were killed and four arrested in Gao during a raid by the army. A policeman was also killed.",
     {"Gao": (3, 3)}),
    ("A bomber killed two policemen in Gao. The bomber also died.", {"Gao": (3, 3)}),
    ("A car bomb in Gao killed four people. Two others later died of their wounds.", {"Gao": (6, 6)}),
    ("A raid in Gao resulted in nine rebel deaths and at least three soldiers were killed.", {"Gao": (12, None)}),
    # the same people told again, a part of them, and whom they had killed do not
    ("Ten people were killed in a strike on Gao. Two of them were children.", {"Gao": (10, 10)}),
    ("Ten people were killed in a strike on Gao. The dead included four women.", {"Gao": (10, 10)}),
    ("Shelling killed eight civilians in Gao. Five women died at the market.", {"Gao": (8, 8)}),
    ("A bombing in Gao killed ten people, including the bomber. The attacker died at the scene.", {"Gao": (10, 10)}),
    ("Troops killed two gunmen in Gao. The gunmen had earlier killed five villagers.", {"Gao": (2, 2)}),
    ("Shelling of Gao killed seven people, and three others died of hunger.", {"Gao": (7, 7)}),
    ("A soldier kills three people in Gao, the lone shooter was also killed.", {"Gao": (4, 4)}),
    ("A raid in Gao killed three rebels. It came a day after five soldiers were killed.", {"Gao": (3, 3)}),
    ("A bomb in Gao killed five people and wounded three. Six others were wounded.", {"Gao": (5, 5)}),
    ("A shooter in Gao kills three people and injures eight before being shot and killed by police.", {"Gao": (4, 4)}),
    # a bomb and gunfire at one place are what people die of in the next sentence
    ("A bomb explodes in Gao, followed by gunfire in Gao. At least 25 people are killed.", {"Gao": (25, None)}),
    # a number tells more than "soldiers"
    ("Soldiers were killed in an ambush near Gao. Seven soldiers died, an officer said.", {"Gao": (7, 7)}),
    # two places contrasted, each with its dead
    ("At least ten people were killed in Gao, while two other people were killed in an attack in Menaka.",
     {"Gao": (10, None), "Menaka": (2, 2)}),
    # what is read as a noun is a verb all the same
    ("A car bomb detonates in Gao. Doctors claim at least seven deaths.", {"Gao": (7, None)}),
    ("Four people are killed when the bus they travel in hits a landmine in Gao.", {"Gao": (4, 4)}),
    # outcomes carry an event whose other words do not hold
    ("A farmer is killed by Russian forces after hurling stones in Izium.", {"Izium": (1, 1)}),
    ("The army conducted an operation that killed more than 60 rebels in Gao.", {"Gao": (61, None)}),
    ("Two attackers injure nine people and kill one at a train station in Gao.", {"Gao": (1, 1)}),
    ("Nine servicemen are killed when a Mi-8 is downed by separatist forces near Izium.", {"Izium": (9, 9)}),
    ("A woman is fatally stabbed by a former informant in Gao.", {"Gao": (1, 1)}),
    ("Twelve people died in clashes between cattle herders and farmers in Gao.", {"Gao": (12, 12)}),
    ("The troops killed five rebels near Gao, and recovered a cache of weapons.", {"Gao": (5, 5)}),
    ("He visited Gao, where shelling killed three people on Sunday.", {"Gao": (3, 3)}),
    # the war of "war-torn" is none that a number counts
    ("Four soldiers were killed in an attack near Gao in the war-torn north.", {"Gao": (4, 4)}),
    # neither a day of fighting nor a total that follows makes a figure one of the war
    ("On a third day of fighting, an attack in Gao kills four soldiers.", {"Gao": (4, 4)}),
    ("Two soldiers are killed in clashes in Gao, thereby bringing the total of this year to 29.", {"Gao": (2, 2)}),
    # a town is told with its surroundings, and two towns together with neither
    ("Six people were killed in a strike in Gao, northern Mali, near the border.", {"Gao": (6, 6)}),
    # not stated is nothing, none is 0
    ("Russian forces shelled Izium.", {}),
    ("Russian forces shelled Izium, causing no casualties.", {"Izium": (0, 0)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACED, ids=[text for text, _ in PLACED])
def test_a_figure_belongs_to_its_own_event(text, expected):
    assert killed(text) == expected


def test_what_is_denied_of_the_dead_leaves_the_event():
    (mention,) = mentions_of("The army denied that 12 soldiers were killed in the attack on Izium.")
    assert mention.status.value != "denied"
    assert mention.casualties is None
    (mention,) = mentions_of("The army denied that there was an attack on Izium.")
    assert mention.status.value == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces shelled Izium on Thursday. Ten people died in a bus crash.",
        "Russian forces shelled Izium on Thursday. In Kharkiv, ten people died.",
        "Russian forces shelled Izium on Thursday. Ten people died on Monday.",
        "Russian forces shelled Izium and nobody knows more. The strike did not kill ten people.",
    ],
)
def test_the_dead_of_something_else_are_not_the_events(text):
    assert "Izium" not in killed(text)


def test_a_figure_of_several_places_is_kept_and_given_to_none():
    reading = reading_of("Bomb blasts in Izium and Kharkiv killed up to 60 people.")
    assert len(reading.mentions) == 2
    assert all(mention.casualties is None for mention in reading.mentions)
    (toll,) = reading.tolls
    assert (toll.scope, toll.count.low, toll.count.high) == ("places", None, 60)


def test_captured_displaced_and_who_says_so_are_carried():
    told = mentions_of("Rebels attacked Nyala, capturing 12 soldiers and displacing 300 people.")
    (casualties,) = [mention.casualties for mention in told if mention.casualties]
    assert casualties.captured.best == 12
    assert casualties.displaced.best == 300
    (claimed,) = mentions_of("Ukraine said Russian forces shelled Izium, killing four people.")
    assert claimed.casualties.claimed_by == "Ukraine"


def test_two_speakers_of_one_sentence_make_a_range():
    (mention,) = mentions_of(
        "Shelling of Izium killed 12 people, Ukraine said, while Russia said 20 people were killed in the shelling."
    )
    assert (mention.casualties.killed.low, mention.casualties.killed.high) == (12, 20)


def test_a_total_counts_up_to_publication_and_not_from_its_beginning():
    (toll,) = reading_of("At least 700 soldiers have been killed since fighting began on April 15.").tolls
    assert toll.as_of.ends_on.isoformat() == "2023-05-12"


def figures_of_events(text):
    """Return the killed of the events of a text, as low ends, in order."""
    told = [mention.casualties.killed for mention in mentions_of(text) if mention.casualties]
    return [count.low for count in told if count is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed four people in Gao. Another bomb killed three people at a market in Gao.", [4, 3]),
        ("A strike killed five people in Gao. Two people were killed in a separate raid.", [5, 2]),
        ("A strike killed five people in Gao. In Gao two people were killed in another ambush.", [5, 2]),
        ("Four people are killed in a strike on Gao. In a separate incident five soldiers are killed in Gao.", [4, 5]),
        ("The attack on the base in Gao killed three soldiers. It was another attack by the rebels.", [3]),
        ("Rebels killed four soldiers in Gao. Another soldier died in hospital.", [5]),
    ],
)
def test_another_attack_with_dead_of_its_own_is_told_apart(text, expected):
    assert figures_of_events(text) == expected


def test_the_dead_of_the_fighting_are_those_of_the_battle_before():
    assert killed("Troops captured Nyala on Sunday. Thirteen rebels were killed in the fighting, the army said.") == {
        "Nyala": (13, 13)
    }
    assert killed("Troops captured Nyala on Sunday. Thousands have been killed in the fighting since May.") == {}


@pytest.mark.parametrize(
    "later",
    [
        "The toll later rose to 19.",
        "The death toll has risen to 19.",
        "Police said on Tuesday the death toll had risen to 19.",
        "By Tuesday the number of dead stood at 19, hospital officials said.",
        "Seven more died of their wounds on Tuesday, bringing the toll to 19.",
    ],
)
def test_a_toll_that_rose_takes_the_place_of_the_first(later):
    assert figures_of_events(f"A car bomb killed 12 people in Gao on Monday. {later}") == [19]


@pytest.mark.parametrize(
    "later",
    ["The rebels put the toll at 19.", "On Sunday the toll of the war had risen to 1,900."],
)
def test_another_toll_does_not(later):
    assert 12 in figures_of_events(f"A car bomb killed 12 people in Gao on Monday. {later}")


def test_the_toll_of_a_bomb_is_that_of_one_event():
    assert figures_of_events("The death toll from a car bomb in Gao rose to 19.") == [19]


@pytest.mark.parametrize(
    ("told", "by"),
    [
        ("The police spoke of 14 dead.", "police"),
        ("A medical source gave a toll of 14 dead.", "medical source"),
        ("A hospital director gave a provisional figure of 14 dead and 20 wounded.", "hospital director"),
        ("Aid workers counted 14 bodies.", "Aid workers"),
        ("Residents cited 14 deaths.", "Residents"),
        # who finds or buries the dead only does so
        ("Soldiers found 14 bodies.", None),
        ("The mayor buried 14 dead.", None),
    ],
)
def test_who_gives_a_figure_is_named_with_it(told, by):
    (raid, *_) = mentions_of(f"Gunmen attacked Gao on Monday. {told}")
    assert (raid.casualties.killed.low, raid.casualties.claimed_by) == (14, by)


def test_another_figure_is_a_version_of_whoever_gives_it():
    told, version = mentions_of("Gunmen killed 20 traders in Gao on Monday. A medical source gave a toll of 26 dead.")
    assert (told.casualties.killed.best, version.casualties.killed.best) == (20, 26)
    assert (told.claimed_by, version.claimed_by) == (None, "medical source")


def test_the_fighting_of_a_place_and_a_day_is_no_whole_conflict():
    reading = reading_of("Nine soldiers were killed in the fighting in Gao on Monday.")
    assert [one.casualties.killed.best for one in reading.mentions] == [9]
    assert reading_of("Nine soldiers were killed in the fighting in Gao, the UN said on Monday.").tolls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Police said nine people were killed in a bombing in Gao on Monday, while doctors said 30 people were killed in an attack on a church.",
            [(9, 9), (30, 30)],
        ),
        (
            "Fighting in Gao on Monday killed 15 people. The army put the toll at nine, while the rebels said 30 soldiers had died in an ambush near Kidal.",
            [(15, 15), (30, 30)],
        ),
        (
            "The army said nine militants were killed in fighting on Tuesday. The rebels said they had killed 30 soldiers on Tuesday.",
            [(9, 9), (30, 30)],
        ),
        (
            "Police said nine people were killed in the first blast in Gao on Monday. A doctor said 30 died in the second.",
            [(9, 9)],
        ),
        (
            "Police said nine people were killed in a blast in Gao on Monday. A doctor said 30 people died in the blast.",
            [(9, 9), (30, 30)],
        ),
    ],
)  # fmt: skip
def test_what_two_say_of_two_events_is_no_range_of_one(text, expected):
    found = [one.casualties.killed for one in mentions_of(text) if one.casualties]
    assert sorted((one.low, one.high) for one in found) == expected
