"""What the names of a report say for each other's candidates: containment, country, enumeration and nearness.

Every name is weighed with every other, unless the report has very many (a list, a table): then with those next to it and
those named most often, so that the work grows with the length of a report and not with its square.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from geoconflict.models import Place
from geoconflict.places.containers import NO_SHARE, outside_of
from geoconflict.places.context import TextContext
from geoconflict.places.countries import country_table
from geoconflict.places.groups import NameGroup, lies_in
from geoconflict.places.nearness import Beside
from geoconflict.places.scoring import Lookup, effective_distance_km
from geoconflict.places.stated_containment import Containment
from geoconflict.places.strangers import mark_far_namesakes, mark_strangers
from geoconflict.places.votes import LIKELY_SHARE, Anchor, Says, Votes, all_votes, says_of
from geoconflict.places.words import UNIT_KINDS, quarter_words

__all__ = ["Support"]

_TELLING_KINDS = ("settlement", "landmark", "area", "admin2", "line")
_TELLING_REACH_KM = 300.0
"""To lie in a larger area tells the less, the larger it is: a continent holds places of every name."""
_ALL_TOGETHER = 250
"""Names of a report up to which each is weighed with all others; articles of 5,000 words have fewer."""
_N_NEXT = 40
"""Of more names, so many before and after one are weighed with it,"""
_N_FREQUENT = 20
"""and so many of those mentioned most often, more than once."""

_BESIDE_KM = 120.0
"""What is said to lie "near" a town lies no farther from it; but "near" a large city may be said from afar."""
_BESIDE_ABROAD_KM = 80.0
_SPOTS = ("settlement", "landmark")
_LARGEST_BESIDE_M = 100_000.0
"""What reaches farther is known by a point and a radius, and its edge by neither."""
_SURE_BESIDE = 0.3
"""So surely a name must mean a town or a small unit to tell what lies near it."""
_WORTH_SAYING = 0.3
"""What the text says of a place is given as a reason where it is so sure to be meant; of less it decided nothing."""
_NEAR_TO_SAY_KM = 200
"""A name of the report that lies farther off is no reason that a reader would believe."""


class Support:
    """Weighs the candidates of a report's names by what the other names probably mean.

    Parameters
    ----------
    groups
        The names in text order; their shares are read anew by each :meth:`of_all`.
    context
        What the text says of them.
    gazetteer
        Says what lies in what.
    studied
        ISO 3166-1 alpha-3 codes of the countries under study.
    """

    def __init__(
        self, groups: Sequence[NameGroup], context: TextContext, gazetteer: Lookup, studied: Collection[str] = ()
    ) -> None:
        self._groups = groups
        self._context = context
        self._gazetteer = gazetteer
        self._studied = studied
        self._by_mention = {index: group for group in groups for index in group.mentions}
        self._within: dict[tuple[str, str], bool] = {}
        self._distances: dict[tuple[str, str], tuple[float, float, float]] = {}
        again = [number for number, group in enumerate(groups) if len(group.mentions) > 1]
        self._ties = [
            (context.links_into(one.mentions), context.links_out_of(one.mentions), self._fellows(one)) for one in groups
        ]
        """For each name what the text says that it lies in and holds, and what it enumerates it with: the same in each round."""
        self._are_quarters = [
            any(context.kind_words[index] in quarter_words() for index in one.mentions)
            or self._is_district_of_town(one, links_in)
            for one, (links_in, _, _) in zip(groups, self._ties, strict=True)
        ]
        self._frequent = sorted(again, key=lambda number: (-len(groups[number].mentions), number))[:_N_FREQUENT]

    def of_all(self, *, explain: bool) -> list[list[tuple[dict[str, float], list[str]]]]:
        """Return, for each name, the features and the reasons of each of its candidates.

        Parameters
        ----------
        explain
            Whether reasons are wanted; else they are empty.
        """
        says = [says_of(group, self._context) for group in self._groups]
        return [self._features(number, says, explain=explain) for number in range(len(self._groups))]

    def one_by_one(self) -> Iterator[tuple[int, list[tuple[dict[str, float], list[str]]]]]:
        """Yield each name's number, and the features and reasons of its candidates.

        What the caller makes of a name before it asks for the next one counts for that: names that were decided at once
        by each other's former places may contradict each other.
        """
        says = [says_of(group, self._context) for group in self._groups]
        for number, group in enumerate(self._groups):
            yield number, self._features(number, says, explain=True)
            says[number] = says_of(group, self._context)

    def _others(self, number: int) -> Iterable[int]:
        """Return the names that one is weighed with, itself among them, in text order."""
        n_all = len(self._groups)
        if n_all <= _ALL_TOGETHER:
            return range(n_all)
        return sorted({*range(max(0, number - _N_NEXT), min(n_all, number + _N_NEXT + 1)), *self._frequent})

    def _is_inside(self, inner: Place, outer: Place) -> bool:
        key = (inner.place_id, outer.place_id)
        if key not in self._within:
            self._within[key] = lies_in(inner, outer, self._gazetteer)
        return self._within[key]

    def _nearness(self, one: Place, other: Place) -> tuple[float, float, float]:
        key = (one.place_id, other.place_id)
        known = self._distances.get(key)
        if known is None:
            apart = effective_distance_km(one, other)
            told = min(1.0, _TELLING_REACH_KM / max(1.0, _reach_km(one), _reach_km(other)))
            known = self._distances[key] = (apart, told * math.exp(-apart / 50), told * math.exp(-apart / 300))
        return known

    def _features(
        self, number: int, says: Sequence[Says], *, explain: bool
    ) -> list[tuple[dict[str, float], list[str]]]:
        group, context = self._groups[number], self._context
        others = [at for at in self._others(number) if at != number and self._groups[at].surface != group.surface]
        votes = all_votes([says[at] for at in others], context, self._studied)
        total = votes.total
        anchors = [one for at in others for one in (says[at].countries_too if group.generic else says[at].anchors)]
        units = [place for at in others for place in says[at].units]
        links_in, links_out, fellows = self._ties[number]
        besides = context.besides_of(group.mentions)
        outside: list[list[float]] = []
        """For each candidate, how surely each of the containments excludes it."""
        rows: list[tuple[dict[str, float], list[str]]] = []
        for candidate in group.candidates:
            place = candidate.place
            features: dict[str, float] = {}
            reasons: list[str] = []
            if (contained := self._contained(place, group, links_in, reasons, explain=explain)) > 0:
                features["contained"] = contained
            away = [link.binding * self._outside(place, link) for link in links_in]
            outside.append(away)
            if (elsewhere := max([*away, *(self._far_from(place, one) for one in besides)], default=0.0)) > 0:
                features["elsewhere"] = elsewhere
            if (holds := self._holding(place, links_out)) > 0:
                features["holds"] = holds
            if total > 0 and place.country is not None:
                features["country_votes"] = votes.of(place.country) / total
                if explain and features["country_votes"] > 0.2 and place.country not in votes.by_settings:
                    reasons.append(_why_country(place.country, votes))
            if fellows:
                kin = _kinship(place, fellows) * (_DWARFED if _is_dwarfed(place, group, fellows) else 1.0)
                if kin > 0:
                    features["enumerated_kin"] = kin
                if explain and kin > 0.5:
                    reasons.append(f"enumerated with {fellows[0].surface}, which is of its kind and country")
            features |= _near(group, place, anchors, reasons, self._nearness, explain=explain)
            if place.admin1 and any(self._is_inside(place, unit) for unit in units):
                features["admin1_named"] = 1.0
                if explain:
                    reasons.append(f"the report names {place.admin1}")
            rows.append((features, reasons))
        if explain and outside and links_in:
            group.nowhere_in = _nowhere_in(outside, links_in)
        self._mark_strangers(number, [features for features, _ in rows], votes, anchors)
        if any("contained" in features for features, _ in rows):
            for features, _ in rows:
                features["not_contained"] = 1.0 - min(1.0, features.get("contained", 0.0))
        return rows

    def _contained(
        self, place: Place, group: NameGroup, links_in: Sequence[Containment], reasons: list[str], *, explain: bool
    ) -> float:
        """Return how surely a place lies in what the text says that it lies in; why goes to `reasons`."""
        contained = 0.0
        for link in links_in:
            if link.country is not None:
                inside = float(place.country == link.country)
            else:
                outer = self._by_mention[link.outer] if link.outer is not None else group
                inside = sum(
                    share
                    for one, share in zip(outer.candidates, outer.shares, strict=True)
                    if share > NO_SHARE and self._is_inside(place, one.place)
                )
            if inside * link.strength > contained:
                contained = inside * link.strength
                if explain and inside > _WORTH_SAYING:
                    reasons.append(f"the text says {link.phrase!r}")
        return contained

    def _holding(self, place: Place, links_out: Sequence[Containment]) -> float:
        """Return how surely a place holds what the text says that it holds."""
        holds = 0.0
        for link in links_out:
            inner = self._by_mention[link.inner]
            held = sum(
                share * link.strength
                for one, share in zip(inner.candidates, inner.shares, strict=True)
                if share > NO_SHARE and self._is_inside(one.place, place)
            )
            holds = max(holds, held)
        return holds

    def _mark_strangers(
        self, number: int, features: list[dict[str, float]], votes: Votes, anchors: Sequence[Anchor]
    ) -> None:
        """Weigh what lies in no land that the report speaks of, or far from all that it names."""
        group = self._groups[number]
        links_in, _, fellows = self._ties[number]
        told = votes.total / (1.0 + votes.total)
        n_grounds = len({id(other) for other, _, share in anchors if share > LIKELY_SHARE})
        # What the text itself says of where it lies counts; and forces from overseas are no ground where it might lie.
        mark_strangers(
            group,
            features,
            told,
            fellows=fellows,
            named=votes.named,
            may_be_overseas=not links_in and n_grounds > 1,
            is_quarter=self._are_quarters[number],
        )
        spots = [one.place for _, one, share in anchors if share > LIKELY_SHARE and one.feature != "PPLC"]
        mark_far_namesakes(group, features, told, spots)

    def _outside(self, place: Place, link: Containment) -> float:
        word = self._context.kind_words[link.outer] if link.outer is not None else ""
        return outside_of(place, link, self._by_mention, self._is_inside, unit_word=word)

    def _far_from(self, place: Place, beside: Beside) -> float:
        """Return how surely a place lies far from all that the text says it lies by."""
        if place.kind == "country":
            return 0.0
        of_list = beside.strength < 1.0  # "A, B and C near Y": A may be another town of the land, and hardly one abroad
        told = [far for at in beside.others if (far := self._far_from_one(place, at, even_at_home=not of_list)) >= 0]
        return beside.strength * min(told, default=0.0)

    def _far_from_one(self, place: Place, other: int, *, even_at_home: bool) -> float:
        """Return how surely a place lies far from what a mention means; less than 0 where that is too large to tell."""
        far = telling = 0.0
        known = self._by_mention[other]
        for one, share in zip(known.candidates, known.shares, strict=True):
            if one.place.kind not in _SPOTS and (
                one.place.kind not in UNIT_KINDS or one.place.radius_m > _LARGEST_BESIDE_M
            ):
                continue  # "near the border with Ruritania" may be anywhere along it
            telling += share
            abroad = place.country != one.place.country
            if (abroad or even_at_home) and self._nearness(place, one.place)[0] > (
                _BESIDE_ABROAD_KM if abroad else _BESIDE_KM
            ):
                far += share
        return far if telling > _SURE_BESIDE else -1.0

    def _is_district_of_town(self, group: NameGroup, links_in: Sequence[Containment]) -> bool:
        """Whether the text calls it a district of a town: "the X district of Y"."""
        if not any(self._context.kind_words[index] == "district" for index in group.mentions):
            return False
        outers = [self._by_mention[link.outer] for link in links_in if link.outer is not None]
        return any(one.candidates and one.candidates[0].place.kind == "settlement" for one in outers)

    def _fellows(self, group: NameGroup) -> list[NameGroup]:
        """Return the other names that the text enumerates together with one of this group's mentions."""
        rows = self._context.enumerated_with(group.mentions)
        fellows = {id(self._by_mention[index]): self._by_mention[index] for row in rows for index in row}
        return [other for other in fellows.values() if other.surface != group.surface]


