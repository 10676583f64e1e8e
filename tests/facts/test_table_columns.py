"""Which column of a table is which, where provinces print more or fewer of them."""

import pytest

from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Facts, Status
from gouji.facts.recognise import recognise
from support.texts import document_of

TITLE = "宁溪县档案馆2022年度部门决算\n"


def _facts(*rows: str) -> Facts:
    """The facts of a document; the cells of a row are parted by bars."""
    return recognise(document_of(TITLE + "\n".join(row.replace("|", "\t") for row in rows) + "\n"))


def _printed(facts: Facts, table: str) -> dict[str, str]:
    return {one.concept.path: one.figure.text for one in facts if one.figure.printed and one.concept.table == table}


GROUPED = (
    "一般公共预算财政拨款收入支出决算表",
    "单位：万元",
    "项目||年初结转和结余|||本年收入|||本年支出|||年末结转和结余||",
    "科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|项目支出|合计|基本支出结转|项目支出结转和结余",
    "合计||1.00|0.00|1.00|50.00|30.00|20.00|49.00|30.00|19.00|2.00|0.00|2.00",
    "2012604|档案馆|1.00|0.00|1.00|50.00|30.00|20.00|49.00|30.00|19.00|2.00|0.00|2.00",
)


def test_columns_under_several_heads() -> None:
    """年初结转, 本年收入, 本年支出 and 年末结转, each with its 合计, 基本支出 and 项目支出."""
    facts = _facts(*GROUPED)
    printed = _printed(facts, "general_budget")
    assert facts.tables["general_budget"].status is Status.FOUND
    row = "general_budget[2012604]"
    assert [printed[f"{row}.{column}"] for column in ("total", "basic", "project")] == ["49.00", "30.00", "19.00"]
    assert [printed[f"{row}.{column}"] for column in ("opening", "income", "closing")] == ["1.00", "50.00", "2.00"]
    assert printed[f"{row}.income_project"] == "20.00"
    assert not any("?" in path for path in printed)
    checks = tie_out(facts)
    assert [check.verdict.name for check in checks.checks if check.rule.id == "general_budget.columns"] == [
        "CONSISTENT",
        "CONSISTENT",
    ]


def test_a_required_column_twice_is_not_silently_found() -> None:
    """Nobody can tell which 合计 is the expenditure's."""
    rows = (
        "一般公共预算财政拨款支出决算表",
        "单位：万元",
        "科目编码|科目名称|合计|基本支出|项目支出|合计|基本支出|项目支出",
        "合计||50.00|30.00|20.00|49.00|30.00|19.00",
        "2012604|档案馆|50.00|30.00|20.00|49.00|30.00|19.00",
    )
    table = _facts(*rows).tables["general_budget"]
    assert table.status is Status.UNREADABLE
    assert "各有不止一栏" in table.problem


def test_labels_set_over_several_columns_without_being_merged() -> None:
    """预算数 and 决算数 over six columns each, 公务用车购置及运行费 over three of them."""
    parts = "合计|因公出国（境）费|公务用车购置及运行费|||公务接待费"
    rows = (
        "财政拨款“三公”经费支出决算表",
        "单位：万元",
        "预算数||||||决算数|||||",
        f"{parts}|{parts}",
        "||小计|公务用车购置费|公务用车运行费||||小计|公务用车购置费|公务用车运行费|",
        "5.00|0.00|3.00|0.00|3.00|2.00|4.00|0.00|2.50|0.00|2.50|1.50",
    )
    facts = _facts(*rows)
    printed = _printed(facts, "three_public")
    assert facts.tables["three_public"].status is Status.FOUND
    assert printed["three_public.budget.vehicles"] == "3.00"
    assert printed["three_public.actual.total"] == "4.00"
    assert printed["three_public.actual.vehicle_operation"] == "2.50"
    assert len(printed) == 12


def test_columns_without_a_label_of_their_own_have_none() -> None:
    """An empty column beside the table is not one more of the column left of it."""
    rows = (
        "收入决算表",
        "科目编码|科目名称|本年收入合计|财政拨款收入|其他收入|",
        "201|一般公共服务支出|5.00|4.00|1.00|",
    )
    facts = _facts(*rows)
    assert len([one for one in facts if one.concept.path == "income[201].other"]) == 1


