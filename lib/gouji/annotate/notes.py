"""Makes the notes of an audit: the whole finding at each suspect, a reference at some of the figures that contradict
it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from gouji.annotate.note import Note, Role
from gouji.annotate.places import place_of, places_without_figures
from gouji.annotate.wording import Wording
from gouji.auditing import Audit
from gouji.checks.rules import Severity
from gouji.facts.fact import Fact
from gouji.findings.finding import Finding

#: Number of suspects of one finding that carry the full message (of blank cells, the first). The others carry only
#: their correction.
_FULL, _FULL_BLANK = 3, 1
#: Limit on marked figures that contradict a finding, each in another table or paragraph. The note names more.
_OPPOSED: dict[Severity, int] = {"error": 4, "question": 2, "note": 1}
#: Limit on places left open in a form that are marked for one finding.
_OPEN = 12


def notes_of(audit: Audit) -> list[Note]:
    """Returns the notes of all findings, by place; at one place in the memo's order."""
    notes = [note for number, one in enumerate(audit.findings.findings, 1) for note in _notes(one, number, audit)]
    return sorted(notes, key=lambda note: (note.place.line, note.place.start, note.place.end, note.number))


def _notes(finding: Finding, number: int, audit: Audit) -> Iterator[Note]:
    words = Wording(finding, number, audit)
    seen: set[tuple[int, int, int]] = set()
    made = partial(Note, severity=finding.severity, number=number, finding=finding.id, title=finding.title)

    def note(fact: Fact, role: Role, paragraphs: tuple[str, ...]) -> Iterator[Note]:
        place = place_of(fact)
        key = place.line, place.start, place.end
        if key not in seen:  # one print may state two quantities
            seen.add(key)
            yield made(place, role, located=finding.located, paragraphs=paragraphs)

    for fact in finding.suspects:
        full = len(seen) < (_FULL_BLANK if fact.blank else _FULL)
        yield from note(fact, Role.SUSPECT, words.full(fact) if full else words.short(fact))
    for fact in () if audit.dispositions.settles(finding) else _opposed(finding):
        yield from note(fact, Role.OPPOSED, words.opposed(fact))
    if not finding.suspects:
        places = sorted(places_without_figures(finding, audit)[:_OPEN], key=lambda one: (one.line, one.start))
        for at, place in enumerate(places):
            told = words.further() if at else words.full()
            yield made(place, Role.SUSPECT, located=True, paragraphs=told)


def _opposed(finding: Finding) -> Sequence[Fact]:
    """Returns the contradicting figures that an auditor would look at first: those of the violated identities, then
    those that print the same elsewhere, one in each table and each paragraph."""
    if not finding.suspects:
        return ()
    violated = {number for check in finding.checks for number in check.fact_ids}
    by_block: dict[int, Fact] = {}
    for fact in sorted(finding.corroborating, key=lambda one: one.id not in violated):
        by_block.setdefault(fact.block, fact)
    return [*by_block.values()][: _OPPOSED[finding.severity]]
