"""Puts findings in the order in which every paper lists them: the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.checks.check import Checks
from gouji.facts.fact import Facts
from gouji.findings.displacement import SLIP as DISPLACED
from gouji.findings.finding import SEVERITIES, Finding, Findings
from gouji.intervals import MONEY_UNITS, ScaledAmount, scaled

#: The cells (table, row, column) of the department's own totals. Questions compare amounts with them, but do not ask
#: about them.
_TOTALS = (
    ("summary", "total", "income"),
    ("summary", "total", "expenditure"),
    ("summary", "grand_total", "income"),
    ("summary", "grand_total", "expenditure"),
    ("income", "total", "total"),
    ("expenditure", "total", "total"),
)
#: An amount below this part of the department's total is a slip of the pen rather than a matter of money.
_SLIGHT = 1000
#: The first part of the ids of the rules about form. Their findings come behind others with the same amount.
_FORMAL = ("form.", "disclosure.")


def ordered(findings: Iterable[Finding], checks: Checks) -> tuple[Finding, ...]:
    """Returns the findings by severity, then by the amount at stake, the largest first.

    With the same amount, those about money and events come before those about form and disclosure. Then they come in
    the order of their figures in the document; those about no figure keep the order of their rules. So the order
    depends only on the document and on the rules. Rows that print each other's amounts come before a figure of the
    same table: what it should be depends on them.
    """
    totals, found = _totals(checks.facts), list(findings)
    own = {one.id: _at_stake(one, checks, totals) for one in found}
    ranked = {one.id: max([own[one.id], *(own[other.id] for other in _resting_on(one, found))]) for one in found}
    return tuple(sorted(found, key=lambda one: _key(one, ranked[one.id])))


def at_stake(finding: Finding, checks: Checks) -> ScaledAmount:
    """Returns the amount that a finding is about, in scaled yuan; 0 for one about words, form, rates or numbers.

    For a conflict it is the largest difference: by so much a figure is wrong. Of rows that print each other's amounts,
    sums mean nothing: there it is the largest difference between a figure and its correction. For a question of the
    review it is the largest amount that it asks about. A cell that a question finds blank misstates nothing: its amount
    is 0.
    """
    return _at_stake(finding, checks, _totals(checks.facts))


def foremost(findings: Findings, number: int) -> tuple[Finding, ...]:
    """Returns the findings that a reader should see if no others: errors about money, then questions about money, then
    other errors, then other questions; of several about one amount the first.

    An amount below a thousandth of the department's total counts as none.
    """
    totals = _totals(findings.checks.facts)
    least = max(totals, default=0) // _SLIGHT
    told: dict[object, tuple[bool, int, Finding]] = {}
    for finding in findings.findings:
        amount = _at_stake(finding, findings.checks, totals)
        heavy = amount > least
        if finding.severity != "note":
            about = amount if heavy else finding.id
            told.setdefault(about, (not heavy, SEVERITIES.index(finding.severity), finding))
    return tuple(one for *_, one in sorted(told.values(), key=lambda one: one[:2])[:number])


def _key(finding: Finding, amount: ScaledAmount) -> tuple[int, ScaledAmount, bool, bool, int]:
    first = min((fact.id for fact in finding.suspects), default=10**9)
    formal = finding.rule.startswith(_FORMAL)
    return SEVERITIES.index(finding.severity), -amount, formal, finding.slip != DISPLACED, first


def _resting_on(finding: Finding, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the findings on a figure of a table whose rows print each other's amounts, as the given finding says, so
    that nobody can say what the figure should be."""
    if finding.slip != DISPLACED:
        return
    tables = {fact.concept.table for fact in finding.suspects}
    for one in findings:
        unknown = one.located and one.expected is None and one.severity == finding.severity
        if one is not finding and unknown and one.suspects[:1] and one.suspects[0].concept.table in tables:
            yield one


def _at_stake(finding: Finding, checks: Checks, totals: frozenset[int]) -> ScaledAmount:
    if finding.reviewed:
        amounts = [abs(fact.amount or 0) for fact in finding.suspects if fact.figure.unit in MONEY_UNITS]
        return max((one for one in amounts if one not in totals), default=max(amounts, default=0))
    if finding.slip == DISPLACED and finding.repairs:
        return max(abs(scaled(one.value, one.fact.figure.unit) - (one.fact.amount or 0)) for one in finding.repairs)
    if finding.severity == "question" and finding.suspects and all(fact.blank for fact in finding.suspects):
        return 0
    return max((abs(one.residual) for one in finding.checks if checks.unit(one) in MONEY_UNITS), default=0)


def _totals(facts: Facts) -> frozenset[int]:
    """Returns the amounts printed as the department's totals of income and expenditure, in scaled yuan."""
    found = (facts.get(*cell) for cell in _TOTALS)
    return frozenset(fact.amount for fact in found if fact is not None and fact.amount)
