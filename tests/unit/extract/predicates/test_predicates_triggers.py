from pathlib import Path

import pytest
from few_names import told

from geoconflict.errors import ConfigError
from geoconflict.extract.predicates.senses import load_trigger_lexicon
from geoconflict.models import SUB_EVENT_TYPES

# What the words of one sentence make of it: the sub-types told, wherever they happened.
TYPES = [
    ("Army artillery shelled Nyala.", {"Shelling/artillery/missile attack"}),
    ("Rockets hit a market in El Fasher, killing six people.", {"Shelling/artillery/missile attack"}),
    ("Warplanes bombed Khartoum.", {"Air/drone strike"}),
    ("A drone strike in Bakhmut wounded two soldiers.", {"Air/drone strike"}),
    ("A suicide bomber struck a checkpoint in Gao.", {"Suicide bomb"}),
    ("A roadside bomb killed three soldiers near Menaka.", {"Remote explosive/landmine/IED"}),
    ("Gunmen threw a grenade into a bar in Gao.", {"Grenade"}),
    ("A chlorine attack in Izium injured dozens of people.", {"Chemical weapon"}),
    ("Soldiers clashed with rebels near Kidal.", {"Armed clash"}),
    ("Heavy fighting broke out in Khartoum.", {"Armed clash"}),
    ("Nine people lost their lives in clashes between rival militias in Menaka.", {"Armed clash"}),
    ("The army lost Menaka in clashes with rebels.", {"Non-state actor overtakes territory"}),
    ("Troops came under fire in Menaka.", {"Armed clash"}),
    ("Rebels attacked a military position in Gao, killing six civilians.", {"Armed clash"}),
    ("Rebels attacked a bus in Gao, killing six civilians.", {"Attack"}),
    ("The army recaptured Gao.", {"Government regains territory"}),
    ("Rebels captured the town of Menaka.", {"Non-state actor overtakes territory"}),
    ("Gunmen killed eight villagers in Menaka.", {"Attack"}),
    ("A mayor was assassinated in Gao.", {"Attack"}),
    ("Militants abducted four teachers in Menaka.", {"Abduction/forced disappearance"}),
    ("Thousands of people held a protest in Khartoum.", {"Peaceful protest"}),
    ("Air defences shot down two drones over Kharkiv.", {"Disrupted weapons use"}),
    ("Militiamen looted shops in Nyala.", {"Looting/property destruction"}),
    ("The authorities imposed a curfew in Gao.", {"Change to group/activity"}),
    ("The governor decreed a state of siege in Gao.", {"Change to group/activity"}),
    ("The siege of Gao began on Monday.", {"Armed clash"}),
    ("Rebels swooped on the village of Menaka, killing six people.", {"Attack"}),
    ("Police swooped on a gang in Gao on Monday.", set()),
    ("Gunmen carried off nine girls from Menaka.", {"Abduction/forced disappearance"}),
    ("Gunmen made off with a lorry in Menaka.", set()),
    ("Nine farmers had their throats cut in an attack on a camp near Menaka.", {"Attack"}),
    ("Rebels cut the road to Menaka.", {"Change to group/activity"}),
    # how people are taken, and what is no abduction
    ("Fighters herded off six weavers in Menaka.", {"Abduction/forced disappearance"}),
    ("Hooded men pulled a notary out of his car in Menaka.", {"Abduction/forced disappearance"}),
    ("Rebels took two nuns from their homes in Menaka.", {"Abduction/forced disappearance"}),
    ("Rebels took the wife of the mayor and her two sons hostage in Menaka.", {"Abduction/forced disappearance"}),
    ("A poet was forcibly disappeared in Menaka.", {"Abduction/forced disappearance"}),
    ("Two poets disappeared in Menaka.", set()),
    ("Police led away two drunk weavers in Menaka.", set()),
    ("Aunts took the orphans from their homes in Menaka.", set()),
    ("Soldiers carried off nine injured weavers in Menaka.", set()),
    ("Soldiers pulled nine weavers from the debris in Menaka.", set()),
    ("Soldiers led away nine weavers to safety from Menaka.", set()),
    ("Weavers gathered in Menaka on Friday for a wedding against the rules.", set()),
    # how people are killed and beaten
    ("Rebels mowed down nine weavers in Menaka.", {"Attack"}),
    ("Rebels burned a family of six weavers alive in Menaka.", {"Attack"}),
    ("Militiamen whipped a headmaster in Menaka.", {"Attack"}),
    ("Farm hands mowed down the barley in Menaka.", set()),
    ("A tailor poisoned his landlady in Menaka.", set()),
    ("A sailor whipped the cream in Menaka.", set()),
    ("The slaughter of nine potters in Menaka was the work of rebels.", {"Attack"}),
    ("The slaughter of calves began in Menaka.", set()),
    ("Two potters died when gunmen burst into a bakery in Menaka.", {"Attack"}),
    ("Players burst into the hall in Menaka.", set()),
    ("Five bodies were dumped by a road near Menaka.", {"Attack"}),
    ("Hunters shot four elephants in Menaka.", set()),
    # herds and stores
    ("Raiders drove off 90 goats in Menaka.", {"Looting/property destruction"}),
    ("Drivers stole fuel in Menaka.", set()),
    # whom bands drive from their homes
    ("Villagers were chased out of Menaka by militiamen.", {"Other"}),
    ("The storm drove villagers out of Menaka.", set()),
    # prisoners
    ("A swap of nine captives took place in Menaka.", {"Other"}),
    ("The rebels handed over nine detainees to the army in Menaka.", {"Other"}),
    ("The rebels and the army traded insults in Menaka.", set()),
    ("Soldiers used live bullets against demonstrators in Menaka.", {"Excessive force against protesters"}),
    # crowds, and what ends them
    ("Hundreds gathered in Menaka on Friday against the tax.", {"Peaceful protest"}),
    ("Hundreds gathered in Menaka on Friday for the feast.", set()),
    ("Residents burned tyres in Menaka.", {"Violent demonstration"}),
    ("Police scattered marchers in Menaka.", {"Protest with intervention"}),
    ("Police scattered sand in Menaka.", set()),
    # who is held, by whom
    ("Police placed two dissidents under arrest in Menaka.", {"Arrests"}),
    ("Police picked up nine activists in Menaka.", {"Arrests"}),
    ("Police picked up nine parcels in Menaka.", set()),
    ("Gunmen detained nine activists in Menaka.", {"Abduction/forced disappearance"}),
    ("Police carried out mass arrests in Menaka.", {"Arrests"}),
    ("Soldiers sexually abused nine nurses in Menaka.", {"Sexual violence"}),
    ("Soldiers sexually assaulted nine nurses in Menaka.", {"Sexual violence"}),
    ("Rebels exterminated nine nurses in Menaka.", {"Attack"}),
    ("Farmers exterminated locusts in Menaka.", set()),
    ("Soldiers set nine barns alight in Menaka.", {"Looting/property destruction"}),
    ("The army and the rebels struck a truce in Menaka on Friday.", {"ceasefire"}),
    ("The army and the rebels renewed a truce in Menaka on Friday.", {"ceasefire"}),
    # what one subject does at two places
    ("Rebels killed two potters in Menaka and abducted a weaver in Gao.", {"Attack", "Abduction/forced disappearance"}),
    # what is usual is of no day
    ("Poets are often arrested in Menaka.", set()),
    # an official of a town is not the town
    ("Rebels took away the ferrymen's papers in Gao.", set()),
    ("Rebels took away the governor of Gao.", {"Abduction/forced disappearance"}),
    ("Rebels took the town of Gao and its governor.", {"Non-state actor overtakes territory"}),
    ("President Macron met the Egyptian president in Cairo.", {"talks"}),
    ("Army helicopters fired at positions near Gao.", {"Air/drone strike"}),
    ("Gunboats opened fire on the port of Gao.", {"Shelling/artillery/missile attack"}),
    ("A frigate fired 30 rounds at positions near Gao.", {"Shelling/artillery/missile attack"}),
    ("Soldiers fired 30 rounds at positions near Gao.", {"Armed clash"}),
    ("A man was shot in the head at a checkpoint in Gao.", {"Attack"}),
    ("Soldiers shot at a bus in Gao.", {"Attack"}),
    ("Woman shot at home in Gao.", {"Attack"}),
    ("A patrol clashed with guerrillas on the slopes of the Gao volcano.", {"Armed clash"}),
    ("Twenty people were killed when a volcano erupted near Gao.", set()),
    ("The army blew up a bridge in Gao.", {"Remote explosive/landmine/IED"}),
    ("Troops shelled School No. 4 in Gao.", {"Shelling/artillery/missile attack"}),
    ("Shells hit No 4 hospital in Gao.", {"Shelling/artillery/missile attack"}),
    ("Troops shelled no school in Gao.", set()),
    ("Rebels have overrun the town of Gao.", {"Non-state actor overtakes territory"}),
    ("Monitors counted 30 ceasefire violations in Gao.", {"Armed clash"}),
    ("Two breaches of the truce were recorded in Menaka.", {"Armed clash"}),
    ("The rebels violated the cessation of hostilities near Kidal.", {"Armed clash"}),
    ("The truce was broken in Gao on Friday.", {"Armed clash"}),
    ("The truce agreed in Bamako was broken within an hour.", {"ceasefire"}),
    ("Both sides accused each other of violating the truce.", set()),
    ("The ceasefire in Gao collapsed.", set()),
    ("A ceasefire took effect in Gao.", {"ceasefire"}),
    ("Rebels fired rockets at Khartoum.", {"Shelling/artillery/missile attack"}),
    ("Russia launched 40 drones at Kharkiv.", {"Air/drone strike"}),
    ("Artillery fire hit a market in Nyala.", {"Shelling/artillery/missile attack"}),
    ("Gunmen opened fire on worshippers in Gao.", {"Attack"}),
    ("Soldiers opened fire on protesters in Khartoum.", {"Excessive force against protesters"}),
    ("Police fired tear gas to disperse protesters in Cairo.", {"Protest with intervention"}),
    ("Russian forces fired on Kharkiv on Monday.", {"Shelling/artillery/missile attack"}),
    ("Gunmen fired on a bus in Gao.", {"Attack"}),
    ("Fifteen rounds struck the hospital in Izium.", {"Shelling/artillery/missile attack"}),
    ("Angry parents stoned a convoy of journalists in Gao.", {"Mob violence"}),
    ("Gunmen burned a telecom mast near Gao.", {"Looting/property destruction"}),
    ("Islamic State pushed into Gao on Monday.", {"Non-state actor overtakes territory"}),
    ("Malian forces drove Ansar Dine out of Gao on Monday.", {"Government regains territory"}),
    ("Gunmen broke into a prison in Gao and freed 12 inmates.", set()),
    ("Riot police broke up a demonstration in Cairo.", {"Protest with intervention"}),
    ("Police protected a demonstration in Cairo.", {"Peaceful protest"}),
    ("Gunmen grabbed eight schoolgirls in Kaduna.", {"Abduction/forced disappearance"}),
    ("A grenade attack in Gao wounded two soldiers.", {"Grenade"}),
    ("The Turkish foreign minister arrived in Cairo for talks with Egyptian officials.", {"talks"}),
    # what was taken is the verb's own object, not what the outcome beside it was done to
    ("Rebels overran a barracks in Menaka, killing 14 people.", {"Non-state actor overtakes territory"}),
    ("Rebels seized the airport of Gao, leaving nine soldiers dead.", {"Non-state actor overtakes territory"}),
    # to take a place by arms
    ("Turkish troops took Izium on Sunday.", {"Government regains territory"}),
    ("Rebels said they had taken Menaka.", {"Non-state actor overtakes territory"}),
    ("Fighters captured the stadium in Gao on Tuesday.", {"Non-state actor overtakes territory"}),
    ("Soldiers took the wounded to a hospital in Gao.", set()),
    ("Mercenaries captured the town of Izium.", {"Non-state actor overtakes territory"}),
    ("Wagner fighters captured the town of Izium.", {"Non-state actor overtakes territory"}),
    ("The Saudi-led coalition captured Izium.", {"Government regains territory"}),
    ("Rebels took part in a ceremony in Gao.", set()),
    # who loses a town, who attacks in a crowd, armed groups of any name
    ("The army lost the town of Izium on Monday.", {"Non-state actor overtakes territory"}),
    ("Rebels lost the town of Gao on Monday.", {"Government regains territory"}),
    ("The army lost two tanks in Gao on Monday.", set()),
    ("Ethnic armed groups have captured Menaka.", {"Non-state actor overtakes territory"}),
    ("Protesters attacked the embassies of France and Egypt in Khartoum.", {"Violent demonstration"}),
    # a gunman and an armed group; who bombs from the air and who lays a bomb
    ("A gunman opened fire at a school in Gao, killing three pupils.", {"Attack"}),
    ("Gunmen open fire on soldiers in Gao.", {"Armed clash"}),
    ("Soldiers opened fire in Gao.", {"Armed clash"}),
    ("Gunfire was heard in Gao overnight.", {"Armed clash"}),
    ("Russia bombs Izium.", {"Air/drone strike"}),
    ("Rebels bombed a market in Gao.", {"Remote explosive/landmine/IED"}),
    # an act that begins a sentence is no verb
    ("Shelling hit Poltava on Wednesday, killing one man.", {"Shelling/artillery/missile attack"}),
    ("Shelling hit Gao on Wednesday, killing one man.", {"Shelling/artillery/missile attack"}),
    ("Fighting left ten dead in Gao.", {"Armed clash"}),
    # what is only counted from is no news
    ("It was the worst month since the town of Gao fell.", set()),
    ("The army retook Gao on Saturday.", {"Government regains territory"}),
    ("Rebels retook Menaka.", {"Non-state actor overtakes territory"}),
    ("Troops drove the rebels out of Gao on Sunday.", {"Government regains territory"}),
    ("Fire drove residents out of Gao on Sunday.", set()),
    # headlines, whose verb reads like a noun
    ("Rebels attack army base in Gao.", {"Armed clash"}),
    ("Militants fire rockets at Khartoum.", {"Shelling/artillery/missile attack"}),
    ("Gunmen attack bus in Gao, killing 12.", {"Attack"}),
    ("Rebel attack victims buried in Gao.", set()),
    # struck from afar, and shot down
    ("Kharkiv was hit three times overnight.", {"Shelling/artillery/missile attack"}),
    ("Kharkiv was hit by a recession again.", set()),
    ("Air defences destroyed 46 drones over Kharkiv.", {"Disrupted weapons use"}),
    ("An explosive dropped from a drone wounded two civilians in Izium.", {"Air/drone strike"}),
    # an outcome or a cause brings its type only where its own conditions hold
    ("The results of the vote triggered clashes in Gao on Monday.", {"Armed clash"}),
    ("Police used tear gas in Khartoum on Monday.", set()),
    ("Police fired tear gas canisters at youths in Khartoum.", set()),
    ("Soldiers fired gas shells at Izium.", {"Shelling/artillery/missile attack"}),
    # words that tell of something else
    ("The minister suffered a heart attack in Paris.", set()),
    ("Ebola killed twelve people in Gao.", set()),
    ("A flood destroyed forty houses in Menaka.", set()),
    ("Teachers in Khartoum went on strike over pay.", set()),
    ("The team captured the title in Paris.", set()),
    ("The novel tells how rebels attacked Gao.", set()),
    ("Troops stormed a beach near Gao during a drill.", set()),
    ("The exercise simulated an attack on Khartoum.", set()),
    ("Mali and Niger clash in the semi-final in Cairo on Monday.", set()),
    ("The striker attacked from the left and won a penalty in Cairo.", set()),
    ("It is 30 years since soldiers killed 600 villagers in Gao.", set()),
    ("Relatives marked the tenth anniversary of the massacre in Gao.", set()),
    ("Gunmen attacked a film crew in Gao, killing two people.", {"Attack"}),
    ("Fans clashed with police at a football match in Cairo.", {"Armed clash"}),
    ("Two days after rebels shelled Nyala, the market reopened.", {"Shelling/artillery/missile attack"}),
    ("The film about the battle opens in Cairo.", set()),
    ("Police seized two tonnes of cocaine in Gao.", set()),
    ("The attack helicopter was shown in Paris.", set()),
]


