"""Questions on documents cited as a basis: issued after what they should govern, repealed before it, or of doubtful
validity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gouji.reference.regulations import cited, earlier
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.prose import headed, prose
from gouji.review.timing.citations import Citation, citations
from gouji.review.timing.model import TimingRule
from gouji.runtime.immutable import immutable


@immutable()
class Cited:
    """A citation with its quotation, the sentence it stands in, and the headings above."""

    citation: Citation
    quote: Quote
    said: str
    under: str


def _citations_of(material: Material) -> tuple[Cited, ...]:
    text = material.once(prose)
    return tuple(
        Cited(
            one,
            text.quote(at + one.start, at + one.end),
            text.said(at + one.start, at + one.end),
            headed(text.block_at(at)),
        )
        for at, line in text.lines()
        for one in citations(line)
    )


def issued_later(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about regulations that came after the year of account, or so late in it that they can hardly have governed
    it."""
    year = material.facts.year
    if year is None:
        return
    last = date(year, 12, 31) - timedelta(days=int(material.threshold("issued_days_before_year_end")))
    seen: set[str] = set()
    for place in material.once(_citations_of):
        one = place.citation
        if not one.issued or one.named in seen:
            continue
        seen.add(one.named)
        late = one.date > last if one.date else one.year > year
        governs = any(word in one.title for word in rule.words) or (
            one.issued > year and any(word in place.said + place.under for word in rule.headings)
        )
        if not late or not governs or any(word in place.said + one.title for word in rule.unless):
            yield Observation(rule, one.named, Outcome.CLEAR)
            continue
        yield _observe_lateness(rule, place, year)


def _observe_lateness(rule: TimingRule, place: Cited, year: int) -> Observation:
    one = place.citation
    when = f"{one.date.year}年{one.date.month}月{one.date.day}日" if one.date else f"{one.year}年"
    before = earlier(one.title, year)
    then = f"；{year}年初有效的是{before.named}（法规清单）" if before else ""
    return Observation(
        rule,
        one.named,
        Outcome.RAISED,
        f"{one.named}{when}才{one.verb or '发文'}，为何列为{year}年收支的依据？",
        f"{place.quote.where}引为依据的{one.named}{when}{one.verb or '发文'}，{year}年的收支在此以前已经发生{then}；"
        "须查当年各项支出实际执行的文件和标准。",
        (),
        (place.quote,),
    )


def repealed(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about regulations that, by the list, were repealed before the year of account began."""
    year = material.facts.year
    if year is None:
        return
    seen: set[str] = set()
    for place in material.once(_citations_of):
        one = place.citation
        known = cited(one.title, one.number)
        if known is None or one.named in seen:
            continue
        seen.add(one.named)
        stale = known.repealed is not None and known.repealed <= date(year, 1, 1)
        if not stale or any(word in place.said for word in rule.unless):
            yield Observation(rule, one.named, Outcome.CLEAR)
            continue
        assert known.repealed
        yield Observation(
            rule,
            one.named,
            Outcome.RAISED,
            f"{year}年所引依据{known.named}已由{known.replaced_by}取代，是否仍按旧文件执行？",
            f"{place.quote.where}引用{known.named}；据法规清单，该件自{known.repealed.isoformat()}起为{known.replaced_by}所取代"
            f"（{known.source}）。须查{year}年实际执行的文件和标准，引用前核对原文。",
            (),
            (place.quote,),
        )


def provisional(rule: TimingRule, material: Material) -> Iterator[Observation]:
    """Asks about local provisional regulations from many years ago; one matter."""
    year = material.facts.year
    if year is None:
        return
    years = int(material.threshold("provisional_years"))
    found: dict[str, Cited] = {}
    seen = False
    for place in material.once(_citations_of):
        one = place.citation
        if not one.year or not any(word in one.title for word in rule.words):
            continue
        seen = True
        local = not one.issuer.startswith(rule.central)
        if local and year - one.year >= years and not any(word in place.said for word in rule.unless):
            found.setdefault(one.named, place)
    if found:
        yield _ask_about_provisional(rule, list(found.values()), year)
    elif seen:
        yield Observation(rule, "暂行、试行文件", Outcome.CLEAR)


def _ask_about_provisional(rule: TimingRule, found: list[Cited], year: int) -> Observation:
    named = "、".join(place.citation.named for place in found)
    first = found[0].citation
    return Observation(
        rule,
        "暂行、试行文件",
        Outcome.RAISED,
        f"{named}到{year}年已{year - first.year}年，是否仍然有效？",
        f"{'、'.join(dict.fromkeys(place.quote.where for place in found))}以{named}为依据。{rule.note}"
        "须查制发机关的文件清理目录和延期、修订文件。",
        (),
        tuple(place.quote for place in found),
    )
