"""Bad input: one line saying what and where, exit 2, nothing left behind."""

import gzip
import os
import re
import struct
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
import yaml
from IPython.core.interactiveshell import InteractiveShell

from conftest import PARAMS, SAMPLE
from gouji.auditing import audit
from gouji.cli import main
from gouji.dispositions.layout import WORKBOOK
from gouji.document.commas import is_parted_by_commas
from gouji.document.formats.compound import is_cut
from gouji.document.formats.office import read_content as read_office
from gouji.document.formats.own import refuse_own
from gouji.errors import UnusableInputError
from gouji.fictitious.compared.sets import document_sets
from gouji.parameters import Parameters
from gouji.runtime.yaml_data import yaml_reason
from support.few_papers import only


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one line a refused command prints; asserts exit status 2."""
    assert main(["audit", "--no-notebooks", *map(str, arguments)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def zipped(name: str) -> bytes:
    """A zip file with one file of that name in it."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "2023")
    return data.getvalue()


def compound_file() -> bytes:
    """The header of a compound file whose directory is its tenth sector, and ten sectors of nothing."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(76, b"\x00") + b"\xff" * 436)
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 9)
    return bytes(header) + bytes(10 * 512)


SOURCES = {
    "empty.txt": (b"", "文件是空的"),
    "blank.txt": (b"  \n\t\n", "文件是空的"),
    "binary.txt": (bytes(range(256)) * 40, "不是可识别的文本"),
    "prose.txt": ("本单位概况。\n没有表。\n".encode(), "没有任何表格"),
    "other.txt": ("\t姓名\n\t年龄\n\n\t甲\n\t30\n\n".encode(), "没有找到九张决算表"),
    "account.docx": (b"PK\x03\x04", "压缩包结构不完整"),
    "account.rar": (b"Rar!\x1a\x07\x01\x00" + bytes(range(256)), "是 RAR 压缩文件；请先解压"),
    "account.7z": (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(256)), "是 7z 压缩文件；请先解压"),
    "account.txt.gz": (gzip.compress(b"2023"), "是 gzip 压缩文件；请先解压"),
    "account.zip": (zipped("a.txt"), "不是 Word 或 Excel 文件；请先解压"),
    "account.ofd": (zipped("OFD.xml"), "是 OFD 版式文件；请在 OFD 阅读器中导出为带文字的 PDF"),
    "account.csv": (
        '支出决算表\n合计,30.00,10.00\n208,"1,030.00",10.00\n210,1,2\n221,1,2\n'.encode(),
        "（CSV）；请用 Excel",
    ),
    "word2003.xml": (
        b"<?xml version='1.0'?>\n<?mso-application progid='Word.Document'?>\n<w:wordDocument xmlns:w='urn:w'>2023 1.5",
        "是 Word 2003 XML 文档；请用 Word 打开后另存为 .docx",
    ),
    "flat.xml": (b"<?xml version='1.0'?><pkg:package xmlns:pkg='urn:p'>2023", "Word XML 文档"),
    "excel2003.xls": (
        b"<?xml version='1.0'?><Workbook xmlns='urn:s'><Table>2023</Table>",
        "请用 Excel 打开后另存为 .xlsx",
    ),
    "cut.xls": (compound_file()[:2000], "文件不完整，可能没有下载完"),
}


@pytest.mark.parametrize("name", list(SOURCES))
def test_unusable_sources(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, said = SOURCES[name]
    source = tmp_path / name
    source.write_bytes(content)
    line = refused(capsys, source, "--out", tmp_path / "out")
    assert said in line
    assert name in line
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_compound_file_that_is_whole() -> None:
    assert not is_cut(compound_file())
    assert is_cut(compound_file()[:-1024])


def test_libreoffice_without_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setattr("gouji.document.formats.office._program", lambda: str(program))
    (tmp_path / "libsclo.so").touch()
    with pytest.raises(
        UnusableInputError, match=r"需要 LibreOffice 的 Writer 组件，本机没有安装；请安装该组件，或用 Word"
    ):
        read_office(b"{\\rtf1 2023}", tmp_path / "account.rtf")
    (tmp_path / "libswlo.so").touch()
    with pytest.raises(UnusableInputError, match="文件可能已损坏或有密码"):
        read_office(b"{\\rtf1 2023}", tmp_path / "account.rtf")


SENTENCES = "一、收入，2023年,385.28万元,增长1%,共3项\n二、支出,385.28万元\n三、其他,1,2\n"


def test_sentences_with_commas_are_no_table() -> None:
    assert not is_parted_by_commas(SENTENCES)
    assert not is_parted_by_commas("2023," * 200_000 + '\n"' + ("收入,支出\n" * 100_000))
    assert not is_parted_by_commas(SAMPLE.read_text(encoding="utf-8"))


def test_missing_file_and_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "文件不存在" in refused(capsys, tmp_path / "no.txt")
    assert "文件夹" in refused(capsys, tmp_path)
    assert "没有给出要审核的文件" in refused(capsys)


PARAMETERS = {
    "unknown": ("departmnt: 某局", "是否为 department？"),
    "unknown_nested": ("thresholds:\n  materialty: 1", "是否为 materiality？"),
    "year_text": ("year: 二〇二三", "year"),
    "year_out_of_range": ("year: 20233", "不大于 2035"),
    "negative": ("thresholds:\n  materiality: -1", "不小于 0"),
    "region_code": ("region_code: '4311'", "应为六位行政区划代码"),
    "region_code_number": ("region_code: 43112", "应为六位行政区划代码"),
    "headcount": ("headcount: 0", "不小于 1"),
    "unit": ("overrides:\n  unit: 美元", "不是金额单位"),
    "list": ("- a\n- b", "键: 值"),
    "duplicate": ("year: 2023\nyear: 2022", "重复的键"),
    "yaml": ("department: [", "不是合法的 YAML：第 "),
    "yaml_indent": ("year: 2023\n  unit: 万元", "第 2 行第 7 列：这里不能有冒号（含冒号的值应加引号）"),
    "yaml_tab": ("thresholds:\n\tquestions: {}", "第 2 行第 1 列：有不能这样使用的符号（制表符，或应加引号的值）"),
    "yaml_quote": ('department: "某局', "引号没有结束"),
    "yaml_twice": ("year: 2023\nyear: 2022", "第 2 行第 1 列：重复的键 'year'"),
    "yaml_tag": ("department: !python/object:os.system {}", "有不允许的标记（以 ! 开头的值应加引号）"),
    "yaml_alias": ("department: *x", "引用"),
    "no_such_day": ("year: 2023-02-30", "不是合法的值 '2023-02-30'"),
    "no_number": ("year: !!int 二〇二三", "不是合法的值 '二〇二三'"),
    "endless_number": (f"year: {'9' * 5000}", "不是合法的值 '999"),
    "list_as_key": ("? [department]\n: 某局", "键应为文字"),
}


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_unusable_parameters(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, said = PARAMETERS[name]
    params = tmp_path / "p.yaml"
    params.write_text(text, encoding="utf-8")
    line = refused(capsys, SAMPLE, "--params", params, "--out", tmp_path / "out")
    assert said in line
    assert "p.yaml" in line
    assert [path.name for path in tmp_path.iterdir()] == ["p.yaml"]


def test_a_year_other_than_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    params = tmp_path / "p.yaml"
    params.write_text("year: 2022", encoding="utf-8")
    assert "2023年度" in refused(capsys, SAMPLE, "--params", params, "--out", tmp_path / "out")


def follow_up_list(path: Path) -> Path:
    """A workbook that lists problems of departments, as an audit office keeps one."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("台账", 0)
    sheet.append(["部门决算公开问题整改台账"])
    sheet.append(["序号", "部门", "“三公”经费支出决算表问题", "金额（万元）", "责任人", "整改情况"])
    for number in range(1, 7):
        sheet.append([number, f"某局{number}", "公务接待费两处不一致", number * 1.5, "某人", "已整改"])
    workbook.save(path)
    return path


