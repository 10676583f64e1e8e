"""Narrative, second wording: 收入支出总计, 增加/增长 and 减少/下降, kinds that are zero named together at the end."""

from __future__ import annotations

from collections.abc import Iterator

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
from gouji.fictitious.departments.style import BY_AMOUNT, BY_RATE, SPENT_ON, Narrative


def _moved(change: YearChange) -> str:
    """增加…，增长… or 持平."""
    if not change.sign:
        return "持平"
    rate = f"，{BY_RATE[change.sign]}{change.rate}" if change.rate else "（上年为零，不计算增长率）"
    return f"{BY_AMOUNT[change.sign]}{change.size}{rate}"


def _versus(facts: NarrativeFacts, subject: str, change: YearChange) -> str:
    return f"与{facts.last_year}年度相比，{subject}{_moved(change)}。主要原因：{facts.reason(change.sign)}。"


def _kinds(facts: NarrativeFacts, pairs: Iterator[tuple[str, str]], total: str) -> str:
    """Each kind with its share, then the names of those that are zero."""
    present, absent = facts.nonzero(pairs)
    text = "；".join(f"{name}{facts.money(concept)}，占{facts.share(concept, total)}" for name, concept in present)
    return f"{text}。" + (f"本年度无{'、'.join(absent)}。" if absent else "")


def _overall(facts: NarrativeFacts) -> list[str]:
    total = "summary[grand_total].income"
    surplus, distribution = "summary[surplus_used].income", "summary[distribution].expenditure"
    used = f"、{facts.surplus_label}{facts.money(surplus)}" if facts.cents(surplus) else ""
    given = f"、结余分配{facts.money(distribution)}" if facts.cents(distribution) else ""
    return [
        "一、收入支出决算总体情况说明",
        f"{facts.name}{facts.year}年度收入支出总计{facts.money(total)}。"
        + _versus(facts, "收入支出总计", facts.change(total)),
        f"收入总计由本年收入合计{facts.money('summary[total].income')}{used}、"
        f"年初结转和结余{facts.money('summary[opening].income')}组成；"
        f"支出总计由本年支出合计{facts.money('summary[total].expenditure')}{given}、"
        f"年末结转和结余{facts.money('summary[closing].expenditure')}组成。",
    ]


def _income(facts: NarrativeFacts) -> list[str]:
    total = "income[total].total"
    kinds = _kinds(facts, facts.income_kinds(), total)
    return ["二、收入决算情况说明", f"本年收入合计{facts.money(total)}，其中：{kinds}"]


def _expenditure(facts: NarrativeFacts) -> list[str]:
    kinds = _kinds(facts, facts.outlay_kinds(), SPENT_TOTAL)
    return ["三、支出决算情况说明", f"本年支出合计{facts.money(SPENT_TOTAL)}，其中：{kinds}"]


def _fiscal(facts: NarrativeFacts) -> list[str]:
    total = "fiscal_summary[grand_total].income"
    return [
        "四、财政拨款收入支出决算总体情况说明",
        f"{facts.name}{facts.year}年度财政拨款收入支出总计{facts.money(total)}。"
        + _versus(facts, "财政拨款收入支出总计", facts.change(total)),
        f"其中，本年财政拨款收入{facts.money('fiscal_summary[total].income')}，"
        f"年初财政拨款结转和结余{facts.money('fiscal_summary[opening].income')}，"
        f"本年财政拨款支出{facts.money('fiscal_summary[total].expenditure')}，"
        f"年末财政拨款结转和结余{facts.money('fiscal_summary[closing].expenditure')}。",
    ]


def _general(facts: NarrativeFacts) -> list[str]:
    total = facts.money(GENERAL_TOTAL)
    classes = "；".join(
        f"{name}（类）{facts.money(concept)}，占{facts.share(concept, GENERAL_TOTAL)}"
        for name, concept in facts.classes()
    )
    budget, actual = facts.general_budgeted(), facts.cents(GENERAL_TOTAL)
    return [
        "五、一般公共预算财政拨款支出决算情况说明",
        "（一）一般公共预算财政拨款支出决算总体情况",
        f"一般公共预算财政拨款支出{total}，占本年支出合计的{facts.share(GENERAL_TOTAL, SPENT_TOTAL)}。"
        + _versus(facts, "一般公共预算财政拨款支出", facts.change(GENERAL_TOTAL)),
        "（二）一般公共预算财政拨款支出决算结构情况",
        f"一般公共预算财政拨款支出{total}，主要用于以下方面：{classes}。",
        "（三）一般公共预算财政拨款支出决算具体情况",
        f"一般公共预算财政拨款支出年初预算为{facts.text(budget)}，支出决算为{facts.text(actual)}，"
        f"完成年初预算的{facts.rate(actual, budget)}。其中：",
        *(_item(facts, number, item) for number, item in enumerate(facts.items(), start=1)),
    ]


def _item(facts: NarrativeFacts, number: int, item: ItemFact) -> str:
    head, group, leaf = item.path
    sign = facts.compare(item.actual, item.budget).sign
    verdict = (
        f"决算数{'大于' if sign > 0 else '小于'}预算数的主要原因：{facts.reason(sign)}。"
        if sign
        else "决算数与预算数持平。"
    )
    return (
        f"{number}、{head}（类）{group}（款）{leaf}（项）。年初预算为{facts.text(item.budget)}，"
        f"支出决算为{facts.text(item.actual)}，完成年初预算的{facts.rate(item.actual, item.budget)}。{verdict}"
    )


