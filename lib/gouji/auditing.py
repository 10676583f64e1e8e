"""Audits an account in one call, from its files to its findings, and keeps the result of every stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from gouji.checks.check import Checks
from gouji.checks.doubled import settle_doubled_rows
from gouji.checks.tie_out import tie_out
from gouji.companions import Companions, read_companions
from gouji.dispositions.gather import Gathered, gather
from gouji.dispositions.match import Dispositions
from gouji.document.model import Document
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.facts.accounts import first_account
from gouji.facts.fact import Fact, Facts, Status
from gouji.facts.narrative.read import is_annex
from gouji.facts.narrative.word_lists import WORDS
from gouji.facts.recognise import Overrides, recognise
from gouji.facts.titles import budget_title
from gouji.findings.explain import explain
from gouji.findings.finding import Findings
from gouji.intervals import MONEY_UNITS, Verdict
from gouji.labels import normalise
from gouji.parameters import Parameters
from gouji.review.observation import Review
from gouji.review.run import review
from gouji.runtime.bounded import within
from gouji.runtime.tabular import Tabular

#: Encodings of workbooks, as `Document` names them; for converted ones, the part before the bracket.
_SPREADSHEETS = frozenset({"xlsx", "xls", "ods", "et", "xlt", "ots", "ett"})


@dataclass(frozen=True, repr=False)
class Audit(Tabular):
    """The audit of one account, with the result of every stage.

    `findings` are those of the checks and of the review. `dispositions` are the auditor's decisions on findings.
    `sources` are the files, in the order of the document's parts. `companions` are the documents that the account was
    compared with (last year's account, the budget, units below, earlier years).
    """

    document: Document
    facts: Facts
    checks: Checks
    review: Review
    findings: Findings
    parameters: Parameters
    dispositions: Dispositions = field(default_factory=Dispositions)
    sources: tuple[Path, ...] = ()
    companions: Companions = field(default_factory=Companions)

    @property
    def title(self) -> str:
        """Returns `蓝山县就业服务中心 2023年度部门决算`."""
        year = f"{self.facts.year}年度" if self.facts.year else ""
        return f"{self.facts.department} {year}部门决算".strip()

    def to_frame(self) -> pd.DataFrame:
        """Returns the findings, a row each."""
        return self.findings.to_frame()

    def coverage(self) -> dict[str, Any]:
        """Counts what was found, read and checked: the `coverage` object of findings.json, without its remarks.

        `inapplicable` counts those of the `unbound` checks that have nothing to check.
        """
        return dict(self._coverage)

    @cached_property
    def _coverage(self) -> dict[str, Any]:
        count = self.checks.count()
        printed = [fact for fact in self.facts if fact.figure.printed]
        statements = self.facts.statements()
        return {
            "tables": {key: table.status.value for key, table in self.facts.tables.items()},
            "figures": len(_places(printed)),
            "claims": len(_places(fact for fact in statements if fact.figure.printed)),
            "words": len(_places(fact for fact in statements if not fact.figure.printed)),
            "checks": len(self.checks.checks),
            "passed": count[Verdict.CONSISTENT] + count[Verdict.ROUNDING],
            "rounding": count[Verdict.ROUNDING],
            "conflicts": count[Verdict.CONFLICT],
            "unbound": count[Verdict.UNBOUND],
            "not_checked": count[Verdict.NOT_CHECKED],
            "inapplicable": len(self.checks.inapplicable()),
            "unconstrained": len(_places(self.checks.unconstrained())),
            "reviewed": len(self.review),
            "raised": len(self.review.raised()),
        }

    def to_json(self) -> dict[str, Any]:
        """Returns the object that is written to findings.json (schema gouji/findings/1).

        `coverage.remarks` are those on reading: a second account in the file, pages that were not read, text
        recognised from pictures.
        """
        return {
            "schema": "gouji/findings/1",
            "source": self.source_json(),
            "department": self.facts.department,
            "region": self.parameters.region,
            "year": self.facts.year,
            "coverage": {**self.coverage(), "remarks": list(self.document.anomalies)},
            "findings": self._records(),
            "dispositions": self.dispositions.to_json(),
        }

    def source_json(self) -> dict[str, Any]:
        """Returns names and hashes of the document and of the documents it was compared with."""
        compared = self.companions.to_json()
        return {**self.document.to_json(), **({"compared_with": compared} if compared else {})}

    def _records(self) -> list[dict[str, Any]]:
        """Returns the findings, each with the decision on it."""
        found = zip(self.findings.findings, self.findings.to_records(self.document.locator), strict=True)
        decided = ((self.dispositions.of(finding), record) for finding, record in found)
        return [{**record, "disposition": one.to_json() if one else None} for one, record in decided]


def audit(
    source: Path | str | Sequence[Path | str] | None = None,
    parameters: Parameters | None = None,
    earlier: Path | None = None,
) -> Audit:
    """Audits a published account.

    `source` is one file, or several that make one account; it replaces the source in `parameters`. `earlier` is the
    folder of an earlier run, whose working papers hold the auditor's decisions.

    Raises UnusableInputError:

    - if a file, or one that it is compared with, cannot be read or exceeds the limits in the parameters;
    - if the files are a budget by their title and tables, and nothing in them says 决算;
    - if the files contain none of the nine tables (workbooks: none that can be read), no sentence about their amounts,
      and no performance report or form;
    - if department or year differ from those in the parameters, or no table prints the unit of `overrides.unit` while
      some print another.
    """
    parameters = parameters or Parameters()
    given = [source] if isinstance(source, str | Path) else source
    paths = tuple(map(Path, given)) if given else parameters.source_paths()
    gathered = gather(parameters, earlier)
    named = "、".join(map(str, paths))
    with within(parameters.limits, named):
        return _audited(paths, named, parameters, gathered)


def _audited(paths: tuple[Path, ...], named: str, parameters: Parameters, gathered: Gathered) -> Audit:
    """Goes from files to findings, and matches the auditor's decisions with them."""
    document = first_account(read(paths, parameters.limits))
    _refuse_budget(document, named)
    overrides = parameters.overrides
    stated = Overrides(overrides.department, overrides.year, overrides.unit, parameters.year)
    facts = settle_doubled_rows(recognise(document, stated))
    _refuse_unusable(document, facts, named, parameters)
    checks = tie_out(facts)
    companions = read_companions(parameters, facts.year)
    observed = review(document, checks, parameters, companions)
    findings = explain(checks, observed)
    return Audit(document, facts, checks, observed, findings, parameters, gathered.against(findings), paths, companions)


def _refuse_unusable(document: Document, facts: Facts, source: str, parameters: Parameters) -> None:
    """Raises UnusableInputError for files that are no account, or that contradict the parameters (see `audit`)."""
    _refuse_no_account(document, facts, source)
    named, found = normalise(parameters.department), normalise(facts.department)
    if named and found and not parameters.overrides.department and not (named in found or found in named):
        problem = f"文件的部门为“{facts.department}”，参数 department 为“{parameters.department}”"
        raise UnusableInputError(source, problem, "请更正参数，或在 overrides.department 中指定部门")
    if parameters.year and facts.year and parameters.year != facts.year and not parameters.overrides.year:
        remedy = "请更正参数，或在 overrides.year 中指定年度"
        raise UnusableInputError(source, f"文件为{facts.year}年度，参数 year 为 {parameters.year}", remedy)
    _refuse_other_unit(document, source, parameters.overrides.unit)


def _refuse_budget(document: Document, source: str) -> None:
    """Raises UnusableInputError for a budget: none of the nine tables could be found in it."""
    if title := budget_title(document):
        remedy = "请给出部门决算公开文本；预算可由参数 budget 与同年决算对照"
        raise UnusableInputError(source, f"文件是预算公开文本（“{title.strip()}”），不是决算", remedy)


def _refuse_no_account(document: Document, facts: Facts, source: str) -> None:
    """Raises UnusableInputError for files without any of the nine tables and without a sentence about accounts."""
    spoken = bool(facts.beyond()) or any(_is_of_accounts(fact, document) for fact in facts.statements())
    none = (Status.MISSING, Status.UNREADABLE) if _is_spreadsheet(document) else (Status.MISSING,)
    if not spoken and all(table.status in none for table in facts.tables.values()):
        unread = "；".join(f"{table.name}：{table.problem}" for table in facts.tables.values() if table.problem)
        without = f"没有一张决算表能够读取（{unread}）" if unread else "没有找到九张决算表中的任何一张"
        problem = f"{without}，也没有可辨认的决算情况说明或绩效报告"
        raise UnusableInputError(source, problem, "请确认这是部门决算公开文本")


def _is_spreadsheet(document: Document) -> bool:
    """True if all parts are workbooks. Any list may name a table in a cell, so a title alone makes no account of
    one."""
    encodings = [part.encoding for part in document.parts] or [document.encoding]
    return all(encoding.split("（")[0] in _SPREADSHEETS for encoding in encodings)


def _refuse_other_unit(document: Document, source: str, stated: str) -> None:
    """Raises UnusableInputError for a stated unit that no table prints while some print another: the user is wrong."""
    if not stated:
        return
    facts = recognise(document)  # again, as printed: the stated unit has replaced the units of the tables
    tables = (*facts.tables.values(), *facts.annexed.values())
    printing = [table for table in tables if table.unit and table.unit_stated]
    if not printing or any(table.unit == stated for table in printing):
        return
    first = next((table for table in printing if table.unit_line), printing[0])
    problem = f"{first.label}印的金额单位为“{first.unit}”，参数 overrides.unit 为“{stated}”"
    raise UnusableInputError(source, problem, "请更正或删去 overrides.unit：印有单位的表按所印的单位读取")


def _is_of_accounts(fact: Fact, document: Document) -> bool:
    """True for a statement about a quantity of the accounts, or for an amount in a report on performance."""
    phrase = fact.claim.topic.phrase if fact.claim else ""
    of_fund = any(name in phrase for name in WORDS.fund_names)
    if fact.claim is not None and (fact.claim.topic.known or phrase in WORDS.bare_totals or of_fund):
        return True
    return fact.figure.unit in MONEY_UNITS and is_annex(document.blocks[fact.block].section)


def _places(facts: Iterable[Fact]) -> set[tuple[int, int, int]]:
    """Returns the distinct places of facts: one printed number may state two quantities (收、支总计)."""
    places = [fact.place for fact in facts]
    return {(place.line, place.start, place.end) for place in places}
