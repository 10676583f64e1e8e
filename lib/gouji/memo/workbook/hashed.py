"""Styles of openpyxl whose hash is computed once.

openpyxl hashes a style, over all its fields, whenever a cell is given one: more than half of a workbook's time.
A style of these classes is not changed after it was made.
"""

from __future__ import annotations

from openpyxl import styles


class _HashedOnce:
    _hash: int | None = None

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = super().__hash__()
        return self._hash


# openpyxl's metaclass collects the names of fields from each class alone, not from its bases.
class Font(_HashedOnce, styles.Font):
    """A font."""

    __attrs__, __elements__, __nested__ = styles.Font.__attrs__, styles.Font.__elements__, styles.Font.__nested__


class Alignment(_HashedOnce, styles.Alignment):
    """An alignment."""

    __attrs__ = styles.Alignment.__attrs__


class Border(_HashedOnce, styles.Border):
    """Borders of a cell."""

    __attrs__, __elements__ = styles.Border.__attrs__, styles.Border.__elements__

    def __add__(self, other: styles.Border) -> styles.Border:  # where cells are merged; only of equal types
        plain = styles.Border(**{name: getattr(self, name) for name in self.__attrs__ + self.__elements__})
        both: styles.Border = plain + other
        return both


class PatternFill(_HashedOnce, styles.PatternFill):
    """A fill."""

    __attrs__, __elements__ = styles.PatternFill.__attrs__, styles.PatternFill.__elements__
