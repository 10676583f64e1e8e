"""What memo and notebook say of located figures: candidates, testimony, ranges, and what cannot hold together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from openpyxl import load_workbook

import gouji
from conftest import SAMPLE
from gouji import notebook
from gouji.checks.gap import gap
from gouji.checks.joint import judge_jointly
from gouji.fictitious.departments import change_cell, make_department
from gouji.findings.evidence import candidates_of, less_likely_of, stands_in_identities, vouchers_of, why_less
from gouji.findings.finding import Finding
from gouji.findings.model_of import MOST
from gouji.memo.charts.graph_model import graph_of
from gouji.memo.html import render_memo
from gouji.memo.rows import identity_in_print, row_of
from gouji.memo.workbook import write_workbook
from gouji.memo.workbook.plan import LOCATIONS, make_plan
from gouji.repair.weights import load_weights
from support.shapes import SHAPES, audited, audited_department, with_many

Audits = dict[str, gouji.Audit]


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Audits:
    folder = tmp_path_factory.mktemp("shapes")
    return {shape: audited(shape, folder) for shape in SHAPES}


def first(audit: gouji.Audit) -> Finding:
    return audit.findings.findings[0]


def section(audit: gouji.Audit, finding: Finding) -> str:
    """A finding's section of the memo, its tags left out."""
    memo = render_memo(audit)
    found = re.search(rf'<section [^>]*id="{finding.id}">(.*?)</section>', memo, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


def located(audit: gouji.Audit, text: str) -> Finding:
    return next(one for one in audit.findings.findings if one.suspects and one.suspects[0].figure.text.strip() == text)


def weighed(name: str) -> str:
    """A line of the table of weights as the reasons of a candidate tell it."""
    line = load_weights().line(name)
    return f"{line.reason}（{line.weight}）".replace("（-", "（−")


def test_a_candidate_with_its_range(shapes: Audits) -> None:
    candidates = candidates_of(first(shapes["four"]), shapes["four"].checks)
    assert [(one.printed, one.to, one.bounded) for one in candidates] == [
        ("1.95", "1.80", "1.78至1.82万元"),
        ("1.41", "1.26", "1.24至1.28万元"),
        ("1.41", "1.26", "1.24至1.28万元"),
        ("1.72", "1.57", "1.55至1.59万元"),
    ]
    assert all(len(one.testimony) == 1 and one.vouchers == () for one in candidates)
    assert candidates[0].reasons == weighed("table")


def test_every_end_of_a_range_makes_all_checks_hold(shapes: Audits) -> None:
    """Printed at either end, a lone candidate leaves its sum within rounding; one last digit beyond, it does not."""
    finding, checks = first(shapes["four"]), shapes["four"].checks
    (check,) = finding.checks
    candidates = candidates_of(finding, checks)
    assert len(candidates) == 4
    for one in candidates:
        assert one.low is not None
        assert one.high is not None
        sign = next(sign for sign, fact in check.terms if fact == one.fact.id)
        assert one.fact.figure.value is not None
        for end, step in ((one.low, Decimal("-0.01")), (one.high, Decimal("0.01"))):
            moved = [int((value - one.fact.figure.value).scaleb(10)) * sign for value in (end, end + step)]
            assert abs(check.residual + moved[0]) <= check.tolerance < abs(check.residual + moved[1])


def test_a_single_value_has_no_range(sample: gouji.Audit) -> None:
    (basic,) = candidates_of(located(sample, "270.91"), sample.checks)
    assert (basic.to, basic.low, basic.high, basic.bounded) == ("270.90", Decimal("270.90"), Decimal("270.90"), "")
    assert basic.reasons == f"{weighed('table')}；{weighed('exact_gained')}；{weighed('slip')}"
    (share,) = candidates_of(located(sample, "24.78%"), sample.checks)
    assert (share.to, share.low, share.high) == ("24.79%", Decimal("24.79"), Decimal("24.79"))


def test_less_likely_figures_say_why(sample: gouji.Audit) -> None:
    finding = located(sample, "24.78%")
    others = less_likely_of(finding, sample.checks)
    assert [(one.fact.named, one.to, one.bounded) for one in others] == [
        ("第三部分 六 · 财政拨款基本支出决算", "", "162.01万元"),
        ("第三部分 六 · 公用经费决算", "", "40.15万元"),
    ]
    assert all(load_weights().line("print_lost").reason in why_less(one, finding) for one in others)
    assert [len(one.vouchers) for one in others] == [4, 3]


def test_vouchers_are_those_of_the_finding(shapes: Audits, sample: gouji.Audit) -> None:
    compared = [
        (vouchers_of(finding.suspects[0], finding, audit.checks), finding.vouchers)
        for audit in (*shapes.values(), sample)
        for finding in audit.findings.findings
        if finding.located and stands_in_identities(finding) and not finding.suspects[0].blank
    ]
    assert len(compared) > 3
    assert [found for found, _ in compared] == [told for _, told in compared]


def test_long_sums_are_told_without_zeros(shapes: Audits) -> None:
    audit = shapes["located"]
    rows = [identity_in_print(check, audit.checks) for check in first(audit).checks]
    assert any(row.endswith("+ 424971.68（另有22个0）") for row in rows)
    assert all(" 0.00" not in row for row in rows if "另有" in row)
    short = next(check for check in audit.checks.made() if len(check.terms) == 3)
    assert identity_in_print(short, audit.checks) == audit.checks.algebra(short)


def test_rows_and_gaps(sample: gouji.Audit) -> None:
    checks = sample.checks
    (violated,) = located(sample, "24.78%").checks
    row = row_of(violated, checks)
    assert (row.verdict, row.gap, row.unit) == ("不符", "-0.01个百分点", "%")
    assert gap(violated, checks) == "0.01个百分点"
    exact = next(check for check in checks.made() if check.terms and not check.residual)
    assert gap(exact, checks) == ""


def test_memo_of_a_located_figure(shapes: Audits) -> None:
    text = section(shapes["located"], first(shapes["located"]))
    assert "所依据的勾稽关系：5项不成立" in text
    assert "-9,916,089.26元 → 9,916,089.26元" in text
    assert "可能取值" not in text, "the value is printed elsewhere"
    assert "相互印证：公开" in text
    vouched = section(shapes["vouched"], first(shapes["vouched"]))
    assert "所依据的勾稽关系：2项不成立；更正后另1项的尾差消失" in vouched
    assert "公布数的相互印证：1项勾稽关系按公布数成立：合计行 = 各科目之和（" in vouched
    assert "：92.44 = 6.14 + 2.70 + 76.83 + 6.75。" in vouched


def test_memo_of_what_cannot_be_told_apart(shapes: Audits) -> None:
    text = section(shapes["four"], first(shapes["four"]))
    assert "若有误的只是其中一个，则" in text
    assert "公开06表30304“抚恤金”的决算数 1.41 1.26 1.24至1.28万元 0" in text
    crowded = with_many(shapes["located"])
    count = len(first(crowded).suspects)
    many = section(crowded, first(crowded))
    assert f"其余{count - 20}个可能有误的数字见工作底稿“定位”表" in many


def test_memo_of_less_likely_figures(sample: gouji.Audit) -> None:
    text = section(sample, located(sample, "24.78%"))
    assert (
        "可能性较小的另2处 位置 公布数 应为 可能性较小的原因 第三部分 六的财政拨款基本支出决算 162万元 162.01万元"
        in text
    )


def test_memo_of_a_contradiction(shapes: Audits) -> None:
    finding = first(shapes["contradictory"])
    assert finding.joint is not None
    text = section(shapes["contradictory"], finding)
    assert "所依据的勾稽关系：各项单独成立，按倍数相加则矛盾 倍数 勾稽关系" in text
    assert "按倍数相加；取整合计最多允许 0.025 万元 0.03 万元 矛盾" in text
    assert "若有误的只是其中一个" not in text


def with_percentage(audit: gouji.Audit) -> gouji.Audit:
    """The audit with a percentage among the checks of its contradiction."""
    finding = first(audit)
    assert finding.joint is not None
    share = next(check for check in audit.checks.made() if check.per)
    checks = (*finding.checks, share)
    joint = replace(finding.joint, checks=checks, multipliers=(*finding.joint.multipliers, 7))
    found = replace(finding, checks=checks, joint=joint)
    return replace(audit, findings=replace(audit.findings, findings=(found,)))


def test_what_does_not_add_up_is_not_added_up(shapes: Audits, tmp_path: Path) -> None:
    """The multiplier of a percentage, which is no sum, says nothing to a reader."""
    audit = with_percentage(shapes["contradictory"])
    text = section(audit, first(audit))
    assert "所依据的勾稽关系：各项单独成立，合在一起矛盾" in text
    assert "倍数" not in text
    assert "没有一组真实数能使它们同时成立" in notebook.joint(audit).text
    graph = graph_of(audit, first(audit))
    assert not any("倍数" in line.verdict for line in graph.lines)
    assert graph.remarks == ("各项单独成立，但没有一组真实数能使它们同时成立。",)
    write_workbook(audit, tmp_path / "book.xlsx")
    sheet, row = load_workbook(tmp_path / "book.xlsx")[LOCATIONS], make_plan(audit).location_rows[first(audit).id]
    assert [sheet[f"{column}{row}"].value for column in "BE"] == [None, None]
    assert sheet[f"C{row + 3}"].value == "含百分比，不能逐项相加；由程序判定不能同时成立。"


def test_memo_of_a_word(tmp_path: Path) -> None:
    path = tmp_path / "spoken.txt"
    said = SAMPLE.read_text(encoding="utf-8").replace("决算数小于年初预算数", "决算数大于年初预算数")
    path.write_text(said, encoding="utf-8")
    spoken = gouji.audit(path)
    text = section(spoken, located(spoken, "大于"))
    assert "建议核对更正： 第三部分 七（一）公务接待费 大于 → 小于" in text


def shown(call: Callable[[gouji.Audit], object], audit: gouji.Audit) -> list[str]:
    """The texts that a call displays, and how many pictures."""
    InteractiveShell.instance()
    with capture_output() as captured:
        call(audit)
    return [output.data.get("text/plain", "") for output in captured.outputs]


def test_weights_are_those_of_the_data() -> None:
    text = notebook.weights().text
    assert f"多{load_weights().decisive}以上" in text
    for line in (*load_weights().kinds, *load_weights().evidence):
        assert line.reason in text


def test_the_notebook_shows_each_error(sample: gouji.Audit) -> None:
    texts = shown(notebook.locations, sample)
    assert sum("Image" in text for text in texts) == len(sample.findings.of("error")) == 3
    assert any("依据的勾稽：4项按公布数不成立" in text for text in texts)
    assert any("更正后，1项尾差分毫不差" in text for text in texts)
    assert any("改动下列各处也能使之成立" in text for text in texts)


def test_the_notebook_shows_other_shapes(shapes: Audits) -> None:
    undecided = "\n".join(shown(notebook.locations, shapes["four"]))
    assert "可能有误的数字，仅凭勾稽不能判断是哪一个" in undecided
    assert "印证：" not in undecided
    contradictory = "\n".join(shown(notebook.locations, shapes["contradictory"]))
    assert "相差0.03万元，而取整合计最多允许0.025万元" in contradictory
    assert "印证：1项勾稽按公布数成立" in "\n".join(shown(notebook.locations, shapes["vouched"]))


def test_nothing_to_locate(tmp_path_factory: pytest.TempPathFactory) -> None:
    clean = audited_department(make_department(1, "items_only"), tmp_path_factory.mktemp("clean") / "clean.txt")
    assert shown(notebook.locations, clean) == ["没有可以定位的错误。"]
    assert notebook.models(clean).text == "没有可以定位的错误。"
    assert "可以同时成立" in notebook.joint(clean).text


def test_models_tell_every_row_of_the_suspects(sample: gouji.Audit, shapes: Audits) -> None:
    text = notebook.models(sample).text
    assert "[尾差] 本年支出合计 = 基本支出" in text
    assert "[不符] 占比 = 该项金额 ÷ 基数：24.78% ≠ 40.16 ÷ 162（= 24.7901%）" in text
    many = with_many(shapes["located"])
    assert f"另有{len(first(many).suspects) - MOST}个存疑的数字" in notebook.models(many).text


def test_the_joint_check_is_told(sample: gouji.Audit, shapes: Audits) -> None:
    free = {one.fact.id for finding in sample.findings.findings for one in finding.candidates}
    joint = judge_jointly(sample.checks, free)
    assert joint.witness is not None
    moved = [fact for fact, value in joint.witness.items() if value != Fraction(0) and fact not in free]
    assert f"{joint.checks}项勾稽联立" in notebook.joint(sample).text
    assert f"只需{len(moved)}个印数在取整误差之内变动" in notebook.joint(sample).text
    assert "不能同时成立，有1组矛盾" in notebook.joint(shapes["contradictory"]).text


def test_hostile_text_is_escaped_in_views(tmp_path_factory: pytest.TempPathFactory) -> None:
    department = change_cell(make_department(24, "hunan2023"), "basic_expenditure[30304].amount", "1.41")
    path = tmp_path_factory.mktemp("hostile") / "hostile.txt"
    audit = audited_department(department, path, lambda text: text.replace("抚恤金", "<b onclick=x>抚恤金"))
    assert "<b onclick" not in render_memo(audit)
    InteractiveShell.instance()
    with capture_output() as captured:
        notebook.locations(audit)
    markup = "".join(output.data.get("text/html", "") for output in captured.outputs)
    assert "抚恤金" in markup
    assert "<b onclick" not in markup + notebook.models(audit).markup
