"""Characters that look like others, as PDF exports print them, in every format."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from test_evaluation import WRITERS

from gouji.document.model import Block, Document
from gouji.document.reader import read
from gouji.facts.fact import Part
from gouji.facts.recognise import recognise
from gouji.fictitious.departments.make import make_department
from gouji.fictitious.departments.render import to_text
from gouji.radicals import ordinary
from support.texts import document_of

#: Radical by the character it looks like, of those whose normal form is that character.
RADICALS = str.maketrans(
    {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)} | {"户": "⼾", "车": "⻋"}
)


def _in_radicals(document: Document) -> Document:
    return replace(document, blocks=tuple(_block_in_radicals(block) for block in document.blocks))


def _block_in_radicals(block: Block) -> Block:
    rows = block.grid.rows if block.grid else ()
    cells = tuple(tuple(replace(cell, text=cell.text.translate(RADICALS)) for cell in row) for row in rows)
    grid = replace(block.grid, rows=cells) if block.grid else None
    chapter = block.text.startswith("第")  # by which the writer of workbooks finds the tables
    return replace(block, text=block.text if chapter else block.text.translate(RADICALS), grid=grid)


def _read(document: Document) -> list[tuple[str, str, str]]:
    return [(fact.concept.path, fact.figure.text, fact.where) for fact in recognise(document)]


@pytest.mark.parametrize("form", ["txt", "docx", "html", "xlsx"])
def test_radicals_are_read_as_the_characters_they_look_like(form: str, tmp_path: Path) -> None:
    department = make_department(3, "national2022")
    text = to_text(department)
    plain, odd = tmp_path / f"plain.{form}", tmp_path / f"odd.{form}"
    document = document_of(text)
    for path, said in ((plain, document), (odd, _in_radicals(document))):
        if form == "txt":
            path.write_text(text if said is document else text.translate(RADICALS), encoding="utf-8")
        else:
            WRITERS[form](said, path)
    assert odd.read_bytes() != plain.read_bytes()
    assert _read(read(odd)) == _read(read(plain))


def test_headings_and_names_in_radicals() -> None:
    lines = "⼋、政府性基⾦预算收⼊⽀出决算情况说明\n政府性基⾦预算财政拨款本年⽀出20.00万元。\n"
    facts = [fact for fact in recognise(document_of(lines)) if fact.part is Part.NARRATIVE]
    assert [(fact.concept.path, fact.where) for fact in facts] == [
        ("narrative.government_fund[total].expenditure", "八")
    ]


@pytest.mark.parametrize(
    ("odd", "plain"),
    [("⼾⼿⻓", "户手长"), ("（一）工资　12", "（一）工资　12"), ("④ｋｍ①", "④ｋｍ①"), ("\uf9b5", "例")],
)
def test_each_character_becomes_one(odd: str, plain: str) -> None:
    assert ordinary(odd) == plain
