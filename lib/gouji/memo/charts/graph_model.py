"""Selects what a drawing of a finding's identities shows: the figures in question, the rows around them, the other
figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gouji.auditing import Audit
from gouji.checks.check import Check, Checks
from gouji.checks.gap import gap
from gouji.facts.fact import Fact, Part
from gouji.facts.shown import shown_text
from gouji.findings.evidence import Candidate, adds_up, candidates_of, stands_in_identities, vouchers_of
from gouji.findings.finding import Finding
from gouji.intervals import Verdict, unscaled
from gouji.memo.rows import identity_in_print

#: Limits on rows, figures in question, and figures in all.
MOST_ROWS, MOST_CANDIDATES, MOST_FIGURES = 12, 12, 30
#: A sum of more figures than this is drawn without its zeros.
_WIDE = 8


class Kind(StrEnum):
    """The part a row plays: it speaks against the figure, for its correction, or for the figure as printed."""

    CONFLICT = "conflict"
    ROUNDING = "rounding"
    HOLDING = "holding"


@dataclass(frozen=True, slots=True)
class GraphFigure:
    """A printed figure: its place, its text, the candidate for its correction (if in question), and the number of
    undrawn checks that hold with it."""

    where: str
    printed: str
    vouchers: int
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its rule, its identity with printed values, its outcome, and the figures it joins (by position)."""

    title: str
    identity: str
    verdict: str
    kind: Kind
    questioned: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """`questioned` figures, `lines`, `others`; `remarks` give the sum of a contradiction and what is left out."""

    questioned: tuple[GraphFigure, ...]
    lines: tuple[Line, ...]
    others: tuple[GraphFigure, ...]
    remarks: tuple[str, ...]


#: One printed figure: it may state two quantities (收、支总计), as two facts.
_Key = tuple[int, int, int, int]


def graph_of(audit: Audit, finding: Finding) -> Graph:
    """Returns the graph of a finding; without lines where its figures stand in no identity."""
    checks = audit.checks
    rows = _rows(finding, checks)
    drawn = _most_telling(rows)
    checked = [check for check, _ in drawn]
    groups = _groups(checked, finding, checks)
    asked = _questioned(finding, groups, checked)
    left = asked[:MOST_CANDIDATES]
    others, zeros = _other_figures(groups, {*asked}, checked)
    kept = {*others[: MOST_FIGURES - len(left)]}
    right = [key for key in groups if key in kept]
    left_out = _left_out(len(rows) - len(drawn), len(asked) - len(left), len(others) - len(right), zeros)
    figures = _Figures(finding, checks, frozenset(check.id for check in checked))
    return Graph(
        tuple(figures.of(groups[key]) for key in left),
        tuple(_line(check, kind, finding, checks, left, right) for check, kind in drawn),
        tuple(figures.of(groups[key]) for key in right),
        (*_combined(finding, checks), *left_out),
    )


def _rows(finding: Finding, checks: Checks) -> list[tuple[Check, Kind]]:
    """Returns the rows around a finding: those against it, those that a correction makes exact, those that hold."""
    if not stands_in_identities(finding):
        return []
    if finding.joint is not None:
        return [(check, _own_kind(check)) for check in finding.checks]
    rows = [(check, Kind.CONFLICT) for check in finding.checks if check.terms]
    rows += [(check, Kind.ROUNDING) for check in finding.support]
    rows += [(check, Kind.HOLDING) for check in finding.vouchers]
    if finding.located:
        seen = {check.id for check, _ in rows}
        more = (check for fact in finding.suspects for check in checks.on(fact))
        held = {check.id: check for check in more if check.made and check.terms and check.id not in seen}
        rows += [(check, _own_kind(check)) for check in held.values() if check.verdict is not Verdict.CONFLICT]
    return rows


def _most_telling(rows: list[tuple[Check, Kind]]) -> list[tuple[Check, Kind]]:
    """Returns as many rows as are drawn: conflicts first, the largest of them first."""
    if len(rows) <= MOST_ROWS:
        return rows
    order = list(Kind)
    ranked = sorted(rows, key=lambda row: (order.index(row[1]), -abs(row[0].residual)))[:MOST_ROWS]
    return [row for row in rows if row in ranked]


def _own_kind(check: Check) -> Kind:
    return Kind.ROUNDING if check.verdict is Verdict.ROUNDING else Kind.HOLDING


def _key(fact: Fact) -> _Key:
    """Returns the key of a printed figure, which may state two quantities (收、支总计)."""
    at = fact.place
    return (at.line, at.start, at.end, -1) if fact.part is Part.NARRATIVE else (0, 0, 0, fact.id)


