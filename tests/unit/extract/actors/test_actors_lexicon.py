import datetime as dt

import pytest

from geoconflict.codes import PLOVER_BODIES, PLOVER_SECTORS
from geoconflict.errors import ConfigError
from geoconflict.extract.actors.lexicon import group_names, holder_on, load_actor_lexicon, name_words
from geoconflict.models import ActorKind


def holders(name, extras=()):
    words = name_words(name)
    return dict(load_actor_lexicon(extras).groups[words[0].lower()])[words]


def holder(name, day, extras=()):
    return holder_on(holders(name, extras), dt.date.fromisoformat(day) if day else None)


def user_file(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    return (str(file),)


def test_every_group_has_codes_of_the_closed_vocabularies_and_days_in_order():
    lexicon = load_actor_lexicon()
    entries = [entry for found in lexicon.groups.values() for entry in found]
    assert len({words for words, _ in entries}) == len(entries) > 700
    countries = {nation.iso for found in lexicon.nations.values() for _, nation in found}
    for words, held in entries:
        for one in held:
            assert isinstance(one.actor.kind, ActorKind), words
            assert one.actor.country is None or one.actor.country in countries, words
            assert PLOVER_SECTORS.issuperset(one.actor.sectors), words
            assert one.actor.body is None or one.actor.body in PLOVER_BODIES, words
            assert (one.since or dt.date.min) <= (one.until or dt.date.max), words
        pairs = [(a, b) for a in held for b in held if a is not b]
        assert not any(a.overlaps(b) and a.is_borne_beside(b) for a, b in pairs), words


def test_groups_of_every_continent_are_known():
    countries = {
        one.actor.country for found in load_actor_lexicon().groups.values() for _, held in found for one in held
    }
    assert {"AFG", "COL", "COD", "ETH", "IRQ", "MMR", "MEX", "NGA", "PHL", "SDN", "SYR", "UKR", "YEM"} <= countries


@pytest.mark.parametrize(
    ("name", "day", "kind", "actor"),
    [
        ("Taliban", "1995-06-01", "rebel group", "Taliban"),
        ("Taliban", "1998-06-01", "state forces", "Taliban"),
        ("Taliban", "2021-08-15", "rebel group", "Taliban"),
        ("Taliban", "2021-08-16", "state forces", "Taliban"),
        ("RSF", "2023-04-14", "state forces", "Rapid Support Forces"),
        ("RSF", "2023-04-15", "rebel group", "Rapid Support Forces"),
        ("SPLA", "2011-07-08", "rebel group", "Sudan People's Liberation Army"),
        ("SPLA", "2011-07-09", "state forces", "Military Forces of South Sudan"),
        ("HTS", "2024-12-08", "rebel group", "Hayat Tahrir al-Sham"),
        ("HTS", "2024-12-09", "state forces", "Hayat Tahrir al-Sham"),
        ("Nusra Front", "2018-01-01", "rebel group", "Al-Nusra Front"),
        ("Khmer Rouge", "1977-01-01", "state forces", "Khmer Rouge"),
    ],
)
def test_the_day_of_the_report_says_who_bears_a_name(name, day, kind, actor):
    found = holder(name, day)
    assert (found.kind.value, found.name) == (kind, actor)


@pytest.mark.parametrize(
    ("name", "day"), [("Africa Corps", "1942-10-23"), ("M23", "2012-04-03"), ("SDF", "1999-01-01")]
)
def test_before_its_days_a_name_means_nobody(name, day):
    assert holder(name, day) is None


def test_after_its_days_and_without_a_day_a_name_means_its_last_holder():
    assert holder("Artsakh Defence Army", "2025-01-01").name == "Artsakh Defence Army"
    assert holder("Taliban", None).kind is ActorKind.STATE_FORCES


def test_common_nouns_give_sectors_of_plover():
    sectors = load_actor_lexicon().sectors
    assert set(sectors.values()) <= PLOVER_SECTORS
    assert sectors["journalist"] == "JRN"


def test_a_users_group_is_added_with_its_days(tmp_path):
    extras = user_file(
        tmp_path,
        '[[actors.group]]\nname = "Hill Guard"\nkind = "identity militia"\ncountry = "MLI"\nsince = 2020-01-01\n'
        'aliases = ["HG fighters", { name = "Guard of the Hills", until = 2021-12-31 }]\n',
    )
    assert holder("Hill Guard", "2021-01-01", extras).country == "MLI"
    assert holder("HG fighters", "2019-01-01", extras) is None
    assert "guard of the hills" in group_names(extras)
    assert "guard of the hills" not in group_names()


def test_a_users_group_takes_a_name_from_a_built_in_one_on_the_same_days_alone(tmp_path):
    extras = user_file(
        tmp_path,
        '[[actors.group]]\nname = "Taliban (2021-)"\nkind = "rebel group"\nsince = 2021-08-16\naliases = ["Taliban"]\n',
    )
    assert holder("Taliban", "2022-01-01", extras).name == "Taliban (2021-)"
    assert holder("Taliban", "2015-01-01", extras).name == "Taliban"


def test_a_users_group_may_bear_anothers_name_at_home(tmp_path):
    extras = user_file(
        tmp_path,
        '[[actors.group]]\nname = "Hill Guard"\nkind = "identity militia"\ncountry = "MLI"\n'
        'aliases = [{ name = "Taliban", at_home = true }]\n',
    )
    held = next(held for words, held in load_actor_lexicon(extras).groups["taliban"] if words == ("Taliban",))
    day = dt.date(2015, 1, 1)
    names = [holder_on(held, day, country).name for country in ("MLI", "AFG", None)]
    assert names == ["Hill Guard", "Taliban", "Taliban"]


def test_initials_mean_a_group_where_a_report_names_one_of_its_countries_or_none(tmp_path):
    extras = user_file(
        tmp_path,
        '[[actors.group]]\nname = "Hill Guard"\nkind = "identity militia"\ncountry = "MLI"\n'
        'aliases = [{ name = "HLG", homes = ["MLI", "NER"] }]\n',
    )
    (held,) = (held for words, held in load_actor_lexicon(extras).groups["hlg"] if words == ("HLG",))
    day = dt.date(2015, 1, 1)
    found = [holder_on(held, day, None, named) for named in ((), ("NER",), ("TCD", "MLI"), ("TCD",))]
    assert [one is not None for one in found] == [True, True, True, False]


GROUP = '[[actors.group]]\nname = "Hill Guard"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            GROUP + 'kind = "rebel group"\naliases = [{ name = "Taliban", at_home = true }]\n',
            r"mine\.toml, line 1: group 'Hill Guard': 'at_home' must be true or false, and needs the 'country' of the group",
        ),
        (
            GROUP + 'kind = "rebel group"\naliases = [{ name = "HLG", homes = ["Mali"] }]\n',
            r"mine\.toml, line 1: group 'Hill Guard': 'homes' must be a list of ISO 3166-1 alpha-3 codes, not",
        ),
        ("[actor]\nx = 1\n", r"mine\.toml: unknown table 'actor'; the lexicons that can be added to are actors, "),
        (
            "[actors.noun]\nx = ['a']\n",
            r"mine\.toml: unknown table 'actors\.noun'; there are capitals, former_state, group, not_actors",
        ),
        ("\n" + GROUP, r"mine\.toml, line 2: group 'Hill Guard': 'kind' must be one of state forces"),
        (GROUP + 'kind = "army"\n', r"line 1: group 'Hill Guard': 'kind' .*not 'army'"),
        ('[[actors.group]]\nkind = "rebel group"\n', r"line 1: group without a name: 'name' must be"),
        (GROUP + 'kind = "rebel group"\nalias = ["HG"]\n', r"unknown keys alias; there are aliases"),
        (GROUP + 'kind = "rebel group"\ncountry = "Mali"\n', r"'country' must be .*alpha-3.*'Mali'"),
        (GROUP + 'kind = "rebel group"\nsectors = ["ARMY"]\n', r"'sectors' must be a list of AGR"),
        (GROUP + 'kind = "rebel group"\nbody = "UN"\n', r"'body' must be one of EUR"),
        (GROUP + 'kind = "rebel group"\nsince = "2020-01-01"\n', r"'since' must be a day without quotes"),
        (GROUP + 'kind = "rebel group"\nsince = 2021-01-01\nuntil = 2020-01-01\n', r"is after 'until'"),
        (GROUP + 'kind = "rebel group"\naliases = "HG"\n', r"'aliases' must be a list"),
        (GROUP + 'kind = "rebel group"\naliases = [{ name = "HG", from = 2020-01-01 }]\n', r"an alias is a text, or"),
        (GROUP + 'kind = "rebel group"\naliases = ["?"]\n', r"an alias needs a word"),
        (
            GROUP
            + 'kind = "rebel group"\n[[actors.group]]\nname = "Other"\nkind = "rebel group"\naliases = ["Hill Guard"]\n',
            r"mine\.toml, line 4: 'Hill Guard' already names 'Hill Guard'",
        ),
        ("[[actors.former_state]]\nname = 'Prussia'\n", r"mine\.toml, line 1: a former state needs"),
        ("[actors]\ngroup = [1]\n", r"mine\.toml, row 1 of actors\.group: must be a table"),
        ("[actors.sectors]\nARMY = ['x']\n", r"sectors\.ARMY is no PLOVER sector"),
    ],
)
def test_a_users_mistake_is_named_with_file_line_and_key(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        load_actor_lexicon(user_file(tmp_path, text))
