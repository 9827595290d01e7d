"""Places that a sentence takes from what was said before: "the town", "there", and nothing at all.

What is inherited is scored lower than what is said, and says where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from geoconflict.extract.event_places.place_choice import PlaceChoice, Tie
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Relation, Role

__all__ = ["find_anaphor", "is_story", "names_any", "people_before"]

_DETERMINERS = frozenset({"the", "this", "that", "its", "their", "both"})
_NEVER = frozenset({Role.DATELINE, Role.OTHER})


_FARTHEST = 1.3
"""How far from the predicate, at most, what stands for a place may be."""


_GROUND_BACK = 2
"""Passages after that which tells of some ground by the name of its town, in which "the bridge" is that one."""


def find_anaphor(
    names: PlaceNames,
    predicate: Predicate,
    recent: Sequence[int],
    may_be_capital: Callable[[int, str | None], bool],
) -> PlaceChoice | None:
    """Return the place that "the town", "the territory", "there" or "this city" in the predicate's clause stands for.

    Parameters
    ----------
    names
        Those of the document. Where somebody only speaks is taken where there is no other.
    recent
        The places of the events told just before, the last one first; they are preferred for "the town".
    may_be_capital
        Index of a toponym, and the country whose people the phrase names, if any -> whether "the capital" may mean it; the
        phrase stands for no other town.
    """
    clauses, toponyms = names.clauses, names.toponyms
    anchors = frozenset(predicate.anchors | {predicate.token})
    passage = clauses.passage_of(predicate.token)
    for token in clauses.document.tokens_between(passage.start, passage.end):
        word = token.text.lower()
        if names.covers(token.start):
            continue
        if recent and (_is_the_same_ground(clauses, token.index) or _is_ground_told_of(names, token.index, recent[0])):
            cost, path = clauses.distance(token.index, predicate.token, anchors)
            if cost <= _FARTHEST and path[-1] in anchors:
                surface = toponyms[recent[0]].surface
                return PlaceChoice(recent[0], cost + 0.4, Relation.AT, f"the same {word} as before, in {surface}")
            continue
        if word in grammar("settlements") or word in grammar("regions"):
            below = [child.text.lower() for child in clauses.children(token.index, "det", "poss")]
            if not _DETERMINERS.intersection(below) or _is_of_its_own(clauses, token.index):
                continue
            if any(names.covers(span.start) for span in clauses.phrase_tokens(token.index)):
                continue
            is_target = token.dep == "nsubj" and _was_target_of(clauses, token.index, predicate)
            if token.dep in ("nsubj", "attr", "appos") and not is_target:
                continue
        elif word not in ("there", "here") or token.dep != "advmod":
            continue
        else:
            is_target = False
        cost, path = clauses.distance(token.index, predicate.token, anchors)
        if not is_target and (cost > _FARTHEST or path[-1] not in anchors):
            continue
        cost = min(cost, _FARTHEST)
        if word == "here" or (
            word in grammar("settlements")
            and any(child.text.lower() == "this" for child in clauses.children(token.index))
        ):
            filed = next(
                (at for at, one in enumerate(toponyms) if one.role is Role.DATELINE and not names.is_large(at)), None
            )
            if filed is not None:
                surface = toponyms[filed].surface
                reason = f"{token.text!r} is {surface}, where the report was filed"
                return PlaceChoice(filed, cost + 0.4, Relation.AT, reason)
            if word == "here":
                continue
        if word == "capital" and not _is_of_a_part(clauses, token.index):
            is_of_people, country = people_before(clauses, token.index)
            if is_of_people and country is None:
                continue  # "the Ruthenian capital", of a people without a state: no other
            capitals = [
                at for at, one in enumerate(toponyms) if one.role is not Role.OTHER and may_be_capital(at, country)
            ]
            found = min(capitals, key=lambda at: _unlikeness(names, at, token.start), default=None)
            if found is None:
                continue
            surface = toponyms[found].surface
            return PlaceChoice(found, cost + 0.4, Relation.AT, f"{token.text!r} is taken as {surface}")
        found = next((at for at in recent if word in grammar("settlements") and _may_be_town(names, at)), None)
        if found is None:
            found = _antecedent((passage.start, token.start), word, names)
        if found is not None:
            surface = toponyms[found].surface
            reason = f"{token.text!r} is taken as {surface}, named before"
            return PlaceChoice(found, cost + 0.4, Relation.AT, reason, Tie.NAMED_BEFORE)
    return None


def _is_the_same_ground(clauses: Clauses, index: int) -> bool:
    """Whether a word is of ground that was told of before: "at the same junction"."""
    words = {child.text.lower() for child in clauses.children(index, "det", "amod")}
    return clauses.tokens[index].lemma.lower() in grammar("same_grounds") and {"the", "same"} <= words


def _is_ground_told_of(names: PlaceNames, index: int, last: int) -> bool:
    """Whether a word is of ground that was told of with the last place, or that a town has: "fought in X. Shells hit the airport"."""
    clauses, head = names.clauses, names.heads[last]
    own = clauses.children(index, "det", "amod", "compound", "nmod", "nummod", "poss", "prep", "acl", "relcl", "appos")
    if head is None or [child.text.lower() for child in own] != ["the"]:
        return False
    told, lemma = clauses.passage_of(head), clauses.tokens[index].lemma.lower()
    steps = clauses.passage_of(index).index - told.index
    if lemma in grammar("town_landmarks") and steps == 1 and _may_be_town(names, last):
        return True
    before = clauses.document.tokens_between(told.start, told.end)
    return (
        lemma in grammar("same_grounds") | grammar("town_landmarks")
        and 0 < steps <= _GROUND_BACK
        and any(one.lemma.lower() == lemma for one in before)
    )


def _was_target_of(clauses: Clauses, at: int, predicate: Predicate) -> bool:
    """Whether the subject at `at` is said to have been the target of what a predicate tells: "the city was the target of raids"."""
    path = clauses.path_up(predicate.token)
    verb = clauses.tokens[at].head
    if verb not in path or clauses.tokens[verb].lemma.lower() not in ("be", "become", "remain"):
        return False
    below = [clauses.tokens[one] for one in path[: path.index(verb)]][-1:]
    return any(one.dep == "attr" and one.lemma.lower() in grammar("targets") for one in below)


def _is_of_its_own(clauses: Clauses, index: int) -> bool:
    """Whether a word for ground is that of a place not named before: "the residential area", "the 7 July district"."""
    own = clauses.children(index, "amod", "compound", "nmod", "nummod")
    return any(one.lemma.lower() in grammar("kinds_of_ground") or one.text.isdigit() for one in own)


def people_before(clauses: Clauses, capital: int) -> tuple[bool, str | None]:
    """Return whether a people's adjective stands before "capital", and the country (ISO 3166-1 alpha-3) that it is of, if known."""
    people = read_demonyms()
    for child in clauses.children(capital, "amod", "compound", "nmod"):
        if child.index < capital and child.text[:1].isupper():
            pair = f"{clauses.lower[child.index - 1]} {child.text.lower()}" if child.index else ""
            name = pair if pair in people else child.text.lower()
            return True, None if name in lexicon_words("places", "peoples_of_no_capital") else people.get(name)
    return False, None


