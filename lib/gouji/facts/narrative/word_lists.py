"""Loads the words of the narrative's grammar from `words.yaml`, which explains each list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from gouji.runtime.word_lists import Expressions, WordLists, Words, load_words


class TokenWords(WordLists):
    """Words that tell which numbers are figures, and what the words around them do."""

    ordinals: Words
    meters: Words
    balances: Words
    no_units: Words
    numeral_units: Words
    within_names: Words
    comparing: Words
    comparing_not_behind: Mapping[str, str]
    compared_with: Words
    compared: Words
    of_budgets: Words
    within: Words
    within_which: Words
    not_within: Words
    divided_by: Words
    divided: Words
    divided_wholes: Words
    per_hundred: Words
    averages: Words
    classifiers: Words
    portions: Words
    uses: Words
    composed: Words

    @model_validator(mode="after")
    def _require_comparing(self) -> Self:
        if unknown := set(self.comparing_not_behind) - set(self.comparing):
            raise ValueError(f"comparing_not_behind: {sorted(unknown)} do not stand under comparing")
        return self


class SubjectWords(WordLists):
    """Words that tell what a figure is said of."""

    pointing: Words
    pointed_at: Words
    actual: Words
    formulas: Expressions
    funds: Words
    of_all_funds: Words
    balances_of_funds: Words
    fund_sections: Mapping[str, str]
    fiscal_money: str
    sources: Words
    fund_names: Words
    of_each_fund: Expressions
    of_each_unit: Words
    unit_ends: Words
    whole_units: Words
    fallen: Words
    risen: Words
    from_budget: Words
    always_from_budget: Words
    manner_within: Words
    manner_first: Words
    manner_alone: Words
    other_grounds: Words
    excluding: Words
    whole_year: Words
    meaningful: Words
    sources_alone: Words
    own: Words
    speakers: Words
    spoken_of: Words
    money_ends: Words
    total_ends: Words
    before_base: Words
    behind_base: Words
    other_bases: Mapping[str, str]
    sides: Words
    spent: str
    this_year: Words
    bare_totals: Words
    heads_alone: Words
    being: Words
    budgeted: Words
    planning: Words
    to_last_year: Words
    completion_ends: Words
    extent_ends: Words
    extents: Words
    amount_ends: Words
    each: Words
    each_owner: Words
    alike: Words
    of_both: Words
    two: Words
    more_or_less: Words
    at_least: Words
    at_most: Words


class CountWords(WordLists):
    """Words around what is counted, and around grades."""

    counted_in: Words
    noun_ends: Words
    counters: Words
    counted_all: Words
    adjusted: Words
    counting: Words
    doing: Words
    carried_out: Words
    done: Words
    graded: Words
    evaluated: Words
    above: Words
    above_in: Words


class SentenceWords(WordLists):
    """Words that begin or end sentences, clauses and lists."""

    announcing: Words
    basis: Words
    generic: Words
    of_each: Words
    account_of: Words
    title_before: Words
    title_behind: Words
    of_which: Words
    used_for: Words
    projects: Words
    figureless: Words
    definitions: Expressions
    figure_units: Words
    general: Words
    instructions: Expressions
    of_general_budget: Mapping[str, str]
    rests: Words
    listing: Words
    and_others: Words
    list_ends: Words
    account_ends: Words


class MisprintWords(WordLists):
    """Characters and words of figures that are no numbers as printed."""

    looks_like: Mapping[str, str]
    looks_like_within: Mapping[str, str]
    names_with_digits: Words
    signs_of_share: Expressions
    signs_of_completion: Expressions
    signs_of_change: Expressions
    units_told: Expressions
    wrong_units: Mapping[str, str]
    counted_whole: Words
    numbered: Words
    severally: Words
    other_side: Mapping[str, str]
    year_end: Mapping[str, str]
    side_ends: Words
    owners: Expressions
    wholly: Words
    bases: Words
    measured: Words

    @model_validator(mode="after")
    def _require_digits_and_lengths(self) -> Self:
        digits = [*self.looks_like, *self.looks_like_within]
        if unknown := [one for one in digits if not (one.isascii() and one.isdigit() and len(one) == 1)]:
            raise ValueError(f"looks_like: {unknown} are no digits")
        if uneven := [wrong for wrong, unit in self.wrong_units.items() if len(wrong) != len(unit)]:
            raise ValueError(f"wrong_units: {uneven} are not as long as what they stand for")
        return self


class NarrativeWords(TokenWords, SubjectWords, CountWords, SentenceWords, MisprintWords):
    """The lists of `words.yaml`, whose sections are these classes."""


WORDS = load_words(NarrativeWords, "gouji.facts.narrative")
