import pytest
from few_names import mentions_of

from geoconflict.codes import sectors_of
from geoconflict.extract.actors.lexicon import load_actor_lexicon

ACTORS = [
    ("Ukrainian forces shelled Bakhmut.", {("Military Forces of Ukraine", "state forces", "UKR", "agent")}),
    ("Bakhmut was shelled by the Russian army.", {("Military Forces of Russia", "state forces", "RUS", "agent")}),
    ("Russia shelled Kharkiv.", {("Military Forces of Russia", "state forces", "RUS", "agent")}),
    ("PKK militants attacked a base in Turkey.", {("Kurdistan Workers' Party", "rebel group", "TUR", "agent")}),
    ("Gunmen killed 12 Fulani herders in Gao.", {
        ("Unidentified Armed Group", "political militia", None, "agent"),
        ("Civilians", "civilians", None, "target"),
    }),
    ("Troops killed 12 armed Fulani herders in Gao.", {
        ("Military Forces", "state forces", None, "agent"),
        ("Fulani militia", "identity militia", "NGA", "target"),
    }),
    ("A 17-year-old was shot dead by Malian soldiers in Gao.", {
        ("Military Forces of Mali", "state forces", "MLI", "agent"),
        ("Civilians", "civilians", None, "target"),
    }),
    ("Malian soldiers shot at a bus in Gao.", {("Military Forces of Mali", "state forces", "MLI", "agent")}),
    ("Malian howitzers fired shells into Gao.", {("Military Forces of Mali", "state forces", "MLI", "agent")}),
    ("Marines killed a cartel leader in Gao.", {
        ("Military Forces", "state forces", None, "agent"),
        ("Unidentified Armed Group", "political militia", None, "target"),
    }),
    ("An anti-junta group fought soldiers in Gao.", {
        ("Rebels", "rebel group", None, "party"),
        ("Military Forces", "state forces", None, "party"),
    }),
    ("Gunmen attacked a Malian police patrol near Gao.", {
        ("Unidentified Armed Group", "political militia", None, "agent"),
        ("Police Forces of Mali", "state forces", "MLI", "target"),
    }),
    ("Gunmen attacked a Malian patrol near Gao.", {
        ("Unidentified Armed Group", "political militia", None, "agent"),
        ("Military Forces of Mali", "state forces", "MLI", "target"),
    }),
    ("Rebel-led forces captured Gao.", {("Rebels", "rebel group", None, "agent")}),
    ("The militant group Al-Shabaab captured Gao.", {("Al Shabaab", "rebel group", "SOM", "agent")}),
    ("Fighters of the armed groups Seleka and Anti-balaka attacked Bria.", {
        ("Seleka", "rebel group", "CAF", "agent"),
        ("Anti-balaka", "identity militia", "CAF", "agent"),
    }),
    ("The rebel group fought Al-Shabaab in Gao.", {
        ("Rebels", "rebel group", None, "party"),
        ("Al Shabaab", "rebel group", "SOM", "party"),
    }),
    ("Al-Shabaab fighters captured Gao.", {("Al Shabaab", "rebel group", "SOM", "agent")}),
    ("Gunmen abducted Malian villagers in Menaka.", {
        ("Unidentified Armed Group", "political militia", None, "agent"),
        ("Civilians (Mali)", "civilians", "MLI", "target"),
    }),
    ("Sudanese police arrested dozens of protesters in Khartoum.", {
        ("Police Forces of Sudan", "state forces", "SDN", "agent"),
        ("Protesters", "protesters", None, "target"),
    }),
    ("Russian and Ukrainian forces clashed near Izium.", {
        ("Military Forces of Russia", "state forces", "RUS", "party"),
        ("Military Forces of Ukraine", "state forces", "UKR", "party"),
    }),
    ("Paramilitaries killed two villagers in Nyala.", {
        ("Unidentified Armed Group", "political militia", None, "agent"),
        ("Civilians", "civilians", None, "target"),
    }),
    ("JNIM attacked a barracks in Gao.", {
        ("Jama'at Nusrat al-Islam wal-Muslimin", "rebel group", None, "agent"),
    }),
    ("Clashes between Malian troops and rebels erupted in Kidal.", {
        ("Military Forces of Mali", "state forces", "MLI", "party"),
        ("Rebels", "rebel group", None, "party"),
    }),
    ("Ukraine says its troops have captured Izium.", {("Military Forces of Ukraine", "state forces", "UKR", "agent")}),
    ("A rebel commander told reporters his men had taken Gao.", {("Rebels", "rebel group", None, "agent")}),
    ("Al-Shabaab told reporters its men had taken Gao.", {("Al Shabaab", "rebel group", "SOM", "agent")}),
    ("French President Jeanne Moreau met Egyptian President Omar Fahmy in Cairo.", {
        ("Government of France", "government", "FRA", "party"),
        ("Government of Egypt", "government", "EGY", "party"),
    }),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACTORS, ids=[text for text, _ in ACTORS])
