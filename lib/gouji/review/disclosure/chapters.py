"""Questions on chapters and statements that must be there, contents beside headings, and terms that must be
explained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.document.model import Block, BlockKind
from gouji.facts.fact import Status
from gouji.facts.shown import shown_amount
from gouji.intervals import unscaled
from gouji.labels import normalise, years_in_digits
from gouji.review.disclosure.passages import (
    body_begins,
    body_text,
    clear,
    entry_of,
    first_amount,
    narrated,
    narrative_text,
    parted,
    stated,
    under,
    unknown,
    without_notes,
)
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome

_STATEMENTS, _CONTENTS, _EMPTY = "应公开的章节和说明", "目录与正文", "没有说明的标题"
#: So much of a heading of the body is compared with entries; a longer paragraph is none.
_HEADING = 80
#: Entries and headings as short as this are no evidence of each other by containment.
_SHORT = 4
#: A heading as long as this states something itself.
_TITLE = 40
_YEARS = re.compile(r"20\d\d年?")
#: A year before a title, whole or with a digit left out: another rule asks about it.
_YEAR_BEFORE = re.compile(r"\d{2,4}年度?")
#: Where more of the contents is not found than this (in 100), it is the reading that failed.
_MISREAD = 50
_TERMS = "名词解释"
#: What a heading of the body adds in brackets.
_REMARK = re.compile(r"[（(][^（）()]*[）)]\s*$")
_ANNEXED = re.compile("附件|附表|报告")
#: Dots and a page behind an entry of a list of contents.
_ENTRY = re.compile(r"[.．·…\-—_]{2,}\s*\d*\s*$")
_CHAPTER = ("名词解释", "专业名词")


def demanded(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about chapters and statements that rules of disclosure demand and that stand nowhere in the body."""
    if not material.facts.statements():
        yield unknown(rule, _STATEMENTS, "文件中没有读到情况说明")
        return
    if _tells_three_public_only(material):
        yield unknown(rule, _STATEMENTS, "文件只是“三公”经费的表或说明")
        return
    texts = {"body": material.once(body_text), "narrative": material.once(narrative_text)}
    year = material.facts.year
    lacking = [item for item in rule.items if item.asked(year) and not item.shown.search(texts[item.within])]
    chapters = material.once(_own_chapters)
    lacking = [item for item in lacking if not any(map(item.chapter.search, chapters))]
    if not lacking:
        yield clear(rule, _STATEMENTS)
        return
    names = "、".join(f"“{item.name}”" for item in lacking)
    only_aside = [item.name for item in lacking if item.shown.search(texts["body"])]
    aside = f"（名词解释或附件中提到{'、'.join(only_aside)}，不是对它的说明）" if only_aside else ""
    yield Observation(
        rule,
        _STATEMENTS,
        Outcome.RAISED,
        f"公开文件中为何没有{names}的内容？",
        f"全文（目录除外）没有读到{names}{aside}。这些是部门决算公开应有的内容；没有发生的也应当写明。"
        "请核对是否另行公开或遗漏，并补充公开。",
    )


def _own_chapters(material: Material) -> tuple[str, ...]:
    """Returns the titles of the body's chapters and sections, without those of an annex or of a report."""
    sections = dict.fromkeys(block.section for block in material.once(parted)[1] if block.section)
    own = (some for some in sections if not any(_ANNEXED.search(f"{one.number}{one.title}") for one in some))
    return tuple(normalise(some[-1].title) for some in own)


def _tells_three_public_only(material: Material) -> bool:
    """True if tables and sentences are only about the three public expenses: the account stands elsewhere."""
    facts = material.facts
    tables = {key for key, table in facts.tables.items() if table.status is not Status.MISSING}
    topics = {fact.claim.topic.key.partition(".")[0] for fact in facts.statements() if fact.claim}
    # Counts (批次、人次) have topics of their own.
    return tables <= {"three_public"} and "three_public" in topics and topics <= {"three_public", "narrative"}


