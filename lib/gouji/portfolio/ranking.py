"""Ranks the departments to visit: five measures, each turned into points by rank, with the reasons in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from gouji.portfolio.model import Account, Department, Portfolio
from gouji.portfolio.outliers import Compared, Outlier
from gouji.runtime.yaml_data import load_yaml

_QUESTION = Decimal("0.25")
#: A smaller share (percent) of the expenditure gives no points.
_LEAST_SHARE = Decimal("0.01")
#: A smaller percentage of checks that could not be made gives no points: some tables are blank in every account.
_LEAST_UNCHECKED = Decimal(100) / 3
#: An account this many years older than the latest of the portfolio comes after the others.
_OLD = 2


@dataclass(frozen=True, slots=True)
class Criterion:
    """A measure: its title, its maximum of points, its sentence."""

    key: str
    title: str
    points: int
    says: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A department's place: its points by criterion, and the reasons, weightiest first."""

    rank: int
    department: Department
    points: dict[str, Decimal]
    reasons: tuple[str, ...]
    outliers: tuple[Outlier, ...]

    @property
    def score(self) -> Decimal:
        """Returns its points out of a hundred."""
        return sum(self.points.values(), Decimal(0))


@cache
def criteria() -> tuple[Criterion, ...]:
    """Returns the criteria in order (`ranking.yaml`)."""
    raw = load_yaml(files("gouji.portfolio").joinpath("ranking.yaml").read_text(encoding="utf-8"))
    return tuple(Criterion(key, **one) for key, one in raw.items())


def ranking(portfolio: Portfolio, comparisons: Sequence[Compared]) -> list[Ranked]:
    """Returns all departments, those with most points first; behind them those whose last account is outdated."""
    outliers = _outliers(comparisons)
    values = [_values(one, outliers.get(one.last.id, ())) for one in portfolio.departments]
    points = _points(values)
    latest = max((one.year or 0 for one in portfolio.last), default=0)

    def place(at: int) -> tuple[bool, Decimal, tuple[str, str]]:
        last = portfolio.departments[at].last
        return outdated(last, latest), -sum(points[at].values(), Decimal(0)), last.key

    return [
        _ranked(rank, portfolio.departments[at], points[at], outliers.get(portfolio.departments[at].last.id, ()))
        for rank, at in enumerate(sorted(range(len(values)), key=place), start=1)
    ]


def outdated(account: Account, latest: int) -> bool:
    """True where an account is too old to send anybody for it. One of unknown year is not."""
    return account.year is not None and account.year <= latest - _OLD


def _outliers(comparisons: Sequence[Compared]) -> dict[str, tuple[Outlier, ...]]:
    """Returns the outliers above the median, by account. A department that spends less is shown, but that is no reason
    for a visit."""
    found: dict[str, tuple[Outlier, ...]] = {}
    for outlier in (one for comparison in comparisons for one in comparison.outliers if one.score > 0):
        found[outlier.account.id] = (*found.get(outlier.account.id, ()), outlier)
    return found


def _values(department: Department, outliers: Sequence[Outlier]) -> dict[str, Decimal]:
    """Returns the value of each criterion."""
    last = department.last
    part = share(last.at_stake, last.expenditure)
    weighed = len(last.of("error")) + _QUESTION * len(last.of("question"))
    return {
        "errors": density(weighed, last.checks_made),
        "amount": part if part >= _LEAST_SHARE else Decimal(0),
        "outliers": sum((one.score for one in outliers), Decimal(0)),
        "standing": Decimal(last.repeated_errors),
        "unread": last.tables_missing * 10 + _unchecked(last),
    }


def density(number: Decimal | int, made: int) -> Decimal:
    """Returns the number per hundred checks made."""
    return Decimal(number) / made * 100 if made else Decimal(0)


def _unchecked(account: Account) -> Decimal:
    """Returns the percentage of checks that could not be made, nothing where it is usual."""
    every = account.checks_made + account.unchecked
    part = Decimal(100 * account.unchecked) / every if every else Decimal(0)
    return part if part >= _LEAST_UNCHECKED else Decimal(0)


def share(amount: Decimal, whole: Decimal | None) -> Decimal:
    """Returns the percentage of the year's expenditure. An amount without a base counts as 100."""
    if not amount:
        return Decimal(0)
    return amount / whole * 100 if whole else Decimal(100)


def _points(values: Sequence[Mapping[str, Decimal]]) -> list[dict[str, Decimal]]:
    """Returns, for each criterion, its maximum times the share of the other departments that have less."""
    points: list[dict[str, Decimal]] = [{} for _ in values]
    for criterion in criteria():
        measured = sorted(value[criterion.key] for value in values)
        below = {value: number for number, value in reversed(list(enumerate(measured)))}
        for value, given in zip(values, points, strict=True):
            others = max(1, len(values) - 1)
            less = below[value[criterion.key]] if value[criterion.key] else 0
            given[criterion.key] = Decimal(criterion.points * less) / others
    return points


def _ranked(rank: int, department: Department, points: dict[str, Decimal], outliers: Sequence[Outlier]) -> Ranked:
    criteria = _describe_criteria(department, outliers)
    weighty = sorted(criteria, key=lambda key: -points[key])
    earlier = sum(len(account.of("error")) for account in department.earlier)
    before = (f"以前年度另有错误{earlier}项",) if earlier else ()
    return Ranked(rank, department, points, (*(criteria[key] for key in weighty), *before), tuple(outliers))


def _describe_criteria(department: Department, outliers: Sequence[Outlier]) -> dict[str, str]:
    """Returns each criterion in words; those that do not speak for a visit are left out."""
    last = department.last
    errors, questions = len(last.of("error")), len(last.of("question"))
    found = "、".join(f"{name}{number}项" for name, number in (("错误", errors), ("疑点", questions)) if number)
    unread = [
        *([f"缺{last.tables_missing}张表"] if last.tables_missing else []),
        *([f"{last.checks_made + last.unchecked}项勾稽中{last.unchecked}项未能核对"] if _unchecked(last) else []),
    ]
    texts = {
        "errors": f"{found}（每百项勾稽{density(errors, last.checks_made):.1f}项错误）" if found else "",
        "amount": _money(department),
        "outliers": "；".join(one.told for one in outliers),
        "standing": f"上次已指出的错误{last.repeated_errors}项仍在" if last.repeated_errors else "",
        "unread": "、".join(unread),
    }
    return {key: text for key, text in texts.items() if text}


def _money(department: Department) -> str:
    """Returns the amount of its errors, and how many were left out because their size is no money."""
    last = department.last
    beyond = sum(last.is_no_money(one) for one in last.of("error"))
    out = f"另有{beyond}项为小数点错位、单位混用一类，差额不是金额，不计" if beyond else ""
    if not last.at_stake:
        return out.removeprefix("另")
    part = share(last.at_stake, last.expenditure)
    of = f"占本年支出的{part:.2f}%" if part >= _LEAST_SHARE else "不足本年支出的0.01%"
    text = f"错误涉及{wan(last.at_stake)}，{of if last.expenditure else '本年支出未公布'}"
    return "；".join(filter(None, (text, out)))


def wan(amount: Decimal) -> str:
    """Returns an amount of 元 as text, in 万元 where it is large enough."""
    return f"{amount / 10_000:,.2f}万元" if abs(amount) >= 10_000 else f"{amount:,.2f}元"
