"""Finds which figures are wrong: block by block, the smallest and lightest repairs of the violated checks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from gouji.checks.check import Check, Checks
from gouji.intervals import ScaledAmount
from gouji.repair.blanks import fill_blanks, omitted
from gouji.repair.candidates import candidates_in
from gouji.repair.cause import Cause, Suspect
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections, only_asks
from gouji.repair.displaced import Displaced
from gouji.repair.greedy import Step, best_steps
from gouji.repair.lacking import Lacking
from gouji.repair.magnified import Magnified
from gouji.repair.miscoded import Miscoded
from gouji.repair.misnamed import Misnamed
from gouji.repair.outdated import Outdated
from gouji.repair.repeated import as_one
from gouji.repair.rough import rough
from gouji.repair.same_list import shorter_sums, without_shorter
from gouji.repair.search import smallest_repairs
from gouji.repair.shifted import Shifted
from gouji.repair.swapped import Swapped
from gouji.repair.vouched import undecided_if_vouched
from gouji.repair.weighed import Weighed, lightest_first
from gouji.repair.weights import load_weights
from gouji.runtime.immutable import immutable


def locate(
    checks: Checks,
    misplaced: Sequence[Displaced | Magnified | Shifted | Outdated] = (),
    lacking: Sequence[Lacking] = (),
    swapped: Sequence[Swapped] = (),
    misnamed: Sequence[Miscoded | Misnamed] = (),
) -> list[Cause]:
    """Returns the causes of all conflicts and omissions of a document; each conflict has at least one cause.

    Leaves out the conflicts that slips of several figures explain, which were found before: rows, passages and tables
    whose amounts are all off (`misplaced`), missing rows (`lacking`), exchanged figures (`swapped`), and wrong codes
    or names (`misnamed`). The rest is judged with the values that the first and the third of these imply.
    """
    changes = Changes(checks)
    corrected = [one.values for one in misplaced if one.whole] + [one.values for one in swapped]
    state = Corrections(checks, {number: value for values in corrected for number, value in values.items()})
    known = {check.id for one in (*misplaced, *lacking, *swapped, *misnamed) for check in one.conflicts}
    shorter = shorter_sums(checks, known)
    known |= shorter.keys()
    causes: list[Cause] = []
    unrepaired: list[list[Check]] = []
    for block in sorted(_with_prints(blocks(checks, known), changes), key=len, reverse=True):
        if found := _find_repairs(block, state, changes):
            causes.extend(_causes_of_repairs(found, block, state, changes))
        else:
            unrepaired.append(block)
    for block in with_copies(unrepaired, changes):
        causes.extend(_causes_after_filling_blanks(block, state, changes))
    causes = without_shorter(as_one(causes, changes, checks), shorter, checks)
    causes = [undecided_if_vouched(cause, checks) for cause in causes]
    return [*causes, *_question_causes(checks, known, causes)]


def _question_causes(checks: Checks, known: Container[int], causes: Iterable[Cause]) -> Iterator[Cause]:
    """Yields the causes of conflicts that only ask a question: their figures may all be right. A conflict that a
    located cause resolves is added to that cause instead."""
    open_ = []
    for check in checks.conflicts():
        if check.terms and check.id not in known and only_asks(check):
            of = next((cause for cause in causes if _is_settled(cause, check, checks)), None)
            if of is None:
                open_.append(check)
            else:
                of.conflicts.append(check)
    for group in _group_by_numbers((set(one.fact_ids), [one]) for one in open_):
        numbers = sorted({number for check in group for number in check.fact_ids})
        yield Cause([Suspect(checks.facts.facts[number]) for number in numbers], group, located=False)


def _is_settled(cause: Cause, check: Check, checks: Checks) -> bool:
    """True if a check holds with the values that a located cause implies."""
    values = {one.fact.id: one.implied for one in cause.suspects if one.implied is not None}
    concerned = cause.located and not check.fact_ids.isdisjoint(values)
    return concerned and not Corrections(checks, values).violated(check)


def blocks(checks: Checks, known: Container[int] = ()) -> list[list[Check]]:
    """Returns the conflicts and the checks that lack a side, in groups that share no figure with each other. Leaves out
    checks (ids) in `known`, whose cause was found before, and checks that only ask."""
    violated = (one for one in (*checks.conflicts(), *checks.omissions()) if one.terms and one.id not in known)
    return _group_by_numbers((set(one.fact_ids) | {*one.claims}, [one]) for one in violated if not only_asks(one))


def _with_prints(blocks: Sequence[list[Check]], changes: Changes) -> list[list[Check]]:
    """Merges blocks if one number states a quantity of each (本年支出合计 as a total and as a part)."""
    facts = changes.facts
    return _group_by_numbers(
        (
            {other for check in block for number in check.fact_ids for other in changes.number(facts[number]).facts},
            block,
        )
        for block in blocks
    )


def with_copies(blocks: Iterable[list[Check]], changes: Changes) -> list[list[Check]]:
    """Merges blocks if a number of one was copied to the other."""
    return _group_by_numbers(
        ({other for check in block for number in check.fact_ids for other in changes.copied_of(number)}, block)
        for block in blocks
    )


def _group_by_numbers(parts: Iterable[tuple[set[int], list[Check]]]) -> list[list[Check]]:
    """Groups checks that come with a number in common."""
    groups: list[tuple[set[int], list[Check]]] = []
    for joined in parts:
        for group in [one for one in groups if one[0] & joined[0]]:
            groups.remove(group)
            joined = (joined[0] | group[0], [*group[1], *joined[1]])
        groups.append(joined)
    return [sorted(group, key=lambda check: check.id) for _, group in groups]


def _causes_after_filling_blanks(block: Sequence[Check], state: Corrections, changes: Changes) -> Iterator[Cause]:
    """Yields the causes of a block that few figures cannot repair: first blank cells to fill in, then other errors."""
    bare, (omissions, state) = state, fill_blanks(block, state)
    yield from omissions
    if not omissions:
        yield from _causes_step_by_step(block, state, changes)
        return
    left = [check for check in block if state.violated(check)]
    parts = _group_by_numbers((set(one.fact_ids - state.values.keys()) | {*one.claims}, [one]) for one in left)
    causes: list[Cause] = []
    for part in sorted(parts, key=len, reverse=True):
        _, refilled = fill_blanks(block, bare.with_values(_implied_values(causes)))
        if causes and not any(refilled.violated(check) for check in part):
            causes[-1].conflicts.extend(part)
        elif found := _find_repairs(part, state, changes):
            causes.extend(_causes_of_repairs(found, part, state, changes))
        else:
            causes.extend(_causes_step_by_step(part, state, changes))
    yield from causes


def _implied_values(causes: Iterable[Cause]) -> dict[int, ScaledAmount]:
    """Returns, by fact id, the values that located causes imply."""
    suspects = (one for cause in causes if cause.located for one in cause.suspects)
    return {one.fact.id: one.implied for one in suspects if one.implied is not None}


def _causes_step_by_step(block: Sequence[Check], state: Corrections, changes: Changes) -> Iterator[Cause]:
    """Yields the causes of a block that few figures cannot repair.

    Tries the smallest repairs that change copied numbers in all their places. If there are none, corrects one figure at
    a time, and ends with the conflicts that nothing explains.
    """
    remaining = [check for check in block if state.violated(check)]
    while remaining:
        if found := _find_repairs(remaining, state, changes, copied=True):
            yield from _causes_of_repairs(found, remaining, state, changes)
            return
        steps = best_steps(remaining, state)
        if not steps:
            yield from _causes_not_located(remaining, state)
            return
        first, *alike = steps
        explained = [check for step in steps for check in step.resolves]
        yield Cause(
            [_suspect_of_step(step, state) for step in steps], _unique(explained), not alike, partial=first.broken > 0
        )
        if not alike:
            state = state.with_values({first.fact.id: first.value or 0})
        remaining = [check for check in remaining if check not in explained and state.violated(check)]


@immutable()
class _Found:
    """Repairs of some conflicts, the lightest first. `all_known`: there is no other of their size."""

    repairs: Sequence[Weighed]
    all_known: bool


def _find_repairs(
    violated: Sequence[Check], state: Corrections, changes: Changes, copied: bool = False
) -> _Found | None:
    """Returns the smallest repairs of some conflicts; None if few figures cannot repair them."""
    search = smallest_repairs(violated, state, candidates_in(violated, state, changes, copied))
    repairs = lightest_first(search.repairs, violated, state)
    return _Found(repairs, search.exhausted) if repairs else None


def _causes_of_repairs(
    found: _Found, conflicts: Sequence[Check], state: Corrections, changes: Changes
) -> Iterator[Cause]:
    """Yields a cause for each change of the lightest repair that alone explains something. A number that was copied,
    and is wrong in each place, is one cause.

    Changes that all repairs of about the least weight share are located, if all repairs are known. Any other change of
    the lightest repair cannot be told apart from what the other repairs change in its place.
    """
    repairs = found.repairs
    lightest, near = repairs[0], _about_as_light(repairs)
    common = [one for one in lightest.changes if all(one in repair.changes for repair in near)]
    leading = [one for one in common if any(_stands_in(one, check) for check in conflicts)]
    following = [one for one in common if one not in leading]
    open_ = [check for check in conflicts if not _is_settled_by(common, lightest, check, state)]
    for copies in _group_copies(leading, changes):
        touched = [check for check in conflicts if any(_stands_in(one, check) for one in copies)]
        concerned = [check for check in touched if check not in open_] or touched
        suspects = [one for change in copies for one in _suspects(lightest, change, concerned, state)]
        with_it = [one for other in following for one in _suspects(lightest, other, (), state)]
        numbers = {one.fact.id for one in suspects}
        instead = _alternatives(repairs[len(near) :], lightest.changes, concerned, state)
        others = [one for one in instead if one.fact.id not in numbers]
        yield Cause([*suspects, *with_it], concerned, found.all_known, others=others)
    yield from _undecided_causes(found, common, open_, state)


def _undecided_causes(
    found: _Found, common: Sequence[Change], conflicts: Sequence[Check], state: Corrections
) -> Iterator[Cause]:
    """Yields a cause for each change of the lightest repair that is not `common` to all, with its rivals from the other
    repairs. A later one explains only conflicts that none before it explains."""
    lightest = found.repairs[0]
    for change in lightest.changes:
        concerned = [check for check in conflicts if _stands_in(change, check)]
        if change in common or not concerned:
            continue
        own = _suspects(lightest, change, concerned, state)
        rivals = _keep_first([*own, *_alternatives(found.repairs, (*common, change), concerned, state)])
        alone = len({(one.fact.place, one.fact.cell) for one in rivals}) == 1
        yield Cause(rivals, concerned, located=alone and found.all_known)
        conflicts = [check for check in conflicts if check not in concerned]


def _is_settled_by(common: Sequence[Change], repair: Weighed, check: Check, state: Corrections) -> bool:
    """True for a check that involves one of these changes of a repair, and holds with the values that they imply."""
    own = [one for one in common if _stands_in(one, check)]
    values = {number: repair.values[number] for one in own for number in one.facts if number in repair.values}
    implied = own and all(one.kind is Kind.NUMBER and one.first in values for one in own)
    return bool(own) and not (implied and state.with_values(values).violated(check))


def _group_copies(leading: Sequence[Change], changes: Changes) -> list[list[Change]]:
    """Groups changes of one number that is printed in several places."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in leading:
        number = changes.copied_of(one.first) if one.kind is Kind.NUMBER else (one,)
        groups.setdefault(number, []).append(one)
    return list(groups.values())


