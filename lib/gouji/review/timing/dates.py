"""Dates that cannot be, and days that figures are stated as of."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome
from gouji.review.timing.model import TimingRule
from gouji.review.timing.sentences import prose, sentence

_DATE = re.compile(r"(?P<as_of>截[至止]到?\s*)?(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")


def impossible(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Dates that no calendar has."""
    seen = False
    for block in prose(material.document):
        for match in _DATE.finditer(block.text) if "日" in block.text else ():
            seen = True
            if _exists(match):
                continue
            printed = match[0].removeprefix(match["as_of"] or "")
            yield Observation(
                rule,
                f"{block.where} {printed}",
                Outcome.RAISED,
                f"{block.where}“{printed}”并无此日，实为何日？",
                f"{block.where}写作“{printed}”，历书上没有这一天；须查所指事项的原始文件日期。",
                (),
                (quote(block, match.start(), match.end(), 15),),
            )
    if seen:
        yield Observation(rule, "其余日期", Outcome.CLEAR)


def _exists(match: re.Match[str]) -> bool:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def as_of(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """What is to be stated as of the end of the year, stated as of another day."""
    year = material.facts.year
    if year is None:
        return
    for block in prose(material.document):
        for match in _DATE.finditer(block.text) if "截" in block.text else ():
            begins, ends = sentence(block.text, match.start(), match.end())
            said = block.text[begins:ends]
            if not match["as_of"] or not any(word in said for word in rule.words):
                continue
            matter = f"{block.where} {next(word for word in rule.words if word in said)}"
            if (int(match["year"]), int(match["month"]), int(match["day"])) == (year, 12, 31):
                yield Observation(rule, matter, Outcome.CLEAR)
                continue
            yield Observation(
                rule,
                matter,
                Outcome.RAISED,
                f"{block.where}以“{match[0]}”为时点，为何不是{year}年12月31日？",
                f"{block.where}所述资产数量的时点为“{match[0]}”，{year}年决算应以{year}年12月31日为准；"
                "须查是否沿用往年文字，数量按年末资产卡片核对。",
                (),
                (quote(block, match.start(), match.end(), 20),),
            )
