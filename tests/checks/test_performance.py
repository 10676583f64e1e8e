"""What sentences tell of a self-evaluation, within themselves and beside what is annexed: `cases/performance.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.intervals import Verdict
from gouji.runtime.yaml_data import load_yaml

CASES: list[dict[str, Any]] = load_yaml((TESTS / "cases" / "performance.yaml").read_text(encoding="utf-8"))
#: The rules that the cases are of.
FAMILIES = ("evaluation", "narrative")
SPENT = "2023年度支出合计1000.00万元，其中：基本支出600.00万元，占60.00%；项目支出400.00万元，占40.00%。"
FORM = """2023年度项目支出绩效自评表
项目名称	旧桥检测经费
主管部门	明水县交通局			实施单位	明水县公路站
项目资金（万元）	年初预算数	全年预算数	全年执行数	分值	执行率	得分
年度资金总额	120.00	115.50	98.60	10	85.37%	8.54
其中：当年财政拨款	120.00	115.50	98.60	—	85.37%	—
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
产出指标	数量指标	检测桥梁数	≥120座	154座	50	50
效益指标	社会效益指标	隐患整改率	≥88%	90%	30	30
满意度指标	服务对象满意度指标	群众满意度	≥90%	91%	10	10
总分					100	98.54"""


def text_of(case: dict[str, Any]) -> str:
    parts = ["明水县交通局2023年度部门决算", "第三部分 2023年度部门决算情况说明", "三、支出决算情况说明", SPENT]
    parts += ["十四、预算绩效情况说明", *case.get("account", "按要求开展了绩效自评。").split("\n")]
    parts += ["第五部分 附件", *([FORM] if case.get("form") else [])]
    if "report" in case:
        parts += [case.get("of", "附件1 2023年度部门整体支出绩效自评报告"), *case["report"].split("\n")]
    return "\n".join(parts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_is_told(case: dict[str, Any]) -> None:
    checks = tie_out(recognise(Document("case.txt", "0" * 64, "utf-8", read_blocks(text_of(case)))))
    found = [one for one in checks.checks if one.verdict is Verdict.CONFLICT]
    raised = {one.rule.id: one.rule.severity for one in found if one.subject in FAMILIES}
    assert raised == case.get("raised", {}), [checks.algebra(one) for one in found]


def test_cases_show_each_rule_they_are_of() -> None:
    rules = {rule for case in CASES for rule in case.get("raised", {})}
    assert rules >= {"evaluation.whole", "evaluation.whole_open"}
