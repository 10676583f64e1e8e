"""Splits a paragraph into tokens: figures with their units, the words of a section's lexicon, punctuation, and
unknown words.

Digits that are no figures (dates, document and item numbers, codes, names such as “311”) become `date` or `plain`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from gouji.document.word_lists import WORDS as PRINTED
from gouji.facts.narrative.malformed import evened, malformed
from gouji.facts.narrative.signs import with_signs
from gouji.facts.narrative.word_lists import WORDS
from gouji.intervals import MONEY_UNITS, POINT_UNITS
from gouji.labels import normalise, years_in_digits
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_MONEY = tuple(MONEY_UNITS)
_RATES = ("%", "‰")
_RANGE = "至"
_MULTIPLES = {"": 0, "千": 3, "万": 4, "亿": 8}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
#: Amounts have fewer digits than this, and fewer characters with their commas.
_MOST_DIGITS = 24
_NUMERALS = "〇零一二两三四五六七八九十百千"
_CODE = r"(?<!\d)[12]\d{2}(?:\d{2}){1,2}(?=[^\d.,万元%])"
#: The full code of a 款 or 项, in brackets behind its name: 防汛(2130314).
_ROW = r"[23]\d{4}(?:\d{2})?"
#: Words after 年 that belong to the money rather than the year: 2023年末结转和结余.
_BALANCE = f"[初末](?:{any_of(WORDS.balances)})"
#: Possible first characters of `_NOT_FIGURES`. They are tested first, which saves the full test for most characters.
_GUARD = rf"(?=[(〔【第共{''.join({one[0] for one in PRINTED.table_series})}附表\dA-Za-z①-⑨\[])"
_NOT_FIGURES = rf"""
    (?P<reference>
        [〔\[(【]20\d\d[〕\])】]\s*第?\d+(?:号|-\d+) | 第\d+(?:{any_of(WORDS.ordinals)})? | 共?\d+页
      | (?:{any_of(PRINTED.table_series)})\d+表
      | 附?表\d{{1,2}}(?:-\d+)?(?!\d|[,.]\d|{any_of(WORDS.meters)}) | No\.?\d+ | \d+号(?!线))
  | (?P<date>
        20\d\d年?(?:度)?[-~至—]+20\d\d年度? | 20\d\d[-~至—.](?:20)?\d\d年度? | 20\d\d年\d{{1,2}}月(?:\d{{1,2}}日)?
      | (?P<year>20\d\d)(?:(?=年{_BALANCE})|年(?:度|底|末(?!结)|(?!{_BALANCE})))(?!以)
      | 20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}
      | \d{{1,2}}[-至、]\d{{1,2}}月份? | \d{{1,2}}月(?:\d{{1,2}}日|份?[底末初]|份)? | \d{{1,2}}日 | \d{{1,2}}:\d{{2}}
      | \d{{1,3}}个?(?:月|年|周)(?![度初末均]) | \d+周年)
  | (?P<item>(?:^|(?<=[。;:!?]))(?:\(?\d{{1,2}}(?:、|\.(?!\d)|\)[、.]?)|[①②③④⑤⑥⑦⑧⑨]))
  | (?P<name>[A-Za-z]+[-/]?{_DIGITS}|\d+[A-Za-z]+
      | (?<=[\u4e00-\u9fff])\((?:{any_of(WORDS.within_names)})\)(?=[\u4e00-\u9fff、]))
  | (?P<code>{_CODE})(?!UNITS)