BASIC = (
    "一般公共预算财政拨款基本支出决算表",
    "单位：万元",
    "科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数",
    "301|工资福利支出|30.00|302|商品和服务支出|9.00|310|资本性支出|1.00",
)


def test_a_total_stands_right_of_its_label_before_the_next() -> None:
    printed = _printed(_facts(*BASIC, "人员经费合计||30.00|公用经费合计|||||10.00"), "basic_expenditure")
    assert printed["basic_expenditure[personnel].amount"] == "30.00"
    assert printed["basic_expenditure[public].amount"] == "10.00"


def test_a_total_that_is_not_printed_is_blank() -> None:
    facts = _facts(*BASIC, "人员经费合计|||公用经费合计|||||10.00")
    blank = [one.concept.path for one in facts if one.blank and one.concept.row == "personnel"]
    assert blank == ["basic_expenditure[personnel].amount"]
    assert _printed(facts, "basic_expenditure")["basic_expenditure[public].amount"] == "10.00"


@pytest.mark.parametrize(
    ("heads", "sums"),
    [
        pytest.param("项目|上年决算数|本年决算数|增减额", "合计", id="this year and the year before"),
        pytest.param("项目|2021年决算数|2022年决算数|比上年增减", "合计", id="columns by year"),
        pytest.param("项目|2021年度支出（万元）|2022年度支出（万元）|增减额", "总“三公”经费支出", id="支出"),
    ],
)
def test_three_public_by_rows(heads: str, sums: str) -> None:
    rows = (
        "宁溪县2022年“三公”经费支出情况表",
        heads,
        "1.因公出国（境）费|1.00|0.50|-0.50",
        "2.公务接待费|3.00|2.00|-1.00",
        "3.公务用车购置及运行费|4.00|3.00|-1.00",
        f"{sums}|8.00|5.50|-2.50",
    )
    facts = _facts(*rows)
    assert facts.tables["three_public"].status is Status.FOUND
    printed = {path: text for path, text in _printed(facts, "three_public").items() if "?" not in path}
    assert printed == {
        "three_public.actual.abroad": "0.50",
        "three_public.actual.reception": "2.00",
        "three_public.actual.vehicles": "3.00",
        "three_public.actual.total": "5.50",
    }


def test_a_table_captioned_with_another_year_is_not_this_account() -> None:
    rows = ("2021年度收入决算表", "科目编码|科目名称|本年收入合计|财政拨款收入|其他收入", "201|支出|5.00|4.00|1.00")
    assert _facts(*rows).tables["income"].status is Status.MISSING


HEAD = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出"]
BODY = [
    ["合计", "", "490.20", "310.20", "180.00", "0.00"],
    ["201", "一般公共服务支出", "490.20", "310.20", "180.00", "0.00"],
    ["20126", "档案事务", "490.20", "310.20", "180.00", "0.00"],
    ["2012604", "档案馆", "490.20", "310.20", "180.00", "0.00"],
]


def _expenditure(*rows: list[str]) -> Facts:
    return _facts("支出决算表", "单位：万元", *("|".join(row) for row in rows))


def _all_read(facts: Facts) -> bool:
    """True where every amount of BODY, and nothing else, is read with its row's code and its column."""
    columns = ("total", "basic", "project", "remitted")
    wanted = {
        f"expenditure[{row[0] if row[0] != '合计' else 'total'}].{column}": amount
        for row in BODY
        for column, amount in zip(columns, row[2:], strict=True)
    }
    named = {fact.row_name for fact in facts if fact.concept.table == "expenditure"}
    return _printed(facts, "expenditure") == wanted and named <= {*(row[1] for row in BODY), "合计"}


