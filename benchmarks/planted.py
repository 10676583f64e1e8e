"""The benchmark of planted errors: one figure of a clean fictitious department misprinted, and what is said of it.

Departments come from the tests' seeded generator; each misprint is of a kind that people make. Printed per kind: how
many were noticed (anything was found), how many are the only suspect of a finding, how many stand among the first three
suspects, how many only others were suspected for, and how many violate no row. `python -m benchmarks.planted --seed N`
repeats a run.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from tests.support.departments import TEMPLATES, Department, change_cell, make_department, to_text

from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.findings.explain import explain
from gouji.findings.finding import Findings

SEED = 20231126
_CLEAN = 100
_DOCUMENTS = 50
_EACH = 8
_FIRST = 3


@dataclass
class Tally:
    """What became of the misprints of each kind."""

    planted: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    among: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)


def audited(text: str) -> Findings:
    """The findings on a text."""
    return explain(tie_out(recognise(Document("department", "", "utf-8", read_blocks(text)))))


def false_errors(seeds: range) -> tuple[int, int]:
    """How many clean departments were audited, and how many errors were found in them."""
    found = [
        len(audited(to_text(make_department(seed, template))).of("error")) for template in TEMPLATES for seed in seeds
    ]
    return len(found), sum(found)


def planted(seed: int, documents: int, each: int) -> Tally:
    """The tally over `documents` departments of each template, `each` misprints made in each, one at a time."""
    tally = Tally()
    chance = random.Random(seed)
    for template in TEMPLATES:
        for number in range(documents):
            department = make_department(number, template)
            for kind, path, text in _misprints(department, chance, each):
                _count(tally, kind, path, audited(to_text(change_cell(department, path, text))))
    return tally


def _count(tally: Tally, kind: str, path: str, findings: Findings) -> None:
    tally.planted[kind] += 1
    found = [one for one in findings.findings if one.severity in ("error", "question")]
    suspects = [fact.concept.path for one in found for fact in one.suspects]
    named = [one for one in found if any(fact.concept.path == path for fact in one.suspects)]
    if not found:
        tally.silent[kind] += 1
        return
    tally.noticed[kind] += 1
    tally.alone[kind] += any(one.located for one in named)
    tally.among[kind] += path in suspects[:_FIRST]
    tally.elsewhere[kind] += not named


def _misprints(department: Department, chance: random.Random, each: int) -> Iterator[tuple[str, str, str]]:
    """Kinds, cells and what is printed there instead: cells with an amount, each kind as often as can be."""
    cells = [path for path, text in department.printed.items() if any(char in "123456789" for char in text)]
    kinds = list(KINDS)
    chance.shuffle(kinds)
    made = 0
    for path in chance.sample(cells, len(cells)):
        if made == each:
            return
        kind = kinds[made % len(kinds)]
        text = KINDS[kind](department, path, chance)
        if text and _value(text) != _value(department.printed[path]):
            made += 1
            yield kind, path, text


def _is_number(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _digit(department: Department, path: str, chance: random.Random) -> str:
    text = department.printed[path]
    at = chance.choice([at for at, char in enumerate(text) if char.isdigit()])
    new = chance.choice([one for one in "123456789" if one != text[at]])
    return text[:at] + new + text[at + 1 :]


def _transposed(department: Department, path: str, chance: random.Random) -> str:
    text = department.printed[path]
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    if not pairs:
        return ""
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _shifted(department: Department, path: str, chance: random.Random) -> str:
    value = _value(department.printed[path])
    places = -int(value.as_tuple().exponent)
    return f"{value.scaleb(chance.choice((-1, 1))):.{places}f}"


def _unit(department: Department, path: str, chance: random.Random) -> str:
    value = _value(department.printed[path])
    return f"{value * 10000:.{-int(value.as_tuple().exponent)}f}"


def _sign(department: Department, path: str, chance: random.Random) -> str:
    return f"-{department.printed[path]}"


def _last(department: Department, path: str, chance: random.Random) -> str:
    value = _value(department.printed[path])
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return str(value + chance.choice((-step, step)))


def _of_neighbour(department: Department, path: str, chance: random.Random) -> str:
    table = re.split(r"[\[.]", path)[0]
    others = [text for one, text in department.printed.items() if one.startswith(table) and _is_number(text)]
    return chance.choice(others)


KINDS: dict[str, Callable[[Department, str, random.Random], str]] = {
    "一位数字有误": _digit,
    "数字颠倒": _transposed,
    "小数点错位": _shifted,
    "元误作万元": _unit,
    "正负号相反": _sign,
    "末位差一": _last,
    "误填本表他格": _of_neighbour,
}


def report(seed: int, clean: int, documents: int, each: int) -> None:
    """Prints the false errors of clean departments and what became of the misprints."""
    begin = time.perf_counter()
    number, errors = false_errors(range(clean))
    print(f"planted errors (seed {seed}): {number} clean fictitious departments, false errors {errors}")
    tally = planted(seed, documents, each)
    for kind in (*KINDS, "all"):
        print(f"  {kind} {_line(tally, kind)}")
    count = number + tally.planted.total()
    print(f"  {1000 * (time.perf_counter() - begin) / count:.0f} ms per document, the generator's work included")


def _line(tally: Tally, kind: str) -> str:
    counters = (tally.planted, tally.noticed, tally.alone, tally.among, tally.elsewhere, tally.silent)
    planted_, noticed, alone, among, elsewhere, silent = (
        one.total() if kind == "all" else one[kind] for one in counters
    )
    return (
        f"planted {planted_}, noticed {noticed}, located alone {alone}, among the first three suspects {among},"
        f" others suspected {elsewhere}, no row violated {silent}"
    )


def main() -> None:
    """Prints the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--few", action="store_true", help="a tenth of it")
    options = parser.parse_args()
    part = 10 if options.few else 1
    report(options.seed, _CLEAN // part, _DOCUMENTS // part, _EACH)


if __name__ == "__main__":
    main()
