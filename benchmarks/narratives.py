"""Whole narratives: true ones must have no error, and a figure changed in one of them must be found.

`tests/narratives/*.txt` are accounts of fictitious departments in the order and the wording of a province's template,
all of whose arithmetic holds. Beside each stand single alterations, as departments err: `old` and `new` text, the
altered `figure`, the `kind` of contradiction it makes, or `none` where the text stays free of any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.findings.explain import explain
from gouji.findings.finding import Finding, Findings
from gouji.yaml_data import load_yaml

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "narratives"


@dataclass
class Tally:
    """What became of true narratives and of the alterations made in them."""

    narratives: int = 0
    figures: int = 0
    false_errors: list[str] = field(default_factory=list)
    found: int = 0
    elsewhere: int = 0
    missed: list[str] = field(default_factory=list)
    quiet: int = 0
    disturbed: list[str] = field(default_factory=list)


def narratives() -> Iterator[tuple[str, str, list[Mapping[str, Any]]]]:
    """Each province's narrative with its alterations."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield (
            path.stem,
            path.read_text(encoding="utf-8"),
            load_yaml(path.with_suffix(".yaml").read_text(encoding="utf-8")),
        )


def findings_of(text: str) -> tuple[Findings, int]:
    """The findings on a narrative, and how many figures and words of direction it states."""
    facts = recognise(Document("narrative", "", "utf-8", read_blocks(text)))
    return explain(tie_out(facts)), sum(fact.claim is not None for fact in facts.statements())


def measure() -> Tally:
    """Audits every narrative as it is and with each alteration."""
    tally = Tally()
    for name, text, alterations in narratives():
        clean, figures = findings_of(text)
        tally.narratives += 1
        tally.figures += figures
        tally.false_errors += [f"{name}: {one.message}" for one in clean.of("error")]
        known = {one.title for one in clean.of("error")}
        for alteration in alterations:
            _try(tally, name, text, alteration, known)
    return tally


def _try(tally: Tally, name: str, text: str, alteration: Mapping[str, Any], known: set[str]) -> None:
    altered = text.replace(alteration["old"], alteration["new"])
    errors = [one for one in findings_of(altered)[0].of("error") if one.title not in known]
    told = f"{name}: {alteration['new']} ({alteration['kind']}: {alteration['why']})"
    if alteration["kind"] == "none":
        tally.quiet += not errors
        tally.disturbed += [told] if errors else []
    elif any(_suspects(one, text, altered, alteration) for one in errors):
        tally.found += 1
    elif errors:
        tally.elsewhere += 1
    else:
        tally.missed.append(told)


def _suspects(finding: Finding, text: str, altered: str, alteration: Mapping[str, Any]) -> bool:
    """True where one of a finding's suspects overlaps what was altered."""
    begin = text.index(alteration["old"])
    old, new = alteration["old"], alteration["new"]
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    line = altered.count("\n", 0, begin + same) + 1
    column = begin + same - (altered.rfind("\n", 0, begin + same) + 1)
    return any(fact.place.line == line and fact.place.start <= column <= fact.place.end for fact in finding.suspects)


def report(failures: bool = False) -> None:
    """Prints the tally; with `failures` also what was wrongly called an error and what was missed."""
    tally = measure()
    planted = tally.found + tally.elsewhere + len(tally.missed)
    print(
        f"whole narratives: {tally.narratives} of fictitious departments, {tally.figures} figures and direction words"
    )
    print(f"  true as they stand    false errors {len(tally.false_errors)}")
    print(f"  true after a change   {tally.quiet + len(tally.disturbed)}, false errors in {len(tally.disturbed)}")
    print(
        f"  contradictions        {planted}, found at the changed figure {tally.found},"
        f" elsewhere {tally.elsewhere}, missed {len(tally.missed)}"
    )
    if failures:
        for told in (*tally.false_errors, *tally.disturbed, *tally.missed):
            print(f"   {told}")
