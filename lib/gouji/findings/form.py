"""Words findings that join no figures in an identity: how a table is filled in, and what words say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from gouji.checks.check import Check
from gouji.checks.form import ACROSS
from gouji.checks.narrative.prior_rates import prior_of
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_text, told_amount
from gouji.findings.naming import beside, joined, spoken, spoken_place
from gouji.intervals import SCALE, unscaled

_MOST_NAMED, _MOST_CELLS = 4, 12
#: Title and message.
TitleAndMessage = tuple[str, str]


def form(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Returns title and message of a finding on how a table is filled in, or on what words say."""
    return _WORDINGS[check.rule.kind](check, facts)


def named(facts: Sequence[Fact], most: int = _MOST_NAMED) -> str:
    """Returns the first `most` figures, with their places."""
    figures = [
        f"{spoken(fact)}（印数为空）" if fact.blank else f"{spoken(fact)}{told_amount(fact)}" for fact in facts[:most]
    ]
    return "；".join(figures) + (f"等{len(facts)}处" if len(facts) > most else "")


def _word_listed(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    names = [fact for fact in facts if fact.claim and fact.claim.measure is Measure.LISTED]
    cells = [fact for fact in facts if fact not in names and fact is not facts[0]]
    table = cells[0].where.split(" · ")[0]
    if names:
        quoted = "、".join(f"“{fact.row_name}”" for fact in names)
        first = f"“{names[0].row_name}”" + (f"等{len(names)}个科目" if len(names) > 1 else "")
        empty = spoken(cells[0]) if len(names) == 1 else f"{table}中这{len(names)}个科目"
        return (
            f"{names[0].where}列举{first}，{table}中为何没有金额？",
            f"{names[0].where}列举{quoted}，而{empty}为空或0，请核对所列内容。",
        )
    return (
        f"{facts[0].where}为何没有列举“{cells[0].row_name}”（{table}中为{told_amount(cells[0])}）？",
        f"{facts[0].where}所列内容没有“{cells[0].row_name}”，而{spoken(cells[0])}为{told_amount(cells[0])}，金额较大。",
    )


def _word_counted(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    count, money = facts[0], facts[1]
    said, spent = f"{count.where}称{count.row_name}{told_amount(count)}", told_amount(money)
    return f"{said}，{beside(money, count)}为何为{spent}？", f"{said}，而{spoken(money)}为{spent}，请说明原因。"


def _word_absent(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    said = f"{facts[0].where}称{facts[0].row_name}{told_amount(facts[0])}"
    return (
        f"{said}，决算表中没有这一科目",
        f"{said}，而一般公共预算财政拨款支出决算表各类之和已等于合计，没有“{facts[0].row_name}”，其他各表也没有；"
        "科目名称或金额有误。",
    )


def _word_below_target(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    rate, target = facts[0], facts[1]
    return (
        f"{joined(rate.where, target.row_name)}完成{told_amount(rate)}，为何未达到目标{told_amount(target)}？",
        f"{rate.where}：{target.row_name}目标{told_amount(target)}，完成{told_amount(rate)}，未达到目标，请核对原因。",
    )


def _word_from_nothing(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    rate, change, now = facts[0], facts[1], facts[2]
    return (
        f"{spoken(rate)}印作{told_amount(rate)}，而上年数为0，无从计算",
        f"{rate.where}称{now.row_name}{told_amount(now)}、{told_amount(change)}，上年数为0，{told_amount(rate)}无从计算。",
    )


def _word_contrary(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    change, rate = (told_amount(fact) for fact in facts)
    said = f"{facts[0].where}称{facts[0].row_name}{change}，又称{rate}"
    return f"{said}，一增一减", f"{said}：一增一减，不能同时成立，其中一个方向（词）有误。"


def _word_awarded(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Words what was awarded in all against the kinds. The first fact is the total; each kind's amount and its share
    follow."""
    total, pairs = facts[0], list(zip(facts[1::2], facts[2::2], strict=True))
    come_to = Fraction(sum((amount.amount or 0) * (share.amount or 0) for amount, share in pairs), 100 * SCALE)
    made = " + ".join(f"{told_amount(amount)}×{told_amount(share)}" for amount, share in pairs)
    named = f"{total.where}称{total.row_name}{told_amount(total)}"
    made = f"{made}，合{_places(come_to, total.figure.unit)}{total.figure.unit}"
    return (
        f"{named}，与按货物、工程、服务各自占比推算的不符",
        f"{named}；按货物、工程、服务的金额和其中授予中小企业的占比推算为{made}：两者不能同时成立。",
    )


def _word_implied(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Words a whole's budget against its parts. The first fact is the whole's budget, or the first two are its amount
    and its rate of completion; each part's amount and rate follow."""
    first = 1 if len(facts) % 2 else 2
    whole, pairs = facts[0], list(zip(facts[first::2], facts[first + 1 :: 2], strict=True))
    made = " + ".join(f"{told_amount(amount)}÷{told_amount(rate)}" for amount, rate in pairs)
    come_to = sum((Fraction((one.amount or 0) * 100 * SCALE, rate.amount or 1) for one, rate in pairs), Fraction())
    named, unit = f"{spoken(whole)}{told_amount(whole)}", whole.figure.unit
    named = f"由{named}、{facts[1].column_name}{told_amount(facts[1])}推算的预算" if first > 1 else named
    made = f"{made}，合{_places(come_to, unit)}{unit}"
    return (
        f"{named}，小于按各项完成率推算的预算之和",
        f"{named}；按各项的决算和完成预算的比率推算，其预算之和为{made}：两者不能同时成立。",
    )


def _word_items_left_out(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Words items whose budgets come to less than the whole's. The first fact is the whole's budget."""
    whole, unit = facts[0], facts[0].figure.unit
    come_to = sum(fact.amount or 0 for fact in facts[1:])
    style = ",.2f" if "," in whole.figure.text else ".2f"
    short = f"{unscaled((whole.amount or 0) - come_to, unit):{style}}{unit}"
    said = f"{spoken(whole)}{told_amount(whole)}"
    return (
        f"{said}，所列各科目的预算数合计为何少{short}？",
        f"{said}，所列{len(facts) - 1}个科目的预算数合计{unscaled(come_to, unit):{style}}{unit}，少{short}；"
        "各科目的决算数之和等于总数，预算数与完成率也都相符。可能漏列了有预算而当年没有支出的科目，应当列出并说明未执行的原因。",
    )


def _word_apart_last_year(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Words two values of last year that differ. The first two facts are the whole's amount and rate."""
    unit = facts[0].figure.unit
    made = (prior_of(some) for some in (facts[:2], facts[2:]))
    ranges = [f"{_places(one.low, unit)}至{_places(one.high, unit)}{unit}" for one in made if one]
    names = "、".join(fact.row_name for fact in facts[2::2])
    return (
        f"{spoken(facts[0])}{told_amount(facts[0])}、{told_amount(facts[1])}，与各项的增减率不能同时成立",
        f"由{spoken(facts[0])}{told_amount(facts[0])}、{told_amount(facts[1])}推算，上年为{ranges[0]}；由所列各项（{names}）推算，"
        f"上年合计{ranges[1]}：{'；'.join(map(told_amount, facts[1::2]))}不能同时成立。",
    )


def _places(value: Fraction, unit: str) -> str:
    return f"{unscaled(round(value), unit).quantize(Decimal('0.01')):f}"


def _word_noted(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    return (
        f"{spoken_place(check.scope)}的附注称无数据，表中却列有数字",
        f"{spoken_place(check.scope)}的附注称无数据，而表中列有{named(facts)}。",
    )


def _word_unfilled(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    first = "、".join(f"“…{quote}…”" for quote in check.missing[:3])
    return (
        f"公开的是未填列的样表，不是决算（{len(check.missing)}处待填内容未填）",
        f"全文有{len(check.missing)}处待填内容未填（如{first}），多于所列数字：这是未填列的样表，不是决算。",
    )


def _word_left_open(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    quotes = "、".join(f"“…{quote}…”" for quote in dict.fromkeys(check.missing))
    said = f"{spoken_place(check.scope)}有{len(check.missing)}处待填内容未填列或未删去"
    return said, f"{said}：{quotes}。"


def _word_without_unit(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    lacking = dict.fromkeys("元" if fact.figure.text.endswith(("万", "亿")) else fact.figure.unit for fact in facts)
    units = "、".join(f"“{unit}”" for unit in lacking)
    said = f"{spoken_place(check.scope)}有{len(facts)}处数字后漏印{units}"
    quoted = "；".join(f"“{shown_text(fact)}”应为{told_amount(fact)}（{fact.quote}）" for fact in facts[:_MOST_NAMED])
    more = f"等{len(facts)}处" if len(facts) > _MOST_NAMED else ""
    return said, f"{said}：{quoted}{more}。现按此单位核对。"


def _word_told_otherwise(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Words amounts of a report that the account does not print. Behind each stand the cells of the same name."""
    told: list[tuple[Fact, list[Fact]]] = []
    for fact in facts:
        if fact.claim is not None:
            told.append((fact, []))
        else:
            told[-1][1].append(fact)
    first = told[0][0]
    listed = "；".join(
        f"{spoken(fact)}{told_amount(fact)}，而{'、'.join(f'{spoken(cell)}为{told_amount(cell)}' for cell in cells)}"
        for fact, cells in told
    )
    return (
        f"{spoken(first)}{told_amount(first)}，为何与{told[0][1][0].where.split(' · ')[0]}不一致？",
        f"{listed}。决算各表没有这样的金额，请核对所述的口径和金额。",
    )


def _word_weights(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    said = f"{spoken_place(check.scope)}为{told_amount(facts[0])}"
    return f"{said}，为何不是100分？", f"{said}，各指标分值之和与此相符；满分应为100分，另设加分项的应当注明，请核对。"


def _word_part_weights(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    total = unscaled(sum(fact.amount or 0 for fact in facts), facts[0].figure.unit).normalize()
    said = f"{spoken_place(check.scope)}之下各部分分值合计{total:f}分"
    printed = "、".join(told_amount(fact) for fact in facts)
    return (
        f"{said}，为何不是100分？",
        f"{said}（{printed}），而各部分得分之和就是总得分；满分应为100分，请核对各项分值。",
    )


def _word_mean(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    mean, best = facts[0], facts[1:]
    said = f"{joined(mean.where, mean.row_name)}{told_amount(mean)}"
    return f"{said}，项目为何全部评为“优”？", f"{said}，而{named(best)}，其余等级为0：两者不相称，请核对得分和等级。"


def _word_named_alike(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    one, other = (f"{spoken(fact)}{told_amount(fact)}" for fact in facts)
    return f"{one}，{other}，是否同一数字？", f"{one}，{other}：名称相同而数字只差一处笔误，请核对是否同一数字。"


def _word_execution_rate(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    rate, part, base = facts
    truth = Fraction((part.amount or 0) * 100, base.amount or 1)
    quotient = f"{told_amount(part)} ÷ {told_amount(base)} = {float(truth):.{rate.figure.decimals}f}%"
    name = rate.claim.words.strip().rstrip("为是达到约") if rate.claim else rate.row_name
    said = f"{joined(rate.where, name)}印作{told_amount(rate)}"
    return f"{said}，是否数字颠倒？", f"{said}，而{quotient}：疑为数字颠倒，请核对。"


def _word_unrecognised(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    names = dict.fromkeys(
        (fact.column_name if fact.concept.column.startswith("?") else fact.row_name) or "无名" for fact in facts
    )
    if check.reason == ACROSS:
        said = f"{spoken_place(check.scope)}中的“{'、'.join(names)}”没有科目编码"
        return said, f"{said}：各栏之间的关系已经核对，与上下级科目、其他表的关系未核对。"
    said = f"{spoken_place(check.scope)}中的“{'、'.join(names)}”有金额，但不能识别其含义"
    return said, f"{said}，与之有关的勾稽关系未核对。"


def _word_unreadable(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    if len(facts) > 1 and facts[0].figure.value is None:
        cells = "；".join(f"{fact.named}“{shown_text(fact)}”" for fact in facts[:_MOST_CELLS])
        cells += f"等{len(facts)}处" if len(facts) > _MOST_CELLS else ""
        said = f"{spoken_place(check.scope)}有{len(facts)}处不是可辨认的金额"
        return f"{said}，应为多少？", f"{said}，与之有关的勾稽关系均未核对：{cells}。"
    if len(facts) > 1:
        unit = facts[0].figure.unit
        said = (
            f"{spoken_place(check.scope)}以“{unit}”为单位，而有{len(facts)}处印到小数点后{facts[0].figure.decimals}位"
        )
        return (
            f"{said}，单位行是否有误？",
            f"{said}（{named(facts)}），比该单位的最小金额还小，单位行“{unit}”疑误；与之有关的勾稽关系均未核对。",
        )
    said = f"{spoken_place(check.scope)}印为“{shown_text(facts[0])}”"
    return f"{said}，应为多少？", f"{said}，不是可辨认的金额，与之有关的勾稽关系均未核对。"


def _word_doubled(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    """Words a row that is printed twice. The figures of the superfluous print come first."""
    superfluous, meant = ([fact for fact in facts if fact.repeated is which] for which in (True, False))
    said, amounts = (
        f"{spoken_place(check.scope)}在本表印了两行",
        [_amounts(some) or "空" for some in (meant, superfluous)],
    )
    return (
        f"{said}，列{amounts[1]}的一行多余",
        f"{said}：一行为{amounts[0]}，一行为{amounts[1]}。各项勾稽关系只与前者相符，后者多余，须核对后删去；其余按前者核对。",
    )


def _word_doubled_open(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    said = f"{spoken_place(check.scope)}在本表印了两行"
    return f"{said}，是否重复？", f"{said}：{'、'.join(told_amount(fact) for fact in facts)}。请核对哪一行应当保留。"


def _amounts(facts: Sequence[Fact]) -> str:
    return "、".join(f"{fact.column_name}{told_amount(fact)}" for fact in facts)


def _word_empty(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    message = f"{spoken_place(check.scope)}没有任何数字，也没有“0”或“无”；{check.rule.title}。"
    return f"{spoken_place(check.scope)}为空表，没有填“0”或“无”", message


def _word_unexplained(check: Check, facts: Sequence[Fact]) -> TitleAndMessage:
    message = f"{spoken_place(check.scope)}没有任何数字，也没有“0”或“无”；{check.rule.title}。"
    return f"{spoken_place(check.scope)}为空表，未作说明", message


_WORDINGS: dict[str, Callable[[Check, Sequence[Fact]], TitleAndMessage]] = {
    "listed_accounts": _word_listed,
    "count_money": _word_counted,
    "absent_class": _word_absent,
    "target": _word_below_target,
    "zero_base": _word_from_nothing,
    "contrary_rate": _word_contrary,
    "awarded_by_kind": _word_awarded,
    "implied_budgets": _word_implied,
    "left_out_items": _word_items_left_out,
    "prior_rates": _word_apart_last_year,
    "note_of_nothing": _word_noted,
    "unfilled": _word_unfilled,
    "placeholder": _word_left_open,
    "unrecognised": _word_unrecognised,
    "named_alike": _word_named_alike,
    "execution_rate": _word_execution_rate,
    "evaluation_report_weights": _word_weights,
    "evaluation_part_weights": _word_part_weights,
    "evaluation_mean": _word_mean,
    "whole_report_open": _word_told_otherwise,
    "unit_left_out": _word_without_unit,
    "unreadable": _word_unreadable,
    "doubled": _word_doubled,
    "doubled_open": _word_doubled_open,
    "zero_or_none": _word_empty,
    "empty_unexplained": _word_unexplained,
}
