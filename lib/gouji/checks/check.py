"""A rule applied to this document's facts, with its verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Self

import pandas as pd

from gouji.checks.identity import Operator
from gouji.checks.ratio import Ratio
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts, Part, Status
from gouji.intervals import MONEY_UNITS, RATE_UNITS, ScaledAmount, Verdict, unscaled
from gouji.runtime.immutable import immutable
from gouji.runtime.tabular import Tabular

#: Weighted figures: (coefficient, fact id).
Terms = tuple[tuple[int, int], ...]
#: The id of a check until all checks of its document are numbered.
UNNUMBERED = -1

_SYMBOLS: dict[str, tuple[str, str]] = {"=": ("=", "≠"), "<=": ("≤", ">"), "<": ("<", "≥")}

_NOT_MADE = frozenset({Verdict.UNBOUND, Verdict.NOT_CHECKED})
VERDICT_NAMES = {
    Verdict.CONSISTENT: "一致",
    Verdict.ROUNDING: "尾差",
    Verdict.CONFLICT: "不符",
    Verdict.UNBOUND: "未公布",
    Verdict.NOT_CHECKED: "未核对",
}


def term_of(fact: Fact) -> Terms:
    """Returns the side of a check that is one figure."""
    return ((1, fact.id),)


@immutable(slots=False)
class Check:
    """One row of the linear system: Σ coefficient·fact (= | <= | <) 0. All amounts are scaled integers.

    - `left`, `right`: the two sides as auditors read them, as (coefficient, fact id).
    - `per`: makes the row a quotient, left figure = right ÷ per: a percentage, or an amount per head.
    - `constant`: is added to left − right.
    - `claims`: words of direction (fact ids) that state the relation; they too may be what is wrong.
    - `times`: how many half-units each figure may be off by. Two for changes, which may be changes of rounded amounts.
    - `tolerance`, `agreement`: up to which residual the verdict is 尾差, and up to which it is 一致.
    - `residual`: left − right; of a quotient, the difference from the true percentage.
    - `tie`: both sides are one quantity printed twice, or two amounts that words call equal (决算数等于预算数).
    - `defines`: the left side is one figure, the sum of those on the right.
    - `missing`: names of rows or columns that were not published. `reason`: why the check was not made.
    - `blank`: it was not made because one side is not filled in although the other is not zero.
    - `concerns`: the cells (fact ids) that a check of form is about; such a check joins no figures.
    """

    id: int  # its place among the document's checks
    rule: Rule
    scope: str
    operator: Operator
    left: Terms
    right: Terms
    per: Terms = ()
    constant: ScaledAmount = 0
    claims: tuple[int, ...] = ()
    times: int = 1
    tolerance: ScaledAmount = 0
    agreement: ScaledAmount = 0
    tie: bool = False
    defines: bool = False
    missing: tuple[str, ...] = ()
    reason: str = ""
    verdict: Verdict = Verdict.UNBOUND
    residual: ScaledAmount = 0
    blank: bool = False
    concerns: tuple[int, ...] = ()
    #: (coefficient, fact id) of left − right; of a quotient, of its figure and what that is made of.
    terms: Terms = field(init=False, repr=False, compare=False)
    #: The facts this check ties together.
    fact_ids: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        right = [(-sign, fact) for sign, fact in self.right]
        terms = (*self.left, *right, *self.per)
        self.__dict__.update(terms=terms, fact_ids=frozenset([fact for _, fact in terms]))

    def judged(self, **outcome: Any) -> Self:
        """Returns this check with another outcome. Takes any field on which `terms` does not depend.

        Unlike `replace`, it does not build the terms again, which would be most of the work of judging a document.
        """
        check = object.__new__(type(self))
        check.__dict__ = self.__dict__ | outcome
        return check

    @property
    def subject(self) -> str:
        """Returns the subject of the rule: a table's key, `narrative` or `form`."""
        return self.rule.id.partition(".")[0]

    @property
    def made(self) -> bool:
        """True if both sides were published and compared."""
        return self.verdict not in _NOT_MADE

    @property
    def is_remark(self) -> bool:
        """True for a note of form that is not met (a line that was not recognised): no figures are in conflict."""
        return self.verdict is Verdict.CONFLICT and self.rule.severity == "note" and not self.terms

    @property
    def linear(self) -> Terms:
        """Returns the terms of the row in the linear system; none for a quotient, which is no sum."""
        return () if self.per else self.terms