@pytest.mark.parametrize("at", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("name", ["行次", "序号"])
@pytest.mark.parametrize("numbers", ["{}", "{:02}"])
def test_numbers_of_rows_are_no_part_of_codes_and_names(at: int, name: str, numbers: str) -> None:
    rows = [[*row[:at], numbers.format(number), *row[at:]] for number, row in enumerate(BODY, start=1)]
    numbering = ["栏次", "", "1", "2", "3", "4"]
    assert _all_read(_expenditure([*HEAD[:at], name, *HEAD[at:]], [*numbering[:at], "", *numbering[at:]], *rows))
    assert _all_read(_expenditure([*HEAD[:at], name, *HEAD[at:]], *rows))


@pytest.mark.parametrize(
    "numbers",
    [
        "1 2 3 4",
        "（1） （2） （3） （4）",
        "① ② ③ ④",
        "1栏 2栏 3栏 4栏",
        "第1栏 第2栏 第3栏 第4栏",
        "1=2+3+4 2 3 4",
        "1 2 3 4=1-2-3",
        "3 4 5 6",
        "A B C D",
        "Ⅰ Ⅱ Ⅲ Ⅳ",
        "一 二 三 四",
    ],
)
def test_numbers_of_columns(numbers: str) -> None:
    assert _all_read(_expenditure(HEAD, ["栏次", "", *numbers.split()], *BODY))


def test_numbers_of_columns_above_in_and_below_the_head_and_the_body() -> None:
    numbering = ["栏次", "", "1", "2", "3", "4"]
    over = ["项目", "", "本年支出", "", "", ""]
    assert _all_read(_expenditure(numbering, HEAD, *BODY))
    assert _all_read(_expenditure(over, numbering, [*HEAD[:2], "合计", *HEAD[3:]], *BODY))
    assert _all_read(_expenditure(HEAD, BODY[0], numbering, *BODY[1:]))
    assert _all_read(_expenditure(HEAD, *BODY, numbering))


def test_amounts_that_follow_each_other_number_nothing() -> None:
    rows = [[*row[:2], "3", "4", "5", "6"] for row in BODY]
    printed = _printed(_expenditure(HEAD, *rows), "expenditure")
    assert printed["expenditure[2012604].total"] == "3"
    assert len(printed) == 4 * len(BODY)


@pytest.mark.parametrize("form", ["（{}）{}", "[{}]{}", "【{}】{}", "{1}（{0}）", "{1}[{0}]", "{0}-{1}", "{0} {1}"])
def test_a_code_in_brackets_beside_its_name(form: str) -> None:
    rows = [[form.format(*row[:2]) if row[1] else row[0], *row[2:]] for row in BODY]
    facts = _expenditure(HEAD[1:], *rows)
    assert facts.tables["expenditure"].codes == ("201", "20126", "2012604")
    assert len(_printed(facts, "expenditure")) == 4 * len(BODY)


def test_a_number_in_brackets_that_is_no_code() -> None:
    rows = [["合计", *BODY[0][2:]], ["购置车辆（2）", *BODY[1][2:]], ["购置设备（1200）", *BODY[1][2:]]]
    assert _expenditure(HEAD[1:], *rows).tables["expenditure"].codes == ()


def test_levels_of_codes_merged_downwards() -> None:
    """类 and 款 stand in the first of their rows only; a row with a code of its own level begins others."""
    amounts = ["490.20", "310.20", "180.00", "0.00"]
    codes = [("201", "", ""), ("", "26", ""), ("", "", "04"), ("", "", "99"), ("", "29", "")]
    codes += [("208", "", ""), ("", "05", "")]
    rows = [["类", "款", "项", "科目名称", *HEAD[2:]], *([*code, "某科目", *amounts] for code in codes)]
    wanted = ("201", "20126", "2012604", "2012699", "20129", "208", "20805")
    assert _expenditure(*rows).tables["expenditure"].codes == wanted
    whole = [(code, "", "") if len(code) == 3 else ("", code, "") for code in wanted]
    rows = [rows[0], *([*code, "某科目", *amounts] for code in whole)]
    assert _expenditure(*rows).tables["expenditure"].codes == wanted


def test_a_code_shown_as_an_amount() -> None:
    rows = [[f"{int(row[0]):,}.00" if row[1] else row[0], *row[1:]] for row in BODY]
    assert _all_read(_expenditure(HEAD, *rows))


def test_a_numbering_of_which_columns_are_hidden() -> None:
    head, *rows = ([*row[:4], row[5]] for row in (HEAD, *BODY))
    facts = _expenditure(head, ["栏次", "", "1", "2", "4"], *rows)
    assert len(_printed(facts, "expenditure")) == 3 * len(BODY)
    assert not any("?" in path for path in _printed(facts, "expenditure"))


@pytest.mark.parametrize("labels", [["类款项", "栏次"], ["**", "**"], ["*", "*"], ["", "项"]])
def test_what_stands_beside_the_numbers_of_columns(labels: list[str]) -> None:
    assert _all_read(_expenditure(HEAD, [*labels, "1", "2", "3", "4"], *BODY))


def test_heads_of_the_levels_of_codes_beside_the_numbers_of_columns() -> None:
    """类, 款 and 项 are merged over the row of numbers and that of the total."""
    levels = [["", "", ""], ["201", "", ""], ["201", "26", ""], ["201", "26", "04"]]
    rows = [[*codes, *row[1:]] for codes, row in zip(levels, BODY[:4], strict=False)]
    rows[0][3] = "合计"
    head = ["支出功能分类科目编码", "", "", *HEAD[1:]]
    printed = _printed(_expenditure(head, ["类", "款", "项", "栏次", "1", "2", "3", "4"], *rows), "expenditure")
    assert not any("?" in path for path in printed)
    assert printed["expenditure[total].total"] == BODY[0][2]


def test_a_row_of_codes_levels_and_amounts_numbers_nothing() -> None:
    rows = [["项", "", "1", "3", "5", "6"]]
    printed = _printed(_expenditure(HEAD, *rows), "expenditure")
    assert list(printed.values()) == ["1", "3", "5", "6"]


@pytest.mark.parametrize("part", ["-", ".", "－"])
def test_a_code_whose_levels_are_parted(part: str) -> None:
    rows = [[part.join(filter(None, (row[0][:3], row[0][3:5], row[0][5:]))), *row[1:]] for row in BODY]
    rows = [
        [code if code.count(part) == 2 or part != "." else whole[0], *row]
        for (code, *row), whole in zip(rows, BODY, strict=True)
    ]
    assert _all_read(_expenditure(HEAD, *rows))


def test_names_before_codes() -> None:
    rows = [[row[1] or row[0], row[0] if row[1] else "", *row[2:]] for row in BODY]
    assert _all_read(_expenditure([HEAD[1], HEAD[0], *HEAD[2:]], *rows))


def test_a_total_printed_in_each_cell_that_it_covers() -> None:
    rows = [[row[0], row[1] or row[0], *row[2:]] for row in BODY]
    assert _all_read(_expenditure(HEAD, *rows))


HEAD_IN_TOTAL = (
    "政府性基金预算财政拨款收入支出决算表",
    "单位：万元",
    "项目||年初结转和结余|本年收入|本年支出|||年末结转和结余",
    "功能分类科目编码|科目名称||||||",
    "合计|||60.00|合计|基本支出|项目支出|",
    "212|城乡社区支出||60.00|60.00||60.00|",
    "21208|国有土地使用权出让收入安排的支出||60.00|60.00||60.00|",
    "2120899|其他国有土地使用权出让收入安排的支出||60.00|60.00||60.00|",
)


def test_a_row_that_heads_columns_and_totals_others() -> None:
    """合计, its income, and beside it the columns of 本年支出: their total is not printed, and not missed."""
    facts = _facts(*HEAD_IN_TOTAL)
    printed = _printed(facts, "government_fund")
    assert facts.tables["government_fund"].status is Status.FOUND
    assert printed["government_fund[total].income"] == "60.00"
    assert printed["government_fund[2120899].expenditure"] == "60.00"
    assert printed["government_fund[2120899].project"] == "60.00"
    assert not any(
        path.startswith("government_fund[total]") for path in printed.keys() - {"government_fund[total].income"}
    )
    assert not tie_out(facts).conflicts()


def test_a_total_row_with_words_heads_nothing() -> None:
    rows = (*HEAD_IN_TOTAL[:3], "功能分类科目编码|科目名称|||合计|基本支出|项目支出|", "合计|||60.00|60.00|无|60.00|")
    printed = _printed(_facts(*rows, *HEAD_IN_TOTAL[5:]), "government_fund")
    assert printed["government_fund[total].expenditure"] == "60.00"
