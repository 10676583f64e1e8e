"""Questions on an amount that sentences state, beside the table cells that bound it or that it repeats with a slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.narrative.spoken import said, spoken
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Status
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.shown import shown_amount
from gouji.intervals import Verdict
from gouji.review.disclosure.passages import narrative_text
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import Beside, ReasonablenessRule
from gouji.slips import SlipKind, slip_between

#: The slips that two prints of one amount are taken for: those that few values can come from.
_KINDS = frozenset((SlipKind.SHIFTED, SlipKind.TRANSPOSED, SlipKind.EXCHANGED))
#: So many digits tell a slip from another amount.
_TELLING = 2


def review_beside(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each of the rule's `besides` that a sentence states and a table prints."""
    for one in rule.besides:
        stated = [fact for fact in _statements_of(one, material) if not _is_contradicted(fact, material)]
        cells = _bounding_cells(one, material)
        if not stated or not cells:
            continue
        beyond = next((fact for fact in stated if _is_beyond(one, fact, cells)), None)
        if beyond is None:
            yield Observation(rule, one.name, Outcome.CLEAR)
            continue
        cell = cells[0] if one.relation != "slip" else next(each for each in cells if _slip(beyond, each))
        slip = f"（疑为{_slip(beyond, cell)}）" if one.relation == "slip" else ""
        yield Observation(
            rule,
            one.name,
            Outcome.RAISED,
            f"{one.name}{shown_amount(beyond)}，{one.asks.format(cell=shown_amount(cell))}",
            f"{beyond.where}称{one.name}{shown_amount(beyond)}，{cell.where}为{shown_amount(cell)}{slip}：{one.tells}{rule.looks}",
            (beyond.id, cell.id),
        )


def _statements_of(one: Beside, material: Material) -> list[Fact]:
    """Returns what sentences state about it beyond doubt, in a measure of the rule."""
    index = spoken(material.facts)
    measures = [Measure(name) for name in one.measures]
    found = [fact for measure in measures for key in one.keys for fact in index.topic_stated(key, measure)]
    if one.relation == "nothing":
        return [fact for fact in found if fact.amount == 0 and not said(fact).aside and not _is_excused(one, material)]
    return [fact for fact in found if fact.amount and not said(fact).aside]


def _is_excused(one: Beside, material: Material) -> bool:
    """True where no row has one of the names, or the text says why there is nothing."""
    facts = material.facts
    named = any(fact.concept.table == "general_budget" and fact.row_name in one.rows and fact.amount for fact in facts)
    text = material.once(narrative_text)
    return not named or any(word in text for word in one.unless)


def _is_contradicted(fact: Fact, material: Material) -> bool:
    """True for a figure that another finding is about."""
    return any(check.verdict is Verdict.CONFLICT for check in material.checks.on(fact))


def _bounding_cells(one: Beside, material: Material) -> list[Fact]:
    facts = material.facts
    found = []
    for path in one.to:
        concept = concept_from_path(path)
        table, cell = facts.tables[concept.table], facts.get(concept.table, concept.row, concept.column)
        if table.status is Status.FOUND and table.unit_stated and cell and cell.amount and not cell.repeated:
            found.append(cell)
    return found


def _is_beyond(one: Beside, fact: Fact, cells: Sequence[Fact]) -> bool:
    if one.relation == "slip":
        same = any(abs((fact.amount or 0) - (cell.amount or 0)) <= fact.radius + cell.radius for cell in cells)
        return not same and any(_slip(fact, cell) for cell in cells)
    if one.relation == "nothing":
        return True
    gap = (fact.amount or 0) - (cells[0].amount or 0)
    return (gap if one.relation == "most" else -gap) > fact.radius + cells[0].radius


def _slip(fact: Fact, cell: Fact) -> str:
    """Returns the slip of the pen by which one of two prints of an amount became the other; "" for none."""
    if sum(mark.isdigit() for mark in f"{cell.amount}".rstrip("0")) < _TELLING:
        return ""
    value, radius = cell.amount or 0, cell.radius
    slip = slip_between(fact.amount or 0, max(1, 2 * fact.radius), value - radius, value + radius, _KINDS)
    return slip.kind.value if slip else ""
