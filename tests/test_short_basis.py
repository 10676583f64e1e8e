"""The list for the follow-up cites each law once, by its short name and articles."""

import pytest

from gouji.checks.rules import load_bases
from gouji.portfolio.short_basis import short_basis


@pytest.mark.parametrize(
    ("cited", "short"),
    [
        ("中华人民共和国预算法第十三条；中华人民共和国预算法第七十二条", "预算法第十三条、第七十二条"),
        ("中华人民共和国预算法第十三条；中华人民共和国预算法第十三条", "预算法第十三条"),
        ("中华人民共和国预算法实施条例（国务院令第729号）第六条；审计实务", "预算法实施条例第六条"),
        (
            "年度部门决算报表编制说明；地方预决算公开操作规程（财预〔2016〕143号）第三条、第四条；中华人民共和国预算法第十四条",
            "地方预决算公开操作规程第三条、第四条；预算法第十四条",
        ),
        ("审计实务；绩效自评表表内关系", "审计实务；绩效自评表表内关系"),
        ("", ""),
    ],
)
def test_citations_are_shortened(cited: str, short: str) -> None:
    assert short_basis(cited) == short


def test_every_basis_keeps_its_article() -> None:
    for one in load_bases().values():
        assert short_basis(one.citation).endswith(one.article)
        assert "号）" not in short_basis(one.citation)
