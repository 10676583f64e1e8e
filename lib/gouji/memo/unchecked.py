"""Lists the figures that no check touches by sentences and cells, without the zeros, so that the list stays short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gouji.auditing import Audit
from gouji.facts.fact import Fact, Part
from gouji.facts.narrative.read import sentence_span
from gouji.findings.finding import one_a_print
from gouji.memo.finding_content import with_unit
from gouji.memo.marked import UNRELATED, seen_elsewhere, why_unconstrained

#: Number of characters quoted before the first and behind the last figure of a sentence.
_AROUND = 24
#: Limit on the cells that are named for one amount.
_MOST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The figures of one sentence, or one amount in a table, without a check.

    `pieces` are the words, each with whether it is such a figure. `reason` is "" where no rule is about them.
    """

    where: str
    pieces: tuple[tuple[str, bool], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class UncheckedList:
    """All of them in printed order, and the number of zeros left out."""

    rows: tuple[Unchecked, ...] = ()
    zeros: int = 0


def unchecked_list(audit: Audit) -> UncheckedList:
    """Returns the figures without a check. Those of a sentence stand in one row, as do equal amounts of a table."""
    facts = one_a_print(audit.checks.unconstrained())
    told = [fact for fact in facts if fact.amount != 0]
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in told:
        groups.setdefault(_group(fact, audit), []).append(fact)
    return UncheckedList(tuple(_row(group, audit) for group in groups.values()), len(facts) - len(told))


def _group(fact: Fact, audit: Audit) -> tuple[object, ...]:
    if fact.part is Part.NARRATIVE:
        return fact.block, *_span(fact, audit)
    return fact.where.partition(" · ")[0], with_unit(fact), why_unconstrained(fact, audit.checks)


def _span(fact: Fact, audit: Audit) -> tuple[int, int]:
    """Returns where the sentence of a figure starts and ends in its paragraph."""
    block = audit.document.blocks[fact.block]
    return sentence_span(block.text, fact.place.start - block.place.start, fact.place.end - block.place.start)


def _row(facts: list[Fact], audit: Audit) -> Unchecked:
    first = facts[0]
    if first.part is Part.NARRATIVE:
        return Unchecked(first.where, tuple(_sentence(facts, audit)), _reasons(facts, audit))
    where = first.where.partition(" · ")[0]
    cells = [fact.where.partition(" · ")[2] for fact in facts]
    more = f"等{len(cells)}处" if len(cells) > _MOST_CELLS else ""
    pieces = ((f"{'；'.join(cells[:_MOST_CELLS])}{more}：", False), (with_unit(first), True))
    return Unchecked(where, pieces, _reasons(facts, audit))


def _sentence(facts: list[Fact], audit: Audit) -> Iterator[tuple[str, bool]]:
    """Yields the sentence cut at the figures, without what stands far from them."""
    block = audit.document.blocks[facts[0].block]
    start, end = _span(facts[0], audit)
    spans = sorted({(one.place.start - block.place.start, one.place.end - block.place.start) for one in facts})
    at, last = max(start, spans[0][0] - _AROUND), min(end, spans[-1][1] + _AROUND)
    if at > start:
        yield "……", False
    for begins, ends in spans:
        if begins < at:
            continue  # another figure covers it
        yield block.text[at:begins], False
        yield block.text[begins:ends], True
        at = ends
    yield block.text[at:last].rstrip() + ("……" if last < end else ""), False


def _reasons(facts: Iterable[Fact], audit: Audit) -> str:
    """Returns why the figures were not checked, and where else they are printed; each figure is named where not all
    have one reason."""
    told = {with_unit(fact): _reason(fact, audit) for fact in facts}
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    by_reason: dict[str, list[str]] = {}
    for figure, reason in told.items():
        by_reason.setdefault(reason, []).append(figure)
    return "；".join(f"{'、'.join(figures)}：{reason}" for reason, figures in by_reason.items() if reason)


def _reason(fact: Fact, audit: Audit) -> str:
    reason = why_unconstrained(fact, audit.checks)
    return seen_elsewhere(fact, audit.checks) if reason == UNRELATED else reason
