"""Figures of sentences that are no numbers as printed: wrong groups of thousands, two points, letters for digits.

No part of such a figure is read: it becomes one number without a value, with the readings that its print allows.
Full-width forms, spaces and other matters of typography are read as what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gouji.facts.narrative.word_lists import WORDS
from gouji.intervals import MONEY_UNIT
from gouji.runtime.word_lists import any_of

#: Characters for a digit: those that may also begin a figure, and those that are one only within it.
_LEADING = "".join(WORDS.looks_like.values())
_WITHIN = re.escape("".join(WORDS.looks_like_within.values()))
_DIGIT_OF = str.maketrans(
    {
        one: digit
        for looks in (WORDS.looks_like, WORDS.looks_like_within)
        for digit, many in looks.items()
        for one in many
    }
)
_MARKS = r".,。·\-"
#: What ends a clause behind a figure.
_END = r"(?=[,。;、()]|$)"
#: What a figure follows, and no mark of a sentence.
_CONNECTED = "[为是计达共-]"
_WRONG = "|".join(
    re.escape(wrong) + ("" if wrong.endswith("元") else _END) for wrong in sorted(WORDS.wrong_units, reverse=True)
)
#: Where something may begin that looks like a figure, but for most of those that are well formed. It begins with a set
#: of characters: so expressions search fastest.
_USUAL = (
    rf"(?:\d{{0,2}}(?:,\d{{3}})+|\d*)(?:\.\d+)?(?:万元|元(?!万元)|[^\d{_MARKS}{_LEADING}{_WITHIN}"
    rf"{''.join(sorted({wrong[0] for wrong in WORDS.wrong_units} | set('万亿元')))}])"
)
_SUSPECT = re.compile(
    rf"[\d.,{_LEADING}{_WITHIN}\-](?<![A-Za-z\d.].)"
    rf"(?:(?<=\d)(?!{_USUAL})|(?<=[.{_LEADING}{_WITHIN}\-])(?=[\d.,\-])|(?<=,)(?=\d{{3}}(?!\d)))"
)
#: Whatever looks like a figure, well formed or not, with what stands behind it.
_PRINTED = re.compile(
    rf"(?<![A-Za-z\d.])(?P<twice>(?<!-)--)?"
    rf"(?P<body>(?:[\d.{_LEADING}]|[{_WITHIN}](?=[.,]\d)|(?<={_CONNECTED}),(?=\d{{3}}(?!\d)))"
    rf"[\d{_MARKS}{_LEADING}{_WITHIN}]*)(?P<doubled>元(?=万元))?"
    rf"(?:[余多]?(?P<unit>(?:{MONEY_UNIT})(?![旦宵])|[%‰]|个?百分点|[万亿]{_END})"
    rf"|(?P<wrong>{_WRONG})|(?P<counted>(?:{any_of(WORDS.counted_whole)})(?!月))|(?P<bare>{_END}))"
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
#: Bare figures are malformed amounts only where they have the decimals of one.
_AMOUNT = re.compile(r"[^。·\-]*\d\.\d{2}")
_SEVERAL_MARKS = re.compile(rf"[{_MARKS}]{{2,}}")
#: Amounts that can be no thousands of one.
_SEVERAL_AMOUNTS = re.compile(r"\d+\.\d{1,2}(?:,(?!\d{3}\.)\d+\.\d{1,2})+")
#: A year at the beginning of a clause.
_YEAR, _OPENS = re.compile(r"20\d\d(?!\d)"), re.compile(r"(?:^|[,。;:、(])$")
#: A character that is a digit only within figures, and stands before one.
_BEFORE = re.compile(rf"[{_WITHIN}](?![.,])")
_RANGE = re.compile(r"[\d.,]+-(?P<upper>[^-]+)")
_ITEM = re.compile(r"(?:^|(?<=[。;:]))(?P<item>\d{1,2})\.(?=\d+\.\d+(?![\d.]))")
_TWO_POINTS = re.compile(r"\.\d+\.\d")
_MINUS = re.compile(rf"(?:(?<=[为是计达:(])[—–]|(?<![\d元%‰万亿千])−)(?=[\d.,]+(?:{MONEY_UNIT}|[%‰]))")
_ROUND = re.compile(r"(?<=[\d万亿千])圆(?![满桌柱])")
#: The lexer takes no longer one for a figure.
_LONGEST = 24
#: A number of money or percentage has no more decimals.
_MOST_DECIMALS = 6
_MOST_READINGS = 4


def evened(plain: str) -> str:
    """Returns a text with what typography alone makes another character put right, as long as before: a long dash for
    the minus, 圆 for 元, the point behind an item's number that figures follow."""
    if "圆" in plain:
        plain = _ROUND.sub("元", plain)
    if "—" in plain or "–" in plain or "−" in plain:
        plain = _MINUS.sub("-", plain)
    return _ITEM.sub(r"\g<item>、", plain) if _TWO_POINTS.search(plain) else plain


