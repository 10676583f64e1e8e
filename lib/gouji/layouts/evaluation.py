"""Loads the layout of the self-evaluation form from `evaluation.yaml`, validated."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files

from pydantic import model_validator

from gouji.intervals import MONEY_UNIT
from gouji.labels import normalise
from gouji.runtime.strict import StrictModel
from gouji.runtime.word_lists import any_of
from gouji.runtime.yaml_data import load_yaml

#: Concept to the labels it goes by, normalised.
Labels = dict[str, tuple[str, ...]]


class EvaluationLayout(StrictModel):
    """The labels of columns and rows of a self-evaluation form (绩效自评表).

    - `funds`, `indicators`: the columns of its two grids, by concept.
    - `money`: what opens the heading before the rows of the money.
    - `total`, `sources`, `natures`: the rows of the money. Sources, and natures, add up to the total.
    - `divided`: sources that may be printed with their own parts beside them. `closing`: sources with which a list is
      complete.
    - `subtotal`: rows among the indicators. `sum`: the row of all scores.
    - `told`: what sentences call columns of the money, besides their labels. `about`: what may stand there beside the
      project's name if the sentence is about all of it.
    - `relations`: words before an indicator's number.
    """

    name: str
    project: tuple[str, ...]
    whole: tuple[str, ...]
    money: tuple[str, ...]
    funds: Labels
    total: tuple[str, ...]
    sources: Labels
    divided: Labels
    closing: tuple[str, ...]
    natures: Labels
    indicators: Labels
    subtotal: tuple[str, ...]
    sum: tuple[str, ...]
    told: Labels
    about: tuple[str, ...]
    relations: Labels

    @model_validator(mode="after")
    def _consistent(self) -> EvaluationLayout:
        for labels in (self.funds, self.indicators, self.rows):
            every = [label for own in labels.values() for label in own]
            if twice := {label for label in every if every.count(label) > 1}:
                raise ValueError(f"a label of two concepts: {sorted(twice)}")
        if set(self.relations) != {"at_least", "at_most"}:
            raise ValueError("relations: not at_least and at_most")
        for part in {*self.closing, *self.divided, *(one for parts in self.divided.values() for one in parts)}:
            if part not in self.sources:
                raise ValueError(f"{part!r} is no source")
        return self

    @cached_property
    def rows(self) -> Labels:
        """Returns every row of the money."""
        return {"total": self.total, **self.sources, **self.natures}

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Returns what stands before all rows of the money: 项目资金(万元)."""
        return re.compile(rf"^(?:{any_of(self.money)})\S*\((?:{MONEY_UNIT}|\d+分)\)$")

    @cached_property
    def fund_column(self) -> dict[str, str]:
        """Returns the column of the money for each label."""
        return _by_label(self.funds)

    @cached_property
    def fund_row(self) -> dict[str, str]:
        """Returns the row of the money for each label."""
        return _by_label(self.rows)

    @cached_property
    def indicator_column(self) -> dict[str, str]:
        """Returns the column of the indicators for each label."""
        return _by_label(self.indicators)


def _by_label(labels: Labels) -> dict[str, str]:
    return {label: concept for concept, own in labels.items() for label in own}


@cache
def load_evaluation() -> EvaluationLayout:
    """Returns the packaged layout. Raises ValueError, naming the key, if the file is malformed."""
    raw = load_yaml(files(__package__).joinpath("evaluation.yaml").read_text(encoding="utf-8"))
    return EvaluationLayout.model_validate(_normalised(raw))


def _normalised(value: object) -> object:
    if isinstance(value, dict):
        return {key: _normalised(one) for key, one in value.items()}
    if isinstance(value, list):
        return [normalise(one) for one in value]
    return value
