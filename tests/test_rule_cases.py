"""Every rule against figures as data: `cases/rules/NAME.yaml` holds the cases of `gouji/rules/NAME.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from gouji.checks.check import Check, Checks
from gouji.checks.rules import Rule, load_rules, rule
from gouji.checks.tie_out import tie_out
from gouji.findings.explain import explain
from gouji.intervals import Verdict
from gouji.yaml_data import load_yaml
from support.facts import make_facts

FOLDER = Path(__file__).parent / "cases" / "rules"
CASE_KEYS = {"rule", "case", "printed", "unit", "year", "notes", "statements", "status", "outcome", "difference"}
FACT_KEYS = ("unit", "year", "notes", "statements", "status")

#: An unbound check that lacks a side which should be filled in.
OMITTED = "omitted"

#: The worst outcome first.
ORDER = (Verdict.CONFLICT, Verdict.NOT_CHECKED, Verdict.ROUNDING, Verdict.CONSISTENT, Verdict.UNBOUND)

#: Kinds of rule that speak of faults only: where there is none, they make no check.
FAULTS_ONLY = ("blank", "unreadable")

#: Kinds that need a table's text: their cases stand in test_clean.py.
OF_TEXT = ("unrecognised",)

Case = dict[str, Any]


def _cases() -> Iterator[Any]:
    """Every case with its file's name; ids are ASCII (pytest escapes the rest): expenditure.columns-05-rounding."""
    for path in sorted(FOLDER.glob("*.yaml")):
        turn: Counter[str] = Counter()
        for case in load_yaml(path.read_text(encoding="utf-8")):
            turn[case["rule"]] += 1
            name = f"{case['rule']}-{turn[case['rule']]:02}-{case['outcome']}"
            yield pytest.param(path.name, case, id=name)


PARAMETERS = list(_cases())
CASES: list[Case] = [parameter.values[1] for parameter in PARAMETERS]
RULES = load_rules()


@pytest.mark.parametrize(("name", "case"), PARAMETERS)
def test_rule_case(name: str, case: Case) -> None:
    checks = tie_out(make_facts(case.get("printed", {}), **{key: case[key] for key in FACT_KEYS if key in case}))
    outcome, worst = _outcome(rule(case["rule"]), checks)
    told = f"{name}: {case['case']}: {'; '.join(checks.algebra(check) for check in worst)}"
    assert outcome == case["outcome"], told
    if "difference" in case:
        assert checks.difference(worst[0]) == Decimal(case["difference"]), told


def _outcome(of: Rule, checks: Checks) -> tuple[str, list[Check]]:
    """The worst outcome among the checks of a rule and the checks so ended; unbound where none is made."""
    if of.kind in FAULTS_ONLY:
        return _fault_outcome(of, checks), []
    ended = [check for check in checks.checks if check.rule.id == of.id]
    omitted = [check for check in ended if check.blank]
    if omitted and not any(check.verdict is Verdict.CONFLICT for check in ended):
        return OMITTED, omitted
    worst = next((verdict for verdict in ORDER if any(check.verdict is verdict for check in ended)), Verdict.UNBOUND)
    return worst, [check for check in ended if check.verdict is worst]


def _fault_outcome(of: Rule, checks: Checks) -> Verdict:
    """Conflict where a finding is filed under the rule, else consistent if any figure is printed at all."""
    if any(finding.rule == of.id for finding in explain(checks).findings):
        return Verdict.CONFLICT
    return Verdict.CONSISTENT if any(fact.figure.printed for fact in checks.facts) else Verdict.UNBOUND


@pytest.mark.parametrize("of", [of for of in RULES if of.kind not in OF_TEXT], ids=lambda of: of.id)
@pytest.mark.parametrize("outcome", ["consistent", "conflict", "unbound"])
def test_rule_has_a_case_of_each_kind(of: Rule, outcome: str) -> None:
    assert any(case["rule"] == of.id and case["outcome"] == outcome for case in CASES), f"{of.id}: {outcome}"


@pytest.mark.parametrize(("name", "case"), PARAMETERS)
def test_case_is_well_formed(name: str, case: Case) -> None:
    assert set(case) <= CASE_KEYS
    assert case["outcome"] in {OMITTED, *(verdict.value for verdict in Verdict)}
    assert case["rule"] in {of["id"] for of in _entries(name)}, "a case stands in the file named like its rule's"
    texts = (*case.get("printed", {}).values(), *(said["printed"] for said in case.get("statements", ())))
    assert all(isinstance(text, str) for text in texts), "printed text is quoted"


def test_cases_are_told_apart() -> None:
    names = [(case["rule"], case["case"]) for case in CASES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_each_rule_file_has_its_cases() -> None:
    packaged = {path.name for path in files("gouji").joinpath("rules").iterdir() if path.name.endswith(".yaml")}
    assert {path.name for path in FOLDER.glob("*.yaml")} == packaged - {"basis.yaml"}


@pytest.mark.parametrize("of", RULES, ids=lambda of: of.id)
def test_rule_has_a_basis_with_name_and_checked_date(of: Rule) -> None:
    assert of.basis
    for basis in of.basis:
        assert basis.name
        assert basis.says
        assert date.fromisoformat(basis.checked)
        assert not basis.in_force or date.fromisoformat(basis.in_force) <= date.fromisoformat(basis.checked)


def _entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = load_yaml(files("gouji").joinpath("rules", name).read_text(encoding="utf-8"))
    return entries
