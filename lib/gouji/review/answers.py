"""Loads the answers that questions want, and which rules ask for each: `answers.yaml`, which explains them."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from gouji.review.families import review_rules
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml

_SOURCE = "review/answers.yaml"


class Ground(StrEnum):
    """What two questions must share to want one answer."""

    CHANGE = "change"
    AMOUNT = "amount"
    WORDS = "words"


class Answer(StrictModel):
    """What a department must tell. `rules` ask for it, the weightiest first."""

    answer: Annotated[str, Field(min_length=1)]
    rests_on: Ground
    rules: Annotated[tuple[str, ...], Field(min_length=1)]


_ANSWERS = TypeAdapter(tuple[Answer, ...])


@cache
def answers() -> tuple[Answer, ...]:
    """Returns the answers of `answers.yaml`. Raises ValueError, as `parse_answers` does."""
    text = files("gouji.review").joinpath("answers.yaml").read_text(encoding="utf-8")
    return parse_answers(text, {rule.id for rule, _ in review_rules() if rule.severity == "question"})


def parse_answers(text: str, questions: Collection[str]) -> tuple[Answer, ...]:
    """Returns the answers of a file. Raises ValueError, in one line, where it is malformed, or where a rule raises no
    questions (`questions` are the ids of those that do) or asks for two answers."""
    try:
        found = _ANSWERS.validate_python(load_yaml(text), strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{_SOURCE}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    named = list(chain.from_iterable(one.rules for one in found))
    for at, rule in enumerate(named):
        if rule not in questions:
            raise ValueError(f"{_SOURCE}: {rule} is no rule that asks questions")
        if rule in named[:at]:
            raise ValueError(f"{_SOURCE}: {rule} asks for two answers")
    return found
