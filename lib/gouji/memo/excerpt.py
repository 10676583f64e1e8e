"""Cuts the source around a finding as printed: the table rows or the sentence concerned, with suspects marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.auditing import Audit
from gouji.facts.fact import Fact, Part
from gouji.facts.narrative.read import sentence_span
from gouji.findings.finding import Finding, one_a_print


@dataclass(frozen=True, slots=True)
class ExcerptCell:
    """A cell to show: its text, the number of columns it covers, and its mark.

    The mark is `suspect` (held to be misprinted), `asked` (a question or a note is about it), `touched` (compared with
    such a figure) or "". `beside_figures`: its column holds no figure that was read, but names, codes or line numbers.
    """

    text: str
    colspan: int
    mark: str
    header: bool
    beside_figures: bool = False

    @property
    def label(self) -> bool:
        """True for words and codes, which are set to the left. Figures are not."""
        if self.beside_figures:
            return self.text.isdigit() or (bool(self.text) and not self.text[0].isdigit())
        return bool(self.text) and not any(char.isdigit() for char in self.text)


@dataclass(frozen=True, slots=True)
class TableExcerpt:
    """Rows of one table as printed."""

    caption: str
    rows: tuple[tuple[ExcerptCell, ...], ...]


@dataclass(frozen=True, slots=True)
class SentenceExcerpt:
    """A sentence cut at the first figure in question: before, the figure, after.

    `marks` are the spans of all figures in question, by position in the sentence; empty where there is but that one.
    """

    where: str
    before: str
    figure: str
    after: str
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """Returns the full sentence."""
        return self.before + self.figure + self.after

    @property
    def whole(self) -> tuple[str, str]:
        """Returns the place and the full sentence."""
        return self.where, self.text

    @property
    def own(self) -> tuple[int, int]:
        """Returns the span of the first figure in question."""
        return len(self.before), len(self.before) + len(self.figure)

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """Returns the sentence in pieces, each with True if it is a figure in question."""
        pieces, end = [], 0
        for start, stop in self.marks or (self.own,):
            pieces += [(self.text[end:start], False), (self.text[start:stop], True)]
            end = stop
        return tuple((text, marked) for text, marked in (*pieces, (self.text[end:], False)) if text)


def table_excerpts(finding: Finding, audit: Audit) -> list[TableExcerpt]:
    """Returns an excerpt of each table with a suspect cell of the finding: the header and the rows concerned. Leaves
    out tables in which all cells concerned are zero, where the finding suspects others too."""
    suspects = [fact for fact in finding.suspects if fact.part is Part.TABLES]
    keys = list(dict.fromkeys(fact.concept.table for fact in suspects))
    telling = [key for key in keys if any(fact.amount for fact in suspects if fact.concept.table == key)]
    return [_table_excerpt(key, suspects, finding, audit) for key in telling or keys]


def _table_excerpt(key: str, suspects: Iterable[Fact], finding: Finding, audit: Audit) -> TableExcerpt:
    violated = {number for check in (*finding.checks, *finding.support) for number in check.fact_ids}
    touched = [fact for number in sorted(violated) if not (fact := audit.facts.facts[number]).blank]
    mark = _mark(finding)
    cells = {fact.cell: "touched" for fact in touched if fact.concept.table == key and fact.cell}
    cells |= {fact.cell: mark for fact in suspects if fact.concept.table == key and fact.cell}
    return whole_table(key, audit, {cell: mark for cell, mark in cells.items() if cell}, only_marked=True)


def whole_table(key: str, audit: Audit, marks: dict[tuple[int, int], str], only_marked: bool = False) -> TableExcerpt:
    """Returns a table as printed, with `marks` by (row, column). With `only_marked`, keeps only header and marked
    rows, and of tables that print several accounts in a row the columns of the marked ones."""
    table = audit.facts.table(key)
    if table.grid is None:
        return TableExcerpt(table.name, ())
    body = _body_start(key, audit.facts.facts)
    marked_rows = {row for row, _ in marks}
    figures = {fact.cell[1] for fact in audit.facts.facts if fact.concept.table == key and fact.cell}
    kept = _columns_beside(key, audit.facts.facts, {column for _, column in marks}) if only_marked else None
    rows = []
    for number, row in enumerate(table.grid.rows):
        printed = any(cell.text.strip() for cell in row)
        if printed and (number < body or number in marked_rows or not only_marked):
            rows.append(
                tuple(
                    ExcerptCell(
                        cell.text.strip(),
                        width,
                        marks.get((number, cell.col), ""),
                        number < body,
                        cell.col not in figures,
                    )
                    for cell in row
                    if (width := _width_kept(cell.col, cell.colspan, kept))
                )
            )
    name = "" if table.name in table.label else f" {table.name}"
    return TableExcerpt(f"{table.label}{name}（{table.unit}）", tuple(rows))


def _columns_beside(key: str, facts: Iterable[Fact], marked: set[int]) -> list[range] | None:
    """Returns the columns of the accounts that stand beside each other in a row and have a marked cell; None where each
    row is of one account."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for fact in facts:
        if fact.concept.table == key and fact.cell:
            by_row.setdefault(fact.cell[0], []).append((fact.cell[1], _account(fact)))
    # An account ends at its last figure; the next one begins behind it.
    ends = {
        column
        for row in by_row.values()
        for (column, account), (_, following) in pairwise(sorted(row))
        if account != following
    }
    columns = {column for row in by_row.values() for column, _ in row}
    if not ends or not marked or any(_is_crossed(row, ends) for row in by_row.values()):
        return None
    bounds = [0, *(end + 1 for end in sorted(ends)), max(columns) + 1]
    groups = [range(start, stop) for start, stop in pairwise(bounds) if start < stop]
    return [group for group in groups if marked.intersection(group)]


