"""Questions on rows that a table of the account must have: those of 款 and 项, and the total."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.fact import Facts, RecognisedTable, Status
from gouji.reference.classification import accounts
from gouji.review.disclosure.passages import clear
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome

#: Digits of a code by its level.
_CLASS, _GROUP, _ITEM = 3, 5, 7
_MOST = 5
#: Tables that print the same items.
_OTHERS = ("expenditure", "income", "general_budget")
#: A table of fewer rows may be an excerpt, and needs no total.
_ROWS = 3


def levels(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each table of `items`. It asks if the table prints no 项, 项 without 款 above them,
    or a 款 without the 项 that another table prints below it."""
    for table in _tables_read(rule, material.facts):
        lengths = {len(code) for code in table.codes}
        label = table.label or table.name
        above, below = _absent_groups(table), _absent_items(table, material.facts)
        if not lengths & {_CLASS, _GROUP}:
            continue
        if _ITEM not in lengths:
            level = "款" if _GROUP in lengths else "类"
            title = f"{label}为何只列到{level}级科目，没有项级科目？"
            message = f"《{table.name}》有金额，所列科目只到{level}级。支出按功能分类应当公开到项级；请核对并补充公开。"
        elif above:
            named = "、".join(f"{code}{f'“{name}”' if (name := _name(code)) else ''}" for code in above[:_MOST])
            more = f"等{len(above)}个" if len(above) > _MOST else ""
            title = f"{label}为何没有款级科目{named}{more}的合计行？"
            message = (
                f"《{table.name}》列有{named}{more}之下的项级科目，没有列这一款；各级科目应当逐级列示，请核对是否遗漏。"
            )
        elif below:
            group, item, other = below
            title = f"{label}款级科目{group}“{_name(group)}”之下为何没有项级科目？"
            message = (
                f"《{table.name}》列有{group}的金额，其下没有一项；"
                f"{other.label or other.name}列有{item}“{_name(item)}”。各级科目应当逐级列示，请核对是否遗漏一行。"
            )
        else:
            yield clear(rule, label)
            continue
        yield Observation(rule, label, Outcome.RAISED, title, message)


def totals(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each table of `items`. It asks if the table has no row for its total. A row that is
    there and blank is a matter of `form.blank_total`."""
    facts = material.facts
    for item in rule.items:
        table = facts.tables[item.table]
        if not _is_read(table, facts) or len(table.codes) < _ROWS:
            continue
        label = table.label or table.name
        if any(row in item.cells for row in facts.rows(table.key)):
            yield clear(rule, label)
            continue
        yield Observation(
            rule,
            label,
            Outcome.RAISED,
            f"{label}为何没有{item.name}行？",
            f"《{table.name}》列有{len(table.codes)}行科目，没有读到{item.name}行，各科目之和无从核对；"
            "请核对是否遗漏，并补充公开。",
        )


def _tables_read(rule: DisclosureRule, facts: Facts) -> Iterator[RecognisedTable]:
    tables = (facts.tables[item.table] for item in rule.items)
    return (table for table in tables if _is_read(table, facts))


def _is_read(table: RecognisedTable, facts: Facts) -> bool:
    """True if every row with a figure is known: then none of the unknown rows can be one that seems to be lacking."""
    return table.status is Status.FOUND and not facts.unknown(table.key)


def _absent_groups(table: RecognisedTable) -> list[str]:
    """Returns the 款 of printed 项 that the table does not print."""
    groups = dict.fromkeys(code[:_GROUP] for code in table.codes if len(code) == _ITEM)
    return [code for code in groups if code not in table.codes]


def _absent_items(table: RecognisedTable, facts: Facts) -> tuple[str, str, RecognisedTable] | None:
    """The first 款 with an amount below which the table prints no 项 and another table does; that 项, that table."""
    parents = {code[:_GROUP] for code in table.codes if len(code) == _ITEM}
    for group in (code for code in table.codes if len(code) == _GROUP and code not in parents):
        cell = facts.get(table.key, group, "total")
        if cell is None or not cell.amount or cell.repeated:
            continue
        for other in (facts.tables[key] for key in _OTHERS if key != table.key):
            item = next((code for code in other.codes if len(code) == _ITEM and code.startswith(group)), None)
            if item and _is_read(other, facts):
                return group, item, other
    return None


def _name(code: str) -> str:
    return next((one.name for one in accounts().get(code, ())[-1:]), "")
