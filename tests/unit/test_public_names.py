import subprocess
import sys

import pytest

import geoconflict

HEAVY = {"pandas", "numpy", "spacy", "folium", "geopandas", "shapely", "geopy", "marisa_trie"}


def test_every_public_name_loads_and_all_is_sorted():
    names = geoconflict.__all__
    assert len(set(names)) == len(names)
    for name in names:
        assert getattr(geoconflict, name) is not None, name
    assert set(names) - {"__version__"} == set(geoconflict._HOMES)
    assert set(names) <= set(dir(geoconflict))
    assert [name for name in dir(geoconflict) if name not in names and not name.startswith("__")] == []


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = geoconflict.nothing


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["status"], ["status", "--json"], ["ingest", "--help"]], ids=" ".join
)
def test_light_commands_load_nothing_heavy(tmp_path, arguments):
    program = (
        "import sys\n"
        "from geoconflict.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit as done:\n"
        "    assert not done.code, done.code\n"
        f"print('heavy:', sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.rstrip().endswith("heavy: []")


def test_importing_the_package_imports_none_of_its_rooms():
    program = "import sys, geoconflict; print(sorted(m for m in sys.modules if m.startswith('geoconflict')))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "['geoconflict', 'geoconflict._version']"
