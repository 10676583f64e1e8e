"""Makes the finding on figures that print each other's amounts; it names both and their places."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.findings import wording
from gouji.findings.displacement import SLIP as OTHER_ROW
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding, Repair
from gouji.findings.identity import finding_id
from gouji.intervals import unscaled
from gouji.repair.cause import Suspect
from gouji.repair.swapped import Swapped

#: The names of the slips, besides that of a row in another place.
SLIP, OTHER_COLUMN = "两数对调", "错栏"


def swapped_finding(found: Swapped, checks: Checks) -> Finding:
    """Returns the finding on figures that print each other's amounts."""
    facts = found.figures
    title = _describe_slip(found, checks) if found.slipped else _describe_exchange(found, checks)
    return Finding(
        id=finding_id("", facts, checks),
        rule=found.conflicts[0].rule.id,
        severity="error",
        title=title,
        message=(
            f"按公布数，{len(checks.distinct(found.conflicts))}项勾稽关系不成立；"
            f"{'移到应在之处' if found.slipped else '两处互换'}后即全部成立，只改其中一处则不能。须按账上金额核对更正。"
        ),
        details=wording.violated(found.conflicts, checks),
        suspects=facts,
        candidates=tuple(Suspect(fact, found.values[fact.id]) for fact in facts),
        located=True,
        checks=found.conflicts,
        repairs=tuple(_repair(fact, found, checks) for fact in facts),
        slip=_slip(found),
        basis=tuple({basis.id: basis for check in found.conflicts for basis in check.rule.basis}.values()),
    )


def _slip(found: Swapped) -> str:
    if not found.slipped:
        return SLIP
    return OTHER_COLUMN if found.across else OTHER_ROW


def _repair(fact: Fact, found: Swapped, checks: Checks) -> Repair:
    return Repair(fact, wording.plain(unscaled(found.values[fact.id], fact.figure.unit), fact, checks))


def _describe_exchange(found: Swapped, checks: Checks) -> str:
    """Returns `第三部分 三“基本支出”与“项目支出”的占比两数对调：前者印作29.69%，后者印作70.31%`."""
    one, other = found.pairs[0]
    where, names, of = _place_and_names(one, other, found, checks)
    printed = ["、".join(shown_amount(fact) for fact in side) for side in zip(*found.pairs, strict=True)]
    return f"{where}“{names[0]}”与“{names[1]}”{of}两数对调：前者印作{printed[0]}，后者印作{printed[1]}"


def _place_and_names(one: Fact, other: Fact, found: Swapped, checks: Checks) -> tuple[str, tuple[str, str], str]:
    """Returns the place of two figures, the name of each there, and what of them is exchanged."""
    if found.in_sentence:
        columns = "、".join(pair[0].column_name for pair in found.pairs)
        if one.row_name == other.row_name:
            return f"{one.where}{one.row_name}", (one.column_name, other.column_name), ""
        if one.column_name == other.column_name:
            return one.where, (one.row_name, other.row_name), f"的{columns}"
        return one.where, (f"{one.row_name}{one.column_name}", f"{other.row_name}{other.column_name}"), ""
    table = table_name(one.concept.table, checks)
    headed, rows = (one.column_name, other.column_name), (_row(one), _row(other))
    if found.across and headed[0] != headed[1]:
        return f"{table}“{rows[0]}”行的", headed, ""
    if rows[0] == rows[1]:  # a table of one row, whose columns may be printed one below the other
        return table, headed, ""
    return f"{table}{one.column_name}栏", rows, "行"


def _describe_slip(found: Swapped, checks: Checks) -> str:
    """Returns `公开03表“2080106 就业管理事务”行的114.38万元错列在“经营支出”栏，应在“项目支出”栏`."""
    one, other = found.pairs[0]
    here, there = (other, one) if one.blank else (one, other)
    table = table_name(here.concept.table, checks)
    if found.across:
        row = f"“{_row(here)}”行的{shown_amount(here)}"
        return f"{table}{row}错列在“{here.column_name}”栏，应在“{there.column_name}”栏"
    return f"{table}{here.column_name}栏的{shown_amount(here)}错列在“{_row(here)}”行，应在“{_row(there)}”行"


def _row(fact: Fact) -> str:
    return f"{fact.row_code} {fact.row_name}".strip() or "合计"
