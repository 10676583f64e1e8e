"""Turns checks into findings: explains conflicts that share figures together, and reports each cause once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from gouji.checks.check import Check, Checks
from gouji.checks.joint import judge_jointly
from gouji.document.model import Place
from gouji.facts.shown import nested
from gouji.findings import titles, wording
from gouji.findings.contradiction import contradiction_finding
from gouji.findings.finding import Finding, Findings
from gouji.findings.form import form
from gouji.findings.identity import digest
from gouji.findings.malformed import malformed_finding
from gouji.findings.of_cause import finding_of
from gouji.findings.order import ordered
from gouji.findings.patterns import Patterns
from gouji.findings.slip_of_year import slip_of_year, year_finding
from gouji.intervals import ScaledAmount
from gouji.repair.cause import Cause, Suspect
from gouji.repair.locate import locate
from gouji.repair.miscoded import Miscoded
from gouji.review.observation import Observation, Review

#: The question of the review that a miscoded row answers.
_MISNAMED = "codes.misnamed"
#: The family of questions whether amounts are reasonable.
_OF_AMOUNTS = "reasonableness"


def explain(checks: Checks, review: Review | None = None) -> Findings:
    """Returns the findings of a document: one per root cause, and one per question or note that `review` raised.

    Without `review`, it returns only what arithmetic proves. `order.py` says in which order they come.
    """
    patterns = Patterns.of(checks)
    causes = _causes_beside(checks, patterns)
    open_tables = {one.table for one in patterns.displaced if not one.whole}
    findings = [
        *(_among_displaced(_finding_of_cause(cause, checks), open_tables, checks) for cause in causes),
        *patterns.findings(checks),
    ]
    suspected = patterns.suspected.union(one.fact.id for cause in causes for one in cause.suspects)
    together = judge_jointly(checks, suspected).contradictions
    findings += [contradiction_finding(one, checks) for one in together if one.holds_singly]
    for check in checks.conflicts():
        if not check.terms and not _reads_displaced(check, patterns, checks):
            findings = _add_check_of_words(findings, check, checks)
    misprinted = {fact.place for one in findings if one.located and one.severity == "error" for fact in one.suspects}
    findings += [
        _finding_of_observation(one, checks)
        for one in (review or Review()).raised()
        if not (_is_answered(one, patterns.miscoded, checks) or _rests_on(one, misprinted, checks))
    ]
    findings = _with_distinct_ids([_legible(_question_if_doubtful(finding, checks)) for finding in findings])
    return Findings(checks, ordered(findings, checks))


def _causes_beside(checks: Checks, patterns: Patterns) -> list[Cause]:
    """Returns the causes of the conflicts that no pattern explains."""
    located = locate(
        checks,
        (*patterns.displaced, *patterns.magnified, *patterns.shifted, *patterns.outdated),
        patterns.lacking,
        patterns.swapped,
        (*patterns.miscoded, *patterns.misnamed),
    )
    return [cause for cause in _merge_causes(located) if cause.conflicts or cause.suspects[0].fact.blank]


def _among_displaced(finding: Finding, tables: Collection[str], checks: Checks) -> Finding:
    """Returns a finding without the value that one figure should have, if the figure stands in one of `tables`: only
    some of the rows there are known, and the others have other rows' amounts too."""
    suspects = finding.suspects
    if finding.expected is None or len(suspects) != 1 or suspects[0].concept.table not in tables:
        return finding
    said = wording.among_displaced(finding, checks)
    unknown = tuple(Suspect(one.fact, None) for one in finding.candidates)
    return replace(
        finding,
        candidates=unknown,
        expected=None,
        difference=None,
        repairs=(),
        slip="",
        title=said.title,
        message=said.message,
    )


def _reads_displaced(check: Check, patterns: Patterns, checks: Checks) -> bool:
    """True for a doubt whether a list of accounts agrees with rows that print other rows' amounts."""
    if check.rule.kind != "listed_accounts":
        return False
    cells = [checks.facts.facts[number] for number in check.concerns if checks.facts.facts[number].cell]
    displaced = {fact.id for one in patterns.displaced for fact in one.figures}
    tables = {one.table for one in patterns.displaced if not one.whole}
    return any(cell.id in displaced or cell.concept.table in tables for cell in cells)


