"""From facts to bars: the amounts of one table in its unit, with the suspect ones marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from matplotlib.figure import Figure

from gouji.auditing import Audit
from gouji.facts.fact import Fact, RecognisedTable, Status
from gouji.intervals import unscaled
from gouji.memo.charts.canvas import PALE_INK, SUSPECT, BarPart, BarRow, saying
from gouji.memo.charts.lettering import money

#: The most categories drawn; the rest are counted in a note.
MOST = 25

_NAMED = 3
_NOTHING = {
    Status.MISSING: "缺表：公开文本中没有找到{name}",
    Status.UNREADABLE: "{name}无法识读{problem}",
    Status.EMPTY: "本年无数据",
}

Term = tuple[str, str, str]


@dataclass
class Ledger:
    """The figures of one table for one chart. It remembers which were drawn, so that every suspect one is mentioned."""

    audit: Audit
    key: str
    drawn: set[int] = field(default_factory=set)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def table(self) -> RecognisedTable:
        """Returns the table as recognised."""
        return self.audit.facts.tables[self.key]

    @property
    def unit(self) -> str:
        """Returns the money unit of the chart."""
        printed = (fact.figure.unit for fact in self.audit.facts if fact.concept.table == self.key)
        return self.table.unit or next(printed, "万元")

    def title(self, text: str) -> str:
        """Returns the chart's title: number and name of the table, then `text`."""
        return f"{table_title(self.table)}：{text}"

    def nothing(self, title: str) -> Figure | None:
        """Returns the figure that says why the table has nothing to draw; None where it has something."""
        if self.table.status is Status.FOUND:
            return None
        problem = f"：{self.table.problem}" if self.table.problem else ""
        message = _NOTHING[self.table.status].format(name=self.table.name, problem=problem)
        return saying(title, message, self.notes())

    def without_data(self, title: str) -> Figure:
        """Returns the figure for a table without an amount other than zero."""
        return saying(title, "本表无数据", self.notes())

    def get(self, row: str, column: str) -> Fact | None:
        """Returns the fact of a cell and counts it as drawn; None where there is none."""
        fact = self.audit.facts.get(self.key, row, column)
        if fact is not None:
            self.drawn.add(fact.id)
        return fact

    def value(self, fact: Fact | None) -> Decimal:
        """Returns a fact's amount in the chart's unit. Blank and unreadable cells are drawn as zero."""
        return unscaled(fact.amount, self.unit) if fact is not None and fact.amount is not None else Decimal(0)

    def suspects(self, fact: Fact | None) -> bool:
        """True where a finding suspects the figure."""
        return fact is not None and self.audit.findings.accusing(fact) is not None

    def name(self, code: str) -> str:
        """Returns a code with its name as the table prints it: `2080106 就业管理事务`."""
        fact = next((fact for fact in self.audit.facts if self._is(fact, code)), None)
        return f"{code} {fact.row_name}".strip() if fact else code

    def _is(self, fact: Fact, code: str) -> bool:
        return fact.concept.table == self.key and fact.concept.row == code

    def leaves(self) -> tuple[str, ...]:
        """Returns the most detailed printed codes."""
        return tuple(code for code in self.table.codes if not self.table.children(code))

    def row(
        self, label: str, terms: Sequence[Term], total: tuple[str, str] | None = None, summed: bool = False
    ) -> BarRow:
        """Stacks a bar from (series, row, column) terms and writes out its amounts: `270.91 + 114.38 = 385.29`.

        `total` is the printed total of the terms; `summed` writes their computed sum instead.
        """
        parts: list[BarPart] = []
        remarks: list[str] = []
        printed = False
        for series, code, column in terms:
            fact = self.get(code, column)
            printed = printed or (fact is not None and fact.figure.printed)
            parts.append(BarPart(series, self.value(fact), self.suspects(fact)))
            name = series if len(terms) > 1 else ""
            remarks += [_name_suspect(fact, name)] if fact is not None and self.suspects(fact) else []
        whole = self.get(*total) if total else None
        if whole is not None and self.suspects(whole):
            remarks.insert(0, _name_suspect(whole, whole.column_name))
        stated = self.value(whole) if whole is not None and whole.figure.printed else None
        if summed:
            stated = sum((part.value for part in parts), Decimal(0))
        text = _sum_text([part.value for part in parts], stated) if printed or stated is not None else ""
        alone = stated if stated and not any(part.value for part in parts) else None
        return BarRow(label, tuple(parts), text, suspicion(remarks), alone, self.suspects(whole))

    def notes(self) -> list[tuple[str, str]]:
        """Returns the lines below the chart: remarks, and the suspect figures of the table that are not drawn."""
        outside = [
            f"{fact.row_name or fact.where} · {fact.column_name}"
            for fact in self.audit.facts
            if fact.concept.table == self.key and fact.id not in self.drawn and self.suspects(fact)
        ]
        return [*self.remarks, *([(f"图外{suspicion(outside)}", SUSPECT)] if outside else [])]

    def note(self, text: str) -> None:
        """Adds a line below the chart."""
        self.remarks.append((text, PALE_INK))

    def largest(self, groups: Sequence[Sequence[BarRow]], most: int = MOST) -> list[BarRow]:
        """Returns the rows of the groups with the largest amounts, in printed order; a note counts the others.

        Groups with a suspect figure are always kept.
        """
        ranked = sorted(groups, key=lambda group: (not any(row.remark for row in group), -_size(group)))
        kept = {id(group) for group in ranked[:most]}
        if len(groups) > most:
            self.note(f"仅列金额最大的{most}项，其余{len(groups) - most}项未画出。")
        return [row for group in groups if id(group) in kept for row in group]


def table_title(table: RecognisedTable) -> str:
    """Returns `公开03表 支出决算表`; the name alone where the document does not number its tables."""
    return f"{table.label} {table.name}" if table.label and table.label not in table.name else table.name


def worth(row: BarRow) -> bool:
    """True for a row that has something to show."""
    return bool(row.remark or row.outline or any(part.value for part in row.parts))


def suspicion(names: Sequence[str]) -> str:
    """Returns a short remark: `存疑：基本支出、项目支出`; `存疑` where the row names the figure itself, "" for none."""
    if not names:
        return ""
    more = f"等{len(names)}处" if len(names) > _NAMED else ""
    named = "、".join(names[:_NAMED])
    return f"存疑{'：' if named[:1] not in ('', '（') else ''}{named}{more}"


def percent(value: Decimal, base: Decimal, written: Callable[[str], str] = "（{}）".format) -> str:
    """Returns the share of `base` with two decimals, "" where there is no base."""
    return written(f"{value / base * 100:.2f}%") if base else ""


def _name_suspect(fact: Fact, name: str) -> str:
    return f"{name}（空）" if fact.blank else name


def _sum_text(values: Sequence[Decimal], total: Decimal | None) -> str:
    terms = [value for value in values if value]
    if not terms:
        return money(total) if total else "0"
    text = money(terms[0])
    for value in terms[1:]:
        text += f" + {money(value)}" if value > 0 else f" − {money(-value)}"
    differs = total is not None and (len(terms) > 1 or total != terms[0])
    return f"{text} = {money(total)}" if differs and total is not None else text


def _size(group: Sequence[BarRow]) -> Decimal:
    return max(max(row.reach, -row.back) for row in group)
