"""Makes findings on figures of sentences that are no numbers as printed."""

from __future__ import annotations

from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_text
from gouji.findings.finding import Finding, Repair
from gouji.findings.form import named
from gouji.findings.identity import digest
from gouji.findings.naming import spoken
from gouji.repair.readings import Vouched, vouched_reading

#: Of a document with more, nobody can tell what it says: each is named, and nothing looked for that vouches for it.
_MOST = 24


def malformed_finding(check: Check, checks: Checks) -> Finding:
    """Returns the finding on one print, with the reading that the rest of the document confirms."""
    facts = tuple(checks.facts.facts[number] for number in check.concerns)
    few = sum(one.rule.kind == check.rule.kind for one in checks.conflicts()) <= _MOST
    vouched = vouched_reading(facts, checks) if few else None
    said = f"{spoken(facts[0])}印为“{shown_text(facts[0])}”"
    asks = f"，是否应为{_with_unit(vouched.value, facts[0])}？" if vouched else "，应为多少？"
    others = _confirming_figures(vouched, facts, checks) if vouched else ()
    return Finding(
        id=digest(f"{check.rule.id}|{check.scope}"),
        rule=check.rule.id,
        severity=check.rule.severity,
        title=f"{said}{asks}",
        message=f"{said}，不是可辨认的数字，{_word_readings(facts[0], vouched, others)}，与之有关的勾稽关系均未核对。",
        suspects=facts,
        located=True,
        checks=(check,),
        corroborating=others,
        repairs=tuple(Repair(fact, vouched.value) for fact in facts) if vouched else (),
        expected=vouched.value if vouched else None,
        basis=check.rule.basis,
    )


def _word_readings(fact: Fact, vouched: Vouched | None, others: tuple[Fact, ...]) -> str:
    readings = "、".join(_with_unit(value, fact) for value in fact.figure.readings)
    if vouched is None:
        return f"可能是{readings}"
    if len(fact.figure.readings) == 1:
        return f"只能读作{readings}，与其他数字（{named(others)}）相符"
    return f"可能是{readings}，其中只有{_with_unit(vouched.value, fact)}与其他数字（{named(others)}）相符"


def _confirming_figures(vouched: Vouched, facts: tuple[Fact, ...], checks: Checks) -> tuple[Fact, ...]:
    """Returns the figures of the equalities that hold with the reading. Prefers figures that print the same
    quantity."""
    own = {fact.id for fact in facts}
    ties = [check for check in vouched.checks if check.tie] or list(vouched.checks)
    found = dict.fromkeys(number for check in ties for _, number in check.terms if number not in own)
    return tuple(checks.facts.facts[number] for number in found)


def _with_unit(value: Decimal, fact: Fact) -> str:
    return f"{value:f}{fact.figure.unit}"
