"""A violated rate that repeats the rate above is told to do so, and a part that repeats its total; nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from benchmarks.passages import facts_of, findings_of

from gouji import Audit

_SECTION = "七、“三公”经费支出决算情况说明"
_TOLD = "可能是照抄上一处"


def _told(text: str) -> str:
    case = {"id": "copied", "year": 2023, "section": _SECTION, "text": text}
    errors = findings_of(facts_of(case)).of("error")
    assert errors, text
    return "".join(finding.message for finding in errors)


@pytest.mark.parametrize(
    ("text", "above"),
    [
        (
            "公车运行费预算20.00万元，决算18.00万元，完成预算的90.00%；"
            "公务接待费预算10.00万元，决算8.00万元，完成预算的90.00%。",
            "公车运行费完成率",
        ),
        (
            "公车运行费18.00万元，比上年减少2.00万元，下降10.00%；公务接待费8.00万元，比上年减少1.00万元，下降10.00%。",
            "公车运行费增减率",
        ),
    ],
)
def test_a_rate_that_repeats_the_one_above(text: str, above: str) -> None:
    told = _told(text)
    assert _TOLD in told
    assert above in told[: told.index(_TOLD)]


@pytest.mark.parametrize(
    "text",
    [
        # 100 % is the rate of many things.
        "公车运行费预算20.00万元，决算20.00万元，完成预算的100%；公务接待费预算10.00万元，决算8.00万元，完成预算的100%。",
        # A rate of another kind.
        "公车运行费18.00万元，比上年减少2.00万元，下降10.00%；公务接待费预算10.00万元，决算8.00万元，完成预算的10.00%。",
        # The same thing, told again.
        "公务接待费预算10.00万元，决算8.00万元，完成预算的90.00%。公务接待费完成预算的90.00%。",
        # Another rate.
        "公车运行费预算20.00万元，决算18.00万元，完成预算的90.00%；公务接待费预算10.00万元，决算8.00万元，完成预算的91.00%。",
    ],
)
def test_a_rate_that_repeats_none(text: str) -> None:
    assert _TOLD not in _told(text)


_TABLE = """宁溪县档案馆2023年度部门决算
一般公共预算财政拨款基本支出决算表
单位：万元
科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数
301\t工资福利支出\t%s\t302\t商品和服务支出\t72.40
30101\t基本工资\t60.00\t30201\t办公费\t42.10
30102\t津贴补贴\t40.00\t30202\t印刷费\t0.00
30103\t奖金\t0.00\t30211\t差旅费\t30.30
\t\t\t30299\t其他商品和服务支出\t%s
人员经费合计\t\t100.00\t公用经费合计\t\t72.40
"""


def test_a_part_that_repeats_its_total(audit_text: Callable[[str], Audit]) -> None:
    """It should be 0; that other accounts are 0 too says nothing."""
    (error,) = audit_text(_TABLE % ("100.00", "72.40")).findings.of("error")
    assert error.suspects[0].row_code == "30299"
    assert "可能是误填合计数" in error.message
    assert "相互印证" not in error.message


def test_another_amount_repeats_no_total(audit_text: Callable[[str], Audit]) -> None:
    (error,) = audit_text(_TABLE % ("100.00", "27.40")).findings.of("error")
    assert "误填合计数" not in error.message
