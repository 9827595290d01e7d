"""Whose a noun for armed people is, where no name beside it says so: the speaker's, the subject's above, the state's beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.codes import ARMED_GROUPS
from geoconflict.extract.actors.common_nouns import ARMY, CommonNouns
from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Actor, ActorKind

__all__ = ["Owners", "of_nation"]


def of_nation(pattern: Actor, nation: Nation, told: Mapping[str, Any]) -> Actor:
    """Return the actor that a pattern makes of a nation: "Police Forces of {}" of Mali.

    Parameters
    ----------
    told
        The part of the actor and the words for it, where these are known.
    """
    return replace(pattern, name=pattern.name.format(nation.name), country=nation.iso, **told)


class Owners(CommonNouns):
    """Reads whose the armed people of one document are."""

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

    def _owner_nations(self, index: int, *, suffers: bool = False) -> list[Nation]:
        """Return the country behind "its troops": the subject of the clause above, where that is a country.

        Nobody harms what is his own: of "X said Y had shot down one of its jets", where the jet suffers, it is X's.
        """
        if not any(
            child.dep == "poss" and child.text.lower() in ("its", "their", "his", "her", "our")
            for child in self._clauses.children(index)
        ):
            return []
        verb = self._clauses.clause_head(index)
        doer: list[Nation] = []
        for step in range(4):
            for at in self._clauses.subjects(verb):
                if at == index:
                    continue
                nation = self._capital_at(at) or self._nation_among(self._clauses.phrase_tokens(at))
                if nation is not None and not (suffers and step == 0):
                    return [nation]
                doer = [nation] if nation is not None else doer
            above = self._clauses.tokens[verb].head
            if above == verb:
                break
            verb = self._clauses.clause_head(above)
        return doer

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
        return None if nation is None else of_nation(ARMY, nation, {})

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
                return replace(pattern, name=bare) if nation is None else of_nation(pattern, nation, {})
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

    def _is_made_in(self, at: int) -> bool:
        """Whether a word only says in whose hand or of whose make a thing is: "government-held Aleppo"."""
        return self._words[at + 1 : at + 2] == ["-"] and self._follows(at + 2, self._lexicon.nouns["made_in"])

    def _follows(self, at: int, words: frozenset[str]) -> bool:
        return at < len(self._words) and self._words[at].lower() in words
