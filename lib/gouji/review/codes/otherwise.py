"""Questions on names that the narrative gives to an item, its 款 or its 类, where the amount is that of another
account's row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.narrative.topics import account_name
from gouji.reference.classification import accounts
from gouji.review.codes.items import ITEM, NarratedItem, amount_of, item_rows, narrated_items, same_amount
from gouji.review.codes.model import CodeRule
from gouji.review.codes.rows import Printed, printed_codes
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome

#: The digits of a code by its level.
DIGITS = {"类": 3, "款": 5, "项": ITEM}
#: An amount of fewer digits may be that of some row by chance.
_TELLING = 3
_MOST = 6


@dataclass(frozen=True, slots=True)
class _Otherwise:
    """A name of the narrative at a level, the code it belongs to, and the row that prints the final amount."""

    item: NarratedItem
    final: Fact
    level: str
    name: str
    code: str
    row: Printed

    @property
    def right(self) -> str:
        """Returns the code at this level of the row that prints the amount."""
        return self.row.code[: DIGITS[self.level]]


def narrated_otherwise(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about names of other accounts than the row that alone prints the item's amount; one matter."""
    items = material.once(narrated_items)
    if not items:
        return
    printed = {row.code: row.name for row in material.once(printed_codes)}
    found = [one for each in items for one in _find_otherwise(each, material.once(item_rows), printed)]
    if not found:
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    first = found[0]
    more = f"等{len(found)}处" if len(found) > _MOST else ""
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{first.item.quote.where}为何写作“{first.name}（{first.level}）”，"
        f"{amount_of(first.final)}在决算表中是{_code_and_name(first.row.code, printed)}？",
        "；".join(_describe(one, printed) for one in found[:_MOST]) + f"{more}。须核对文中的科目名称。",
        tuple(dict.fromkeys(one.final.id for one in found)),
        quotes=tuple({one.item.quote.place: one.item.quote for one in found}.values()),
    )


def _describe(one: _Otherwise, printed: Mapping[str, str]) -> str:
    shown = f"所列{amount_of(one.final)}为{_code_and_name(one.row.code, printed)}"
    above = "" if one.level == "项" else f"，其{one.level}为{_code_and_name(one.right, printed)}"
    return f"{one.item.quote.where}“{one.name}（{one.level}）”是{one.code}，决算表{shown}{above}"


def _code_and_name(code: str, printed: Mapping[str, str]) -> str:
    name = printed.get(code) or next((one.name for one in accounts().get(code, ())[-1:]), "")
    return f"{code}“{name}”"


def _find_otherwise(item: NarratedItem, rows: Sequence[Printed], printed: Mapping[str, str]) -> Iterator[_Otherwise]:
    final, row = _final_and_row(item, rows)
    if final is None or row is None:
        return
    for level, name in (("类", item.kind), ("款", item.group), ("项", item.name)):
        digits, plain = DIGITS[level], account_name(name)
        codes = codes_by_name().get((digits, plain), ()) if name else ()
        shown = account_name(printed.get(row.code[:digits], ""))
        # A name that some row has is tied to that row's amount.
        elsewhere = level == "项" and any(account_name(one.name) == plain for one in rows)
        if codes and row.code[:digits] not in codes and shown != plain and not elsewhere:
            yield _Otherwise(item, final, level, name, codes[0], row)


def row_of(item: NarratedItem, material: Material) -> Printed | None:
    """Returns the row that alone prints an item's final amount; None for none."""
    return _final_and_row(item, material.once(item_rows))[1]


def _final_and_row(item: NarratedItem, rows: Sequence[Printed]) -> tuple[Fact | None, Printed | None]:
    final = next((one for one in item.amounts if one.claim and one.claim.measure is Measure.FINAL), None)
    return final, _find_row(item, final, rows) if final and _is_telling(final) else None


def _find_row(item: NarratedItem, final: Fact, rows: Sequence[Printed]) -> Printed | None:
    """Returns the only item that prints the final amount; of several, the only one with the stated name; else None."""
    meant = {row.code: row for row in rows if any(same_amount(final, cell) for cell in _filled_facts(row))}
    alike = {code: row for code, row in meant.items() if account_name(row.name) == account_name(item.name)}
    chosen = alike if len(meant) > 1 else meant
    return next(iter(chosen.values())) if len(chosen) == 1 else None


def _filled_facts(row: Printed) -> list[Fact]:
    return [fact for fact in row.facts if fact.amount]


def _is_telling(fact: Fact) -> bool:
    return sum(mark.isdigit() for mark in fact.figure.text) >= _TELLING


@cache
def codes_by_name() -> Mapping[tuple[int, str], tuple[str, ...]]:
    """Returns the codes of the functional classification by length and comparable name, former names included."""
    found: dict[tuple[int, str], dict[str, None]] = {}
    for code, named in accounts().items():
        for one in named if code.startswith("2") else ():
            found.setdefault((len(code), account_name(one.name)), {})[code] = None
    return {key: tuple(codes) for key, codes in found.items()}
