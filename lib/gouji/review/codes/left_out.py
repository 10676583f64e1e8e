"""Questions on the one account of a table that the narrative's list of accounts leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.checks.narrative.spoken import said, spoken, usable
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts, Status
from gouji.facts.narrative.topics import account_name
from gouji.labels import normalise
from gouji.review.codes.items import amount_of, narrated_items, same_amount
from gouji.review.codes.model import CodeRule
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome

_TABLE, _COLUMN = "general_budget", "total"
#: Digits of a code by its level.
_LEVELS = {"类": 3, "项": 7}
#: So many of a table's accounts, or more, make a list.
_FEWEST = 2


def left_out(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for 类 and one for 项. It asks if the narrative states every account of the table's total
    but one, each with the amount that the table prints."""
    facts = material.facts
    table = facts.tables[_TABLE]
    if table.status is not Status.FOUND or facts.unknown(_TABLE):
        return
    for level, digits in _LEVELS.items():
        cells = {code: cell for code in table.codes if len(code) == digits and (cell := _filled_cell(facts, code))}
        stated = _find_stated_accounts(facts, cells)
        if len(stated) < max(_FEWEST, len(cells) - 1) or not _add_up(facts, cells):
            continue
        absent = next((cell for code, cell in cells.items() if code not in stated), None)
        if absent is None or _is_named(absent, stated.values(), material):
            yield Observation(rule, f"{rule.title}：{level}", Outcome.CLEAR)
            continue
        yield _ask(rule, level, absent, list(stated.values()))


def _ask(rule: CodeRule, level: str, absent: Fact, stated: list[Fact]) -> Observation:
    amount = amount_of(absent)
    where = stated[0].where
    return Observation(
        rule,
        f"{rule.title}：{level}",
        Outcome.RAISED,
        f"{where}逐项说明支出，为何没有列“{absent.row_name}”{amount}？",
        f"{where}所列{len(stated)}个{level}级科目都与决算表相符，其和与支出合计的差额恰为{absent.where}{amount}，"
        "这一科目文中没有列。请核对是否遗漏。",
        (absent.id, *(one.id for one in stated)),
    )


def _is_named(absent: Fact, stated: Iterable[Fact], material: Material) -> bool:
    """True if a sentence states any amount of the account (a wrong one is another matter), or its amount under another
    name, or if the passages with the others name it."""
    claims = spoken(material.facts).claims
    if any((_TABLE, absent.row_code) == (target.table, target.row) for one in claims for target in one.target):
        return True
    items = material.once(narrated_items) if len(absent.row_code) == _LEVELS["项"] else []
    if any(same_amount(amount, absent) for one in items for amount in one.amounts):
        return True
    name = account_name(absent.row_name)
    return any(name in normalise(material.document.blocks[at].text) for at in {one.block for one in stated})


def _filled_cell(facts: Facts, code: str) -> Fact | None:
    cell = facts.get(_TABLE, code, _COLUMN)
    return cell if cell and cell.amount and not cell.repeated else None


def _find_stated_accounts(facts: Facts, cells: dict[str, Fact]) -> dict[str, Fact]:
    """Returns, by code, the sentences that state an account with the amount that the table prints."""
    found: dict[str, Fact] = {}
    for fact in spoken(facts).of(Measure.FINAL):
        for target in fact.target:
            cell = cells.get(target.row) if target.table == _TABLE and target.column == _COLUMN else None
            if cell and usable(fact) and not said(fact).loose and fact.amount == cell.amount:
                found.setdefault(target.row, fact)
    return found


def _add_up(facts: Facts, cells: dict[str, Fact]) -> bool:
    """True if the accounts of a level add up to the table's total."""
    total = facts.get(_TABLE, "total", _COLUMN)
    if total is None or not total.amount:
        return False
    gap = abs(sum(one.amount or 0 for one in cells.values()) - total.amount)
    return gap <= total.radius + sum(one.radius for one in cells.values())
