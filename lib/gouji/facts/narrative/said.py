"""Holds what the words before a figure say: topic, measure, comparison.

There is one line per kind of word. This module defines the meaning of each kind; `phrases.yaml` lists its words.
"""

from __future__ import annotations

from dataclasses import dataclass

from gouji.facts.claim import Measure
from gouji.facts.narrative.tokens import Token
from gouji.facts.narrative.word_lists import WORDS

MEASURES = {
    "initial": Measure.INITIAL,
    "adjusted": Measure.ADJUSTED,
    "budget": Measure.BUDGET,
    "final": Measure.FINAL,
}
_NAMING = ("subject", "unknown", "connective", "level", "list", "closing", "origin", "carrier", "action", "planned")
_LIMITS = {
    **dict.fromkeys(WORDS.at_least, ">"),
    **dict.fromkeys(WORDS.at_most, "<"),
}
_EACH = frozenset(WORDS.each)
_SEVERALLY = _EACH.union(WORDS.alike)
_FALLEN, _RISEN = tuple(WORDS.fallen), tuple(WORDS.risen)
_RELATIONS = {"flat": "=", "equal": "=", "nearly": "~", "greater": ">", "less": "<"}


@dataclass(init=False)
class Said:
    """The words of a clause so far, since its beginning or its last figure."""

    # Of what, and in which measure.
    #: The words that may name a subject: 公务接待费 of 公务接待费支出5万元.
    run: list[Token]
    #: Those before a year, which may only say who speaks: 研究室 of 研究室2020年度支出5万元.
    earlier: list[Token]
    #: Those behind 占: the base of a share.
    base_run: list[Token]
    #: Measures in words, several where listed: 年初预算和决算均为5万元.
    measures: list[Measure]
    #: The word of the last of them: 支出预算.
    measured_by: str = ""
    #: 分别: of each of several things, one figure each.
    each: bool = False
    #: 均: of each of several things, be it one figure for all.
    severally: bool = False
    #: 合计: the figure closes a list.
    closes: bool = False
    #: 以上各项合计: the list before it is closed, and names every part.
    above: bool = False

    #: 收入 of 比上年收入增加5%.
    side: str = ""
    #: The subject behind what is compared with: 公务接待费 of 比上年公务接待费减少1万元.
    behind_base: Token | None = None

    # What kind of figure.
    #: 安排: a budget, where no measure is said.
    planned: bool = False
    #: The verb of what was done with money, or the word for a result: 到位, 支出.
    done: str = ""
    #: 完成: a percentage is a rate of completion.
    completion: bool = False
    #: The word of a rate that is named: 执行率; "" for 完成…的95%.
    rated: str = ""
    #: 占: a share of what follows.
    share: bool = False
    per_head: bool = False
    price: bool = False
    #: 约.
    about: bool = False
    #: 上半年: of a part of the year.
    partial: bool = False
    #: 无, 没有: states a zero without a figure.
    none: Token | None = None

    # Targets.
    #: The figure is a target.
    target: bool = False
    #: ">" for 不少于, "<" for 不超过.
    limit: str = ""
    #: 计划 as a verb, whose objects may be several.
    plans: bool = False
    #: 目标, at the end of the words so far: with 为 or a colon it announces targets.
    announces: bool = False
    #: 目标为 was said: what follows are targets.
    announced: bool = False

    # Changes and comparisons.
    #: 1 for a rise, −1 for a fall, 0 for both (增减), None where no change is said.
    sign: int | None = None
    #: As `sign`, of the budget in the course of the year (年中追加), 0 where none is said.
    adjusting: int = 0
    #: The last word of a change or a relation: 减少, 持平.
    direction: Token | None = None
    #: Of a direction that is no change: "=" 持平, "~" 基本持平, ">" 大于, "<" 小于.
    relation: str = ""
    #: What is compared with: 预算 of 较预算减少.
    against: Measure | None = None
    #: Between 较 and what follows the thing compared with.
    comparing: bool = False
    #: While comparing, a word stood behind what is compared with that may be a verb.
    beyond: bool = False
    #: 较 or 同比 was said.
    compared: bool = False
    #: 上升到: the amount that ends a change; `turn` is the word.
    becomes: bool = False
    turn: Token | None = None
    #: 由5万元: the amount that a change begins with.
    origin: bool = False
    #: Last year's.
    prior: bool = False
    #: Of another year than this and the last.
    later: bool = False
    #: 2023年 in the account of 2023: not of the year before, which the figure beside it may be of.
    this_year: bool = False

    # Where the words have got to.
    #: The last word.
    last: str = ""
    #: The last word joins two things: 和, 、.
    listing: bool = False

    def __init__(self, target: bool = False) -> None:
        # There are several of these for each clause, and few words in it: what they do not say is read from the class.
        self.run, self.earlier, self.base_run, self.measures = [], [], [], []
        if target:
            self.target = True

    @property
    def silent(self) -> bool:
        """True where the words name neither a measure nor a relation of their own."""
        said = (self.sign, self.against, self.direction)
        flags = (self.becomes, self.completion, self.share, self.prior, self.target, self.per_head, self.price)
        return not self.measures and all(one is None for one in said) and not any(flags)


