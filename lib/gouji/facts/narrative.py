"""The narrative's sentences to facts."""

from __future__ import annotations

import re

from gouji.document.model import Block, BlockKind, Document, Heading, Place, section_label
from gouji.facts.fact import Concept, Fact, Part
from gouji.facts.labels import normalise, shown
from gouji.facts.statements import Statement, read_statements
from gouji.layouts.phrases import Phrases, load_phrases


def read_narrative(document: Document, year: int | None) -> list[Fact]:
    """The facts that the narrative's sentences state (ids not yet given, amounts not yet measured)."""
    phrases = load_phrases()
    return [
        _fact(statement, block)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and (section := section_key(block.section, phrases)) in phrases.subjects
        for statement in read_statements(block.text, section, year)
    ]


def section_key(section: tuple[Heading, ...], phrases: Phrases) -> str:
    """The narrative section that a chain of headings stands for; "" outside the narrative.

    The outermost heading that names a section opens it; one below may only narrow it to a more special one:
    （二）支出决算结构情况 under 五、一般公共预算财政拨款支出 speaks of the general budget still.
    """
    titles = [normalise(heading.title) for heading in section]
    if any(word in title for title in titles for word in phrases.excluded):
        return ""
    keys = [key for title in titles if (key := phrases.section_of(title))]
    narrower = [key for key in keys[1:] if key in phrases.narrowing]
    return narrower[-1] if narrower else (keys[0] if keys else "")


def _fact(statement: Statement, block: Block) -> Fact:
    begin, finish = sentence_span(block.text, statement.start, statement.end)
    targets = tuple(concept_from_path(reading) for reading in statement.concepts)
    return Fact(
        id=-1,
        concept=Concept("narrative", "", targets[0].path),
        figure=statement.figure,
        part=Part.NARRATIVE,
        where=section_label(block.section),
        row_code="",
        row_name=shown(statement.subject),
        column_name=statement.measure,
        place=Place(block.place.line, block.place.start + statement.start, block.place.start + statement.end),
        block=block.index,
        quote=block.text[begin:finish].rstrip(),
        target=targets,
    )


def concept_from_path(path: str) -> Concept:
    """`income[total].fiscal` or `three_public.actual.total` as a Concept."""
    if match := re.fullmatch(r"([a-z_.]+)\[(\w+)\]\.(\w+)", path):
        return Concept(*match.groups())
    table, _, column = path.partition(".")
    return Concept(table, "", column)


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around `start`–`end`, cut at 。 and ；, without outer spaces."""
    begin = max(text.rfind("。", 0, start), text.rfind("；", 0, start), text.rfind(";", 0, start)) + 1
    ends = [at for mark in "。；;" if (at := text.find(mark, end)) >= 0]
    finish = min(ends, default=len(text))
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, finish
