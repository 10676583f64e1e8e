"""Recognises a list inside a list whose whole is certain, though it is not told which level its parts are of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.checks.narrative.spoken import Spoken, said, same_kind, usable
from gouji.checks.narrative.wholes import whole_of
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.narrative.topics import is_account, is_headline

_JOINED = "、"
_COMMAS = "，,"
#: An amount that joins the next.
_JOINED_AMOUNT = re.compile(r"元[、和及]")


def is_list_of(index: Spoken, whole: Fact, members: Sequence[Fact]) -> bool:
    """True for parts right behind their whole, or its share, that one mark joins: 项目支出50万元，占25%，其中：
    道路维修20万元，桥梁维修30万元. A headline or an account among them may be the next part of the outer list."""
    if whole.claim is None or any(one.quote != whole.quote for one in members):
        return False
    if _are_joined_apart(whole, members):
        return True
    first = said(members[0])
    between = index.claims[said(whole).order + 1 : first.order]
    own = all(said(one).measure is Measure.SHARE and said(one).topic.key == said(whole).topic.key for one in between)
    named = any(is_headline(one.topic.phrase) or is_account(one.topic) for one in map(said, members))
    behind = own and not named and said(whole).order < first.order
    return behind and _are_joined(members) and _is_outer_list_full(index, whole)


def without_outer_items(index: Spoken, whole: Fact, members: Sequence[Fact]) -> Sequence[Fact]:
    """Returns the parts up to that with which the list around the whole goes on, as its amounts show:
    支出50万元，其中财政拨款40万元，占80%，包括基本支出26万元，其他资金10万元，占20%."""
    outer = _outer_list(index, whole) if whole.claim and not said(members[0]).bracketed else []
    total = whole_of(index, outer) if outer else None
    if total is None or total.amount is None or total in members:
        return members
    stated = sum(one.amount or 0 for one in outer)
    for at in range(1, len(members)):
        if stated + sum(one.amount or 0 for one in members[at:]) == total.amount:
            return members[:at]
    return members


def _are_joined_apart(whole: Fact, members: Sequence[Fact]) -> bool:
    """True where 、 joins the members, and nothing before them: A30万元，B20万元，包括C15万元、D5万元."""
    before = members[0].quote.partition(members[0].figure.text)[0]
    marks = _marks_behind(members)
    joined = len(members) > 1 and set(marks[:-1]) == {_JOINED} and marks[-1] != _JOINED
    opened = any(word in before.rpartition(whole.figure.text)[2] for word in WORDS.list_openers)
    return joined and opened and not _JOINED_AMOUNT.search(before)


def _is_outer_list_full(index: Spoken, whole: Fact) -> bool:
    """True where the list around the whole adds up without the parts in question, so that none is of it."""
    outer = _outer_list(index, whole)
    total = whole_of(index, outer) if outer else None
    return total is not None and sum(one.amount or 0 for one in outer) == total.amount


def _outer_list(index: Spoken, whole: Fact) -> list[Fact]:
    """Returns the amounts of the list that a whole stands in; [] where it stands in none."""
    claim = said(whole)
    outer = [one for one in index.sentence(claim) if said(one).group == claim.group >= 0 and usable(one)]
    return [one for one in outer if said(one).measure is claim.measure and same_kind(one, whole)]


def _are_joined(members: Sequence[Fact]) -> bool:
    """True where 、 joins all members; or commas do, behind 其中：."""
    marks = _marks_behind(members)
    if not marks:
        return False
    before = members[0].quote.partition(members[0].figure.text)[0]
    opened = any(f"{word}{colon}" in before for word in WORDS.list_openers for colon in "：:")
    return all(mark == _JOINED for mark in marks[:-1]) or (opened and all(mark in _COMMAS for mark in marks[:-1]))


def _marks_behind(members: Sequence[Fact]) -> list[str]:
    """Returns the mark behind each amount; [] where they do not stand in one clause in their order."""
    quote, end, marks = members[0].quote, 0, []
    for one in members:
        at = quote.find(one.figure.text, end)
        if at < 0:
            return []
        end = at + len(one.figure.text)
        marks.append(quote[end : end + 1])
    return marks
