"""A paragraph's tokens: figures with their units, the words a section's lexicon knows, punctuation, and the unknown.

Digits that are no figures (dates, document and item numbers, codes, names such as “311”) become `date` or `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from gouji.facts.labels import normalise
from gouji.layouts.phrases import FREE, load_phrases

_MONEY = ("亿元", "百万元", "万元", "千元", "元")
_RATES = ("%", "‰")
_POINTS = ("个百分点", "百分点")
_RANGE = "至"
_MULTIPLES = {"": 0, "千": 3, "万": 4, "亿": 8}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMERALS = "〇零一二两三四五六七八九十百千"
_CODE = r"(?<!\d)[12]\d{2}(?:\d{2}){1,2}(?=[^\d.,万元%])"
#: What anything of `_NOT_FIGURES` begins with: looked at first, which spares most characters the rest.
_GUARD = r"(?=[(〔【第共公附表\dA-Za-z①-⑨\[])"
_NOT_FIGURES = rf"""
    (?P<reference>
        [〔\[(【]20\d\d[〕\])】]\s*第?\d+(?:号|-\d+) | 第\d+(?:[号条款项届次章节批期季页个]|季度)? | 共?\d+页
      | 公开\d+表 | 附?表\d{{1,2}}(?:-\d+)?(?!\d|[,.]\d|[只个块台套件户家]) | No\.?\d+ | \d+号(?!线))
  | (?P<date>
        20\d\d年?(?:度)?[-~至—]+20\d\d年度? | 20\d\d[-~至—.](?:20)?\d\d年度? | 20\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?
      | (?P<year>20\d\d)年(?:度|底|末(?!结))?(?!以) | 20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}
      | \d{{1,2}}[-至、]\d{{1,2}}月份? | \d{{1,2}}月(?:\d{{1,2}}日|份?[底末初]|份)? | \d{{1,2}}日 | \d{{1,2}}:\d{{2}}
      | \d{{1,3}}个?(?:月|年|周)(?![度初末均]) | \d+周年)
  | (?P<item>(?:^|(?<=[。;:!?]))(?:\(?\d{{1,2}}(?:、|\.(?!\d)|\)[、.]?)|[①②③④⑤⑥⑦⑧⑨]))
  | (?P<name>[A-Za-z]+[-/]?\d+(?:\.\d+)?|\d+[A-Za-z]+)
  | (?P<code>{_CODE})(?!UNITS)
