"""Holds what is known while a paragraph is read, grouped by how long it holds, and finds what the words before a figure
name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.figure import Figure, dimension_of
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.tokens import Number
from gouji.facts.narrative.topics import Accounts, headline, heads, is_account, is_opener, topics, within
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.immutable import immutable

NOBODY = Topic("", "")
#: Words beside a carrier (涉及资金) that still leave the topic to the words before.
_CARRYING = frozenset({"carrier", "connective", "list", "closing"})
AMOUNTS = (Measure.FINAL, Measure.BUDGET, Measure.INITIAL, Measure.ADJUSTED, Measure.COUNT)
_INCOME = "income[total].total"
#: Lists are numbered from here on in each paragraph.
_LISTS_OF_A_PARAGRAPH = 1000


@immutable()
class Stated:
    """A claim with its figure and span in the paragraph."""

    claim: Claim
    figure: Figure
    start: int
    end: int


@immutable()
class OpenList:
    """A list while it is read: the parts of a whole (三公经费5万元，其中：公务接待费1万元、…)."""

    #: Its number in the document, which the claims of its parts carry.
    number: int
    #: What is divided; NOBODY where the words do not say.
    whole: Topic
    #: All parts are named (由以下三部分组成), so they must add up to the whole.
    complete: bool
    #: It stands in brackets, and ends with them.
    bracketed: bool
    #: Its parts are grades (优6个、良2个).
    graded: bool = False
    #: 由 opened it, 组成 ends it.
    composed: bool = False
    #: It says what the whole was used for (主要用于).
    uses: bool = False
    #: Its whole is the year before's: 上年支出5万元，其中：….
    prior: bool = False
    #: What its whole was compared with right before it, as its parts are then (比上年增加3万元，其中：…).
    against: Measure | None = None
    #: The same also of a whole in the sentence before (比上年减少1万元。其中：…), as the changes of its parts are.
    changes_from: Measure | None = None


@immutable()
class OpenBracket:
    """The words before a bracket, to be resumed behind it."""

    said: Said
    topics: list[Topic]
    #: How many lists were open.
    lists: int
    against: Measure | None
    #: The measure of amounts whose words say none.
    default: Measure
    #: The years of the sentence: `InSentence.prior` and `of_earlier_year`.
    years: tuple[bool, bool]


@immutable()
class BeforeBracket:
    """The words right before a bracket. The amounts inside may be parts of what they name."""

    #: Behind an amount, its topic: 公务接待费5万元（其中一项2万元）.
    amount_of: Topic | None = None
    #: Behind a change, what changed: 公务用车购置及运行费5万元，减少1万元（公务用车购置费2万元）.
    change_of: Topic | None = None
    #: Behind a share, what it is the share of its whole of: 基本支出80万元，占80%（人员经费60万元）.
    share_of: Topic | None = None


@dataclass(slots=True)
class SinceFigure:
    """What was read since the last figure."""

    #: A full stop or a semicolon.
    paused: bool = False
    #: A clause that is a title, naming an account or a level: 教育支出（类）。
    titled: bool = False
    #: The end of a bracket.
    closed: bool = False


@dataclass(slots=True)
class InClause:
    """What holds up to the next comma, colon, semicolon, stop or end of a bracket."""

    #: The words of the last figure, which those joined to it by 、 share: 分别为 of 分别为3万元、4万元.
    spoken: Said = field(default_factory=Said)
    #: The last figure was a change with its verb before its object (增加基本支出36.00万元): so are those behind 、.
    moving: bool = False
    #: The subject is that of the words before: the clause has named none.
    inherited: bool = True
    #: The number of an item stands before it: 1.防汛：.
    numbered: bool = False
    #: How many figures were joined to the first by 、: 1 at 4万元 of 分别为3万元、4万元.
    listed: int = 0
    #: How many amounts it has stated: of 收支总计5万元、5万元 the second is the expenditure's.
    amounts: int = 0
    #: What a percentage right behind the last amount is: "completion" behind a budget, "share" behind 占…, or "".
    relation: str = ""
    #: The last figure was contained in the item before (含上年结转2万元): so are those behind 、.
    contained: bool = False
    #: The measure said before a count: that of the money right behind it too (年初批复预算8个项目985万元).
    counted: Measure | None = None


@dataclass(slots=True)
class InItem:
    """What holds up to the next semicolon or stop."""

    #: What is compared with, until the words say otherwise: 上年 behind 比上年增加1万元，增长2%.
    against: Measure | None = None
    #: The words explain: what follows 主要原因是 states nothing that must agree with a table.
    reason: bool = False
    #: 计划 was said: counts that follow are targets too (计划改造危房1250套，发放补贴1095户).
    planning: bool = False
    #: A clause said that something is left out: 扣除购车因素后，.
    excluding: bool = False
    #: The money spoken of is that of some months: 1-6月, 截至6月底.
    partial: bool = False
    #: The order of its first claim.
    first: int = 0


@dataclass(slots=True)
class InSentence:
    """What holds up to the next stop."""

    #: How many figures it has.
    figures: int = 0
    #: What a row of figures was spread over (分别占75%、25%), for the next row: 下降21.9%、5.28%.
    row: list[Topic] = field(default_factory=list)
    #: A year before the account's was named: 2021年支出5万元.
    prior: bool = False
    #: The same, also where the subject stands before the year: 公务接待费2021年支出5万元，比上年减少1万元.
    of_earlier_year: bool = False
    #: 目标为 was said: counts that follow are targets.
    target: bool = False
    #: Amounts are listed by the source of the money (按资金来源分：).
    by_source: bool = False
    #: The words named last what is mentioned only in passing (`passing` in `phrases.yaml`): whose changes follow is not
    #: certain.
    passed: bool = False
    #: The measure that the words said last: 年初预算.
    measure: Measure | None = None
    #: `measure` of the sentence before: 支出决算5万元。其中：… goes on with it.
    measure_before: Measure | None = None
    #: The measure of amounts whose words say none: that of the whole in a list, that before a colon (决算数：).
    default: Measure = Measure.FINAL
    #: A colon said `default`.
    default_said: bool = False
    #: How many semicolons there were since the list at hand was opened.
    semicolons: int = 0


@dataclass(slots=True)
class Reading:
    """Everything that is known while a paragraph is read.

    The fields are grouped by how long they hold. What holds for less than the paragraph is an object of its own. It
    ends when a new one replaces it (`after_figure`, `begin_clause`, `begin_item`, `begin_sentence`).
    """

    # Given, and never changed.
    text: str
    #: The key of the narrative's section (`three_public`), "free" for annexed reports.
    section: str
    #: Of amounts printed without one.
    unit: str
    year: int | None
    accounts: Accounts
    #: Its number among the document's paragraphs.
    paragraph: int

    # For the paragraph.
    #: The number of the sentence at hand, in the document.
    sentence: int
    #: The position of the paragraph's first claim among the narrative's.
    first: int = 0
    #: What the heading or the line above names; never changed.
    lead: list[Topic] = field(default_factory=list)
    #: The fund of the figure or line before the paragraph, by its full name; never changed.
    fund: str = ""
    #: The account of a fund that the paragraph begins with, once its own balance is told.
    of_account: Topic | None = None
    #: The present topic: the subject of figures whose words name none.
    topics: list[Topic] = field(default_factory=list)
    #: The last topic of money: 公务接待费5万元，接待60批次，增加1万元 refers to it again.
    money: list[Topic] = field(default_factory=list)
    #: A year after the account's was named (2025年预算): its figures are not the account's.
    later: bool = False
    #: The claims so far.
    out: list[Stated] = field(default_factory=list)
    #: The lists that are open, the innermost last.
    lists: list[OpenList] = field(default_factory=list)
    #: How many lists the paragraph has opened.
    list_count: int = 0
    #: The brackets that are open, the innermost last.
    brackets: list[OpenBracket] = field(default_factory=list)
    before_bracket: BeforeBracket = field(default_factory=BeforeBracket)

    # For less.
    in_sentence: InSentence = field(default_factory=InSentence)
    in_item: InItem = field(default_factory=InItem)
    in_clause: InClause = field(default_factory=InClause)
    since_figure: SinceFigure = field(default_factory=SinceFigure)
    #: The words since the clause began, or since its last figure.
    said: Said = field(default_factory=Said)
    #: The measure of the figure right before, None where the last token was none.
    behind: Measure | None = None

    @property
    def order(self) -> int:
        """Returns the position of the next claim among the narrative's claims."""
        return self.first + len(self.out)

    def after_figure(self, words: Said) -> None:
        """Ends the words of a figure that was stated with `words` before it; a comparison that these make continues
        behind it."""
        self.in_clause.spoken, self.said, self.since_figure = words, Said(), SinceFigure()
        self.said.compared = words.compared

    def begin_clause(self) -> None:
        """Forgets what holds for a clause."""
        self.said, self.in_clause = Said(), InClause()

    def begin_item(self, reason: bool) -> None:
        """Forgets what holds up to a semicolon. `reason`: the next item is a reason too."""
        self.in_item = InItem(self.lists[-1].against if self.lists else None, reason, first=self.order)

    def begin_sentence(self) -> None:
        """Forgets what holds for a sentence; lists and brackets end with it."""
        self.in_sentence, self.in_item = InSentence(measure_before=self.in_sentence.measure), InItem(first=self.order)
        self.lists.clear()
        self.brackets.clear()
        self.sentence += 1

    def next_list(self) -> int:
        """Returns a number for a new list that no other list of the document has."""
        self.list_count += 1
        return self.paragraph * _LISTS_OF_A_PARAGRAPH + self.list_count

    def enter_bracket(self) -> None:
        """Begins a bracket, whose content has words of its own."""
        sentence = self.in_sentence
        years = sentence.prior, sentence.of_earlier_year
        against, default = self.in_item.against, sentence.default
        self.brackets.append(OpenBracket(self.said, self.topics, len(self.lists), against, default, years))
        topic = self.topics[0] if self.topics else None
        changed = self.behind in (Measure.CHANGE, Measure.RATE)
        shared = self.behind is Measure.SHARE and not self.in_clause.listed
        self.before_bracket = BeforeBracket(
            topic if self.behind in AMOUNTS else None, topic if changed else None, topic if shared else None
        )
        self.said = Said(target=self.said.announces)

    def leave_bracket(self) -> None:
        """Resumes the words before a bracket."""
        self.before_bracket = BeforeBracket()
        self.in_item.reason = False
        if self.brackets:
            outer = self.brackets.pop()
            self.said, self.topics, self.in_item.against = outer.said, outer.topics, outer.against
            self.in_sentence.default = outer.default
            self.in_sentence.prior, self.in_sentence.of_earlier_year = outer.years  # 15个（含2022年结转5个），…
            del self.lists[outer.lists :]