def _is_answered(one: Observation, miscoded: Iterable[Miscoded], checks: Checks) -> bool:
    """True for a question whether a row has another row's code or name, if other tables have answered it."""
    concerned = [checks.facts.facts[number].concept for number in one.concerns]
    rows = {(row.table, row.row.code) for row in miscoded}
    return one.rule.id == _MISNAMED and rows.issuperset((fact.table, fact.row) for fact in concerned)


def _rests_on(one: Observation, misprinted: Collection[Place], checks: Checks) -> bool:
    """True for a question whether amounts are reasonable, if an error says of all of them that they are misprinted."""
    places = {checks.facts.facts[number].place for number in one.concerns}
    return one.rule.subject == _OF_AMOUNTS and bool(places) and places <= set(misprinted)


def _legible(finding: Finding) -> Finding:
    """Returns a finding whose words have single quotation marks within double ones."""
    title, message, details = (nested(text) for text in (finding.title, finding.message, finding.details))
    return replace(finding, title=title, message=message, details=details)


def _with_distinct_ids(findings: list[Finding]) -> list[Finding]:
    """Returns the findings, each with its own id. Findings on one figure, to be corrected together with different
    others, would share the figure's id."""
    seen: dict[str, int] = {}
    apart = []
    for finding in findings:
        turn = seen[finding.id] = seen.get(finding.id, 0) + 1
        apart.append(finding if turn == 1 else replace(finding, id=digest(f"{finding.id}|{turn}")))
    return apart


def _question_if_doubtful(finding: Finding, checks: Checks) -> Finding:
    """Returns an error as a question if its tables prove nothing: where columns were inferred from gaps, figures may
    belong to another column or row, where a page is missing, rows may be missing too, and hidden rows were not read."""
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


def _add_check_of_words(findings: list[Finding], check: Check, checks: Checks) -> list[Finding]:
    """Returns the findings with a check of words or form. It joins the finding that suspects its figures, else it
    becomes a finding."""
    for number, finding in enumerate(findings):
        suspected = {fact.id for fact in finding.suspects}
        of_rate = check.rule.kind == "implied_budgets" and _is_corrected_in(finding, check)
        if check.rule.severity == "error" and check.concerns and (set(check.concerns) <= suspected or of_rate):
            return [*findings[:number], replace(finding, checks=(*finding.checks, check)), *findings[number + 1 :]]
    make = malformed_finding if check.rule.kind == "malformed" else _form_finding
    return [*findings, make(check, checks)]


def _is_corrected_in(finding: Finding, check: Check) -> bool:
    """True if a finding corrects one of the figures from which a check has its doubt."""
    return finding.located and finding.expected is not None and finding.suspects[0].id in check.concerns


def _merge_causes(causes: list[Cause]) -> list[Cause]:
    """Merges the causes of blank cells in one row, which are one omission, those of a number that states two quantities
    (收、支总计), which is one figure, and those whose figures must be corrected together (a row in another unit)."""
    merged: dict[tuple[object, ...], Cause] = {}
    kept: list[Cause] = []
    for cause in causes:
        fact = cause.suspects[0].fact
        together = tuple(sorted((one.fact.id, one.implied or 0) for one in cause.suspects))
        if not (cause.located and (fact.blank or fact.target or len(together) > 1)):
            kept.append(cause)
            continue
        blank = (fact.concept.table, fact.concept.row)
        key = blank if fact.blank else (fact.place,) if fact.target else together
        held = merged.setdefault(key, Cause([], [], located=True))
        known = {one.fact.id for one in held.suspects}
        held.suspects.extend(one for one in cause.suspects if one.fact.id not in known)
        held.conflicts.extend(check for check in cause.conflicts if check not in held.conflicts)
        if key is together:
            held.partial |= cause.partial
            held.others.extend(one for one in cause.others if one not in held.others)
    for row in merged.values():
        if row.suspects[0].fact.blank:
            row.suspects.sort(key=lambda one: one.fact.id)
    return [*kept, *merged.values()]


def _finding_of_cause(cause: Cause, checks: Checks) -> Finding:
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


def _finding_of_observation(one: Observation, checks: Checks) -> Finding:
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
        basis=one.basis,
    )


def largest(finding: Finding) -> ScaledAmount:
    """Returns the largest difference that a finding explains, in scaled yuan."""
    return max((abs(check.residual) for check in finding.checks), default=0)
