"""What the words before a figure say: of what it is, in which measure, how it compares.

One line per kind of word; what a kind means is here, which words are of it is in `phrases.yaml`.
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
    """The words of a clause so far, since its beginning or its last figure.

    `run` are the words that may name a subject, `earlier` those before a year (研究室2020年度…: who speaks),
    `base_run` those behind 占. `sign`: 1 for a rise, −1 for a fall, 0 for both, None where no change is said.
    `comparing`: between 比 and what follows the thing compared with; `relation`: of a direction without a figure.
    `announced`: 目标为 has been said, what follows are targets. `adjusting`: as `sign`, of the budget
    in the course of the year (年中追加). `turn`: the word of an amount that ends a change (上升到).
    `done`: 到位, 支出; `last`: the last word.
    `above`: 以上各项合计.
    `plans`: 计划 as a verb, whose objects may be several.
    `rated`: a word such as 执行率, "" for 完成…的.
    """

    run: list[Token]
    earlier: list[Token]
    base_run: list[Token]
    measures: list[Measure]
    sign: int | None = None
    adjusting: int = 0
    against: Measure | None = None
    comparing: bool = False
    beyond: bool = False  # while comparing, behind what is compared with, a word that may be a verb
    compared: bool = False
    becomes: bool = False
    completion: bool = False
    share: bool = False
    prior: bool = False
    later: bool = False  # of another year than this and the last
    origin: bool = False
    target: bool = False
    plans: bool = False
    per_head: bool = False
    price: bool = False
    about: bool = False
    each: bool = False
    severally: bool = False  # said of each of several things, be it one amount (均为)
    closes: bool = False
    above: bool = False
    none: Token | None = None
    direction: Token | None = None
    turn: Token | None = None
    relation: str = ""
    limit: str = ""
    planned: bool = False
    rated: str = ""
    partial: bool = False
    measured_by: str = ""
    done: str = ""
    last: str = ""
    announces: bool = False
    announced: bool = False
    listing: bool = False

    def __init__(self, target: bool = False) -> None:
        # There are several of these for each clause, and few words in it: what they do not say is read from the class.
        self.run, self.earlier, self.base_run, self.measures = [], [], [], []
        if target:
            self.target = True

    @property
    def silent(self) -> bool:
        """True where the words say no measure and no relation of their own."""
        said = (self.sign, self.against, self.direction)
        flags = (self.becomes, self.completion, self.share, self.prior, self.target, self.per_head, self.price)
        return not self.measures and all(one is None for one in said) and not any(flags)


def hear(said: Said, token: Token, following: Token | None, year: int | None) -> None:
    """Takes one word in. `following` is the next token: short words of change count only before a figure."""
    kind = _meant(said, token, following)
    if kind in MEASURES:
        _measure(said, MEASURES[kind], token)
    elif kind == "origin" and following and following.kind in ("number", "prior", "year", "initial", "about"):
        said.origin = True
    elif kind in _NAMING:
        _naming(said, kind, token)
    elif kind in ("prior", "same", "year"):
        _period(said, token, year)
    elif kind in ("against", "compared"):
        _comparison(said, kind, token)
    elif kind in ("raised", "lowered"):
        _adjustment(said, token)
    elif kind in ("up", "down", "up_short", "down_short", "either", "deviation") or kind in _RELATIONS:
        _direction(said, kind, token)
    else:
        _mark(said, kind, token)
    _announce(said, kind, token)


def _meant(said: Said, token: Token, following: Token | None) -> str:
    """A word's kind where it stands: 增, 近 and 大于 mean something else before a figure."""
    if token.kind in ("up_short", "down_short", "about") and not _before_figure(following):
        return "unknown"
    if token.kind == "greater" and following and following.number:
        bound = following.number.family in ("count", "rate") and not said.compared
        return "target" if bound else "up_short"
    if said.comparing and token.kind in ("unknown", "action", "plain") and (said.against or said.prior):
        return "down" if token.text.startswith(_FALLEN) else "up" if token.text.startswith(_RISEN) else token.kind
    return token.kind


