"""The memo as one self-contained HTML file: no script, no remote asset, prints on A4."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from gouji.audit import Audit
from gouji.checks.check import Check
from gouji.facts.fact import Part, Status
from gouji.findings.explain import largest
from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES, Finding, shown_text
from gouji.intervals import Verdict, unscaled
from gouji.memo.charts import coverage_overview, to_svg
from gouji.memo.embedded_font import font_face
from gouji.memo.evidence import adds_up, candidates_of, less_likely_of, stands_in_identities, why_less
from gouji.memo.excerpt import sentence_excerpt, table_excerpts, table_marks, whole_table
from gouji.memo.manifest import parameters_hash, rules_hash
from gouji.memo.marked import why_unconstrained
from gouji.memo.rows import Row, row_of

#: Where the template leaves room for the page's own font.
_FONT = "/*font*/"

#: So many candidates of a finding are listed at once, the others folded; so many vouchers are not folded.
_MOST_CANDIDATES, _FEW_VOUCHERS = 8, 2

STATUS_NAMES = {
    Status.FOUND: "已识别",
    Status.EMPTY: "空表（无数据）",
    Status.MISSING: "未找到",
    Status.UNREADABLE: "无法识别",
}


def render_memo(audit: Audit) -> str:
    """The memo of an audit as HTML."""
    environment = Environment(
        loader=PackageLoader("gouji.memo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(shown=shown_text, most=_MOST_CANDIDATES, few=_FEW_VOUCHERS)
    page = environment.get_template("memo.html.j2").render(_context(audit))
    return page.replace(_FONT, font_face(page), 1)


def conclusion(audit: Audit) -> str:
    """The conclusion in one or two sentences: what was found, and how far the checking reached."""
    counts = [
        f"{SEVERITY_NAMES[severity]}{len(found)}项" for severity in SEVERITIES if (found := audit.findings.of(severity))
    ]
    coverage = audit.coverage()
    made = coverage["passed"] + coverage["conflicts"]
    said = f"发现{'、'.join(counts)}" if counts else "未发现勾稽错误"
    missing = [
        table.name for table in audit.facts.tables.values() if table.status in (Status.MISSING, Status.UNREADABLE)
    ]
    lacking = f"；未能核对的表：{'、'.join(missing)}" if missing else ""
    return (
        f"{said}。共识别{coverage['figures']}个数字（其中情况说明{coverage['claims']}个），完成勾稽{made}项，"
        f"{coverage['passed']}项成立（含尾差{coverage['rounding']}项），{coverage['conflicts']}项不符{lacking}。"
    )


def _context(audit: Audit) -> dict[str, Any]:
    return {
        "audit": audit,
        "conclusion": conclusion(audit),
        "coverage": audit.coverage(),
        "findings": [_finding(finding, audit) for finding in audit.findings.findings],
        "severities": [
            (severity, SEVERITY_NAMES[severity], len(audit.findings.of(severity))) for severity in SEVERITIES
        ],
        "tables": [_table(key, audit) for key in audit.facts.tables],
        "others": {"情况说明": _subject("narrative", audit), "填列格式": _subject("form", audit)},
        "rounding": [_check(check, audit) for check in audit.checks.checks if check.verdict is Verdict.ROUNDING],
        "unconstrained": _unconstrained(audit),
        "basis": _basis(audit),
        "parameters_hash": parameters_hash(audit),
        "rules_hash": rules_hash(),
        "chart": _inline(to_svg(coverage_overview(audit))),
    }


def _unconstrained(audit: Audit) -> list[tuple[str, list[str]]]:
    """The figures that no check touches, by reason."""
    reasons: dict[str, list[str]] = {}
    for fact in audit.checks.unconstrained():
        told = f"{fact.named} {shown_text(fact)}"
        found = reasons.setdefault(why_unconstrained(fact, audit.checks), [])
        found.extend([told] if told not in found else [])
    return sorted(reasons.items(), key=lambda one: -len(one[1]))


def _inline(svg: str) -> str:
    """An SVG file's element alone, for a page: no XML prolog, no metadata."""
    return re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)