def named_in(reading: Reading, said: Said) -> list[Topic]:
    """Returns the topics that the words name; a carrier (涉及资金) leaves that to the words before."""
    if not said.run and not said.earlier and not said.side and not said.behind_base:
        return []
    kinds = {token.kind for token in said.run}
    carried = "carrier" in kinds and kinds <= _CARRYING
    found = [] if carried else topics(said.run, reading.section, reading.accounts, each=said.each)
    if not found and said.earlier and "carrier" not in kinds:
        found = [topic for topic in topics(said.earlier, reading.section, reading.accounts) if not is_opener(topic)]
    if not found and not carried and (source := _find_source(reading, said)):
        found = [source]
    bare = bool(found) and found[0].phrase in WORDS.sides  # 收入, which may be 收入总计 that was spoken of
    if (not found or bare) and (side := _find_side(reading, said)) and (side.known or not found):
        found = [side]
    if not found and (total := _find_total(reading, said)):
        found = [total]
    if not found and (other := _other_side(reading, said) or _part_behind_base(reading, said)):
        found = [other]
    _leave_list(reading, found)
    whole = reading.lists[-1].whole if reading.lists else None
    return [within(topic, whole) for topic in found]


def _find_source(reading: Reading, said: Said) -> Topic | None:
    """按来源分：财政拨款1800万元: a word that only qualifies others names a source of income where it stands alone."""
    words = [token.text for token in said.run if token.kind != "list"]
    told = reading.in_sentence.by_source or reading.section == "income" or _is_amount_of_income(reading, said)
    if words != [WORDS.fiscal_money] or not told:
        return None
    spoken_of = [reading.lists[-1].whole] if reading.lists else reading.topics
    phrase = spoken_of[0].phrase if spoken_of else ""
    side = "收入" if reading.section == "income" else next((one for one in WORDS.sides if one in phrase), "")
    return headline(f"{WORDS.fiscal_money}{side}", reading.section)


