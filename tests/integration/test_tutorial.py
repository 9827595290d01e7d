"""The tutorial does what it says: its files are written, its commands run in order, and what they print is what it shows."""

import base64
import csv
import datetime as dt
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.render.payload import unpack_block

FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', flags=re.DOTALL | re.MULTILINE)
HOME = "/home/you"


@dataclass
class Steps:
    """What the tutorial has readers do in its project, and what came of it."""

    shown: list[str]
    printed: list[str]
    exit_codes: list[int]
    folder: Path


def normal(text):
    """Leave out what differs from machine to machine: seconds."""
    return re.sub(r"\(\d+\.\d s\)", "(0.0 s)", text).strip("\n")


@pytest.fixture(scope="module")
def page(project_root):
    return (project_root / "docs" / "tutorial.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def steps(page, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tutorial")
    done = Steps([], [], [], folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for kind, title, body in FENCE.findall(page):
            if title:
                (folder / title).parent.mkdir(parents=True, exist_ok=True)
                (folder / title).write_text(body, encoding="utf-8")
            elif kind == "text":
                done.shown.append(body)
            elif kind == "sh":
                for line in body.splitlines():
                    words = shlex.split(line)
                    if words[0] != "geoconflict" or words[1] == "doctor":
                        continue  # the set-up of the clone
                    ended = CliRunner().invoke(main, words[1:])
                    done.exit_codes.append(ended.exit_code)
                    done.printed.append(ended.stdout.replace(str(folder), HOME))
                    for message in re.findall(r'"level": "warning".*"message": "([^"]*)"', ended.stderr):
                        done.printed.append(message.replace(str(folder), HOME))
        with (folder / "first-war" / "events.csv").open(encoding="utf-8", newline="") as file:
            (row,) = [row for row in csv.DictReader(file) if "overtakes" in row["sub_event_type"]]
        done.printed.append(row["disagreements"])
    return done


@pytest.mark.slow
def test_what_the_commands_of_the_tutorial_print_is_what_it_shows(steps):
    assert [normal(text) for text in steps.printed] == [normal(text) for text in steps.shown]


@pytest.mark.slow
def test_the_exit_codes_are_those_that_the_tutorial_tells(steps):
    assert steps.exit_codes == [0, 3, 1, 0, 0]


@pytest.mark.slow
def test_the_coarser_map_of_the_page_on_harm_tells_no_town_and_no_sentence(steps, project_root, monkeypatch):
    page = (project_root / "docs" / "ethics.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    for words, here in (
        ("war.sqlite", "first-war/geoconflict.sqlite"),
        ("days=14", "days=1"),
        ("Violence against civilians", "Battles"),  # of which the tutorial has some in a town
    ):
        assert words in program
        program = program.replace(words, here)
    monkeypatch.chdir(steps.folder)
    exec(program, {})  # it is the documentation's own
    text = (steps.folder / "for-others.html").read_text(encoding="utf-8")
    blocks = [unpack_block(base64.b64decode(one)) for one in re.findall(r'id="gc-(?:events|text)">([^<]*)<', text)]
    told = repr(blocks)
    assert "place withheld" in told
    assert "Lunsar" in told  # what is no battle stays as it was
    assert "Masiaka" not in told
    assert "killing at least" not in told
    assert str(dt.date(2000, 5, 12)) not in told