def test_actors_with_kind_country_and_part(text, expected):
    (mention,) = mentions_of(text)
    assert {(actor.name, actor.kind.value, actor.country, actor.part) for actor in mention.actors} == expected


# Many wars: the names, countries and kinds of the day of the report.
WARS = [
    ("2020-10-04", "Azerbaijani forces shelled Gao.", {("Military Forces of Azerbaijan", "state forces", "AZE", "agent")}),
    ("2023-01-15", "Wagner fighters attacked Bakhmut.", {("Wagner Group", "external/other forces", None, "agent")}),
    ("2024-08-01", "Malian soldiers and Africa Corps fighters attacked Kidal.", {("Military Forces of Mali", "state forces", "MLI", "agent"), ("Africa Corps", "external/other forces", "RUS", "agent")}),
    ("2025-01-27", "M23 rebels captured Menaka.", {("March 23 Movement", "rebel group", "COD", "agent")}),
    ("2008-10-27", "CNDP fighters attacked Gao.", {("National Congress for the Defence of the People", "rebel group", "COD", "agent")}),
    ("2011-06-01", "SPLA soldiers attacked Gao.", {("Sudan People's Liberation Army", "rebel group", "SDN", "agent")}),
    ("2014-06-01", "SPLA soldiers attacked Gao.", {("Military Forces of South Sudan", "state forces", "SSD", "agent")}),
    ("2023-06-01", "Fighting between the SAF and the RSF continued in Khartoum.", {("Military Forces of Sudan", "state forces", "SDN", "party"), ("Rapid Support Forces", "rebel group", "SDN", "party")}),
    ("1968-02-26", "South Vietnamese troops and North Vietnamese troops fought in Gao.", {("Military Forces of South Vietnam", "state forces", "VNM", "party"), ("Military Forces of North Vietnam", "state forces", "VNM", "party")}),
    ("1984-02-26", "Soviet troops shelled Gao.", {("Military Forces of the Soviet Union", "state forces", "RUS", "agent")}),
    ("1997-04-10", "Zairean soldiers shelled Gao.", {("Military Forces of Zaire", "state forces", "COD", "agent")}),
    ("2021-08-10", "Taliban insurgents attacked Gao.", {("Taliban", "rebel group", "AFG", "agent")}),
    ("2016-08-06", "SDF fighters from Syria captured Gao.", {("Syrian Democratic Forces", "rebel group", "SYR", "agent")}),
    ("2015-06-01", "ISIL fighters attacked Gao.", {("Islamic State", "rebel group", None, "agent")}),
    ("2015-06-01", "Daesh militants attacked Gao.", {("Islamic State", "rebel group", None, "agent")}),
    ("2013-06-01", "Al-Nusra Front fighters attacked Gao.", {("Al-Nusra Front", "rebel group", "SYR", "agent")}),
    ("2019-10-12", "Turkish-backed rebels attacked Gao.", {("Syrian National Army", "rebel group", "SYR", "agent")}),
    ("2024-03-01", "Houthi rebels fired missiles at Gao.", {("Houthi Movement", "rebel group", "YEM", "agent")}),
    ("2024-09-20", "Israeli troops clashed with Hezbollah near Gao.", {("Military Forces of Israel", "state forces", "ISR", "party"), ("Hezbollah", "rebel group", "LBN", "party")}),
    ("2021-11-20", "Tigrayan forces captured Gao.", {("Tigray People's Liberation Front", "rebel group", "ETH", "agent")}),
    ("2023-08-10", "Fano militiamen attacked Gao.", {("Fano", "identity militia", "ETH", "agent")}),
    # Bombers of a nation are aircraft, unless they are called otherwise.
    ("2022-05-01", "Chadian bombers struck Gao.", {("Military Forces of Chad", "state forces", "TCD", "agent")}),
    # What is harmed is not the one's who harms it.
    ("2022-05-01", "Chad said Libyan jets had bombed some of its troops in Gao.", {("Military Forces of Libya", "state forces", "LBY", "agent"), ("Military Forces of Chad", "state forces", "TCD", "target")}),
    ("2022-05-01", "Chad said a Libyan MiG-23 had bombed its troops in Gao.", {("Military Forces of Libya", "state forces", "LBY", "agent"), ("Military Forces of Chad", "state forces", "TCD", "target")}),
    ("2022-05-01", "ENDF soldiers attacked Gao.", {("Military Forces of Ethiopia", "state forces", "ETH", "agent")}),
    ("1994-05-01", "RPF rebels attacked Gao.", {("Rwandan Patriotic Front", "rebel group", "RWA", "agent")}),
    ("1988-05-01", "UNITA rebels attacked Gao.", {("UNITA", "rebel group", "AGO", "agent")}),
    ("2000-05-01", "RUF rebels killed twenty villagers in Gao.", {("Revolutionary United Front", "rebel group", "SLE", "agent"), ("Civilians", "civilians", None, "target")}),
    ("2021-03-25", "ISWAP fighters attacked Gao.", {("Islamic State West Africa Province", "rebel group", "NGA", "agent")}),
    ("2014-04-15", "Boko Haram abducted schoolgirls in Gao.", {("Boko Haram", "rebel group", "NGA", "agent"), ("Civilians", "civilians", None, "target")}),
    ("2022-06-01", "Bandits killed 12 villagers in Gao.", {("Unidentified Armed Group", "political militia", None, "agent"), ("Civilians", "civilians", None, "target")}),
    ("2008-05-01", "LTTE rebels attacked Gao.", {("Liberation Tigers of Tamil Eelam", "rebel group", "LKA", "agent")}),
    ("2010-04-06", "Maoist rebels ambushed policemen in Gao.", {("Communist Party of India (Maoist)", "rebel group", "IND", "agent"), ("Police Forces", "state forces", None, "target")}),
    ("2004-04-06", "Maoist rebels ambushed policemen in Gao.", {("Communist Party of Nepal (Maoist)", "rebel group", "NPL", "agent"), ("Police Forces", "state forces", None, "target")}),
    ("2022-05-01", "Myanmar junta forces bombed Gao.", {("Military Forces of Myanmar", "state forces", "MMR", "agent")}),
    ("2023-11-01", "The Arakan Army attacked a base in Gao.", {("Arakan Army", "rebel group", "MMR", "agent")}),
    ("2017-05-25", "Maute fighters attacked Gao.", {("Maute Group", "rebel group", "PHL", "agent")}),
    ("1976-05-01", "Khmer Rouge forces killed villagers in Gao.", {("Khmer Rouge", "state forces", "KHM", "agent"), ("Civilians", "civilians", None, "target")}),
    ("1985-05-01", "Khmer Rouge guerrillas attacked Gao.", {("Khmer Rouge", "rebel group", "KHM", "agent")}),
    ("1989-11-12", "FMLN guerrillas attacked Gao.", {("Farabundo Marti National Liberation Front", "rebel group", "SLV", "agent")}),
    ("2002-05-02", "FARC guerrillas killed peasants in Gao.", {("Revolutionary Armed Forces of Colombia", "rebel group", "COL", "agent"), ("Civilians", "civilians", None, "target")}),
    ("2019-05-02", "FARC dissidents attacked Gao.", {("FARC dissidents", "rebel group", "COL", "agent")}),
    ("1992-03-01", "Shining Path guerrillas killed a mayor in Gao.", {("Shining Path", "rebel group", "PER", "agent"), ("Civilians", "civilians", None, "target")}),
    ("2010-08-25", "Zetas gunmen killed 72 migrants in Gao.", {("Los Zetas", "political militia", "MEX", "agent"), ("Civilians", "civilians", None, "target")}),
    ("1987-05-01", "IRA gunmen attacked Gao.", {("Irish Republican Army", "rebel group", "GBR", "agent")}),
    ("1998-09-01", "KLA fighters attacked Gao.", {("Kosovo Liberation Army", "rebel group", "SRB", "agent")}),
    ("1995-07-12", "Bosnian Serb troops captured Gao.", {("Bosnian Serb forces", "rebel group", "BIH", "agent")}),
    ("1999-12-01", "Chechen rebels attacked Gao.", {("Chechen rebels", "rebel group", "RUS", "agent")}),
    ("2008-08-08", "South Ossetian separatists shelled Gao.", {("Military Forces of South Ossetia", "rebel group", "GEO", "agent")}),
    ("2011-08-20", "NATO warplanes bombed Gao.", {("NATO", "external/other forces", None, "agent")}),
    ("2017-10-20", "UN peacekeepers clashed with gunmen in Gao.", {("United Nations peacekeepers", "external/other forces", None, "party"), ("Unidentified Armed Group", "political militia", None, "party")}),
    ("2018-04-01", "The Saudi-led coalition bombed Gao.", {("Saudi-led coalition", "external/other forces", "YEM", "agent")}),
    ("2023-05-12", "French journalists were killed by gunmen in Gao.", {("Unidentified Armed Group", "political militia", None, "agent"), ("Civilians (France)", "civilians", "FRA", "target")}),
    ("2023-05-12", "Two Ukrainian civilians were killed in Russian shelling of Kharkiv.", {("Military Forces of Russia", "state forces", "RUS", "agent"), ("Civilians (Ukraine)", "civilians", "UKR", "target")}),
    ("2023-05-12", "Unidentified gunmen abducted a doctor in Gao.", {("Unidentified Armed Group", "political militia", None, "agent"), ("Civilians", "civilians", None, "target")}),
    ("2023-05-12", "Suspected militants killed three policemen in Gao.", {("Rebels", "rebel group", None, "agent"), ("Police Forces", "state forces", None, "target")}),
    ("2023-05-12", "Protesters clashed with riot police in Cairo.", {("Protesters", "protesters", None, "party"), ("Police Forces", "state forces", None, "party")}),
    ("2023-05-12", "Iranian Revolutionary Guards fired missiles at Gao.", {("Military Forces of Iran", "state forces", "IRN", "agent")}),
    ("2023-05-12", "Ethiopian and Eritrean troops killed civilians in Gao.", {("Military Forces of Ethiopia", "state forces", "ETH", "agent"), ("Military Forces of Eritrea", "state forces", "ERI", "agent"), ("Civilians", "civilians", None, "target")}),
    ("2023-05-12", "The Colombian army and ELN guerrillas clashed near Gao.", {("Military Forces of Colombia", "state forces", "COL", "party"), ("National Liberation Army (Colombia)", "rebel group", "COL", "party")}),
    ("2023-05-12", "PKK militants shot dead two Turkish soldiers in Gao.", {("Kurdistan Workers' Party", "rebel group", "TUR", "agent"), ("Military Forces of Turkey", "state forces", "TUR", "target")}),
    ("2023-05-12", "Iranian-made warplanes hit Kharkiv.", {("Military Forces", "state forces", None, "agent")}),
    ("2023-05-12", "The Israeli military said it had struck Gao.", {("Military Forces of Israel", "state forces", "ISR", "agent")}),
    ("2023-05-12", "Pakistan said its jets had bombed Gao.", {("Military Forces of Pakistan", "state forces", "PAK", "agent")}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "expected"), WARS, ids=[f"{day} {text}" for day, text, _ in WARS])