"""


#: In a report, what stands between a number and a mark is its unit (3230吨次，).
_ODD_UNIT = r"|(?!以上|以下|以内|左右|上下|余|多|及以|之内|以外|个?月|年|日|号|时|起|周|万|亿|千)[\u4e00-\u9fff]{1,3}?(?=[,。;、()]|的|$)"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure's number: exact value in `unit`, printed decimals, what family the unit is of.

    `family` is money, rate, points, count or bare. `about`: the words say it is not exact (余, 多). `bound`: 以上,
    以内…, 至 for the end of a range (75-90分), "" for none.
    """

    value: Decimal
    decimals: int
    unit: str
    family: str
    about: bool = False
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence; `start` and `end` are offsets in the original text."""

    kind: str
    text: str
    start: int
    end: int
    number: Number | None = None


def tokens(text: str, section: str) -> list[Token]:
    """The tokens of a paragraph, in order; what no lexicon knows is `unknown`."""
    return _with_units(list(_merged(_raw(text, section))))


def _raw(text: str, section: str) -> Iterator[Token]:
    plain, offsets = _plain(text)
    kinds, lexer = _lexer(section)
    position = 0
    for match in lexer.finditer(plain):
        start, end = match.span()
        if start > position:
            yield Token("unknown", plain[position:start], offsets[position], offsets[start - 1] + 1)
        yield _token(match, kinds, text, offsets)
        position = end
    if position < len(plain):
        yield Token("unknown", plain[position:], offsets[position], offsets[-1] + 1)


def _token(match: re.Match[str], kinds: dict[str, str], text: str, offsets: list[int]) -> Token:
    start, end = offsets[match.start()], offsets[match.end() - 1] + 1
    kind, said = match.lastgroup or "", match.group()
    if kind == "word" and kinds[said] != "plain":
        return Token(kinds[said], said, start, end)
    if match["digits"] or match["numeral"]:
        if _is_quoted(text, start, end):
            return Token("unknown", said, start, end)
        return Token("number", said, start, end, _number(match))
    if kind == "word":
        kind = kinds[said]
    elif match["year"]:
        kind = "year"
    elif kind in ("code", "reference", "item", "name"):
        kind = "item" if kind == "item" else "unknown"
    return Token("unknown" if kind == "plain" else kind, said, start, end)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] in "“\"'「‘《" and text[end : end + 1] in ("”", '"', "'", "」", "’", "》")


def _number(match: re.Match[str]) -> Number:
    unit = match["unit"] or ""
    if match["numeral"]:
        value, decimals = Decimal(chinese_numeral(match["numeral"])), 0
        unit = match["numeral_unit"]
    else:
        digits = match["digits"].replace(",", "")
        value, decimals = Decimal(digits), len(digits.partition(".")[2])
        if match["minus"]:
            value = -value
    multiple = match["multiple"] or ""
    if not unit and multiple in ("万", "亿"):
        unit = multiple + "元"
    elif multiple:
        value, decimals = value.scaleb(_MULTIPLES[multiple]), max(0, decimals - _MULTIPLES[multiple])
    return Number(
        value,
        decimals,
        unit,
        _family(unit),
        bool(match["about"] or match["about_after"] or match["nearly"]),
        _RANGE if match["lower"] else match["bound"] or "",
    )


def _family(unit: str) -> str:
    if unit in _MONEY:
        return "money"
    if unit in _RATES:
        return "rate"
    if unit in _POINTS:
        return "points"
    return "count" if unit else "bare"


def chinese_numeral(text: str) -> int:
    """A numeral such as 十二, 两 or 三百零五 as a number (up to 千)."""
    total, digit = 0, 0
    for char in text:
        if char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(char.replace("〇", "零").replace("两", "二"))
    return total + digit


@cache
def _evened(char: str) -> str:
    return normalise(char)


def _plain(text: str) -> tuple[str, list[int]]:
    """Text without spaces and quotes, in ASCII width, and each character's offset in the original."""
    pieces = [char if "\u4e00" <= char <= "\u9fff" else _evened(char) for char in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and "" not in pieces:
        return plain, list(range(len(text)))
    kept = [(offset, piece) for offset, piece in enumerate(pieces) if len(piece) == 1]
    return "".join(piece for _, piece in kept), [offset for offset, _ in kept]


@cache
def _lexer(section: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """The kind of every word of a section's lexicon, and the expression that finds them, longest first."""
    phrases = load_phrases()
    kinds = {word: kind for kind, words in phrases.words.items() for word in words}
    kinds |= dict.fromkeys(phrases.words["whole_list"], "whole_list")
    kinds |= {phrase: "subject" for subject in phrases.subjects[section] for phrase in subject.phrases}
    words = _any_of(kinds)
    stops = {unit: f"(?![{chars}])" for unit, chars in phrases.unit_stops.items()}
    known = (*_MONEY, *_POINTS, *_RATES, *_by_length(phrases.units))
    priced = "(?:万?元|元)/(?:" + "|".join(map(re.escape, _by_length(phrases.units))) + "|[年月日季])"
    units = f"{priced}|" + "|".join(re.escape(unit) + stops.get(unit, "") for unit in known)
    not_figures = _NOT_FIGURES.replace("UNITS", "|".join(map(re.escape, known)))
    if section == FREE:
        units += _ODD_UNIT
    number = (
        rf"(?P<lower>(?:{_DIGITS})[%分元]?[-~至—](?=\d))?(?P<minus>-)?(?P<digits>{_DIGITS})(?P<about>[余多几])?(?P<multiple>万(?!元)|亿(?!元)|千(?!元|米)|)(?P<about_after>[余多])?"
        rf"(?:(?P<unit>{units})(?:(?<=个)团组)?)?(?P<bound>(?:\([^()]{{1,4}}\))?(?:及?以上|及?以下|以内|以外|之内))?(?P<nearly>左右|上下)?"
        rf"|(?<![第{_NUMERALS}])(?P<numeral>[{_NUMERALS}]+)(?P<numeral_unit>万元|亿元|元|辆|批次|人次|个百分点)"
    )
    return kinds, re.compile(
        rf"""(?x:{_GUARD}(?:(?P<aside>\((?:不?含|不?包括)[^()\d]*\))|(?P<level>\([类款项]\))|{not_figures}))"""
        rf"|(?P<against>(?:相比|对比|相较|比|较|与|和|同)(?:于)?(?=(?:\d{{4}}年|本?年初|上年|去年|上一年|前一年|全年预算|预算|调整|决算|当年|年度|以前年|同期|去同)))"
        rf"|(?P<within>(?<![为是])(?:决算|支出|收入|总额)?中(?=[,:]))|(?P<plain>[×xX*]\d+%|每[\u4e00-\u9fff]{{1,2}}每[年月天日])|(?P<per_head>每[个家所座]?[\u4e00-\u9fff]{{1,4}}平均|人次均|日均|生均|亩均|床均|平均每[\u4e00-\u9fff]{{1,2}}(?=\d))|(?P<whole_list>(?=[全由以下用两二三四五六七八九十\d])(?:(?:全部)?由?以?下?[两二三四五六七八九十\d]{{1,2}}(?:个?部分|大?类|项|块)(?:内容)?(?:组成|构成)(?=[:,]|为)|(?:全部)?用于以下[两二三四五六七八九十\d]{{1,2}}(?:个方面|方面|项)(?:支出)?))|(?P<compared>同比|相比之下|相比|环比)|(?P<same>同期)|{number}|(?P<word>{words})"
        r"|(?P<stop>[。!?](?!\)))|(?P<semicolon>;)|(?P<comma>,)|(?P<colon>:)|(?P<weak>。(?=\)))|(?P<list>、|和|及|以及|与)"
        r"|(?P<open>\()|(?P<close>\))"
    )


def _any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, longest first; parted by first character, which is quicker."""
    by_first: dict[str, list[str]] = {}
    for word in _by_length(tuple(words)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())


def _by_length(words: tuple[str, ...]) -> list[str]:
    return sorted(words, key=lambda word: -len(word))


def _merged(raw: Iterator[Token]) -> Iterator[Token]:
    """Neighbouring unknown pieces as one."""
    held: Token | None = None
    for token in raw:
        if held and held.kind == token.kind == "unknown":
            held = Token("unknown", held.text + token.text, held.start, token.end)
            continue
        if held:
            yield held
        held = token
    if held:
        yield held


def _with_units(found: list[Token]) -> list[Token]:
    """Numbers without a unit take that of the last one of their list (812.40、812.40万元)."""
    following: Token | None = None
    after: Token | None = None
    for index in range(len(found) - 1, -1, -1):
        token = found[index]
        if token.number:
            listed = after is None or after.kind in ("list", "comma")
            bare = token.number.family == "bare"
            if bare and following and following.number and listed and after is not None:
                unit, family = following.number.unit, following.number.family
                found[index] = token = replace(token, number=replace(token.number, unit=unit, family=family))
                found[index + 1] = replace(found[index + 1], kind="list")
            following, after = token, None
        elif token.kind in ("list", "comma") and after is None and following is not None:
            after = token
        else:
            following = None
            after = None
    return found
