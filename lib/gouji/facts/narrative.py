"""Sentences to facts: a small grammar over the tokens of the 情况说明.

A subject, an optional measure (预算, 决算) and only connecting words before an amount make a statement. Words the lexicon
does not know break the bond, so that an amount is left unread rather than read as something it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from gouji.document.model import Block, BlockKind, Document, Heading, Place, section_label
from gouji.facts.fact import Concept, Fact, Part
from gouji.facts.figure import Figure, State
from gouji.facts.labels import normalise
from gouji.layouts.phrases import Phrases, Subject, load_phrases

_NUMBER = r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)(?P<unit>亿元|百万元|万元|千元|元|万(?!人|余|户|亩|辆|个|多)|亿(?!人))?(?P<rate>%|‰|个百分点)?"
_DATE = r"(?P<year>20\d\d)年(?:度)?(?!以)|\d{1,2}月(?:份)?(?:\d{1,2}日)?"
_MONEY = {"万": "万元", "亿": "亿元"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence; `start` and `end` are offsets in the original text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """An amount a sentence states, the concepts it is the amount of, and its span in the original text."""

    figure: Figure
    concepts: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Clause:
    """What is known while reading from left to right."""

    subjects: list[Subject] = field(default_factory=list)
    measure: str = ""
    said_measure: str = ""
    default_measure: str = "final"
    inherited: bool = False
    gap: bool = False
    change: bool = False
    prior: bool = False
    prior_sentence: bool = False
    compared: bool = False
    completing: bool = False
    separately: bool = False
    listing: bool = False
    amounts: int = 0
    last: str = ""
    pending: list[Token] = field(default_factory=list)


def read_narrative(document: Document, year: int | None) -> list[Fact]:
    """The facts that the narrative's sentences state (ids not yet given, amounts not yet measured)."""
    phrases = load_phrases()
    return [
        fact
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and (section := section_key(block.section, phrases)) in phrases.subjects
        for statement in read_statements(block.text, section, year)
        for fact in _facts(statement, block)
    ]


def section_key(section: tuple[Heading, ...], phrases: Phrases) -> str:
    """The narrative section that a chain of headings stands for, innermost first; "" outside the narrative."""
    titles = [normalise(heading.title) for heading in section]
    if any(word in title for title in titles for word in phrases.excluded):
        return ""
    return next((key for title in reversed(titles) if (key := phrases.section_of(title))), "")


def read_statements(text: str, section: str, year: int | None) -> list[Statement]:
    """The statements of one paragraph of `section` (a key of phrases.yaml) in a document of account year `year`."""
    subjects = {phrase: subject for subject in load_phrases().subjects[section] for phrase in subject.phrases}
    statements: list[Statement] = []
    clause = _Clause()
    for token in tokens(text, section):
        clause = _step(clause, token, subjects, year, text, statements)
    return statements


