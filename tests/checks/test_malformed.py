"""Figures of sentences that are no numbers as printed: never read in part, each named with what it may stand for.

Cases are in `cases/narrative/malformed.yaml`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TESTS
from gouji import audit
from gouji.checks.check import Checks
from gouji.checks.malformed import prints
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Fact
from gouji.facts.narrative.tokens import Number, Token, tokens
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from gouji.findings.naming import spoken
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_text_facts

CASES: list[dict[str, Any]] = load_yaml((TESTS / "cases/narrative/malformed.yaml").read_text(encoding="utf-8"))
SECTION = "三、支出决算情况说明"
SAMPLE = TESTS.parent / "data/lanshan-employment-2023.txt"


def checked(case: dict[str, Any]) -> Checks:
    return tie_out(make_text_facts(case.get("section", SECTION), case["text"], table=case.get("table")))


def findings(checks: Checks) -> list[Finding]:
    return [one for one in explain(checks).findings if one.rule == "form.malformed"]


def in_numbers(values: list[Any]) -> list[Decimal]:
    return [Decimal(str(one)) for one in values]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    checks = checked(case)
    malformed = {same[0].figure.text: list(same[0].figure.readings) for same in prints(checks.facts)}
    assert malformed == {text: in_numbers(values) for text, values in case.get("malformed", {}).items()}
    others = [fact for fact in checks.facts.statements() if fact.figure.printed]
    assert list(dict.fromkeys(fact.figure.text for fact in others)) == case.get("read", [])
    if "signs" in case:
        assert [fact.signed for fact in others] == case["signs"]
    told = findings(checks)
    assert sorted(one.suspects[0].figure.text for one in told) == sorted(malformed)
    vouched = {one.suspects[0].figure.text: one.expected for one in told if one.expected is not None}
    assert vouched == {text: Decimal(str(value)) for text, value in case.get("vouched", {}).items()}
    for one in told:
        assert all(f"{value:f}" in one.message for value in one.suspects[0].figure.readings)
    assert not explain(checks).of("error")


@pytest.mark.parametrize("case", [case for case in CASES if "malformed" in case], ids=lambda case: case["case"])
def test_malformed_figure_takes_part_in_no_check(case: dict[str, Any]) -> None:
    checks = checked(case)
    own = [fact for same in prints(checks.facts) for fact in same]
    assert own
    assert not any(check.made for fact in own for check in checks.on(fact))


# Printed in the sample, and what is put in its place.
PLANTS = [
    ("385.28万元", "38,5.28万元"),
    ("162万元", "l62万元"),
    ("42.05%", "42.O5%"),
    ("42.05%", "42，05%"),
    ("57.95%", "57.9.5%"),
    ("70.31%", "70.31.%"),
    ("114.38万元", "11-4.38万元"),
    ("270.9万元", "270。9万元"),
    ("250.58万元", "250.5.8万元"),
    ("121.84万元", "121.84方元"),
    ("40.16万元", "4O.16万元"),
    ("2.3万元", "--2.3万元"),
    ("2028万元", "2O28万元"),
    ("2990.68万元", "29,90.68万元"),
    ("510.57万元", "510·57万元"),
    ("97.54%", "97..54%"),
]


def told(found: list[Finding]) -> set[tuple[str, int]]:
    """The rules that findings break, and the lines they accuse."""
    return {(one.rule, fact.place.line) for one in found for fact in one.suspects}


@pytest.mark.parametrize(("printed", "planted"), PLANTS, ids=lambda one: one)
def test_exactly_what_is_planted_in_the_sample_is_found(printed: str, planted: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    before, after = tmp_path / "before.txt", tmp_path / "after.txt"
    before.write_text(text, encoding="utf-8")
    after.write_text(text.replace(printed, planted, 1), encoding="utf-8")
    old, new = (audit(path).findings for path in (before, after))
    found = [one for one in new.findings if one.rule == "form.malformed"]
    assert len(found) == 1
    fact = found[0].suspects[0]
    line = after.read_text(encoding="utf-8").splitlines()[fact.place.line - 1]
    assert line[fact.place.start : fact.place.end].endswith(planted)
    assert told(list(new.of("error"))) <= told(list(old.of("error")))


# --- The grammar of numbers.

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
amounts = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
grouped = st.booleans()


def numbers(text: str) -> list[Token]:
    return [token for token in tokens(text, "expenditure") if token.number]


def number(token: Token) -> Number:
    assert token.number is not None
    return token.number


@given(amounts, grouped, st.booleans(), st.booleans(), st.sampled_from(["元", "万元", "亿元", "%", "万圆"]))
def test_well_formed_amount_is_read_as_itself(
    amount: Decimal, groups: bool, wide: bool, negative: bool, unit: str
) -> None:
    printed = ("-" if negative else "") + (f"{amount:,}" if groups else f"{amount}")
    printed = printed.translate(WIDE) if wide else printed
    read = numbers(f"年末结转和结余为{printed}{unit}，较上年增加。")
    assert [number(one).value for one in read] == [-amount if negative else amount]
    assert not number(read[0]).readings
    assert number(read[0]).unit == unit.replace("圆", "元")


@given(amounts, grouped, st.data())
def test_spaces_within_an_amount_are_nothing(amount: Decimal, groups: bool, data: st.DataObject) -> None:
    printed = f"{amount:,}" if groups else f"{amount}"
    at = data.draw(st.integers(1, len(printed)))
    read = numbers(f"本年支出合计为{printed[:at]} {printed[at:]}万元。")
    assert [number(one).value for one in read] == [amount]


CORRUPTING = "0123456789.,，。·-－OoIlSBZОО〇 "


@given(amounts, grouped, st.sampled_from(["insert", "replace", "delete"]), st.sampled_from(CORRUPTING), st.data())
def test_corrupted_amount_is_never_read_in_part(
    amount: Decimal, groups: bool, kind: str, char: str, data: st.DataObject
) -> None:
    printed = f"{amount:,}" if groups else f"{amount}"
    at = data.draw(st.integers(0, len(printed) - (kind != "insert")))
    put = "" if kind == "delete" else char
    corrupted = printed[:at] + put + printed[at + (kind != "insert") :]
    before = "本年支出合计为"
    read = numbers(f"{before}{corrupted}万元。")
    digits = [len(before) + at for at, one in enumerate(corrupted) if one.isdigit()]
    if not read:  # S1,234.56 is a name
        assert corrupted[0] in "SBZ"
        return
    assert len(read) == 1
    assert read[0].start <= digits[0]
    assert digits[-1] < read[0].end
    if not number(read[0]).readings:
        whole = re.sub(r"[\s,，]", "", corrupted.replace("－", "-").strip("。，,·〇"))
        assert number(read[0]).value == Decimal(whole.rpartition("-")[2]) * (-1 if whole.startswith("-") else 1)


def test_a_figure_that_nothing_vouches_for_is_asked_about() -> None:
    (finding,) = findings(checked({"text": "本年支出合计27O.9万元。"}))
    fact: Fact = finding.suspects[0]
    assert finding.title == f"{spoken(fact)}印为“27O.9万元”，应为多少？"
    assert finding.expected is None
    assert finding.repairs == ()


def test_a_figure_that_a_table_vouches_for_has_its_correction() -> None:
    case = {"text": "本年支出合计270，91万元。", "table": {"expenditure[total].total": "270.91"}}
    (finding,) = findings(checked(case))
    assert finding.title.endswith("印为“270，91万元”，是否应为270.91万元？")
    assert [one.to for one in finding.repairs] == ["270.91万元"]
    assert finding.corroborating[0].figure.text == "270.91"
