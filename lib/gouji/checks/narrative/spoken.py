"""Finds the figures that a sentence refers to: the amount of a share, the budget of a completion."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache

from gouji.checks.check import Check
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.fact import Fact, Facts, Status
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.narrative.topics import heads
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

#: Measures of existing things: amounts and counts.
STATED = (Measure.FINAL, Measure.COUNT)
#: Tables without figures to compare with.
NOT_READ = (Status.MISSING, Status.UNREADABLE)

#: Limits on the statements of one topic, and on the claims of any topic, that are searched around a claim.
_NEIGHBOURS = 8
_BEFORE = 80


class Spoken:
    """The narrative's claims, indexed by topic.

    `around` and `reported` keep the neighbours once found (by fact id).
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.claims = [fact for fact in facts.statements() if fact.claim]
        self._by_topic: dict[tuple[str, Measure], list[Fact]] = {}
        self._by_measure: dict[Measure, list[Fact]] = {}
        self._by_sentence: dict[int, list[Fact]] = {}
        self._by_paragraph: dict[int, list[Fact]] = {}
        self._by_section: dict[str, list[Fact]] = {}
        self._heads = heads()
        self.around: dict[int, list[Fact]] = {}
        self.reported: dict[int, list[Fact]] = {}
        for fact in self.claims:
            claim = said(fact)
            self._by_sentence.setdefault(claim.sentence, []).append(fact)
            self._by_paragraph.setdefault(claim.paragraph, []).append(fact)
            self._by_section.setdefault(fact.section, []).append(fact)
            if usable(fact):
                self._by_measure.setdefault(claim.measure, []).append(fact)
                for key in keys_of(claim):
                    self._by_topic.setdefault((key, claim.measure), []).append(fact)

    def of(self, measure: Measure) -> list[Fact]:
        """Returns the usable claims of a measure, in printed order."""
        return self._by_measure.get(measure, [])

    def at(self, order: int) -> Fact | None:
        """Returns the claim at a position of the narrative."""
        return self.claims[order] if 0 <= order < len(self.claims) else None

    def sentence(self, claim: Claim) -> list[Fact]:
        """Returns the claims of the same sentence."""
        return self._by_sentence.get(claim.sentence, [])

    def paragraph(self, claim: Claim) -> list[Fact]:
        """Returns the claims of the same paragraph."""
        return self._by_paragraph.get(claim.paragraph, [])

    def section(self, key: str) -> list[Fact]:
        """Returns the claims of a section of the narrative."""
        return self._by_section.get(key, [])

    def before(self, claim: Claim) -> list[Fact]:
        """Returns the claims right before one, in printed order."""
        return self.claims[max(0, claim.order - _BEFORE) : claim.order]

    def head(self, claim: Claim) -> Topic | None:
        """Returns the default base of a section's shares: the section's headline."""
        fact = self.claims[claim.order]
        return self._heads.get(fact.section) if fact.section else None

    def stated(self, topic: Topic, measures: Iterable[Measure], near: Claim) -> list[Fact]:
        """Returns the statements of `topic`, nearest first: in this sentence before the figure, then behind it, in this
        paragraph, then, for topics with one meaning everywhere, in the document and its tables."""
        found = [fact for one in measures for fact in self._near(topic, one, near)]
        here = [fact for fact in found if topic.known or said(fact).paragraph == near.paragraph]
        ordered = sorted(here, key=lambda fact: _distance(said(fact), near))
        return ordered + [fact for one in measures for fact in self.tabled(topic, one)]

    def _near(self, topic: Topic, measure: Measure, near: Claim) -> list[Fact]:
        """Returns the statements of a topic next to a claim, so that a long text costs no more per claim than a short
        one."""
        stated = self._by_topic.get((topic.key, measure), [])
        if not stated and measure is Measure.FINAL and topic.final:
            others = (path.strip() for path in topic.final[0].split("|"))
            stated = next((found for key in others if (found := self._by_topic.get((key, measure)))), [])
        at = bisect_left(stated, near.order, key=lambda fact: said(fact).order)
        return stated[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]

    def topic_stated(self, key: str, measure: Measure) -> list[Fact]:
        """Returns every usable claim of a topic in a measure, in printed order."""
        return self._by_topic.get((key, measure), [])

    def local(self, topic: Topic, measures: Iterable[Measure], near: Claim) -> list[Fact]:
        """Returns the same as `stated`, but only from the claim's paragraph."""
        return [
            fact for fact in self.stated(topic, measures, near) if fact.claim and fact.claim.paragraph == near.paragraph
        ]

    @cached_property
    def confirmed(self) -> frozenset[int]:
        """The ids of amounts that a paragraph prints twice by one name: 计划中央投资576万元…到位中央投资576万元."""
        prints: dict[tuple[int, str, str], set[int]] = {}
        for fact in self.claims:
            if fact.amount and said(fact).topic.phrase:
                prints.setdefault((said(fact).paragraph, said(fact).topic.phrase, fact.figure.text), set()).add(fact.id)
        return frozenset(one for ids in prints.values() if len(ids) > 1 for one in ids)

    def tabled(self, topic: Topic, measure: Measure) -> list[Fact]:
        """Returns the cells of tables that print a topic in a measure."""
        readings = topic.readings(measure)
        concepts = [concept_from_path(path.strip()) for path in readings[0].split("|")] if readings else []
        certain = [one for one in concepts if one.table in self.facts.tables]
        certain = [one for one in certain if self.facts.tables[one.table].unit_stated]
        found = [self.facts.get(one.table, one.row, one.column) for one in certain]
        return [fact for fact in found if fact and not fact.blank and fact.amount is not None and not fact.repeated]


