"""What is said of the package agrees with it, and what looks the built package over sees what it should."""

import importlib.util
import re
import tomllib

import pytest
import yaml

from geoconflict import __version__


def script(project_root, name):
    spec = importlib.util.spec_from_file_location(name, project_root / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def project(project_root):
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def check_package(project_root):
    return script(project_root, "check_package")


@pytest.fixture(scope="module")
def check_site(project_root):
    return script(project_root, "check_site")


@pytest.fixture(scope="module")
def lock(project_root):
    return script(project_root, "lock")


GOOD_WHEEL = {
    "geoconflict/__init__.py": 10,
    "geoconflict/py.typed": 0,
    "geoconflict-1.dist-info/METADATA": 10,
    "geoconflict-1.dist-info/entry_points.txt": 10,
    "geoconflict-1.dist-info/licenses/LICENSE": 10,
    "geoconflict-1.dist-info/licenses/NOTICE": 10,
}
TREE = ["geoconflict/__init__.py", "geoconflict/render/assets/types.d.ts"]


def test_a_good_wheel_passes(check_package):
    assert check_package.wheel_faults(GOOD_WHEEL, TREE) == []


@pytest.mark.parametrize("stray", ["tests/test_a.py", "geoconflict/tests/a.py", "geoconflict/a.d.ts", "docs/index.md"])
def test_strays_in_a_wheel_are_named(check_package, stray):
    assert check_package.wheel_faults(GOOD_WHEEL | {stray: 1}, TREE) == [f"the wheel has {stray}"]


@pytest.mark.parametrize("missing", ["geoconflict/py.typed", "geoconflict-1.dist-info/licenses/NOTICE"])
def test_what_a_wheel_lacks_is_named(check_package, missing):
    (fault,) = check_package.wheel_faults({name: 1 for name in GOOD_WHEEL if name != missing}, TREE)
    assert fault == f"the wheel lacks {missing.removeprefix('geoconflict-1.dist-info/')}"


def test_a_large_file_in_a_wheel_is_named(check_package):
    assert check_package.wheel_faults(GOOD_WHEEL | {"geoconflict/__init__.py": 40_000_000}, TREE) != []


def test_what_a_source_distribution_lacks_is_named(check_package):
    names = [f"geoconflict-1/{name}" for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md")]
    names += [f"geoconflict-1/{name}" for name in ("Makefile", "mkdocs.yml", ".ci/run", ".gitignore")]
    lacks = ["the sdist lacks CITATION.cff", "the sdist lacks .github/workflows/ci.yml"]
    assert check_package.sdist_faults(names) == lacks


def test_every_extra_that_the_program_asks_for_is_tried_without(check_package, project):
    assert set(check_package.WITHOUT) == set(project["optional-dependencies"]) - check_package.NOT_AT_RUN_TIME


def test_an_extra_of_formats_is_the_sum_of_its_parts(project):
    extras = project["optional-dependencies"]
    parts = [one for name in ("feeds", "html", "pdf", "warc") for one in extras[name]]
    assert set(parts) <= set(extras["sources"])


def test_developers_get_what_the_documentation_needs(project):
    extras = project["optional-dependencies"]
    named = next(one for one in extras["dev"] if one.startswith("geoconflict["))
    others = named.removeprefix("geoconflict[").removesuffix("]").split(",")
    assert "docs" in others
    assert set(extras) >= set(others)
    assert {one for other in others for one in extras[other]}.isdisjoint(extras["dev"])


def test_a_lock_holds_everything_but_the_program_itself(lock):
    text = (
        "fsspec==2026.1 \\\n    --hash=sha256:0a\n    # via dask\n"
        "# WARNING: pip install will require the following package to be hashed.\n# Consider using a hashable URL\n"
        "geoconflict[analysis,docs] @ file:///somewhere\n    # via geoconflict (pyproject.toml)\n"
        "geopandas==1.2 \\\n    --hash=sha256:0b\n    # via\n    #   geoconflict (pyproject.toml)\n"
    )
    left = lock.without_itself(text)
    assert re.findall(r"^[\w-]+(?:\[.*\])?(?:==| @)", left, flags=re.MULTILINE) == ["fsspec==", "geopandas=="]
    assert "WARNING" not in left
    assert left.count("--hash") == 2


def test_the_citation_is_of_this_version(project_root, project):
    cited = yaml.safe_load((project_root / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == __version__
    assert cited["license"] == project["license"]
    assert [one["name"] for one in cited["authors"]] == [one["name"] for one in project["authors"]]


def test_the_newest_heading_of_the_changelog_is_pending_or_this_version(project_root):
    changelog = (project_root / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.findall(r"^## (\S+)", changelog, flags=re.MULTILINE)[0]
    assert newest == ("Pending" if "dev" in __version__ else __version__)


def test_what_a_site_lacks_or_loads_from_elsewhere_is_named(check_site, tmp_path):
    (tmp_path / "index.html").write_text(
        "<script src='https://cdn.example/a.js'></script><a href='gone.html'>a</a><a href='b.html#none'>b</a>"
        "<a href='b.html#here'>c</a><a href='https://elsewhere.example/'>d</a>",
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text("<h1 id='here'>b</h1>", encoding="utf-8")
    (tmp_path / "a.css").write_text("@font-face { src: url(https://fonts.example/a.woff) }", encoding="utf-8")
    assert sorted(check_site.faults(tmp_path)) == [
        "a.css loads https://fonts.example/a.woff",
        "index.html links to b.html#none, which has no such place",
        "index.html links to gone.html, which is not there",
        "index.html loads https://cdn.example/a.js",
    ]
