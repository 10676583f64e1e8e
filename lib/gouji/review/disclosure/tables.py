"""Questions on tables that are missing or cannot be read, and on counts that belong beside 三公 amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from gouji.document.marks import GAP, TABLE_NUMBER, is_caption, is_furniture, is_note
from gouji.document.model import Block, BlockKind, Document, Grid
from gouji.document.word_lists import WORDS as DOCUMENT_WORDS
from gouji.facts.fact import RecognisedTable, Status
from gouji.facts.shown import shown_amount
from gouji.facts.word_lists import WORDS
from gouji.labels import normalise
from gouji.layouts import load_layouts
from gouji.review.disclosure.passages import body_text, clear, first_amount, stated, unknown
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome

_NINE, _COUNTS = "决算表", "“三公”经费的批次、人数和车辆"
_NUMBER = re.compile(r"\s*\d[\d,]*\s*(?:个|批次?|人次?|辆|台)?\s*$")
_AMOUNT = re.compile(r"\s*-?\d[\d,]*\.\d+\s*$")
_MOST_NAMED = 3
#: What a remark on reading says of a part of the file that was lost: a table may be in it.
_NOT_READ = "未能读取"
_SENTENCE_ENDS = re.compile(r"[。；;\n]")
_SPACE = re.compile(r"\s+")
#: What stands before a table's name in its caption: nothing, or whose and which year's it is.
_BEFORE_NAME = re.compile(r"(?:^|年度?|部门)$")
#: The most lines between a caption and the sentence that there is no data: its unit, a head of several lines, a note.
_BELOW = 8
#: Ends of the labels that a table's head has.
_OF_HEAD = (*DOCUMENT_WORDS.heads_of_names, *DOCUMENT_WORDS.heads_of_codes)
_PUBLISHED = (Status.FOUND, Status.EMPTY, Status.UNREADABLE)


def missing(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once which of the nine tables are not published, if the document publishes most of them."""
    facts = material.facts
    published = [table for table in facts.tables.values() if table.status in _PUBLISHED]
    spared = {item.table for item in rule.items if not item.asked(facts.year)}
    spared |= {table.key for table in _only_captioned(material)}
    lacking = [one for one in facts.tables.values() if one.status is Status.MISSING and one.key not in spared]
    if len(published) < material.threshold("tables_published"):
        yield unknown(rule, _NINE, f"文件中只读到{len(published)}张决算表，可能另文公开")
    elif lacking and (lost := [one for one in material.document.anomalies if _NOT_READ in one]):
        yield unknown(rule, _NINE, f"{'；'.join(lost)}，缺少的表可能在其中")
    elif lacking:
        names = "、".join(f"《{table.name}》" for table in lacking)
        yield Observation(
            rule,
            _NINE,
            Outcome.RAISED,
            f"公开的决算表中为何没有{names}？",
            f"文件公开了{len(published)}张决算表，没有读到{names}。没有数据的也应当列出空表并说明，请核对是否遗漏。",
        )
    else:
        yield clear(rule, _NINE)


