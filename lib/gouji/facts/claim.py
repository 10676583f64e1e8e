"""Defines the meaning of a figure in a sentence: its topic, its measure, its base of comparison, and the whole it is
part of."""

from __future__ import annotations

from enum import StrEnum

from gouji.runtime.immutable import immutable


class Measure(StrEnum):
    """The kind of a figure. The values are what an auditor reads."""

    __hash__ = str.__hash__  # an Enum's own is a call into Python

    FINAL = "决算"
    BUDGET = "预算"
    INITIAL = "年初预算"
    ADJUSTED = "调整预算"
    ADJUSTMENT = "预算调整额"
    PRIOR = "上年"
    CHANGE = "增减额"
    RATE = "增减率"
    SHARE = "占比"
    COMPLETION = "完成率"
    COUNT = "数量"
    TARGET = "目标"
    PER_HEAD = "人均"
    OTHER = "其他"
    DIRECTION = "增减方向"
    LISTED = "列举"


#: The measures of amounts (or counts) of which another figure can be a share, change or part.
BUDGETS = (Measure.BUDGET, Measure.ADJUSTED, Measure.INITIAL)
#: The measures that can rise or fall.
CHANGES = (Measure.CHANGE, Measure.RATE, Measure.ADJUSTMENT)


@immutable()
class Topic:
    """The subject of a figure.

    `key` identifies it within a document: a concept path, an account or the phrase itself (after ~, one that means
    something only at this place). `final`, `budget`, `initial` are the readings (concept paths) of its amounts, one
    entry per quantity that the phrase names.
    """

    phrase: str
    key: str
    final: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()
    initial: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """True where the phrase means the same wherever it stands."""
        return self.key != self.phrase and not self.key.startswith("~")

    def readings(self, measure: Measure) -> tuple[str, ...]:
        """Returns the concepts of its amounts in a measure: one entry per quantity, with `|` between readings."""
        if measure is Measure.FINAL:
            return self.final
        if measure is Measure.BUDGET:
            return self.budget
        return self.initial if measure is Measure.INITIAL else ()


@immutable()
class Claim:
    """One figure of a sentence, or a word that gives a direction.

    `sign` is −1 where the words say a fall (0: they say both). `against` is what a change, completion or direction
    compares with. `base` is what a share refers to, None for the whole of its list. `beside` is the position, among
    the narrative's claims, of the figure printed as its base (36.50万元的81.4%), else −1.

    `whole` is what its list adds up to, `group` the list's number, `depth` the number of lists around it. `complete`:
    the words say that the list names every part. `contained`: it is part of an amount before it, and no item of its own
    (含上年结转2万元). `closes`: the figure is the total behind a list. `listed` is its
    position in 分别为A、B.

    `relation` is <, = or > of a direction or a target. `reading` is the concept path (several are separated by `|`)
    of the quantity that an amount states. `order` is its own position; `sentence` and `paragraph` are numbered
    through the document.

    `rated` is the word of a completion (执行率) that does not name its amounts, else "". `done` is the word for what
    was done with an amount (到位, 实际支出). `words` and `behind` are the words of its clause before and after it, as
    printed. `aside`: it stands in a reason. `loose` says why no constraint can use it (about, no subject), "" where
    one can.
    """

    order: int
    measure: Measure
    topic: Topic
    sentence: int
    paragraph: int
    sign: int = 1
    against: Measure | None = None
    base: Topic | None = None
    beside: int = -1
    whole: Topic | None = None
    group: int = -1
    depth: int = 0
    bracketed: bool = False
    complete: bool = False
    contained: bool = False
    closes: bool = False
    listed: int = 0
    relation: str = ""
    reading: str = ""
    rated: str = ""
    done: str = ""
    words: str = ""
    behind: str = ""
    aside: bool = False
    loose: str = ""