def _account(fact: Fact) -> str:
    """Returns the row that a cell is of, with its side where income and expenditure stand beside each other."""
    side = fact.column_name[:2]
    return f"{fact.concept.row}{side if side in ('收入', '支出') else ''}"


def _is_crossed(row: list[tuple[int, str]], ends: set[int]) -> bool:
    """True for a row with figures of one account on both sides of an end."""
    return any(
        account == following and any(column <= end < other for end in ends)
        for (column, account), (other, following) in pairwise(sorted(row))
    )


def _width_kept(start: int, width: int, kept: list[range] | None) -> int:
    """Returns how many of a cell's columns are kept."""
    return (
        width if kept is None else sum(any(column in group for group in kept) for column in range(start, start + width))
    )


def table_marks(key: str, audit: Audit) -> dict[tuple[int, int], str]:
    """Returns the marks that all findings put on one table's cells."""
    return {
        fact.cell: _mark(finding)
        for fact in audit.facts
        if fact.concept.table == key and fact.cell and (finding := audit.findings.on(fact))
    }


def _mark(finding: Finding) -> str:
    """Returns the mark of a finding's figures; those that arithmetic cannot tell apart are only `touched`."""
    if not finding.located:
        return "touched"
    return "suspect" if finding.accuses else "asked"


def sentence_excerpt(fact: Fact, audit: Audit) -> SentenceExcerpt:
    """Returns the sentence of a statement, cut at its figure."""
    block = audit.document.blocks[fact.block]
    start, end = fact.place.start - block.place.start, fact.place.end - block.place.start
    begin, finish = sentence_span(block.text, start, end)
    return SentenceExcerpt(fact.where, block.text[begin:start], block.text[start:end], block.text[end:finish])


def suspect_sentences(finding: Finding, audit: Audit) -> tuple[SentenceExcerpt, ...]:
    """Returns the sentences with figures the finding suspects, and those whose words it quotes, each sentence once with
    all these figures marked."""
    figures = _sentences(finding.suspects, audit)
    return tuple(_merged([*figures, *_quoted_sentences(finding, audit)]))


def opposed_sentences(finding: Finding, audit: Audit) -> tuple[SentenceExcerpt, ...]:
    """Returns the sentences with figures that stand in the finding's checks against the suspects, each once. Leaves out
    the sentences of the suspects, which are quoted already, and zeros beside other figures."""
    quoted = {one.whole for one in suspect_sentences(finding, audit)}
    used = {number for check in (*finding.checks, *finding.support) for number in check.fact_ids}
    against = [fact for fact in finding.corroborating if fact.id in used]
    telling = [fact for fact in against if fact.amount] or against
    return tuple(one for one in _merged(_sentences(telling, audit)) if one.whole not in quoted)


def _sentences(facts: Iterable[Fact], audit: Audit) -> Iterator[SentenceExcerpt]:
    return (sentence_excerpt(fact, audit) for fact in one_a_print(facts) if fact.part is Part.NARRATIVE)


def _merged(excerpts: Iterable[SentenceExcerpt]) -> list[SentenceExcerpt]:
    """Returns each sentence once, with the figures of all its excerpts marked."""
    first: dict[tuple[str, str], SentenceExcerpt] = {}
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for one in excerpts:
        first.setdefault(one.whole, one)
        spans.setdefault(one.whole, set()).add(one.own)
    return [_marked(one, sorted(spans[whole])) for whole, one in first.items()]


def _marked(one: SentenceExcerpt, spans: list[tuple[int, int]]) -> SentenceExcerpt:
    """Returns a sentence cut at the first of several spans, all of them marked. Of spans that overlap, the first
    counts."""
    apart: list[tuple[int, int]] = []
    for start, stop in spans:
        if not apart or start >= apart[-1][1]:
            apart.append((start, stop))
    start, stop = apart[0]
    marks = tuple(apart) if len(apart) > 1 else ()
    return SentenceExcerpt(one.where, one.text[:start], one.text[start:stop], one.text[stop:], marks)


def _quoted_sentences(finding: Finding, audit: Audit) -> Iterator[SentenceExcerpt]:
    """Yields the sentences of quoted words, cut at these words."""
    blocks = {block.place.line: block for block in audit.document.blocks}
    for one in finding.quotes:
        block = blocks.get(one.place.line)
        if block is None or block.grid is not None:
            yield SentenceExcerpt(one.where, "", one.text, "")
            continue
        start, end = one.place.start - block.place.start, one.place.end - block.place.start
        begin, finish = sentence_span(block.text, start, end)
        yield SentenceExcerpt(one.where, block.text[begin:start], block.text[start:end], block.text[end:finish])


def trimmed(excerpt: SentenceExcerpt, around: int) -> SentenceExcerpt:
    """Returns a sentence cut to a number of characters on either side of its figure."""
    before, after = excerpt.before, excerpt.after
    return replace(
        excerpt,
        before=before if len(before) <= around else f"……{before[-around:]}",
        after=after if len(after) <= around else f"{after[:around]}……",
        marks=(),
    )


def _body_start(key: str, facts: Iterable[Fact]) -> int:
    return min((fact.cell[0] for fact in facts if fact.concept.table == key and fact.cell), default=0)