def test_actors_of_many_wars_by_the_day_of_the_report(day, text, expected):
    (mention,) = mentions_of(text, day)
    assert {(actor.name, actor.kind.value, actor.country, actor.part) for actor in mention.actors} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Al Shabab FC fans attacked a bus in Gao.",
        "Al Shabab FC attacked from the left in Cairo.",
        "Air France jets struck Nyala.",
        "Turkish Airlines jets struck Nyala.",
        "Hezbollah Holdings was attacked in Gao.",
        "Jordan Henderson attacked from the left in Cairo.",
        "Joseph Wagner attacked a camp in Gao.",
    ],
)
def test_clubs_companies_and_persons_are_no_forces(text):
    assert [actor.name for mention in mentions_of(text) for actor in mention.actors] == []


@pytest.mark.parametrize("who", ["Richard Wagner", "Joseph Wagner", "Chad Smith", "Georgia Jones", "Jordan Henderson"])
def test_a_person_with_the_name_of_a_group_or_country_is_neither(who):
    found = [actor.name for mention in mentions_of(f"{who} killed two villagers in Gao.") for actor in mention.actors]
    assert found == ["Civilians"]


def test_a_name_before_its_days_means_nobody():
    names = {
        actor.name for one in mentions_of("Africa Corps fighters attacked Kidal.", "2019-08-01") for actor in one.actors
    }
    assert names == {"Rebels"}


