"""Decides what figures that are no numbers as printed mean for the checks.

A check that joins such a figure is not made. Other checks leave it out, as a sum over a list that includes it, and may
fail only for that reason. So a conflict is kept only if it remains one with every number that the figures may stand
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gouji.checks.check import Check
from gouji.facts.fact import Fact, Facts
from gouji.facts.figure import State
from gouji.facts.recognise import read_as
from gouji.intervals import Verdict

#: Evaluates the checks of a document.
Evaluate = Callable[[Facts], Sequence[Check]]

_UNREAD = frozenset({State.UNREADABLE, State.DOUBTFUL})
#: Of a document with more such prints only the likeliest readings are tried.
_MOST = 24


def prints(facts: Facts) -> list[list[Fact]]:
    """Returns the malformed figures of sentences by print, in printed order: one print may state several quantities."""
    found: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts.statements():
        if fact.figure.readings and fact.figure.state is State.UNREADABLE:
            found.setdefault((fact.place.line, fact.place.end), []).append(fact)
    return list(found.values())


def not_joined(checks: Sequence[Check], facts: Facts) -> Sequence[Check]:
    """Returns the checks. Those that join a figure of a sentence that cannot be read are marked as not made."""
    unread = {one.id: one for one in facts.statements() if one.figure.state in _UNREAD}
    if not unread:
        return checks
    return [_unmake(check, unread[min(own)]) if (own := check.fact_ids & unread.keys()) else check for check in checks]


def without_doubtful(checks: Sequence[Check], facts: Facts, evaluate: Evaluate) -> Sequence[Check]:
    """Returns the checks. Conflicts that disappear with some reading of a malformed figure are marked as not made."""
    malformed = prints(facts)
    if not malformed or not any(check.verdict is Verdict.CONFLICT for check in checks):
        return checks
    kept: set[object] | None = None
    for read in _possible_documents(facts, malformed):
        conflicts = {_key(check) for check in evaluate(read) if check.verdict is Verdict.CONFLICT}
        kept = conflicts if kept is None else kept & conflicts
    first = malformed[0][0]
    return [
        _unmake(check, first) if check.verdict is Verdict.CONFLICT and _key(check) not in (kept or ()) else check
        for check in checks
    ]


def _possible_documents(facts: Facts, malformed: Sequence[Sequence[Fact]]) -> Iterator[Facts]:
    """Yields the facts as they may have been meant: each print in its likeliest reading, then each other reading of one
    print."""
    likeliest = facts
    for same in malformed:
        likeliest = read_as(likeliest, [one.id for one in same], same[0].figure.readings[0])
    yield likeliest
    for same in malformed if len(malformed) <= _MOST else ():
        for value in same[0].figure.readings[1:]:
            yield read_as(likeliest, [one.id for one in same], value)


def _key(check: Check) -> object:
    return check.rule.id, check.scope, check.left, check.right, check.per, check.claims


def _unmake(check: Check, fact: Fact) -> Check:
    if not check.made:
        return check
    return check.judged(verdict=Verdict.NOT_CHECKED, reason=f"{fact.where}无法识别", residual=0, blank=False)