def hear(said: Said, token: Token, following: Token | None, year: int | None) -> None:
    """Takes in one word. `following` is the next token: short words of change count only before a figure."""
    kind = _kind_in_context(said, token, following)
    if kind in MEASURES:
        _take_measure(said, MEASURES[kind], token)
    elif kind == "origin" and following and following.kind in ("number", "prior", "year", "initial", "about"):
        said.origin = True
    elif kind in _NAMING:
        _take_name(said, kind, token, following)
    elif kind in ("prior", "same", "year"):
        _take_period(said, token, year)
    elif kind in ("against", "compared"):
        _take_comparison(said, kind, token)
    elif kind in ("raised", "lowered"):
        _take_adjustment(said, token)
    elif kind in ("up", "down", "up_short", "down_short", "either", "deviation") or kind in _RELATIONS:
        _take_direction(said, kind, token)
    else:
        _set_flag(said, kind, token, following)
    _announce(said, kind, token)


def _kind_in_context(said: Said, token: Token, following: Token | None) -> str:
    """Returns a word's kind in its context: 增, 近 and 大于 mean something else before a figure."""
    if token.kind in ("up_short", "down_short", "about") and not _before_figure(following):
        return "unknown"
    if token.text in WORDS.measured and not said.compared and _before_measurement(following):
        return "unknown"  # 层高约4.3米
    if token.kind == "greater" and following and following.number:
        bound = following.number.family in ("count", "rate") and not said.compared
        return "target" if bound else "up_short"
    if said.comparing and token.kind in ("unknown", "action", "plain") and (said.against or said.prior):
        return _kind_of_verb(token)
    behind = said.compared and not (said.comparing or said.run) and token.kind in ("unknown", "action", "plain")
    if behind and _before_figure(following):
        return _kind_of_verb(token)  # 比预算12万元节约2万元
    return token.kind


def _kind_of_verb(token: Token) -> str:
    """Returns the kind of a word that may be a verb of a change: 节约, 多花."""
    return "down" if token.text.startswith(_FALLEN) else "up" if token.text.startswith(_RISEN) else token.kind


def _take_name(said: Said, kind: str, token: Token, following: Token | None) -> None:
    if kind == "carrier" and any(word in token.text for word in WORDS.budgeted) and not said.measures:
        said.measures = [Measure.BUDGET]
    said.planned = said.planned or kind == "planned"
    said.done = token.text if kind == "action" else said.done
    _name(said, token, following)


def _take_direction(said: Said, kind: str, token: Token) -> None:
    """Processes a rise or fall, or a relation without a figure."""
    if kind == "deviation":
        said.sign, said.against, said.direction = 0, Measure.BUDGET, token
    elif kind in _RELATIONS:
        said.relation, said.direction, said.comparing = _RELATIONS[kind], token, False
    elif not said.per_head:
        said.sign = {"up": 1, "do": -1}.get(kind[:2], 0) if said.sign is None or kind != "either" else 0
        said.direction, said.comparing = token, False


