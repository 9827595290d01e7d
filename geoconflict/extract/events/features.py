"""The features of a predicate that speak for or against its telling of a conflict event, with names that a person can read.

How it stands in its sentence, who did it to whom, where and when, and what else the sentence and the report speak of. What
each is worth, and its wording, is data: ``resources/lexicons/event_evidence.toml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import ActorKind, EventType, Status

__all__ = ["WEIGHED", "FeatureReader"]

WEIGHED = ARMED_EVENTS | {EventType.RIOTS}
"""Types of events whose evidence is weighed; talks, movements of troops and protests are not."""
_TYPES = {
    EventType.BATTLES: "battle",
    EventType.EXPLOSIONS: "explosion",
    EventType.VIOLENCE_AGAINST_CIVILIANS: "against_civilians",
    EventType.RIOTS: "riot",
}
_KINDS = {
    ActorKind.STATE_FORCES: "state_forces",
    ActorKind.EXTERNAL: "state_forces",
    ActorKind.REBEL_GROUP: "armed_group",
    ActorKind.POLITICAL_MILITIA: "armed_group",
    ActorKind.IDENTITY_MILITIA: "armed_group",
    ActorKind.GOVERNMENT: "government",
    ActorKind.CIVILIANS: "civilians",
}
_ARMED = ("state_forces", "armed_group")
_ROLES = {
    "nsubj": "stands_subject",
    "nsubjpass": "stands_subject",
    "csubj": "stands_subject",
    "dobj": "stands_object",
    "attr": "stands_object",
    "ccomp": "stands_said",
    "xcomp": "stands_infinitive",
    "relcl": "stands_relative",
    "acl": "stands_relative",
    "compound": "stands_modifier",
    "amod": "stands_modifier",
    "nmod": "stands_modifier",
    "poss": "stands_modifier",
    "advcl": "stands_adverbial",
}
_NONE: frozenset[str] = frozenset()
_OF_ARMS = frozenset(
    {"beside_fighters", "beside_weapons", "beside_attacks", "by_armed_group", "by_state_forces", "target_armed"}
)
_OF_JUSTICE = frozenset({"beside_courts", "beside_inquiries", "beside_policing"})
_BESIDE_THE_POINT = frozenset(
    f"stands_{name}" for name in ("time", "about", "of", "with", "in", "modifier", "object", "other")
)
"""Where a noun does not say what the sentence is about."""
_OTHER_MATTERS = _OF_JUSTICE | {
    f"beside_{name}"
    for name in ("politics", "diplomacy", "opinions", "remembrance", "weapon_tests", "plots", "history")
}
_SOME_MATTERS, _MANY_MATTERS = 2, 4
_SURE, _UNSURE = 0.85, 0.7
_LONG_DAYS = 3


@dataclass(frozen=True, slots=True)
class _Words:
    classes: Mapping[str, frozenset[str]]
    """Word -> the classes that it is of."""
    definite: frozenset[str]
    prepositions: Mapping[str, str]


@cache
def _words() -> _Words:
    table = read_lexicon("event_evidence")
    listed = dict(table["words"])
    definite = frozenset(listed.pop("definite"))
    classes: dict[str, set[str]] = {}
    for name, words in listed.items():
        for word in words:
            classes.setdefault(word, set()).add(name)
    behind = {word: name for name, words in table["prepositions"].items() for word in words}
    return _Words({word: frozenset(names) for word, names in classes.items()}, definite, behind)


class FeatureReader:
    """Finds the features of the drafts of one report.

    Parameters
    ----------
    scene
        What they share.
    drafts
        All of the report.
    """

    def __init__(self, scene: Scene, drafts: Sequence[Draft]) -> None:
        self._scene = scene
        self._clauses = scene.clauses
        self._owner = {at: draft for draft in drafts for at in draft.predicate.anchors}
        self._spoken_of: dict[int, Counter[str]] = {}

    def features(self, draft: Draft) -> frozenset[str]:
        """Return the names of the features that hold of a draft."""
        found = {
            _TYPES[draft.verdict.event_type],
            f"word_{draft.verdict.sense.name}",
            *self._of_standing(draft),
            *_of_form(self._clauses, draft),
            *_of_people(draft),
            *_of_place(self._scene, draft),
            *_of_day(draft),
            *_of_speakers(draft),
            *self._of_surroundings(draft),
        }
        return frozenset(found | _together(found))

    def _passage(self, draft: Draft) -> int:
        return self._clauses.passage_of(draft.predicate.token).index

    def _of_standing(self, draft: Draft) -> set[str]:
        """Return how the predicate hangs in its sentence, and what hangs above it."""
        clauses, predicate = self._clauses, draft.predicate
        path = clauses.path_in_passage(predicate.token)
        top = max(place for place, at in enumerate(path) if at in predicate.anchors or at == predicate.token)
        above = path[top + 1 :]
        found = {_role(clauses, path[top], above)}
        if len(predicate.anchors) > 1:
            found.add("carried")
        governor = next((at for at in above if clauses.is_verb(at)), None)
        if governor is not None and governor not in self._owner:
            found.update(f"under_{name}" for name in _classes(clauses, governor))
        nouns = [at for at in above if clauses.tokens[at].pos in ("NOUN", "PROPN")]
        found.update(f"within_{name}" for at in nouns[:2] for name in _classes(clauses, at))
        if any(self._owner.get(at, draft) is not draft for at in above):
            found.add("under_event")
        return found

    def _of_surroundings(self, draft: Draft) -> set[str]:
        """Return what else the sentence and the report speak of."""
        clauses, at = self._clauses, self._passage(draft)
        own = {draft.predicate.token, *draft.predicate.anchors}
        of_own = Counter(name for index in own for name in _classes(clauses, index))
        found = {f"beside_{name}" for name in self._classes_of(at) - of_own}
        if at > 0:
            found.update(f"begins_{name}" for name in self._classes_of(0))
        return found

    def _classes_of(self, passage: int) -> Counter[str]:
        """Return how many words of each class a passage has."""
        if passage not in self._spoken_of:
            one = self._clauses.passages[passage]
            tokens = self._clauses.document.tokens_between(one.start, one.end)
            self._spoken_of[passage] = Counter(
                name for token in tokens for name in _classes(self._clauses, token.index)
            )
        return self._spoken_of[passage]


# ---------------------------------------------------------------- in its sentence
def _role(clauses: Clauses, top: int, above: Sequence[int]) -> str:
    token = clauses.tokens[top]
    while token.dep == "conj" and token.head != token.index:
        token = clauses.tokens[token.head]
    behind = _words().prepositions
    if token.dep in ("pobj", "pcomp"):
        return behind.get(clauses.lower[token.head], "stands_other")
    if token.dep == "advcl":
        marks = [child.text.lower() for child in clauses.children(token.index, "mark", "advmod")]
        return next((behind[one] for one in marks if one in behind), "stands_adverbial")
    if not above or token.dep == "ROOT":
        return "stands_main" if clauses.is_verb(token.index) else "stands_title"
    return _ROLES.get(token.dep, "stands_other")


def _classes(clauses: Clauses, index: int) -> frozenset[str]:
    classes = _words().classes
    written = classes.get(clauses.lower[index], _NONE)
    return written | classes.get(clauses.tokens[index].lemma.lower(), _NONE)


def _of_form(clauses: Clauses, draft: Draft) -> set[str]:
    """Return the form of the word: a noun with its article, or a verb with its tense."""
    predicate = draft.predicate
    token = clauses.tokens[predicate.token]
    if predicate.is_noun:
        determiners = {child.text.lower() for child in clauses.children(token.index, "det", "poss")}
        found = {"noun"}
        if not determiners.isdisjoint(_words().definite):
            found.add("definite")
        elif token.tag == "NNS" and not clauses.children(token.index, "nummod", "amod"):
            found.add("bare_plural")
        return found
    auxiliaries = {child.text.lower() for child in clauses.children(token.index, "aux", "auxpass")}
    found = {"verb"}
    if "had" in auxiliaries:
        found.add("past_perfect")
    elif not auxiliaries.isdisjoint(("has", "have")):
        found.add("perfect")
    if "to" in auxiliaries:
        found.add("infinitive")
    if not auxiliaries and token.tag in ("VBZ", "VBP"):
        found.add("present")
    if not auxiliaries and token.tag == "VBG":
        found.add("participle")
    return found


# ---------------------------------------------------------------- who, where, when
def _of_people(draft: Draft) -> set[str]:
    found = set()
    for actor in draft.arguments.actors:
        kind = _KINDS.get(actor.kind, "others")
        if actor.part == "target":
            found.add("target_armed" if kind in _ARMED else f"target_{kind}")
        else:
            found.add(f"by_{kind}")
    if not draft.arguments.actors:
        found.add("nobody")
    if draft.arguments.casualties:
        found.add("figures")
    elif draft.predicate.outcomes:
        found.add("outcome")
    return found


def _of_place(scene: Scene, draft: Draft) -> set[str]:
    places = draft.arguments.places
    if not places:
        return {"no_place"}
    found = {"large_place" if all(scene.names.is_large(choice.index) for choice in places) else "town"}
    if all(choice.cost >= INHERITED_COST for choice in places):
        found.add("place_inherited")
    return found


def _of_day(draft: Draft) -> set[str]:
    span = draft.arguments.time.span if draft.arguments.time is not None else None
    if span is None or span.starts_on is None or span.ends_on is None:
        return {"no_day"}
    return {"long_span" if (span.ends_on - span.starts_on).days > _LONG_DAYS else "day"}


def _of_speakers(draft: Draft) -> set[str]:
    attribution = draft.attribution
    said = {
        "not_done": attribution.status in (Status.HYPOTHETICAL, Status.SCHEDULED),
        "denied": attribution.status is Status.DENIED,
        "attributed": attribution.claimed_by is not None,
        "background": attribution.is_background,
        "sure_word": draft.verdict.score >= _SURE,
        "unsure_word": draft.verdict.score < _UNSURE,
    }
    return {name for name, holds in said.items() if holds}


# ---------------------------------------------------------------- what says more together
def _together(found: set[str]) -> set[str]:
    """Return what features say together that each alone does not."""
    added = set()
    if "beside_mishaps" in found and found.isdisjoint(_OF_ARMS):
        added.add("mishap_without_arms")
    if "noun" in found and not found.isdisjoint(_OF_JUSTICE):
        added.add("noun_beside_justice")
    if "noun" in found and found.isdisjoint(("carried", "figures")) and not found.isdisjoint(_BESIDE_THE_POINT):
        added.add("aside")
        if "no_day" in found:
            added.add("aside_without_day")
    n_other = len(found & _OTHER_MATTERS)
    if n_other >= _MANY_MATTERS:
        added.add("four_other_matters")
    if n_other >= _SOME_MATTERS:
        added.add("two_other_matters")
    return added
