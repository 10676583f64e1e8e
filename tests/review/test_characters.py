"""The question on characters that look like others: its list of usual characters saves the search in most documents."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files

from gouji.layouts.phrases import load_phrases
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.families import review_rule
from gouji.runtime.yaml_data import load_yaml

_LAYOUTS = ("tables", "annexed", "budget", "evaluation")
_CODES = ("function_codes", "economic_codes", "superseded_codes")


def _rule() -> DisclosureRule:
    found = review_rule("disclosure.characters")
    assert isinstance(found, DisclosureRule)
    return found


def _strings(value: object) -> Iterator[str]:
    """Yields all texts of a YAML file, also its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _vocabulary() -> dict[str, list[str]]:
    """Titles, captions, labels and phrases of the layouts, and names of accounts: those with Chinese characters."""
    found = {name: load_yaml(files("gouji.layouts").joinpath(f"{name}.yaml").read_text("utf-8")) for name in _LAYOUTS}
    words = {name: [one for one in map(_printed, _strings(value)) if _is_chinese(one)] for name, value in found.items()}
    subjects = [phrase for one in load_phrases().subjects.values() for subject in one for phrase in subject.phrases]
    words["phrases"] = [*subjects, *(word for one in load_phrases().sections for word in one.any)]
    for name in _CODES:
        with files("gouji.reference").joinpath(f"{name}.csv").open(encoding="utf-8") as file:
            words[name] = [row["name"] for row in csv.DictReader(file)]
    return words


def _printed(text: str) -> str:
    """Returns a label without the names of lists that stand in it in braces."""
    return re.sub(r"\{\w+\}", "", text)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def test_names_and_labels_are_of_usual_characters() -> None:
    pattern = _rule().pattern
    for source, words in _vocabulary().items():
        assert len(words) > 10, source
        unusual = {(word, char) for word in words for char in set(word) if pattern.search(char)}
        assert not unusual, source


def test_usual_characters_alone_never_raise_the_question() -> None:
    """Each usual character beside digits, in every position in which an item looks for it."""
    rule = _rule()
    usual = [char for char in map(chr, range(0x10000)) if not rule.pattern.search(char)]
    assert {*"0９元，（“ \u00a0"} <= {*usual}
    for shape in ("1{0}2.5", "{0}1.5", "1.{0}", "1.5{0}", "1.{0}5", "1,{0}{0}2", "{0}{0}5.0"):
        text = "\n".join(shape.format(char) for char in usual if char not in "\n\r\v\f")
        matched = {item.name for item in rule.items if item.shown.search(text)}
        assert not matched, shape


def test_every_item_can_be_raised() -> None:
    """Each begins to match where the first unusual character is typed."""
    samples = ("1\u202e2", "1\u200b2", "\U000e0041", "1\u0336", "\u0661", "12O.5", "1\u201a2", "1\ue0002")
    for item in _rule().items:
        assert any(item.shown.search(sample) and _rule().pattern.search(sample) for sample in samples), item.name
