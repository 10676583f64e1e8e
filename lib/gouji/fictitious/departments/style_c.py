"""Narrative, third wording: 收入总计…，支出总计…, rate before amount (较上年增长…，增加…), shares in brackets."""

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
    """较上年增长…，增加… or 与上年持平."""
    if not change.sign:
        return "与上年持平"
    if not change.rate:
        return f"较上年{BY_AMOUNT[change.sign]}{change.size}（上年无支出）"
    return f"较上年{BY_RATE[change.sign]}{change.rate}，{BY_AMOUNT[change.sign]}{change.size}"


def _cause(facts: NarrativeFacts, change: YearChange) -> str:
    return f"原因是{facts.reason(change.sign)}。"


def _kinds(facts: NarrativeFacts, pairs: Iterator[tuple[str, str]], total: str) -> str:
    """Each kind with its share in brackets; those that are zero in one clause."""
    present, absent = facts.nonzero(pairs)
    text = "、".join(f"{name}{facts.money(concept)}（{facts.share(concept, total)}）" for name, concept in present)
    if not absent:
        return text
    return f"{text}，{'、'.join(absent)}{'均' if len(absent) > 1 else ''}为{facts.text(0)}"


def _overall(facts: NarrativeFacts) -> list[str]:
    total = facts.change("summary[grand_total].income")
    surplus, distribution = "summary[surplus_used].income", "summary[distribution].expenditure"
    used = f"，{facts.surplus_label}{facts.money(surplus)}" if facts.cents(surplus) else ""
    given = f"，结余分配{facts.money(distribution)}" if facts.cents(distribution) else ""
    return [
        "一、收入支出决算总体情况",
        f"本部门{facts.year}年度收入总计{facts.money('summary[grand_total].income')}，"
        f"包括年初结转和结余{facts.money('summary[opening].income')}{used}，"
        f"本年收入合计{facts.money('summary[total].income')}。收入总计{_moved(total)}，{_cause(facts, total)}",
        f"本部门{facts.year}年度支出总计{facts.money('summary[grand_total].expenditure')}，"
        f"包括本年支出合计{facts.money('summary[total].expenditure')}{given}，"
        f"年末结转和结余{facts.money('summary[closing].expenditure')}。支出总计{_moved(total)}。",
    ]


def _income(facts: NarrativeFacts) -> list[str]:
    total = "income[total].total"
    kinds = _kinds(facts, facts.income_kinds(), total)
    return ["二、收入决算情况", f"{facts.year}年度本年收入合计{facts.money(total)}，具体构成为：{kinds}。"]


def _expenditure(facts: NarrativeFacts) -> list[str]:
    kinds = _kinds(facts, facts.outlay_kinds(), SPENT_TOTAL)
    return ["三、支出决算情况", f"{facts.year}年度本年支出合计{facts.money(SPENT_TOTAL)}，按支出性质分：{kinds}。"]


def _fiscal(facts: NarrativeFacts) -> list[str]:
    total = "fiscal_summary[grand_total].income"
    change = facts.change(total)
    return [
        "四、财政拨款收入支出决算总体情况",
        f"{facts.year}年度财政拨款收入总计{facts.money(total)}，"
        f"其中本年收入{facts.money('fiscal_summary[total].income')}、"
        f"年初财政拨款结转和结余{facts.money('fiscal_summary[opening].income')}；"
        f"财政拨款支出总计{facts.money('fiscal_summary[grand_total].expenditure')}，"
        f"其中本年支出{facts.money('fiscal_summary[total].expenditure')}、"
        f"年末财政拨款结转和结余{facts.money('fiscal_summary[closing].expenditure')}。"
        f"财政拨款收、支总计{_moved(change)}，{_cause(facts, change)}",
    ]


def _general(facts: NarrativeFacts) -> list[str]:
    change, total = facts.change(GENERAL_TOTAL), facts.money(GENERAL_TOTAL)
    budget, actual = facts.general_budgeted(), facts.cents(GENERAL_TOTAL)
    classes = "；".join(
        f"{name}{facts.money(concept)}，占{facts.share(concept, GENERAL_TOTAL)}" for name, concept in facts.classes()
    )
    return [
        "五、一般公共预算财政拨款支出决算情况",
        "（一）总体情况。",
        f"{facts.year}年度一般公共预算财政拨款支出{total}，{_moved(change)}，{_cause(facts, change)}"
        f"该项支出占本年支出合计的{facts.share(GENERAL_TOTAL, SPENT_TOTAL)}。",
        "（二）支出结构。",
        f"按功能分类，{facts.year}年度一般公共预算财政拨款支出用于：{classes}。",
        "（三）具体情况。",
        f"年初预算数{facts.text(budget)}，决算数{facts.text(actual)}，"
        f"决算数为年初预算数的{facts.rate(actual, budget)}。按支出功能分类科目说明如下：",
        *(_item(facts, number, item) for number, item in enumerate(facts.items(), start=1)),
    ]


