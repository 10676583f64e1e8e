"""What is known while a paragraph is read: the subject, the lists that are open, the comparison at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.figure import Figure, dimension_of
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.tokens import Number
from gouji.facts.narrative.topics import Accounts, heads, is_account, is_opener, topics, within
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import load_phrases
from gouji.runtime.immutable import immutable

NOBODY = Topic("", "")
#: What a carrier may stand with and still leave the naming to the words before.
_CARRYING = frozenset({"carrier", "connective", "list", "closing"})
AMOUNTS = (Measure.FINAL, Measure.BUDGET, Measure.INITIAL, Measure.ADJUSTED, Measure.COUNT)


@immutable()
class Stated:
    """A claim with its figure and span in the paragraph."""

    claim: Claim
    figure: Figure
    start: int
    end: int


@immutable()
class OpenList:
    """A list being read: what it is of, how its end is known; `graded`: by grade, `composed`: up to 组成; `against`:
    what its whole was compared with right before it, as its parts are; `uses`: what the whole was used for."""

    number: int
    whole: Topic
    complete: bool
    bracketed: bool
    graded: bool = False
    composed: bool = False
    uses: bool = False
    against: Measure | None = None


@dataclass(slots=True)
class Reading:
    """What is known between clauses."""

    text: str
    section: str
    unit: str
    year: int | None
    accounts: Accounts
    paragraph: int
    sentence: int
    topics: list[Topic] = field(default_factory=list)
    lead: list[Topic] = field(default_factory=list)
    inherited: bool = False
    said: Said = field(default_factory=Said)
    spoken: Said = field(default_factory=Said)
    default: Measure = Measure.FINAL
    default_said: bool = False
    measure: Measure | None = None
    measure_before: Measure | None = None
    against: Measure | None = None
    prior: bool = False
    later: bool = False
    paused: bool = False
    titled: bool = False
    passed: bool = False
    planning: bool = False
    target: bool = False
    reason: bool = False
    lists: list[OpenList] = field(default_factory=list)
    counted: int = 0
    semicolons: int = 0
    figures: int = 0
    money: list[Topic] = field(default_factory=list)
    row: list[Topic] = field(default_factory=list)
    listed: int = 0
    amounts: int = 0
    relation: str = ""
    #: The last figure was a change with its verb before its object (增加基本支出36.00万元): so are those behind 、.
    moving: bool = False
    after_amount: bool = False
    after_change: bool = False
    closed: bool = False
    bracket_of: Topic | None = None
    bracket_may_be_of: Topic | None = None
    brackets: list[tuple[Said, list[Topic], int, Measure | None]] = field(default_factory=list)
    first: int = 0
    out: list[Stated] = field(default_factory=list)

    @property
    def order(self) -> int:
        """The position, among the narrative's claims, of the next claim."""
        return self.first + len(self.out)


def named_in(reading: Reading, said: Said) -> list[Topic]:
    """What the words name; a carrier (涉及资金) leaves that to the words before."""
    if not said.run and not said.earlier:
        return []
    kinds = {token.kind for token in said.run}
    carried = "carrier" in kinds and kinds <= _CARRYING
    found = [] if carried else topics(said.run, reading.section, reading.accounts, each=said.each)
    if not found and said.earlier and "carrier" not in kinds:
        found = [topic for topic in topics(said.earlier, reading.section, reading.accounts) if not is_opener(topic)]
    if not found and (side := _side(reading, said)):
        found = [side]
    _leave_list(reading, found)
    whole = reading.lists[-1].whole if reading.lists else None
    return [within(topic, whole) for topic in found]


def _side(reading: Reading, said: Said) -> Topic | None:
    """收入增加…，支出增加…: one word for what was stated in full before, or for what nothing was said of yet."""
    words = [token.text for token in said.run if token.text in ("收入", "支出")]
    others = [token for token in said.run if token.text not in ("收入", "支出", *WORDS.this_year)]
    said_after = said.direction is not None and any(token.start > said.direction.start for token in said.run)
    if words == ["收入"] and not others and reading.section == "income" and not reading.out and not reading.topics:
        return heads()["income"]
    telling = said.sign is not None or said.measures or said.completion
    if len(words) != 1 or others or said_after or not telling or reading.titled:
        return None
    if said.measures and reading.topics:
        return None
    spoken = [one.claim.topic for one in reading.out if one.claim.topic.phrase.startswith(words[0])]
    return spoken[-1] if spoken else Topic(words[0], words[0])


def _leave_list(reading: Reading, named: Sequence[Topic]) -> None:
    """A headline that cannot be part of what is listed ends the list (其中项目支出…，年末结转和结余…)."""
    while named and named[0].known and not is_account(named[0]) and reading.lists and not reading.lists[-1].bracketed:
        whole = reading.lists[-1].whole
        if not whole.known or load_phrases().may_contain(whole.key, named[0].key):
            return
        reading.lists.pop()


def close_lists(reading: Reading) -> None:
    """The lists that are open end; what they were of is spoken of again."""
    if reading.lists and not reading.brackets:
        whole = reading.lists[0].whole
        reading.lists.clear()
        reading.topics = [whole] if whole is not NOBODY else []
        reading.default = Measure.FINAL


def open_amounts(reading: Reading, number: Number) -> int:
    """How many amounts of the same kind the list at hand has, that a total may close."""
    group = reading.lists[-1].number if reading.lists else -1
    return sum(
        1
        for one in reading.out
        if one.claim.sentence == reading.sentence
        and one.claim.group == group
        and one.claim.measure in AMOUNTS
        and one.figure.dimension == dimension_of(number.unit)
    )


def listed_items(reading: Reading) -> int:
    """How many things of its first kind the innermost list has named: with two behind commas, a semicolon ends it."""
    number = reading.lists[-1].number
    listed = [one for one in reading.out if one.claim.group == number and one.claim.measure in AMOUNTS]
    return len({one.claim.topic.key for one in listed if one.figure.dimension == listed[0].figure.dimension})
