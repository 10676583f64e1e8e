"""Narrative, first wording: 收、支总计, 与上年相比 with one word for amount and rate, every zero item spelled out."""

from __future__ import annotations

from gouji.fictitious.departments.facts import (
    BASIC_TOTAL,
    GENERAL_TOTAL,
    SPENT_TOTAL,
    THREE_PUBLIC_NAMES,
    ItemFact,
    NarrativeFacts,
    YearChange,
)
from gouji.fictitious.departments.headings import FUND_LABELS
from gouji.fictitious.departments.style import BY_AMOUNT, Narrative

_RELATION = {1: "大于", 0: "等于", -1: "小于"}


def _against(facts: NarrativeFacts, change: YearChange) -> str:
    """与上年相比 …"""
    lead = f"与{facts.last_year}年相比"
    if not change.sign:
        return f"{lead}持平"
    rate = f"，{BY_AMOUNT[change.sign]}{change.rate}" if change.rate else "，上年无此项支出"
    return f"{lead}，{BY_AMOUNT[change.sign]}{change.size}{rate}"


def _because(facts: NarrativeFacts, change: YearChange) -> str:
    return f"，主要是因为{facts.reason(change.sign)}。"


def _overall(facts: NarrativeFacts) -> list[str]:
    change = facts.change("summary[grand_total].income")
    surplus, distribution = "summary[surplus_used].income", "summary[distribution].expenditure"
    used = f"{facts.surplus_label}{facts.money(surplus)}，" if facts.cents(surplus) else ""
    given = f"结余分配{facts.money(distribution)}，" if facts.cents(distribution) else ""
    return [
        "一、收入支出决算总体情况说明",
        f"{facts.year}年度收、支总计{facts.money('summary[grand_total].income')}。"
        f"{_against(facts, change)}{_because(facts, change)}",
        f"收入总计中，本年收入合计{facts.money('summary[total].income')}，{used}"
        f"年初结转和结余{facts.money('summary[opening].income')}；"
        f"支出总计中，本年支出合计{facts.money('summary[total].expenditure')}，{given}"
        f"年末结转和结余{facts.money('summary[closing].expenditure')}。",
    ]


def _income(facts: NarrativeFacts) -> list[str]:
    total = "income[total].total"
    kinds = "；".join(
        f"{name}{facts.money(concept)}，占{facts.share(concept, total)}" for name, concept in facts.income_kinds()
    )
    return ["二、收入决算情况说明", f"本年收入合计{facts.money(total)}，其中：{kinds}。"]


def _expenditure(facts: NarrativeFacts) -> list[str]:
    kinds = "；".join(
        f"{name}{facts.money(concept)}，占{facts.share(concept, SPENT_TOTAL)}" for name, concept in facts.outlay_kinds()
    )
    return ["三、支出决算情况说明", f"本年支出合计{facts.money(SPENT_TOTAL)}，其中：{kinds}。"]


def _fiscal(facts: NarrativeFacts) -> list[str]:
    total = "fiscal_summary[grand_total].income"
    change = facts.change(total)
    return [
        "四、财政拨款收入支出决算总体情况说明",
        f"{facts.year}年度财政拨款收、支总计{facts.money(total)}，{_against(facts, change)}{_because(facts, change)}",
        f"其中：财政拨款本年收入{facts.money('fiscal_summary[total].income')}，"
        f"年初财政拨款结转和结余{facts.money('fiscal_summary[opening].income')}；"
        f"财政拨款本年支出{facts.money('fiscal_summary[total].expenditure')}，"
        f"年末财政拨款结转和结余{facts.money('fiscal_summary[closing].expenditure')}。",
    ]


def _general(facts: NarrativeFacts) -> list[str]:
    change, total = facts.change(GENERAL_TOTAL), facts.money(GENERAL_TOTAL)
    classes = "；".join(
        f"{name.removesuffix('支出')}（类）支出{facts.money(concept)}，占{facts.share(concept, GENERAL_TOTAL)}"
        for name, concept in facts.classes()
    )
    budget, actual = facts.general_budgeted(), facts.cents(GENERAL_TOTAL)
    return [
        "五、一般公共预算财政拨款支出决算情况说明",
        "（一）财政拨款支出决算总体情况",
        f"{facts.year}年度一般公共预算财政拨款支出{total}，占本年支出合计的{facts.share(GENERAL_TOTAL, SPENT_TOTAL)}，"
        f"{_against(facts, change)}{_because(facts, change)}",
        "（二）财政拨款支出决算结构情况",
        f"{facts.year}年度一般公共预算财政拨款支出{total}，主要用于以下方面：{classes}。",
        "（三）财政拨款支出决算具体情况",
        f"{facts.year}年度一般公共预算财政拨款支出年初预算为{facts.text(budget)}，支出决算为{facts.text(actual)}，"
        f"完成年初预算的{facts.rate(actual, budget)}，其中：",
        *(line for number, item in enumerate(facts.items(), start=1) for line in _item(facts, number, item)),
    ]


def _item(facts: NarrativeFacts, number: int, item: ItemFact) -> list[str]:
    head, group, leaf = item.path
    sign = facts.compare(item.actual, item.budget).sign
    return [
        f"{number}、{head.removesuffix('支出')}（类）{group}（款）{leaf}（项）",
        f"年初预算为{facts.text(item.budget)}，支出决算为{facts.text(item.actual)}，"
        f"完成年初预算的{facts.rate(item.actual, item.budget)}，"
        f"决算数{_RELATION[sign]}年初预算数的主要原因是：{facts.reason(sign)}。",
    ]


