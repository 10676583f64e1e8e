"""Checks 主要包括A、B、C: the accounts that a sentence lists, against the lines of its table."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import doubt
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts, Listing, RecognisedTable, Status

#: An account left out of 主要包括 is a doubt from this part of the total on: one in ten.
_ONE_IN = 10
#: Digits of an economic 款.
_ACCOUNT = 5


def listed_accounts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each list of economic accounts: accounts that are zero in the table are one doubt, a large one left out is
    another."""
    table = facts.tables["basic_expenditure"]
    if table.status not in (Status.FOUND, Status.EMPTY):
        return
    for listing in facts.listings:
        nothing: list[Fact] = []
        for name, codes in zip(listing.names, listing.codes, strict=True):
            cells = [cell for code in codes if (cell := facts.get(table.key, code, "amount"))]
            if cells and all(cell.amount is not None for cell in cells):
                if any(cell.amount for cell in cells):
                    yield doubt(rule, facts.facts[name].where, (facts.facts[name], *cells), False)
                else:
                    nothing += (facts.facts[name], *cells)
        if nothing:
            yield doubt(rule, nothing[0].where, nothing, True)
        amount = facts.facts[listing.fact]
        yield from (doubt(rule, amount.where, (amount, cell), True) for cell in _left_out(listing, table, facts))


def _left_out(listing: Listing, table: RecognisedTable, facts: Facts) -> Iterator[Fact]:
    """Yields accounts with a large part of the total that the list leaves out; none where it names few and ends in
    等."""
    if not listing.resolved:
        return
    total = facts.get(table.key, listing.total, "amount")
    named = {code for codes in listing.codes for code in codes}
    of_list = [code for code in table.codes if len(code) == _ACCOUNT and code.startswith(listing.classes)]
    cells = {code: cell for code in of_list if (cell := facts.get(table.key, code, "amount")) and cell.amount}
    if listing.goes_on and 2 * len(named & set(cells)) <= len(cells):
        return
    for code, cell in cells.items():
        if total and code not in named and (cell.amount or 0) * _ONE_IN >= (total.amount or 0) > 0:
            yield cell
