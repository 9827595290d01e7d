"""Mentions and answers for tests of relative places: resolved by the embedded gazetteer, or set by hand."""

from __future__ import annotations

import datetime as dt
import functools
import re

from builders import place

from geoconflict.models import Place, PlacePrecision, Relation, Resolution, Role, Toponym
from geoconflict.places import Gazetteer, resolve

AUTUMN_2020 = dt.date(2020, 10, 5)


@functools.cache
def embedded() -> Gazetteer:
    return Gazetteer.open()


def mentions(
    text: str, *names: str, roles: dict[str, Role] | None = None, relation: Relation = Relation.AT
) -> list[Toponym]:
    """Return each mention of `names` in `text`, in text order."""
    spans = sorted({match.span() for name in names for match in re.finditer(re.escape(name), text)})
    return [
        Toponym(
            start=start,
            end=end,
            surface=text[start:end],
            score=0.9,
            role=(roles or {}).get(text[start:end], Role.EVENT_PLACE),
            relation=relation,
        )
        for start, end in spans
    ]


def placed(text: str, *names: str, on: dt.date = AUTUMN_2020, **options) -> dict[str, Resolution]:
    """Return what the embedded gazetteer makes of the mentions; of a name, its last mention."""
    given = {key: options.pop(key) for key in ("roles", "relation") if key in options}
    answers = resolve(mentions(text, *names, **given), gazetteer=embedded(), text=text, published_on=on, **options)
    return {one.toponym.surface: one for one in answers}


def answer(toponym: Toponym, where: Place | None, score: float = 0.9) -> Resolution:
    return Resolution(toponym=toponym, place=where, score=score, reasons=("set by the test",))


def area(name: str, wkt: str, **fields) -> Place:
    return place(name, geometry=wkt, kind="area", precision=PlacePrecision.AREA, **fields)
