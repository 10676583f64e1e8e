"""A report on performance published by itself is audited for what it holds; a text about anything else is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji import Audit
from gouji.errors import UnusableInputError

SPENT = "项目预算安排80.00万元，实际支出60.00万元，预算执行率{rate}。"


def report(rate: str) -> str:
    """A report of a project that spent 75 % of its budget."""
    return f"某县示范局2023年度项目支出绩效自评报告\n一、项目资金使用情况\n{SPENT.format(rate=rate)}\n"


def test_a_report_alone_is_audited(audit_text: Callable[[str], Audit]) -> None:
    assert audit_text(report("75%")).findings.of("error") == ()
    (found,) = audit_text(report("85%")).findings.of("error")
    assert "85%" in found.full


def test_another_text_with_amounts_is_refused(audit_text: Callable[[str], Audit]) -> None:
    with pytest.raises(UnusableInputError, match="绩效报告"):
        audit_text(f"某县示范公司采购合同\n一、价款\n{SPENT.format(rate='75%')}\n")
