"""The words of the checks of sentences: `words.yaml`, which says what each list is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from gouji.runtime.word_lists import Expressions, WordLists, Words, load_words


class PerHeadWords(WordLists):
    """Words of amounts per head and per unit, and of what is counted."""

    heads: Mapping[str, Words]
    per_head: Words
    behind_each: Words
    before_average: Words
    bought: Words
    kept: Words
    priced: Words
    unpriced: Words
    paid_each: Words
    comes_to: Words
    named_plans: Words
    more_or_less: Words
    recurrent: Expressions
    times: Words
    classifiers: Words
    table_counts: Mapping[str, Words]
    counted_apart: Words
    units_of_counts: Mapping[str, str]

    @model_validator(mode="after")
    def _require_people(self) -> Self:
        if "人" not in self.heads:
            raise ValueError("heads: 人, which is counted where no word says otherwise, is missing")
        return self


class ShareWords(WordLists):
    """Words of shares, rates and changes."""

    plain: Words
    this_year: Words
    bases_of_money: Words
    completed_money: Words
    points_from: Expressions
    points_to: Expressions
    points_against: Expressions
    points_of_last_year: Expressions
    points_over_target: Expressions
    points_apart: Words
    points_plain: Words
    at_beginning: Words
    at_end: Words
    planned_then: Words
    planned_per_unit: Words
    shared_nouns: Words
    behind_direction: Words
    other_money: Words
    answers: Words
    deducted: Words
    left_out: Words
    persons: Words
    asked: Words


class ListWords(WordLists):
    """Words of lists, their kinds and their totals."""

    words_for_money: Words
    rest: Expressions
    kinds: Mapping[str, Words]
    usual_counts: Mapping[str, Words]
    fewest_counts: int
    usual_staff: Words
    least_staff: Words
    planned_staff: Words
    fiscal: str
    fiscal_sources: Words
    units_of_vehicles: Words
    list_openers: Words
    kinds_of_money: Mapping[str, Words]
    beside_kinds: Words
    small_firms: Words
    earned: Words
    values_of_assets: Words
    contracted: Words
    paid: Words
    at_work: Words
    retired: Words
    kinds_beside: Mapping[str, Words]
    levels: Mapping[str, Words]
    levels_plain: Words
    kinds_within: Mapping[str, str]
    restating: Words
    uses: Words
    remainder: Words
    above: Words
    above_number: Words
    negations: Words
    assets_counted: Words
    assets_priced: Words
    lines_open: Words
    lines_whole: Words
    mainly: Words


class ReportWords(WordLists):
    """Words of annexed reports."""

    empty: Words
    own_score: Expressions
    any_project: Expressions
    any_totals: Mapping[str, Words]
    own_money: Mapping[str, Words]
    denied_money: Expressions
    bare_totals: Words
    containing: Words
    awarded: Words
    all_spending: Words
    spending_totals: Words
    told_of_whole: Mapping[str, Words]
    budgets_told_of_whole: Mapping[str, Words]
    executed_of_whole: Words
    budgets_of_whole: Words
    beside_told: Expressions
    of_general_budget: Words
    execution_rates: Words
    means: Words
    evaluated_first: Words
    not_evaluated: Words
    staff_items: Words
    staff_money: Words
    above_target: Words
    below_target: Words
    of_target: Words
    rates_of_scores: Words
    rates_of_change: Words
    rates_of_adjustment: Words
    rates_of_tested: Words
    tested: Words
    passed: Words
    negated: Words
    rates_of_plans: Words
    rates_of_due: Words
    due: Words
    scored: Words
    most_points: Words
    part_scores: Words


class CheckWords(PerHeadWords, ShareWords, ListWords, ReportWords):
    """The lists of `words.yaml`, whose sections are these classes."""


WORDS = load_words(CheckWords, "gouji.checks")
