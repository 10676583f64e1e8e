"""Finds reasons: which change a sentence explains, and which items it says moved which way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from gouji.document.model import Block, BlockKind
from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.fact import Fact
from gouji.facts.narrative.read import is_annex
from gouji.intervals import ScaledAmount
from gouji.review.material import Material, quote
from gouji.review.observation import Quote
from gouji.review.reasons.vocabulary import Vocabulary, vocabulary
from gouji.runtime.immutable import immutable

_RELATIONS = {"<": -1, "=": 0, ">": 1}
_EXPLAINED = (Measure.CHANGE, Measure.RATE, Measure.DIRECTION, Measure.ADJUSTMENT)
_SENTENCE = re.compile(r"[。；;\n]")
_CLAUSE = re.compile(r"[，,；;。]")
#: So many characters that are no words of a comparison name something.
_NAME = 3


@immutable()
class Moved:
    """An item that a reason says rose (1) or fell (−1): its word, and the items (keys of `words.yaml`) it may mean."""

    word: str
    items: tuple[str, ...]
    sign: int


@immutable()
class StatedReason:
    """A reason: its words, the change it explains (a fact of measure CHANGE, RATE or DIRECTION), which way that went
    (0: unchanged), the amount and rate stated of it, and the items it names. `subjects` are the concept paths (or the
    phrase) that the change is of, `scope` is `all` for a total of all funds, `fiscal` for one of fiscal funds, else "".
    """

    block: Block
    start: int
    end: int
    change: Fact
    sign: int
    amount: Fact | None
    rate: Fact | None
    moved: tuple[Moved, ...]
    subjects: frozenset[str]
    scope: str

    @property
    def text(self) -> str:
        """Returns its words as printed."""
        return self.block.text[self.start : self.end]

    @property
    def claim(self) -> Claim:
        """Returns the subject of the explained change, and what it compares with."""
        return claim_of(self.change)

    @property
    def against(self) -> Measure:
        """Returns what the change compares with: a budget, else the year before."""
        return compared(self.claim)

    @property
    def size(self) -> ScaledAmount:
        """Returns the amount of the change, without its sign; 0 if none is stated."""
        return abs(self.amount.amount or 0) if self.amount else 0

    @property
    def quoted(self) -> Quote:
        """Returns its words as a quotation."""
        return quote(self.block, self.start, self.end)


def claim_of(fact: Fact) -> Claim:
    """Returns the claim of a statement. Raises ValueError for the fact of a table."""
    if fact.claim is None:
        raise ValueError(f"{fact.where} is no statement")
    return fact.claim


def compared(claim: Claim) -> Measure:
    """Returns what a change compares with: a budget, else the year before (较2020年决算数, or nothing stated)."""
    return claim.against if claim.against is not None and claim.against in BUDGETS else Measure.PRIOR


def subjects(claim: Claim) -> frozenset[str]:
    """Returns the concept paths (or the phrase) of a claim's subject."""
    return _paths(claim.topic)


@lru_cache(maxsize=2048)
def _paths(topic: Topic) -> frozenset[str]:
    entries = (topic.key, *topic.final)
    return frozenset([path.strip() for entry in entries for path in entry.split("|") if path.strip()])


def is_about_the_year(block: Block) -> bool:
    """True for a paragraph that states something about the year: no heading, table, duty or term."""
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    return not any(_is_excluded(heading.title) for heading in block.section)


@lru_cache(maxsize=1024)
def _is_excluded(title: str) -> bool:
    return vocabulary().excluded.search(title) is not None


def causes(material: Material) -> list[StatedReason]:
    """Returns the reasons of the 情况说明, in printed order. Leaves out annexed reports: their changes are not the
    account's."""
    facts = material.facts.statements()
    explained = [one for one in facts if (of := one.claim) is not None and of.measure in _EXPLAINED and not of.aside]
    by_block = {number: list(of) for number, of in groupby(explained, key=lambda one: one.block)}
    blocks = material.document.blocks
    spoken = ((block, by_block[block.index]) for number in by_block for block in blocks[number : number + 1])
    reasons = [(block, of) for block, of in spoken if is_about_the_year(block) and not is_annex(block.section)]
    return [cause for block, of in reasons for cause in _causes_in(block, of, vocabulary())]


