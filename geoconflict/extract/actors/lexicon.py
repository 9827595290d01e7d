"""The lexicon of actors: named groups with the days on which their names hold, nationalities, and common nouns.

It is data: ``resources/lexicons/actors.toml`` says what a row holds, ``demonyms.csv`` and ``countries.csv`` give the nations.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NoReturn

from geoconflict.codes import PLOVER_BODIES, PLOVER_SECTORS
from geoconflict.errors import ConfigError
from geoconflict.extract.lexicon import kept_by_content, lexicon_rows, read_demonyms, read_lexicon
from geoconflict.models import Actor, ActorKind

__all__ = ["ActorLexicon", "Holder", "Nation", "group_names", "holder_on", "load_actor_lexicon", "name_words"]

_SPLIT = re.compile(r"[\w.'’-]+")
_GROUP_KEYS = frozenset({"name", "kind", "country", "sectors", "body", "aliases", "since", "until"})
_CODE = 3
"""Letters of a code of a country."""
_ALIAS_KEYS = frozenset({"name", "since", "until", "at_home", "homes"})
_NOBODY = Actor(name="", kind=ActorKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Nation:
    """A country as news names it."""

    name: str
    iso: str
    """ISO 3166-1 alpha-3; of a state that is gone, that of its land."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who bears a name, and from when until when; None is open."""

    actor: Actor
    since: dt.date | None = None
    until: dt.date | None = None
    at_home: bool = False
    """Whether the name means it only where a report speaks of its country: elsewhere it is the name of another."""
    homes: frozenset[str] = frozenset()
    """The countries of which a report names one, if it names any, where the name means it; empty is all the world."""

    def holds_on(self, day: dt.date) -> bool:
        """Whether `day` lies within the days of the name, both ends included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def overlaps(self, other: Holder) -> bool:
        """Whether some day is within both."""
        return (self.since or dt.date.min) <= (other.until or dt.date.max) and (other.since or dt.date.min) <= (
            self.until or dt.date.max
        )

    def is_borne_beside(self, other: Holder) -> bool:
        """Whether a report may mean either of two by the name: none does that each bear it in a country of their own."""
        if self.at_home and other.at_home:
            return self.actor.country == other.actor.country
        return self.at_home == other.at_home


@dataclass(frozen=True, slots=True)
class ActorLexicon:
    """Named groups, nationalities and common nouns."""

    groups: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Holder, ...]], ...]]
    """First word, lower case -> (all words, holders of the name by their days), longest first. Abbreviations keep their
    capitals."""
    leaders: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Holder, ...]], ...]]
    """Persons by name, as `groups` are, with the groups or the forces that they lead."""
    nations: Mapping[str, tuple[tuple[tuple[str, ...], Nation], ...]]
    """First word, lower case -> (all words, nation), longest first: names and adjectives."""
    shared_names: Mapping[tuple[str, ...], tuple[Nation, ...]]
    """Words of a name, lower case -> the countries that bear it, the one that news of war means most first."""
    capitals: Mapping[str, Nation]
    """Names of capitals, each word of one lower case and joined by spaces -> the country that they speak for."""
    nouns: Mapping[str, frozenset[str]]
    sectors: Mapping[str, str]
    """Common noun -> PLOVER sector, where it says more than the kind of the actor."""
    titles: frozenset[str]
    not_after: frozenset[str]
    """Words that behind a name make it a club, a company or a work: "FC", "Inc"."""
    not_nations: frozenset[str]
    """Words, as written, that are no country though its initials are."""
    not_before: frozenset[str]
    """Words that before a name make it a club or a match: "beat", "striker"."""


def holder_on(
    holders: Sequence[Holder], day: dt.date | None, country: str | None = None, named: Collection[str] = ()
) -> Actor | None:
    """Return who bears a name in a report of `day` that speaks most of `country`, and names the countries `named`.

    Of two groups of one name, that which bears it at home alone is meant in reports of its own country. Who has initials that
    others have elsewhere is meant where the report names one of its countries, or none.

    That is the one whose days include it; else the last whose days are over, for later reports tell of it still. Before
    all days of a name nobody bears it. Without a day the newest holder does.
    """
    begun = [one for one in holders if day is None or one.since is None or one.since <= day]
    begun = [one for one in begun if not (one.homes and named) or not one.homes.isdisjoint(named)]
    at_home = [one for one in begun if one.at_home and country is not None and one.actor.country == country]
    begun = at_home or [one for one in begun if not one.at_home]
    current = [one for one in begun if day is None or one.holds_on(day)]
    if not begun:
        return None
    return max(current or begun, key=lambda one: (one.until or dt.date.max, one.since or dt.date.min)).actor


@kept_by_content(maxsize=4)
def load_actor_lexicon(extras: tuple[str, ...] = ()) -> ActorLexicon:
    """Return the actors of ``actors.toml``, with what the user's files `extras` add, and the names of the nations.

    A user's row takes its names from a built-in group that bears them on the same days.

    Raises
    ------
    ConfigError
        If a row is not as ``actors.toml`` says, or two rows of one file give one name on the same days to two groups. The
        message names the file, the line and what would do.
    """
    tables = read_lexicon("actors", extras)
    nations = _nations()
    known = {nation.iso for entries in nations.values() for _, nation in entries}
    groups: dict[tuple[str, ...], list[tuple[str, Holder]]] = {}
    for file, where, row in lexicon_rows("actors", "group", extras):
        for alias, holder in _holders(row, where, known):
            words = name_words(alias)
            held = groups.setdefault(words, [])
            for other_file, other in list(held):
                if not holder.overlaps(other) or not holder.is_borne_beside(other):
                    continue
                if other_file == file and other.actor != holder.actor:
                    msg = f"{where}: {alias!r} already names {other.actor.name!r} on some of these days; give both since or until"
                    raise ConfigError(msg)
                held.remove((other_file, other))
            held.append((file, holder))
    by_name = {words: tuple(holder for _, holder in held) for words, held in groups.items()}
    sectors = {}
    for sector, words_of in tables["sectors"].items():
        if sector not in PLOVER_SECTORS:
            msg = f"actors lexicon: sectors.{sector} is no PLOVER sector; there are {', '.join(sorted(PLOVER_SECTORS))}"
            raise ConfigError(msg)
        sectors.update(dict.fromkeys(words_of, sector))
    return ActorLexicon(
        groups=_by_first_word(by_name),
        leaders=_by_first_word(_leaders(by_name, _by_code(nations), extras)),
        nations=_with_former_states(nations, known, extras),
        shared_names=_shared_names(tables["shared_names"], nations),
        capitals=_capitals(tables["capitals"], nations),
        nouns={name: frozenset(words) for name, words in tables["nouns"].items()},
        sectors=sectors,
        titles=frozenset(tables["titles"]["words"]),
        not_after=frozenset(tables["not_actors"]["after"]),
        not_nations=frozenset(tables["not_actors"]["words"]),
        not_before=frozenset(tables["not_actors"]["before"]),
    )


def _by_first_word(
    held: Mapping[tuple[str, ...], tuple[Holder, ...]],
) -> dict[str, tuple[tuple[tuple[str, ...], tuple[Holder, ...]], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], tuple[Holder, ...]]]] = {}
    for words, holders in held.items():
        index.setdefault(words[0].lower(), []).append((words, holders))
    return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in index.items()}


def _leaders(
    groups: Mapping[tuple[str, ...], tuple[Holder, ...]], nations: Mapping[str, Nation], extras: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[Holder, ...]]:
    """Return the names of persons with whom they lead, from ``leaders.toml`` and the user's files."""
    found: dict[tuple[str, ...], list[Holder]] = {}

    def add(row: Mapping[str, Any], where: str, holders: Sequence[Holder]) -> None:
        if not holders or not isinstance(row.get("names"), list):
            msg = f"{where}: a person needs 'names', and the 'group' or the 'country' of those whom they lead, by its name or code"
            raise ConfigError(msg)
        for name in row["names"]:
            found.setdefault(name_words(name), []).extend(holders)

    for _, where, row in lexicon_rows("leaders", "leader", extras):
        days = Holder(_NOBODY, row.get("since"), row.get("until"))
        led = groups.get(name_words(str(row.get("group"))), ())
        add(row, where, [Holder(one.actor, days.since, days.until) for one in led if one.overlaps(days)])
    for _, where, row in lexicon_rows("leaders", "ruler", extras):
        nation = nations.get(str(row.get("country")))
        if nation is not None:
            army = Actor(name=f"Military Forces of {nation.name}", kind=ActorKind.STATE_FORCES, country=nation.iso)
        add(row, where, [Holder(army, row.get("since"), row.get("until"))] if nation is not None else [])
    return {words: tuple(holders) for words, holders in found.items()}


