"""Tokens to statements: a subject, a measure (预算, 决算) and only connecting words before an amount.

Words the lexicon does not know break the bond, so that an amount is left unread rather than read as what it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.facts.figure import Figure, State
from gouji.facts.tokens import NUMBER, Token, tokens
from gouji.layouts.phrases import Subject, load_phrases

#: Connectives that, before a subject, make it a part of what the subject alone would be (财政拨款基本支出).
_QUALIFYING = {"财政拨款", "经费", "费用"}
_MONEY = {"万": "万元", "亿": "亿元"}
_MEASURES = {"initial": "年初预算", "budget": "预算", "final": "决算"}


@dataclass(frozen=True, slots=True)
class Statement:
    """An amount a sentence states, the words it is said of, and its span in the text.

    `concepts` are the readings of those words: concept paths of which any may be what the department means.
    """

    figure: Figure
    subject: str
    measure: str
    concepts: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Clause:
    """What is known while reading from left to right."""

    subjects: list[tuple[str, Subject]] = field(default_factory=list)
    measure: str = ""
    said_measure: str = ""
    default_measure: str = "final"
    inherited: bool = False
    gap: bool = False
    foreign: bool = False
    whole: bool = True
    closed: bool = False
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


def read_statements(text: str, section: str, year: int | None) -> list[Statement]:
    """The statements of one paragraph of `section` (a key of phrases.yaml) in a document of account year `year`."""
    subjects = {phrase: subject for subject in load_phrases().subjects[section] for phrase in subject.phrases}
    statements: list[Statement] = []
    clause = _Clause()
    for token in tokens(text, section):
        clause = _step(clause, token, subjects, year, text, statements)
    return statements


def _step(
    clause: _Clause, token: Token, subjects: dict[str, Subject], year: int | None, text: str, out: list[Statement]
) -> _Clause:
    """The clause after `token`; a completed statement is appended to `out`."""
    kind = token.kind.split("_")[0]
    if kind == "stop":
        return _Clause(said_measure=clause.said_measure, whole=clause.whole)
    if kind == "semicolon":
        return _Clause(
            said_measure=clause.said_measure,
            default_measure=clause.default_measure,
            prior_sentence=clause.prior_sentence,
            whole=clause.whole,
            closed=clause.closed,
        )
    if kind == "weak":
        _end_clause(clause)
    elif kind == "subject":
        _meet_subject(clause, token.text, subjects[token.text])
    elif kind in _MEASURES:
        _meet_measure(clause, kind)
    elif kind == "parts":
        clause.default_measure = clause.said_measure or "final"
        clause.subjects, clause.gap, clause.foreign = [], False, False
        clause.closed = clause.closed or not clause.whole
    elif kind in ("unknown", "topic"):
        clause.gap = True
        clause.foreign = clause.foreign or kind == "topic" or not re.match(load_phrases().openers, token.text)
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
    clause.gap = clause.foreign = clause.change = clause.prior = clause.compared = False
    clause.completing = clause.separately = clause.listing = False


def _meet_subject(clause: _Clause, phrase: str, subject: Subject) -> None:
    together = clause.listing and clause.subjects and not (clause.gap or clause.measure or clause.amounts)
    clause.subjects = [*clause.subjects, (phrase, subject)] if together else [(phrase, subject)]
    announced = clause.last in ("initial", "budget") and not (clause.compared or clause.change)
    clause.measure = clause.measure if announced else ""
    clause.gap, clause.foreign = clause.foreign, False
    clause.inherited = clause.listing = False
    clause.amounts = 0


def _meet_measure(clause: _Clause, kind: str) -> None:
    """年初预算, 预算 or 决算; two where they are joined before one amount (年初预算和支出决算均为…)."""
    joined = clause.listing and clause.measure and not clause.amounts
    clause.measure = f"{clause.measure} {kind}" if joined else kind


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
        clause.prior_sentence = clause.foreign = False
    elif kind == "origin":
        clause.prior = True
    elif kind == "comparison":
        clause.compared = True
    elif kind == "list":
        clause.listing = True
    elif kind == "connective":
        clause.separately = clause.separately or token.text == "分别"
        if token.text in _QUALIFYING and (clause.inherited or not clause.subjects):
            clause.foreign = True


def _meet_number(clause: _Clause, token: Token, text: str, out: list[Statement]) -> None:
    match = re.fullmatch(NUMBER, token.text)
    assert match is not None
    unit = _MONEY.get(match["unit"] or "", match["unit"] or "")
    if not unit and clause.subjects and not clause.gap and _amount_follows(text, token.end):
        clause.pending.append(token)
        return
    if not unit and not (clause.measure and _is_bare_zero(token, text)):
        return
    if clause.gap and not clause.prior and not clause.change:
        clause.subjects = []
    aside = clause.change or clause.prior or clause.prior_sentence
    usable = clause.subjects and not (clause.gap or clause.closed or aside)
    if not aside and not clause.completing:
        clause.whole = bool(usable)
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
    measures = measure.split()
    said = [
        (phrase, kind, concept)
        for phrase, subject in clause.subjects
        for kind in measures
        for concept in getattr(subject, kind)
    ]
    if len(stated) == 1 and not clause.separately:
        yield from (_statement(stated[0], unit, text, *one) for one in said)
    else:
        for token, one in zip(stated, said[clause.amounts :], strict=False):
            yield _statement(token, unit, text, *one)


def _statement(token: Token, unit: str, text: str, phrase: str, measure: str, concept: str) -> Statement:
    match = re.fullmatch(NUMBER, token.text)
    assert match is not None
    value = Decimal(match["number"].replace(",", ""))
    decimals = len(match["number"].partition(".")[2])
    printed = unicodedata.normalize("NFC", text[token.start : token.end])
    figure = Figure(printed, value, unit, decimals, State.NUMBER if value else State.ZERO)
    readings = tuple(reading.strip() for reading in concept.split("|"))
    return Statement(figure, phrase, _MEASURES[measure], readings, token.start, token.end)
