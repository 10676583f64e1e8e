"""Amounts pasted some rows too high or too low beside their codes: one finding, not one for each row."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from gouji import audit
from gouji.checks.tie_out import tie_out
from gouji.fictitious.departments import TEMPLATES, FictitiousDepartment, change_cell, make_department, to_text
from gouji.findings.displacement import SLIP
from gouji.findings.explain import explain
from gouji.findings.finding import Findings, one_a_print
from gouji.findings.remedy import remedy
from gouji.memo.html import render_memo
from gouji.memo.workbook.finding_sheet import suggested_lines
from gouji.repair.displaced import displaced_rows
from support.facts import make_facts
from support.texts import checks_of

COLUMNS = ("total", "basic", "project")
Amounts = tuple[str, str, str]


def made(seed: int) -> dict[str, Amounts]:
    """A true table: three to five classes, each with one or two 款 of one to three 项."""
    chance = random.Random(seed)
    rows: dict[str, tuple[int, int, int]] = {}

    def add(code: str, basic: int, project: int) -> None:
        before = rows.get(code, (0, 0, 0))
        rows[code] = (before[0] + basic + project, before[1] + basic, before[2] + project)

    for head in chance.sample(["201", "205", "208", "210", "213", "221"], chance.randint(3, 5)):
        for group in range(1, chance.randint(1, 2) + 1):
            for item in range(1, chance.randint(1, 3) + 1):
                basic, project = chance.randrange(100, 90_000), chance.choice((0, chance.randrange(100, 90_000)))
                for code in ("total", head, f"{head}{group:02}", f"{head}{group:02}{item:02}"):
                    add(code, basic, project)
    ordered = sorted(code for code in rows if code != "total")
    return {code: tuple(f"{one / 100:.2f}" for one in rows[code]) for code in ("total", *ordered)}  # type: ignore[misc]


def shifted(rows: dict[str, Amounts], first: int, by: int) -> dict[str, Amounts]:
    """The table with the amounts from its `first` row on printed `by` rows lower (higher, where negative)."""
    codes, amounts = list(rows), list(rows.values())
    blank: list[Amounts] = [("", "", "")] * abs(by)
    rest = [*blank, *amounts[first:]] if by > 0 else [*amounts[first - by :], *blank]
    return dict(zip(codes, [*amounts[:first], *rest][: len(codes)], strict=True))


def found(general: dict[str, Amounts], expenditure: dict[str, Amounts]) -> Findings:
    tables = {"general_budget": general, "expenditure": expenditure}
    cells = {
        f"{table}[{row}].{column}": text
        for table, rows in tables.items()
        for row, texts in rows.items()
        for column, text in zip(COLUMNS, texts, strict=True)
    }
    return explain(tie_out(make_facts(cells)))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("by", [1, -1, 2, -2])
def test_a_shift_is_one_error_that_names_the_rows(seed: int, by: int) -> None:
    true = made(seed)
    first = 3 + seed % 2
    errors = found(shifted(true, first, by), true).of("error")
    (told,) = [one for one in errors if one.slip == SLIP]
    assert "一般公共预算财政拨款支出决算表自" in told.title
    assert "金额与科目错行" in told.title
    columns = dict(zip(COLUMNS, range(3), strict=True))
    assert told.repairs
    for repair in told.repairs:
        assert repair.value == Decimal(true[repair.fact.concept.row][columns[repair.fact.concept.column]])
    assert len(errors) <= 2, "what was pushed out of the table may be told by itself"


@pytest.mark.parametrize("seed", range(8))
def test_the_table_that_contradicts_itself_is_the_one(seed: int) -> None:
    true = made(seed)
    errors = found(true, shifted(true, 4, 1)).of("error")
    assert [one.title.partition("自")[0] for one in errors if one.slip == SLIP] == ["支出决算表"]


@pytest.mark.parametrize("seed", range(8))
def test_tables_with_some_wrong_cells_have_no_displaced_rows(seed: int) -> None:
    chance = random.Random(seed)
    true = made(seed)
    wrong = dict(true)
    for code in chance.sample(list(true), 4):
        total, basic, project = true[code]
        wrong[code] = (str(Decimal(total) + 10), basic, project)
    assert not [one for one in found(true, true).findings if one.slip == SLIP]
    assert not [one for one in found(wrong, true).findings if one.slip == SLIP]


@pytest.mark.parametrize("template", TEMPLATES)
def test_clean_accounts_have_no_displaced_rows(template: str) -> None:
    for seed in range(5):
        assert not list(displaced_rows(checks_of(to_text(make_department(seed, template)))))


ACCOUNTS = {"30211": "0.80", "30216": "1.20", "30217": "0.30", "30229": "5.40", "30231": "19.56", "30239": "7.70"}
NAMES = {"302": "商品和服务支出", "30211": "差旅费", "30216": "培训费", "30217": "公务接待费", "30229": "福利费"}
NAMES |= {"30231": "公务用车运行维护费", "30239": "其他交通费用"}
THREE_PUBLIC = {"total": "19.86", "vehicles": "19.56", "vehicle_operation": "19.56", "reception": "0.30"}


def economic(accounts: dict[str, str]) -> Findings:
    """A table of economic accounts beside that of 三公."""
    cells = {f"basic_expenditure[{code}].amount": text for code, text in {"302": "34.96", **accounts}.items()}
    return explain(
        tie_out(make_facts(cells | {f"three_public.actual.{key}": text for key, text in THREE_PUBLIC.items()}))
    )


def test_economic_accounts_one_row_too_high_show_by_the_few_that_are_printed_again() -> None:
    amounts = list(ACCOUNTS.values())
    high = dict(zip(ACCOUNTS, [*amounts[1:], amounts[0]], strict=True))
    (told,) = [one for one in economic(high).of("error") if one.slip == SLIP]
    assert "金额与科目错行，“" in told.title, "where the shift begins, nothing tells"
    assert {fact.row_code for fact in told.suspects} == {"30217", "30231"}
    assert {(one.fact.row_code, one.value) for one in told.repairs} == {
        ("30217", Decimal("0.30")),
        ("30231", Decimal("19.56")),
    }
    assert "在相距同样远的另一行" in told.message


def test_what_a_figure_of_such_a_table_should_be_is_left_open() -> None:
    amounts = list(ACCOUNTS.values())
    high = dict(zip(ACCOUNTS, [*amounts[1:], "34.96"], strict=True))
    found = economic({"public": "34.96", **high})
    displaced, wrong = found.of("error")
    assert displaced.slip == SLIP, "the table comes before the figure whose value depends on it"
    assert wrong.title.endswith("印作34.96万元，与302“商品和服务支出”相同，疑为误列")
    assert wrong.candidates[0].implied is None
    assert remedy(wrong, found.checks).brief == "更正：34.96万元 → 应为多少须核对账表"
    assert [fact.row_code for fact in wrong.suspects] == ["30239"]
    assert (wrong.expected, wrong.repairs) == (None, ())
    assert "302" in wrong.message
    assert "可能误列了该数" in wrong.message
    assert "错行" in wrong.message


@pytest.mark.parametrize("high", [True, False])
def test_a_list_of_accounts_is_not_held_against_displaced_rows(high: bool) -> None:
    accounts = ACCOUNTS | {"30211": "0.00", "30216": "2.00"}
    amounts = list(accounts.values())
    printed = dict(zip(accounts, [*amounts[1:], amounts[0]] if high else amounts, strict=True))
    rows = "".join(f"{code}\t{NAMES[code]}\t{amount}\n" for code, amount in {"302": "34.96", **printed}.items())
    text = f"""某局2023年度部门决算
