"""Holds the printed figures of documents as arrays, with a row per fact and a column per document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gouji.facts.fact import Fact
from gouji.intervals import Amounts


@dataclass(frozen=True)
class Batch:
    """The figures of documents whose facts have one structure. All arrays have the shape (facts, documents).

    `amounts` and `radii` are scaled integers (see `gouji.intervals`), zero for what is blank or unreadable: int64, or
    Python's integers (dtype object) where an amount has more than 64 bits.
    """

    amounts: Amounts
    radii: Amounts
    blank: NDArray[np.bool_]
    unreadable: NDArray[np.bool_]

    @classmethod
    def of(cls, documents: Iterable[Sequence[Fact]]) -> Self:
        """Returns the figures of documents, each given by its facts in the order that all documents share. Raises
        ValueError if there is no document, or if they have different numbers of facts."""
        columns = [_column(facts) for facts in documents]
        if not columns:
            raise ValueError("no document")
        amounts, radii, blank, unreadable = (np.stack(rows, axis=1) for rows in zip(*columns, strict=True))
        return cls(amounts, radii, blank, unreadable)

    def __len__(self) -> int:
        """Returns the number of documents."""
        return int(self.amounts.shape[1])

    def part(self, start: int, end: int) -> Self:
        """Returns the documents from `start` up to (not including) `end`."""
        arrays = (self.amounts, self.radii, self.blank, self.unreadable)
        return type(self)(*(array[:, start:end] for array in arrays))


def _column(facts: Sequence[Fact]) -> tuple[Amounts, Amounts, NDArray[np.bool_], NDArray[np.bool_]]:
    amounts = [fact.amount for fact in facts]
    return (
        _integers([amount or 0 for amount in amounts]),
        _integers([fact.radius for fact in facts]),
        np.array([fact.blank for fact in facts], dtype=bool),
        np.array([amount is None for amount in amounts], dtype=bool),
    )


def _integers(values: list[int]) -> Amounts:
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        return np.array(values, dtype=object)
