"""The findings of a run as rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gouji.auditing import Audit
from gouji.checks.check import Check, Checks
from gouji.checks.rules import rule
from gouji.findings.finding import Finding
from gouji.findings.remedy import remedy
from gouji.intervals import MONEY_UNITS, unscaled
from gouji.review.families import review_rule

_NAMED = 3


def finding_rows(audit: Audit) -> list[dict[str, Any]]:
    """Returns one row per finding, in the memo's order."""
    return [{"number": number, **_row(audit, one)} for number, one in enumerate(audit.findings.findings, start=1)]


def _row(audit: Audit, finding: Finding) -> dict[str, Any]:
    decided = audit.dispositions.of(finding)
    of = review_rule(finding.rule) if finding.reviewed else rule(finding.rule)
    return {
        "id": finding.id,
        "rule": finding.rule,
        "rule_title": of.title,
        "kind": of.kind,
        "slip": finding.slip,
        "severity": finding.severity,
        "located": finding.located,
        "title": finding.title,
        "message": finding.full,
        "table": finding.suspects[0].concept.table if finding.suspects else finding.rule.partition(".")[0],
        "place": _place(finding),
        "amount": amount_at_stake(finding, audit.checks),
        "suggestion": remedy(finding, audit.checks).told,
        "basis": "；".join(one.citation for one in finding.basis),
        "disposition": decided.disposition.decision.value if decided else "",
        "disposition_state": decided.state.value if decided else "",
        "disposition_reason": decided.disposition.reason if decided else "",
    }


def amount_at_stake(finding: Finding, checks: Checks) -> Decimal | None:
    """Returns the amount that a finding is about in 元, never negative.

    It is printed less implied where the figure is located, else the largest difference between sums that the finding
    explains. None where it is about a rate, a count, a word or an omission.
    """
    if finding.suspects and all(fact.blank for fact in finding.suspects):
        return None
    if finding.difference is not None:
        unit = finding.suspects[0].figure.unit
        return abs(finding.difference).scaleb(MONEY_UNITS[unit]) if unit in MONEY_UNITS else None
    differences = [abs(check.residual) for check in finding.checks if _of_money(check, checks)]
    return unscaled(max(differences), "元") if differences else None


def _spoken_of(finding: Finding) -> list[str]:
    return [one.where for one in finding.quotes] or [one.scope for one in finding.checks] or [finding.matter]


def _of_money(check: Check, checks: Checks) -> bool:
    return not check.per and bool(check.terms) and checks.unit(check) in MONEY_UNITS


def _place(finding: Finding) -> str:
    """Returns the places of its figures (many: only the first); without figures, the scopes of its checks."""
    named = [fact.named for fact in finding.suspects] or list(dict.fromkeys(_spoken_of(finding)))
    more = f"等{len(named)}处" if len(named) > _NAMED else ""
    return "；".join(named[:_NAMED]) + more
