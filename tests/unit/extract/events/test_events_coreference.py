"""One event told several times in one report, on several people's word."""

import dataclasses

import pytest
from few_names import mentions_of

from geoconflict.extract.events.coreference import fold_repeats
from geoconflict.models import EventType, Relation, Status

SIDES = {"the ministry in Kyiv": "UKR", "Kyiv": "UKR", "Moscow": "RUS", "a witness": None}


def folded(*claimants, place=True):
    """Return how many events tellings of one shelling make, each on the word of one of `claimants`."""
    (mention,) = mentions_of("Rebels shelled Izium on Monday.")
    tellings = [
        dataclasses.replace(
            mention,
            mention_id=f"m{at}",
            start=90 * at,
            trigger_start=90 * at,
            place=mention.place if place or not at else None,
            status=Status.CLAIMED if claimant else Status.OCCURRED,
            claimed_by=claimant,
        )
        for at, claimant in enumerate(claimants)
    ]
    return len(fold_repeats(tellings, frozenset(), SIDES.get))


@pytest.mark.parametrize("place", [True, False])
@pytest.mark.parametrize(
    ("claimants", "n_events"),
    [
        (("Kyiv", "the ministry in Kyiv"), 1),
        (("Kyiv", "a witness"), 1),  # who speaks for no side has no version of a side
        ((None, "a witness"), 1),
        (("Kyiv", "Moscow"), 2),
    ],
)
def test_the_versions_of_two_sides_stay_apart_and_no_others(claimants, n_events, place):
    assert folded(*claimants, place=place) == n_events


def test_two_measures_are_two_events():
    text = "The president declared martial law and imposed a curfew in Kyiv on Monday."
    assert [one.plover for one in mentions_of(text)] == ["COERCE:martial-law", "COERCE:curfew"]


FIGHTING = "On Wednesday fighting was heard in Gao."


@pytest.mark.parametrize(
    "killing",
    [
        "A nurse working for an aid group was shot dead by gunmen in Nyala on 2 May, the group said.",
        "A nurse working for an aid group was killed in Nyala last week, the group said.",
        "A nurse working for an aid group was killed in an attack by JNIM in Nyala on Tuesday, the group said.",
    ],
)
def test_the_dead_of_a_headline_are_those_of_the_event_that_it_tells_of(killing):
    mentions = mentions_of(f"Gunmen kill aid worker\n\n{killing}\n\n{FIGHTING}")
    dead = {one.place.surface: one.casualties and one.casualties.killed.best for one in mentions}
    assert dead == {"Nyala": 1, "Gao": None}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A mine went off on Monday, killing seven people. Gunmen shot a nurse dead in Nyala on Monday.", {None: 7, "Nyala": 1}),
        # The same dead are told of again.
        ("A mine went off on Monday, killing seven people. Seven people were killed in Nyala on Monday, police said.", {"Nyala": 7}),
    ],
)  # fmt: skip
def test_other_dead_elsewhere_are_not_those_of_a_blast_told_of_nowhere(text, found):
    dead = {one.place and one.place.surface: one.casualties.killed.best for one in mentions_of(text)}
    assert dead == found


def test_a_headline_does_not_make_a_known_group_unknown():
    killing = "A nurse was killed in an attack by JNIM in Nyala on Tuesday."
    (mention,) = mentions_of(f"Gunmen kill aid worker\n\n{killing}")
    assert [one.name for one in mention.actors if one.part == "agent"] == ["Jama'at Nusrat al-Islam wal-Muslimin"]


def test_the_dead_of_a_headline_stay_without_a_place_where_the_body_tells_of_others():
    mentions = mentions_of(f"Gunmen kill three aid workers\n\nA nurse was shot dead in Nyala on Tuesday.\n\n{FIGHTING}")
    dead = {one.place and one.place.surface: one.casualties and one.casualties.killed.best for one in mentions}
    assert dead == {None: 3, "Nyala": 1, "Gao": None}


def test_a_place_told_twice_is_named_by_its_first_name_and_in_it_before_near_it():
    """ "Captured the town of X and villages in X district": whichever mention comes first, X is the town."""
    (mention,) = mentions_of("Rebels shelled Izium on Monday.")
    near = dataclasses.replace(mention.place, start=0, relation=Relation.NEAR)
    later = dataclasses.replace(mention.place, start=60)
    for other, start in ((later, mention.place.start), (near, mention.place.start)):
        for ids in ("ab", "ba"):
            told = [
                dataclasses.replace(mention, mention_id=ids[0]),
                dataclasses.replace(mention, mention_id=ids[1], place=other, score=0.99),
            ]
            (one,) = fold_repeats(told, frozenset(), lambda claimant: claimant)
            assert (one.place.start, one.place.relation) == (start, Relation.AT)