def keys_of(claim: Claim) -> set[str]:
    """Returns the keys that find an amount: its subject, and where that names two (收入支出总计) the one it states."""
    certain = len(claim.topic.final) > 1 and claim.reading and "|" not in claim.reading
    return {claim.topic.key, claim.reading} if certain else {claim.topic.key}


def _distance(claim: Claim, near: Claim) -> tuple[int, int]:
    place = 0 if claim.sentence == near.sentence else (1 if claim.paragraph == near.paragraph else 2)
    gap = near.order - claim.order
    return (place, gap if gap > 0 else 1000 - gap)


@lru_cache(maxsize=4)
def spoken(facts: Facts) -> Spoken:
    """Returns the index of a document's claims."""
    return Spoken(facts)


def said(fact: Fact) -> Claim:
    """Returns the claim of a narrative fact."""
    assert fact.claim is not None
    return fact.claim


def is_earlier(one: Fact, fact: Fact) -> bool:
    """True where one figure stands before another."""
    return said(one).order < said(fact).order


def usable(fact: Fact) -> bool:
    """True where a constraint may use the figure: it is exact, its words say what it is, and it stands in no reason."""
    claim = said(fact)
    return not claim.loose and not claim.aside and (fact.amount is not None or claim.measure is Measure.DIRECTION)


def role(fact: Fact) -> str:
    """Returns the role of an amount, by its measure and its words: planned, received, spent, left."""
    if said(fact).measure in (*BUDGETS, Measure.TARGET):
        return "planned"
    return _role_of(said(fact).done or said(fact).topic.phrase)


@lru_cache(maxsize=2048)
def _role_of(phrase: str) -> str:
    return load_phrases().role_of(phrase)


def same_kind(one: Fact, other: Fact) -> bool:
    """True for two amounts of money, or two counts in one unit: only those can be compared."""
    return one.figure.unit == other.figure.unit or one.figure.dimension == other.figure.dimension


def budgets(against: Measure | None) -> tuple[Measure, ...]:
    """Returns the measures that 完成…预算 may refer to, the named one first."""
    if against in BUDGETS:
        assert against is not None
        return (against, *(one for one in BUDGETS if one is not against))
    return BUDGETS


def unbound(rule: Rule, fact: Fact, reason: str) -> Check:
    """Returns a check that could not be made, with the reason."""
    return Check(-1, rule, fact.named, "=", ((1, fact.id),), (), reason=reason, verdict=Verdict.UNBOUND, missing=())


def doubt(rule: Rule, scope: str, concerns: Iterable[Fact], doubtful: bool) -> Check:
    """Returns a check that joins its figures in no identity: it holds, or asks for a reason."""
    verdict = Verdict.CONFLICT if doubtful else Verdict.CONSISTENT
    return Check(-1, rule, scope, "=", (), (), concerns=tuple(fact.id for fact in concerns), verdict=verdict)
