"""Counts how the checks on each table, on the narrative and on the form ended, and what was not checked and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.facts.fact import Status
from gouji.intervals import Verdict

STATUS_NAMES = {
    Status.FOUND: "已识别",
    Status.EMPTY: "空表（无数据）",
    Status.MISSING: "未找到",
    Status.UNREADABLE: "无法识别",
}
#: Subjects of checks other than the tables.
_OTHERS = {"narrative": "情况说明", "form": "填列格式"}
#: The annexed forms are counted together, where there are any.
_FORMS = {"evaluation": "绩效自评表"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts how the checks on one subject (a table, the narrative, the form) ended.

    `figures` counts the figures it prints and `constrained` those that a check touches; both are None where they are
    not counted. `not_made` counts the checks that could not be made (未能核对), `inapplicable` those where no side
    holds an amount (不适用). `remarks` are the conflicts that are only notes of form. Only tables have `status` and
    `problem`.
    """

    name: str
    status: str = ""
    problem: str = ""
    figures: int | None = None
    constrained: int | None = None
    passed: int = 0
    rounding: int = 0
    conflicts: int = 0
    not_made: int = 0
    inapplicable: int = 0
    remarks: int = 0

    @property
    def contradictions(self) -> int:
        """Returns the number of conflicts without the remarks on form."""
        return self.conflicts - self.remarks

    @property
    def checks(self) -> int:
        """Returns the number of checks that were made."""
        return self.passed + self.conflicts

    @property
    def formed(self) -> int:
        """Returns the number of checks that the rules form on the document, made or not."""
        return self.checks + self.not_made + self.inapplicable


@dataclass(frozen=True, slots=True)
class Gap:
    """Checks on one subject that were not made for one reason, and what was not published for them."""

    subject: str
    reason: str
    number: int
    missing: tuple[str, ...]


def tallies_of(audit: Audit) -> dict[str, Tally]:
    """Returns the tallies in this order: each table, the tables beyond the nine, the annexed forms (`evaluation`, where
    there are any), the narrative (`narrative`), the form (`form`)."""
    by_subject: dict[str, list[Check]] = {}
    for check in audit.checks.checks:
        by_subject.setdefault(check.subject, []).append(check)
    touched = {number for check in audit.checks.made() for number in check.fact_ids}
    printed = [fact for fact in audit.facts if fact.figure.printed]
    figures = Counter(fact.concept.table for fact in printed)
    constrained = Counter(fact.concept.table for fact in printed if fact.id in touched)
    inapplicable = _inapplicable(audit)

    def ended(subject: str) -> Tally:
        return _counted(by_subject.get(subject, []), inapplicable)

    tallies = {}
    for key, table in {**audit.facts.tables, **audit.facts.annexed}.items():
        label = table.label if table.label != table.name else ""
        name, status = f"{label} {table.name}".strip(), STATUS_NAMES[table.status]
        tallies[key] = replace(
            ended(key),
            name=name,
            status=status,
            problem=table.problem,
            figures=figures[key],
            constrained=constrained[key],
        )
    for key, name in _FORMS.items() if audit.facts.forms else ():
        of_forms, bound = (sum(number[form] for form in audit.facts.forms) for number in (figures, constrained))
        name = f"{name}（{len(audit.facts.forms)}张）"
        tallies[key] = replace(ended(key), name=name, figures=of_forms, constrained=bound)
    for key, name in _OTHERS.items():
        claims = audit.coverage()["claims"] if key == "narrative" else None
        tallies[key] = replace(ended(key), name=name, figures=claims)
    return tallies


def total_of(tallies: Iterable[Tally], figures: int) -> Tally:
    """Returns the sum of tallies that leave no check out and count none twice."""
    tallies = list(tallies)
    return Tally(
        name="合计",
        figures=figures,
        passed=sum(one.passed for one in tallies),
        rounding=sum(one.rounding for one in tallies),
        conflicts=sum(one.conflicts for one in tallies),
        not_made=sum(one.not_made for one in tallies),
        inapplicable=sum(one.inapplicable for one in tallies),
        remarks=sum(one.remarks for one in tallies),
    )


def _counted(checks: Iterable[Check], without: Collection[int]) -> Tally:
    """Counts how checks ended, in a tally without a name. `without` are the ids of those that do not apply."""
    checks = list(checks)
    ended = Counter(check.verdict for check in checks)
    inapplicable = sum(check.id in without for check in checks)
    return Tally(
        name="",
        passed=ended[Verdict.CONSISTENT] + ended[Verdict.ROUNDING],
        rounding=ended[Verdict.ROUNDING],
        conflicts=ended[Verdict.CONFLICT],
        not_made=ended[Verdict.UNBOUND] + ended[Verdict.NOT_CHECKED] - inapplicable,
        inapplicable=inapplicable,
        remarks=sum(check.is_remark for check in checks),
    )


def gaps_of(audit: Audit) -> tuple[Gap, ...]:
    """Returns the checks that could not be made, grouped by subject and reason; a subject's groups stand together.
    Those that do not apply are left out."""
    tables = {**audit.facts.tables, **audit.facts.annexed}
    names = {key: table.name for key, table in tables.items()} | _FORMS | _OTHERS
    grouped: dict[tuple[str, str], list[Check]] = {}
    inapplicable = _inapplicable(audit)
    for check in audit.checks.checks:
        if not check.made and check.id not in inapplicable:
            grouped.setdefault((check.subject, check.reason), []).append(check)
    order = list(names)
    return tuple(
        Gap(
            names.get(subject, subject),
            reason or "未公布",
            len(checks),
            tuple(dict.fromkeys(name for check in checks for name in check.missing)),
        )
        for (subject, reason), checks in sorted(
            grouped.items(), key=lambda one: order.index(one[0][0]) if one[0][0] in order else len(order)
        )
    )


def _inapplicable(audit: Audit) -> frozenset[int]:
    return frozenset(check.id for check in audit.checks.inapplicable())
