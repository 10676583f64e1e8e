"""Loads the words that distinguish the kinds of lines in a file from `words.yaml`, which explains each list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from gouji.runtime.word_lists import Expressions, WordLists, Words, load_words

#: Every word of `continued` has one of these characters, so that a line without them need not be looked at closely.
CONTINUING = "续接"


class DocumentWords(WordLists):
    """The lists of `words.yaml`."""

    title_ends: Words
    accounts: Words
    reports_on: Words
    reports: Words
    notes: Words
    owners: Words
    preparing: Words
    table_series: Words
    continued: Words
    units: Words
    unfinished: Words
    spent_on: Words
    of_account: Words
    spread_labels: Words
    line_number: Words
    heads_of_names: Words
    heads_of_codes: Words
    levels: Words
    totals: Words
    of_which: Words
    parts: Mapping[str, Words]
    nothing: Words
    sheet_titles: Words
    site_furniture: Words
    error_pages: Expressions

    @model_validator(mode="after")
    def _require_continuing(self) -> Self:
        if strange := [word for word in self.continued if not set(word) & set(CONTINUING)]:
            raise ValueError(f"continued: {strange} have none of the characters {CONTINUING}")
        return self


WORDS = load_words(DocumentWords, "gouji.document")
