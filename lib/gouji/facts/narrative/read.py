"""Turns the narrative, the notes and the annex of a document into facts: one for each figure and word of direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gouji.document.model import Block, BlockKind, Document, Heading, Place
from gouji.facts.claim import Measure, Topic
from gouji.facts.fact import Concept, Fact, Listing, Part
from gouji.facts.narrative.apportioned import labels
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.narrative.funds import fund_of
from gouji.facts.narrative.grammar import Paragraph, read_claims
from gouji.facts.narrative.instructions import without_instructions
from gouji.facts.narrative.listings import listings
from gouji.facts.narrative.owned import of_one_owner
from gouji.facts.narrative.reading import Stated
from gouji.facts.narrative.tokens import Token, tokens
from gouji.facts.narrative.topics import Accounts, heads, topics
from gouji.facts.narrative.word_lists import WORDS
from gouji.labels import normalise, shown
from gouji.layouts.phrases import FREE, Phrases, load_phrases
from gouji.runtime.word_lists import any_of

#: Words with which a paragraph without digits can still state a figure.
_FIGURE = re.compile(rf"\d|[一二三四五六七八九十百千两](?:{any_of(WORDS.numeral_units)})|{any_of(WORDS.figureless)}")
#: A heading with such a figure counts as a sentence.
_AMOUNT = re.compile(rf"\d\s*(?:{any_of(WORDS.figure_units)})")
#: Words behind a heading's subject: 项目支出决算具体情况说明.
_ACCOUNT_OF = re.compile(
    f"(?:{any_of(WORDS.title_before)})?(?:{any_of(WORDS.account_of)})(?:{any_of(WORDS.title_behind)})?$"
)
#: The level of headings below those of the sections.
_BELOW_SECTIONS = 3
#: The tables of fiscal funds other than the general budget.
_OTHER_FUNDS = ("government_fund", "state_capital")
#: Sections on the department's income and expenditure of every fund.
_OF_ALL_FUNDS = ("overall", "income", "expenditure")
#: Lines in a section that name no subject of their own.
_GENERIC = re.compile(
    rf"^(?:{any_of(WORDS.general)})(?:{any_of(WORDS.account_of)})(?:{any_of(WORDS.title_behind)})?[。.:]?$"
)


def read_narrative(
    document: Document, year: int | None, table_facts: Iterable[Fact], unit: str = "万元"
) -> tuple[list[Fact], tuple[Listing, ...]]:
    """Returns the facts that the document's sentences state (still without ids and measured amounts), in printed
    order, and the accounts they list.

    `table_facts` give the accounts that the department prints; `unit` is that of amounts printed without one.
    """
    table_facts = tuple(table_facts)
    accounts = Accounts.of((fact.concept.table, fact.row_code, fact.row_name) for fact in table_facts if fact.row_code)
    funded = any(fact.concept.table in _OTHER_FUNDS and fact.figure.value for fact in table_facts)
    facts: list[Fact] = []
    listed: list[Listing] = []
    for block, section, found in _stated(document, year, accounts, unit, facts):
        own = [_fact(one if not funded else _of_all_funds(one, section), block, section) for one in found]
        facts += own
        for listing, names in listings(block, own, len(facts)):
            listed.append(listing)
            facts += names
    tabled = any(fact.concept.table == "three_public" for fact in table_facts)
    return of_one_owner(facts, tabled), tuple(listed)


def _of_all_funds(stated: Stated, section: str) -> Stated:
    """财政拨款支出…，其中：基本支出…: where a department spends other funds too, no table prints this amount."""
    claim = stated.claim
    if section != "fiscal_expenditure":
        return stated
    whole = _of_no_table(claim.whole, section) if claim.whole else None
    topic = _of_no_table(claim.topic, section)
    if whole != claim.whole and claim.topic.known:
        topic = Topic(topic.phrase, topic.phrase)  # 基本支出…，其中：人员经费: of other funds too
    reading = claim.reading if topic is claim.topic else ""
    return replace(stated, claim=replace(claim, topic=topic, whole=whole, reading=reading))


def _of_no_table(topic: Topic, section: str) -> Topic:
    key = WORDS.of_general_budget.get(topic.phrase)
    return Topic(topic.phrase, f"{key} {section}") if key else topic


@dataclass(slots=True)
class _Thread:
    """The state carried from one paragraph to the next."""

    #: The subject named by the heading or the line above.
    lead: list[Topic] = field(default_factory=list)
    #: The fund that the paragraph before spoke of last.
    fund: str = ""
    #: Number of sentences so far.
    sentences: int = 0
    #: Number of paragraphs that state something. Others do not count: formats differ in what stands around tables.
    paragraphs: int = 0


def _stated(
    document: Document, year: int | None, accounts: Accounts, unit: str, before: Sequence[Fact]
) -> Iterator[tuple[Block, str, list[Stated]]]:
    """Yields what each paragraph states; `before` grows by its facts before the next is requested."""
    thread = _Thread()
    sections = list(_sections(document))
    by_unit = _sections_by_unit(sections)
    for block, section in sections:
        if block.kind is BlockKind.TABLE or (section == FREE and not _FIGURE.search(block.text)):
            thread.lead, thread.fund = [], ""
            continue
        text, skipped = _sentence_text(block)
        if block.kind is BlockKind.HEADING and not _AMOUNT.search(text):
            titles = topics(_title(text, block, section), section, accounts)
            thread.lead = [topic for topic in titles if topic.known] or _of_section(text, section)
            thread.fund = ""
            continue
        paragraph = Paragraph(
            without_instructions(text),
            section,
            unit,
            lead=tuple(thread.lead),
            fund=thread.fund,
            number=thread.paragraphs,
            sentence=thread.sentences,
            first=len(before),
            by_unit=section in by_unit,
        )
        claims = read_claims(paragraph, year, accounts)
        found, last, thread.sentences = claims.stated, claims.last_named, claims.next_sentence
        thread.lead = _of_section(text, section) or (last if _leads(text, found) else [])
        thread.fund = fund_of(found[-1].claim.topic) if found else (fund_of(last[0]) if last else thread.fund)
        thread.paragraphs += bool(found)
        if skipped:
            found = [replace(one, start=one.start + skipped, end=one.end + skipped) for one in found]
        yield block, section, found


def _sections(document: Document) -> Iterator[tuple[Block, str]]:
    """Yields the blocks to read, in order, each with the key of its section; tables with ""."""
    phrases = load_phrases()
    untold = _section_of_title(document, phrases)
    keys: dict[tuple[Heading, ...], tuple[str, bool]] = {}
    headings: tuple[Heading, ...] | None = None
    key, annexed = FREE, False
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            yield block, ""
            continue
        if block.section is not headings:  # neighbours share one: only others are looked up
            headings = block.section
            if headings not in keys:
                keys[headings] = section_key(headings, phrases), is_annex(headings)
            key, annexed = keys[headings]
        section = key
        if section == FREE and not annexed:
            hinted = phrases.hinted(normalise(block.text))
            section = (FREE if hinted in _OF_ALL_FUNDS and _of_one_fund(block.section) else hinted) or untold
        if section:
            yield block, section


def _sections_by_unit(sections: Iterable[tuple[Block, str]]) -> set[str]:
    """Returns the sections in which items begin with the names of two units or more."""
    units: dict[str, set[str]] = {}
    for block, section in sections:
        if block.kind is not BlockKind.TABLE and section != FREE:
            units.setdefault(section, set()).update(name for _, name in labels(_sentence_text(block)[0]))
    return {section for section, names in units.items() if len(names) > 1}


def _of_one_fund(section: tuple[Heading, ...]) -> bool:
    """True below 一般公共预算收入支出决算情况: its 收入总计 is not the department's."""
    return any(name in normalise(heading.title) for heading in section for name in WORDS.fund_names)


