"""Which place each name of a report means: all mentions are decided together.

A name's candidates support each other across the report: what the text says of containment, the places and countries that
other mentions probably mean, and how near they lie. Starting from each name alone, the probabilities are recomputed a few
times with the others' newest ones (a mean-field pass over the report); at the end the best place is taken, or none where it is
not sure enough. Within a report one name means one place, unless the text itself tells two apart.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from geoconflict.choices import one_or_several
from geoconflict.models import Place, Resolution, Role, ScoredPlace, Toponym
from geoconflict.places.containers import container_of, placed_in
from geoconflict.places.context import TextContext, read_context
from geoconflict.places.facilities import as_facility
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup, lies_in, name_groups, split_by_containment
from geoconflict.places.labels import as_reported
from geoconflict.places.names import fold
from geoconflict.places.near_known import placed_near
from geoconflict.places.nearness import SPEAKING
from geoconflict.places.other_spellings import add_other_spellings
from geoconflict.places.overrides import Overrides
from geoconflict.places.relative.placing import place_relatives
from geoconflict.places.scoring import (
    Lookup,
    effective_distance_km,
    name_features,
    probabilities,
    same_spot,
    weights,
)
from geoconflict.places.spelling import is_spelling
from geoconflict.places.support import Support
from geoconflict.places.town_quarters import placed_in_towns
from geoconflict.places.unit_seats import placed_at_seats
from geoconflict.places.units import as_unit, is_in_town
from geoconflict.places.votes import country_votes
from geoconflict.places.wars import countries_at_war
from geoconflict.places.words import common_names
from geoconflict.scripts import why_mixed

__all__ = ["Spot", "candidate_reasons", "ranked_places", "ranked_spots", "resolve", "settle"]

_ROUNDS = 3
_MORE_ROUNDS = 3
"""Rounds more, name by name, as long as one of them changes which place of some name is the most probable."""
_N_ALTERNATIVES = 5
_LINE_REACHED = 0.4
"""A "front line" must lie within about 250 km of a place that the report surely names: exp(-250 / 300) is 0.43."""
_CEILING = 0.98
"""No score is higher: of the names that nothing speaks against, about two in a hundred are labelled otherwise."""
_CEILING_RESPELLED = 0.85
"""No score of a place whose name is spelled otherwise is higher: a dozen such names were seen on the dev sets, no more."""
_LAND_OF_ITS_OWN_M = 250_000
"""A unit that reaches this far, such as a state of a federation, is often named without "state"; smaller ones seldom are."""
_WATER = frozenset({"water"})
"""What is called a river lies for hundreds of km, and a town or a province of its name mostly somewhere else."""
_VILLAGES = frozenset({"hamlet", "hamlets", "village", "villages"})
_CITY = 100_000
"""People from which on a town is called a village by nobody."""
_NO_VILLAGE = 5.0
"""So many times as much as another word beside the name that word speaks against it, for cities weigh much by themselves."""


def resolve(
    toponyms: Sequence[Toponym],
    *,
    gazetteer: Lookup,
    text: str,
    published_on: dt.date | None = None,
    countries: str | Sequence[str] = (),
    min_score: float = 0.5,
    overrides: Overrides | None = None,
    more: Callable[[str], Sequence[Candidate]] | None = None,
    on_settled: Callable[[Sequence[NameGroup]], object] | None = None,
) -> tuple[Resolution, ...]:
    """Return one resolution for each mention, in the order given.

    Parameters
    ----------
    toponyms
        The mentions of one report.
    gazetteer
        Where names are looked up.
    text
        The report's text, which the mentions' offsets count in.
    published_on
        Names and lines are taken as they stood on this day.
    countries
        ISO 3166-1 alpha-3 code of the country that is studied, or of several: a prior, not a filter.
    min_score
        Below this score a mention is left without a place; its candidates are kept as alternatives.
    overrides
        The user's own decisions; they win over everything.
    more
        Asked for names that the gazetteer lacks, such as a cache and online services.
    on_settled
        Called with the names as they were settled, for whoever wants to explain the answers.

    Returns
    -------
    tuple of Resolution
        `score` is the probability that the place, or one at the same spot, is meant. A name that cannot be placed, but of
        which the text says what province, district or area it lies in, is given that one, with less score and a reason.
        Words such as "10 km north of" make a place of their own of it (:mod:`geoconflict.places.relative.placing`).
    """
    countries = one_or_several(countries, "countries")
    # Sums of floats depend on their order: in one order of mentions, no answer depends on the order given.
    order = sorted(range(len(toponyms)), key=lambda index: _position(toponyms[index]))
    toponyms = [toponyms[index] for index in order]
    context = read_context(text, toponyms)
    groups = name_groups(
        toponyms,
        gazetteer=gazetteer,
        text=text,
        context=context,
        published_on=published_on,
        overrides=overrides,
        more=more,
    )
    groups = split_by_containment(groups, context, gazetteer)
    at_war: frozenset[str] = frozenset()
    if context.tells_of_war and published_on is not None:
        at_war = countries_at_war(published_on.year)
    settle(groups, toponyms, context, gazetteer, countries, at_war=at_war)
    if any(not one.candidates for one in groups):
        votes, named = country_votes(groups, context)
        if add_other_spellings(groups, toponyms, context, gazetteer, published_on, votes=votes, named=named):
            settle(groups, toponyms, context, gazetteer, countries, at_war=at_war)
    if on_settled is not None:
        on_settled([dataclasses.replace(one, mentions=[order[index] for index in one.mentions]) for one in groups])
    answers: dict[int, Resolution] = {}
    for group in groups:
        for index in group.mentions:
            answers[index] = _resolution(toponyms[index], group, min_score)
    as_chosen = dict(answers)
    for group in groups:
        for index in group.mentions:
            word = context.kind_words[index]
            if word and not is_in_town(index, context, as_chosen):
                answers[index] = as_unit(as_chosen[index], group, word)
            if word:
                answers[index] = as_facility(answers[index], group, word, gazetteer=gazetteer, on=published_on)
    own = dict(answers)
    by_mention = {index: group for group in groups for index in group.mentions}
    for group in groups:
        for index in group.mentions:
            if own[index].place is None and group.decided is None and toponyms[index].role not in SPEAKING:
                around = container_of(index, group, context, own, by_mention)
                if around is not None:
                    answers[index] = placed_in(own[index], around, group, min_score)
    resolutions = place_relatives(
        placed_at_seats([answers[index] for index in range(len(toponyms))], text, gazetteer),
        text,
        gazetteer=gazetteer,
        published_on=published_on,
        min_score=min_score,
        decided={index for group in groups if group.decided is not None for index in group.mentions},
        peoples=context.countries,
    )
    resolutions = tuple(placed_near(resolutions, context.besides, min_score, kind_words=context.kind_words))
    resolutions = tuple(placed_in_towns(resolutions, text, context, min_score))
    given = dict(zip(order, resolutions, strict=True))
    return tuple(given[index] for index in range(len(order)))


def _position(toponym: Toponym) -> tuple[int, int, str, str]:
    return toponym.start, -toponym.end, toponym.surface, toponym.role.value


# ---------------------------------------------------------------- all names together
def settle(
    groups: Sequence[NameGroup],
    toponyms: Sequence[Toponym],
    context: TextContext,
    gazetteer: Lookup,
    countries: Sequence[str],
    *,
    at_war: AbstractSet[str] = frozenset(),
    weight: Mapping[str, float] | None = None,
) -> None:
    """Set features, reasons and probabilities of all candidates of all groups."""
    weight = weights() if weight is None else weight
    fixed = [
        [_fixed_features(group, one, toponyms, context, countries, at_war, gazetteer) for one in group.candidates]
        for group in groups
    ]
    for group, rows in zip(groups, fixed, strict=True):
        group.features = rows
        group.shares = [1.0] * len(rows) if group.decided else probabilities(rows, weight, group.costs)
    support = Support(groups, context, gazetteer, countries)
    rounds = (
        _ROUNDS if len(toponyms) > 1 else 1
    )  # alone, there is no other mention from whose shares a further round could learn
    before: list[int] = []
    for number in range(rounds):
        before = [_first(group) for group in groups]
        newest = support.of_all(explain=number == rounds - 1)
        for group, rows, joint in zip(groups, fixed, newest, strict=True):
            _take(group, rows, joint)
        for group in groups:
            if not group.decided:
                group.shares = probabilities(group.features, weight, group.costs)
    for _ in range(_MORE_ROUNDS):
        now = [_first(group) for group in groups]
        if before == now:
            break
        before = now
        for number, joint in support.one_by_one():
            group = groups[number]
            _take(group, fixed[number], joint)
            if not group.decided:
                group.shares = probabilities(group.features, weight, group.costs)


def _take(
    group: NameGroup, rows: Sequence[dict[str, float]], joint: Sequence[tuple[dict[str, float], list[str]]]
) -> None:
    group.features = [{**row, **more} for row, (more, _) in zip(rows, joint, strict=True)]
    group.reasons = [reasons for _, reasons in joint]


def _first(group: NameGroup) -> int:
    """Return the index of the most probable candidate of a name; -1 where it has none."""
    return max(range(len(group.shares)), key=group.shares.__getitem__, default=-1)


def _is_city(candidate: Candidate) -> bool:
    place = candidate.place
    return place.kind == "settlement" and (candidate.feature == "PPLC" or (place.population or 0) >= _CITY)


def _is_at_peace(group: NameGroup, candidate: Candidate, at_war: AbstractSet[str]) -> bool:
    """Return whether a place lies in a country at peace, and another of its name in one at war."""
    return candidate.place.country not in at_war and any(one.place.country in at_war for one in group.candidates)


def _is_unit_of_town(place: Place, group: NameGroup, gazetteer: Lookup) -> bool:
    """Return whether a place is the province or district of a town whose main name, or a spelling of that, the mention is."""
    return place.kind in ("admin1", "admin2") and any(
        one.place.kind == "settlement"
        and one.place.country == place.country
        and (one.is_primary or is_spelling(fold(one.matched_name), fold(one.place.name)))
        and (effective_distance_km(one.place, place) == 0 or lies_in(one.place, place, gazetteer))
        for one in group.candidates
    )


def _fixed_features(
    group: NameGroup,
    candidate: Candidate,
    toponyms: Sequence[Toponym],
    context: TextContext,
    countries: Sequence[str],
    at_war: AbstractSet[str],
    gazetteer: Lookup,
) -> dict[str, float]:
    features = name_features(candidate)
    cues = [context.kinds[index] for index in group.mentions if context.kinds[index]]
    if cues:
        share = sum(candidate.place.kind in kinds for kinds in cues) / len(cues)
        rivers = sum(kinds == _WATER for kinds in cues) / len(cues)
        features["kind_fits"], features["kind_differs"] = share, (1 - share) * (1 + 2 * rivers)
        if _is_city(candidate) and any(context.kind_words[index] in _VILLAGES for index in group.mentions):
            features["kind_fits"], features["kind_differs"] = 0.0, _NO_VILLAGE
    if (not cues or all({"landmark", "admin1"} <= kinds for kinds in cues)) and _is_unit_of_town(
        candidate.place, group, gazetteer
    ):
        features["unit_of_town"] = 3.0 if candidate.place.radius_m < _LAND_OF_ITS_OWN_M else 1.0
    speaks = [toponyms[index].role in SPEAKING for index in group.mentions]
    if candidate.feature == "PPLC" and any(speaks):
        features["metonym_capital"] = sum(speaks) / len(speaks)
    if countries and candidate.place.country in countries:
        features["study_country"] = 1.0
    if _is_at_peace(group, candidate, at_war) and any(
        toponyms[index].role is Role.EVENT_PLACE for index in group.mentions
    ):
        features["at_peace"] = 1.0
    if fold(group.surface).removeprefix("the ") in common_names():
        features["common_name"] = 1.0
    return features


# ---------------------------------------------------------------- the answer
def _resolution(toponym: Toponym, group: NameGroup, min_score: float) -> Resolution:
    if group.decided is not None:
        place = group.candidates[0].place if group.candidates else None
        if place is not None:
            return Resolution(toponym=toponym, place=place, score=1.0, reasons=(group.decided.reason,))
        lost = () if group.decided.place_id is None else ("but the gazetteer has no such place_id",)
        return Resolution(toponym=toponym, place=None, score=0.0, reasons=(group.decided.reason, *lost))
    ranked = ranked_places(group)
    if group.generic and not any(row.get("line_reached", 0.0) >= _LINE_REACHED for row in group.features):
        why = (f"{toponym.surface!r}: no line that was there on that day lies by the places of the report",)
        return Resolution(
            toponym=toponym, place=None, score=0.0, alternatives=tuple(ranked[:_N_ALTERNATIVES]), reasons=why
        )
    if not ranked:
        unknown, mixed = f"{toponym.surface!r}: no place of this name is known", why_mixed(toponym.surface)
        return Resolution(toponym=toponym, place=None, score=0.0, reasons=(unknown, mixed) if mixed else (unknown,))
    best = ranked[0]
    if best.score < min_score:
        count = len(group.candidates)
        unsure = f"not sure enough: the best of {count} candidate{'s' * (count != 1)} has {best.score:.2f}, {min_score:.2f} is asked for"
        nowhere = f"the text says {group.nowhere_in!r}, and no {group.surface} that is known lies there"
        return Resolution(
            toponym=toponym,
            place=None,
            score=best.score,
            alternatives=tuple(ranked[:_N_ALTERNATIVES]),
            reasons=(nowhere, unsure) if group.nowhere_in else (unsure,),
        )
    answer = Resolution(
        toponym=toponym,
        place=best.place,
        score=best.score,
        alternatives=tuple(ranked[1 : _N_ALTERNATIVES + 1]),
        reasons=best.reasons,
    )
    if group.respelled:
        return answer
    return as_reported(answer, next(one for one in group.candidates if one.place.place_id == best.place.place_id))


class Spot(NamedTuple):
    """Candidates that tell a reader the same, for they lie at one spot."""

    score: float
    """The probability that one of them is meant."""
    indexes: tuple[int, ...]
    """Of the candidates in their group; the first stands for the spot."""


def ranked_spots(group: NameGroup) -> list[Spot]:
    """Return the spots of a name's candidates, best first.

    Candidates at one spot count together when spots are compared, and the most probable of them stands for it.
    """
    order = sorted(
        range(len(group.candidates)), key=lambda index: (-group.shares[index], group.candidates[index].place.place_id)
    )
    spots: list[list[int]] = []
    for index in order:
        place = group.candidates[index].place
        for spot in spots:
            if same_spot(group.candidates[spot[0]].place, place):
                spot.append(index)
                break
        else:
            spots.append([index])
    ceiling = _CEILING_RESPELLED if group.respelled else _CEILING
    ranked = [
        Spot(round(ceiling * min(1.0, sum(group.shares[index] for index in spot)), 4), tuple(spot)) for spot in spots
    ]
    return sorted(ranked, key=lambda one: (-one.score, group.candidates[one.indexes[0]].place.place_id))


def ranked_places(group: NameGroup) -> list[ScoredPlace]:
    """Return the candidates, best first, one for each spot, with the probability that it or one at its spot is meant."""
    return [
        ScoredPlace(
            place=group.candidates[spot.indexes[0]].place,
            score=spot.score,
            reasons=tuple(candidate_reasons(group, spot.indexes[0])),
        )
        for spot in ranked_spots(group)
    ]


def candidate_reasons(group: NameGroup, index: int) -> list[str]:
    """Return what speaks for a candidate, in words."""
    candidate = group.candidates[index]
    features = group.features[index] if group.features else {}
    reasons = list(group.reasons[index]) if group.reasons else []
    if group.note:
        reasons.append(group.note)
    if features.get("kind_fits", 0) > 0.5:
        reasons.append(f"the words beside the name ask for a place of this kind ({candidate.place.kind})")
    if "metonym_capital" in features:
        reasons.append("a capital, where the name stands for a government or a place of talks")
    if "study_country" in features:
        reasons.append(f"in a country under study ({candidate.place.country}; places.countries of the settings)")
    if not candidate.name_valid:
        reasons.append("the name or the place was not in use on the day of the report")
    if len(group.candidates) == 1 and not group.respelled:
        reasons.append("the only place known by this name")
    elif not reasons and candidate.place.kind == "country":
        reasons.append("a country bears this name")
    elif not reasons:
        reasons.append(
            f"the largest of {len(group.candidates)} places known by this name"
            if index == 0
            else "another place of this name"
        )
    return reasons