def _by_code(nations: Mapping[str, tuple[tuple[tuple[str, ...], Nation], ...]]) -> dict[str, Nation]:
    return {nation.iso: nation for entries in nations.values() for _, nation in entries}


def _with_former_states(
    nations: Mapping[str, tuple[tuple[tuple[str, ...], Nation], ...]], codes: set[str], extras: tuple[str, ...]
) -> dict[str, tuple[tuple[tuple[str, ...], Nation], ...]]:
    """Return the words for nations with those for states that are gone, which have names of their own: "Soviet troops"."""
    entries = {words: nation for found in nations.values() for words, nation in found}
    for _, where, row in lexicon_rows("actors", "former_state", extras):
        name, code, own = (row.get(key) for key in ("name", "code", "words"))
        if not isinstance(name, str) or code not in codes or not isinstance(own, list) or not all(map(name_words, own)):
            msg = f"{where}: a former state needs a 'name', the ISO 3166-1 alpha-3 'code' of its land, and a list of 'words' for it"
            raise ConfigError(msg)
        entries.update((name_words(one.lower()), Nation(name, code)) for one in own)
    found: dict[str, list[tuple[tuple[str, ...], Nation]]] = {}
    for words, nation in entries.items():
        found.setdefault(words[0], []).append((words, nation))
    return {first: tuple(sorted(held, key=lambda item: -len(item[0]))) for first, held in found.items()}


