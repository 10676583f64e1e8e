"""What no format may change of an audit."""

from __future__ import annotations

from gouji import Audit


def facts(result: Audit) -> list[tuple[object, ...]]:
    """What the facts say, wherever they stand."""
    return [
        (fact.concept.path, fact.figure.text.strip(), fact.figure.value, fact.figure.unit, fact.amount, fact.where)
        for fact in result.facts
    ]


def findings(result: Audit) -> list[str]:
    """The findings' ids."""
    return [finding.id for finding in result.findings.findings]
