import pytest
from few_names import mentions_of

from geoconflict.extract.actor_lexicon import load_actor_lexicon
from geoconflict.models import ActorKind

ACTORS = [
    ("Ukrainian forces shelled Bakhmut.", {("Military Forces of Ukraine", "state forces", "UKR", "agent")}),
    ("Bakhmut was shelled by the Russian army.", {("Military Forces of Russia", "state forces", "RUS", "agent")}),
    ("Russia shelled Kharkiv.", {("Military Forces of Russia", "state forces", "RUS", "agent")}),
    ("PKK militants attacked a base in Turkey.", {("Kurdistan Workers' Party", "rebel group", "TUR", "agent")}),
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
    ("French President Jeanne Moreau met Egyptian President Omar Fahmy in Cairo.", {
        ("Government of France", "government", "FRA", "party"),
        ("Government of Egypt", "government", "EGY", "party"),
    }),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACTORS, ids=[text for text, _ in ACTORS])
def test_actors_with_kind_country_and_part(text, expected):
    (mention,) = mentions_of(text)
    assert {(actor.name, actor.kind.value, actor.country, actor.part) for actor in mention.actors} == expected


def test_groups_have_unique_aliases_and_known_kinds():
    lexicon = load_actor_lexicon()
    names = [words for entries in lexicon.groups.values() for words, _ in entries]
    assert len(names) == len(set(names)) > 150
    assert all(isinstance(actor.kind, ActorKind) for entries in lexicon.groups.values() for _, actor in entries)


@pytest.mark.parametrize(("name", "iso"), [("ukraine", "UKR"), ("us", "USA"), ("azeri", "AZE"), ("burma", "MMR")])
def test_nations_are_known_by_name_and_people(name, iso):
    entries = load_actor_lexicon().nations[name]
    assert (name,) in dict(entries)
    assert dict(entries)[(name,)].iso == iso
