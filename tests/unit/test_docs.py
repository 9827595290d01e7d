"""Documents that cannot drift: what they say of commands and settings is compared with the code."""

import dataclasses
import re
import shlex

from click.testing import CliRunner

from geoconflict.cli import _COMMANDS, main
from geoconflict.fetching.visitor import check_user_agent
from geoconflict.retrieval import Retrieval
from geoconflict.settings import load_settings, settings_table


def settings_page():
    rows = ["| setting | default | unit | what it is |", "|---|---|---|---|"]
    rows += [f"| `{row['name']}` | `{row['default']}` | {row['unit']} | {row['help']} |" for row in settings_table()]
    return "\n".join(rows)


def test_the_settings_page_lists_every_setting_as_it_is(project_root):
    page = (project_root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert settings_page() in page, "docs/settings.md is stale; the table should be:\n" + settings_page()


def test_the_readme_names_every_command(project_root):
    readme = (project_root / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `geoconflict (\w+)", readme, flags=re.MULTILINE)) == set(_COMMANDS)


def test_links_of_the_documents_lead_somewhere(project_root):
    for page in [project_root / "README.md", project_root / "CONTRIBUTING.md", *project_root.glob("docs/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


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
    from geoconflict.extract.actor_lexicon import group_names, load_actor_lexicon

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
