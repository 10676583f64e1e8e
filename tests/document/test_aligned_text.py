"""Text whose tables are set with spaces."""

from pathlib import Path
from unicodedata import east_asian_width

import pytest

from gouji.auditing import Audit, audit
from gouji.document.model import BlockKind
from gouji.document.text import read_blocks
from gouji.facts.fact import Fact, Part, Status
from gouji.facts.narrative.tokens import tokens
from gouji.facts.recognise import recognise
from gouji.fictitious.departments.make import make_department
from gouji.fictitious.departments.render import to_text
from gouji.fictitious.departments.templates import TEMPLATES
from support.aligned import aligned
from support.texts import document_of

HEAD = "宁溪县档案馆\n2022年度部门决算\n第二部分 2022年度部门决算表\n"
INCOME = """             收入决算表
                                        公开02表
部门：宁溪县档案馆                      单位：万元
项目                    本年收入合计   财政拨款收入   附属单位上缴   其他收入
科目编码   科目名称                                    收入
栏次                         1            2            3             4
合计                        77.40        70.15                      7.25

201        一般公共服务     77.40        70.15                      7.25
           支出
20126      档案事务         77.40        70.15                      7.25

2012601    行政运行         50.00        50.00
2012604    档案馆           27.40        20.15                      7.25
注：本表反映本年度取得的各项收入。
"""

BLANK_ACCOUNTS = [
    ("02", "印刷费"),
    ("03", "咨询费"),
    ("04", "手续费"),
    ("05", "水费"),
    ("06", "电费"),
    ("07", "邮电费"),
]


def _tables(audited: Audit) -> dict[str, Fact]:
    return {fact.concept.path: fact for fact in audited.facts if fact.part is Part.TABLES}


@pytest.mark.parametrize("wide", [1, 2])
@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_read_is_right_or_the_table_unreadable(template: str, wide: int, tmp_path: Path) -> None:
    text = to_text(make_department(6, template))
    source, other = tmp_path / "tabs.txt", tmp_path / "spaces.txt"
    source.write_text(text, encoding="utf-8")
    other.write_text(aligned(text, wide), encoding="utf-8")
    one, two = audit(source), audit(other)
    assert not two.findings.of("error")
    there = _tables(one)
    here = {path: fact for path, fact in _tables(two).items() if fact.figure.printed}
    assert here.keys() <= there.keys()
    assert all(fact.figure.value == there[path].figure.value for path, fact in here.items())
    found = {key for key, table in two.facts.tables.items() if table.status is Status.FOUND}
    assert found
    assert Status.MISSING not in {table.status for key, table in two.facts.tables.items() if one.facts.tables[key].grid}


def test_cells_and_their_places() -> None:
    facts = recognise(document_of(HEAD + INCOME))
    assert facts.tables["income"].status is Status.FOUND
    assert facts.tables["income"].notes == ("注：本表反映本年度取得的各项收入。",)
    printed = {fact.concept.path: fact for fact in facts if fact.figure.printed}
    assert printed["income[2012604].other"].figure.text == "7.25"
    assert printed["income[201].total"].row_name == "一般公共服务支出"
    lines = (HEAD + INCOME).split("\n")
    for fact in printed.values():
        assert lines[fact.place.line - 1][fact.place.start : fact.place.end] == fact.figure.text


def test_rows_are_never_sentences() -> None:
    """Two columns under no head: nobody can tell what they say, and nothing is made of it."""
    text = HEAD + "第三部分 2022年度部门决算情况说明\n本年收入合计    27    690.83\n本年支出合计    58    695.30\n"
    document = document_of(text)
    assert [block.kind for block in document.blocks][-1] is BlockKind.TABLE
    assert document.blocks[-1].grid is not None
    assert not document.blocks[-1].grid.certain
    assert not list(recognise(document))


@pytest.mark.parametrize("page", ["……{}", "          {}", "", "  {}", "  -- {} --", " ........... {}", "    ({})"])
def test_contents_are_no_table(page: str) -> None:
    contents = ["第一部分 宁溪县档案馆概况", "一、主要职能", "第三部分 部门决算情况说明", "一、其他重要事项说明"]
    lines = ["2022年宁溪县档案馆部门决算", "目  录"]
    lines += [title + page.format(3 * at) for at, title in enumerate(contents, 1)]
    lines += ["第一部分 宁溪县档案馆概况", "一、主要职能", "负责全县档案工作。"]
    assert BlockKind.TABLE not in {block.kind for block in read_blocks("\n".join(lines))}


def test_a_row_alone_is_no_sentence() -> None:
    (block,) = read_blocks("本年收入合计    690.83    677.28\n")
    assert block.kind is BlockKind.TABLE


def test_a_wide_blank_in_prose_makes_no_table() -> None:
    text = "第一部分  概况\n本单位主管档案工作。  依法保管档案。\n部门：宁溪县档案馆    单位：万元\n"
    assert all(block.kind is not BlockKind.TABLE for block in read_blocks(text))


