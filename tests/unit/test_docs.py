"""Documents that cannot drift: what they say of commands and settings is compared with the code."""

import dataclasses
import fnmatch
import importlib.util
import re
import shlex
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

import geoconflict
from geoconflict.cli import _COMMANDS, main
from geoconflict.fetching.visitor import check_user_agent
from geoconflict.retrieval import Retrieval
from geoconflict.settings import load_settings, settings_table


@pytest.fixture(scope="module")
def reference(project_root):
    spec = importlib.util.spec_from_file_location("reference", project_root / "scripts" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "api.md"])
def test_the_reference_pages_say_what_the_code_says(project_root, reference, name):
    page = (project_root / "docs" / name).read_text(encoding="utf-8")
    assert page == reference.PAGES[name](), f"docs/{name} is stale; `make reference` renews it"


def test_the_settings_page_lists_every_setting(project_root):
    page = (project_root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [row["name"] for row in settings_table()] == re.findall(r"^\| `([\w.]+)` \|", page, flags=re.MULTILINE)


def test_the_page_of_commands_has_each_of_them_and_of_their_options(project_root, reference):
    page = (project_root / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^##+ (geoconflict[\w -]*)\n(.*?)(?=^##|\Z)", page, flags=re.MULTILINE | re.DOTALL))
    found = dict(reference.commands(main, "geoconflict"))
    assert list(sections) == list(found)
    assert {f"geoconflict {name}" for name in _COMMANDS} < set(sections)
    for path, command in found.items():
        options = [name for one in command.params for name in one.opts if name.startswith("--") and not one.hidden]
        assert [name for name in options if name not in sections[path]] == [], path


def test_the_page_of_public_names_has_each_of_them_once(project_root):
    page = (project_root / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \| \S", page, flags=re.MULTILINE)
    assert sorted(named) == sorted(set(geoconflict.__all__) - {"__version__"})
    assert "`geoconflict.__version__`" in page


def test_the_readme_names_every_command(project_root):
    readme = (project_root / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `geoconflict (\w+)", readme, flags=re.MULTILINE)) == set(_COMMANDS)


def anchors(page):
    """Give the anchors of the headings of a page, as code hosts and the site make them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


def documents(project_root):
    named = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "SECURITY.md", "NOTICE"]
    return [
        *(project_root / name for name in named),
        *project_root.glob("docs/*.md"),
        *project_root.glob("data/**/*.md"),
    ]


LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_links_of_the_documents_lead_somewhere(project_root):
    dead = []
    n_links = 0
    for page in documents(project_root):
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for link in LINK.findall(text):
            n_links += 1
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                dead.append(f"{page.relative_to(project_root)}: {link}")
    assert dead == []
    assert n_links > 100


def test_addresses_in_the_documents_are_whole(project_root):
    """The network is closed in tests, so whether they answer is not known: only their form is."""
    wrong = []
    n_addresses = 0
    for page in documents(project_root):
        text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for address in re.findall(r"\bhttps?:[^\s)>\]]+", text):
            if "{" in address:
                continue  # the form of an address, in the table of settings
            n_addresses += 1
            parts = urlsplit(address.rstrip(".,;"))
            if parts.scheme not in {"http", "https"} or not re.fullmatch(
                r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.hostname or ""
            ):
                wrong.append(f"{page.relative_to(project_root)}: {address}")
    assert wrong == []
    assert n_addresses > 20


def test_the_overrides_of_the_documentation_can_be_used_as_they_stand(project_root):
    from geoconflict.places import Gazetteer
    from geoconflict.places.overrides import overrides_of

    page = (project_root / "docs" / "overrides.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, flags=re.DOTALL)
    assert len(overrides_of(example.encode(), project_root / "overrides.csv", gazetteer=Gazetteer.open())) == 3


def test_the_explanation_in_the_documentation_is_what_the_command_prints(project_root, monkeypatch):
    page = (project_root / "docs" / "explain.md").read_text(encoding="utf-8")
    command, shown = re.search(r"`geoconflict (explain [^`]*)`:\n\n```text\n(.*?)```", page, flags=re.DOTALL).groups()
    monkeypatch.chdir(project_root)
    printed = CliRunner().invoke(main, shlex.split(command))
    assert printed.exit_code == 0, printed.output
    assert printed.stdout == shown, "docs/explain.md is stale; the command prints:\n" + printed.stdout


def test_the_group_of_the_documentation_can_be_used_as_it_stands(project_root, tmp_path):
    from geoconflict.extract.actors.lexicon import group_names, load_actor_lexicon

    page = (project_root / "docs" / "actors.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    file = tmp_path / "mine.toml"
    file.write_text(example, "utf-8")
    load_actor_lexicon((str(file),))
    assert {"hill guard", "guard of the hills"} <= group_names((str(file),))


def test_the_page_of_actors_has_every_kind_and_inter_code(project_root):
    from geoconflict.codes import INTER_NAMES
    from geoconflict.models import ActorKind

    page = (project_root / "docs" / "actors.md").read_text(encoding="utf-8")
    assert [kind for kind in ActorKind if f"| {kind} |" not in page] == []
    assert [name for number, name in INTER_NAMES.items() if f"{number} {name}" not in page] == []


def test_the_page_of_actors_counts_the_names_that_there_are(project_root):
    from geoconflict.extract.lexicon import read_lexicon

    groups = read_lexicon("actors")["group"]
    told = [name for group in groups for name in (group["name"], *group.get("aliases", ()))]
    names = {name if isinstance(name, str) else name["name"] for name in told}
    page = (project_root / "docs" / "actors.md").read_text(encoding="utf-8")
    assert f"{len(names):,} names in {len(groups)} entries" in page


def test_every_test_that_the_threat_model_names_is_there(project_root):
    page = (project_root / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 40
    assert page.count("`tests/") == len(named)
    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"def {test}(" not in (project_root / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_the_settings_of_the_page_on_fetching_can_be_used_as_they_stand(project_root, tmp_path):
    page = (project_root / "docs" / "fetching.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    (tmp_path / "geoconflict.toml").write_text(example, "utf-8")
    settings = load_settings(tmp_path)
    assert [one.kind for one in settings.feeds] == ["feed", "feed", "list"]
    assert check_user_agent(settings.fetching.user_agent) == settings.fetching.user_agent


def test_the_side_car_of_the_page_on_fetching_has_every_field(project_root):
    page = (project_root / "docs" / "fetching.md").read_text(encoding="utf-8")
    assert [one.name for one in dataclasses.fields(Retrieval) if f"`{one.name}`" not in page] == []


def test_the_sense_of_the_page_on_extending_can_be_used_as_it_stands(project_root, tmp_path):
    from geoconflict.extract.predicates.senses import load_trigger_lexicon

    page = (project_root / "docs" / "extending.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    file = tmp_path / "mine.toml"
    file.write_text(example, "utf-8")
    assert "overflight" in load_trigger_lexicon((str(file),)).senses


def test_the_figures_of_the_method_are_those_that_were_measured(project_root):
    """Each figure of docs/method.md stands in docs/quality.md, so that one is not renewed without the other."""
    page = (project_root / "docs" / "method.md").read_text(encoding="utf-8")
    quality = (project_root / "docs" / "quality.md").read_text(encoding="utf-8")
    figures = re.findall(
        r"(?<![\w.])0?(\.\d{2,3})(?!\d)", page.partition("## How often")[2].partition("## What it cannot")[0]
    )
    assert len(figures) > 15
    assert [figure for figure in figures if not re.search(rf"(?<!\d)0?\{figure}0?(?!\d)", quality)] == []


def test_every_file_that_a_document_names_by_its_path_is_there(project_root):
    folders = ("geoconflict", "scripts", "tests", "benchmarks", "fuzz", "examples")
    files = [f"/{path.relative_to(project_root)}" for name in folders for path in (project_root / name).rglob("*.*")]
    pages = [*(project_root / "docs").glob("*.md"), project_root / "README.md", project_root / "CONTRIBUTING.md"]
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"`([\w./*-]+\.py)(?:::\w+)?`", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 100
    assert sorted(one for one in named if not any(fnmatch.fnmatch(file, f"*/{one[1]}") for file in files)) == []


@pytest.mark.parametrize(
    "room",
    ["", "corrections", "extract/events", "fetching", "places", "render", "reviewing", "reviewing/serving", "store"],
)
def test_the_architecture_names_each_module_of_the_rooms_that_it_goes_through(project_root, room):
    page = (project_root / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:\w+/)*([\w*]+\.py)`", page))
    modules = {path.name for path in (project_root / "geoconflict" / room).glob("*.py")}
    modules -= {"__init__.py", "__main__.py", "_version.py"}
    assert sorted(one for one in modules if not any(fnmatch.fnmatch(one, name) for name in named)) == []
