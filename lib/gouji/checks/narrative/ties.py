"""Turns statements into checks: sentences against the tables, against a total's details, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check, unreadable_reason
from gouji.checks.derived.share_told import is_share_told
from gouji.checks.derived.vicinity import same_report
from gouji.checks.narrative.balanced import balances, other_side
from gouji.checks.narrative.nested import outer_base
from gouji.checks.narrative.spoken import Spoken, role, said, spoken, usable
from gouji.checks.rules import Rule, counterparts
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, CHANGES, Claim, Measure
from gouji.facts.fact import Concept, Fact, Facts, Part, Status
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.intervals import Verdict
from gouji.labels import normalise

#: From this length on, a phrase of its own ties two sentences; shorter ones mean different things in different
#: places.
_TELLING = 6
_DIGITS = 3
_SHORTEST = 2
_RELATIONS = (Measure.CHANGE, Measure.RATE, Measure.COMPLETION, Measure.SHARE)


def statements(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each statement with the table cell that prints its quantity; of several readings, with the one that
    agrees.

    Where its table was not published, or has no such column, uses the cell of another table that prints the same.
    """
    for fact in _statements(facts):
        present = [found for target in fact.target if (found := facts.get(target.table, target.row, target.column))]
        if not present and (other := _elsewhere(fact, facts)):
            yield _tie(rule, fact, other, facts)
            continue
        agreeing = [found for found in present if found.amount == fact.amount and not found.blank]
        if agreeing or _all_printed(fact, present, facts):
            yield _tie(rule, fact, [*agreeing, *present][0], facts)
        elif any(target.table in facts.tables for target in fact.target):
            yield _unpublished(rule, fact, facts)


def _elsewhere(fact: Fact, facts: Facts) -> Fact | None:
    """Returns the printed cell of another table that states the quantity of a statement with one reading."""
    table = facts.tables.get(fact.target[0].table)
    if len(fact.target) > 1 or table is None or table.status is Status.UNREADABLE:
        return None
    concepts = [concept_from_path(path) for path in counterparts().get(fact.target[0].path, ())]
    cells = [facts.get(one.table, one.row, one.column) for one in concepts]
    return next((cell for cell in cells if cell and cell.figure.printed), None)


def _all_printed(fact: Fact, present: Sequence[Fact], facts: Facts) -> bool:
    """True where no other table can print the quantity. A row that its table lacks is no reading of the sentence."""
    tables = {one.concept.table for one in present}
    others = [target for target in fact.target if target.table not in tables]
    if not present or not all(_lacks_row(target, facts) for target in others):
        return False
    return len(present) == len(fact.target) or not any(
        facts.unknown_rows(target.table, target.column) for target in fact.target
    )


def _lacks_row(target: Concept, facts: Facts) -> bool:
    """True for an account that its table, read completely, does not print."""
    table = facts.tables.get(target.table)
    if table is None or not target.row.isdigit():
        return False
    read = table.status is Status.FOUND and not facts.unknown_rows(target.table, target.column)
    return read or table.status is Status.EMPTY


