"""What sentences state, bound: against the tables, within themselves, and against each other."""

from __future__ import annotations

from gouji.checks.narrative import (
    changes,
    completions,
    counts,
    directions,
    lists,
    notes,
    ratios,
    remainders,
    sums,
    ties,
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
    "share": ratios.shares,
    "completion": completions.completions,
    "rate": ratios.rates,
    "zero_base": ratios.zero_bases,
    "per_head": ratios.per_heads,
    "change": changes.changes,
    "adjustment": changes.adjustments,
    "direction": directions.directions,
    "parts": sums.parts,
    "closing_total": sums.closing_totals,
    "family": sums.families,
    "limit": sums.limits,
    "balance": sums.balances,
    "shares_total": sums.shares_totals,
    "count_money": counts.counts_and_money,
    "target": counts.targets,
    "listed_accounts": lists.listed_accounts,
    "note_of_nothing": notes.notes_of_nothing,
}
