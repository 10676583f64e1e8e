"""Cuts the source around a finding as printed: the table rows or the sentence concerned, with suspects marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gouji.auditing import Audit
from gouji.facts.fact import Fact, Part
from gouji.facts.narrative.read import sentence_span
from gouji.findings.finding import Finding, one_a_print


@dataclass(frozen=True, slots=True)
class ExcerptCell:
    """A cell to show: its text, the number of columns it covers, and its mark.

    The mark is `suspect` (held to be misprinted), `asked` (a question or a note is about it), `touched` (compared with
    such a figure) or "".
    """

    text: str
    colspan: int
    mark: str
    header: bool

    @property
    def label(self) -> bool:
        """True for words, which are set to the left. Figures and codes are not."""
        return bool(self.text) and not any(char.isdigit() for char in self.text[:1])


@dataclass(frozen=True, slots=True)
class TableExcerpt:
    """Rows of one table as printed."""

    caption: str
    rows: tuple[tuple[ExcerptCell, ...], ...]


@dataclass(frozen=True, slots=True)
class SentenceExcerpt:
    """A sentence cut at the figure in question: before, the figure, after."""

    where: str
    before: str
    figure: str
    after: str

    @property
    def whole(self) -> tuple[str, str]:
        """Returns the place and the full sentence."""
        return self.where, self.before + self.figure + self.after


def table_excerpts(finding: Finding, audit: Audit) -> list[TableExcerpt]:
    """Returns an excerpt of each table with a suspect cell of the finding: the header and the rows concerned."""
    suspects = [fact for fact in finding.suspects if fact.part is Part.TABLES]
    violated = {number for check in (*finding.checks, *finding.support) for number in check.fact_ids}
    touched = [fact for number in sorted(violated) if not (fact := audit.facts.facts[number]).blank]
    excerpts = []
    for key in dict.fromkeys(fact.concept.table for fact in suspects):
        cells = {fact.cell: "touched" for fact in touched if fact.concept.table == key and fact.cell}
        mark = _mark(finding)
        cells |= {fact.cell: mark for fact in suspects if fact.concept.table == key and fact.cell}
        excerpts.append(whole_table(key, audit, {cell: mark for cell, mark in cells.items() if cell}, only_marked=True))
    return excerpts


def whole_table(key: str, audit: Audit, marks: dict[tuple[int, int], str], only_marked: bool = False) -> TableExcerpt:
    """Returns a table as printed, with `marks` by (row, column). With `only_marked`, keeps only header and marked
    rows."""
    table = audit.facts.table(key)
    if table.grid is None:
        return TableExcerpt(table.name, ())
    body = _body_start(key, audit.facts.facts)
    marked_rows = {row for row, _ in marks}
    rows = []
    for number, row in enumerate(table.grid.rows):
        printed = any(cell.text.strip() for cell in row)
        if printed and (number < body or number in marked_rows or not only_marked):
            rows.append(
                tuple(
                    ExcerptCell(cell.text.strip(), cell.colspan, marks.get((number, cell.col), ""), number < body)
                    for cell in row
                )
            )
    name = "" if table.name in table.label else f" {table.name}"
    return TableExcerpt(f"{table.label}{name}（{table.unit}）", tuple(rows))


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
    """Returns the sentences with a figure the finding suspects, cut at that figure, and the sentences whose words it
    quotes."""
    figures = tuple(_sentences(finding.suspects, audit))
    return (*figures, *_quoted_sentences(finding, audit, {one.whole for one in figures}))


def opposed_sentences(finding: Finding, audit: Audit) -> tuple[SentenceExcerpt, ...]:
    """Returns the sentences with figures that contradict the suspects, each cut at the first such figure. Leaves out
    the sentences of the suspects, which are quoted already."""
    quoted = {one.whole for one in suspect_sentences(finding, audit)}
    excerpts: dict[tuple[str, str], SentenceExcerpt] = {}
    for one in _sentences(finding.corroborating, audit):
        if one.whole not in quoted:
            excerpts.setdefault(one.whole, one)
    return tuple(excerpts.values())


def _sentences(facts: Iterable[Fact], audit: Audit) -> Iterator[SentenceExcerpt]:
    return (sentence_excerpt(fact, audit) for fact in one_a_print(facts) if fact.part is Part.NARRATIVE)


def _quoted_sentences(finding: Finding, audit: Audit, known: set[tuple[str, str]]) -> Iterator[SentenceExcerpt]:
    """Yields the sentences of quoted words, cut at these words. Leaves out sentences quoted already."""
    blocks = {block.place.line: block for block in audit.document.blocks}
    for one in finding.quotes:
        block = blocks.get(one.place.line)
        if block is None or block.grid is not None:
            yield SentenceExcerpt(one.where, "", one.text, "")
            continue
        start, end = one.place.start - block.place.start, one.place.end - block.place.start
        begin, finish = sentence_span(block.text, start, end)
        excerpt = SentenceExcerpt(one.where, block.text[begin:start], block.text[start:end], block.text[end:finish])
        if excerpt.whole not in known:
            known.add(excerpt.whole)
            yield excerpt


def trimmed(excerpt: SentenceExcerpt, around: int) -> SentenceExcerpt:
    """Returns a sentence cut to a number of characters on either side of its figure."""
    before, after = excerpt.before, excerpt.after
    return replace(
        excerpt,
        before=before if len(before) <= around else f"……{before[-around:]}",
        after=after if len(after) <= around else f"{after[:around]}……",
    )


def _body_start(key: str, facts: Iterable[Fact]) -> int:
    return min((fact.cell[0] for fact in facts if fact.concept.table == key and fact.cell), default=0)
