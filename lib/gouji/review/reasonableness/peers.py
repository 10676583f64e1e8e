"""Measures a ratio against the population: its range among the accounts of the same year in a ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from statistics import median

from gouji.checks.identity import Reference, parse_sum
from gouji.intervals import MONEY_UNITS
from gouji.labels import normalise
from gouji.ledger.query import open_ledger
from gouji.review.material import Material
from gouji.review.reasonableness.ratio_words import ratio_in_words
from gouji.review.reasonableness.rules import RatioRule
from gouji.runtime.immutable import immutable

#: 0.6745 = the third quartile of the normal distribution: makes the median deviation one standard deviation.
_NORMAL = Fraction("0.6745")
#: The thresholds (rules/review/reasonableness.yaml) that say how many peers are enough, and how far from their median
#: is far.
ENOUGH, FAR = "peers_enough", "peers_deviations"

#: An account in the ledger: the amounts in 元 of its tables by concept path.
Peer = Mapping[str, Decimal]


@immutable()
class Range:
    """The usual range of a ratio: at least `least`, at most `most` (None: no line).

    It is that of `peers` accounts with their `middle`, or of a rule's own thresholds (`peers` 0). `below` and `above`
    say why these lie there ("": not known).
    """

    least: Fraction | None
    most: Fraction | None
    peers: int = 0
    middle: str = ""
    below: str = ""
    above: str = ""

    @property
    def named(self) -> str:
        """Returns the name of the line in a message."""
        return f"同年度{self.peers}个单位（中位数{self.middle}）的通常界限" if self.peers else "界限"


def range_among_peers(ratio: RatioRule, material: Material) -> Range | None:
    """Returns the range among peers: median ± the stated number of normalised median deviations, on the sides for which
    the ratio has lines. Returns None if no ledger is given, or if its accounts are too few or all alike."""
    if material.peers is None or not ratio.peers:
        return None
    if material.facts.year is None or "headcount" in (ratio.of, ratio.to):
        return None
    own = normalise(material.facts.department), material.region
    accounts = peers_of(material.peers, material.facts.year)
    values = [value for whose, peer in accounts.items() if whose != own and (value := _value(ratio, peer)) is not None]
    if len(values) < material.threshold(ENOUGH):
        return None
    middle = median(values)
    spread = median([abs(value - middle) for value in values]) / _NORMAL * Fraction(material.threshold(FAR))
    if not spread:
        return None
    return _range(ratio, middle, spread, len(values))


def _range(ratio: RatioRule, middle: Fraction, spread: Fraction, number: int) -> Range:
    least = max(middle - spread, Fraction(0)) if ratio.least else None
    return Range(least, middle + spread if ratio.most else None, number, ratio_in_words(middle, ratio.unit))


def _value(ratio: RatioRule, peer: Peer) -> Fraction | None:
    """Returns the ratio of an account; None if it has none."""
    if not (isinstance(ratio.of, str) and isinstance(ratio.to, str)):
        return None
    of, to = _amount(ratio.of, peer), _amount(ratio.to, peer)
    return Fraction(of) / Fraction(to) * (100 if ratio.unit == "%" else 1) if of > 0 and to > 0 else None


def _amount(readings: str, peer: Peer) -> Decimal:
    """Returns a quantity by its first reading that is not zero."""
    sums = (
        sum(term.sign * peer.get(_path(term.reference), Decimal(0)) for term in parse_sum(one))
        for one in readings.split("|")
    )
    return next((Decimal(one) for one in sums if one), Decimal(0))


def _path(reference: Reference) -> str:
    if reference.row == "-":
        return f"{reference.table}.{reference.column}"
    return f"{reference.table}[{reference.row}].{reference.column}"


def peers_hash(ledger: Path, year: int, department: str, region: str) -> str:
    """Returns the digest of what an account is compared with: all accounts of a year in a ledger except its own."""
    own = normalise(department), region
    digests = (digest for whose, digest in _digests(ledger, year).items() if whose != own)
    return hashlib.sha256(str(sum(digests)).encode()).hexdigest()


@lru_cache(maxsize=4)
def _digests(ledger: Path, year: int) -> Mapping[tuple[str, str], int]:
    """Returns, for each account of a year, a number made of its name and amounts."""

    def digest(whose: tuple[str, str], peer: Peer) -> int:
        amounts = sorted((concept, f"{value.normalize():f}") for concept, value in peer.items())
        return int.from_bytes(hashlib.sha256(repr((whose, amounts)).encode()).digest(), "big")

    return {whose: digest(whose, peer) for whose, peer in peers_of(ledger, year).items()}


@lru_cache(maxsize=4)
def peers_of(ledger: Path, year: int) -> Mapping[tuple[str, str], Peer]:
    """Returns the accounts of a year in a ledger by department and region. A process reads them once, however many
    documents it audits. Raises UnusableInputError if the folder is no ledger."""
    units = ", ".join(f"('{unit}', {10**power})" for unit, power in MONEY_UNITS.items())
    query = f"""
        with units as (select * from (values {units}) as u(unit, yuan))
        select department, region, concept, min(value * yuan) as value from facts join units using (unit)
        where part = 'tables' and state = 'number' and year = {int(year)} group by all"""
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    with open_ledger(ledger) as connection:
        for department, region, concept, value in connection.execute(query).fetchall():
            found.setdefault((normalise(department), region or ""), {})[concept] = Decimal(value)
    return found
