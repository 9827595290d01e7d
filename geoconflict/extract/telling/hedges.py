"""What nearly happened, was about to, is yet to come, or is not ruled out: words beside a verb that leave its deed undone.

"Nearly hit a school" hit none, and "nearly 12 were killed" killed eleven: only the words right before the verb count, so
that a parser's mistakes do not matter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

from geoconflict.extract.casualties.words import words as casualty_words
from geoconflict.extract.lexicon import any_form
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["is_elliptic", "stands_ahead", "undone_parts"]

_AUXILIARIES = r"(?:(?:be|been|being|get|got|had|have)\s+)*"
_OPEN = ("acl", "advcl", "ccomp", "conj", "pcomp", "xcomp", "ROOT", "dep", "relcl", "pobj", "appos", "acomp")


def undone_parts(clauses: Clauses, predicate: Predicate, lexicon: Mapping[str, AbstractSet[str]]) -> dict[int, str]:
    """Return which words of a predicate tell of what was not done, each with the words that say so.

    Parameters
    ----------
    lexicon
        The word classes of ``attribution.toml``.

    Returns
    -------
    dict
        The predicate's own token is in it where nothing of it was done. Where an event is sure and only its harm was
        not done ("the bomb nearly killed 12"), the tokens of the harm are.
    """
    found: dict[int, str] = {}
    own = sorted(predicate.anchors | predicate.outcomes | {predicate.token})
    for at in own:
        words = _right_before(clauses, at, lexicon) or _on_the_verge(clauses, at, lexicon)
        if words is not None:
            found[at] = words
    above = _above(clauses, predicate, lexicon) or _missed(clauses, predicate)
    if above is not None:
        found[predicate.token] = above
    carriers = [at for at in found if at != predicate.token and not _is_harm(clauses, predicate, at)]
    if predicate.is_noun and carriers:
        found.setdefault(predicate.token, found[carriers[0]])  # "a bomb almost exploded"
    if predicate.token in found and _is_told_besides(clauses, predicate, found):
        return {}  # "was about to enter his house when he was shot"
    if predicate.token in found:
        return dict.fromkeys(own, found[predicate.token])
    return found


def _is_told_besides(clauses: Clauses, predicate: Predicate, found: Mapping[int, str]) -> bool:
    """Whether what the verb was to do is only the moment at which harm was done, in a clause of its own."""
    return any(
        at not in found
        and clauses.tokens[at].dep == "advcl"
        and any(child.text.lower() in ("when", "before") for child in clauses.children(at, "advmod", "mark"))
        for at in predicate.outcomes
    )


def _is_harm(clauses: Clauses, predicate: Predicate, at: int) -> bool:
    return at in predicate.outcomes or clauses.lower[at] in casualty_words().by_form


def _before(clauses: Clauses, at: int) -> str:
    passage = clauses.passage_of(at)
    return clauses.document.text[passage.start : clauses.tokens[at].start].lower()


@functools.cache
def _nearly(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({any_form(sorted(words))})\s+{_AUXILIARIES}$")


@functools.cache
def _verges(words: frozenset[str], units: frozenset[str]) -> re.Pattern[str]:
    near = any_form(sorted(words))
    unit = any_form(sorted(units))
    return re.compile(
        rf"(?<![\w-])({near}|within\s(?:[\w-]+\s){{0,4}}?(?:{unit})\sof|(?:{unit})\s(?:away\s)?from)"
        rf"\s+(?:\w+ly\s+)?{_AUXILIARIES}$"
    )


def _right_before(clauses: Clauses, at: int, lexicon: Mapping[str, AbstractSet[str]]) -> str | None:
    """Return the adverb that leaves a verb undone: "nearly hit"; what is nearly destroyed is damaged, and stays."""
    if not clauses.is_verb(at) or clauses.tokens[at].lemma.lower() in lexicon["graded"]:
        return None
    found = _nearly(frozenset(lexicon["nearly"])).search(_before(clauses, at))
    return found[1] if found else None


def _on_the_verge(clauses: Clauses, at: int, lexicon: Mapping[str, AbstractSet[str]]) -> str | None:
    """Return the words that stop right before a gerund or an infinitive: "came close to taking", "had yet to take"."""
    token = clauses.tokens[at]
    while token.dep == "conj" and token.tag in ("VBG", "VB"):
        token = clauses.tokens[token.head]  # "on the verge of storming and burning"
    if token.tag not in ("VB", "VBG", "VBN", "NN") or token.dep not in _OPEN:
        return None
    if not (clauses.is_verb(token.index) or token.text.lower().endswith("ing")):
        return None
    found = _verges(frozenset(lexicon["verging"]), frozenset(lexicon["short_ways"])).search(
        _before(clauses, token.index)
    )
    return found[1] if found else None


def _above(clauses: Clauses, predicate: Predicate, lexicon: Mapping[str, AbstractSet[str]]) -> str | None:
    """Return what a verb above leaves undone: "almost led to clashes", "escaped being killed", "did not rule out"."""
    path = clauses.path_in_passage(predicate.token)
    for below, at in pairwise(path):
        dep = clauses.tokens[below].dep
        if dep in ("relcl", "advcl", "parataxis", "appos"):
            return None
        if not clauses.is_verb(at):
            continue
        if at in predicate.anchors:
            continue
        lemma = clauses.tokens[at].lemma.lower()
        if lemma in lexicon["leading_to"] and (words := _right_before(clauses, at, lexicon)) is not None:
            return words
        if dep in ("ccomp", "dobj", "nsubjpass", "csubjpass") and _rules_out(clauses, at):
            return clauses.tokens[at].text + " out"
        if lemma in lexicon["escaping"]:
            # "Escaped an ambush" says that there was one, "escaped amid clashes" that there were; "escaped capture" does not.
            is_bare = predicate.is_noun and not clauses.children(predicate.token, "det", "poss", "nummod")
            is_act = not predicate.is_noun and clauses.tokens[predicate.token].tag in ("VBG", "VBN")
            is_from = dep == "prep" and clauses.lower[below] == "from"
            is_escaped = (is_bare and below == predicate.token and dep == "dobj") or (
                is_act and (dep in ("dobj", "xcomp", "ccomp", "advcl") or is_from)
            )
            return clauses.tokens[at].text if is_escaped else None
        if dep not in ("conj", "xcomp"):
            return None
    return None


def _missed(clauses: Clauses, predicate: Predicate) -> str | None:
    """Return the verb by which a bomb hit nothing: "a mortar bomb narrowly missed a clinic"."""
    token = clauses.tokens[predicate.token]
    verb = clauses.tokens[token.head]
    is_weapon = predicate.is_noun and len(predicate.anchors) == 1 and token.lemma.lower() in grammar("munitions")
    return verb.text if is_weapon and token.dep == "nsubj" and verb.lemma.lower() == "miss" else None


def _rules_out(clauses: Clauses, verb: int) -> bool:
    return clauses.tokens[verb].lemma.lower() == "rule" and clauses.lower[verb + 1 : verb + 2] == ["out"]


# ---------------------------------------------------------------- what is yet to come
def stands_ahead(clauses: Clauses, verb: int, lexicon: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether a side clause in the present waits for its deed: "once troops take X, trains will run", "need shells before they attack".

    Without a word of what is to come or needed above it, the present is that of a headline: "Hundreds flee before troops take X".

    Parameters
    ----------
    verb
        The head of the side clause.
    lexicon
        The word classes of ``attribution.toml``.
    """
    token = clauses.tokens[verb]
    auxiliaries = clauses.children(verb, "aux", "auxpass")
    finite = auxiliaries[0].tag if auxiliaries else token.tag
    marks = {child.text.lower() for child in clauses.children(verb, "mark", "advmod")}
    governor = token.head
    if clauses.lower[governor] in ("long", "soon"):  # "as soon as troops take X"
        marks.add(clauses.lower[governor])
        governor = clauses.tokens[governor].head
    if finite not in ("VBP", "VBZ", "VB") or marks.isdisjoint(lexicon["waiting"]) or not clauses.is_verb(governor):
        return False
    above = {child.text.lower() for child in clauses.children(governor, "aux", "auxpass")}
    if clauses.lower[governor] in lexicon["say"]:  # a parser may hang it on who says so
        above |= {clauses.lower[at] for at in range(verb + 1, governor) if clauses.tokens[at].dep == "aux"}
        if clauses.tokens[governor].dep == "parataxis":  # "before they attack, officers said, troops will ..."
            told = clauses.tokens[governor].head
            above |= {child.text.lower() for child in clauses.children(told, "aux", "auxpass")}
    to_come = lexicon["modal_future"] | lexicon["modal_possible"] | {"to"}
    return not above.isdisjoint(to_come) or clauses.tokens[governor].lemma.lower() in lexicon["needing"]


def is_elliptic(clauses: Clauses, verb: int) -> bool:
    """Whether the clause above leaves out its verb and goes on with another subject: "X was shelled, Y was not"."""
    token = clauses.tokens[verb]
    above = clauses.tokens[token.head]
    if token.dep not in ("ccomp", "advcl") or above.index < verb or above.lemma.lower() not in ("be", "do", "have"):
        return False
    return (
        any(verb < subject.index < above.index for subject in clauses.children(above.index, "nsubj", "nsubjpass"))
        and bool(clauses.children(above.index, "neg"))
        and not clauses.children(above.index, "acomp", "attr", "xcomp", "oprd")
    )
