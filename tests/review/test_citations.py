"""Cited documents: title, issuer, number, year and date as printed, in the spellings of different provinces."""

from datetime import date
from typing import Any

import pytest

from gouji.reference.regulations import cited, earlier, regulations
from gouji.review.timing.citations import Citation, citations

CASES: dict[str, list[dict[str, Any]]] = {
    "根据《关于印发<城乡救助资金管理办法>的通知》（浙财社[2019]7号）": [
        {"title": "城乡救助资金管理办法", "issuer": "浙财社", "number": "浙财社〔2019〕7号", "year": 2019}
    ],
    "依据财政部《项目支出绩效评价管理办法》(财预〔2020〕10号)和《预算法》": [
        {"title": "项目支出绩效评价管理办法", "issuer": "财预", "number": "财预〔2020〕10号", "year": 2020},
        {"title": "预算法", "number": "", "year": 0},
    ],
    "按《某市专项资金管理办法》（2023年12月20日印发）执行": [
        {"title": "某市专项资金管理办法", "date": date(2023, 12, 20), "verb": "印发"}
    ],
    "执行《关于印发《差旅费管理办法》的通知》（鲁财行（2021）3号）": [
        {"title": "差旅费管理办法", "number": "鲁财行〔2021〕3号"}
    ],
    "按照财政部令第71号的规定": [{"title": "", "issuer": "财政部令", "number": "财政部令第71号", "year": 0}],
    "《行政单位财务规则》（财政部令第113号）": [{"title": "行政单位财务规则", "number": "财政部令第113号"}],
    "收到豫财预〔2022〕 319号指标文": [{"issuer": "豫财预", "number": "豫财预〔2022〕319号"}],
    "《甲办法》、《乙办法》（苏财社〔2018〕5号）": [
        {"title": "甲办法", "number": ""},
        {"title": "乙办法", "number": "苏财社〔2018〕5号"},
    ],
    "《某办法》（2023年2月31日发布）": [{"title": "某办法", "date": None}],
    "办公地址：某路25号，2023年共办理12件": [],
}


@pytest.mark.parametrize("text", CASES)
def test_what_is_cited(text: str) -> None:
    found = list(citations(text))
    assert len(found) == len(CASES[text]), found
    for one, wanted in zip(found, CASES[text], strict=True):
        assert {key: getattr(one, key) for key in wanted} == wanted
        assert 0 <= one.start < one.end <= len(text)


def test_a_citation_is_named_and_dated_by_what_it_prints() -> None:
    both = Citation("某办法", "湘财社", "湘财社〔2018〕25号", 2018, None, "", 0, 9)
    assert (both.named, both.issued) == ("《某办法》（湘财社〔2018〕25号）", 2018)
    dated = Citation("某办法", "", "", 0, date(2023, 12, 1), "发布", 0, 9)
    assert (dated.named, dated.issued) == ("《某办法》", 2023)


def test_regulations_are_known_by_number_and_by_title_only_where_one_version_has_it() -> None:
    assert cited("", "财政部令第71号") is not None
    assert cited("行政单位财务规则", "财政部令第113号") is None
    assert cited("行政单位财务规则", "") is None
    old = cited("部门决算管理制度", "")
    assert old is not None
    assert "36号" in old.replaced_by
    before = earlier("就业补助资金管理办法", 2023)
    assert before is not None
    assert before.number == "财社〔2017〕164号"


def test_every_regulation_has_dates_in_order_and_a_source() -> None:
    assert len(list(regulations())) > 20
    for one in regulations():
        assert one.source
        assert one.title
        assert not (one.repealed and one.in_force) or one.in_force < one.repealed
        assert not one.repealed or one.replaced_by