def _naming(said: Said, kind: str, token: Token) -> None:
    if kind == "carrier" and "预算" in token.text and not said.measures:
        said.measures = [Measure.BUDGET]
    said.planned = said.planned or kind == "planned"
    said.done = token.text if kind == "action" else said.done
    _name(said, token)


def _direction(said: Said, kind: str, token: Token) -> None:
    """A rise or fall, or a relation without a figure."""
    if kind == "deviation":
        said.sign, said.against, said.direction = 0, Measure.BUDGET, token
    elif kind in _RELATIONS:
        said.relation, said.direction, said.comparing = _RELATIONS[kind], token, False
    elif not said.per_head:
        said.sign = {"up": 1, "do": -1}.get(kind[:2], 0) if said.sign is None or kind != "either" else 0
        said.direction, said.comparing = token, False


def _mark(said: Said, kind: str, token: Token) -> None:
    """Words that say what kind of figure follows."""
    if kind == "partial":
        said.partial = True
        if "年" in token.text or "季" in token.text:
            _name(said, token)
    elif kind == "since":
        said.later = True
        _name(said, token)
    elif kind == "per_head":
        said.per_head, said.sign, said.run = True, None, [token]
    elif kind == "share":
        said.share, said.base_run = True, []
    elif kind == "none":
        said.none, said.run = said.none or token, []
    elif kind == "target" and said.share:
        said.base_run.append(token)
    elif kind in ("becomes", "completion", "target", "price", "about"):
        setattr(said, kind, True)
        said.sign = None if kind == "becomes" else said.sign
        said.turn = token if kind == "becomes" else said.turn
        said.rated = token.text if kind == "completion" and token.text.endswith(("率", "进度", "完成度")) else ""
        said.plans = said.plans or token.text == "计划"
        said.limit = _LIMITS.get(token.text, said.limit) if kind == "target" else said.limit


def _announce(said: Said, kind: str, token: Token) -> None:
    """目标为: what follows are targets; and what the last word was."""
    said.listing = kind == "list"
    said.last = token.text
    said.announced = said.announced or (said.announces and token.text in ("为", "是"))
    said.announced = said.announced or (kind == "target" and token.text.endswith("为"))
    said.announces = kind == "target" or (said.announces and token.text in ("为", "是"))


def _adjustment(said: Said, token: Token) -> None:
    """年中追加, 核减: of the budget; behind a comparison a rise or fall like any other."""
    sign = 1 if token.kind == "raised" else -1
    if said.comparing or said.compared:
        said.sign, said.direction, said.comparing = sign, token, False
    else:
        said.adjusting = sign
        said.direction = token if said.direction is None else said.direction


def _before_figure(following: Token | None) -> bool:
    return bool(following and following.kind in ("number", "about"))


def _measure(said: Said, measure: Measure, token: Token) -> None:
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


def _name(said: Said, token: Token) -> None:
    if token.text in _EACH:
        said.each = True
    said.severally = said.severally or token.text in _SEVERALLY
    if said.comparing or (said.relation and not said.share):
        said.beyond = said.beyond or (said.comparing and _may_be_verb(said, token))
        return
    (said.base_run if said.share else said.run).append(token)


def _may_be_verb(said: Said, token: Token) -> bool:
    """True for a word behind what is compared with that neither names it nor says how it is meant (同口径)."""
    known = any(word in token.text for word in WORDS.manner_within)
    return token.kind == "unknown" and len(token.text) > 1 and bool(said.against or said.prior) and not known


def _period(said: Said, token: Token, year: int | None) -> None:
    if token.kind == "same":
        return
    if said.comparing and token.kind == "year" and (year is None or int(token.text[:4]) >= year):
        return
    if token.kind == "year" and (year is None or int(token.text[:4]) >= year):
        if said.run and not said.share:
            said.earlier, said.run = said.run, []
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


def _comparison(said: Said, kind: str, token: Token) -> None:
    if kind == "against":
        said.comparing, said.compared, said.prior = True, True, False
        return
    said.comparing, said.compared = False, True
    if said.prior or token.text in ("同比",):
        said.against = said.against or Measure.PRIOR
