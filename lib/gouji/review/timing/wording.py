"""Words written at another time than the end of the year: mid-year text, amounts yet to be paid, stale comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.document.model import Block
from gouji.facts.fact import Fact
from gouji.intervals import MONEY_UNITS
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.timing.model import TimingRule
from gouji.review.timing.sentences import clause, headed, prose, sentence

_COMPARED = re.compile(
    r"(?:(?<!占)[较比](?P<than>20\d{2})\s*年(?:度|末|底)?|[与同和]\s*(?P<with>20\d{2})\s*年(?:度|末|底|同期|决算数?)?\s*(?:相比|比较|对比|比))"
)


def midyear(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """A report on a whole year that in several places speaks as if the year were not over, as one matter."""
    marks: dict[str, tuple[Quote, int]] = {}
    for block in prose(material.document):
        for pattern, weight in rule.compiled:
            match = pattern.search(block.text)
            if match is None or pattern.pattern in marks or _ahead(rule, block, match):
                continue
            marks[pattern.pattern] = quote(block, match.start(), min(len(block.text), match.end() + 6)), weight
    if not marks:
        return
    if sum(weight for _, weight in marks.values()) < material.threshold("midyear_weight"):
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    quotes = tuple(one for one, _ in marks.values())
    year = f"{material.facts.year}年" if material.facts.year else "全年"
    told = "、".join(f"“{one.text}”（{one.where}）" for one in quotes)
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{year}报告有“{quotes[0].text}”“{quotes[-1].text}”等年中用语，数据截至何时？",
        f"{year}年度终了后的报告仍有年中的说法：{told}；同一报告又列全年数。须查各项数据的截止日期，年中数是否已换成全年数。",
        (),
        quotes,
    )


def _ahead(rule: TimingRule, block: Block, match: re.Match[str]) -> bool:
    """True for words about what comes after the year."""
    begins, ends = sentence(block.text, match.start(), match.end())
    return any(word in block.text[begins:ends] + headed(block) for word in rule.unless)


def intended(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Amounts that a report on a past year says are yet to be paid."""
    amounts: dict[int, list[Fact]] = {}
    for fact in material.facts.statements():
        if fact.figure.unit in MONEY_UNITS and fact.amount:
            amounts.setdefault(fact.place.line, []).append(fact)
    for block in prose(material.document):
        for pattern, _ in rule.compiled:
            for match in pattern.finditer(block.text):
                if not _ahead(rule, block, match) and (fact := _amount(block, match, amounts)):
                    yield _intended(rule, block, match, fact)


def _amount(block: Block, match: re.Match[str], amounts: dict[int, list[Fact]]) -> Fact | None:
    """The first amount of the clause that a match begins."""
    _, ends = clause(block.text, match.start(), match.end())
    near = (
        fact
        for fact in amounts.get(block.place.line, ())
        if match.start() <= fact.place.start - block.place.start < ends
    )
    return next(near, None)


def _intended(rule: TimingRule, block: Block, match: re.Match[str], fact: Fact) -> Observation:
    end = fact.place.end - block.place.start
    text = block.text[match.start() : end]
    unit = "" if text.endswith(fact.figure.unit) else fact.figure.unit
    said = text + unit
    return Observation(
        rule,
        f"{block.where} {said}",
        Outcome.RAISED,
        f"年终报告写“{said}”，年末究竟付了没有，是否已计入全年支出？",
        f"{block.where}在年度终了后仍写“{said}”：若尚未支付，不应列入当年实际支出；若已支付，应写实付数。"
        "须查付款日期和凭证、年末应付或结转数。",
        (fact.id,),
        (quote(block, match.start(), end),),
    )


def wrong_prior(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """An amount compared with a year that is not the one before."""
    year = material.facts.year
    if year is None:
        return
    back = int(material.threshold("compared_years_back"))
    for block in prose(material.document):
        for match in _COMPARED.finditer(block.text) if "年" in block.text else ():
            compared = int(match["than"] or match["with"])
            begins, ends = sentence(block.text, match.start(), match.end())
            said = block.text[begins:ends]
            matter = f"{block.where} {match[0]}"
            if compared == year - 1 or str(year - 1) in said or "元" not in said:
                yield Observation(rule, matter, Outcome.CLEAR)
            elif year - back <= compared and not any(word in said for word in rule.unless):
                yield _stale(rule, block, match, compared, year)


def _stale(rule: TimingRule, block: Block, match: re.Match[str], compared: int, year: int) -> Observation:
    _, ends = clause(block.text, match.start(), match.end())
    if "相比" in match[0]:
        ends = clause(block.text, min(ends + 1, len(block.text)), min(ends + 1, len(block.text)))[1]
    said = block.text[match.start() : ends]
    return Observation(
        rule,
        f"{block.where} {said}",
        Outcome.RAISED,
        f"{block.where}“{said}”，{year}年的数为何与{compared}年而不与{year - 1}年比？",
        f"{block.where}写“{said}”，{year}年决算应与上年（{year - 1}年）比较；"
        f"须查是否沿用往年文稿，并取得{year - 1}年数重算。",
        (),
        (quote(block, match.start(), ends),),
    )
