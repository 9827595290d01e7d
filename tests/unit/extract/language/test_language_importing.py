"""Importing spaCy without its command line, and still having it: in processes of their own, for an import is done once."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = "import sys; from geoconflict.extract.language.model import load_language_model; load_language_model(); import spacy; "


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        (LOADED + "print([name for name in sys.modules if name.startswith('spacy.cli')])", "[]"),
        (LOADED + "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)", "True"),
        (LOADED + "import spacy.cli; print(callable(spacy.cli.download), spacy.cli.info is spacy.info)", "True False"),
        ("import spacy, sys; info = spacy.info; " + LOADED + "print(spacy.info is info)", "True"),
        ("import spacy.cli, sys; cli = spacy.cli; " + LOADED + "print(sys.modules['spacy.cli'] is cli)", "True"),
    ],
)
def test_the_command_line_of_spacy_is_there_for_who_wants_it_alone(code, printed):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == printed
