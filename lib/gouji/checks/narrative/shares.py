"""Checks shares (占…的…%), and rates that are shares by their name (办结率, 优秀率), with their part and their base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check, Terms
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.common_base import common_base
from gouji.checks.narrative.completeness import YEAR, is_any_total
from gouji.checks.narrative.nested import is_of_unstated_base, outer_base
from gouji.checks.narrative.readings import Reading, alone, judged
from gouji.checks.narrative.spoken import STATED, Spoken, said, same_kind, spoken, unbound, usable
from gouji.checks.narrative.wholes import counted_before
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import heads
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

_SHORTEST = 2
#: From this length on, the beginning of a name means only one thing.
_TELLING = 5
#: From this many parts on, the only share behind them may be their whole's.
_LISTED = 3
#: Words that do not change the meaning of their neighbours (实际到位, 到位).
_PLAINLY = re.compile(any_of(WORDS.plain))
#: Names for the base of a share of money.
_MONEY = re.compile(f"(?:{any_of(WORDS.bases_of_money)})(?:{any_of(NARRATIVE.total_ends)})?$")
#: The words before the amount of a base that is a budget: 占“三公”经费预算40万元的.
_OF_BUDGET = re.compile(f"(?:{any_of(NARRATIVE.budgeted)})(?:数|{any_of(NARRATIVE.total_ends)})?$")


#: The key of an account: its table, code and column.
_ACCOUNT = re.compile(r"(?P<table>\w+\[)(?P<code>\d{5,7})(?P<column>\]\.\w+)")


def shares(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each 占…的…% with its part and its base. In a report, a share without a base has that of its sentence's
    last share, if any."""
    index = spoken(facts)
    before: dict[int, Terms] = {}
    for fact in index.of(Measure.SHARE):
        claim = said(fact)
        parts = _part(index, claim)
        bases, sure = _bases(index, claim, parts)
        numerators = _graded_sum(index, claim) + [alone(part) for part in (*_listed_whole(index, claim), *parts[:1])]
        if in_report(fact) and claim.base is None and parts and (base := before.get(claim.sentence)):
            # A rate by its name may be of what was counted right before it: 验收24个，占85.71%；优秀6个，优秀率25%.
            bases, sure = ([*bases, base] if claim.rated and sure else [base]), True
        readings = [(part, base) for base in bases for part in numerators if base != part]
        if not ((sure and readings) or in_report(fact)) and (counted := _counted(index, claim)):
            readings, sure = [counted, *readings], True
        if sure and parts and is_of_unstated_base(index, fact, parts[0]):
            yield unbound(rule, fact, "占比的基数未公布")
            continue
        check = judged(rule, fact, readings, facts, sure, "占比的基数或分子未公布")
        if check.per and not claim.rated:
            before[claim.sentence] = check.per
        yield check


def _counted(index: Spoken, claim: Claim) -> Reading | None:
    """Returns the counts of a share of things with one noun, where its sentence counts only one more of them before:
    预算项目16个，编报绩效目标的项目6个，编报绩效目标项目占比37.5%."""
    if claim.rated or claim.beside >= 0 or claim.against is not None:
        return None
    counts = [
        one for one in index.sentence(claim) if said(one).order < claim.order and said(one).measure is Measure.COUNT
    ]
    named = _plain_name(claim.topic.phrase)
    parts = [one for one in counts if _plain_name(said(one).topic.phrase) == named]
    if len(parts) != 1 or not usable(parts[0]):
        return None
    part = parts[0]
    noun = next((noun for noun in WORDS.shared_nouns if named.endswith(noun)), "")
    if not noun:
        return None
    wholes = [
        one for one in counts if one is not part and same_kind(one, part) and said(one).topic.phrase.endswith(noun)
    ]
    of_all = claim.base is None or _plain_name(claim.base.phrase).endswith(noun)
    return (alone(part), alone(wholes[0])) if of_all and len(wholes) == 1 and usable(wholes[0]) else None


