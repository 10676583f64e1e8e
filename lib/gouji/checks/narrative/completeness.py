"""Decides whether a list names every part of its whole, and which of its amounts are parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.checks.narrative.spoken import STATED, Spoken, said
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.fact import Fact
from gouji.facts.narrative.listings import is_economic
from gouji.facts.narrative.topics import headline, is_headline, names_headline
from gouji.intervals import SCALE
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

_PAIR = 2
_TAIL = 2
#: Last parts that include everything not named before.
REST = re.compile("|".join(WORDS.rest))
HUNDRED = 100 * SCALE
#: Words beside 本级 and 所属 that name no part of an amount.
_LEVEL = re.compile(any_of(WORDS.levels_plain))
#: Words beside the name of a kind.
_BESIDE_KIND = re.compile(any_of(WORDS.beside_kinds))
#: Words before a base that do not change its meaning.
YEAR = re.compile(f"^(?:{any_of(WORDS.this_year)})")


def names_all(members: Sequence[Fact], whole: Fact, index: Spoken) -> bool:
    """True where a list names every part: its words say so, its last part is 其他…, its parts are all that the whole
    has by definition, or its shares add up to 100 %."""
    claim = said(members[0])
    if len(members) < 2:
        return False
    if claim.complete or _takes_in_the_rest(members, whole):
        return True
    if (
        _complement(members, whole)
        or _are_all_levels(members, whole)
        or _are_all_scores(members)
        or _are_all_kinds(members, whole, index)
        or _are_all_sources(members, whole)
    ):
        return True
    if is_by_definition(members, whole):
        return True
    if whole.claim and (_is_whole_family(whole, members) or _are_all_kinds_of_money(members, whole)):
        return True
    return shares_make_all(members, whole, index)


def shares_make_all(members: Sequence[Fact], whole: Fact, index: Spoken) -> bool:
    """True where each part has its share of the whole, and the shares add up to 100 %."""
    shares = [share_of(fact, index) for fact in members]
    given = [share for share in shares if share is not None and is_of_whole(index, said(share), whole)]
    total = sum(share.amount or 0 for share in given)
    return len(given) == len(members) and abs(total - HUNDRED) <= sum(share.radius for share in given)


def is_by_definition(members: Sequence[Fact], whole: Fact) -> bool:
    """True for the parts that a headline is defined to have, all of them and no other."""
    keys = {said(fact).topic.key for fact in members}
    whole_key = said(whole).topic.key if whole.claim else whole.concept.path
    return any(family.whole == whole_key and keys == set(family.parts) for family in load_phrases().families)


def _is_whole_family(whole: Fact, members: Sequence[Fact]) -> bool:
    """True for all the parts that such a whole has by definition, where it is not the department's own:
    全县“三公”经费总支出…，其中：因公出国（境）费、公务用车购置及运行维护费、公务接待费."""
    keys = {headline(said(one).topic.phrase, whole.section).key for one in members}
    families = [one for one in load_phrases().families if keys == set(one.parts)]
    return any(names_headline(said(whole).topic.phrase, family.whole, whole.section) for family in families)


def _takes_in_the_rest(members: Sequence[Fact], whole: Fact) -> bool:
    """True for a last part 其他…, in a list of counts or one that names the larger part of its whole."""
    last = said(members[-1])
    if not REST.search(last.topic.phrase):
        return False
    return last.measure is Measure.COUNT or 2 * sum(fact.amount or 0 for fact in members) > (whole.amount or 0)


def _are_all_scores(members: Sequence[Fact]) -> bool:
    """True for 决策、过程、产出、效益: the indicators whose sum is a score."""
    if any(one.figure.unit != "分" for one in members):
        return False
    phrases = [_words(one) for one in members]
    return any(
        len(members) == len(words) and all(any(word in phrase for phrase in phrases) for word in words)
        for words in load_phrases().scores
    )


def _are_all_kinds(members: Sequence[Fact], whole: Fact, index: Spoken) -> bool:
    """True where each kind of what is counted is named, and nothing else:
    实有人数，其中：在职人员、离休人员、退休人员.

    False where the paragraph counts a further kind behind the list (年末其他人员2人).
    """
    if any(said(one).measure is not Measure.COUNT for one in (*members, *([whole] if whole.claim else []))):
        return False
    phrases = [said(one).topic.phrase for one in members]
    return any(
        word in _words(whole)
        and len(phrases) == len(kinds)
        and all(sum(kind in phrase for phrase in phrases) == 1 for kind in kinds)
        and not counts_beside(members, WORDS.kinds_beside.get(word, ()), index)
        for word, kinds in WORDS.kinds.items()
    )


def _are_all_kinds_of_money(members: Sequence[Fact], whole: Fact) -> bool:
    """True for 货物类、工程类、服务类 of what was procured, in whatever words the three are called."""
    names = [_BESIDE_KIND.sub("", said(one).topic.phrase) for one in members]
    plainly = all(said(one).measure is Measure.FINAL for one in members)
    kinds = WORDS.kinds_of_money.items()
    return plainly and any(word in _words(whole) and sorted(names) == sorted(named) for word, named in kinds)


def _are_all_sources(members: Sequence[Fact], whole: Fact) -> bool:
    """True for all the funds that fiscal money comes from: 财政拨款“三公”经费…（其中：一般公共预算…；政府性基金…；
    国有资本经营预算…）. A grand total takes in what was left of the year before."""
    if not whole.claim:
        return False
    phrases = [said(one).topic.phrase for one in members]
    plainly = all(said(one).measure is Measure.FINAL for one in (*members, whole))
    named = all(sum(fund in phrase for phrase in phrases) == 1 for fund in WORDS.fiscal_sources)
    fiscal = WORDS.fiscal in said(whole).topic.phrase and "grand_total" not in said(whole).topic.key
    return plainly and named and fiscal and len(members) == len(WORDS.fiscal_sources)


def counts_beside(members: Sequence[Fact], words: Sequence[str], index: Spoken) -> bool:
    """True where the paragraph counts something named by one of `words` outside the list."""
    further = [one for one in index.paragraph(said(members[0])) if one not in members and one.amount]
    return any(word in said(one).topic.phrase for one in further for word in words)


def are_summed(members: Sequence[Fact], whole: Fact) -> bool:
    """False for scores, averages and rates, which do not add up to their whole. The scores of a total's indicators
    do."""
    intensive = load_phrases().intensive
    if intensive.named(_words(whole)):
        return False
    if members[0].figure.unit in intensive.units:
        return all(_is_indicator(_words(one)) for one in members)
    return not any(intensive.named(_words(one)) for one in members)


def _words(fact: Fact) -> str:
    """Returns the words of a figure; a table's cell needs none."""
    return f"{said(fact).topic.phrase} {said(fact).words}" if fact.claim else ""


