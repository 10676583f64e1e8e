"""Says what must be done about a finding, in the same words in all papers."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.fact import Fact
from gouji.facts.shown import in_unit, shown_amount
from gouji.findings.evidence import candidates_of, stands_in_identities
from gouji.findings.finding import Finding, distinct_repairs
from gouji.findings.naming import spoken
from gouji.findings.suggested import print_of, shown_value
from gouji.repair.corrections import only_asks

#: What is asked where no correction can be named: of figures that cannot be told apart, of what is wrong as printed, of
#: what may be right, and of notes.
COMPARE, CORRECT, EXPLAIN, MEND = "核对账表，确定有误的数字后更正", "核对后更正", "核对后更正或说明", "公开时改正"
#: What questions of a family of rules (the first part of their ids) ask for.
_OF_FAMILY = {
    "codes": "说明列支科目，有误的更正",
    "disclosure": "补充公开或说明",
    "form": "补填或说明",
    "reasonableness": "说明，附明细账",
    "reasons": "说明，附有关资料",
    "timing": "说明依据和时点",
    "years": "说明两年差异，有误的更正",
}
#: Limit on the corrections told.
_MOST = 3


def remedy(finding: Finding, checks: Checks) -> str:
    """Returns what must be done about a finding: `更正：第三部分 七（二）公务接待费决算，3万元 → 0.25万元`,
    `核对账表，确定有误的数字后更正`, `说明，附明细账`."""
    if told := _corrections(finding, checks):
        more = f"；等{len(told)}处" if len(told) > _MOST else ""
        blank = all(one.blank for one in finding.suspects)
        asks = "核对是否漏填，漏填的补列" if blank else "核对后更正或说明"
        return f"{'更正' if finding.severity == 'error' else asks}：{'；'.join(told[:_MOST])}{more}"
    if finding.severity == "note":
        return MEND
    if stands_in_identities(finding) and not all(only_asks(check) for check in finding.checks):
        return COMPARE
    if finding.severity == "error":
        return CORRECT
    return _OF_FAMILY.get(finding.rule.partition(".")[0], EXPLAIN)


def _corrections(finding: Finding, checks: Checks) -> list[str]:
    """Returns the corrections in words, each with its figure as printed and as it should be."""
    if finding.repairs:
        return [
            _correction(one.fact, in_unit(shown_value(one.to, one.value, one.fact, finding), one.fact))
            for one in distinct_repairs(finding)
        ]
    if not finding.located or not stands_in_identities(finding):
        return []
    first = candidates_of(finding, checks)[0]
    if not (first.to or first.bounded):
        return [_correction(first.fact, "应为多少须核对账表")]
    known = first.to and (first.value is None or not first.bounded or print_of(first.value, first.fact, finding))
    to = shown_value(first.to, first.value, first.fact, finding) if known else first.bounded or first.to
    return [_correction(first.fact, to)]


def _correction(fact: Fact, to: str) -> str:
    return f"{spoken(fact)}，{'未填列' if fact.blank else shown_amount(fact)} → {to}"