def unreadable(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes tables that are there, at least by their caption, but cannot be read, whole or from some row on: nothing in
    them was checked. Skips a form that nobody filled in."""
    form = any(check.rule.kind == "unfilled" for check in material.conflicts())
    unread = [table for table in material.facts.tables.values() if table.status is Status.UNREADABLE]
    told = _told_empty(material)
    captioned = [one for one in _only_captioned(material) if not any(_is_of(name, one) for name in told)]
    for table in [] if form else [*unread, *captioned]:
        name = table.label or table.name
        problem = table.problem or ("版面无法辨认" if table in unread else "题名之下没有读到表格")
        yield Observation(
            rule,
            name,
            Outcome.RAISED,
            f"{name}未能读取，其中数字均未核对",
            f"文件中有《{table.name}》，但未能读取（{problem}），与之有关的勾稽均未核对；"
            "请改用可复制文字的版本或人工核对。",
        )
    for table in material.facts.tables.values():
        if not form and table.status is Status.FOUND and table.grid and table.grid.cut:
            yield _rest_unread(rule, table)


def _rest_unread(rule: DisclosureRule, table: RecognisedTable) -> Observation:
    name = table.label or table.name
    return Observation(
        rule,
        name,
        Outcome.RAISED,
        f"{name}只读到前一部分，其余各行均未核对",
        f"《{table.name}》在读到的各行之后还有内容，但那里各栏的位置不能确定，没有读取，需要全部各行的合计也未核对；"
        "请改用可复制文字的版本或人工核对。",
    )


def _only_captioned(material: Material) -> list[RecognisedTable]:
    """Returns the missing tables whose caption stands above what belongs to a table, unlike in a list of contents.
    They are published, but what is below the caption was not read as a table."""
    missing = [table for table in material.facts.tables.values() if table.status is Status.MISSING]
    if not missing:
        return []
    captions = set(_captions(material.document))
    return [table for table in missing if any(_is_of(caption, table) for caption in captions)]


def _captions(document: Document) -> Iterator[str]:
    """Returns the captions with something of a table below or beside them, but no grid: a number, department or unit, a
    head, a note, or a sentence that there is no data."""
    blocks = document.blocks
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE or not (caption := _caption_of(block.text)):
            continue
        beside = not is_caption(block.text)
        if beside or _is_of_table(blocks[at + 1 :][:1]) or _is_told_empty(blocks[at + 1 :][:_BELOW]):
            yield caption


def _caption_of(text: str) -> str:
    """Returns the caption that a line prints alone or before its number, department or unit; "" for other lines."""
    if "表" not in text:
        return ""
    first, *beside = GAP.split(text.strip())
    printed = text if is_caption(text) else first if beside and all(map(is_furniture, beside)) else ""
    return normalise(TABLE_NUMBER.sub("", printed)) if is_caption(printed) else ""


def _is_of_table(below: Sequence[Block]) -> bool:
    """True for a line that belongs to a table: its number, department or unit, its head, or its note."""
    if not below or below[0].kind is not BlockKind.PARAGRAPH:
        return bool(below) and is_furniture(below[0].text)
    parts = GAP.split(below[0].text.strip())
    head = len(parts) > 1 and any(normalise(part).endswith(_OF_HEAD) for part in parts)
    return is_furniture(below[0].text) or is_note(below[0].text) or head


def _is_told_empty(below: Sequence[Block]) -> bool:
    """True where a line says that there is no data before another caption or a heading."""
    own = takewhile(lambda one: one.kind is BlockKind.PARAGRAPH and not is_caption(one.text), below)
    return any(word in normalise(one.text) for one in own for word in WORDS.no_data)


def _told_empty(material: Material) -> set[str]:
    """Returns the captions below which, up to the next one, a line says that the table has no data."""
    told: set[str] = set()
    caption = ""
    for block in material.document.blocks:
        if found := _caption_of(block.text):
            caption = found
        elif caption and any(word in normalise(block.text) for word in WORDS.no_data):
            told.add(caption)
    return told


def _is_of(caption: str, table: RecognisedTable) -> bool:
    """True for a caption that ends in the table's name, or has the words that all titles of it have, and is a title of
    no other table."""
    name = normalise(table.name)
    named = caption.endswith(name) and bool(_BEFORE_NAME.search(caption.removesuffix(name)))
    layouts = load_layouts().tables
    titled = [key for key, one in layouts.items() if one.title.matches(caption)]
    return named or (bool(layouts[table.key].title.all) and titled == [table.key])


def none_read(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes that none of the nine tables was read, although the document has tables of amounts. Nothing in them was
    checked, so the lack of findings does not show that they are right."""
    if _is_about_accounts(material) and (amount_tables := _amount_tables(material)):
        names = "、".join(f"“{one.title}”" for one in material.facts.unread[:_MOST_NAMED])
        unread = f"（如{names}）" if names else ""
        yield Observation(
            rule,
            _NINE,
            Outcome.RAISED,
            "九张决算表一张也没有读到，各表数字均未核对，请人工核对",
            f"文件中有{amount_tables}张列有金额的表{unread}，没有一张认得出是九张决算表之一：表内、表间以及说明与表之间的"
            "勾稽都没有进行，没有列出错误不等于没有错误。请核对各表的标题和栏目，或改用可复制文字的版本。",
        )


def none_published(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes that a document has no tables: its sentences were only compared with one another."""
    if _is_about_accounts(material) and not _amount_tables(material):
        beyond = "、".join(f"《{table.name}》" for table in material.facts.annexed.values())
        others = f"只读到{beyond}" if beyond else "也没有其他列有金额的表"
        rest = "说明中的其他金额" if beyond else "说明中的金额"
        yield Observation(
            rule,
            _NINE,
            Outcome.RAISED,
            "文件中没有决算表，说明中的金额没有与决算表核对",
            f"没有读到九张决算表中的任何一张，{others}：{rest}只在说明之内核对。决算表另文公开的，请一并审计。",
        )


def _is_about_accounts(material: Material) -> bool:
    """True if sentences state the accounts, or captions say that tables do, but none of the nine tables was read. False
    for a form that nobody filled in."""
    facts = material.facts
    if any(table.status is not Status.MISSING for table in facts.tables.values()):
        return False
    if any(check.rule.kind == "unfilled" for check in material.conflicts()):
        return False
    return bool(facts.unread) or any(fact.claim and fact.claim.topic.known for fact in facts.statements())


def _amount_tables(material: Material) -> int:
    """Counts the tables that print amounts, without those that were read as tables beyond the nine."""
    facts = material.facts
    read = {table.block for table in (*facts.forms.values(), *facts.annexed.values())}
    grids = (block.grid for block in material.document.blocks if block.grid and block.index not in read)
    return sum(any(_AMOUNT.match(cell.text) for row in grid.rows for cell in row) for grid in grids)


def counts(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks about 三公 amounts for which the narrative does not state the number of journeys, cars or guests."""
    facts = material.facts
    if not facts.statements():
        return
    sentences = _SENTENCE_ENDS.split(material.once(body_text))
    said = stated(facts)
    amounts = [(item, first_amount(facts, item.paths, said)) for item in rule.items]
    spent = [(item, fact) for item, fact in amounts if fact is not None and fact.amount]
    lacking = [(item, fact) for item, fact in spent if not any(map(item.shown.search, sentences))]
    lacking = [(item, fact) for item, fact in lacking if not item.counted.search(material.once(_labels_with_numbers))]
    if lacking:
        told = "；".join(f"{item.name}{shown_amount(fact)}，没有说明{item.instead}" for item, fact in lacking)
        yield Observation(
            rule,
            _COUNTS,
            Outcome.RAISED,
            f"“三公”经费有支出，为何没有说明{'、'.join(item.instead for item, _ in lacking)}？",
            f"{told}。请补充并与审批单、公函、车辆台账核对。",
            concerns=tuple(fact.id for _, fact in lacking),
        )
    elif spent:
        yield clear(rule, _COUNTS)


def counts_of_guests(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Notes that only the foreign guests are counted, where nothing was spent on receptions. Where something was,
    `counts` asks."""
    facts = material.facts
    sentences = _SENTENCE_ENDS.split(material.once(body_text))
    said = stated(facts)
    for item in rule.items:
        fact = first_amount(facts, item.paths, said)
        told = next((one for one in sentences if item.promise.search(one)), "")
        if fact is None or fact.amount or not told:
            continue
        counted = any(map(item.shown.search, sentences))
        if counted or item.counted.search(material.once(_labels_with_numbers)):
            yield clear(rule, item.name)
            continue
        yield Observation(
            rule,
            item.name,
            Outcome.RAISED,
            f"只说明了外宾的批次、人次，没有说明{item.instead}",
            f"“{told}”，没有说明{item.instead}；没有发生的也应当写明。",
            concerns=(fact.id,),
        )


def _labels_with_numbers(material: Material) -> str:
    """Returns the labels of tables' rows and columns for which a number is printed, one per line."""
    grids = [block.grid for block in material.document.blocks if block.grid]
    return "\n".join(label for grid in grids for label in (*_row_labels(grid), *_column_labels(grid)))


def _row_labels(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        for before, cell in pairwise(row):
            if _NUMBER.match(cell.text) and not _NUMBER.match(before.text):
                yield _SPACE.sub("", before.text)


def _column_labels(grid: Grid) -> Iterator[str]:
    for above, row in pairwise(grid.rows):
        for cell in row:
            label = grid.cell_at(above[0].row, cell.col) if above and _NUMBER.match(cell.text) else None
            if label and not _NUMBER.match(label.text):
                yield _SPACE.sub("", label.text)
