"""Questions on names beside codes: a name that belongs to another code, and names that deviate from the
classification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.reference.classification import Account, accounts, owners, plain, superseded
from gouji.review.codes.model import CodeRule
from gouji.review.codes.rows import Printed, concerns, printed_codes, where
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome

_BRACKETS = re.compile(r"\([^()]*\)")
#: A printed name that is the beginning or the end of the standard one from so many characters on was cut by its cell.
_CUT = 4
#: So many deviations are spelled out in the message.
_SHOWN = 8


def misnamed(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about a row with an amount whose name is that of another code of its level."""
    for row in material.once(printed_codes):
        other = _other_code(row, rule)
        if other is None or not row.filled:
            continue
        if not other:
            yield Observation(rule, f"{row.code} {row.name}", Outcome.CLEAR)
            continue
        at, own = where(row, material.facts), " / ".join(one.name for one in accounts().get(row.code, ()))
        yield Observation(
            rule,
            f"{row.code} {row.name}",
            Outcome.RAISED,
            f"{at}编码{row.code}所列名称“{row.name}”是{other}的名称，编码与名称哪一个错了？",
            f"{at}把编码{row.code}{f'（应为“{own}”）' if own else ''}与名称“{row.name}”（编码{other}）列在一行；"
            "须查预算批复和指标文件下达的科目，并看账上记在哪一个。",
            concerns([row]),
        )


def _other_code(row: Printed, rule: CodeRule) -> str | None:
    """Returns the code that the row's name belongs to; "" if that is its own, None if nothing can be said."""
    name = plain(row.name)
    if (ending := rule.endings.get(name)) and len(row.code) == 7:
        fits = row.code.endswith(ending) or row.code in rule.except_codes
        return "" if fits else row.code[:5] + ending
    own = accounts().get(row.code)
    if own is None or not name:
        return None
    former = superseded().get(row.code)
    if name in {plain(one.name) for one in (*own, *([former] if former else []))}:
        return ""
    others = [code for code in owners().get(name, ()) if len(code) == len(row.code) and code[0] == row.code[0]]
    return others[0] if len(others) == 1 else None


def deviating(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Notes all names that the classification of the year prints otherwise; one matter."""
    year = material.facts.year
    found = [(row, standard) for row in material.once(printed_codes) if (standard := _right_name(row, rule, year))]
    if not found:
        yield Observation(rule, "科目名称", Outcome.CLEAR)
        return
    lines = [f"{where(row, material.facts)}{row.code}“{row.name}”（{standard}）" for row, standard in found]
    more = f"等{len(lines)}处" if len(lines) > _SHOWN else ""
    first = f"{found[0][0].code}“{found[0][0].name}”"
    several = f"{len(lines)}个科目名称与年度政府收支分类科目不一致，如{first}"
    yield Observation(
        rule,
        "科目名称",
        Outcome.RAISED,
        several if len(lines) > 1 else f"科目名称{first}与年度政府收支分类科目不一致",
        "；".join(lines[:_SHOWN]) + more + "。应按当年科目改正，旧科目名称说明表样或取数未更新。",
        concerns([row for row, _ in found]),
    )


def _right_name(row: Printed, rule: CodeRule, year: int | None) -> str:
    """Returns in words what the row should be called. Returns "" if its name is right, only cut or shortened, or
    unknown."""
    own = accounts().get(row.code)
    if not own or not row.name:
        return ""
    name = plain(row.name)
    named = [one for one in own if plain(one.name) == name]
    if named:
        return (
            _explain_outdated(named[-1].name, own, year) if year and not any(one.valid(year) for one in named) else ""
        )
    if any(_is_same_name(row.name, one.name, rule) for one in own):
        return ""
    if name in owners():
        return ""  # another code's name: `misnamed` asks where it matters
    former = superseded().get(row.code)
    if former and plain(former.name) == name:
        return f"{former.until}年以前的名称，应为“{own[-1].name}”"
    return f"应为“{own[-1].name}”"


def _explain_outdated(name: str, own: tuple[Account, ...], year: int) -> str:
    """Returns why a listed name is not valid in the year. Returns "" for a name that came only later: the list may err
    there."""
    if now := next((one.name for one in own if one.valid(year) and one.name != name), ""):
        return f"非{year}年的名称，应为“{now}”"
    ended = max(one.until for one in own)
    return f"{ended}年以后已不用此科目" if ended < year else ""


def _is_same_name(printed: str, standard: str, rule: CodeRule) -> bool:
    """True for the standard name cut off by its cell, without its brackets, or listed as the same."""
    name, full = plain(printed), plain(standard)
    if rule.same.get(name) == full or _short(name) == _short(full):
        return True
    return len(name) >= _CUT and (full.startswith(name) or full.endswith(name))


def _short(name: str) -> str:
    return _BRACKETS.sub("", name).replace("费用", "费").replace("、", "").removesuffix("支出")