def _is_indicator(words: str) -> bool:
    """True for 预算执行率, 产出指标: parts of a score."""
    return "指标" in words or any(word in words for names in load_phrases().scores for word in names)


def _complement(members: Sequence[Fact], whole: Fact) -> bool:
    """True for 国内公务接待费 and 国（境）外公务接待费: there is no third kind."""
    known, words = load_phrases(), _words(whole)
    pairs = (*known.complements, *(pair for word, pair in known.complements_of.items() if word in words))
    phrases = [said(fact).topic.phrase for fact in members]
    return len(phrases) == _PAIR and any(
        one in phrases[first]
        and other not in phrases[first]
        and other in phrases[1 - first]
        and one not in phrases[1 - first]
        for one, other in pairs
        for first in (0, 1)
    )


def _are_all_levels(members: Sequence[Fact], whole: Fact) -> bool:
    """True for 本级 and 所属单位, where nothing else narrows them: 本级项目支出 is not all of the department's 支出."""
    phrases = [said(fact).topic.phrase for fact in members]
    if len(phrases) != _PAIR:
        return False
    for own, others in WORDS.levels.items():
        below = next((word for word in others if word in phrases[1] and own in phrases[0]), None)
        left = [_LEVEL.sub("", phrases[0].replace(own, "")), _LEVEL.sub("", phrases[1].replace(below or "", ""))]
        if below and all(set(each) <= set(_words(whole)) for each in left):
            return True
    return False


def share_of(part: Fact, index: Spoken) -> Fact | None:
    for fact in index.sentence(said(part)):
        claim = said(fact)
        if (
            claim.measure is Measure.SHARE
            and claim.topic.key == said(part).topic.key
            and claim.group == said(part).group
        ):
            return fact if not claim.loose and fact.amount is not None else None
    return None


