"""A violated rate that repeats the rate above is told to do so; nothing else is."""

from __future__ import annotations

import pytest
from benchmarks.passages import facts_of, findings_of

_SECTION = "七、“三公”经费支出决算情况说明"
_TOLD = "可能是照抄上一处"


def _told(text: str) -> str:
    case = {"id": "copied", "year": 2023, "section": _SECTION, "text": text}
    errors = findings_of(facts_of(case)).of("error")
    assert errors, text
    return "".join(finding.message for finding in errors)


@pytest.mark.parametrize(
    ("text", "above"),
    [
        (
            "公车运行费预算20.00万元，决算18.00万元，完成预算的90.00%；"
            "公务接待费预算10.00万元，决算8.00万元，完成预算的90.00%。",
            "公车运行费完成率",
        ),
        (
            "公车运行费18.00万元，比上年减少2.00万元，下降10.00%；公务接待费8.00万元，比上年减少1.00万元，下降10.00%。",
            "公车运行费增减率",
        ),
    ],
)
def test_a_rate_that_repeats_the_one_above(text: str, above: str) -> None:
    told = _told(text)
    assert _TOLD in told
    assert above in told[: told.index(_TOLD)]


@pytest.mark.parametrize(
    "text",
    [
        # 100 % is the rate of many things.
        "公车运行费预算20.00万元，决算20.00万元，完成预算的100%；公务接待费预算10.00万元，决算8.00万元，完成预算的100%。",
        # A rate of another kind.
        "公车运行费18.00万元，比上年减少2.00万元，下降10.00%；公务接待费预算10.00万元，决算8.00万元，完成预算的10.00%。",
        # The same thing, told again.
        "公务接待费预算10.00万元，决算8.00万元，完成预算的90.00%。公务接待费完成预算的90.00%。",
        # Another rate.
        "公车运行费预算20.00万元，决算18.00万元，完成预算的90.00%；公务接待费预算10.00万元，决算8.00万元，完成预算的91.00%。",
    ],
)
def test_a_rate_that_repeats_none(text: str) -> None:
    assert _TOLD not in _told(text)
