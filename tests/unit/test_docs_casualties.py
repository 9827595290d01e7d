"""The examples in docs/casualties.md are what the package reads of them."""

import re
from pathlib import Path

import pytest
from few_names import reading_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "casualties.md"
ROW = re.compile(r"^\| (?P<texts>\".*\") \| (?P<low>\d*) ?\| (?P<best>\d*) ?\| (?P<high>\d*) ?\|$", re.MULTILINE)
HAS_VERB = re.compile(r"\b(?:killed|killing|died|dead)\b")
COUNTS_NOBODY_YET = re.compile(r"(?:\d|half|five|dozen|dozens|scores|hundreds|several)$")


def _examples():
    """Return each quoted text of the table with the figures of its row."""
    for row in ROW.finditer(PAGE.read_text("utf-8")):
        figures = tuple(int(row[name]) if row[name] else None for name in ("low", "best", "high"))
        for text in re.findall(r'"([^"]+)"', row["texts"]):
            yield pytest.param(text, figures, id=text)


def _sentence(text):
    """Return a quoted text as a sentence: what has no verb is who was killed."""
    if not HAS_VERB.search(text):
        people = " people" if COUNTS_NOBODY_YET.search(text) else ""
        text = f"{text}{people} were killed in Gao on Monday"
    return f"{text[0].upper()}{text[1:]}."


def test_the_table_is_read_whole():
    table = re.search(r"\| the text \|.*?\n\n", PAGE.read_text("utf-8"), re.DOTALL)[0]
    assert len(ROW.findall(table)) == table.count("\n") - 3 > 20


@pytest.mark.parametrize(("text", "figures"), list(_examples()))
def test_the_page_says_what_is_read(text, figures):
    reading = reading_of(_sentence(text))
    killed = [one.casualties.killed for one in reading.mentions if one.casualties and one.casualties.killed]
    told = [(one.low, one.best, one.high) for one in killed]
    assert told == ([figures] if any(one is not None for one in figures) else [])
