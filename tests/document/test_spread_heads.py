"""Labels in the middle of the columns that they stand over, in tables without rules."""

from gouji.facts.fact import Facts, Status
from gouji.facts.recognise import recognise
from support.texts import document_of

HEAD = "柳溪县林业站\n2023年度部门决算\n第二部分 2023年度部门决算表\n"
THREE_PUBLIC = """                          财政拨款“三公”经费支出决算表
单位：万元
                                      财政拨款“三公”经费
     合计       因公出国（境）               公务用车购置及运行费                 公务接待费
                      费             小计       公务用车购置费  公务用车运行费
预算数  决算数  预算数  决算数  预算数  决算数  预算数  决算数  预算数  决算数  预算数  决算数
 31.70   24.15    2.20    1.10   26.00   21.55   18.00   17.45    8.00    4.10    3.50{last}
注：本表反映本年度“三公”经费支出预决算情况。
"""
FISCAL = """                                        财政拨款收入支出决算总表
单位：万元
              收入                                                支出
                                                                    一般公共预  政府性基金  国有资本经
         项目            决算数            项目             合计    算财政拨款  预算财政拨  营预算财政
                                                                                    款         拨款
一、一般公共预算财政拨    318.40  一、一般公共服务支出
款
二、政府性基金预算财政     40.00  二、城乡社区支出           40.00                   40.00
拨款
                                  三、农林水支出            301.15      301.15
                                  四、资源勘探工业信息等
                                  支出
                                  五、住房保障支出           17.25       17.25
本年收入合计              358.40  本年支出合计              358.40      318.40       40.00
总计                      358.40  总计                      358.40      318.40       40.00
注：本表反映本年度财政拨款的总收支。
"""


def _printed(facts: Facts) -> dict[str, str]:
    return {fact.concept.path: fact.figure.text for fact in facts if fact.figure.printed}


def test_pairs_of_columns_below_a_group() -> None:
    facts = recognise(document_of(HEAD + THREE_PUBLIC.format(last="    1.50")))
    printed = _printed(facts)
    assert facts.tables["three_public"].status is Status.FOUND
    assert printed["three_public.budget.total"] == "31.70"
    assert printed["three_public.actual.abroad"] == "1.10"
    assert printed["three_public.budget.vehicles"] == "26.00"
    assert printed["three_public.actual.vehicle_operation"] == "4.10"
    assert printed["three_public.actual.reception"] == "1.50"


def test_a_blank_column_whose_label_others_have_too() -> None:
    facts = recognise(document_of(HEAD + THREE_PUBLIC.format(last="")))
    printed = _printed(facts)
    assert printed["three_public.budget.reception"] == "3.50"
    assert "three_public.actual.reception" not in printed
    assert len(printed) == 11


def test_a_side_of_several_columns_and_names_on_two_lines() -> None:
    printed = _printed(recognise(document_of(HEAD + FISCAL)))
    assert printed["fiscal_summary[212].government_fund"] == "40.00"
    assert printed["fiscal_summary[213].general_budget"] == "301.15"
    assert printed["fiscal_summary[221].expenditure"] == "17.25"
    assert printed["fiscal_summary[grand_total].government_fund"] == "40.00"
