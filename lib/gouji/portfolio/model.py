"""The parts of a portfolio: departments with the figures and findings of their last account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.dispositions.disposition import Decision
from gouji.dispositions.match import State
from gouji.ledger.quantities import quantities
from gouji.slips import SlipKind

#: Decisions after which a finding no longer counts.
SETTLED = (Decision.EXPLAINED.value, Decision.DISMISSED.value)
#: Slips whose difference is the size of a moved point and not money.
_MAGNITUDE = (SlipKind.SHIFTED.value, SlipKind.UNIT.value)


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
    """A department's account of a year in its last run. Amounts are in 元; None means not published.

    `checks_made` counts the checks that were compared, `unchecked` those that could not be (未能核对: a side is not
    published, blank or unreadable), as the memo counts them: without those where no side holds an amount (不适用).
    """

    id: str
    sequence: int
    department: str
    region: str
    region_code: str
    function: str
    headcount: int | None
    year: int | None
    checks_made: int
    unchecked: int
    tables_missing: int
    amounts: dict[str, Decimal | None]
    doubtful: frozenset[str]
    findings: tuple[Found, ...]
    standing: frozenset[str]

    @property
    def key(self) -> tuple[str, str]:
        """Returns the department's identity, the same in every year."""
        return self.region_code or self.region, self.department

    def of(self, severity: str) -> list[Found]:
        """Returns the open findings of a severity."""
        return [one for one in self.findings if one.severity == severity and one.open]

    @property
    def expenditure(self) -> Decimal | None:
        """Returns the year's expenditure, or its income where a finding suspects the expenditure."""
        spent, received = (self.amounts[name] for name in ("total_expenditure", "total_income"))
        sure = received and "total_expenditure" in self.doubtful and "total_income" not in self.doubtful
        return received if sure or not spent else spent

    @property
    def at_stake(self) -> Decimal:
        """Returns the sum of its open errors, without those of another order of magnitude."""
        amounts = (one.amount for one in self.of("error") if not self.is_no_money(one))
        return sum((amount for amount in amounts if amount is not None), Decimal(0))

    def is_no_money(self, found: Found) -> bool:
        """True where a difference says nothing about money: a point is shifted or 元 stands for 万元, which is also
        assumed where it is more than the whole year's expenditure."""
        if found.amount is None:
            return False
        return found.slip.startswith(_MAGNITUDE) or (self.expenditure is not None and found.amount > self.expenditure)

    @property
    def repeated_errors(self) -> int:
        """Returns how many open errors the previous run had too."""
        return sum(one.id in self.standing for one in self.of("error"))


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its last account and those of earlier years."""

    last: Account
    earlier: tuple[Account, ...]

    @property
    def name(self) -> str:
        """Returns its name."""
        return self.last.department or "（未识别）"


@dataclass(frozen=True)
class Portfolio:
    """All departments of a ledger, by region and name."""

    departments: tuple[Department, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Returns every account, by department, the last year first."""
        return tuple(account for one in self.departments for account in (one.last, *one.earlier))

    @property
    def last(self) -> tuple[Account, ...]:
        """Returns the last account of each department."""
        return tuple(one.last for one in self.departments)


def portfolio_of(accounts: Sequence[Account]) -> Portfolio:
    """Groups the accounts by department, later years first."""
    grouped: dict[tuple[str, str], list[Account]] = {}
    for account in sorted(accounts, key=lambda one: (one.key, -(one.year or 0), one.id)):
        grouped.setdefault(account.key, []).append(account)
    return Portfolio(tuple(Department(group[0], tuple(group[1:])) for group in grouped.values()))


#: Names of the amounts, for people.
TITLES = {quantity.name: quantity.title for quantity in quantities()}
