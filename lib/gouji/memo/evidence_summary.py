"""Summarises a finding for its sheet of evidence: what is printed where, what it should be by which identity, and the
difference. It does not judge causes or persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from gouji.findings.wording import UNDECIDED
from gouji.memo.content import MemoContent
from gouji.memo.excerpt import trimmed
from gouji.memo.finding_content import FindingContent
from gouji.memo.finding_paper import BLANK, grouped, side
from gouji.memo.paper import PADDING, Mark, Span, text_width
from gouji.memo.rows import CheckRow

#: Letter sizes, and numbers of identities, to try until the summary fits.
SIZES, _MOST_CHECKS = (10.5, 9.0, 8.0), (8, 6, 4, 3, 2, 1)
#: Height of a line as a multiple of the letter size. It is generous: Word and WPS set Chinese fonts differently.
_LEADING = 1.35
_MOST_QUOTES, _MOST_FIGURES = 3, 6
#: Number of characters kept on either side of the figure in a quoted sentence.
_AROUND = 60

Paragraph = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The paragraphs of the summary, and the letter size in which they fit the form."""

    paragraphs: tuple[Paragraph, ...]
    size: float


def summary_of(memo: MemoContent, one: FindingContent, width: float, height: float) -> Summary:
    """Returns the facts of a finding, with as many identities as fit into `width` × `height` points at a readable
    letter size."""
    summary = Summary((), SIZES[-1])
    for most in _MOST_CHECKS:
        paragraphs = (*_published(memo, one), *_identities(one, most), *_implied(one), *_basis(one))
        for size in SIZES:
            summary = Summary(paragraphs, size)
            if _height(summary, width - 2 * PADDING) <= height:
                return summary
    return summary


def _height(summary: Summary, width: float) -> float:
    lines = 0
    for spans in summary.paragraphs:
        lines += max(1, ceil(text_width("".join(span.text for span in spans), summary.size) * 1.03 / width))
    return lines * summary.size * _LEADING


def _published(memo: MemoContent, one: FindingContent) -> Iterator[Paragraph]:
    """Yields what is printed where: the sentences with their figures, and the cells."""
    yield (Span("一、公布情况。", Mark.STRONG), Span(f"{memo.department}公开的{memo.year}部门决算中："))
    quoted = {said.where for said in one.quotations}
    for said in one.quotations[:_MOST_QUOTES]:
        cut = trimmed(said, _AROUND)
        yield Span(f"{cut.where}载：“{cut.before}"), Span(cut.figure, Mark.SUSPECT), Span(f"{cut.after}”。")
    cells = [(where, printed) for where, printed in one.suspects if not where.startswith(tuple(quoted))]
    if cells:
        spans: list[Span] = []
        for number, (where, printed) in enumerate(cells[:_MOST_FIGURES]):
            spans += [Span(f"{'；' if number else ''}{where}为"), Span(printed, Mark.SUSPECT)]
        more = len(cells) - _MOST_FIGURES
        yield *spans, Span(f"；另有{more}处。" if more > 0 else "。")
    if not one.suspects:
        yield (Span(one.message),)


def _identities(one: FindingContent, most: int) -> Iterator[Paragraph]:
    """Yields the identities that fail, with both sides computed."""
    violated = [row for row in one.checks if row.kind == "conflict" or row.verdict == BLANK or one.together]
    if not violated:
        if one.suspects:
            yield Span("二、核对情况。", Mark.STRONG), Span(one.message)
        return
    yield Span("二、勾稽核对。", Mark.STRONG), Span(f"按公布数代入，下列{len(violated)}项勾稽{_outcome(one)}：")
    for number, row in enumerate(violated[:most], 1):
        yield (Span(f"{number}. {row.title}（{row.scope}）：{grouped(row.identity)}{_sides(row)}。"),)
    if len(violated) > most:
        yield (Span(f"其余{len(violated) - most}项见工作底稿。"),)
    if one.together is not None:
        said = f"各项按倍数{'、'.join(one.together.multipliers)}相加，相差{one.together.gap}，"
        yield (Span(f"{said}超出取整合计最多允许的{one.together.allowed}。"),)


def _outcome(one: FindingContent) -> str:
    return "各自成立，合在一起不能同时成立" if one.together else "不成立"


def _sides(row: CheckRow) -> str:
    difference = f"，相差{grouped(row.gap.removeprefix('-'))}" if row.left != row.right else ""
    if row.left is None or row.right is None:
        return difference
    return f"（左边{side(row.left, row)}，右边{side(row.right, row)}{difference}）"


def _implied(one: FindingContent) -> Iterator[Paragraph]:
    """Yields what the other figures imply, or that they do not show which one is wrong."""
    head = Span("三、推算结果。", Mark.STRONG)
    if one.corrections:
        said = "；".join(
            f"{each.where}应为{each.to}{each.unit}，公布为{each.printed}" for each in one.corrections[:_MOST_FIGURES]
        )
        yield head, Span(f"据公开文件的其余数字推算，{said}。")
    elif one.alternatives:
        shown = "；".join(f"{each.where}（{each.printed}→{each.to}）" for each in one.alternatives[:_MOST_FIGURES])
        more = len(one.alternatives) - _MOST_FIGURES
        yield head, Span(f"{UNDECIDED}可能有误的是：{shown}{f'；另有{more}处' if more > 0 else ''}。")
    elif one.undecided:
        yield head, Span(UNDECIDED)


def _basis(one: FindingContent) -> Iterator[Paragraph]:
    if one.laws:
        yield Span("依据：", Mark.STRONG), Span(f"{'；'.join(one.laws)}。")
    if one.practice:
        yield Span("审计分析方法：", Mark.STRONG), Span(f"{'；'.join(one.practice)}。")
