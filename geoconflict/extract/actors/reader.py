"""Who did it, to whom: noun phrases to actors, by named groups, nationalities and the common nouns for forces.

Names are data (:mod:`~geoconflict.extract.actors.lexicon`); the patterns are general: nationality + forces, police, rebels,
civilians; a person with an office speaks for a government.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.codes import ARMED_GROUPS, FIGHTERS, OF_NO_STATED_COUNTRY, OF_STATES
from geoconflict.extract.actors.common_nouns import CIVILIANS, GOVERNMENT, JOINT_FORCES, NO_NAMES, CommonNouns
from geoconflict.extract.actors.former import is_of_former_fighters
from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.actors.pronouns import may_have_acted_before, said_to_be
from geoconflict.extract.lexicon import lexicon_words, read_lexicon
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Actor, ActorKind

__all__ = ["ActorReader", "at_home", "holds_ground"]

_ARMY = Actor(name="Military Forces of {}", kind=ActorKind.STATE_FORCES)
_LED = FIGHTERS | {ActorKind.CIVILIANS}
"""Kinds of common nouns that may mean the men of a person: "his forces", "the men of"."""
_HELD = ("-held", "-controlled", "-occupied")
_SIDES_BACK = 3
"""How many sentences before it "both sides" may point to."""


class ActorReader(CommonNouns):
    """Reads the actors of the noun phrases of one document."""

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
            named = self._of_one(at, violent=violent, part=part)
            if not named and part == "target" and violent:
                who = said_to_be(self._clauses, at, self._lexicon.nouns)
                told = [] if who is None else self._of_one(who, violent=violent, part=part)
                named = [one for one in told if one.kind in FIGHTERS]
            for actor in named:
                if all((actor.name, actor.part) != (other.name, other.part) for other in found):
                    found.append(actor)
        return tuple(found)

    def _of_one(self, index: int, *, violent: bool, part: str) -> list[Actor]:
        index = self._counted(index)
        tokens = self._phrase(index)
        first, last = tokens[0].index, tokens[-1].index
        told: dict[str, Any] = {"part": part, "surface": self._clauses.document.text[tokens[0].start : tokens[-1].end]}
        if part == "target" and violent and is_of_former_fighters(self._clauses, index):
            return [Actor(name="Civilians", kind=ActorKind.CIVILIANS, **told)]
        groups, nations, is_namesake = self._names_in({token.index for token in tokens}, first, last)
        head = self._clauses.tokens[index].text.lower()
        # "Warplanes of rebel-held areas" are no rebels'; whoever holds what was attacked may be whom that was done to.
        words = {token.text.lower() for token in tokens if part == "target" or not self._is_made_in(token.index)}
        # "Killed 12 Fulani herders": by the name of a militia, herders who suffer are none.
        suffers = part == "target" and violent and "armed" not in words
        is_civilian = suffers and head in self._lexicon.nouns["civilians_as_targets"]
        if groups and not is_civilian and head not in self._lexicon.nouns["civilians"]:
            named = [replace(group, **told) for group in groups]
            if nations and violent and "and" in (token.text.lower() for token in self._clauses.tokens[first:last]):
                # "Azerbaijani and ethnic Armenian forces": a group and a nation share the noun.
                named.extend(_of_nation(_ARMY, nation, told) for nation in nations)
            return named
        if head in ("it", "they", "he", "she", "we"):
            above = self._above(index)
            if above is not None and (capital := self._capital_at(above)) is not None:
                return [_of_nation(_ARMY if violent else GOVERNMENT, capital, told)]  # "Moscow said it had captured"
            told_of = [] if above is None else list(self.of_phrase(above, violent=violent, part=part))
            is_of_others = above is None or (above > index and all(one.kind not in FIGHTERS for one in told_of))
            if head == "they" and violent and is_of_others:  # "They killed ten, officials said"
                return self._doers_before(index, part)
            return told_of
        if head == "group" and violent and len(tokens) < 3 and (named := self._doers_before(index, part)):
            return [actor for actor in named if not actor.name.startswith(NO_NAMES)]
        if head in self._lexicon.nouns["sides"] and not words.isdisjoint(self._lexicon.nouns["both"]):
            return [replace(actor, part=part) for actor in self._sides_before(index)]
        if head in self._lexicon.nouns["men"] and (tellers := self._men_of_teller(index, part)):
            return tellers
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
            if part == "agent" and head in self._lexicon.nouns["branches"] and not nations:
                own = self._own_side(index, words)
                return [] if own is None else [replace(own, **told)]
            is_of_army = head in self._lexicon.nouns["parts_of_armies"]
            if not nations or not (is_told_by_arms or is_of_army or self._is_bare_nation(tokens)):
                return []
            pattern = _ARMY if violent else GOVERNMENT
            if part == "target" and violent and not is_of_army and self._are_counted(index):
                pattern = CIVILIANS  # "killed an Iraqi", "two Palestinians"
            return [_of_nation(pattern, nation, told) for nation in dict.fromkeys(nations)]
        pattern, bare = found
        if not nations and pattern.kind in _LED and (led := self._followers(index)) is not None:
            return [replace(led, **told)]
        group = None if nations or pattern.kind is ActorKind.CIVILIANS else self._owner_group(index)
        owners = list(dict.fromkeys(nations)) or ([] if group is not None else self._owner_nations(index))
        if bare in ("Rebels", "Unidentified Armed Group") and (state := self._state_beside(index)) is not None:
            return [replace(state, **told), replace(pattern, name=bare, **told)]
        if pattern.kind is ActorKind.STATE_FORCES and bare == "Military Forces" and self._rebels_beside(index):
            return [replace(pattern, name=bare, **told), Actor(name="Rebels", kind=ActorKind.REBEL_GROUP, **told)]
        if group is None and pattern.kind in ARMED_GROUPS and (sender := self._sender(index)) is not None:
            return [replace(sender, **told)]  # "gunmen from Al Shabaab"
        if owners:
            kind = ActorKind.STATE_FORCES if pattern is JOINT_FORCES else pattern.kind
            return [replace(_of_nation(pattern, nation, told), kind=kind) for nation in owners]
        if group is not None:
            return [replace(group, **told)]
        if is_namesake and pattern.kind is ActorKind.STATE_FORCES:
            return []  # "an Air France jet": a company's
        if (
            part == "agent"
            and pattern.kind is ActorKind.STATE_FORCES
            and bare in ("Military Forces", "Security Forces")
        ):
            own = None if self._is_anyones(head, words, pattern) else self._own_side(index, words)
            if own is not None:
                return [replace(own, **told)]
        if self._is_anyones(head, words, pattern):
            return []  # "by artillery fire", "drones attacked": not that an army did it
        return [replace(pattern, name=bare, **told)]

    def holders_of(self, index: int) -> tuple[Actor, ...]:
        """Return whose the positions are that the noun phrase at token `index` names: "Bosnian Serb lines", "army positions"."""
        if self._clauses.lower[index] not in self._lexicon.nouns["positions"]:
            return ()
        tokens = self._phrase(index)
        told: dict[str, Any] = {
            "part": "agent",
            "surface": self._clauses.document.text[tokens[0].start : tokens[-1].end],
        }
        groups, nations, _ = self._names_in({token.index for token in tokens}, tokens[0].index, tokens[-1].index)
        if groups:
            return tuple(replace(group, **told) for group in groups)
        if nations:
            return tuple(_of_nation(_ARMY, nation, told) for nation in dict.fromkeys(nations))
        return self.of_phrase(index, part="agent")

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
        return tokens + [name for token in tokens for name in self._names_behind(token.index)]

    def _names_behind(self, index: int) -> list[Any]:
        """Return the tokens of what a band is called right behind the word for it: "the rebel groups X and Y"."""
        found: list[Any] = []
        at = index + 1 if self._clauses.lower[index] in grammar("bands") else len(self._words)
        while at < len(self._words) and (group := self.group_at(at)) is not None:
            found += self._clauses.tokens[at : group[1]]
            at = group[1] + 1 if self._words[group[1] : group[1] + 1] in (["and"], [","]) else len(self._words)
        return found

    def _counted(self, index: int) -> int:
        """Return the noun of those of whom the token `index` only says how many, or that they are allies: "one of its bombers"."""
        word = self._clauses.lower[index]
        below = [at for _, at in self._clauses.preps(index, "of") if self._clauses.tokens[at].pos == "NOUN"]
        if below and word in grammar("alliances"):  # "a coalition of rebel groups" is no state's
            allies = {token.text.lower() for token in self._clauses.phrase_tokens(below[0])}
            nouns = self._lexicon.nouns
            return index if allies.isdisjoint(nouns["rebels"] | nouns["militia"]) else below[0]
        return below[0] if below and word in grammar("counting_words") else index

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

    def _is_made_in(self, at: int) -> bool:
        """Whether a word only says in whose hand or of whose make a thing is: "government-held Aleppo"."""
        return self._words[at + 1 : at + 2] == ["-"] and self._follows(at + 2, self._lexicon.nouns["made_in"])

    def _follows(self, at: int, words: frozenset[str]) -> bool:
        return at < len(self._words) and self._words[at].lower() in words

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
                        is_state = actor.kind in OF_STATES
                        sides.setdefault((is_state and actor.country) or actor.name, actor)
            if len(sides) > 1:
                return list(sides.values()) if len(sides) == 2 else []
        return []

    def _doers_before(self, index: int, part: str) -> list[Actor]:
        """Return the armed people of whom the sentence before a pronoun tells what they did; none where they are of two sides."""
        if part != "agent":
            return []
        acting = (self._of_one(at, violent=True, part=part) for at in may_have_acted_before(self._clauses, index))
        sides = {one[0].name: one for found in acting if (one := [each for each in found if each.kind in FIGHTERS])}
        return next(iter(sides.values())) if len(sides) == 1 else []

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
        while self._clauses.tokens[verb].dep == "conj" and self._clauses.is_verb(self._clauses.tokens[verb].head):
            verb = self._clauses.tokens[verb].head  # "said that it was there and that it had killed X"
        above = self._clauses.tokens[verb].head
        if above == verb or self._clauses.tokens[verb].dep not in ("ccomp", "xcomp", "advcl"):
            return None
        for at in self._clauses.subjects(self._clauses.clause_head(above)):
            teller = self._clauses.tokens[at]
            # "Officials said it had killed 20": whatever killed them, it is not the officials.
            are_several = teller.tag == "NNS" and self._clauses.lower[index] == "it"
            if teller.pos in ("NOUN", "PROPN") and at != index and not are_several:
                return at
        return None

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
                if (nation := self._nation_among(self._clauses.phrase_tokens(at))) is not None:
                    return [nation]
            above = self._clauses.tokens[verb].head
            if above == verb:
                return []
            verb = self._clauses.clause_head(above)
        return []

    def _men_of_teller(self, index: int, part: str) -> list[Actor]:
        """Return whose "his men" are of whom a commander or a group tells: "a rebel leader said his men had taken X"."""
        owners = {child.text.lower() for child in self._clauses.children(index, "poss")}
        above = self._above(index) if not owners.isdisjoint(("his", "its", "our", "their")) else None
        if above is None:
            return []
        return [one for one in self.of_phrase(above, part=part) if one.kind in FIGHTERS]

    def _own_side(self, index: int, words: set[str]) -> Actor | None:
        """Return whose the troops are of which somebody with troops tells: "the Russian army said that troops had taken the town".

        Who tells it is the subject of the clause of saying above, else the party whose own words the report is.
        """
        if not grammar("strange_forces").isdisjoint(words):
            return None
        is_ours = any(child.text.lower() in ("our", "its", "their") for child in self._clauses.children(index, "poss"))
        is_ours = is_ours or not words.isdisjoint(self._lexicon.nouns["own_arms"])
        above = self._above(index)
        if above is not None:
            tellers = list(self._clauses.phrase_tokens(above))
        else:
            named = self.told_under(self._clauses.tokens[index].start)
            tellers = [] if named is None else list(self._clauses.document.tokens_between(*named))
        if above is not None and lexicon_words("attribution", "armed_bodies").isdisjoint(
            token.text.lower() for token in tellers
        ):
            return None
        for token in tellers:
            if (group := self.group_at(token.index)) is not None:
                # "The army" of which rebels tell is not their own.
                return group[0] if is_ours or group[0].kind not in ARMED_GROUPS else None
        nation = self._nation_among(tellers)
        return None if nation is None else _of_nation(_ARMY, nation, {})

    def _nation_among(self, tokens: Sequence[Any]) -> Nation | None:
        """Return the first country that tokens name, or whose capital owns what they name: "Kyiv's General Staff"."""
        for token in tokens:
            if (found := self.nation_at(token.index)) is not None and not self._is_made_in(found[1] - 1):
                return found[0]
            if token.dep == "poss" and (capital := self._lexicon.capitals.get(token.text.lower())) is not None:
                return capital
        return None

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
            if found_pattern is not None and found_pattern[0].kind in ARMED_GROUPS:
                pattern, bare = found_pattern
                nations = (self.nation_at(token.index) for token in self._clauses.phrase_tokens(head))
                nation = next((one[0] for one in nations if one is not None), None)
                return replace(pattern, name=bare) if nation is None else _of_nation(pattern, nation, {})
        return None

    def _state_beside(self, index: int) -> Actor | None:
        """Return the state's side of "the government and rebel leaders", in which one noun is of both."""
        # "The army and clan fighters": the parser may hang the army on the clan.
        near = self._clauses.children(index, "nmod", "compound", "amod")
        far = [below for child in near for below in self._clauses.children(child.index, "nmod", "compound", "amod")]
        for child in (*near, *far):
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
        is_bare = actor.country is None and actor.name in OF_NO_STATED_COUNTRY and not is_strange
        if is_bare and not any(other == name and part != actor.part for other, part in named):
            one = replace(actor, name=name, country=home.iso)
        if all((one.name, one.part) != (other.name, other.part) for other in found):
            found.append(one)
    return tuple(found)


def holds_ground(actor: Actor) -> bool:
    """Whether an actor is told only as who holds a place: "government-held Aleppo", and no "rebel-held airbase"."""
    words = (actor.surface or "").lower().split()
    is_held = any(word.endswith(_HELD) for word in words)
    positions = frozenset(read_lexicon("actors")["nouns"]["positions"])
    return is_held and actor.kind is not ActorKind.CIVILIANS and positions.isdisjoint(words)


def _of_nation(pattern: Actor, nation: Nation, told: Mapping[str, Any]) -> Actor:
    return replace(pattern, name=pattern.name.format(nation.name), country=nation.iso, **told)
