"""Recognises a list inside a list whose whole is certain, though it is not told which level its parts are of."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.narrative.spoken import Spoken, said, same_kind, usable
from gouji.checks.narrative.wholes import whole_of
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.narrative.topics import is_account, is_headline

_JOINED = "、"
_COMMAS = "，,"


def is_list_of(index: Spoken, whole: Fact, members: Sequence[Fact]) -> bool:
    """True for parts right behind their whole, or its share, that one mark joins: 项目支出50万元，占25%，其中：
    道路维修20万元，桥梁维修30万元. A headline or an account among them may be the next part of the outer list."""
    if whole.claim is None or any(one.quote != whole.quote for one in members):
        return False
    first = said(members[0])
    between = index.claims[said(whole).order + 1 : first.order]
    own = all(said(one).measure is Measure.SHARE and said(one).topic.key == said(whole).topic.key for one in between)
    named = any(is_headline(one.topic.phrase) or is_account(one.topic) for one in map(said, members))
    behind = own and not named and said(whole).order < first.order
    return behind and _are_joined(members) and _is_outer_list_full(index, whole)


def _is_outer_list_full(index: Spoken, whole: Fact) -> bool:
    """True where the list around the whole adds up without the parts in question, so that none is of it."""
    claim = said(whole)
    outer = [one for one in index.sentence(claim) if said(one).group == claim.group and usable(one)]
    outer = [one for one in outer if said(one).measure is claim.measure and same_kind(one, whole)]
    total = whole_of(index, outer) if claim.group >= 0 else None
    return total is not None and sum(one.amount or 0 for one in outer) == total.amount


def _are_joined(members: Sequence[Fact]) -> bool:
    """True where 、 joins all members; or commas do, behind 其中：."""
    quote, end, marks = members[0].quote, 0, []
    for one in members:
        at = quote.find(one.figure.text, end)
        if at < 0:
            return False
        end = at + len(one.figure.text)
        marks.append(quote[end : end + 1])
    before = quote.partition(members[0].figure.text)[0]
    opened = any(f"{word}{colon}" in before for word in WORDS.list_openers for colon in "：:")
    return all(mark == _JOINED for mark in marks[:-1]) or (opened and all(mark in _COMMAS for mark in marks[:-1]))
