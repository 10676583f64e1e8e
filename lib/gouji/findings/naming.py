"""Names figures in sentences: `公开03表2080106“就业管理事务”的基本支出`, `第三部分 七（二）公务接待费决算`."""

from __future__ import annotations

import re

from gouji.checks.check import Check, Checks
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Part

_CODED = re.compile(r"(?P<code>\d{3,}) (?P<name>.+)")
#: The name of a column of one account (支出一般公共预算财政拨款) under the side of a table.
_SIDED = re.compile(r"^(收入|支出)(.*财政拨款)$")
#: A word may follow the name of a place that ends so; other names need 的 between.
_CLOSED = ("）", "段", "条")


def spoken(fact: Fact) -> str:
    """Returns a figure's place and name as one phrase. Leaves out its measure where its words already say it."""
    if fact.claim is None:
        return spoken_place(fact.where)
    measure = fact.claim.measure
    if measure is Measure.PRIOR:
        return joined(fact.where, f"{fact.row_name}上年数")
    return joined(fact.where, fact.row_name if measure in (Measure.OTHER, Measure.PER_HEAD) else topic(fact))


def spoken_place(where: str) -> str:
    """Returns the place of a cell as one phrase: its table, its row in quotation marks, its column."""
    table, *rest = where.split(" · ")
    if not rest:
        return table
    if len(rest) == 1:
        return f"{table}{_quoted(rest[0])}"
    column = _SIDED.sub(r"\1（\2）", "·".join(rest[1:]))
    return f"{table}{_quoted(rest[0])}的{column}"


def spoken_scope(check: Check, checks: Checks) -> str:
    """Returns what a check is about as one phrase: that of its figure of this name, else of its section or cell."""
    facts = [checks.facts.facts[number] for number in sorted(check.fact_ids)]
    named = next((fact for fact in facts if fact.named == check.scope), None)
    if named is not None:
        return spoken(named)
    where, _, name = check.scope.partition(" · ")
    told = any(fact.part is Part.NARRATIVE and fact.where == where for fact in facts)
    return joined(where, name) if told else spoken_place(check.scope)


def joined(where: str, name: str) -> str:
    """Returns the name of a section and that of a figure as one phrase."""
    if not name:
        return where
    return f"{where}{'' if where.endswith(_CLOSED) else '的'}{name}"


def topic(fact: Fact) -> str:
    """Returns the name of a stated figure: `公务接待费决算`, `就业率` (a rate is not called a share),
    `公务用车保有量` (a number is not called one)."""
    measure = fact.claim.measure if fact.claim is not None else None
    if measure is Measure.COUNT or (measure is Measure.SHARE and fact.row_name.endswith("率")):
        return fact.row_name
    return f"{fact.row_name.removesuffix('有') or fact.row_name}{fact.column_name}"


def beside(other: Fact, fact: Fact) -> str:
    """Returns the place of another figure, as briefly as the first figure's place allows: `公开07表`,
    `20801“人力资源”`, `“基本支出”栏`."""
    if other.part is Part.NARRATIVE:
        name = "" if _subject(other) == _subject(fact) else topic(other)
        if fact.part is Part.NARRATIVE and fact.where == other.where:
            return f"同一部分{name or '另处'}"
        return joined(other.where, name)
    table, *rest = other.where.split(" · ")
    if fact.part is Part.NARRATIVE:
        return table
    own_table, *own = fact.where.split(" · ")
    if table != own_table:
        return table if rest == own else spoken_place(other.where)
    apart = [one for one in rest if one not in own]
    if not apart:
        return "另一栏"
    of_row = rest and rest[0] not in own
    return _quoted(apart[0]) + "".join(f"的{one}" for one in apart[1:]) if of_row else f"{_quoted(apart[0])}栏"


def common_name(one: Fact, other: Fact) -> str:
    """Returns the name that two cells of different tables share: `本年支出合计` of `公开03表 · 合计 · 本年支出合计` and
    `公开01表 · 本年支出合计 · 支出决算数`; "" where there is none."""
    if Part.NARRATIVE in (one.part, other.part):
        return ""
    table, *names = one.where.split(" · ")
    other_table, *other_names = other.where.split(" · ")
    shared = [name for name in names if name in other_names]
    if table == other_table or not shared:
        return ""
    said = [name for name in shared if name != "合计"]
    return "的".join(_quoted(name) if _CODED.fullmatch(name) else name for name in said or shared)


def table_of(fact: Fact) -> str:
    """Returns the name of the table in which a cell stands."""
    return fact.where.split(" · ")[0]


def _quoted(name: str) -> str:
    """Returns the name of a row or column in quotation marks, behind its code."""
    found = _CODED.fullmatch(name)
    code, words = (found["code"], found["name"]) if found else ("", name)
    return f"{code}“{words.replace('“', '‘').replace('”', '’')}”"


def _subject(fact: Fact) -> str:
    return f"{fact.row_name}{fact.column_name}" if fact.part is Part.NARRATIVE else ""
