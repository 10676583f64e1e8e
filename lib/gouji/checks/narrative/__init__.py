"""What sentences state, bound: against the tables, within themselves, and against each other."""

from __future__ import annotations

from gouji.checks.derived import binders
from gouji.checks.narrative import (
    changes,
    completions,
    counts,
    directions,
    items,
    lists,
    notes,
    parts,
    per_head,
    rates,
    remainders,
    shares,
    ties,
    totals,
)

#: Rule kind → binder; each takes the rule and the facts and yields checks without ids.
BINDERS = {
    "statement": ties.statements,
    "statement_detail": ties.statement_details,
    "repeated": ties.repeated,
    "repeated_relation": ties.repeated_relations,
    "repeated_phrase": ties.repeated_phrases,
    "slip": ties.slips,
    "remainder": remainders.remainders,
    "share": shares.shares,
    "completion": completions.completions,
    "rate": rates.rates,
    "zero_base": rates.zero_bases,
    "per_head": per_head.per_heads,
    "change": changes.changes,
    "adjustment": changes.adjustments,
    "direction": directions.directions,
    "parts": parts.parts,
    "closing_total": totals.closing_totals,
    "family": totals.families,
    "limit": totals.limits,
    "items": items.items,
    "balance": totals.balances,
    "prior_limit": totals.prior_limits,
    "prior_sign": changes.last_years,
    "shares_total": totals.shares_totals,
    "count_money": counts.counts_and_money,
    "target": counts.targets,
    "listed_accounts": lists.listed_accounts,
    "note_of_nothing": notes.notes_of_nothing,
    "derived_rate": binders.derived_rates,
    "derived_per_unit": binders.derived_per_units,
    "derived_total": binders.derived_totals,
    "derived_remainder": binders.derived_remainders,
    "derived_row": binders.derived_rows,
    "derived_repeat": binders.derived_repeats,
}