def _is_of_a_part(clauses: Clauses, capital: int) -> bool:
    """Whether a capital is that of a province or a district: "the provincial capital"."""
    return any(child.text.lower() in grammar("parts_of_countries") for child in clauses.children(capital, "amod"))


def _unlikeness(names: PlaceNames, index: int, at: int) -> tuple[bool, bool, bool, int]:
    """Return a key that sorts capitals: where things happen before where it was filed and who speaks, the nearest before first.

    Of a dateline of two the first is meant. Where somebody only speaks, or talks are held, is often another land's.
    """
    capital = names.toponyms[index]
    is_filed = capital.role is Role.DATELINE
    steps = capital.start if is_filed else abs(at - capital.start)
    only_speaks = capital.role is Role.ACTOR_METONYM or names.is_where_spoken(index) or names.is_where_talked(index)
    return capital.start >= at, only_speaks, is_filed, steps


def _may_be_town(names: PlaceNames, index: int) -> bool:
    """Whether a name is no country's and no province's; towns that bear the name of a country are seldom meant."""
    return not names.is_large(index) and not names.is_country(index)


_REACH = 60
_BORDERS = re.compile(r"\bborders?\s+(?:with|of|between)\s+(?:the\s+)?(?:[A-Z][\w-]*(?:\s+|,\s+|\s+and\s+)){0,6}$")
"""Before a name that only tells where something else lies."""


