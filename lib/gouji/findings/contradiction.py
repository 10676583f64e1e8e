"""Makes the finding on rows that hold one by one but not together: it shows the rows and their sum, and blames no
cell."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from gouji.checks.check import Checks
from gouji.checks.joint import Contradiction
from gouji.checks.rules import rule
from gouji.facts.fact import Fact
from gouji.findings.finding import Finding
from gouji.findings.identity import finding_id
from gouji.findings.naming import spoken_place
from gouji.intervals import ScaledAmount, unscaled

RULE = "joint.contradiction"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def contradiction_finding(found: Contradiction, checks: Checks) -> Finding:
    """Returns the finding on a contradiction. Its figures are those of its rows, the most frequent first."""
    of = rule(RULE)
    facts = _figures(found, checks)
    return Finding(
        id=finding_id(RULE, facts, checks),
        rule=RULE,
        severity=of.severity,
        title=f"{spoken_place(found.checks[0].scope)}等{len(found.checks)}项勾稽关系不能同时成立",
        message=_message(found, checks),
        suspects=facts,
        located=False,
        checks=found.checks,
        joint=found,
        basis=tuple({basis.id: basis for check in found.checks for basis in (*of.basis, *check.rule.basis)}.values()),
    )


def _figures(found: Contradiction, checks: Checks) -> tuple[Fact, ...]:
    rows = Counter(number for check in found.checks for number in check.fact_ids)
    facts = [checks.facts.facts[number] for number in sorted(rows)]
    return tuple(sorted((fact for fact in facts if fact.amount), key=lambda fact: -rows[fact.id]))


def _message(found: Contradiction, checks: Checks) -> str:
    rows = "；".join(
        f"{_mark(at)}{check.rule.title}（{checks.algebra(check)}）" for at, check in enumerate(found.checks)
    )
    return (
        f"以下各项勾稽关系单独看都在取整误差之内，但没有一组真实数能使它们同时成立：{rows}。{_total(found, checks)}"
        "其中至少有一个数字有误，仅凭勾稽关系不能判断是哪一个。"
    )


def _total(found: Contradiction, checks: Checks) -> str:
    """Returns how the rows add up to the impossible. Returns "" if a percentage is among them: its multiplier means
    nothing to readers."""
    if any(check.per for check in found.checks):
        return ""
    total = "".join(_multiplied(weight, at) for at, weight in enumerate(found.multipliers)).removeprefix("＋")
    unit = checks.unit(found.checks[0])
    gap, allowed = _format_amount(abs(found.residual), unit), _format_amount(found.allowed, unit)
    return f"按 {total} 合并，两边相差{gap}，而各印数取整合计最多允许{allowed}。"


def _mark(at: int) -> str:
    return _CIRCLED[at] if at < len(_CIRCLED) else f"({at + 1})"


def _multiplied(weight: int, at: int) -> str:
    times = "" if abs(weight) == 1 else f"{abs(weight)}×"
    return f"{'－' if weight < 0 else '＋'}{times}{_mark(at)}"


def _format_amount(amount: ScaledAmount, unit: str) -> str:
    return f"{unscaled(int(Fraction(amount)), unit).normalize():f}{unit}"
