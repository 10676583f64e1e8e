"""Prepares the conflicts of a finding for readers: what reads the same stands there once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.findings.naming import spoken_scope
from gouji.runtime.immutable import immutable

#: Limit on the places that one row names.
_MOST_PLACES = 3


@immutable()
class Told:
    """A check as it is told. `name` says what it is about. `places` are the sections whose figures stand on the other
    side, where sentences are compared with each other; else empty."""

    check: Check
    name: str
    places: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """Returns what the check is about: `第三部分 七（二）公务接待费决算，与第三部分 七（一）等2处`."""
        if not self.places:
            return self.name
        more = f"等{len(self.places)}处" if len(self.places) > _MOST_PLACES else ""
        return f"{self.name}，与{'、'.join(self.places[:_MOST_PLACES])}{more}"


def told_checks(conflicts: Iterable[Check], suspects: Sequence[Fact], checks: Checks) -> tuple[Told, ...]:
    """Returns conflicts as they are told: of two statements, the suspect stands on the left, and statements that all
    say the same against it are one."""
    own = {fact.id for fact in suspects}
    merged: dict[object, Told] = {}
    for check in conflicts:
        turned = _with_suspect_left(check, own, checks)
        others = [checks.facts.facts[number] for number in turned.fact_ids - own]
        said = _are_statements(turned, own, checks)
        key = (turned.rule.id, turned.left, checks.algebra(turned)) if said else turned.id
        held = merged.get(key, Told(turned, spoken_scope(turned, checks)))
        places = (*held.places, *(fact.where for fact in others)) if said else ()
        merged[key] = replace(held, places=tuple(dict.fromkeys(places)))
    return tuple(merged.values())


def _with_suspect_left(check: Check, own: set[int], checks: Checks) -> Check:
    """Returns an equality of two statements with the suspect on its left. Other checks keep their sides, which their
    titles name in this order."""
    if not _are_statements(check, own, checks) or check.missing or check.right[0][1] not in own:
        return check
    fact = checks.facts.facts[check.right[0][1]]
    return replace(check, left=check.right, right=check.left, residual=-check.residual, scope=fact.named)


def _are_statements(check: Check, own: set[int], checks: Checks) -> bool:
    """True for an equality of a suspect and one other figure, both in sentences."""
    facts = [checks.facts.facts[number] for number in check.fact_ids]
    return (
        check.operator == "="
        and not (check.per or check.constant or check.claims)
        and len(check.left) == len(check.right) == 1
        and len({fact.figure.unit for fact in facts}) == 1
        and len(own & check.fact_ids) == 1
        and all(fact.part is Part.NARRATIVE for fact in facts)
    )