def _item(facts: NarrativeFacts, number: int, item: ItemFact) -> str:
    change = facts.compare(item.actual, item.budget)
    if change.sign:
        verdict = f"比年初预算{BY_AMOUNT[change.sign]}{change.size}，{BY_RATE[change.sign]}{change.rate}"
        verdict += f"，主要是{facts.reason(change.sign)}"
    else:
        verdict = "与年初预算持平"
    amounts = f"决算数{facts.text(item.actual)}，年初预算数{facts.text(item.budget)}"
    return f"{number}．{'－'.join(item.path)}：{amounts}，{verdict}。"


def _basic(facts: NarrativeFacts) -> list[str]:
    personnel, public = "basic_expenditure[personnel].amount", "basic_expenditure[public].amount"
    return [
        "六、一般公共预算财政拨款基本支出决算情况",
        f"{facts.year}年度一般公共预算财政拨款基本支出{facts.money(BASIC_TOTAL)}。",
        f"人员经费{facts.money(personnel)}，占基本支出的{facts.share(personnel, BASIC_TOTAL)}，"
        f"用于{facts.economic_names(True)}。",
        f"公用经费{facts.money(public)}，占基本支出的{facts.share(public, BASIC_TOTAL)}，"
        f"用于{facts.economic_names(False)}。",
    ]


def _executed(facts: NarrativeFacts, part: str) -> str:
    """预算数…，决算数…，预算执行率…"""
    budget, actual = facts.three_public(part)
    done = f"，预算执行率{facts.rate(actual, budget)}" if budget else ""
    return f"预算数{facts.text(budget)}，决算数{facts.text(actual)}{done}"


def _three_public(facts: NarrativeFacts) -> list[str]:
    change = facts.change("three_public.actual.total")
    return [
        "七、“三公”经费支出决算情况",
        "（一）总体情况。",
        f"{facts.year}年度“三公”经费{_executed(facts, 'total')}；决算数{_moved(change)}，{_cause(facts, change)}",
    ]


def _three_public_detail(facts: NarrativeFacts) -> list[str]:
    counts, total = facts.counts, "three_public.actual.total"
    lines = ["（二）具体情况。"]
    notes = {
        "abroad": f"全年因公出国（境）团组{counts['groups']}个，参加{counts['travellers']}人次。",
        "reception": f"全年接待{counts['visits']}批次，共{counts['guests']}人次。",
        "vehicles": f"其中：公务用车购置费{_executed(facts, 'vehicle_purchase')}，当年购置{counts['bought']}辆；"
        f"公务用车运行维护费{_executed(facts, 'vehicle_operation')}，年末公务用车保有量{counts['cars']}辆。",
    }
    for number, part in enumerate(SPENT_ON, start=1):
        concept = f"three_public.actual.{part}"
        share = f"，占“三公”经费支出的{facts.share(concept, total)}" if facts.cents(total) else ""
        lines.append(
            f"{number}．{THREE_PUBLIC_NAMES[part]}{_executed(facts, part)}{share}；"
            f"决算数{_moved(facts.change(concept))}。{notes[part]}"
        )
    return lines


def _funds(facts: NarrativeFacts) -> list[str]:
    kind = "收入支出" if facts.capital_carry_over else "支出"
    return [
        "八、政府性基金预算财政拨款收入支出决算情况",
        *_fund(facts, "government_fund", True),
        f"九、国有资本经营预算财政拨款{kind}决算情况",
        *_fund(facts, "state_capital", facts.capital_carry_over),
    ]


def _fund(facts: NarrativeFacts, fund: str, carry_over: bool) -> list[str]:
    items = facts.fund_items(fund)
    if not items:
        return [f"本部门{facts.year}年度没有{FUND_LABELS[fund]}收入，也没有相应支出。"]
    opening = f"年初结转和结余{facts.money(f'{fund}[total].opening')}，" if carry_over else ""
    closing = f"年末结转和结余{facts.money(f'{fund}[total].closing')}。" if carry_over else ""
    spent = "；".join(f"{'－'.join(path)}{facts.text(cents)}" for path, cents in items)
    return [
        f"{facts.year}年度{FUND_LABELS[fund]}{opening}本年收入{facts.money(f'{fund}[total].income')}，"
        f"本年支出{facts.money(f'{fund}[total].expenditure')}，按性质分为基本支出{facts.money(f'{fund}[total].basic')}、"
        f"项目支出{facts.money(f'{fund}[total].project')}，按科目为{spent}。{closing}",
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