def _is_amount_of_income(reading: Reading, said: Said) -> bool:
    """True in a list of the year's income for an amount whose measure is told: 其中：财政拨款预算1700万元."""
    return bool(reading.lists) and reading.lists[-1].whole.key == _INCOME and bool(said.measures) and said.sign is None


def _find_side(reading: Reading, said: Said) -> Topic | None:
    """收入增加…，支出增加…: one word for what was stated in full before, or for what nothing was said of yet."""
    words = [token.text for token in said.run if token.text in WORDS.sides]
    empty = (*WORDS.sides, *WORDS.this_year)
    others = [token for token in said.run if token.text not in empty and token.kind != "list"]
    said_after = said.direction is not None and any(token.start > said.direction.start for token in said.run)
    if words == ["收入"] and not others and reading.section == "income" and not reading.out and not reading.topics:
        return replace(heads()["income"], phrase=words[0])
    telling = said.sign is not None or said.measures or said.completion
    if len(words) != 1 or others or said_after or not telling or reading.since_figure.titled:
        return None
    if said.measures and reading.topics:
        return None
    spoken = [one.claim.topic for one in reading.out if one.claim.topic.phrase.startswith(words[0])]
    return replace(spoken[-1], phrase=words[0]) if spoken else Topic(words[0], words[0])


