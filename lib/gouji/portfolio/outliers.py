"""Finds unusual amounts by median and median absolute deviation of the logarithms, among enough departments.

More than a few times the median is unusual however much the departments differ: small amounts widen the deviation
without making large ones any more usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from gouji.portfolio.model import TITLES, Account, Portfolio

#: Among fewer departments no outlier is named.
LEAST = 8
#: The number of (normalised) deviations from the median that makes an outlier (Iglewicz and Hoaglin).
LIMIT = Decimal("3.5")
#: More than so many times the median is an outlier, whatever the deviations.
MOST_TIMES = 5
#: 0.6745 is the third quartile of the normal distribution. It scales the median deviation to one standard deviation.
_NORMAL = Decimal("0.6745")
QUANTITIES = ("three_public", "running_costs", "basic_expenditure")
#: The name of the population of all departments.
EVERYBODY = "全部部门"


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """A quantity made comparable between departments of different size."""

    quantity: str
    title: str
    unit: str
    of: Callable[[Account], Decimal | None]


@dataclass(frozen=True, slots=True)
class Population:
    """The departments that one is compared with: those of its function, or all where these are too few."""

    name: str
    number: int
    median: Decimal
    deviation: Decimal

    @property
    def usual(self) -> tuple[Decimal, Decimal]:
        """Returns the amounts between which nothing is an outlier."""
        reach = (LIMIT * self.deviation / _NORMAL).exp()
        return self.median / reach, self.median * min(reach, Decimal(MOST_TIMES))


@dataclass(frozen=True, slots=True)
class Outlier:
    """An unusual amount; `score` is in normalised deviations, negative below the median."""

    account: Account
    measure: ComparedMeasure
    value: Decimal
    score: Decimal
    population: Population

    @property
    def times(self) -> Decimal:
        """Returns the ratio to the median."""
        return self.value / self.population.median

    @property
    def told(self) -> str:
        """Returns `“三公”经费人均0.52万元，为同领域（教育，12个部门）中位数的8.1倍`."""
        among = self.population.name if self.population.name == EVERYBODY else f"{self.population.name}领域"
        return (
            f"{self.measure.title}{shown(self.value, self.measure)}，"
            f"为{among}（{self.population.number}个部门）中位数的{times_text(self.times)}倍"
        )


@dataclass(frozen=True)
class Compared:
    """A measure over a portfolio: the departments with a value, those left out and why, and the outliers."""

    measure: ComparedMeasure
    values: tuple[tuple[Account, Decimal], ...]
    unpublished: int
    doubtful: int
    zero: int
    populations: dict[str, Population]
    outliers: tuple[Outlier, ...]


def compared(portfolio: Portfolio) -> list[Compared]:
    """Compares each quantity over the last accounts of all departments, per head where enough of them publish their
    staff."""
    per_head = sum(account.headcount is not None for account in portfolio.last) >= LEAST
    measures = [_per_head(name) if per_head else _share(name) for name in QUANTITIES]
    return [_compare(measure, portfolio.last) for measure in measures]


def _per_head(name: str) -> ComparedMeasure:
    def of(account: Account) -> Decimal | None:
        amount = account.amounts[name]
        return None if amount is None or not account.headcount else amount / account.headcount

    return ComparedMeasure(name, f"{TITLES[name]}人均", "元", of)


def _share(name: str) -> ComparedMeasure:
    def of(account: Account) -> Decimal | None:
        amount, whole = account.amounts[name], account.amounts["total_expenditure"]
        return None if amount is None or not whole else amount / whole * 100

    return ComparedMeasure(name, f"{TITLES[name]}占支出", "%", of)


def _compare(measure: ComparedMeasure, accounts: Sequence[Account]) -> Compared:
    """Compares one measure. Figures that a finding suspects are left out: an outlier among them is a misprint and
    reported as such."""
    known = [(account, value) for account in accounts if (value := measure.of(account)) is not None]
    sure = [(account, value) for account, value in known if measure.quantity not in account.doubtful]
    values = tuple((account, value) for account, value in sure if value > 0)
    populations = _populations(values)
    called = (_outlier(measure, account, value, populations) for account, value in values)
    outliers = sorted((one for one in called if one), key=lambda one: (-abs(one.score), one.account.id))
    return Compared(
        measure,
        values,
        unpublished=len(accounts) - len(known),
        doubtful=len(known) - len(sure),
        zero=len(sure) - len(values),
        populations=populations,
        outliers=tuple(outliers),
    )


def _populations(values: Iterable[tuple[Account, Decimal]]) -> dict[str, Population]:
    """Returns the functions, and the whole portfolio, that are large enough and whose values differ."""
    groups: dict[str, list[Decimal]] = {}
    for account, value in values:
        for name in filter(None, (account.function, EVERYBODY)):
            groups.setdefault(name, []).append(value.ln())
    found = {name: _population(name, logs) for name, logs in sorted(groups.items()) if len(logs) >= LEAST}
    return {name: one for name, one in found.items() if one.deviation}


def _population(name: str, logs: Sequence[Decimal]) -> Population:
    middle = median(logs)
    return Population(name, len(logs), middle.exp(), median([abs(one - middle) for one in logs]))


def _outlier(
    measure: ComparedMeasure, account: Account, value: Decimal, populations: dict[str, Population]
) -> Outlier | None:
    population = populations.get(account.function) or populations.get(EVERYBODY)
    if population is None:
        return None
    score = _NORMAL * (value.ln() - population.median.ln()) / population.deviation
    unusual = abs(score) > LIMIT or value > MOST_TIMES * population.median
    return Outlier(account, measure, value, score, population) if unusual else None


def shown(value: Decimal, measure: ComparedMeasure) -> str:
    """Returns a value with its unit; large amounts are in 万元."""
    if measure.unit == "元" and value >= 10_000:
        return f"{value / 10_000:,.2f}万元"
    return f"{value:,.2f}{measure.unit}"


def times_text(times: Decimal) -> str:
    """Returns `8.1`, `0.04`."""
    return f"{times:,.1f}" if times >= 1 else f"{times:.2f}"
