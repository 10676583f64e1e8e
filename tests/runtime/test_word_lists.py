"""The files of words: each loads, and a malformed one is refused in one line that says where."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from gouji.checks.word_lists import CheckWords
from gouji.document.marks import is_continuation
from gouji.document.word_lists import WORDS, DocumentWords
from gouji.facts.narrative.word_lists import NarrativeWords
from gouji.facts.word_lists import FactWords
from gouji.review.word_lists import ReviewWords
from gouji.runtime.word_lists import Expressions, WordLists, Words, any_of, parse_words

FILES: dict[str, type[WordLists]] = {
    "gouji.checks": CheckWords,
    "gouji.document": DocumentWords,
    "gouji.facts": FactWords,
    "gouji.facts.narrative": NarrativeWords,
    "gouji.review": ReviewWords,
}


class _Speech(WordLists):
    speakers: Words
    endings: Expressions = ("费$",)


#: mistake -> (the file, what the error says)
MISTAKES = {
    "an empty list": ("speakers: []", "x/words.yaml: speakers: is empty"),
    "an empty word": ("speakers: [部门, '']", "x/words.yaml: speakers: '' is empty or has blanks around it"),
    "a blank": ("speakers: [部门, '单位 ']", "x/words.yaml: speakers: '单位 ' is empty or has blanks around it"),
    "a word twice": ("speakers: [部门, 单位, 部门]", "x/words.yaml: speakers: '部门' stands there twice"),
    "no list": ("speakers: 部门", "x/words.yaml: speakers: Input should be a valid tuple"),
    "a number": ("speakers: [1]", "x/words.yaml: speakers.0: Input should be a valid string"),
    "a list missing": ("endings: [费]", "x/words.yaml: speakers: Field required"),
    "an unknown list": ("{speakers: [部门], speaker: [单位]}", "x/words.yaml: speaker: Extra inputs are not permitted"),
    "a list twice": ("speakers: [部门]\nspeakers: [单位]", "x/words.yaml: 重复的键 'speakers'"),
    "no regular expression": (
        "{speakers: [部门], endings: ['(费']}",
        "x/words.yaml: endings: '(费' is no regular expression: missing ), unterminated subpattern at position 0",
    ),
    "an empty file": ("", "x/words.yaml: the file: Input should be a valid dictionary or instance of _Speech"),
    "no YAML": ("speakers: [部门", "x/words.yaml: while parsing a flow sequence"),
}


@pytest.mark.parametrize("package", FILES)
def test_a_file_of_words_is_sound_and_says_what_each_list_is_for(package: str) -> None:
    text = files(package).joinpath("words.yaml").read_text(encoding="utf-8")
    assert set(parse_words(FILES[package], text, package).model_fields_set) == set(FILES[package].model_fields)
    assert not re.search(r"(?:^|\n\n)\w+:", text)


@pytest.mark.parametrize(("text", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_malformed_file_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)) as refused:
        parse_words(_Speech, text, "x/words.yaml")
    assert "\n" not in str(refused.value)


def test_a_word_stands_before_its_own_beginning() -> None:
    assert any_of(["年", "年度", "(年"]) == r"年度|\(年|年"
    assert re.match(any_of(["等", "等级"]), "等级为优") is not None


def test_what_a_word_may_not_stand_behind_is_of_a_word_of_the_list() -> None:
    text = files("gouji.facts.narrative").joinpath("words.yaml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=r"comparing_not_behind: \['跟'\] do not stand under comparing"):
        parse_words(NarrativeWords, text.replace("{较: 经比}", "{跟: 经比}"), "x/words.yaml")


def test_words_of_continued_tables_have_a_character_that_lines_are_searched_for() -> None:
    text = files("gouji.document").joinpath("words.yaml").read_text(encoding="utf-8")
    known = "continued: [续,"
    assert known in text
    allowed = parse_words(DocumentWords, text.replace(known, "continued: [表接上, 续,"), "x/words.yaml")
    assert "表接上" in allowed.continued
    with pytest.raises(ValueError, match=r"x/words.yaml: .*continued: \['承上表'\] have none of the characters 续接"):
        parse_words(DocumentWords, text.replace(known, "continued: [承上表, 续,"), "x/words.yaml")


def test_a_mark_with_each_word_of_continued_tables_is_recognised() -> None:
    for word in WORDS.continued:
        assert is_continuation(word), word
        assert is_continuation(f"公开06表（{word}）"), word
