"""The facts that a narrative states, with their wording left open: amounts, shares, changes, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments.codes import ECONOMIC_NAMES, FUNCTION_NAMES
from gouji.fictitious.departments.money import CENTS_PER_PRINTED_DIGIT, amount_text, half_up, percent_text
from gouji.fictitious.departments.truth import PERSONNEL, Truth

INCOME_NAMES = {
    "fiscal": "财政拨款收入",
    "superior": "上级补助收入",
    "operations": "事业收入",
    "business": "经营收入",
    "subordinate": "附属单位上缴收入",
    "other": "其他收入",
}
OUTLAY_NAMES = {
    "basic": "基本支出",
    "project": "项目支出",
    "remitted": "上缴上级支出",
    "operating": "经营支出",
    "subsidised": "对附属单位补助支出",
}
THREE_PUBLIC_NAMES = {
    "abroad": "因公出国（境）费",
    "vehicles": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行维护费",
    "reception": "公务接待费",
}
GENERAL_TOTAL = "general_budget[total].total"
SPENT_TOTAL = "expenditure[total].total"
BASIC_TOTAL = "general_budget[total].basic"


@dataclass(frozen=True)
class YearChange:
    """A comparison as printed: sign of the printed difference, its size, and its rate ('' when there is no base)."""

    sign: int
    size: str
    rate: str


@dataclass(frozen=True)
class ItemFact:
    """One 项 of the general budget: its three names, its budget and what was spent."""

    path: tuple[str, str, str]
    budget: int
    actual: int


@dataclass
class NarrativeFacts:
    """What the narrative of one department says, in the narrative's unit."""

    name: str
    year: int
    unit: str
    thousands: bool
    surplus_label: str
    capital_carry_over: bool
    truth: Truth
    amounts: Mapping[str, int]
    rng: Random  # chooses reasons

    @property
    def last_year(self) -> int:
        """Returns the year compared with."""
        return self.year - 1

    @property
    def counts(self) -> dict[str, int]:
        """Returns the numbers of trips, guests and cars."""
        return self.truth.counts

    def cents(self, concept: str) -> int:
        """Returns the true amount in 分."""
        return self.amounts.get(concept, 0)

    def text(self, cents: int) -> str:
        """Returns an amount with its unit: 385.28万元."""
        return amount_text(cents, self.unit, self.thousands) + self.unit

    def money(self, concept: str) -> str:
        """Returns the amount of a concept with its unit."""
        return self.text(self.cents(concept))

    def share(self, concept: str, base: str) -> str:
        """Returns the concept as a percentage of another one."""
        return percent_text(self.cents(concept), self.cents(base))

    @staticmethod
    def rate(actual: int, budget: int) -> str:
        """Returns the actual as a percentage of the budget; '' where nothing was budgeted."""
        return percent_text(actual, budget) if budget else ""

    def compare(self, now: int, before: int) -> YearChange:
        """Compares `now` with `before`; a difference that prints as 0.00 counts as none."""
        printed = half_up(now - before, CENTS_PER_PRINTED_DIGIT[self.unit])
        sign = (printed > 0) - (printed < 0)
        return YearChange(sign, self.text(abs(now - before)), percent_text(abs(now - before), before) if before else "")

    def change(self, concept: str) -> YearChange:
        """Compares this year with last year."""
        return self.compare(self.cents(concept), self.truth.prior[concept])

    def reason(self, sign: int) -> str:
        """Returns a random reason for a change of that sign."""
        return self.rng.choice(_REASONS[sign])

    def three_public(self, part: str) -> tuple[int, int]:
        """Returns (budget, actual) of one 三公 item."""
        return self.cents(f"three_public.budget.{part}"), self.cents(f"three_public.actual.{part}")

    def income_kinds(self) -> Iterator[tuple[str, str]]:
        """Returns (name, concept) of every kind of income."""
        return ((name, f"income[total].{kind}") for kind, name in INCOME_NAMES.items())

    def outlay_kinds(self) -> Iterator[tuple[str, str]]:
        """Returns (name, concept) of every nature of expenditure."""
        return ((name, f"expenditure[total].{kind}") for kind, name in OUTLAY_NAMES.items())

    def nonzero(self, pairs: Iterator[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
        """Returns the pairs with an amount, and the names of the others."""
        known = list(pairs)
        empty = [name for name, concept in known if not self.cents(concept)]
        return [pair for pair in known if self.cents(pair[1])], empty

    def classes(self) -> list[tuple[str, str]]:
        """Returns (name, concept) of the classes that the general budget pays for."""
        codes = sorted({item.code[:3] for item in self.truth.items if item.general_budget.expenditure})
        return [(FUNCTION_NAMES[code], f"general_budget[{code}].total") for code in codes]

    def items(self) -> list[ItemFact]:
        """Returns every 项 of the general budget."""
        budgets = self.truth.item_budgets
        return [
            ItemFact(path_of(item.code), budgets[item.code], item.general_budget.expenditure)
            for item in self.truth.items
            if item.code in budgets
        ]

    def general_budgeted(self) -> int:
        """Returns the 年初预算 of general budget spending."""
        return sum(self.truth.item_budgets.values())

    def fund_items(self, fund: str) -> list[tuple[tuple[str, str, str], int]]:
        """Returns (path, spent) of every 项 of one fund."""
        spent = [(path_of(item.code), item.flow(fund).expenditure) for item in self.truth.items]
        return [(path, cents) for path, cents in spent if cents]

    def economic_names(self, personnel: bool) -> str:
        """Returns the names of the 款 used on one side of basic expenditure, joined by 、."""
        codes = [code for code in self.truth.economic if (code[:3] in PERSONNEL) == personnel]
        return "、".join(ECONOMIC_NAMES[code] for code in codes)


def path_of(code: str) -> tuple[str, str, str]:
    """Returns the names of a 项's 类, 款 and 项."""
    return FUNCTION_NAMES[code[:3]], FUNCTION_NAMES[code[:5]], FUNCTION_NAMES[code]


_REASONS: dict[int, tuple[str, ...]] = {
    1: ("人员增加及工资标准调整", "本年新增专项任务", "上级追加专项资金", "业务量增多"),
    0: ("严格按预算执行", "工作安排与上年一致", "支出保持稳定"),
    -1: ("厉行节约、压减开支", "部分项目已经完成", "人员退休", "项目进度推迟到下一年度"),
}