def test_amounts_broken_over_lines_are_not_read() -> None:
    """A column too narrow for its amounts breaks them: what is left of them in the first line is no amount."""
    text = HEAD + INCOME.replace("2012604    档案馆           27.40 ", "2012604    档案馆           27.4  ")
    text = text.replace("7.25\n注", "7.25\n                            0\n注")
    assert recognise(document_of(text)).tables["income"].status is Status.UNREADABLE


def test_digits_set_apart_are_two_numbers() -> None:
    read = [token.text for token in tokens("本年收入合计 27    690.83", "income") if token.kind == "number"]
    assert read == ["27", "690.83"]


def test_headings_with_a_gap_behind_their_number_are_headings() -> None:
    text = "第三部分　　2023年度部门决算情况说明\n一、  收入支出决算总体情况说明\n收入总计600.00万元。\n"
    part, section, said = read_blocks(text)
    assert (part.kind, section.kind) == (BlockKind.HEADING, BlockKind.HEADING)
    assert [heading.number for heading in said.section] == ["第三部分", "一、"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年度  支出合计600.00万元\n其中：  基本支出400.00万元，项目支出300.00万元。\n",
        "本年支出合计  600.00\n基本支出  400.00\n项目支出  300.00\n",
    ],
)
def test_what_is_said_with_two_spaces_is_said(text: str) -> None:
    assert {block.kind for block in read_blocks(text)} == {BlockKind.PARAGRAPH}


#: What may stand between the rows of a table that a page cuts.
PAGE_ENDS = ("\f", "\f\n", "                  7\n\f", "\n             — 7 —\n\n\f")


@pytest.mark.parametrize("end", PAGE_ENDS)
@pytest.mark.parametrize("shift", [0, 2])
def test_table_goes_on_over_a_page(end: str, shift: int) -> None:
    """A page without a head of its own, set further to the right or not."""
    first, second = INCOME.split("20126      ")
    rest = "\n".join(" " * shift + line if line else "" for line in f"20126      {second}".split("\n"))
    rest = rest.replace(" " * shift + "注", "注")
    whole = {fact.concept.path: fact.figure.text for fact in recognise(document_of(HEAD + INCOME))}
    facts = recognise(document_of(HEAD + first + end + rest))
    assert facts.tables["income"].status is Status.FOUND
    assert {fact.concept.path: fact.figure.text for fact in facts} == whole


def test_first_part_of_a_table_is_read_whatever_the_next_page_holds() -> None:
    first, second = INCOME.split("20126      ")
    rest = f"20126      {second}".replace("20.15     ", "20.15  8  ")
    table = recognise(document_of(HEAD + first + "\f" + rest)).tables["income"]
    assert table.status is Status.FOUND
    assert table.grid is not None
    assert table.grid.cut
    assert table.codes == ("201",)


def test_line_of_a_form_feed_alone_is_blank() -> None:
    text = HEAD + INCOME.replace("\n20126 ", "\n\f\n20126 ")
    assert recognise(document_of(text)).tables["income"].status is Status.FOUND
    assert read_blocks("项目  决算数\n\u00a0\n合计  20.00\n")


STATE_CAPITAL = """           国有资本经营预算财政拨款支出决算表
                                        公开09表
部门：宁溪县档案馆                      单位：万元
           项目                        本年支出
功能分类科目编码   科目名称   合计   基本支出   项目支出
           栏次                1        2          3
           合计
注：本表反映部门本年度国有资本经营预算财政拨款支出情况。
"""


@pytest.mark.parametrize(
    ("note", "status"), [("本单位没有此项支出，本表无数据。\n", Status.EMPTY), ("", Status.UNREADABLE)]
)
def test_table_without_rows_is_empty_where_its_note_says_so(note: str, status: Status) -> None:
    assert recognise(document_of(HEAD + STATE_CAPITAL + note)).tables["state_capital"].status is status


def _printed(text: str) -> dict[str, str]:
    facts = recognise(document_of(HEAD + text))
    return {fact.concept.path: fact.figure.text.strip() for fact in facts if fact.cell}


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        ("三、公务接待费                  2.60\n", {"budget": "2.60"}),
        ("三、公务接待费                          1.90\n", {"actual": "1.90"}),
        ("三、公务接待费             2.60\n", {}),
    ],
)
def test_a_last_row_with_one_figure_belongs_to_the_table(last: str, wanted: dict[str, str]) -> None:
    """Where its figure ends as others above do; one that ends elsewhere belongs to no column."""
    text = (
        "财政拨款“三公”经费支出决算表\n公开07表\n单位：万元\n"
        "项目                          预算数  决算数\n"
        "合计                           14.60    9.30\n"
        "一、因公出国（境）费            3.00    0.80\n"
        "二、公务用车购置及运行维护费    9.00    6.60\n"
    )
    found = _printed(text + last)
    assert found["three_public.actual.vehicles"] == "6.60"
    own = {path.split(".")[1]: value for path, value in found.items() if path.endswith(".reception") and value}
    assert own == wanted