def test_what_a_headline_tells_of_a_country_is_told_by_the_body_at_its_place():
    body = "Gunmen ambushed buses near Nyala on Monday and left 37 dead and 60 wounded."
    (mention,) = mentions_of(f"Thirty-seven killed in Sudan ambush\n\n{body}")
    assert (mention.place.surface, mention.casualties.killed.best) == ("Nyala", 37)
    assert not [one for one in mention.actors if one.part == "agent" and one.country == "SDN"]


def test_a_headline_of_a_country_with_other_dead_stays():
    body = "Gunmen ambushed buses near Nyala on Monday and left 12 dead."
    assert len(mentions_of(f"Thirty-seven killed in Sudan ambush\n\n{body}")) == 2


def test_the_attack_on_the_city_is_the_one_told_before():
    text = (
        "A man died in Nyala when a rocket struck a house, police said. The attack on Monday was the first on the city."
    )
    (mention,) = mentions_of(text)
    assert mention.when.starts_on == mention.when.ends_on
    assert mention.place.surface == "Nyala"


def test_a_blow_struck_back_is_an_event_of_its_own():
    from few_names import mentions_of

    found = mentions_of("Rebels shelled Gao on Monday, killing two people. The army bombed rebels in Gao on Monday.")
    assert {one.sub_event_type for one in found} == {"Shelling/artillery/missile attack", "Air/drone strike"}
    (one,) = mentions_of(
        "Rebels shelled Gao on Monday, killing two people. The shelling of Gao on Monday wounded five."
    )
    assert one.sub_event_type == "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rebels shelled Gao on Monday. ISWAP shelled Gao on Monday, killing two.", {"Islamic State West Africa Province"}),
        ("Rebels shelled Gao on Monday. Rebels and ISWAP shelled Gao on Monday.",
         {"Rebels", "Islamic State West Africa Province"}),
    ],
)  # fmt: skip
def test_a_name_takes_the_place_of_a_kind(text, names):
    from few_names import mentions_of

    (told,) = mentions_of(text)
    assert {one.name for one in told.actors if one.part == "agent"} == names


@pytest.mark.parametrize(
    ("text", "agents", "blamed"),
    [
        (
            "Shells killed nine people in Izium on Monday. Russia said Ukrainian troops shelled Izium on Monday.",
            set(),
            {"Military Forces of Ukraine"},
        ),
        (
            "Shells killed nine people in Izium on Monday. Ukrainian troops shelled Izium on Monday, residents said.",
            {"Military Forces of Ukraine"},
            set(),
        ),
        (
            "Shells killed nine people in Izium on Monday. Russia said its troops shelled Izium on Monday.",
            {"Military Forces of Russia"},
            set(),
        ),
    ],
)
def test_whom_one_side_accuses_is_no_agent_of_a_fact(text, agents, blamed):
    (mention,) = mentions_of(text)
    assert mention.status is Status.OCCURRED
    assert {one.name for one in mention.actors if one.part == "agent"} == agents
    assert {one.name for one in mention.blamed} == blamed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Rebels attacked Izium on Monday and ambushed a column on Tuesday. Nine drivers were killed in the ambush.",
            "Tuesday",
        ),
        (
            "Rebels ambushed a column in Izium on Monday and attacked the town on Tuesday. Nine were killed in the ambush.",
            "Monday",
        ),
        # of no sharper word the nearest is meant
        (
            "Rebels ambushed a column in Izium on Monday and attacked the town on Tuesday. Nine were killed in the attack.",
            "Tuesday",
        ),
    ],
)
def test_the_dead_of_the_ambush_are_those_of_what_was_ambushed(text, day):
    deadly = [one for one in mentions_of(text) if one.casualties is not None]
    assert [(one.when.surface, one.casualties.killed.best) for one in deadly] == [(day, 9)]


def test_blasts_that_are_called_attacks_afterwards_stay_blasts():
    text = "Two blasts tore through a hall in Gao on Monday. The rebels said they carried out the attacks, in which 32 people died."
    (told,) = mentions_of(text)
    assert (told.event_type, told.status, told.casualties.killed.best) == (EventType.EXPLOSIONS, Status.OCCURRED, 32)