"""


#: The groups with which the expression of a number can end.
_ENDS_OF_NUMBERS = frozenset({"multiple", "about_after", "unit", "bound", "nearly", "numeral_unit", "tenths", "zero"})
#: Kinds that are matched only so that nothing else is found there.
_UNKNOWN = frozenset({"plain", "code", "reference", "name"})
#: In a report, the text between a number and a mark is its unit (3230吨次，).
_ODD_UNIT = rf"|(?!{any_of(WORDS.no_units)})[\u4e00-\u9fff]{{1,3}}?(?=[,。;、()]|的|$)"


#: Punctuation. Nothing but references and asides begins with any of it.
_MARKS = (
    r"(?P<comma>,)|(?P<stop>[。!?](?!\))|(?<=[元%])\.(?=[\u4e00-\u9fff]))|(?P<semicolon>;)|(?P<colon>:)|(?P<weak>。(?=\)))|(?P<enumerated>、)"
    r"|(?P<open>\()|(?P<close>\))"
)
_SEVERAL = r"两二三四五六七八九十\d"
_COMPARING = "|".join(
    (f"(?<!{WORDS.comparing_not_behind[word]})" if word in WORDS.comparing_not_behind else "") + re.escape(word)
    for word in sorted(WORDS.comparing, key=len, reverse=True)
)
#: Words recognised by their neighbours, tested before the lexicon.
_SPECIAL = (
    rf"(?P<against>(?:{_COMPARING})(?:于)?(?=(?:(?:[\u4e00-\u9fff]{{1,4}}的)?\d{{4}}年|{any_of(WORDS.compared_with)})))"
    rf"|(?P<divided>(?:按照?|从)(?:{any_of(WORDS.divided_by)})(?:(?:{any_of(WORDS.divided)})(?=[:,])|(?=:)))"
    rf"|(?P<within>(?<![为是])(?:{any_of(WORDS.within)})?中(?=[,:]|的?(?:{any_of(WORDS.within_which)})"
    rf"|(?<=支出中)(?!{any_of(WORDS.not_within)})[\u4e00-\u9fff]{{2,12}}\d))"
    rf"|(?P<plain>[×xX*]\d+%|百元(?={any_of(WORDS.per_hundred)})|每[\u4e00-\u9fff]{{1,2}}每[年月天日])"
    rf"|(?P<per_head>每(?:{any_of(WORDS.classifiers)})?[\u4e00-\u9fff]{{1,4}}平均|{any_of(WORDS.averages)}"
    r"|平均每[\u4e00-\u9fff]{1,2}(?=\d))"
    rf"|(?P<whole_list>(?=[全由以下用{_SEVERAL}])(?:(?:全部)?由?以?下?[{_SEVERAL}]{{1,2}}(?:{any_of(WORDS.portions)})"
    rf"(?:内容)?(?:{any_of(WORDS.composed)})(?=[:,]|为)|(?:全部)?用于以下[{_SEVERAL}]{{1,2}}(?:{any_of(WORDS.uses)})(?:支出)?))"
    r"|(?P<share>占(?=有效))"
    rf"|(?P<compared>{any_of(WORDS.compared)})|(?P<same>同期)|(?P<greater>超(?=(?:{any_of(WORDS.of_budgets)})?预算))"
)
#: Possible first characters of those words, and of everything but the lexicon's. They are tested first, as `_GUARD`
#: is.
_FIRSTS = {word[0] for word in (*WORDS.comparing, *WORDS.within, *WORDS.averages, *WORDS.compared)}
_SPECIAL_STARTS = rf"{''.join(sorted(_FIRSTS))}同中超按从占×xX*每百平全由以下用{_SEVERAL}"
_STARTS = rf"-.。!?;,:、()及(〔【第共公附表A-Za-z①-⑨\[{_NUMERALS}{_SPECIAL_STARTS}"


@immutable()
class Number:
    """The number of a figure: its exact value in `unit`, its printed decimals, and the family of its unit.

    `family` is money, rate, points, count or bare. `about`: the words say it is not exact (余, 多). `bound` is 以上,
    以内…, or 至 for the end of a range (75-90分), "" for none. `readings`: what is printed is no number; it may stand
    for any of these, of which `value` is the first.
    """

    value: Decimal
    decimals: int
    unit: str
    family: str
    about: bool = False
    bound: str = ""
    readings: tuple[Decimal, ...] = ()


@dataclass(slots=True)
class Token:
    """A piece of a sentence; `start` and `end` are offsets in the original text.

    Never changed, but not frozen either: a document has thousands, and frozen ones take three times as long to make.
    """

    kind: str
    text: str
    start: int
    end: int
    number: Number | None = None


def tokens(text: str, section: str) -> list[Token]:
    """Returns the tokens of a paragraph, in order; words that the lexicon lacks are `unknown`."""
    return with_signs(_with_units(_merged(_raw(text, section))), text)


def _raw(text: str, section: str) -> Iterator[Token]:
    plain, offsets = _plain(text)
    plain, misprinted = malformed(evened(plain), offsets)
    kinds, lexer = _lexer(section)
    position = 0
    for match in lexer.finditer(plain):
        start, end = match.span()
        if start > position:
            yield _between(plain[position:start], offsets[position], offsets[start - 1] + 1)
        token = _token(match, kinds, text, offsets[start], offsets[end - 1] + 1)
        if misprinted and token.number and (readings := misprinted.get(match.start("digits"))):
            token.text, token.number = text[token.start : token.end], _misprinted(token.number, match, readings)
        yield token
        position = end
    if position < len(plain):
        yield _between(plain[position:], offsets[position], offsets[-1] + 1)


def _between(said: str, start: int, end: int) -> Token:
    """Returns the words that the lexicon lacks. A unit whose figure was left out (增长 %) names nothing."""
    return Token("aside" if said in _RATES or said in _MONEY else "unknown", said, start, end)


def _token(match: re.Match[str], kinds: dict[str, str], text: str, start: int, end: int) -> Token:
    kind, said = match.lastgroup or "", match.group()
    if kind == "word":
        kind = kinds[said]
    elif kind in _ENDS_OF_NUMBERS:
        if _is_quoted(text, start, end) or len(match["digits"] or "") > _MOST_DIGITS:
            return Token("unknown", said, start, end)
        return Token("number", said, start, end, _number(match))
    elif kind == "date" and match["year"]:
        kind = "year"
    elif kind == "enumerated":
        kind = "list"
    return Token("unknown" if kind in _UNKNOWN else kind, said, start, end)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] in "“\"'「‘《" and text[end : end + 1] in ("”", '"', "'", "」", "’", "》")


def _number(match: re.Match[str]) -> Number:
    unit = match["unit"] or ""
    if match["numeral"]:
        value, decimals = Decimal(chinese_numeral(match["numeral"])), 0
        unit = match["numeral_unit"]
    elif match["tenths"]:
        return Number(_tenths(match["tenths"]), 0, "%", "rate", about=True)
    elif match["zero"]:
        value, decimals = Decimal(0), 0
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


def _misprinted(number: Number, match: re.Match[str], readings: Sequence[Decimal]) -> Number:
    """Returns the number that stands for a misprinted one, with the readings of that."""
    multiple = match["multiple"] or ""
    power = 0 if number.family == "money" else _MULTIPLES[multiple]
    signed = tuple((-one if match["minus"] else one).scaleb(power) for one in readings)
    exponent = signed[0].as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return replace(number, value=signed[0], decimals=decimals, readings=signed)


def _family(unit: str) -> str:
    if unit in _MONEY:
        return "money"
    if unit in _RATES:
        return "rate"
    if unit in POINT_UNITS:
        return "points"
    return "count" if unit else "bare"


def _tenths(text: str) -> Decimal:
    """Returns 两成 and 一半 in percent."""
    return Decimal(50 if text == "一半" else 10 * chinese_numeral(text[0]))


def chinese_numeral(text: str) -> int:
    """Returns the value of a numeral such as 十二, 两 or 三百零五 (up to 千)."""
    total, digit = 0, 0
    for char in text:
        if char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(char.replace("〇", "零").replace("两", "二"))
    return total + digit


#: Characters that take no place: a figure that holds one is one figure. Those that turn the direction are not among
#: them: what is read through them is not what is seen.
_WITHOUT_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class _Evened(dict[int, str]):
    """Maps each character to the lexer's form: ASCII width; "" for spaces, quotes, characters without a width and
    characters without a single form."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        even = char if "\u4e00" <= char <= "\u9fff" or _is_unseen(char) else normalise(char)
        self[code] = even if len(even) == 1 and char not in _WITHOUT_WIDTH else ""
        return self[code]


