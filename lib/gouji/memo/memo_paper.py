"""The memo as an audit office circulates it: its content as headings, paragraphs and tables, for Word and PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.dispositions.match import STATE_NAMES
from gouji.facts.fact import Status
from gouji.memo.chain import HOW
from gouji.memo.content import MemoContent
from gouji.memo.finding_content import FindingContent
from gouji.memo.finding_paper import check_table, finding_blocks
from gouji.memo.first_page import findings_list, first_page
from gouji.memo.legal import Cited
from gouji.memo.paper import (
    Block,
    Heading,
    Mark,
    PaperRow,
    Span,
    Style,
    cell,
    figure,
    kept_together,
    paragraph,
    spans_cell,
    table,
    titles,
)
from gouji.memo.tallies import STATUS_NAMES, Tally
from gouji.memo.unchecked import Unchecked
from gouji.memo.unconstrained import by_reason

TITLE = "部门决算公开审核备忘录"
_VERDICTS = (
    "公布数按四舍五入代表一个区间，差额在各数取整所允许的范围之内的为“尾差”，超出的为“不符”；一方没有公布或未填列，或数字、"
    "表格无法识别的为“未能核对”，没有核对，不等于相符；各方均未填列、均为零或表中没有该栏，没有金额可核的为“不适用”。"
)
_METHOD = (
    "同一金额以同样精度印在两处的应当逐位相同，唯有由两个以上分项构成的合计允许尾差；只有一个下级科目的，上下级是同一个数。"
    "“存疑的数字”是改动它一个即可使有关勾稽全部成立的数字；有几个这样的数字时，逐一列出，不作判断。“可能取值”是其余"
    "数字不动时仍能使有关勾稽全部成立的数。"
    "例：385.28 与 270.91 + 114.38 = 385.29 相差 0.01，在三个数各自四舍五入的允许误差 0.015 之内，是尾差；"
    "而只有一个下级科目时，上级印 270.90、下级印 270.91，是同一个数印成两样，为不符。"
)
_UNCHECKED = "加粗的数字没有任何勾稽可以核对，本次审核不能说明其对错；“说明”栏空白的，是没有规则涉及它。"
_AGAIN = "“同一数字另见”只说明别处也印有同样的数，两处说的是否同一件事，没有比较。"
_UNVERIFIED = "条文和要点根据二手资料整理，尚未与正式文本核对，引用前须查阅原文："
_NO_LAW = "以下不是法规，只说明提问的依据"
_NEUTRAL = "本备忘录根据公开文件自动生成，只陈述公布数字之间的关系，不对原因和责任作出判断。"
#: Number of digits of the source's hash at the foot of a page.
_SHORT = 8
#: Widths of the columns of the figures without a check, and of the laws, in points.
_SHARES, _SHARES_LAWS = (66, 267, 120), (100, 280, 73)
#: Limits on the names of unpublished data, and on the figures without a check, that are listed.
_MOST_MISSING, _MOST_FIGURES = 6, 400


def memo_blocks(memo: MemoContent) -> list[Block]:
    """Returns the blocks of the memo, from its title to its last appendix."""
    title = [paragraph(Style.TITLE, TITLE), paragraph(Style.SUBTITLE, memo.title)]
    blocks = [block for one in memo.findings for block in finding_part(memo, one)]
    return kept_together([*title, *opening(memo), *blocks, *tallies(memo), *closing(memo)])


def foot(memo: MemoContent) -> str:
    """Returns what stands below the page numbers: enough to tell whether loose pages belong to one source."""
    return f"来源 {memo.chain.sha256[:_SHORT]}"


def opening(memo: MemoContent) -> list[Block]:
    """Returns what stands before the findings: head, conclusion, list of findings."""
    return [*first_page(memo), *findings_list(memo)]


def finding_part(memo: MemoContent, one: FindingContent) -> list[Block]:
    """Returns the blocks of a finding, with the pages of the file that it is about behind its heading and id."""
    blocks, pages = list(finding_blocks(one)), memo.weighed[one.id].pages
    if pages:
        blocks.insert(2, paragraph(Style.LEAD, Span(f"原文见文件{'、'.join(pages)}", Mark.SOFT)))
    return blocks


def tallies(memo: MemoContent) -> list[Block]:
    """Returns what stands between findings and appendices up to the table of checks: decisions and tallies."""
    return [*_dispositions(memo), *_tallies(memo)]


def closing(memo: MemoContent) -> list[Block]:
    """Returns what follows the table of checks: how it was judged, what was not checked, the appendices."""
    return [
        *_reviewed(memo),
        *_gaps(memo),
        *_rounding(memo),
        *_unconstrained(memo),
        *_bases(memo),
        *_chain(memo),
    ]


def _dispositions(memo: MemoContent) -> Iterator[Block]:
    """Yields the auditor's decisions: their number, those to be reviewed, and those whose finding is gone."""
    if not memo.decided:
        return
    yield Heading(2, "审计认定")
    yield paragraph(Style.BODY, f"{memo.decided}。")
    rows = [
        (cell(one.disposition.finding), cell(STATE_NAMES[one.state]), cell(one.then), cell(one.disposition.told))
        for one in (*memo.dispositions.changed, *memo.dispositions.gone)
    ]
    if rows:
        yield table((titles("编号", "情况", "认定时的发现", "原认定"),), rows)
    for notice in memo.dispositions.notices:
        yield paragraph(Style.SMALL, f"{notice}。")