def test_the_day_from_which_losses_are_counted_is_no_day_of_what_was_told_before():
    rockets, assault = sorted(
        mentions_of(
            "Rebels fired two rockets into Gao. The army has lost one soldier since the assault began on Saturday."
        ),
        key=lambda one: one.start,
    )
    assert rockets.place.surface == "Gao"
    assert rockets.when.starts_on is None or rockets.when.surface != "Saturday"
    assert assault.place is None


def test_what_began_on_the_day_told_before_is_told_again():
    text = "Fighting broke out in Gao on Saturday. Ten people have been killed since the fighting began on Saturday."
    assert len(mentions_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (
            "Five traders died on Monday in an attack in Nyala. If soldiers carried out the attack, talks will end.",
            [Status.OCCURRED],
        ),
        ("Two bombs went off in Gao on Monday. The militia may have carried out the attack.", [Status.OCCURRED]),
        # What may still come is an event of its own.
        ("Rebels attacked Gao on Monday. They may attack Menaka.", [Status.OCCURRED, Status.HYPOTHETICAL]),
    ],
)
def test_who_may_have_done_what_was_told_is_no_second_event(text, statuses):
    assert [one.status for one in mentions_of(text)] == statuses


@pytest.mark.parametrize(
    ("text", "n_events"),
    [
        ("Five Kenyan soldiers were shelled and killed on Thursday. Rebels attacked a patrol in Gao.", 2),
        ("Five Kenyan soldiers were killed on Thursday. Kenyan soldiers were shelled in Gao.", 1),
    ],
)
def test_a_place_without_a_day_is_not_where_others_suffered_something_else_on_a_day(text, n_events):
    told = mentions_of(text, "2020-10-17")
    assert len(told) == n_events
    assert [one.casualties.killed.best for one in told if one.casualties] == [5]


def test_whom_one_side_accuses_is_no_agent_of_what_others_tell():
    (mention,) = mentions_of(
        "Shells killed nine people in Izium on Monday, doctors said. Russia said Ukrainian troops shelled Izium on Monday."
    )
    assert (mention.status, mention.claimed_by) == (Status.CLAIMED, "doctors")
    assert not [one for one in mention.actors if one.part == "agent"]
    assert [(one.name, one.by) for one in mention.blamed] == [("Military Forces of Ukraine", "Russia")]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Rebels attacked an army post in Gao. They then killed nine potters.", {"Armed clash": None, "Attack": 9}),
        (
            "The army clashed with rebels near Gao. Fleeing fighters shot dead six weavers.",
            {"Armed clash": None, "Attack": 6},
        ),
        # nobody is told to have killed them
        ("The army clashed with rebels near Gao. Six weavers were killed in the crossfire.", {"Attack": 6}),
    ],
)
def test_who_fought_and_went_on_to_kill_civilians_did_two_things(text, dead):
    told = {one.sub_event_type: one.casualties and one.casualties.killed.best for one in mentions_of(text)}
    assert told == dead


TAKEN = "Abduction/forced disappearance"


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Rebels attacked a village near Gao. Nine women were kidnapped in the raid.", {TAKEN: {"Rebels"}}),
        (
            "Rebels attacked a village near Gao. They abducted nine women and burned huts.",
            {TAKEN: {"Rebels"}},
        ),
        ("Rebels attacked a village near Gao, killing a man. Nine women were kidnapped.", {"Attack": {"Rebels"}}),
        (
            "Rebels attacked a village near Gao. Nine women were kidnapped in Kidal.",
            {"Attack": {"Rebels"}, TAKEN: set()},
        ),
        (
            "Rebels attacked an army post near Gao. Nine women were kidnapped.",
            {"Armed clash": {"Rebels"}, TAKEN: set()},
        ),
    ],
)
def test_who_was_taken_in_a_raid_tells_of_the_raid(text, subs):
    told = {one.sub_event_type: {who.name for who in one.actors if who.part == "agent"} for one in mentions_of(text)}
    assert told == subs


def test_gas_and_bombs_from_the_air_are_two_events_of_one_town():
    text = (
        "Twenty people choked in Nyala in a chemical attack on Monday. An air strike had killed six in Nyala on Monday."
    )
    assert {one.sub_event_type for one in mentions_of(text)} == {"Chemical weapon", "Air/drone strike"}
    text = "Twenty people choked in Nyala in a chemical attack on Monday. The attack killed six in Nyala on Monday."
    assert [one.sub_event_type for one in mentions_of(text)] == ["Chemical weapon"]
