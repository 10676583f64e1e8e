"""A run killed at any of its file operations leaves the old or the new output, and the next run nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from conftest import SAMPLE
from gouji import Audit, Parameters
from gouji.batch.job import Job, Settings
from gouji.batch.leftovers import clear_leftovers
from gouji.batch.work import run_job
from gouji.dispositions.keep import keep_dispositions
from gouji.errors import UnusableInputError
from gouji.ledger import compact, open_ledger
from gouji.posting import append
from gouji.runs.produce import produce
from gouji.runtime.atomic import SCRATCH, clear_parts, clear_unfinished, temporary_files_known, whole_file, whole_folder
from gouji.runtime.earlier import SCHEMA
from gouji.runtime.exchange import exchange
from support.killed import everything_below, killed_at
from warmkernel.scratch import Lock, clear_left

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

#: What the runs of these tests leave: it takes no time, and every file operation is the real run's.
NAMES = ("memo.html", "working-papers.xlsx", "facts.parquet")


def outputs(version: str) -> Callable[[Audit, Path], None]:
    """Writes small outputs that say which run they are of, and their manifest."""

    def write(department: Audit, folder: Path) -> None:
        for name in NAMES:
            whole_file(folder / name, lambda part: _text(part, version + part.suffix))
        hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in NAMES}
        said = {"schema": SCHEMA, "outputs": hashes, "notebooks": {}}
        whole_file(folder / "manifest.json", lambda part: _text(part, json.dumps(said)))

    return write


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def version_of(folder: Path) -> str:
    """Which run a folder is of, after it was found to be complete."""
    found = everything_below(folder)
    hashes = json.loads(found.pop("manifest.json") or b"")["outputs"]
    assert {name: hashlib.sha256(data or b"").hexdigest() for name, data in found.items()} == hashes
    (version,) = {(folder / name).read_text(encoding="utf-8").partition(".")[0] for name in NAMES}
    return version


def aged(folder: Path) -> None:
    """Lets a while go by: what is very young might still be somebody's."""
    for path in folder.glob(".*"):
        os.utime(path, (time.time() - 60,) * 2)


