"""The notebooks: thin, complete, steppable, and compared cell by cell with what is committed."""

# mypy: disable-error-code="no-any-return,no-untyped-call"

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest

from conftest import PARAMS, ROOT, SAMPLE
from gouji import portfolio
from gouji.errors import UnusableInputError
from gouji.fictitious.departments import make_department, to_text
from gouji.notebook import PARAMETERS, begin
from gouji.runs.run_notebooks import Notebooks, notebooks, run_notebooks
from support import demonstration
from support.small_notebook import small_notebook

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]


#: The notebook that writes the memo.
MEMO = "20_memo"


@pytest.fixture(params=NOTEBOOKS, ids=NAMES)
def path(request: pytest.FixtureRequest) -> Path:
    """Where each committed notebook is."""
    where: Path = request.param
    return where


@pytest.fixture
def notebook(path: Path) -> nbformat.NotebookNode:
    """Each committed notebook."""
    return nbformat.read(path, as_version=4)


def test_one_notebook_per_step() -> None:
    assert [name[:2] for name in NAMES] == ["00", *(f"{number:02d}" for number in range(1, 15)), "20", "30"]


def test_those_of_a_department_are_run_for_it() -> None:
    assert [path.name for path in notebooks()] == [path.name for path in NOTEBOOKS if path.name < "30"]


def parameters_of(name: str) -> list[str]:
    """The parameters that a notebook sets."""
    return list(portfolio.PARAMETERS) if name >= "30" else [*PARAMETERS, *(["write"] if name == MEMO else [])]


def test_thin_and_with_one_parameters_cell(path: Path, notebook: nbformat.NotebookNode) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    names = [node.targets[0].id for node in ast.parse(tagged[0].source).body if isinstance(node, ast.Assign)]  # type: ignore[attr-defined]
    assert names == parameters_of(path.stem)
    assert len(code) > 1
    for cell in code:
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For) for node in nodes)
        assert len(cell.source.splitlines()) <= 4


def test_committed_with_outputs_and_without_times_or_paths(notebook: nbformat.NotebookNode) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert sum(bool(cell.outputs) for cell in code) >= len(code) - 1
    text = json.dumps(notebook, ensure_ascii=False)
    assert "papermill" not in notebook.metadata
    assert '"execution"' not in text
    assert str(ROOT) not in text
    assert " at 0x" not in text


def run_nbval(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    """nbval on one notebook of a copy of the project."""
    command = [sys.executable, "-m", "pytest", "--nbval", f"notebooks/{name}.ipynb", "-p", "no:cacheprovider", "-q"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the notebooks need: data, params, notebooks."""
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return tmp_path


def test_nbval_fails_when_a_figure_of_the_data_is_changed(copy: Path) -> None:
    """Where none is, it passes: that is the second half of `make test`."""
    data = copy / "data" / SAMPLE.name
    data.write_text(data.read_text(encoding="utf-8").replace("114.38", "114.83"), encoding="utf-8")
    failed = run_nbval(copy, "03_expenditure")
    assert failed.returncode == 1
    assert "114.83" in failed.stdout
    assert re.search(r"\d failed, \d passed", failed.stdout), "cells that do not show it are as before"


def test_papermill_runs_a_notebook_alone_and_leaves_the_outputs(copy: Path) -> None:
    executed = copy / "executed.ipynb"
    papermill.execute_notebook(
        str(copy / "notebooks" / "20_memo.ipynb"),
        str(executed),
        parameters={"params": str(copy / "params" / PARAMS.name)},
        kernel_name="python3",
        progress_bar=False,
        extra_arguments=["--log-level=CRITICAL"],
    )
    assert (copy / "out" / PARAMS.stem / "memo.html").exists()


def test_an_unknown_parameter_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(UnusableInputError, match="未知参数 parms，是否为 params？"):
        begin({"params": str(PARAMS), "source": "", "parms": "x"})


def test_only_a_notebook_that_writes_has_that_parameter() -> None:
    with pytest.raises(UnusableInputError, match="未知参数 write，可用：params、source"):
        begin({"params": str(PARAMS), "source": "", "write": False})
    assert begin({"params": str(PARAMS), "source": "", "write": False}, "write").facts.year == 2023


def test_a_run_tells_only_a_notebook_that_writes_not_to(tmp_path: Path) -> None:
    shown = 'print("write" in globals() and write)'
    sources = [small_notebook(tmp_path, f"0{int(writes)}.ipynb", shown, writes) for writes in (False, True)]
    how = Notebooks(tuple(sources))
    run_notebooks(tmp_path / "out", {"params": str(PARAMS), "write": False}, lambda *_: None, how)
    executed = [nbformat.read(tmp_path / "out" / source.name, as_version=4) for source in sources]
    cells = [one for each in executed for one in each.cells if "injected-parameters" in one.metadata.get("tags", [])]
    assert ["write = False" in one.source for one in cells] == [False, True]
    assert [each.cells[-1].outputs[0].text for each in executed] == ["False\n", "False\n"]


def test_the_department_of_several_years_is_generated(tmp_path: Path) -> None:
    demonstration.write(tmp_path)
    written = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 9
    assert {path: (ROOT / path).read_bytes() for path in written} == {
        path: (tmp_path / path).read_bytes() for path in written
    }


def test_begin_audits_what_the_parameters_name() -> None:
    assert begin({"params": str(PARAMS), "source": ""}).facts.year == 2023
    assert begin({"params": "", "source": str(SAMPLE)}).facts.year == 2023


def test_a_source_is_audited_whatever_department_the_parameters_are_of(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(to_text(make_department(3, "national2022")), encoding="utf-8")
    params = tmp_path / "p.yaml"
    params.write_text(PARAMS.read_text("utf-8").replace("materiality: 0", "materiality: 7"), encoding="utf-8")
    found = begin({"params": str(params), "source": str(other)})
    assert found.facts.year == 2022
    assert found.parameters.thresholds.materiality == 7
