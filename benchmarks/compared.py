"""Breaks planted between the documents of fictitious departments (last year, budget, units): found, missed, invented."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

from joblib import Parallel, delayed

from gouji import Parameters, audit
from gouji.fictitious.compared.sets import Documents, document_sets

SEED = 20231127
NUMBER = 300


def main() -> None:
    """Prints how many breaks of each kind were asked about, and how many questions no break explains."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compared", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--number", type=int, default=NUMBER, help="departments with breaks, and as many without")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args()
    for with_breaks in (True, False):
        chosen = islice(document_sets(options.seed, with_breaks), options.number)
        counted: Counter[str] = Counter()
        for found in Parallel(options.workers, return_as="generator_unordered")(delayed(_count)(one) for one in chosen):
            counted.update(found)
        print(f"{options.number} departments {'with' if with_breaks else 'without'} breaks (seed {options.seed})")
        print("\n".join(f"  {name:32} {number}" for name, number in sorted(counted.items())) or "  nothing asked")


def _count(one: Documents) -> Counter[str]:
    """What was found of a set's breaks, by kind; `invented` are questions of rules that have no break to ask about."""
    with tempfile.TemporaryDirectory() as folder:
        found = audit(parameters=Parameters.load(one.write(Path(folder))))
    asked = [each for each in found.review.raised() if each.rule.subject == "years"]
    counted: Counter[str] = Counter()
    for planted in one.breaks:
        told = [each for each in asked if each.rule.id == planted.rule]
        hit = any(planted.names in each.title + each.message for each in told)
        counted[f"{planted.kind}: {'found' if hit else 'missed'}"] += 1
    counted["invented"] += sum(each.rule.id not in {planted.rule for planted in one.breaks} for each in asked)
    return counted


if __name__ == "__main__":
    main()