def test_rows_of_a_code_and_its_name_part_no_table() -> None:
    text = (
        "一般公共预算财政拨款基本支出决算表\n公开06表\n单位：万元\n"
        "科目编码  科目名称          决算数   科目编码  科目名称            决算数\n"
        "301       工资福利支出       90.00   302       商品和服务支出       20.00\n"
        "30101     基本工资           90.00   30201     办公费               20.00\n"
        + "".join(f"                                     302{code}     {name}\n" for code, name in BLANK_ACCOUNTS)
        + "人员经费合计                 90.00   公用经费合计                   20.00\n"
    )
    found = _printed(text)
    assert found["basic_expenditure[personnel].amount"] == "90.00"
    assert found["basic_expenditure[public].amount"] == "20.00"


def _padded(starts: list[int], *rows: str) -> str:
    """Rows of cells parted by bars, each cell set where its column begins."""
    lines = []
    for row in rows:
        line = ""
        for cell, start in zip(row.split("|"), starts, strict=True):
            used = sum(2 if east_asian_width(one) in "WF" else 1 for one in line)
            line += " " * (start - used) + cell if cell else ""
        lines.append(line + "\n")
    return "".join(lines)


_THREE = "合计|因公出国（境）费|公务用车购置及运行维护费|||公务接待费"
_OF_VEHICLES = "||小计|公务用车购置费|公务用车运行维护费|"
#: Two figures in six columns, of which one label stands over three.
PADDED_THREE_PUBLIC = "财政拨款“三公”经费支出决算表\n单位：万元\n" + _padded(
    [0, 6, 24, 30, 46, 66, 78, 84, 102, 108, 124, 144],
    "预算数||||||决算数|||||",
    f"{_THREE}|{_THREE}",
    f"{_OF_VEHICLES}|{_OF_VEHICLES}",
    "|".join(str(number) for number in range(1, 13)),
    "0.95|||||      0.95|0.40|||||      0.40",
)


def test_columns_that_begin_with_their_labels_are_certain_however_few_amounts_they_hold() -> None:
    facts = recognise(document_of(HEAD + PADDED_THREE_PUBLIC))
    assert facts.tables["three_public"].status is Status.FOUND
    printed = {fact.concept.column: fact.figure.text for fact in facts if fact.figure.text}
    assert printed == {
        "budget.total": "0.95",
        "budget.reception": "0.95",
        "actual.total": "0.40",
        "actual.reception": "0.40",
    }


def test_a_label_in_the_middle_of_its_columns_leaves_them_uncertain() -> None:
    centred = PADDED_THREE_PUBLIC.replace("预算数" + " " * 72, " " * 40 + "预算数" + " " * 32)
    assert centred != PADDED_THREE_PUBLIC
    facts = recognise(document_of(HEAD + centred))
    assert facts.tables["three_public"].status is Status.UNREADABLE


def test_codes_over_the_columns_of_their_levels_and_full_width_figures_are_read() -> None:
    table = """支出决算表
单位：万元
项目                                       本年支出合计    基本支出        项目支出  上缴上级支出
支出功能分类科目编码          科目名称
类                    款  项  栏次         1               2               3         4
                              合计         １，０５０．００  １，０００．００  ５０．００
201                           公共服务     １，０５０．００  １，０００．００  ５０．００
20126                         档案事务     １，０５０．００  １，０００．００  ５０．００
2012601                       行政运行     １，０５０．００  １，０００．００  ５０．００
""".replace("本年支出合计    基本支出        项目支出", "本年支出合计      基本支出          项目支出").replace(
        "1               2               3", "1                 2                 3"
    )
    facts = recognise(document_of(HEAD + table))
    assert facts.tables["expenditure"].status is Status.FOUND
    printed = {(fact.concept.row, fact.concept.column): fact.figure.value for fact in facts if fact.part is Part.TABLES}
    assert printed["2012601", "project"] == 50
    assert printed["total", "basic"] == 1000


def test_numbers_of_columns_tell_the_columns_that_print_nothing() -> None:
    """Labels stand in the middle of their columns, figures at the right; ten of twelve columns are empty."""
    head = (
        "                                    预算数                                    "
        "                                      决算数\n"
        "合计   因公出国（境）费          公务用车购置及运行维护费           公务接待费  "
        "合计   因公出国（境）费          公务用车购置及运行维护费           公务接待费\n"
        "                         小计   公务用车购置费  公务用车运行维护费              "
        "                         小计   公务用车购置费  公务用车运行维护费\n"
        "  1           2            3          4                 5               6       "
        "  7           8            9          10                11              12\n"
    )
    row = " 0.95" + " " * 69 + "0.95" + "   0.40" + " " * 69 + "0.40\n"
    facts = recognise(document_of(f"{HEAD}财政拨款“三公”经费支出决算表\n单位：万元\n{head}{row}"))
    assert facts.tables["three_public"].status is Status.FOUND
    printed = {fact.concept.column: fact.figure.text for fact in facts if fact.figure.text}
    assert printed == {
        "budget.total": "0.95",
        "budget.reception": "0.95",
        "actual.total": "0.40",
        "actual.reception": "0.40",
    }
