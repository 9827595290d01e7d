"""Lines that a day, a letter or a place heads are parted from what stands behind the heading."""

import datetime as dt

import pytest

from geoconflict.extract.layout.headed_lines import headed_line_starts
from geoconflict.extract.reader import Reader
from geoconflict.models import NameMatch, Report
from geoconflict.places.gazetteer import Gazetteer


class Names:
    """Knows a few names as places."""

    known = ("Mali", "Burkina Faso", "Niger")

    def match_at(self, text, start, *, on=None):
        return tuple(
            NameMatch(
                end=start + len(name),
                n_candidates=1,
                max_population=1,
                has_primary=True,
                kinds=frozenset(),
                countries=frozenset(),
                curated=False,
            )
            for name in self.known
            if text.startswith(name, start)
        )


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("Day 3 (26 August): Rebels attack.", ["Day 3", "Rebels attack."]),
        ("x\n27 August - Troops retake it.", ["27 August", "Troops retake it."]),
        ("Yesterday: A bomb killed two.\nToday: Calm.", ["Yesterday", "A bomb", "Today", "Calm."]),
        ("## 26 May\nRebels shell it.", ["## 26 May", "Rebels shell"]),
        ("Press release of the army\nTroops took it.", ["Press release", "Troops took it."]),
        ("Press release No. 12 of the army\nTroops took it.", ["Press release", "Troops took it."]),
        ("Night of 7 July: Shells fell.", []),
        ("Q: Has it fallen?\nA: Yes.", ["Q:", "Has it", "A:", "Yes."]),
        # a name of something, and a sentence
        ("7 July 2005 Xanth bombings: Four blasts are reported.", []),
        ("On 7 July: it fell.", []),
        ("The army said: Our troops took it.", []),
        ("", []),
    ],
)
def test_a_day_or_a_letter_heads_a_line(text, opened):
    starts = headed_line_starts(text)
    assert [text[at:].startswith(words) for at, words in zip(starts, opened, strict=True)] == [True] * len(opened)


def test_several_places_head_a_digest_and_one_name_may_be_a_speaker():
    digest = "Mali: Gunmen came.\nBurkina Faso: Shells fell.\nXanth: He said no."
    starts = [digest[at:].splitlines()[0] for at in headed_line_starts(digest, Names())]
    assert starts == ["Mali: Gunmen came.", "Gunmen came.", "Burkina Faso: Shells fell.", "Shells fell."]
    assert headed_line_starts("Mali: Gunmen came.\nXanth: He said no.", Names()) == []
    assert headed_line_starts(digest) == []


def test_the_verb_behind_a_heading_is_read_as_one():
    reader = Reader(Gazetteer.open())
    text = "26 August - Rebels attack Afgoye, killing 12 soldiers.\n27 August - Troops retake Afgoye."
    mentions = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2010, 9, 1))).mentions
    assert [(one.when.starts_on.day, one.place.surface) for one in mentions] == [(26, "Afgoye"), (27, "Afgoye")]
    assert mentions[0].casualties.killed.best == 12


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("2009 Xanth unrest\nRebels shell the market of Yell and kill nine people.", ["Rebels shell"]),
        ("Conflicts\n\nXanth civil war\nRebels shell the market of Yell again.", ["Xanth civil", "Rebels shell"]),
        ("It fell.\nXanth insurgency\nRebels shell the market of Yell again.", ["Rebels shell"]),
        # wrapped text: of lines about as long as another, or within a sentence
        ("The army of Xanth shelled the market of\nYell on Monday and killed nine", []),
        (
            "The market was shelled by forces of the\nYell Liberation Army, who came from the hills in the east of it",
            [],
        ),
        ("It fell to the rebels and to their\nallies\nYell Liberation Army and others who came from the hills.", []),
        ("It fell. Rebels took it.\nRebels shell the market of Yell and kill nine people.", []),
    ],
)
def test_a_topic_stands_apart_from_the_item_below_it(text, opened):
    starts = headed_line_starts(text)
    assert [text[at:].startswith(words) for at, words in zip(starts, opened, strict=True)] == [True] * len(opened)


@pytest.mark.parametrize(
    "text",
    [
        "2009 Gao clashes\nRebels fight police in the streets of Gao, and nine people die, the governor says.",
        "2009 Gao bus attack\nRebels fight police in a quarter of Kidal, and nine people die, the governor says.",
    ],
)
def test_a_topic_dates_no_event_and_is_none(text):
    reader = Reader(Gazetteer.open())
    (mention,) = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2009, 5, 4))).mentions
    assert mention.when.starts_on != dt.date(2009, 1, 1)
    assert mention.casualties.killed.best == 9
