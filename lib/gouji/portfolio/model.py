"""What a portfolio is made of: departments with their last account's figures and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.dispositions.disposition import Decision
from gouji.dispositions.match import State
from gouji.ledger.quantities import quantities

#: Decisions after which a finding is none any more.
SETTLED = (Decision.EXPLAINED.value, Decision.DISMISSED.value)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, as the ledger keeps it; `rank` is its order in the memo."""

    department_id: str
    rank: int
    id: str
    rule: str
    rule_title: str
    slip: str
    severity: str
    title: str
    message: str
    place: str
    amount: Decimal | None
    suggestion: str
    basis: str
    disposition: str
    disposition_state: str
    disposition_reason: str

    @property
    def open(self) -> bool:
        """True unless an auditor's decision in force has settled it."""
        return not (self.disposition_state == State.KEPT.value and self.disposition in SETTLED)


@dataclass(frozen=True, slots=True)
class Account:
    """A department's account of a year, as its last run left it. Amounts in 元; None is not published."""

    id: str
    sequence: int
    department: str
    region: str
    region_code: str
    function: str
    headcount: int | None
    year: int | None
    made: int
    not_checked: int
    tables_missing: int
    amounts: dict[str, Decimal | None]
    doubtful: frozenset[str]
    findings: tuple[Found, ...]
    standing: frozenset[str]

    @property
    def key(self) -> tuple[str, str]:
        """The department, whatever the year."""
        return self.region_code or self.region, self.department

    def of(self, severity: str) -> list[Found]:
        """The open findings of a severity."""
        return [one for one in self.findings if one.severity == severity and one.open]

    @property
    def whole(self) -> Decimal | None:
        """The year's expenditure, or its income where a finding suspects the former's figure."""
        spent, received = (self.amounts[name] for name in ("total_expenditure", "total_income"))
        sure = received and "total_expenditure" in self.doubtful and "total_income" not in self.doubtful
        return received if sure or not spent else spent

    @property
    def at_stake(self) -> Decimal:
        """The amounts of its open errors together, but for those of another order of magnitude."""
        amounts = (one.amount for one in self.of("error") if not self.beyond(one))
        return sum((amount for amount in amounts if amount is not None), Decimal(0))

    def beyond(self, found: Found) -> bool:
        """True where a difference is more than the whole year's expenditure: a shifted point or 元 for 万元, whose
        size says nothing about money."""
        return found.amount is not None and self.whole is not None and found.amount > self.whole

    @property
    def told_again(self) -> int:
        """How many open errors the run before had too."""
        return sum(one.id in self.standing for one in self.of("error"))


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its last account, and the earlier years'."""

    last: Account
    earlier: tuple[Account, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.last.department or "（未识别）"


@dataclass(frozen=True)
class Portfolio:
    """All departments of a ledger, by region and name."""

    departments: tuple[Department, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account: of each department the last year first."""
        return tuple(account for one in self.departments for account in (one.last, *one.earlier))

    @property
    def last(self) -> tuple[Account, ...]:
        """The last account of each department."""
        return tuple(one.last for one in self.departments)


def portfolio_of(accounts: Sequence[Account]) -> Portfolio:
    """The accounts by department, later years first."""
    grouped: dict[tuple[str, str], list[Account]] = {}
    for account in sorted(accounts, key=lambda one: (one.key, -(one.year or 0), one.id)):
        grouped.setdefault(account.key, []).append(account)
    return Portfolio(tuple(Department(group[0], tuple(group[1:])) for group in grouped.values()))


#: Names of the amounts, for people.
TITLES = {quantity.name: quantity.title for quantity in quantities()}