def test_a_workbook_that_is_no_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, follow_up_list(tmp_path / "list.xlsx"), "--out", tmp_path / "out")
    assert "请确认这是部门决算公开文本" in line
    assert not (tmp_path / "out").exists()


def test_damaged_properties_say_nothing() -> None:
    whole = zipped("docProps/core.xml")
    refuse_own(whole.replace(b"2023", b"2024", 1), Path("account.xlsx"))  # the sum of the part no longer agrees
    refuse_own(zipped("xl/workbook.xml"), Path("account.xlsx"))


@pytest.mark.parametrize("name", ["working-papers.xlsx", "memo.docx"])
def test_own_outputs_are_no_accounts(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only(name):
        assert main(["audit", "--no-notebooks", str(SAMPLE), "--out", str(tmp_path / "run")]) == 0
    capsys.readouterr()
    line = refused(capsys, tmp_path / "run" / name, "--out", tmp_path / "out")
    assert "是勾稽写出的备忘录、底稿或台账" in line


def test_a_unit_that_no_table_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    params = tmp_path / "p.yaml"
    params.write_text("overrides: {unit: 千元}", encoding="utf-8")
    line = refused(capsys, SAMPLE, "--params", params, "--out", tmp_path / "out")
    assert "公开01表印的金额单位为“万元”，参数 overrides.unit 为“千元”" in line
    assert "删去 overrides.unit" in line


def test_a_stated_unit_that_is_printed_or_that_nothing_contradicts() -> None:
    stated = Parameters.model_validate({"overrides": {"unit": "万元"}})
    assert audit(SAMPLE, stated).coverage()["conflicts"] == audit(SAMPLE).coverage()["conflicts"]


def test_a_unit_is_stated_where_no_table_prints_one(tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text(re.sub("单位：万元", "", SAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    found = audit(bare, Parameters.model_validate({"overrides": {"unit": "元"}}))
    assert found.facts.table("income").unit == "元"


def test_out_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("不可覆盖", encoding="utf-8")
    assert "已有同名文件" in refused(capsys, SAMPLE, "--out", blocked)
    assert blocked.read_text(encoding="utf-8") == "不可覆盖"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_out_holds_other_files_or_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("重要", encoding="utf-8")
    assert "已有其他文件" in refused(capsys, SAMPLE, "--out", tmp_path)
    source = tmp_path / "account.txt"
    source.write_bytes(SAMPLE.read_bytes())
    assert "其中有要读取的" in refused(capsys, source, "--out", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["account.txt", "thesis.txt"]


def test_another_department(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    params = tmp_path / "p.yaml"
    params.write_text("department: 别的局", encoding="utf-8")
    assert "参数 department 为“别的局”" in refused(capsys, SAMPLE, "--params", params, "--out", tmp_path / "out")


def test_out_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "不可写" in refused(capsys, SAMPLE, "--out", tmp_path / "file" / "out")


def test_a_failed_run_leaves_the_earlier_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with only(WORKBOOK):
        assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks"]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def broken(*_: object) -> None:
        raise UnusableInputError("试验", "中途失败")

    monkeypatch.setattr("gouji.runs.produce.write_outputs", broken)
    assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks"]) == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_fail_on(tmp_path: Path) -> None:
    base = ["audit", "--params", str(PARAMS), "--out", str(tmp_path / "out"), "--no-notebooks"]
    with only(WORKBOOK):
        assert main(base) == 0
        assert main([*base, "--fail-on", "error"]) == 1


def test_paths_in_parameters_are_relative_to_the_file() -> None:
    assert [path.resolve() for path in Parameters.load(PARAMS).source_paths()] == [SAMPLE]


@pytest.mark.parametrize("printed", ["431127", "'431127'"])
def test_what_tells_a_department_among_others(printed: str, tmp_path: Path) -> None:
    params = tmp_path / "p.yaml"
    params.write_text(f"region_code: {printed}\nfunction: 社会保障和就业\nheadcount: 21", encoding="utf-8")
    loaded = Parameters.load(params)
    assert (loaded.region_code, loaded.function, loaded.headcount) == ("431127", "社会保障和就业", 21)


def test_runs_as_a_module_from_anywhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gouji", "audit", str(SAMPLE), "--no-notebooks"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert b"memo.html" in done.stdout
    assert (tmp_path / "out" / SAMPLE.stem / "memo.html").exists()


def test_why_a_file_cannot_be_read_is_told_in_one_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, SAMPLE, "--params", tmp_path / "none.yaml", "--out", tmp_path / "out")
    assert "参数文件无法读取（没有这个文件或文件夹）" in said


def test_what_is_wrong_with_yaml_is_the_same_without_libyaml() -> None:
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        for text in ("a: [", "a: 1\n  b: 2", "a:\n\tb: 1", 'a: "x', "a: *x", "a: !!python/x 1", "%", "a: \x01"):
            with pytest.raises(yaml.YAMLError) as raised:
                yaml.load(text, Loader=loader)
            assert not re.search("[A-Za-z]{3}", yaml_reason(raised.value).replace("YAML", "").replace("UTF", "")), text


def test_a_notebook_shows_one_line_in_place_of_a_traceback() -> None:
    shell = InteractiveShell()  # type: ignore[no-untyped-call]
    with redirect_stdout(StringIO()) as shown:
        shell.run_cell("from gouji.errors import UnusableInputError\nraise UnusableInputError('参数', '不能用')")  # type: ignore[no-untyped-call]
    assert shown.getvalue().strip() == "UnusableInputError: 参数：不能用"


BUDGET = (
    "{title}\n第一部分 云溪县档案馆概况\n一、主要职能\n{said}\n第二部分 预算表\n一般公共预算支出表\n单位：万元\n"
    "科目编码\t科目名称\t预算数\n201\t一般公共服务支出\t120.00\n第三部分 情况说明\n"
    "一、收入支出总体情况说明\n2026年，收入总计120.00万元，支出总计120.00万元，比2025年预算增加10.00万元。\n"
)


@pytest.mark.parametrize(
    "title", ["云溪县档案馆2026年部门预算", "2026年度云溪县档案馆预算公开", "2026年单位预算编制说明\n2026年单位预算"]
)
def test_a_budget_is_no_account(title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "account.txt"
    source.write_text(BUDGET.format(title=title, said="负责档案收集，编报部门预决算。"), encoding="utf-8")
    assert "文件是预算公开文本（“" in refused(capsys, source, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("云溪县档案馆2026年部门预算", "2024年决算数为100.00万元。"),
        ("云溪县档案馆2026年部门预算", "表中有决\n算数。"),
        ("云溪县档案馆2026年部门预决算", "负责档案收集。"),
        ("云溪县档案馆2026年度收支", "负责档案收集。"),
        ("云溪县档案馆2026年预算执行情况", "负责档案收集。"),
    ],
)
def test_what_may_be_an_account_is_no_budget(title: str, said: str, tmp_path: Path) -> None:
    source = tmp_path / "account.txt"
    source.write_text(BUDGET.format(title=title, said=said.replace("\n", " ")), encoding="utf-8")
    assert audit(source).facts.year == 2026


def test_a_budget_compared_with_an_account_is_read(tmp_path: Path) -> None:
    """The parameter takes what is refused as an account."""
    one = next(document_sets(0, with_breaks=False))
    source, budget = tmp_path / "account.txt", tmp_path / "budget.txt"
    source.write_text(one.source, encoding="utf-8")
    budget.write_text(one.budget, encoding="utf-8")
    assert audit(source, Parameters(budget=(str(budget),))).companions.budget is not None
