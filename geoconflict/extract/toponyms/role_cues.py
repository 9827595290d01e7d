"""What the words right beside a place name tell of its role: datelines, longer names that it is part of, nearness."""

from __future__ import annotations

import bisect
import functools
import re

from geoconflict.extract.language.model import Document, Entity
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.toponyms.role_reasons import Reason
from geoconflict.models import Role, Toponym

__all__ = [
    "end_with_part",
    "is_dateline",
    "is_second_of_dateline",
    "is_street",
    "near_words",
    "opens_with_capitals",
    "role_in_longer_name",
]

_AGENCY = r"\([A-Z][^()\n]{1,30}\)"
_DATELINE = re.compile(
    rf"(?:/[A-Z][\w'’ ]{{1,25}})*(?:\s\([^()\n]{{2,30}}\))?(?:,(?:[^.()\n]|(?<=\b[A-Z][a-z]{{2}})\.|(?<=\bSept)\.){{0,30}})?\s*(?:{_AGENCY}\s*[-\u2010-\u2015:]|\s[\u2012-\u2015]\s|\s--?\s|{_AGENCY}\s)"
)
_FILED_IN = re.compile(r"(?:\A|\n\s*)(?:[A-Z][\w'’ ]{1,25}/)+\Z")
_COLON = re.compile(r"(?:,\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?:\s+[A-Z]")
_DISTANCE = re.compile(
    r"\b(?:\d[\d,.]*|some|several|few|hundred|dozen|half|a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)[\s-]+"
    r"(?:km|kms|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?|yards?|hours?|minutes?)\b[^.;]{0,30}?\b(?:of|from|off)\s+(?:the\s+|central\s+|downtown\s+)?$",
    re.IGNORECASE,
)
_HYPHEN_PART = re.compile(r"[-\u2010\u2011](\w+)\b(?!-)(?! [A-Z])")
"""A word tied to a name, no further name behind it."""
_STREET = re.compile(r"(?:\s+and(?:\s+[A-Z][\w.'’-]*){1,4})?\s+(?:streets?|avenues?|boulevards?)\b")
_IN_A_TOWN = re.compile(r"\s+(?:lane|road|roundabout|square)(?:,?\s+in\s+|,\s+)(?:the\s+)?(?:[a-z-]+\s+){0,3}[A-Z]")
"""What may bear the name of the town that it leads to, or lie in its middle, unless another town is said to hold it."""
_ON_A_STREET = re.compile(
    r"\b(?:on|in|at|near|off|along|down|(?:corner|intersection|junction)\s+of)\s+(?:[A-Z][\w.'’-]*\s+){0,3}(?:and\s+(?:[A-Z][\w.'’-]*\s+){0,3})?$"
)
_IN = re.compile(r"\b(?:in|near|around|outside|at)\s+$")
_OWNED = re.compile(r"(?P<region>[A-Z][\w-]*(?: [A-Z][\w-]*)?)['’]s? (?P<town>[A-Z][\w-]*(?: [A-Z][\w-]*){0,2})")
_PAIR = re.compile(r"[A-Z][\w'’-]* and [A-Z][\w'’-]*")
_BETWEEN = re.compile(r"\bbetween\s+\Z")


def is_dateline(tail: str) -> bool:
    """Whether what follows a name at the start of a paragraph makes it a dateline: "(Agency) -", " — "."""
    return _DATELINE.match(tail) is not None


def is_second_of_dateline(text: str, start: int, end: int) -> bool:
    """Whether a name stands behind a slash in a dateline: "X/Y -"."""
    return text.startswith("/", start - 1) and is_dateline(text[end : end + 60]) and _is_filed_in(text, start)


def _is_filed_in(text: str, start: int) -> bool:
    return _FILED_IN.search(text[max(0, start - 80) : start]) is not None


def opens_with_capitals(text: str, start: int, end: int) -> bool:
    """Whether a report opens with a name in capitals and a colon: "X: Troops ...", "X, Ruritania: Troops ..."."""
    return not text[:start].strip() and text[start:end].isupper() and _COLON.match(text, end) is not None


def end_with_part(document: Document, one: Toponym) -> int:
    """Return where a name ends together with a word for a part of the town that is tied to it: "X-Centre", "X-Nord"."""
    part = _HYPHEN_PART.match(document.cased, one.end)
    return part.end() if part is not None and part[1].lower() in _words("places", "hyphen_parts") else one.end


def is_street(text: str, start: int, end: int) -> bool:
    """Whether a name is that of a street, told without an article: "on X street", "the corner of X and Y streets", "on X road in Y"."""
    behind = _STREET.match(text, end) or _IN_A_TOWN.match(text, end)
    return behind is not None and _ON_A_STREET.search(text, max(0, start - 60), start) is not None


