"""Places that no gazetteer knows, and that look as if something happened there: "Missiles hit Xanthivka"."""

from __future__ import annotations

import re

from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.layout.list_items import dateline_of_item
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.models import EventType

__all__ = ["is_of_unknown_place", "names_an_unknown_place"]


_IN_THE_CAPITAL = re.compile(r"\bin the capital\b", re.IGNORECASE)
"""Of a country that the report does not name as such."""


def is_of_unknown_place(scene: Scene, draft: Draft) -> bool:
    """Whether what was struck or taken looks like the name of a place that is not known: "Missiles hit Xanthivka".

    No place named before is where it happened, and no event told of another place is this one.
    """
    predicate = draft.predicate
    is_of_ground = draft.verdict.event_type in (EventType.EXPLOSIONS, EventType.BATTLES) or (
        predicate.sense.name == "attack"
    )
    if draft.arguments.places or predicate.is_noun or predicate.is_outcome or not is_of_ground:
        return False
    calendar = lexicon_words("places", "calendar_words")
    for verb in sorted(predicate.anchors - predicate.outcomes):
        for at in scene.clauses.patients(verb) if scene.clauses.is_verb(verb) else []:
            token = scene.clauses.tokens[at]
            is_name = token.text[:1].isupper() and token.tag != "NNPS" and token.pos in ("PROPN", "ADV", "X")
            is_bare = not scene.clauses.children(at, "det", "amod", "poss")
            if is_name and is_bare and token.text.casefold() not in calendar:
                known = [one.surface for one in scene.toponyms]
                known += [actor.surface for actor in draft.arguments.actors if actor.surface]
                return not any(token.text in surface for surface in known)
    return False


def names_an_unknown_place(scene: Scene, draft: Draft) -> bool:
    """Whether a place that is not known was struck, is where it was, or heads its item: "grenades went off in Xanthi"."""
    if draft.arguments.places:
        return False
    heads_item = dateline_of_item(scene.clauses.document.text, draft.predicate.start) is not None
    passage = scene.clauses.passage_of(draft.predicate.token)
    is_in_capital = _IN_THE_CAPITAL.search(scene.clauses.document.text, passage.start, passage.end) is not None
    return heads_item or is_in_capital or is_of_unknown_place(scene, draft) or _happened_in_a_name(scene, draft)


def _happened_in_a_name(scene: Scene, draft: Draft) -> bool:
    """Whether a preposition of place beside the predicate itself governs a bare name that is none of the places found."""
    clauses, calendar = scene.clauses, lexicon_words("places", "calendar_words")
    for anchor in sorted(draft.predicate.anchors - draft.predicate.outcomes):
        for _, below in clauses.preps(anchor, "in", "at", "near", "outside"):
            token = clauses.tokens[below]
            is_name = token.pos == "PROPN" and token.text[:1].isupper() and token.text.casefold() not in calendar
            is_bare = not clauses.children(below, "det", "amod", "poss", "compound", "nummod")
            if is_name and is_bare and not scene.names.covers(token.start):
                return True
    return False
