"""Ids of findings: stable across runs and unrelated edits, made from meanings, never from values or lines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from gouji.checks.check import Checks
from gouji.facts.fact import Fact


def finding_id(rule: str, facts: Sequence[Fact], checks: Checks) -> str:
    """The id of a finding on `facts`; `rule` where that is what sets it apart from others on the same figures."""
    return digest("|".join([*([rule] if rule else []), *sorted(_key(fact, checks) for fact in facts)]))


def row_id(rule: str, fact: Fact) -> str:
    """The id of a finding on the row a cell stands in."""
    return digest(f"{rule}|{fact.concept.table}[{fact.concept.row}]")


def digest(text: str) -> str:
    """A short id of a text."""
    return "F-" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def _key(fact: Fact, checks: Checks) -> str:
    """A fact's meaning and section, and its turn among those that share both."""
    alike = [one.id for one in checks.facts if one.concept == fact.concept and one.where == fact.where]
    return f"{fact.concept.path}@{fact.where if fact.target else ''}#{alike.index(fact.id)}"
