"""Pairs of daily bulletins for the measure of copies: of one form, with new figures and towns, or with few facts changed."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence

from copy_articles import ADDED, HEADLINES
from copy_pairs import Pair, pair, report_of

__all__ = ["of_bulletins", "slow_bulletins"]

N_DAYS = 8
"""Days of each bulletin."""

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
            text = f"{HEADLINES[at]}\n\n{told.text} {ADDED[0]}" if at else f"VELGRAD (Agency) - {told.text}"
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