def _shared_names(
    table: Mapping[str, list[str]], nations: Mapping[str, tuple[tuple[tuple[str, ...], Nation], ...]]
) -> dict[tuple[str, ...], tuple[Nation, ...]]:
    by_code = _by_code(nations)
    return {name_words(name.lower()): tuple(by_code[code] for code in codes) for name, codes in table.items()}


def _capitals(
    table: Mapping[str, list[str]], nations: Mapping[str, tuple[tuple[tuple[str, ...], Nation], ...]]
) -> dict[str, Nation]:
    by_code = _by_code(nations)
    return {name.lower(): by_code[code] for code, names in table.items() for name in names}


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are looked up: plain apostrophes, hyphens kept."""
    return tuple(_SPLIT.findall(name.replace("’", "'")))


def group_names(extras: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the names and aliases of all groups, on whatever days, without regard to capitals."""
    return frozenset(
        name.casefold()
        for _, _, row in lexicon_rows("actors", "group", extras)
        for name in (row["name"], *(one if isinstance(one, str) else one["name"] for one in row.get("aliases", ())))
    )


# ---------------------------------------------------------------- one row
def _holders(row: Mapping[str, Any], where: str, countries: set[str]) -> list[tuple[str, Holder]]:
    """Return (name, holder) for a group's name and each of its aliases, once a spelling."""

    def refuse(what: str) -> NoReturn:
        name = row.get("name")
        msg = f"{where}: {f'group {name!r}' if name else 'group without a name'}: {what}"
        raise ConfigError(msg)

    unknown = sorted(set(row) - _GROUP_KEYS)
    if unknown:
        refuse(f"unknown keys {', '.join(unknown)}; there are {', '.join(sorted(_GROUP_KEYS))}")
    if not isinstance(row.get("name"), str) or not name_words(row["name"]):
        refuse("'name' must be a text with a word in it")
    if row.get("kind") not in set(ActorKind):
        refuse(f"'kind' must be one of {', '.join(ActorKind)}, not {row.get('kind')!r}")
    country, body, sectors = row.get("country"), row.get("body"), row.get("sectors", [])
    if country is not None and country not in countries:
        refuse(f"'country' must be an ISO 3166-1 alpha-3 code, not {country!r}")
    if body is not None and body not in PLOVER_BODIES:
        refuse(f"'body' must be one of {', '.join(sorted(PLOVER_BODIES))}, not {body!r}")
    if not isinstance(sectors, list) or not PLOVER_SECTORS.issuperset(map(str, sectors)):
        refuse(f"'sectors' must be a list of {', '.join(sorted(PLOVER_SECTORS))}, not {sectors!r}")
    actor = Actor(name=row["name"], kind=ActorKind(row["kind"]), country=country, sectors=tuple(sectors), body=body)
    since, until = _days(row, refuse)
    aliases = row.get("aliases", [])
    if not isinstance(aliases, list):
        refuse(f"'aliases' must be a list, not {aliases!r}")
    found: dict[tuple[str, ...], tuple[str, Holder]] = {}
    for alias in [row["name"], *aliases]:
        entry = {"name": alias} if isinstance(alias, str) else alias
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or set(entry) - _ALIAS_KEYS:
            refuse(
                f"an alias is a text, or {{name = ..., since = ..., until = ..., at_home = ..., homes = ...}}, not {alias!r}"
            )
        if not name_words(entry["name"]):
            refuse(f"an alias needs a word, not {alias!r}")
        own_since, own_until = _days(entry, refuse)
        at_home = entry.get("at_home", False)
        if type(at_home) is not bool or (at_home and country is None):
            refuse(f"'at_home' must be true or false, and needs the 'country' of the group, not {at_home!r}")
        homes = entry.get("homes", [])
        if not isinstance(homes, list) or not all(isinstance(one, str) and len(one) == _CODE for one in homes):
            refuse(f"'homes' must be a list of ISO 3166-1 alpha-3 codes, not {homes!r}")
        holder = Holder(actor, own_since or since, own_until or until, at_home, frozenset(homes))
        found[name_words(entry["name"])] = (entry["name"], holder)
    return list(found.values())


