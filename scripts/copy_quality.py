"""How well copies of one text are told from reports that only look like it: precision and recall by cross-validation.

    python scripts/copy_quality.py [--write]

Pairs of reports come from ``tests/quality/data/copy_articles.toml``, written for this, and from what is made of it here with
fixed seeds: copies with the edits of outlets; daily bulletins of one form with new figures and towns; second-day articles
that repeat their background; round-ups that hold a paragraph of an article. The two thresholds, the share of text and the
share of replaced facts, are chosen on all families of texts but one and tried on that one, for each in turn. ``--write``
puts the table into docs/quality.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import itertools
import random
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from figures import write_figures  # noqa: E402

from geoconflict.events.copies.comparing import Comparison, compare  # noqa: E402
from geoconflict.events.copies.rules import copy_rules  # noqa: E402
from geoconflict.events.copies.sketch import bands_of, n_equal, sketch_of  # noqa: E402
from geoconflict.events.copies.words import words_of  # noqa: E402
from geoconflict.ids import content_id  # noqa: E402
from geoconflict.models import Report  # noqa: E402
from geoconflict.settings import Settings  # noqa: E402

ARTICLES = ROOT / "tests" / "quality" / "data" / "copy_articles.toml"
N_EDITED = 12
"""Edited copies of each article."""
N_DAYS = 8
"""Days of each bulletin."""
SHARES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
REPLACED = (0.0, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reports and whether they print one text."""

    family: str
    """The article or the bulletin that both come from: what is chosen on one family is tried on another."""
    kind: str
    is_copy: bool
    meets: bool
    """Whether their sketches make them candidates."""
    found: Comparison

    def told(self, share: float, replaced: float) -> bool:
        """Return whether they are taken for copies under two thresholds."""
        return self.meets and self.found.is_copy(share, replaced)

    def by_text_alone(self, share: float) -> bool:
        """Return whether they would be taken for copies if facts were not looked at."""
        return self.meets and dataclasses.replace(self.found, replaced=()).is_copy(share)


def report_of(text: str, on: dt.date, outlet: str) -> Report:
    """Return a report of an outlet."""
    key = content_id("report", [text, on.isoformat(), outlet])
    return Report(report_id=key, text=text, published_on=on, source=outlet, url=f"https://{outlet}.example/{key}")


def pair(family: str, kind: str, one: Report, other: Report, *, is_copy: bool) -> Pair:
    """Return a pair, compared."""
    words = words_of(one), words_of(other)
    sketches = [sketch_of(each.norms) for each in words]
    meets = not set(bands_of(sketches[0])).isdisjoint(bands_of(sketches[1]))
    meets = meets and n_equal(sketches[0], sketches[1]) >= copy_rules().least_equal
    return Pair(family=family, kind=kind, is_copy=is_copy, meets=meets, found=compare(*words))