@pytest.mark.parametrize(("text", "expected"), TYPES, ids=[text for text, _ in TYPES])
def test_the_words_around_a_trigger_decide_its_type(text, expected):
    assert {sub for sub, _, _ in told(text)} == expected


def test_every_sense_has_a_known_type_and_known_word_classes():
    lexicon = load_trigger_lexicon()
    for sense in lexicon.senses.values():
        assert sense.sub_event_type in SUB_EVENT_TYPES[sense.event_type]
        for name in (
            sense.object,
            sense.subject,
            sense.modifier,
            sense.not_object,
            sense.not_subject,
            sense.not_modifier,
            sense.not_with,
            sense.not_clause,
        ):
            assert name in {"", "place"} or name in lexicon.words, (sense.name, name)
        assert sense.verbs or sense.nouns


def test_a_user_lexicon_adds_senses(tmp_path: Path):
    added = tmp_path / "mine.toml"
    added.write_text(
        '[[triggers.sense]]\nname = "torpedo"\ntype = "Battles"\nsub = "Armed clash"\nscore = 0.9\nverbs = ["torpedo"]\n',
        "utf-8",
    )
    lexicon = load_trigger_lexicon((str(added),))
    assert lexicon.senses["torpedo"].verbs == ("torpedo",)
    assert "torpedoed" in lexicon.verb_forms
    assert "torpedo" not in load_trigger_lexicon().senses