def _basic(facts: NarrativeFacts) -> list[str]:
    sides = []
    for key, name in (("personnel", "人员经费"), ("public", "公用经费")):
        concept = f"basic_expenditure[{key}].amount"
        sides.append(
            f"{name}{facts.money(concept)}，占基本支出的{facts.share(concept, BASIC_TOTAL)}，"
            f"主要包括{facts.economic_names(key == 'personnel')}"
        )
    return [
        "六、一般公共预算财政拨款基本支出决算情况说明",
        f"{facts.year}年度财政拨款基本支出{facts.money(BASIC_TOTAL)}，其中：{'；'.join(sides)}。",
    ]


def _three_public(facts: NarrativeFacts) -> list[str]:
    budget, actual = facts.three_public("total")
    done = f"，完成预算的{facts.rate(actual, budget)}" if budget else ""
    change = _against(facts, facts.change("three_public.actual.total"))
    return [
        "七、财政拨款“三公”经费支出决算情况说明",
        "（一）“三公”经费财政拨款支出决算总体情况说明",
        f"“三公”经费财政拨款支出预算为{facts.text(budget)}，支出决算为{facts.text(actual)}{done}，{change}，其中：",
        *(_three_public_item(facts, part) for part in ("abroad", "reception", "vehicles")),
    ]


def _three_public_item(facts: NarrativeFacts, part: str) -> str:
    budget, actual = facts.three_public(part)
    done = f"，完成预算的{facts.rate(actual, budget)}" if budget else ""
    sign = facts.compare(actual, budget).sign
    change = facts.change(f"three_public.actual.{part}")
    return (
        f"{THREE_PUBLIC_NAMES[part]}支出预算为{facts.text(budget)}，支出决算为{facts.text(actual)}{done}，"
        f"决算数{_RELATION[sign]}预算数的主要原因是{facts.reason(sign)}，{_against(facts, change)}。"
    )


def _three_public_detail(facts: NarrativeFacts) -> list[str]:
    counts, total = facts.counts, "three_public.actual.total"
    if facts.cents(total):
        shares = "，".join(
            f"{THREE_PUBLIC_NAMES[part]}支出决算{facts.money(f'three_public.actual.{part}')}，"
            f"占{facts.share(f'three_public.actual.{part}', total)}"
            for part in ("reception", "abroad", "vehicles")
        )
    else:
        shares = f"各项支出均为{facts.text(0)}"
    purchase, operation = (facts.three_public(part) for part in ("vehicle_purchase", "vehicle_operation"))
    return [
        "（二）“三公”经费财政拨款支出决算具体情况说明",
        f"{facts.year}年度“三公”经费财政拨款支出决算中，{shares}。其中：",
        f"1、因公出国（境）费支出决算为{facts.money('three_public.actual.abroad')}，"
        f"全年安排因公出国（境）团组{counts['groups']}个，累计{counts['travellers']}人次。",
        f"2、公务接待费支出决算为{facts.money('three_public.actual.reception')}，"
        f"全年共接待来访团组{counts['visits']}个、来宾{counts['guests']}人次。",
        f"3、公务用车购置及运行维护费支出决算为{facts.money('three_public.actual.vehicles')}，其中："
        f"公务用车购置费预算{facts.text(purchase[0])}，决算{facts.text(purchase[1])}，更新公务用车{counts['bought']}辆；"
        f"公务用车运行维护费预算{facts.text(operation[0])}，决算{facts.text(operation[1])}，"
        f"截止{facts.year}年12月31日，我单位开支财政拨款的公务用车保有量为{counts['cars']}辆。",
    ]


def _funds(facts: NarrativeFacts) -> list[str]:
    lines = ["八、政府性基金预算收入支出决算情况", *_fund(facts, "government_fund", True)]
    lines += ["九、国有资本经营预算财政拨款支出决算情况"]
    return lines + _fund(facts, "state_capital", facts.capital_carry_over)


def _fund(facts: NarrativeFacts, fund: str, carry_over: bool) -> list[str]:
    items = facts.fund_items(fund)
    if not items:
        return [f"{facts.year}年本单位无{FUND_LABELS[fund].removesuffix('财政拨款')}收支。"]
    carried = facts.money(f"{fund}[total].opening"), facts.money(f"{fund}[total].closing")
    opening = f"年初结转和结余{carried[0]}，" if carry_over else ""
    closing = f"，年末结转和结余{carried[1]}" if carry_over else ""
    return [
        f"{facts.year}年度{FUND_LABELS[fund]}{opening}本年收入{facts.money(f'{fund}[total].income')}，"
        f"本年支出{facts.money(f'{fund}[total].expenditure')}，其中基本支出{facts.money(f'{fund}[total].basic')}，"
        f"项目支出{facts.money(f'{fund}[total].project')}{closing}。具体为：",
        *(
            f"{path[0].removesuffix('支出')}（类）{path[1]}（款）{path[2]}（项）支出{facts.text(cents)}。"
            for path, cents in items
        ),
    ]


#: The whole narrative.
NARRATIVE: Narrative = (
    _overall,
    _income,
    _expenditure,
    _fiscal,
    _general,
    _basic,
    _three_public,
    _three_public_detail,
    _funds,
)
