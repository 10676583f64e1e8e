"""The ledger: one place per run, nothing twice, the same seen before and after compacting, read with SQL."""

from __future__ import annotations

import csv
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from conftest import SAMPLE
from gouji import Audit, Parameters, UnusableInputError, audit
from gouji.cli import main
from gouji.dispositions.disposition import Disposition
from gouji.dispositions.match import Decided, Dispositions, State
from gouji.ledger import compact, open_ledger
from gouji.ledger.folder import COMPACTED, Partition, columns_hash
from gouji.ledger.tables import TABLES
from gouji.posting import append, manifest_hash
from support.few_papers import only

VIEWS = [f"{prefix}{name}" for name in TABLES for prefix in ("", "all_")]
COUNTY = {"region": "湖南省永州市蓝山县", "region_code": "431127"}

Account = Callable[..., Audit]


def seen(ledger: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every view, in one order."""
    with open_ledger(ledger) as connection:
        found = {view: connection.execute(f"select * from {view}").fetchall() for view in VIEWS}
    return {view: sorted(rows, key=repr) for view, rows in found.items()}


def asked(ledger: Path, query: str) -> list[tuple[Any, ...]]:
    """The answer to a query."""
    with open_ledger(ledger) as connection:
        return connection.execute(query).fetchall()


def files(ledger: Path) -> dict[str, bytes]:
    """Every file's content."""
    return {str(path.relative_to(ledger)): path.read_bytes() for path in sorted(ledger.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Account:
    """Audits the sample with something replaced in it, as a department's of some region."""
    audited: dict[object, Audit] = {}

    def run(old: str = "", new: str = "", **parameters: Any) -> Audit:
        key = (old, new, *sorted(parameters.items()))
        if key not in audited:
            text = SAMPLE.read_text(encoding="utf-8")
            path = tmp_path_factory.mktemp("source") / "account.txt"
            path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
            audited[key] = audit(path, Parameters(**{**COUNTY, **parameters}))
        return audited[key]

    return run


def test_a_run_in_every_table(tmp_path: Path, account: Account) -> None:
    one = account(headcount=20, function="社会保障")
    run = append(tmp_path, one, "ab12")
    assert run.sequence == 1
    assert [path for path in files(tmp_path) if path != "ledger.json"] == sorted(
        f"{table}/year=2023/region=431127/{run.name}" for table in TABLES
    )
    counts = {name: asked(tmp_path, f"select count(*) from {name}")[0][0] for name in TABLES}
    assert counts == {
        "runs": 1,
        "findings": len(one.findings),
        "checks": len(one.checks.checks),
        "facts": len(one.facts),
    }
    columns = "department, region_code, function, headcount, year, source_sha256, manifest_hash, errors, conflicts"
    row = ("蓝山县就业服务中心", "431127", "社会保障", 20, 2023, one.document.sha256, "ab12", 3, 6)
    assert asked(tmp_path, f"select {columns} from runs") == [row]


def test_amounts_in_yuan_from_tables_and_where_these_are_blank_from_sentences(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account())
    found = asked(tmp_path, "select total_income, basic_expenditure, three_public, abroad, running_costs from runs")
    assert found == [tuple(map(Decimal, ("3852800", "2709000", "2500", "0", "401600")))]
    unpublished = account("机关运行经费", "其他经费")
    append(tmp_path, unpublished)
    assert asked(tmp_path, "select running_costs from runs") == [(None,)]


def test_findings_tell_what_is_at_stake(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account())
    found = asked(tmp_path, "select id, department, severity, amount, located from findings order by number")
    assert found[:3] == [
        ("F-9e1aec1f", "蓝山县就业服务中心", "error", Decimal("27500"), True),
        ("F-dfa25435", "蓝山县就业服务中心", "error", Decimal("100"), True),
        ("F-37ecf191", "蓝山县就业服务中心", "error", None, True),
    ]
    assert all(amount is None for _, _, severity, amount, _ in found if severity == "question")


def test_doubtful_amounts_are_named(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account())
    assert asked(tmp_path, "select doubtful from runs") == [("",)]
    append(tmp_path, account("\t0.25", "\t2.50"))
    assert asked(tmp_path, "select doubtful from runs") == [("three_public,reception",)]


def test_the_same_run_takes_its_own_place(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account())
    before = files(tmp_path)
    append(tmp_path, account())
    assert files(tmp_path) == before


def test_another_source_or_parameters_are_the_next_run(tmp_path: Path, account: Account) -> None:
    changed = account("114.38", "114.83")
    assert [append(tmp_path, one).sequence for one in (account(), changed, account(), changed)] == [1, 2, 1, 2]
    assert append(tmp_path, account(headcount=21)).sequence == 3
    assert asked(tmp_path, "select sequence from all_runs order by 1") == [(1,), (2,), (3,)]
    assert asked(tmp_path, "select sequence, headcount from runs") == [(3, 21)]
    assert asked(tmp_path, "select distinct sequence from findings") == [(3,)]


def test_departments_and_years_and_regions_are_apart(tmp_path: Path, account: Account) -> None:
    same = {"department": "蓝山县就业服务中心"}
    runs = [append(tmp_path, account(**same, region_code=code)) for code in ("431127", "431128")]
    runs.append(append(tmp_path, account("2023年", "2022年", region_code="431127")))
    assert len({run.department_id for run in runs}) == 3
    assert {run.sequence for run in runs} == {1}
    assert len(asked(tmp_path, "select * from runs")) == 3


def test_folders_have_safe_names() -> None:
    assert Partition.of(2023, "", "湖南省/永州市 蓝山县").region == "湖南省-永州市-蓝山县"
    assert Partition.of(None, "", "../..") == Partition("未注明", "未注明")
    assert Partition.of(2023, "431127", "甲县").region == "431127"


def test_without_detail_there_are_no_checks_and_facts(tmp_path: Path, account: Account) -> None:
    department = account()
    append(tmp_path, department)
    append(tmp_path, account(), detail=False)
    found = seen(tmp_path)
    assert [len(found[name]) for name in TABLES] == [1, len(department.findings), 0, 0]
    append(tmp_path / "new", account(), detail=False)
    assert {**files(tmp_path / "new")} == {
        name: data for name, data in files(tmp_path).items() if not name.startswith("new/")
    }


def test_an_auditors_decision_is_kept(tmp_path: Path, account: Account) -> None:
    given = Disposition.model_validate({"finding": "F-dfa25435", "decision": "explained", "reason": "已核对"})
    decided = Dispositions({"F-dfa25435": Decided(given, State.KEPT)})
    append(tmp_path, account())
    assert append(tmp_path, replace(account(), dispositions=decided)).sequence == 1
    query = "select disposition, disposition_state, disposition_reason from findings where disposition != ''"
    assert asked(tmp_path, query) == [("explained", "kept", "已核对")]
    assert asked(tmp_path, "select errors, settled from runs") == [(3, 1)]


def test_compacting_changes_nothing_that_is_seen(tmp_path: Path, account: Account) -> None:
    changed = account("114.38", "114.83")
    for one in (account(), changed, account(region_code="431128"), account(department="", region="", region_code="")):
        append(tmp_path, one)
    before = seen(tmp_path)
    done = compact(tmp_path)
    assert (done.before, done.after) == (16, 12)
    assert seen(tmp_path) == before
    compacted = files(tmp_path)
    compact(tmp_path)
    assert files(tmp_path) == compacted


def test_after_compacting_runs_come_next_and_single_files_win(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account(), "old")
    compact(tmp_path)
    assert append(tmp_path, account("114.38", "114.83")).sequence == 2
    assert append(tmp_path, account(), "new", detail=False).sequence == 1
    query = "select sequence, manifest_hash from all_runs order by 1"
    assert asked(tmp_path, query) == [(1, "new"), (2, "")]
    assert asked(tmp_path, "select count(*) from all_facts where sequence = 1") == [(0,)]
    before = seen(tmp_path)
    compact(tmp_path)
    assert seen(tmp_path) == before


def test_a_run_without_its_last_file_is_not_there(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account())
    whole = files(tmp_path)
    [last] = tmp_path.glob("runs/*/*/*.parquet")
    last.unlink()
    (last.parent / f".part-00-{last.name}").write_bytes(b"half")
    assert all(not rows for rows in seen(tmp_path).values())
    append(tmp_path, account())
    assert {name: data for name, data in files(tmp_path).items() if ".part-" not in name} == whole


def test_compacting_that_was_broken_off_changes_nothing(
    tmp_path: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stops, readers see the same, and the next time finishes it."""
    for one in (account(), account("114.38", "114.83")):
        append(tmp_path, one)
    before = seen(tmp_path)
    for most in range(8):
        stop_after(monkeypatch, most)
        with pytest.raises(KeyboardInterrupt):
            compact(tmp_path)
        monkeypatch.undo()
        assert seen(tmp_path) == before
    compact(tmp_path)
    assert seen(tmp_path) == before
    assert {path.name for path in tmp_path.glob("*/*/*/*")} == {COMPACTED}


def stop_after(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Breaks the process off after so many files were renamed or removed."""
    done: list[str] = []

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if (len(done) >= most and not str(given[0]).rpartition("/")[2].startswith(".part-")) or len(done) > most:
                raise KeyboardInterrupt
            done.append(str(given[0]))
            return real(*given, **named)

        return call

    monkeypatch.setattr(os, "replace", counted(os.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))


def append_for_ever(ledger: Path, audits: list[Audit]) -> None:
    """Appends until it is killed."""
    while True:
        for one in audits:
            append(ledger, one)


def test_killed_at_any_time_and_repeated_it_is_the_same_ledger(tmp_path: Path, account: Account) -> None:
    audits = [account(), account("114.38", "114.83")]
    for one in audits:
        append(tmp_path / "whole", one)
    for delay in (0.02, 0.05, 0.11):
        process = multiprocessing.get_context("fork").Process(target=append_for_ever, args=(tmp_path / "cut", audits))
        process.start()
        process.join(delay)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    for one in audits:
        append(tmp_path / "cut", one)
    assert seen(tmp_path / "cut") == seen(tmp_path / "whole")
    kept = {name: data for name, data in files(tmp_path / "cut").items() if ".part-" not in name}
    assert kept == files(tmp_path / "whole")


def test_an_empty_ledger_has_all_columns(tmp_path: Path, account: Account) -> None:
    empty = {}
    with open_ledger(tmp_path) as connection:
        for view in VIEWS:
            empty[view] = [column[:2] for column in connection.execute(f"describe {view}").fetchall()]
            assert connection.execute(f"select * from {view}").fetchall() == []
    append(tmp_path, account())
    with open_ledger(tmp_path) as connection:
        full = {view: [column[:2] for column in connection.execute(f"describe {view}").fetchall()] for view in VIEWS}
    assert empty == full


def test_files_of_an_earlier_version_lack_columns(tmp_path: Path, account: Account) -> None:
    append(tmp_path, account(region_code="431128"))
    [old] = tmp_path.glob("runs/*/*/*.parquet")
    pq.write_table(pq.ParquetFile(old).read().drop_columns(["reception", "doubtful"]), old)
    mark = tmp_path / "ledger.json"
    mark.write_text(mark.read_text(encoding="utf-8").replace(columns_hash(), "0" * 12), encoding="utf-8")
    append(tmp_path, account())
    query = "select region_code, reception from runs order by 1"
    expected = [("431127", Decimal(2500)), ("431128", None)]
    assert asked(tmp_path, query) == expected
    compact(tmp_path)
    assert asked(tmp_path, query) == expected


def test_a_folder_with_signs_of_patterns(tmp_path: Path, account: Account) -> None:
    ledger = tmp_path / "审计[2023]'*"
    append(ledger, account())
    assert asked(ledger, "select errors from runs") == [(3,)]


def test_what_is_no_ledger_is_refused_in_one_line(tmp_path: Path, account: Account) -> None:
    with pytest.raises(UnusableInputError, match="没有这个台账文件夹"):
        open_ledger(tmp_path / "none")
    (tmp_path / "note.txt").write_text("", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="不是勾稽的台账"):
        open_ledger(tmp_path)
    with pytest.raises(UnusableInputError, match="不能用作台账"):
        append(tmp_path, account())


def test_sql_prints_aligned_rows(tmp_path: Path, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    append(tmp_path, account())
    query = "select department, errors, three_public from runs union all select '', 10, null order by errors"
    assert main(["sql", query, "--ledger", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "department          errors  three_public",
        "------------------  ------  ------------",
        "蓝山县就业服务中心       3       2500.00",
        "                        10",
        "（2行）",
    ]


def test_sql_writes_csv(tmp_path: Path, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    append(tmp_path / "ledger", account())
    query = "select id, amount, title from findings order by number limit 2"
    command = ["sql", query, "--ledger", str(tmp_path / "ledger"), "--csv"]
    assert main([*command, str(tmp_path / "found.csv")]) == 0
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[:2] for row in csv.reader(file)] == [
            ["id", "amount"],
            ["F-9e1aec1f", "27500.00"],
            ["F-dfa25435", "100.00"],
        ]
    capsys.readouterr()
    assert main([*command, "-"]) == 0
    assert capsys.readouterr().out.startswith("id,amount,title\nF-9e1aec1f,27500.00,")


@pytest.mark.parametrize("query", ["selct 1", "select nothing from runs", "select 1/'x'"])
def test_sql_says_what_is_wrong_in_one_line(tmp_path: Path, query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", query, "--ledger", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "查询语句" in told.err


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, out = tmp_path / "ledger", tmp_path / "out"
    with only():
        assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks", "--ledger", str(ledger)]) == 0
    assert asked(ledger, "select manifest_hash from runs") == [(manifest_hash(out),)]
    capsys.readouterr()
    assert main(["ledger", "compact", "--ledger", str(ledger)]) == 0
    assert "4 个文件合为 4 个" in capsys.readouterr().out
    assert main(["ledger", "compact", "--ledger", str(out)]) == 2
