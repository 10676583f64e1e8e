"""Defines the rules of `rules/review/reasonableness.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from gouji.checks.identity import SELECTORS, Reference, parse_reference, parse_sum
from gouji.checks.vocabulary import known
from gouji.review.rule import ReviewRule
from gouji.runtime.strict import StrictModel


class Said(StrictModel):
    """A quantity known by the words of the sentence that states it: one that is said of something with any of `words`
    and none of `unless`, in one of `units`: of money what was spent, of anything else what was counted."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    units: frozenset[str]


class Heads(StrictModel):
    """`visits` and the `persons` counted next of the same subject, or of one named by `guests`: at least one for each
    visit; where `both`, or where nothing was spent `of` it (a concept path), none without a visit."""

    visits: Said
    persons: Said
    both: bool = True
    of: str = ""
    guests: tuple[str, ...] = ()


class Held(StrictModel):
    """A `part` that cannot be more than its `whole`, which is counted elsewhere; `near`: in the same paragraph."""

    part: Said
    whole: Said
    near: bool = False


class Occasion(StrictModel):
    """Money spent on what `words` name and its counts in `units`, without those beside words of `unless`; `before`:
    they may stand before the money, which then is named by its part of the sentence alone."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    units: frozenset[str]
    unless: tuple[str, ...] = ()
    before: bool = False


class Beside(StrictModel):
    """An amount that sentences state, by the `keys` of its topic and its `measures`, beside the first of the cells
    `to`, which it should not be above (`most`) or below (`least`), or beside which it should not be zero (`nothing`);
    or beside any of them, from which it should not differ by a `slip` of the pen. `nothing` is asked only where a row
    of the general budget has one of the names `rows` and the narrative none of the words `unless`. `asks` ends the
    title ({cell} is the cell's amount), `tells` gives the reason."""

    name: str
    keys: tuple[str, ...] = Field(min_length=1)
    measures: tuple[str, ...] = ("决算",)
    relation: Literal["most", "least", "slip", "nothing"]
    to: tuple[str, ...] = Field(min_length=1)
    rows: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    asks: str
    tells: str


class Grade(StrictModel):
    """A grade of an evaluation, by the words it is told in: from the score of the threshold `least` ("" for none) to
    that of the grade above."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    least: str = ""


class ListedKinds(StrictModel):
    """What is counted (a word of `wholes` in its name, none of `unless`) and the words of its `kinds`."""

    wholes: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[str, ...] = Field(min_length=2)
    unless: tuple[str, ...] = ()


#: A quantity: a sum of concept paths, with `|` between readings of which the first printed one counts; what sentences
#: state; or `headcount`, the parameter.
Quantity = str | Said


class RatioRule(StrictModel):
    """`of` ÷ `to` in `unit` ("" for a multiple), asked about below the threshold `least` or above the threshold `most`.

    It is judged only where `of` and `to` come to the thresholds `of_least` and `to_least`, every path of `printed` has
    an amount and every one of `zero` has none; a table of `optional` that was not published counts as zero. Judged from
    `zero_counts` on, an amount of zero counts (else there is nothing to ask about). `asks` is the title, `also` what it
    adds to the title of another ratio of the rule, `tells` the reason; one that is `supporting` is only told beside
    another. `peers`: whether the distribution among peers may take the place of the thresholds.
    """

    of: Quantity
    to: Quantity
    of_name: str
    to_name: str
    unit: Literal["%", "元", ""] = "%"
    least: str = ""
    most: str = ""
    of_least: str = ""
    to_least: str = ""
    printed: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    zero_counts: bool = False
    supporting: bool = False
    peers: bool = True
    asks: str = ""
    also: str = ""
    tells: str = ""

    @model_validator(mode="after")
    def _require_sides(self) -> Self:
        if not (self.least or self.most):
            raise ValueError(f"{self.of_name}: neither least nor most")
        if not (self.asks or self.supporting):
            raise ValueError(f"{self.of_name}: no question")
        for text in (*self.quantities(), *self.printed, *self.zero):
            _require_known(text)
        return self

    def quantities(self) -> Iterator[str]:
        """Returns the sides that are concept paths."""
        yield from (one for one in (self.of, self.to) if isinstance(one, str) and one != "headcount")

    def thresholds(self) -> Iterator[str]:
        """Returns the names of the thresholds on which it rests."""
        yield from filter(None, (self.least, self.most, self.of_least, self.to_least))


class Item(StrictModel):
    """A row that should have an amount: its concept path and its name; `needed` where its absence alone is asked
    about."""

    path: str
    name: str
    needed: bool = True


class ReasonablenessRule(ReviewRule):
    """A rule of this family. `looks` says what would have to be looked at.

    ratio    `ratios`, of which all that are out of range are told in one question
    missing  `items` without an amount although `base` comes to the threshold `base_least`
    largest  a row below `base` (a prefix of codes, without `unless`) above the threshold `share_most` of `whole`
    annex    spending that the annex (under headings with `headings`) states by `words`, none of `unless` near them,
             from the threshold `amount_least` on above `times_most` times each of `scopes`
    heads    visits and persons that sentences count together
    held     parts and wholes that sentences count apart, without `unless` in these
    apart    `columns`, totals that another balances with, as sentences state both
    bounded  rates named by `words` and shares of bases that end with one of `totals`, with none of `unless` near them
    above_budget  rates of money that `words` name, above 100 % with none of `unless` in their sentence
    occasions  money spent on occasions beside how many of them are counted
    beside   `besides`, amounts that sentences state beside cells that bound or repeat them
    scores   average scores, named by `words` without `unless`
    resolved problems found (`words`) beside those corrected and being corrected (`totals`)
    grades   scores (named by `words`) and the grades told behind them, with nothing but words of `between` before these
             and none of `unless` in the paragraph
    targets  indicators of a form at full weight that miss their target; one without a sign is a least one under `words`
    told     results of a form's indicators as its paragraphs count them (none with `unless` in the sentence or `totals`
             in the clause), by names alike without `words`; money of the form under a name alike without `between`
    listed   counts of `listings` that are more than the kinds listed of them, without `unless` in the sentence
    evaluated  money of evaluated projects (`words`, with `totals` in the sentence) above `times_most` times `whole`
    totals_told  all income and all spending (`words` before both) that a report under `headings` tells beside totals
             of the accounts: paths of `columns`, of income and of spending by turns
    round    cells of `columns` in rows of items that are multiples of `step`
    """

    looks: str
    ratios: tuple[RatioRule, ...] = ()
    base: str = ""
    base_name: str = ""
    base_least: str = ""
    items: tuple[Item, ...] = ()
    whole: str = ""
    whole_name: str = ""
    share_most: str = ""
    scopes: tuple[Item, ...] = ()
    times_most: str = ""
    amount_least: str = ""
    step: str = ""
    number_least: str = ""
    share_least: str = ""
    columns: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    heads: tuple[Heads, ...] = ()
    held: tuple[Held, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    besides: tuple[Beside, ...] = ()
    grades: tuple[Grade, ...] = ()
    between: tuple[str, ...] = ()
    listings: tuple[ListedKinds, ...] = ()

    @model_validator(mode="after")
    def _require_fields(self) -> Self:
        named = [name for ratio in self.ratios for name in ratio.thresholds()]
        named += filter(None, (self.base_least, self.share_most, self.times_most, self.amount_least))
        named += filter(None, (self.step, self.number_least, self.share_least))
        named += [grade.least for grade in self.grades if grade.least]
        if unknown := [name for name in named if name not in self.thresholds]:
            raise ValueError(f"{unknown[0]!r} is not among its thresholds")
        if (self.kind == "ratio") != bool(self.ratios):
            raise ValueError("a rule of kind ratio, and only that, has ratios")
        for item in (*self.items, *self.scopes):
            _require_known(item.path)
        return self


def references(text: str) -> Iterator[Reference]:
    """Returns the references in the readings of a quantity."""
    for reading in text.split("|"):
        yield from (term.reference for term in parse_sum(reading))


def _require_known(text: str) -> None:
    for reference in references(text):
        if reference.row in SELECTORS or not reference.table:
            raise ValueError(f"{text!r}: only cells of tables")
        known(reference, "")


def cell(path: str) -> Reference:
    """Returns the one cell that a path names."""
    return parse_reference(path)
