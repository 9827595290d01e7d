"""Deeds that only say who somebody is, what people marched for or what is avenged: "suspects in the X bombings were shot".

They are known from before. What the sentence tells is another matter, of another day and place.
"""

from __future__ import annotations

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_avenged", "is_protested", "is_record", "tells_who"]

_AGAINST = frozenset({"against", "at", "over"})
_KNOWN = frozenset({"the", "these", "this", "those"})
_IN_ANSWER = frozenset({"for", "to"})
_LEADING_TO = frozenset({"for", "in", "of", "over", "to", "with"})


def tells_who(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether a noun for a deed only says by what somebody is known, of whom the sentence tells something else.

    `time` is the date that belongs to the deed: one that stands with the noun itself tells of news, "Friday's bombing".
    """
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or len(predicate.anchors) > 1 or _stands_with(clauses, predicate.token, time):
        return False
    if token.dep == "compound":  # "the X attack suspects"
        return _is_known_by_deeds(clauses, token.head) and _takes_part(clauses, token.head)
    if token.dep != "pobj":
        return False
    preposition = clauses.tokens[token.head]
    known = preposition.head
    word = preposition.text.lower()
    if clauses.tokens[known].dep in ("acl", "relcl") and word in _LEADING_TO:  # "a man linked to the X attack"
        return clauses.tokens[known].lemma.lower() in grammar("tying_to_deeds") and _takes_part(
            clauses, clauses.tokens[known].head
        )
    is_behind = word == "behind" and clauses.tokens[known].pos in ("NOUN", "PROPN")
    is_of = word in _LEADING_TO and _is_known_by_deeds(clauses, known)
    return (is_behind or is_of) and _takes_part(clauses, known)


def is_protested(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether a noun for a deed only says what people came together for: "rallied in X to protest the air strikes".

    It is of another day than they are, and of another place; with a place of its own it may be news. `time` is as in
    :func:`tells_who`.
    """
    token = clauses.tokens[predicate.token]
    if _says_in_what(clauses, token.index):
        return False
    if _is_held_against(clauses, predicate, time):
        return True
    if not predicate.is_noun or _stands_with(clauses, predicate.token, time) or _has_place(clauses, token.index):
        return False
    if not any(child.text.lower() in _KNOWN for child in clauses.children(token.index, "det")):
        return False
    aim = clauses.tokens[token.head]
    if token.dep == "pobj" and aim.text.lower() in _AGAINST:
        aim = clauses.tokens[aim.head]
        if aim.lemma.lower() in grammar("protesting"):
            return True
    elif token.dep != "dobj":
        return False
    is_aim = aim.dep in ("advcl", "xcomp") and any(child.tag == "TO" for child in clauses.children(aim.index, "aux"))
    return is_aim and aim.lemma.lower() in grammar("aims_of_marches")


def is_avenged(clauses: Clauses, predicate: Predicate, time: TimeExpression | None, *, has_casualties: bool) -> bool:
    """Return whether a noun for what lasts or was done often only says what another deed is done for: "avenging the offensive in X".

    With its dead or a day of its own it is told, and so is one deed: "in retaliation for the bombing of X". `time` is as in
    :func:`tells_who`.
    """
    token = clauses.tokens[predicate.token]
    is_told = has_casualties or len(predicate.anchors) > 1 or _stands_with(clauses, token.index, time)
    lasts = token.lemma.lower() in grammar("campaigns") or not _is_one(clauses, token.index)
    if not predicate.is_noun or is_told or not lasts:
        return False
    is_bare = not clauses.children(token.index, "det", "poss")
    if is_bare and (token.tag != "NNS" or clauses.children(token.index, "nummod")):
        return False
    if any(child.text.lower() in ("a", "an", "another") for child in clauses.children(token.index, "det")):
        return False
    if token.dep == "dobj":
        return clauses.lemma(token.head) in grammar("avenging")
    prep = clauses.tokens[token.head]
    return token.dep == "pobj" and prep.text.lower() in _IN_ANSWER and clauses.lemma(prep.head) in grammar("avenging")


def is_record(clauses: Clauses, predicate: Predicate) -> bool:
    """Return whether a noun says of a deed told before it that it was the worst: "..., the deadliest attack in X's history"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or token.dep != "appos" or len(predicate.anchors) > 1:
        return False
    told = clauses.children(token.index, "amod", "advmod")
    below = [one for child in told for one in (child, *clauses.children(child.index, "advmod"))]
    spans = (clauses.lemma(at) for word, at in clauses.preps(token.index) if word in ("in", "of", "since"))
    return any(one.tag in ("JJS", "RBS") for one in below) and any(at in grammar("spans_of_records") for at in spans)


def _is_held_against(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether people protest against it in so many words, and nothing says where, when or how: "marched against the killing of two"."""
    token = clauses.tokens[predicate.token]
    prep = clauses.tokens[token.head]
    if not predicate.is_noun or token.dep != "pobj" or prep.text.lower() not in ("about", "against", "at", "over"):
        return False
    held = (prep.head, *clauses.objects(prep.head)) if clauses.is_verb(prep.head) else (prep.head,)
    head = clauses.head_of_span(time.start, time.end) if time is not None else None
    is_told = head is not None and token.index in clauses.path_up(head)
    is_told = is_told or (_is_one(clauses, token.index) and any(word != "of" for word, _ in clauses.preps(token.index)))
    return not is_told and any(clauses.lemma(at) in grammar("protesting") for at in held)


def _is_one(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is of one deed, or of so many: "the raids in X" that people protest against go on for weeks."""
    below = (clauses.tokens[at] for at in clauses.document.subtree(noun))
    return clauses.tokens[noun].tag not in ("NNS", "NNPS") or any(one.tag == "CD" for one in below)


def _says_in_what(clauses: Clauses, noun: int) -> bool:
    """Whether an incident is named in which it was done, so that it is told and not only meant: "the killing of four in a raid"."""
    below = (clauses.tokens[at] for at in clauses.document.subtree(noun))
    return any(
        token.dep == "pobj"
        and clauses.lower[token.head] in ("during", "in")
        and token.lemma.lower() in grammar("incident_nouns")
        for token in below
    )


def _has_place(clauses: Clauses, noun: int) -> bool:
    """Whether a preposition of place below a noun governs a name: "the killing of four in X"."""
    below = (clauses.tokens[at] for at in clauses.document.subtree(noun))
    return any(
        token.pos == "PROPN" and token.dep == "pobj" and clauses.lower[token.head] in ("at", "in", "near", "on", "of")
        for token in below
    )


def _stands_with(clauses: Clauses, noun: int, time: TimeExpression | None) -> bool:
    if time is None:
        return False
    below = [clauses.tokens[at] for at in clauses.document.subtree(noun)]
    return any(token.start < time.end and time.start < token.end for token in below)


def _is_known_by_deeds(clauses: Clauses, noun: int) -> bool:
    return clauses.tokens[noun].lemma.lower() in grammar("known_by_deeds")


def _takes_part(clauses: Clauses, noun: int) -> bool:
    """Whether the sentence tells what became of somebody: who is only sought or to be punished is part of the deed's own news."""
    head = noun
    for _ in range(6):  # "a leader with ties to the suspects in ..."
        token = clauses.tokens[head]
        if token.dep in ("nsubj", "nsubjpass", "dobj", "agent"):
            return clauses.tokens[token.head].lemma.lower() in grammar("ends_of_suspects")
        if token.dep == "pobj" and clauses.tokens[clauses.tokens[token.head].head].lemma.lower() in (
            "killing",
            "death",
        ):
            return True
        if token.head == head or clauses.is_verb(token.head):
            return False
        head = token.head
    return False