def _section_of_title(document: Document, phrases: Phrases) -> str:
    """Returns the section of a document with only one, named by its title (某镇2021年度“三公”经费决算说明); else
    `free`."""
    title = next((block for block in document.blocks if block.kind is not BlockKind.TABLE), None)
    key = phrases.section_of(normalise(title.text)) if title and not title.section else ""
    if key != "three_public" or any(_has_section(block, phrases) for block in document.blocks):
        return FREE
    return key


def _has_section(block: Block, phrases: Phrases) -> bool:
    """True below a heading that names a section of the 情况说明."""
    return bool(block.section) and section_key(block.section, phrases) not in ("", FREE)


def _title(text: str, block: Block, section: str) -> list[Token]:
    """Returns the words of a heading; below a section's heading (（二）项目支出情况) without 情况."""
    text = text.rstrip("。：:")
    if block.section and block.section[-1].level >= _BELOW_SECTIONS:
        text = _ACCOUNT_OF.sub("", text)
    return [one for one in tokens(text, section) if one.kind != "item"]


def _of_section(text: str, section: str) -> list[Topic]:
    """Returns the subject below a line that only says 具体情况: the section's headline."""
    head = heads().get(section)
    return [head] if head and _GENERIC.match(normalise(text)) else []


def is_annex(section: tuple[Heading, ...]) -> bool:
    """True under a heading that opens an annexed report."""
    return any(_opens_annex(heading.number + heading.title) for heading in section)


