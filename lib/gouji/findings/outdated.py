"""A passage or a table with figures of another year or version, as one finding."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.fact import Part
from gouji.findings import wording
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding, Repair, one_a_print
from gouji.findings.form import named
from gouji.findings.identity import finding_id
from gouji.findings.of_cause import basis_of, gravest, leading_of
from gouji.intervals import unscaled
from gouji.repair.cause import Suspect
from gouji.repair.outdated import Outdated
from gouji.repair.shifted import NARRATIVE

#: The name of the slip.
SLIP = "另一年度或版本的数字"


def outdated_finding(found: Outdated, checks: Checks) -> Finding:
    """Returns the finding on a passage or a table whose figures are those of another year or version. If either of two
    tables may be, the figures of both are its suspects."""
    facts = found.facts if found.sure else (*found.facts, *found.against)
    repairs = tuple(
        Repair(fact, wording.plain(unscaled(found.values[fact.id], fact.figure.unit), fact, checks))
        for fact in found.facts
        if found.sure and fact.id in found.values
    )
    leading = leading_of(found.conflicts)
    return Finding(
        id=finding_id("", facts, checks),
        rule=leading.id,
        severity=gravest(found.conflicts),
        title=_title(found, checks),
        message=_message(found, repairs, checks),
        suspects=facts,
        candidates=tuple(Suspect(fact, found.values.get(fact.id) if found.sure else None) for fact in facts),
        located=found.sure,
        checks=found.conflicts,
        corroborating=found.against if found.sure else (),
        repairs=repairs,
        slip=SLIP if found.sure else "",
        basis=basis_of([leading, *(check.rule for check in found.conflicts)]),
    )


def _title(found: Outdated, checks: Checks) -> str:
    at, others = _place(found, checks), "、".join(_sources(found, checks))
    count = len(one_a_print(found.facts))
    if found.sure:
        return f"{at}所列{count}个数字与{others}均不一致，疑为另一年度或另一版本的数字"
    return f"{at}与{others}各数均不一致，疑有一处为另一年度或另一版本的数字，哪一处有误须核对账表"


def _message(found: Outdated, repairs: tuple[Repair, ...], checks: Checks) -> str:
    at, others = _place(found, checks), "、".join(_sources(found, checks))
    facts, against = one_a_print(found.facts), one_a_print(found.against)
    conflicts = checks.distinct(found.conflicts)
    agreeing = f"只有{found.agreeing}个相符" if found.agreeing else "没有一个相符"
    message = (
        f"{at}所列{len(facts)}个数字与{others}都不一致，{agreeing}，而彼此之间相符，"
        f"由此有{len(conflicts)}项勾稽关系不成立：{wording.algebras(conflicts, checks)}。"
    )
    if not found.sure:
        return (
            f"{message}{others}各数彼此也相符，没有第三处可以对照，不能判断哪一处是另一年度或另一版本的数字，"
            f"须按账表核对。{at}所列：{named(facts, len(facts))}；与之相对：{named(against, len(against))}。"
        )
    should = {repair.fact.id: f"，应为{repair.value}{repair.fact.figure.unit}" for repair in repairs}
    told = "；".join(f"{named([fact])}{should.get(fact.id, '')}" for fact in facts)
    return (
        f"{message}疑为整段（整表）沿用了另一年度或另一版本的数字，须按账上数字整体更正，"
        f"据以计算的占比、完成率和增减也须重算：{told}。与之相对：{named(against, len(against))}。"
    )


def _place(found: Outdated, checks: Checks) -> str:
    """Returns the name of the table, or the places of the passage."""
    if found.table:
        return table_name(found.table, checks)
    places = list(dict.fromkeys(fact.where for fact in found.facts))
    return places[0] if len(places) == 1 else f"{places[0]}至{places[-1]}"


def _sources(found: Outdated, checks: Checks) -> list[str]:
    """Returns the names of the places that contradict it."""
    said = "情况说明其他段落" if found.facts[0].part is Part.NARRATIVE else "情况说明"
    return [said if one == NARRATIVE else table_name(one, checks) for one in found.sources]