@dataclass(frozen=True, repr=False)
class Checks(Tabular):
    """All checks of a document, with its facts."""

    facts: Facts
    checks: tuple[Check, ...]
    _by_fact: dict[int, list[Check]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_concern: dict[int, list[Check]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        by_fact = self._by_fact
        for check in self.checks:
            for fact in check.fact_ids.union(check.claims) if check.claims else check.fact_ids:
                if fact in by_fact:
                    by_fact[fact].append(check)
                else:
                    by_fact[fact] = [check]
            for fact in check.concerns:
                self._by_concern.setdefault(fact, []).append(check)

    def on(self, fact: Fact | int) -> tuple[Check, ...]:
        """Returns the checks that a fact, or a word of direction, takes part in. Takes the fact or its id."""
        return tuple(self._by_fact.get(fact if isinstance(fact, int) else fact.id, ()))

    def about(self, fact: Fact) -> tuple[Check, ...]:
        """Returns the checks of form and of words that are about a fact without joining it to others."""
        return tuple(self._by_concern.get(fact.id, ()))

    def made(self) -> tuple[Check, ...]:
        """Returns the checks whose two sides were compared."""
        return tuple(check for check in self.checks if check.made)

    def conflicts(self) -> tuple[Check, ...]:
        """Returns the checks whose figures cannot all be true (不符)."""
        return self._conflicts

    @cached_property
    def _conflicts(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.verdict is Verdict.CONFLICT)

    def omissions(self) -> tuple[Check, ...]:
        """Returns the checks one side of which is blank although the other is not zero."""
        return tuple(check for check in self.checks if check.blank)

    def inapplicable(self) -> tuple[Check, ...]:
        """Returns the checks that have nothing to check (不适用): no side holds an amount.

        Their cells are blank or zero, or a table that was read lacks the row or column. Checks on a table that was not
        published or not read do not count: it may hold amounts.
        """
        return tuple(check for check in self.checks if self._has_nothing(check))

    def _has_nothing(self, check: Check) -> bool:
        if check.verdict is not Verdict.UNBOUND or check.blank:
            return False
        tables = (self.facts.tables.get(key) for key in check.rule.named)
        if any(table is not None and table.status in (Status.MISSING, Status.UNREADABLE) for table in tables):
            return False
        facts = (self.facts.facts[number] for number in check.fact_ids)
        return all(fact.blank or fact.amount == 0 for fact in facts)

    def distinct(self, checks: Iterable[Check]) -> tuple[Check, ...]:
        """Returns the checks without repetitions: those that read the same and are made on the same sentences. A print
        that states two quantities (收入总计、支出总计) has two such checks."""
        first: dict[tuple[object, ...], Check] = {}
        for check in checks:
            facts = (self.facts.facts[number] for number in (*check.fact_ids, *check.claims))
            said = frozenset(fact.place for fact in facts if fact.part is Part.NARRATIVE)
            first.setdefault((check.rule.id, check.scope, self.algebra(check), said or check.id), check)
        return tuple(first.values())

    def count(self) -> dict[Verdict, int]:
        """Returns how many checks ended in each outcome; all outcomes are keys."""
        counted = Counter(check.verdict for check in self.checks)
        return {verdict: counted[verdict] for verdict in Verdict}

    def unconstrained(self) -> tuple[Fact, ...]:
        """Returns the printed figures that no evaluated check touches, or that are compared with blank cells only:
        nothing confirms them. A zero is not confirmed by a cell without an amount."""
        touched = {
            fact for check in self.made() if not self.of_blanks(check) for fact in (*check.fact_ids, *check.concerns)
        }
        return tuple(fact for fact in self.facts if fact.figure.printed and fact.id not in touched)

    def of_blanks(self, check: Check) -> bool:
        """True for an equality that holds and of which one print, a zero, stands against blank cells."""
        if check.operator != "=" or check.per or check.claims or check.constant or check.verdict is Verdict.CONFLICT:
            return False
        blank = [self.facts.facts[number].blank for number in check.fact_ids]
        return len(blank) > 1 and sum(blank) == len(blank) - 1

    def alike(self, fact: Fact) -> tuple[Fact, ...]:
        """Returns the figures printed elsewhere with a figure's value and unit, whether or not a rule compares them.
        Returns none for a zero: a second zero proves nothing."""
        if not fact.figure.value:
            return ()
        found = self._by_print.get((fact.figure.value, fact.figure.unit), ())
        return tuple(one for one in found if (one.place, one.cell) != (fact.place, fact.cell))

    @cached_property
    def _by_print(self) -> dict[tuple[Decimal, str], list[Fact]]:
        found: dict[tuple[Decimal, str], list[Fact]] = {}
        for fact in self.facts:
            if fact.figure.value:
                found.setdefault((fact.figure.value, fact.figure.unit), []).append(fact)
        return found

    def side_value(self, check: Check, side: str) -> Decimal | None:
        """Returns the value of one side of a check in the unit of its first fact; None if nothing is printed there."""
        right = side == "right"
        if right and check.per:
            return self._quotient_value(check)
        terms, total = (check.right, -check.constant) if right else (check.left, 0)
        if not terms and not total:
            return None
        for sign, fact in terms:
            total += sign * (self.facts.facts[fact].amount or 0)
        return _show_amount(total, self.unit(check))

    def quotient(self, check: Check) -> Decimal | None:
        """Returns the quotient of the printed values, with all the decimals that amounts are kept with."""
        truth = Ratio.of(check, self.facts).truth
        return None if truth is None else unscaled(round(truth), self.unit(check))

    def _quotient_value(self, check: Check) -> Decimal | None:
        """Returns the quotient of the printed values with four decimals. A value near zero is 0.0000, never −0.0000."""
        value = self.quotient(check)
        return None if value is None else value.quantize(Decimal("0.0001")) + Decimal("0.0000")

    def unit(self, check: Check) -> str:
        """Returns the unit in which a check is shown."""
        for _, fact in check.terms:
            if unit := self.facts.facts[fact].figure.unit:
                return unit
        return ""

    def algebra(self, check: Check) -> str:
        """Returns the check with printed values: `385.28 = 270.91 + 114.38`. Has ≠ or > where it does not hold; is ""
        for a check that joins no figures."""
        if not (check.terms or check.constant or check.claims):
            return ""
        violated = check.blank or check.verdict is Verdict.CONFLICT
        if check.per:
            return self._quotient(check, "≠" if violated else "=")
        symbol = _SYMBOLS[check.operator][violated]
        if check.rule.kind == "prior_limit":
            return self._last_years(check, symbol)
        with_units = len(self._units(check.terms)) > 1
        left, right = (self._side(terms, with_units) for terms in (check.left, check.right))
        if check.claims and not check.left:
            left = f"{unscaled(check.constant, self.unit(check)).normalize():f}%" if check.constant else "0"
        elif check.constant:
            hundred = f"{unscaled(-check.constant, self.unit(check)).normalize():f}{self.unit(check)}"
            right = hundred if not check.right else f"{right} + {hundred}"
        elif not check.right and (check.claims or check.rule.kind == "of_nothing"):
            right = "0"
        return f"{left} {symbol} {right}"

    def _quotient(self, check: Check, symbol: str) -> str:
        mixed = self._is_mixed((*check.right, *check.per))
        top, bottom = (self._side(terms, mixed) for terms in (check.right, check.per))
        top, bottom = (f"({side})" if re.search("[+−×]", side.strip("− ")) else side for side in (top, bottom))
        percent = self.unit(check) in RATE_UNITS
        value = self.side_value(check, "right")
        shown = "" if value is None else f"（= {value.normalize():f}{self.unit(check)}）"
        return f"{self._side(check.left, percent)} {symbol} {top} ÷ {bottom}{shown}"

    def _last_years(self, check: Check, symbol: str) -> str:
        """Returns last year's amounts, each with its derivation: `甲上年数90 + 5 = 95 > 乙上年数93（持平）`."""
        words = iter(check.claims)
        return f" {symbol} ".join(self._last_year(terms, words) for terms in (check.left, check.right))

    def _last_year(self, terms: Terms, words: Iterator[int]) -> str:
        """Returns this year's amount less its change. Where no change is printed, the next of `words` says that it is
        the same."""
        now, *changes = [self.facts.facts[number] for _, number in terms]
        said = changes[0] if changes else self.facts.facts[next(words)]
        mixed = self._is_mixed(terms)
        printed = f"{said.row_name}上年数{self._side(terms, mixed)}"
        if not changes:
            return f"{printed}（{said.figure.text.strip()}）"
        total = sum(sign * (self.facts.facts[number].amount or 0) for sign, number in terms)
        return f"{printed} = {_show_amount(total, now.figure.unit)}{now.figure.unit if mixed else ''}"

    def _units(self, terms: Terms) -> frozenset[str]:
        """Returns the units of the printed figures."""
        facts = (self.facts.facts[number] for _, number in terms)
        return frozenset(fact.figure.unit for fact in facts if fact.figure.unit and not fact.blank)

    def _is_mixed(self, terms: Terms) -> bool:
        """True if amounts are printed in several units: 90.00万元 − 50000元 cannot be read without them."""
        return len(self._units(terms) & MONEY_UNITS.keys()) > 1

    def _side(self, terms: Terms, with_units: bool) -> str:
        """Returns a side in printed values. Leaves blank parts out, unless nothing is printed at all."""
        printed = ""
        for sign, number in terms:
            fact = self.facts.facts[number]
            if not fact.blank:
                said = fact.claim is not None
                negative = (sign < 0) != (said and fact.signed < 0)
                joint = (" − " if negative else " + ") if printed else ("−" if negative else "")
                number_text = (
                    None if fact.figure.value is None else abs(fact.figure.value) if said else fact.figure.value
                )
                value = fact.figure.text.strip() if number_text is None else f"{number_text:f}"
                value = value if abs(sign) == 1 else f"{abs(sign)} × {value}"
                printed += f"{joint}{value}{fact.figure.unit if with_units else ''}"
        return printed or ("（空）" if terms else "（无此行）")

    def to_frame(self, table: str = "") -> pd.DataFrame:
        """Returns one row per check; with `table`, only those on that table's facts. Columns as in checks.parquet:
        `left`, `right` and `difference` are object (Decimal, None if not evaluated), `check` is int64, `omitted` is
        bool, all others str."""
        amounts = ("left", "right", "difference")
        columns = self.columns(table)
        frame = pd.DataFrame({**columns, **{name: pd.Series(columns[name], dtype=object) for name in amounts}})
        return frame.astype({"check": "int64", "omitted": bool})

    def columns(self, table: str = "", written_out: Callable[[Check], bool] | None = None) -> dict[str, list[Any]]:
        """Returns what `to_frame` shows, column by column. With `written_out`, `identity` is "" for checks that it does
        not name."""
        chosen = [
            check
            for check in self.checks
            if not table
            or check.rule.id.startswith(f"{table}.")
            or any(self._is_in_table(table, fact) for fact in check.fact_ids)
        ]
        return {
            "check": [check.id for check in chosen],
            "rule": [check.rule.id for check in chosen],
            "title": [check.rule.title for check in chosen],
            "scope": [check.scope for check in chosen],
            "identity": [self.algebra(check) if written_out is None or written_out(check) else "" for check in chosen],
            "left": [self.side_value(check, "left") for check in chosen],
            "right": [self.side_value(check, "right") for check in chosen],
            "difference": [self.difference(check) for check in chosen],
            "unit": [self.unit(check) for check in chosen],
            "verdict": [check.verdict.value for check in chosen],
            "omitted": [check.blank for check in chosen],
            "missing": ["、".join(check.missing) for check in chosen],
            "reason": [check.reason for check in chosen],
            "basis": [check.rule.cited for check in chosen],
        }

    def difference(self, check: Check) -> Decimal | None:
        """Returns left − right in the check's unit; None if it was not evaluated."""
        if not (check.made or check.blank) or not check.terms:
            return None
        return _show_amount(check.residual, self.unit(check))

    def _is_in_table(self, table: str, fact: int) -> bool:
        return self.facts.facts[fact].concept.table == table


@lru_cache(maxsize=16384)
def _show_amount(amount: ScaledAmount, unit: str) -> Decimal:
    """Returns an amount in `unit`, with no fewer than two decimals."""
    return unscaled(amount, unit).normalize() + Decimal("0.00")


def unreadable_reason(names: Iterable[str]) -> str:
    """Returns why a check was not made: `公开01表“经营结余”行、公开05表无法识别`. Names each thing once."""
    return f"{'、'.join(dict.fromkeys(names))}无法识别"