def _tallies(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "三、勾稽情况表")
    names = (
        "核对对象",
        "识别情况",
        "数字",
        "受勾稽约束",
        "完成的勾稽",
        "成立",
        "其中尾差",
        "不符",
        "未能核对",
        "不适用",
    )
    yield table((titles(*names),), (_tally(one) for one in (*memo.tallies, memo.total)))
    yield paragraph(Style.SMALL, _VERDICTS)


def _reviewed(memo: MemoContent) -> Iterator[Block]:
    """Yields what the questions came from, and how figures are judged."""
    yield paragraph(Style.SMALL, _METHOD)
    if memo.reviewed:
        yield paragraph(Style.BODY, memo.reviewed)


def _tally(one: Tally) -> PaperRow:
    status = f"{one.status}：{one.problem}" if one.problem else one.status
    numbers = (one.figures, one.constrained, one.checks, one.passed, one.rounding)
    counted = [figure("" if number is None else str(number)) for number in numbers]
    said = str(one.contradictions) + (f"（另提示{one.remarks}）" if one.remarks else "")
    conflicts = figure(said, Mark.STRONG if one.contradictions else Mark.PLAIN)
    return (
        cell(one.name),
        cell(status),
        *counted,
        conflicts,
        figure(str(one.not_made)),
        figure(str(one.inapplicable)),
    )


def _gaps(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "四、未能核对的内容")
    yield Heading(2, "（一）决算表")
    absent = [one for one in memo.tallies if one.problem or one.status not in ("", STATUS_NAMES[Status.FOUND])]
    for one in absent:
        yield paragraph(Style.BODY, f"{one.name}：{one.status}{'，' + one.problem if one.problem else ''}。")
    if not absent:
        yield paragraph(Style.BODY, "九张决算表均已识别。")
    for unread in memo.unread:
        yield paragraph(Style.BODY, f"没有读取的表：{unread}。")
    yield Heading(2, "（二）读取文件时的情况")
    for said in memo.anomalies or ("没有异常。",):
        yield paragraph(Style.BODY, said)
    yield Heading(2, "（三）未能完成的勾稽")
    if not memo.gaps:
        yield paragraph(Style.BODY, "无。")
    else:
        rows = (
            (cell(one.subject), cell(one.reason), figure(str(one.number)), cell(_first_names(one.missing)))
            for one in memo.gaps
        )
        yield table((titles("核对对象", "原因", "项数", "没有公布的栏目"),), rows)
    if memo.total.inapplicable:
        yield paragraph(Style.BODY, f"另有{memo.total.inapplicable}项勾稽不适用：各方均无金额，不列。")
    yield Heading(2, "（四）无勾稽可核的数字")
    reasons = "；".join(f"{reason}{number}个" for reason, number in by_reason(memo.unconstrained))
    number = len(memo.unconstrained)
    yield paragraph(Style.BODY, f"共{number}个：{reasons}。逐个列于附录二。" if number else "无。")


