"""Whether a verb of war is borne out by anything: by armed people, arms, or harm in its sentence.

Rivers storm, runners attack and rovers fire: whatever they are, none of them is armed. Reports of attacks that were labelled
have one of these in nearly every sentence, so that a verb without any, done by what is no known actor, tells of none.
"""

from __future__ import annotations

from functools import cache

from geoconflict.extract.events.deciding import SAID_OF_CONTESTS
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind

__all__ = ["is_not_borne_out"]

_BEAR_OUT = ("attacks", "fighters", "harm", "weapons")
"""Classes of words of ``event_evidence.toml``."""
_FIGURES_OF_SPEECH = SAID_OF_CONTESTS | {"blow-up", "bomb", "take-place", "territory"}
"""Senses whose verbs are said of players, rivers and rivals, too; nobody is kidnapped or murdered but by people."""

_SUFFERED = "under-fire"
"""The sense whose subject is what suffers: nobody who may be armed."""
_SPOTS = ("building", "posts", "settlement", "strongpoint")
"""Classes of words of ``triggers.toml``."""


def is_not_borne_out(
    clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...], *, has_casualties: bool
) -> bool:
    """Whether a verb of war is all that tells of violence: "the river stormed through X".

    Nouns, and what is done by nobody who is told or by somebody by name, are taken for borne out: who may be armed is then
    not known.

    Parameters
    ----------
    actors
        Those of the predicate.
    has_casualties
        Whether figures of killed or wounded hang on it.
    """
    if has_casualties or predicate.is_noun or predicate.outcomes or predicate.sense.name not in _FIGURES_OF_SPEECH:
        return False
    if any(actor.part != "target" or actor.kind is not ActorKind.CIVILIANS for actor in actors):
        return False
    own = predicate.anchors | {predicate.token}
    agents = [
        one
        for at in sorted(own)
        if clauses.is_verb(at)
        for agent in clauses.agents(at)
        for one in clauses.conjuncts(agent)
    ]
    passage = clauses.passage_of(predicate.token)
    if predicate.sense.name == _SUFFERED and any(_is_a_spot(clauses, at) for at in agents):
        return False
    if not agents or any(_is_named(clauses, at, passage.start) or _is_forceful(clauses, at) for at in agents):
        return False
    return not any(
        token.index not in own and not _words_of_violence().isdisjoint((token.text.lower(), token.lemma.lower()))
        for token in clauses.document.tokens_between(passage.start, passage.end)
    )


def _is_a_spot(clauses: Clauses, index: int) -> bool:
    """Whether a town, a post or a building is meant: "villages near X came under fire"."""
    words = frozenset((clauses.lower[index], clauses.lemma(index)))
    return any(not words.isdisjoint(read_lexicon("triggers")["words"][name]) for name in _SPOTS)


def _is_named(clauses: Clauses, index: int, start: int) -> bool:
    """Whether a doer may be a name, by a capital that is not that of the sentence from `start` on: "the Front for ..."."""
    token = clauses.tokens[index]
    return token.pos != "NOUN" or (token.text[:1].isupper() and token.start != start)


def _is_forceful(clauses: Clauses, index: int) -> bool:
    """Whether the doer is a weapon or may be armed though no group is named: "a bomb", "members of the gang", "a truck"."""
    forms = {clauses.lower[index], clauses.tokens[index].lemma.lower()}
    return any(not forms.isdisjoint(one) for one in (grammar("forceful"), grammar("vehicles"), _words_of_violence()))


@cache
def _words_of_violence() -> frozenset[str]:
    listed = read_lexicon("event_evidence")["words"]
    return grammar("violent").union(*(listed[name] for name in _BEAR_OUT))
