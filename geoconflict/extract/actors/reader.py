"""Who did it, to whom: noun phrases to actors, by named groups, nationalities and the common nouns for forces.

Names are data (:mod:`~geoconflict.extract.actors.lexicon`); the patterns are general: nationality + forces, police, rebels, civilians; a person
with an office speaks for a government; clubs, companies and persons with the name of a group or a country are none.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.extract.actors.commanders import followers_of
from geoconflict.extract.actors.lexicon import ActorLexicon, Nation, holder_on, name_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.models import Actor, ActorKind

__all__ = ["ActorReader", "at_home"]


def _fold(word: str) -> str:
    return word.replace("’", "'")


# What a common noun makes of a nationality: (class in [nouns], kind, pattern of the name, name without a nationality,
# PLOVER sector where the kind does not say it). The first that matches wins.
_PATTERNS: tuple[tuple[str, ActorKind, str, str, str], ...] = (
    ("protesters", ActorKind.PROTESTERS, "Protesters ({})", "Protesters", ""),
    ("rioters", ActorKind.RIOTERS, "Rioters ({})", "Rioters", ""),
    ("police", ActorKind.STATE_FORCES, "Police Forces of {}", "Police Forces", "COP"),
    ("rebels", ActorKind.REBEL_GROUP, "Rebels ({})", "Rebels", ""),
    ("militia", ActorKind.POLITICAL_MILITIA, "Unidentified Armed Group ({})", "Unidentified Armed Group", "UAF"),
    ("forces_strong", ActorKind.STATE_FORCES, "Military Forces of {}", "Military Forces", ""),
    ("government", ActorKind.GOVERNMENT, "Government of {}", "Government", ""),
    ("civilians", ActorKind.CIVILIANS, "Civilians ({})", "Civilians", ""),
    ("security", ActorKind.STATE_FORCES, "Security Forces of {}", "Security Forces", ""),
    ("forces", ActorKind.STATE_FORCES, "Military Forces of {}", "Military Forces", ""),
)
_ARMY = Actor(name="Military Forces of {}", kind=ActorKind.STATE_FORCES)
_ARMED_GROUP = Actor(name="Unidentified Armed Group ({})", kind=ActorKind.POLITICAL_MILITIA, sectors=("UAF",))
_CIVILIANS = Actor(name="Civilians ({})", kind=ActorKind.CIVILIANS)
_JOINT_FORCES = Actor(name="Military Forces of {}", kind=ActorKind.UNKNOWN)
_GOVERNMENT = Actor(name="Government of {}", kind=ActorKind.GOVERNMENT)
_BARE_STATE = frozenset({"Government", "Military Forces", "Police Forces", "Security Forces"})
_BANDS = frozenset({ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA})
_LED = _BANDS | {ActorKind.STATE_FORCES, ActorKind.CIVILIANS}
"""Kinds of common nouns that may mean the men of a person: "his forces", "the men of"."""
_SIDES_BACK = 3
"""How many sentences before it "both sides" may point to."""


class ActorReader:
    """Reads the actors of one document; remembers who holds which office.

    Parameters
    ----------
    on
        The day of the report: names of groups hold on their days. None is unknown.
    """

    def __init__(
        self,
        clauses: Clauses,
        lexicon: ActorLexicon,
        *,
        on: dt.date | None = None,
        datelines: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._clauses = clauses
        self._filed = frozenset(
            token.index for start, end in datelines for token in clauses.document.tokens_between(start, end)
        )
        self._lexicon = lexicon
        self._on = on
        self._words = [_fold(token.text) for token in clauses.tokens]
        self._joined = self._hyphenated()
        self._groups: dict[int, tuple[Actor, int] | None] = {}
        """Token -> the named group that begins there, which several rules ask of the same token."""
        self._offices = self._find_offices()

    # ------------------------------------------------------------ names in the text
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
            actor = holder_on(holders, self._on)
            if actor is not None and not self._is_namesake(at, after):
                return actor, after
        return None

    def leader_at(self, at: int) -> Actor | None:
        """Return the group or the forces of the person whose name begins at token `at`, by the day of the report."""
        holders = next((found for found, _ in self._matches(self._lexicon.leaders, at, cased=True)), ())
        return holder_on(holders, self._on)

    def nation_at(self, at: int) -> tuple[Nation, int] | None:
        """Return the country whose name or adjective begins at token `at`, and the token after it."""
        word = self._words[at]
        if not word[:1].isupper() or word == "Us":
            return None
        for nation, after in self._matches(self._lexicon.nations, at, cased=False):
            return None if self._is_namesake(at, after) else (self._meant(tuple(self._words[at:after]), nation), after)
        return None

    def _meant(self, words: tuple[str, ...], nation: Nation) -> Nation:
        """Return which of the countries that share a name the report means: the one that it speaks of otherwise most."""
        bearers = self._lexicon.shared_names.get(tuple(word.lower() for word in words))
        if bearers is None:
            return nation
        return max(bearers, key=lambda one: (self.spoken_of[one.iso], -bearers.index(one)))

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
                named = next(self._matches(self._lexicon.nations, at, cased=False), None)
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
        index = self._counted(index)
        tokens = self._phrase(index)
        first, last = tokens[0].index, tokens[-1].index
        told: dict[str, Any] = {"part": part, "surface": self._clauses.document.text[tokens[0].start : tokens[-1].end]}
        groups, nations, is_namesake = self._names_in({token.index for token in tokens}, first, last)
        words = {token.text.lower() for token in tokens}
        head = self._clauses.tokens[index].text.lower()
        if groups and head not in self._lexicon.nouns["civilians"]:
            named = [replace(group, **told) for group in groups]
            if nations and violent and "and" in (token.text.lower() for token in self._clauses.tokens[first:last]):
                # "Azerbaijani and ethnic Armenian forces": a group and a nation share the noun.
                named.extend(_of_nation(_ARMY, nation, told) for nation in nations)
            return named
        if head in ("it", "they", "he", "she", "we"):
            above = self._above(index)
            if above is not None and (capital := self._capital_at(above)) is not None:
                return [_of_nation(_ARMY if violent else _GOVERNMENT, capital, told)]  # "Moscow said it had captured"
            return [] if above is None else list(self.of_phrase(above, violent=violent, part=part))
        if head in self._lexicon.nouns["sides"] and not words.isdisjoint(self._lexicon.nouns["both"]):
            return [replace(actor, part=part) for actor in self._sides_before(index)]
        found = self._pattern(index, words, head, part=part)
        if found is None:
            if part == "agent" and violent and (acting := self._capital_acting(index)) is not None:
                return [_of_nation(_ARMY, acting, told)]
            is_told_by_arms = (
                part == "agent" and head in self._lexicon.nouns["arms"]
            )  # "Iraqi planes", "Israeli shells"
            if is_told_by_arms and not nations:  # "its planes had bombed"
                owner = self._owner_group(index)
                if owner is not None:
                    return [replace(owner, **told)]
                nations = self._owner_nations(index)
            is_of_army = head in self._lexicon.nouns["parts_of_armies"]
            if not nations or not (is_told_by_arms or is_of_army or self._is_bare_nation(tokens)):
                return []
            pattern = _ARMY if violent else _GOVERNMENT
            if part == "target" and violent and not is_of_army and self._are_counted(index):
                pattern = _CIVILIANS  # "killed an Iraqi", "two Palestinians"
            return [_of_nation(pattern, nation, told) for nation in dict.fromkeys(nations)]
        pattern, bare = found
        if not nations and pattern.kind in _LED and (led := self._followers(index)) is not None:
            return [replace(led, **told)]
        group = None if nations or pattern.kind is ActorKind.CIVILIANS else self._owner_group(index)
        owners = list(dict.fromkeys(nations)) or ([] if group is not None else self._owner_nations(index))
        if bare == "Rebels" and (state := self._state_beside(index)) is not None:
            return [replace(state, **told), replace(pattern, name=bare, **told)]
        if pattern.kind is ActorKind.STATE_FORCES and bare == "Military Forces" and self._rebels_beside(index):
            return [replace(pattern, name=bare, **told), Actor(name="Rebels", kind=ActorKind.REBEL_GROUP, **told)]
        if group is None and pattern.kind in _BANDS and (sender := self._sender(index)) is not None:
            return [replace(sender, **told)]  # "gunmen from Al Shabaab"
        if owners:
            kind = ActorKind.STATE_FORCES if pattern is _JOINT_FORCES else pattern.kind
            return [replace(_of_nation(pattern, nation, told), kind=kind) for nation in owners]
        if group is not None:
            return [replace(group, **told)]
        if is_namesake and pattern.kind is ActorKind.STATE_FORCES:
            return []  # "an Air France jet": a company's
        if self._is_anyones(head, words, pattern):
            return []  # "by artillery fire", "drones attacked": not that an army did it
        return [replace(pattern, name=bare, **told)]

    def _are_counted(self, index: int) -> bool:
        """Whether a noun has an indefinite article or a number, so that it means people: "an Iraqi", "66 Palestinians"."""
        before = self._clauses.children(index, "det", "nummod")
        return any(child.dep == "nummod" or child.text.lower() in ("a", "an", "another") for child in before)

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
        return tokens

    def _counted(self, index: int) -> int:
        """Return the noun of those of whom the token `index` only says how many: "one of its bombers"."""
        if self._clauses.lower[index] not in grammar("counting_words"):
            return index
        below = [at for _, at in self._clauses.preps(index, "of") if self._clauses.tokens[at].pos == "NOUN"]
        return below[0] if below else index

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
                if self._words[after : after + 1] == ["-"] and self._follows(after + 1, self._lexicon.nouns["made_in"]):
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

    def _follows(self, at: int, words: frozenset[str]) -> bool:
        return at < len(self._words) and self._words[at].lower() in words

    def _pattern(self, index: int, words: set[str], head: str, *, part: str) -> tuple[Actor, str] | None:
        """Return what the common nouns of a phrase make of a nationality, and the name without one."""
        nouns = self._lexicon.nouns
        if (joint := self._joint(index)) is not None:
            return _JOINT_FORCES, self._joint_name(joint)
        if head in nouns["bodies"] and "armed" in words:  # "ethnic armed groups"
            return _ARMED_GROUP, "Unidentified Armed Group"
        if part == "agent" and head in nouns["somebody"] and not words.isdisjoint(nouns["unidentified"]):
            return _ARMED_GROUP, "Unidentified Armed Group"  # "unknown persons threw a grenade"
        if part == "target" and head in nouns["civilians_as_targets"] and "armed" not in words:
            return Actor(name="Civilians ({})", kind=ActorKind.CIVILIANS), "Civilians"
        if (head in nouns["forces"] or head in nouns["leaders"]) and self._are_against_the_state(index):
            return Actor(name="Rebels ({})", kind=ActorKind.REBEL_GROUP), "Rebels"
        for wanted in ({head}, words):
            for name, kind, named, bare, sector in _PATTERNS:
                if name == "forces" and wanted is words:
                    continue
                if name == "security" and not (words & nouns["forces"] or head in ("forces", "services")):
                    continue
                if not nouns[name].isdisjoint(wanted):
                    own = self._lexicon.sectors.get(head, sector) if head in nouns[name] else sector
                    return Actor(name=named, kind=kind, sectors=(own,) if own else ()), bare
        if any(
            word in self._offices for word in (self._words[token.index] for token in self._clauses.phrase_tokens(index))
        ):
            return _GOVERNMENT, "Government"
        return None

    def _followers(self, index: int) -> Actor | None:
        """Return whose men a noun for armed people means by the name of a person, if it names one."""
        nouns = self._lexicon.nouns
        armed = nouns["forces"] | nouns["forces_strong"] | nouns["rebels"] | nouns["militia"] | nouns["men"]
        if self._clauses.lower[index] not in armed:
            return None
        return followers_of(self._clauses, index, self.leader_at, nouns)

    def _joint(self, index: int) -> int | None:
        """Return the word "joint" of a phrase where it says that forces are of several: "the Darfur joint forces"."""
        for token in self._clauses.phrase_tokens(index):
            behind = self._words[token.index + 1 : token.index + 2]
            if token.text.lower() == "joint" and behind and behind[0].lower() in ("force", "forces"):
                return token.index
        return None

    def _joint_name(self, joint: int) -> str:
        """Return how forces of several are called that name no state: by the region that stands before them, if any."""
        first = joint
        while first and self._words[first - 1][:1].isupper() and self._clauses.tokens[first - 1].pos == "PROPN":
            first -= 1
        region = " ".join(self._words[first:joint])
        return f"Joint Forces ({region})" if region else "Joint Forces"

    def _are_against_the_state(self, index: int) -> bool:
        """Whether a word right before a noun of forces says that they fight the state: "resistance forces", "rebel leaders"."""
        nouns = self._lexicon.nouns
        own = {
            child.text.lower()
            for child in self._clauses.children(index, "compound", "amod", "nmod")
            if child.index < index
        }
        if not own.isdisjoint(nouns["against_the_state"]):
            return True
        before = self._words[index - 1].lower() if index else ""
        return before in nouns["against_the_state"]  # "the government and rebel leaders"

    def _is_anyones(self, head: str, words: set[str], pattern: Actor) -> bool:
        """Whether a phrase is taken for state forces for its weapon alone, and rebels have such weapons too."""
        nouns = self._lexicon.nouns
        told = (words | {head}) & nouns["forces_strong"] | {head} & nouns["forces"]
        return pattern.kind is ActorKind.STATE_FORCES and bool(told) and told <= nouns["anyones"]

    def _sides_before(self, index: int) -> list[Actor]:
        """Return the two armed sides that the nearest sentence before "both sides" names; none where it is not two."""
        here = self._clauses.passage_of(index).index
        for at in range(here, max(-1, here - _SIDES_BACK - 1), -1):
            passage = self._clauses.passages[at]
            sides: dict[str, Actor] = {}
            for token in self._clauses.document.tokens_between(passage.start, passage.end):
                if token.index >= index or not self._is_party(token.index):
                    continue
                for actor in self._of_one(token.index, violent=True, part="party"):
                    if actor.kind is not ActorKind.CIVILIANS and (
                        actor.country or actor.kind is not ActorKind.GOVERNMENT
                    ):
                        is_state = actor.kind in (ActorKind.STATE_FORCES, ActorKind.GOVERNMENT)
                        sides.setdefault((is_state and actor.country) or actor.name, actor)
            if len(sides) > 1:
                return list(sides.values()) if len(sides) == 2 else []
        return []

    def _is_party(self, index: int) -> bool:
        """Whether the noun at token `index` takes part in what its clause tells, and is no place of it."""
        token = self._clauses.tokens[index]
        if token.pos not in ("NOUN", "PROPN") or token.text.lower() in self._lexicon.nouns["sides"]:
            return False
        while token.dep == "conj":
            token = self._clauses.tokens[token.head]
        if token.dep == "pobj":
            return self._clauses.lower[token.head] in ("between", "with", "by", "against", "from", "among")
        return token.dep in ("nsubj", "nsubjpass", "dobj", "ROOT")

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

    def capital_named(self, name: str) -> str | None:
        """Return the country (ISO 3166-1 alpha-3) whose capital bears a name, or None where none does."""
        nation = self._lexicon.capitals.get(" ".join(name.split()).lower())
        return nation.iso if nation is not None else None

    def _capital_at(self, index: int) -> Nation | None:
        """Return the country whose capital alone is the noun phrase at token `index`."""
        words = [token.text for token in self._clauses.phrase_tokens(index) if token.dep != "punct"]
        return self._lexicon.capitals.get(" ".join(words).lower())

    def _capital_acting(self, index: int) -> Nation | None:
        """Return the country whose capital does something to something: "Baku shelled the village"."""
        token = self._clauses.tokens[index]
        verb = token.head
        is_told_of = index and self._words[index - 1].lower() in grammar("settlements")  # "the capital Riyadh"
        acts = (
            token.dep == "nsubj" and not is_told_of and self._clauses.is_verb(verb) and any(self._clauses.objects(verb))
        )
        return self._capital_at(index) if acts else None

    def _owner_nations(self, index: int) -> list[Nation]:
        """Return the country behind "its troops": the subject of the clause above, where that is a country."""
        if not any(
            child.dep == "poss" and child.text.lower() in ("its", "their", "his", "her", "our")
            for child in self._clauses.children(index)
        ):
            return []
        verb = self._clauses.clause_head(index)
        for _ in range(4):
            for at in self._clauses.subjects(verb):
                if at == index:
                    continue
                if (capital := self._capital_at(at)) is not None:
                    return [capital]
                for token in self._clauses.phrase_tokens(at):
                    found = self.nation_at(token.index)
                    if found is not None:
                        return [found[0]]
            above = self._clauses.tokens[verb].head
            if above == verb:
                return []
            verb = self._clauses.clause_head(above)
        return []

    def _owner_group(self, index: int) -> Actor | None:
        """Return the group behind "its fighters": what it is joined to, the subject of the clause above, or whom that speaks for.

        A group by name, or rebels without one: "a spokesman for the rebels said their forces".
        """
        possessives = [child.text.lower() for child in self._clauses.children(index, "poss")]
        if {"its", "their"}.isdisjoint(possessives):
            return None
        token = self._clauses.tokens[index]
        above = token.head if token.dep == "conj" else self._above(index)  # "the army and its militias"
        if above is None:
            return None
        for head in (above, *(below for _, below in self._clauses.preps(above, "for", "of"))):
            found = (self.group_at(token.index) for token in self._clauses.phrase_tokens(head))
            if (group := next((one[0] for one in found if one is not None), None)) is not None:
                return group
            words = {token.text.lower() for token in self._clauses.phrase_tokens(head)}
            found_pattern = self._pattern(head, words, self._clauses.tokens[head].text.lower(), part="party")
            if found_pattern is not None and found_pattern[0].kind in _BANDS:
                pattern, bare = found_pattern
                nations = (self.nation_at(token.index) for token in self._clauses.phrase_tokens(head))
                nation = next((one[0] for one in nations if one is not None), None)
                return replace(pattern, name=bare) if nation is None else _of_nation(pattern, nation, {})
        return None

    def _state_beside(self, index: int) -> Actor | None:
        """Return the state's side of "the government and rebel leaders", in which one noun is of both."""
        for child in self._clauses.children(index, "nmod", "compound", "amod"):
            word = child.text.lower()
            if child.index < index and self._clauses.children(child.index, "conj"):
                if word in self._lexicon.nouns["government"]:
                    return Actor(name="Government", kind=ActorKind.GOVERNMENT)
                if word in self._lexicon.nouns["forces_strong"]:
                    return Actor(name="Military Forces", kind=ActorKind.STATE_FORCES)
        return None

    def _sender(self, index: int) -> Actor | None:
        """Return the group that armed people are told to be "from" or "belonging to"."""
        names = [below for _, below in self._clauses.preps(index, "from")]
        for child in self._clauses.children(index, "acl"):
            if child.text.lower() == "belonging":
                names += [below for _, below in self._clauses.preps(child.index, "to")]
        found = (self.group_at(token.index) for at in names for token in self._clauses.phrase_tokens(at))
        return next((one[0] for one in found if one is not None), None)

    def _rebels_beside(self, index: int) -> bool:
        """Whether a noun of forces stands behind rebels who are a side of their own: "rebels and government forces"."""
        return any(
            child.text.lower() in self._lexicon.nouns["rebels"]
            and child.tag in ("NNS", "NNPS")
            and bool(self._clauses.children(child.index, "conj", "cc"))
            for child in self._clauses.children(index, "nmod", "compound", "amod")
        )

    def side_of(self, name: str | None) -> str | None:
        """Return the country or group that a claimant named in words speaks for, or None."""
        if name is None:
            return None
        words = [word.removesuffix("'s").lower() for word in name_words(name)]
        for at, word in enumerate(words):
            for wanted, holders in self._lexicon.groups.get(word, ()):
                actor = holder_on(holders, self._on)
                if actor is not None and words[at : at + len(wanted)] == [one.lower() for one in wanted]:
                    return actor.name
            for wanted, nation in self._lexicon.nations.get(word, ()):
                if words[at : at + len(wanted)] == [one.lower() for one in wanted]:
                    return self._meant(wanted, nation).iso
        return None


