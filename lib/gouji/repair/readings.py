"""Finds the reading of a malformed figure that the rest of the document confirms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Fact
from gouji.facts.recognise import read_as
from gouji.intervals import Verdict
from gouji.runtime.immutable import immutable


@immutable()
class Vouched:
    """A reading with the equalities that hold with it, and with no other reading."""

    value: Decimal
    checks: tuple[Check, ...]


def vouched_reading(facts: Sequence[Fact], checks: Checks) -> Vouched | None:
    """Returns the only reading of a malformed print with which checks hold and none fails; None if there is none, or
    several. `facts` are all that the print states."""
    held = [one for value in facts[0].figure.readings if (one := _try_reading(facts, value, checks)) is not None]
    return held[0] if len(held) == 1 else None


def _try_reading(facts: Sequence[Fact], value: Decimal, checks: Checks) -> Vouched | None:
    read = tie_out(read_as(checks.facts, [fact.id for fact in facts], value))
    on = {check.id: check for fact in facts for check in read.on(fact) if check.made}
    if any(check.verdict is Verdict.CONFLICT for check in on.values()):
        return None
    holding = tuple(check for check in on.values() if _is_evidence(check, facts, read))
    return Vouched(value, holding) if holding else None


def _is_evidence(check: Check, facts: Sequence[Fact], read: Checks) -> bool:
    """True for an equality with non-zero amounts of other prints."""
    others = check.fact_ids - {fact.id for fact in facts}
    return check.operator == "=" and any(read.facts.facts[number].amount for number in others)
