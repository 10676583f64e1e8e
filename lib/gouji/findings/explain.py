"""Checks to findings: explains conflicts that share figures together, and reports each cause once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.checks.check import Check, Checks
from gouji.checks.joint import judge_jointly
from gouji.findings import titles, wording
from gouji.findings.contradiction import contradiction_finding
from gouji.findings.displacement import displaced_finding
from gouji.findings.finding import SEVERITIES, Finding, Findings
from gouji.findings.form import form
from gouji.findings.identity import digest
from gouji.findings.lacking import lacking_finding
from gouji.findings.magnitude import magnified_finding
from gouji.findings.malformed import malformed_finding
from gouji.findings.miscoded import miscoded_finding
from gouji.findings.of_cause import finding_of
from gouji.findings.slip_of_year import slip_of_year, year_finding
from gouji.findings.swapped import swapped_finding
from gouji.intervals import ScaledAmount
from gouji.repair.cause import Cause
from gouji.repair.displaced import displaced_rows
from gouji.repair.exchanged import exchanged_rows
from gouji.repair.lacking import lacking_rows
from gouji.repair.locate import locate
from gouji.repair.magnified import magnified_tables
from gouji.repair.miscoded import Miscoded, miscoded_rows
from gouji.repair.swapped import swapped_figures
from gouji.review.observation import Observation, Review

#: The question of the review that a miscoded row answers.
_MISNAMED = "codes.misnamed"


def explain(checks: Checks, review: Review | None = None) -> Findings:
    """Returns the findings of a document: one per root cause, and one per question or note that `review` raised.

    Without `review`, it returns only what arithmetic proves. Errors come before questions, questions before notes, and
    larger differences first.
    """
    magnified = tuple(magnified_tables(checks))
    elsewhere = {table for one in magnified for table in one.tables}
    moved = tuple(one for one in displaced_rows(checks) if elsewhere.isdisjoint((one.table, one.beside)))
    exchanged = exchanged_rows(checks, {one.table for one in moved})
    moved += tuple(one for one in exchanged if elsewhere.isdisjoint((one.table, one.beside)))
    told = {check.id for one in moved for check in one.conflicts}
    told |= {check.id for one in magnified for check in one.conflicts}
    miscoded = tuple(one for one in miscoded_rows(checks) if told.isdisjoint(check.id for check in one.conflicts))
    told |= {check.id for one in miscoded for check in one.conflicts}
    lacking = tuple(lacking_rows(checks, told))
    told |= {check.id for one in lacking for check in one.conflicts}
    swapped = tuple(swapped_figures(checks, told))
    located = locate(checks, (*moved, *magnified), lacking, swapped, miscoded)
    causes = [cause for cause in _by_row(located) if cause.conflicts or cause.suspects[0].fact.blank]
    suspected = {one.fact.id for cause in causes for one in cause.suspects}
    suspected |= {fact.id for one in moved for fact in one.figures}
    suspected |= {number for one in magnified for number in one.values}
    suspected |= {fact.id for one in swapped for fact in one.figures}
    findings = [_of_cause(cause, checks) for cause in causes]
    findings += [displaced_finding(one, checks) for one in moved]
    findings += [magnified_finding(one, checks) for one in magnified]
    findings += [lacking_finding(one, checks) for one in lacking]
    findings += [swapped_finding(one, checks) for one in swapped]
    findings += [miscoded_finding(one, checks) for one in miscoded]
    together = judge_jointly(checks, suspected).contradictions
    findings += [contradiction_finding(one, checks) for one in together if one.holds_singly]
    for check in checks.conflicts():
        if not check.terms:
            findings = _with_words(findings, check, checks)
    raised = (review or Review()).raised()
    findings += [_asked(one, checks) for one in raised if not _is_told(one, miscoded, checks)]
    findings = _told_apart([_proved(finding, checks) for finding in findings])
    ordered = sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), -largest(one), _position(one)))
    return Findings(checks, tuple(ordered))


def _is_told(one: Observation, miscoded: Iterable[Miscoded], checks: Checks) -> bool:
    """True for a question whether a row has the code or the name of another, where other tables have told."""
    concerned = [checks.facts.facts[number].concept for number in one.concerns]
    rows = {(row.table, row.row.code) for row in miscoded}
    return one.rule.id == _MISNAMED and rows.issuperset((fact.table, fact.row) for fact in concerned)


def _told_apart(findings: list[Finding]) -> list[Finding]:
    """Findings with ids of their own: those on one figure, to be corrected together with different others, share the
    figure's."""
    seen: dict[str, int] = {}
    apart = []
    for finding in findings:
        turn = seen[finding.id] = seen.get(finding.id, 0) + 1
        apart.append(finding if turn == 1 else replace(finding, id=digest(f"{finding.id}|{turn}")))
    return apart


