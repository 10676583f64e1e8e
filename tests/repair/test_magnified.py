"""A table whose unit line is wrong: one finding, not one for each of its figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import TESTS
from gouji import Audit
from gouji.checks.tie_out import tie_out
from gouji.fictitious.departments.make import make_department
from gouji.fictitious.departments.render import to_text
from gouji.findings.magnitude import SLIP
from gouji.memo.html import render_memo
from gouji.repair.magnified import magnified_tables
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts
from support.texts import checks_of

CASES = load_yaml((TESTS / "cases" / "magnified.yaml").read_text(encoding="utf-8"))


def _with_unit(text: str, number: str, unit: str) -> str:
    """The text with another unit on the table of that number."""
    before, number, table = text.partition(number)
    stated = next(one for one in ("单位：万元", "单位：元") if one in table)
    return before + number + table.replace(stated, f"单位：{unit}", 1)


@pytest.mark.parametrize("template", ["national2022", "national2020yuan", "hunan2023"])
@pytest.mark.parametrize("number", ["公开03表", "公开05表"])
def test_wrong_unit_is_one_finding(template: str, number: str, audit_text: Callable[[str], Audit]) -> None:
    text = to_text(make_department(5, template))
    unit = "元" if "单位：万元" in text else "万元"
    found = audit_text(_with_unit(text, number, unit))
    clean = {one.id for one in audit_text(text).findings.findings}
    (error,) = [one for one in found.findings.of("error") if one.id not in clean]
    assert error.slip == SLIP
    assert number in error.title
    assert f"单位行“{unit}”疑误，应为“{'万元' if unit == '元' else '元'}”" in error.message
    assert error.title in render_memo(found)
    assert error.suspects == ()
    (line,) = error.quotes
    assert line.text.removeprefix("金额") == f"单位：{unit}"
    assert found.to_json()["findings"]
    assert error not in found.findings.in_narrative()


@pytest.mark.parametrize("template", ["national2022", "national2020yuan", "hunan2023"])
@pytest.mark.parametrize("first", [0, 3])
def test_several_wrong_units_are_one_finding(template: str, first: int, audit_text: Callable[[str], Audit]) -> None:
    """All nine tables, which hold against each other, or the last six: each unit line is a place of the finding."""
    text = to_text(make_department(3, template))
    right = "万元" if "单位：万元" in text else "元"
    wrong = {"万元": "元", "元": "万元"}[right]
    head, *parts = text.split(f"单位：{right}")
    units = [right if at < first else wrong for at in range(len(parts))]
    found = audit_text(head + "".join(f"单位：{unit}{part}" for unit, part in zip(units, parts, strict=True)))
    (error,) = found.findings.of("error")
    (one,) = magnified_tables(found.checks)
    assert error.slip == SLIP
    assert len(error.quotes) == len(one.tables) > 3
    assert {line.text.removeprefix("金额") for line in error.quotes} == {f"单位：{wrong}"}
    assert f"等{len(one.tables)}张表各数与{'其他表' if first else '情况说明'}相差10000倍" in error.title
    assert ("也可能是情况说明的单位有误" in error.message) is (first == 0)
    assert error.title in render_memo(found)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_tables_in_a_wrong_unit(case: dict[str, Any]) -> None:
    facts = make_facts(case["printed"], statements=case.get("statements", ()))
    found = [
        {
            "tables": [*one.tables],
            "power": one.power,
            "meant": one.meant,
            "figures": [fact.concept.path for fact in one.figures],
            "conflicts": len(one.conflicts),
        }
        for one in magnified_tables(tie_out(facts))
    ]
    assert found == case["found"]


def test_true_tables_and_a_single_slip_are_none() -> None:
    text = to_text(make_department(5, "national2022"))
    assert not list(magnified_tables(checks_of(text)))
    one = next(
        line for line in text.split("\n") if line.strip().replace(",", "").replace(".", "").isdigit() and "." in line
    )
    assert not list(magnified_tables(checks_of(text.replace(one, one.replace(".", ""), 1))))


def test_amounts_finer_than_their_unit_are_told_together(audit_text: Callable[[str], Audit]) -> None:
    text = (
        "某局2023年度部门决算\n第二部分 2023年度部门决算表\n财政拨款“三公”经费支出决算表\n公开07表\n单位：元\n"
        "项目\t预算数\t决算数\n合计\t97.680000\t71.630039\n1.因公出国（境）费\t0.000000\t0.000000\n"
        "2.公务用车购置及运行维护费\t62.720000\t44.979246\n3.公务接待费\t34.960000\t26.650793\n"
    )
    told = [one for one in audit_text(text).findings.findings if one.rule == "form.unreadable"]
    assert len(told) == 1
    assert "单位行“元”疑误" in told[0].message