def _reach_km(place: Place) -> float:
    return 0.0 if place.kind in ("settlement", "landmark", "line") else place.radius_m / 1000


def _why_country(code: str, votes: Votes) -> str:
    country = country_table().get(code)
    name = country.name if country else code
    if code in votes.named:
        return f"the report names {name}"
    if code in votes.at_home and votes.at_home[code] >= votes.next_door.get(code, 0.0):
        return f"other places of the report lie in {name}"
    return f"forces of a country beside {name} are named"


def _nowhere_in(outside: Sequence[Sequence[float]], links_in: Sequence[Containment]) -> str:
    """Return in the words of the text what no candidate lies in, empty where some may."""
    excluding = [
        (min(of_link), link.phrase) for of_link, link in zip(zip(*outside, strict=True), links_in, strict=True)
    ]
    surest, phrase = max(excluding, key=lambda one: one[0])
    return phrase if surest > _WORTH_SAYING else ""


_CITY = 200_000
_TIMES_DWARFED = 20
_DWARFED = 0.75
"""What is left of its kinship to a list of cities (of 200,000 people and more) to a town with a twentieth of a city of its name."""


def _kinship(place: Place, fellows: Sequence[NameGroup]) -> float:
    """Return how probable it is, over the names enumerated with a place, that they are of its kind and country."""
    return sum(
        share
        for other in fellows
        for one, share in zip(other.candidates, other.shares, strict=True)
        if one.place.kind == place.kind and (place.kind == "country" or one.place.country == place.country)
    ) / len(fellows)


