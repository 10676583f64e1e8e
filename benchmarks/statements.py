"""The benchmark of statements: passages with the facts they state and the errors they hold, against what is found.

A third of the passages, chosen by the hash of their id, is held out: nobody building the grammar looks at them, and
they are reported beside the others. `tests/reports` holds further passages of annexed reports, and whole ones: free
prose, of which wordings not seen before are a measure of their own. `python -m benchmarks.statements` prints the table,
`--failures` what was missed or wrongly found among the passages that are not held out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import narratives
from benchmarks.passages import REPORTS, facts_of, findings_of, is_held_out, is_report, passages
from benchmarks.scoring import Outcome, Score, score_errors, score_facts
from gouji.facts.fact import Facts
from gouji.findings.finding import Findings


@dataclass(frozen=True)
class Reading:
    """A passage as it was read."""

    case: Mapping[str, Any]
    facts: Facts
    findings: Findings


def read_all(cases: Iterable[Mapping[str, Any]]) -> list[Reading]:
    """Reads the passages, each once: parts of the benchmark share them."""
    read = ((case, facts_of(case)) for case in cases)
    return [Reading(case, facts, findings_of(facts)) for case, facts in read]


def measure(readings: Iterable[Reading]) -> tuple[Score, Score, Score, list[Outcome]]:
    """Scores of facts, errors and questions over passages, and what became of each."""
    facts_score, errors_score, questions_score = Score(), Score(), Score()
    outcomes = []
    for one in readings:
        outcome = Outcome(one.case)
        score_facts(one.case, one.facts, facts_score, outcome)
        score_errors(one.case, one.facts, one.findings, (errors_score, questions_score), outcome)
        outcomes.append(outcome)
    return facts_score, errors_score, questions_score, outcomes


def report(name: str, readings: Sequence[Reading], by_kind: bool = True) -> None:
    """Prints precision and recall of facts, errors and questions, by kind."""
    facts, errors, questions, _ = measure(readings)
    cases = [one.case for one in readings]
    clean = sum(not case.get("errors") for case in cases)
    print(f"{name}: {len(cases)} passages ({clean} without errors) of {len({c['province'] for c in cases})} regions")
    for label, score in (("facts", facts), ("errors", errors), ("questions", questions)):
        print(
            f"  {label:10} recall {score.recall():>5} %  precision {score.precision():>5} %"
            f"   found {score.found.total()}, missed {score.missed.total()}, wrong {score.wrong.total()}"
        )
        if by_kind:
            for kind in sorted({*score.found, *score.missed, *score.wrong}):
                counts = (score.found[kind], score.missed[kind], score.wrong[kind])
                print("      {:12} found {:4} missed {:3} wrong {:3}".format(kind, *counts))


def main() -> None:
    """Prints the benchmark; with --failures the misses among the passages that are not held out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statements", description=__doc__)
    parser.add_argument(
        "--failures", choices=["facts", "errors", "narratives"], help="what was missed or wrongly found"
    )
    parser.add_argument("--reports", action="store_true", help="of --failures: the further passages of reports")
    parser.add_argument("--only", default="", help="passages whose id contains this")
    options = parser.parse_args()
    cases = [case for case in passages() if options.only in case["id"]]
    reports = [case for case in passages(REPORTS) if options.only in case["id"]]
    if options.failures == "narratives":
        narratives.report("whole narratives", narratives.narratives(), failures=True)
        chosen = [one for one in narratives.narratives(narratives.REPORTS) if not one.held_out]
        narratives.report("whole reports", chosen, failures=True)
    elif options.failures:
        _failures(options.failures, [case for case in (reports if options.reports else cases) if not is_held_out(case)])
    else:
        print_all(read_all(cases), read_all(reports), bool(options.only))


def print_all(cases: Sequence[Reading], reports: Sequence[Reading], some: bool) -> None:
    """Prints every part of the benchmark; of `some` passages only, without the whole texts."""
    for held, name in ((False, "built on"), (True, "held out")):
        chosen = [one for one in cases if is_held_out(one.case) is held]
        report(name, chosen, by_kind=True)
        report(f"{name}, 情况说明", [one for one in chosen if not is_report(one.case)], by_kind=False)
        report(f"{name}, annexed reports", [one for one in chosen if is_report(one.case)], by_kind=False)
    for held, name in ((False, "built on"), (True, "held out")):
        chosen = [one for one in reports if is_held_out(one.case) is held]
        report(f"further passages of reports, {name}", chosen, by_kind=False)
    if not some:
        narratives.report("whole narratives", narratives.narratives())
        for held, name in ((False, "built on"), (True, "held out")):
            chosen_reports = [one for one in narratives.narratives(narratives.REPORTS) if one.held_out is held]
            narratives.report(f"whole reports, {name}", chosen_reports)


def _failures(kind: str, cases: Sequence[Mapping[str, Any]]) -> None:
    for outcome in measure(read_all(cases))[3]:
        lists = (
            (("missed", outcome.missed_facts), ("read", outcome.wrong_facts))
            if kind == "facts"
            else (("missed", outcome.missed_errors), ("wrong", outcome.wrong_errors))
        )
        if any(entries for _, entries in lists):
            print(f"== {outcome.case['id']}\n{outcome.case['text'].rstrip()}")
            for label, entries in lists:
                for entry in entries:
                    print(f"   {label}: {entry}")


if __name__ == "__main__":
    main()
