"""Checks lists that name every usual kind of their whole, though not every part that it may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from gouji.checks.check import Check
from gouji.checks.narrative.completeness import counts_beside, exceeds, names_all
from gouji.checks.narrative.lines import lists_of_lines
from gouji.checks.narrative.parts import groups
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.checks.narrative.wholes import whole_of
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

_PAIR = 2
#: Parts of both totals that few departments have anything of, and leave out then.
_SELDOM = ("summary[surplus_used].income", "summary[distribution].expenditure")


def usual_kinds(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 三公经费20万元，其中出国费、接待费、公车运行费 as a sum: 购置费 is missing, but is seldom more than
    zero.

    The same applies to budgets, and to numbered lines that end with the usual last item (年初结转和结余).
    """
    index = spoken(facts)
    for group, measure in product(groups(index).values(), (Measure.FINAL, *BUDGETS)):
        members = [one for one in group if said(one).measure is measure]
        if len(members) < 2 or not all(usable(one) and not said(one).closes for one in members):
            continue
        whole = whole_of(index, members)
        if whole is not None and whole not in members and _names_kinds(index, whole, members):
            terms = tuple((1, one.id) for one in members)
            yield Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)
    for lines in lists_of_lines(index):
        if lines.closed and not lines.complete:
            whole, terms = lines.whole, tuple((1, one.id) for one in lines.members)
            yield Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)
    for whole, members in _of_both_sides(index):
        terms = tuple((1, one.id) for one in members)
        yield Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _of_both_sides(index: Spoken) -> Iterator[tuple[Fact, list[Fact]]]:
    """Yields both lists of 收、支总计75万元。收入包括：…；支出包括：…, each with the total, where they come to one sum,
    or one of them to the total: then they name everything."""
    by_whole: dict[tuple[int, str], list[list[Fact]]] = {}
    for group in groups(index).values():
        members = [one for one in group if said(one).measure is Measure.FINAL and said(one).base is None]
        whole = said(members[0]).whole if members else None
        if whole is not None and len(whole.final) == _PAIR and not any(said(one).closes for one in members):
            by_whole.setdefault((said(members[0]).sentence, whole.key), []).append(members)
    for lists in by_whole.values():
        found = whole_of(index, lists[0]) if len(lists) == _PAIR else None
        both = [one for members in lists for one in members]
        if found is None or not all(usable(one) for one in both):
            continue
        sums = [sum(one.amount or 0 for one in members) for members in lists]
        if sums[0] == sums[1] or found.amount in sums:
            yield from ((found, members) for members in lists)


def usual_counts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 车辆45辆，其中：执法执勤用车38辆、特种专业技术用车3辆、应急保障用车2辆 as a sum: a list of several usual
    kinds and nothing else seldom leaves one out.

    Leaves out lists that name every part (`parts` checks those), and those of more than their whole.
    """
    index = spoken(facts)
    for group in groups(index).values():
        members = [one for one in group if said(one).measure is Measure.COUNT]
        if len(members) < _PAIR or not all(usable(one) for one in members):
            continue
        whole = whole_of(index, members)
        if whole is None or whole in members or names_all(members, whole, index) or exceeds(members, whole):
            continue
        several = len(members) >= WORDS.fewest_counts
        if (several and _are_usual_counts(members, whole)) or _are_staff(index, members, whole):
            terms = tuple((1, one.id) for one in members)
            yield Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _are_usual_counts(members: Sequence[Fact], whole: Fact) -> bool:
    """True where each part is one of the usual kinds of what the whole counts, each named once."""
    phrases = [said(one).topic.phrase for one in members]
    alike = whole.claim is not None and all(one.figure.unit == whole.figure.unit for one in members)
    called = [kinds for word, kinds in WORDS.usual_counts.items() if alike and word in said(whole).topic.phrase]
    named = [[next((kind for kind in kinds if kind in phrase), "") for phrase in phrases] for kinds in called]
    return any(all(each) and len(set(each)) == len(each) for each in named)


def _are_staff(index: Spoken, members: Sequence[Fact], whole: Fact) -> bool:
    """True for people in office and retired, and nothing that is neither: 财政供养人员25人，其中在职22人，退休3人.
    False where the paragraph counts others behind the list (；年末其他人员2人)."""
    if whole.claim is None or any(word in said(whole).topic.phrase for word in WORDS.planned_staff):
        return False
    phrases = [said(one).topic.phrase for one in members]
    alike = all(one.figure.dimension == whole.figure.dimension for one in members)
    named = [next((word for word in WORDS.usual_staff if word in phrase), "") for phrase in phrases]
    least = all(any(word in phrase for phrase in phrases) for word in WORDS.least_staff)
    others = {word for words in WORDS.kinds_beside.values() for word in words}
    beside = counts_beside(members, sorted(others), index)
    return alike and all(named) and len(set(named)) == len(named) and least and not beside


def _names_kinds(index: Spoken, whole: Fact, members: Sequence[Fact]) -> bool:
    """True where each part of the whole by definition is named, itself or by its own parts, and the omitted ones are
    nowhere stated as more than zero."""
    key = said(whole).topic.key if whole.claim else whole.concept.path
    family = next((one for one in load_phrases().families if one.whole == key), None)
    keys = [said(one).topic.key for one in members]
    if family is None or len(set(keys)) < len(keys) or set(keys) == set(family.parts):
        return False
    inner = {part: _parts_of(part) for part in family.parts}
    named = all(part in keys or part in _SELDOM or any(one in keys for one in inner[part]) for part in family.parts)
    known = {*family.parts, *(one for parts in inner.values() for one in parts)}
    twice = any(part in keys and any(one in keys for one in inner[part]) for part in family.parts)
    left_out = [one for part in family.parts if part not in keys for one in inner[part] if one not in keys]
    left_out += [part for part in family.parts if part in _SELDOM and part not in keys]
    measure = said(members[0]).measure
    stated = any(_is_stated(index, one, measure) for one in left_out)
    return named and not twice and known.issuperset(keys) and not stated


def _parts_of(key: str) -> tuple[str, ...]:
    """Returns the two parts of a part, of which one is usual. A part with more than two has no usual one."""
    parts = next((one.parts for one in load_phrases().families if one.whole == key), ())
    return parts if len(parts) == _PAIR else ()


def _is_stated(index: Spoken, key: str, measure: Measure) -> bool:
    concept = concept_from_path(key)
    cell = index.facts.get(concept.table, concept.row, concept.column) if key in _SELDOM else None
    return bool(cell and cell.amount) or any(one.amount for one in index.topic_stated(key, measure))
