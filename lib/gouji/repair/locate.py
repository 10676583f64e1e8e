"""Finds which figures are wrong: block by block, the smallest and lightest repairs of the violated checks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from gouji.checks.check import Check, Checks
from gouji.repair.candidates import candidates_in
from gouji.repair.cause import Cause, Suspect
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections, only_asks
from gouji.repair.displaced import Displaced
from gouji.repair.greedy import Step, best_steps
from gouji.repair.lacking import Lacking
from gouji.repair.magnified import Magnified
from gouji.repair.miscoded import Miscoded
from gouji.repair.released import omitted, release
from gouji.repair.repeated import as_one
from gouji.repair.search import smallest_repairs
from gouji.repair.shifted import Shifted
from gouji.repair.swapped import Swapped
from gouji.repair.vouched import undecided_if_vouched
from gouji.repair.weighed import Weighed, lightest_first
from gouji.repair.weights import load_weights
from gouji.runtime.immutable import immutable


def locate(
    checks: Checks,
    displaced: Sequence[Displaced | Magnified | Shifted] = (),
    lacking: Sequence[Lacking] = (),
    swapped: Sequence[Swapped] = (),
    miscoded: Sequence[Miscoded] = (),
) -> list[Cause]:
    """Returns the causes of all conflicts and omissions of a document, each conflict in at least one.

    What displaced, lacking and miscoded rows, wrong units, tables changed throughout and exchanged figures explain is
    left out.
    """
    changes = Changes(checks)
    known = [one.values for one in displaced if one.whole] + [one.values for one in swapped]
    state = Corrections(checks, {number: value for values in known for number, value in values.items()})
    told = {check.id for one in displaced for check in one.conflicts}
    told |= {check.id for one in lacking for check in one.conflicts}
    told |= {check.id for one in swapped for check in one.conflicts}
    told |= {check.id for one in miscoded for check in one.conflicts}
    causes: list[Cause] = []
    unrepaired: list[list[Check]] = []
    for block in sorted(blocks(checks, told), key=len, reverse=True):
        if found := _repairs(block, state, changes):
            causes.extend(_of_repairs(found, block, state, changes))
        else:
            unrepaired.append(block)
    for block in with_copies(unrepaired, changes):
        causes.extend(_released(block, state, changes))
    causes = as_one(causes, changes, checks)
    causes = [undecided_if_vouched(cause, checks) for cause in causes]
    return [*causes, *_asked(checks, told, causes)]


def _asked(checks: Checks, told: Container[int], causes: Iterable[Cause]) -> Iterator[Cause]:
    """The causes of conflicts that only ask: figures that may all be right, none to be corrected. One that holds with
    what was located joins the cause that it is a consequence of."""
    open_ = []
    for check in checks.conflicts():
        if check.terms and check.id not in told and only_asks(check):
            of = next((cause for cause in causes if _settles(cause, check, checks)), None)
            if of is None:
                open_.append(check)
            else:
                of.conflicts.append(check)
    for group in _together((set(one.fact_ids), [one]) for one in open_):
        numbers = sorted({number for check in group for number in check.fact_ids})
        yield Cause([Suspect(checks.facts.facts[number]) for number in numbers], group, located=False)


def _settles(cause: Cause, check: Check, checks: Checks) -> bool:
    """True where a check holds with the values that a located cause implies."""
    values = {one.fact.id: one.implied for one in cause.suspects if one.implied is not None}
    concerned = cause.located and not check.fact_ids.isdisjoint(values)
    return concerned and not Corrections(checks, values).violated(check)


def blocks(checks: Checks, told: Container[int] = ()) -> list[list[Check]]:
    """The conflicts, and the checks that lack a side, in groups that share no figure with each other; without those
    (ids) that are told already, and those that only ask."""
    violated = (one for one in (*checks.conflicts(), *checks.omissions()) if one.terms and one.id not in told)
    return _together((set(one.fact_ids) | {*one.claims}, [one]) for one in violated if not only_asks(one))


def with_copies(blocks: Iterable[list[Check]], changes: Changes) -> list[list[Check]]:
    """Blocks as one where a number of the one is copied in the other."""
    return _together(
        ({other for check in block for number in check.fact_ids for other in changes.copied_of(number)}, block)
        for block in blocks
    )


def _together(parts: Iterable[tuple[set[int], list[Check]]]) -> list[list[Check]]:
    """Checks in groups, of those that come with a number in common."""
    groups: list[tuple[set[int], list[Check]]] = []
    for joined in parts:
        for group in [one for one in groups if one[0] & joined[0]]:
            groups.remove(group)
            joined = (joined[0] | group[0], [*group[1], *joined[1]])
        groups.append(joined)
    return [sorted(group, key=lambda check: check.id) for _, group in groups]


def _released(block: Sequence[Check], state: Corrections, changes: Changes) -> Iterator[Cause]:
    """The causes of a block that few figures do not repair: what is not filled in first, then what else is wrong."""
    omissions, state = release(block, state)
    yield from omissions
    if not omissions:
        yield from _causes(block, state, changes)
        return
    left = [check for check in block if state.violated(check)]
    for part in _together((set(one.fact_ids - state.values.keys()) | {*one.claims}, [one]) for one in left):
        if found := _repairs(part, state, changes):
            yield from _of_repairs(found, part, state, changes)
        else:
            yield from _causes(part, state, changes)


def _causes(block: Sequence[Check], state: Corrections, changes: Changes) -> Iterator[Cause]:
    """The causes of a block that few figures do not repair: of its smallest repairs with numbers that were copied from
    place to place; where it has none, one figure at a time, then what is left."""
    remaining = [check for check in block if state.violated(check)]
    while remaining:
        if found := _repairs(remaining, state, changes, copied=True):
            yield from _of_repairs(found, remaining, state, changes)
            return
        steps = best_steps(remaining, state)
        if not steps:
            yield from _not_located(remaining, state)
            return
        first, *alike = steps
        explained = [check for step in steps for check in step.resolves]
        yield Cause([_of_step(step) for step in steps], _unique(explained), not alike, partial=first.broken > 0)
        if not alike:
            state = state.with_values({first.fact.id: first.value or 0})
        remaining = [check for check in remaining if check not in explained and state.violated(check)]


@immutable()
class _Found:
    """Repairs of some conflicts, the lightest first. `all_known`: there is no other of their size."""

    repairs: Sequence[Weighed]
    all_known: bool


def _repairs(violated: Sequence[Check], state: Corrections, changes: Changes, copied: bool = False) -> _Found | None:
    """The smallest repairs of some conflicts; None where few figures do not repair them."""
    search = smallest_repairs(violated, state, candidates_in(violated, state, changes, copied))
    repairs = lightest_first(search.repairs, violated, state)
    return _Found(repairs, search.exhausted) if repairs else None


def _of_repairs(found: _Found, conflicts: Sequence[Check], state: Corrections, changes: Changes) -> Iterator[Cause]:
    """One cause per change of the lightest repair that explains something no other has to; one for a number that was
    copied and is wrong in each place.

    What all repairs of about the least weight have in common is located, if all are known. For each other change of
    the lightest, what the others have instead cannot be told from it.
    """
    repairs = found.repairs
    lightest, near = repairs[0], _near(repairs)
    common = [one for one in lightest.changes if all(one in repair.changes for repair in near)]
    leading = [one for one in common if any(_stands_in(one, check) for check in conflicts)]
    following = [one for one in common if one not in leading]
    open_ = [check for check in conflicts if not _settled_by(common, lightest, check, state)]
    for copies in _copies(leading, changes):
        touched = [check for check in conflicts if any(_stands_in(one, check) for one in copies)]
        concerned = [check for check in touched if check not in open_] or touched
        suspects = [one for change in copies for one in _suspects(lightest, change, concerned, state)]
        with_it = [one for other in following for one in _suspects(lightest, other, (), state)]
        numbers = {one.fact.id for one in suspects}
        instead = _instead(repairs[len(near) :], lightest.changes, concerned, state)
        others = [one for one in instead if one.fact.id not in numbers]
        yield Cause([*suspects, *with_it], concerned, found.all_known, others=others)
    for change in lightest.changes:
        if change in common:
            continue
        concerned = [check for check in open_ if _stands_in(change, check)]
        if concerned:
            own = _suspects(lightest, change, concerned, state)
            told = _each_once([*own, *_instead(repairs, (*common, change), concerned, state)])
            alone = len({(one.fact.place, one.fact.cell) for one in told}) == 1
            yield Cause(told, concerned, located=alone and found.all_known)
            open_ = [check for check in open_ if check not in concerned]


def _settled_by(common: Sequence[Change], repair: Weighed, check: Check, state: Corrections) -> bool:
    """True for a check in which one of these changes of a repair stands, and which holds with what they imply."""
    own = [one for one in common if _stands_in(one, check)]
    values = {number: repair.values[number] for one in own for number in one.facts if number in repair.values}
    implied = own and all(one.kind is Kind.NUMBER and one.first in values for one in own)
    return bool(own) and not (implied and state.with_values(values).violated(check))


def _copies(leading: Sequence[Change], changes: Changes) -> list[list[Change]]:
    """Changes, those of one number printed in several places together."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in leading:
        number = changes.copied_of(one.first) if one.kind is Kind.NUMBER else (one,)
        groups.setdefault(number, []).append(one)
    return list(groups.values())


