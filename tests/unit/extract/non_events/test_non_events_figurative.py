"""Words of war that tell of no act of war."""

import datetime as dt

import pytest
from few_names import mentions_of, reading_of


@pytest.mark.parametrize(
    ("nothing", "event"),
    [
        # by whom, with what, to what
        ("Kharkiv was bombarded by reviewers on Monday.", "Kharkiv was bombarded by rebels on Monday."),
        ("Columnists shelled Gao after the festival.", "Soldiers shelled Gao after the festival."),
        ("Khartoum was bombarded with complaints.", "Khartoum was bombarded with rockets."),
        ("A barrage of emails from Nyala followed.", "A barrage of rockets hit Nyala."),
        ("Farmers shelled walnuts in Izium.", "Farmers shelled tanks in Izium."),
        ("Speculators in Kharkiv launched an assault on the rouble.", "Rebels in Kharkiv launched an assault on the airport."),
        ("A speculative attack on the lira began in Kharkiv.", "A deadly attack on the police began in Kharkiv."),
        ("A horde of wild pigs invaded Gao on Monday.", "A horde of fighters invaded Gao on Monday."),
        # likenesses, markets and trade
        ("The news hit Gao like a bomb on Monday.", "A bomb hit a market in Gao on Monday."),
        ("The offer landed in Gao like a bomb on Monday.", "What sounded like shelling shook Gao on Monday."),
        ("The siege of Gao ended on Monday after ten weeks of lockdown.", "The siege of Gao ended on Monday after ten weeks of shelling."),
        ("A probe shot past Gao on Monday.", "A policeman shot at a crowd in Gao on Monday."),
        ("Shares were slaughtered in Gao on Monday.", "Villagers were slaughtered in Gao on Monday."),
        ("Mali fired the first shots in a tariff war with Gao on Monday.", "Mali fired the first shots in a war with Gao on Monday."),
        # matches
        ("Nyala attacked Gao in stoppage time.", "Rebels attacked Gao in the morning."),
        ("The captain was hurt in a clash near the hoop in Nyala.", "The captain was hurt in a clash near the border in Nyala."),
        ("The favourite attacked on the last lap in Gao but was shot down by the peloton.", "The convoy was attacked on the last day in Gao and nine soldiers were shot down."),
        ("He had seven rebounds and killed the game in Gao.", "He had seven rifles and killed the guard in Gao."),
        # what is made up
        ("Satire: 'Gao shelled, 30 dead', wrote a page in Nyala.", "Headline: 'Gao shelled, 30 dead', wrote a page in Nyala."),
        ("A parody account claimed that rebels shelled Gao.", "A rebel account claimed that rebels shelled Gao."),
        ("In the novel, rebels shelled Gao and stormed Nyala.", "In the morning, rebels shelled Gao and stormed Nyala."),
        # what is shown of it
        ("A museum in Nyala opened an exhibition about the bombing of Gao.", "A museum in Nyala opened a shelter after the bombing of Gao."),
        ("A memorial to the shelling of Gao was unveiled in Nyala.", "A reply to the shelling of Gao was announced in Nyala."),
        # days that are not those of the report
        ("Sixty years ago today, artillery shelled Gao.", "On Monday, artillery shelled Gao."),
        ("On this day in 1912 rebels seized the fort in Gao.", "On this day rebels seized the fort in Gao."),
        ("Decades ago, the army shelled Gao.", "Days ago, the army shelled Gao."),
    ],
)  # fmt: skip
def test_what_only_sounds_like_war_is_no_event(nothing, event):
    armed = ("Battles", "Explosions/Remote violence", "Violence against civilians")
    for text, is_left in ((nothing, False), (event, True)):
        reading = reading_of(text)  # of what the rules leave, the evidence may still find something too unlikely
        left = [one for one in (*reading.mentions, *reading.unlikely) if one.event_type.value in armed]
        assert bool(left) is is_left


@pytest.mark.parametrize(
    "text",
    [
        "Reviewers were bombed in Gao, and four were killed.",
        "Soldiers shelled walnut groves in Gao.",
        "The satirical weekly said that its office in Gao was bombed.",
        "A memorial was held for those killed in the bombing of Gao on Monday.",
        "Rebels attacked Gao in the second half of 2022.",
        "A concert hall in Gao was bombed on Monday.",
    ],
)
def test_arms_and_harm_outweigh_the_words_around_them(text):
    assert mentions_of(text)


def test_what_is_dated_to_its_own_time_never_gets_the_day_of_the_report():
    for text in ("In 1937, planes bombed Gao.", "Eighty years ago, planes bombed Gao.", "Gao was shelled in 1815."):
        (mention,) = mentions_of(text)
        assert mention.when.starts_on is not None
        assert mention.when.ends_on < dt.date(1990, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Two fans were killed in clashes after the semi-final in Cairo on Sunday.",
        "Rebels shelled Gao during the semi-final on Sunday.",
        "A goalkeeper was killed in Gao on Sunday.",
        "A midfielder was shot dead by gunmen in Gao on Sunday.",
        "Police clashed with fans in Cairo after the semi-final on Sunday.",
    ],
)
def test_war_beside_a_match_stays_war(text):
    assert mentions_of(text)