def _only_tells_where(names: PlaceNames, index: int) -> bool:
    """Whether a name is a border that something lies near, or a country behind that border."""
    toponym, text = names.toponyms[index], names.clauses.document.text
    is_near = names.is_line(index) and toponym.relation is Relation.NEAR
    return is_near or _BORDERS.search(text[max(0, toponym.start - _REACH) : toponym.start]) is not None


def _antecedent(within: tuple[int, int], word: str, names: PlaceNames) -> int | None:
    """Return the place that the word at the end of `within`, the passage up to it, stands for."""
    since, before = within
    fallback: int | None = None
    for index in reversed(names.within(0, before)):
        toponym = names.toponyms[index]
        if toponym.end > before or toponym.role in _NEVER or names.is_where_talked(index):
            continue
        if word == "there" and _only_tells_where(names, index):
            continue  # "X, a town near the borders with Y and Z. Nine were killed there"
        if before - toponym.end > 1500:
            break
        if word in grammar("settlements") and not _may_be_town(names, index):
            continue
        if toponym.start >= since and toponym.role is Role.ACTOR_METONYM and word != "there":
            continue  # "according to X, the village was shelled"
        is_of_people = toponym.role in (Role.ACTOR_METONYM, Role.ORIGIN)
        if word in grammar("regions") and (not names.is_large(index) or is_of_people):
            continue
        if word == "there" and toponym.start >= since and toponym.role is not Role.ACTOR_METONYM:
            return index  # "the X region declared an emergency after drones were shot down there"
        if toponym.role is Role.ACTOR_METONYM or names.is_where_spoken(index):
            fallback = index if fallback is None else fallback
            continue
        return index
    return fallback if word in grammar("settlements") else None


def is_story(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the predicate is told of a film, a drill or an anniversary and so is no news."""
    path = clauses.path_in_passage(predicate.token)
    for at in path:
        if _is_years_ago(clauses, at):
            return True
    for below, at in pairwise(path):
        token, governor = clauses.tokens[below], clauses.tokens[at]
        if below in predicate.anchors and token.dep in ("acl", "relcl"):
            above = clauses.tokens[governor.head]
            if governor.dep in ("dobj", "nsubjpass") and above.lemma.lower() in grammar("commemorations"):
                return True  # "soldiers killed in X have been commemorated"
            break  # "a film crew attacked in X": the noun takes part in the event
        if at in predicate.anchors:
            continue
        if names_any(clauses, at, "fiction", "rehearsals", "anniversaries") and token.dep not in ("conj", "appos"):
            return True
        if not clauses.is_verb(at):
            continue
        is_content = (
            token.dep in ("ccomp", "xcomp", "csubjpass", "dobj", "nsubjpass")
            or (token.dep == "prep" and token.text.lower() in ("about", "of", "on"))
            or (token.dep == "advcl" and token.tag == "VBG" and not clauses.children(below, "mark"))
        )
        if is_content and (
            governor.lemma.lower() in grammar("commemorations")
            or any(
                names_any(clauses, subject, "fiction", "rehearsals")
                for subject in clauses.subjects(at)
                if subject not in path
            )
        ):
            return True
    return False


def names_any(clauses: Clauses, index: int, *classes: str) -> bool:
    """Return whether a noun, or a noun with the word before it ("war game"), is of one of some classes of words."""
    token = clauses.tokens[index]
    if token.pos not in ("NOUN", "PROPN"):
        return False
    forms = {token.text.lower(), token.lemma.lower()}
    if clauses.lower[max(0, index - 2) : index] == ["re", "-"]:
        forms |= {f"re-{form}" for form in forms}  # "a re-enactment" may be read as three words
    forms |= {f"{child.text.lower()} {form}" for child in clauses.children(index, "compound", "amod") for form in forms}
    return any(not forms.isdisjoint(grammar(name)) for name in classes)


def _is_years_ago(clauses: Clauses, index: int) -> bool:
    """Whether the clause or phrase is introduced by "20 years since", "a year today since" or "a decade after"."""
    for at in (index, *(child.index for child in clauses.children(index, "mark"))):
        if clauses.lower[at] not in ("since", "after"):
            continue
        before = at - 1
        while before > 0 and clauses.lower[before] in ("ago", "now", "on", "to", "the", "day", "today", "tomorrow"):
            before -= 1
        if before >= 0 and clauses.tokens[before].lemma.lower() in ("year", "decade", "century"):
            return True
    return False
