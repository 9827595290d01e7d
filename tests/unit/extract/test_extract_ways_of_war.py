"""Who gives up, who takes power, who blocks roads and who blows himself up: kinds of events, and words like theirs that are none."""

import datetime as dt

import pytest
from few_names import mentions_of

from geoconflict.extract.reader import Reader
from geoconflict.models import Report, Status
from geoconflict.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=dt.date(2012, 3, 23))).mentions


CHANGE, HANDED, LOOTED = "Change to group/activity", "Non-violent transfer of territory", "Looting/property destruction"


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Some 400 UNITA soldiers surrendered at Luena on Thursday.", CHANGE),
        ("In Bouake, 40 rebels gave up their arms on Wednesday.", CHANGE),
        ("Soldiers laid down their weapons at the stadium in Goma on Wednesday and joined the rebels.", CHANGE),
        ("The town of Harar surrendered to rebel troops on Monday.", HANDED),
        ("Kismayo surrendered without a fight on Monday.", HANDED),
        ("The army abandoned its base in Babanusa overnight.", HANDED),
        ("Mutinous soldiers seized power in Bamako on Wednesday.", CHANGE),
        ("Soldiers toppled the president of Mali on Wednesday.", CHANGE),
        ("The army staged a coup in Niamey on Wednesday.", CHANGE),
        ("Iranian commandos seized a container ship near Bandar Abbas on Saturday.", LOOTED),
        ("Gunmen seized a ferry off Basilan on Monday.", LOOTED),
    ],
)
def test_they_are_told(read, text, sub):
    (mention,) = read(text)
    assert (mention.sub_event_type, mention.status) == (sub, Status.OCCURRED)


@pytest.mark.parametrize(
    "text",
    [
        "The president called on the rebels to surrender and to lay down their arms in Kilinochchi.",
        "The rebels refused to surrender in Kilinochchi.",
        "The suspect surrendered to police in Lagos on Saturday.",
        "The general surrendered to the tribunal in The Hague on Saturday.",
        "The favourites surrendered a two-goal lead in Milan on Monday.",
        "Georgian forces surrendered control of the highway near Gori on Monday.",
        "Residents held a vigil for the dead in Idlib.",
        "Talks in Geneva are over.",
        "Peace talks in Geneva are off.",
    ],
)
def test_others_are_not(read, text):
    assert [one.sub_event_type for one in read(text)] == []


def test_a_vigil_that_demands_something_is_a_protest(read):
    (mention,) = read("In Amman students held a vigil against the war on Monday.")
    assert mention.sub_event_type == "Peaceful protest"


def test_to_whom_fighters_surrender_did_not_surrender(read):
    (mention,) = read("Rebels surrendered to the army at Luena on Thursday.")
    assert [(one.name, one.part) for one in mention.actors] == [("Rebels", "agent"), ("Military Forces", "target")]


def test_what_a_side_lost_is_told_of_it(read):
    (mention,) = read("The rebels lost 170 men in a minefield near Shali on Monday.")
    assert mention.sub_event_type == "Remote explosive/landmine/IED"
    assert [(one.name, one.part) for one in mention.actors] == [("Rebels", "target")]
    (mention,) = read("The army said it had killed 30 attackers and lost four men near Bosso on Monday.")
    assert mention.casualties.killed.best == 34


@pytest.mark.parametrize("what", ["march", "demonstration"])
def test_forces_that_fire_on_a_gathering_use_force_against_protesters(read, what):
    (mention,) = read(f"Police fired on a {what} in Kinshasa on Monday, killing three.")
    assert mention.sub_event_type == "Excessive force against protesters"
    (mention,) = read(f"Gunmen attacked a {what} in Kinshasa on Monday, killing three.")
    assert mention.sub_event_type == "Attack"


@pytest.mark.parametrize(
    "text",
    [
        "Police opened fire as demonstrators marched on the palace in Kinshasa on Monday, killing three.",
        "Soldiers opened fire on Monday as protesters marched through Kinshasa, killing three.",
    ],
)
def test_forces_that_fire_while_a_crowd_marches_use_force_against_it(read, text):
    found = read(text)
    assert {one.sub_event_type for one in found} == {"Excessive force against protesters"}
    parts = {(one.name, one.part) for mention in found for one in mention.actors}
    assert ("Protesters", "target") in parts
    assert ("Protesters", "agent") not in parts


def test_forces_that_fire_while_fighters_attack_fight_them(read):
    found = read("Soldiers opened fire in Kinshasa on Monday as gunmen attacked protesters.")
    assert "Excessive force against protesters" not in [one.sub_event_type for one in found]


def test_a_lynching_is_of_a_mob(read):
    (mention,) = read("On Sunday residents of Jacmel lynched two suspected gang members.")
    assert mention.sub_event_type == "Mob violence"
    assert "Rioters" in [one.name for one in mention.actors]