def _is_owned_place(document: Document, one: Toponym, entity: Entity) -> bool:
    """Whether an entity is a region and its town behind a preposition of place, of which the name is one: "in Aleppo's Azaz"."""
    text = document.cased
    owned = _OWNED.fullmatch(entity.text)
    if owned is None or _IN.search(text[max(0, entity.start - 12) : entity.start]) is None:
        return False
    return (one.start, one.end) in (
        (entity.start, entity.start + owned.end("region")),
        (entity.start + owned.start("town"), entity.end),
    )


def role_in_longer_name(document: Document, one: Toponym) -> tuple[Role, Reason] | None:
    """Return the role, and why, of a name that is part of another name ("the Washington Post"), else None."""
    text = document.cased
    if end_with_part(document, one) > one.end:
        return None
    match = re.match(r"(?:['’]s)?((?:[ -](?:of |for |and |the )?[A-Z][\w-]*){1,5})", text[one.end : one.end + 80])
    if match is not None:
        following = [word for word in re.findall(r"\w+", match[1].lower()) if word not in ("of", "for", "and", "the")]
        if not following:
            return None
        if following[0] in _words("organisations", "outlet_words") and not text.startswith(("'", "’"), one.end):
            return Role.OTHER, "it is part of a news outlet's name"
        if following[0] in _words("organisations", "state_bodies") or following[-1] in _words(
            "organisations", "state_bodies"
        ):
            return Role.ACTOR_METONYM, f'it stands for a state through its "{match[1].strip()}"'
        if following[0] in _words("persons", "titles"):
            return Role.ACTOR_METONYM, f'the title "{match[1].strip()}" follows'
        if following[-1] in _words("organisations", "organisation_heads") and not text.startswith(("'", "’"), one.end):
            return Role.OTHER, "it is part of an organisation's name"
    entity = _entity_around(document, one)
    if (
        entity is not None
        and entity.label in ("WORK_OF_ART", "EVENT", "PRODUCT", "LAW")
        and not re.search(r"\bWar\b", entity.text)
        and ", " not in entity.text  # "the town of X, Y"
        and not _PAIR.fullmatch(entity.text)  # "shelled X and Y": two towns are no title
        and not entity.text.split()[-1].islower()  # a title ends in a capital: "slipped into X hours before" is none
        and not _is_owned_place(document, one, entity)
        and not _is_object_of_small_verb(document, one)
        and not _BETWEEN.search(
            text[max(0, entity.start - 12) : entity.start]
        )  # no title begins in the middle of "between X and Y"
    ):
        return Role.OTHER, "it is part of the name of an event, a work or a law"
    before = text[max(0, one.start - 40) : one.start]
    if (
        (of := re.search(r"([A-Z]\w+) (?:of|for|in) (?:the )?$", before))
        and entity is not None
        and entity.label == "ORG"
    ):
        words = {word.lower() for word in re.findall(r"\w+", entity.text)}
        if words & _words("organisations", "state_bodies"):
            return Role.ACTOR_METONYM, "it is part of the name of a body of a state"
        if of[1].lower() in _words("organisations", "organisation_heads"):
            return Role.OTHER, "it is part of an organisation's name"
    return None


def _is_object_of_small_verb(document: Document, one: Toponym) -> bool:
    """Whether a verb without a capital stands right before a name, as in no title: a quotation that opens with "Missiles hit X"."""
    before = document.tokens_between(max(0, one.start - 30), one.start)
    return bool(before) and before[-1].text.islower() and before[-1].tag in ("VBD", "VBP", "VBZ")


def _entity_around(document: Document, one: Toponym) -> Entity | None:
    """Return the entity that a name is a part of, a possessive or an article aside."""
    at = bisect.bisect_right(document.entities, one.start, key=lambda entity: entity.start) - 1
    if at < 0:
        return None
    entity = document.entities[at]
    is_larger = entity.end - entity.start > one.end - one.start + len("the ")
    return entity if one.end <= entity.end and is_larger else None


def near_words(text: str, start: int) -> str:
    """Return the words before offset `start` that put an event beside the name there, or an empty string."""
    before = text[max(0, start - 70) : start]
    before = before[max(before.rfind(". "), before.rfind("\n\n")) + 1 :]
    if distance := _DISTANCE.search(before):
        return " ".join(distance.group().split())
    lower = before.lower()
    stripped = re.sub(
        r"\s+(?:(?:the|a)\s+)?(?:[a-z-]+\s+)?(?:(?:town|city|village|settlement|district|region|border|capital)s?\s+(?:of\s+)?)?$",
        " ",
        lower,
    )
    for phrase_end in (lower, stripped):
        words = phrase_end.split()
        if words and words[-1] in _words("places", "near_adjectives"):
            describes = phrase_end is stripped and stripped.strip() != lower.strip()
            if describes or len(words) == 1 or words[-2].strip(",") in _words("places", "before_near_adjectives"):
                return ""  # "the nearby town of X": X itself
        for length in (5, 4, 3, 2, 1):
            phrase = " ".join(words[-length:])
            if phrase in _words("places", "near_phrases"):
                return phrase
    return ""


@functools.cache  # asked of the words around every name
def _words(lexicon: str, key: str) -> frozenset[str]:
    return lexicon_words(lexicon, key)
