"""Makes the finding on rows that print each other's amounts."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.findings import wording
from gouji.findings.finding import Finding, Repair
from gouji.findings.form import named
from gouji.findings.identity import finding_id
from gouji.intervals import unscaled
from gouji.repair.cause import Suspect
from gouji.repair.displaced import CodedRow, Displaced

#: The number of rows that are named one by one.
_TOLD = 6
#: So many rows are told in one sentence.
_FEW = 2
#: The name of the slip.
SLIP = "错行"


def displaced_finding(found: Displaced, checks: Checks) -> Finding:
    """Returns the finding on rows that print each other's amounts."""
    facts = tuple(fact for fact in found.figures if not fact.blank)
    repairs = tuple(
        Repair(fact, wording.plain(unscaled(found.values[fact.id], fact.figure.unit), fact, checks))
        for fact in facts
        if fact.id in found.values and found.sure
    )
    leading = found.conflicts[0].rule
    return Finding(
        id=finding_id("", facts, checks),
        rule=leading.id,
        severity="error",
        title=_title(found, checks),
        message=_message(found, checks),
        suspects=facts,
        candidates=tuple(Suspect(fact, found.values.get(fact.id)) for fact in facts),
        located=found.sure,
        checks=found.conflicts,
        repairs=repairs,
        slip=SLIP,
        basis=tuple({basis.id: basis for check in found.conflicts for basis in check.rule.basis}.values()),
    )


def table_name(table: str, checks: Checks) -> str:
    """Returns the document's name of a table."""
    known = checks.facts.table(table)
    return known.label or known.name


def _title(found: Displaced, checks: Checks) -> str:
    first, true = found.moved[0]
    at = table_name(found.table, checks)
    if found.exchanged:
        where = at if found.sure else f"{at}或{table_name(found.beside, checks)}"
        return f"{where}“{true.name}”与“{first.name}”两行金额互换"
    if found.slipped and len(found.moved) == 1:
        return f"{at}“{true.name}”的金额错列在“{first.name}”行"
    if not found.whole:
        return f"{at}金额与科目错行，“{first.name}”等{len(found.moved)}行所列是其他科目的金额"
    return f"{at}自“{first.name}”行起金额与科目错行，{len(found.moved)}行所列是其他科目的金额"


def _message(found: Displaced, checks: Checks) -> str:
    at = table_name(found.table, checks)
    told = [f"“{row.name}”行列{_amount(row)}，为“{true.name}”的金额" for row, true in found.moved[:_TOLD]]
    # Several rows are a list, one a line.
    rows, end = ("\n" + "；\n".join(told), "。\n") if len(told) > _FEW else ("；".join(told), "。")
    more = f"；\n……共{len(found.moved)}行" if len(found.moved) > _TOLD else ""
    if not found.beside:
        open_ = [fact for fact in found.figures if fact.id not in found.values and not fact.blank]
        more += f"；{named(open_, len(open_))}也须核对" if open_ else ""
        return (
            f"{at}金额依次列在上一行或下一行：{rows}{more}{end}由此有{len(found.conflicts)}项勾稽关系不成立；"
            f"各行金额移到自己的科目后，各级科目之和与其他各处即全部相符。须按账上科目逐行更正{at}。"
        )
    beside = table_name(found.beside, checks)
    if not found.whole:
        return (
            f"{beside}所列的金额，在{at}中不在自己的行，而在相距同样远的另一行：{rows}{more}{end}"
            f"其余各行想必同样错行，只是没有另一张表可以对照；须按账上科目逐行核对{at}整列。"
        )
    if not found.sure:
        return (
            f"{at}与{beside}逐行对照，两行的金额正好相反：{rows}。"
            f"没有第三处可以对照，不能判断是哪一张表列错，须按账上科目核对。"
        )
    if found.exchanged or found.slipped:
        lost = "" if found.exchanged else f"“{found.moved[-1][0].name}”自己的金额没有列出。"
        return (
            f"{at}与{beside}逐行对照：{rows}{more}{end}{lost}"
            f"由此有{len(found.conflicts)}项勾稽关系不成立；各行金额移到自己的科目后即成立。须按{beside}和账上科目更正{at}。"
        )
    return (
        f"{at}与{beside}逐行对照，金额依次相同而科目不同：{rows}{more}{end}"
        f"由此有{len(found.conflicts)}项勾稽关系不成立；各行金额移到自己的科目后即成立，或因该行金额缺失而无从核对。"
        f"须按{beside}和账上科目逐行更正{at}。"
    )


def _amount(row: CodedRow) -> str:
    fact = next((one for one in row.facts if one.amount), row.facts[0])
    return f"{fact.figure.text.strip()}{fact.figure.unit}"
