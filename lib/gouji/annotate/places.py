"""Finds the place of a note: the characters of its figure; without a figure, the subject of the finding."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.document.model import Block, BlockKind, Place
from gouji.facts.fact import Fact, RecognisedTable
from gouji.findings.finding import Finding
from gouji.labels import normalise

#: A table's caption stands at most this many blocks before it.
_ABOVE = 6


def place_of(fact: Fact) -> Place:
    """Returns the place of a figure's characters without surrounding white space; the whole of a blank cell."""
    place, text = fact.place, fact.figure.text
    if len(text) != place.end - place.start or not text.strip():
        return place
    start = place.start + len(text) - len(text.lstrip())
    return Place(place.line, start, start + len(text.strip()))


def places_without_figures(finding: Finding, audit: Audit) -> Sequence[Place]:
    """Returns the places of a finding that suspects no figure.

    In this order: the words it quotes, the places left open that it names, the figures of its checks, the caption of
    its table, the heading of its subject, and the document's first words.
    """
    if finding.quotes:
        return [one.place for one in finding.quotes]
    for check in finding.checks:
        if open_places := _left_open(check, audit):
            return open_places
        if numbers := sorted({*check.fact_ids, *check.claims, *check.concerns}):
            return [place_of(audit.facts.facts[numbers[0]])]
    scopes = [check.scope for check in finding.checks] + ([finding.matter] if finding.matter else [])
    subjects = [check.subject for check in finding.checks]
    for table in (*audit.facts.tables.values(), *audit.facts.beyond()):
        if table.block >= 0 and (table.key in subjects or any(_is_about(scope, table) for scope in scopes)):
            return [_caption(table, audit.document.blocks)]
    headed = next((block for block in audit.document.blocks if block.section and block.where in scopes), None)
    first = headed or next((block for block in audit.document.blocks if block.text.strip()), None)
    return [_place_of_paragraph(first or audit.document.blocks[0])]


def _left_open(check: Check, audit: Audit) -> list[Place]:
    """Returns the places left open that its check names: those of a section, or all."""
    if check.rule.kind not in ("placeholder", "unfilled"):
        return []
    everywhere = check.rule.kind == "unfilled"
    return [one.place for one in audit.facts.placeholders if everywhere or one.where == check.scope]


def _is_about(scope: str, table: RecognisedTable) -> bool:
    return scope in {table.label, table.name, table.title} - {""} or bool(table.label and scope.startswith(table.label))


def _caption(table: RecognisedTable, blocks: Sequence[Block]) -> Place:
    """Returns the paragraph above a table that prints its title, else the table's first words."""
    title = normalise(table.title or table.name)
    for block in reversed(blocks[max(0, table.block - _ABOVE) : table.block]):
        if block.kind is BlockKind.TABLE:
            break
        if title and title in normalise(block.text):
            return _place_of_paragraph(block)
    cells = [cell for row in (table.grid.rows if table.grid else ()) for cell in row if cell.text.strip()]
    return cells[0].place if cells else blocks[table.block].place


def _place_of_paragraph(block: Block) -> Place:
    """Returns the whole of a paragraph."""
    if block.grid is not None:
        return next((cell.place for row in block.grid.rows for cell in row if cell.text.strip()), block.place)
    return block.place