def _keep_first(suspects: Sequence[Suspect]) -> list[Suspect]:
    """Returns each figure once, as the lightest repair corrects it: with another number, or with the other sign."""
    found: dict[int, Suspect] = {}
    for one in suspects:
        found.setdefault(one.fact.id, one)
    return list(found.values())


def _about_as_light(repairs: Sequence[Weighed]) -> Sequence[Weighed]:
    """Returns the first repair and those that are hardly heavier."""
    margin = repairs[0].cost.weight + load_weights().decisive
    return [one for one in repairs if one.cost.weight < margin]


def _alternatives(
    repairs: Sequence[Weighed], changes: Sequence[Change], concerned: Sequence[Check], state: Corrections
) -> Iterator[Suspect]:
    """Yields, each once, the suspects of repairs that take part in the checks concerned and are not among `changes`."""
    seen = {*changes}
    for repair in repairs:
        for change in repair.changes:
            if change not in seen and any(_stands_in(change, check) for check in concerned):
                seen.add(change)
                yield from _suspects(repair, change, concerned, state)


def _suspects(repair: Weighed, change: Change, concerned: Sequence[Check], state: Corrections) -> list[Suspect]:
    """Returns the figures of a change that take part in the checks concerned."""
    facts = [state.checks.facts.facts[number] for number in change.facts]
    inside = [fact for fact in facts if any(_involves(check, fact.id) for check in concerned)]
    return repair.suspects(change, inside or facts[:1], state)