@pytest.mark.parametrize("in_one_step", [True, False])
@pytest.mark.parametrize("earlier", [True, False])
def test_an_audit(
    in_one_step: bool, earlier: bool, sample: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Onto the output of an earlier run, and into a new folder; with and without the system's help."""
    monkeypatch.setattr("gouji.runs.produce.audit", lambda *_: sample)
    if not in_one_step:
        monkeypatch.setattr("gouji.runtime.atomic.exchange", lambda one, other: False)
    out = tmp_path / "out"

    def run(version: str) -> None:
        monkeypatch.setattr("gouji.runs.produce.write_outputs", outputs(version))
        produce((SAMPLE,), Parameters(), out)

    seen = set()
    if earlier:
        run("old")
    for number in count():
        if not killed_at(number, tmp_path, lambda: run("new")):
            break
        if out.exists() or (earlier and in_one_step):
            seen.add(version_of(out))
        aged(tmp_path)
        run("old") if earlier else run("new")
        assert version_of(out) == ("old" if earlier else "new")
        assert [path.name for path in tmp_path.iterdir()] == ["out"], number
        if not earlier:
            for path in sorted(out.iterdir()):
                path.unlink()
            out.rmdir()
    assert number > 15
    assert seen == {"old", "new"} if earlier else seen <= {"new"}


def test_a_department_of_a_batch(sample: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledger, findings and record are those of a run that nobody disturbed."""
    monkeypatch.setattr("gouji.batch.work.audit", lambda *_: sample)
    params = tmp_path / "sample.yaml"
    _text(params, f"source: {SAMPLE}\n")

    def run(name: str) -> None:
        out = tmp_path / name
        job = Job("sample", params, out / "sample")
        settings = Settings(out, out / "ledger", None)
        clear_leftovers([job], settings)
        assert not run_job(job, settings).reason

    run("whole")
    whole = everything_below(tmp_path / "whole")
    for number in count():
        ended = not killed_at(number, tmp_path, lambda name=f"killed{number}": run(name))  # type: ignore[misc]
        if ended:
            break
        run(f"killed{number}")
        assert everything_below(tmp_path / f"killed{number}") == whole, number
    assert number > 30


def test_compacting_a_ledger(sample: Audit, tmp_path: Path) -> None:
    """Queries give the same after each operation, and compacting again what it would have given."""
    ledger = tmp_path / "ledger"
    append(ledger, sample)
    whole = rows(ledger)
    for number in count():
        ended = not killed_at(number, tmp_path, lambda: compact(ledger))
        assert rows(ledger) == whole, number
        compact(ledger)
        assert rows(ledger) == whole, number
        names = {path.name for path in ledger.rglob("*") if path.is_file()}
        assert names == {"ledger.json", "compacted.parquet"}, number
        if ended:
            break
        append(ledger, sample)
    assert number > 10


def rows(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything a ledger holds, in order."""
    with open_ledger(ledger) as tables:
        return {
            name: sorted(tables.execute(f"select * from {name}").fetchall(), key=repr)
            for name in ("all_runs", "all_findings", "all_checks", "all_facts")
        }


def test_decisions_kept_under_version_control(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers, target = tmp_path / "papers", tmp_path / "p.dispositions.yaml"
    papers.mkdir()
    entry = "- {{finding: F-dfa25435, decision: explained, reason: {}, reviewer: 张三, date: 2024-08-0{}}}\n"
    old, new = (f"dispositions:\n{entry.format(*one)}" for one in (("已核对账簿", 1), ("已核对凭证", 2)))
    _text(papers / "dispositions.yaml", new)
    _text(tmp_path / "p.yaml", "source: account.txt\n")
    said = set()
    for number in count():
        _text(target, old)
        ended = not killed_at(number, tmp_path, lambda: keep_dispositions(papers, Parameters.load(tmp_path / "p.yaml")))
        text = target.read_text(encoding="utf-8")
        said.add("凭证" in text)
        assert ("凭证" in text) != ("账簿" in text)
        if ended:
            break
        clear_parts([tmp_path])
        assert not list(tmp_path.glob(".*"))
    assert said == {True, False}
    assert number > 2


def test_what_a_process_is_at_work_on_is_left_alone(tmp_path: Path) -> None:
    """And what has another kind of name."""
    live, dead, others = (tmp_path / f".out.{name}" for name in ("gouji-aaaaaaaa", "gouji-bbbbbbbb", "settings"))
    for folder in (live, dead, others):
        folder.mkdir()
    lock = Lock(live)
    clear_unfinished([tmp_path / "out"])
    assert dead.exists(), "it is too young to tell"
    aged(tmp_path)
    clear_unfinished([tmp_path / "out"])
    assert sorted(tmp_path.iterdir()) == [live, others]
    lock.release()
    clear_unfinished([tmp_path / "out"])
    assert sorted(tmp_path.iterdir()) == [others]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_what_is_saved_at_the_last_moment_stays(
    in_one_step: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    _text(target / "papers", "read")

    def saved(one: Path, other: Path) -> bool:
        _text(other / "papers", "saved")
        return in_one_step and exchange(one, other)

    def guard(folder: Path) -> None:
        if (folder / "papers").read_text(encoding="utf-8") != "read":
            raise UnusableInputError("papers", "saved")

    monkeypatch.setattr("gouji.runtime.atomic.exchange", saved)
    with pytest.raises(UnusableInputError), whole_folder(target, guard=guard) as work:
        _text(work / "memo.html", "new")
    assert (target / "papers").read_text(encoding="utf-8") == "saved"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_library_makes_of_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is gone with the block; where the process is killed, with the next look at what is left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_files_known():
        (made,) = tmp_path.iterdir()
        with tempfile.NamedTemporaryFile(prefix="sheet.") as file:
            assert Path(file.name).parent == made
    assert tempfile.tempdir == str(tmp_path)
    assert list(tmp_path.iterdir()) == []
    if (child := os.fork()) == 0:
        with temporary_files_known():
            tempfile.mkstemp()
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert len(list(tmp_path.iterdir())) == 1
    clear_left(SCRATCH, young=0)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_was_writing_into_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir(mode=0o700)
    for name in (".part-0123abcd-1.pickle", "2.pickle"):
        (tmp_path / "cache" / name).write_bytes(b"half")
    clear_leftovers([], Settings(tmp_path / "out", tmp_path / "out" / "ledger", None))
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["2.pickle"]
