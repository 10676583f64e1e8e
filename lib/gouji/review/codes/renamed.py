"""Notes names that the narrative gives to accounts and that neither their rows nor the classification of the year
print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouji.document.model import Place
from gouji.facts.narrative.topics import account_name
from gouji.reference.classification import accounts
from gouji.review.codes.items import narrated_items
from gouji.review.codes.model import CodeRule
from gouji.review.codes.otherwise import DIGITS, codes_by_name, row_of
from gouji.review.codes.rows import printed_codes
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.runtime.immutable import immutable

_MOST = 8
#: The code of the row that a sentence speaks of.
_ROW = re.compile(r"\[(\d{3}(?:\d{2}){0,2})\]")


@immutable()
class _Renamed:
    """A name in the narrative, the code of the account it is given to, the name that the tables print, and why it is
    none of its names."""

    name: str
    code: str
    printed: str
    why: str
    quote: Quote


def narrated_names(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Notes the names of other years and those that no other name abbreviates; one matter."""
    printed = {row.code: row.name for row in material.once(printed_codes) if row.name}
    year = material.facts.year
    told = [*_of_items(material), *_of_statements(material)]
    found = {(one.name, one.code): one for one in _renamed(told, printed, year)}
    if not found:
        if told:
            yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    first, lines = next(iter(found.values())), [_describe(one) for one in found.values()]
    more = f"等{len(lines)}处" if len(lines) > _MOST else ""
    several = f"情况说明有{len(lines)}个科目名称与决算表不一致，如{first.quote.where}“{first.name}”"
    alone = f"{first.quote.where}的科目名称“{first.name}”与决算表的“{first.printed}”不一致"
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        several if len(lines) > 1 else alone,
        "；".join(lines[:_MOST]) + f"{more}。应与决算表和当年科目一致。",
        quotes=tuple({one.quote.place: one.quote for one in found.values()}.values()),
    )


def _describe(one: _Renamed) -> str:
    return f"{one.quote.where}“{one.name}”（决算表{one.code}为“{one.printed}”{one.why}）"


def _of_items(material: Material) -> Iterator[tuple[str, str, Quote]]:
    """Yields the names at each level of the items whose amount one row alone prints, with the code of that level."""
    for item in material.once(narrated_items):
        row = row_of(item, material)
        if row is not None:
            for level, name in (("类", item.kind), ("款", item.group), ("项", item.name)):
                yield name, row.code[: DIGITS[level]], item.quote


def _of_statements(material: Material) -> Iterator[tuple[str, str, Quote]]:
    """Yields the names by which sentences call the accounts whose rows they speak of."""
    for fact in material.facts.statements():
        row = _ROW.search(fact.claim.topic.key) if fact.claim and fact.claim.topic.key else None
        if row and fact.claim and fact.quote and fact.claim.topic.phrase in fact.quote:
            place = Place(fact.place.line, fact.place.start, fact.place.end)
            yield fact.claim.topic.phrase, row[1], Quote(fact.where, fact.quote, place)


def _renamed(told: list[tuple[str, str, Quote]], printed: Mapping[str, str], year: int | None) -> Iterator[_Renamed]:
    for name, code, quote in told:
        shown = printed.get(code, "")
        plain, own = account_name(name), account_name(shown)
        if not plain or not own or plain == own:
            continue
        former = [one for one in accounts().get(code, ()) if account_name(one.name) == plain]
        if former:
            if year and not any(one.valid(year) for one in former):
                yield _Renamed(name, code, shown, f"，文中是{max(one.until for one in former)}年以前的名称", quote)
        elif (len(code), plain) in codes_by_name():
            continue  # another account's: `narrated_otherwise`
        elif not _abbreviates(plain, own) and not _abbreviates(own, plain):
            yield _Renamed(name, code, shown, "", quote)


def _abbreviates(short: str, full: str) -> bool:
    """True for a name that leaves characters of another out."""
    left = iter(full)
    return all(char in left for char in short)
