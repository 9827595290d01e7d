"""What a whole report speaks of, which decides what its single words mean: a war, air strikes, disease, whose army."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.events.drafts import Scene
from geoconflict.extract.non_events.mishaps import is_violent
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType, Role

__all__ = ["ReportSigns", "home_of", "read_signs"]

_TAKING = frozenset({"territory", "take-place", "drive-out"})
"""Senses of verbs whose object is the place that changes hands."""
_OF_POLICE = frozenset({"dispersal"})
"""Senses of what police do to a crowd, which alone tell of none: tear gas is used in drills, too."""
_FEWEST_OF_DISEASE = 2
"""Words of disease below which a report is not mostly about it."""


@dataclass(frozen=True, slots=True)
class ReportSigns:
    """What a report speaks of."""

    at_war: bool
    """Of shelling, missiles, artillery or a front."""
    of_territory: bool
    """Of a town that was captured."""
    of_protest: bool
    """Of people who demonstrate."""
    from_air: bool
    """Of air strikes, and of no artillery."""
    is_bombarded: bool
    """Of nights, rubble, rescuers and the like, and of no pay, unions or flights."""
    tells_of_forces: bool
    is_epidemic: bool
    """Mostly of disease, accidents or weather."""
    is_industrial: bool
    """Of a factory or the like, and of no weapon, fighter or attack at all."""


def read_signs(scene: Scene, predicates: Sequence[Predicate], lexicon: TriggerLexicon) -> ReportSigns:
    """Return what a report with these predicates speaks of."""
    clauses, among = scene.clauses, lexicon.words
    words = clauses.lower
    n_disease = sum(map(among["epidemic"].__contains__, words))
    is_of_disease = n_disease >= _FEWEST_OF_DISEASE and not (among["epidemic"] - among["care"]).isdisjoint(words)
    n_war = sum(map((among["war"] | among["military"]).__contains__, words)) if is_of_disease else 0
    at_war = (
        not (among["artillery"] | {"frontline", "front-line", "ceasefire"}).isdisjoint(words)
        or _speaks_of_a_front(clauses)
        or any(
            one.sense.name in ("shelling", "fire-munition")
            or (one.sense.name == "munition-lands" and _is_of_munition(clauses, one, lexicon))
            for one in predicates
        )
    )
    named = {head for head in scene.names.heads if head is not None}
    return ReportSigns(
        at_war=at_war,
        of_territory=any(
            one.sense.name in _TAKING and not named.isdisjoint(clauses.patients(at))
            for one in predicates
            for at in sorted(one.anchors)
            if clauses.is_verb(at)
        ),
        of_protest=any(
            one.sense.event_type is EventType.PROTESTS and one.sense.name not in _OF_POLICE for one in predicates
        ),
        from_air=not at_war and any(one.sense.name == "air-strike" for one in predicates),
        is_bombarded=not among["bombarded"].isdisjoint(words) and among["walkouts"].isdisjoint(words),
        tells_of_forces=not among["military"].isdisjoint(words) or not among["arms_of_war"].isdisjoint(words),
        is_epidemic=is_of_disease and n_disease > n_war,
        is_industrial=not among["industrial"].isdisjoint(words)
        and not any(is_violent(clauses, passage) for passage in clauses.passages),
    )


def _speaks_of_a_front(clauses: Clauses) -> bool:
    """Whether a report has a word for a front of a war: not "in front of", nor the name of a party or a group."""
    tokens = clauses.tokens
    return any(
        word == "front" and tokens[at].text[0].islower() and clauses.lower[at - 1 : at] != ["in"]
        for at, word in enumerate(clauses.lower)
    )


def _is_of_munition(clauses: Clauses, predicate: Predicate, lexicon: TriggerLexicon) -> bool:
    """Whether shells or bombs "fell", and no town, no price and no rain."""
    subjects = frozenset(clauses.lower[at] for at in clauses.subjects(predicate.token))
    return lexicon.among(subjects, "munition")


def home_of(scene: Scene, people: ActorReader) -> Nation | None:
    """Return the country whose army "the army" is: the one that a report speaks of, if all its places may lie there."""
    home = people.home
    if home is None:
        return None
    of_events = (one for one in scene.toponyms if one.role in (Role.EVENT_PLACE, Role.REGION_CONTEXT))
    is_at_home = all(home.iso in found for one in of_events if (found := scene.countries(one)))
    return home if is_at_home else None
