"""Pairs of articles for the measure of copies: with the edits of outlets, in other words, in round-ups, of the day after.

The articles stand in ``tests/quality/data/copy_articles.toml``; seeds are fixed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copy_pairs import Pair, pair, report_of

from geoconflict.models import Report

__all__ = ["ADDED", "HEADLINES", "of_articles"]

ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "quality" / "data" / "copy_articles.toml"
N_EDITED = 12
"""Edited copies of each article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of the file."""

    name: str
    published_on: dt.date
    text: str
    own: str
    translated: str
    by_hand: tuple[str, ...]

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs."""
        return self.text.split("\n\n")


def articles() -> list[Article]:
    """Return the articles of the file."""
    rows = tomllib.loads(ARTICLES.read_text("utf-8"))["article"]
    return [
        Article(
            name=row["name"],
            published_on=row["published_on"],
            text=row["text"].strip(),
            own=row["own"].strip(),
            translated=row["translated"].strip(),
            by_hand=tuple(text.strip() for text in row["by_hand"]),
        )
        for row in rows
    ]


_SYNONYMS = (
    ("kilometres", "km"), ("killing", "leaving dead"), ("about", "around"), ("wounded", "injured"), ("told", "said to"),
    ("more than", "over"), ("have", "had"), ("people", "persons"), ("officials", "authorities"), ("accused", "has accused"),
    ("spokesman", "spokesperson"), ("town", "city"), ("however", "but"), ("began", "started"), ("the United Nations", "the UN"),
)  # fmt: skip
_SPELLING = (
    ("kilometres", "kilometers"),
    ("Defence", "Defense"),
    ("defence", "defense"),
    ("two", "2"),
    ("three", "3"),
    ("nine", "9"),
)
ADDED = (
    "This story was provided by a news agency and has not been edited.",
    "Correspondents in the capital said the fighting could be heard at night.",
    "The claims could not be checked independently.",
    "It was not at once clear what the government in Velgrad would do next.",
    "Photographs taken by our reporter Jan Holt show smoke over the rooftops on Friday.",
    "Read more: the war in 12 maps",
    "Reporting by Ana Duarte and Piet Visser; editing by Tom Hale",
)
HEADLINES = ("What we know so far", "Deadly violence shakes the region", "Update: officials raise alarm", "WORLD NEWS")
_DATELINES = ("(North Wire) - ", "BELOPIL, {day} (Agency One) — ", "Velgrad – ", "GENEVA: ", "AO/Velgrad - ")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def edited(article: Article, seed: int) -> tuple[str, int]:
    """Return a copy of an article as an outlet prints it, and how many days later."""
    chance = random.Random(f"{article.name} {seed}")  # noqa: S311  # no secret
    paragraphs = article.paragraphs
    if len(paragraphs) > 2 and chance.random() < 0.6:
        n_kept = chance.randint((len(paragraphs) + 1) // 2 + 1, len(paragraphs))
        paragraphs = paragraphs[:n_kept]
    elif len(paragraphs) > 4 and chance.random() < 0.3:
        del paragraphs[chance.randrange(2, len(paragraphs))]
    text = "\n\n".join(paragraphs)
    for old, new in chance.sample(_SYNONYMS, 4):
        if chance.random() < 0.5:
            text = text.replace(old, new, 2)
    for old, new in _SPELLING:
        if chance.random() < 0.25:
            text = text.replace(old, new)
    if chance.random() < 0.5:
        text = text.replace(' "', " “").replace('"', "”").replace("'", "’")
    on = article.published_on
    if chance.random() < 0.3:
        told = next((name for name in _WEEKDAYS if f"on {name}" in text), None)
        if told is not None:
            back = on - dt.timedelta(days=(on.weekday() - _WEEKDAYS.index(told)) % 7)
            text = text.replace(f"on {told}", f"on {back:%B} {back.day}", 1)
    added = chance.sample(ADDED, 2)
    if chance.random() < 0.6:
        text = f"{text}\n\n{added[0]}"
    if chance.random() < 0.25:
        parts = text.split("\n\n")
        parts[len(parts) // 2] += " " + added[1]
        text = "\n\n".join(parts)
    if chance.random() < 0.6:
        text = chance.choice(_DATELINES).format(day=f"{on:%B} {on.day}") + text
    if chance.random() < 0.3:
        text = f"{chance.choice(HEADLINES)}\n\n{text}"
    return text, chance.choice((0, 0, 0, 1, 2))


def of_articles() -> Iterator[Pair]:
    """Yield pairs of each article: its copies, and what is none."""
    all_articles = articles()
    for number, article in enumerate(all_articles):
        on = article.published_on
        first = report_of(article.text, on, "agency")
        hand = [report_of(text, on, f"hand{at}") for at, text in enumerate(article.by_hand)]
        for one, other in itertools.combinations([first, *hand], 2):
            yield pair(article.name, "copy by hand", one, other, is_copy=True)
        copies = []
        for seed in range(N_EDITED):
            text, later = edited(article, seed)
            copies.append(report_of(text, on + dt.timedelta(days=later), f"outlet{seed}"))
            yield pair(article.name, "copy, edited", first, copies[-1], is_copy=True)
        for one, other in itertools.pairwise(copies):
            yield pair(article.name, "two edited copies", one, other, is_copy=True)
        for kind, text in (("own words", article.own), ("translation", article.translated)):
            told = report_of(text, on, kind)
            for one in (first, *hand, *copies[:2]):
                yield pair(article.name, kind, one, told, is_copy=False)
        yield from _second_day(article, first)
        others = [all_articles[(number + at) % len(all_articles)] for at in (1, 2, 3, 4)]
        yield from _round_ups(article, first, others)


_NEXT_DAY = (
    "Rescue teams went on with their work a day later while families buried the dead, and the number of victims rose.",
    "The foreign minister left for talks abroad and said before his flight that those who gave the orders would be named.",
    "Schools stayed closed and soldiers stood at the crossings, a reporter saw, and shops sold out of candles and water.",
    "A commission of five judges is to look into what happened; it has a month, the speaker of parliament said.",
)


def _second_day(article: Article, first: Report) -> Iterator[Pair]:
    """Yield the article against one of the day after, which repeats its last paragraphs as background."""
    paragraphs = article.paragraphs
    if len(paragraphs) < 4:
        return
    for n_old in (2, 3):
        text = "\n\n".join([*_NEXT_DAY[: len(paragraphs) - n_old], *paragraphs[-n_old:]])
        later = report_of(text, article.published_on + dt.timedelta(days=1), "agency")
        yield pair(article.name, "second day, same background", first, later, is_copy=False)


def _round_ups(article: Article, first: Report, others: Sequence[Article]) -> Iterator[Pair]:
    """Yield the article against round-ups of the day that hold one or two of its paragraphs."""
    on = article.published_on
    for n_own in (1, 2):
        own = article.paragraphs[:n_own]
        rest = [paragraph for other in others for paragraph in other.paragraphs[:2]]
        text = "\n\n".join([*rest[:3], *own, *rest[3:]])
        yield pair(article.name, "round-up with a paragraph of it", first, report_of(text, on, "daily"), is_copy=False)
    two = [
        report_of(
            "\n\n".join([article.paragraphs[0], *(one.paragraphs[at % len(one.paragraphs)] for one in others[:3])]),
            on,
            f"daily{at}",
        )
        for at in (0, 1)
    ]
    yield pair(article.name, "two round-ups with one paragraph", two[0], two[1], is_copy=False)
