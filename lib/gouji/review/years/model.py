"""Defines rules of this family as `rules/review/years.yaml` states them."""

from __future__ import annotations

from gouji.review.rule import ReviewRule
from gouji.runtime.strict import StrictModel


class Pair(StrictModel):
    """A quantity of this document (`now`) that is one of the other (`then`), both concept paths; `each` repeats it over
    the codes that either table prints, for which the paths say {code}. `title` is what people call it."""

    title: str
    now: str
    then: str
    each: str = ""


class Quantity(StrictModel):
    """A quantity that a department's account sums up from its units'; `internal` are those of money that passes between
    them and is left out of the sum."""

    title: str
    path: str
    each: str = ""
    internal: tuple[str, ...] = ()


class YearRule(ReviewRule):
    """`pairs` or `quantities` are what is compared; `words` are what marks a figure, or a passage, as of another basis
    (a restated year, an adjusted budget), `own` what the names of a department's own office hold."""

    pairs: tuple[Pair, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    words: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
