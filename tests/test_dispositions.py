"""An auditor's decisions: read back from the working papers and the file, matched by id, never lost."""

# mypy: disable-error-code="assignment"

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import yaml
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conftest import PARAMS, ROOT, SAMPLE
from gouji import Audit, Parameters, audit, notebook
from gouji.cli import main
from gouji.dispositions.disposition import Decision, Disposition
from gouji.dispositions.layout import EARLIER, FINDINGS, RECORDS, WORKBOOK, YAML
from gouji.dispositions.merge import Papers, merge
from gouji.memo.html import render_memo
from gouji.runs.outputs import write_outputs
from support.few_papers import only
from support.sample import with_errors

#: What is told of findings of arithmetic; the review would add its own.
pytestmark = pytest.mark.usefixtures("without_review")

RECEPTION, BASIC, SHARE, BLANK = "F-9e1aec1f", "F-dfa25435", "F-37ecf191", "F-53f04d06"
DAY = datetime.date(2024, 8, 1)


def text_of(old: str = "", new: str = "") -> str:
    text = with_errors(SAMPLE)
    assert old in text
    return text.replace(old, new) if old else text


def new_place(folder: Path) -> Path:
    """A folder with the parts of the sample that have errors, and parameters."""
    (folder / "account.txt").write_text(text_of(), encoding="utf-8")
    (folder / "p.yaml").write_text("source: account.txt\nout: out\n", encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The account, not run yet."""
    return new_place(tmp_path)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The account, run once."""
    folder = new_place(tmp_path_factory.mktemp("once"))
    assert run_whole(folder) == 0
    return folder


@pytest.fixture
def ran(once: Path, tmp_path: Path) -> Path:
    """A copy of the account and its run."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path


def run_whole(place: Path, *more: str) -> int:
    """A run with all its papers."""
    return main(["audit", "--params", str(place / "p.yaml"), "--no-notebooks", *more])


def run(place: Path, *more: str, papers: tuple[str, ...] = ()) -> int:
    """A run with the working papers, in which decisions are written and read, and with these papers."""
    with only(WORKBOOK, *papers):
        return run_whole(place, *more)


def refused(place: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """The one line with which a run is refused, nothing in its folder touched."""
    before = contents(place / "out")
    capsys.readouterr()
    assert run(place, *more) == 2
    assert contents(place / "out") == before
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.exists() else {}


def row_of(sheet: Worksheet, name: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == name)


def decide(path: Path, name: str, *values: object) -> int:
    """Types 审计认定, 处理意见, 复核人, 日期 into a finding's row, whose number is returned."""
    (row,) = decide_all(path, {name: values})
    return row


def decide_all(path: Path, decisions: Mapping[str, tuple[object, ...]]) -> list[int]:
    """Does so for several findings, and saves once."""
    book = load_workbook(path)
    sheet = book[FINDINGS]
    numbers = [row_of(sheet, name) for name in decisions]
    for row, values in zip(numbers, decisions.values(), strict=True):
        for column, value in zip("JKLM", (*values, None, None, None, None), strict=False):
            sheet[f"{column}{row}"] = value
    book.save(path)
    return numbers


#: Decisions of each kind.
THREE: Mapping[str, tuple[object, ...]] = {
    RECEPTION: ("认定", "要求更正公开文本", "张三", DAY),
    BASIC: ("已说明", "已核对账簿，应为270.90", "张三", "2024年8月2日"),
    SHARE: ("不认定", "单位按未取整数计算"),
}


def found(place: Path) -> dict[str, dict[str, object] | None]:
    data = json.loads((place / "out" / "findings.json").read_text(encoding="utf-8"))
    return {one["id"]: one["disposition"] for one in data["findings"]}


def told(place: Path) -> dict[str, list[dict[str, object]]]:
    data: dict[str, list[dict[str, object]]] = json.loads((place / "out" / "findings.json").read_text("utf-8"))[
        "dispositions"
    ]
    return data


def states(place: Path) -> dict[str, object]:
    return {name: one["state"] for name, one in found(place).items() if one}


def inputs(place: Path, name: str) -> list[object]:
    book = load_workbook(place / "out" / WORKBOOK, read_only=True)
    (row,) = (row for row in book[FINDINGS].iter_rows(min_col=1, max_col=13, values_only=True) if row[0] == name)
    book.close()
    return list(row[9:])


@pytest.fixture(scope="module")
def decided_once(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three findings decided on in the papers of a run."""
    folder = tmp_path_factory.mktemp("decided")
    shutil.copytree(once, folder, dirs_exist_ok=True)
    decide_all(folder / "out" / WORKBOOK, THREE)
    return folder


@pytest.fixture
def decided(decided_once: Path, tmp_path: Path) -> Path:
    """A copy of them."""
    shutil.copytree(decided_once, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def again_once(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The run after them, and what it prints."""
    folder = tmp_path_factory.mktemp("again")
    shutil.copytree(decided_once, folder, dirs_exist_ok=True)
    with redirect_stdout(StringIO()) as printed:
        assert run_whole(folder) == 0
    return folder, printed.getvalue()


@pytest.fixture
def again(again_once: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that run."""
    shutil.copytree(again_once[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def kept_once(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run after them, with one more decision, whose finding there is not."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(decided_once, folder, dirs_exist_ok=True)
    write_yaml(folder, "finding: F-00000000, decision: confirmed")
    assert run(folder) == 0
    return folder


def test_decisions_in_the_papers_are_kept(again_once: tuple[Path, str]) -> None:
    again, printed = again_once
    assert states(again) == {RECEPTION: "kept", BASIC: "kept", SHARE: "kept"}
    assert found(again)[BLANK] is None
    assert told(again) == {"gone": [], "changed": [], "notices": []}
    basic = found(again)[BASIC]
    assert basic is not None
    assert (basic["decision"], basic["reviewer"], basic["date"]) == ("explained", "张三", "2024-08-02")
    assert inputs(again, RECEPTION) == ["认定", "要求更正公开文本", "张三", datetime.datetime(2024, 8, 1)]
    assert inputs(again, SHARE) == ["不认定", "单位按未取整数计算", None, None]
    memo = (again / "out" / "memo.html").read_text(encoding="utf-8")
    assert memo.count("已说明：已核对账簿，应为270.90（张三，2024-08-02）") == 1
    assert "。审计认定：认定1项、已说明1项、不认定1项、未认定2项。" in printed
    assert "[错误]" in printed
    assert "[error]" not in printed
    assert "审计认定：认定1项、已说明1项、不认定1项、未认定2项。" in memo
    assert EARLIER not in load_workbook(again / "out" / WORKBOOK, read_only=True).sheetnames
    saved = yaml.safe_load((again / "out" / YAML).read_text(encoding="utf-8"))["dispositions"]
    assert [one["finding"] for one in saved] == sorted([RECEPTION, BASIC, SHARE])


def test_running_again_gives_the_same_bytes(again: Path) -> None:
    first = contents(again / "out")
    assert run_whole(again) == 0
    assert contents(again / "out") == first


def test_fail_on_counts_neither_explained_nor_dismissed(decided: Path) -> None:
    assert run(decided, "--fail-on", "error") == 1
    decide(decided / "out" / WORKBOOK, RECEPTION, "已说明", "另见函复")
    assert run(decided, "--fail-on", "error") == 0
    assert run(decided, "--fail-on", "question") == 1


def test_a_corrected_document_leaves_the_other_decisions(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (decided / "account.txt").write_text(text_of("270.91", "270.90"), encoding="utf-8")
    assert run(decided, papers=("memo.html",)) == 0
    assert states(decided) == {RECEPTION: "kept", SHARE: "kept"}
    (gone,) = told(decided)["gone"]
    assert (gone["finding"], gone["decision"]) == (BASIC, "explained")
    assert "发现已不存在" in (decided / "out" / "memo.html").read_text(encoding="utf-8")
    assert f"发现已不存在 {BASIC}" in capsys.readouterr().out
    sheet = load_workbook(decided / "out" / WORKBOOK)[EARLIER]
    row = row_of(sheet, BASIC)
    assert sheet[f"B{row}"].value == "发现已不存在"
    assert "270.91" in str(sheet[f"C{row}"].value)
    (decided / "account.txt").write_text(text_of(), encoding="utf-8")
    assert run(decided) == 0
    assert states(decided)[BASIC] == "kept"


def test_a_changed_finding_is_to_be_decided_anew(decided: Path) -> None:
    (decided / "account.txt").write_text(text_of("270.91", "270.95"), encoding="utf-8")
    for papers in ((), ("memo.html", "memo.docx")):
        assert run(decided, "--fail-on", "error", papers=papers) == 1
        assert states(decided) == {RECEPTION: "kept", BASIC: "changed", SHARE: "kept"}
    (changed,) = told(decided)["changed"]
    assert "270.91" in str(changed["about"])
    assert "270.95" in str(changed["now"])
    memo = (decided / "out" / "memo.html").read_text(encoding="utf-8")
    assert "需复核：发现已变动，原认定不再适用。原为已说明" in memo
    word = Document(str(decided / "out" / "memo.docx"))
    assert any("审计认定　需复核：发现已变动" in one.text for one in word.paragraphs)
    assert any(cell.text == BASIC for table in word.tables for cell in table.column_cells(0))
    assert inputs(decided, BASIC) == [None] * 4
    sheet = load_workbook(decided / "out" / WORKBOOK)[EARLIER]
    assert "270.95" in str(sheet[f"D{row_of(sheet, BASIC)}"].value)
    decide(decided / "out" / WORKBOOK, BASIC, "认定", "", "李四")
    assert run(decided) == 0
    assert states(decided)[BASIC] == "kept"
    assert told(decided)["changed"] == []


def test_a_decision_can_be_withdrawn(again: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(again / "out" / WORKBOOK, SHARE)
    (again / "account.txt").write_text(text_of("270.91", "270.90"), encoding="utf-8")
    assert run(again) == 0
    assert states(again) == {RECEPTION: "kept"}
    assert f"工作底稿中撤回了 {SHARE} 的认定（原为不认定：单位按未取整数计算）" in capsys.readouterr().out
    papers = again / "out" / WORKBOOK
    book = load_workbook(papers)
    book[EARLIER][f"F{row_of(book[EARLIER], BASIC)}"] = "撤回"
    book.save(papers)
    assert run(again) == 0
    assert told(again)["gone"] == []
    assert f"撤回了 {BASIC}" in str(told(again)["notices"])


def write_yaml(place: Path, *entries: str) -> None:
    lines = "".join(f"- {{{entry}}}\n" for entry in entries)
    (place / "p.dispositions.yaml").write_text(f"dispositions:\n{lines}", encoding="utf-8")


def test_a_file_beside_the_parameters_is_read(place: Path) -> None:
    write_yaml(place, f"finding: {BASIC}, decision: explained, reason: 账表一致, date: 2024-08-01")
    assert run(place) == 0
    assert states(place) == {BASIC: "kept"}
    assert inputs(place, BASIC)[:2] == ["已说明", "账表一致"]
    write_yaml(place, f"finding: {BASIC}, decision: 不认定, reason: 系排版所致")
    assert run(place) == 0
    assert inputs(place, BASIC)[:2] == ["不认定", "系排版所致"]
    assert told(place)["notices"] == []
    decide(place / "out" / WORKBOOK, BASIC, "认定")
    for _ in range(2):
        assert run(place) == 0
        assert inputs(place, BASIC)[:2] == ["认定", None]
        assert told(place)["notices"] == []


def test_another_file_may_be_named_also_a_workbook(again: Path) -> None:
    shutil.copy(again / "out" / WORKBOOK, again / "reviewed.xlsx")
    (again / "p.yaml").write_text("source: account.txt\nout: other\ndispositions: reviewed.xlsx\n", encoding="utf-8")
    named = audit(parameters=Parameters.load(again / "p.yaml"))
    assert {one.state.value for one in named.dispositions.decided.values()} == {"kept"}
    assert len(named.dispositions.decided) == 3
    (again / "p.yaml").write_text("source: account.txt\ndispositions: none.yaml\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"none\.yaml：审计认定文件无法读取"):
        audit(parameters=Parameters.load(again / "p.yaml"))


def test_an_id_that_no_finding_has_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_yaml(place, "finding: F-00000000, decision: confirmed")
    assert run(place) == 0
    assert [one["finding"] for one in told(place)["gone"]] == ["F-00000000"]
    assert "发现已不存在 F-00000000" in capsys.readouterr().out


def one(decision: str, day: int = 0, **more: object) -> Disposition:
    date = {"date": datetime.date(2024, 8, day)} if day else {}
    return Disposition.model_validate({"finding": BASIC, "decision": decision, "reason": "因", **date, **more})


@pytest.mark.parametrize(
    ("here", "there", "taken"),
    [
        (one("认定", 1), one("不认定", 2), Decision.DISMISSED),
        (one("认定", 2), one("不认定", 1), Decision.CONFIRMED),
        (one("认定"), one("不认定"), Decision.CONFIRMED),
        (one("认定"), one("不认定", 1), Decision.DISMISSED),
    ],
)
def test_of_two_new_decisions_the_later_is_taken_and_told(
    here: Disposition, there: Disposition, taken: Decision
) -> None:
    decided, notices = merge(Papers(decided={BASIC: here}), {BASIC: there}, "p.yaml")
    assert decided[BASIC].decision is taken
    (notice,) = notices
    assert here.told in notice
    assert there.told in notice


def test_what_was_edited_since_the_last_run_is_newer_whatever_its_date() -> None:
    old, new = one("认定", 9), one("不认定", 1)
    for papers, stated in (
        (Papers({BASIC: old}, {BASIC: old}, {BASIC: old}), new),
        (Papers({BASIC: new}, {BASIC: old}, {BASIC: old}), old),
        (Papers({BASIC: new}, {BASIC: new}, {BASIC: old}), old),
    ):
        assert merge(papers, {BASIC: stated}, "p.yaml") == ({BASIC: new}, [])


def test_a_conflict_is_in_all_outputs(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_yaml(decided, f"finding: {BASIC}, decision: 认定, date: 2025-01-01")
    assert run(decided, papers=("memo.html",)) == 0
    (notice,) = told(decided)["notices"]
    assert str(notice).startswith(f"{BASIC} 的两处认定不同")
    assert str(notice) in capsys.readouterr().out
    assert str(notice) in (decided / "out" / "memo.html").read_text(encoding="utf-8")
    assert str(notice) in str(load_workbook(decided / "out" / WORKBOOK)[EARLIER]["A5"].value)
    assert inputs(decided, BASIC)[0] == "认定"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (f"finding: {BASIC}, decision: 也许", "第 1 项（F-dfa25435）：decision 应为 认定、已说明、不认定 之一"),
        (f"finding: {BASIC}, decision: 已说明", "认定为“已说明”须写明理由"),
        (f"finding: {BASIC}, decision: 认定, date: 昨天", "date 不是日期，应如 2024-08-01"),
        (f"finding: {BASIC}, decison: 认定", "decison 未知的键"),
        ("finding: 270.91, decision: 认定", "finding 不是发现的编号"),
        ("decision: 认定", "finding 缺少此项"),
    ],
)
def test_an_invalid_entry_of_the_file_is_told(
    place: Path, capsys: pytest.CaptureFixture[str], entry: str, said: str
) -> None:
    write_yaml(place, entry)
    line = refused(place, capsys)
    assert "p.dispositions.yaml 第 1 项" in line
    assert said in line or "decision 缺少此项" in line


def test_an_invalid_file_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = f"finding: {BASIC}, decision: 认定"
    write_yaml(place, same, same)
    assert "第 2 项：F-dfa25435 已有认定" in refused(place, capsys)
    for text in ("dispositions: {a: b}", "decided: []", "- a", "dispositions: [1]", "a: [", "\x00"):
        (place / "p.dispositions.yaml").write_text(text, encoding="utf-8")
        assert "p.dispositions.yaml" in refused(place, capsys)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("属实",), "J{row} 审计认定“属实”：应为 认定、已说明、不认定 之一"),
        (("已说明",), "K{row} 处理意见：认定为“已说明”须写明理由"),
        (("不认定", "  "), "K{row} 处理意见：认定为“不认定”须写明理由"),
        ((None, "待查"), "J{row} 没有选择审计认定，而该行已填写处理意见"),
        ((None, None, "张三"), "J{row} 没有选择审计认定，而该行已填写复核人"),
        (("认定", None, None, "昨天"), "M{row} 日期“昨天”：不是日期"),
        (("认定", None, None, 1e9), "M{row} 日期"),
        (('=IF(1,"认定","")',), "J{row} 是公式"),
    ],
)
@pytest.mark.filterwarnings("ignore:Cell M5 is marked as a date")
def test_an_invalid_entry_of_the_papers_is_told(
    ran: Path, capsys: pytest.CaptureFixture[str], values: tuple[object, ...], said: str
) -> None:
    row = decide(ran / "out" / WORKBOOK, BASIC, *values)
    assert f"{FINDINGS}!{said.format(row=row)}" in refused(ran, capsys)


def edited(place: Path, edit: Callable[[Workbook], object]) -> None:
    book = load_workbook(place / "out" / WORKBOOK)
    edit(book)
    book.save(place / "out" / WORKBOOK)


def without_column(book: Workbook) -> None:
    book[FINDINGS].delete_cols(11)


def without_row(book: Workbook) -> None:
    book[FINDINGS].delete_rows(row_of(book[FINDINGS], BASIC))


def with_another_id(book: Workbook) -> None:
    book[FINDINGS].cell(row_of(book[FINDINGS], BASIC), 1).value = "F-12345678"


def with_an_id_twice(book: Workbook) -> None:
    book[FINDINGS].cell(row_of(book[FINDINGS], BASIC), 1).value = RECEPTION


def with_a_row_of_its_own(book: Workbook) -> None:
    book[FINDINGS].cell(30, 10).value = "认定"


def with_records_edited(book: Workbook) -> None:
    book[RECORDS]["B3"] = "改"


def with_a_wrong_mark(book: Workbook) -> None:
    book[EARLIER]["F4"] = "好"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda book: book.remove(book[FINDINGS]), "缺少“审计发现”表"),
        (lambda book: book.remove(book[RECORDS]), "缺少隐藏的“认定记录”表"),
        (lambda book: book.remove(book[EARLIER]), "缺少“原有认定”表"),
        (without_column, "表头应有"),
        (without_row, f"找不到编号 {BASIC}"),
        (with_another_id, f"找不到编号 {BASIC}"),
        (with_an_id_twice, "编号相同"),
        (with_a_row_of_its_own, "不是发现的编号"),
        (with_records_edited, "一行已被改动"),
        (with_a_wrong_mark, "请填“撤回”或留空"),
    ],
)
def test_papers_that_lack_something_are_not_overwritten(
    kept_once: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    edit: Callable[[Workbook], object],
    said: str,
) -> None:
    shutil.copytree(kept_once, tmp_path, dirs_exist_ok=True)
    edited(tmp_path, edit)
    assert said in refused(tmp_path, capsys)


def test_papers_that_cannot_be_read_are_not_overwritten(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = decided / "out" / WORKBOOK
    whole = papers.read_bytes()
    for content in (b"", b"PK\x03\x04 no zip", whole[: len(whole) // 2]):
        papers.write_bytes(content)
        assert "工作底稿无法读取" in refused(decided, capsys)
    papers.write_bytes(whole)
    for name in (f"~${WORKBOOK}", f".~lock.{WORKBOOK}#"):
        (decided / "out" / name).write_bytes(b"")
        assert "正在其他程序中打开" in refused(decided, capsys)
        (decided / "out" / name).unlink()
    assert run(decided) == 0


def test_rows_sorted_and_columns_moved_are_read(decided: Path) -> None:
    def shuffle(book: Workbook) -> None:
        sheet = book[FINDINGS]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        for number, row in enumerate(reversed(rows), start=4):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.insert_rows(1)
        sheet.insert_cols(2)

    edited(decided, shuffle)
    assert run(decided) == 0
    assert states(decided) == {RECEPTION: "kept", BASIC: "kept", SHARE: "kept"}


def test_other_work_in_the_folder_is_not_lost(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = decided / "out"
    shutil.copy(out / WORKBOOK, out / "张三.xlsx")
    assert "不是运行写出的文件（张三.xlsx）" in refused(decided, capsys)
    (out / "张三.xlsx").unlink()
    assert run(decided) == 0
    (out / YAML).write_text("dispositions: []\n", encoding="utf-8")
    assert "运行写出的认定已被改动" in refused(decided, capsys)
    (out / WORKBOOK).unlink()
    assert run(decided) == 0
    assert states(decided) == {}


def test_the_saved_decisions_serve_where_the_papers_are_gone(again: Path) -> None:
    (again / "out" / WORKBOOK).unlink()
    assert run(again) == 0
    assert states(again) == {RECEPTION: "kept", BASIC: "kept", SHARE: "kept"}


def test_papers_saved_during_a_run_are_not_overwritten(
    decided: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = decided / "out" / WORKBOOK

    def meanwhile(department: Audit, folder: Path) -> list[Path]:
        decide(papers, BLANK, "认定")
        return write_outputs(department, folder)

    monkeypatch.setattr("gouji.runs.produce.write_outputs", meanwhile)
    assert run(decided) == 2
    assert "运行期间工作底稿又被保存过" in capsys.readouterr().err
    assert inputs(decided, BLANK)[0] == "认定"


def test_an_interrupted_run_loses_no_decision(decided: Path) -> None:
    """It was killed between setting the earlier folder aside and putting the new one in its place."""
    (decided / "out").rename(decided / ".out.gouji-abcdefgh.old")
    assert run(decided) == 0
    assert states(decided) == {RECEPTION: "kept", BASIC: "kept", SHARE: "kept"}
    assert not list(decided.glob(".out.*"))


def test_of_several_interrupted_runs_a_person_decides(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(decided / "out", decided / ".out.gouji-abcdefgh.old")
    (decided / "out").rename(decided / ".out.gouji-bcdefghi.old")
    assert "请把 .out.gouji-abcdefgh.old 改名为 out" in refused(decided, capsys)


def test_writing_in_place_keeps_what_the_papers_hold(decided: Path) -> None:
    with only(WORKBOOK):
        write_outputs(audit(parameters=Parameters.load(decided / "p.yaml")), decided / "out")
    assert states(decided) == {RECEPTION: "kept", BASIC: "kept", SHARE: "kept"}


def test_decisions_are_written_for_version_control(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["dispositions", str(decided / "out"), "--params", str(decided / "p.yaml")]
    assert main(command) == 0
    file = decided / "p.dispositions.yaml"
    assert f"{file} 现有审计认定 3 项" in capsys.readouterr().out
    text = file.read_text(encoding="utf-8")
    assert main([command[0], str(decided / "out" / WORKBOOK), *command[2:]]) == 0
    assert file.read_text(encoding="utf-8") == text
    shutil.rmtree(decided / "out")
    (decided / "account.txt").write_text(text_of("270.91", "270.95"), encoding="utf-8")
    assert run(decided) == 0
    assert states(decided) == {RECEPTION: "kept", BASIC: "changed", SHARE: "kept"}
    assert main(["dispositions", str(decided / "none"), *command[2:]]) == 2


def test_notebooks_show_decisions(again: Path) -> None:
    given = {"params": str(again / "p.yaml"), "source": ""}
    plain = notebook.findings(notebook.begin(given), "expenditure")
    assert "审计认定" not in repr(plain)
    shown = notebook.findings(notebook.begin({**given, "out": str(again / "out")}), "expenditure")
    assert "  审计认定：已说明：已核对账簿" in repr(shown)
    assert "审计认定：已说明：已核对账簿" in shown.markup
    lines = [line for line in repr(shown).splitlines() if "审计认定" not in line]
    assert "\n".join(lines) == repr(plain)


def test_text_of_the_auditor_is_escaped_and_no_formula(decided: Path) -> None:
    decide(decided / "out" / WORKBOOK, BASIC, "已说明", "<b onclick=x>\n+1+1", "@张")
    assert run(decided, papers=("memo.html",)) == 0
    assert "<b onclick" not in (decided / "out" / "memo.html").read_text(encoding="utf-8")
    assert inputs(decided, BASIC)[1:3] == ["<b onclick=x>\n+1+1", "@张"]


def test_without_decisions_the_memo_says_nothing_of_them(sample: Audit) -> None:
    assert "审计认定" not in render_memo(sample)
    assert not sample.dispositions


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_another_program_saves_is_read(decided: Path, tmp_path: Path) -> None:
    """LibreOffice saves the papers anew: hidden sheet, dates, choices survive."""
    papers, again = decided / "out" / WORKBOOK, tmp_path / "again"
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(again), str(papers)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shutil.copy(again / WORKBOOK, papers)
    assert run(decided) == 0
    assert states(decided) == {RECEPTION: "kept", BASIC: "kept", SHARE: "kept"}
    assert inputs(decided, RECEPTION) == ["认定", "要求更正公开文本", "张三", datetime.datetime(2024, 8, 1)]


def test_what_is_decided_on_are_the_findings_of_the_sample(tmp_path: Path) -> None:
    (tmp_path / "account.txt").write_text(text_of(), encoding="utf-8")
    parts, whole = ([one.id for one in audit(path).findings.findings] for path in (tmp_path / "account.txt", SAMPLE))
    assert parts == whole
    assert {RECEPTION, BASIC, SHARE, BLANK} < set(whole)


def test_the_sample_needs_no_decisions() -> None:
    assert not (ROOT / "params" / f"{PARAMS.stem}.dispositions.yaml").exists()


def test_where_nothing_is_decided_nothing_is_said_to_be_written(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["dispositions", str(ran / "out"), "--params", str(ran / "p.yaml")]) == 0
    said = capsys.readouterr().out
    assert "没有填写审计认定，未写出 p.dispositions.yaml" in said
    assert "现有审计认定" not in said
    assert not (ran / "p.dispositions.yaml").exists()
