"""A score and the grade told behind it: 得分94.5分，等级为“中”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from gouji.review.disclosure.passages import body_begins
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.prose import Prose, prose_of
from gouji.review.reasonableness.rules import Grade, ReasonablenessRule
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_HUNDRED = Decimal(100)
_NINE = 9
#: 优（得分≥95）: a scale of its own, whether or not it can be read.
_OWN = re.compile(r"[优良][”\"]?[（(：:][^\d）)\n]{0,6}\d{2}[^\n]")
#: Points told before a score in its sentence: it may be one of several parts, and the grade that of their sum.
_POINTS = re.compile(r"\d分")
_FULL = re.compile(r"满分[^\d。；]{0,6}(\d{2,4})")
_MARKS = r"[\s，,、:：“”\"'‘’（()）]"
_INCLUDED = r"(?:[(（]?不?含[^)）]{0,4}[)）]?)?"


@immutable()
class _Scale:
    """By grade, the lowest and the highest score; `printed` where the document says so itself."""

    bounds: Mapping[str, tuple[Decimal, Decimal]]
    printed: bool


def review_grades(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """One observation for each score that a grade follows: raised where the grade is that of other scores, by the
    document's own scale, else by the rule's."""
    prose = material.once(_body)
    scale = _scale(rule, material, prose.text)
    seen: set[str] = set()
    end = 0
    for match in _graded(rule.words, rule.between, rule.grades).finditer(prose.text):
        before = prose.text[max(end, prose.sentence(match.start(), match.end())[0]) : match.start()]
        end = match.end()
        if _POINTS.search(before):
            continue
        grade = next(one for one in rule.grades if match["grade"] in one.words)
        block, score = prose.block_at(match.start()), Decimal(match["score"])
        matter = f"{block.where} {match['score']}分{match['grade']}"
        full = {int(one) for one in _FULL.findall(block.text)} - {int(_HUNDRED)}
        known = grade.name in scale.bounds and score <= _HUNDRED and not full
        if matter in seen or not known or any(word in block.text for word in rule.unless):
            continue
        seen.add(matter)
        least, most = scale.bounds[grade.name]
        if least <= score <= most:
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        own = "文中所列划分" if scale.printed else "一般划分"
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"得分{match['score']}分，等级为何是“{match['grade']}”？",
            f"{block.where}称“{match.group().strip()}”；按{own}，“{grade.name}”为{least}至{most}分。{rule.looks}",
            quotes=(prose.quote(match.start(), match.end()),),
        )


def _body(material: Material) -> Prose:
    first = material.once(body_begins)
    return prose_of(block for block in material.document.blocks if block.grid is None and block.index >= first)


@lru_cache(maxsize=4)
def _graded(called: tuple[str, ...], between: tuple[str, ...], grades: tuple[Grade, ...]) -> re.Pattern[str]:
    """得分94.5分，评价等级为“中”: the grade closes its clause, and only words that tell a grade stand between."""
    names = any_of([word for grade in grades for word in grade.words])
    return re.compile(
        rf"(?:{any_of(called)})[^\d。；;，,\n]{{0,8}}(?P<score>\d{{1,3}}(?:\.\d+)?)分(?:{any_of(between)}|{_MARKS})*?"
        rf"(?<!其)(?P<grade>{names})[”\"'’]?(?:等?级|等次|档次?)?[”\"'’]?(?=[)）]|[，,。；;\n]|$)",
        re.MULTILINE,
    )


def _scale(rule: ReasonablenessRule, material: Material, text: str) -> _Scale:
    printed = _printed(rule.grades, text)
    if printed or _OWN.search(text):
        return _Scale(printed, True)
    bounds, most = {}, _HUNDRED
    for grade in rule.grades:
        least = material.threshold(grade.least) if grade.least else Decimal(0)
        bounds[grade.name] = (least, most)
        most = least
    return _Scale(bounds, False)


def _printed(grades: Sequence[Grade], text: str) -> dict[str, tuple[Decimal, Decimal]]:
    """The scale that a document prints: 90（含）-100分为优. Bounds belong to both grades."""
    found = {}
    for grade in grades:
        match = _beside_mark(grade).search(text) and _of_grade(grade).search(text)
        if match:
            told = {name.rstrip("12"): Decimal(number) for name, number in match.groupdict().items() if number}
            least = told.get("least", told.get("from", told.get("up", Decimal(0))))
            most = told.get("most", told.get("under", told.get("down", _HUNDRED)))
            most += most % 10 == _NINE  # 80-89分: up to 90
            found[grade.name] = (least, most)
    return found


def _range(side: int) -> str:
    """90（含）-100分, 90分以上, ≥90, 60分以下, as groups named with a number behind."""
    return (
        rf"(?:(?P<least{side}>\d{{2}})分?{_INCLUDED}分?[-—–~～至到]+(?P<most{side}>\d{{2,3}})分?{_INCLUDED}"
        rf"|(?:≥|>=|不低于)(?P<from{side}>\d{{2}})分?|(?P<up{side}>\d{{2}})分?{_INCLUDED}[及（(]?[以之]上{_INCLUDED}"
        rf"|(?:<|＜|低于|不足)(?P<under{side}>\d{{2}})分?|(?P<down{side}>\d{{2}})分?{_INCLUDED}[以之]下{_INCLUDED})"
    )


@lru_cache(maxsize=8)
def _beside_mark(grade: Grade) -> re.Pattern[str]:
    """What every match of `_of_grade` has, found in a tenth of the time."""
    name = any_of(grade.words)
    return re.compile(rf"[为是：:“”\"（(](?:{name})|(?:{name})[”\"]?(?:等?级|档)?[：:（(]")


@lru_cache(maxsize=8)
def _of_grade(grade: Grade) -> re.Pattern[str]:
    name = any_of(grade.words)
    before = rf"{_range(1)}[^\d，,。；;、]{{0,8}}?[为是：:“”\"（(]+(?:{name})(?![\u4e00-\u9fff](?<!等)(?<!级))"
    behind = rf"(?<![\u4e00-\u9fff])(?:{name})[”\"]?(?:等?级|档)?[：:（(]+(?:得分)?{_range(2)}"
    return re.compile(f"(?:{before})|(?:{behind})")
