"""Loads the words around tables and figures: `words.yaml`, which explains each list."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.runtime.word_lists import Expressions, WordLists, Words, load_words


class FactWords(WordLists):
    """The lists of `words.yaml`."""

    before_other_years: Words
    accounts_of: Words
    title_ends: Words
    chapters: Words
    descriptions: Expressions
    institutions: Expressions
    behind_names: Words
    department_labels: Words
    above_heads: Words
    column_letters: Words
    code_levels: Words
    row_numbers: Words
    checking_heads: Words
    same_count: Mapping[str, str]
    no_data: Words


WORDS = load_words(FactWords, "gouji.facts")