def _basic(facts: NarrativeFacts) -> list[str]:
    sides = []
    for key, name in (("personnel", "人员经费"), ("public", "公用经费")):
        concept = f"basic_expenditure[{key}].amount"
        names = facts.economic_names(key == "personnel")
        sides.append(f"{name}{facts.money(concept)}（占{facts.share(concept, BASIC_TOTAL)}），主要包括：{names}")
    return [
        "六、一般公共预算财政拨款基本支出决算情况说明",
        f"一般公共预算财政拨款基本支出{facts.money(BASIC_TOTAL)}。其中：{'；'.join(sides)}。",
    ]


def _executed(facts: NarrativeFacts, part: str) -> str:
    """预算为…，支出决算为…，完成预算的…"""
    budget, actual = facts.three_public(part)
    done = f"，完成预算的{facts.rate(actual, budget)}" if budget else ""
    return f"预算为{facts.text(budget)}，支出决算为{facts.text(actual)}{done}"


def _three_public(facts: NarrativeFacts) -> list[str]:
    budget, actual = facts.three_public("total")
    sign = facts.compare(actual, budget).sign
    relation = {1: "大于预算数", 0: "与预算数持平", -1: "小于预算数"}[sign]
    executed = "；".join(f"{THREE_PUBLIC_NAMES[part]}{_executed(facts, part)}" for part in SPENT_ON)
    moved = "；".join(
        f"{THREE_PUBLIC_NAMES[part]}支出决算{_moved(facts.change(f'three_public.actual.{part}'))}" for part in SPENT_ON
    )
    return [
        "七、财政拨款“三公”经费支出决算情况说明",
        "（一）“三公”经费财政拨款支出决算总体情况说明",
        f"“三公”经费财政拨款支出{_executed(facts, 'total')}，其中：{executed}。"
        f"{facts.year}年度“三公”经费支出决算数{relation}的主要原因：{facts.reason(sign)}。",
        f"{facts.year}年度“三公”经费财政拨款支出决算数比{facts.last_year}年度"
        f"{_moved(facts.change('three_public.actual.total'))}，其中：{moved}。",
    ]


def _three_public_detail(facts: NarrativeFacts) -> list[str]:
    counts, total = facts.counts, "three_public.actual.total"
    head = "（二）“三公”经费财政拨款支出决算具体情况说明"
    if not facts.cents(total):
        budgets = "、".join(
            f"{THREE_PUBLIC_NAMES[part]}预算为{facts.text(facts.three_public(part)[0])}"
            for part in ("vehicle_purchase", "vehicle_operation")
        )
        return [head, f"{facts.name}{facts.year}年度无“三公”经费财政拨款支出。{budgets}。公务用车保有量为0辆。"]
    shares = "；".join(
        f"{THREE_PUBLIC_NAMES[part]}支出决算{facts.money(f'three_public.actual.{part}')}，"
        f"占{facts.share(f'three_public.actual.{part}', total)}"
        for part in SPENT_ON
    )
    return [
        head,
        f"“三公”经费财政拨款支出决算中，{shares}。具体情况如下：",
        f"1、因公出国（境）费支出{facts.money('three_public.actual.abroad')}。"
        f"全年安排因公出国（境）团组{counts['groups']}个、累计{counts['travellers']}人次。",
        f"2、公务用车购置及运行维护费支出{facts.money('three_public.actual.vehicles')}。其中：",
        f"公务用车购置费{_executed(facts, 'vehicle_purchase')}，购置公务用车{counts['bought']}辆。",
        f"公务用车运行维护费{_executed(facts, 'vehicle_operation')}。"
        f"{facts.year}年末，开支财政拨款的公务用车保有量为{counts['cars']}辆。",
        f"3、公务接待费支出{facts.money('three_public.actual.reception')}。"
        f"国内公务接待{counts['visits']}批次、{counts['guests']}人次。",
    ]


def _funds(facts: NarrativeFacts) -> list[str]:
    kind = "收入支出" if facts.capital_carry_over else "支出"
    return [
        "八、政府性基金预算财政拨款收入支出决算情况说明",
        *_fund(facts, "government_fund", True),
        f"九、国有资本经营预算财政拨款{kind}决算情况说明",
        *_fund(facts, "state_capital", facts.capital_carry_over),
    ]


def _fund(facts: NarrativeFacts, fund: str, carry_over: bool) -> list[str]:
    items = facts.fund_items(fund)
    if not items:
        return [f"{facts.name}{facts.year}年度无{FUND_LABELS[fund]}收入和支出。"]
    opening = f"年初结转和结余{facts.money(f'{fund}[total].opening')}，" if carry_over else ""
    closing = f"，年末结转和结余{facts.money(f'{fund}[total].closing')}" if carry_over else ""
    return [
        f"{FUND_LABELS[fund]}{opening}收入{facts.money(f'{fund}[total].income')}，"
        f"支出{facts.money(f'{fund}[total].expenditure')}（基本支出{facts.money(f'{fund}[total].basic')}、"
        f"项目支出{facts.money(f'{fund}[total].project')}）{closing}。支出具体情况如下：",
        *(
            f"{number}、{path[0]}（类）{path[1]}（款）{path[2]}（项）。支出决算为{facts.text(cents)}。"
            for number, (path, cents) in enumerate(items, start=1)
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
