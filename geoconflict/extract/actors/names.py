"""Names of groups, countries and people in a text: what begins at a token, by the day of the report.

Clubs, companies and persons with the name of a group or a country are none.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from geoconflict.extract.actors.lexicon import ActorLexicon, Holder, Nation, holder_on, name_words
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.models import Actor

__all__ = ["ActorNames"]


class ActorNames:
    """Finds the names of actors in one document; remembers who holds which office.

    Parameters
    ----------
    on
        The day of the report: names of groups hold on their days. None is unknown.
    ground
        The country of each place that the report names and that lies in one country alone.
    """

    def __init__(
        self,
        clauses: Clauses,
        lexicon: ActorLexicon,
        *,
        on: dt.date | None = None,
        datelines: Sequence[tuple[int, int]] = (),
        ground: Sequence[str] = (),
    ) -> None:
        self._clauses = clauses
        self._filed = frozenset(
            token.index for start, end in datelines for token in clauses.document.tokens_between(start, end)
        )
        self._lexicon = lexicon
        self._on = on
        self._ground = Counter(ground)
        self._words = [_fold(token.text) for token in clauses.tokens]
        self._joined = self._hyphenated()
        self.told_under: Callable[[int], tuple[int, int] | None] = lambda _: None
        """Offset -> where the name of the party stands under whose own heading that part of the report is, if any."""
        self._groups: dict[int, tuple[Actor, int] | None] = {}
        """Token -> the named group that begins there, which several rules ask of the same token."""

    def _hyphenated(self) -> list[int]:
        """Return for each token how many tokens its word spans: "al-Shabaab" is three, "People's" two."""
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
        for at, word in enumerate(self._words[1:]):
            if word == "'s" and widths[at] == 1 and tokens[at].end == tokens[at + 1].start:
                widths[at] = 2  # "the People's Defence Force", which the tokenizer parts
        return widths

    def _word_at(self, at: int) -> tuple[str, int]:
        """Return the word that begins at token `at`, hyphens and all, and the token after it."""
        width = self._joined[at]
        return "".join(self._words[at : at + width]), at + width

    def _matches(self, table: Mapping[str, Any], at: int, *, cased: bool) -> Iterator[tuple[Any, int]]:
        """Yield what the names that begin at token `at` stand for, and the token after each, the longest name first."""
        alone, first = self._clauses.plain[at], self._clauses.plain[at]
        if self._joined[at] > 1:
            first = self._word_at(at)[0].lower()
        for start in (alone,) if first == alone else (first, alone):
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
                    yield value, after

    def group_at(self, at: int) -> tuple[Actor, int] | None:
        """Return the named group that begins at token `at` by the day of the report, and the token after it."""
        if at not in self._groups:
            self._groups[at] = self._find_group(at)
        return self._groups[at]

    def _find_group(self, at: int) -> tuple[Actor, int] | None:
        for holders, after in self._matches(self._lexicon.groups, at, cased=True):
            actor = self._bearer(holders)
            if actor is not None and not self._is_namesake(at, after):
                return actor, after
        return None

    def _bearer(self, holders: Sequence[Holder]) -> Actor | None:
        """Return who of the bearers of a name is meant, by the day of the report and the countries that it names."""
        country = self._most_named if any(one.at_home for one in holders) else None
        named = self._named if any(one.homes for one in holders) else ()
        return holder_on(holders, self._on, country, named)

    def leader_at(self, at: int) -> Actor | None:
        """Return the group or the forces of the person whose name begins at token `at`, by the day of the report."""
        holders = next((found for found, _ in self._matches(self._lexicon.leaders, at, cased=True)), ())
        return holder_on(holders, self._on)

    def nation_at(self, at: int) -> tuple[Nation, int] | None:
        """Return the country whose name or adjective begins at token `at`, and the token after it."""
        word = self._words[at]
        if not word[:1].isupper():
            return None
        for nation, after in self._nations_from(at):
            return None if self._is_namesake(at, after) else (self._meant(tuple(self._words[at:after]), nation), after)
        return None

    def _nations_from(self, at: int) -> Iterator[tuple[Nation, int]]:
        """Yield the countries whose names begin at token `at`, each with the token after it."""
        if self._words[at] not in self._lexicon.not_nations:
            yield from self._matches(self._lexicon.nations, at, cased=False)

    def _meant(self, words: tuple[str, ...], nation: Nation) -> Nation:
        """Return which of the countries that share a name the report means: the one that it speaks of otherwise most."""
        bearers = self._lexicon.shared_names.get(tuple(word.lower() for word in words))
        if bearers is None:
            return nation
        return max(bearers, key=lambda one: (self.spoken_of[one.iso], -bearers.index(one)))

    @functools.cached_property
    def _most_named(self) -> str | None:
        """The country that the report names most, by itself, its capital or a place there; None where two are named as often."""
        most = self._named.most_common(2)
        return most[0][0] if most and (len(most) == 1 or most[1][1] < most[0][1]) else None

    @functools.cached_property
    def _named(self) -> Counter[str]:
        """Country code -> how often the report names it, by itself, its capital or a place there; names of several do not count."""
        found = self._ground.copy()
        for at, word in enumerate(self._words):
            if not word[:1].isupper() or at in self._filed:
                continue
            named = next(self._nations_from(at), None)
            capital = self._lexicon.capitals.get(word.lower())
            if (
                named is not None
                and tuple(one.lower() for one in self._words[at : named[1]]) in self._lexicon.shared_names
            ):
                continue
            if named is not None or capital is not None:
                found[named[0].iso if named is not None else capital.iso] += 1  # type: ignore[union-attr]
        return found

    @functools.cached_property
    def spoken_of(self) -> Counter[str]:
        """Country code -> how often the report names the country, its capital or a group that acts there, and no other.

        Datelines do not count: many a report on one country is filed from the capital of another.
        """
        found: Counter[str] = Counter()
        at = 0
        while at < len(self._words):
            after = at + 1
            if self._words[at][:1].isupper() and at not in self._filed:
                group = self.group_at(at)
                named = next(self._nations_from(at), None)
                capital = self._lexicon.capitals.get(self._words[at].lower())
                if group is not None:
                    found[group[0].country or ""] += 1
                    after = group[1]
                elif named is not None:
                    after = named[1]
                    if tuple(word.lower() for word in self._words[at:after]) not in self._lexicon.shared_names:
                        found[named[0].iso] += 1
                elif capital is not None:
                    found[capital.iso] += 1
            at = after
        return found

    @functools.cached_property
    def home(self) -> Nation | None:
        """The country whose army "the army" is: the only one that the report speaks of, if it names its forces or government."""
        if len(self.spoken_of.keys() - {""}) != 1:
            return None
        nouns = self._lexicon.nouns
        for at in range(len(self._words)):
            found = self.nation_at(at)
            if found is None or found[0].iso not in self.spoken_of:
                continue
            around = {word.lower() for word in self._words[found[1] : found[1] + 3]}
            if self._words[max(0, at - 1) : at] == ["of"]:
                around.add(self._words[max(0, at - 2)].lower())  # "the army of Mali"
            if any(not around.isdisjoint(nouns[name]) for name in ("forces_strong", "government", "police")):
                return found[0]
        return None

    def whose_forces_are_plain(self, country: str) -> Nation | None:
        """Return the country whose forces "the army" is that acts in `country`: its own, if the report names it, and no other's forces."""
        is_of_others = country in self._lexicon.nouns["without_armies"] or bool(self._with_forces - {country})
        if not self.spoken_of[country] or is_of_others:
            return None
        return next((one for held in self._lexicon.nations.values() for _, one in held if one.iso == country), None)

    @functools.cached_property
    def _with_forces(self) -> frozenset[str]:
        """The countries whose forces, or forces led by them, the report names: "Russian troops", "the army of Mali"."""
        strong = self._lexicon.nouns["forces_strong"] | self._lexicon.nouns["arms"] | {"led", "backed"}
        found = set()
        for at in range(len(self._words)):
            if self._words[at][:1].isupper() and (nation := self.nation_at(at)) is not None:
                around = {word.lower() for word in self._words[nation[1] : nation[1] + 3]}
                if self._words[max(0, at - 1) : at] == ["of"]:
                    around.add(self._words[max(0, at - 2)].lower())
                if not around.isdisjoint(strong):
                    found.add(nation[0].iso)
        return frozenset(found)

    def capital_named(self, name: str) -> str | None:
        """Return the country (ISO 3166-1 alpha-3) whose capital bears a name, or None where none does."""
        nation = self._lexicon.capitals.get(" ".join(name.split()).lower())
        return nation.iso if nation is not None else None

    def _capital_at(self, index: int) -> Nation | None:
        """Return the country whose capital alone is the noun phrase at token `index`."""
        words = [token.text for token in self._clauses.phrase_tokens(index) if token.dep != "punct"]
        return self._lexicon.capitals.get(" ".join(words).lower())

    def side_of(self, name: str | None) -> str | None:
        """Return the country or group that a claimant named in words speaks for, or None."""
        if name is None:
            return None
        words = [word.removesuffix("'s").lower() for word in name_words(name)]
        for at, word in enumerate(words):
            for wanted, holders in self._lexicon.groups.get(word, ()):
                actor = self._bearer(holders)
                if actor is not None and words[at : at + len(wanted)] == [one.lower() for one in wanted]:
                    return actor.name
            for wanted, nation in self._lexicon.nations.get(word, ()):
                if words[at : at + len(wanted)] == [one.lower() for one in wanted]:
                    return self._meant(wanted, nation).iso
        capital = self._lexicon.capitals.get(words[0] if words else "")  # "Riyadh", "Kyiv's southern command"
        return capital.iso if capital is not None else None

    def is_of(self, side: str, actor: Actor) -> bool:
        """Whether an actor is a side, or led by one: "the Saudi-led coalition" is Saudi Arabia's."""
        if side in (actor.name, actor.country):
            return True
        leaders = (word.lower().removesuffix("-led") for word in actor.name.split() if word.endswith("-led"))
        return any(nation.iso == side for one in leaders for _, nation in self._lexicon.nations.get(one, ()))

    def _is_namesake(self, at: int, after: int) -> bool:
        """Whether tokens `at` to `after` are part of the name of a person, a club or a company."""
        words, lexicon = self._words, self._lexicon
        if after < len(words) and words[after][:1].isupper() and words[after].lower() in lexicon.not_after:
            return True
        if at and not lexicon.not_before.isdisjoint((words[at - 1], words[at - 1].lower())):
            return True
        if after - at > 1 or words[at].isupper():
            return False
        # "Richard Wagner", "Chad Smith": one word of the name of a person.
        first, last = self._persons.get(at, (at, at))
        rest = [word for word in words[first : last + 1] if word[:1].isupper() and word != words[at]]
        return bool(rest) and not any(self._tells_of_forces(word.lower()) for word in rest)

    def _tells_of_forces(self, word: str) -> bool:
        return word in self._lexicon.titles or any(word in nouns for nouns in self._lexicon.nouns.values())

    @functools.cached_property
    def _persons(self) -> dict[int, tuple[int, int]]:
        """Token -> the first and the last token of the name of a person that it is part of, if of several words."""
        found: dict[int, tuple[int, int]] = {}
        for entity in self._clauses.document.entities:
            inside = self._clauses.document.tokens_between(entity.start, entity.end)
            if entity.label == "PERSON" and len(inside) > 1 and "'s" not in [token.text for token in inside[:-1]]:
                span = (inside[0].index, inside[-1].index)
                found.update((token.index, span) for token in inside)
        return found

    @functools.cached_property
    def _offices(self) -> dict[str, Nation]:
        """Surname -> country, from the first mention with an office: "US Secretary of State Mike Pompeo"."""
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


def _fold(word: str) -> str:
    return word.replace("’", "'")


def _same(word: str, wanted: str, *, cased: bool) -> bool:
    if not cased:
        return word.lower() == wanted.lower()
    # "US", "ETA" and "LeT" are names with their capitals; "us", "eta" and "Let" are not.
    return (
        word == wanted
        if wanted[-1:].isupper()
        else word.lower() == wanted.lower() and word[:1].isupper() >= wanted[:1].isupper()
    )