def _set_flag(said: Said, kind: str, token: Token, following: Token | None) -> None:
    """Processes words that say what kind of figure follows."""
    if kind == "partial":
        said.partial = True
        if "年" in token.text or "季" in token.text:
            _name(said, token, following)
    elif kind == "since":
        said.later = True
        _name(said, token, following)
    elif kind == "per_head":
        said.per_head, said.sign, said.run = True, None, [token]
    elif kind == "share":
        said.share, said.base_run = True, said.base_run if said.share else []  # 占采购规模的比例为
    elif kind == "none":
        said.none, said.run = said.none or token, []
    elif kind == "target" and said.share:
        said.base_run.append(token)
    elif kind in ("becomes", "completion", "target", "price", "about"):
        setattr(said, kind, True)
        said.sign = None if kind == "becomes" else said.sign
        said.turn = token if kind == "becomes" else said.turn
        said.rated = token.text if kind == "completion" and token.text.endswith(WORDS.completion_ends) else ""
        said.plans = said.plans or token.text in WORDS.planning
        said.limit = _LIMITS.get(token.text, said.limit) if kind == "target" else said.limit


def _announce(said: Said, kind: str, token: Token) -> None:
    """Processes 目标为 (targets follow), and keeps the last word."""
    said.listing = kind == "list"
    said.last = token.text
    said.announced = said.announced or (said.announces and token.text in WORDS.being)
    said.announced = said.announced or (kind == "target" and token.text.endswith("为"))
    said.announces = kind == "target" or (said.announces and token.text in WORDS.being)


def _take_adjustment(said: Said, token: Token) -> None:
    """Processes 年中追加, 核减: changes of the budget; behind a comparison, a rise or fall like any other."""
    sign = 1 if token.kind == "raised" else -1
    if said.comparing or said.compared:
        said.sign, said.direction, said.comparing = sign, token, False
    else:
        said.adjusting = sign
        said.direction = token if said.direction is None else said.direction


def _before_measurement(following: Token | None) -> bool:
    if following is None:
        return False
    return following.kind == "about" or bool(following.number and following.number.family == "count")


def _before_figure(following: Token | None) -> bool:
    return bool(following and following.kind in ("number", "about"))


def _take_measure(said: Said, measure: Measure, token: Token) -> None:
    if said.share:
        said.base_run.append(token)
    elif said.comparing:
        before = said.against in (Measure.PRIOR, Measure.OTHER)
        if not (before and measure is Measure.FINAL):
            said.against = Measure.OTHER if before else measure
    elif said.relation or said.completion or (said.sign is not None and said.direction and not said.measures):
        said.against = measure
    else:
        said.measures = [*said.measures, measure] if said.listing and said.measures else [measure]
        said.measured_by = token.text
        said.done = token.text if measure is Measure.FINAL else said.done


def _name(said: Said, token: Token, following: Token | None) -> None:
    if token.text in _EACH and not (following and following.text.startswith(WORDS.each_owner)):
        said.each = True
    said.severally = said.severally or token.text in _SEVERALLY
    if said.comparing or (said.relation and not said.share):
        said.beyond = said.beyond or (said.comparing and _may_be_verb(said, token))
        said.side = token.text if said.comparing and token.text in WORDS.sides else said.side
        behind = said.comparing and token.kind == "subject" and (said.against or said.prior)
        said.behind_base = token if behind else said.behind_base
        return
    (said.base_run if said.share else said.run).append(token)


def _may_be_verb(said: Said, token: Token) -> bool:
    """True for a word behind the thing compared with that neither names it nor qualifies it (同口径)."""
    known = any(word in token.text for word in WORDS.manner_within)
    return token.kind == "unknown" and len(token.text) > 1 and bool(said.against or said.prior) and not known


def _take_period(said: Said, token: Token, year: int | None) -> None:
    if token.kind == "same":
        return
    if said.comparing and token.kind == "year" and (year is None or int(token.text[:4]) >= year):
        return
    if token.kind == "year" and (year is None or int(token.text[:4]) >= year):
        if said.run and not said.share:
            said.earlier, said.run = said.run, []
        said.this_year = token.text[:4] == str(year)
        said.later = said.later or (year is not None and int(token.text[:4]) > year)
        return
    said.prior = True
    if said.relation and not said.comparing:
        said.against = said.against or Measure.PRIOR
        return
    long_ago = token.kind == "year" and year is not None and int(token.text[:4]) < year - 1
    if said.comparing:
        said.against = Measure.OTHER if long_ago else Measure.PRIOR
    else:
        said.later = said.later or long_ago


def _take_comparison(said: Said, kind: str, token: Token) -> None:
    if kind == "against":
        said.comparing, said.compared, said.prior = True, True, False
        return
    said.comparing, said.compared = False, True
    if said.prior or token.text in WORDS.to_last_year:
        said.against = said.against or Measure.PRIOR