def test_an_ambush_is_a_clash_or_an_attack_by_whom_it_hit(read):
    (mention,) = read("Rebels ambushed a police convoy near Bria on Monday, killing three officers.")
    assert mention.sub_event_type == "Armed clash"
    (mention,) = read("Twelve people were killed on Monday when their bus was ambushed near Bria.")
    assert mention.sub_event_type == "Attack"


@pytest.mark.parametrize("who", ["Protesters", "Striking miners", "Farmers"])
def test_whoever_blocks_a_road_without_arms_protests(read, who):
    (mention,) = read(f"{who} blocked a highway near Oruro on Monday.")
    assert mention.sub_event_type == "Peaceful protest"


def test_what_was_destroyed_in_a_battle_is_no_weapon_of_it(read):
    (mention,) = read(
        "Government forces repelled an attack on Malakal on Monday, killing 34 rebels and destroying two tanks."
    )
    assert mention.sub_event_type == "Armed clash"


@pytest.mark.parametrize(
    "words", ["A man blew himself up", "Two women blew themselves up", "A bomber detonated himself"]
)
def test_who_blew_himself_up_was_a_suicide_bomber(read, words):
    (mention,) = read(f"{words} in a market in Basra on Monday, killing 12.")
    assert mention.sub_event_type == "Suicide bomb"


def test_gunmen_from_a_group_are_that_group(read):
    (mention,) = read("Gunmen from Al Shabaab attacked a hotel in Mogadishu on Monday, killing two guests.")
    assert "Al Shabaab" in [one.name for one in mention.actors]


def test_a_plane_that_was_destroyed_did_not_bomb(read):
    (mention,) = read("Rebels shelled the airport of Phnom Penh on Sunday, destroying a transport plane.")
    assert mention.sub_event_type == "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    "words",
    ["burning 40 houses", "shooting at traders and burning 40 houses", "cutting the road to Cameroon"],
)
def test_what_came_of_an_attack_is_no_event_beside_it(read, words):
    (mention,) = read(f"Gunmen attacked the village of Bama on Monday, {words}.")
    assert mention.sub_event_type == "Attack"


@pytest.mark.parametrize(
    ("text", "is_event"),
    [
        ("Rebels sabotaged a railway near Gao on Monday.", True),
        ("Two pipelines were sabotaged near Gao on Monday.", True),
        ("The union sabotaged the talks in Gao on Monday.", False),
    ],
)
def test_works_are_sabotaged_in_war_and_talks_are_not(text, is_event):
    found = [one for one in mentions_of(text) if one.sub_event_type == "Looting/property destruction"]
    assert bool(found) is is_event


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Russian forces opened fire with mortars on Gao on Monday.", "Shelling/artillery/missile attack"),
        ("The enemy fired from tanks near Gao on Monday.", "Shelling/artillery/missile attack"),
        ("US ships fired cruise missiles at air defences near Gao on Monday.", "Shelling/artillery/missile attack"),
        ("Russian aviation struck Gao on Monday.", "Air/drone strike"),
        ("Gunmen opened fire with rifles on a bus near Gao on Monday.", "Attack"),
    ],
)
def test_what_is_fired_with_makes_the_type(text, sub_event_type):
    assert [one.sub_event_type for one in mentions_of(text)] == [sub_event_type]


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops drove Ukrainian forces from Kharkiv on Monday.",
        "Russian troops expelled Ukrainian forces from Kharkiv on Monday.",
        "Russian troops dislodged Ukrainian forces from Kharkiv on Monday.",
        "Ukraine lost Kharkiv to Russia on Monday.",
    ],
)
def test_who_drives_others_from_a_town_takes_it(text):
    (mention,) = mentions_of(text)
    assert mention.sub_event_type.endswith("territory")
    assert {(one.country, one.part) for one in mention.actors} == {("RUS", "agent"), ("UKR", "target")}
    assert mention.place.surface == "Kharkiv"


SHELLING, ATTACK, VIOLENT = "Shelling/artillery/missile attack", "Attack", "Violent demonstration"


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Rebels said they had destroyed an air base in Gao.", SHELLING),
        ("The army destroyed four trenches and a bunker of the rebels near Izium on Tuesday.", SHELLING),
        ("Soldiers destroyed an outpost of Boko Haram near Monguno.", LOOTED),
        ("Warplanes destroyed three positions of the rebels in Taiz.", "Air/drone strike"),
        ("Bandits invaded two communities in Zamfara on Monday.", ATTACK),
        ("Gunmen invaded a farm near Jos and killed four people.", ATTACK),
        ("Protesters invaded the home of the governor in Gao.", VIOLENT),
        ("Iraqi forces invaded Kuwait on Monday.", "Armed clash"),
    ],
)
def test_what_is_destroyed_and_who_is_come_upon_say_what_it_was(read, text, sub):
    (mention,) = read(text)
    assert mention.sub_event_type == sub


