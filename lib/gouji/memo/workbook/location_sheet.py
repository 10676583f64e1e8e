"""Writes 定位: a row per figure in question with its implied value, its range, and the cost of assuming that it is
wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from gouji.findings.bounds import is_rough
from gouji.findings.evidence import Candidate, candidates_of, less_likely_of
from gouji.findings.finding import Finding
from gouji.memo.workbook.amounts import mark_rough, put_amount, signed
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.contradictions import write_contradictions
from gouji.memo.workbook.plan import FINDINGS, LIST_FIRST, LIST_HEADER, LOCATIONS, Address
from gouji.memo.workbook.styles import (
    SEVERITY_FILLS,
    TOP,
    TOP_CENTER,
    TOP_RIGHT,
    at,
    box,
    end_list,
    height,
    put_link,
    put_list_head,
    put_number,
    put_text,
)
from gouji.runtime.width import text_width

_AMOUNT_WIDTH = 12.0
_PLACE_WIDTH, _PLACE_AT_MOST = 30.0, 64.0
_AMOUNTS = ("公布数", "推算应为", "可能取值下限", "可能取值上限")
_COLUMNS = (
    ("发现编号", 12.0),
    ("结论", 9.0),
    ("位置", _PLACE_WIDTH),
    ("公布数", _AMOUNT_WIDTH),
    ("推算应为", _AMOUNT_WIDTH),
    ("可能取值下限", _AMOUNT_WIDTH),
    ("可能取值上限", _AMOUNT_WIDTH),
    ("改动代价", 7.0),
    ("估计的理由", 46.0),
    ("疑似笔误", 18.0),
    ("不成立项", 7.0),
    ("印证项", 7.0),
)
_NAMES = [name for name, _ in _COLUMNS]
_SENTENCE = (
    "每个存疑的数字一行。“定位”为改动此处一个数即可使有关勾稽关系全部成立；“并列”为仅凭勾稽关系不能判断是其中哪一个；“同时更正”为须一并"
    "改动；“较不可能”为改动此处也能成立，但代价大得多。改动代价是程序的估计，不是查明的事实：由假定的分数和增减分相加，是包含此处的整个改法的（可能"
    "同时改动几处），越大越不像有误。可能取值为其余数字不动时仍能使有关勾稽关系全部成立的数，空为不受限制。“不成立项”为按公布数不成立的"
    "勾稽关系数，“印证项”为按公布数成立的等式数。"
)


def write_locations(book: Book) -> None:
    """Writes the sheet 定位."""
    sheet = book.add(LOCATIONS)
    rows = [row for finding in book.audit.findings.findings for row in _rows(book, finding)]
    columns = _columns([candidate for *_, candidate in rows])
    put_list_head(sheet, "定位", _SENTENCE, columns)
    for number, (finding, verdict, candidate) in enumerate(rows, start=LIST_FIRST):
        _write(book, number, finding, verdict, candidate, dict(columns))
    if not rows:
        put_text(at(sheet, LIST_FIRST, 3), "没有可以定位的发现。")
    last = max(LIST_FIRST, LIST_HEADER + len(rows))
    end = write_contradictions(book, sheet, last, dict(columns))
    end_list(sheet, len(_COLUMNS), last, book.audit.facts.department, printed=end)


def assumed(candidate: Candidate) -> str:
    """Returns the reasons of an estimate, which begin with what is assumed of such figures; of a blank nothing is."""
    return candidate.reasons if candidate.fact.blank or not candidate.reasons else f"假定{candidate.reasons}"


def _rows(book: Book, finding: Finding) -> Iterator[tuple[Finding, str, Candidate]]:
    """Yields a finding's candidates, then the less likely ones, each with the conclusion on it."""
    for candidate in candidates_of(finding, book.audit.checks):
        first = candidate.fact.blank or candidate.fact.place == finding.suspects[0].place
        yield finding, "并列" if not finding.located else "定位" if first else "同时更正", candidate
    for candidate in less_likely_of(finding, book.audit.checks):
        yield finding, "较不可能", candidate


def _columns(candidates: Sequence[Candidate]) -> list[tuple[str, float]]:
    """Returns the columns. Those of amounts fit the longest amount with its unit. The one of places fits its links,
    which some programs do not wrap."""
    longest = max((text_width(text) for one in candidates for text in _amounts(one)), default=0)
    amounts = max(_AMOUNT_WIDTH, longest + 6.0)
    place = max((text_width(one.fact.named) + 2.0 for one in candidates), default=0.0)
    widths = {**dict.fromkeys(_AMOUNTS, amounts), "位置": min(_PLACE_AT_MOST, max(_PLACE_WIDTH, place))}
    return [(name, widths.get(name, width)) for name, width in _COLUMNS]


def _amounts(candidate: Candidate) -> list[str]:
    values = (candidate.value, candidate.low, candidate.high)
    return [candidate.printed, *(f"{one:,}" for one in values if one is not None)]


def _write(
    book: Book, row: int, finding: Finding, verdict: str, candidate: Candidate, widths: dict[str, float]
) -> None:
    sheet: Worksheet = book.workbook[LOCATIONS]
    cells = {name: at(sheet, row, column) for column, name in enumerate(_NAMES, start=1)}
    fact = candidate.fact
    put_link(cells["发现编号"], Address(FINDINGS, book.plan.finding_rows[finding.id], 1), finding.id, TOP)
    put_text(cells["结论"], verdict, alignment=TOP_CENTER)
    if verdict != "较不可能":
        cells["结论"].fill = SEVERITY_FILLS[finding.severity]
    if fact.id in book.plan.facts:
        put_link(cells["位置"], book.plan.facts[fact.id], fact.named, TOP)
    else:
        put_text(cells["位置"], fact.named, alignment=TOP)
    if fact.figure.value is None:
        put_text(cells["公布数"], candidate.printed, alignment=TOP_RIGHT)
    else:
        put_amount(cells["公布数"], signed(fact), fact, max(0, fact.figure.decimals))
    _put_values(cells, candidate)
    if candidate.weight is not None:
        put_number(cells["改动代价"], candidate.weight, "0")
        cells["改动代价"].alignment = TOP_RIGHT
    texts = {"位置": fact.named, "估计的理由": assumed(candidate), "疑似笔误": candidate.slip}
    for name in ("估计的理由", "疑似笔误"):
        put_text(cells[name], texts[name], alignment=TOP)
    for name, checks in (("不成立项", candidate.testimony), ("印证项", candidate.vouchers)):
        put_number(cells[name], len(checks), "0")
        cells[name].alignment = TOP_RIGHT
    box(cells.values())
    sheet.row_dimensions[row].height = height((text, widths[name]) for name, text in texts.items())


def _put_values(cells: dict[str, Cell], candidate: Candidate) -> None:
    """Writes the implied value and the range of the figure; words where no number gives it."""
    fact = candidate.fact
    values: tuple[tuple[str, Decimal | None], ...] = (
        ("推算应为", candidate.value),
        ("可能取值下限", candidate.low),
        ("可能取值上限", candidate.high),
    )
    for name, value in values:
        if value is not None:
            put_amount(cells[name], value, fact)
    if candidate.value is not None and is_rough(candidate.suspect):
        mark_rough(cells["推算应为"])
    if candidate.value is None:
        put_text(cells["推算应为"], candidate.to or "未定", alignment=TOP_RIGHT)