def _groups(rows: Sequence[Check], finding: Finding, checks: Checks) -> dict[_Key, tuple[Fact, ...]]:
    """Groups the figures of the rows and the suspects by print, in the order in which the rows name them."""
    suspects = () if finding.joint else finding.suspects
    numbers = [*(fact.id for fact in suspects), *(fact for row in rows for fact in _members(row))]
    groups: dict[_Key, dict[int, Fact]] = {}
    for number in numbers:
        fact = checks.facts.facts[number]
        groups.setdefault(_key(fact), {})[number] = fact
    return {key: tuple(facts.values()) for key, facts in groups.items()}


def _members(check: Check) -> list[int]:
    return list(dict.fromkeys([*(number for _, number in check.terms), *check.claims]))


def _questioned(finding: Finding, groups: dict[_Key, tuple[Fact, ...]], rows: Sequence[Check]) -> list[_Key]:
    """Returns the suspects. Where rows only contradict each other, returns the figures they share."""
    if finding.joint is None:
        return list(dict.fromkeys(_key(fact) for fact in finding.suspects))
    inside = Counter(key for row in rows for key in groups if {fact.id for fact in groups[key]} & {*_members(row)})
    return [key for key in groups if inside[key] > 1]


def _other_figures(
    groups: dict[_Key, tuple[Fact, ...]], asked: set[_Key], rows: Sequence[Check]
) -> tuple[list[_Key], int]:
    """Returns the other figures, those of most rows and the largest first, and the number of zeros left out of long
    sums."""
    wide = {number for row in rows if len(row.terms) > _WIDE for number in _members(row)}
    narrow = {number for row in rows if len(row.terms) <= _WIDE for number in _members(row)}
    idle = wide - narrow
    found, zeros = [], 0
    for key, facts in groups.items():
        if key in asked or all(fact.blank for fact in facts):
            continue
        if not facts[0].amount and all(fact.id in idle for fact in facts):
            zeros += 1
            continue
        times = sum(bool({fact.id for fact in facts} & {*_members(row)}) for row in rows)
        found.append((-times, -abs(facts[0].amount or 0), key))
    return [key for *_, key in sorted(found)], zeros


def _line(
    check: Check, kind: Kind, finding: Finding, checks: Checks, left: Sequence[_Key], right: Sequence[_Key]
) -> Line:
    keys = {_key(checks.facts.facts[number]) for number in _members(check)}
    return Line(
        check.rule.title,
        identity_in_print(check, checks),
        _verdict(check, kind, finding, checks),
        kind,
        tuple(at for at, key in enumerate(left) if key in keys),
        tuple(at for at, key in enumerate(right) if key in keys),
    )


def _verdict(check: Check, kind: Kind, finding: Finding, checks: Checks) -> str:
    apart = gap(check, checks)
    if finding.joint is not None and adds_up(finding):
        weight = finding.joint.multipliers[finding.checks.index(check)]
        return f"倍数 {weight}".replace("-", "−") + (f"　尾差 {apart}" if apart else "　分毫不差")
    if kind is Kind.CONFLICT:
        return f"{'未填列' if check.blank else '不符'}　差 {apart}"
    if check in finding.support:
        return f"尾差 {apart}，更正后分毫不差"
    return f"尾差 {apart}" if kind is Kind.ROUNDING else "成立"


class _Figures:
    """Makes the figures of the drawing; `drawn` are the ids of its rows."""

    def __init__(self, finding: Finding, checks: Checks, drawn: frozenset[int]) -> None:
        self._finding, self._checks, self._drawn = finding, checks, drawn
        self._candidates = {one.fact.id: one for one in candidates_of(finding, checks)}

    def of(self, facts: tuple[Fact, ...]) -> GraphFigure:
        """Returns the drawing's figure for the facts of one print."""
        vouching = {check.id for fact in facts for check in vouchers_of(fact, self._finding, self._checks)}
        candidate = next((self._candidates[fact.id] for fact in facts if fact.id in self._candidates), None)
        return GraphFigure(facts[0].named, shown_text(facts[0]), len(vouching - self._drawn), candidate)


def _combined(finding: Finding, checks: Checks) -> tuple[str, ...]:
    """Returns what the rows of a contradiction add up to."""
    joint = finding.joint
    if joint is None:
        return ()
    if not adds_up(finding):
        return ("各项单独成立，但没有一组真实数能使它们同时成立。",)
    unit = checks.unit(finding.checks[0])
    gap, allowed = (f"{unscaled(abs(one), unit).normalize():f}{unit}" for one in (joint.residual, joint.allowed))
    return (f"各项按所示倍数相加，两边相差{gap}，而所涉印数取整合计最多允许{allowed}，不能同时成立。",)


def _left_out(rows: int, candidates: int, others: int, zeros: int) -> tuple[str, ...]:
    counted = [
        f"{rows}项勾稽" if rows else "",
        f"{candidates}个可能有误的数" if candidates else "",
        f"{others}个其他数字" if others else "",
        f"{zeros}个为0的数" if zeros else "",
    ]
    parts = "、".join(filter(None, counted))
    return (f"未画出：{parts}。",) if parts else ()
