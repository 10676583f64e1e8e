"""What figures that are no numbers as printed mean for the checks.

Such a figure takes part in none: one that joins it is not made. Others pass it over, as a list does that names it, and
may then be violated for want of it. So a conflict is kept only if it is one as well with every number that the figures
may stand for.
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
    """The malformed figures of sentences by print, in printed order: one print may state several quantities."""
    found: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts.statements():
        if fact.figure.readings and fact.figure.state is State.UNREADABLE:
            found.setdefault((fact.place.line, fact.place.end), []).append(fact)
    return list(found.values())


def not_joined(checks: Sequence[Check], facts: Facts) -> Sequence[Check]:
    """The checks, those that join a figure of a sentence that cannot be read as not made."""
    unread = {one.id: one for one in facts.statements() if one.figure.state in _UNREAD}
    if not unread:
        return checks
    return [
        _not_made(check, unread[min(own)]) if (own := check.fact_ids & unread.keys()) else check for check in checks
    ]


def without_doubtful(checks: Sequence[Check], facts: Facts, evaluate: Evaluate) -> Sequence[Check]:
    """The checks, conflicts that some reading of a malformed figure does away with as not made."""
    malformed = prints(facts)
    if not malformed or not any(check.verdict is Verdict.CONFLICT for check in checks):
        return checks
    kept: set[object] | None = None
    for read in _readings(facts, malformed):
        conflicts = {_key(check) for check in evaluate(read) if check.verdict is Verdict.CONFLICT}
        kept = conflicts if kept is None else kept & conflicts
    first = malformed[0][0]
    return [
        _not_made(check, first) if check.verdict is Verdict.CONFLICT and _key(check) not in (kept or ()) else check
        for check in checks
    ]


def _readings(facts: Facts, malformed: Sequence[Sequence[Fact]]) -> Iterator[Facts]:
    """The document as it may have been meant: with the likeliest reading of each print, then with each other reading of
    one of them."""
    likeliest = facts
    for same in malformed:
        likeliest = read_as(likeliest, [one.id for one in same], same[0].figure.readings[0])
    yield likeliest
    for same in malformed if len(malformed) <= _MOST else ():
        for value in same[0].figure.readings[1:]:
            yield read_as(likeliest, [one.id for one in same], value)


def _key(check: Check) -> object:
    return check.rule.id, check.scope, check.left, check.right, check.per, check.claims


def _not_made(check: Check, fact: Fact) -> Check:
    if not check.made:
        return check
    return check.judged(verdict=Verdict.NOT_CHECKED, reason=f"{fact.where}无法识别", residual=0, blank=False)