def tokens(text: str, section: str) -> Iterator[Token]:
    """The tokens of a paragraph: subjects, measures, amounts, delimiters; what no lexicon knows is `unknown`."""
    plain, offsets = _plain(text)
    position = 0
    for match in _lexer(section).finditer(plain):
        if match.start() > position:
            yield Token("unknown", plain[position : match.start()], offsets[position], offsets[match.start() - 1] + 1)
        kind = match.lastgroup or ""
        if kind in {"unit", "rate"} or match.group("number"):
            kind = "rate" if match.group("rate") else "number"
        yield Token(kind, match.group(), offsets[match.start()], offsets[match.end() - 1] + 1)
        position = match.end()
    if position < len(plain):
        yield Token("unknown", plain[position:], offsets[position], offsets[-1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    """Text without spaces and quotes, in ASCII width, and each character's offset in the original."""
    chars: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        plain = normalise(char)
        if len(plain) == 1:
            chars.append(plain)
            offsets.append(offset)
    return "".join(chars), offsets


@cache
def _lexer(section: str) -> re.Pattern[str]:
    phrases = load_phrases()
    subjects = [phrase for subject in phrases.subjects[section] for phrase in subject.phrases]
    kinds = {
        "subject": subjects,
        "budget": phrases.measures["budget"],
        "final": phrases.measures["final"],
        "change": phrases.change,
        "becomes": phrases.becomes,
        "completion": phrases.completion,
        "prior": phrases.prior,
        "comparison": phrases.comparison,
        "parts": phrases.parts,
        "connective": phrases.connectives,
    }
    words = sorted(
        ((word, kind) for kind, group in reversed(kinds.items()) for word in group), key=lambda pair: -len(pair[0])
    )
    seen: dict[str, str] = {}
    for word, kind in words:
        seen[word] = kind if word not in seen or kind == "subject" else seen[word]
    lexicon = "|".join(f"(?P<{kind}_{index}>{re.escape(word)})" for index, (word, kind) in enumerate(seen.items()))
    return re.compile(
        rf"(?P<aside>\((?:不?含|不?包括)[^()]*\))|(?P<topic>\([类款项]\))|{_DATE}|{_NUMBER}|{lexicon}"
        r"|(?P<stop>[。!?](?!\)))|(?P<semicolon>;)|(?P<weak>[,:]|。(?=\)))|(?P<list>、|和|及)|(?P<bracket>[()])"
    )


def _step(
    clause: _Clause, token: Token, subjects: dict[str, Subject], year: int | None, text: str, out: list[Statement]
) -> _Clause:
    """The clause after `token`; a completed statement is appended to `out`."""
    kind = token.kind.split("_")[0]
    if kind == "stop":
        return _Clause(said_measure=clause.said_measure)
    if kind == "semicolon":
        return _Clause(
            said_measure=clause.said_measure,
            default_measure=clause.default_measure,
            prior_sentence=clause.prior_sentence,
        )
    if kind == "weak":
        _end_clause(clause)
    elif kind == "subject":
        _meet_subject(clause, subjects[token.text])
    elif kind in ("budget", "final"):
        _meet_measure(clause, kind)
    elif kind == "parts":
        clause.default_measure = clause.said_measure or "final"
        clause.subjects, clause.gap = [], False
    elif kind in ("unknown", "topic"):
        clause.gap = True
        clause.subjects = [] if kind == "topic" else clause.subjects
    elif kind == "number":
        _meet_number(clause, token, text, out)
    else:
        _meet_word(clause, kind, token, year)
    clause.last = kind
    return clause


def _end_clause(clause: _Clause) -> None:
    """After a comma or colon: the subject is inherited, everything else begins anew."""
    if clause.pending:
        return
    clause.inherited, clause.measure, clause.amounts = True, "", 0
    clause.gap = clause.change = clause.prior = clause.compared = False
    clause.completing = clause.separately = clause.listing = False


def _meet_subject(clause: _Clause, subject: Subject) -> None:
    together = clause.listing and clause.subjects and not (clause.gap or clause.measure or clause.amounts)
    clause.subjects = [*clause.subjects, subject] if together else [subject]
    announced = clause.last == "budget" and not (clause.compared or clause.change)
    clause.measure = "budget" if announced else ""
    clause.gap = clause.inherited = clause.listing = False
    clause.amounts = 0


def _meet_measure(clause: _Clause, kind: str) -> None:
    """预算 or 决算; both where they are joined before one amount (年初预算和支出决算均为…)."""
    joined = clause.listing and clause.measure and not clause.amounts
    clause.measure = "both" if joined else kind


def _meet_word(clause: _Clause, kind: str, token: Token, year: int | None) -> None:
    if kind == "change":
        clause.change = True
    elif kind == "becomes":
        clause.change = clause.prior = False
    elif kind == "completion":
        clause.completing = True
    elif kind == "prior" or (kind == "year" and year is not None and int(token.text[:4]) != year):
        clause.prior = True
        clause.prior_sentence = clause.prior_sentence or (not clause.compared and not clause.subjects)
    elif kind == "year":
        clause.prior_sentence = False
    elif kind == "comparison":
        clause.compared = True
    elif kind == "list":
        clause.listing = True
    elif kind == "connective" and token.text == "分别":
        clause.separately = True


def _meet_number(clause: _Clause, token: Token, text: str, out: list[Statement]) -> None:
    match = re.fullmatch(_NUMBER, token.text)
    assert match is not None
    unit = _MONEY.get(match["unit"] or "", match["unit"] or "")
    if not unit and clause.subjects and not clause.gap and _amount_follows(text, token.end):
        clause.pending.append(token)
        return
    if not unit and not (clause.measure and _is_bare_zero(token, text)):
        return
    if clause.gap and not clause.prior and not clause.change:
        clause.subjects = []
    usable = clause.subjects and not (clause.gap or clause.change or clause.prior or clause.prior_sentence)
    if usable and (not clause.inherited or clause.measure):
        out.extend(_statements(clause, [*clause.pending, token], unit or "万元", text))
        if not (clause.completing or clause.compared):
            clause.said_measure = clause.measure
    clause.amounts += len(clause.pending) + 1
    clause.pending, clause.listing = [], False


def _amount_follows(text: str, end: int) -> bool:
    """True where a number without a unit is the first of a list whose last number has one (A、B万元)."""
    return bool(re.match(r"\s*(?:[、,，和]|以及|及)\s*-?[\d０-９]", text[end:]))


def _is_bare_zero(token: Token, text: str) -> bool:
    """True for a 0 that ends its clause: zero needs no unit (支出决算为0，…)."""
    return token.text == "0" and bool(re.match(r"\s*(?:[，,。；;]|$)", text[token.end :]))


def _statements(clause: _Clause, stated: list[Token], unit: str, text: str) -> Iterator[Statement]:
    measure = clause.measure or clause.default_measure
    measures = ("budget", "final") if measure == "both" else (measure,)
    concepts = [
        concept
        for subject in clause.subjects
        for kind in measures
        for concept in (subject.budget if kind == "budget" else subject.final)
    ]
    if len(stated) == 1 and not clause.separately:
        if concepts:
            yield _statement(stated[0], unit, tuple(concepts), text)
        return
    for token, concept in zip(stated, concepts[clause.amounts :], strict=False):
        yield _statement(token, unit, (concept,), text)


def _statement(token: Token, unit: str, concepts: tuple[str, ...], text: str) -> Statement:
    match = re.fullmatch(_NUMBER, token.text)
    assert match is not None
    value = Decimal(match["number"].replace(",", ""))
    decimals = len(match["number"].partition(".")[2])
    printed = text[token.start : token.end]
    state = State.NUMBER if value else State.ZERO
    return Statement(
        Figure(unicodedata.normalize("NFC", printed), value, unit, decimals, state), concepts, token.start, token.end
    )


def _facts(statement: Statement, block: Block) -> Iterator[Fact]:
    for readings in statement.concepts:
        targets = tuple(concept_from_path(reading.strip()) for reading in readings.split("|"))
        yield Fact(
            id=-1,
            concept=Concept("narrative", "", targets[0].path),
            figure=statement.figure,
            part=Part.NARRATIVE,
            where=section_label(block.section),
            row_code="",
            row_name="",
            column_name="",
            place=Place(block.place.line, block.place.start + statement.start, block.place.start + statement.end),
            block=block.index,
            quote=_sentence(block.text, statement.start, statement.end),
            target=targets,
        )


def concept_from_path(path: str) -> Concept:
    """`income[total].fiscal` or `three_public.actual.total` as a Concept."""
    if match := re.fullmatch(r"([a-z_.]+)\[(\w+)\]\.(\w+)", path):
        return Concept(*match.groups())
    table, _, column = path.partition(".")
    return Concept(table, "", column)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, cut at 。 and ；."""
    begin = max(text.rfind("。", 0, start), text.rfind("；", 0, start), text.rfind(";", 0, start)) + 1
    ends = [at for mark in "。；;" if (at := text.find(mark, end)) >= 0]
    return text[begin : min(ends, default=len(text))].strip()
