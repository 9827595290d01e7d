"""Words of war for quarrels: over bills and budgets, in parliaments, boards and parties. No arms are in them.

What is quarrelled over stands behind "over" or "about"; armies, too, fight over towns, so that it is the matter that tells.
"""

from __future__ import annotations

from geoconflict.codes import FIGHTERS
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor

__all__ = ["is_quarrel"]


def is_quarrel(clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...], agents: list[int]) -> bool:
    """Whether a predicate tells of a quarrel with words, votes or money, in a sentence without arms or fighters.

    Parameters
    ----------
    actors
        Those of the predicate.
    agents
        The tokens of who does it.
    """
    heads = [clauses.tokens[at].lemma.lower() for at in agents]
    is_over_politics = any(
        word in ("over", "about") and _is_of_politics(clauses, below)
        for at in sorted(predicate.anchors | {predicate.token})
        for word, below in clauses.preps(at)
    )
    is_at_forces = any(actor.kind in FIGHTERS and actor.part != "agent" for actor in actors)
    if _is_criticised(clauses, predicate) and not is_at_forces and not _is_armed(clauses, predicate):
        return True
    if not heads or _is_armed(clauses, predicate) or (is_at_forces and not is_over_politics):
        return False  # "lawmakers clash with police"; "clashes over the bill": of whom is not said
    if all(word in grammar("office_fighters") for word in heads):
        return True  # "rebel shareholders" are no rebels
    if any(actor.kind in FIGHTERS and actor.part == "agent" for actor in actors):
        return False
    if all(word in grammar("parties_of_votes") for word in heads):
        return predicate.is_noun or clauses.tokens[predicate.token].lemma.lower() in grammar("winning")
    return is_over_politics and all(
        word in grammar("statesmen") or word in grammar("parties_of_votes") or clauses.tokens[at].pos == "PROPN"
        for word, at in zip(heads, agents, strict=True)
    )


def _is_criticised(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it says for what somebody is blamed: "under attack over bonuses", "came under fire for his budget".

    Over a town, and for hours, it is another matter.
    """
    for at in sorted(predicate.anchors | {predicate.token}):
        token = clauses.tokens[at]
        if token.dep != "pobj" or clauses.lower[token.head] != "under":
            continue
        above = clauses.tokens[token.head].head
        matters = [below for one in (at, above) for _, below in clauses.preps(one, "for", "over")]
        if any(
            clauses.tokens[one].pos == "NOUN"
            and clauses.lemma(one) not in grammar("time_units")
            and clauses.lemma(one) not in grammar("counted_times")
            for one in matters
        ):
            return True
    return False


def _is_of_politics(clauses: Clauses, index: int) -> bool:
    """Whether a matter of politics is meant; a lemmatiser takes "taxes" for several of something else."""
    for one in clauses.conjuncts(index):
        word = clauses.lower[one]
        forms = {clauses.tokens[one].lemma.lower(), word.removesuffix("s"), word.removesuffix("es")}
        if not forms.isdisjoint(grammar("matters_of_politics")):
            return True
    return False


def _is_armed(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its sentence names arms or fighters besides its own words, which quarrels have as well."""
    passage = clauses.passage_of(predicate.token)
    own = predicate.anchors | {predicate.token}
    for token in clauses.document.tokens_between(passage.start, passage.end):
        words = {token.text.lower(), token.lemma.lower()}
        is_rebel = "rebel" in words and token.dep in ("compound", "amod")
        if token.index not in own and not is_rebel and not grammar("violent").isdisjoint(words):
            return True
    return False
