"""The indicators of a self-evaluation form: what was aimed at and what was reached, beside weight and score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.facts.evaluation.rows import indicator_columns, text_at
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.labels import normalise
from gouji.layouts.evaluation import EvaluationLayout, load_evaluation
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_NUMBER = r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>%|‰|[\u4e00-\u9fff]{0,4})"


@immutable()
class Value:
    """One number of an indicator as printed: its relation (`>` at least, `<` at most, "" for none), number, unit."""

    relation: str
    number: Decimal
    unit: str


@immutable()
class Indicator:
    """One row of a form. `kinds` are the labels before its name; `target` and `actual` are None where they are no one
    number, `score` and `weight` the facts of the row."""

    name: str
    kinds: tuple[str, ...]
    target: Value | None
    actual: Value | None
    target_text: str
    actual_text: str
    weight: Fact
    score: Fact


def indicators(form: RecognisedTable, facts: Facts) -> Iterator[Indicator]:
    """The rows of a form that have a weight, a score and both values, in printed order."""
    layout = load_evaluation()
    assert form.grid is not None
    heads = [(number, found) for number, row in enumerate(form.grid.rows) if (found := indicator_columns(row, layout))]
    for row in facts.rows(form.key, "score"):
        weight, score = facts.get(form.key, row, "weight"), facts.get(form.key, row, "score")
        if "." not in row or weight is None or score is None or score.cell is None:
            continue
        number = score.cell[0]
        columns = next((found for at, found in reversed(heads) if at < number), {})
        if "target" not in columns or "actual" not in columns:
            continue
        texts = [normalise(text_at(form.grid, number, columns[one])) for one in ("target", "actual")]
        name = columns.get("name", columns.get("first", 0))
        kinds = tuple(normalise(text_at(form.grid, number, col)) for col in range(name))
        yield Indicator(
            normalise(text_at(form.grid, number, name)),
            kinds,
            value_of(texts[0], layout),
            value_of(texts[1], layout),
            texts[0],
            texts[1],
            weight,
            score,
        )


def value_of(text: str, layout: EvaluationLayout) -> Value | None:
    """≥5200件 as a value; None for words, several numbers, or a range."""
    relation = next((one for one, words in layout.relations.items() if re.match(any_of(words), text)), "")
    rest = re.sub(f"^(?:{any_of(layout.relations[relation])})", "", text) if relation else text
    match = re.fullmatch(_NUMBER, rest)
    if match is None:
        return None
    sign = {"at_least": ">", "at_most": "<"}.get(relation, "")
    return Value(sign, Decimal(match["number"].replace(",", "")), match["unit"])
