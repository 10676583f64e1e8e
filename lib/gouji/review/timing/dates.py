"""Questions on impossible dates, and on the day as of which figures are stated."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.prose import prose
from gouji.review.timing.model import TimingRule

_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
_AS_OF = re.compile(r"截[至止]到?\s*$")
#: No document number is older than the state; none is given ahead of the year in which an account is published, and
#: plans go no further than so many years.
_EARLIEST, _AHEAD, _PLANNED = 1949, 2, 50
#: So many characters before a date say that it is one to count as of.
_BEFORE = 5


def _dates(material: Material) -> tuple[re.Match[str], ...]:
    return tuple(_DATE.finditer(material.once(prose).text))


def impossible(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about dates that no calendar has."""
    text = material.once(prose)
    dates = material.once(_dates)
    seen: set[tuple[str, str]] = set()
    for match in dates:
        said = text.quote(match.start(), match.end(), 15)
        if _exists(match) or (said.where, match[0]) in seen:
            continue
        seen.add((said.where, match[0]))
        yield Observation(
            rule,
            f"{said.where} {match[0]}",
            Outcome.RAISED,
            f"{said.where}“{match[0]}”并无此日，实为何日？",
            f"{said.where}写作“{match[0]}”，历书上没有这一天；须查所指事项的原始文件日期。",
            (),
            (said,),
        )
    if dates and not seen:
        yield Observation(rule, rule.title, Outcome.CLEAR)


def _exists(match: re.Match[str]) -> bool:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def impossible_year(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about years in document numbers and titles (2202年度) that are long past or far ahead."""
    year, text = material.facts.year, material.once(prose)
    seen: set[str] = set()
    found = [match for pattern, _ in rule.compiled for match in pattern.finditer(text.text)] if year else []
    for match in found:
        latest = (year or 0) + (_AHEAD if match[0].endswith("号") else _PLANNED)
        said = text.quote(match.start(), match.end(), 10)
        if _EARLIEST <= int(match["year"]) <= latest or match[0] in seen:
            continue
        seen.add(match[0])
        yield Observation(
            rule,
            match[0],
            Outcome.RAISED,
            f"{said.where}“{match[0]}”的年份有误，实为哪一年？",
            f"{said.where}写作“{said.text}”，{match['year']}年不会有这一文件（事项）；须查原文。",
            (),
            (said,),
        )
    if found and not seen:
        yield Observation(rule, rule.title, Outcome.CLEAR)


def as_of(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about figures stated as of another day than the end of the year."""
    year, text = material.facts.year, material.once(prose)
    seen: set[str] = set()
    for match in material.once(_dates) if year else ():
        before = _AS_OF.search(text.text, max(0, match.start() - _BEFORE), match.start())
        words = [word for word in rule.words if word in text.said(match.start(), match.end())] if before else []
        if not before or not words:
            continue
        said = text.quote(before.start(), match.end())
        matter = f"{said.where} {words[0]} {match[0]}"
        if matter in seen:
            continue
        seen.add(matter)
        if (int(match["year"]), int(match["month"]), int(match["day"])) == (year, 12, 31):
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"{said.where}以“{said.text}”为时点，为何不是{year}年12月31日？",
            f"{said.where}所述资产数量的时点为“{said.text}”，{year}年决算应以{year}年12月31日为准；"
            "须查是否沿用往年文字，数量按年末资产卡片核对。",
            (),
            (said,),
        )
