"""Turns checks into rows of a table: identity, printed values, outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.checks.check import VERDICT_NAMES, Check, Checks, Terms
from gouji.checks.gap import signed_gap
from gouji.findings.naming import spoken_scope
from gouji.intervals import Verdict

#: A row of more figures than this is written without its zeros.
_WIDE = 8
#: A figure in an identity as printed.
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check as a row of a table: its identity with printed values, and its outcome (`kind`: a verdict's value). `gap`
    is its difference as text."""

    title: str
    scope: str
    identity: str
    left: Decimal | None
    right: Decimal | None
    gap: str
    unit: str
    verdict: str
    kind: str
    missing: str


def row_of(check: Check, checks: Checks) -> CheckRow:
    """Returns a check as a row."""
    return CheckRow(
        title=check.rule.title,
        scope=spoken_scope(check, checks),
        identity=identity_in_print(check, checks),
        left=checks.side_value(check, "left") if check.terms else None,
        right=checks.side_value(check, "right") if check.terms else None,
        gap=signed_gap(check, checks),
        unit=checks.unit(check),
        verdict="未填列" if check.blank else VERDICT_NAMES[check.verdict],
        kind=check.verdict.value,
        missing="、".join(check.missing),
    )


def rounding_checks(checks: Checks) -> tuple[CheckRow, ...]:
    """Returns the checks that hold only within rounding."""
    rows = (row_of(check, checks) for check in checks.checks if check.verdict is Verdict.ROUNDING)
    return tuple(replace(row, gap=row.gap.removeprefix("-")) for row in rows)


def merged(rows: Iterable[CheckRow]) -> tuple[CheckRow, ...]:
    """Returns one row for all rows on the same figures, with the titles and scopes of all: one sum is printed in
    several tables, and one rule's sum is another rule's bound."""
    groups: dict[tuple[str, ...], list[CheckRow]] = {}
    for row in rows:
        groups.setdefault(_figures(row), []).append(row)
    return tuple(_merge(group) for group in groups.values())


def _figures(row: CheckRow) -> tuple[str, ...]:
    """Returns the figures of an identity, without its zeros, in an order that does not depend on its sides."""
    found = (Decimal(one.replace(",", "").rstrip(".")) for one in _FIGURE.findall(row.identity))
    return tuple(sorted(f"{one.normalize():f}" for one in found if one))


def _merge(rows: list[CheckRow]) -> CheckRow:
    titles, scopes = (dict.fromkeys(getattr(row, name) for row in rows) for name in ("title", "scope"))
    return replace(rows[0], title="；".join(titles), scope="；".join(scopes))


def identity_in_print(check: Check, checks: Checks) -> str:
    """Returns a check with printed values. A long sum is written without its zeros, which are counted: `5 ≠ 2 +
    3.1（另有21个0）`."""
    if len(check.terms) <= _WIDE or check.per:
        return checks.algebra(check)
    left, right = _without_zeros(check.left, checks), _without_zeros(check.right, checks)
    short = replace(check, left=left, right=right)
    zeros = sum(not checks.facts.facts[number].blank for _, number in {*check.terms} - {*short.terms})
    return checks.algebra(short) + (f"（另有{zeros}个0）" if zeros else "")


def _without_zeros(terms: Terms, checks: Checks) -> Terms:
    """Returns the terms that are not zero; the first term where all are."""
    return tuple(term for term in terms if checks.facts.facts[term[1]].amount) or terms[:1]