def statement_details(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each statement of a total that its table leaves blank, with the details of that total."""
    for fact in _statements(facts):
        target = fact.target[0]
        total = facts.get(target.table, target.row, target.column)
        if target.row == "total" and total and total.blank:
            roots = facts.tables[target.table].roots()
            details = [found for code in roots if (found := facts.get(target.table, code, target.column))]
            unreadable = [one.where for one in details if one.amount is None]
            if unreadable or any(one.figure.printed for one in details):
                yield _joined(rule, fact, details, unreadable)


def repeated(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks statements of one quantity, each with the first and the one before it."""
    by_reading: dict[str, list[Fact]] = {}
    for fact in _statements(facts):
        if reading := _reading(fact, facts):
            by_reading.setdefault(reading, []).append(fact)
    yield from (check for group in by_reading.values() for check in _chained(rule, group, facts))


def repeated_relations(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the same change, rate, share or completion of a headline in several places. 支出总计 rises by as much as
    收入总计."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in spoken(facts).claims:
        claim = said(fact)
        if (
            claim.measure not in _RELATIONS
            or not usable(fact)
            or not claim.topic.known
            or claim.topic.key.startswith("account")
        ):
            continue
        base = (
            claim.base.key
            if claim.base
            else (claim.whole.key if claim.whole and claim.measure is Measure.SHARE else "")
        )
        if claim.measure is Measure.SHARE and (not base or _may_be_of_the_total(spoken(facts), claim)):
            continue
        against = str(claim.against)
        if claim.measure is Measure.COMPLETION and claim.against not in BUDGETS:
            continue
        groups.setdefault(
            (_in_balance(claim, spoken(facts)), claim.measure, against, base, claim.listed, fact.figure.dimension), []
        ).append(fact)
    yield from (check for group in groups.values() for check in _chained(rule, group, facts))


def _may_be_of_the_total(index: Spoken, claim: Claim) -> bool:
    """True for a share in a list inside a list that fits the outer one's base: 占85%（其中：A占70%，B占15%）."""
    return claim.base is None and outer_base(index, claim) is not None


def _in_balance(claim: Claim, index: Spoken) -> str:
    """Returns the topic of a relation. Two totals that are stated and balance share their changes, unless one word
    names them, which may be of the year alone (收入增加50万元，支出增加30万元)."""
    key, bare = claim.topic.key, claim.topic.phrase in NARRATIVE.sides
    return min(key, other_side(key)) if claim.measure in CHANGES and balances(index, key) and not bare else key


def repeated_phrases(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks amounts and counts of a phrase of its own, stated in several paragraphs of a report."""
    index = spoken(facts)
    telling = (pair for pair in _said_again(facts) if _is_telling(pair[0]) or _are_of_one_kind(index, pair))
    apart = (pair for pair in telling if said(pair[0]).paragraph != said(pair[1]).paragraph)
    yield from (_tie(rule, *pair, facts) for pair in apart if not _is_slip(*pair))


def _is_telling(fact: Fact) -> bool:
    return len(said(fact).topic.phrase) >= _TELLING


def _are_of_one_kind(index: Spoken, pair: tuple[Fact, Fact]) -> bool:
    """True for the department's vehicles, and for its equipment above one price, as the account states them once."""
    if said(pair[0]).topic.phrase in WORDS.assets_counted:
        return True
    prices = [_priced(index, fact) for fact in pair]
    return said(pair[0]).topic.phrase in WORDS.assets_priced and None not in prices and len(set(prices)) == 1


def _priced(index: Spoken, fact: Fact) -> int | None:
    """Returns the price right before a count, from which on it counts: 单价50万元以上通用设备3台."""
    before = index.at(said(fact).order - 1)
    priced = before is not None and said(before).measure is Measure.OTHER and before.figure.dimension == "money"
    return before.amount if before is not None and priced and said(before).sentence == said(fact).sentence else None


def slips(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the same amount stated again with its digits in another order (1,768.20 and 1,786.20)."""
    index = spoken(facts)
    for one, other in _said_again(facts):
        if _is_slip(one, other) and not is_share_told(index, other, one):
            yield _tie(rule, one, other, facts)


def _is_slip(one: Fact, other: Fact) -> bool:
    """True for two values with the same digits, at least three of them, in another order."""
    digits = [re.sub(r"\D", "", normalise(fact.figure.text)) for fact in (one, other)]
    same = sorted(digits[0]) == sorted(digits[1]) and one.figure.decimals == other.figure.decimals
    return same and one.amount != other.amount and len(digits[0]) >= _DIGITS


def _said_again(facts: Facts) -> Iterator[tuple[Fact, Fact]]:
    """Yields each later statement of an amount with a phrase of its own, with the first and the one before it."""
    groups: dict[tuple[str, Measure, str, str], list[Fact]] = {}
    for fact in spoken(facts).claims:
        claim = said(fact)
        own = not claim.topic.known and not claim.topic.key.startswith("~")
        free = own and len(claim.topic.phrase) >= _SHORTEST and claim.group < 0
        scored = fact.figure.unit == "分"
        if free and not scored and usable(fact) and claim.measure in (Measure.FINAL, Measure.COUNT, Measure.BUDGET):
            groups.setdefault((claim.topic.phrase, claim.measure, fact.figure.unit, role(fact)), []).append(fact)
    for group in groups.values():
        apart = [one for one in group[1:] if said(one).sentence != said(group[0]).sentence]
        pairs = _pairs([group[0], *apart])
        yield from (pair for pair in pairs if same_report(*pair) or not all(map(_in_annex, pair)))


def _in_annex(fact: Fact) -> bool:
    """True under 附件1 and the like."""
    return fact.where.startswith("附件")


def _chained(rule: Rule, group: Sequence[Fact], facts: Facts) -> Iterator[Check]:
    yield from (_tie(rule, *pair, facts) for pair in _pairs(group))


def _pairs(group: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    for number, one in enumerate(group[1:], start=1):
        yield group[0], one
        if number > 1:
            yield group[number - 1], one


def _statements(facts: Facts) -> list[Fact]:
    return [fact for fact in facts.statements() if fact.target]


def _reading(fact: Fact, facts: Facts) -> str:
    """Returns the one quantity of a statement: that whose table cell agrees, else its only reading; "" where
    undecided."""
    for target in fact.target:
        found = facts.get(target.table, target.row, target.column)
        if found and not found.blank and found.amount == fact.amount:
            return target.path
    present = any(facts.get(target.table, target.row, target.column) for target in fact.target)
    return fact.target[0].path if len(fact.target) == 1 or not present else ""


def _tie(rule: Rule, one: Fact, other: Fact, facts: Facts) -> Check:
    unreadable = [fact.where for fact in (one, other) if fact.amount is None or fact.repeated]
    if other.part is Part.TABLES and not facts.table(other.concept.table).unit_stated:
        unreadable.append(f"{facts.table(other.concept.table).label}的金额单位")
    return _joined(rule, one, [other], unreadable)


def _unpublished(rule: Rule, fact: Fact, facts: Facts) -> Check:
    tables = [facts.tables[target.table] for target in fact.target if target.table in facts.tables]
    unreadable = [table.name for table in tables if table.status is Status.UNREADABLE]
    return _joined(rule, fact, [], unreadable, missing=(f"决算表中的{fact.row_name}{fact.column_name}",))


def _joined(
    rule: Rule, fact: Fact, others: Sequence[Fact], unreadable: Sequence[str], missing: tuple[str, ...] = ()
) -> Check:
    """Returns the check statement = sum of `others`: not checked where something is unreadable, unbound where there is
    no other."""
    verdict, reason = (Verdict.CONSISTENT, "") if others else (Verdict.UNBOUND, "决算表中无对应数字")
    if unreadable:
        verdict, reason = Verdict.NOT_CHECKED, unreadable_reason(unreadable)
    return Check(
        id=-1,
        rule=rule,
        scope=fact.named,
        operator="=",
        left=((1, fact.id),),
        right=tuple((1, other.id) for other in others),
        missing=missing,
        reason=reason,
        verdict=verdict,
    )
