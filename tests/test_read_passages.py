"""What the figures of a passage are said of: cases are `cases/narrative/read.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gouji.yaml_data import load_yaml
from support.facts import make_text_facts

CASES: list[dict[str, Any]] = load_yaml(
    (Path(__file__).parent / "cases" / "narrative" / "read.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_figures_are_of_what_the_words_say(case: dict[str, Any]) -> None:
    facts = make_text_facts(case["section"], case["text"])
    read = [
        [fact.figure.text, fact.claim.topic.key, fact.claim.measure.value]
        for fact in facts.statements()
        if fact.claim is not None
    ]
    assert read == case["read"]
