"""Whom a name means that somebody wrote by itself, without a sentence: as reports are read, where their lexicon knows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoconflict.extract.actors.common_nouns import ARMY, GOVERNMENT, PATTERNS
from geoconflict.extract.actors.lexicon import ActorLexicon, Nation, holder_on, name_words
from geoconflict.extract.actors.owners import of_nation
from geoconflict.models import Actor, ActorKind

__all__ = ["actor_written"]

_ARTICLES = frozenset({"a", "an", "the"})


def actor_written(
    lexicon: ActorLexicon, name: str, *, on: dt.date | None = None, country: str | None = None, violent: bool = True
) -> Actor:
    """Return whom a name means: a named group, a nation's forces, police or people, else just who is called so.

    Parameters
    ----------
    lexicon
        The names that are known.
    name
        As written: "the Malian army", "Military Forces of Mali", "Mali", a group by any of its names.
    on
        The day of which it is said: names of groups hold on their days. None is unknown.
    country
        Where, ISO 3166-1 alpha-3: of two groups of one name that which is at home there is meant.
    violent
        Whether it is said of force: then a bare country stands for its military, else for its government.
    """
    words = name_words(name)
    if not words:
        return Actor(name=name)
    found = _group(lexicon, words, on, country) or _as_shown(lexicon, name, country)
    if found is not None:
        return found
    rest = words[1:] if len(words) > 1 and words[0].lower() in _ARTICLES else words
    if (nation := _nation(lexicon, rest, country)) is not None:
        return of_nation(ARMY if violent else GOVERNMENT, nation, {})
    for nation, nouns in _with_nations(lexicon, rest, country):
        pattern, bare = _pattern(lexicon, nouns) or (None, "")
        if pattern is not None and nation is not None:
            return of_nation(pattern, nation, {})
        # "the rebels" are nobody by name; "the Resistance Forces" may be.
        if pattern is not None and nouns[1:] == tuple(word.lower() for word in nouns[1:]):
            return replace(pattern, name=bare)
    return Actor(name=name)


def _group(lexicon: ActorLexicon, words: Sequence[str], on: dt.date | None, country: str | None) -> Actor | None:
    lower = [word.lower() for word in words]
    for wanted, holders in lexicon.groups.get(lower[0], ()):
        if [word.lower() for word in wanted] == lower:
            return holder_on(holders, on, country, (country,) if country else ())
    return None


def _as_shown(lexicon: ActorLexicon, name: str, country: str | None) -> Actor | None:
    """Return whom a name means that is written as events show it: "Police Forces of Mali", "Rebels (Mali)", "Rebels"."""
    folded = name.casefold()
    for _, kind, named, bare, sector in PATTERNS:
        pattern = Actor(name=named, kind=kind, sectors=(sector,) if sector else ())
        if folded == bare.casefold():
            return replace(pattern, name=bare)
        before, _, after = (part.casefold() for part in named.partition("{}"))
        if folded.startswith(before) and folded.endswith(after):
            nation = _nation(lexicon, name_words(name[len(before) : len(name) - len(after)]), country)
            if nation is not None:
                return of_nation(pattern, nation, {})
    return None


def _nation(lexicon: ActorLexicon, words: Sequence[str], country: str | None) -> Nation | None:
    """Return the country of which some words are the name or the adjective, all of them."""
    lower = tuple(word.lower() for word in words)
    lower = lower[1:] if lower[:1] == ("the",) else lower
    bearers = lexicon.shared_names.get(lower)
    if bearers is not None:
        return next((one for one in bearers if one.iso == country), bearers[0])
    found = lexicon.nations.get(lower[0], ()) if lower else ()
    return next((nation for wanted, nation in found if tuple(wanted) == lower), None)


def _with_nations(
    lexicon: ActorLexicon, words: tuple[str, ...], country: str | None
) -> Iterator[tuple[Nation | None, tuple[str, ...]]]:
    """Yield the nation that stands before or behind the nouns of a name, with these: "Malian army", "army of Mali"; and none."""
    for at in range(len(words) - 1, 0, -1):
        if (nation := _nation(lexicon, words[:at], country)) is not None:
            yield nation, words[at:]
        if words[at].lower() == "of" and (nation := _nation(lexicon, words[at + 1 :], country)) is not None:
            yield nation, words[:at]
    yield None, words


def _pattern(lexicon: ActorLexicon, words: tuple[str, ...]) -> tuple[Actor, str] | None:
    """Return what nouns make of a nation, and their name without one; None where one of them is no such noun."""
    nouns = lexicon.nouns
    told = {word.lower() for word in words}
    head = words[-1].lower()
    apart = nouns["against_the_state"] | nouns["unidentified"] | nouns["bodies"] | {"armed"}
    if not told or not told <= apart.union(*(nouns[name] for name, *_ in PATTERNS)):
        return None
    if head in nouns["forces"] | nouns["leaders"] | nouns["bodies"] and not told.isdisjoint(nouns["against_the_state"]):
        return Actor(name="Rebels ({})", kind=ActorKind.REBEL_GROUP), "Rebels"
    if head in nouns["bodies"]:
        armed = "Unidentified Armed Group"
        pattern = Actor(name=f"{armed} ({{}})", kind=ActorKind.POLITICAL_MILITIA, sectors=("UAF",))
        return (pattern, armed) if "armed" in told else None
    for wanted in ({head}, told):
        for name, kind, named, bare, sector in PATTERNS:
            if not nouns[name].isdisjoint(wanted) and not (name in ("forces", "security") and wanted is told):
                own = lexicon.sectors.get(head, sector) if head in nouns[name] else sector
                return Actor(name=named, kind=kind, sectors=(own,) if own else ()), bare
    return None
