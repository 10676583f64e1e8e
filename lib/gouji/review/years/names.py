"""Questions on whether an account is compared with documents of the same department."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.labels import normalise
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.years.model import YearRule


def same_department(rule: YearRule, material: Material) -> Iterator[Observation]:
    """Asks if last year's accounts or the budget name another department than this account."""
    for role, other in (("上年决算", material.prior), ("部门预算", material.budget)):
        if other is None:
            continue
        names = normalise(material.facts.department), normalise(other.department)
        if not all(names):
            yield Observation(rule, role, Outcome.UNKNOWN, "", f"本文件或{role}没有写明部门名称")
        elif names[0] in names[1] or names[1] in names[0]:
            yield Observation(rule, role, Outcome.CLEAR)
        else:
            yield Observation(
                rule,
                role,
                Outcome.RAISED,
                f"{role}的部门为“{other.department}”，与本文件的“{material.facts.department}”名称不同",
                f"给出的{role}写明的部门是“{other.department}”，本文件是“{material.facts.department}”。"
                "如为机构更名或合并，与上年、与预算的比较应按调整后的口径；如为误给的文件，请更正参数。",
            )
