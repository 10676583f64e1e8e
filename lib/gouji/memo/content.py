"""The content of a memo, whatever its format: values ready to be laid out, computed once for every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.checks.rules import Basis, Severity
from gouji.dispositions.match import Dispositions
from gouji.facts.fact import Status
from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES
from gouji.intervals import Verdict
from gouji.memo.chain import Chain, SourceFile, Versions, chain_of
from gouji.memo.finding_content import FindingContent, finding_content
from gouji.memo.reviewed import reviewed
from gouji.memo.rows import CheckRow, row_of
from gouji.memo.unconstrained import Unconstrained, unconstrained_figures

STATUS_NAMES = {
    Status.FOUND: "已识别",
    Status.EMPTY: "空表（无数据）",
    Status.MISSING: "未找到",
    Status.UNREADABLE: "无法识别",
}
#: Subjects of checks other than the tables.
_OTHERS = {"narrative": "情况说明", "form": "填列格式"}
#: Limit on the remarks on reading that a conclusion tells.
_MOST_REMARKS = 3
#: The annexed forms are counted together, where there are any.
_FORMS = {"evaluation": "绩效自评表"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts how the checks on one subject (a table, the narrative, the form) ended.

    `figures` counts the figures it prints and `constrained` those that a check touches; both are None where they are
    not counted. `remarks` are the conflicts that are only notes of form. Only tables have `status` and `problem`.
    """

    name: str
    status: str = ""
    problem: str = ""
    figures: int | None = None
    constrained: int | None = None
    passed: int = 0
    rounding: int = 0
    conflicts: int = 0
    unbound: int = 0
    not_checked: int = 0
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
    def not_made(self) -> int:
        """Returns the number of checks that could not be made."""
        return self.unbound + self.not_checked


@dataclass(frozen=True, slots=True)
class Gap:
    """Checks on one subject that were not made for one reason, and what was not published for them."""

    subject: str
    reason: str
    number: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemoContent:
    """The content of a memo.

    `bases` are the bases of all checks that were made, in the order of the rules. `total` adds up the `tallies`.
    `missing` and `empty` are names of tables. `decided` sums up the `dispositions`.
    """

    title: str
    department: str
    region: str
    year: str
    conclusion: str
    counts: dict[Severity, int]
    findings: tuple[FindingContent, ...]
    tallies: tuple[Tally, ...]
    total: Tally
    found: tuple[str, ...]
    empty: tuple[str, ...]
    lacking: tuple[str, ...]
    claims: int
    gaps: tuple[Gap, ...]
    unread: tuple[str, ...]
    anomalies: tuple[str, ...]
    rounding: tuple[CheckRow, ...]
    unconstrained: tuple[Unconstrained, ...]
    bases: tuple[Basis, ...]
    chain: Chain
    dispositions: Dispositions = field(default_factory=Dispositions)
    decided: str = ""
    reviewed: str = ""

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """Returns the files that were audited."""
        return self.chain.files


def memo_content(audit: Audit, made_by: Versions | None = None) -> MemoContent:
    """Returns the content of an audit's memo, which names the versions `made_by` (None: this version's)."""
    coverage, tables = audit.coverage(), audit.facts.tables.values()
    tallies = (*tallies_of(audit).values(),)
    return MemoContent(
        title=audit.title,
        department=audit.facts.department,
        region=audit.parameters.region,
        year=f"{audit.facts.year}年度" if audit.facts.year else "",
        conclusion=conclusion(audit),
        counts={severity: len(audit.findings.of(severity)) for severity in SEVERITIES},
        findings=tuple(finding_content(one, number, audit) for number, one in enumerate(audit.findings.findings, 1)),
        tallies=tallies,
        total=_total(tallies, coverage["figures"]),
        found=tuple(table.name for table in tables if table.status is Status.FOUND),
        empty=tuple(table.name for table in tables if table.status is Status.EMPTY),
        lacking=tuple(table.name for table in tables if table.status in (Status.MISSING, Status.UNREADABLE)),
        claims=coverage["claims"],
        gaps=_gaps(audit),
        unread=unread_told(audit),
        anomalies=audit.document.anomalies,
        rounding=rounding_rows(audit),
        unconstrained=unconstrained_figures(audit),
        bases=_bases(audit),
        chain=chain_of(audit, made_by),
        dispositions=audit.dispositions,
        decided=audit.dispositions.summary(audit.findings) if audit.dispositions else "",
        reviewed=reviewed(audit),
    )