def test_a_name_after_its_days_still_tells_of_its_last_holder():
    (mention,) = mentions_of("Artsakh Defence Army troops shelled Gao.", "2024-06-01")
    assert mention.actors[0].name == "Artsakh Defence Army"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sudanese and Chadian soldiers fought near Nyala. Both sides shelled El Fasher.",
            {"Military Forces of Sudan", "Military Forces of Chad"},
        ),
        (
            "The Sudanese army and the RSF clashed in Khartoum. The two sides shelled Nyala.",
            {"Military Forces of Sudan", "Rapid Support Forces"},
        ),
        ("Russian, Ukrainian and Polish troops met near Izium. Both sides shelled Bakhmut.", set()),
        ("Both sides shelled Bakhmut.", set()),
    ],
)
def test_both_sides_are_the_two_that_were_named_and_nobody_else(text, expected):
    shelling = [one for one in mentions_of(text) if one.sub_event_type == "Shelling/artillery/missile attack"]
    assert [{actor.name for actor in one.actors} for one in shelling] == [expected]


@pytest.mark.parametrize(
    ("text", "part", "sectors"),
    [
        ("Gunmen abducted a doctor in Gao.", "target", ("MED",)),
        ("Gunmen abducted a doctor in Gao.", "agent", ("UAF",)),
        ("Bandits killed ten farmers in Gao.", "agent", ("CRM",)),
        ("Bandits killed ten farmers in Gao.", "target", ("AGR",)),
        ("Sudanese police arrested dozens of protesters in Khartoum.", "agent", ("COP",)),
        ("Ukrainian forces shelled Bakhmut.", "agent", ("MIL",)),
        ("Artsakh forces shelled Gao.", "agent", ("MIL", "PRE")),
        ("FARC guerrillas killed peasants in Gao.", "agent", ("REB",)),
    ],
)
def test_sectors_say_more_than_the_kind(text, part, sectors):
    (mention,) = mentions_of(text)
    assert [sectors_of(actor) for actor in mention.actors if actor.part == part] == [sectors]


