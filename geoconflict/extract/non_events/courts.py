"""What courts and the police deal with: trials, sentences, suspects and searches tell of a deed, and are none."""

from __future__ import annotations

import re
from itertools import pairwise

from geoconflict.extract.non_events.remembered import has_own_date
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_court_case", "is_of_a_suspect", "is_of_the_caught", "is_search"]

_VERDICT = re.compile(r"\b(?:acquitted|convicted|guilty|jailed|sentenced)\b[^:;.]*[:;]", re.IGNORECASE)


def is_court_case(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether somebody is tried or punished for it: "charged with murder", "jailed for his part in the bombing"."""
    if any(_is_punishment(clauses, at) for at in sorted(predicate.anchors)) or _is_of_the_punished(clauses, predicate):
        return True
    path = clauses.path_in_passage(predicate.token)
    is_about = False  # whether the way up came through "with", "for": what it is for, not where or when
    for below, at in pairwise(path):
        dep = clauses.tokens[below].dep
        if dep == "relcl":
            return False
        if dep == "prep":
            is_about = is_about or clauses.lemma(below) in grammar("accusing")
            if clauses.lower[below] == "of" and _is_called_guilty(clauses, at):
                return True
        if clauses.is_verb(at) and at not in predicate.anchors:
            # "Handed them terms for kidnapping and torturing": a parser may join the second deed to the court's verb.
            is_joined = dep == "conj" and clauses.tokens[below].tag == "VBG" and clauses.tokens[at].tag != "VBG"
            if is_joined and _is_given_a_term(clauses, at):
                return True
            if is_about and dep in ("prep", "dobj", "nsubjpass") and clauses.lemma(at) in grammar("court_verbs"):
                return True
            if is_about and dep == "prep" and _is_on_trial(clauses, at):
                return True
            if is_about and dep == "prep" and (_is_given_a_term(clauses, at) or _is_called_guilty(clauses, at)):
                return True
            if clauses.tokens[at].dep not in ("pcomp", "conj"):  # "jailed for planting the bomb"
                return False
        elif is_about and dep == "prep" and clauses.lemma(at) in grammar("court_nouns"):
            return clauses.lemma(clauses.tokens[at].head) != "in"  # "in charge of"
    return False


def _is_of_the_punished(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a clause says for what they are punished whom its sentence is about: "four who carried out raids were jailed"."""
    passage = clauses.passage_of(predicate.token).index
    for below, at in pairwise(clauses.path_up(predicate.token)):
        if clauses.passage_of(at).index != passage:
            return False
        if clauses.tokens[below].dep == "relcl" and clauses.tokens[at].dep == "nsubjpass":
            above = clauses.tokens[at].head
            # "Three who murdered a guard were sent for trial".
            is_tried = any(clauses.lemma(one) == "trial" for _, one in clauses.preps(above, "for", "on", "to"))
            return is_tried or clauses.lemma(above) in grammar("court_verbs")
    return False


def _is_on_trial(clauses: Clauses, verb: int) -> bool:
    """Whether somebody stands before a court: "went on trial over the shelling of X"."""
    return any(
        word in ("on", "before", "in")
        and (clauses.lemma(below) in grammar("court_nouns") or clauses.lemma(below) in grammar("courts"))
        for word, below in clauses.preps(verb)
    ) and clauses.lemma(verb) in grammar("standing")


def _is_given_a_term(clauses: Clauses, verb: int) -> bool:
    """Whether somebody gets so many years, or a court metes out a sentence: "got 35 years for", "handed them life terms for"."""
    if clauses.lemma(verb) not in grammar("meting_out"):
        return False
    return any(
        clauses.lemma(one) in ("sentence", "term")
        or (clauses.lemma(one) in ("life", "month", "year") and bool(clauses.children(one, "nummod")))
        or clauses.lower[one] == "life"
        for one in (*clauses.objects(verb), *clauses.patients(verb))
    )


def _is_called_guilty(clauses: Clauses, index: int) -> bool:
    """Whether "guilty" is said there: "was found guilty in X of rape"."""
    return clauses.lower[index] == "guilty" or any(child.text.lower() == "guilty" for child in clauses.children(index))


def _is_found_by_a_court(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a court finds that it was done, or hears it from somebody: "judges ruled that he armed rebels who murdered villagers"."""
    return any(
        clauses.tokens[below].dep in ("ccomp", "dobj")
        and any(child.text.lower() == "that" for child in clauses.tokens[at + 1 : below])
        and (
            (clauses.lemma(at) in grammar("ruling") and _are_courts(clauses, clauses.subjects(at)))
            or (clauses.lemma(at) in ("admit", "confess", "testify") and _is_before_a_court(clauses, at))
        )
        for below, at in pairwise(clauses.path_in_passage(predicate.token))
    )


def _are_courts(clauses: Clauses, indexes: list[int]) -> bool:
    return any(clauses.lemma(one).removesuffix("s") in grammar("courts") for one in indexes)


def _is_before_a_court(clauses: Clauses, verb: int) -> bool:
    return any(
        word in ("at", "before", "in", "to") and clauses.lemma(below) in grammar("courts")
        for word, below in clauses.preps(verb)
    )


def _is_punishment(clauses: Clauses, verb: int) -> bool:
    """Whether somebody is executed or hanged for a crime: a sentence, not a killing."""
    if clauses.tokens[verb].lemma.lower() not in grammar("punishing"):
        return False
    if not clauses.words_of(clauses.passage_of(verb)).isdisjoint(("convict", "convicted", "conviction")):
        return True
    return any(
        not clauses.words(below).isdisjoint(grammar("crimes")) for below in (at for _, at in clauses.preps(verb, "for"))
    )


def is_of_a_suspect(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether somebody's part in it is what courts or the police deal with: "jailed for his role in the bombings"."""
    passage = clauses.passage_of(predicate.token)
    path = clauses.path_in_passage(predicate.token)
    if any(clauses.lemma(at) in grammar("suspicions") for at in path):
        return True
    if not predicate.is_noun or len(predicate.anchors) > 1:
        return False
    if not any(clauses.lemma(at) in grammar("parts_in_crimes") for at in path[1:]):
        return False
    words = clauses.words_of(passage)
    return any(not words.isdisjoint(grammar(key)) for key in ("court_verbs", "court_nouns", "foiling"))


def is_of_the_caught(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether an undated clause only says what they had done who are caught or heard: "captured a boss who had ordered murders".

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    """
    path = clauses.path_in_passage(predicate.token)
    if has_own_date(clauses, clauses.clause_head(predicate.token), time):
        return False
    if _explains_verdict(clauses, predicate) or _is_found_by_a_court(clauses, predicate):
        return True
    for below, at in pairwise(path):
        dep = clauses.tokens[below].dep
        if dep == "dobj" and clauses.lemma(below) in ("evidence", "testimony"):
            return clauses.lemma(at) == "hear"
        if dep == "pcomp" and clauses.lower[below] != "of" and clauses.lower[at] == "to":
            return any(child.text.lower() == "guilty" for child in clauses.children(clauses.tokens[at].head)) or (
                clauses.lower[clauses.tokens[at].head] == "guilty"
            )
        if dep == "ccomp" and (clauses.lemma(at) == "hear" or (clauses.lemma(at) == "tell" and clauses.is_passive(at))):
            said = [clauses.tokens[one].start for one in clauses.document.subtree(below)]
            is_dated = time is not None and min(said) <= time.start <= max(said)
            return not is_dated and any(clauses.lemma(one) in grammar("courts") for one in clauses.subjects(at))
        if dep != "relcl":
            continue
        above = clauses.tokens[at].head
        if clauses.tokens[at].dep in ("dobj", "nsubjpass") and clauses.lemma(above) in grammar("catching"):
            # "Arrested a man who killed five" may be the first that is told of them, and not all that is taken is people.
            is_before = any(child.text.lower() == "had" for child in clauses.children(below, "aux"))
            return is_before and any(
                child.text.lower() in ("that", "who") for child in clauses.children(below, "nsubj")
            )
        above_it = path[path.index(at) :]
        return any(
            clauses.lower[one] == "guilty" or any(child.text.lower() == "guilty" for child in clauses.children(one))
            for one in above_it
        )
    return False


def _explains_verdict(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it says behind a colon for what somebody was convicted: "found guilty of murder: he fired four shots"."""
    passage = clauses.passage_of(predicate.token)
    return _VERDICT.search(clauses.document.text, passage.start, predicate.start) is not None


def is_search(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a raid is a search, where nobody comes to harm and no armed group is spoken of."""
    if clauses.lemma(predicate.token) != "raid":
        return False
    words = clauses.words_of(clauses.passage_of(predicate.token))
    agents = [] if predicate.is_noun else clauses.agents(predicate.token)
    if agents and all(not clauses.words(agent).isdisjoint(grammar("searchers")) for agent in agents):
        # Troops search offices and homes, too; what they do to villages and camps is no search.
        searched = any(clauses.lemma(at) in grammar("searched") for at in clauses.patients(predicate.token))
        if searched and words.isdisjoint(grammar("armed_or_harmed") - grammar("searchers")):
            return True
    if any(clauses.words(agent).isdisjoint(grammar("police")) for agent in agents):
        return False
    return not words.isdisjoint(grammar("policing")) and words.isdisjoint(grammar("armed_or_harmed"))
