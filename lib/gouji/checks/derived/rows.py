"""Finds rows of amounts in a sentence of a report (阿克乡705.6万元，喀拉乡611.52万元…), and the total that they add up
to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.vicinity import around, cue_in, distinct_prints, in_report, is_plain, reported
from gouji.checks.narrative.spoken import Spoken, said, same_kind
from gouji.checks.scored import is_deducted, scores_of_parts
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact

_FEWEST = 2
_OF_WHICH = "其中"
_TOTALS = 12
#: By how many percent the parts of a whole may be wrong where nothing but a colon says that they are its parts.
_NEAR = 15


def rows(index: Spoken) -> Iterator[list[Fact]]:
    """Yields the amounts of one kind that follow each other in a sentence with no other amount in between, two or
    more."""
    apart = scores_of_parts(index.facts)
    plain = (one for one in index.claims if in_report(one) and is_plain(one) and not per_unit(one))
    claims = distinct_prints(one for one in plain if one.id not in apart and not is_deducted(one))
    row: list[Fact] = []
    for one in claims:
        goes_on = row and same_kind(one, row[0]) and said(one).sentence == said(row[0]).sentence
        if goes_on and said(one).measure is not Measure.CHANGE:
            row.append(one)
            continue
        if len(row) >= _FEWEST:
            yield row
        row = [one]
    if len(row) >= _FEWEST:
        yield row


def wholes(index: Spoken, row: Sequence[Fact]) -> tuple[list[Derivation], Iterator[Derivation]]:
    """Returns (certain, possible): the total that stands right before a row, or begins it; and totals further away."""
    near = [one for one in around(index, row[0]) if same_kind(one, row[0]) and said(one).order < said(row[0]).order]
    far = [one for one in reported(index, row[0]) if same_kind(one, row[0])][:_TOTALS]
    own = [_of(row[0], row[1:])] if len(row) > _FEWEST else []
    certain = [one for one in own if one.fits(index.facts) or _opens(*row[:2])] + [_of(one, row) for one in near[:1]]
    return certain, (_of(one, row) for one in {one.id: one for one in (*near, *far)}.values())


def parted(index: Spoken, row: Sequence[Fact]) -> Derivation | None:
    """Returns the amount before a word that divides it, as the total of all amounts behind it in its row:
    案件612件，按类型分，民事433件….

    Returns None if a part has parts of its own, if fewer parts already add up to it, or if different marks separate
    them.
    """
    at = next((number for number, one in enumerate(row) if number and _is_parted(row[number - 1], one)), 0)
    parts = row[at:]
    marks = {_between(one, other)[:1] for one, other in itertools.pairwise(parts)}
    if not at or len(parts) < _FEWEST or len(marks) > 1 or any(_OF_WHICH in said(one).words for one in parts):
        return None
    shorter = (_of(row[at - 1], parts[:length]) for length in range(_FEWEST, len(parts)))
    return None if any(one.fits(index.facts) for one in shorter) else _of(row[at - 1], parts)


def is_exceeded(index: Spoken, row: Sequence[Fact]) -> bool:
    """True if the parts behind a colon add up to a little more than the whole before it."""
    if len(row) <= _FEWEST or not _opens(*row[:2]):
        return False
    amounts = [one.amount or 0 for one in row]
    return sum(amounts) > 2 * amounts[0] and _of(row[0], row[1:]).distance(index.facts) <= _NEAR


def _opens(whole: Fact, part: Fact) -> bool:
    """True if a colon right behind the first figure opens its parts: 项目资金1080万元：专账资金648万元，…."""
    between = _between(whole, part)
    return between.startswith((":", "：")) and not any(word in between for word in (*WORDS.mainly, _OF_WHICH))


def _is_parted(whole: Fact, part: Fact) -> bool:
    """True if the words between two figures say that what follows makes up what is before."""
    return cue_in(_between(whole, part), "parted")


def _between(one: Fact, other: Fact) -> str:
    """Returns the words between two figures of a sentence."""
    return other.quote.partition(one.figure.text)[2].partition(other.figure.text)[0]


def _of(total: Fact, row: Sequence[Fact]) -> Derivation:
    return Derivation(total, tuple((1, one.id) for one in row))


def is_first(index: Spoken, certain: Sequence[Derivation]) -> bool:
    """True if the total before a row is not itself part of a row."""
    total = certain[-1].figure if certain else None
    before = [one for one in index.sentence(said(total)) if said(one).order < said(total).order] if total else []
    return total is not None and not any(same_kind(one, total) for one in before if is_plain(one))