def test_what_is_made_in_a_country_is_not_its_force():
    (mention,) = mentions_of("Turkish-made warplanes struck Nyala.")
    assert [actor.country for actor in mention.actors] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops seized control of Gao from Tuareg rebels.", "target"),
        ("Tuareg rebels captured Gao from government troops.", "agent"),
        ("The city of Gao has fallen to Tuareg rebels.", "agent"),
        ("The army confirmed the loss of Gao to Tuareg rebels.", "agent"),
    ],
)
def test_whom_a_place_is_taken_from_or_falls_to_has_its_part(text, expected):
    (mention,) = mentions_of(text)
    parts = {actor.name: actor.part for actor in mention.actors}
    assert parts["Rebels"] == expected  # a people with "rebels" is no group by name


def test_fired_weapons_are_no_target():
    (mention,) = mentions_of("Houthi rebels fired missiles at Gao.")
    assert [actor.part for actor in mention.actors] == ["agent"]


@pytest.mark.parametrize(("name", "iso"), [("ukraine", "UKR"), ("us", "USA"), ("azeri", "AZE"), ("burma", "MMR")])
def test_nations_are_known_by_name_and_people(name, iso):
    entries = load_actor_lexicon().nations[name]
    assert (name,) in dict(entries)
    assert dict(entries)[(name,)].iso == iso


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Three civilians were wounded by artillery fire in Gao.", set()),
        ("Drones hit a market in Gao, killing two people.", set()),
        ("A missile struck a hospital in Gao, wounding four people.", set()),
        ("Army drones hit a market in Gao, killing two people.", {"Military Forces"}),
        ("Russian missiles hit a market in Kharkiv, killing two people.", {"Military Forces of Russia"}),
        ("Warplanes bombed a market in Gao, killing two people.", {"Military Forces"}),
    ],
)
def test_a_weapon_that_any_side_has_is_no_army(text, agents):
    (mention,) = mentions_of(text)
    assert {actor.name for actor in mention.actors if actor.part == "agent"} == agents


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Moscow said on Sunday that it had captured Izium.", {"Military Forces of Russia"}),
        ("Moscow said that its forces had taken Izium.", {"Military Forces of Russia"}),
        ("Officials in Moscow said shells hit Izium.", set()),
    ],
)
def test_a_capital_that_speaks_is_its_country(text, agents):
    assert {one.name for mention in mentions_of(text) for one in mention.actors if one.part == "agent"} == agents


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Congo shelled Gao on Monday.", {"Military Forces of Democratic Republic of the Congo"}),
        ("Congolese soldiers shelled Gao on Monday.", {"Military Forces of Democratic Republic of the Congo"}),
        ("Congo shelled Gao on Monday, Kinshasa said.", {"Military Forces of Democratic Republic of the Congo"}),
        ("Congo shelled Gao on Monday. Brazzaville said so.", {"Military Forces of Republic of the Congo"}),
        (
            "Congolese soldiers shelled Gao. Congo-Brazzaville kept silent.",
            {"Military Forces of Republic of the Congo"},
        ),
        ("The Republic of Congo army shelled Gao on Monday.", {"Military Forces of Republic of the Congo"}),
        ("Guinea shelled Gao on Monday. Guinea-Bissau kept silent.", {"Military Forces of Guinea"}),
    ],
)
def test_a_name_of_two_countries_is_the_one_that_the_report_speaks_of(text, agents):
    assert {one.name for mention in mentions_of(text) for one in mention.actors if one.part == "agent"} == agents


