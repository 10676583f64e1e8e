"""Questions on admissions: what a document says about its own accounts that an auditor must not pass over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome
from gouji.review.reasons.causes import StatedReason, causes
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.sentences import Passage, around, sentences
from gouji.review.reasons.tell import clause
from gouji.review.reasons.vocabulary import vocabulary

_BREAKS = re.compile(r"[，,：:。；;！？!?\n]")
_MOST = 3


def admission(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks once about the unit's own words for what should not be, with all places."""
    given = material.once(causes)
    found = [_whole_reason(one, given) for one in _find_admissions(rule, material)]
    if not found:
        return
    quotes = tuple(quote(*one) for one in found)
    first = quotes[0]
    more = f"（另有{len(quotes) - 1}处）" if len(quotes) > 1 else ""
    places = "；".join(f"{one.where}：“{one.text}”" for one in quotes[:_MOST])
    explained = [cause for cause in given if any(_is_within(cause, one) for one in found)]
    yield Observation(
        rule,
        rule.title.removeprefix("自述"),
        Outcome.RAISED,
        f"{first.where}写明“{first.text}”{more}，{rule.asks}",
        f"{places}。{''.join(_describe_change(cause) for cause in explained[:1])}{rule.looks}",
        tuple(cause.change.id for cause in explained),
        quotes,
    )


def _whole_reason(passage: Passage, given: Sequence[StatedReason]) -> Passage:
    """Returns the whole reason that an admission is part of, if it is part of one."""
    block, start, end = passage
    for cause in given:
        if cause.block.index == block.index and cause.start < end and start < cause.end:
            return block, cause.start, cause.end
    return passage


def _is_within(cause: StatedReason, passage: Passage) -> bool:
    block, start, end = passage
    return cause.block.index == block.index and cause.start <= start and end <= cause.end


def _describe_change(cause: StatedReason) -> str:
    """Returns the change that an admission explains, with thrift that is named beside it."""
    thrift = vocabulary().thrift.search(cause.block.text[: cause.start])
    other = f"，同段又称“{thrift[0]}”" if thrift else ""
    return f"所说明的是{cause.change.row_name}{clause(cause)}{other}，所列金额未必是实际发生数。"


def _find_admissions(rule: ReasonRule, material: Material) -> Iterator[Passage]:
    """Yields the clauses with the rule's words, in sentences that neither deny them nor quote a rule."""
    words = vocabulary()
    for block, start, end in sentences(material, rule.anchors):
        match = rule.pattern.search(block.text, start, end)
        if match is None:
            continue
        own = words.own.search(block.text, start, end)
        denied = words.denied.search(block.text, start, end) or rule.guard.search(block.text, start, end)
        if own or not denied:
            yield (block, *around(block.text, match.start(), match.end(), _BREAKS))
