"""Knows which code applies a rule of each kind, and refuses a rule of a kind that no code applies."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.checks import bind, form
from gouji.checks.rules import Rule

#: Kinds whose checks are made where their grounds are found: `tie_out`, `findings.explain`, `findings.contradiction`,
#: `checks.doubled`, `repair.miscoded`.
_ELSEWHERE = frozenset({"cut_off", "blank", "joint", "doubled", "doubled_open", "miscoded"})


def refuse_unbound(rules: Iterable[Rule]) -> None:
    """Raises ValueError, naming the rule, if no code applies its kind: it would check nothing, and nobody would
    notice."""
    for rule in rules:
        if rule.kind not in bind.BINDERS and rule.kind not in form.BINDERS and rule.kind not in _ELSEWHERE:
            raise ValueError(f"{rule.id}: no code follows rules of kind {rule.kind!r}")