@pytest.mark.parametrize(
    ("text", "agents", "sub_event_type"),
    [
        ("The insurgents said their troops had recaptured Gao.", {"Rebels"}, "Non-state actor overtakes territory"),
        ("A commander of the rebels said their forces retook Nyala.", {"Rebels"}, "Non-state actor overtakes territory"),
        ("Sudanese rebels said their forces had recaptured Nyala.", {"Rebels (Sudan)"}, "Non-state actor overtakes territory"),
        ("A spokesman for Al-Shabaab said its fighters had recaptured Gao.", {"Al Shabaab"}, "Non-state actor overtakes territory"),
        ("The militia said its forces had retaken Izium.", {"Unidentified Armed Group"}, "Non-state actor overtakes territory"),
        ("A spokesman for the army said its forces had retaken Nyala.", {"Military Forces"}, "Government regains territory"),
        ('"Our forces have retaken Gao," Al-Shabaab said.', {"Al Shabaab"}, "Non-state actor overtakes territory"),
        ('"Our fighters retook Gao," the rebels\' spokesman said.', {"Rebels"}, "Non-state actor overtakes territory"),
        ('"Our forces retook Gao," the army said.', {"Military Forces"}, "Government regains territory"),
        ("The rebels said government forces had retaken Nyala.", {"Military Forces"}, "Government regains territory"),
        ("The Qatar-backed faction said its fighters had retaken Nyala.", {"Rebels"}, "Non-state actor overtakes territory"),
        ("Sudan said its forces had retaken Nyala.", {"Military Forces of Sudan"}, "Government regains territory"),
        ("The rebels said the army and its forces had recaptured Gao.", {"Military Forces"}, "Government regains territory"),
    ],
)  # fmt: skip
def test_the_forces_of_whoever_speaks_are_his(text, agents, sub_event_type):
    (mention,) = mentions_of(text)
    assert {actor.name for actor in mention.actors if actor.part == "agent"} == agents
    assert mention.sub_event_type == sub_event_type


def test_rebels_and_government_forces_are_two_sides():
    (mention,) = mentions_of("Rebels and government forces clashed near Gao on Monday.")
    assert {one.name for one in mention.actors} == {"Rebels", "Military Forces"}


def test_what_its_planes_do_a_country_does():
    (mention,) = mentions_of("Russia denied that its planes had bombed a convoy at Nyala on Monday.")
    assert [one.name for one in mention.actors if one.part == "agent"] == ["Military Forces of Russia"]


def test_who_is_counted_is_who_is_meant():
    (mention,) = mentions_of(
        "Islamic State said one of its suicide bombers blew himself up among soldiers in Gao, killing 12."
    )
    assert "Islamic State" in {one.name for one in mention.actors}