def _first_names(names: tuple[str, ...]) -> str:
    more = f"等{len(names)}处" if len(names) > _MOST_MISSING else ""
    return "、".join(names[:_MOST_MISSING]) + more


def _rounding(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "附录一　尾差")
    if not memo.rounding:
        yield paragraph(Style.BODY, "无。")
        return
    alike = "同一组数字印在几处的并为一行。" if memo.rounded > len(memo.rounding) else ""
    yield paragraph(Style.BODY, f"共{memo.rounded}项，差额均在四舍五入允许的范围内，不作为问题。{alike}")
    yield check_table(memo.rounding, verdicts=False)


def _unconstrained(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "附录二　无勾稽可核的数字")
    if not memo.unconstrained:
        yield paragraph(Style.BODY, "无。")
        return
    rows, zeros, whole = memo.unchecked.rows, memo.unchecked.zeros, len(memo.unconstrained)
    left_out = f"其中{zeros}个为零（0次、0人、0%等），不列；" if zeros else ""
    again = _AGAIN if any(one.also for one in memo.unconstrained) else ""
    yield paragraph(
        Style.BODY, f"共{whole}个：{left_out}列出{whole - zeros}个，同一句中的列在一行。{_UNCHECKED}{again}"
    )
    if rows:
        yield table((titles("位置", "原文（栏目）", "说明"),), map(_unchecked, rows[:_MOST_FIGURES]), _SHARES)
    if len(rows) > _MOST_FIGURES:
        yield paragraph(Style.SMALL, f"另有{len(rows) - _MOST_FIGURES}行，见工作底稿。")


def _unchecked(one: Unchecked) -> PaperRow:
    spans = (Span(text, Mark.STRONG if figure else Mark.PLAIN) for text, figure in one.pieces)
    return cell(one.where), spans_cell(*spans), cell(one.reason)


def _bases(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "附录三　审核依据")
    if memo.bases:
        yield table((titles("依据", "要点", "见发现"),), _law_rows(memo.bases), _SHARES_LAWS)
    else:
        yield paragraph(Style.BODY, "没有发现，未引用法规；勾稽依据公开文件自身的数字关系。")
    unverified = [one.title for one in memo.bases if one.law and not one.verified]
    if unverified:
        yield paragraph(Style.SMALL, f"{_UNVERIFIED}{'、'.join(unverified)}。")
    yield paragraph(Style.SMALL, _NEUTRAL)


def _law_rows(bases: Iterable[Cited]) -> Iterator[PaperRow]:
    """Yields a row for each law, then its articles; what is no law comes behind a row that says so."""
    told = False
    for one in bases:
        if not one.law and not told:
            told = True
            yield (cell(Span(_NO_LAW, Mark.STRONG), colspan=3, shaded=True),)
        if one.law:
            yield (spans_cell(Span(one.title, Mark.STRONG), *_dated(one), colspan=3, shaded=True),)
        for each in one.articles:
            yield cell(each.article if one.law else one.name), cell(each.says), cell(in_ranges(each.findings))


def in_ranges(numbers: Iterable[int]) -> str:
    """Returns numbers in ascending order, three or more in a row as a range: `1、3—5、9`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _dated(one: Cited) -> tuple[Span, ...]:
    return (Span(f"　{one.dated}", Mark.SOFT),) if one.dated else ()


def _chain(memo: MemoContent) -> Iterator[Block]:
    """Yields the chain of the memo, and how to verify it."""
    yield Heading(1, "附录四　来源与复核")
    rows = ((cell(Span(name, Mark.STRONG), shaded=True), cell(*lines)) for name, lines in memo.chain.links)
    yield table((), rows)
    yield paragraph(Style.SMALL, HOW)
