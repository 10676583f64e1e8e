"""Finds an amount of last year that is this year's to the digit: then the year before it is wrong, and no amount is."""

from __future__ import annotations

import re

from gouji.checks.check import Check, Checks
from gouji.checks.ratio import Ratio, holds
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Part
from gouji.facts.shown import shown_amount
from gouji.findings.finding import Finding
from gouji.findings.identity import finding_id
from gouji.findings.wording import violated
from gouji.labels import YEAR_DIGITS
from gouji.repair.cause import Cause
from gouji.runtime.immutable import immutable

#: The name of the slip.
SLIP = "年份误写"
#: Rules that compare an amount with last year's.
_COMPARING = ("change", "rate")
#: A clause that says its own year.
_OWN_YEAR = re.compile(rf"{YEAR_DIGITS}\s*年|[上去]年")


@immutable()
class SlipOfYear:
    """An amount (`said`) stated as last year's, and the print of this year that it equals (`now`).

    `alone`: nothing else is wrong once the year is corrected.
    """

    said: Fact
    now: Fact
    alone: bool


def slip_of_year(cause: Cause, checks: Checks) -> SlipOfYear | None:
    """Returns the suspect of a cause before which the year is wrong; None if there is none."""
    for one in cause.suspects:
        for check in cause.conflicts:
            now = _amount_of_this_year(one.fact, check, checks)
            if now is not None:
                return SlipOfYear(one.fact, now, _holds_with_year_corrected(one.fact, now, cause, checks))
    return None


def _amount_of_this_year(said: Fact, check: Check, checks: Checks) -> Fact | None:
    """Returns the amount that a check compares with last year's, if both are equal and stand in different sentences;
    else None. In one sentence, this year's amount was copied into last year's place."""
    last = f"{(checks.facts.year or 0) - 1}年"
    claim = said.claim
    if claim is None or claim.measure is not Measure.PRIOR or not said.amount or last not in _words_before(said):
        return None
    if check.rule.kind not in _COMPARING or said.id not in check.fact_ids:
        return None
    facts = [checks.facts.facts[number] for number in sorted(check.fact_ids - {said.id})]
    same = [one for one in facts if one.amount == said.amount and one.figure.printed and _is_of_this_year(one)]
    beside = any(one.claim and one.claim.sentence == claim.sentence for one in same)
    return None if beside or not same else same[0]


def _words_before(said: Fact) -> str:
    """Returns the words before an amount. Adds the year that begins its sentence where a divided subject (收、支总计)
    separates the two."""
    words = said.claim.words if said.claim else ""
    if _OWN_YEAR.search(words):
        return words
    years = _OWN_YEAR.findall(said.quote.partition(said.figure.text)[0])
    return words + "".join(years[-1:])


def _is_of_this_year(fact: Fact) -> bool:
    """True for a cell or a stated amount of the year of account. Changes do not count: they are no amount of a year."""
    return fact.part is Part.TABLES or (fact.claim is not None and fact.claim.measure is Measure.FINAL)


def _holds_with_year_corrected(said: Fact, now: Fact, cause: Cause, checks: Checks) -> bool:
    """True if no conflict remains once an amount, and those under the same year behind it, are this year's."""
    conflicts = [*cause.conflicts, *(check for check in checks.conflicts() if said.id in check.fact_ids)]
    remain = cause.partial or any(_is_left_over(check, said, now, checks) for check in conflicts)
    return not remain and not any(_differs(one, checks) for one in _amounts_under_same_year(said, checks))


def _is_left_over(check: Check, said: Fact, now: Fact, checks: Checks) -> bool:
    """True for a conflict that the wrong year does not explain: one on other figures, or a rate that does not fit this
    year's amount less the change either."""
    if said.id not in check.fact_ids:
        return True
    if check.rule.kind != "rate" or said.id in [number for _, number in check.right]:
        return False
    per = ((1, now.id), *((-sign, number) for sign, number in check.right))
    return not holds(Ratio.made(checks.facts.facts[check.left[0][1]], check.right, per, checks.facts, {}))


def _amounts_under_same_year(said: Fact, checks: Checks) -> list[Fact]:
    """Returns the amounts that follow one in its sentence without a year of their own."""
    claim = said.claim
    return [
        one
        for one in checks.facts
        if claim and one.claim and one.claim.sentence == claim.sentence and one.claim.order > claim.order
        if one.claim.measure is Measure.PRIOR and not _OWN_YEAR.search(one.claim.words)
    ]


def _differs(fact: Fact, checks: Checks) -> bool:
    """True for an amount that differs from all those which the tables print for this year."""
    paths = {path for paths in (fact.claim.topic.final if fact.claim else ()) for path in paths.split("|")}
    cells = [one for one in checks.facts if one.part is Part.TABLES and one.concept.path in paths]
    near = (abs((one.amount or 0) - (fact.amount or 0)) <= one.radius + fact.radius for one in cells)
    return bool(cells) and not any(near)


def year_finding(found: SlipOfYear, cause: Cause, checks: Checks) -> Finding:
    """Returns the finding on a wrong year before an amount."""
    said, year = found.said, checks.facts.year or 0
    leading = cause.conflicts[0].rule
    where = found.now.where if found.now.part is Part.TABLES else found.now.named
    printed = f"{said.row_name}{shown_amount(said)}"
    sure = "应" if found.alone else "疑"
    wrong = f"年份“{year - 1}”疑为“{year}”之误"
    return Finding(
        id=finding_id("", (said,), checks),
        rule=leading.id,
        severity="error",
        title=f"{said.where}称{year - 1}年{printed}，与{year}年的数字相同，年份{sure}为{year}年",
        message=(
            f"{said.where}称{printed}为{year - 1}年的数字，"
            f"而{where}所列{year}年的数字是{shown_amount(found.now)}，一字不差，而按{year - 1}年计算则不符。"
            + (f"金额无误，{wrong}。" if found.alone else f"{wrong}；改正年份后仍有数字不符，须一并核对。")
        ),
        details=violated(cause.conflicts, checks),
        suspects=(said,),
        located=found.alone,
        checks=tuple(cause.conflicts),
        corroborating=(found.now,),
        slip=SLIP,
        basis=tuple({basis.id: basis for check in cause.conflicts for basis in check.rule.basis}.values()),
    )
