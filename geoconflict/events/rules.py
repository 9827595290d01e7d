"""The rules of merging, read from ``resources/events/merging.toml``: families of types, weights, words that say nothing."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoconflict.models import EventType
from geoconflict.number_words import number_words

__all__ = ["Family", "Rules", "family_of", "rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Types of event that reports of one event confuse."""

    name: str
    kin: str
    """Families of one kin may be told of one event in one sentence; only they are compared."""
    seldom: bool = False
    """Whether such a thing does not happen at one place again within days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All numbers and words of merging; their reasons stand in the file."""

    joins: float
    compared: int
    longest_days: int
    fresh_days: int
    generic_words: frozenset[str]
    open_words: Mapping[str, frozenset[str]]
    """Word -> the families of which what it tells may be."""
    from_the_air: frozenset[str]
    """Sub-types of what rebels seldom do."""
    hand_in_hand: tuple[frozenset[str], ...]
    """Pairs of families of which the one often is what the other was done by."""
    another_words: frozenset[str]
    another_phrases: tuple[str, ...]
    causes: tuple[str, ...]
    day_shares: Mapping[int, tuple[float, ...]]
    """How likely each day of a span of so many days is meant, the earliest first."""
    fresh_shares: tuple[float, ...]
    night_shares: tuple[float, ...]
    night_words: tuple[str, ...]
    day_beside: float
    told_before: float
    told_before_seldom: float
    looking_back: frozenset[str]
    consequence_of: frozenset[str]
    rising: tuple[str, ...]
    counted_on: tuple[str, ...]
    recalling: tuple[str, ...]
    words_before: int
    words_of_subject: int
    recall_days: int
    rises: float
    lasting: frozenset[str]
    lasting_heads: frozenset[str]
    tolls: tuple[str, ...]
    noun_endings: tuple[str, ...]
    nouns: frozenset[str]
    of_nouns: frozenset[str]
    chance: float
    least_days: float
    named_days: tuple[str, ...]
    same_day: float
    same_day_of_area: float
    may_be_same_day: float
    clearly: float
    unspecific: frozenset[str]
    any_rebels: frozenset[str]
    alliances: Mapping[str, frozenset[str]]
    """Alliance -> its members, by their countries or names."""
    harm_did: frozenset[str]
    harm_suffered: frozenset[str]
    harm_cuts: frozenset[str]
    harm_stops: frozenset[str]
    harm_reach: int
    harm_near: int
    harm_near_suffered: int
    titles: frozenset[str]
    number_words: frozenset[str]
    groups: frozenset[str]
    no_people: frozenset[str]
    venues: frozenset[str]
    beside: tuple[str, ...]
    spots: Mapping[str, str]
    """Word for what is hit -> the first word of its row: those of one row are used for one another."""
    spots_near: int
    names_reach: int
    least_consonants: int
    corrections: tuple[str, ...]
    correction_notes: tuple[str, ...]
    usual_names: frozenset[str]
    """Words of names that so many reports have that two share them by chance."""
    seats: frozenset[str]
    """Seats of governments, which reports name likewise."""
    not_in_names: frozenset[str]
    number_values: Mapping[str, int]
    """Number words up to ninety -> what they mean."""
    telling: int
    large: int
    round_by: int
    near: float
    near_from: int
    apart: float
    apart_by: int
    least_letters: int
    least_words: int
    usual_words: float
    same_words: float
    next_day_words: float
    stop_words: frozenset[str]
    weights: Mapping[str, float]
    wording: Mapping[str, str]
    families: Mapping[str, Family]


