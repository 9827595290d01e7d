"""Who did it, to whom: noun phrases to actors, by named groups, nationalities and the common nouns for forces.

Names are data (``resources/lexicons/actors.toml``, ``demonyms.csv``); the patterns are general: nationality + forces,
police, rebels, civilians; a person with an office speaks for a government.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from geoconflict.errors import ConfigError
from geoconflict.extract.clauses import Clauses
from geoconflict.extract.lexicon import read_demonyms, read_lexicon
from geoconflict.models import Actor, ActorKind

__all__ = ["ActorLexicon", "ActorReader", "Nation", "load_actor_lexicon"]

_SPLIT = re.compile(r"[\w.'’-]+")


@dataclass(frozen=True, slots=True)
class Nation:
    """A country as news names it."""

    name: str
    iso: str
    """ISO 3166-1 alpha-3."""


@dataclass(frozen=True, slots=True)
class ActorLexicon:
    """Named groups, nationalities and common nouns."""

    groups: Mapping[str, tuple[tuple[tuple[str, ...], Actor], ...]]
    """First word -> (all words, actor), longest first. Abbreviations keep their capitals."""
    nations: Mapping[str, tuple[tuple[tuple[str, ...], Nation], ...]]
    """First word, lower case -> (all words, nation), longest first: names and adjectives."""
    nouns: Mapping[str, frozenset[str]]
    titles: frozenset[str]


@functools.lru_cache(maxsize=4)
def load_actor_lexicon(extras: tuple[str, ...] = ()) -> ActorLexicon:
    """Return the actors of ``actors.toml``, with what the user's files `extras` add, and the names of the nations.

    Raises
    ------
    ConfigError
        If a group has no name or an unknown kind.
    """
    tables = read_lexicon("actors", extras)
    groups: dict[str, dict[tuple[str, ...], Actor]] = {}
    for row in tables["group"]:
        try:
            actor = Actor(name=row["name"], kind=ActorKind(row["kind"]), country=row.get("country"))
        except (KeyError, ValueError) as error:
            msg = (
                f"actors lexicon: group {row.get('name', '(without a name)')!r} needs a name and a known kind: {error}"
            )
            raise ConfigError(msg) from error
        for alias in [row["name"], *row.get("aliases", ())]:
            words = tuple(_SPLIT.findall(_fold(alias)))
            groups.setdefault(words[0].lower(), {})[words] = actor
    return ActorLexicon(
        groups={first: tuple(sorted(found.items(), key=lambda item: -len(item[0]))) for first, found in groups.items()},
        nations=_nations(),
        nouns={name: frozenset(words) for name, words in tables["nouns"].items()},
        titles=frozenset(tables["titles"]["words"]),
    )


def _fold(word: str) -> str:
    return word.replace("’", "'")


def _nations() -> dict[str, tuple[tuple[tuple[str, ...], Nation], ...]]:
    """Return the countries by the words for them: short and former names, adjectives, peoples."""
    found: dict[str, dict[tuple[str, ...], Nation]] = {}

    def add(word: str, nation: Nation) -> None:
        words = tuple(_SPLIT.findall(_fold(word).lower()))
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


# What a common noun makes of a nationality: (class in [nouns], kind, pattern of the name). The first that matches wins.
_PATTERNS: tuple[tuple[str, ActorKind, str, str], ...] = (
    ("protesters", ActorKind.PROTESTERS, "Protesters ({})", "Protesters"),
    ("rioters", ActorKind.RIOTERS, "Rioters ({})", "Rioters"),
    ("police", ActorKind.STATE_FORCES, "Police Forces of {}", "Police Forces"),
    ("rebels", ActorKind.REBEL_GROUP, "Rebels ({})", "Rebels"),
    ("militia", ActorKind.POLITICAL_MILITIA, "Unidentified Armed Group ({})", "Unidentified Armed Group"),
    ("forces_strong", ActorKind.STATE_FORCES, "Military Forces of {}", "Military Forces"),
    ("government", ActorKind.GOVERNMENT, "Government of {}", "Government"),
    ("civilians", ActorKind.CIVILIANS, "Civilians ({})", "Civilians"),
    ("security", ActorKind.STATE_FORCES, "Security Forces of {}", "Security Forces"),
    ("forces", ActorKind.STATE_FORCES, "Military Forces of {}", "Military Forces"),
)


class ActorReader:
    """Reads the actors of one document; remembers who holds which office."""

    def __init__(self, clauses: Clauses, lexicon: ActorLexicon) -> None:
        self._clauses = clauses
        self._lexicon = lexicon
        self._words = [_fold(token.text) for token in clauses.tokens]
        self._joined = self._hyphenated()
        self._offices = self._find_offices()

    # ------------------------------------------------------------ names in the text
    def _hyphenated(self) -> list[int]:
        """Return for each token how many tokens its hyphenated word spans ("al-Shabaab" is three tokens)."""
        widths = [1] * len(self._words)
        tokens = self._clauses.tokens
        hyphens = [at for at, word in enumerate(self._words) if word in ("-", "\u2011")]
        for hyphen in reversed(hyphens):
            if (
                0 < hyphen < len(tokens) - 1
                and tokens[hyphen - 1].end == tokens[hyphen].start
                and tokens[hyphen].end == tokens[hyphen + 1].start
            ):
                widths[hyphen - 1] = 2 + widths[hyphen + 1]
        return widths

    def _word_at(self, at: int) -> tuple[str, int]:
        """Return the word that begins at token `at`, hyphens and all, and the token after it."""
        width = self._joined[at]
        return "".join(self._words[at : at + width]), at + width

    def _match(self, table: Mapping[str, Any], at: int, *, cased: bool) -> tuple[Any, int] | None:
        first, _ = self._word_at(at)
        for start in {first.lower(), self._words[at].lower()}:
            for words, value in table.get(start, ()):
                after = at
                # A name of several words is known whatever its capitals; "ETA" and "Contras" only with theirs.
                strict = cased and len(words) == 1
                for wanted in words:
                    if after >= len(self._words):
                        break
                    word, following = self._word_at(after)
                    if not _same(word, wanted, cased=strict):
                        word, following = self._words[after], after + 1
                    if not _same(word, wanted, cased=strict):
                        break
                    after = following
                else:
                    return value, after
        return None

    def group_at(self, at: int) -> tuple[Actor, int] | None:
        """Return the named group that begins at token `at`, and the token after it."""
        return self._match(self._lexicon.groups, at, cased=True)

    def nation_at(self, at: int) -> tuple[Nation, int] | None:
        """Return the country whose name or adjective begins at token `at`, and the token after it."""
        word = self._words[at]
        if not word[:1].isupper() or word == "Us":
            return None
        return self._match(self._lexicon.nations, at, cased=False)

    def _find_offices(self) -> dict[str, Nation]:
        """Return surname -> country, from the first mention with an office: "US Secretary of State Mike Pompeo"."""
        offices: dict[str, Nation] = {}
        tokens = self._clauses.tokens
        for entity in self._clauses.document.entities:
            if entity.label not in ("PERSON", "ORG", "GPE", "NORP"):
                continue
            inside = self._clauses.document.tokens_between(entity.start, entity.end)
            if not inside or len(inside) > 6:
                continue
            last = inside[-1]
            if not last.text[:1].isupper() or last.text.lower() in self._lexicon.titles:
                continue
            first = max(0, inside[0].index - 8)
            before = tokens[first : inside[-1].index]
            office = [token.index for token in before if token.text.lower() in self._lexicon.titles]
            if not office:
                continue
            for at in range(office[-1], first - 1, -1):
                if tokens[at].text in (".", ",", ";", "said", "and") and at < office[-1]:
                    break
                found = self.nation_at(at)
                if found is not None:
                    offices.setdefault(last.text, found[0])
                    break
        return offices

    # ------------------------------------------------------------ phrases
    def of_phrase(self, index: int, *, violent: bool = True, part: str = "party") -> tuple[Actor, ...]:
        """Return the actors that the noun phrase at token `index`, and those coordinated with it, name.

        Parameters
        ----------
        violent
            Whether the event is one of force: then a bare country stands for its military, else for its government.
        part
            agent, target or party.
        """
        found: list[Actor] = []
        for at in self._clauses.conjuncts(index):
            for actor in self._of_one(at, violent=violent, part=part):
                if all((actor.name, actor.part) != (other.name, other.part) for other in found):
                    found.append(actor)
        return tuple(found)

    def _of_one(self, index: int, *, violent: bool, part: str) -> list[Actor]:
        tokens = self._clauses.phrase_tokens(index)
        first, last = tokens[0].index, tokens[-1].index
        surface = self._clauses.document.text[tokens[0].start : tokens[-1].end]
        members = {token.index for token in tokens}
        groups: list[Actor] = []
        nations: list[Nation] = []
        at = first
        while at <= last:
            group = self.group_at(at) if at in members else None
            if group is not None:
                groups.append(group[0])
                at = group[1]
                continue
            nation = self.nation_at(at) if at in members else None
            if nation is not None:
                nations.append(nation[0])
                at = nation[1]
                continue
            if at in members and self._words[at] in self._offices and self._clauses.tokens[at].pos == "PROPN":
                nations.append(self._offices[self._words[at]])
            at += 1
        words = {token.text.lower() for token in tokens}
        head = self._clauses.tokens[index].text.lower()
        civilian_head = head in self._lexicon.nouns["civilians"]
        if groups and not civilian_head:
            named = [_with(group, part, surface) for group in groups]
            if nations and violent and "and" in (token.text.lower() for token in self._clauses.tokens[first:last]):
                # "Azerbaijani and ethnic Armenian forces": a group and a nation share the noun.
                named.extend(
                    _actor(nation, ActorKind.STATE_FORCES, "Military Forces of {}", part, surface) for nation in nations
                )
            return named
        if head in ("it", "they", "he", "she", "we"):
            above = self._above(index)
            return [] if above is None else list(self.of_phrase(above, violent=violent, part=part))
        pattern = self._pattern(index, words, head)
        if pattern is None:
            if not nations:
                return []
            kind, pattern_name = (
                (ActorKind.STATE_FORCES, "Military Forces of {}")
                if violent
                else (ActorKind.GOVERNMENT, "Government of {}")
            )
            if not self._is_bare_nation(tokens):
                return []
            return [_actor(nation, kind, pattern_name, part, surface) for nation in dict.fromkeys(nations)]
        kind, pattern_name, bare = pattern
        if nations:
            return [_actor(nation, kind, pattern_name, part, surface) for nation in dict.fromkeys(nations)]
        owner = self._owner_nation(index)
        if owner is not None:
            return [_actor(owner, kind, pattern_name, part, surface)]
        return [Actor(name=bare, kind=kind, part=part, surface=surface)]

    def _pattern(self, index: int, words: set[str], head: str) -> tuple[ActorKind, str, str] | None:
        nouns = self._lexicon.nouns
        for wanted in ({head}, words):
            for name, kind, named, bare in _PATTERNS:
                if name == "forces" and wanted is words:
                    continue
                if name == "security" and not (words & nouns["forces"] or head in ("forces", "services")):
                    continue
                if not nouns[name].isdisjoint(wanted):
                    return kind, named, bare
        if any(
            word in self._offices for word in (self._words[token.index] for token in self._clauses.phrase_tokens(index))
        ):
            return ActorKind.GOVERNMENT, "Government of {}", "Government"
        return None

    def _is_bare_nation(self, tokens: Sequence[Any]) -> bool:
        """Whether the phrase is a country's name alone: "Armenia", "the United States", "Azerbaijan's"."""
        rest = [token for token in tokens if token.dep not in ("det", "case", "punct") and token.pos != "PART"]
        found = self.nation_at(rest[0].index) if rest else None
        return found is not None and found[1] > rest[-1].index

    def _above(self, index: int) -> int | None:
        """Return the subject of the clause of saying above a pronoun: "Iran says it shot down a drone"."""
        verb = self._clauses.clause_head(index)
        above = self._clauses.tokens[verb].head
        if above == verb or self._clauses.tokens[verb].dep not in ("ccomp", "xcomp", "advcl"):
            return None
        for at in self._clauses.subjects(self._clauses.clause_head(above)):
            if self._clauses.tokens[at].pos in ("NOUN", "PROPN") and at != index:
                return at
        return None

    def _owner_nation(self, index: int) -> Nation | None:
        """Return the country behind "its troops": the subject of the clause above, where that is a country."""
        if not any(
            child.dep == "poss" and child.text.lower() in ("its", "their", "his", "her", "our")
            for child in self._clauses.children(index)
        ):
            return None
        verb = self._clauses.clause_head(index)
        for _ in range(4):
            for at in self._clauses.subjects(verb):
                if at == index:
                    continue
                for token in self._clauses.phrase_tokens(at):
                    found = self.nation_at(token.index)
                    if found is not None:
                        return found[0]
            above = self._clauses.tokens[verb].head
            if above == verb:
                return None
            verb = self._clauses.clause_head(above)
        return None

    def side_of(self, name: str | None) -> str | None:
        """Return the country or group that a claimant named in words speaks for, or None."""
        if name is None:
            return None
        words = _SPLIT.findall(_fold(name))
        for at in range(len(words)):
            for table in (self._lexicon.groups, self._lexicon.nations):
                for wanted, value in table.get(words[at].lower().removesuffix("'s"), ()):
                    stripped = tuple(word.removesuffix("'s").lower() for word in words[at : at + len(wanted)])
                    if stripped == tuple(word.lower() for word in wanted):
                        return value.name if isinstance(value, Actor) else value.iso
        return None


def _same(word: str, wanted: str, *, cased: bool) -> bool:
    if not cased:
        return word.lower() == wanted.lower()
    # "US" and "ETA" are names in capitals; "us" and "eta" are not.
    return (
        word == wanted
        if wanted.isupper()
        else word.lower() == wanted.lower() and word[:1].isupper() >= wanted[:1].isupper()
    )


def _actor(nation: Nation, kind: ActorKind, named: str, part: str, surface: str) -> Actor:
    return Actor(name=named.format(nation.name), kind=kind, country=nation.iso, part=part, surface=surface)


def _with(actor: Actor, part: str, surface: str) -> Actor:
    return Actor(name=actor.name, kind=actor.kind, country=actor.country, part=part, surface=surface)
