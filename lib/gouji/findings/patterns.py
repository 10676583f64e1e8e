"""Finds slips that put several figures wrong at once, so that each becomes one finding, not an error of each figure."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.checks.check import Checks
from gouji.findings.displacement import displaced_finding
from gouji.findings.finding import Finding
from gouji.findings.lacking import lacking_finding
from gouji.findings.magnitude import magnified_finding
from gouji.findings.miscoded import miscoded_finding
from gouji.findings.misnamed import misnamed_finding
from gouji.findings.outdated import outdated_finding
from gouji.findings.shift import shifted_finding
from gouji.findings.swapped import swapped_finding
from gouji.repair.displaced import Displaced, displaced_rows
from gouji.repair.exchanged import exchanged_rows
from gouji.repair.lacking import Lacking, lacking_rows
from gouji.repair.magnified import Magnified, magnified_tables
from gouji.repair.miscoded import Miscoded, miscoded_rows
from gouji.repair.misnamed import Misnamed, misnamed_clauses
from gouji.repair.outdated import Outdated, outdated_figures
from gouji.repair.rotated import rotated_rows
from gouji.repair.shifted import Shifted, shifted_tables
from gouji.repair.swapped import Swapped, swapped_figures
from gouji.runtime.immutable import immutable


@immutable()
class Patterns:
    """The slips of a document that put several figures wrong.

    `displaced`: rows with other rows' amounts. `magnified`: tables in a wrong unit. `miscoded`: rows with a wrong code.
    `lacking`: rows that a table lacks. `swapped`: figures that print each other's amounts.
    `shifted`: tables in which a figure and all its totals are off by one difference. `outdated`: passages and tables
    with figures of another year or version. `misnamed`: clauses with the amounts of another thing.
    """

    displaced: tuple[Displaced, ...]
    magnified: tuple[Magnified, ...]
    miscoded: tuple[Miscoded, ...]
    lacking: tuple[Lacking, ...]
    swapped: tuple[Swapped, ...]
    shifted: tuple[Shifted, ...]
    outdated: tuple[Outdated, ...]
    misnamed: tuple[Misnamed, ...]

    @classmethod
    def of(cls, checks: Checks) -> Patterns:
        """Finds the slips. Conflicts that one kind explains are left out of the search for the next."""
        magnified = tuple(magnified_tables(checks))
        other_unit = {table for one in magnified for table in one.tables}
        displaced = _best_by_table((*displaced_rows(checks), *rotated_rows(checks)))
        displaced = tuple(one for one in displaced if other_unit.isdisjoint((one.table, one.beside)))
        exchanged = exchanged_rows(checks, {one.table for one in displaced})
        displaced += tuple(one for one in exchanged if other_unit.isdisjoint((one.table, one.beside)))
        known = {check.id for one in displaced for check in one.conflicts}
        known |= {check.id for one in magnified for check in one.conflicts}
        miscoded = tuple(one for one in miscoded_rows(checks) if known.isdisjoint(check.id for check in one.conflicts))
        known |= {check.id for one in miscoded for check in one.conflicts}
        lacking = tuple(lacking_rows(checks, known))
        known |= {check.id for one in lacking for check in one.conflicts}
        swapped = tuple(swapped_figures(checks, known))
        known |= {check.id for one in swapped for check in one.conflicts}
        shifted = tuple(shifted_tables(checks, known))
        known |= {check.id for one in shifted for check in one.conflicts}
        outdated = tuple(outdated_figures(checks, known))
        known |= {check.id for one in outdated for check in one.conflicts}
        misnamed = tuple(misnamed_clauses(checks, known))
        return cls(displaced, magnified, miscoded, lacking, swapped, shifted, outdated, misnamed)

    @property
    def suspected(self) -> set[int]:
        """Returns the figures (fact ids) that may have another value than is printed."""
        return {
            *(fact.id for one in self.displaced for fact in one.figures),
            *(number for one in self.magnified for number in one.values),
            *(fact.id for one in self.swapped for fact in one.figures),
            *(number for one in self.shifted for number in one.values),
            *(fact.id for one in self.outdated for fact in one.facts),
            *(fact.id for one in self.misnamed for fact in one.facts),
        }

    def findings(self, checks: Checks) -> list[Finding]:
        """Returns one finding for each of them."""
        return [
            *(displaced_finding(one, checks) for one in self.displaced),
            *(magnified_finding(one, checks) for one in self.magnified),
            *(lacking_finding(one, checks) for one in self.lacking),
            *(swapped_finding(one, checks) for one in self.swapped),
            *(shifted_finding(one, checks) for one in self.shifted),
            *(outdated_finding(one, checks) for one in self.outdated),
            *(misnamed_finding(one, checks) for one in self.misnamed),
            *(miscoded_finding(one, checks) for one in self.miscoded),
        ]


def _best_by_table(found: Iterable[Displaced]) -> tuple[Displaced, ...]:
    """Returns, of several ways in which the rows of a table may be displaced, the first that explains most."""
    best: dict[str, Displaced] = {}
    for one in found:
        held = best.get(one.table)
        if held is None or len(one.conflicts) > len(held.conflicts):
            best[one.table] = one
    return tuple(best.values())
