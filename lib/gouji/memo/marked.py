"""Marks each figure of the narrative with the outcome of its checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gouji.auditing import Audit
from gouji.checks.check import Checks
from gouji.document.model import Block, section_label
from gouji.facts.fact import Fact
from gouji.facts.narrative.read import is_annex
from gouji.intervals import Verdict

UNRELATED = "没有涉及此数的勾稽关系"
AGAINST_BLANKS = "只与空白单元格相比，没有另一处印有数字可资印证"
#: Limit on the places told where a figure is printed too.
_MOST_PLACES = 3


class Mark(StrEnum):
    """The outcome for a figure; the values are what an auditor reads."""

    VERIFIED = "一致"
    ROUNDING = "尾差"
    CONFLICT = "不符"
    OPPOSED = "与存疑数字相对"
    UNCONSTRAINED = "无可核对"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain text, or a figure with its mark and why it could not be checked."""

    text: str
    mark: Mark | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of the narrative, cut at its figures."""

    where: str
    pieces: tuple[Piece, ...]


def marked_paragraphs(audit: Audit, annex: bool) -> list[MarkedParagraph]:
    """Returns the paragraphs that state figures, of the annexed reports or of the rest, in printed order."""
    by_block: dict[int, list[Fact]] = {}
    for fact in audit.facts.statements():
        by_block.setdefault(fact.block, []).append(fact)
    return [
        _paragraph(audit.document.blocks[number], facts, audit)
        for number, facts in by_block.items()
        if is_annex(audit.document.blocks[number].section) == annex
    ]


def mark_of(fact: Fact, audit: Audit) -> Mark:
    """Returns the mark of a figure: the gravest outcome of its checks, unless another figure is suspected there."""
    alone = fact.figure.printed
    own = (check for check in audit.checks.on(fact) if check.made)
    verdicts = {check.verdict for check in own if not (alone and audit.checks.of_blanks(check))}
    verdicts |= {check.verdict for check in audit.checks.about(fact)}
    finding = audit.findings.suspecting(fact)
    if finding is not None and (finding.accuses or Verdict.CONFLICT in verdicts):
        return Mark.CONFLICT
    if Verdict.CONFLICT in verdicts:
        return Mark.OPPOSED
    if Verdict.ROUNDING in verdicts:
        return Mark.ROUNDING
    return Mark.VERIFIED if verdicts else Mark.UNCONSTRAINED


def why_unconstrained(fact: Fact, checks: Checks) -> str:
    """Returns why no check could be made on a figure."""
    claim = fact.claim
    if claim is not None and claim.loose:
        return claim.loose
    if claim is not None and claim.aside:
        return "原因说明中的数字"
    if any(check.made and checks.of_blanks(check) for check in checks.on(fact)):
        return AGAINST_BLANKS
    reasons = dict.fromkeys(check.reason for check in checks.on(fact) if check.reason)
    return "；".join(reasons) or UNRELATED


def seen_elsewhere(fact: Fact, checks: Checks) -> str:
    """Returns where else a figure that no rule relates to others is printed: `同一数字另见第五部分 四2`.

    It may state something else there, which is for the reader to see. Returns "" where it is printed nowhere else, or
    where there is another reason why it was not checked.
    """
    if why_unconstrained(fact, checks) != UNRELATED:
        return ""
    places = list(dict.fromkeys(one.where for one in checks.alike(fact)))
    more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
    return f"同一数字另见{'、'.join(places[:_MOST_PLACES])}{more}" if places else ""


def why_unchecked(fact: Fact, checks: Checks) -> str:
    """Returns why no check could be made on a figure, and where else it is printed."""
    return "；".join(filter(None, (why_unconstrained(fact, checks), seen_elsewhere(fact, checks))))


def _paragraph(block: Block, facts: Sequence[Fact], audit: Audit) -> MarkedParagraph:
    pieces: list[Piece] = []
    position = 0
    for start, end, found in _spans(block, facts):
        if start < position:
            continue
        marks = [mark_of(fact, audit) for fact in found]
        mark = min(marks, key=_GRAVEST.index)
        reason = why_unchecked(found[0], audit.checks) if mark is Mark.UNCONSTRAINED else ""
        pieces += [Piece(block.text[position:start]), Piece(block.text[start:end], mark, reason)]
        position = end
    pieces.append(Piece(block.text[position:]))
    return MarkedParagraph(section_label(block.section), tuple(piece for piece in pieces if piece.text))


_GRAVEST = (Mark.CONFLICT, Mark.OPPOSED, Mark.ROUNDING, Mark.VERIFIED, Mark.UNCONSTRAINED)


def _spans(block: Block, facts: Sequence[Fact]) -> list[tuple[int, int, list[Fact]]]:
    """Returns the places of a paragraph's figures, each with the facts printed there."""
    spans: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        spans.setdefault((fact.place.start - block.place.start, fact.place.end - block.place.start), []).append(fact)
    return [(start, end, spans[start, end]) for start, end in sorted(spans)]
