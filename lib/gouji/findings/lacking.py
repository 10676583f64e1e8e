"""Makes the finding on a row that a table lacks: names it, with its amount, at the sum that lacks it."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.shown import shown_amount
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding
from gouji.findings.identity import digest
from gouji.repair.lacking import Lacking

#: The name of the slip.
SLIP = "漏行"


def lacking_finding(found: Lacking, checks: Checks) -> Finding:
    """Returns the finding on a row that a table lacks."""
    leading = found.conflicts[0].rule
    at, beside = table_name(found.table, checks), table_name(found.beside, checks)
    row = f"“{found.code} {found.printed[0].row_name}”"
    parent = f"“{found.sums[0].row_code} {found.sums[0].row_name}”"
    off = "；".join(dict.fromkeys(checks.algebra(check) for check in found.conflicts))
    return Finding(
        id=digest(f"{SLIP}|{found.table}[{found.code}]"),
        rule=leading.id,
        severity="error",
        title=f"{at}漏列{row}一行，{beside}列{shown_amount(found.printed[0])}",
        message=(
            f"{beside}列有{row}{_amounts(found)}，{at}没有这一行，"
            f"而其上级科目{parent}与下级各科目之和相差的正是该行的金额：{off}。"
            f"须按账上科目补列该行。"
        ),
        suspects=found.sums[:1],
        located=True,
        checks=found.conflicts,
        corroborating=tuple(fact for fact in found.printed if fact.amount),
        slip=SLIP,
        basis=tuple({basis.id: basis for check in found.conflicts for basis in check.rule.basis}.values()),
    )


def _amounts(found: Lacking) -> str:
    return "、".join(f"{fact.column_name}{shown_amount(fact)}" for fact in found.printed if fact.amount)
