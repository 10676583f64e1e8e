"""A number wrong in every place it was copied to is one finding, also where each row has a conflict of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SAMPLE
from gouji import Audit
from gouji.findings.finding import Finding

TEXT = SAMPLE.read_text(encoding="utf-8")


def errors(found: Audit) -> dict[str, Finding]:
    return {one.id: one for one in found.findings.of("error")}


@pytest.mark.parametrize(
    ("printed", "wrong", "slip"),
    [
        ("385.28", "385.82", "数字颠倒"),
        ("223.28", "232.28", "数字颠倒"),
        ("114.38", "141.38", "数字颠倒"),
        ("385.28", "358.28", "数字颠倒"),
    ],
)
def test_a_number_wrong_throughout_is_one_finding(
    printed: str, wrong: str, slip: str, audit_text: Callable[[str], Audit], sample: Audit
) -> None:
    found = errors(audit_text(TEXT.replace(printed, wrong)))
    (new,) = [one for number, one in found.items() if number not in errors(sample)]
    assert len(found) == len(errors(sample)) + 1
    assert new.located
    assert new.slip.startswith(slip)
    assert {one.figure.text.strip("万元 ") for one in new.suspects} == {wrong}
    assert len({one.place for one in new.suspects}) >= TEXT.count(printed) - 1  # one is but the whole of a report
    assert f"应为{printed}万元" in new.message


def test_rows_wrong_by_the_same_amount_are_not_one_number(audit_text: Callable[[str], Audit], sample: Audit) -> None:
    """Where the total and its part are alike in every row, either may be the wrong one."""
    rows = [
        "收入决算表",
        "单位：万元",
        "科目编码\t科目名称\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t经营收入\t附属单位上缴收入\t其他收入",
    ]
    rows += [f"2080{code}\t科目{code}\t10.00\t4.00\t0.00\t0.00\t0.00\t0.00\t7.00" for code in ("106", "107", "108")]
    found = audit_text("\n".join(["某局2023年度部门决算", *rows])).findings.of("error")
    assert not any(one.located for one in found)
