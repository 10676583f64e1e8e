"""A disk that is full, or may not be written: one line, the earlier output as it was, and only the department on it."""

from __future__ import annotations

import errno
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PARAMS, ROOT, SAMPLE
from gouji import Audit
from gouji.annotate.copies import Copy
from gouji.batch.job import Job, Settings
from gouji.batch.run import run_batch
from gouji.batch.work import run_job
from gouji.cli import main
from gouji.fictitious import Portfolio, write_departments
from gouji.posting import append
from gouji.runs import outputs
from gouji.runs.run_notebooks import Notebooks, run_notebooks
from gouji.runtime import atomic
from support.earlier import an_earlier_run
from support.killed import everything_below
from support.small_notebook import small_notebook

#: Linux's device whose disk is always full.
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.is_char_device(), reason="/dev/full is Linux's")


@functools.cache
def can_mount() -> bool:
    """Whether a user may mount in a namespace of their own."""
    tried = ["unshare", "--map-root-user", "--mount", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True).returncode == 0


needs_mount = pytest.mark.skipif(not can_mount(), reason="the system lets no user mount in a namespace of their own")


def on_full_disk(names: Callable[[str], bool], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Temporary files of such names lie on a full disk; the list of them as they come."""
    seen: list[str] = []
    usual = atomic._temporary

    def temporary(path: Path) -> Path:
        part = usual(path)
        if names(path.name):
            seen.append(path.name)
            part.symlink_to(FULL)
        return part

    monkeypatch.setattr(atomic, "_temporary", temporary)
    return seen


@needs_full
def test_every_writer_tells(tmp_path: Path, sample: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of a run and of the ledger is tried on a full disk: an error of the system, and nothing there."""
    usual = atomic.whole_file

    def tried(path: Path, write: Callable[[Path], None], lasting: bool = False) -> None:
        with pytest.raises(OSError, match="No space left") as raised:
            usual(path, write, lasting)
        assert raised.value.errno == errno.ENOSPC
        assert not any(one.name.endswith(path.name) for one in path.parent.iterdir()), path.name

    seen = on_full_disk(lambda name: True, monkeypatch)
    monkeypatch.setattr(outputs, "whole_file", tried)
    for module in ("gouji.posting.append", "gouji.ledger.folder"):
        monkeypatch.setattr(sys.modules[module], "whole_file", tried)
    monkeypatch.setattr(outputs, "annotated_copies", lambda audit: [Copy("a.docx", "annotated.docx", b"PK")])
    outputs.write_outputs(sample, tmp_path)
    append(tmp_path / "ledger", sample)
    said = {name for name in seen if not name.endswith(".parquet")}
    assert said == {
        *("memo.html", "memo.docx", "memo.pdf", "evidence-sheets.docx", "working-papers.xlsx", "annotated.docx"),
        *("findings.json", "manifest.json", "ledger.json"),
    }
    assert sum(name.endswith(".parquet") for name in seen) == 2 + 4


@needs_full
@pytest.mark.parametrize("name", ["memo.html", "manifest.json"])
def test_the_earlier_output_stays(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    an_earlier_run(out)
    (out / "notebooks").mkdir()
    before = everything_below(tmp_path)
    on_full_disk(lambda one: one == name, monkeypatch)
    assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks"]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "输出文件夹不可写（磁盘已满）" in line
    assert everything_below(tmp_path) == before


@needs_full
def test_a_notebook_that_cannot_be_written(tmp_path: Path) -> None:
    source = small_notebook(tmp_path, "01_one.ipynb", "print(1)")
    target = tmp_path / "notebooks"
    target.mkdir()
    (target / source.name).symlink_to(FULL)
    given: dict[str, object] = {"params": str(PARAMS), "write": False}
    with pytest.raises(OSError, match="No space left") as raised:
        run_notebooks(target, given, lambda *step: None, Notebooks((source,)))
    assert raised.value.errno == errno.ENOSPC


@needs_full
@pytest.mark.parametrize("name", ["ledger.json", "one.json"])
def test_a_batch_whose_own_files_cannot_be_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Audit
) -> None:
    """Ledger and record: the department is reported with the line that says so."""
    monkeypatch.setattr("gouji.batch.work.audit", lambda *_: sample)
    (tmp_path / "one.yaml").write_text(f"source: {SAMPLE}\n", encoding="utf-8")
    on_full_disk(lambda one: one == name, monkeypatch)
    job = Job("one", tmp_path / "one.yaml", tmp_path / "one")
    outcome = run_job(job, Settings(tmp_path / "out", tmp_path / "out" / "ledger", None))
    assert outcome.status == "failed"
    assert "磁盘已满" in outcome.reason
    assert "程序错误" not in outcome.reason
    assert not list(tmp_path.rglob(".part-*"))


def mounted(folder: Path, mount: list[str], command: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command where something is mounted that no other process sees."""
    script = 'mount "$@"; exec ' + " ".join(f"'{one}'" for one in command)
    unshared = ["unshare", "--map-root-user", "--mount", "sh", "-ec", script, "sh", *mount]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "lib"), str(ROOT / "tests"), str(Path(__file__).parent)]),
    }
    return subprocess.run(unshared, cwd=folder, env=environment, capture_output=True, text=True)


@needs_mount
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """Mounted read-only: nobody may write there, not even root."""
    place = tmp_path / "place"
    an_earlier_run(place / "out")
    before = everything_below(tmp_path)
    audit = [sys.executable, "-m", "gouji", "audit", str(SAMPLE), "--out", str(place / "out"), "--no-notebooks"]
    done = mounted(tmp_path, ["--bind", "--options", "ro", str(place), str(place)], audit)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert "输出文件夹不可写（磁盘是只读的）" in line
    assert everything_below(tmp_path) == before


@needs_mount
def test_a_department_on_a_full_disk_costs_itself(tmp_path: Path) -> None:
    """Of three departments one writes to a disk of 512 KiB: its memo fits, its working papers do not."""
    write_departments(tmp_path / "departments", Portfolio(number=3, seed=5, shares={"txt": 1}))
    small = tmp_path / "small"
    small.mkdir()
    params = sorted((tmp_path / "departments" / "params").glob("*.yaml"))
    for file in params:
        kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("out:")]
        on_it = [f"out: {small / 'out'}"] if file is params[1] else []
        file.write_text("\n".join([*kept, *on_it]) + "\n", encoding="utf-8")
    small_notebook(tmp_path, "01_one.ipynb", "print(department.title)")
    command = [sys.executable, "-m", "test_full_disk", str(tmp_path), str(small)]
    done = mounted(tmp_path, ["-t", "tmpfs", "-o", "size=512k", "tmpfs", str(small)], command)
    assert done.returncode == 0, done.stderr
    *outcomes, left = done.stdout.splitlines()
    assert [line.split()[0] for line in outcomes] == ["done", "failed", "done"]
    assert "输出文件夹不可写（磁盘已满）" in outcomes[1]
    assert left == "left: []"


def batch_on(folder: Path, small: Path) -> None:
    """Runs the batch below the folder (in a process that sees the small disk), and prints what came of it."""
    params = sorted((folder / "departments" / "params").glob("*.yaml"))
    named = {one: small / "out" if one is params[1] else folder / "out" / one.stem for one in params}
    jobs = [Job(one.stem, one, target) for one, target in named.items()]
    settings = Settings(folder / "out", folder / "out" / "ledger", Notebooks((folder / "01_one.ipynb",)))
    for outcome in run_batch(jobs, settings, workers=2):
        print(outcome.status, outcome.reason)
    print(f"left: {os.listdir(small)}")


if __name__ == "__main__":
    batch_on(Path(sys.argv[1]), Path(sys.argv[2]))
