"""Many departments, each with its errors, audited by several processes; a case depends on its own seed alone."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from random import Random

from benchmarks.planted.proof import is_allowed
from benchmarks.planted.scoring import Score, score
from gouji.checks.check import Checks
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import TEMPLATES, FictitiousDepartment, make_department, to_text
from gouji.fictitious.misprints.plant import Plant
from gouji.fictitious.misprints.planting import draw, print_all
from gouji.findings.explain import explain
from gouji.findings.finding import Findings

_DEPARTMENTS = 1_000_000
_AT_ONCE = 4


@dataclass(frozen=True)
class Case:
    """A department to be made and how many errors to plant in it; `seed` chooses them."""

    template: str
    department: int
    errors: int
    seed: str

    def clean(self) -> FictitiousDepartment:
        """The department without errors."""
        return make_department(self.department, self.template)


@dataclass(frozen=True)
class Result:
    """What was planted in a case and what was said of it.

    `missed`: the plants that no finding suspects; `unseen`: those of them on which there is no finding even where each
    is the document's only error: they violate no row; `allowed`: those of which that was proved.
    """

    case: Case
    plants: tuple[Plant, ...]
    score: Score
    seconds: float
    missed: tuple[Plant, ...]
    unseen: tuple[Plant, ...]
    allowed: tuple[Plant, ...] = ()


def cases(seed: int, errors: int, count: int) -> list[Case]:
    """`count` departments, of every template in turn, each to have so many errors."""
    chance = Random(f"{seed}/{errors}")
    names = list(TEMPLATES)
    return [
        Case(names[number % len(names)], chance.randrange(_DEPARTMENTS), errors, f"{seed}/{errors}/{number}")
        for number in range(count)
    ]


def audited(department: FictitiousDepartment) -> Findings:
    """The findings on a department's text."""
    return explain(_checks(department))


def _checks(department: FictitiousDepartment) -> Checks:
    blocks = read_blocks(to_text(department))
    return tie_out(recognise(Document("department", "", "utf-8", blocks)))


def try_case(case: Case) -> Result:
    """Plants a case's errors and compares them with what is found."""
    clean = case.clean()
    plants = draw(clean, case.errors, Random(case.seed))
    begin = time.perf_counter()
    result = _score(clean, plants)
    seconds = time.perf_counter() - begin
    missed = tuple(plant for plant, one in zip(plants, result.outcomes, strict=True) if not one.suspected)
    alone = {plant: result if len(plants) == 1 else _score(clean, [plant]) for plant in missed}
    unseen = tuple(plant for plant in missed if not alone[plant].findings)
    allowed = tuple(plant for plant in unseen if is_allowed(_checks(print_all(clean, [plant])[0])))
    return Result(case, tuple(plants), result, seconds, missed, unseen, allowed)


def silent(results: Iterable[Result]) -> list[tuple[Case, tuple[Plant, ...]]]:
    """The departments with plants that violate no row, and those plants."""
    return [(one.case, one.unseen) for one in results if one.unseen]


def _score(clean: FictitiousDepartment, plants: Sequence[Plant]) -> Score:
    printed, spots = print_all(clean, plants)
    return score(audited(printed), spots)


def run(chosen: Iterable[Case], workers: int) -> Generator[Result, None, None]:
    """The result of every case, in their order; the number of processes changes nothing but the time."""
    if workers == 1:
        yield from map(try_case, chosen)
        return
    pool = ProcessPoolExecutor(workers)
    try:
        yield from pool.map(try_case, chosen, chunksize=_AT_ONCE)
    finally:
        pool.shutdown(cancel_futures=True)
