"""Makes the ids of findings. They rest on meanings, never on values or lines, so they are stable across runs and
unrelated edits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from gouji.checks.check import Checks
from gouji.facts.fact import Fact


def finding_id(rule: str, facts: Sequence[Fact], checks: Checks) -> str:
    """Returns the id of a finding on `facts`. `rule` distinguishes it from others on the same figures; "" if there are
    none."""
    return digest("|".join([*([rule] if rule else []), *sorted(_key(fact, checks) for fact in facts)]))


def row_id(rule: str, fact: Fact) -> str:
    """Returns the id of a finding on the row in which a cell stands."""
    return digest(f"{rule}|{fact.concept.table}[{fact.concept.row}]")


def digest(text: str) -> str:
    """Returns a short id for a text."""
    return "F-" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def _key(fact: Fact, checks: Checks) -> str:
    """Returns a fact's meaning and section, and its number among the facts that share both."""
    alike = [one.id for one in checks.facts if one.concept == fact.concept and one.where == fact.where]
    return f"{fact.concept.path}@{fact.where if fact.target else ''}#{alike.index(fact.id)}"
