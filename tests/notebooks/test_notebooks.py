"""The notebooks run, show a picture, use public names alone, are paired with their text, and are kept without outputs."""

import json
import re
from pathlib import Path

import pytest

import geoconflict

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code), "run .venv/bin/nbstripout on it"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_its_text_says(path):
    import jupytext

    text, notebook = jupytext.read(path.with_suffix(".py")), jupytext.read(path)
    assert [(cell.cell_type, cell.source) for cell in text.cells] == [
        (cell.cell_type, cell.source) for cell in notebook.cells
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_public_names_alone(path):
    text = path.with_suffix(".py").read_text(encoding="utf-8")
    assert not re.findall(r"\b(?:from|import) geoconflict\.\S*", text)
    used = set(re.findall(r"\bgc\.(\w+)", text))
    assert used
    assert not used - set(geoconflict.__all__)


def test_the_list_of_notebooks_names_each():
    listed = re.findall(r"\]\(\.\./notebooks/(\S+?)\)", (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in NOTEBOOKS]


@pytest.mark.notebook
@pytest.mark.enable_socket  # the kernel is spoken to over loopback
@pytest.mark.filterwarnings("default")  # the kernel's own libraries warn; the code of ours runs in another process
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    assert all(cell.get("execution_count") for cell in notebook.cells if cell.cell_type == "code")
    shown = [output.get("data", {}).keys() for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any({"image/png", "image/svg+xml"} & kinds for kinds in shown), "it shows no picture"
