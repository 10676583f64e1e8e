"""A table whose amounts are no numbers is unreadable, not empty."""

from __future__ import annotations

import pytest

from gouji.facts.fact import RecognisedTable, Status
from gouji.facts.tabled import described
from support.facts import make_facts


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        (("####", "######"), Status.UNREADABLE),
        (("#REF!", ""), Status.UNREADABLE),
        (("12.3.4", "0.00"), Status.UNREADABLE),
        (("####", "12.00"), Status.FOUND),
        (("0.00", ""), Status.EMPTY),
        (("本表无数据", ""), Status.EMPTY),
    ],
)
def test_a_table_of_unreadable_amounts_is_not_empty(printed: tuple[str, str], status: Status) -> None:
    facts = make_facts({"income[total].total": printed[0], "income[total].fiscal": printed[1]}, year=2022)
    table = described(RecognisedTable("income", "收入决算表", Status.FOUND), facts.facts)
    assert table.status is status
    assert ("未能读出" in table.problem) is (status is Status.UNREADABLE)
