"""Causes to findings: a total left blank, a figure that arithmetic locates, figures that it cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.checks.rules import Basis, Rule, Severity, rule
from gouji.facts.fact import Fact
from gouji.findings import titles, wording
from gouji.findings.bounds import is_rough
from gouji.findings.finding import SEVERITIES, Finding, Repair
from gouji.findings.identity import finding_id, row_id
from gouji.intervals import Verdict, unscaled
from gouji.repair.cause import Cause, Suspect
from gouji.repair.slip_names import NamedSlip, copied_rate, copied_total

#: How many equalities away from a conflict a figure may stand and still be named as corroborating.
_STEPS = 2
_KINDS = ("identity", "statement", "statement_detail", "repeated")
_LAST = len(_KINDS)


def finding_of(cause: Cause, checks: Checks) -> Finding:
    """Returns the finding of a cause."""
    if all(one.fact.blank for one in cause.suspects):
        return _blank_total(cause, checks)
    return _located(cause, checks) if cause.located else _undecided(cause, checks)


def _blank_total(cause: Cause, checks: Checks) -> Finding:
    """Returns the finding on cells of one row that are not filled in although what they sum up is not zero."""
    leading = rule("form.blank_total")
    finding = _bare(cause, checks, leading, leading.severity)
    finding = replace(finding, id=row_id(leading.id, finding.suspects[0]), repairs=_repairs(cause, checks))
    return _worded(finding, wording.blank_total(finding), cause)


def _located(cause: Cause, checks: Checks) -> Finding:
    """Returns the finding on a figure whose change alone makes the checks hold, with its value where the others
    determine it."""
    leading, first = leading_of(cause.conflicts), cause.suspects[0]
    support = _support(cause, checks)
    finding = replace(
        _bare(cause, checks, leading, gravest(cause.conflicts)),
        support=support,
        vouchers=_vouchers(cause, support, checks),
        repairs=_repairs(cause, checks),
        slip=first.slip.name if first.slip else "",
    )
    if first.implied is not None:
        finding = _with_expected(finding, unscaled(first.implied, first.fact.figure.unit), checks)
    copied = _copied(cause.suspects[:1], checks) if "上一处比率" not in finding.slip else ""
    total = copied_total(first.fact, cause.conflicts, checks)
    copied += wording.copied_total(first.fact, total) if total and not finding.slip else ""
    return _worded(finding, wording.located(finding, checks), cause, copied)


def _undecided(cause: Cause, checks: Checks) -> Finding:
    """Returns the finding on figures each of which may be the wrong one."""
    finding = _bare(cause, checks, leading_of(cause.conflicts), gravest(cause.conflicts))
    hint = "".join(wording.hint(one.fact, slip) for one, slip in _hints(cause).values())
    hint += _copied(cause.suspects, checks)
    return _worded(finding, wording.undecided(finding, checks), cause, hint)


def _copied(suspects: Sequence[Suspect], checks: Checks) -> str:
    """Returns the words for suspected rates that repeat the rate above."""
    pairs = [(one.fact, above) for one in suspects if (above := copied_rate(one.fact, checks))]
    return "".join(wording.copied(*pair) for pair in pairs)


def _bare(cause: Cause, checks: Checks, leading: Rule, severity: Severity) -> Finding:
    """Returns a finding with what all findings of a cause have, without its words."""
    facts = tuple(one.fact for one in cause.suspects)
    return Finding(
        id=finding_id("", facts, checks),
        rule=leading.id,
        severity=severity,
        title="",
        message="",
        suspects=facts,
        located=cause.located,
        checks=tuple(cause.conflicts),
        vouchers=_vouchers(cause, (), checks),
        candidates=tuple(cause.suspects),
        less_likely=tuple(cause.others),
        corroborating=_corroborating(cause, checks),
        basis=basis_of([leading, *(check.rule for check in cause.conflicts)]),
    )


def _worded(finding: Finding, said: wording.Said, cause: Cause, slips: str = "") -> Finding:
    """Returns a finding with its words; `slips` are those on slips of the pen that may explain it."""
    title = titles.asked(said.title) if finding.severity == "question" else said.title
    message = said.message + slips + (wording.PARTIAL if cause.partial else "")
    return replace(finding, title=title, message=message, details=said.details + wording.less_likely(cause))


def _with_expected(finding: Finding, value: Decimal, checks: Checks) -> Finding:
    """Returns the finding with the value that its figure should have, and with printed − value."""
    fact = finding.suspects[0]
    known = fact.figure.value is not None
    apart = wording.plain(_stated_value(fact) - value, fact, checks) if known else None
    return replace(finding, expected=wording.plain(value, fact, checks), difference=apart)


def _repairs(cause: Cause, checks: Checks) -> tuple[Repair, ...]:
    """Returns the corrections of a located cause, where the other figures determine them."""
    return tuple(_repair(one, checks) for one in cause.suspects if one.implied is not None) if cause.located else ()


def _hints(cause: Cause) -> dict[int, tuple[Suspect, NamedSlip]]:
    """Returns, by fact id, the only one of several suspects that a slip of the pen would explain. It is told but
    locates nothing."""
    if cause.located:
        return {}
    named = {one.fact.id: (one, one.slip) for one in cause.suspects if one.slip and one.slip.strong}
    return named if len(named) == 1 else {}


def _stated_value(fact: Fact) -> Decimal:
    """Returns the value of a figure, negative where the words say a fall."""
    value = fact.figure.value or Decimal(0)
    return -value if fact.claim and fact.signed < 0 < value else value


def _repair(suspect: Suspect, checks: Checks) -> Repair:
    assert suspect.implied is not None
    unit = suspect.fact.figure.unit
    value = wording.plain(unscaled(suspect.implied, unit), suspect.fact, checks)
    return Repair(suspect.fact, value, is_rough(suspect))


def _support(cause: Cause, checks: Checks) -> tuple[Check, ...]:
    """Returns the rounding differences on the suspect that its correction would make exact. They are evidence too."""
    if not cause.located or cause.suspects[0].implied is None or cause.suspects[0].fact.blank:
        return ()
    suspect = cause.suspects[0]
    change = (suspect.implied or 0) - (suspect.fact.amount or 0)
    return tuple(
        check
        for check in checks.on(suspect.fact)
        if check.verdict is Verdict.ROUNDING
        and check.residual + change * sum(sign for sign, fact in check.terms if fact == suspect.fact.id) == 0
    )


def _vouchers(cause: Cause, support: tuple[Check, ...], checks: Checks) -> tuple[Check, ...]:
    """Returns the equalities that hold with the suspect as printed and compare more than zeros. They support it."""
    if not cause.located:
        return ()
    return tuple(
        check
        for check in checks.on(cause.suspects[0].fact)
        if check.made
        and check.operator == "="
        and check.verdict is not Verdict.CONFLICT
        and check not in support
        and any(checks.facts.facts[number].amount for number in check.fact_ids)
    )


def _corroborating(cause: Cause, checks: Checks) -> tuple[Fact, ...]:
    """Returns the other figures of the conflicts, and for a printed suspect the prints of the same quantity."""
    own = {one.fact.id for one in cause.suspects}
    found = {fact for check in cause.conflicts for fact in check.fact_ids} - own
    frontier = set() if cause.suspects[0].fact.blank or not cause.located else set(found)
    for _ in range(_STEPS):
        frontier = {
            other
            for fact in frontier
            for check in checks.on(fact)
            if check.tie and check.residual == 0 and check.verdict is Verdict.CONSISTENT
            for other in check.fact_ids
            if checks.facts.facts[other].figure.printed and checks.facts.facts[other].amount
        } - found
        frontier -= own
        found |= frontier
    printed = [checks.facts.facts[fact] for fact in sorted(found)]
    return tuple(fact for fact in printed if fact.figure.printed)


def leading_of(conflicts: Sequence[Check]) -> Rule:
    """Returns the rule of the gravest conflict, those on tables before those on sentences."""
    return min(
        (check.rule for check in conflicts),
        key=lambda one: (
            SEVERITIES.index(one.severity),
            _KINDS.index(one.kind) if one.kind in _KINDS else _LAST,
            one.id,
        ),
    )


def gravest(conflicts: Sequence[Check]) -> Severity:
    """Returns the gravest severity of some conflicts."""
    return min((check.rule.severity for check in conflicts), key=SEVERITIES.index)


def basis_of(rules: Iterable[Rule]) -> tuple[Basis, ...]:
    """Returns the bases of some rules, each once."""
    return tuple({basis.id: basis for one in rules for basis in one.basis}.values())
