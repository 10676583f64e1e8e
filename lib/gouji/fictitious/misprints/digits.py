"""Misprints of a single number: its digits, its point, its unit, its sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

_TEN_THOUSAND = 4


@dataclass(frozen=True)
class Shown:
    """A printed number; `grouped` means that the document prints thousands separators."""

    text: str
    unit: str
    grouped: bool = False

    @property
    def value(self) -> Decimal:
        """Returns its value."""
        return Decimal(self.text.replace(",", ""))

    @property
    def decimals(self) -> int:
        """Returns the number of printed decimals."""
        return len(self.text.partition(".")[2])

    def like(self, value: Decimal) -> str:
        """Returns another value as this number is printed."""
        rounded = value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return f"{rounded:,f}" if self.grouped else f"{rounded:f}"


Misprint = Callable[[Shown, Random], str]
"""What is printed instead; '' where a number cannot be misprinted so."""


def digit(shown: Shown, chance: Random) -> str:
    """Returns the number with one wrong digit."""
    text = shown.text
    at = chance.choice([at for at, char in enumerate(text) if char.isdigit()])
    new = chance.choice([one for one in ("0123456789" if at else "123456789") if one != text[at]])
    return text[:at] + new + text[at + 1 :]


def transposed(shown: Shown, chance: Random) -> str:
    """Returns the number with two neighbouring digits exchanged."""
    text = shown.text
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    swapped = [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in pairs]
    likely = [one for one in swapped if not (one.startswith("0") and one[1:2].isdigit())]
    return chance.choice(likely) if likely else ""


def shifted(shown: Shown, chance: Random) -> str:
    """Returns the number with the decimal point one place to the left or right."""
    return shown.like(shown.value.scaleb(chance.choice((-1, 1)))) if shown.decimals else ""


def other_unit(shown: Shown, chance: Random) -> str:
    """Returns an amount in 元 where 万元 is meant, or the other way round."""
    powers = {"万元": _TEN_THOUSAND, "元": -_TEN_THOUSAND}
    return shown.like(shown.value.scaleb(powers[shown.unit])) if shown.unit in powers else ""


def negated(shown: Shown, chance: Random) -> str:
    """Returns the number with the other sign."""
    return shown.text[1:] if shown.text.startswith("-") else f"-{shown.text}"


def misrounded(shown: Shown, chance: Random) -> str:
    """Returns the number with its last digit off by one, as where an amount is rounded the wrong way."""
    step = Decimal(1).scaleb(-shown.decimals)
    return shown.like(shown.value + chance.choice((-step, step))) if shown.decimals else ""


ANYWHERE: dict[str, Misprint] = {
    "一位数字有误": digit,
    "数字颠倒": transposed,
    "小数点错位": shifted,
    "元与万元混用": other_unit,
    "末位取舍有误": misrounded,
}
"""The kinds that a number in a table or a sentence can be misprinted by, as auditors call them."""
