"""Whole narratives: true ones must have no error, and a figure changed in one of them must be found.

`tests/narratives/*.txt` are accounts of fictitious departments in the order and the wording of a province's template,
all of whose arithmetic holds. Beside each stand single alterations, as departments err: `old` and `new` text, the
altered `figure`, the `kind` of contradiction it makes, or `none` where the text stays free of any.
`tests/reports/whole` holds annexed reports in the same way, a quarter of which was not looked at while building.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import Overrides, recognise
from gouji.findings.explain import explain
from gouji.findings.finding import Finding, Findings
from gouji.runtime.yaml_data import load_yaml

TESTS = Path(__file__).resolve().parents[1] / "tests"
NARRATIVES = TESTS / "narratives"
REPORTS = TESTS / "reports" / "whole"


@dataclass(frozen=True)
class Narrative:
    """A text with the alterations made in it one at a time; `year` where the text itself does not say it."""

    name: str
    text: str
    alterations: list[Mapping[str, Any]]
    year: int | None = None
    held_out: bool = False


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


def narratives(folder: Path = NARRATIVES) -> Iterator[Narrative]:
    """Each text of a folder with its alterations."""
    for path in sorted(folder.glob("*.txt")):
        beside = load_yaml(path.with_suffix(".yaml").read_text(encoding="utf-8"))
        given = beside if isinstance(beside, Mapping) else {"alterations": beside}
        text = path.read_text(encoding="utf-8")
        yield Narrative(path.stem, text, given["alterations"], given.get("year"), given.get("held_out", False))


def findings_of(text: str, year: int | None = None) -> tuple[Findings, int]:
    """The findings on a narrative, and how many figures and words of direction it states."""
    document = Document("narrative", "", "utf-8", read_blocks(text))
    facts = recognise(document, Overrides(fallback_year=year))
    return explain(tie_out(facts)), sum(fact.claim is not None for fact in facts.statements())


def measure(chosen: Iterable[Narrative]) -> Tally:
    """Audits every narrative as it is and with each alteration."""
    tally = Tally()
    for one in chosen:
        clean, figures = findings_of(one.text, one.year)
        tally.narratives += 1
        tally.figures += figures
        tally.false_errors += [f"{one.name}: {found.message}" for found in clean.of("error")]
        known = {found.title for found in clean.of("error")}
        for alteration in one.alterations:
            _try(tally, one, alteration, known)
    return tally


def _try(tally: Tally, narrative: Narrative, alteration: Mapping[str, Any], known: set[str]) -> None:
    text = narrative.text
    altered = text.replace(alteration["old"], alteration["new"])
    errors = [one for one in findings_of(altered, narrative.year)[0].of("error") if one.title not in known]
    told = f"{narrative.name}: {alteration['new']} ({alteration['kind']}: {alteration['why']})"
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


def report(name: str, chosen: Iterable[Narrative], failures: bool = False) -> None:
    """Prints the tally; with `failures` also what was wrongly called an error and what was missed."""
    tally = measure(chosen)
    planted = tally.found + tally.elsewhere + len(tally.missed)
    print(f"{name}: {tally.narratives} of fictitious departments, {tally.figures} figures and direction words")
    print(f"  true as they stand    false errors {len(tally.false_errors)}")
    print(f"  true after a change   {tally.quiet + len(tally.disturbed)}, false errors in {len(tally.disturbed)}")
    print(
        f"  contradictions        {planted}, found at the changed figure {tally.found},"
        f" elsewhere {tally.elsewhere}, missed {len(tally.missed)}"
    )
    if failures:
        for told in (*tally.false_errors, *tally.disturbed, *tally.missed):
            print(f"   {told}")
