"""The benchmark's figures in print: one line for each kind of single error, one for each number of errors."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from benchmarks.planted.run import Result
from gouji.fictitious.misprints.planting import KINDS

Told = Callable[[Result], bool]

CLEAN: dict[str, Told] = {"accused": lambda result: bool(result.score.findings)}
"""What a document without errors may not have."""
SINGLE: dict[str, Told] = {
    "elsewhere": lambda result: bool(result.score.findings) and bool(result.missed),
    "wrong": lambda result: result.score.misplaced > 0,
    "misled": lambda result: result.score.misled > 0,
    "undecided": lambda result: not result.missed and not result.score.outcomes[0].located,
    "silent": lambda result: bool(result.unseen),
    "unproved": lambda result: len(result.unseen) > len(result.allowed),
}
"""What may become of a single error that is not located, by the name that `--show` knows it by."""
SEVERAL: dict[str, Told] = {
    "missed": lambda result: len(result.missed) > len(result.unseen),
    "false": lambda result: result.score.false > 0,
}
"""What may go wrong with several errors: one that violates a row is not suspected; a finding that none explains."""

_COLUMNS: dict[str, Told] = {
    "planted": lambda result: True,
    "detected": lambda result: bool(result.score.findings),
    "located": lambda result: result.score.outcomes[0].located,
    "first": lambda result: result.score.outcomes[0].first,
    "in first 3": lambda result: result.score.outcomes[0].among,
    "suspected": lambda result: not result.missed,
    "elsewhere": SINGLE["elsewhere"],
    "no row violated": SINGLE["silent"],
    "proved possible": lambda result: bool(result.allowed),
    "located wrong": SINGLE["wrong"],
    "misled": SINGLE["misled"],
}
_LABEL = 18


def clean(results: Sequence[Result]) -> list[str]:
    """What was found in documents without errors."""
    errors = sum(result.score.errors for result in results)
    questions = sum(len(result.score.findings) for result in results) - errors
    return [f"{len(results)} clean fictitious departments: false errors {errors}, false questions {questions}"]


def single(results: Sequence[Result]) -> list[str]:
    """The lines on documents with one error, by kind."""
    lines = [f"1 error in each of {len(results)}", _row("", _COLUMNS)]
    for part, kinds in KINDS.items():
        of_part = [one for one in results if one.plants[0].part == part]
        for kind in kinds:
            lines.append(_counts(f"{part} {kind}", [one for one in of_part if one.plants[0].kind == kind]))
        lines.append(_counts(f"{part} all", of_part))
    return [*lines, _counts("all", results)]


def _counts(label: str, results: Sequence[Result]) -> str:
    return _row(label, [str(sum(map(told, results))) for told in _COLUMNS.values()])


def _row(label: str, cells: Iterable[str]) -> str:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in label)
    shown = [cell.rjust(len(name)) for name, cell in zip(_COLUMNS, cells, strict=True)]
    return "  " + label.ljust(_LABEL - wide) + "  ".join(shown)


def several(results: Sequence[Result]) -> list[str]:
    """The lines on documents with several errors; those that violate no row are set apart, as nobody can find them."""
    errors = results[0].case.errors
    outcomes = [one for result in results for one in result.score.outcomes]
    found, located = sum(one.suspected for one in outcomes), sum(one.located for one in outcomes)
    unseen = sum(len(result.unseen) for result in results)
    complete = sum(not result.missed for result in results)
    but_unseen = sum(len(result.missed) == len(result.unseen) for result in results)
    misplaced, misled = (sum(getattr(one.score, name) for one in results) for name in ("misplaced", "misled"))
    return [
        f"{errors} errors in each of {len(results)}: all found in {complete}, all that violate a row in {but_unseen}",
        f"  of {len(outcomes)} planted: suspected {found}, located {located}, no row violated {unseen},"
        f" missed {len(outcomes) - found - unseen}; false findings: located {misplaced}, undecided {misled}",
    ]


def unnoticed(results: Sequence[Result]) -> str:
    """How many errors violate no row, and of how many true values within rounding prove that they need not be any."""
    unseen, allowed = (sum(len(getattr(one, name)) for one in results) for name in ("unseen", "allowed"))
    return (
        f"no row violated: {unseen} planted errors; proved possible, with true values that satisfy every row: {allowed}"
    )


def times(results: Sequence[Result]) -> str:
    """Time per document, of writing it out, auditing it and comparing."""
    taken = sorted(1000 * result.seconds for result in results)
    late = taken[int(0.95 * len(taken))]
    return f"{statistics.median(taken):.0f} ms per document in the middle, {late:.0f} ms for nineteen of twenty"


def case(result: Result) -> list[str]:
    """One case for people who look at failures: its plants and the findings."""
    department = result.case.clean()
    lines = [f"{result.case.template} {result.case.department} ({result.case.seed})"]
    for plant in result.plants:
        state = " [no row violated]" if plant in result.unseen else " [missed]" if plant in result.missed else ""
        lines.append(f"  planted {plant.told(department)}{state}")
    return [*lines, *(f"  found {told}" for told in result.score.findings)]