@lru_cache(maxsize=2048)
def _opens_annex(heading: str) -> bool:
    title = normalise(heading)
    return any(word in title for word in load_phrases().annex)


def _sentence_text(block: Block) -> tuple[str, int]:
    """Returns a block's text without its leading number, and the number of characters removed."""
    match = re.match(
        r"^(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[）)、]|\d{1,2}[.．](?!\d))\s*",
        block.text,
    )
    return (block.text[match.end() :], match.end()) if match else (block.text, 0)


def _leads(text: str, found: Sequence[Stated]) -> bool:
    """True for a line that only names the subject of the next one."""
    return not found and len(text) <= 80


def section_key(section: tuple[Heading, ...], phrases: Phrases) -> str:
    """Returns the narrative section of a chain of headings; `free` outside the 情况说明, "" where nothing is read.

    The outermost heading that names a section opens it. One below may only narrow it to a more special one:
    （二）支出决算结构情况 under 五、一般公共预算财政拨款支出 still refers to the general budget.
    """
    titles = [normalise(heading.title) for heading in section]
    if any(word in title for title in titles for word in phrases.excluded):
        return ""
    if is_annex(section):
        return FREE
    keys = [key for title in titles if (key := _section_of(title))] or _composed(titles)
    below = (*phrases.narrowing["any"], *phrases.narrowing.get(keys[0], ())) if keys else ()
    narrower = [key for key in keys[1:] if key in below]
    return narrower[-1] if narrower else (keys[0] if keys else FREE)


def _composed(titles: Sequence[str]) -> list[str]:
    """Returns the section of the innermost heading made of 收入, 支出 and words for what is told of them, where no
    heading names a section."""
    return [key for title in reversed(titles) if (key := _composed_section_of(title))][:1]


@lru_cache(maxsize=2048)
def _composed_section_of(title: str) -> str:
    return load_phrases().composed.section_of(title)


@lru_cache(maxsize=2048)
def _section_of(title: str) -> str:
    """`Phrases.section_of`, remembered: departments write the same headings."""
    return load_phrases().section_of(title)


def _fact(stated: Stated, block: Block, section: str) -> Fact:
    claim = stated.claim
    begin, finish = sentence_span(block.text, stated.start, stated.end)
    targets = tuple(concept_from_path(reading.strip()) for reading in claim.reading.split("|") if reading.strip())
    return Fact(
        id=-1,
        concept=Concept(
            "narrative", "", targets[0].path if targets else f"{claim.topic.key}.{claim.measure.name.lower()}"
        ),
        figure=stated.figure,
        part=Part.NARRATIVE,
        where=block.where,
        row_code="",
        row_name=shown(claim.topic.phrase.removesuffix("为") if _is_score(stated) else claim.topic.phrase),
        column_name="" if claim.measure is Measure.DIRECTION or _is_score(stated) else claim.measure.value,
        place=Place(block.place.line, block.place.start + stated.start, block.place.start + stated.end),
        block=block.index,
        quote=block.text[begin:finish].rstrip(),
        target=targets,
        claim=claim,
        section=section,
    )


def _is_score(stated: Stated) -> bool:
    """True for 自评得分为96.50分, which names its own kind of figure."""
    return stated.claim.measure is Measure.COUNT and stated.figure.unit == "分"


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns the span of the sentence around `start`–`end`, cut at 。 and ；, without outer spaces."""
    begin = max(text.rfind("。", 0, start), text.rfind("；", 0, start), text.rfind(";", 0, start)) + 1
    ends = [at for mark in "。；;" if (at := text.find(mark, end)) >= 0]
    finish = min(ends, default=len(text))
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, finish
