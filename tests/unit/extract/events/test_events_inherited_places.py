import pytest
from few_names import mentions_of

# The events whose place the context names, by what it takes it from.
TAKEN = [
    (
        "Rebels entered Menaka on Monday. They then shelled the town for two hours.",
        {("Shelling/artillery/missile attack", "Menaka", "'town' is taken as Menaka, named before")},
    ),
    (
        "Rebels looted shops in Nyala and raped women on Monday.",
        {("Sexual violence", "Nyala", "it goes on with what happened in Nyala")},
    ),
    (
        "Rebels shelled Nyala on Monday. The looting of shops went on for days.",
        {("Looting/property destruction", "Nyala", "no place in the sentence; Nyala was the last event's")},
    ),
    (
        "Rebels shelled Nyala and Menaka on Monday. Gunmen killed ten people in the two towns.",
        {
            ("Attack", "Nyala", "one of the 2 that it speaks of"),
            ("Attack", "Menaka", "one of the 2 that it speaks of"),
        },
    ),
    (
        "Clashes erupted in Nyala on Monday, and gunmen beheaded two traders.",
        {
            ("Armed clash", "Nyala", "in Nyala"),
            ("Attack", "Nyala", "it is told beside the fighting in Nyala"),
        },
    ),
    (
        "Clashes erupted in Nyala on Monday, with gunmen killing two traders.",
        {
            ("Armed clash", "Nyala", "in Nyala"),
            ("Attack", "Nyala", "it is told beside the fighting in Nyala"),
        },
    ),
    (
        "Clashes erupted in Nyala on Monday, and gunmen beheaded two traders elsewhere.",
        {("Armed clash", "Nyala", "in Nyala"), ("Attack", None, None)},
    ),
    (
        "NYALA (Agency) - Gunmen killed two traders on Monday.",
        {("Attack", "NYALA", "the report names no other place; it was filed in NYALA")},
    ),
    # What is known has happened in whatever town; what is news, where it is told.
    (
        "NYALA (Agency) - After Musa Adam's murder by gunmen, markets were closed on Monday.",
        {("Attack", None, None)},
    ),
    (
        "NYALA (Agency) - After a murder by gunmen, markets were closed on Monday.",
        {("Attack", "NYALA", "the report names no other place; it was filed in NYALA")},
    ),
    # items of a list, each with its dateline; of one that is not known, none before it is the place
    (
        "* NYALA - Rebels shelled Nyala on Monday, killing two.\n* MENAKA - A patrol was ambushed and two guards were killed.",
        {
            ("Shelling/artillery/missile attack", "Nyala", "object Nyala"),
            ("Armed clash", "MENAKA", "MENAKA heads the item"),
        },
    ),
    (
        "* NYALA - Rebels shelled Nyala on Monday, killing two.\n* XANTHI - A patrol was ambushed and two guards were killed.",
        {("Shelling/artillery/missile attack", "Nyala", "object Nyala"), ("Armed clash", None, None)},
    ),
    (
        "NYALA, Sudan - Gunmen killed two traders on Monday.",
        {("Attack", "NYALA", "the report names no other place; it was filed in NYALA")},
    ),
    (
        "Militiamen set fire to a market and shelled a school in Menaka on Monday.",
        {("Looting/property destruction", "Menaka", "the same people went on in Menaka")},
    ),
    # On another day, or at a place of its own that is not known: not there.
    (
        "Militiamen burned a market on Sunday and abducted two girls in Menaka on Monday.",
        {("Looting/property destruction", None, None)},
    ),
    (
        "Militiamen burned a market in Zzquo and abducted two girls in Menaka on Monday.",
        {("Looting/property destruction", "Zzquo", "in Zzquo")},
    ),
    # said to be elsewhere, though not where
    ("Rebels shelled Nyala on Monday. Gunmen killed two traders elsewhere in the state.", {("Attack", None, None)}),
]


