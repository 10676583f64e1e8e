"""Defines what a rule on codes states in its YAML, besides what every rule states."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.review.rule import ReviewRule
from gouji.runtime.strict import StrictModel


class Pair(StrictModel):
    """Accounts of the economic classification (款) and the items (项, or the 款 above them) of the functional one that
    the same payments are booked under; `name` says what the payments are."""

    name: str
    accounts: tuple[str, ...]
    items: tuple[str, ...]


class CodeRule(ReviewRule):
    """A rule on codes.

    `endings`: the last digits that a name every 款 has (行政运行) stands at; `except_codes` have it elsewhere.
    `classes`: beginnings of codes that do not belong in the basic expenditure table. `pairs`: see `Pair`. `same`: names
    that are no deviation from the one of the classification (printed to standard). `status`: words that say whose pay
    system a unit has, in sentences without the words of `unless`; `single`: words that say the accounts are of one
    unit alone; `accounts`: what that unit does not pay.
    """

    endings: Mapping[str, str] = {}
    except_codes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    same: Mapping[str, str] = {}
    status: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