def _causes_in(block: Block, facts: Sequence[Fact], words: Vocabulary) -> Iterator[StatedReason]:
    reached = 0
    for cue in words.cues.finditer(block.text):
        if cue.start() < reached:
            continue
        end = _end_of_reason(block.text, cue.end(), words)
        change = _explained_change(block, facts, cue, words)
        if change is None or end - cue.end() < 2 or words.unfilled.search(block.text, cue.end(), end):
            continue
        reached = end
        yield _to_reason(block, cue.end(), end, change, facts)


def _end_of_reason(text: str, start: int, words: Vocabulary) -> int:
    """Returns the end of the reason that begins at `start`."""
    if words.listed.match(text[start:]):
        at = text.find("。", start)
        return at if at >= 0 else len(text)
    stop = words.stops.search(text, start)
    return stop.start() if stop else len(text)


def _explained_change(block: Block, facts: Sequence[Fact], cue: re.Match[str], words: Vocabulary) -> Fact | None:
    """Returns the change that a cue explains: the last one before it. A cue that opens its sentence explains the next
    change."""
    before = [fact for fact in facts if _position(block, fact) < cue.start()]
    opens = not block.text[: cue.start()].strip() or bool(_SENTENCE.match(block.text[cue.start() - 1]))
    if opens and words.leading.match(cue[0]):
        behind = [fact for fact in facts if _position(block, fact) >= cue.end()]
        stop = _SENTENCE.search(block.text, cue.end())
        return next((fact for fact in behind if stop is None or _position(block, fact) < stop.start()), None)
    return _change_named_by(block.text, cue.start(), before, block, words) if before else None


def _change_named_by(text: str, cue: int, before: Sequence[Fact], block: Block, words: Vocabulary) -> Fact | None:
    """Returns the change before a cue that the cue's clause names (公务接待费支出减少的主要原因). If the clause names
    none, returns the last one with the direction that it says. Returns None if it names something without a stated
    change."""
    opened = max((mark.end() for mark in _CLAUSE.finditer(text, 0, cue)), default=0)
    if _position(block, before[-1]) >= opened:
        return before[-1]
    lead = text[opened:cue]
    way = next((sign for pattern, sign in words.ways if pattern.search(lead)), None)
    if way is None:
        return before[-1]
    alike = [fact for fact in before if _direction_of(fact) == way]
    named = [fact for fact in before if vocabulary().ending.sub("", fact.row_name) in lead]
    if not named:
        rest = words.lead.sub("", lead)
        for pattern, _ in words.ways:
            rest = pattern.sub("", rest)
        return alike[-1] if alike and len(rest.strip()) < _NAME else None
    return next((fact for fact in reversed(named) if fact in alike), None)


def _position(block: Block, fact: Fact) -> int:
    """Returns the position of a statement's figure in its block's text."""
    return fact.place.start - block.place.start


def _to_reason(block: Block, start: int, end: int, change: Fact, facts: Sequence[Fact]) -> StatedReason:
    of = claim_of(change)
    beside = [
        fact
        for fact in facts
        if claim_of(fact).sentence == of.sentence
        and claim_of(fact).topic.key == of.topic.key
        and compared(claim_of(fact)) is compared(of)
        and fact.amount is not None
    ]
    amount = next((one for one in beside if claim_of(one).measure is Measure.CHANGE), None)
    rate = next((one for one in beside if claim_of(one).measure is Measure.RATE), None)
    moved, paths = tuple(_find_moved(block.text[start:end])), subjects(of)
    scope = next((name for name, totals in vocabulary().scopes.items() if totals & paths), "")
    return StatedReason(block, start, end, change, _direction_of(change), amount, rate, moved, paths, scope)


def _direction_of(change: Fact) -> int:
    """Returns which way a change went, by its words or by a printed minus (差异率-14.85%)."""
    claim = claim_of(change)
    if claim.measure is Measure.DIRECTION:
        return _RELATIONS.get(claim.relation, 0)
    return change.signed if change.amount != 0 and claim.sign else 0


def _find_moved(text: str) -> Iterator[Moved]:
    """Returns the items that a reason names, each with the direction behind it in its clause, or directly before it."""
    for clause in _CLAUSE.split(text):
        waiting: list[str] = []
        last = 0
        for match in vocabulary().moved.finditer(clause):
            if word := match["item"]:
                waiting.append(word)
                continue
            sign = 1 if match["up"] else -1
            yield from (Moved(word, vocabulary().meaning[word], sign) for word in waiting)
            waiting, last = [], sign
        if last:
            yield from (Moved(word, vocabulary().meaning[word], last) for word in waiting)
