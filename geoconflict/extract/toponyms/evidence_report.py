"""Evidence from beyond the name's own surroundings: the names beside it in a list, and the rest of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from geoconflict.extract.toponyms.spans import PLACE_LABELS, Proposal
from geoconflict.extract.toponyms.text_words import Word

__all__ = ["list_features", "report_features"]

_CUES = frozenset(
    {"locative_before", "locative_the_before", "place_noun_of_before", "place_noun_before", "place_noun_after", "place_noun_colon_before", "described_as_place", "place_verb_before", "place_only_verb_before", "place_only_verb_after", "taking_verb_before", "people_after", "container_after_comma"}
)  # fmt: skip
"""Features that make a place likely without looking at the name."""
_NOT_OF_PEOPLE = _CUES - {"place_verb_before", "taking_verb_before", "people_after", "container_after_comma"}
"""Those of them that are not said of people either."""
_SURE = frozenset(
    {
        "locative_before",
        "place_noun_of_before",
        "place_noun_before",
        "place_only_verb_before",
        "place_verb_before_unlisted",
        "taking_verb_before_unlisted",
    }
)
_CONTAINERS = frozenset({"listed_country", "listed_admin1", "world_region", "state_abbreviation", "listed_curated"})
_DOUBTS = frozenset({"common_word", "given_name", "entity_person", "inside_person", "part_of_longer_listed", "demonym"})
_WELL_KNOWN = frozenset({"listed_curated", "listed_large_alone", "listed_city"})
_SMALL = frozenset({"listed_hamlet", "listed_town", "listed_village", "listed_admin2", "listed_alternate"})
_LONGEST_LIST = 12


def list_features(
    words: tuple[Word, ...], proposals: list[Proposal], organisations: frozenset[str], villages: frozenset[str]
) -> None:
    """Write the features that names beside it give: "X, Y" where Y holds X, and lists "in X, Y and Z".

    `organisations` are words like "parliament", which a list may hold beside places; of `villages` those of several open a list
    of nothing else: "the villages of X and Y".
    """
    several = {word for word in villages if word.endswith("s")}
    by_first: dict[int, list[Proposal]] = defaultdict(list)
    by_last: dict[int, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_first[one.first].append(one)
        by_last[one.last].append(one)
    for one in proposals:
        after = one.last + 1
        if after in by_first and words[after].gap == ", " and any(_holds(other, one) for other in by_first[after]):
            one.features.append("container_after_comma")
        if one.first - 1 in by_last and words[one.first].gap == ", " and not _CONTAINERS.isdisjoint(one.features):
            before = by_last[one.first - 1]
            if any(
                other.match is not None or (other.entity is not None and other.entity.label in PLACE_LABELS)
                for other in before
            ):
                one.features.append("contained_before_comma")
    _other_ends(words, proposals, by_first)
    for one in proposals:
        has_cue = not _CUES.isdisjoint(one.features)
        is_sure = not _SURE.isdisjoint(one.features)
        is_listed = one.match is not None and _DOUBTS.isdisjoint(one.features)
        are_villages = one.first > 1 and words[one.first - 1].lower == "of" and words[one.first - 2].lower in several
        at = _next_in_list(one.last, words)
        for _ in range(_LONGEST_LIST):
            if at is None or at not in by_first:
                break
            for other in by_first[at]:
                if has_cue and "cue_from_list" not in other.features:
                    other.features.append("cue_from_list")
                    if is_sure and other.match is None and words[other.last].lower not in organisations:
                        other.features.append("cue_from_list_unlisted")
                        if are_villages:
                            other.features.append("village_of_before_unlisted")
                if is_listed and "listed_in_list" not in other.features:
                    other.features.append("listed_in_list")
                if (
                    other.match is not None
                    and _DOUBTS.isdisjoint(other.features)
                    and "listed_in_list" not in one.features
                ):
                    one.features.append("listed_in_list")
            at = _next_in_list(max(other.last for other in by_first[at]), words)


def _other_ends(words: tuple[Word, ...], proposals: list[Proposal], by_first: Mapping[int, list[Proposal]]) -> None:
    """Write that a gazetteer name is the other end of "between X and Y", where X is a well-known place or the model's."""
    for one in proposals:
        is_end = one.match is not None and one.first > 0 and words[one.first - 1].lower == "between"
        is_place = one.entity is not None and one.entity.label in PLACE_LABELS
        if not is_end or (not is_place and _WELL_KNOWN.isdisjoint(one.features)):
            continue
        if one.last + 1 < len(words) and words[one.last + 1].lower == "and":
            for other in by_first.get(one.last + 2, ()):
                if other.match is not None and words[other.first].capitalised:
                    other.features.append("between_a_place_and")


def _holds(outer: Proposal, inner: Proposal) -> bool:
    """Whether the name behind the comma may hold the one before it, by kind and by country; unknown counts as yes."""
    if outer.match is None or _CONTAINERS.isdisjoint(outer.features):
        return False
    if inner.match is None or not outer.match.countries or not inner.match.countries:
        return True
    return not set(outer.match.countries).isdisjoint(inner.match.countries)


def _next_in_list(last: int, words: tuple[Word, ...]) -> int | None:
    """Return the capitalised word after "," or "and" behind word `last`, or None."""
    at = last + 1
    if at >= len(words):
        return None
    if words[at].gap == ", " and words[at].capitalised:
        return at
    if words[at].gap in (" ", ", ") and words[at].lower in ("and", "or") and at + 1 < len(words):
        return at + 1 if words[at + 1].capitalised and words[at + 1].gap == " " else None
    return None


def report_features(words: tuple[Word, ...], proposals: list[Proposal], demonyms: Mapping[str, str | None]) -> None:
    """Write the features that other mentions of the name give, and the countries that the report speaks of."""
    countries = {country for word in words if (country := demonyms.get(word.lower)) and word.capitalised}
    persons: dict[str, set[int]] = defaultdict(set)
    cued: dict[str, set[int]] = defaultdict(set)
    labelled: dict[str, set[int]] = defaultdict(set)
    for one in proposals:
        features = set(one.features)
        if "listed_country" in features and one.match is not None and _DOUBTS.isdisjoint(features):
            countries.update(one.match.states)
        if not _CUES.isdisjoint(features):
            cued[one.key].add(one.start)
        if "entity_gpe" in features or "entity_loc" in features:
            labelled[one.key].add(one.start)
        is_person = not one.longer_match and ("title_before" in features or "given_name_before" in features)
        if is_person or (
            one.first < one.last
            and one.match is None
            and one.entity is not None
            and one.entity.label == "PERSON"
            and _NOT_OF_PEOPLE.isdisjoint(features)
        ):
            persons[words[one.last].lower].add(one.start)
    for one in proposals:
        if cued[one.key] - {one.start}:
            one.features.append("cued_elsewhere")
        if labelled[one.key] - {one.start}:
            one.features.append("entity_gpe_elsewhere")
        if "listed_country" in one.features:
            continue
        if told := persons.get(words[one.last].lower):
            one.features.append("person_elsewhere" if told - {one.start} else "several_words_person")
        if one.match is not None and one.match.countries and countries:
            if not countries.isdisjoint(one.match.countries):
                one.features.append("country_of_report")
            elif not _SMALL.isdisjoint(one.features) and _NOT_OF_PEOPLE.isdisjoint(one.features):
                one.features.append("foreign_to_report")