def without_grandchildren(members: list[Fact]) -> list[Fact]:
    """Returns the parts without those that belong, by definition, to another listed part (购置费 beside 购置及运行费,
    面向小微企业采购 beside 面向中小企业采购)."""
    keys = {said(fact).topic.key for fact in members}
    inner = {part for family in load_phrases().families if family.whole in keys for part in family.parts}
    narrower = {narrow.id for narrow, _ in kinds_within(members)}
    return [fact for fact in members if said(fact).topic.key not in inner and fact.id not in narrower]


def kinds_within(members: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Returns the parts that are within another listed part by their names, each with that part."""
    named = {said(fact).topic.phrase: fact for fact in members}
    return [
        (fact, named[wider])
        for phrase, fact in named.items()
        for narrow, wide in WORDS.kinds_within.items()
        if narrow in phrase and (wider := phrase.replace(narrow, wide)) in named
    ]


def without_inner_sums(members: list[Fact]) -> list[Fact]:
    """Returns the parts without those that add up to the part before them: 基本支出1400，人员经费1200，公用经费200
    names two levels.

    This applies only to headlines of the accounts, or to uses of the amount before
    (项目支出88万元，用于甲66万元、乙22万元). With other parts it may be a coincidence.
    """
    kept: list[Fact] = []
    at = 0
    while at < len(members):
        kept.append(members[at])
        total, end = 0, at + 1
        while end < len(members) and total < (members[at].amount or 0):
            total += members[end].amount or 0
            end += 1
        inner = total == (members[at].amount or 0) and total and end - at > _PAIR
        parts = members[at + 1 : end]
        inner = inner and (_names_uses(parts) or all(is_headline(said(one).topic.phrase) for one in parts))
        at = end if inner else at + 1
    return kept


def _names_uses(parts: Sequence[Fact]) -> bool:
    """True where the words of the first part say that it is a use of the amount before."""
    return bool(parts) and said(parts[0]).words.startswith(tuple(WORDS.uses))


def up_to_whole(members: list[Fact], whole: Fact) -> list[Fact]:
    """Returns the first parts, where they alone add up to the whole: things named after them are no parts."""
    total = 0
    for number, fact in enumerate(members, start=1):
        total += fact.amount or 0
        if total == whole.amount and total and number > 1:
            rest = members[number:]
            defined = any(_is_defined(said(one).topic) or _ends_alike(members[:number], one) for one in rest)
            return members if defined else members[:number]
    return members


def _ends_alike(members: Sequence[Fact], other: Fact) -> bool:
    """True for names with the same ending, which are parts of one whole: 护理员培训、社工培训、登记员培训."""
    if all(map(_is_type_of_vehicle, (*members, other))):
        return True
    tail = _tail([said(one).topic.phrase for one in members])
    return len(tail) >= _TAIL and tail not in WORDS.words_for_money and said(other).topic.phrase.endswith(tail)


def _is_type_of_vehicle(fact: Fact) -> bool:
    """True for 越野车3辆. Vehicles by purpose (执法执勤用车) are another cut of the same."""
    phrase = said(fact).topic.phrase
    return fact.figure.unit in WORDS.units_of_vehicles and phrase.endswith("车") and not phrase.endswith("用车")


def _tail(phrases: Sequence[str]) -> str:
    """Returns the longest ending that all of them share."""
    shortest = min(phrases, key=len)
    return next(shortest[at:] for at in range(len(shortest) + 1) if all(one.endswith(shortest[at:]) for one in phrases))


def _is_defined(topic: Topic) -> bool:
    """True for a part by definition: a headline, an account, a grade, 其他…."""
    graded = topic.phrase in load_phrases().grades.names
    return topic.known or graded or is_economic(topic.phrase) or bool(REST.search(topic.phrase))


def exceeds(members: Sequence[Fact], whole: Fact) -> bool:
    return sum(fact.amount or 0 for fact in members) > (whole.amount or 0) + sum(fact.radius for fact in members)


def is_of_whole(index: Spoken, share: Claim, whole: Fact) -> bool:
    """False for a share whose words name another base than its list's whole (其中：A占收入合计的…)."""
    base = share.base
    if base is None:
        return True
    if whole.claim is not None and (base.key == said(whole).topic.key or is_any_total(base, said(whole).topic)):
        return True
    return any(one.amount == whole.amount for one in index.stated(base, STATED, share))


def is_any_total(base: Topic, whole: Topic) -> bool:
    """True for 总收入, which may mean any total of income, beside a whole of the same side (本年收入合计)."""
    word = YEAR.sub("", base.phrase)
    return any(word == total and side in whole.phrase for side, totals in WORDS.any_totals.items() for total in totals)