@functools.cache
def rules() -> Rules:
    """Return the rules that come with the program."""
    text = (importlib.resources.files("geoconflict") / "resources/events/merging.toml").read_text("utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)
    score, days, figures, words = table["score"], table["days"], table["figures"], table["words"]
    back, people = table["looking_back"], table["people"]
    small, tens = number_words()
    exact = {**small, **tens}
    return Rules(
        joins=score["joins"],
        compared=score["compared"],
        longest_days=score["longest_days"],
        fresh_days=score["fresh_days"],
        generic_words=frozenset(table["generic"]["words"]),
        open_words={
            word: frozenset(name for row in table["open"] if word in row["words"] for name in row["families"])
            for row in table["open"]
            for word in row["words"]
        },
        from_the_air=frozenset(table["from_the_air"]["sub_types"]),
        hand_in_hand=tuple(frozenset(pair) for pair in table["hand_in_hand"]["families"]),
        another_words=frozenset(table["another"]["words"]),
        another_phrases=tuple(table["another"]["phrases"]),
        causes=tuple(table["another"]["causes"]),
        day_shares={1: tuple(days["one"]), 2: tuple(days["two"]), 3: tuple(days["three"])},
        fresh_shares=tuple(days["fresh"]),
        night_shares=tuple(days["night"]),
        night_words=tuple(days["night_words"]),
        day_beside=days["beside"],
        told_before=days["told_before"],
        told_before_seldom=days["told_before_seldom"],
        looking_back=frozenset(back["before"]),
        consequence_of=frozenset(back["after"]),
        rising=tuple(back["rising"]),
        counted_on=tuple(back["counted_on"]),
        recalling=tuple(back["recalling"]),
        words_before=back["words_before"],
        words_of_subject=back["words_of_subject"],
        recall_days=back["days"],
        rises=back["rises"],
        lasting=frozenset(back["lasting"]),
        lasting_heads=frozenset(back["lasting_heads"]),
        tolls=tuple(back["tolls"]),
        noun_endings=tuple(back["noun_endings"]),
        nouns=frozenset(back["nouns"]),
        of_nouns=frozenset(back["of_nouns"]),
        chance=days["chance"],
        least_days=days["least"],
        named_days=tuple(days["named"]),
        same_day=days["same_day"],
        same_day_of_area=days["same_day_of_area"],
        may_be_same_day=days["may_be_same_day"],
        clearly=score["clearly"],
        unspecific=frozenset(table["actors"]["unspecific"]),
        alliances={name: frozenset(members) for name, members in table["alliances"].items()},
        any_rebels=frozenset(table["actors"]["any_rebels"]),
        harm_did=frozenset(people["did"]),
        harm_suffered=frozenset(people["suffered"]),
        harm_cuts=frozenset(people["cuts"]),
        harm_stops=frozenset(people["stops"]),
        harm_reach=people["reach"],
        harm_near=people["near"],
        harm_near_suffered=people["near_suffered"],
        titles=frozenset(people["titles"]),
        number_words=frozenset((*people["numbers"], *exact)),
        groups=frozenset(people["groups"]),
        no_people=frozenset(people["nobody"]),
        venues=frozenset(table["scenes"]["venues"]),
        beside=tuple(table["scenes"]["beside"]),
        spots={word: row[0] for row in table["scenes"]["spots"] for word in row},
        spots_near=table["scenes"]["spots_near"],
        names_reach=table["names"]["reach"],
        least_consonants=table["names"]["least_consonants"],
        corrections=tuple(table["corrections"]["begin"]),
        correction_notes=tuple(table["corrections"]["notes"]),
        usual_names=frozenset(table["names"]["usual"]),
        seats=frozenset(table["names"]["seats"]),
        not_in_names=frozenset(table["scenes"]["not_in_names"]),
        number_values=exact,
        telling=figures["telling"],
        large=figures["large"],
        round_by=figures["round_by"],
        near=figures["near"],
        near_from=figures["near_from"],
        apart=figures["apart"],
        apart_by=figures["apart_by"],
        least_letters=words["least_letters"],
        least_words=words["least_words"],
        usual_words=words["usual"],
        same_words=words["same"],
        next_day_words=words["next_day"],
        stop_words=frozenset(words["stop"]),
        weights={name: float(row["weight"]) for name, row in table["evidence"].items()},
        wording={name: str(row["words"]) for name, row in table["evidence"].items()},
        families={
            sub_type: Family(name=row["name"], kin=row.get("kin", row["name"]), seldom=row.get("seldom", False))
            for row in table["family"]
            for sub_type in row["sub_types"]
        },
    )


def family_of(event_type: EventType, sub_event_type: str) -> Family:
    """Return the family of a type; a sub-type that the rules do not name is a family of its own."""
    known = rules().families.get(sub_event_type)
    if known is not None:
        return known
    own = f"{event_type.value} > {sub_event_type}"
    return Family(name=own, kin=own)
