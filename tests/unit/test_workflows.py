"""The workflows of the code host: they parse, pin what they use, hold no secret, and call what there is."""

import re
import subprocess

import pytest
import yaml


@pytest.fixture(scope="module", params=["ci", "nightly", "release"])
def workflow(request, project_root):
    return yaml.safe_load((project_root / ".github" / "workflows" / f"{request.param}.yml").read_text(encoding="utf-8"))


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_each_step_uses_something_pinned_or_runs_something(workflow):
    assert all(("uses" in step) != ("run" in step) for step in steps(workflow))
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w/-]+@v\d+(\.\d+\.\d+)?", one)] == []
    shell = "\n".join(step["run"] for step in steps(workflow) if "run" in step)
    assert subprocess.run(["sh", "-n"], input=shell, text=True, check=False).returncode == 0


def test_jobs_may_read_alone_and_end_in_time(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert all(0 < job["timeout-minutes"] <= 120 for job in workflow["jobs"].values())
    assert "secrets" not in str(workflow)


def test_the_targets_that_they_make_are_there(workflow, project_root):
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")
    for step in steps(workflow):
        for words in re.findall(r"^make (.*)$", step.get("run", ""), flags=re.MULTILINE):
            for target in (word for word in words.split() if "=" not in word):
                assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_only_the_job_that_publishes_may_ask_for_an_identity(project_root):
    release = yaml.safe_load((project_root / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    assert release[True] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}  # YAML 1.1 takes the key "on" for true
    publish = release["jobs"].pop("publish")
    assert publish["permissions"] == {"id-token": "write"}
    assert publish["needs"] == "build"
    assert all("permissions" not in job for job in release["jobs"].values())
