"""Finds totals and remainders of a report by their words, and the figures around them of which they are made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from gouji.checks.check import Terms
from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.vicinity import around, has_cue, is_weight
from gouji.checks.narrative.spoken import Spoken, role, said, same_kind
from gouji.facts.claim import BUDGETS
from gouji.facts.fact import Fact

_LONGEST_RUN = 12
_PAIRS = 8


def is_total(index: Spoken, fact: Fact) -> bool:
    """True for a figure that is a total by its words, or by those before it (共办班18期，参训…), up to a semicolon."""
    sentence = index.sentence(said(fact))
    before = [one for one in sentence if said(one).order < said(fact).order and one.quote == fact.quote]
    beside = (one for one in before if not same_kind(one, fact))
    return has_cue(fact, "total") or any(has_cue(one, "total") for one in beside)


def totals(index: Spoken, fact: Fact) -> tuple[list[Derivation], Iterator[Derivation]]:
    """Returns (certain, possible): a total as the sum of all figures before it in its sentence or paragraph; and of
    shorter rows before it or right behind it."""
    near = _addable_before(index, fact)
    before = [one for one in near if said(one).order < said(fact).order]
    behind = [one for one in near if said(one).order > said(fact).order]
    own = [one for one in before if said(one).sentence == said(fact).sentence]
    every = [one for one in before if said(one).paragraph == said(fact).paragraph]
    certain = [_sum(fact, row) for row in (own, every) if len(row) > 1]
    rows = itertools.chain(_rows(before), _rows(behind))
    return certain, (_sum(fact, row) for row in rows)


def _addable_before(index: Spoken, fact: Fact) -> list[Fact]:
    near = (one for one in around(index, fact) if same_kind(one, fact) and not per_unit(one))
    return [one for one in near if not is_weight(index, one)]


def _rows(figures: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    for length in range(2, min(len(figures), _LONGEST_RUN) + 1):
        yield figures[:length]


def _sum(fact: Fact, row: Sequence[Fact]) -> Derivation:
    return Derivation(fact, tuple((1, one.id) for one in row))


def remainders(index: Spoken, fact: Fact) -> tuple[list[Derivation], Iterator[Derivation], bool]:
    """Returns (certain, possible, sure): a remainder as one figure less another, or less two others.

    It is sure if its sentence and the one before state a single plan and what was spent.
    """
    near = _addable_before(index, fact)
    close = [one for one in near if 0 <= said(fact).sentence - said(one).sentence <= 1]
    certain = list(_differences(fact, close))
    had = _wholes([one for one in close if role(one) in ("planned", "received") or said(one).measure in BUDGETS])
    spent = [one for one in close if role(one) == "spent" and one.amount not in {each.amount for each in had}]
    spent = [one for one in spent if said(one).order < said(fact).order]
    if len(had) == 1 and len(spent) > 1:
        certain.append(Derivation(fact, ((1, had[0].id), *((-1, one.id) for one in spent))))
    return certain, _differences(fact, near), len(had) == 1 and bool(spent)


def _wholes(figures: Sequence[Fact]) -> list[Fact]:
    """Returns what there was to spend, each amount once, without the parts that make up another of them."""
    distinct = list({one.amount: one for one in figures}.values())
    largest = max(distinct, key=lambda one: one.amount or 0, default=None)
    if largest and sum(one.amount or 0 for one in distinct) == 2 * (largest.amount or 0):
        return [largest]
    return distinct


def _differences(fact: Fact, near: Sequence[Fact]) -> Iterator[Derivation]:
    """Yields wholes less parts, the nearest parts and the largest wholes first."""
    parts = [one for one in near if one.amount][:_PAIRS]
    wholes = sorted(parts, key=lambda one: -(one.amount or 0))
    for part in parts:
        for whole in wholes:
            if (whole.amount or 0) > (part.amount or 0):
                yield Derivation(fact, ((1, whole.id), (-1, part.id)))
    for whole in wholes:
        for one, other in itertools.pairwise(parts):
            if whole.id not in (one.id, other.id) and (whole.amount or 0) > (one.amount or 0) + (other.amount or 0):
                less: Terms = ((1, whole.id), (-1, one.id), (-1, other.id))
                yield Derivation(fact, less)
