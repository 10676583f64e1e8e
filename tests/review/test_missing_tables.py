"""Tables that are missing from a file of which a part could not be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji import audit
from gouji.document.text import read_blocks
from gouji.facts.fact import Status
from gouji.review.disclosure.tables import missing
from gouji.review.families import review_rules
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.rules.thresholds import thresholds

SAMPLE = Path(__file__).parents[2] / "data" / "lanshan-employment-2023.txt"


def asked(*anomalies: str, key: str = "summary", text: str = "") -> Observation:
    """What is observed of the sample without a table, read with these remarks; with the blocks of a text, if given."""
    found = audit(SAMPLE)
    tables = {**found.facts.tables, key: replace(found.facts.tables[key], status=Status.MISSING)}
    rule = next(rule for rule, _ in review_rules() if rule.id == "disclosure.tables")
    material = Material(
        replace(found.document, anomalies=anomalies, blocks=read_blocks(text) if text else found.document.blocks),
        replace(found.facts, tables=tables),
        found.checks,
        {name: one.default for name, one in thresholds().items()},
    )
    (observed,) = missing(rule, material)  # type: ignore[arg-type]
    return observed


def test_what_could_not_be_read_is_not_asked_for() -> None:
    assert asked().outcome is Outcome.RAISED
    assert asked("文档含图片1幅，其中如有表格或文字则未读取").outcome is Outcome.RAISED
    damaged = asked("工作表“公开01表”已损坏，未能读取")
    assert damaged.outcome is Outcome.UNKNOWN
    assert "缺少的表可能在其中" in damaged.message


CAPTION = "国有资本经营预算财政拨款支出决算表"


@pytest.mark.parametrize(
    "text",
    [
        f"{CAPTION}\n公开09表\n",
        f"{CAPTION}\n科目编码  科目名称  合计\n",
        f"{CAPTION}  单位：万元\n类款项\n",
        f"{CAPTION}\n注：本表反映国有资本经营预算财政拨款支出。\n",
        f"{CAPTION}\n类款项\n合计\n本单位没有此项支出，故本表无数据。\n",
    ],
)
def test_a_table_that_is_there_by_its_caption_is_not_asked_for(text: str) -> None:
    assert asked(key="state_capital", text=text).outcome is Outcome.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        f"目录\n{CAPTION}\n第三部分  决算情况说明\n本单位没有此项支出，故本表无数据。\n",
        f"目录\n{CAPTION}\n九、名词解释\n",
        f"目录\n{CAPTION}\n收入支出决算总表\n公开01表\n",
        f"本单位编制了{CAPTION}，单位：万元\n",
    ],
)
def test_a_table_named_elsewhere_is_asked_for(text: str) -> None:
    assert asked(key="state_capital", text=text).outcome is Outcome.RAISED