def _each_once(suspects: Sequence[Suspect]) -> list[Suspect]:
    """Each figure once, as the lightest repair corrects it: another number, or the same the other way."""
    found: dict[int, Suspect] = {}
    for one in suspects:
        found.setdefault(one.fact.id, one)
    return list(found.values())


def _near(repairs: Sequence[Weighed]) -> Sequence[Weighed]:
    """The first repair and those hardly heavier."""
    margin = repairs[0].cost.weight + load_weights().decisive
    return [one for one in repairs if one.cost.weight < margin]


def _instead(
    repairs: Sequence[Weighed], changes: Sequence[Change], concerned: Sequence[Check], state: Corrections
) -> Iterator[Suspect]:
    """The suspects of repairs that stand in the checks concerned and are none of `changes`, each once."""
    seen = {*changes}
    for repair in repairs:
        for change in repair.changes:
            if change not in seen and any(_stands_in(change, check) for check in concerned):
                seen.add(change)
                yield from _suspects(repair, change, concerned, state)


def _suspects(repair: Weighed, change: Change, concerned: Sequence[Check], state: Corrections) -> list[Suspect]:
    """A change's figures, those that stand in the checks concerned."""
    facts = [state.checks.facts.facts[number] for number in change.facts]
    inside = [fact for fact in facts if any(_has(check, fact.id) for check in concerned)]
    return repair.suspects(change, inside or facts[:1], state)


def _stands_in(change: Change, check: Check) -> bool:
    return any(_has(check, number) for number in change.facts)


def _has(check: Check, number: int) -> bool:
    return number in check.fact_ids or number in check.claims


def _of_step(step: Step) -> Suspect:
    return Suspect(step.fact, step.value)


def _not_located(conflicts: Sequence[Check], state: Corrections) -> Iterator[Cause]:
    """Conflicts that nothing explains, one by one; those that only lack a side are one omission."""
    blank = omitted(conflicts, state)
    lacking = [check for check in conflicts if check.blank and not check.fact_ids.isdisjoint(blank)]
    if lacking:
        facts = (state.checks.facts.facts[number] for number in blank)
        yield Cause([Suspect(fact, omitted=True) for fact in facts], lacking, located=True)
    yield from (_unlocated(check, state) for check in conflicts if check not in lacking)


def _unlocated(check: Check, state: Corrections) -> Cause:
    """A conflict that nothing explains: all its figures, none preferred."""
    numbers = (*sorted(check.fact_ids), *check.claims)
    return Cause([Suspect(state.checks.facts.facts[number]) for number in numbers], [check], located=False)


def _unique(checks: Sequence[Check]) -> list[Check]:
    return list({check.id: check for check in checks}.values())
