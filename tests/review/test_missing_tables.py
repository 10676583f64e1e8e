"""Tables that are missing from a file of which a part could not be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gouji import audit
from gouji.facts.fact import Status
from gouji.review.disclosure.tables import missing
from gouji.review.families import review_rules
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.rules.thresholds import thresholds

SAMPLE = Path(__file__).parents[2] / "data" / "lanshan-employment-2023.txt"


def asked(*anomalies: str) -> Observation:
    """What is observed of the sample without its first table, read with these remarks."""
    found = audit(SAMPLE)
    tables = {**found.facts.tables, "summary": replace(found.facts.tables["summary"], status=Status.MISSING)}
    rule = next(rule for rule, _ in review_rules() if rule.id == "disclosure.tables")
    material = Material(
        replace(found.document, anomalies=anomalies),
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
