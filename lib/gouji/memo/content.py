"""The content of a memo, whatever its format: values ready to be laid out, computed once for every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from gouji.auditing import Audit
from gouji.checks.rules import Severity
from gouji.dispositions.disposition import DECISION_NAMES
from gouji.dispositions.match import Decided, Dispositions, State
from gouji.facts.fact import Status
from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES, Finding, Findings
from gouji.findings.order import at_stake, foremost
from gouji.intervals import unscaled
from gouji.memo.chain import Chain, SourceFile, Versions, chain_of
from gouji.memo.finding_content import FindingContent, finding_content
from gouji.memo.key_figures import KeyFigures, key_figures, money
from gouji.memo.legal import Cited, cited_by
from gouji.memo.pages import pages_of
from gouji.memo.reviewed import reviewed
from gouji.memo.rows import CheckRow, merged, rounding_checks
from gouji.memo.tallies import Gap, Tally, gaps_of, tallies_of, total_of
from gouji.memo.unchecked import UncheckedList, unchecked_list
from gouji.memo.unconstrained import Unconstrained, unconstrained_figures

#: Limit on the remarks on reading that a conclusion tells.
_MOST_REMARKS = 3
#: A decision on a finding that says something else now.
_AGAIN = "需复核"
#: Number of findings that the first page tells.
_MOST_FOREMOST = 3
#: What each severity means, in plain words.
_MEANS = {
    "error": "公布的数字互相矛盾，须更正",
    "question": "须由被审计单位说明，本身未必有误",
    "note": "属文字和格式",
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the list of findings says beside a finding: its amount, its pages, and what the auditor decided.

    `amount` is the amount at stake in the account's unit, "" for none and for notes. `settled`: it is explained
    or dismissed.
    """

    amount: str = ""
    pages: tuple[str, ...] = ()
    decided: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class MemoContent:
    """The content of a memo.

    `weighed` belongs to `findings`, by id; `first` are the ids of those that matter most. `counts` are of all findings,
    `decisions` of those decided, by the name of the decision. `computed` counts the findings that rest on arithmetic
    or form, not on the review. `total` adds up the `tallies`. `missing` and `empty` are names of tables.
    `rounded` counts the checks that hold within rounding, of which `rounding` has a row for each set of figures.
    `bases` are what the findings cite. `decided` sums up the `dispositions`.
    """

    title: str
    department: str
    region: str
    year: str
    conclusion: str
    key_figures: KeyFigures
    counts: dict[Severity, int]
    decisions: Mapping[Severity, Mapping[str, int]]
    computed: int
    findings: tuple[FindingContent, ...]
    weighed: Mapping[str, Weighed]
    first: tuple[str, ...]
    tallies: tuple[Tally, ...]
    total: Tally
    found: tuple[str, ...]
    empty: tuple[str, ...]
    lacking: tuple[str, ...]
    claims: int
    gaps: tuple[Gap, ...]
    unread: tuple[str, ...]
    anomalies: tuple[str, ...]
    rounded: int
    rounding: tuple[CheckRow, ...]
    unconstrained: tuple[Unconstrained, ...]
    unchecked: UncheckedList
    bases: tuple[Cited, ...]
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
    coverage, tables, found = audit.coverage(), audit.facts.tables.values(), audit.findings.findings
    tallies, figures = (*tallies_of(audit).values(),), key_figures(audit)
    rounding = rounding_checks(audit.checks)
    return MemoContent(
        title=audit.title,
        department=audit.facts.department,
        region=audit.parameters.region,
        year=f"{audit.facts.year}年度" if audit.facts.year else "",
        conclusion=conclusion(audit),
        key_figures=figures,
        counts={severity: len(audit.findings.of(severity)) for severity in SEVERITIES},
        decisions={severity: _decisions(audit, severity) for severity in SEVERITIES},
        computed=sum(not one.reviewed for one in found),
        findings=tuple(finding_content(one, number, audit) for number, one in enumerate(found, 1)),
        weighed={one.id: _weighed(one, figures.unit, audit) for one in found},
        first=tuple(one.id for one in foremost(_unsettled(audit), _MOST_FOREMOST)),
        tallies=tallies,
        total=total_of(tallies, coverage["figures"]),
        found=tuple(table.name for table in tables if table.status is Status.FOUND),
        empty=tuple(table.name for table in tables if table.status is Status.EMPTY),
        lacking=tuple(table.name for table in tables if table.status in (Status.MISSING, Status.UNREADABLE)),
        claims=coverage["claims"],
        gaps=gaps_of(audit),
        unread=unread_told(audit),
        anomalies=audit.document.anomalies,
        rounded=len(rounding),
        rounding=merged(rounding),
        unconstrained=unconstrained_figures(audit),
        unchecked=unchecked_list(audit),
        bases=cited_by(found),
        chain=chain_of(audit, made_by),
        dispositions=audit.dispositions,
        decided=audit.dispositions.summary(audit.findings) if audit.dispositions else "",
        reviewed=reviewed(audit),
    )


