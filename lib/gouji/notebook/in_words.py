"""Shows the findings in words."""

from __future__ import annotations

import html
from collections.abc import Sequence

from gouji.auditing import Audit
from gouji.facts.fact import Part
from gouji.facts.narrative.read import is_annex
from gouji.findings.finding import SEVERITY_NAMES, Finding, repair_text
from gouji.notebook.view import View


def findings(department: Audit, key: str = "") -> View:
    """Shows the findings in words.

    `key` selects those on a table, the narrative (`narrative`), the annex (`annex`) or the review (`review`); where
    it is empty, all are shown.
    """
    chosen = department.findings.findings
    if key in ("narrative", "annex"):
        annexed = key == "annex"
        ids = {one.id for one in department.findings.in_narrative() if _is_in_annex(one, department) == annexed}
        if annexed:
            ids |= {one.id for form in department.facts.beyond() for one in department.findings.in_table(form.key)}
        chosen = tuple(one for one in chosen if one.id in ids)
    elif key == "review":
        chosen = tuple(one for one in chosen if one.reviewed)
    elif key:
        chosen = department.findings.in_table(key)
    return _findings(chosen, department)


def _is_in_annex(finding: Finding, department: Audit) -> bool:
    said = [fact for fact in finding.suspects if fact.part is Part.NARRATIVE]
    if said:
        return is_annex(department.document.blocks[said[0].block].section)
    line = finding.quotes[0].place.line
    return any(is_annex(block.section) for block in department.document.blocks if block.place.line == line)


def form_findings(department: Audit) -> View:
    """Shows the findings about how tables are filled in."""
    chosen = [finding for finding in department.findings.findings if finding.rule.startswith("form.")]
    return _findings(chosen, department)


def chosen_findings(department: Audit, subject: str) -> View:
    """Shows the findings of the rules whose ids begin with `subject`."""
    return _findings([one for one in department.findings.findings if one.rule.startswith(f"{subject}.")], department)


def _findings(chosen: Sequence[Finding], department: Audit) -> View:
    if not chosen:
        return View("本步没有发现。", "<p>本步没有发现。</p>")
    found = [(finding, _decided(finding, department)) for finding in chosen]
    texts, pages = ([show(*one) for one in found] for show in (_finding_text, _finding_html))
    return View("\n\n".join(texts), "".join(pages))


def _decided(finding: Finding, department: Audit) -> str:
    """Returns the auditor's decision; "" where there is none."""
    decided = department.dispositions.of(finding)
    return f"审计认定：{decided.told}" if decided else ""


def _finding_text(finding: Finding, decided: str) -> str:
    repair = repair_text(finding)
    lines = [f"[{SEVERITY_NAMES[finding.severity]}] {finding.id} {finding.title}", f"  {finding.full}"]
    lines += [f"  建议核对：{repair}"] if repair else []
    return "\n".join([*lines, f"  {decided}"] if decided else lines)


def _finding_html(finding: Finding, decided: str) -> str:
    repair = repair_text(finding)
    basis = "；".join(basis.citation for basis in finding.basis)
    return (
        f"<h4>{SEVERITY_NAMES[finding.severity]}　{html.escape(finding.title)}　<small>{finding.id}</small></h4>"
        f"<p>{html.escape(finding.full)}</p>"
        + (f"<p>建议核对：{html.escape(repair)}</p>" if repair else "")
        + (f"<p><strong>{html.escape(decided)}</strong></p>" if decided else "")
        + f"<p><small>依据：{html.escape(basis)}</small></p>"
    )
