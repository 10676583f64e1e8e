"""Parses the code of a number format into sections and tokens. It resolves quotes and escapes, and separates colours
and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What a piece of a number format stands for."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    EXPONENT = "exponent"
    GENERAL = "general"
    TEXT = "text"
    DATE = "date"
    BRACKET = "bracket"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a number format: its kind, and its characters without quotes and escapes."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format between semicolons. `condition` is that of [>=100] as (operator, limit), None if it has
    none."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None

    def has(self, kind: Kind) -> bool:
        """True where one of its tokens is of that kind."""
        return any(token.kind is kind for token in self.tokens)

    @property
    def is_red(self) -> bool:
        """True where it is shown in red."""
        return any(token.kind is Kind.BRACKET and token.text.lower() in _REDS for token in self.tokens)

    @property
    def shown(self) -> list[Token]:
        """Its tokens without colours, locales and conditions, which show nothing."""
        return [token for token in self.tokens if token.kind is not Kind.BRACKET]


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<date>AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+|a{3,4}|e+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_REDS = ("red", "红色", "color3", "color 3", "颜色3", "颜色 3")
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"^(h+|m+|s+)$", re.IGNORECASE)
_CURRENCY = re.compile(r"^\$([^-]*)")


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[Section, ...]:
    """Returns the sections of a format, at least one."""
    parts: list[list[Token]] = [[]]
    for token in _tokens(code):
        if token.kind is Kind.END:
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(Section(tuple(part), _condition(part)) for part in parts)


def _tokens(code: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(code):
        name, text = match.lastgroup or "other", match.group(match.lastgroup or 0)
        if name in ("quoted", "escaped", "other"):
            yield Token(Kind.LITERAL, text)
        elif name == "space":
            yield Token(Kind.LITERAL, " ")
        elif name == "bracket":
            yield _bracket(text)
        elif name != "fill":
            yield Token(Kind(name), text)


def _bracket(text: str) -> Token:
    """Returns the token of a bracket. [h] is a time, [$¥-804] a currency; colours, locales and conditions show
    nothing."""
    if _ELAPSED.match(text):
        return Token(Kind.DATE, f"[{text}]")
    if currency := _CURRENCY.match(text):
        return Token(Kind.LITERAL, currency.group(1))
    return Token(Kind.BRACKET, text)


def _condition(tokens: list[Token]) -> tuple[str, Decimal] | None:
    found = (_CONDITION.match(token.text) for token in tokens if token.kind is Kind.BRACKET)
    return next(((match.group(1), Decimal(match.group(2))) for match in found if match), None)
