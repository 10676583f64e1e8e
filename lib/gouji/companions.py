"""Reads what an account is compared with: last year's account, this year's budget, units below, earlier years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.document.model import Document
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.facts.accounts import first_account
from gouji.facts.fact import Facts, Status
from gouji.facts.recognise import Overrides, recognise
from gouji.layouts import Form
from gouji.parameters import Parameters
from gouji.runtime.limits import Limits

#: What people call each parameter's document.
ROLE_NAMES = {
    "prior": "上年决算",
    "budget": "本年预算",
    "subordinates": "所属单位决算",
    "earlier_years": "以前年度决算",
}


@dataclass(frozen=True)
class Companion:
    """A document that an account is compared with, and its facts."""

    document: Document
    facts: Facts


@dataclass(frozen=True)
class Companions:
    """What was given, by parameter; `earlier_years` in order of years."""

    prior: Companion | None = None
    budget: Companion | None = None
    subordinates: tuple[Companion, ...] = ()
    earlier_years: tuple[Companion, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Returns the names and hashes of what was given, by parameter."""
        single = {"prior": self.prior, "budget": self.budget}
        several = {"subordinates": self.subordinates, "earlier_years": self.earlier_years}
        return {role: one.document.to_json() for role, one in single.items() if one} | {
            role: [one.document.to_json() for one in all_] for role, all_ in several.items() if all_
        }


def read_companions(parameters: Parameters, year: int | None) -> Companions:
    """Reads what the parameters name, beside an account of `year`.

    Raises UnusableInputError, naming the parameter, for a file that cannot be used or is of another year.
    """
    paths = parameters.companion_paths()
    last = year - 1 if year else None
    limits = parameters.limits
    prior = [_read("prior", one, limits, last) for one in paths.get("prior", ())]
    budget = [_read("budget", one, limits, year, "budget") for one in paths.get("budget", ())]
    below = [_read("subordinates", one, limits, year) for one in paths.get("subordinates", ())]
    before = [_read("earlier_years", one, limits) for one in paths.get("earlier_years", ())]
    return Companions(
        prior[0] if prior else None,
        budget[0] if budget else None,
        tuple(below),
        tuple(_in_order(before, paths.get("earlier_years", ()), last)),
    )


def _read(
    role: str, paths: Sequence[Path], limits: Limits, year: int | None = None, form: Form = "accounts"
) -> Companion:
    """Reads a document. Its year must be `year`, if that is known."""
    named = f"参数 {role}（{'、'.join(map(str, paths))}）"
    try:
        document = first_account(read(paths, limits))
    except UnusableInputError as error:
        raise UnusableInputError(f"参数 {role}", str(error)) from error
    facts = recognise(document, Overrides(fallback_year=year), form)
    if not _has_tables(facts) and not (form == "accounts" and _speaks(facts)):
        raise UnusableInputError(named, f"没有找到{ROLE_NAMES[role]}的表格", "请确认给出的是这份文件")
    if year and facts.year and facts.year != year:
        raise UnusableInputError(named, f"文件为{facts.year}年度，{ROLE_NAMES[role]}应为{year}年度", "请更正参数")
    return Companion(document, facts)


def _has_tables(facts: Facts) -> bool:
    return any(table.status is not Status.MISSING for table in facts.tables.values())


def _speaks(facts: Facts) -> bool:
    return any(fact.claim and fact.claim.topic.known for fact in facts.statements())


def _in_order(found: list[Companion], paths: Sequence[Sequence[Path]], last: int | None) -> list[Companion]:
    """Returns the accounts of earlier years by year. Each must have its own year, before the last one."""
    years: dict[int, Companion] = {}
    for one, own in zip(found, paths, strict=True):
        named = f"参数 earlier_years（{'、'.join(map(str, own))}）"
        year = one.facts.year
        if not year:
            raise UnusableInputError(named, "文件没有写明年度", "请给出写明年度的决算公开文件")
        if last and year >= last:
            raise UnusableInputError(named, f"文件为{year}年度，应早于{last}年度", f"{last}年度的决算请用 prior 给出")
        if year in years:
            raise UnusableInputError(named, f"{year}年度的决算给出了两份", "请删去其中一份")
        years[year] = one
    return [years[year] for year in sorted(years)]
