"""Last year's amount that is this year's to the digit: the year before it is wrong, and no amount."""

from __future__ import annotations

from gouji.checks.check import Check, Checks
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Part
from gouji.findings.finding import Finding
from gouji.findings.identity import finding_id
from gouji.findings.titles import amount
from gouji.findings.wording import algebras
from gouji.immutable import immutable
from gouji.repair.cause import Cause

#: What is told as a slip.
SLIP = "年份误写"
#: Rules that compare an amount with last year's.
_COMPARING = ("change", "rate")


@immutable()
class SlipOfYear:
    """An amount (`said`) told as that of the year before, and the print of this year that it equals (`now`)."""

    said: Fact
    now: Fact


def slip_of_year(cause: Cause, checks: Checks) -> SlipOfYear | None:
    """The suspect of a cause before which the year is wrong; None where there is none."""
    for one in cause.suspects:
        for check in cause.conflicts:
            now = _this_year(one.fact, check, checks)
            if now is not None:
                return SlipOfYear(one.fact, now)
    return None


def _this_year(said: Fact, check: Check, checks: Checks) -> Fact | None:
    """What a check compares an amount of the year before with, if that is the same amount and stands elsewhere: in one
    sentence with it, this year's was copied into last year's place."""
    last = f"{(checks.facts.year or 0) - 1}年"
    claim = said.claim
    if claim is None or claim.measure is not Measure.PRIOR or last not in claim.words or not said.amount:
        return None
    if check.rule.kind not in _COMPARING or said.id not in check.fact_ids:
        return None
    facts = [checks.facts.facts[number] for number in sorted(check.fact_ids - {said.id})]
    same = [one for one in facts if one.amount == said.amount and one.figure.printed]
    beside = any(one.claim and one.claim.sentence == claim.sentence for one in same)
    return None if beside or not same else same[0]


def year_finding(found: SlipOfYear, cause: Cause, checks: Checks) -> Finding:
    """What an auditor is told of a wrong year before an amount."""
    said, year = found.said, checks.facts.year or 0
    leading = cause.conflicts[0].rule
    where = found.now.where if found.now.part is Part.TABLES else found.now.named
    printed = f"{said.row_name}{amount(said)}"
    return Finding(
        id=finding_id("", (said,), checks),
        rule=leading.id,
        severity="error",
        title=f"{said.where}称{year - 1}年{printed}，与{year}年的数字相同，年份应为{year}年",
        message=(
            f"{said.where}称{printed}为{year - 1}年的数字，而{where}所列{year}年的数字是{amount(found.now)}，一字不差；"
            f"按{year - 1}年计算，则{algebras(cause.conflicts, checks)}。金额无误，年份“{year - 1}”疑为“{year}”之误。"
        ),
        suspects=(said,),
        located=True,
        checks=tuple(cause.conflicts),
        corroborating=(found.now,),
        slip=SLIP,
        basis=tuple({basis.id: basis for check in cause.conflicts for basis in check.rule.basis}.values()),
    )
