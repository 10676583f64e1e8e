"""Questions on whose account it is and for which year: years, names and jurisdictions left over from other
documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.document.model import BlockKind
from gouji.labels import normalise, years_in_digits
from gouji.review.disclosure.passages import attached, clear, narrated, parted, sentence, under, unknown
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.prose import later_budget
from gouji.review.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_YEARS, _NAMES, _DUTIES, _UNIT = "文中年度", "单位名称", "职责所及的行政区域", "公开主体"
#: A division in front of a name; the shortest stem wins, so that 蓝山县市场监督管理局 ends at 县.
_DIVISION = re.compile(
    rf"(?:[^省市县区]{{1,14}}?({any_of(WORDS.autonomous)})"
    rf"|[^省市县区]{{1,6}}?({any_of(WORDS.divisions)}|(?:{any_of(WORDS.small_divisions)})(?![市县区])))"
)
#: A year that no digit is missing from.
_WHOLE_YEAR = re.compile(r"\d{4}")
_YEAR_OF = re.compile(r"^20\d\d年(?:度)?[，,]?")
_CHANGED = re.compile(rf"{any_of(WORDS.comparing)}|同比|增加|减少|下降|增长|持平")
_COMMA = re.compile("[，,]")
_CLAUSE = re.compile(r"[^，。；;：:]+")
#: Titles stand among the first blocks.
_TITLE = 12
#: The document's own title is among so many: a page's links come before it.
_BEGINNING = 40
#: No title of an annexed report is longer.
_ANNEX_TITLE = 60
#: The most quotations told of one matter.
_MOST = 5


def years(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about titles, headings and statements that give another year as the year of account.

    The `words` have a group `year`, a group `of` where a name stands before it, and a group `title` for the document's
    own title.
    """
    year = material.facts.year
    if year is None:
        yield unknown(rule, _YEARS, "未能确定决算年度")
        return
    found = [*_wrong_years(rule, material, year), *_wrong_years_of_annex(rule, material, year)]
    if not found:
        yield clear(rule, _YEARS)
        return
    places = "；".join(f"{one.where}“{one.text.strip()}”" for one in found[:_MOST])
    whole = any(_WHOLE_YEAR.search(one.text) for one in found)
    reason = (
        f"可能沿用了其他年度的文稿，其中的数字是否为{year}年度的也须核对" if whole else "年份不完整，应为漏印，请更正"
    )
    yield Observation(
        rule,
        _YEARS,
        Outcome.RAISED,
        f"{year}年度决算中为何写作“{found[0].text.strip()}”{f'等{len(found)}处' if len(found) > 1 else ''}？",
        f"{places}：与决算年度{year}年不一致，{reason}。",
        quotes=tuple(found),
    )


def _wrong_years(rule: DisclosureRule, material: Material, year: int) -> list[Quote]:
    """Returns the places in the account that give another year. Its own titles come first, and count only if none of
    them gives the year of account."""
    own = normalise(material.facts.department)
    titles: list[Quote] = []
    others: list[Quote] = []
    right = False
    for block in material.once(narrated).holding(rule.anywhere):
        text = years_in_digits(block.text)
        for match in rule.pattern.finditer(text):
            groups = match.groupdict()
            if not _is_own(groups.get("of") or groups.get("of2") or "", own):
                continue
            title = groups.get("title")
            right = right or title == str(year)
            if (not title or block.index < _BEGINNING) and _is_wrong(rule, text, match, year):
                (titles if title else others).append(quote(block, match.start(), match.end()))
    return [*([] if right else titles), *others]


def _wrong_years_of_annex(rule: DisclosureRule, material: Material, year: int) -> Iterator[Quote]:
    """Yields the other years in titles of the annex."""
    titles = (block for block in material.once(attached) if len(block.text) <= _ANNEX_TITLE)
    for block in titles if rule.items else ():
        title = rule.items[0].shown.search(years_in_digits(block.text))
        if title and int(title["year"]) != year:
            yield quote(block, title.start("year"), title.end())


def _is_own(named: str, own: str) -> bool:
    """True for the department's name, for 本单位, and for no name."""
    return not named or named[0] in "本我" or bool(own and same_name(normalise(named), own))


def _is_wrong(rule: DisclosureRule, text: str, match: re.Match[str], year: int) -> bool:
    """True for a year other than that of account, if it is a slip.

    A sentence that also names the year of account compares the two. So does one with a comparing word around the year
    or right before it, or behind a sentence that compares with that year. A later year belongs to a budget beside the
    account.
    """
    groups = match.groupdict().items()
    said, at = next((one, match.start(key)) for key, one in groups if one and not key.startswith("of"))
    start, end = sentence(text, at, match.end())
    words = text[start:end]
    if int(said) == year or str(year) in words or later_budget(words, year):
        return False
    if int(said) < year and _is_compared_beside(text, at, match.end(), year):
        return False
    before = text[: max(0, start - 1)]
    before = before[sentence(before, len(before), len(before))[0] :]
    if said in before and rule.excused.search(before):
        return False
    clauses = _COMMA.split(text[start:at])[-2:] + _COMMA.split(text[at:end])[:1]
    return not rule.excused.search("".join(clauses))


