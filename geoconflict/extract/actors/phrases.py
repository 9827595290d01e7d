"""Noun phrases as they are read for actors: their words, and the groups and nations that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoconflict.extract.actors.common_nouns import ARMY, GOVERNMENT
from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.actors.owners import Owners
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Actor

__all__ = ["Phrase", "PhraseReader"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with what is asked of it and the names in it."""

    index: int
    """Token of the noun."""
    tokens: list[Any]
    head: str
    words: set[str]
    groups: list[Actor]
    nations: list[Nation]
    is_namesake: bool
    """A club, a company or a person in it has the name of a group or a country."""
    violent: bool
    part: str
    told: Mapping[str, Any]
    """What every actor read from it has: its part, and the words for it."""

    @property
    def suffers(self) -> bool:
        """Whether force is used on whom it names."""
        return self.part == "target" and self.violent

    @property
    def state(self) -> Actor:
        """Who acts for a country: its forces where force is used, else its government."""
        return ARMY if self.violent else GOVERNMENT


class PhraseReader(Owners):
    """Reads the noun phrases of one document."""

    def _read(self, index: int, *, violent: bool, part: str) -> Phrase:
        """Return the phrase of the noun at token `index` with what rules ask of it."""
        tokens = self._phrase(index)
        first, last = tokens[0].index, tokens[-1].index
        groups, nations, is_namesake = self._names_in({token.index for token in tokens}, first, last)
        return Phrase(
            index=index,
            tokens=tokens,
            head=self._clauses.tokens[index].text.lower(),
            # "Warplanes of rebel-held areas" are no rebels'; whoever holds what was attacked may be whom that was done to.
            words={token.text.lower() for token in tokens if part == "target" or not self._is_made_in(token.index)},
            groups=groups,
            nations=nations,
            is_namesake=is_namesake,
            violent=violent,
            part=part,
            told={"part": part, "surface": self._clauses.document.text[tokens[0].start : tokens[-1].end]},
        )

    def _counted(self, index: int) -> int:
        """Return the noun of those of whom the token `index` only says how many, or that they are allies: "one of its bombers"."""
        word = self._clauses.lower[index]
        below = [at for _, at in self._clauses.preps(index, "of") if self._clauses.tokens[at].pos == "NOUN"]
        if below and word in grammar("alliances"):  # "a coalition of rebel groups" is no state's
            allies = {token.text.lower() for token in self._clauses.phrase_tokens(below[0])}
            nouns = self._lexicon.nouns
            return index if allies.isdisjoint(nouns["rebels"] | nouns["militia"]) else below[0]
        return below[0] if below and word in grammar("counting_words") else index

    def _phrase(self, index: int) -> list[Any]:
        """Return the tokens of a noun phrase; of "the army and rebels of X" the parser may hang X on the first of the two."""
        clauses = self._clauses
        next_one = min((child.index for child in clauses.children(index, "conj")), default=len(self._words))
        tokens = [token for token in clauses.phrase_tokens(index) if token.index < max(next_one, index + 1)]
        above = clauses.tokens[index]
        if above.dep == "conj" and above.head < index:
            for _, below in clauses.preps(above.head, "of"):
                if below > index:
                    tokens += [token for token in clauses.phrase_tokens(below) if token.index > index]
        return tokens + [name for token in tokens for name in self._names_behind(token.index)]

    def _names_behind(self, index: int) -> list[Any]:
        """Return the tokens of what a band is called right behind the word for it: "the rebel groups X and Y"."""
        found: list[Any] = []
        at = index + 1 if self._clauses.lower[index] in grammar("bands") else len(self._words)
        while at < len(self._words) and (group := self.group_at(at)) is not None:
            found += self._clauses.tokens[at : group[1]]
            at = group[1] + 1 if self._words[group[1] : group[1] + 1] in (["and"], [","]) else len(self._words)
        return found

    def _names_in(self, members: set[int], first: int, last: int) -> tuple[list[Actor], list[Nation], bool]:
        """Return the groups and nations named among the tokens of a phrase, and whether a namesake of one is."""
        groups: list[Actor] = []
        nations: list[Nation] = []
        is_namesake = False
        at = first
        while at <= last:
            if at not in members:
                at += 1
                continue
            group = self.group_at(at)
            if group is not None:
                groups.append(group[0])
                at = group[1]
                continue
            nation = self.nation_at(at)
            if nation is not None:
                after = nation[1]
                if self._is_made_in(after - 1):
                    at = after + 2  # "Turkish-made drones", "Iranian-backed militias": not that nation's own
                    continue
                nations.append(nation[0])
                at = after
                continue
            if self._words[at] in self._offices and self._clauses.tokens[at].pos == "PROPN":
                nations.append(self._offices[self._words[at]])
            elif self._words[at][:1].isupper():
                is_namesake = is_namesake or any(
                    self._is_namesake(at, after)
                    for table in (self._lexicon.groups, self._lexicon.nations)
                    for _, after in self._matches(table, at, cased=True)
                )
            at += 1
        return groups, nations, is_namesake
