"""What becomes of a report or a claim whose content is an event: it is taken back, looked into, or only told.

"Withdrew its claim that it had taken X", "is looking into reports that X was shelled": neither is that side's word for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["Fate", "ToldReport", "told_report"]

_CONTENT = ("acl", "ccomp", "relcl", "prep", "appos")
_PREPOSITIONS = ("of", "about", "on")


class Fate(StrEnum):
    """What is done with a report."""

    TAKEN_BACK = "taken back"
    WRONG = "wrong"
    """The report itself says that it was told wrongly."""
    CHECKED = "checked"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class ToldReport:
    """The noun that an event is the content of, and the word that says what is done with it."""

    noun: int
    fate: Fate
    by: int
    """The token that says so; the noun itself where nothing does."""


def told_report(clauses: Clauses, predicate: Predicate, lexicon: Mapping[str, AbstractSet[str]]) -> ToldReport | None:
    """Return the report of which a predicate is the content: "reports that X was shelled"; None where it is of none.

    Parameters
    ----------
    lexicon
        The word classes of ``attribution.toml``.
    """
    path = clauses.path_in_passage(predicate.token)
    for below, at in pairwise(path):
        token = clauses.tokens[below]
        is_told = clauses.lower[at] in lexicon["speech_nouns"] or (
            clauses.lower[at] in lexicon["told_nouns"] and token.dep != "prep"
        )
        if (
            is_told
            and clauses.tokens[at].pos in ("NOUN", "PROPN")
            and at not in predicate.anchors
            and token.dep in _CONTENT
        ):
            if token.dep == "prep" and clauses.lower[below] not in _PREPOSITIONS:
                return None
            if token.dep in ("acl", "relcl") and not _opens_content(clauses, below):
                return None
            return _with_fate(clauses, at, lexicon)
        if clauses.is_verb(at) and token.dep == "ccomp" and at not in predicate.anchors:
            fate = _fate_of_saying(clauses, at, lexicon)
            is_known = fate is Fate.CHECKED and _asks_of_a_part(clauses, below)
            if fate is not None and not is_known:
                return ToldReport(at, fate, at)
        if token.dep in ("relcl", "advcl", "parataxis"):
            return None
    return None


def _opens_content(clauses: Clauses, verb: int) -> bool:
    """Whether a clause on a noun says what the noun tells, "that rebels shelled X", and is no relative one."""
    marks = [child.text.lower() for child in clauses.children(verb, "mark")]
    if marks:
        return "that" in marks
    subjects = [clauses.lower[one.index] for one in clauses.children(verb, "nsubj", "nsubjpass")]
    return bool(subjects) and not {"that", "which", "who"}.intersection(subjects)


def _asks_of_a_part(clauses: Clauses, verb: int) -> bool:
    """Whether a clause leaves open a part of it alone: "could not confirm who shelled X"."""
    return any(child.tag in ("WP", "WRB", "WDT") for child in clauses.children(verb))


def _fate_of_saying(clauses: Clauses, verb: int, lexicon: Mapping[str, AbstractSet[str]]) -> Fate | None:
    """Return what becomes of what a verb tells: "could not confirm that", "wrongly announced that", "apologised for saying that"."""
    if _is_unconfirmed(clauses, verb, lexicon):
        return Fate.CHECKED  # "could not confirm that"
    if clauses.lower[verb] not in lexicon["say"]:
        return None
    if any(child.text.lower() in lexicon["wrongly"] for child in clauses.children(verb, "advmod")):
        return Fate.WRONG
    if any(is_outdated(clauses, at, lexicon) for at in clauses.subjects(verb)):
        return Fate.WRONG
    above = clauses.tokens[clauses.tokens[verb].head].head
    is_regretted = clauses.tokens[verb].dep == "pcomp" and clauses.lower[above] in lexicon["regretting"]
    return Fate.TAKEN_BACK if is_regretted else None


def is_outdated(clauses: Clauses, noun: int, lexicon: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether a noun is for what the report itself said before it was corrected: "an earlier version of this article"."""
    if clauses.lower[noun] not in ("caption", "draft", "headline", "version") and not (
        clauses.lower[noun] in lexicon["published"] and _is_correction(clauses, noun, lexicon)
    ):
        return False
    return any(child.text.lower() in lexicon["outdated"] for child in clauses.children(noun, "amod", "compound"))


def _is_correction(clauses: Clauses, noun: int, lexicon: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether the sentence of a noun is labelled as one that corrects the report: "Correction: an earlier report said"."""
    passage = clauses.passage_of(noun)
    before = clauses.document.text[clauses.document.text.rfind("\n", 0, passage.start) + 1 : clauses.tokens[noun].start]
    label = before.partition(":")[0].strip(" *_([").lower()
    return label in lexicon["correcting"]


def _with_fate(clauses: Clauses, noun: int, lexicon: Mapping[str, AbstractSet[str]]) -> ToldReport:
    at = noun
    while clauses.tokens[at].dep == "conj":
        at = clauses.tokens[at].head
    token = clauses.tokens[at]
    above = token.head
    if token.dep == "pobj":
        above = clauses.tokens[above].head
    elif token.dep not in ("dobj", "nsubjpass", "nsubj"):
        return ToldReport(noun, Fate.TOLD, noun)
    # "Aware of reports", "an inquiry into reports", "looking into reports": the word above is of any kind.
    word = clauses.lower[above]
    if word in lexicon["take_back"] and (token.dep != "pobj" or word in lexicon["back_from"]):
        return ToldReport(noun, Fate.TAKEN_BACK, above)
    if word in lexicon["going_back"] and "back" in clauses.lower[above + 1 : noun]:
        return ToldReport(noun, Fate.TAKEN_BACK, above)
    is_look = word in lexicon["looking"] and clauses.lower[above + 1 : above + 2] == ["into"]
    if is_look or word in lexicon["checking"] or _is_unconfirmed(clauses, above, lexicon):
        return ToldReport(noun, Fate.CHECKED, above)
    return ToldReport(noun, Fate.TOLD, noun)


def _is_unconfirmed(clauses: Clauses, word: int, lexicon: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether a confirmation is under way, not to be had, or denied: "could not confirm", "is verifying", "awaits confirmation of"."""
    if clauses.lower[word] not in lexicon["confirming"]:
        return False
    token = clauses.tokens[word]
    if token.pos == "NOUN":
        return True
    if token.tag == "VBG" or clauses.children(word, "neg"):
        return True
    auxiliaries = {child.text.lower() for child in clauses.children(word, "aux")}
    return "to" in auxiliaries or not auxiliaries.isdisjoint(lexicon["modal_possible"] | lexicon["modal_future"])
