"""Who did it, to whom: noun phrases to actors, by named groups, nationalities and the common nouns for forces.

Names are data (:mod:`~geoconflict.extract.actors.lexicon`); the patterns are general: nationality + forces, police, rebels,
civilians; a person with an office speaks for a government.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from geoconflict.codes import ARMED_GROUPS, FIGHTERS, OF_NO_STATED_COUNTRY, OF_STATES
from geoconflict.extract.actors.common_nouns import ARMY, CIVILIANS, JOINT_FORCES, NO_NAMES
from geoconflict.extract.actors.former import is_of_former_fighters
from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.actors.owners import of_nation
from geoconflict.extract.actors.phrases import Phrase, PhraseReader
from geoconflict.extract.actors.pronouns import may_have_acted_before, said_to_be
from geoconflict.extract.lexicon import read_lexicon, read_people
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Actor, ActorKind

__all__ = ["ActorReader", "at_home", "holds_ground"]

_LED = FIGHTERS | {ActorKind.CIVILIANS}
"""Kinds of common nouns that may mean the men of a person: "his forces", "the men of"."""
_HELD = ("-held", "-controlled", "-occupied")
_SIDES_BACK = 3
"""How many sentences before it "both sides" may point to."""


class _Noun(NamedTuple):
    """What a common noun makes of a nationality."""

    pattern: Actor
    bare: str
    """The name without a nationality."""


class ActorReader(PhraseReader):
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
                named = [one for one in told if one.kind in FIGHTERS or one.kind is ActorKind.CIVILIANS]
            for actor in named:
                if all((actor.name, actor.part) != (other.name, other.part) for other in found):
                    found.append(actor)
        return tuple(found)

    def _of_one(self, index: int, *, violent: bool, part: str) -> list[Actor]:
        """Return whom one noun phrase names, by the first rule that says anything of it."""
        phrase = self._read(self._counted(index), violent=violent, part=part)
        for rule in (
            self._as_former_fighters,
            self._by_name,
            self._as_teller,
            self._as_group_before,
            self._as_both_sides,
            self._as_men_of_teller,
        ):
            if (actors := rule(phrase)) is not None:
                return actors
        found = self._pattern(phrase.index, phrase.words, phrase.head, part=part)
        if found is None:
            return self._without_noun(phrase)
        return self._by_noun(phrase, _Noun(*found))

    # ---------------------------------------------------------------- before the noun is looked at
    def _as_former_fighters(self, phrase: Phrase) -> list[Actor] | None:
        """Take those who fight no more for civilians, where something is done to them."""
        if phrase.suffers and is_of_former_fighters(self._clauses, phrase.index):
            return [Actor(name="Civilians", kind=ActorKind.CIVILIANS, **phrase.told)]
        return None

    def _by_name(self, phrase: Phrase) -> list[Actor] | None:
        """Take a named group for itself, but for civilians who are called by the name of a militia."""
        nouns = self._lexicon.nouns
        # "Killed 12 Fulani herders": by the name of a militia, herders who suffer are none.
        is_civilian = phrase.suffers and "armed" not in phrase.words and phrase.head in nouns["civilians_as_targets"]
        if not phrase.groups or is_civilian or phrase.head in nouns["civilians"]:
            return None
        named = [replace(group, **phrase.told) for group in phrase.groups]
        between = self._clauses.tokens[phrase.tokens[0].index : phrase.tokens[-1].index]
        if phrase.nations and phrase.violent and "and" in (token.text.lower() for token in between):
            # "Azerbaijani and ethnic Armenian forces": a group and a nation share the noun.
            named.extend(of_nation(ARMY, nation, phrase.told) for nation in phrase.nations)
        return named

    def _as_teller(self, phrase: Phrase) -> list[Actor] | None:
        """Take a pronoun for whoever tells of it: "Iran says it shot down a drone"."""
        if phrase.head not in ("it", "they", "he", "she", "we"):
            return None
        # "Mali said rockets had hit the airport and destroyed it": what suffers is seldom whoever tells of it.
        dep = self._clauses.tokens[phrase.index].dep
        is_object = phrase.part == "target" and dep not in ("nsubj", "nsubjpass", "conj")
        above = None if is_object else self._above(phrase.index)
        if above is not None and (capital := self._capital_at(above)) is not None:
            return [of_nation(phrase.state, capital, phrase.told)]  # "Moscow said it had captured"
        told = [] if above is None else list(self.of_phrase(above, violent=phrase.violent, part=phrase.part))
        is_of_others = above is None or (above > phrase.index and all(one.kind not in FIGHTERS for one in told))
        if phrase.head == "they" and phrase.violent and is_of_others:  # "They killed ten, officials said"
            return self._doers_before(phrase.index, phrase.part)
        return told

    def _as_group_before(self, phrase: Phrase) -> list[Actor] | None:
        """Take "the group" for whose deeds the sentence before tells."""
        if phrase.head != "group" or not phrase.violent or len(phrase.tokens) > 2:
            return None
        doers = self._doers_before(phrase.index, phrase.part)
        return [actor for actor in doers if not actor.name.startswith(NO_NAMES)] if doers else None

    def _doers_before(self, index: int, part: str) -> list[Actor]:
        """Return the armed people of whom the sentence before a pronoun tells what they did; none where they are of two sides."""
        if part != "agent":
            return []
        acting = (self._of_one(at, violent=True, part=part) for at in may_have_acted_before(self._clauses, index))
        sides = {one[0].name: one for found in acting if (one := [each for each in found if each.kind in FIGHTERS])}
        return next(iter(sides.values())) if len(sides) == 1 else []

    def _as_both_sides(self, phrase: Phrase) -> list[Actor] | None:
        """Take "both sides" for the two that were named before."""
        nouns = self._lexicon.nouns
        if phrase.head not in nouns["sides"] or phrase.words.isdisjoint(nouns["both"]):
            return None
        return [replace(actor, part=phrase.part) for actor in self._sides_before(phrase.index)]

    def _as_men_of_teller(self, phrase: Phrase) -> list[Actor] | None:
        """Take "his men" for those of the commander or the group that tells of them."""
        if phrase.head not in self._lexicon.nouns["men"]:
            return None
        return self._men_of_teller(phrase.index, phrase.part) or None

    # ---------------------------------------------------------------- without a noun for armed people, governments or civilians
    def _without_noun(self, phrase: Phrase) -> list[Actor]:
        for rule in (
            self._as_capital_acting,
            self._by_arms,
            self._as_branch,
            self._as_persons,
            self._as_unarmed,
            self._as_nation,
        ):
            if (actors := rule(phrase)) is not None:
                return actors
        return []

    def _as_capital_acting(self, phrase: Phrase) -> list[Actor] | None:
        """Take a capital that does something to something for its country's army: "Baku shelled the village"."""
        acting = self._capital_acting(phrase.index) if phrase.part == "agent" and phrase.violent else None
        return None if acting is None else [of_nation(ARMY, acting, phrase.told)]

    def _by_arms(self, phrase: Phrase) -> list[Actor] | None:
        """Take weapons for those whose they are: "Iraqi planes", "its planes had bombed"."""
        if phrase.part != "agent" or phrase.head not in self._lexicon.nouns["arms"]:
            return None
        nations = phrase.nations
        if not nations:
            if (owner := self._owner_group(phrase.index)) is not None:
                return [replace(owner, **phrase.told)]
            nations = self._owner_nations(phrase.index)
        return [of_nation(phrase.state, nation, phrase.told) for nation in dict.fromkeys(nations)] or None

    def _as_branch(self, phrase: Phrase) -> list[Actor] | None:
        """Take a branch of somebody's forces for that of whoever tells of it: "aviation struck the depot"."""
        if phrase.part != "agent" or phrase.nations or phrase.head not in self._lexicon.nouns["branches"]:
            return None
        own = self._own_side(phrase.index, phrase.words)
        return [] if own is None else [replace(own, **phrase.told)]

    def _as_persons(self, phrase: Phrase) -> list[Actor] | None:
        """Take some of a nation for persons: "an Iraqi", "two Kenyans"."""
        if not phrase.nations or not self._are_persons(phrase.index):
            return None
        return [of_nation(CIVILIANS, nation, phrase.told) for nation in dict.fromkeys(phrase.nations)]

    def _as_unarmed(self, phrase: Phrase) -> list[Actor] | None:
        """Take persons who suffer for civilians, where what they are bears no arms: "two beekeepers", "a Kenyan surgeon"."""
        token = self._clauses.tokens[phrase.index]
        kinds = {phrase.head, token.lemma.lower()}
        sideless = self._lexicon.nouns["sideless"]
        if (
            not phrase.suffers
            or token.pos != "NOUN"
            or kinds.isdisjoint(read_people())
            or not kinds.isdisjoint(sideless)
        ):
            return None
        if not phrase.nations:
            return [Actor(name="Civilians", kind=ActorKind.CIVILIANS, **phrase.told)]
        return [of_nation(CIVILIANS, nation, phrase.told) for nation in dict.fromkeys(phrase.nations)]

    def _as_nation(self, phrase: Phrase) -> list[Actor] | None:
        """Take a nation as a whole, or a part of its army, for its forces, or where no force is used for its government."""
        is_of_army = phrase.head in self._lexicon.nouns["parts_of_armies"]
        if not is_of_army and not self._is_bare_nation(phrase.tokens):
            return None
        return [of_nation(phrase.state, nation, phrase.told) for nation in dict.fromkeys(phrase.nations)]

    # ---------------------------------------------------------------- with such a noun
    def _by_noun(self, phrase: Phrase, noun: _Noun) -> list[Actor]:
        """Return whom a noun means, by the first rule that says whose they are; else those whom it names without a nationality."""
        for rule in (
            self._led_by_somebody,
            self._beside_others,
            self._of_an_owner,
            self._of_speaker,
            self._of_an_owner_before,
            self._of_nobody,
            self._of_whoever_tells,
        ):
            if (actors := rule(phrase, noun)) is not None:
                return actors
        if self._is_anyones(phrase.head, phrase.words, noun.pattern):
            return []  # "by artillery fire", "drones attacked": not that an army did it
        return [replace(noun.pattern, name=noun.bare, **phrase.told)]

    def _led_by_somebody(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take the men of a person for those whom he leads: "rebels of Foday Sankoh"."""
        led = self._followers(phrase.index) if not phrase.nations and noun.pattern.kind in _LED else None
        return None if led is None else [replace(led, **phrase.told)]

    def _beside_others(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take one noun for two sides: "the government and rebel leaders", "rebels and government forces"."""
        plain = replace(noun.pattern, name=noun.bare, **phrase.told)
        if noun.bare in ("Rebels", "Unidentified Armed Group"):
            state = self._state_beside(phrase.index)
            return None if state is None else [replace(state, **phrase.told), plain]
        if (
            noun.pattern.kind is ActorKind.STATE_FORCES
            and noun.bare == "Military Forces"
            and self._rebels_beside(phrase.index)
        ):
            return [plain, Actor(name="Rebels", kind=ActorKind.REBEL_GROUP, **phrase.told)]
        return None

    def _of_an_owner(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take armed people for those of the nation or the group whose they are, in the words of their own sentence."""
        nations = phrase.nations
        group = None if nations or noun.pattern.kind is ActorKind.CIVILIANS else self._owner_group(phrase.index)
        if group is None and noun.pattern.kind in ARMED_GROUPS and (sender := self._sender(phrase.index)) is not None:
            return [replace(sender, **phrase.told)]  # "gunmen from Al Shabaab"
        owners = list(dict.fromkeys(nations)) or (
            [] if group is not None else self._owner_nations(phrase.index, suffers=phrase.suffers)
        )
        if owners:
            kind = ActorKind.STATE_FORCES if noun.pattern is JOINT_FORCES else noun.pattern.kind
            return [replace(of_nation(noun.pattern, nation, phrase.told), kind=kind) for nation in owners]
        return None if group is None else [replace(group, **phrase.told)]

    def _of_speaker(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take "our fighters" for those of the side that says so: '"Our forces took X," the rebels' spokesman said'."""
        is_ours = any(child.text.lower() == "our" for child in self._clauses.children(phrase.index, "poss"))
        above = self._above(phrase.index) if is_ours and noun.pattern.kind in FIGHTERS else None
        if above is None or above == phrase.index:
            return None
        tellers = self._clauses.phrase_tokens(above)
        sides = {one.name: one for token in tellers for one in self._sides_with(token.index, noun.pattern)}
        return [replace(side, **phrase.told) for side in sides.values()] if len(sides) == 1 else None

    def _of_an_owner_before(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take "its fighters" for those of the side that is named before them."""
        if noun.pattern.kind not in FIGHTERS or noun.bare == "Police Forces":
            return None
        before = self._owner_before(phrase.index, noun.pattern)
        return None if before is None else [replace(before, **phrase.told)]

    def _of_nobody(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take what belongs to a company for nobody's: "an Air France jet"."""
        return [] if phrase.is_namesake and noun.pattern.kind is ActorKind.STATE_FORCES else None

    def _of_whoever_tells(self, phrase: Phrase, noun: _Noun) -> list[Actor] | None:
        """Take "troops" for those of the party with troops that tells of them."""
        are_forces = noun.pattern.kind is ActorKind.STATE_FORCES and noun.bare in ("Military Forces", "Security Forces")
        if phrase.part != "agent" or not are_forces or self._is_anyones(phrase.head, phrase.words, noun.pattern):
            return None
        own = self._own_side(phrase.index, phrase.words)
        return None if own is None else [replace(own, **phrase.told)]

    # ---------------------------------------------------------------- whoever is named elsewhere
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
            return tuple(of_nation(ARMY, nation, told) for nation in dict.fromkeys(nations))
        return self.of_phrase(index, part="agent")

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

    def _owner_before(self, index: int, pattern: Actor) -> Actor | None:
        """Return whose "its fighters" are by the nearest words before them that name a side with such men; None where two do.

        Who acted comes before whom that was done to, and any side has forces, but no army has rebels. Others that are
        "its" name no side: each would ask again who came before it, and a long list of them would never end.
        """
        if not self._is_owned_by_a_pronoun(index):
            return None
        here = self._clauses.passage_of(index).index
        for at in range(here, max(-1, here - _SIDES_BACK - 1), -1):
            passage = self._clauses.passages[at]
            tokens = [
                token
                for token in self._clauses.document.tokens_between(passage.start, passage.end)
                if token.index < index and self._is_party(token.index) and not self._is_owned_by_a_pronoun(token.index)
            ]
            acting = [token for token in tokens if token.dep in ("nsubj", "nsubjpass", "conj")]
            for told in (acting, tokens):
                sides = {one.name: one for token in told for one in self._sides_with(token.index, pattern)}
                if sides:
                    return next(iter(sides.values())) if len(sides) == 1 else None
        return None

    def _is_owned_by_a_pronoun(self, index: int) -> bool:
        return any(child.text.lower() in ("its", "their") for child in self._clauses.children(index, "poss"))

    def _sides_with(self, index: int, pattern: Actor) -> list[Actor]:
        """Return the armed sides that the noun at token `index` names and that have such men as `pattern` tells of."""
        named = [found[0].name for token in self._phrase(index) if (found := self.group_at(token.index)) is not None]
        return [
            one
            for one in self._of_one(index, violent=True, part="party")
            if one.name in named or one.kind in ARMED_GROUPS or (one.kind is pattern.kind is ActorKind.STATE_FORCES)
        ]

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

    def _men_of_teller(self, index: int, part: str) -> list[Actor]:
        """Return whose "his men" are of whom a commander or a group tells: "a rebel leader said his men had taken X"."""
        owners = {child.text.lower() for child in self._clauses.children(index, "poss")}
        above = self._above(index) if not owners.isdisjoint(("his", "its", "our", "their")) else None
        if above is None:
            return []
        return [one for one in self.of_phrase(above, part=part) if one.kind in FIGHTERS]


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
