"""What a sentence or a paragraph puts into a work, a game, a dream or a drill by the words that open it.

"In the novel, rebels storm the citadel", "Wargame results: missiles hit the port", "During the drill, troops seized a bridge". A
frame holds for its sentence, and for what the paragraph goes on to tell in the present; a label for its whole paragraph.
"""

from __future__ import annotations

import bisect
import functools
import re

from geoconflict.extract.event_places.context import names_any
from geoconflict.extract.lexicon import any_form
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_in_frame", "is_mock", "is_work", "titles_of_games"]

_WITHIN = frozenset({"in", "inside", "on"})
_UNDER = frozenset({"during", "under", "per", "according to"})
_QUOTES = "\"'“”‘’"


def is_in_frame(clauses: Clauses, predicate: Predicate, time: TimeExpression | None, *, has_casualties: bool) -> bool:
    """Whether what a predicate tells is put into a work, a game, a dream or a drill by what opens its sentence or paragraph.

    Parameters
    ----------
    time
        The date that belongs to the predicate: in a game that was played on Monday somebody may be shot.
    has_casualties
        Whether figures of killed or wounded hang on it: people die in drills, too.
    """
    is_harmed = has_casualties and not _is_in_quotes(clauses, predicate)
    is_past = not _is_in_present(clauses, predicate)
    if _is_labelled(clauses, predicate):
        return True
    own = [pair for at in _verbs(clauses, predicate) for pair in clauses.preps(at)]
    opening = _opening(clauses, predicate.start)
    return any(
        _is_frame(clauses, word, noun, is_harmed=is_harmed, is_past=is_past, is_dated=time is not None)
        for word, noun in (*own, *([opening] if opening else []))
    ) or (not is_past and time is None and _goes_on(clauses, predicate))


@functools.cache
def _label() -> re.Pattern[str]:
    labels = any_form(sorted(grammar("made_up_headings") | grammar("old_news_headings")))
    return re.compile(rf"[\"'“‘\s\W]*(?:{labels})(?:\s*[:!–—)\]]|\s+-\s)", re.IGNORECASE)


