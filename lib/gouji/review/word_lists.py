"""Loads the words with which several families of questions read: `words.yaml`, which explains each list."""

from __future__ import annotations

from gouji.runtime.word_lists import WordLists, Words, load_words


class ReviewWords(WordLists):
    """The lists of `words.yaml`."""

    dated: Words
    before_issuers: Words
    comparing: Words
    comparing_with: Words
    compared: Words
    compared_of: Words
    not_comparing: Words
    autonomous: Words
    divisions: Words
    small_divisions: Words
    entry_filler: Words
    entry_numbers: Words
    counted: Words


WORDS = load_words(ReviewWords, "gouji.review")