@pytest.mark.parametrize(
    "text",
    [
        "The scandal destroyed the party's position in Lagos.",
        "The fire destroyed a military base in Gao.",
        "Locusts invaded farms in Gao.",
        "Fans invaded the pitch in Gao.",
    ],
)
def test_no_deed_of_war_is_told_in_the_same_words(read, text):
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Easter Sunday blasts at a church in Negombo killed 90 people.", "Remote explosive/landmine/IED"),
        ("Police opened fire on miners at Marikana, killing 34.", ATTACK),
        ("Israeli troops shot dead nine Palestinians at the Gaza border.", ATTACK),
        ("The army fired on Goma on Monday.", SHELLING),
        ("Students clashed with police in Dhaka on Monday.", VIOLENT),
        ("Villagers clashed with gunmen in Gao on Monday.", "Armed clash"),
        ("Two policemen were hacked to death by strikers in Marikana.", VIOLENT),
        ("Protesters seized the airport in Almaty.", VIOLENT),
        ("Thousands took to the streets of Minsk after the election.", "Peaceful protest"),
        ("Police charged demonstrators in Cairo on Monday.", "Protest with intervention"),
        ("Clashes broke out at Khartoum University on Monday.", "Armed clash"),
    ],
)
def test_crowds_and_those_who_fire_on_them(read, text, sub):
    (mention,) = read(text)
    assert (mention.sub_event_type, mention.place is None) == (sub, False)


@pytest.mark.parametrize(
    "text",
    [
        "Thousands took to the streets of Madrid to celebrate the victory.",
        "Police charged demonstrators in Cairo with sedition.",
        "The party stormed to victory in Minsk after the election.",
    ],
)
def test_crowds_that_celebrate_and_charges_in_court_are_no_events_of_a_street(read, text):
    assert [one.sub_event_type for one in read(text) if one.event_type in ("Protests", "Riots")] == []


@pytest.mark.parametrize(
    ("text", "sub_event_types"),
    [
        ("Soldiers neutralised nine insurgents near Gao on Monday, the general staff announced.", ["Armed clash"]),
        ("Jets neutralized nine insurgents near Gao on Monday.", ["Air/drone strike"]),
        ("Engineers neutralised a mine near Gao on Monday.", []),
        ("The governor neutralised his rivals in Gao on Monday.", []),
        ("Chemists neutralised the acid in Gao on Monday.", []),
    ],
)
def test_fighters_are_neutralised_in_arms(text, sub_event_types):
    assert [one.sub_event_type for one in mentions_of(text)] == sub_event_types


@pytest.mark.parametrize(
    ("text", "sub_event_types"),
    [
        ("Rebels broke through army positions near Gao on Monday.", ["Armed clash"]),
        ("Russian soldiers breached the defences of Ukrainian troops at Kharkiv on Monday.", ["Armed clash"]),
        ("Floods breached the defences of Gao on Monday.", []),
        ("Fans broke through police lines in Gao on Monday.", []),
    ],
)
def test_who_breaks_through_a_line_fought_for_it(text, sub_event_types):
    assert [one.sub_event_type for one in mentions_of(text)] == sub_event_types


@pytest.mark.parametrize(
    ("text", "sub_event_types"),
    [
        ("A taxi was ambushed near Gao on Monday.", ["Attack"]),
        ("Rebels ambushed a minibus near Gao on Monday.", ["Attack"]),
        ("An army bus was ambushed near Gao on Monday.", ["Armed clash"]),
        ("Rebels ambushed a bus near Gao on Monday, killing six soldiers.", ["Armed clash"]),
        ("Rebels chopped off the hands of three farmers near Gao on Monday.", ["Attack"]),
        ("Surgeons cut off the hand of a farmer in Gao on Monday.", []),
        ("Rebels cut off arms supplies to Gao on Monday.", ["Change to group/activity"]),
    ],
)
def test_what_is_done_to_people_on_the_road_and_to_their_limbs(text, sub_event_types):
    assert [one.sub_event_type for one in mentions_of(text)] == sub_event_types


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 90 residents threw stones at the French embassy in Bamako on Monday.", ["Mob violence"]),
        ("Students hurled rocks at police cars in Goma on Monday.", ["Mob violence"]),
        ("Children threw stones into a pond in Goma on Monday.", []),
        ("People in glass houses should not throw stones, the mayor of Goma said.", []),
    ],
)
def test_people_who_throw_stones_at_an_embassy_or_the_police_are_a_mob(read, text, found):
    assert [one.sub_event_type for one in read(text)] == found
