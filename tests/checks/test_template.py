"""Documents of one template, checked together: the verdicts and residuals that each gets alone."""

# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import product
from random import Random

import numpy as np
import pytest

from conftest import TESTS
from gouji import Audit
from gouji.checks.check import Check
from gouji.checks.published import ABSENT
from gouji.checks.rules import Rule, load_rules, parse_rule
from gouji.checks.structure import conditions_of
from gouji.checks.template import BatchVerdicts, TemplateSystem, by_template
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.fact import Facts, Status
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.intervals import NOT_CHECKED, VERDICTS, Verdict, scaled
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts
from support.variations import variations, with_texts

IDENTITIES = tuple(rule for rule in load_rules() if rule.kind == "identity")
CASES = TESTS / "cases" / "rules"
FACT_KEYS = ("unit", "year", "notes", "status")


def recognised(text: str) -> Facts:
    """The facts of a text."""
    return recognise(Document("department", "", "utf-8", read_blocks(text)))


def told(checks: Iterable[Check]) -> list[tuple[object, ...]]:
    """What is compared: which checks there are, their verdicts and residuals."""
    return [(one.rule.id, one.left, one.right, one.verdict, one.residual, one.blank) for one in checks]


def assert_as_one_by_one(documents: Sequence[Facts], rules: Sequence[Rule] = IDENTITIES) -> BatchVerdicts:
    """Checks documents of one template together, bound on the last of them, and compares with each alone."""
    system = TemplateSystem.of(documents[-1], rules)
    verdicts = system.check(system.batch(documents))
    for document, facts in enumerate(documents):
        assert told(verdicts.of(document)) == told(tie_out(facts, tuple(rules)).checks)
    return verdicts


def with_conditions_met(facts: Facts) -> Facts:
    """The document with every cell left blank that a condition looks at, so that all conditions hold."""
    rules = [rule for rule in IDENTITIES if facts.annexed.keys() >= rule.beyond]
    needs = [need for rule in rules for one in conditions_of(rule, facts) for need in one.needs]
    return with_texts(facts, {need.fact: "" for need in needs if need.fact is not None})


@pytest.mark.parametrize("template", list(TEMPLATES))
@pytest.mark.parametrize("seed", range(2))
def test_together_as_one_by_one(template: str, seed: int) -> None:
    facts = recognised(to_text(make_department(seed, template)))
    rng = Random(f"{template}/{seed}")
    documents = [*variations(facts, rng, 20), *variations(with_conditions_met(facts), rng, 10)]
    verdicts = assert_as_one_by_one(documents)
    assert {*verdicts.codes.ravel().tolist()} == {int(ABSENT), *range(len(VERDICTS))}
    assert verdicts.omitted.any()


def test_as_the_checks_of_the_tables_when_sentences_are_checked_too(sample: Audit) -> None:
    system = TemplateSystem.of(sample.facts)
    of_tables = [check for check in sample.checks.checks if check.rule.kind == "identity"]
    assert told(system.check(system.batch([sample.facts])).of(0)) == told(of_tables)


@pytest.mark.parametrize(
    ("text", "instances", "instead"),
    [("", True, False), ("1.00", False, False), ("abc", False, True)],
    ids=["holds", "does not hold", "unreadable"],
)
def test_a_rule_applies_or_not_or_cannot_be_decided(sample: Audit, text: str, instances: bool, instead: bool) -> None:
    facts = with_conditions_met(sample.facts)
    other = facts.get("summary", "other", "income")
    assert other is not None
    verdicts = assert_as_one_by_one([with_texts(facts, {other.id: text}), sample.facts])
    rows = [row for row, check in enumerate(verdicts.checks) if check.rule.id == "fiscal_summary.only_fiscal_rows"]
    first, *rest = verdicts.codes[rows, 0]
    assert first == (NOT_CHECKED if instead else ABSENT)
    assert all((code != ABSENT) == instances for code in rest)


@pytest.mark.parametrize("label", ["项目支出", "公务接待费", "其他收入", "本年收入合计", "教育支出"])
def test_labels_no_layout_knows(label: str) -> None:
    """Where a figure of an unknown row or column may belong to a sum it is not checked; where all are zero it is."""
    tables, narrative = to_text(make_department(1, "hunan2023")).split("第三部分", 1)
    facts = recognised(tables.replace(label, "未见过的名称") + "第三部分" + narrative)
    unknown = {fact.id: "0" for fact in facts if "?" in fact.concept.path}
    verdicts = assert_as_one_by_one([*variations(facts, Random(label), 20), with_texts(facts, unknown)])
    if any(facts.facts[number].amount for number in unknown):
        assert (verdicts.codes[:, 0] == NOT_CHECKED).sum() > (verdicts.codes[:, -1] == NOT_CHECKED).sum()


