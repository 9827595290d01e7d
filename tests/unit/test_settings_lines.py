from pathlib import Path

import pytest

from geoconflict.settings_lines import Where, shown

TEXT = """\
maps_dir = "maps"
[places]
countries = ["AZE"]  # a comment with = in it
[[maps]]
name = "one"
description = '''
name = "inside a long text"
[[maps]]
'''
"title" = "x"
[[maps]]
name = "two"
colours.Battles = "#aa0000"
[[maps.phases]]
label = "a"
[[maps.phases]]
label = "b"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("maps_dir",), 1),
        (("places",), 2),
        (("places", "countries"), 3),
        (("maps", 0, "name"), 5),
        (("maps", 0, "title"), 10),
        (("maps", 1, "name"), 12),
        (("maps", 1, "colours", "Battles"), 13),
        (("maps", 1, "phases", 1, "label"), 17),
        (("maps", 1, "phases", 1, "to"), 16),
        (("store", "path"), None),
    ],
)
def test_a_key_is_found_on_its_line_and_a_missing_one_on_its_table(path, line):
    assert Where(Path("x.toml"), TEXT).line(path) == line


def test_a_path_is_shown_without_the_numbers_of_tables():
    assert shown(("maps", 1, "phases", 0, "label")) == "maps.phases.label"
