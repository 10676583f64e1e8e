"""Every rule against figures as data: `cases/rules/NAME.yaml` holds the cases of `gouji/rules/NAME.yaml`.

`NAME_text.yaml` holds those of the same rules that are passages of text, in the words of a published document.
`difference` is by how much the left side is more than the right, in the unit of the left side: a number, or arithmetic
with printed figures (each stands in the case, but for 100 and 10000 that change the unit).
"""

from __future__ import annotations

import ast
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.check import Check, Checks
from gouji.checks.rules import Rule, load_rules, rule
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Facts
from gouji.findings.explain import explain
from gouji.intervals import Verdict
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts, make_text_facts

FOLDER = TESTS / "cases" / "rules"
CASE_KEYS = {"rule", "case", "printed", "unit", "year", "notes", "statements", "status", "outcome", "difference"}
FACT_KEYS = ("unit", "year", "notes", "statements", "status")
TEXT = "_text"
TEXT_KEYS = {"rule", "case", "section", "text", "year", "unit", "table", "note_of", "outcome", "difference", "figure"}
TEXT_FACT_KEYS = ("section", "text", "table", "note_of", "unit", "year")

#: An unbound check that lacks a side which should be filled in.
OMITTED = "omitted"

#: Of a passage: the rule makes no check at all, not even an unbound one.
NONE = "none"

#: The worst outcome first.
ORDER = (Verdict.CONFLICT, Verdict.NOT_CHECKED, Verdict.ROUNDING, Verdict.CONSISTENT, Verdict.UNBOUND)

#: Outcomes in which the two sides are not the same.
_DIFFERS = ("conflict", "rounding")

#: Kinds of rule that speak of faults only: where there is none, they make no check.
FAULTS_ONLY = ("blank", "unreadable")

#: Kinds that compare no two amounts: their cases have no `difference`.
_NO_AMOUNTS = (
    *("blank", "unreadable", "zero_or_none", "empty_unexplained", "count_money", "listed_accounts"),
    *("note_of_nothing", "zero_base", "contrary_rate", "prior_rates", "absent_class", "awarded_by_kind"),
    *("implied_budgets", "left_out_items"),
)

#: A result that is told as a share of what was aimed at is not compared in numbers.
_NO_AMOUNT = {("narrative.target", "完成目标的96%")}

#: The numbers that turn a quotient into per cent and one unit of money into another.
_FACTORS = {Fraction(100), Fraction(10_000)}

#: A quotient is told to so much.
_QUOTIENT = Fraction(1, 2 * 10**6)

#: Kinds that need a document's text: their cases stand in test_clean.py, test_placeholders.py,
#: test_doubled.py, test_malformed.py, test_miscoded.py and test_told_documents.py.
OF_TEXT = (
    *("unrecognised", "unread", "unfilled", "placeholder", "doubled", "doubled_open", "malformed", "miscoded"),
    *("unit_left_out", "whole_report", "whole_report_open", "named_alike", "execution_rate"),
)

#: Kinds that look at annexed forms, or speak of evaluations: their cases stand in test_evaluation.py and
#: test_performance.py.
OF_FORMS = ("evaluation_", "against_target")

#: Rules of tables beyond the nine (`beyond`) have theirs in test_annexed.py.

#: Kinds that judge all rows together: their cases stand in test_joint.py.
OF_ALL_ROWS = ("joint",)

#: Kinds of rule that make a check only where both sides are stated: what they do without one, a case of `none` shows.
_ONLY_STATED = (
    *("repeated_relation", "repeated_phrase", "family", "family_change", "usual_kinds", "shares_total", "limit"),
    *("count_money", "target", "listed_accounts", "note_of_nothing", "zero_base", "balance", "prior_limit"),
    *("contrary_rate", "awarded_by_kind", "implied_budgets", "left_out_items"),
    "restated",
    *("usual_counts", "changes_at_most", "usual_changes", "usual_items", "usual_balance", "prior_closing"),
    *("prior_sign", "items", "account_limit", "absent_class", "of_nothing", "prior_rates", "annexed_stated"),
    "table_counts",
    "points",
    *("completion_at_most", "completion_at_least", "personnel_least"),
)

#: Kinds that begin so look for the figures that another is made of. The words name none, so none is known to be
#: missing: where nothing fits and no slip explains it they make no check, which a case of `none` shows.
DERIVED = "derived"

#: Outcomes that cannot occur: those, and of `slip`, `derived_repeat` and `cut_off` all but a conflict. `cut_off` (a
#: note) makes no checks of its own: a quotient whose percentage was cut off instead of rounded is filed under it.
NEVER = {
    *((kind, outcome) for kind in ("cut_off", "slip", "derived_repeat") for outcome in ("consistent", "unbound")),
    *((kind, "unbound") for kind in _ONLY_STATED),
    *((of.kind, "unbound") for of in load_rules() if of.kind.startswith(DERIVED)),
}

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
    checks = tie_out(_facts(case))
    outcome, worst = _said_outcome(case, checks) if "text" in case else _outcome(rule(case["rule"]), checks)
    told = f"{name}: {case['case']}: {'; '.join(checks.algebra(check) for check in worst)}"
    assert outcome == case["outcome"], told
    if "difference" in case:
        given = str(case["difference"])
        found = checks.difference(worst[0])
        assert found is not None, told
        assert abs(Fraction(found) - _computed(given)) <= (_QUOTIENT if "/" in given else 0), told
    elif worst and case["outcome"] in _DIFFERS:
        assert [checks.difference(one) for one in worst] == [None] * len(worst), told