def _days(row: Mapping[str, Any], refuse: Callable[[str], NoReturn]) -> tuple[dt.date | None, dt.date | None]:
    since, until = row.get("since"), row.get("until")
    for key, day in (("since", since), ("until", until)):
        if day is not None and type(day) is not dt.date:
            refuse(f"'{key}' must be a day without quotes, like 2021-08-15, not {day!r}")
    if since is not None and until is not None and since > until:
        refuse(f"'since' {since} is after 'until' {until}")
    return since, until


def _nations() -> dict[str, tuple[tuple[tuple[str, ...], Nation], ...]]:
    """Return the countries by the words for them: short and former names, adjectives, peoples."""
    found: dict[str, dict[tuple[str, ...], Nation]] = {}

    def add(word: str, nation: Nation) -> None:
        words = name_words(word.lower())
        if words:
            found.setdefault(words[0], {}).setdefault(words, nation)

    text = resources.files("geoconflict.resources").joinpath("places", "countries.csv").read_text("utf-8")
    by_code: dict[str, Nation] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        name = row["name"]
        nation = Nation(
            f"the {name}" if name.startswith(("United ", "Netherlands", "Philippines")) else name, row["alpha3"]
        )
        by_code[nation.iso] = nation
        for word in [name, *row["other_names"].split("|")]:
            add(word, nation)
    for word, code in read_demonyms().items():
        if code in by_code:
            add(word, by_code[code])
    return {first: tuple(sorted(entries.items(), key=lambda item: -len(item[0]))) for first, entries in found.items()}