@pytest.mark.parametrize(("text", "expected"), TAKEN, ids=[text for text, _ in TAKEN])
def test_an_event_without_a_place_takes_the_one_that_the_context_names(text, expected):
    found = {
        (
            one.sub_event_type,
            one.place.surface if one.place else None,
            next((reason.removeprefix("place: ") for reason in one.reasons if reason.startswith("place: ")), None),
        )
        for one in mentions_of(text)
    }
    assert expected <= found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nyala: a mortar shell hit a bakery and killed four people.", "Nyala"),
        ("Nyala: rebels shelled Gao.", "Gao"),
        # A capital may be who says so.
        ("Khartoum: rebels killed two men with a mortar shell.", None),
    ],
)
def test_a_town_that_heads_the_line_is_where_it_happened(text, place):
    (mention,) = mentions_of(text)
    assert (mention.place.surface if mention.place else None) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Soldiers killed a man in Gao. The rebels said they had shot down a helicopter.", None),
        ("Rebels and soldiers fought in Gao. A helicopter was shot down.", "Gao"),
    ],
)
def test_what_a_side_says_it_did_without_a_place_was_not_where_the_last_thing_was(text, place):
    down = next(one for one in mentions_of(text) if one.sub_event_type == "Disrupted weapons use")
    assert (down.place.surface if down.place else None) == place


def test_what_the_other_side_says_it_did_is_not_where_the_first_says_it_acted():
    text = "The rebels said they had shelled Nyala. The army said it had killed 200 men."
    found = {tuple(one.name for one in told.actors if one.part == "agent"): told for told in mentions_of(text)}
    assert found["Rebels",].place.surface == "Nyala"
    assert found["Military Forces",].place is None
    text = "The rebels said they had shelled Nyala. They said they had killed 200 men."
    assert {one.place.surface for one in mentions_of(text)} == {"Nyala"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels shelled Nyala on Monday. A drone was shot down over Xanthivka.", None),
        ("Rebels shelled Nyala on Monday. A drone was shot down.", "Nyala"),
        ("Rebels shelled Nyala on Monday. Off the coast, a drone was shot down.", None),
    ],
)
def test_what_was_shot_down_over_an_unknown_place_was_not_where_shells_fell_before(text, place):
    (shot_down,) = [one for one in mentions_of(text) if one.sub_event_type == "Disrupted weapons use"]
    assert (None if shot_down.place is None else shot_down.place.surface) == place


def test_the_crew_of_what_was_shot_down_died_of_that_and_not_of_what_was_told_before():
    shelling, shot_down = mentions_of(
        "The army shelled Gao on Monday. A helicopter was shot down over Menaka; both pilots died."
    )
    assert shelling.casualties is None
    assert shot_down.casualties.killed.best == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Jets bombed Nyala after weeks of clashes in Gao. Five rebels were killed.", "Nyala"),
        ("After weeks of clashes in Gao, jets bombed Nyala. Five rebels were killed.", "Nyala"),
    ],
)
def test_who_was_killed_is_not_placed_in_what_only_came_before(text, place):
    (dead,) = [one for one in mentions_of(text) if one.casualties is not None]
    assert dead.place.surface == place


def test_what_happened_in_the_capital_of_nobody_knows_what_was_not_where_the_last_thing_was():
    text = "Soldiers fought rebels in Gao. Two bombers struck the university in the capital, killing six students."
    (struck,) = [one for one in mentions_of(text) if one.casualties is not None]
    assert struck.place is None or struck.place.surface != "Gao"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Jets bombed Gao. Niger closed its border.", None),
        ("Jets bombed Gao. The army imposed a curfew.", "Gao"),
    ],
)
def test_a_state_that_shuts_its_border_does_not_so_where_the_last_event_was(text, place):
    (measure,) = [one for one in mentions_of(text) if one.event_type.value == "Strategic developments"]
    assert (measure.place.surface if measure.place else None) == place