def conclusion(audit: Audit) -> str:
    """Returns the conclusion in a few sentences: what was found, how far the checks reached, what the auditor
    decided."""
    total = total_of(tallies_of(audit).values(), audit.coverage()["figures"])
    missing = [
        table.name for table in audit.facts.tables.values() if table.status in (Status.MISSING, Status.UNREADABLE)
    ]
    said = _found(audit)
    if len(missing) == len(audit.facts.tables):
        said, missing = f"九张决算表均未读到，各表未经核对；{said}", []
    lacking = f"未能核对的表：{'、'.join(missing)}。" if missing else ""
    formal = f"，另{total.remarks}项为填列格式的提示" if total.remarks else ""
    decided = f"审计认定：{audit.dispositions.summary(audit.findings)}。" if audit.dispositions else ""
    return (
        f"{said}。完成勾稽{total.checks}项，{total.passed}项成立（含尾差{total.rounding}项），"
        f"{total.contradictions}项不符{formal}。{lacking}{read_so_far(audit)}{decided}"
    )


def _found(audit: Audit) -> str:
    """Returns `发现错误3项（其中已说明1项）：公布的数字互相矛盾，须更正；疑点2项：……`."""
    said = []
    for severity in SEVERITIES:
        if number := len(audit.findings.of(severity)):
            decided = "、".join(f"{name}{count}项" for name, count in _decisions(audit, severity).items())
            within = f"（其中{decided}）" if decided else ""
            said.append(f"{SEVERITY_NAMES[severity]}{number}项{within}：{_MEANS[severity]}")
    return f"发现{'；'.join(said)}" if said else "未发现勾稽错误"


def _decisions(audit: Audit, severity: Severity) -> dict[str, int]:
    """Counts the decisions on the findings of a severity by their names; those to be reviewed count as 需复核."""
    made = (audit.dispositions.of(one) for one in audit.findings.of(severity))
    counted = Counter(_decision(one) for one in made if one is not None)
    return {name: counted[name] for name in (*DECISION_NAMES.values(), _AGAIN) if counted[name]}


def _decision(one: Decided) -> str:
    return one.disposition.decision.named if one.state is State.KEPT else _AGAIN


def _unsettled(audit: Audit) -> Findings:
    """Returns the findings that the auditor has not settled."""
    found = tuple(one for one in audit.findings.findings if not audit.dispositions.settles(one))
    return Findings(audit.checks, found)


def _weighed(finding: Finding, unit: str, audit: Audit) -> Weighed:
    amount, decided = at_stake(finding, audit.checks), audit.dispositions.of(finding)
    return Weighed(
        amount=money(unscaled(amount, unit)) if amount and finding.severity != "note" else "",
        pages=pages_of(finding, audit),
        decided=_decision(decided) if decided else "",
        settled=audit.dispositions.settles(finding),
    )


def read_so_far(audit: Audit) -> str:
    """Returns what was not read, or not for certain: a second account, pages, pictures; "" where all was read."""
    remarks = audit.document.anomalies
    more = f"；等{len(remarks)}项" if len(remarks) > _MOST_REMARKS else ""
    return f"读取情况：{'；'.join(remarks[:_MOST_REMARKS])}{more}。" if remarks else ""


def unread_told(audit: Audit) -> tuple[str, ...]:
    """Lists the tables of the document that were not read, each with the table that was taken for its kind instead."""
    return tuple(
        f"{one.title}（{audit.facts.tables[one.key].name}已按{one.read}核对）" if one.key else one.title
        for one in audit.facts.unread
    )