def _is_labelled(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its paragraph or its sentence begins with "Quiz:", "April Fools:", "(Satire)", "From the archive:"."""
    text = clauses.document.text
    starts = (_paragraph(text, predicate.start), clauses.passage_of(predicate.token).start)
    return any(_label().match(text, start) is not None for start in starts)


def _paragraph(text: str, at: int) -> int:
    before = text.rfind("\n\n", 0, at)
    return 0 if before < 0 else before + 2


def _verbs(clauses: Clauses, predicate: Predicate) -> set[int]:
    """Return what carries a predicate, and the verb whose list it goes on with: "in the war game, they attacked and took X"."""
    verb = predicate.token
    while clauses.tokens[verb].dep == "conj" and clauses.is_verb(verb):
        verb = clauses.tokens[verb].head
    return {verb, *predicate.anchors}


def _opening(clauses: Clauses, offset: int) -> tuple[str, int] | None:
    """Return the preposition that opens the sentence at a place of the text, with its noun; the parser may hang it anywhere."""
    sentence = clauses.document.sentence_at(offset)
    for token in clauses.tokens[sentence.first_token : sentence.end_token]:
        if token.pos in ("PUNCT", "SPACE", "CCONJ", "ADV") and token.text.lower() != "according":
            continue
        nouns = clauses.children(token.index, "pobj")
        return (token.text.lower(), nouns[0].index) if nouns else None
    return None


def _goes_on(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a sentence before it in its paragraph opened a work: "In the novel, rebels storm X. They kill 40 officers"."""
    openings = _openings_of_works(clauses)
    at = bisect.bisect_left(openings, _paragraph(clauses.document.text, predicate.start))
    return at < len(openings) and openings[at] < clauses.document.sentence_at(predicate.start).start


@functools.lru_cache(maxsize=1)  # asked by each predicate of a report
def _openings_of_works(clauses: Clauses) -> list[int]:
    """Return where the sentences begin that open a work: "In the novel"."""
    found = []
    for sentence in clauses.document.sentences:
        opening = _opening(clauses, sentence.start)
        if opening is not None and opening[0] in _WITHIN and is_work(clauses, opening[1]):
            found.append(sentence.start)
    return found


def _is_frame(clauses: Clauses, word: str, noun: int, *, is_harmed: bool, is_past: bool, is_dated: bool) -> bool:
    """Whether a preposition and its noun put the sentence into something unreal, or into a drill in which nobody is harmed."""
    if word not in _WITHIN | _UNDER or _is_likened(clauses, noun):
        return False
    inner = [noun]
    if clauses.lower[noun] in grammar("parts_of_drills") | grammar("parts_of_works"):
        inner = [below for _, below in clauses.preps(noun, "of", "from")] or inner
    if word in _WITHIN and any(_is_titled(clauses, one) for one in inner):
        return True
    if word == "on" and inner == [noun]:
        return False  # "shot a man on film"; "on the second day of the drill" is of the drill
    if any(names_any(clauses, one, "scenarios") for one in inner):
        # "Under the plan, troops left X" tells what they did.
        return not (is_past and any(names_any(clauses, one, "plans") for one in inner))
    if any(names_any(clauses, one, "rehearsals") for one in inner):
        return not is_harmed
    if any(is_mock(clauses, one) for one in inner):
        return True
    if word in _WITHIN and any(is_work(clauses, one) for one in inner):
        may_be_true = all(names_any(clauses, one, "played_works", "true_works") for one in inner)
        return not (may_be_true and is_past and is_dated)
    return word in _WITHIN and inner == [noun] and not is_past and _is_some_part(clauses, noun)


def _is_some_part(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is for a part of a work that is not named: "in one level", "in the opening scene", "in chapter two"."""
    if clauses.lower[noun] not in grammar("parts_of_works"):
        return False
    around = {child.text.lower() for child in clauses.children(noun, "amod", "compound", "det", "nummod")}
    is_numbered = any(token.tag == "CD" for token in clauses.tokens[noun + 1 : noun + 2])
    return is_numbered or not around.isdisjoint(grammar("counting_parts"))


def is_work(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is for what somebody made up: a film, a novel, a parody, a dream, a game by its title."""
    if names_any(clauses, noun, "dreams"):
        # "In a nightmare for the government", "in the nightmare that the town has become".
        return not (clauses.preps(noun, "for", "of") or clauses.children(noun, "relcl"))
    if names_any(clauses, noun, "fiction", "satire"):
        return True
    before = clauses.children(noun, "amod", "compound")
    return any(token.text.lower() in grammar("satire") for token in before) or _is_titled(clauses, noun)


def _is_titled(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is in the title of a game: "the latest Call of Duty"."""
    own = clauses.phrase_tokens(noun)
    return titles_of_games().search(clauses.document.text, own[0].start, own[-1].end) is not None


@functools.cache
def titles_of_games() -> re.Pattern[str]:
    """Return what finds the title of a game."""
    return re.compile(rf"(?<!\w)(?:{any_form(sorted(grammar('titles_of_games')))})(?!\w)", re.IGNORECASE)


def is_mock(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is called a mock one: "a mock attack", "a simulated raid"."""
    modifiers = clauses.children(noun, "amod", "compound")
    return any(child.text.lower() in grammar("mock") and child.tag != "VBG" for child in modifiers)


def _is_likened(clauses: Clauses, noun: int) -> bool:
    """Whether something real is only likened to a work: "in scenes reminiscent of a film"."""
    words = {token.text.lower() for token in clauses.phrase_tokens(noun)}
    return not words.isdisjoint(grammar("likening"))


def _is_in_present(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the clause of a predicate tells it in the present, as plots are told."""
    verb = predicate.token if clauses.is_verb(predicate.token) else clauses.clause_head(predicate.token)
    auxiliaries = clauses.children(verb, "aux", "auxpass")
    finite = auxiliaries[0].tag if auxiliaries else clauses.tokens[verb].tag
    if finite in ("VBN", "VBG"):
        finite = clauses.tokens[clauses.clause_head(clauses.tokens[verb].head)].tag
    return finite in ("VBP", "VBZ", "VB")


def _is_in_quotes(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the word for a deed or its harm stands in quotation marks: "20 soldiers were 'killed'"."""
    text = clauses.document.text
    own = (clauses.tokens[at] for at in predicate.anchors | predicate.outcomes | {predicate.token})
    return any(
        text[max(0, one.start - 1) : one.start] in tuple(_QUOTES) and text[one.end : one.end + 1] in tuple(_QUOTES)
        for one in own
    )