def test_forces_of_a_state_that_hit_another_s_are_named_beside_them():
    (mention,) = mentions_of(
        "A Dutch soldier was killed near Gao on Monday when government soldiers threw a grenade at his car."
    )
    assert {(one.name, one.part) for one in mention.actors} == {
        ("Military Forces", "agent"),
        ("Military Forces of the Netherlands", "target"),
    }


def test_unknown_persons_who_attack_are_armed_and_those_hit_are_not():
    (mention,) = mentions_of("Unknown persons threw a grenade into a bar in Gao on Monday, wounding 13 people.")
    assert {(one.name, one.part) for one in mention.actors} == {
        ("Unidentified Armed Group", "agent"),
        ("Civilians", "target"),
    }


def test_a_nation_s_column_is_of_its_forces():
    (mention,) = mentions_of("Rebels attacked a Russian column near Gao on Monday, killing nine.")
    assert ("Military Forces of Russia", "target") in {(one.name, one.part) for one in mention.actors}


def test_the_federal_army_need_not_be_that_of_the_only_country_named():
    text = "Malian forces surrounded the barracks in Gao on Monday. The {} army shelled the town, and 17 people died."
    found = {
        word: {one.name for one in mentions_of(text.format(word))[1].actors if one.part == "agent"}
        for word in ("federal", "regular")
    }
    assert found == {"federal": {"Military Forces"}, "regular": {"Military Forces of Mali"}}


def test_one_of_a_nation_is_a_civilian_and_the_nation_is_not():
    (mention,) = mentions_of("Gunmen killed an Egyptian in Gao on Monday.")
    assert ("Civilians (Egypt)", "target") in {(one.name, one.part) for one in mention.actors}
    assert mention.sub_event_type == "Attack"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tribal leaders took control of Gao on Monday.", {("Unidentified Armed Group", "agent")}),
        ("Gunmen killed two union leaders in Gao on Monday.", {("Unidentified Armed Group", "agent"), ("Civilians", "target")}),
        ("Gunmen killed two government leaders in Gao on Monday.", {("Unidentified Armed Group", "agent"), ("Government", "target")}),
    ],
)  # fmt: skip
def test_leaders_of_no_state_are_no_government(text, expected):
    (mention,) = mentions_of(text)
    assert {(actor.name, actor.part) for actor in mention.actors} == expected


def test_a_coalition_of_rebels_is_no_state_s():
    (mention,) = mentions_of("A coalition of rebel groups seized Gao on Monday.")
    assert [(actor.name, actor.part) for actor in mention.actors] == [("Rebels", "agent")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ADF fighters raided a camp in Uganda on Monday.", "Allied Democratic Forces"),
        ("ADF fighters raided a camp on Monday.", "Allied Democratic Forces"),
        ("ADF fighters raided a camp in Egypt on Monday.", "Rebels"),
    ],
)
def test_initials_mean_who_bears_them_in_the_country_told_of(text, name):
    (mention,) = mentions_of(text)
    assert [one.name for one in mention.actors if one.part == "agent"] == [name]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Chad said a shell of the rebels had struck the school in Gao on Monday and levelled it.", []),
        ("Niger said a missile of Boko Haram had strayed and struck it in Gao on Monday.", []),
        ("Chad said it was attacked by rebels in Gao on Monday.", ["Military Forces of Chad"]),
    ],
)
def test_it_that_suffers_is_whoever_tells_only_as_the_subject(text, targets):
    (mention,) = mentions_of(text)
    assert [one.name for one in mention.actors if one.part == "target"] == targets


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Boko Haram raided Gao on Monday. Its fighters killed 12 people in Menaka.", ["Boko Haram"]),
        ("The army fought JNIM in Gao on Monday. Its militants killed 12 people in Menaka.",
         ["Jama'at Nusrat al-Islam wal-Muslimin"]),
        ("Ukraine attacked Izium on Monday. Its troops also shelled Bakhmut.", ["Military Forces of Ukraine"]),
        ("Boko Haram and JNIM raided Gao on Monday. Their fighters killed 12 people in Menaka.", ["Rebels"]),
        ("Boko Haram raided Gao on Monday. Fighters killed 12 people in Menaka.", ["Rebels"]),
        ("The army raided Gao on Monday. Its fighters killed 12 people in Menaka.", ["Rebels"]),
    ],
)  # fmt: skip
def test_its_fighters_are_of_the_one_side_named_before_them(text, agents):
    last = mentions_of(text)[-1]
    assert [one.name for one in last.actors if one.part == "agent"] == agents