def _finding(finding: Finding, audit: Audit) -> dict[str, Any]:
    conflicting = [fact for fact in finding.corroborating if fact.part is Part.NARRATIVE]
    suspects = [fact for fact in finding.suspects if fact.part is Part.NARRATIVE]
    return {
        "finding": finding,
        "severity_name": SEVERITY_NAMES[finding.severity],
        "excerpts": table_excerpts(finding, audit),
        "suspect_sentences": [sentence_excerpt(fact, audit) for fact in suspects],
        "other_sentences": [sentence_excerpt(fact, audit) for fact in conflicting],
        "checks": [_check(check, audit) for check in (*finding.checks, *finding.support) if check.terms],
        "minor": _is_minor(finding, audit),
        **_evidence(finding, audit),
    }


def _evidence(finding: Finding, audit: Audit) -> dict[str, Any]:
    """What testifies, what speaks for the figure as printed, what range the others leave, what else it could be."""
    found = candidates_of(finding, audit.checks) if stands_in_identities(finding) else []
    return {
        "testimony": _testimony(finding),
        "vouchers": [_check(check, audit) for check in finding.vouchers],
        "weighed": finding.located and any(one.fact.figure.printed for one in found),
        "ranges": {one.fact.id: one.bounded for one in found if one.bounded},
        "suggested": next((one.to or one.bounded for one in found), "") if finding.located else "",
        "candidates": [] if finding.located else found,
        "less_likely": [(one, why_less(one, finding)) for one in less_likely_of(finding, audit.checks)],
        "joint": _joint(finding, audit),
    }


def _testimony(finding: Finding) -> str:
    """What the table of identities is: `证言：4项勾稽不成立；更正后1项尾差分毫不差`."""
    if finding.joint is not None:
        return f"联立：各项单独成立，{'按倍数相加则矛盾' if adds_up(finding) else '合在一起矛盾'}"
    violated = sum(bool(check.terms) for check in finding.checks)
    exact = f"；更正后{len(finding.support)}项尾差分毫不差" if finding.support else ""
    return f"证言：{violated}项勾稽不成立{exact}"


def _joint(finding: Finding, audit: Audit) -> dict[str, Any] | None:
    """A contradiction's multipliers as told, and what its rows come to together; None where they do not add up."""
    if finding.joint is None or not adds_up(finding):
        return None
    unit = audit.checks.unit(finding.checks[0])
    gap, allowed = (unscaled(one, unit).normalize() for one in (finding.joint.residual, finding.joint.allowed))
    return {
        "multipliers": [f"{one}".replace("-", "−") for one in finding.joint.multipliers],
        "gap": f"{gap:f} {unit}",
        "allowed": f"{allowed:f} {unit}",
    }


def _is_minor(finding: Finding, audit: Audit) -> bool:
    """True where every violated identity is off by less than the materiality the auditor set."""
    line = audit.parameters.thresholds.materiality
    return line > Decimal(0) and unscaled(largest(finding), "万元") < line


def _check(check: Check, audit: Audit) -> Row:
    return row_of(check, audit.checks)


def _table(key: str, audit: Audit) -> dict[str, Any]:
    table = audit.facts.tables[key]
    figures = [fact for fact in audit.facts if fact.concept.table == key and fact.figure.printed]
    constrained = {number for check in audit.checks.made() for number in check.fact_ids}
    return {
        "table": table,
        "status": STATUS_NAMES[table.status],
        "figures": len(figures),
        "constrained": sum(fact.id in constrained for fact in figures),
        "printed": whole_table(key, audit, table_marks(key, audit)),
        **_subject(key, audit),
    }


def _subject(key: str, audit: Audit) -> dict[str, Any]:
    """How the checks about a table, the narrative or the form ended."""
    checks = [check for check in audit.checks.checks if check.subject == key]
    return {
        "checks": sum(check.made for check in checks),
        "conflicts": sum(check.verdict is Verdict.CONFLICT for check in checks),
        "not_made": sum(not check.made for check in checks),
    }


def _basis(audit: Audit) -> list[dict[str, Any]]:
    cited = {basis.id: basis for finding in audit.findings.findings for basis in finding.basis}
    return [
        {"citation": basis.citation, "in_force": basis.in_force, "says": basis.says, "verified": basis.verified}
        for basis in cited.values()
    ]
