"""Writes a date or time as a spreadsheet shows it, by the tokens of its number format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

_DAY_SECONDS = 86_400
_WEEKDAYS = "一二三四五六日"
_NOON = {"AM/PM": ("AM", "PM"), "A/P": ("A", "P"), "上午/下午": ("上午", "下午")}


def shown_date(value: datetime | date | time | timedelta, tokens: Sequence[tuple[bool, str]]) -> str:
    """Returns a moment or duration in a format. Each token says whether it is a part of a date."""
    parts = [text.lower() for is_part, text in tokens if is_part]
    if not parts:
        return value.isoformat(" ") if isinstance(value, datetime) else str(value)
    moment, seconds = _moment(value)
    halved = any(text.upper() in _NOON for text in parts)
    written: list[str] = []
    position = 0
    for is_part, text in tokens:
        if not is_part:
            written.append(text)
            continue
        written.append(_part(parts, position, moment, seconds, halved))
        position += 1
    return "".join(written)


def _moment(value: datetime | date | time | timedelta) -> tuple[datetime, int]:
    """Returns the moment, and the seconds since the spreadsheet's first day, which durations need."""
    zero = datetime(1899, 12, 30)
    if isinstance(value, timedelta):
        return zero + value, round(value.total_seconds())
    if isinstance(value, time):
        moment = datetime.combine(zero.date(), value)
    else:
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    since = moment.replace(tzinfo=None) - zero
    return moment, since.days * _DAY_SECONDS + since.seconds


def _part(parts: Sequence[str], position: int, moment: datetime, seconds: int, halved: bool) -> str:
    part = parts[position]
    size = len(part)
    if part.startswith("["):
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[part[1]])
    if part.upper() in _NOON:
        return _NOON[part.upper()][moment.hour >= 12]
    kind = part[0]
    if kind == "m" and _minutes(parts, position):
        return f"{moment.minute:0{min(size, 2)}d}"
    if kind in "ye":
        return f"{moment.year % 100:02d}" if kind == "y" and size <= 2 else str(moment.year)
    if kind == "d" and size > 2:
        return moment.strftime("%a" if size == 3 else "%A")
    if kind == "m" and size > 2:
        return moment.strftime("%b" if size == 3 else "%B")
    if kind == "a":
        return ("周" if size == 3 else "星期") + _WEEKDAYS[moment.weekday()]
    hour = (moment.hour % 12 or 12) if halved else moment.hour
    number = {"d": moment.day, "m": moment.month, "h": hour, "s": moment.second}[kind]
    return f"{number:0{min(size, 2)}d}"


def _minutes(parts: Sequence[str], position: int) -> bool:
    """True if an m stands for minutes: behind hours or before seconds. Elsewhere it stands for months."""
    before = parts[position - 1] if position else ""
    after = parts[position + 1] if position + 1 < len(parts) else ""
    return len(parts[position]) <= 2 and ("h" in before or after.strip("[").startswith("s"))