一般公共预算财政拨款基本支出决算表
单位：万元
科目编码\t科目名称\t决算数
{rows}
财政拨款“三公”经费支出决算表
单位：万元
合计\t\t因公出国（境）费\t\t公务用车购置及运行维护费\t\t\t\t\t\t公务接待费\t
\t\t\t\t小计\t\t公务用车购置费\t\t公务用车运行维护费\t\t\t
{chr(9).join(["预算数", "决算数"] * 6)}
{chr(9).join(amount for one in ("19.86", "0.00", "19.56", "0.00", "19.56", "0.30") for amount in (one, one))}

第三部分 2023年度部门决算情况说明
六、一般公共预算财政拨款基本支出决算情况说明
公用经费34.96万元，主要包括：培训费、公务接待费、福利费、公务用车运行维护费、其他交通费用。
"""
    listed = [check for check in checks_of(text).conflicts() if check.rule.kind == "listed_accounts"]
    told = [one for one in explain(checks_of(text)).findings if one.rule == "narrative.listed_accounts"]
    assert len(listed) == high
    assert not told


def test_one_amount_beside_its_row_is_that_figures_error() -> None:
    exchanged = ACCOUNTS | {"30216": ACCOUNTS["30217"], "30217": ACCOUNTS["30216"]}
    findings = economic(exchanged)
    assert findings.of("error")
    assert not [one for one in findings.findings if one.slip == SLIP]
    assert not [one for one in economic(ACCOUNTS).findings if one.slip == SLIP]


def pasted(department: FictitiousDepartment, table: str, seed: int) -> FictitiousDepartment:
    """A department whose amounts in a table stand one or two rows off, from one of the first rows on."""
    chance = random.Random(seed)
    rows: dict[str, Amounts] = {}
    for path in department.printed:
        if path.startswith(f"{table}[") and (code := path[len(table) + 1 :].partition("]")[0]).isdigit():
            rows[code] = tuple(department.printed.get(f"{table}[{code}].{name}", "") for name in COLUMNS)  # type: ignore[assignment]
    for code, texts in shifted(rows, chance.randint(1, 5), chance.choice((1, -1, 2, -2))).items():
        for name, text in zip(COLUMNS, texts, strict=True):
            if f"{table}[{code}].{name}" in department.places:
                department = change_cell(department, f"{table}[{code}].{name}", text)
    return department


def test_shifts_in_whole_accounts_are_told_once() -> None:
    """In all forms and units, with funds and without. Short tables may not show enough of it."""
    alone = told = planted = 0
    for template in TEMPLATES:
        for seed, table in product(range(4), ("general_budget", "expenditure")):
            department = make_department(seed, template)
            if sum(path.startswith(f"{table}[") and path.endswith(".total") for path in department.printed) < 13:
                continue
            errors = explain(checks_of(to_text(pasted(department, table, seed)))).of("error")
            slips = [one for one in errors if one.slip == SLIP]
            planted, told, alone = planted + 1, told + (len(slips) == 1), alone + (len(errors) == len(slips) == 1)
    assert planted >= 30
    assert told >= 0.9 * planted
    assert alone >= 0.7 * planted


def test_a_memo_tells_the_first_of_many_corrections(tmp_path: Path) -> None:
    """What stands in the memo is what a reader can take in; all of it is in the working papers."""
    source = tmp_path / "account.txt"
    source.write_text(to_text(pasted(make_department(0, "hunan2023"), "general_budget", 0)), encoding="utf-8")
    found = audit(source)
    (told,) = [one for one in found.findings.of("error") if one.slip == SLIP]
    page = render_memo(found)
    assert len(told.repairs) > 12
    lines = suggested_lines(told, told.repairs)
    printed = one_a_print(told.suspects)
    assert len(lines) == len(printed) > len(told.repairs), "the figures of some rows are printed nowhere else"
    corrected = {one.fact.id: f"{one.value}万元" for one in told.repairs}
    assert [line.replace(",", "") for line in lines] == [corrected.get(one.id, "须核对账表") for one in printed]
    assert f"等{len(told.repairs)}处，逐处见工作底稿" in page
    assert f"另有{len(told.checks) - 6}项不成立的勾稽见工作底稿" in page


TRUE: dict[str, Amounts] = {
    "total": ("341.60", "280.35", "61.25"),
    "208": ("103.50", "103.50", "0.00"),
    "20805": ("103.50", "103.50", "0.00"),
    "2080502": ("12.40", "12.40", "0.00"),
    "2080505": ("60.10", "60.10", "0.00"),
    "2080506": ("31.00", "31.00", "0.00"),
    "214": ("238.10", "176.85", "61.25"),
    "21401": ("238.10", "176.85", "61.25"),
    "2140101": ("176.85", "176.85", "0.00"),
    "2140106": ("61.25", "0.00", "61.25"),
}
EXCHANGED = TRUE | {"2080505": TRUE["2080506"], "2080506": TRUE["2080505"]}
INCOME = {f"income[{row}].total": texts[0] for row, texts in TRUE.items()}
SAYS = {
    "section": "第三部分 五（三）",
    "says": "general_budget[2080505].total",
    "subject": "基本养老保险缴费支出",
    "printed": "60.10万元",
}


def of_tables(
    general: dict[str, Amounts], expenditure: dict[str, Amounts], more: dict[str, str], *says: dict[str, str]
) -> Findings:
    cells = {
        f"{table}[{row}].{name}": text
        for table, rows in (("general_budget", general), ("expenditure", expenditure))
        for row, texts in rows.items()
        for name, text in zip(COLUMNS, texts, strict=True)
    }
    return explain(tie_out(make_facts(cells | more, statements=says)))


def test_two_rows_exchanged_are_one_error_of_the_table_that_others_outvote() -> None:
    pair = "“2080506 机关事业单位职业年金缴费支出”与“2080505 机关事业单位基本养老保险缴费支出”两行金额互换"
    for tables, more, says, where in (
        ((EXCHANGED, TRUE), INCOME, (), "一般公共预算财政拨款支出决算表"),
        ((EXCHANGED, TRUE), {}, (SAYS,), "一般公共预算财政拨款支出决算表"),
        ((TRUE, EXCHANGED), INCOME, (SAYS,), "支出决算表"),
        ((TRUE, EXCHANGED), INCOME, (), "支出决算表"),
    ):
        (told,) = of_tables(*tables, more, *says).of("error")
        assert told.title == where + pair
        assert told.located
        assert {(one.fact.row_code, one.value) for one in told.repairs} >= {
            ("2080505", Decimal("60.10")),
            ("2080506", Decimal("31.00")),
        }


def test_of_two_tables_alone_either_may_have_the_rows_exchanged() -> None:
    (told,) = of_tables(EXCHANGED, TRUE, {}).of("error")
    assert "一般公共预算财政拨款支出决算表或支出决算表“2080506" in told.title
    assert not told.located
    assert not told.repairs
    assert {fact.concept.table for fact in told.suspects} == {"general_budget", "expenditure"}


def test_rows_that_are_nearly_exchanged_are_not() -> None:
    nearly = EXCHANGED | {"2080506": ("60.11", "60.11", "0.00")}
    assert not [one for one in of_tables(nearly, TRUE, INCOME, SAYS).findings if one.slip == SLIP]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            {"2080505": ("", "", ""), "2080506": TRUE["2080505"]},
            "“2080505 机关事业单位基本养老保险缴费支出”的金额错列在“2080506 机关事业单位职业年金缴费支出”行",
        ),
        (
            {"2080502": ("", "", ""), "2080505": TRUE["2080502"], "2080506": TRUE["2080505"]},
            "自“2080505 机关事业单位基本养老保险缴费支出”行起金额与科目错行，2行所列是其他科目的金额",
        ),
    ],
)
def test_a_row_or_two_one_row_lower_are_one_error(rows: dict[str, Amounts], title: str) -> None:
    (told,) = of_tables(TRUE | rows, TRUE, {}, SAYS).of("error")
    assert told.title == f"一般公共预算财政拨款支出决算表{title}"
    assert "“2080506 机关事业单位职业年金缴费支出”自己的金额没有列出" in told.message


def test_a_statement_that_a_second_table_prints_is_not_located() -> None:
    """The table that it copies says otherwise; the table beside it says the same: two against one."""
    wrong = TRUE | {"2080505": ("61.10", "61.10", "0.00"), "2080502": ("11.40", "11.40", "0.00")}
    errors = of_tables(wrong, TRUE, {}, SAYS).of("error")
    assert any(check.rule.id == "narrative.tables" for one in errors for check in one.checks)
    assert not [one for one in errors if one.located and one.suspects[0].row_name == SAYS["subject"]]
    (told,) = of_tables(TRUE, TRUE, {}, SAYS | {"printed": "66.10万元"}).of("error")
    assert told.located