def at_home(actors: Sequence[Actor], home: Nation) -> tuple[Actor, ...]:
    """Return the actors with state forces that no country is told of as those of `home`, each once.

    Where its forces are named on another side, "the army" is somebody else's; "the federal army" and "foreign troops" may be.
    """
    named = {(actor.name, actor.part) for actor in actors}
    found: list[Actor] = []
    for actor in actors:
        one = actor
        name = f"{actor.name} of {home.name}"
        is_strange = not grammar("strange_forces").isdisjoint((actor.surface or "").lower().split())
        is_bare = actor.country is None and actor.name in _BARE_STATE and not is_strange
        if is_bare and not any(other == name and part != actor.part for other, part in named):
            one = replace(actor, name=name, country=home.iso)
        if all((one.name, one.part) != (other.name, other.part) for other in found):
            found.append(one)
    return tuple(found)


def _same(word: str, wanted: str, *, cased: bool) -> bool:
    if not cased:
        return word.lower() == wanted.lower()
    # "US" and "ETA" are names in capitals; "us" and "eta" are not.
    return (
        word == wanted
        if wanted.isupper()
        else word.lower() == wanted.lower() and word[:1].isupper() >= wanted[:1].isupper()
    )


def _of_nation(pattern: Actor, nation: Nation, told: Mapping[str, Any]) -> Actor:
    return replace(pattern, name=pattern.name.format(nation.name), country=nation.iso, **told)