def _is_dwarfed(place: Place, group: NameGroup, fellows: Sequence[NameGroup]) -> bool:
    """Return whether a town is listed with cities, and a city of its country bears the name: "Lviv and Mykolaiv"."""
    if place.kind != "settlement" or not all(map(_is_of_city, fellows)):
        return False
    people = _TIMES_DWARFED * max(place.population or 0, 1)
    cities = (one.place for one in group.candidates if one.is_primary and one.place.kind == "settlement")
    return any(one.country == place.country and (one.population or 0) >= max(people, _CITY) for one in cities)


def _is_of_city(fellow: NameGroup) -> bool:
    """Return whether a name is most probably that of a city."""
    at = max(range(len(fellow.shares)), key=fellow.shares.__getitem__, default=-1)
    place = fellow.candidates[at].place if at >= 0 else None
    return place is not None and place.kind == "settlement" and (place.population or 0) >= _CITY


def _near(
    group: NameGroup,
    place: Place,
    anchors: Sequence[Anchor],
    reasons: list[str],
    nearness: Callable[[Place, Place], tuple[float, float, float]],
    *,
    explain: bool,
) -> dict[str, float]:
    """Return how near the other places of the report lie, at the scale of a front and of a region."""
    if place.kind == "country":  # what lies in it is at no distance
        inside = max((share for _, one, share in anchors if one.place.country == place.country), default=0.0)
        return {"near_50_km": inside, "near_300_km": inside} if inside else {}
    close = wide = 0.0
    nearest: tuple[bool, float, str] | None = None  # points before areas: "31 km from a town" tells more
    for other, candidate, share in anchors:
        apart, at_front, in_region = nearness(place, candidate.place)
        close = max(close, share * at_front)
        wide = max(wide, share * in_region)
        telling = candidate.place.kind in _TELLING_KINDS and _reach_km(candidate.place) <= _TELLING_REACH_KM
        if explain and share > LIKELY_SHARE and apart < _NEAR_TO_SAY_KM and telling:
            is_area = candidate.place.kind not in ("settlement", "landmark")
            nearest = min(nearest or (True, math.inf, ""), (is_area, apart, other.surface))
    if nearest is not None:
        is_area, apart, name = nearest
        where = f"{apart:.0f} km from" if apart >= 1 else "in or by" if is_area else "at"
        reasons.append(f"{where} {name}, named in the same report")
    features = {"near_50_km": close, "near_300_km": wide}
    if group.generic:
        features["line_reached"] = wide
    return features
