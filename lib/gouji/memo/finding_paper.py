"""One finding as headings, paragraphs and tables, for Word and PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gouji.findings.wording import UNDECIDED
from gouji.memo.excerpt import ExcerptCell, SentenceExcerpt, TableExcerpt
from gouji.memo.finding_content import Alternative, Correction, FindingContent
from gouji.memo.paper import (
    Block,
    Heading,
    Mark,
    PaperCell,
    PaperRow,
    Paragraph,
    Span,
    Style,
    Table,
    cell,
    figure,
    paragraph,
    table,
    titles,
)
from gouji.memo.rows import CheckRow

#: Limits on the opposed sentences, candidates and vouchers that are printed; the memo gives the number of the others.
_MOST_OPPOSED, _MOST_CANDIDATES, _MOST_VOUCHERS = 4, 20, 6
#: A table pasted one row off contradicts itself in a hundred ways. The memo lists this many, the working papers all.
_MOST_CORRECTIONS, _MOST_CHECKS = 12, 20
#: Of more checks than that it lists so many: they are alike, and the first show how.
_FEW_CHECKS = 6
_PERCENT = ("%", "‰")
#: An amount of four digits or more; years and codes of rows are no amounts.
_LARGE = re.compile(r"(?<![\d.,“])\d{4,}(?:\.\d+)?(?![\d.,年“])")
#: The verdict on an identity with a side that is not filled in.
BLANK = "未填列"


def finding_blocks(one: FindingContent) -> Iterator[Block]:
    """Yields the blocks of a finding, from its heading to its basis."""
    yield Heading(2, f"{one.number}. 【{one.level}】{one.title}")
    yield paragraph(Style.LEAD, Span(f"编号 {one.id}　规则：{one.rule_title}", Mark.SOFT))
    if one.decided:
        yield paragraph(Style.BODY, Span("审计认定　", Mark.STRONG), one.decided)
    for line in f"{one.message}{one.remark}".split("\n"):
        yield paragraph(Style.BODY, line)
    for said in one.quotations:
        yield _quotation(said, Mark.SUSPECT if one.accuses else Mark.ASKED)
    for said in one.opposed[:_MOST_OPPOSED]:
        yield _quotation(said, Mark.OPPOSED)
    if len(one.opposed) > _MOST_OPPOSED:
        yield paragraph(Style.SMALL, f"另有{len(one.opposed) - _MOST_OPPOSED}处表述见工作底稿。")
    for printed in one.excerpts:
        yield paragraph(Style.CAPTION, f"{printed.caption}　节录")
        yield excerpt_table(printed)
    if one.checks:
        yield paragraph(Style.CAPTION, one.testimony)
        yield _identities(one)
        if one.together is None and len(one.checks) > _MOST_CHECKS:
            yield paragraph(Style.SMALL, f"另有{len(one.checks) - _FEW_CHECKS}项不成立的勾稽见工作底稿。")
    yield from _advice(one)
    yield from _evidence(one)
    yield from _basis(one)


def _basis(one: FindingContent) -> Iterator[Block]:
    """Yields the laws and forms that a finding rests on, and apart from them the audit practice."""
    if one.laws:
        yield paragraph(Style.SMALL, f"依据：{'；'.join(one.laws)}")
    if one.practice:
        yield paragraph(Style.SMALL, f"审计分析方法：{'；'.join(one.practice)}")


def check_table(rows: Sequence[CheckRow], verdicts: bool = True) -> Table:
    """Returns a table of checks with printed values and both sides computed. `verdicts` adds the column of verdicts."""
    names = ("勾稽关系", "代入公布数", "左边", "右边", "差额", *(["判定"] if verdicts else []))
    return table((titles(*names),), (_check(one, verdicts) for one in rows))


def excerpt_table(printed: TableExcerpt) -> Table:
    """Returns table rows as printed: the figures in question are marked, the figures they are compared with are
    shaded."""
    rows = [tuple(_printed_cell(one) for one in row) for row in printed.rows]
    width = max((sum(one.colspan for one in row) for row in rows), default=0)
    rows = [_filled(row, width) for row in rows]
    first = next((number for number, row in enumerate(printed.rows) if not all(one.header for one in row)), len(rows))
    return table(rows[:first], rows[first:])


def side(value: Decimal | None, row: CheckRow) -> str:
    """Returns a side of an identity as text: a rate with its sign and at least two decimals, （空） where the cell is
    not filled in, "" where there is no side."""
    if row.verdict == BLANK and not value:
        return "（空）"
    if value is None or row.unit not in _PERCENT:
        return "" if value is None else f"{value:,f}"
    return f"{value.normalize() + Decimal('0.00'):,f}{row.unit}"


def grouped(text: str) -> str:
    """Returns a text of an identity with the thousands of its amounts apart, as the columns of both sides have them,
    and no line break between `（= ` and the value behind it."""
    return _LARGE.sub(lambda found: f"{Decimal(found[0]):,f}", text).replace("（= ", "（=\u00a0")


def _quotation(said: SentenceExcerpt, mark: Mark) -> Paragraph:
    where = Span(f"{said.where}　", Mark.SOFT)
    return paragraph(Style.QUOTE, where, *(Span(text, mark if marked else Mark.PLAIN) for text, marked in said.pieces))


def _filled(row: PaperRow, width: int) -> PaperRow:
    """Fills a row up with empty cells to as many columns as the other rows have."""
    short = width - sum(one.colspan for one in row)
    return (*row, cell("", colspan=short)) if short else row


def _printed_cell(one: ExcerptCell) -> PaperCell:
    if one.header:
        return cell(Span(one.text, Mark.STRONG), align="center", colspan=one.colspan, shaded=True)
    mark = {"suspect": Mark.SUSPECT, "asked": Mark.ASKED}.get(one.mark, Mark.PLAIN)
    # An empty cell in question shows that it is empty: a mark needs something to stand on.
    said = Span(one.text or ("（空）" if mark is not Mark.PLAIN else ""), mark)
    return cell(said, align="left" if one.label else "right", colspan=one.colspan, shaded=one.mark == "touched")


def _identities(one: FindingContent) -> Table:
    """Returns the identities with both sides; for a contradiction, also their multipliers and their sum."""
    if one.together is None:
        return check_table(one.checks if len(one.checks) <= _MOST_CHECKS else one.checks[:_FEW_CHECKS])
    names = ("倍数", "勾稽关系", "代入公布数", "左边", "右边", "差额", "判定")
    rows: list[PaperRow] = [
        (figure(times), *_check(row)) for times, row in zip(one.together.multipliers, one.checks, strict=True)
    ]
    said = f"按倍数相加；取整合计最多允许 {grouped(one.together.allowed)}"
    closing = (
        cell("", shaded=True),
        cell(Span(said, Mark.STRONG), colspan=4, shaded=True),
        figure(grouped(one.together.gap), Mark.STRONG),
        cell(Span("矛盾", Mark.SUSPECT), align="center"),
    )
    return table((titles(*names),), (*rows, closing))


def _check(row: CheckRow, verdicts: bool = True) -> PaperRow:
    missing = [Span(f"未公布：{row.missing}", Mark.SOFT)] if row.missing else []
    wrong = row.kind == "conflict" or row.verdict == BLANK
    return (
        cell(row.title, Span(row.scope, Mark.SOFT)),
        cell(grouped(row.identity), *missing),
        figure(side(row.left, row)),
        figure(side(row.right, row)),
        figure(grouped(row.gap)),
        *([cell(Span(row.verdict, Mark.STRONG if wrong else Mark.PLAIN), align="center")] if verdicts else []),
    )


def _advice(one: FindingContent) -> Iterator[Block]:
    """Yields what to look at: a correction with its range, or the figures that cannot be told apart."""
    if len(one.corrections) > 1:
        yield from _listed_corrections(one)
    elif one.corrections:
        yield paragraph(Style.ADVICE, Span("建议核对更正：", Mark.STRONG), *_correction(one.corrections[0]))
    elif one.alternatives:
        yield paragraph(Style.ADVICE, Span("若有误的只是其中一个，则：", Mark.STRONG))
        shown, more = one.alternatives[:_MOST_CANDIDATES], len(one.alternatives) - _MOST_CANDIDATES
        names = ("可能有误的数字", "公布数", "应为", "可能取值", "疑似笔误", "按公布数成立的勾稽（项）")
        yield table((titles(*names),), (_alternative(each) for each in shown))
        if more > 0:
            yield paragraph(Style.SMALL, f"其余{more}个可能有误的数字见工作底稿“定位”表。")
    elif one.undecided and UNDECIDED not in one.message:
        yield paragraph(Style.ADVICE, Span(UNDECIDED, Mark.STRONG))


def _listed_corrections(one: FindingContent) -> Iterator[Block]:
    """Yields several corrections as a table, one a row."""
    yield paragraph(Style.ADVICE, Span(f"建议核对更正{len(one.corrections)}处：", Mark.STRONG))
    bounded = any(each.bounded for each in one.corrections)
    names = ("何处", "公布数", "应为", *(["可能取值"] if bounded else []))
    rows = (
        (
            cell(each.where),
            figure(each.printed, Mark.SUSPECT),
            figure(f"{each.to}{each.unit}", Mark.STRONG),
            *([cell(each.bounded)] if bounded else []),
        )
        for each in one.corrections[:_MOST_CORRECTIONS]
    )
    yield table((titles(*names),), rows)
    if len(one.corrections) > _MOST_CORRECTIONS:
        yield paragraph(Style.SMALL, f"等{len(one.corrections)}处，逐处见工作底稿。")


def _correction(each: Correction) -> Iterator[Span]:
    yield Span(f"{each.where}　")
    yield Span(each.printed, Mark.SUSPECT)
    yield Span(" → ")
    yield Span(f"{each.to}{each.unit}", Mark.STRONG)
    if each.bounded:
        yield Span(f"（可能取值 {each.bounded}）", Mark.SOFT)


def _alternative(each: Alternative) -> PaperRow:
    return (
        cell(each.where),
        figure(each.printed),
        figure(each.to, Mark.STRONG),
        cell(each.bounded),
        cell(each.slip),
        figure(str(each.vouchers)),
    )


def _evidence(one: FindingContent) -> Iterator[Block]:
    """Yields what supports the figure as printed, and what else would explain the conflicts."""
    if one.weighed and one.vouchers:
        said = f"公布数的相互印证：{len(one.vouchers)}项勾稽关系按公布数成立：{_vouchers(one.vouchers)}"
        yield paragraph(Style.SMALL, said)
    if one.less_likely:
        yield paragraph(Style.CAPTION, f"改动后也能使勾稽关系成立、但可能性较小的另{len(one.less_likely)}处")
        shown = one.less_likely[:_MOST_CANDIDATES]
        rows = ((cell(each.where), figure(each.printed), figure(each.to), cell(each.why)) for each in shown)
        yield table((titles("位置", "公布数", "应为", "可能性较小的原因"),), rows)


def _vouchers(rows: Iterable[CheckRow]) -> str:
    rows = list(rows)
    said = "；".join(f"{row.title}（{row.scope}）：{grouped(row.identity)}" for row in rows[:_MOST_VOUCHERS])
    return said + (f"；另有{len(rows) - _MOST_VOUCHERS}项。" if len(rows) > _MOST_VOUCHERS else "。")
