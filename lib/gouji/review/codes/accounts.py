"""Questions on economic accounts beside function items, and on accounts that a unit of its kind does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.facts.fact import Fact, Facts
from gouji.intervals import unscaled
from gouji.review.codes.model import CodeRule, Pair
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.prose import prose


def pooled(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about contributions paid out of the general budget for which the table of function items has no item; one
    matter."""
    facts = material.facts
    codes = facts.tables["general_budget"].codes
    pairs = [(pair, cells) for pair in rule.pairs if (cells := _filled_cells(facts, pair.accounts))]
    if not pairs:
        return
    if not any(len(code) > 3 for code in codes):
        yield Observation(rule, "社会保险等缴费的功能科目", Outcome.UNKNOWN, message="功能分类未列到款、项")
        return
    lacking = [(pair, cells) for pair, cells in pairs if not any(code.startswith(pair.items) for code in codes)]
    paid = [cell for _, cells in lacking for cell in cells]
    total = facts.get("basic_expenditure", "total", "amount") or facts.get("general_budget", "total", "basic")
    share = material.threshold("pooled_share")
    small = bool(total and total.amount and sum(cell.amount or 0 for cell in paid) * 100 < share * total.amount)
    if not lacking or small:
        yield Observation(rule, "社会保险等缴费的功能科目", Outcome.CLEAR)
        return
    yield _ask_about_pooled(rule, facts, lacking)


def _named(facts: Facts, code: str) -> str:
    """Returns an item's code with its name as printed."""
    cells = (facts.get("general_budget", code, column) for column in ("total", "basic", "project"))
    name = next((cell.row_name for cell in cells if cell is not None and cell.row_name), "")
    return f"{code}（{name}）" if name else code


def _ask_about_pooled(rule: CodeRule, facts: Facts, lacking: list[tuple[Pair, list[Fact]]]) -> Observation:
    cells = [cell for _, found in lacking for cell in found]
    basic, general = (_label(facts, key) for key in ("basic_expenditure", "general_budget"))
    items = [code for code in facts.tables["general_budget"].codes if len(code) == 7]
    all_in = f"，全部支出都列在{items[0]}" if len(items) == 1 else ""
    asked = f"是否都列入了{_named(facts, items[0])}" if len(items) == 1 else "列入了哪个功能科目"
    printed = "、".join(_print_amount(cell) for cell in cells)
    missing = "、".join(f"{pair.name}（{'、'.join(pair.items)}）" for pair, _ in lacking)
    return Observation(
        rule,
        "社会保险等缴费的功能科目",
        Outcome.RAISED,
        f"{basic}列有{printed}，{general}却没有{'、'.join(pair.name for pair, _ in lacking)}科目，{asked}？",
        f"{basic}的{printed}，按功能分类应分别列{missing}，{general}没有这些科目{all_in}；"
        "须查财政批复和下达指标所用的功能科目。",
        tuple(cell.id for cell in cells),
    )


def beyond_account(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about an item that consists of one kind of payment and is more than the account for that kind."""
    facts = material.facts
    for pair in rule.pairs:
        cells = [fact for code in pair.accounts if (fact := facts.get("basic_expenditure", code, "amount"))]
        items = [fact for code in pair.items if (fact := facts.get("general_budget", code, "basic")) and fact.amount]
        if not cells or not items:
            continue
        involved = [*cells, *items]
        over = sum(fact.amount or 0 for fact in items) - sum(fact.amount or 0 for fact in cells)
        if any(fact.amount is None for fact in involved):
            yield Observation(rule, pair.name, Outcome.UNKNOWN, message="所涉数字未能读出")
        elif over <= sum(fact.radius for fact in involved):
            yield Observation(rule, pair.name, Outcome.CLEAR)
        elif {fact.id for fact in involved} & _disputed_figures(material):
            yield Observation(rule, pair.name, Outcome.UNKNOWN, message="所涉数字本身不能同真")
        else:
            yield _ask_if_beyond(rule, pair, items, cells, over, facts)


def _disputed_figures(material: Material) -> set[int]:
    """Returns the figures that arithmetic proves wrong: a question about them would only follow from that."""
    return {number for check in material.conflicts() for number in check.fact_ids}


def _ask_if_beyond(
    rule: CodeRule, pair: Pair, items: list[Fact], cells: list[Fact], over: int, facts: Facts
) -> Observation:
    general, basic = _label(facts, "general_budget"), _label(facts, "basic_expenditure")
    item, cell = "、".join(_print_amount(one) for one in items), "、".join(_print_amount(one) for one in cells)
    difference = f"{unscaled(over, items[0].figure.unit):f}".rstrip("0").rstrip(".") + items[0].figure.unit
    return Observation(
        rule,
        pair.name,
        Outcome.RAISED,
        f"{general}基本支出{item}，{basic}{cell}，多出的{difference}是什么？",
        f"{pair.name}这一功能科目的基本支出只应是同名缴费：{general}{item}，{basic}{cell}，多出{difference}；"
        "须查多出部分的经济分类和缴费单据。",
        tuple(one.id for one in (*items, *cells)),
    )


def pay_system(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks a unit whose own words say that it has one pay system about amounts under an account of the other."""
    facts = material.facts
    said = _first_found(material, rule.status, rule.unless)
    if said is None or not facts.rows("basic_expenditure"):
        return
    cells = _filled_cells(facts, rule.accounts)
    if not cells:
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    if _first_found(material, rule.single, ()) is None:
        yield Observation(rule, rule.title, Outcome.UNKNOWN, message="未写明决算是否只含本级一个单位")
        return
    printed = "、".join(_print_amount(cell) for cell in cells)
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"文中自述“{said.text}”，{_label(facts, 'basic_expenditure')}为何列支{printed}？",
        f"{said.where}自述“{said.text}”，决算又只含本级一个单位，{_label(facts, 'basic_expenditure')}却列有{printed}。"
        f"{rule.note}须查单位性质批文、人员分类名册和工资审批表。",
        tuple(cell.id for cell in cells),
        (said,),
    )


def _first_found(material: Material, phrases: Iterable[str], unless: Iterable[str]) -> Quote | None:
    """Returns the first of the phrases that a sentence without the words of `unless` uses."""
    text = material.once(prose)
    for phrase in phrases:
        at = text.text.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            said = text.said(at, end)
            if not any(word in said for word in unless):
                return text.quote(at, end)
            at = text.text.find(phrase, end)
    return None


def _filled_cells(facts: Facts, codes: Iterable[str]) -> list[Fact]:
    cells = (facts.get("basic_expenditure", code, "amount") for code in codes)
    return [cell for cell in cells if cell and cell.amount]


def _print_amount(fact: Fact) -> str:
    return f"{fact.row_name}{fact.figure.text.strip()}{fact.figure.unit}"


def _label(facts: Facts, key: str) -> str:
    return facts.tables[key].label or facts.tables[key].name