def malformed(plain: str, offsets: Sequence[int]) -> tuple[str, Mapping[int, tuple[Decimal, ...]]]:
    """Returns a text with a whole number in the place of every figure that is none, as long as before, and the possible
    readings of each by where it begins.

    `plain` is in ASCII width, without spaces; `offsets` tell where its characters stood among them.
    """
    found: dict[int, tuple[Decimal, ...]] = {}
    pieces: list[str] = []
    done = 0
    for match in _find_prints(plain):
        body = match["body"]
        if _NUMBER.fullmatch(body) and not (match["twice"] or match["doubled"] or match["wrong"]):
            continue
        readings = () if _stands_apart(match, offsets) else _readings(match)
        if not readings:
            continue
        start, end = match.start(), match.end("doubled" if match["doubled"] else "body")
        found[start] = readings
        pieces += (plain[done:start], "9" * (end - start), WORDS.wrong_units.get(match["wrong"] or "", ""))
        done = match.end("wrong") if match["wrong"] else end
    return ("".join((*pieces, plain[done:])), found) if found else (plain, found)


def _find_prints(plain: str) -> Iterator[re.Match[str]]:
    at = 0
    while suspect := _SUSPECT.search(plain, at):
        match = _PRINTED.match(plain, suspect.start())
        if match:
            yield match
        at = match.end() if match else suspect.end()


def _readings(match: re.Match[str]) -> tuple[Decimal, ...]:
    """Returns the numbers that a print may stand for; none where it is no figure, or several figures."""
    body, before = match["body"], match.string[: match.start()]
    if not any(one.isdigit() for one in body) or _is_name(body) or _BEFORE.match(body):
        return ()
    if len(body) > _LONGEST:
        return (Decimal(0),)
    if match["bare"] is not None and not (_AMOUNT.fullmatch(body) and _lettered_or_grouped(body)):
        return ()
    if match["counted"] and not (re.fullmatch(r"[^.。·\-]+", body)):
        return ()
    digital = body.translate(_DIGIT_OF)
    if _is_several(digital, before):
        upper = _RANGE.fullmatch(digital) if digital != body else None
        return tuple(_numbers(upper["upper"])) if upper else ()  # 2-3O万元
    values = list(dict.fromkeys(_numbers(digital)))
    if match["counted"]:
        values = [one for one in values if one == one.to_integral_value()]
    if match["twice"]:
        values = [signed for one in values for signed in (one, -one)]
    return tuple(values[:_MOST_READINGS])


def _stands_apart(match: re.Match[str], offsets: Sequence[int]) -> bool:
    """True where a blank parts a letter from the digits beside it: 项目I 62.30万元."""
    begins = match.start("body")
    letters = [at for at, one in enumerate(match["body"], begins) if not (one.isdigit() or one in _MARKS)]
    last = match.end("body") - 1
    return any(
        (at > begins and offsets[at] - offsets[at - 1] > 1) or (at < last and offsets[at + 1] - offsets[at] > 1)
        for at in letters
    )


def _is_name(body: str) -> bool:
    return any(body.startswith(name) for name in WORDS.names_with_digits)


def _lettered_or_grouped(body: str) -> bool:
    return "," in body or ".." in body or not body.replace(".", "").isdigit()


def _is_several(body: str, before: str) -> bool:
    """True for what can be read as several figures: a range, a list (分别为12,34万元; 减少12.50,34.10万元), what stands
    behind a year or a serial number (2023,5万元; 表3,5万元)."""
    parts = re.split(f"[{_MARKS.replace('.', '')}]", body)
    if len(parts) == 1 or not all(_NUMBER.fullmatch(one) for one in parts):
        ends = re.split("-", body)
        return len(ends) == 2 and all(map(_NUMBER.fullmatch, ends)) and _value(ends[0]) < _value(ends[1])
    if "-" in body:
        return len(parts) == 2 and _value(parts[0]) < _value(parts[1])
    if _OPENS.search(before) and _YEAR.match(body):
        return True
    if before.endswith(WORDS.numbered) or _SEVERAL_AMOUNTS.fullmatch(body):
        return True
    clause = before[max(before.rfind("。"), before.rfind(";")) + 1 :]
    return "," in body and any(word in clause for word in WORDS.severally)


def _numbers(body: str) -> Iterator[Decimal]:
    """Yields the numbers that digits and marks may stand for, the likeliest first."""
    body = _SEVERAL_MARKS.sub(lambda marks: _one_of(marks.group()), body).strip(",。·-").removesuffix(".")
    body = f"0{body}" if body.startswith(".") else body
    if _NUMBER.fullmatch(body):
        yield _value(body)
        return
    for marks in (".", "。·", ",-"):
        points = [at for at, one in enumerate(body) if one in marks]
        if not points:
            continue
        whole, decimals = body.rfind(","), len(body) - 1 - body.rfind(",")
        if marks == "." and whole > points[-1] and decimals != 3:
            points.append(whole)  # 1.234,56
        pointed = [at for at in (points if marks != ",-" else points[-1:]) if _decimals(body, at) <= _MOST_DECIMALS]
        yield from (_pointed(body, at) for at in pointed)
        if marks != "." or not pointed:
            yield _pointed(body, len(body))
        return


def _one_of(marks: str) -> str:
    """Returns what several marks stand for: the surest of them for a point."""
    return next(one for one in ".。·,-" if one in marks)


def _decimals(body: str, at: int) -> int:
    return sum(one.isdigit() for one in body[at:])


def _pointed(body: str, at: int) -> Decimal:
    whole, part = (re.sub(r"\D", "", side) for side in (body[:at], body[at:]))
    return Decimal(f"{whole or 0}.{part}" if part else whole)


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))
