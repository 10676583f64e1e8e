"""A clause with the amounts of another thing, as one finding."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.shown import shown_amount
from gouji.findings import wording
from gouji.findings.finding import Finding
from gouji.findings.form import named
from gouji.findings.identity import finding_id
from gouji.findings.naming import joined, spoken_place
from gouji.findings.of_cause import basis_of, gravest, leading_of
from gouji.repair.cause import Suspect
from gouji.repair.misnamed import Misnamed

#: The name of the slip.
SLIP = "项目名称误写"


def misnamed_finding(found: Misnamed, checks: Checks) -> Finding:
    """Returns the finding on a clause whose amounts are all those of another thing. Its amounts are the suspects; no
    correction is proposed, as the name may be wrong, or all of its figures."""
    leading, first = leading_of(found.conflicts), found.facts[0]
    conflicts = checks.distinct(found.conflicts)
    stated = "、".join(shown_amount(fact) for fact in found.facts)
    printed = "、".join(spoken_place(cell.where) for cell in found.printed)
    at = joined(first.where, first.row_name)
    return Finding(
        id=finding_id("", found.facts, checks),
        rule=leading.id,
        severity=gravest(found.conflicts),
        title=f"{at}{stated}与{printed}的金额一字不差，疑为项目名称误写",
        message=(
            f"{at}所列{stated}与{printed}的金额一字不差，而与{named(found.own, len(found.own))}不一致，"
            f"{len(conflicts)}项勾稽关系不成立：{wording.algebras(conflicts, checks)}。"
            "疑为项目名称误写，或误抄了该项的数字，须按账表更正此句。"
        ),
        suspects=found.facts,
        candidates=tuple(Suspect(fact) for fact in found.facts),
        located=True,
        checks=found.conflicts,
        corroborating=found.printed,
        slip=SLIP,
        basis=basis_of([leading, *(check.rule for check in found.conflicts)]),
    )
