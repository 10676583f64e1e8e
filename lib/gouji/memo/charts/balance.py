"""The summary table as two bars on one scale: income above, expenditure below, their pieces numbered and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from gouji.auditing import Audit
from gouji.facts.fact import Fact
from gouji.layouts import load_layouts
from gouji.memo.charts.amounts import Ledger
from gouji.memo.charts.canvas import INK, PALE_INK, RULE, SUSPECT, WIDTH, Page, new_page
from gouji.memo.charts.lettering import SMALL, TEXT, money, shorten, text_width
from gouji.memo.fonts import chinese_font, chinese_style

_TOTALS = {"total", "grand_total"}
_TONES = {"income": ("#35506b", "#b9cbdc"), "expenditure": ("#7a6426", "#e6d5a8")}
_LISTED = 12
_LINE, _BAR, _APART, _LISTS_AT = 0.18, 0.42, 0.12, 1.78


@dataclass(frozen=True)
class Piece:
    """One piece of a side: its name, amount, and whether it is suspect."""

    name: str
    value: Decimal
    suspect: bool


def summary_balance(audit: Audit) -> Figure:
    """Draws table `summary`: income and expenditure stacked up to their grand totals, so that a difference shows."""
    ledger = Ledger(audit, "summary")
    title = ledger.title("收支平衡")
    if nothing := ledger.nothing(title):
        return nothing
    sides = {side: _pieces(ledger, side) for side in ("income", "expenditure")}
    if not any(sides.values()):
        return ledger.without_data(title)
    totals = {side: ledger.get("grand_total", side) for side in sides}
    for side in sides:
        _unlisted(ledger, side)
    lines = max(min(len(pieces), _LISTED) for pieces in sides.values())
    page = new_page(title, ledger.notes(), 0.75, _LISTS_AT + _LINE * lines - 0.3)
    with chinese_style():
        _draw(page, ledger, sides, totals, lines)
    return page.figure


def _pieces(ledger: Ledger, side: str) -> list[Piece]:
    """Returns the pieces that add up to one side's grand total, largest first. The smallest, beyond the list, are
    merged."""
    known = [row for row in load_layouts().tables["summary"].sides[side].rows if row not in _TOTALS]
    codes = ledger.table.codes if side == "expenditure" else ()
    pieces = []
    for row in (*codes, *known):
        fact = ledger.get(row, side)
        if fact is not None and (ledger.value(fact) or ledger.suspects(fact)):
            name = f"{fact.row_code} {fact.row_name}".strip() + ("（空）" if fact.blank else "")
            pieces.append(Piece(name, ledger.value(fact), ledger.suspects(fact)))
    pieces.sort(key=lambda piece: (-abs(piece.value), piece.name))
    if len(pieces) <= _LISTED:
        return pieces
    rest = pieces[_LISTED - 1 :]
    more = sum((piece.value for piece in rest), Decimal(0))
    return [*pieces[: _LISTED - 1], Piece(f"其余{len(rest)}项", more, any(piece.suspect for piece in rest))]


def _unlisted(ledger: Ledger, side: str) -> None:
    """Notes that 本年合计 is suspect: the bar has no piece for it."""
    fact = ledger.get("total", side)
    if fact is not None and ledger.suspects(fact):
        ledger.remarks.append((f"存疑：{fact.row_name}{'（空）' if fact.blank else ''}", SUSPECT))


def _draw(
    page: Page, ledger: Ledger, sides: dict[str, list[Piece]], totals: dict[str, Fact | None], lines: int
) -> None:
    """Draws both bars, the line at each printed grand total, and the numbered lists below."""
    axes, height = page.axes, _LISTS_AT + _LINE * lines - 0.3
    reach = {side: max(_sum(pieces), ledger.value(totals[side])) for side, pieces in sides.items()}
    texts = {side: _total_text(ledger, totals[side]) for side in sides}
    taken = max(text_width(text, SMALL) for text in texts.values()) + 0.15
    axes.set_xlim(0, float(max(reach.values())) * page.width / (page.width - taken) or 1.0)
    axes.set_ylim(height, 0)
    for number, (side, pieces) in enumerate(sides.items()):
        y = number * (_BAR + _APART) + 0.06
        _bar(page, pieces, _TONES[side], y)
        _total(page, ledger, totals[side], y)
        beside: dict[str, Any] = {"textcoords": "offset points", "va": "center_baseline", "size": SMALL}
        colour = SUSPECT if ledger.suspects(totals[side]) else INK
        axes.annotate(texts[side], (float(reach[side]), y + _BAR / 2), (5, 0), color=colour, **beside)
        name = "收入" if side == "income" else "支出"
        left: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "center"}
        axes.text(-0.1 / page.width, y + _BAR / 2, name, size=TEXT, color=INK, **left)
        _list(page, f"{name}（{ledger.unit}）", pieces, _TONES[side], number, _LISTS_AT)
    _axis(page, ledger.unit, 2 * (_BAR + _APART) + 0.06)


def _sum(pieces: Sequence[Piece]) -> Decimal:
    """Returns how far right the pieces reach."""
    return sum((piece.value for piece in pieces if piece.value > 0), Decimal(0))


def _bar(page: Page, pieces: Sequence[Piece], tones: tuple[str, str], y: float) -> None:
    """Draws the pieces of one side end to end, numbered where the number fits."""
    start = Decimal(0)
    scale = page.width / float(page.axes.get_xlim()[1])
    for number, piece in enumerate(pieces, 1):
        edge, width, level = (SUSPECT, 2.0, 4) if piece.suspect else ("white", 0.8, 3)
        tone = tones[(number - 1) % 2]
        box = (float(start), y), float(piece.value), _BAR
        page.axes.add_patch(Rectangle(*box, facecolor=tone, edgecolor=edge, linewidth=width, zorder=level))
        if abs(float(piece.value)) * scale > text_width(str(number), SMALL) + 0.06:
            middle = float(start + piece.value / 2)
            colour = "white" if number % 2 else INK
            inside: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 5}
            page.axes.text(middle, y + _BAR / 2, str(number), size=SMALL, color=colour, **inside)
        start += piece.value


def _total_text(ledger: Ledger, fact: Fact | None) -> str:
    if fact is None:
        return "总计未列"
    shown = money(ledger.value(fact)) if fact.figure.printed else "（空）"
    return f"总计 {shown}" + ("　存疑" if ledger.suspects(fact) else "")


def _total(page: Page, ledger: Ledger, fact: Fact | None, y: float) -> None:
    """Draws a line across the bar at its printed grand total."""
    if fact is not None and fact.figure.printed:
        colour = SUSPECT if ledger.suspects(fact) else INK
        end = float(ledger.value(fact))
        page.axes.plot([end, end], [y - 0.05, y + _BAR + 0.05], color=colour, linewidth=1.6, zorder=6)


def _list(page: Page, heading: str, pieces: Sequence[Piece], tones: tuple[str, str], column: int, top: float) -> None:
    """Draws the numbered pieces of one side with their amounts, in the left or right half below the bars."""
    half = (WIDTH - 0.45) / 2
    left = 0.15 - page.left + column * (half + 0.15)
    place: dict[str, Any] = {"transform": page.axes.get_yaxis_transform(), "va": "center", "size": SMALL}
    page.axes.text(left / page.width, top, heading, color=PALE_INK, **place)
    for number, piece in enumerate(pieces, 1):
        y = top + _LINE * number
        colour = SUSPECT if piece.suspect else INK
        box = (left / page.width, y - 0.055), 0.16 / page.width, 0.11
        page.axes.add_patch(
            Rectangle(
                *box,
                transform=page.axes.get_yaxis_transform(),
                facecolor=tones[(number - 1) % 2],
                edgecolor=colour,
                linewidth=1.4 if piece.suspect else 0.5,
                clip_on=False,
            )
        )
        amount = money(piece.value) + ("　存疑" if piece.suspect else "")
        name = shorten(f"{number}　{piece.name}", SMALL, half - 0.35 - text_width(amount, SMALL))
        page.axes.text((left + 0.23) / page.width, y, name, color=colour, **place)
        page.axes.text((left + half - 0.1) / page.width, y, amount, color=colour, ha="right", **place)


def _axis(page: Page, unit: str, y: float) -> None:
    """Draws the scale under the bars: the axes' bottom line, moved up."""
    axes = page.axes
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(RULE)
    axes.spines["bottom"].set_position(("data", y))
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.tick_params(axis="x", labelsize=SMALL, labelcolor=PALE_INK, color=RULE, labelfontfamily=chinese_font())
    axes.set_xlabel(f"金额（{unit}）", size=SMALL, color=PALE_INK, labelpad=2)
