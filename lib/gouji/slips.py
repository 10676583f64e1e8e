"""Finds slips of the pen: how the figure that was meant became the one that is printed.

A slip is known by the digits alone. It is evidence, never proof. Its weight depends on how few values a slip of its
kind can reach (`Slip.reach`) and how narrow the range is that the other figures leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gouji.intervals import ScaledAmount


class SlipKind(StrEnum):
    """Kinds of slips; values are what an auditor reads. Those that can reach fewest values come first."""

    SIGN = "正负号相反"
    SHIFTED = "小数点错位"
    UNIT = "元与万元混用"
    TRANSPOSED = "数字颠倒"
    EXCHANGED = "两位数字互换"
    DROPPED = "漏写一位"
    DOUBLED = "多写一位"
    DIGIT = "一位数字有误"


ALL = frozenset(SlipKind)


@dataclass(frozen=True, slots=True)
class Slip:
    """A value that may have been meant (`value`, scaled), the kind of slip, and how many values that kind reaches."""

    kind: SlipKind
    value: ScaledAmount
    reach: int


_SHIFTS = (1, 2, 3)
_TEN_THOUSAND = 4


def slips(printed: ScaledAmount, unit: ScaledAmount, among: frozenset[SlipKind] = ALL) -> Iterator[Slip]:
    """Returns the slips by which a figure printed to the unit `unit` (in its last place) may have come about, surest
    kinds first.

    `unit` must be positive. Digits below the last printed place are not invented, except where a decimal point moved.
    """
    return (Slip(*one) for one in _possible_slips(printed, unit, among))


def _possible_slips(
    printed: ScaledAmount, unit: ScaledAmount, among: frozenset[SlipKind]
) -> Iterator[tuple[SlipKind, ScaledAmount, int]]:
    """Yields the kind, value and reach of each slip. Most are dropped at once, so no objects are made yet."""
    if not printed:
        return
    sign, size = (-1 if printed < 0 else 1), abs(printed)
    if SlipKind.SIGN in among:
        yield SlipKind.SIGN, -printed, 1
    for kind, shifts in _shifts(among):
        for shift in shifts:
            yield kind, sign * size * 10**shift, 2 * len(shifts)
            if size % 10**shift == 0:
                yield kind, sign * (size // 10**shift), 2 * len(shifts)
    if size % unit == 0:
        digits = str(size // unit)
        for kind, changed in _changes(among):
            found = sorted(changed(digits))
            for one in found:
                yield kind, sign * int(one) * unit, len(found)


def slip_between(
    printed: ScaledAmount, unit: ScaledAmount, low: ScaledAmount, high: ScaledAmount, among: frozenset[SlipKind] = ALL
) -> Slip | None:
    """Returns the surest slip of a kind in `among` by which a value from `low` to `high` became `printed`; None for
    none."""
    return next((Slip(*one) for one in _possible_slips(printed, unit, among) if low <= one[1] <= high), None)


def _transposed(digits: str) -> set[str]:
    swapped = [digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)]
    return {one for one in swapped if one != digits and not one.startswith("0")}


def _exchanged(digits: str) -> set[str]:
    found = set()
    for at, one in enumerate(digits):
        for to in range(at + 2, len(digits)):
            found.add(digits[:at] + digits[to] + digits[at + 1 : to] + one + digits[to + 1 :])
    return {one for one in found if one != digits and not one.startswith("0")} - _transposed(digits)


def _replaced(digits: str) -> set[str]:
    changed = (digits[:at] + new + digits[at + 1 :] for at in range(len(digits)) for new in "0123456789")
    return {one for one in changed if one != digits and not (len(one) > 1 and one.startswith("0"))}


def _inserted(digits: str) -> set[str]:
    longer = (digits[:at] + new + digits[at:] for at in range(len(digits) + 1) for new in "0123456789")
    return {one for one in longer if not one.startswith("0")}


def _shortened(digits: str) -> set[str]:
    shorter = (digits[:at] + digits[at + 1 :] for at in range(len(digits)))
    return {one for one in shorter if one and not one.startswith("0")}


_CHANGES: dict[SlipKind, Callable[[str], set[str]]] = {
    SlipKind.TRANSPOSED: _transposed,
    SlipKind.EXCHANGED: _exchanged,
    SlipKind.DROPPED: _inserted,
    SlipKind.DOUBLED: _shortened,
    SlipKind.DIGIT: _replaced,
}


@cache
def _shifts(among: frozenset[SlipKind]) -> list[tuple[SlipKind, tuple[int, ...]]]:
    """Returns by how many places the kinds in `among` move a decimal point."""
    shifts = ((SlipKind.SHIFTED, _SHIFTS), (SlipKind.UNIT, (_TEN_THOUSAND,)))
    return [(kind, places) for kind, places in shifts if kind in among]


@cache
def _changes(among: frozenset[SlipKind]) -> list[tuple[SlipKind, Callable[[str], set[str]]]]:
    """Returns how the kinds in `among` change digits, surest first."""
    return [(kind, changed) for kind, changed in _CHANGES.items() if kind in among]
