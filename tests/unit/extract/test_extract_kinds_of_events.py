"""What kind of event words tell of, whether it was done, and which place it has: by who did what to whom with what."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report, Role, Status
from geoconflict.places.gazetteer import Gazetteer

ON = dt.date(2023, 6, 16)  # a Friday


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=ON))


def kind(mention):
    return mention.event_type.value, mention.sub_event_type


# ---------------------------------------------------------------- types
@pytest.mark.parametrize(
    "text",
    [
        "Rebel fighters encircled the army-held town of Sirte on Thursday.",
        "Militants cut off the army's main supply route to Mosul on Thursday.",
        "Rebels belonging to the M23 group attack an army post in the village of Kanyabayonga, killing two farmers.",
        "Government troops launch an offensive north of Sirte.",
    ],
)
def test_what_is_done_to_the_other_side_s_forces_is_a_clash(read, text):
    (mention,) = read(text).mentions
    assert kind(mention) == ("Battles", "Armed clash")


def test_a_town_that_nobody_is_said_to_hold_is_only_approached(read):
    (mention,) = read("Rebel fighters surrounded the town of Sirte on Thursday.").mentions
    assert kind(mention) == ("Strategic developments", "Change to group/activity")


def test_what_is_attacked_is_no_weapon(read):
    (car,) = read("Gunmen attacked a police patrol car in Karachi on Monday, killing two officers.").mentions
    assert kind(car) == ("Battles", "Armed clash")
    (bomb,) = read("A car bomb killed two officers in Karachi on Monday.").mentions
    assert kind(bomb) == ("Explosions/Remote violence", "Remote explosive/landmine/IED")
    (tanks,) = read("Israeli tanks hit a school in Rafah on Monday.").mentions
    assert kind(tanks) == ("Explosions/Remote violence", "Shelling/artillery/missile attack")


def test_the_short_name_of_a_country_is_no_weapon(read):
    (mention,) = read("CAR rebels kill a teacher in Bambari town").mentions
    assert kind(mention) == ("Violence against civilians", "Attack")


def test_a_strike_that_was_carried_out_is_no_walk_out(read):
    (mention,) = read("A strike was also carried out in Rafah on Thursday.").mentions
    assert mention.event_type.value == "Explosions/Remote violence"
    assert not read("A strike was held in Rafah on Thursday.").mentions


def test_a_charge_at_a_crowd_is_told_though_its_sentence_names_no_place(read):
    found = read(
        "Protesters marched through Nairobi on Thursday. Police charged at the crowd and fired tear gas."
    ).mentions
    (charge,) = [one for one in found if one.sub_event_type == "Protest with intervention"]
    assert charge.place.surface == "Nairobi"


def test_headquarters_are_of_whoever_has_them(read):
    (union,) = read("Nine people were killed in an attack on the union's headquarters in Lagos on Monday.").mentions
    assert kind(union) == ("Violence against civilians", "Attack")
    (army,) = read("Nine people were killed in an attack on the army's headquarters in Lagos on Monday.").mentions
    assert kind(army) == ("Battles", "Armed clash")


# ---------------------------------------------------------------- whether it was done
@pytest.mark.parametrize(
    "text",
    [
        "Explosions could be heard in Kyiv on Thursday.",
        "Two bombs were set off in Lahore on Thursday.",
        "The murder was committed by gunmen in Karachi on Thursday.",
        "The attack in Zawiya on Thursday was aimed at a power plant.",
        "Doctors met on Friday to protest the attack on a clinic in Zawiya on Thursday.",
        "Residents were able to see the downing of a helicopter in Aleppo on Thursday.",
    ],
)
def test_what_is_told_as_done_occurred(read, text):
    assert {one.status for one in read(text).mentions if one.sub_event_type != "Peaceful protest"} == {Status.OCCURRED}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels could shell Goma on Saturday.", Status.HYPOTHETICAL),
        ("Troops are set to attack Sirte on Saturday.", Status.SCHEDULED),
        ("Rebels were committed to attack Goma on Saturday.", Status.HYPOTHETICAL),
    ],
)
def test_what_may_or_shall_be_done_did_not(read, text, status):
    assert {one.status for one in read(text).mentions} <= {status, Status.SCHEDULED}


def test_a_day_after_the_report_is_not_when_something_was_done(read):
    (mention,) = read("The barracks in Goma were attacked by rebels on 24 June 2023.").mentions
    assert mention.status is Status.OCCURRED
    assert mention.when.starts_on is None


@pytest.mark.parametrize("span", ["between 1000 and 0500", "from 1710 to 2250", "between 0600 and 1400"])
def test_hours_of_the_clock_are_no_years(read, span):
    (mention,) = read(f"The police base in Goma was attacked by rebels {span}.").mentions
    assert mention.when.starts_on is None


def test_years_of_a_span_stay_years(read):
    times = read("Rebels held Goma from 1996 to 1998.").times
    assert [one.span.starts_on.year for one in times if one.span is not None][:1] == [1996]


# ---------------------------------------------------------------- places
def test_the_capital_is_that_of_a_country(read):
    found = read(
        "KHARTOUM (AFP) - Rebels attacked troops in Kadugli on Thursday. Shops were attacked in the capital."
    ).mentions
    assert [one.place.surface for one in found] == ["Kadugli", "KHARTOUM"]


def test_the_provincial_capital_is_not(read):
    text = "Rebels shelled Kadugli on Thursday. Gunmen killed a trader in the provincial capital, a hospital in Khartoum said."
    assert {one.place.surface for one in read(text).mentions} == {"Kadugli"}


def test_a_capital_with_its_name_behind_it_is_named(read):
    (mention,) = read(
        "Clashes between farmers and herders in the capital Bangui leave at least 21 people dead."
    ).mentions
    assert mention.place.surface == "Bangui"


def test_a_neighbourhood_is_nearer_than_its_town(read):
    (mention,) = read(
        "Gunmen kidnapped a doctor from his home in the Saadoun neighbourhood, in eastern Baghdad."
    ).mentions
    assert mention.place.surface == "Saadoun"


def test_streets_are_no_towns(read):
    reading = read("A bomb exploded on the corner of Sarmiento and San Martin streets in Rosario on Monday.")
    assert {one.surface: one.role for one in reading.toponyms}["Sarmiento"] is Role.OTHER
    assert [one.place.surface for one in reading.mentions] == ["Rosario"]
    assert read("A bomb exploded on a Baghdad street on Monday.").mentions[0].place.surface == "Baghdad"


def test_a_ceremony_that_is_attacked_is_no_place_of_talks(read):
    (mention,) = read("Gunmen attacked a wedding ceremony in Bambari on Thursday, killing 18 people.").mentions
    assert mention.place.surface == "Bambari"


# ---------------------------------------------------------------- one event, told again
def test_rebels_are_those_of_a_group_by_name(read):
    text = "Rebels shelled the presidency in Kinshasa on Thursday. The attack was carried out by fighters of M23."
    (mention,) = read(text).mentions
    assert mention.place.surface == "Kinshasa"


def test_what_is_taken_for_known_is_told_of_afterwards(read):
    text = "The group claimed responsibility for the murder of the judge. She was shot dead in Lagos on 9 June."
    assert [one.place.surface for one in read(text).mentions] == ["Lagos"]


def test_two_groups_by_name_are_two(read):
    text = "Al-Shabaab attacked a base in Afgooye on Thursday. The attack by Boko Haram was fiercer."
    assert len(read(text).mentions) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militiamen torched houses in Sirte on Thursday, killing nine people.", "Attack"),
        ("Soldiers burned 40 homes in Sirte on Thursday and killed 18 people.", "Attack"),
        ("Gunmen abducted three traders and killed five in Sirte on Thursday.", "Attack"),
        ("Raiders burned homes in Sirte on Thursday, killing four soldiers.", "Armed clash"),
        ("Militiamen torched houses in Sirte on Thursday.", "Looting/property destruction"),
        ("Militiamen torched houses in Sirte on Thursday; nobody was killed.", "Looting/property destruction"),
        ("Gunmen abducted three traders in Sirte on Thursday.", "Abduction/forced disappearance"),
    ],
)
def test_what_is_looted_and_who_is_taken_leave_it_an_attack_where_people_are_killed(read, text, expected):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == expected


def test_what_is_shot_down_and_who_is_taken_after_it_are_two_events(read):
    mentions = read(
        "Libyan jets shot down a Chadian helicopter near Sirte on Thursday and captured its pilot."
    ).mentions
    assert {one.sub_event_type for one in mentions} == {"Disrupted weapons use", "Abduction/forced disappearance"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Guards killed ten recruits in Sirte on Thursday, a day after the minister's plane was shot down.", [14, 15]),
        ("Gunmen killed six herders in Sirte on Thursday, hours after a bomb exploded in Gao.", [15, 15]),
    ],
)
def test_what_only_dates_an_act_is_an_act_of_its_own(read, text, days):
    mentions = read(text).mentions
    assert sorted(one.when.ends_on.day for one in mentions) == days
    assert [one.casualties is not None for one in mentions].count(True) == 1


@pytest.mark.parametrize(
    ("text", "agents", "targets"),
    [
        ("Iraqi planes bombed Sirte on Thursday.", ["Military Forces of Iraq"], []),
        ("Israeli shells hit a school in Sirte on Thursday.", ["Military Forces of Israel"], []),
        ("Shells hit a school in Sirte on Thursday.", [], []),
        ("Baku shelled the village of Movses on Thursday.", ["Military Forces of Azerbaijan"], []),
        ("A Malaysian plane was shot down near Sirte on Thursday.", [], []),
        ("Gunmen killed six herders in Sirte on Thursday.", ["Unidentified Armed Group"], ["Civilians"]),
        ("Armed herders killed six miners in Sirte on Thursday.", ["Unidentified Armed Group"], ["Civilians"]),
    ],
)
def test_arms_with_a_nationality_are_its_forces_where_they_do_something(read, text, agents, targets):
    (mention,) = read(text).mentions
    by_part = {part: [one.name for one in mention.actors if one.part == part] for part in ("agent", "target")}
    assert by_part == {"agent": agents, "target": targets}


def test_both_phrases_of_a_list_of_where_are_places(read):
    mentions = read("Rebels fired rockets at the airport in Taiz and at an army camp near Sirte on Thursday.").mentions
    assert {one.place.surface for one in mentions} == {"Taiz", "Sirte"}


def test_a_missile_at_an_air_base_is_no_air_strike(read):
    (mention,) = read("Iranian missiles hit the air base of Sirte on Thursday.").mentions
    assert kind(mention) == ("Explosions/Remote violence", "Shelling/artillery/missile attack")


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("A British submarine sank the cruiser off Sirte on Thursday, and 40 sailors died.", 1),
        ("Two missiles sank a tanker off Sirte on Thursday.", 1),
        ("A ferry sank off Sirte on Thursday, killing 300.", 0),
        ("A storm sank a trawler off Sirte on Thursday.", 0),
    ],
)
def test_a_ship_is_sunk_by_arms_and_sinks_without(read, text, n):
    assert len(read(text).mentions) == n


@pytest.mark.parametrize(
    ("text", "falls"),
    [
        ("Rebels captured Gao on Thursday. Menaka fell on Friday.", True),
        ("Artillery fire went on near Gao. Menaka fell on Friday.", True),
        ("Menaka fell on Friday after the soldiers fled.", True),
        ("Menaka fell overnight; Gao had fallen hours earlier, the Taliban said.", True),
        ("Rebels captured a general on Thursday. Menaka fell on Friday in the cup.", False),
        ("Gold fell on Friday; Lima fell, too.", False),
    ],
)
def test_a_town_falls_where_the_report_tells_of_war_or_of_another_that_was_taken(read, text, falls):
    fell = [one for one in read(text).mentions if one.reasons[0].startswith("fall-town")]
    assert bool(fell) == falls


@pytest.mark.parametrize("verb", ["answered", "responded", "retaliated"])
def test_who_answers_with_air_strikes_has_done_them(read, verb):
    (mention,) = read(f"Israel {verb} with air strikes on Tyre on Thursday.").mentions
    assert [one.name for one in mention.actors if one.part == "agent"] == ["Military Forces of Israel"]


def test_what_goes_on_in_spite_of_talks_does_not_happen_where_they_are_held(read):
    mentions = read("Fighting resumed around Sirte despite talks in Sweden: a mortar shell killed a family.").mentions
    assert {one.place.surface for one in mentions if one.place} == {"Sirte"}
    (struck,) = read("An air strike killed two officials during a meeting in Sirte on Thursday.").mentions
    assert struck.place.surface == "Sirte"


def test_a_day_in_the_name_of_a_street_dates_nothing(read):
    (mention,) = read("A shell killed a trader in the 7 July residential area of Sirte on Thursday.").mentions
    assert mention.when.ends_on == ON - dt.timedelta(days=1)


def test_ground_of_another_kind_is_no_region_that_was_named_before(read):
    mentions = read("Libya was at war. A shell killed a trader in the residential area on Thursday.").mentions
    assert [one.place for one in mentions] == [None]


def test_each_phrase_of_a_row_has_its_place(read):
    text = (
        "Bombs exploded on Thursday: at a bank and three hotels in Taiz, at a school in Ibb and at a mosque in Sanaa."
    )
    assert {one.place.surface for one in read(text).mentions} == {"Taiz", "Ibb", "Sanaa"}


def test_a_cessation_of_hostilities_that_is_signed_is_no_fighting(read):
    (mention,) = read("The two sides signed a cessation of hostilities in Sirte on Thursday.").mentions
    assert kind(mention) == ("Diplomacy", "ceasefire")


def test_divisions_take_towns_and_gangs_overrun_jails(read):
    (mention,) = read("Sirte was taken by the 53rd and 58th Divisions on Thursday.").mentions
    assert kind(mention) == ("Battles", "Government regains territory")
    (mention,) = read("Gangs overran the jail in Sirte on Thursday.").mentions
    assert kind(mention) == ("Battles", "Non-state actor overtakes territory")


def test_a_ship_was_not_hit_in_the_country_of_its_flag(read):
    (mention,) = read("A Malta-flagged carrier was hit by a missile off Sirte on Thursday.").mentions
    assert mention.place.surface == "Sirte"


def test_the_hour_of_an_entry_is_no_part_of_who_tells_it(read):
    (mention,) = read("14:20 - MSF said shells hit its hospital in Sirte.").mentions
    assert mention.claimed_by == "MSF"


def test_who_announces_that_a_town_was_taken_claims_it(read):
    (mention,) = read("The army announced the capture of Sirte on Thursday.").mentions
    assert (mention.status, mention.claimed_by) == (Status.CLAIMED, "army")
    (truce,) = read("The two sides announced a ceasefire in Sirte on Thursday.").mentions
    assert truce.status is Status.OCCURRED


def test_soldiers_and_guns_that_are_captured_are_no_town(read):
    (mention,) = read("Rebels captured two soldiers of the 4th Detachment of Sirte on Thursday.").mentions
    assert kind(mention) == ("Violence against civilians", "Abduction/forced disappearance")
    (mention,) = read("Rebels captured the army base in Sirte on Thursday.").mentions
    assert kind(mention) == ("Battles", "Non-state actor overtakes territory")
    found = read("A clash on Thursday ended in the seizure of various kinds of materiel near Sirte.").mentions
    assert {one.sub_event_type for one in found} <= {"Armed clash", "Disrupted weapons use"}


@pytest.mark.parametrize(
    ("foe", "n_events"), [("the drug mafias", 0), ("the cocaine traffickers", 0), ("the workers", 0), ("Eritrea", 1)]
)
def test_war_is_declared_on_states_and_not_on_trades(read, foe, n_events):
    found = read(f"The government in Khartoum declared war on {foe} on Thursday.")
    assert len(found.mentions) == n_events


@pytest.mark.parametrize(
    ("context", "sub"),
    [
        ("It went off in front of a bank.", "Remote explosive/landmine/IED"),
        ("The Patriotic Front condemned it.", "Remote explosive/landmine/IED"),
        ("The town lies close to the front.", "Shelling/artillery/missile attack"),
    ],
)
def test_a_blast_is_of_a_shell_where_a_report_speaks_of_a_front_of_war(read, context, sub):
    (mention,) = read(f"A blast rocked the town of Sirte on Thursday, killing three. {context}").mentions
    assert kind(mention) == ("Explosions/Remote violence", sub)


# ---------------------------------------------------------------- arrests and strikes
@pytest.mark.parametrize(
    "text",
    [
        "A former senator was arrested in Harare on Thursday.",
        "Two bloggers were taken into custody in Hanoi on Thursday.",
        "The mayor of Managua was detained on Thursday.",
        "Ethiopian troops arrested nine shopkeepers in Gondar on Thursday.",
    ],
)
def test_whom_the_state_arrests_for_politics_is_told(read, text):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == "Arrests"


@pytest.mark.parametrize(
    "text",
    [
        "A senator was arrested for tax fraud in Harare on Thursday.",
        "The mayor of Managua was detained on Thursday on embezzlement charges.",
        "Police arrested a shopkeeper in Gondar on Thursday.",
    ],
)
def test_whom_it_arrests_for_a_crime_is_not(read, text):
    assert not read(text).mentions


def test_a_strike_of_everybody_is_a_protest_and_no_generals(read):
    (mention,) = read("A general strike emptied the streets of Srinagar on Thursday.").mentions
    assert (kind(mention), mention.actors) == (("Protests", "Peaceful protest"), ())
    assert not read("Teachers went on strike in Srinagar on Thursday over their pay.").mentions


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("A man drove his car into a crowd in Toronto on Thursday, killing nine people.", "Attack"),
        ("A bomber drove his car into a barracks in Toronto on Thursday.", "Suicide bomb"),
    ],
)
def test_a_car_that_is_driven_into_people_carries_no_bomb(read, text, sub):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == sub


@pytest.mark.parametrize(
    "text",
    [
        "The insurgents told reporters they had taken Djibo.",
        "The insurgents informed a newspaper they had taken Djibo.",
        "An insurgent commander told a radio station his men had taken Djibo.",
        "The insurgents said they had overrun Djibo.",
    ],
)
def test_a_capture_that_is_told_without_that_is_claimed(read, text):
    (mention,) = read(text).mentions
    assert (mention.sub_event_type, mention.status) == ("Non-state actor overtakes territory", Status.CLAIMED)


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Gunmen killed nine people at a coltan mine in Bukavu on Thursday.", "Attack"),
        ("Gunmen raided a gold mine near Bukavu on Thursday, killing nine miners.", "Attack"),
        ("Gunmen seized a mine in Bukavu on Thursday, killing nine people.", "Attack"),
        ("An assault on a mine in Bukavu on Thursday killed nine people.", "Attack"),
        (
            "Gunmen attacked a bus with a mine near Bukavu on Thursday, killing nine people.",
            "Remote explosive/landmine/IED",
        ),
        ("On Thursday, police in Bukavu used tear gas at a sit-in.", "Protest with intervention"),
        ("Nine people were killed when their bus hit a mine near Bukavu on Thursday.", "Remote explosive/landmine/IED"),
        ("Thousands marched through Tunis on Thursday against the cabinet.", "Peaceful protest"),
        ("Thousands marched in Tunis on Thursday against the cabinet.", "Peaceful protest"),
        ("The army neutralised nine terrorists near Bukavu on Thursday.", "Armed clash"),
    ],
)
def test_words_of_two_meanings_tell_what_their_sentence_does(read, text, sub):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == sub


def test_a_pit_that_collapses_is_an_accident(read):
    assert not read("Nine miners were killed when a mine collapsed near Bukavu on Thursday.").mentions