def _proved(finding: Finding, checks: Checks) -> Finding:
    """A finding, as a question where nothing is proved by its tables: figures may stand in another column or row where
    the columns were concluded from gaps, further rows on a page that is not there, and others are hidden."""
    facts = (checks.facts.facts[number] for check in finding.checks for number in check.fact_ids)
    tables = {fact.concept.table for fact in facts if fact.cell}
    printed = {**checks.facts.tables, **checks.facts.annexed}
    grids = [table.grid for key in tables if (table := printed.get(key)) and table.grid]
    doubts = (wording.WITHOUT_RULES if not all(grid.ruled for grid in grids) else "") + (
        wording.CUT if any(grid.cut for grid in grids) else ""
    )
    doubts += wording.HIDDEN if any(grid.hides for grid in grids) else ""
    if finding.severity != "error" or not doubts:
        return finding
    title = titles.asked(finding.title, titles.WHETHER)
    return replace(finding, severity="question", title=title, message=f"{finding.message}{doubts}")


def _with_words(findings: list[Finding], check: Check, checks: Checks) -> list[Finding]:
    """The findings with a check of words or form: it joins the one that suspects its figures, else stands alone."""
    for number, finding in enumerate(findings):
        suspected = {fact.id for fact in finding.suspects}
        if check.rule.severity == "error" and check.concerns and set(check.concerns) <= suspected:
            return [*findings[:number], replace(finding, checks=(*finding.checks, check)), *findings[number + 1 :]]
    told = malformed_finding if check.rule.kind == "malformed" else _form_finding
    return [*findings, told(check, checks)]


def _by_row(causes: list[Cause]) -> list[Cause]:
    """Blank cells of one row are one omission; a number that states two quantities (收、支总计) is one figure."""
    merged: dict[tuple[object, ...], Cause] = {}
    kept: list[Cause] = []
    for cause in causes:
        fact = cause.suspects[0].fact
        if not (cause.located and (fact.blank or fact.target)):
            kept.append(cause)
            continue
        blank = (fact.concept.table, fact.concept.row)
        held = merged.setdefault(blank if fact.blank else (fact.place,), Cause([], [], located=True))
        held.suspects.extend(cause.suspects)
        held.conflicts.extend(check for check in cause.conflicts if check not in held.conflicts)
    for row in merged.values():
        row.suspects.sort(key=lambda one: one.fact.id)
    return [*kept, *merged.values()]


def _of_cause(cause: Cause, checks: Checks) -> Finding:
    slip = slip_of_year(cause, checks)
    return finding_of(cause, checks) if slip is None else year_finding(slip, cause, checks)


def _form_finding(check: Check, checks: Checks) -> Finding:
    facts = tuple(checks.facts.facts[number] for number in check.concerns)
    title, message = form(check, facts)
    return Finding(
        id=digest(f"{check.rule.id}|{check.scope}"),
        rule=check.rule.id,
        severity=check.rule.severity,
        title=titles.asked(title) if check.rule.severity == "question" else title,
        message=message,
        suspects=facts,
        located=bool(facts),
        checks=(check,),
        basis=check.rule.basis,
    )


def _asked(one: Observation, checks: Checks) -> Finding:
    return Finding(
        id=digest(f"{one.rule.id}|{one.matter}"),
        rule=one.rule.id,
        severity=one.rule.severity,
        title=titles.asked(one.title) if one.rule.severity == "question" else one.title,
        message=one.message,
        suspects=tuple(checks.facts.facts[number] for number in one.concerns),
        quotes=one.quotes,
        matter=one.matter,
        located=True,
        checks=(),
        basis=one.rule.basis,
    )


def largest(finding: Finding) -> ScaledAmount:
    """The largest difference a finding explains, in scaled yuan: how much is at stake."""
    return max((abs(check.residual) for check in finding.checks), default=0)


def _position(finding: Finding) -> int:
    return min((fact.id for fact in finding.suspects), default=10**9)