_OPERATIONS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _computed(arithmetic: str) -> Fraction:
    """What an arithmetic of decimals comes to, exactly."""

    def value(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            return _OPERATIONS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp):
            return -value(node.operand)
        return Fraction(ast.get_source_segment(arithmetic, node) or "")

    return value(ast.parse(arithmetic, mode="eval").body)


def _numbers(text: str) -> set[Fraction]:
    return {Fraction(number) for number in re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", text))}


def _facts(case: Case) -> Facts:
    """What a case prints, in tables or in a passage."""
    if "text" in case:
        return make_text_facts(**{key: case[key] for key in TEXT_FACT_KEYS if key in case})
    return make_facts(case.get("printed", {}), **{key: case[key] for key in FACT_KEYS if key in case})


def _said_outcome(case: Case, checks: Checks) -> tuple[str, list[Check]]:
    """The worst outcome among the checks of a passage's rule (on its `figure`, if it names one), and those checks."""
    ended = [check for check in checks.checks if check.rule.id == case["rule"]]
    ended = [check for check in ended if "figure" not in case or _is_about(check, case["figure"], checks)]
    worst = next((verdict for verdict in ORDER if any(check.verdict is verdict for check in ended)), NONE)
    return worst, [check for check in ended if check.verdict is worst]


def _is_about(check: Check, printed: str, checks: Checks) -> bool:
    """True for a check that judges the figure (or the word) so printed: 27.30万元 is also that of 减少27.30万元."""
    judged = check.claims or check.concerns or tuple(fact for _, fact in check.left)
    shown = re.compile(rf"(?<![\d.,]){re.escape(printed)}$")
    return any(shown.search(checks.facts.facts[fact].figure.text.strip()) for fact in judged)


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


@pytest.mark.parametrize(
    "of",
    [
        of
        for of in RULES
        if of.kind not in (*OF_TEXT, *OF_ALL_ROWS) and not of.kind.startswith(OF_FORMS) and not of.beyond
    ],
    ids=lambda of: of.id,
)
@pytest.mark.parametrize("outcome", ["consistent", "conflict", "unbound"])
def test_rule_has_a_case_of_each_kind(of: Rule, outcome: str) -> None:
    wanted = NONE if (of.kind, outcome) in NEVER else outcome
    cases = [case for case in CASES if case["rule"] == of.id]
    assert any(case["outcome"] == wanted for case in cases), f"{of.id}: {wanted}"


@pytest.mark.parametrize(("name", "case"), PARAMETERS)
def test_case_is_well_formed(name: str, case: Case) -> None:
    said = "text" in case
    assert said == Path(name).stem.endswith(TEXT)
    assert set(case) <= (TEXT_KEYS if said else CASE_KEYS)
    assert case["outcome"] in {NONE if said else OMITTED, *(verdict.value for verdict in Verdict)}
    assert case["rule"] in {of["id"] for of in _entries(name)}, "a case stands in the file named like its rule's"
    assert case.get("figure", "") in case.get("text", ""), "the figure stands in the passage"
    texts = (*case.get("printed", {}).values(), *case.get("table", {}).values())
    texts = (*texts, *(one["printed"] for one in case.get("statements", ())))
    assert all(isinstance(text, str) for text in texts), "printed text is quoted"
    if case["outcome"] in _DIFFERS:
        told = rule(case["rule"]).kind not in _NO_AMOUNTS and (case["rule"], case["case"]) not in _NO_AMOUNT
        assert ("difference" in case) == told
    arithmetic = str(case.get("difference", ""))
    if re.search(r"[-+*/] ", arithmetic):
        printed = _numbers(" ".join((case.get("text", ""), *texts)))
        assert _numbers(arithmetic) <= printed | _FACTORS | {Fraction(0)}, "figures of the case; 持平 is 0"


def test_cases_are_told_apart() -> None:
    names = [(case["rule"], case["case"]) for case in CASES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_each_rule_file_has_its_cases() -> None:
    packaged = {path.name for path in files("gouji").joinpath("rules").iterdir() if path.name.endswith(".yaml")}
    assert {path.name for path in FOLDER.glob("*.yaml") if not path.stem.endswith(TEXT)} == packaged - {
        "annexed.yaml",
        "basis.yaml",
        "evaluation.yaml",
        "joint.yaml",
    }


@pytest.mark.parametrize("of", RULES, ids=lambda of: of.id)
def test_rule_has_a_basis_with_name_and_checked_date(of: Rule) -> None:
    assert of.basis
    for basis in of.basis:
        assert basis.name
        assert basis.says
        assert date.fromisoformat(basis.checked)
        assert not basis.in_force or date.fromisoformat(basis.in_force) <= date.fromisoformat(basis.checked)


@cache
def _entries(name: str) -> list[dict[str, Any]]:
    """The rules that the cases of a file are of."""
    of = files("gouji").joinpath("rules", name.replace(TEXT, ""))
    entries: list[dict[str, Any]] = load_yaml(of.read_text(encoding="utf-8"))
    return entries
