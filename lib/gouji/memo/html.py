"""Writes the memo as one self-contained HTML file, without scripts or remote assets, that prints on A4."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.facts.shown import shown_text
from gouji.findings.evidence import candidates_of, less_likely_of, stands_in_identities, why_less
from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES, Finding, told_repairs
from gouji.memo.chain import HOW, Versions, chain_of
from gouji.memo.charts import coverage_overview, to_svg
from gouji.memo.content import STATUS_NAMES, Tally, conclusion, rounding_rows, tallies_of, unread_told
from gouji.memo.embedded_font import font_face
from gouji.memo.excerpt import opposed_sentences, suspect_sentences, table_excerpts, table_marks, whole_table
from gouji.memo.finding_content import is_minor, is_weighed, ranges_of, suggested, testifying, testimony, together_of
from gouji.memo.reach import BEYOND, REACH
from gouji.memo.reviewed import reviewed
from gouji.memo.rows import CheckRow, row_of
from gouji.memo.unconstrained import by_reason, unconstrained_figures
from gouji.runtime.visible import visible

__all__ = ["STATUS_NAMES", "conclusion", "render_memo"]

#: The placeholder in the template for the page's own font.
_FONT = "/*font*/"

#: Number of candidates listed unfolded, and of vouchers.
_MOST_CANDIDATES, _FEW_VOUCHERS = 8, 2
#: A table pasted one row off contradicts itself in a hundred ways. The page lists this many, the working papers all.
_MOST_REPAIRS, _MOST_CHECKS = 12, 20


def render_memo(audit: Audit, made_by: Versions | None = None) -> str:
    """Returns the memo of an audit as HTML. It names the versions `made_by` (None: this version's)."""
    environment = Environment(
        loader=PackageLoader("gouji.memo"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(shown=shown_text, most=_MOST_CANDIDATES, few=_FEW_VOUCHERS)
    environment.globals.update(most_repairs=_MOST_REPAIRS, most_checks=_MOST_CHECKS)
    page = environment.get_template("memo.html.j2").render(_context(audit, made_by))
    return page.replace(_FONT, font_face(page), 1)


def _seen(value: Any) -> Any:
    """Writes out the characters of the document that would reverse the direction of the page's own text, before
    escaping."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _context(audit: Audit, made_by: Versions | None) -> dict[str, Any]:
    tallies = tallies_of(audit)
    return {
        "audit": audit,
        "conclusion": conclusion(audit),
        "coverage": audit.coverage(),
        "findings": [_finding(finding, audit) for finding in audit.findings.findings],
        "severities": [
            (severity, SEVERITY_NAMES[severity], len(audit.findings.of(severity))) for severity in SEVERITIES
        ],
        "tables": [_table(key, tallies[key], audit) for key in audit.facts.tables],
        "others": {tally.name: tally for key, tally in tallies.items() if key not in audit.facts.tables},
        "rounding": rounding_rows(audit),
        "unconstrained": unconstrained_figures(audit),
        "unconstrained_reasons": by_reason(unconstrained_figures(audit)),
        "unread": unread_told(audit),
        "reviewed": reviewed(audit),
        "reach": REACH + BEYOND,
        "basis": _basis(audit),
        "chain": chain_of(audit, made_by),
        "how": HOW,
        "chart": _inline(to_svg(coverage_overview(audit))),
    }


def _inline(svg: str) -> str:
    """Returns the SVG element of a file without XML prolog and metadata, to be put into a page."""
    return re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)


def _finding(finding: Finding, audit: Audit) -> dict[str, Any]:
    return {
        "finding": finding,
        "severity_name": SEVERITY_NAMES[finding.severity],
        "excerpts": table_excerpts(finding, audit),
        "suspect_sentences": suspect_sentences(finding, audit),
        "other_sentences": opposed_sentences(finding, audit),
        "checks": [_check(check, audit) for check in testifying(finding, audit.checks)],
        "repairs": told_repairs(finding),
        "minor": is_minor(finding, audit),
        **_evidence(finding, audit),
    }


def _evidence(finding: Finding, audit: Audit) -> dict[str, Any]:
    """Returns what testifies, what supports the figure as printed, the range the others leave, and the alternatives."""
    found = candidates_of(finding, audit.checks) if stands_in_identities(finding) else []
    return {
        "testimony": testimony(finding, audit.checks),
        "vouchers": [_check(check, audit) for check in finding.vouchers],
        "weighed": is_weighed(finding, found),
        "ranges": ranges_of(found),
        "suggested": suggested(finding, found),
        "candidates": [] if finding.located else found,
        "less_likely": [(one, why_less(one, finding)) for one in less_likely_of(finding, audit.checks)],
        "joint": together_of(finding, audit),
    }


def _check(check: Check, audit: Audit) -> CheckRow:
    return row_of(check, audit.checks)


def _table(key: str, tally: Tally, audit: Audit) -> dict[str, Any]:
    return {
        "table": audit.facts.tables[key],
        "status": tally.status,
        "figures": tally.figures,
        "constrained": tally.constrained,
        "checks": tally.checks,
        "conflicts": tally.conflicts,
        "not_made": tally.not_made,
        "printed": whole_table(key, audit, table_marks(key, audit)),
    }


def _basis(audit: Audit) -> list[dict[str, Any]]:
    cited = {basis.id: basis for finding in audit.findings.findings for basis in finding.basis}
    return [
        {"citation": basis.citation, "dated": basis.dated, "says": basis.says, "verified": basis.verified}
        for basis in cited.values()
    ]
