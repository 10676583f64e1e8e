"""The portfolio: the ranking and its reasons, outliers, digits, changes, charts, the list in Excel, the notebook."""

# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from fontTools.ttLib import TTFont
from matplotlib.text import Text

from conftest import ROOT
from gouji import UnusableInputError, portfolio
from gouji.checks.rules import load_rules
from gouji.ledger import compact, open_ledger
from gouji.memo.charts import to_png
from gouji.portfolio import charts
from gouji.portfolio.changes import changes
from gouji.portfolio.charts.heat import MOST, numbers
from gouji.portfolio.command import _as_page, with_font
from gouji.portfolio.demonstration import make_demonstration
from gouji.portfolio.digits import first_digits, last_digits
from gouji.portfolio.families import families, family
from gouji.portfolio.follow_up import write_follow_up
from gouji.portfolio.load import load
from gouji.portfolio.model import Account, Found, Portfolio, portfolio_of
from gouji.portfolio.outliers import LEAST, QUANTITIES, compared
from gouji.portfolio.ranking import criteria, ranking
from gouji.portfolio.start import View
from gouji.review.families import review_rules

SMALL = 14


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of a few fictitious departments, some published twice."""
    return make_demonstration(tmp_path_factory.mktemp("demo"), SMALL, seed=3)


@pytest.fixture(scope="module")
def view(ledger: Path) -> View:
    """What the notebook shows of it."""
    return portfolio.begin({"ledger": str(ledger), "write": False})


FOUND = Found(
    department_id="",
    rank=1,
    id="F-00000001",
    rule="expenditure.columns",
    rule_title="合计 = 分项",
    slip="",
    severity="error",
    title="数字不符",
    message="说明",
    place="支出决算表",
    amount=Decimal(1000),
    suggestion="",
    basis="",
    disposition="",
    disposition_state="",
    disposition_reason="",
)


def account(at: int, three_public: int | None = 1000, errors: int = 0, **more: object) -> Account:
    """A department's account; `three_public` a head."""
    amounts: dict[str, Decimal | None] = dict.fromkeys(QUANTITIES)
    amounts |= {"total_expenditure": Decimal(1_000_000), "total_income": Decimal(1_000_000)}
    amounts["three_public"] = None if three_public is None else Decimal(three_public * 10)
    plain = Account(
        id=f"{at:016x}",
        sequence=1,
        department=f"第{at}局",
        region=f"第{at % 60}县",
        region_code=f"9{at % 60:05d}",
        function="教育",
        headcount=10,
        year=2024,
        checks_made=100,
        unchecked=0,
        tables_missing=0,
        amounts=amounts,
        doubtful=frozenset(),
        findings=tuple(replace(FOUND, id=f"F-{number:08d}", rank=number) for number in range(errors)),
        standing=frozenset(),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def of_heads(values: Sequence[int | None]) -> Portfolio:
    """Departments with these 三公 a head."""
    return portfolio_of([account(at, value) for at, value in enumerate(values)])


def test_the_ledger_gives_every_account_once(ledger: Path, view: View) -> None:
    with open_ledger(ledger) as connection:
        assert connection.execute("select count(*) from runs").fetchone() == (SMALL,)
        assert connection.execute("select count(*) from all_runs").fetchone() != (SMALL,)
    assert len(view.portfolio.accounts) == SMALL
    assert all((one.last.year or 0) > (two.year or 0) for one in view.portfolio.departments for two in one.earlier)


def test_more_errors_come_first_and_the_reasons_say_so() -> None:
    found = portfolio_of([account(at, errors=at) for at in range(5)])
    ranked = ranking(found, compared(found))
    assert [one.department.name for one in ranked] == ["第4局", "第3局", "第2局", "第1局", "第0局"]
    assert ranked[0].reasons == ("错误4项（每百项勾稽4.0项错误）", "错误涉及4,000.00元，占本年支出的0.40%")
    assert ranked[0].points["errors"] == 40
    assert ranked[-1].score == 0
    assert ranked[-1].reasons == ()


def test_points_add_up_to_a_hundred() -> None:
    assert sum(one.points for one in criteria()) == 100


def test_what_an_auditor_has_settled_does_not_count() -> None:
    settled = replace(FOUND, disposition="explained", disposition_state="kept")
    stale = replace(FOUND, disposition="explained", disposition_state="changed")
    found = portfolio_of([account(0, findings=(settled,)), account(1, findings=(stale,))])
    assert [len(one.of("error")) for one in found.accounts] == [0, 1]


def test_a_difference_beyond_the_years_expenditure_is_no_money() -> None:
    one = account(0, findings=(FOUND, replace(FOUND, id="F-2", amount=Decimal(2_000_000))))
    assert one.at_stake == 1000
    doubtful = replace(
        one, doubtful=frozenset({"total_expenditure"}), amounts={**one.amounts, "total_income": Decimal(900)}
    )
    assert doubtful.expenditure == 900
    found = portfolio_of([one, account(1)])
    assert "另有1项为小数点错位、单位混用一类" in "；".join(ranking(found, compared(found))[0].reasons)


def test_the_size_of_a_shifted_point_is_no_money() -> None:
    shifted = replace(FOUND, amount=Decimal(600_000), slip="小数点错位")
    digit = replace(FOUND, id="F-2", slip="一位数字有误（原为1）")
    assert account(0, findings=(shifted, digit)).at_stake == 1000


def test_an_account_two_years_older_than_the_others_comes_last() -> None:
    found = portfolio_of([account(0, errors=9, year=2021), account(1, errors=1, year=2023), account(2)])
    ranked = ranking(found, compared(found))
    assert [one.department.name for one in ranked] == ["第1局", "第2局", "第0局"]
    assert ranked[2].score > ranked[1].score


def test_checks_that_could_not_be_made_count_from_a_third_on() -> None:
    found = portfolio_of([account(0, unchecked=60), account(1, unchecked=40), account(2)])
    ranked = ranking(found, compared(found))
    assert [(one.department.name, one.reasons) for one in ranked if one.score] == [
        ("第0局", ("160项勾稽中60项未能核对",))
    ]


def test_the_summary_counts_what_could_not_be_checked_as_the_memo_does(ledger: Path, view: View) -> None:
    with open_ledger(ledger) as connection:
        number = connection.execute("select sum(unbound + not_checked - inapplicable) from runs").fetchone()
    assert number is not None
    assert f"另有{number[0]:,}项未能核对" in repr(portfolio.summary(view))


def test_a_chart_says_how_many_it_drew() -> None:
    found = portfolio_of([account(at, errors=min(at, 1)) for at in range(5)])
    texts = [text.get_text() for text in charts.points_of_the_first(ranking(found, compared(found))).findobj(Text)]
    assert any("画出排在前面的4个部门，其余1个未画出，它们没有得分" in text for text in texts)


def test_the_last_year_counts_and_earlier_ones_are_named() -> None:
    early = account(0, errors=3, id="f" * 16, year=2023)
    found = portfolio_of([early, account(0, errors=1), account(1)])
    assert len(found.departments) == 2
    first = ranking(found, compared(found))[0]
    assert first.department.last.year == 2024
    assert first.reasons[-1] == "以前年度另有错误3项"


def test_an_outlier_needs_a_population() -> None:
    values = [900, 950, 1000, 1050, 1100, 1150, 1200, 90000]
    assert len(values) == LEAST
    [outlier] = compared(of_heads(values))[0].outliers
    assert (outlier.account.department, outlier.population.number, outlier.value) == ("第7局", 8, 90000)
    low, high = outlier.population.usual
    assert low < 1200 < high < 90000
    assert outlier.told.startswith("“三公”经费人均9.00万元，为教育领域（8个部门）中位数的")
    assert compared(of_heads(values[1:]))[0].outliers == ()
    assert compared(of_heads([1000] * 8 + [90000]))[0].outliers == ()


def test_many_times_the_median_is_an_outlier_however_much_the_others_differ() -> None:
    wide = [50, 90, 200, 500, 1000, 1700, 2000, 2500, 3000]
    [outlier] = compared(of_heads([*wide, 13000]))[0].outliers
    assert outlier.value == 13000
    assert 0 < outlier.score < 3.5
    assert outlier.population.usual[1] == 5 * outlier.population.median
    assert compared(of_heads([*wide, 6000]))[0].outliers == ()


def test_who_is_left_out_is_counted() -> None:
    accounts = [account(at, value) for at, value in enumerate([None, 0, 900, 950, 1000, 1050, 1100, 1150, 1200, 90000])]
    accounts[9] = replace(accounts[9], doubtful=frozenset({"three_public"}))
    one = compared(portfolio_of(accounts))[0]
    assert (one.unpublished, one.zero, one.doubtful, len(one.values)) == (1, 1, 1, 7)
    assert one.outliers == ()


def test_low_amounts_are_shown_and_give_no_points() -> None:
    found = of_heads([900, 950, 1000, 1050, 1100, 1150, 1200, 5])
    comparisons = compared(found)
    assert [one.score < 0 for one in comparisons[0].outliers] == [True]
    assert all(one.score == 0 for one in ranking(found, comparisons))


def test_without_headcounts_shares_are_compared() -> None:
    found = portfolio_of([account(at, 1000 + at, headcount=None) for at in range(9)])
    one = compared(found)[0]
    assert (one.measure.title, one.measure.unit) == ("“三公”经费占支出", "%")
    assert one.values[0][1] == 1


def test_a_small_function_is_compared_with_all() -> None:
    accounts = [account(at, 900 + 50 * at) for at in range(8)]
    accounts.append(account(8, 90000, function="科学技术"))
    [outlier] = compared(portfolio_of(accounts))[0].outliers
    assert outlier.population.name == "全部部门"


def facts(connection: duckdb.DuckDBPyConnection, values: Sequence[str], decimals: int = 2) -> None:
    """A view `facts` of printed amounts of one account."""
    number = len(values)
    table = pa.table(
        {
            "department_id": ["a"] * number,
            "value": pa.array([Decimal(one) for one in values], type=pa.decimal128(38, 10)),
            "decimals": [decimals] * number,
            "part": ["tables"] * number,
            "state": ["number"] * number,
            "unit": ["万元"] * number,
        }
    )
    connection.register("facts", table)


def test_digits_of_benfords_own_numbers() -> None:
    """Powers of a number follow the law; every amount counts once, whole ones are no last digits."""
    values = [f"{Decimal('1.01') ** at:.2f}" for at in range(232, 1389)]
    with duckdb.connect() as connection:
        facts(connection, [*values, *values])
        first, last = first_digits(connection), last_digits(connection)
    assert first.number == len(set(values))
    assert first.verdict == "吻合"
    assert last.number + last.excluded == first.number
    assert last.verdict == "没有明显偏离"
    assert {one.digit: one.number for one in last.digits}[3] == sum(
        one.endswith("3") for one in set(values) if not one.endswith(".00")
    )


def test_digits_that_somebody_made_up() -> None:
    with duckdb.connect() as connection:
        facts(connection, [f"{5000 + at}.{at % 50:02d}5" for at in range(900)], decimals=3)
        assert first_digits(connection).verdict == "不吻合"
        assert last_digits(connection).verdict == "有明显偏离"
        facts(connection, ["12.34", "0.05", "7"])
        few = first_digits(connection)
    assert (few.number, few.enough) == (2, False)
    assert "不作判断" in few.verdict


def test_changes_since_the_run_before(ledger: Path, view: View) -> None:
    with open_ledger(ledger) as connection:
        found = changes(connection)
        twice = connection.execute("select count(*) from runs where sequence = 2").fetchone()
    assert twice == (len(found),)
    assert {one.why for one in found} == {"文件重新公布"}
    assert sum(one.gone for one in found) > 0
    standing = {account.id: account.repeated_errors for account in view.portfolio.accounts if account.standing}
    assert sum(standing.values()) == sum(one.standing for one in found)


def test_every_rule_has_a_family() -> None:
    rules = (*load_rules(), *(rule for rule, _ in review_rules()))
    assert {family(rule.id) for rule in rules} == set(families())


def test_the_map_goes_over_to_regions() -> None:
    few = numbers(portfolio_of([account(at, errors=1) for at in range(MOST)]))
    assert (len(few.columns), few.percent, few.rows) == (MOST, False, ("表内合计与分项",))
    many = numbers(portfolio_of([account(at, errors=at % 2) for at in range(300)]))
    assert (len(many.columns), many.percent) == (MOST, True)
    assert "其余24个未列" in many.note
    assert {value for row in many.numbers for value in row} <= set(range(101))


@pytest.mark.parametrize("number", [0, 1, 12, 300])
def test_charts_draw_for_any_number_of_departments(number: int) -> None:
    found = portfolio_of([account(at, 900 + at * at % 977, errors=at % 4) for at in range(number)])
    comparisons = compared(found)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = [
            charts.points_of_the_first(ranking(found, comparisons)),
            charts.heat_map(found),
            charts.findings_by_family(found),
            *map(charts.spread, comparisons),
        ]
        assert all(to_png(one) == to_png(one) for one in drawn)


def test_the_list_for_the_follow_up(view: View, tmp_path: Path) -> None:
    number = write_follow_up(view.ranked, tmp_path / "list.xlsx")
    write_follow_up(view.ranked, tmp_path / "again.xlsx")
    assert (tmp_path / "list.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    sheet = book["整改台账"]
    heads = [cell.value for cell in sheet[3]]
    wanted = [
        "序号",
        "部门",
        "地区",
        "年度",
        "问题",
        "依据",
        "金额（元）",
        "建议",
        "审计认定",
        "整改措施",
        "责任人",
        "期限",
    ]
    assert [name for name in wanted if name not in heads] == []
    expected = sum(len(one.of(kind)) for one in view.portfolio.accounts for kind in ("error", "question"))
    assert number == expected == sheet.max_row - 3
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.auto_filter.ref == f"A3:P{sheet.max_row}"
    assert len(sheet.data_validations.dataValidation) == 2
    assert [row[0].value for row in book["部门排名"].iter_rows(min_row=4)] == list(range(1, len(view.ranked) + 1))


def test_begin_names_the_nearest_parameter_and_refuses_what_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="未知参数 leger，是否为 ledger？"):
        portfolio.begin({"leger": "x"})
    with pytest.raises(UnusableInputError, match="没有这个台账文件夹"):
        portfolio.begin({"ledger": str(tmp_path / "none")})


def test_an_empty_ledger_can_be_shown(tmp_path: Path) -> None:
    view = portfolio.begin({"ledger": str(tmp_path), "write": True, "out": str(tmp_path / "out")})
    shown = [portfolio.summary, portfolio.visits, portfolio.rules, portfolio.slips, portfolio.compared_total]
    assert all(repr(show(view)) for show in (*shown, portfolio.digit_tests, portfolio.changed))
    assert "不判断异常值" in repr(portfolio.outliers(view, 0))


def test_leave_writes_beside_the_ledger(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    portfolio.leave(portfolio.begin({"ledger": str(ledger)}))
    assert (ledger.parent / "portfolio" / "follow-up.xlsx").exists()
    assert "follow-up.xlsx" in capsys.readouterr().out


def test_load_is_the_same_after_compacting(ledger: Path) -> None:
    with open_ledger(ledger) as connection:
        before = load(connection), changes(connection), first_digits(connection)
    compact(ledger)
    with open_ledger(ledger) as connection:
        assert (load(connection), changes(connection), first_digits(connection)) == before


def test_rules_of_the_review_have_families_of_their_own() -> None:
    of_tables = family("income.columns")
    assert all(family(rule.id) != of_tables for rule, _ in review_rules())


def test_the_page_carries_its_chinese_font() -> None:
    """It is read on machines without a Chinese font too."""
    page = with_font("<html><head><style>b{}</style></head><body><p>勾稽审核</p></body></html>")
    packed = re.search(r"data:font/otf;base64,([A-Za-z0-9+/=]+)", page)
    assert packed is not None
    assert {ord(char) for char in "勾稽审核"} <= set(TTFont(io.BytesIO(base64.b64decode(packed[1]))).getBestCmap())
    assert page.index("b{}") < page.index("--jp-content-font-family") < page.index("</head>")


def test_the_page_has_a_title_for_people() -> None:
    assert "<title>各部门决算总览</title>" in _as_page(ROOT / "notebooks/30_portfolio.ipynb")
