"""A table whose unit is wrong, as one finding."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding
from gouji.findings.identity import digest
from gouji.repair.magnified import Magnified
from gouji.review.observation import Quote

#: What is told as a slip.
SLIP = "单位行"
#: So many figures are told one by one.
_TOLD = 3


def magnified_finding(found: Magnified, checks: Checks) -> Finding:
    """What an auditor is told of a table whose unit is wrong: its unit line is the suspect, not the figures, which are
    right. They are suspected where no line states the unit."""
    leading = found.conflicts[0].rule
    at = table_name(found.table, checks)
    times = 10 ** abs(found.power)
    meant = f"，应为“{found.meant}”" if found.meant else ""
    line = checks.facts.table(found.table).unit_line
    quotes = (Quote(f"{at} · {SLIP}", *line),) if line else ()
    told = "、".join(f"{fact.column_name or fact.row_name}{fact.figure.text.strip()}" for fact in found.figures[:_TOLD])
    return Finding(
        id=digest(f"{SLIP}|{found.table}|{found.power}"),
        rule=leading.id,
        severity="error",
        title=f"{at}各数与其他表相差{times}倍，单位行“{found.unit}”疑误{meant}",
        message=(
            f"{at}以“{found.unit}”为单位，所列各数（{told}等{len(found.figures)}处）与其他表、情况说明的数字相同而单位不同，"
            f"相差{times}倍，由此有{len(found.conflicts)}项勾稽不成立。单位行“{found.unit}”疑误{meant}；"
            f"改正后这些勾稽即成立。须核对该表的单位行。"
        ),
        suspects=() if quotes else found.figures,
        quotes=quotes,
        located=True,
        checks=found.conflicts,
        slip=SLIP,
        basis=tuple({basis.id: basis for check in found.conflicts for basis in check.rule.basis}.values()),
    )