def _find_total(reading: Reading, said: Said) -> Topic | None:
    """2023年总支出500.00万元: outside the sections, words that only join others name a total where nothing else is
    spoken of."""
    text = "".join(token.text for token in said.run)
    total = next((word for word in WORDS.bare_totals if text in (word, f"{word}为", f"本年{word}")), "")
    alone = reading.section == FREE and not reading.topics and not reading.lists
    return Topic(total, total) if total and alone else None


def _other_side(reading: Reading, said: Said) -> Topic | None:
    """收入5万元，支出6万元，比上年收入增加5%: the side behind the year, where the other was spoken of last."""
    spoken_of = reading.topics[0].phrase if reading.topics else said.side
    if said.side in spoken_of or not any(side in spoken_of for side in WORDS.sides):
        return None
    told = [one.claim.topic for one in reading.out if one.claim.topic.phrase == said.side]
    return told[-1] if told else None


def _part_behind_base(reading: Reading, said: Said) -> Topic | None:
    """三公经费33万元，比上年公务接待费减少5万元: a part of what is spoken of, or another part beside it, named behind
    what is compared with."""
    if said.behind_base is None or not reading.topics:
        return None
    named, spoken_of = topics([said.behind_base], reading.section, reading.accounts)[0], reading.topics[0].key
    beside = any({named.key, spoken_of} <= set(family.parts) for family in load_phrases().families)
    return named if beside or named.key in load_phrases().all_parts_of(spoken_of) else None


def _leave_list(reading: Reading, named: Sequence[Topic]) -> None:
    """Ends the list at a headline that cannot be part of it: 其中项目支出…，年末结转和结余…."""
    while named and named[0].known and not is_account(named[0]) and reading.lists and not reading.lists[-1].bracketed:
        whole = reading.lists[-1].whole
        inside = load_phrases().may_contain(whole.key, named[0].key) and not _is_whole_again(reading, named[0])
        if not whole.known or inside:
            return
        reading.lists.pop()


def _is_whole_again(reading: Reading, named: Topic) -> bool:
    """True for the list's own whole in the next item (局本级：支出5万元，其中基本支出3万元；县图书馆：支出…), and where
    it is told how that changed (主要用于车辆燃油，与上年相比，公务用车运行费减少1万元)."""
    whole = reading.lists[-1].whole
    moved = whole.phrase == named.phrase and reading.said.sign is not None
    return whole.key == named.key and (reading.since_figure.paused or moved)


def close_lists(reading: Reading) -> None:
    """Ends the open lists; their whole is the present topic again."""
    if reading.lists and not reading.brackets:
        whole = reading.lists[0].whole
        reading.lists.clear()
        reading.topics = [whole] if whole is not NOBODY else []
        reading.in_sentence.default = Measure.FINAL


def close_list_of_uses(reading: Reading) -> None:
    """Ends a list of uses that has no amount: 支出85万元，主要用于养老保险，完成预算的130% tells that of the whole."""
    if reading.lists and reading.lists[-1].uses and just_opened(reading) and not reading.lists[-1].bracketed:
        reading.topics = [reading.lists.pop().whole]


def open_amounts(reading: Reading, number: Number) -> int:
    """Returns the number of amounts of the same kind in the present list, which a total may close."""
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
    """Returns the number of things of the list's first kind that the innermost list has named. With two behind commas,
    a semicolon ends it."""
    number = reading.lists[-1].number
    listed = [one for one in reading.out if one.claim.group == number and one.claim.measure in AMOUNTS]
    return len({one.claim.topic.key for one in listed if one.figure.dimension == listed[0].figure.dimension})


def just_opened(reading: Reading) -> bool:
    """True where the present list has no part yet: 按支出功能分类科目主要用于."""
    number = reading.lists[-1].number if reading.lists else -1
    return bool(reading.lists) and not any(one.claim.group == number for one in reading.out)
