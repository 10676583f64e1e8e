"""Questions on words written at another time than the end of the year: mid-year text, stale comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.prose import Prose, headed, later_budget, prose
from gouji.review.timing.model import TimingRule
from gouji.review.word_lists import WORDS
from gouji.runtime.word_lists import any_of

#: 较2021年, 与2021年相比.
_COMPARED = re.compile(
    rf"(?<!经比)(?:{any_of(WORDS.comparing)}|{any_of(WORDS.comparing_with)})\s*(?P<year>20\d{{2}})\s*年(?:度|末|底)?"
    rf"(?P<with>(?:{any_of(WORDS.compared_of)})?\s*(?:{any_of(WORDS.compared)}))?"
)
_LAST_YEAR = re.compile(rf"(?:{any_of(WORDS.comparing)}|{any_of(WORDS.comparing_with)})(?:上年|去年|上一年)")


def midyear(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about a report on a whole year that in several places speaks as if the year were not over; one matter."""
    text = material.once(prose)
    marks: list[tuple[int, int]] = []
    quotes: list[Quote] = []
    for pattern, weight in rule.compiled:
        match = next((one for one in pattern.finditer(text.text) if not _is_excluded(rule, text, one)), None)
        if match:
            end = text.clause(match.start(), match.end())[1]
            marks.append((match.start(), weight))
            quotes.append(text.quote(match.start(), end))
    if not marks:
        return
    if sum(weight for _, weight in marks) < material.threshold("midyear_weight"):
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    in_order = tuple(one for _, one in sorted(zip(marks, quotes, strict=True), key=lambda pair: pair[0]))
    year = f"{material.facts.year}年" if material.facts.year else "全年"
    quoted = "、".join(f"“{one.text}”（{one.where}）" for one in in_order)
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{year}报告有“{in_order[0].text}”“{in_order[-1].text}”等年中用语，数据截至何时？",
        f"年度终了后的报告仍有年中的说法：{quoted}；同一报告又列全年数。须查各项数据的截止日期，年中数是否已换成全年数。",
        (),
        in_order,
    )


def _is_excluded(rule: TimingRule, text: Prose, match: re.Match[str]) -> bool:
    """True if the sentence, or a heading above it, has words that say it is about something else."""
    said = text.said(match.start(), match.end()) + headed(text.block_at(match.start()))
    return any(word in said for word in rule.unless)


def wrong_prior(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about an amount compared with a year that is not the one before."""
    year, text = material.facts.year, material.once(prose)
    if year is None:
        return
    back = int(material.threshold("compared_years_back"))
    seen: set[str] = set()
    for match in _COMPARED.finditer(text.text):
        before = text.text[max(0, match.start() - 2) : match.start()]
        if (not match["with"] and not match[0].startswith(WORDS.comparing)) or before.endswith(WORDS.not_comparing):
            continue
        compared, said = int(match["year"]), text.said(match.start(), match.end())
        at = text.quote(match.start(), _end_of_comparison(text, match))
        matter = f"{at.where} {at.text}"
        if matter in seen:
            continue
        seen.add(matter)
        budgeted = (compared == year and "预算" in at.text) or later_budget(said, year)
        second = compared < year and _is_second(text, match.start(), year)
        if compared == year - 1 or str(year - 1) in said or "元" not in said or budgeted or second:
            yield Observation(rule, matter, Outcome.CLEAR)
        elif year - back <= compared and not any(word in said for word in rule.unless):
            yield _ask_about_stale(rule, at, matter, compared, year)


def _is_second(text: Prose, at: int, year: int) -> bool:
    """True behind a comparison with the year before in the same sentence, across semicolons: 与2022年相比…；与
    2021年相比…"""
    begins = max(text.line(at), text.text.rfind("。", 0, at) + 1)
    before = text.text[begins:at]
    return any(int(one["year"]) == year - 1 for one in _COMPARED.finditer(before)) or bool(_LAST_YEAR.search(before))


def _end_of_comparison(text: Prose, match: re.Match[str]) -> int:
    """Returns the end of the clause with the change. It is the next clause if a comma follows 相比."""
    end = text.clause(match.start(), match.end())[1]
    set_off = end == match.end() and text.text[end : end + 1] in ("，", ",")
    return text.clause(end + 1, end + 1)[1] if set_off else end


def _ask_about_stale(rule: TimingRule, at: Quote, matter: str, compared: int, year: int) -> Observation:
    return Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"{at.where}“{at.text}”，{year}年决算为何与{compared}年比较？",
        f"{year}年决算应与上年（{year - 1}年）比较；须查是否沿用往年文稿，并取得{year - 1}年数重算。",
        (),
        (at,),
    )
