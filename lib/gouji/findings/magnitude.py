"""Tables whose unit is wrong, as one finding."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.fact import Part
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding
from gouji.findings.identity import digest
from gouji.repair.magnified import Magnified
from gouji.review.observation import Quote

#: What is told as a slip.
SLIP = "单位行"
#: So many figures are told one by one.
_TOLD = 3
#: So many tables are named in a title.
_NAMED = 3


def magnified_finding(found: Magnified, checks: Checks) -> Finding:
    """What an auditor is told of tables whose unit is wrong: their unit lines are the suspects, not the figures, which
    are right. Where no line states the unit, it is a question, and they are its places."""
    leading = found.conflicts[0].rule
    names = [table_name(table, checks) for table in found.tables]
    at, of_it = "、".join(names), "该表" if len(names) == 1 else "各表"
    short = at if len(names) <= _NAMED else f"{names[0]}等{len(names)}张表"
    times = 10 ** abs(found.power)
    meant = f"，应为“{found.meant}”" if found.meant else ""
    lines = [(name, checks.facts.table(table).unit_line) for name, table in zip(names, found.tables, strict=True)]
    quotes = tuple(Quote(f"{name} · {SLIP}", *line) for name, line in lines if line)
    alone = _is_only_told(found, checks)
    others, or_else = ("情况说明", "（也可能是情况说明的单位有误）") if alone else ("其他表、情况说明", "")
    told = "、".join(f"{fact.column_name or fact.row_name}{fact.figure.text.strip()}" for fact in found.figures[:_TOLD])
    stated = f"以“{found.unit}”为单位" if quotes else f"没有读到单位行，按“{found.unit}”计"
    slip = f"单位行“{found.unit}”疑误{meant}{or_else}" if quotes else f"单位疑为“{found.meant or '其他'}”"
    return Finding(
        id=digest(f"{SLIP}|{'、'.join(found.tables)}|{found.power}"),
        rule=leading.id,
        severity="error" if quotes else "question",
        title=f"{short}各数与{others.partition('、')[0]}相差{times}倍，{slip.removesuffix(or_else)}",
        message=(
            f"{at}{stated}，所列各数（{told}等{len(found.figures)}处）与{others}的数字相同而单位不同，"
            f"相差{times}倍，由此有{len(found.conflicts)}项勾稽关系不成立。{slip}；"
            f"改正后这些勾稽即成立。须核对{of_it}的单位行。"
        ),
        suspects=() if quotes else found.figures,
        quotes=quotes,
        located=True,
        checks=found.conflicts,
        slip=SLIP,
        basis=tuple({basis.id: basis for check in found.conflicts for basis in check.rule.basis}.values()),
    )


def _is_only_told(found: Magnified, checks: Checks) -> bool:
    """True where no other table, only sentences, speak against the tables: either may be wrong."""
    facts = (checks.facts.facts[number] for check in found.conflicts for number in check.fact_ids)
    return not any(fact.part is Part.TABLES and fact.concept.table not in found.tables for fact in facts)
