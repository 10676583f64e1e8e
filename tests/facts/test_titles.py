"""The year of account and the department, as titles and text say them."""

from pathlib import Path

import pytest

from gouji.document.model import Document
from gouji.document.reader import read
from gouji.facts.recognise import recognise
from gouji.facts.titles import year_of_account
from support.texts import document_of

SPOKEN = "2023年度收入总计50.00万元，支出总计50.00万元。\n2023年年末在职人员5人。\n"
LINKS = "栏目\n" * 20 + "2022年度部门决算\n宁溪县档案馆2023年度部门决算\n"


def _year(document: Document) -> int | None:
    return year_of_account(document, "决算")


YEARS = [
    pytest.param(f"首页\n2021年度部门决算公开\n正文\n宁溪县档案馆2023年度部门决算\n{SPOKEN}", 2023, id="a link"),
    pytest.param(LINKS + SPOKEN, 2023, id="many links"),
    pytest.param(
        "宁溪县档案馆2022年度部门决算\n较2021年增加1万元，比2021年多，与2021年相比增长。\n", 2022, id="compared"
    ),
    pytest.param("收入较2022年增加1万元，比2022年高，与2022年度决算数相比增长。2023年收入5万元。\n", 2023, id="vote"),
    pytest.param("收入比上年（2022年）增加1万元。支出较2022年减少。2023年收入5万元。\n", 2023, id="in brackets"),
    pytest.param(f"2022年“三公”经费支出决算为3.46万元，完成预算100%。\n{SPOKEN}", 2023, id="a sentence is no title"),
    pytest.param("决算公开\n第三部分 2023年度部门决算情况说明\n2022年项目结余2万元。2023年用完。\n", 2023, id="a part"),
    pytest.param("较2022年增加1万元。\n", 2022, id="years of comparison where there are no others"),
    pytest.param("宁溪县档案馆２０２３年度部门决算\n２０２３年度收入总计5.00万元。\n", 2023, id="wide digits"),
    pytest.param("宁溪县档案馆二〇二三年度部门决算\n二〇二三年度收入总计5.00万元。\n", 2023, id="Chinese numerals"),
    pytest.param("宁溪县档案馆二零二三年度部门决算\n收入较二零二二年增加5.00万元。\n", 2023, id="numerals with 零"),
    pytest.param("部门决算\n二十年来，馆藏增加了二三百件。\n", None, id="numerals of no year"),
    pytest.param("部门决算\n", None, id="none"),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_year(text: str, year: int | None) -> None:
    assert _year(document_of(text)) == year


def test_year_of_the_second_file(tmp_path: Path) -> None:
    """Tables without a year, then a text that speaks as much of the year before."""
    tables, text = tmp_path / "tables.txt", tmp_path / "text.txt"
    tables.write_text("收入决算表\n" * 30 + "项目\t合计\n合计\t5.00\n", encoding="utf-8")
    text.write_text(
        "宁溪县档案馆2023年度部门决算\n2022年结转1万元。2022年已支出。2023年收入5万元。2023年支出5万元。\n",
        encoding="utf-8",
    )
    assert _year(read([tables, text])) == 2023


NAMES = [
    pytest.param("宁溪县档案馆2023年度部门决算\n", "宁溪县档案馆", id="one line"),
    pytest.param("宁溪县档案馆\n2023年度部门决算\n", "宁溪县档案馆", id="two lines"),
    pytest.param(
        "关于宁溪县档案馆2023年度部门决算的说明\n宁溪县档案馆\n2023年度决算情况说明\n", "宁溪县档案馆", id="about"
    ),
    pytest.param("宁溪县档案馆2023年度“三公”经费支出决算情况说明\n", "宁溪县档案馆", id="what it says of it"),
    pytest.param("二、部门决算情况说明\n", "", id="a number"),
    pytest.param("第二部分 2023年度部门决算情况说明\n", "", id="a part"),
    pytest.param("（二）一般公共预算支出决算情况说明\n", "", id="a numbered heading"),
    pytest.param("2023年度支出决算情况说明\n", "", id="支出"),
    pytest.param("2023年度政府采购决算情况说明\n", "", id="政府采购"),
    pytest.param("2023年度全区“三公”经费决算情况\n", "", id="三公经费"),
    pytest.param("目录\n2023年度部门决算\n", "", id="目录"),
    pytest.param("第一部分 宁溪县档案馆概况\n", "宁溪县档案馆", id="the first part"),
    pytest.param("明水县预算绩效评价中心2023年度部门决算\n", "明水县预算绩效评价中心", id="预算绩效评价中心"),
    pytest.param("明水县政府采购中心2023年度部门决算\n", "明水县政府采购中心", id="政府采购中心"),
    pytest.param("明水县非税收入征收局2023年度部门决算\n", "明水县非税收入征收局", id="非税收入征收局"),
    pytest.param("明水县信息公开中心2023年度部门决算\n", "明水县信息公开中心", id="信息公开中心"),
    pytest.param("明水县财政支出中心2023年度部门决算\n", "明水县财政支出中心", id="财政支出中心"),
    pytest.param("明水县三公里小学2023年度部门决算\n", "明水县三公里小学", id="三公里小学"),
    pytest.param("明水县政府采购中心政府采购支出决算说明\n", "明水县政府采购中心", id="what is said of such a name"),
    pytest.param("明水县预算绩效评价中心\n2023年度部门决算\n", "明水县预算绩效评价中心", id="such a name on two lines"),
    pytest.param("第一部分 明水县信息公开中心概况\n", "明水县信息公开中心", id="such a name in the first part"),
    pytest.param("明水县信息公开网站\n2023年度部门决算\n", "明水县信息", id="网站"),
    pytest.param("明水县档案馆政府采购支出决算说明\n", "明水县档案馆", id="政府 of 政府采购 is none"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_department(text: str, name: str) -> None:
    assert recognise(document_of(text + SPOKEN)).department == name


@pytest.mark.parametrize("year", ["２０２３", "二〇二三", "二○二三", "二零二三", "二O二三"])
def test_another_year_in_any_digits_is_another_table(year: str) -> None:
    rows = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n205\t教育支出\t15.00\t12.00\t3.00\n"
    last = year[:3] + {"３": "２", "三": "二"}[year[3]]
    text = f"{year}年度部门决算\n{last}年度支出决算表\n{rows.replace('3.00', '2.00')}\n{year}年度支出决算表\n{rows}"
    fact = recognise(document_of(text)).get("expenditure", "205", "project")
    assert fact is not None
    assert fact.figure.text == "3.00"


@pytest.mark.parametrize("year", ["2023", "２０２３", "二〇二三", "二零二三", "二O二三"])
def test_a_sentence_names_its_year_in_any_digits(year: str) -> None:
    text = f"第二部分 {year}年度部门决算情况说明\n三、支出决算情况说明\n{year}年度本年支出合计30.00万元。\n"
    assert [fact.concept.path for fact in recognise(document_of(text)).statements()] == [
        "narrative.expenditure[total].total"
    ]