def _is_compared_beside(text: str, at: int, end: int, year: int) -> bool:
    """True if the paragraph states for the year of account what it states for an earlier one, and then compares the
    two: 2023年度公务接待费5万元。2022年度公务接待费4万元，增加1万元。"""
    subject = _YEAR_OF.sub("", text[at:end])
    own = max(text.find(f"{year}年{subject}"), text.find(f"{year}年度{subject}"))
    return bool(subject) and own >= 0 and bool(_CHANGED.search(text, max(own, at)))


def names(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about names in captions and headings that are not the department's. The `words` have a group `name`."""
    own = normalise(material.facts.department)
    if not own:
        yield unknown(rule, _NAMES, "未能确定部门名称")
        return
    found: list[Quote] = []
    for block in material.document.blocks:
        if block.kind is BlockKind.TABLE or len(block.text) > 80:
            continue
        match = rule.pattern.search(block.text)
        if match:
            said = next(one for one in match.groupdict().values() if one)
            if not rule.excused.search(said) and not same_name(normalise(said), own):
                start = match.start() + match.group().index(said)
                found.append(quote(block, start, start + len(said)))
    if not found:
        yield clear(rule, _NAMES)
        return
    places = "；".join(f"{one.where}“{one.text}”" for one in found[:_MOST])
    yield Observation(
        rule,
        _NAMES,
        Outcome.RAISED,
        f"{material.facts.department}的决算中为何写有“{found[0].text}”？",
        f"{places}：与决算单位名称不一致，可能沿用了其他单位的文稿，请核对该处的文字和数字是否属于本单位。",
        quotes=tuple(found),
    )


def jurisdiction(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about duties beyond the department's own county or city.

    The level is that of the last division in the department's name (or of the given region): a 县 has no duties for
    全市, whatever 市 it belongs to.
    """
    level = _level(normalise(material.facts.department), rule) or _level(normalise(material.region), rule)
    beyond = rule.levels.get(level)
    if not beyond:
        yield unknown(rule, _DUTIES, "单位名称中没有可据以判断层级的行政区划")
        return
    found: list[Quote] = []
    duties = 0
    for block in under(material.once(parted)[1], rule.synonyms["chapter"]):
        duties += 1
        for clause in _CLAUSE.finditer(block.text):
            word = next((one for one in beyond if one in clause.group()), "")
            if word and rule.pattern.search(clause.group()) and not rule.excused.search(clause.group()):
                found.append(quote(block, clause.start(), clause.end()))
    if not duties:
        return
    if not found:
        yield clear(rule, _DUTIES)
        return
    places = "；".join(f"{one.where}“{one.text.strip()}”" for one in found[:_MOST])
    words = "、".join(dict.fromkeys(f"“{one}”" for one in beyond for each in found if one in each.text))
    yield Observation(
        rule,
        _DUTIES,
        Outcome.RAISED,
        f"{material.facts.department}的职责为何写有{words}？",
        f"{places}：单位名称表明其为{level}所属，所述职责超出本行政区域，可能套用了上级单位的文稿，"
        "请与机构编制部门核定的职责核对。",
        quotes=tuple(found),
    )


def subordinate(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks whether a unit is also in another department's account: it says that it belongs to a department and
    publishes as one, without a word (`unless`) on its budgetary level."""
    document = material.document
    title = next((one for one in document.blocks[:_TITLE] if "决算" in one.text), None)
    if title is None or "部门决算" not in normalise(title.text):
        return
    chapter = list(under(material.once(parted)[1], rule.synonyms["chapter"]))
    open_about_it = any(rule.excused.search(block.text) for block in chapter)
    for block in [] if open_about_it else chapter:
        match = rule.pattern.search(block.text)
        if match:
            said = quote(block, match.start(), match.end())
            yield Observation(
                rule,
                _UNIT,
                Outcome.RAISED,
                f"文中称“{said.text.strip()}”，为何以“部门决算”名义单独公开，主管部门决算是否已将其汇总？",
                f"{said.where}“{said.text.strip()}”，而标题为“{title.text.strip()}”。所属单位应当公开单位决算，并汇入主管"
                "部门决算；请核对其预算级次和主管部门决算的单位构成，看是否重复或遗漏。",
                quotes=(said, quote(title, 0, len(title.text))),
            )
            return
    yield clear(rule, _UNIT)


def _level(name: str, rule: DisclosureRule) -> str:
    """Returns the ending of the last division at the start of a name; "" if there is none, or if a zone follows it."""
    at, level = 0, ""
    while match := _DIVISION.match(name, at):
        if any(match.group().endswith(zone) for zone in rule.zones):
            return "" if match[2] == "区" else level
        at, level = match.end(), match[1] or match[2]
    return level


def same_name(said: str, own: str) -> bool:
    """True if one of two normalised names is the other shortened: its characters are among the other's, in the same
    order."""
    shorter, longer = sorted((said, own), key=len)
    rest = iter(longer)
    return all(char in rest for char in shorter)
