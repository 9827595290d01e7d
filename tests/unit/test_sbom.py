"""What `make sbom` writes: every package that the lock files pin, with its version and digests."""

import json
import re
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_every_pinned_package_is_listed(project_root, tmp_path):
    lock = "requirements.lock"
    makefile = (project_root / "Makefile").read_text("utf-8")
    command = next(line for line in makefile.splitlines() if "cyclonedx-py" in line and line.endswith(f" {lock}"))
    arguments = re.sub(r"-o \S+", f"-o {tmp_path / 'sbom.json'}", command.split("cyclonedx-py ")[1]).split()
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *arguments],
        cwd=project_root,
        check=True,
        capture_output=True,
    )
    listed = json.loads((tmp_path / "sbom.json").read_bytes())
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "geoconflict"
    pinned = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (project_root / lock).read_text("utf-8"), flags=re.MULTILINE
    )
    assert {(one["name"], one["version"]) for one in listed["components"]} == set(pinned)
    assert all(one["externalReferences"][0]["hashes"] for one in listed["components"])
