"""What a sentence says with a figure: of what, in which measure, against which base, as part of which whole."""

from __future__ import annotations

from enum import StrEnum

from gouji.runtime.immutable import immutable


class Measure(StrEnum):
    """What kind of figure it is. Values are what an auditor reads."""

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


#: The measures of an amount (or a count) that another figure can be a share, change or part of.
BUDGETS = (Measure.BUDGET, Measure.ADJUSTED, Measure.INITIAL)
#: What rises or falls.
CHANGES = (Measure.CHANGE, Measure.RATE, Measure.ADJUSTMENT)


@immutable()
class Topic:
    """What a figure is said of. `key` identifies it within a document: a concept path, an account or the phrase itself
    (with ~ before it one that stands for this place alone).

    `final`, `budget`, `initial` are the readings (concept paths) of its amounts, per quantity the phrase names.
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
        """Concepts of its amounts in a measure: one entry per quantity, `|` between readings."""
        if measure is Measure.FINAL:
            return self.final
        if measure is Measure.BUDGET:
            return self.budget
        return self.initial if measure is Measure.INITIAL else ()


@immutable()
class Claim:
    """One figure of a sentence, or a word that says a direction.

    `sign` −1: the words say a fall (0: they say both). `against`: what a change, completion or direction compares with.
    `base`: what a share is of, None for the whole of its list. `beside`: position, among the narrative's claims, of the
    figure printed as its base (36.50万元的81.4%), else −1. `whole`: what the list it stands in adds up to, `group` the
    list's number, `depth` how many lists deep that is; `complete`: words say that the list names every part; `closes`:
    the figure is the total behind a list. `listed`: position in 分别为A、B.
    `relation`: <, = or > of a direction or a target. `reading`: the concept path (or several, parted by `|`) of the
    quantity an amount states. `order` is its own position; `sentence` and `paragraph` count through the document.
    `rated`: the one word of a completion (执行率) that does not say of which amounts, else "".
    `done`: the word that says what was done with an amount (到位, 实际支出).
    `words`, `behind`: the words of its clause before it and behind it, as printed.
    `aside`: it stands in a reason. `loose`: why no constraint can use it (about, no subject), "" where one can.
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