def _plain_name(phrase: str) -> str:
    return phrase.replace("的", "")


def _part(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the part: right before the share in the same list, else the nearest statement."""
    if claim.rated:
        return _named_part(index, claim)
    if not claim.topic.phrase and (unnamed := _unnamed_part(index, claim)):
        return [unnamed]
    if claim.beside >= 0 and (base := index.at(claim.beside)):
        return _before_base(index, claim, base)
    beside = [
        one
        for one in index.sentence(claim)
        if said(one).topic.key == claim.topic.key
        and said(one).group == claim.group
        and said(one).measure in (*STATED, *BUDGETS)
        and said(one).order < claim.order
        and not said(one).loose
    ]
    if claim.base is not None and _MONEY.search(claim.base.phrase):
        counted = bool(beside) and all(said(one).measure is Measure.COUNT for one in beside)
        if counted and (paid := _paid(index, claim)):
            return paid[-1:]
    if beside and claim.group >= 0:
        return beside[-1:]
    found = index.stated(claim.topic, STATED, claim)
    if not found and any(said(one).measure in BUDGETS for one in index.local(claim.topic, BUDGETS, claim)):
        found = index.local(claim.topic, BUDGETS, claim)
    return found


def _unnamed_part(index: Spoken, claim: Claim) -> Fact | None:
    """Returns the amount right before a share in a report, where neither says of what it is:
    支出95万元，占到位资金的95%."""
    before = index.at(claim.order - 1)
    if before is None or not in_report(before) or said(before).sentence != claim.sentence or claim.beside >= 0:
        return None
    stated = said(before).measure in STATED and not said(before).topic.phrase
    return before if stated and claim.base is not None and before.amount is not None else None


def _before_base(index: Spoken, claim: Claim, base: Fact) -> list[Fact]:
    """Returns the last amount of the base's kind before it: 预算资金1084.80万元，占…预算总额1130.00万元的96%.

    Budgets are taken where the base is one, or where nothing else is stated: in 支出18万元，比预算20万元减少2万元，
    占“三公”经费38万元的47% the part is 18.
    """
    found = [
        one
        for one in index.sentence(claim)
        if said(one).order < said(base).order
        and said(one).measure in (*STATED, *BUDGETS)
        and same_kind(one, base)
        and not said(one).loose
    ]
    own = [one for one in found if said(one).topic.key == claim.topic.key] or found
    planned = said(base).measure in BUDGETS or bool(_OF_BUDGET.search(said(base).words))
    return [one for one in own if (said(one).measure in BUDGETS) is planned][-1:] or own[-1:]


def _listed_whole(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the whole of a list with one share, behind its last part, of something else than that whole:
    民生支出1560万元，其中教育…、医疗…、住房保障600万元，占本年支出的78%."""
    beside = index.at(claim.beside) if claim.beside >= 0 else None
    base = said(beside).base if beside else claim.base
    if claim.whole is None or base is None or base.key == claim.whole.key or claim.rated:
        return []
    group = [one for one in index.sentence(claim) if said(one).group == claim.group]
    shares = [one for one in group if said(one).measure is Measure.SHARE]
    parts = [one for one in group if said(one).measure in STATED and said(one).base is None]
    return index.local(claim.whole, STATED, claim)[:1] if len(shares) == 1 and len(parts) >= _LISTED else []


def _paid(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the last amount of money before a share of money: 已发放262.14万元、发放面积8738亩，占下达资金的…."""
    return [
        one
        for one in index.sentence(claim)
        if said(one).order < claim.order
        and said(one).group == claim.group
        and said(one).measure in STATED
        and one.figure.dimension == "money"
        and not said(one).loose
    ]


def _named_part(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the part that names a rate: 办结118条，办结率…; 优的6个，优秀率…."""
    counts = [
        one
        for one in index.paragraph(claim)
        if said(one).order < claim.order and said(one).measure is Measure.COUNT and not said(one).loose
    ]
    grades = load_phrases().grades.rates.get(claim.rated, ())
    name = claim.rated.removesuffix("率")
    found = [one for one in counts if _graded(one) in grades or said(one).topic.phrase.endswith(name)]
    return found[-1:] or _paid_named(index, claim, name)


def _graded_sum(index: Spoken, claim: Claim) -> list[Terms]:
    """Returns the counts of every grade that 优良率, 合格率 include."""
    names = load_phrases().grades.rates.get(claim.rated, ())
    counts = [
        one
        for one in index.paragraph(claim)
        if said(one).order < claim.order and said(one).measure is Measure.COUNT and _graded(one) in names
    ]
    return [tuple((1, one.id) for one in counts)] if len(counts) > 1 else []


def _graded(count: Fact) -> str:
    """Returns the grade of what is counted by it: 优 of 评为“优”的项目9个."""
    grade, of, _ = said(count).topic.phrase.partition("的")
    return grade if of else said(count).topic.phrase


def _paid_named(index: Spoken, claim: Claim, name: str) -> list[Fact]:
    """Returns the part of 兑付到户3711.2万元，兑付率96.01%."""
    found = [
        one
        for one in index.sentence(claim)
        if said(one).order < claim.order and said(one).measure in (Measure.FINAL, *BUDGETS) and not said(one).loose
    ]
    return [one for one in found if name in f"{said(one).topic.phrase}{said(one).done}"][-1:]


def _counted_of(index: Spoken, claim: Claim, part: Fact) -> list[Fact]:
    """Returns the base of a grade's share, or of a rate named by its part: the only other count in its unit before
    it."""
    if said(part).complete:
        members = [one for one in index.sentence(claim) if said(one).group == said(part).group]
        members = [one for one in members if said(one).measure is Measure.COUNT and same_kind(one, part)]
        whole = counted_before(index, members) if members else None
        return [whole] if whole else []
    others = [
        one
        for one in index.sentence(claim)
        if said(one).order < said(part).order and said(one).measure in (*STATED, *BUDGETS) and same_kind(one, part)
    ]
    others = [one for one in others if said(one).group < 0 and usable(one)]
    plans = [one for one in others if said(one).measure in BUDGETS]
    found = plans or others
    return found if len(found) == 1 else []


def _bases(index: Spoken, claim: Claim, parts: Sequence[Fact]) -> tuple[list[Terms], bool]:
    """Returns the possible bases of a share, and whether the words name them (a guess never makes a conflict)."""
    if claim.beside >= 0:
        beside = index.at(claim.beside)
        return ([alone(beside)] if beside else []), True
    if parts and parts[0].claim and (claim.rated or (claim.base is None and _is_graded(parts[0]))):
        counts = _counted_of(index, claim, parts[0])
        return [alone(one) for one in counts], bool(counts)
    measures: Sequence[Measure] = (said(parts[0]).measure,) if parts and parts[0].claim else STATED
    if claim.against in BUDGETS and claim.base is not None:
        measures = (claim.against,)
    if claim.base is not None:
        found, sure = _named_base(index, claim, claim.base, parts, measures)
        called = _whole_so_called(index, claim, claim.base, measures)
        named = [alone(one) for one in dict.fromkeys((*called, *found))]
        sure = sure or (bool(called) and _begins_whole(claim, claim.base))
        sure = sure or _is_confirmed(index, claim, found)
        if not sure and (common := common_base(index, claim)):
            return [alone(common)], True
        return _bases_of_any_total(index, claim, parts, measures, (named, sure))
    return _unstated_bases(index, claim, parts, measures)


def _unstated_bases(
    index: Spoken, claim: Claim, parts: Sequence[Fact], measures: Sequence[Measure]
) -> tuple[list[Terms], bool]:
    """Returns the bases of a share whose words name none: a whole stated before, else the sum of a family."""
    found, sure = _unnamed_base(index, claim, parts, measures)
    family = _family_base(index, claim)
    if family and not sure:
        return [family, *(alone(one) for one in found)], True
    return [alone(one) for one in found], sure


def _bases_of_any_total(
    index: Spoken,
    claim: Claim,
    parts: Sequence[Fact],
    measures: Sequence[Measure],
    named: tuple[list[Terms], bool],
) -> tuple[list[Terms], bool]:
    """Returns the bases of 占总支出决算的, which says no more than “total”: those of a share without a base, the
    total of that name, and the headline of any section. Returns `named` for all other words."""
    if claim.base is None or claim.base.phrase not in WORDS.bare_totals or index.head(claim) is None:
        return named
    found, sure = _unstated_bases(index, claim, parts, measures)
    others = [alone(one) for head in heads().values() for one in index.stated(head, measures, claim)]
    return list(dict.fromkeys((*found, *named[0], *others))), sure or named[1]


def _named_base(
    index: Spoken, claim: Claim, base: Topic, parts: Sequence[Fact], measures: Sequence[Measure]
) -> tuple[list[Fact], bool]:
    if found := index.stated(base, measures, claim):
        here = [one for one in found if one.claim and said(one).paragraph == claim.paragraph]
        return found, len({one.amount for one in here}) == 1 or index.claims[claim.order].section != FREE
    alike = [one for one in index.before(claim) if _alike(said(one), base.phrase, measures)]
    alike = [one for one in alike if not parts or one.id != parts[0].id]
    core = set(_MONEY.sub("", base.phrase) or base.phrase)
    named = all(
        core in (set(_PLAINLY.sub("", said(one).topic.phrase)), set(_PLAINLY.sub("", said(one).words))) for one in alike
    )
    return alike[-2:][::-1], named and len({one.amount for one in alike}) == 1


def _whole_so_called(index: Spoken, claim: Claim, base: Topic, measures: Sequence[Measure]) -> list[Fact]:
    """Returns the list's whole, where the base names it less fully or by a word for any total:
    一般公共预算财政拨款支出…：A…，占本年财政拨款支出…; 本年收入合计…，其中：A…，占总收入…; or cut off:
    面向中小企业预留采购金额…，其中：A…，占面向中小企业预留的…."""
    core = YEAR.sub("", base.phrase)
    if claim.whole is None or len(core) < _SHORTEST:
        return []
    cut_off = _begins_whole(claim, base)
    if not (cut_off or claim.whole.phrase.endswith(core) or is_any_total(base, claim.whole)):
        return []
    return [one for one in index.local(claim.whole, measures, claim) if said(one).sentence == claim.sentence]


def _is_confirmed(index: Spoken, claim: Claim, bases: Sequence[Fact]) -> bool:
    """True where another share of the paragraph names the same base, and is right with the only amount that states it:
    人员经费…，占基本支出的83.3%；公用经费…，占基本支出的16.7%, where only a table prints 基本支出."""
    if claim.base is None or len({one.amount for one in bases}) != 1 or not bases[0].amount:
        return False
    shares = [one for one in index.paragraph(claim) if said(one).measure is Measure.SHARE and usable(one)]
    others = [one for one in shares if said(one).order != claim.order and said(one).base == claim.base and one.amount]
    pairs = [(one, part) for one in others for part in _part(index, said(one))[:1] if part.amount]
    pairs = [(one, part) for one, part in pairs if same_kind(part, bases[0])]
    return any(holds(Ratio.made(one, alone(part), alone(bases[0]), index.facts, {})) for one, part in pairs)


def _begins_whole(claim: Claim, base: Topic) -> bool:
    """True for a base that is called by the first words of its list's whole."""
    core = YEAR.sub("", base.phrase)
    return claim.whole is not None and len(core) >= _TELLING and claim.whole.phrase.startswith(core)


def _unnamed_base(
    index: Spoken, claim: Claim, parts: Sequence[Fact], measures: Sequence[Measure]
) -> tuple[list[Fact], bool]:
    """Returns the base of the share right before it (占X的a%，B占b%), the whole of its list, or the headline of its
    section."""
    outer = outer_base(index, claim)
    wholes = _parallel_base(index, claim, measures) or ([outer] if outer else [])
    wholes += _list_wholes(index, claim, measures)
    above = _wholes_above(index, claim)
    if wholes := [one for one in wholes if not parts or same_kind(one, parts[0])]:
        return [*wholes, *above], True
    head = index.head(claim)
    listed = claim.whole is not None and bool(claim.whole.phrase)
    if head and not listed and (found := index.stated(head, measures, claim)):
        return [*found, *above], claim.topic.known and claim.topic.key != head.key
    before = [one for one in index.before(claim) if said(one).measure in measures and not said(one).loose]
    before = [one for one in before[-12:] if not parts or (one.id != parts[0].id and same_kind(one, parts[0]))]
    return before[::-1], False


def _wholes_above(index: Spoken, claim: Claim) -> list[Fact]:
    """Returns the stated amounts of what a share's subject is a part of by definition, or of the accounts above it."""
    keys = [family.whole for family in load_phrases().families if claim.topic.key in family.parts]
    if account := _ACCOUNT.fullmatch(claim.topic.key):
        code = account["code"]
        keys += [f"{account['table']}{code[:digits]}{account['column']}" for digits in (5, 3) if digits < len(code)]
    return [fact for key in keys for fact in index.topic_stated(key, Measure.FINAL)]


def _parallel_base(index: Spoken, claim: Claim, measures: Sequence[Measure]) -> list[Fact]:
    last = index.at(claim.order - 1)
    while last is not None and said(last).sentence == claim.sentence and said(last).measure is Measure.SHARE:
        if (base := said(last).base) is not None:
            return index.stated(base, measures, claim)
        last = index.at(said(last).order - 1)
    return []


def _list_wholes(index: Spoken, claim: Claim, measures: Sequence[Measure]) -> list[Fact]:
    """Returns the whole of the list around a share; then the wholes of the sentence's other lists."""
    limited = [limit.whole for limit in load_phrases().limits if limit.part == claim.topic.key]
    others = [said(one).whole for one in index.sentence(claim) if said(one).order < claim.order]
    inner = claim.whole is not None and bool(claim.whole.phrase)
    wholes = dict.fromkeys(one for one in (claim.whole, *others[::-1]) if one is not None and one.phrase)
    found = [fact for whole in wholes for fact in index.stated(whole, measures, claim)]
    found += [fact for key in limited for fact in index.topic_stated(key, Measure.FINAL)]
    return found if inner else []


def _family_base(index: Spoken, claim: Claim) -> Terms:
    """Returns the sum of the parts of an unstated whole, where all of them are stated: 三公经费支出中，A占…，B占…."""
    family = next((one for one in load_phrases().families if claim.topic.key in one.parts), None)
    if family is None or not claim.topic.known or index.topic_stated(family.whole, Measure.FINAL):
        return ()
    stated = [index.topic_stated(key, Measure.FINAL) for key in family.parts]
    return tuple((1, one[0].id) for one in stated) if all(stated) else ()


def _is_graded(part: Fact) -> bool:
    """True for the count of a grade in a list by grade."""
    return said(part).complete and said(part).measure is Measure.COUNT and _grade(said(part).topic.phrase)


def _grade(phrase: str) -> bool:
    return any(phrase.startswith(name) for name in load_phrases().grades.names)


def _alike(claim: Claim, phrase: str, measures: Sequence[Measure]) -> bool:
    """True where the subject contains the base's words, or all of its characters (到位资金, 项目资金共到位)."""
    said_of = claim.topic.phrase
    if claim.measure not in measures or len(phrase) < _SHORTEST or not said_of:
        return False
    core = _MONEY.sub("", phrase) or phrase
    if claim.words.endswith(core) and len(core) >= _SHORTEST:
        return True
    return said_of in phrase or (set(core) <= set(said_of) and len(said_of) <= 2 * len(phrase))
