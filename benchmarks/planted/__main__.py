"""Prints the benchmark of planted errors, or the cases of one outcome."""

from __future__ import annotations

import argparse
import os
import time
from contextlib import closing
from itertools import chain, islice

from benchmarks.planted import report
from benchmarks.planted.run import cases, run

SEED = 20231126
_DOCUMENTS = {0: 500, 1: 2000, 2: 300, 3: 100, 4: 100}
"""How many documents with so many errors each."""
_LINES = {0: report.clean, 1: report.single}
_OUTCOMES = {
    name: (numbers, told)
    for numbers, outcomes in (((0,), report.CLEAN), ((1,), report.SINGLE), ((2, 3, 4), report.SEVERAL))
    for name, told in outcomes.items()
}


def main() -> None:
    """Prints the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--few", action="store_true", help="a tenth of it")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument(
        "--show", nargs=2, metavar=("OUTCOME", "N"), help=f"the first N cases of an outcome: {', '.join(_OUTCOMES)}"
    )
    options = parser.parse_args()
    if not options.show:
        _report(options.seed, 10 if options.few else 1, options.workers)
    elif options.show[0] in _OUTCOMES and options.show[1].isdigit():
        _show(options.seed, options.show[0], int(options.show[1]), options.workers)
    else:
        parser.error(f"--show takes one of {', '.join(_OUTCOMES)} and a number")


def _report(seed: int, part: int, workers: int) -> None:
    begin = time.perf_counter()
    print(f"planted errors (seed {seed})")
    every = []
    for errors, count in _DOCUMENTS.items():
        results = list(run(cases(seed, errors, count // part), workers))
        print("\n".join(_LINES.get(errors, report.several)(results)), flush=True)
        every += results
    print(report.unnoticed(every))
    print(f"{report.times(every)}; {time.perf_counter() - begin:.0f} s in all with {workers} processes")


def _show(seed: int, outcome: str, most: int, workers: int) -> None:
    numbers, told = _OUTCOMES[outcome]
    chosen = chain.from_iterable(cases(seed, errors, _DOCUMENTS[errors]) for errors in numbers)
    with closing(run(chosen, workers)) as results:
        for result in islice(filter(told, results), most):
            print("\n".join(report.case(result)), flush=True)


if __name__ == "__main__":
    main()
