"""Judges sums and ties: every check of every document of a template at once. A single document is a batch of one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from gouji.checks.batch import Batch
from gouji.checks.system import System
from gouji.intervals import UNBOUND, Amounts, Codes, codes_at_most, codes_equal, tie_agreement, tie_tolerance

#: A sentence that repeats a table copies a figure, it does not add up: one unit of the last digit is excused.
_PARTS_OF_A_COPY = 2


@dataclass(frozen=True)
class Judged:
    """The verdicts on checks, as arrays of the shape (checks, documents). Amounts are scaled integers.

    `codes` are positions in `intervals.VERDICTS`. `omitted`: one side is not filled in although the other is not zero.
    `ties`: the check joins one quantity printed twice; a difference up to `agreements` is then 一致.
    """

    codes: Codes
    residuals: Amounts
    tolerances: Amounts
    agreements: Amounts
    omitted: NDArray[np.bool_]
    ties: NDArray[np.bool_]


@dataclass(frozen=True)
class _Pairs:
    """One quantity printed twice: the check and document of each tie, and the two facts. Arrays of one length."""

    at: tuple[NDArray[np.intp], NDArray[np.intp]]
    one: NDArray[np.int64]
    other: NDArray[np.int64]


def judge(system: System, batch: Batch, parts: NDArray[np.int64]) -> Judged:
    """Judges checks whose figures were all published and can be read. For other checks the result means nothing.

    `parts`, of the shape of `batch.amounts`, counts the printed parts each figure is the sum of (1 for a leaf). Rows
    that words make get their residual and |A|·r only.
    """
    residuals, tolerances = system.residuals(batch.amounts), system.tolerances(batch.radii)
    agreements = np.zeros_like(tolerances)
    printed = ~batch.blank
    on_left, on_right = system.left @ printed, system.right @ printed
    omitted = (
        (residuals != 0)
        & system.plain[:, None]
        & (_is_side_blank(system.left, on_left) | _is_side_blank(system.right, on_right))
    )
    ties = np.where(omitted, system.pair[:, :1] >= 0, (on_left == 1) & (on_right == 1))
    ties &= (system.plain & ~system.at_most)[:, None]
    pairs = _pairs(system, printed, ties, omitted)
    _allow_for_blank(tolerances, system, batch, omitted & ~ties)
    radii = _radii(pairs, system, batch, omitted)
    tolerances[pairs.at] = tie_tolerance(*radii, _excusing_parts(pairs, system, parts))
    agreements[pairs.at] = tie_agreement(*radii)
    codes = np.where(
        system.at_most[:, None],
        codes_at_most(residuals, tolerances),
        codes_equal(residuals, tolerances, agreements),
    )
    codes[omitted] = UNBOUND
    return Judged(codes, residuals, tolerances, agreements, omitted, ties)


def _is_side_blank(side: csr_array, printed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True, by check and document, where a side that has figures prints none of them."""
    blank: NDArray[np.bool_] = (np.diff(side.indptr) > 0)[:, None] & (printed == 0)
    return blank


def _pairs(system: System, printed: NDArray[np.bool_], ties: NDArray[np.bool_], omitted: NDArray[np.bool_]) -> _Pairs:
    """Returns the two facts of each tie: the only printed fact of each side, or its only fact where a side is left
    blank."""
    at = rows, documents = np.nonzero(ties)
    ids = printed * np.arange(len(printed))[:, None]
    lacking = omitted[at]
    one, other = (
        np.where(lacking, system.pair[rows, number], (side @ ids)[at])
        for number, side in enumerate((system.left, system.right))
    )
    return _Pairs((rows, documents), one, other)


def _allow_for_blank(tolerances: Amounts, system: System, batch: Batch, lacking: NDArray[np.bool_]) -> None:
    """Returns tolerances that count a blank side as printed to the unit of the coarsest figure of the check."""
    for row in np.flatnonzero(lacking.any(axis=1)):
        sides = (system.left, system.right)
        facts = np.concatenate([side.indices[side.indptr[row] : side.indptr[row + 1]] for side in sides])
        documents = np.flatnonzero(lacking[row])
        tolerances[row, documents] += batch.radii[np.ix_(facts, documents)].max(axis=0)


def _radii(pairs: _Pairs, system: System, batch: Batch, omitted: NDArray[np.bool_]) -> tuple[Amounts, Amounts]:
    """Returns the radii of the two prints of each quantity. A blank counts as printed as finely as the other, in the
    other's unit."""
    unit, documents = system.columns.unit, pairs.at[1]
    one, other = batch.radii[pairs.one, documents], batch.radii[pairs.other, documents]
    filled = omitted[pairs.at] & (unit[pairs.one] == unit[pairs.other])
    either = np.maximum(one, other)
    return np.where(filled, either, one), np.where(filled, either, other)


def _excusing_parts(pairs: _Pairs, system: System, parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns how many parts excuse a difference between two prints of one quantity. One for an only child (two rows of
    one column of one table), which is the same figure printed again; at most two where a sentence repeats a table."""
    columns, documents = system.columns, pairs.at[1]
    several = np.maximum(parts[pairs.one, documents], parts[pairs.other, documents])
    copied = columns.said[pairs.one] | columns.said[pairs.other]
    several = np.where(copied, np.minimum(several, _PARTS_OF_A_COPY), several)
    line = columns.line[pairs.one]
    return np.where((line >= 0) & (line == columns.line[pairs.other]), 1, several)