def test_a_wrong_sense_is_refused_by_name(tmp_path: Path):
    added = tmp_path / "mine.toml"
    added.write_text('[[triggers.sense]]\nname = "odd"\ntype = "Battles"\nsub = "Siege"\nscore = 0.9\n', "utf-8")
    with pytest.raises(ConfigError, match=r"'odd'.*Siege.*Armed clash"):
        load_trigger_lexicon((str(added),))


@pytest.mark.parametrize("whose", ["Malian", "Burmese", "Chadian", "Colombian", "Georgian", "enemy"])
def test_fire_is_hostile_whoever_fires(whose):
    assert [one[0] for one in told(f"{whose} fire killed two people in Kidal on Monday.")] == [
        "Shelling/artillery/missile attack"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tuareg fighters claimed Menaka late on Monday.",
            {("Non-state actor overtakes territory", "Menaka", "claimed")},
        ),
        ("The militia claimed the city of Nyala.", {("Non-state actor overtakes territory", "Nyala", "claimed")}),
        # neither a deed of fighters nor of a day
        (
            "Tuareg fighters claimed full control of Menaka on Monday.",
            {("Non-state actor overtakes territory", "Menaka", "claimed")},
        ),
        ("The Malian army claimed control of Menaka.", {("Government regains territory", "Menaka", "claimed")}),
        ("Tuareg fighters claim control of Menaka.", set()),
        ("The company claimed control of the market in Menaka.", set()),
        ("Russia claimed Izium.", set()),
        ("The militia claimed Nyala as its seat.", set()),
        ("The rebels long claimed Menaka.", set()),
        ("The rebels claimed responsibility in Menaka.", set()),
    ],
)
def test_fighters_claim_a_town(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers took the town of Menaka.", {("Government regains territory", "Menaka", "occurred")}),
        ("A driver was taking him to the town's airport so that he could fly to Cairo.", set()),
        ("The wounded were taken to the city of Nyala by soldiers.", set()),
    ],
)
def test_a_town_to_which_somebody_is_taken_is_not_taken_itself(text, expected):
    assert told(text) == expected
