"""Loads the words of the narrative's grammar from `words.yaml`, which explains each list."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from gouji.runtime.word_lists import Expressions, WordLists, Words, load_words


class NarrativeWords(WordLists):
    """The lists of `words.yaml`."""

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
    per_hundred: Words
    averages: Words
    classifiers: Words
    portions: Words
    uses: Words
    composed: Words
    pointing: Words
    pointed_at: Words
    actual: Words
    formulas: Expressions
    funds: Words
    of_all_funds: Words
    fallen: Words
    risen: Words
    manner_within: Words
    manner_first: Words
    manner_alone: Words
    meaningful: Words
    own: Words
    speakers: Words
    spoken_of: Words
    money_ends: Words
    total_ends: Words
    before_base: Words
    behind_base: Words
    sides: Words
    this_year: Words
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
    alike: Words
    more_or_less: Words
    at_least: Words
    at_most: Words
    counted_in: Words
    noun_ends: Words
    counters: Words
    counted_all: Words
    counting: Words
    doing: Words
    carried_out: Words
    done: Words
    graded: Words
    evaluated: Words
    above: Words
    above_in: Words
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
    listing: Words
    list_ends: Words
    account_ends: Words

    @model_validator(mode="after")
    def _stops_of_words(self) -> NarrativeWords:
        if unknown := set(self.comparing_not_behind) - set(self.comparing):
            raise ValueError(f"comparing_not_behind: {sorted(unknown)} do not stand under comparing")
        return self


WORDS = load_words(NarrativeWords, "gouji.facts.narrative")
