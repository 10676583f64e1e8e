"""Writes the rest of a narrative: running costs, procurement, cars, performance."""

from __future__ import annotations

from gouji.fictitious.departments.facts import NarrativeFacts

PUBLIC = "basic_expenditure[public].amount"
"""公用经费, which is an administrative department's 机关运行经费."""


def further(facts: NarrativeFacts, running: str, procured: str) -> list[str]:
    """Returns the section 其他重要事项, a paragraph each; the texts on 机关运行经费 and 政府采购 are given."""
    return [
        "十、其他重要事项的情况说明",
        "（一）机关运行经费支出情况",
        running,
        "（二）政府采购支出情况",
        procured,
        "（三）国有资产占用情况",
        f"截至{facts.year}年12月31日，{facts.name}共有公务用车{facts.counts['cars']}辆。",
        "（四）预算绩效管理情况",
        f"{facts.name}按要求对{facts.year}年度项目支出开展绩效自评。",
    ]


def no_running_costs(facts: NarrativeFacts) -> str:
    """Returns what an institution writes on 机关运行经费."""
    return f"{facts.name}为事业单位，不在机关运行经费统计范围之内。"


def running_costs(facts: NarrativeFacts, moved: str = "") -> str:
    """Returns what an administrative department writes on 机关运行经费; `moved` follows the amount."""
    return f"{facts.name}{facts.year}年度机关运行经费支出{facts.money(PUBLIC)}{moved}。"