def test_the_cases_of_the_rules_by_template() -> None:
    """Tables that are missing, empty or unreadable, rows that lack: every case of every rule, grouped."""
    cases = [case for path in sorted(CASES.glob("*.yaml")) for case in load_yaml(path.read_text(encoding="utf-8"))]
    documents = [
        make_facts(case["printed"], **{key: case[key] for key in FACT_KEYS if key in case})
        for case in cases
        if case.get("printed") and case["rule"] in {rule.id for rule in IDENTITIES}
    ]
    groups = by_template(documents)
    assert sorted(place for places in groups.values() for place in places) == list(range(len(documents)))
    assert len(groups) < len(documents)
    for places in groups.values():
        assert_as_one_by_one([documents[place] for place in places])


def test_what_is_printed_makes_no_template_but_which_cells_there_are_does() -> None:
    cells = {"expenditure[total].total": "3.00", "expenditure[201].total": "3.00"}
    blank = dict.fromkeys(cells, "")
    one, full, empty = make_facts(cells), make_facts(cells | {"expenditure[total].total": "abc"}), make_facts(blank)
    assert empty.tables["expenditure"].status is Status.EMPTY
    others = [
        make_facts(cells | {"expenditure[20101].total": "3.00"}),
        make_facts(cells, unit="元"),
        make_facts(cells, year=2020),
        make_facts(cells, status={"income": "unreadable"}),
    ]
    assert list(by_template([one, others[0], full, empty, *others[1:]]).values()) == [[0, 2, 3], [1], [4], [5], [6]]


def test_a_document_of_another_template_is_refused() -> None:
    one = make_facts({"expenditure[total].total": "3.00"})
    system = TemplateSystem.of(one)
    with pytest.raises(ValueError, match="document 1 is of another template"):
        system.batch([one, make_facts({"expenditure[201].total": "3.00"})])


def test_no_document_is_refused() -> None:
    one = make_facts({"expenditure[total].total": "3.00"})
    with pytest.raises(ValueError, match="no document"):
        TemplateSystem.of(one).batch([])


@pytest.mark.parametrize(
    ("printed", "dtypes"),
    [("99999999.99", (np.int64, np.int64)), ("400000000", (np.int64, object)), ("99999999999999.99", (object, object))],
    ids=["64 bits", "a sum of more than 64 bits", "a figure of more than 64 bits"],
)
def test_sums_beyond_64_bits_are_exact(printed: str, dtypes: tuple[type, type]) -> None:
    cells = {f"expenditure[total].{column}": "0.01" for column in ("total", "basic", "project")}
    documents = [make_facts(cells | {"expenditure[total].total": text}) for text in ("0.02", printed, "", "abc")]
    verdicts = assert_as_one_by_one(documents)
    assert (TemplateSystem.of(documents[0]).batch(documents).amounts.dtype, verdicts.residuals.dtype) == dtypes
    check = next(one for one in verdicts.of(1) if one.rule.id == "expenditure.columns")
    assert check.verdict is Verdict.CONFLICT
    assert check.residual == scaled(Decimal(printed) - Decimal("0.02"), "万元")


def test_more_documents_than_are_judged_at_a_time() -> None:
    facts = recognised(to_text(make_department(1, "items_only")))
    documents = [facts, with_conditions_met(facts)] * 300
    system = TemplateSystem.of(facts)
    verdicts = system.check(system.batch(documents))
    assert verdicts.codes.shape == (len(system.checks), 600)
    for document in (0, 1, 511, 512, 599):
        assert told(verdicts.of(document)) == told(tie_out(documents[document], IDENTITIES).checks)


def test_figures_defined_in_a_circle() -> None:
    """Rules may say of two figures that each is made of the other; how many parts excuse a difference is the same."""
    total, basic, project = (f"expenditure[total].{column}" for column in ("total", "basic", "project"))
    identities = [f"{total} = {basic} + {project}", f"{basic} = {total} + {project}"]
    identities.append(f"summary[total].expenditure = {total}")
    entries = [{"id": f"circle.{name}", "title": "", "basis": ["one"]} for name in ("one", "other", "tie")]
    rules = [
        parse_rule(entry | {"identity": identity}, {"one": load_rules()[0].basis[0]}, "")
        for entry, identity in zip(entries, identities, strict=True)
    ]
    paths = (total, basic, project, "summary[total].expenditure")
    prints = product(("3.00", "3.01", "3.02"), ("", "3.00"), ("0", "0.01"), ("3.00", "3.03", ""))
    verdicts = assert_as_one_by_one([make_facts(dict(zip(paths, texts, strict=True))) for texts in prints], rules)
    assert {Verdict.ROUNDING, Verdict.CONFLICT} <= {VERDICTS[code] for code in verdicts.codes[2]}
