"""The examples for operators can be used as they stand: files parse, and their commands are commands of the program."""

import ast
import re
import shlex
import shutil
import subprocess

import click
import pytest
import yaml

from geoconflict.cli import main

CALL = re.compile(r'(?:^|[\s/=;&"])geoconflict ((?:build|ingest|store|map|export|status)\b[^\n"`|&;]*)')


@pytest.fixture(scope="module")
def examples(project_root):
    return project_root / "examples"


def check_command(line):
    """Parse a command line as the program would, without running it."""
    words = [word for word in shlex.split(line, comments=True) if not re.match(r"^\d?>", word)]
    with main.make_context("geoconflict", list(words)) as context:
        command, rest = main, words
        while isinstance(command, click.Group):
            name, command, rest = command.resolve_command(context, rest)
        command.make_context(name, list(rest), parent=context)


@pytest.mark.parametrize(
    "name",
    [
        "examples/crontab",
        "examples/systemd/geoconflict-build.service",
        "examples/github/build-maps.yml",
        "examples/airflow/build_maps.py",
        "examples/Containerfile",
        "docs/operations.md",
    ],
)
def test_every_command_in_them_is_one_of_the_program(project_root, name):
    text = (project_root / name).read_text(encoding="utf-8").replace("{GEOCONFLICT}", "geoconflict")
    if name.endswith(".md"):
        text = "\n".join(re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL))
    calls = [re.split(r"\s\d?>", call)[0] for call in CALL.findall(text)]
    assert calls
    for call in calls:
        check_command(call)


def test_a_command_that_is_none_would_be_seen():
    with pytest.raises(click.UsageError):
        check_command("build --report run.json --wrong")
    with pytest.raises(click.UsageError):
        check_command("store chek")


def test_the_lines_of_cron_have_five_fields_that_cron_knows(examples):
    lines = [line for line in (examples / "crontab").read_text().splitlines() if line and not line.startswith("#")]
    assert lines
    limits = (59, 23, 31, 12, 7)
    for line in lines:
        *times, command = line.split(maxsplit=5)
        assert len(times) == 5
        for time, limit in zip(times, limits, strict=True):
            assert time == "*" or int(time) <= limit
        assert "%" not in command  # cron takes it for the end of a line
        assert "\n" not in command


def test_the_units_of_systemd_are_right(examples, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in (examples / "systemd").iterdir():
        text = re.sub(r"/srv/war/\.venv/bin/geoconflict", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    units = [str(tmp_path / f"geoconflict-build.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "geoconflict-build.service").write_text("[Service]\nExecStart=nowhere\n")
    broken = subprocess.run(["systemd-analyze", "verify", units[0]], capture_output=True, text=True, check=False)
    assert broken.returncode != 0


def test_the_workflow_has_what_actions_and_pages_need(examples):
    workflow = yaml.safe_load((examples / "github" / "build-maps.yml").read_text())
    jobs = workflow["jobs"]
    assert workflow[True]["schedule"]  # YAML 1.1 takes the key "on" for true
    assert workflow["permissions"] == {"contents": "read"}
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    shell = "\n".join(step["run"] for step in steps if "run" in step)
    assert subprocess.run(["sh", "-n"], input=shell, text=True, check=False).returncode == 0


def test_the_dag_parses_and_its_tasks_are_in_order(examples):
    tree = ast.parse((examples / "airflow" / "build_maps.py").read_text())
    tasks = [
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BashOperator"
        for keyword in node.keywords
        if keyword.arg == "task_id"
    ]
    assert tasks == ["build", "check", "backup"]


def test_the_image_is_of_two_stages_pinned_by_tag_and_run_by_an_ordinary_user(examples):
    text = (examples / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    bases = [rest.split()[0] for word, rest in lines if word == "FROM"]
    assert len(bases) == 2
    assert all(re.fullmatch(r"[\w./-]+:\d+\.\d+\.\d+-[\w-]+", base) for base in bases)
    last = [rest for word, rest in lines if word == "USER"][-1]
    assert last.split(":")[0].isdecimal()
    assert int(last.split(":")[0]) > 0
    assert {word for word, _ in lines} <= {
        "FROM", "WORKDIR", "RUN", "COPY", "ENV", "USER", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD",
    }  # fmt: skip


def test_what_the_image_copies_is_there(examples, project_root):
    for sources in re.findall(
        r"^COPY (?!--from)(.*) \S+$", (examples / "Containerfile").read_text(), flags=re.MULTILINE
    ):
        for source in sources.split():
            assert (project_root / source).exists(), source