def _is_unseen(char: str) -> bool:
    """True for a character that labels are read without, and that may stand for a digit in a figure."""
    return unicodedata.category(char) in ("Cc", "Cf", "Co") and not char.isspace()


_EVENED = _Evened()
#: Spaces that separate two numbers, and the lexer's stand-in for them: a character that no text has.
_APART = re.compile(r"(?<=\d)\s{2,}(?=\d)")
_PARTING = "\ue000"


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Returns text without spaces and quotes, in ASCII width, years in digits, and each offset in the original.

    Two or more spaces separate digits into two numbers.
    """
    if _APART.search(text):
        text = _APART.sub(lambda gap: _PARTING + gap.group()[1:], text)
    plain = years_in_digits(text.translate(_EVENED))
    if len(plain) == len(text):
        return plain, range(len(text))
    return plain, [offset for offset, char in enumerate(text) if _EVENED[ord(char)]]


@cache
def _lexer(section: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Returns the kind of every word of a section's lexicon, and the expression that finds them, longest first."""
    phrases = load_phrases()
    kinds = {word: kind for kind, words in phrases.words.items() for word in words}
    kinds |= dict.fromkeys(phrases.words["whole_list"], "whole_list")
    kinds |= {phrase: "subject" for subject in phrases.subjects[section] for phrase in subject.phrases}
    words = _any_of(kinds)
    stops = {unit: f"(?![{chars}])" for unit, chars in phrases.unit_stops.items()}
    known = (*_MONEY, *POINT_UNITS, *_RATES, *_by_length(phrases.units))
    priced = "(?:万?元|元)/(?:" + "|".join(map(re.escape, _by_length(phrases.units))) + "|[年月日季])"
    units = f"{priced}|" + "|".join(re.escape(unit) + stops.get(unit, "") for unit in known)
    not_figures = _NOT_FIGURES.replace("UNITS", "|".join(map(re.escape, known)))
    if section == FREE:
        units += _ODD_UNIT
    number = (
        rf"(?P<lower>(?:{_DIGITS})[%分元]?[-~至—](?=\d))?(?P<minus>-)?(?P<digits>{_DIGITS})(?P<about>[余多几])?(?P<multiple>万(?!元)|亿(?!元)|千(?!元|米)|)(?P<about_after>[余多])?"
        rf"(?:(?P<unit>{units})(?:(?<=个)团组)?)?(?P<bound>(?:\([^()]{{1,4}}\))?(?:及?以上|及?以下|以内|以外|之内))?(?P<nearly>左右|上下)?"
        rf"|(?<![第{_NUMERALS}])(?P<numeral>[{_NUMERALS}]+)(?P<numeral_unit>{any_of(WORDS.numeral_units)})"
        rf"|(?P<tenths>(?:[一二两三四五六七八九]成|一半))(?=[,。;:、)]|左右|以上|以下|$)"
        r"|(?<=为)(?P<zero>零)(?=[,。;)]|$)"
    )
    firsts = "".join(sorted({re.escape(word[0]) for word in kinds}))
    return kinds, re.compile(
        rf"(?=[{_STARTS}{firsts}])(?:"
        rf"""(?x:{_GUARD}(?:(?P<aside>\((?:不?含|不?包括)[^()\d]*\))|(?P<level>\((?:(?:\d{{2,3}})?[类款项]|{_ROW})\))|{not_figures}))"""
        rf"|{_MARKS}|(?=[{_SPECIAL_STARTS}])(?:{_SPECIAL})|(?=[-\d{_NUMERALS}])(?:{number})|(?P<word>{words})"
        r"|(?P<list>和|及|以及|与))"
    )


def _any_of(words: Iterable[str]) -> str:
    """Returns an expression for any of the words, longest first. It branches by first character, which is faster."""
    by_first: dict[str, list[str]] = {}
    for word in _by_length(tuple(words)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())


def _by_length(words: tuple[str, ...]) -> list[str]:
    return sorted(words, key=lambda word: -len(word))


def _merged(raw: Iterable[Token]) -> list[Token]:
    """Joins neighbouring unknown pieces."""
    found: list[Token] = []
    kind = ""
    for token in raw:
        if kind == token.kind == "unknown":
            found[-1] = Token("unknown", found[-1].text + token.text, found[-1].start, token.end)
            continue
        found.append(token)
        kind = token.kind
    return found


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
