"""The first page of the memo: who is audited, what was found and what matters most, the key figures, the counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.findings.finding import SEVERITY_NAMES
from gouji.memo.content import MemoContent
from gouji.memo.finding_content import FindingContent
from gouji.memo.key_figures import KeyFigure
from gouji.memo.paper import (
    Block,
    Heading,
    Mark,
    PaperCell,
    PaperRow,
    Span,
    Style,
    Table,
    cell,
    figure,
    paragraph,
    spans_cell,
    table,
    titles,
)
from gouji.memo.reach import BEYOND, REACH

_LEGEND = (
    "红色加粗并加下划线的，是存疑的数字，即勾稽表明印得有误的；加虚线的，是疑点或提示所说的数字、文字，本身未必有误；"
    "加点线的，是原文中与存疑的数字相对的表述；灰底的，是与之勾稽的数字。"
    "编号在各次运行间不变，可用于登记。"
)
_AMOUNT = "“金额”在错误为差额，在疑点为所问的金额；各项按级别和金额由重到轻排列。"
#: Widths of the list's columns in points, those of pages and decisions where it has them.
_SHARES, _PAGES, _DECIDED = (28, 28, 240, 52, 112), 40, 42
#: The same for what matters most, and for the key figures.
_SHARES_FIRST, _SHARES_FIGURES = (32, 300, 121), (180, 91, 91, 91)
#: So few findings are listed at once, without naming first those that matter most.
_FEW = 6
#: Room for a signature.
_ROOM = "　" * 9


def first_page(memo: MemoContent) -> Iterator[Block]:
    """Yields the head, the conclusion with what matters most, the key figures and the counts."""
    yield _head(memo)
    yield Heading(1, "一、审核结论")
    yield paragraph(Style.BODY, memo.conclusion)
    yield from _listed_findings(memo) if len(memo.findings) <= _FEW else _foremost(memo)
    yield from _key_figures(memo)
    yield paragraph(Style.CAPTION, "各项计数")
    yield table((), _counts(memo))
    yield paragraph(Style.SMALL, REACH + BEYOND)


def findings_list(memo: MemoContent) -> Iterator[Block]:
    """Yields the list of findings where the first page has no room for it, and the heading under which they are told
    one by one."""
    if len(memo.findings) > _FEW:
        yield from _listed_findings(memo)
    yield Heading(1, "二、审核发现")
    if memo.findings:
        yield paragraph(Style.SMALL, _LEGEND)
    else:
        yield paragraph(Style.BODY, "在已完成的勾稽范围内没有发现。未核对的部分见“四、未能核对的内容”。")


def _head(memo: MemoContent) -> Table:
    """Returns the department, the year, the files and the reach, and room for signatures."""
    region = f"（{memo.region}）" if memo.region else ""
    files = [one.name for one in memo.sources]
    wide = [
        ("来源文件", files),
        ("范围", list(_scope(memo))),
    ]
    body: list[PaperRow] = [
        _four("被审计单位", f"{memo.department or '（文件未载明）'}{region}", "年度", memo.year or "（文件未载明）"),
        *((_label(name), cell(*lines, colspan=3)) for name, lines in wide),
        _four("编制人/日期", _ROOM, "复核人/日期", _ROOM),
    ]
    return table((), body)


def _four(name: str, said: str, other: str, also: str) -> PaperRow:
    return _label(name), cell(said), _label(other), cell(also)


def _label(name: str) -> PaperCell:
    return cell(Span(name, Mark.STRONG), shaded=True)


def _scope(memo: MemoContent) -> Iterator[str]:
    said = [f"已识别决算表{len(memo.found)}张"]
    said += [f"空表{len(memo.empty)}张（{'、'.join(memo.empty)}）"] if memo.empty else []
    said += [f"未找到或无法识别{len(memo.lacking)}张（{'、'.join(memo.lacking)}）"] if memo.lacking else []
    yield f"九张决算表及情况说明、附件中读到的数字：{'，'.join(said)}。"
    if memo.anomalies:
        yield "文件没有全部读到，或读取时有须注意之处，见“四、（二）读取文件时的情况”。"


def _foremost(memo: MemoContent) -> Iterator[Block]:
    """Yields the findings that matter most, each with what it asks for."""
    found = {one.id: one for one in memo.findings}
    shown = [found[name] for name in memo.first]
    if not shown:
        return
    yield paragraph(Style.CAPTION, f"最重要的{'一二三'[len(shown) - 1]}项")
    rows = (
        (cell(one.level, align="center"), cell(Span(one.title, leads_to=one.id)), cell(one.remedy.brief))
        for one in shown
    )
    yield table((titles("级别", "发现", "请被审计单位"),), rows, _SHARES_FIRST)


def _key_figures(memo: MemoContent) -> Iterator[Block]:
    known = memo.key_figures
    if not known.figures:
        return
    yield paragraph(Style.CAPTION, f"主要数字（{known.unit}）")
    names = ("项目", "本年", *(("上年", "增减") if known.has_last else ()))
    yield table(
        (titles(*names),), (_key_figure(one, known.has_last) for one in known.figures), _SHARES_FIGURES[: len(names)]
    )
    notes = ["上年数据文中“比上年”的增减额推算。"] if known.implied else []
    notes += ["加红的数字存疑，见审核发现。"] if any(one.doubtful for one in known.figures) else []
    if notes:
        yield paragraph(Style.SMALL, "".join(notes))


def _key_figure(one: KeyFigure, with_last: bool) -> PaperRow:
    this = figure(one.this, Mark.SUSPECT if one.doubtful else Mark.PLAIN)
    last = (figure(one.last), figure(one.change)) if with_last else ()
    return cell(one.title), this, *last


def _counts(memo: MemoContent) -> Iterator[PaperRow]:
    """Yields every count as a sum that can be added up."""
    counted = [(SEVERITY_NAMES[severity], number, "项") for severity, number in memo.counts.items()]
    asked = len(memo.findings) - memo.computed
    yield _sum("发现", "项", counted, f"由勾稽和格式得出{memo.computed}项，由审阅提出{asked}项" if asked else "")
    if memo.decided:
        made: dict[str, int] = {}
        for names in memo.decisions.values():
            for name, number in names.items():
                made[name] = made.get(name, 0) + number
        left = len(memo.findings) - sum(made.values())
        yield _sum("认定", "项", [*((name, number, "项") for name, number in made.items()), ("未认定", left, "项")])
    total = memo.total
    ended = [
        (f"成立（含尾差{total.rounding}项）", total.passed, "项"),
        ("不符", total.contradictions, "项"),
        *([("格式提示", total.remarks, "项")] if total.remarks else []),
        ("未能核对", total.not_made, "项"),
        ("不适用", total.inapplicable, "项"),
    ]
    yield _sum("勾稽", "项", ended, "同一原因的不符归为一项发现；“不适用”为各方均无金额")
    free = len(memo.unconstrained)
    checked = (total.figures or 0) - free
    yield _sum("数字", "个", [("有勾稽核对", checked, "个"), ("无勾稽可核", free, "个")])


def _sum(name: str, unit: str, parts: Iterable[tuple[str, int, str]], note: str = "") -> PaperRow:
    """Returns a row such as 发现 39项 ＝ 错误3项 ＋ 疑点31项 ＋ 提示5项."""
    parts = list(parts)
    whole = sum(number for _, number, _ in parts)
    spans: list[Span | str] = [Span(f"{whole}{unit}", Mark.STRONG), " ＝ "]
    for at, (part, number, of) in enumerate(parts):
        spans += [" ＋ " if at else "", f"{part}", Span(f"{number}{of}", Mark.STRONG)]
    spans += [Span(f"　（{note}）", Mark.SOFT)] if note else []
    return _label(name), spans_cell(*spans)


def _listed_findings(memo: MemoContent) -> Iterator[Block]:
    """Yields the list of findings, with the columns that have something to say."""
    if not memo.findings:
        return
    weighed = [memo.weighed[one.id] for one in memo.findings]
    paged, decided = any(one.pages for one in weighed), any(one.decided for one in weighed)
    names = ["序号", "级别", "发现", "金额", "请被审计单位"]
    names += [*(["原文页"] if paged else []), *(["认定"] if decided else [])]
    shares = (*_SHARES, *([_PAGES] if paged else []), *([_DECIDED] if decided else []))
    yield paragraph(Style.CAPTION, f"发现一览（金额：{memo.key_figures.unit}）")
    yield table((titles(*names),), (_listed(one, memo, paged, decided) for one in memo.findings), shares)
    yield paragraph(Style.SMALL, _AMOUNT)


def _listed(one: FindingContent, memo: MemoContent, paged: bool, decided: bool) -> PaperRow:
    beside = memo.weighed[one.id]
    return (
        cell(str(one.number), align="center"),
        cell(one.level, align="center"),
        cell(Span(one.title, leads_to=one.id)),
        figure(beside.amount),
        cell(one.remedy.brief),
        *([cell("、".join(map(_short, beside.pages)), align="center")] if paged else []),
        *([cell(beside.decided, align="center")] if decided else []),
    )


def _short(page: str) -> str:
    """Returns a page without the words around its number; with the file's, where the account is in several."""
    return page if "文件" in page else page.strip("第页")