@pytest.mark.parametrize(
    ("nothing", "event"),
    [
        # beasts
        ("Locusts invaded Gao on Monday.", "Rebels invaded Gao on Monday."),
        ("Hippos attacked fishermen in Gao, killing one.", "Bandits attacked fishermen in Gao, killing one."),
        ("Bees attacked mourners in Gao, killing two people.", "Gunmen attacked mourners in Gao, killing two people."),
        ("A crocodile attacked and killed a fisherman near Gao on Monday.", "A soldier attacked and killed a fisherman near Gao on Monday."),
        ("Elephants and baboons raided farms in Gao.", "Rebels raided farms in Gao, killing elephants."),
        ("Three farmers were killed by hyenas in Gao.", "Three farmers were killed by herders in Gao."),
        # thoughts
        ("The senate in Gao shot down the proposal on Monday.", "Rebels in Gao shot down the mayor on Monday."),
        ("The party attacked the government's record in Gao.", "The rebels attacked the government's base in Gao."),
        # salutes, flops and crowds
        ("A frigate fired a salute in Gao on Monday.", "A frigate fired a missile at Gao on Monday."),
        ("The film bombed in Gao.", "The army bombed Gao."),
        ("Tourists invaded Gao at Easter.", "Mercenaries invaded Gao at Easter."),
        # storms, pests and snow
        ("The cyclone laid siege to Gao on Monday and killed nine people.", "Rebels laid siege to Gao on Monday and killed nine people."),
        ("A tornado attacked Gao on Monday, killing nine people.", "A terrorist wave hit Gao on Monday: three bombs exploded at banks."),
        ("A storm attacked Gao on Monday.", "A wave of bombings hit Gao on Monday, killing nine people."),
        ("Farmers in Gao began spraying from planes on Monday.", "Gunmen sprayed a bus in Gao with bullets on Monday."),
        ("Gunners shelled avalanche tracks above Gao on Monday.", "Gunners shelled houses in Gao on Monday."),
        # matches
        ("Mali overran Niger in Gao on Monday, winning 31-12.", "Rebels overran a base in Gao on Monday, killing 12 soldiers."),
        ("Chad stunned Mali 2-1 in Gao after a second-half siege.", "Rebels attacked 10-15 houses in Gao on Monday and won the fight."),
        ("The grandmaster invaded his rival's position in Gao on Monday.", "Troops invaded a rebel position in Gao on Monday."),
        ("He fired a 67 at Gao on Monday to lead by two shots.", "He fired at police in Gao on Monday, wounding two."),
        ("The president attacked the story in Gao on Monday.", "Gunmen attacked the newspaper in Gao on Monday."),
        ("A lab in Gao fired ions at a film of gold on Monday.", "Soldiers in Gao fired shells at a camp on Monday."),
        # pains
        ("Nurses battled to revive swimmers in Gao on Monday.", "Rebels battled to reach the bridge in Gao on Monday."),
        ("Winds of 120 kph bombarded Gao on Monday.", "Swarms of rebels bombarded Gao on Monday."),
        ("The heirs fought a takeover battle in Gao on Monday.", "The rebels fought a battle in Gao on Monday."),
        ("In Gao on Monday the virus was winning the battle.", "In Gao on Monday the rebels were winning the battle."),
        ("A singer conquered Gao with a ballad on Monday.", "A warlord conquered Gao with tanks on Monday."),
        ("The museum displays the gun from which he fired at Gao.", "The rebels have the gun from which he fired at Gao."),
        # votes
        ("The party captured Gao in the primary on Sunday.", "The rebels captured Gao on the day of the primary."),
        ("The senator captured Gao, exit polls showed on Sunday.", "The rebels captured Gao, photographs showed on Sunday."),
        ("She captured Gao on Sunday on her way to a historic victory.", "Rebels captured Gao on Sunday on their way to the coast."),
        ("Labour stormed to victory in Gao on Thursday.", "Soldiers stormed a hotel in Gao on Thursday."),
        # bombs that are none
        ("A toy bomb caused panic in Gao on Monday.", "A toy bomb exploded in Gao on Monday, killing two children."),
        ("A fake bomb was found in Gao on Monday.", "A bomb went off in Gao on Monday."),
        ("A World War II bomb was found and defused in Gao on Monday.", "A car bomb exploded in Gao on Monday."),
        ("Sappers in Gao made safe a bomb dropped in 1944.", "Rebels in Gao dropped a bomb on a market, killing nine people."),
    ],
)  # fmt: skip
def test_beasts_votes_thoughts_and_duds_wage_no_war(nothing, event):
    armed = ("Battles", "Explosions/Remote violence", "Violence against civilians")
    assert [one for one in mentions_of(nothing) if one.event_type in armed] == []
    assert any(one.place and one.place.surface == "Gao" for one in mentions_of(event) if one.event_type in armed)


@pytest.mark.parametrize(
    "text",
    [
        "The Tigers attacked a base in Gao, killing nine soldiers.",
        "Rebels in Gao attacked a herd of elephants and killed two rangers.",
        "Gunmen stormed a polling station in Gao during the election, killing two people.",
        "Soldiers seized Gao on the eve of the election.",
        "Extremists bombed an office of the party in Gao before the vote.",
    ],
)
def test_names_of_beasts_and_days_of_votes_leave_an_event(text):
    assert [one.place.surface for one in mentions_of(text) if one.place] == ["Gao"]


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Gunmen killed 12 goats in Gao on Monday.", 0),
        ("Bandits killed two herders and 40 cattle in Gao on Monday.", 1),
    ],
)
def test_livestock_that_is_killed_is_nobody(text, n):
    assert len(mentions_of(text)) == n
