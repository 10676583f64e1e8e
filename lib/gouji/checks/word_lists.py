"""The words of the checks of sentences: `words.yaml`, which says what each list is for."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from gouji.runtime.word_lists import Expressions, WordLists, Words, load_words


class CheckWords(WordLists):
    """The lists of `words.yaml`."""

    heads: Mapping[str, Words]
    per_head: Words
    behind_each: Words
    before_average: Words
    bought: Words
    kept: Words
    priced: Words
    unpriced: Words
    recurrent: Expressions
    times: Words
    classifiers: Words
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
    asked: Words
    words_for_money: Words
    rest: Expressions
    kinds: Mapping[str, Words]
    usual_counts: Mapping[str, Words]
    fewest_counts: int
    kinds_of_money: Mapping[str, Words]
    beside_kinds: Words
    kinds_beside: Mapping[str, Words]
    levels: Mapping[str, Words]
    levels_plain: Words
    kinds_within: Mapping[str, str]
    restating: Words
    uses: Words
    remainder: Words
    above: Words
    above_number: Words
    table_counts: Mapping[str, Words]
    counted_apart: Words
    units_of_counts: Mapping[str, str]
    lines_open: Words
    lines_whole: Words
    mainly: Words
    empty: Words
    own_score: Expressions
    any_project: Expressions
    any_totals: Mapping[str, Words]
    all_spending: Words
    spending_totals: Words
    staff_items: Words
    staff_money: Words
    above_target: Words
    below_target: Words
    of_target: Words
    part_scores: Words

    @model_validator(mode="after")
    def _people_are_counted(self) -> CheckWords:
        if "人" not in self.heads:
            raise ValueError("heads: 人, which is counted where no word says otherwise, is missing")
        return self


WORDS = load_words(CheckWords, "gouji.checks")
