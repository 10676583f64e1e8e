"""A table changed throughout by one difference, as one finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from gouji.checks.check import Checks
from gouji.facts.fact import Fact, Part
from gouji.findings import wording
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding, Repair, one_a_print
from gouji.findings.form import named
from gouji.findings.identity import finding_id
from gouji.findings.of_cause import basis_of, gravest, leading_of
from gouji.intervals import unscaled
from gouji.repair.cause import Suspect
from gouji.repair.shifted import NARRATIVE, Shifted

#: So many columns, rows or tables are named, and so many figures shown.
_NAMED, _SHOWN = 3, 8


def shifted_finding(found: Shifted, checks: Checks) -> Finding:
    """What an auditor is told of a table that stands alone against others: its cells are the suspects. Of one that may
    as well be right, only the figures that contradict each other."""
    facts = found.facts if found.sure else (*found.contradicted, *found.against)
    leading = leading_of(found.conflicts)
    repairs = tuple(Repair(fact, _value(found, fact, checks)) for fact in found.facts)
    first = repairs[0]
    return Finding(
        id=finding_id("", facts, checks),
        rule=leading.id,
        severity=gravest(found.conflicts),
        title=_title(found, checks),
        message=_message(found, checks),
        details=wording.violated(found.conflicts, checks),
        suspects=facts,
        candidates=tuple(Suspect(fact, found.values.get(fact.id) if found.sure else None) for fact in facts),
        located=found.sure,
        checks=found.conflicts,
        corroborating=found.against if found.sure else (),
        repairs=repairs if found.sure else (),
        expected=first.value if found.sure else None,
        difference=_apart(first.fact, found, checks) if found.sure else None,
        basis=basis_of([leading, *(check.rule for check in found.conflicts)]),
    )


def _title(found: Shifted, checks: Checks) -> str:
    """`公开03表的本年支出合计、项目支出比公开01表均多1.00万元`; of two that contradict each other, that they do."""
    at, others = table_name(found.table, checks), "、".join(_named(found.sources, checks))
    names = _names(found.contradicted)
    if found.sure:
        return f"{at}的{names}比{others}均{_told_apart(found, checks)}"
    return f"{at}与{others}互相矛盾：{names}均相差{_size(found, checks)}，哪一处有误须核对账表"


def _message(found: Shifted, checks: Checks) -> str:
    at, others = table_name(found.table, checks), "、".join(_named(found.sources, checks))
    conflicts, against = checks.distinct(found.conflicts), one_a_print(found.against)
    message = f"{at}与{others}之间{len(conflicts)}项勾稽关系不成立，差额都是{_size(found, checks)}。"
    alone = f"{at}自身各栏各行相加相符"
    if not found.sure:
        return (
            f"{message}{alone}，{others}所列也互相相符，没有第三处可以对照，不能判断是哪一处有误，须按账表核对。"
            f"{at}所列：{named(found.contradicted, _SHOWN)}；与之相对：{named(against, _SHOWN)}。"
        )
    witnesses = "、".join(f"{name}{count}处" for name, count in _witnesses(found, checks))
    vouching = f"，且有{'、'.join(_named(found.vouching, checks))}印证" if found.vouching else ""
    count, apart = len(one_a_print(found.facts)), _told_apart(found, checks)
    return (
        f"{message}{alone}，其余各处（{witnesses}）彼此相符{vouching}，没有一处印证{at}，"
        f"疑{at}单独改动：{_rows(found)}连同各级合计共{count}个数字均{apart}；去掉这一差额，各项勾稽关系即全部成立。"
        f"与之相对：{named(against, _SHOWN)}。须按账上数字更正{at}，不必改动其余各处。"
    )


def _rows(found: Shifted) -> str:
    """The row that the difference comes from: the last, if it is certain down to there."""
    last = found.facts[-1]
    if not last.row_code or set(found.values) != {fact.id for fact in found.facts}:
        return "某一明细"
    return f"“{last.row_code} {last.row_name}”行"


def _names(facts: Sequence[Fact]) -> str:
    """What the cells are: their columns in tables with a row for each code, or without rows, else their rows."""
    coded = (one.row_code or one.concept.row in ("", "total") for one in facts)
    every = [one.column_name if plain else one.row_name for one, plain in zip(facts, coded, strict=True)]
    names = list(dict.fromkeys(name for name in every if name))
    return "、".join(names[:_NAMED]) + (f"等{len(names)}项" if len(names) > _NAMED else "")


def _named(sources: Sequence[str], checks: Checks) -> list[str]:
    return ["情况说明" if one == NARRATIVE else table_name(one, checks) for one in sources]


def _witnesses(found: Shifted, checks: Checks) -> list[tuple[str, int]]:
    """How many figures of each source contradict the table."""
    counted = Counter(
        NARRATIVE if one.part is Part.NARRATIVE else one.concept.table for one in one_a_print(found.against)
    )
    return list(zip(_named(found.sources, checks), (counted[one] for one in found.sources), strict=True))


def _told_apart(found: Shifted, checks: Checks) -> str:
    """`多1.00万元`; `相差1.00万元` where one cell is more and another less."""
    more = {(fact.amount or 0) > found.values[fact.id] for fact in found.contradicted}
    word = "相差" if len(more) > 1 else "多" if more == {True} else "少"
    return f"{word}{_size(found, checks)}"


def _size(found: Shifted, checks: Checks) -> str:
    first = found.contradicted[0]
    return f"{abs(_apart(first, found, checks))}{first.figure.unit}"


def _apart(fact: Fact, found: Shifted, checks: Checks) -> Decimal:
    """Printed less what it is without the difference, in the figure's unit."""
    apart = (fact.amount or 0) - found.values[fact.id]
    return wording.plain(unscaled(apart, fact.figure.unit), fact, checks)


def _value(found: Shifted, fact: Fact, checks: Checks) -> Decimal:
    return wording.plain(unscaled(found.values[fact.id], fact.figure.unit), fact, checks)