# ---------------------------------------------------------------- articles
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
_ADDED = (
    "This story was provided by a news agency and has not been edited.",
    "Correspondents in the capital said the fighting could be heard at night.",
    "The claims could not be checked independently.",
    "It was not at once clear what the government in Velgrad would do next.",
    "Photographs taken by our reporter Jan Holt show smoke over the rooftops on Friday.",
    "Read more: the war in 12 maps",
    "Reporting by Ana Duarte and Piet Visser; editing by Tom Hale",
)
_HEADLINES = ("What we know so far", "Deadly violence shakes the region", "Update: officials raise alarm", "WORLD NEWS")
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
    added = chance.sample(_ADDED, 2)
    if chance.random() < 0.6:
        text = f"{text}\n\n{added[0]}"
    if chance.random() < 0.25:
        parts = text.split("\n\n")
        parts[len(parts) // 2] += " " + added[1]
        text = "\n\n".join(parts)
    if chance.random() < 0.6:
        text = chance.choice(_DATELINES).format(day=f"{on:%B} {on.day}") + text
    if chance.random() < 0.3:
        text = f"{chance.choice(_HEADLINES)}\n\n{text}"
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


# ---------------------------------------------------------------- bulletins of one form
_TOWNS = [
    "Vesna",
    "Lyptsi",
    "Hrakove",
    "Dvorichna",
    "Kupino",
    "Masiutivka",
    "Synkivka",
    "Petrivske",
    "Stelmakh",
    "Makiivka",
    "Nevske",
    "Torske",
    "Terny",
    "Bilohory",
    "Spirne",
    "Vyimka",
    "Rozdol",
    "Ivanske",
    "Klishch",
    "Andrivka",
    "Shumy",
    "Pivden",
    "Orlivka",
    "Tonenke",
    "Umanske",
    "Netail",
    "Pervom",
    "Krasno",
    "Heorh",
    "Pobieda",
    "Marin",
    "Kostian",
    "Vodiane",
    "Vuhled",
    "Zoloto",
    "Staromai",
    "Priyut",
    "Robot",
    "Mala",
    "Novodan",
    "Kamian",
    "Antoniv",
    "Tiahyn",
    "Dudchany",
    "Zmiiv",
    "Lvove",
    "Odrad",
]
_REGIONS = ("Kharyn", "Donvas", "Lughan", "Zapor", "Khersa", "Sumyn")


def _listed(chance: random.Random, pool: Sequence[str], n: int) -> str:
    names = chance.sample(pool, n)
    return ", ".join(names[:-1]) + f" and {names[-1]}"


def _staff(chance: random.Random, pool: Sequence[str]) -> str:
    c = chance.randint
    a, b, d = chance.sample(_REGIONS, 3)
    return (
        f"Over the past day, the enemy launched {c(1, 9)} missile and {c(10, 60)} air strikes and fired {c(20, 99)} times from rocket "
        "launchers at the positions of our troops and at settlements. Unfortunately, there are dead and wounded among civilians; "
        f"houses and other civilian infrastructure were damaged. The enemy shelled {c(10, 30)} settlements in the {a} region, among them "
        f"{_listed(chance, pool, 5)}. In the {b} direction our soldiers repelled {c(3, 20)} attacks near {_listed(chance, pool, 3)}, where "
        "the enemy, with the support of aviation, tried to break through the defence of our troops. In the "
        f"{d} direction the enemy carried out no offensive actions and kept shelling {_listed(chance, pool, 4)}. The probability of "
        "missile and air strikes across the whole territory remains high. Our aviation struck the enemy "
        f"{c(5, 20)} times over the past day, and units of missile forces hit {c(1, 4)} command posts and {c(1, 5)} ammunition depots. "
        "Keep calm, do not ignore air raid alerts and believe in our armed forces. Together to victory!"
    )


def _losses(chance: random.Random, pool: Sequence[str]) -> str:
    c = chance.randint
    return (
        "The total combat losses of the enemy since the start of the full-scale invasion are approximately: personnel - about "
        f"{c(150, 160)},{c(100, 999)} (+{c(400, 999)}) persons were liquidated, tanks - {c(3400, 3600)} (+{c(1, 9)}) units, armoured "
        f"combat vehicles - {c(6700, 6900)} (+{c(1, 30)}) units, artillery systems - {c(2400, 2500)} (+{c(1, 15)}) units, rocket launchers - "
        f"{c(480, 500)} (+{c(0, 3)}) units, air defence systems - {c(250, 260)} (+{c(0, 2)}) units, aircraft - {c(300, 305)} units, "
        f"helicopters - {c(288, 292)} units, drones of the operational and tactical level - {c(2050, 2200)} (+{c(1, 20)}) units. "
        f"Data are being updated. The heaviest fighting was near {chance.choice(pool)}. Strike the occupier. Let us win together! Our strength is in the truth."
    )


def _violations(chance: random.Random, pool: Sequence[str]) -> str:
    c = chance.randint
    return (
        f"The mission recorded {c(40, 300)} ceasefire violations in the Donvas region, among them {c(5, 80)} explosions, compared with "
        f"{c(40, 300)} in the report before. Most of them were recorded near {_listed(chance, pool, 3)}. In the Lughan region it "
        f"recorded {c(20, 200)} violations, the majority in areas near {_listed(chance, pool, 2)}. The mission saw weapons in violation "
        "of withdrawal lines on both sides of the contact line. It continued to follow up on reports of civilian casualties. The "
        f"freedom of movement of the mission was restricted at a checkpoint near {chance.choice(pool)}. Its drones met {c(1, 9)} instances "
        "of signal interference, assessed as caused by probable jamming. The mission facilitated and monitored adherence to "
        "localised ceasefires to enable repairs and the operation of critical civilian infrastructure."
    )


def _district(chance: random.Random, pool: Sequence[str]) -> str:
    c = chance.randint
    return (
        f"Within a day, the occupiers killed {c(1, 6)} civilians in the {chance.choice(_REGIONS)} region and wounded {c(2, 15)} more, the head of the "
        f"regional administration said. The dead lived in {_listed(chance, pool, 2)}. It is at present impossible to establish the exact "
        "number of victims in the occupied settlements."
    )


def _tiny(chance: random.Random, pool: Sequence[str]) -> str:
    hours = chance.randint(10, 23)
    return (
        f"Armenian forces shelled the town of {chance.choice(pool)} with heavy artillery at about {hours} o'clock, the ministry of defence "
        "said. There are no casualties. The army takes adequate retaliatory measures."
    )


_BULLETINS = {"staff": _staff, "losses": _losses, "violations": _violations, "district": _district, "tiny": _tiny}


def of_bulletins() -> Iterator[Pair]:
    """Yield bulletins of days that follow on one another, of many towns and of few, so that most names come again."""
    for (name, made), n_towns in itertools.product(_BULLETINS.items(), (len(_TOWNS), 14, 7)):
        chance = random.Random(f"{name} {n_towns}")  # noqa: S311  # no secret
        pool = _TOWNS[:n_towns]
        days = [
            report_of(made(chance, pool), dt.date(2023, 3, 1) + dt.timedelta(days=at), "staff") for at in range(N_DAYS)
        ]
        kind = "bulletin of one form, many towns" if n_towns > 20 else "bulletin of one form, few towns"
        for one, other in itertools.pairwise(days):
            yield pair(f"bulletin {name}", kind, one, other, is_copy=False)
        for one, other in itertools.pairwise(days[:5]):
            evening = report_of(other.text, one.published_on or dt.date.min, "evening")
            yield pair(f"bulletin {name}", "two bulletins of one day", one, evening, is_copy=False)
        # The bulletin of a day is itself printed by others.
        for at, told in enumerate(days[:3]):
            text = f"{_HEADLINES[at]}\n\n{told.text} {_ADDED[0]}" if at else f"VELGRAD (Agency) - {told.text}"
            on = told.published_on or dt.date.min
            yield pair(f"bulletin {name}", "bulletin, copied", told, report_of(text, on, "outlet"), is_copy=True)


_FREE = (
    "A sabotage group was found by the village of {town} and lost {n} men before it turned back.",
    "Fog over the river kept the drones of both armies on the ground until {n} o'clock, a soldier at {town} said.",
    "The enemy brought {n} barges to {town} and began to build a crossing there under smoke.",
    "In {town} the occupiers took {n} houses from their owners and put wounded soldiers into them.",
    "Columns of fuel trucks, {n} in all, were seen on the road behind {town} for the first time.",
)


def slow_bulletins() -> Iterator[Pair]:
    """Yield bulletins that change little from day to day: one to three facts, or two sentences among many."""
    for name, made in _BULLETINS.items():
        chance = random.Random(f"slow {name}")  # noqa: S311  # no secret
        text = made(chance, _TOWNS)
        for at in range(6):
            on = dt.date(2023, 4, 1) + dt.timedelta(days=at)
            told = report_of(text, on, "staff")
            words = text.split(" ")
            spots = [n for n, word in enumerate(words) if word.strip("(),.+").isdigit() or word.strip(",.") in _TOWNS]
            for spot in chance.sample(spots, min(len(spots), 1 + at % 3)):
                core = words[spot].strip("(),.+")
                new = (
                    str(int(core) + chance.randint(1, 5))
                    if core.isdigit()
                    else chance.choice([one for one in _TOWNS if one not in text])
                )
                words[spot] = words[spot].replace(core, new)
            text = " ".join(words)
            later = report_of(text, on + dt.timedelta(days=1), "staff")
            yield pair(f"bulletin {name}", "bulletin, one to three facts changed", told, later, is_copy=False)
        if name == "tiny":
            continue
        sentences = made(chance, _TOWNS).split(". ")
        for at in range(4):
            days = []
            for day in (0, 1):
                free = [
                    one.format(town=chance.choice(_TOWNS), n=chance.randint(3, 30)).rstrip(".")
                    for one in chance.sample(_FREE, 2)
                ]
                spot = 1 + at % (len(sentences) - 1)
                days.append(
                    report_of(
                        ". ".join([*sentences[:spot], *free, *sentences[spot:]]), dt.date(2023, 5, 1 + day), "staff"
                    )
                )
            yield pair(f"bulletin {name}", "bulletin, two sentences changed", days[0], days[1], is_copy=False)


# ---------------------------------------------------------------- the measure
@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of pairs, and what they make."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of those taken for copies, the share that are."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the copies, the share taken for some."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f_half(self) -> float:
        """F with precision counting twice as much: a wrong copy silences a voice."""
        p, r = self.precision, self.recall
        return 1.25 * p * r / max(1e-9, 0.25 * p + r)


def score(pairs: Iterable[Pair], share: float, replaced: float) -> Score:
    """Return how well two thresholds tell copies."""
    told = [(one.is_copy, one.told(share, replaced)) for one in pairs]
    return Score(right=told.count((True, True)), wrong=told.count((False, True)), missed=told.count((True, False)))


def chosen(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the thresholds that score best; of equals the strictest share and the fewest replaced facts in the middle."""
    grid = {both: round(score(pairs, *both).f_half, 6) for both in itertools.product(SHARES, REPLACED)}
    best = [both for both, value in grid.items() if value == max(grid.values())]
    return best[len(best) // 2]


def cross_validated(pairs: Sequence[Pair]) -> list[tuple[Pair, bool]]:
    """Return each pair with what thresholds say of it that were chosen without its family."""
    found = []
    for family in dict.fromkeys(one.family for one in pairs):
        both = chosen([one for one in pairs if one.family != family])
        print(f"{family}: chosen without it {both}", file=sys.stderr)
        found += [(one, one.told(*both)) for one in pairs if one.family == family]
    return found


def all_pairs() -> list[Pair]:
    """Return all labelled pairs."""
    return [*of_articles(), *of_bulletins(), *slow_bulletins()]


def table(pairs: Sequence[Pair]) -> str:
    """Return the table of the documentation."""
    tried = cross_validated(pairs)
    own = Settings().copies.min_share, copy_rules().most_replaced
    lines = [
        "| kind of pair | pairs | copies | taken for copies, cross-validated | with the thresholds that ship |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind in dict.fromkeys(one.kind for one in pairs):
        rows = [(one, told) for one, told in tried if one.kind == kind]
        counts = (
            len(rows),
            sum(one.is_copy for one, _ in rows),
            sum(told for _, told in rows),
            sum(one.told(*own) for one, _ in rows),
        )
        lines.append(f"| {kind} | " + " | ".join(map(str, counts)) + " |")
    cross = Score(
        right=sum(one.is_copy and told for one, told in tried),
        wrong=sum(told and not one.is_copy for one, told in tried),
        missed=sum(one.is_copy and not told for one, told in tried),
    )
    ships = score(pairs, *own)
    unguarded = Score(
        right=sum(one.is_copy and one.by_text_alone(own[0]) for one in pairs),
        wrong=sum(one.by_text_alone(own[0]) and not one.is_copy for one in pairs),
        missed=sum(one.is_copy and not one.by_text_alone(own[0]) for one in pairs),
    )
    lines += [
        "",
        f"{len(pairs)} pairs of {len({one.family for one in pairs})} families. Cross-validated: precision {cross.precision:.3f}, recall {cross.recall:.3f}.",
    ]
    lines.append(
        f"With the thresholds that ship (share {own[0]}, replaced facts {own[1]}): precision {ships.precision:.3f}, recall {ships.recall:.3f}; "
        f"without the look at facts: {unguarded.precision:.3f} and {unguarded.recall:.3f}."
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    write = parser.parse_args().write
    made = table(all_pairs())
    print(made)
    if write:
        write_figures(ROOT / "docs" / "quality.md", "copies", made)