def conclusion(audit: Audit) -> str:
    """Returns the conclusion in a few sentences: what was found, how far the checks reached, what the auditor
    decided."""
    counts = [
        f"{SEVERITY_NAMES[severity]}{len(found)}项" for severity in SEVERITIES if (found := audit.findings.of(severity))
    ]
    coverage = audit.coverage()
    made = coverage["passed"] + coverage["conflicts"]
    said = f"发现{'、'.join(counts)}" if counts else "未发现勾稽错误"
    missing = [
        table.name for table in audit.facts.tables.values() if table.status in (Status.MISSING, Status.UNREADABLE)
    ]
    remarks = sum(check.is_remark for check in audit.checks.conflicts())
    formal = f"，另{remarks}项为填列格式的提示" if remarks else ""
    decided = f"审计认定：{audit.dispositions.summary(audit.findings)}。" if audit.dispositions else ""
    if len(missing) == len(audit.facts.tables):
        said, missing = f"九张决算表均未读到，各表未经核对；{said}", []
    lacking = f"；未能核对的表：{'、'.join(missing)}" if missing else ""
    held = f"{coverage['passed']}项成立（含尾差{coverage['rounding']}项）"
    return (
        f"{said}。共识别{coverage['figures']}个数字（其中情况说明{coverage['claims']}个），完成勾稽{made}项，"
        f"{held}，{coverage['conflicts'] - remarks}项不符{formal}{lacking}。{read_so_far(audit)}{decided}"
    )


def read_so_far(audit: Audit) -> str:
    """Returns what was not read, or not for certain: a second account, pages, pictures; "" where all was read."""
    remarks = audit.document.anomalies
    more = f"；等{len(remarks)}项" if len(remarks) > _MOST_REMARKS else ""
    return f"读取情况：{'；'.join(remarks[:_MOST_REMARKS])}{more}。" if remarks else ""


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
    tallies = {}
    for key, table in {**audit.facts.tables, **audit.facts.annexed}.items():
        label = table.label if table.label != table.name else ""
        name, status = f"{label} {table.name}".strip(), STATUS_NAMES[table.status]
        counted = figures[key], constrained[key]
        tallies[key] = _tally(by_subject.get(key, []), name, status, table.problem, *counted)
    for key, name in _FORMS.items() if audit.facts.forms else ():
        of_forms, bound = (sum(number[form] for form in audit.facts.forms) for number in (figures, constrained))
        name = f"{name}（{len(audit.facts.forms)}张）"
        tallies[key] = _tally(by_subject.get(key, []), name, figures=of_forms, constrained=bound)
    for key, name in _OTHERS.items():
        claims = audit.coverage()["claims"] if key == "narrative" else None
        tallies[key] = _tally(by_subject.get(key, []), name, figures=claims)
    return tallies


def rounding_rows(audit: Audit) -> tuple[CheckRow, ...]:
    """Returns the checks that hold only within rounding."""
    return tuple(row_of(check, audit.checks) for check in audit.checks.checks if check.verdict is Verdict.ROUNDING)


def _tally(
    checks: Iterable[Check],
    name: str,
    status: str = "",
    problem: str = "",
    figures: int | None = None,
    constrained: int | None = None,
) -> Tally:
    checks = list(checks)
    ended = Counter(check.verdict for check in checks)
    return Tally(
        name=name,
        status=status,
        problem=problem,
        figures=figures,
        constrained=constrained,
        passed=ended[Verdict.CONSISTENT] + ended[Verdict.ROUNDING],
        rounding=ended[Verdict.ROUNDING],
        conflicts=ended[Verdict.CONFLICT],
        unbound=ended[Verdict.UNBOUND],
        not_checked=ended[Verdict.NOT_CHECKED],
        remarks=sum(check.is_remark for check in checks),
    )


def _total(tallies: Iterable[Tally], figures: int) -> Tally:
    tallies = list(tallies)
    return Tally(
        name="合计",
        figures=figures,
        passed=sum(one.passed for one in tallies),
        rounding=sum(one.rounding for one in tallies),
        conflicts=sum(one.conflicts for one in tallies),
        unbound=sum(one.unbound for one in tallies),
        not_checked=sum(one.not_checked for one in tallies),
        remarks=sum(one.remarks for one in tallies),
    )


def _gaps(audit: Audit) -> tuple[Gap, ...]:
    """Returns the checks that were not made, grouped by subject and reason; a subject's groups stand together."""
    tables = {**audit.facts.tables, **audit.facts.annexed}
    names = {key: table.name for key, table in tables.items()} | _FORMS | _OTHERS
    grouped: dict[tuple[str, str], list[Check]] = {}
    for check in audit.checks.checks:
        if not check.made:
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


def unread_told(audit: Audit) -> tuple[str, ...]:
    """Lists the tables of the document that were not read, each with the table that was taken for its kind instead."""
    return tuple(
        f"{one.title}（{audit.facts.tables[one.key].name}已按{one.read}核对）" if one.key else one.title
        for one in audit.facts.unread
    )


def _bases(audit: Audit) -> tuple[Basis, ...]:
    """Returns the bases of the checks that were made and of the findings."""
    rules = {check.rule.id: check.rule for check in audit.checks.made()}
    cited = [basis for rule in rules.values() for basis in rule.basis]
    cited += [basis for finding in audit.findings.findings for basis in finding.basis]
    return tuple({basis.id: basis for basis in cited}.values())
