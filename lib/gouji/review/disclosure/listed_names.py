"""How many units, offices or sections there are, beside the names that are listed of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.labels import normalise
from gouji.review.disclosure.passages import clear, narrated
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote

_MATTER = "所列名称的个数"
_BRACKETS = re.compile(r"\([^()]*\)")
#: 5个所属事业单位, as one of the names: so many.
_SEVERAL = re.compile(r"(\d{1,3})[个家]")
_NAMES, _JOINED = re.compile("[、,]"), re.compile("以及|[和及与]")
_FEWEST = 2
_MOST = 5


def listed_names(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Counts that the whole list behind them does not come to; one question. The `words` hold the groups `said`,
    `count` or `count2`, and `list`; `synonyms` what a name ends with (`ends`) and what shows that the list is not all
    of it (`elsewhere`).

    A list is passed over where one of its names has no such end: a name may hold 、 (安全、环保股).
    """
    found: list[tuple[Quote, str, int]] = []
    seen = False
    for block in material.once(narrated).holding(rule.anywhere):
        text = normalise(block.text)
        exact = len(text) == len(block.text)
        for match in rule.pattern.finditer(text):
            listed = _listed(match["list"], text[match.end() :], rule)
            if not listed:
                continue
            seen = True
            if not listed[0] <= int(match["count"] or match["count2"]) <= listed[1]:
                said = (match.start("said"), match.end("said")) if exact else (0, len(block.text))
                found.append((quote(block, *said), match["said"], listed[0]))
    if not found:
        if seen:
            yield clear(rule, _MATTER)
        return
    told = "；".join(f"{where.where}称“{said}”，所列为{number}个" for where, said, number in found[:_MOST])
    yield Observation(
        rule,
        _MATTER,
        Outcome.RAISED,
        f"“{found[0][1]}”，为何列了{found[0][2]}个？",
        f"{told}。请核对是否漏列或沿用了以前年度的文稿，并与决算编报范围相核对。",
        quotes=tuple(one for one, _, _ in found),
    )


def _listed(text: str, behind: str, rule: DisclosureRule) -> tuple[int, int] | None:
    """The fewest and the most things that a list names; None where it is no whole list of names."""
    first, *others = _BRACKETS.sub("", text).split(";")
    parts = [first]
    for other in others:
        if re.search(r"[\d:]", other):
            return None  # 机关本级、文化馆；事业单位2个：图书馆、展览馆
        parts.append(other)
    if behind.startswith(rule.synonyms["elsewhere"]) or any(word in text for word in rule.synonyms["elsewhere"]):
        return None
    names = [name for part in parts for name in _NAMES.split(part) if name]
    several = [_SEVERAL.match(name) for name in names]
    ends = rule.synonyms["ends"]
    if len(names) < _FEWEST or not all(
        name.endswith(ends) and (one or not re.search(r"\d", name)) for name, one in zip(names, several, strict=True)
    ):
        return None
    fewest = sum(int(one[1]) if one else 1 for one in several)
    return fewest, fewest + sum(len(_JOINED.findall(name)) for name in names)