def _stands_in(change: Change, check: Check) -> bool:
    return any(_involves(check, number) for number in change.facts)


def _involves(check: Check, number: int) -> bool:
    return number in check.fact_ids or number in check.claims


def _suspect_of_step(step: Step, state: Corrections) -> Suspect:
    coarse = step.value is not None and bool(rough({step.fact.id: step.value}, state))
    return Suspect(step.fact, step.value, rough=coarse)


def _causes_not_located(conflicts: Sequence[Check], state: Corrections) -> Iterator[Cause]:
    """Yields a cause for each conflict that nothing explains. Conflicts that only lack a side are one omission."""
    blank = omitted(conflicts, state)
    lacking = [check for check in conflicts if check.blank and not check.fact_ids.isdisjoint(blank)]
    if lacking:
        facts = (state.checks.facts.facts[number] for number in blank)
        yield Cause([Suspect(fact, omitted=True) for fact in facts], lacking, located=True)
    yield from (_cause_not_located(check, state) for check in conflicts if check not in lacking)


def _cause_not_located(check: Check, state: Corrections) -> Cause:
    """Returns the cause of a conflict that nothing explains: all its figures, none preferred."""
    numbers = (*sorted(check.fact_ids), *check.claims)
    return Cause([Suspect(state.checks.facts.facts[number]) for number in numbers], [check], located=False)


def _unique(checks: Sequence[Check]) -> list[Check]:
    return list({check.id: check for check in checks}.values())
