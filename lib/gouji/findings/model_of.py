"""Shows every check that a figure takes part in, as algebra with the printed values, before anything is located."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from gouji.checks.check import VERDICT_NAMES, Check, Checks
from gouji.checks.gap import signed_gap
from gouji.facts.fact import Fact
from gouji.labels import normalise

#: The number of figures shown at once; a place with more must be named more narrowly.
MOST = 12
_SUGGESTED = 3


def figures_at(checks: Checks, where: str) -> list[Fact]:
    """Returns the printed figures, and the blank cells that a check joins, whose place contains all words of `where`
    (separated by spaces)."""
    words = [normalise(word) for word in where.replace("·", " ").split()]
    return [
        fact
        for fact in checks.facts
        if (fact.figure.printed or checks.on(fact)) and all(word in normalise(_place(fact)) for word in words)
    ]


def model_of(checks: Checks, facts: Sequence[Fact]) -> str:
    """Returns each figure with its checks: outcome, rule, identity with printed values and difference. Checks not made
    say why."""
    return "\n".join(line for fact in facts[:MOST] for line in _list_checks_of(checks, fact))


def nearest(checks: Checks, where: str) -> list[str]:
    """Returns the places whose names are most like `where`, for a message."""
    places = list(dict.fromkeys(_place(fact) for fact in checks.facts if fact.figure.printed))
    return difflib.get_close_matches(where, places, _SUGGESTED, cutoff=0.3)


def _place(fact: Fact) -> str:
    return fact.named if fact.claim is None else f"{fact.named} {fact.figure.text.strip()}"


def _list_checks_of(checks: Checks, fact: Fact) -> Iterable[str]:
    yield f"{fact.named}　印数 {fact.figure.text.strip() or '（空）'}　含义 {fact.concept.path}"
    rows = checks.on(fact)
    if not rows:
        yield "  没有勾稽涉及此数"
    for check in sorted(rows, key=lambda one: (not one.made, one.id)):
        yield _row(checks, check)


def _row(checks: Checks, check: Check) -> str:
    verdict = VERDICT_NAMES[check.verdict]
    if not check.made:
        return f"  [{verdict}] {check.rule.title}：{check.reason or '未作核对'}"
    apart = signed_gap(check, checks) if checks.difference(check) else ""
    return f"  [{verdict}] {check.rule.title}：{checks.algebra(check)}{f'　差 {apart}' if apart else ''}"
