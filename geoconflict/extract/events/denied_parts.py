"""What a denial leaves standing: who did it, with what or at whom is denied, and not that it was done."""

from __future__ import annotations

from geoconflict.extract.events.drafts import Draft, Scene, is_definite
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["is_of_accusations", "is_of_aim", "is_of_author", "is_of_weapon_alone"]

_USING = frozenset({"deploy", "employ", "use"})


def is_of_author(scene: Scene, predicate: Predicate) -> bool:
    """Return whether who did it is denied, and not that it was done: "carrying out the attack", "being behind it"."""
    clauses = scene.clauses
    head = clauses.tokens[clauses.tokens[predicate.token].head]
    of_author = clauses.lower[head.index] in scene.speakers.authoring or (
        head.dep == "prep"
        and (
            clauses.lower[head.index] == "behind"
            or clauses.lower[head.head] == "responsible"
            or scene.speakers.is_taking_part(head.head)
            or scene.speakers.is_part(head.head)
        )
    )
    return predicate.is_noun and is_definite(scene, predicate) and of_author


def is_of_accusations(clauses: Clauses, predicate: Predicate) -> bool:
    """Return whether what is denied is only that somebody is accused: "rejected accusations that its men had killed 12"."""
    above = clauses.path_in_passage(predicate.token)[1:]
    return any(clauses.tokens[at].lemma.lower() in grammar("accusing_nouns") for at in above)


def is_of_weapon_alone(clauses: Clauses, predicate: Predicate, told: Draft) -> bool:
    """Return whether what is denied is only with what that was done which something told without the weapon did."""
    return _is_of_weapon(clauses, predicate) and not _is_of_weapon(clauses, told.predicate)


def _is_of_weapon(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether with what it was done is denied, and not that it was done: "denied that the army used cluster bombs"."""
    if any(sense.name == "use-munition" for sense in predicate.senses):
        return True
    token = clauses.tokens[predicate.token]
    is_used = token.dep == "dobj" and clauses.tokens[token.head].lemma.lower() in _USING
    return predicate.is_noun and is_used and token.tag in ("NNS", "NN")


def is_of_aim(scene: Scene, predicate: Predicate) -> bool:
    """Return whether at whom it was aimed is denied, and not that it was done: "denied that it had deliberately hit civilians"."""
    clauses, aims = scene.clauses, scene.speakers.aiming
    adverbs = clauses.children(predicate.token, "advmod")
    return not predicate.is_noun and any(
        word in aims for word in (clauses.lower[predicate.token], *(one.text.lower() for one in adverbs))
    )