def empty_headings(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about headings, named by the rule's `words`, below which nothing stands."""
    if not material.facts.statements():
        return
    headings = [
        (block, _is_empty(block, next_one))
        for block, next_one in _headings_with_next(material)
        if _promises_statement(rule, block)
    ]
    filled = {entry_of(block.text) for block, empty in headings if not empty}
    found = [block for block, empty in headings if empty and entry_of(block.text) not in filled]
    # Many in a row are a list of contents, or a text whose paragraphs were not read.
    if not found or 2 * len(found) > len(headings):
        yield clear(rule, _EMPTY)
        return
    names = "、".join(f"“{block.text.strip()}”" for block in found)
    yield Observation(
        rule,
        _EMPTY,
        Outcome.RAISED,
        f"标题{names}之下为何没有说明？",
        f"{names}之下没有任何文字和表格。这是应当公开的内容，没有发生的也应当写明；请核对是否遗漏。",
        quotes=tuple(quote(block, 0, len(block.text)) for block in found),
    )


def _headings_with_next(material: Material) -> Iterator[tuple[Block, Block | None]]:
    """Yields the headings of the narrative, each with the block behind it."""
    first, blocks = material.once(body_begins), material.document.blocks
    narrative = {block.index for block in material.once(narrated).blocks}
    filled = [block for block in blocks if block.text.strip() or block.kind is BlockKind.TABLE]
    for block, next_one in zip(filled, [*filled[1:], None], strict=False):
        if block.kind is BlockKind.HEADING and block.index >= first and block.index in narrative:
            yield block, next_one


def _promises_statement(rule: DisclosureRule, heading: Block) -> bool:
    """True for a heading that promises a statement. One with figures or with 无 is a statement itself."""
    title = heading.section[-1].title if heading.section else heading.text
    states = len(title) > _TITLE or any(mark.isdigit() for mark in _YEARS.sub("", years_in_digits(title)))
    return not states and bool(rule.pattern.search(title)) and not rule.excused.search(title)


def _is_empty(heading: Block, next_one: Block | None) -> bool:
    """True if another heading, not of a lower level, stands right behind. The end of a text does not count: it may go
    on elsewhere."""
    if next_one is None:
        return False
    level, depth = heading.section[-1].level, len(heading.section)
    return next_one.kind is BlockKind.HEADING and (
        next_one.section[-1].level <= level or next_one.section[:depth] != heading.section
    )


def contents(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks about entries of the list of contents for which the body has no heading."""
    listed, body = material.once(parted)
    listed = [block for block in listed if block.kind is not BlockKind.TABLE]
    entries = {_without_year(block.text): block for block in listed}
    entries.pop("", None)
    if not entries:
        return
    headings = _entries_met(listed, body, material)
    long = [heading for heading in headings if len(heading) > _SHORT]
    lost = [
        block
        for entry, block in entries.items()
        if entry not in headings and not any(one in entry or entry in one for one in long if len(entry) > _SHORT)
    ]
    if 100 * len(lost) > _MISREAD * len(entries):
        yield unknown(rule, _CONTENTS, "目录与正文标题多数未能对上，可能是读取所致")
    elif lost:
        names = "、".join(f"“{block.text.strip()}”" for block in lost)
        yield Observation(
            rule,
            _CONTENTS,
            Outcome.RAISED,
            f"目录列有{len(lost)}项，正文没有相应标题",
            f"目录列有{names}，正文没有读到相应标题，请核对是遗漏还是标题不一致。",
            quotes=tuple(quote(block, 0, len(block.text)) for block in lost),
        )
    else:
        yield clear(rule, _CONTENTS)


def _entries_met(listed: Sequence[Block], body: Sequence[Block], material: Material) -> set[str]:
    """Returns the headings of the body and the titles of its tables, as entries. An entry that the list of contents
    prints over two lines stands with each of them."""
    headings = {
        _without_year(block.text[:_HEADING])
        for block in body
        if block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and len(block.text) <= _HEADING)
    }
    headings |= {
        _without_year(_REMARK.sub("", block.text[:_HEADING])) for block in body if block.kind is BlockKind.HEADING
    }
    headings |= {_without_year(table.title) for table in material.facts.tables.values()} - {""}
    over_two_lines = {
        (_without_year(above.text), _without_year(below.text))
        for above, below in pairwise(listed)
        if _without_year(above.text + below.text) in headings
    }
    return headings.union(*over_two_lines)


def _without_year(text: str) -> str:
    return _YEAR_BEFORE.sub("", entry_of(text))


def terms(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks about terms that carry a large share of the accounts and that the chapter of terms does not explain."""
    _, body = material.once(parted)
    chapter = list(under(without_notes(body), _CHAPTER))
    explained = normalise("\n".join(block.text for block in chapter if _TERMS not in block.text[:20]))
    if not explained:
        return
    least, said = material.threshold("terms_share"), stated(material.facts)
    lacking = []
    for item in rule.items:
        amount, whole = (first_amount(material.facts, paths, said) for paths in (item.paths, item.whole))
        if amount is None or whole is None or not amount.amount or not whole.amount or item.shown.search(explained):
            continue
        share = unscaled(amount.amount, "元") * 100 / unscaled(whole.amount, "元")
        if share >= least:
            lacking.append((item.name, amount, round(share, 2)))
    if not lacking:
        yield clear(rule, _TERMS)
        return
    named = "、".join(f"“{name}”" for name, _, _ in lacking)
    amounts = "；".join(f"“{name}”{shown_amount(fact)}，占{share}%" for name, fact, share in lacking)
    yield Observation(
        rule,
        _TERMS,
        Outcome.RAISED,
        f"名词解释中没有{named}",
        f"名词解释没有解释下列金额较大的收支项目：{amounts}。应当说明其来源或用途的含义。",
        concerns=tuple(fact.id for _, fact, _ in lacking),
        quotes=tuple(quote(block, 0, min(len(block.text), 20)) for block in _headings(chapter)[-1:]),
    )


def _headings(chapter: list[Block]) -> list[Block]:
    """Returns where the chapter of terms begins; a line of the list of contents does not count."""
    named = (block for block in chapter if any(word in block.text[:20] for word in _CHAPTER))
    return [block for block in named if not _ENTRY.search(block.text)]
