"""The boxes of a graph of identities: lines of text with their sizes, measured in inches before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.findings.evidence import Candidate
from gouji.memo.charts.canvas import INK, PALE_INK, SUSPECT
from gouji.memo.charts.graph_model import GraphFigure, Kind, Line
from gouji.memo.charts.lettering import SMALL, TEXT, shorten, text_width, wrap, wrap_place

PAD = 0.06
#: Height of a line, as a multiple of its text size.
_LEADING = 1.5
_VALUE = 9.0
#: Space left free at the right end of a line: widths are computed, not measured.
_SPARE = 0.08
#: Amber, for figures of which one may be wrong.
OPEN = "#8a5a00"
COLOURS = {Kind.CONFLICT: SUSPECT, Kind.ROUNDING: "#7a5c00", Kind.HOLDING: "#2b6b3a"}


@dataclass(frozen=True, slots=True)
class Text:
    """A line: its text, and the text at its right end."""

    text: str
    size: float
    colour: str
    end: str = ""
    end_size: float = SMALL
    end_colour: str = INK

    @property
    def height(self) -> float:
        """Returns the height in inches."""
        return max(self.size, self.end_size if self.end else 0.0) * _LEADING / 72


@dataclass(frozen=True, slots=True)
class Box:
    """Lines under each other."""

    lines: tuple[Text, ...]

    @property
    def height(self) -> float:
        """Returns the height in inches."""
        return sum(line.height for line in self.lines) + 2 * PAD


def questioned_box(figure: GraphFigure, width: float, small: bool, located: bool) -> Box:
    """Returns the box of a figure in question: place, printed and implied text, range, slip, evidence. `small` uses few
    lines."""
    inside = width - 2 * PAD - _SPARE
    colour = SUSPECT if located else OPEN
    candidate = figure.candidate
    lines = [Text(line, TEXT, INK) for line in wrap_place(figure.where, TEXT, inside, 2 if small else 4)]
    change = figure.printed + (f" → {candidate.to}" if candidate and candidate.to else "")
    if small:
        evidence = f"印证{figure.vouchers}" if figure.vouchers else ""
        room = inside - (text_width(evidence, SMALL) + 0.08 if evidence else 0.0)
        value = shorten(change, _VALUE, room)
        return Box((*lines, Text(value, _VALUE, colour, evidence, SMALL, COLOURS[Kind.HOLDING])))
    lines += [Text(line, _VALUE, colour) for line in wrap(change, _VALUE, inside, 2)]
    said = _remarks_below(candidate) if candidate else []
    return Box((*lines, *(Text(line, SMALL, PALE_INK) for one in said for line in wrap(one, SMALL, inside, 2))))


def _remarks_below(candidate: Candidate) -> list[str]:
    """Returns the remarks below the value of a figure."""
    said = [f"可能取值 {candidate.bounded}"] if candidate.bounded else []
    said += [f"疑似笔误：{candidate.slip}"] if candidate.slip else []
    return [*said, f"不成立{len(candidate.testimony)}项　印证{len(candidate.vouchers)}项"]


def line_box(line: Line, width: float) -> Box:
    """Returns the box of a row: its rule, its identity, its outcome."""
    inside = width - 2 * PAD - _SPARE
    return Box(
        (
            *(Text(one, SMALL, PALE_INK) for one in wrap(line.title, SMALL, inside, 2)),
            *(Text(one, TEXT, INK) for one in wrap(line.identity, TEXT, inside, 3)),
            Text(shorten(line.verdict, SMALL, inside), SMALL, COLOURS[line.kind]),
        )
    )


def other_box(figure: GraphFigure, width: float) -> Box:
    """Returns the box of another figure: its place, its printed text at the right, and the number of undrawn checks
    that hold with it."""
    inside = width - 2 * PAD - _SPARE
    value = shorten(figure.printed, TEXT, inside * 0.5)
    room = inside - text_width(value, TEXT) - 0.08
    first, *rest = wrap_place(figure.where, SMALL, room, 3)
    evidence = f"印证{figure.vouchers}" if figure.vouchers else ""
    lines = [Text(first, SMALL, INK, value, TEXT, INK)]
    if not rest and evidence:
        rest = [""]
    for at, one in enumerate(rest):
        lines.append(Text(one, SMALL, INK, "" if at else evidence, SMALL, COLOURS[Kind.HOLDING]))
    return Box(tuple(lines))
