"""A row that a table lacks: named by what another table prints for its code, and no figure blamed for it."""

from __future__ import annotations

import pytest

from gouji.checks.tie_out import tie_out
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from gouji.findings.lacking import SLIP
from gouji.repair.lacking import lacking_rows
from support.facts import make_facts
from support.texts import checks_of

COLUMNS = ("total", "basic", "project")
ROWS: dict[str, tuple[str, ...]] = {
    "total": ("258.30", "142.30", "116.00"),
    "208": ("80.30", "80.30", "0.00"),
    "20805": ("80.30", "80.30", "0.00"),
    "2080502": ("11.10", "11.10", "0.00"),
    "2080505": ("46.20", "46.20", "0.00"),
    "2080506": ("23.00", "23.00", "0.00"),
    "214": ("178.00", "62.00", "116.00"),
    "21401": ("178.00", "62.00", "116.00"),
    "2140101": ("62.00", "62.00", "0.00"),
    "2140106": ("116.00", "0.00", "116.00"),
}


def without(code: str) -> dict[str, tuple[str, ...]]:
    return {row: texts for row, texts in ROWS.items() if row != code}


def errors(**tables: dict[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    cells = {
        f"{table}[{row}].{name}": text
        for table, rows in tables.items()
        for row, texts in rows.items()
        for name, text in zip(COLUMNS, texts, strict=False)
    }
    return explain(tie_out(make_facts(cells))).of("error")


@pytest.mark.parametrize("code", ["2080506", "2140106"])
@pytest.mark.parametrize(("table", "beside"), [("expenditure", "general_budget"), ("general_budget", "expenditure")])
def test_the_row_is_the_finding(table: str, beside: str, code: str) -> None:
    (told,) = errors(**{table: without(code), beside: ROWS})
    assert told.slip == SLIP
    assert told.repairs == ()
    assert f"漏列“{code} " in told.title
    assert told.title.endswith(f"列{ROWS[code][0]}万元")
    assert {fact.row_code for fact in told.suspects} == {code[:5]}
    assert len(told.checks) == 2


def test_the_table_of_income_lacks_a_row() -> None:
    income = {row: texts[:1] for row, texts in without("2080502").items()}
    (told,) = errors(income=income, expenditure=ROWS)
    assert told.title == "收入决算表漏列“2080502 事业单位离退休”一行，支出决算表列11.10万元"


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param(ROWS | {"2080506": ("23.01", "23.01", "0.00")}, id="another amount"),
        pytest.param(ROWS | {"2080506": ("23.00", "3.00", "20.00")}, id="in another column"),
        pytest.param(without("2080506"), id="no table prints it"),
    ],
)
def test_what_is_not_the_gap_to_the_digit_explains_nothing(beside: dict[str, tuple[str, ...]]) -> None:
    found = errors(expenditure=without("2080506"), general_budget=beside)
    assert found
    assert not [one for one in found if one.slip == SLIP]


@pytest.mark.parametrize("template", TEMPLATES)
def test_clean_accounts_lack_no_row(template: str) -> None:
    for seed in range(3):
        assert not list(lacking_rows(checks_of(to_text(make_department(seed, template)))))
