"""The memo as an audit office circulates it: its content as headings, paragraphs and tables, for Word and PDF."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.rules import Basis
from gouji.dispositions.match import STATE_NAMES
from gouji.facts.fact import Status
from gouji.findings.finding import SEVERITY_NAMES
from gouji.memo.chain import HOW
from gouji.memo.content import STATUS_NAMES, MemoContent, Tally
from gouji.memo.finding_paper import check_table, finding_blocks
from gouji.memo.paper import (
    Block,
    Heading,
    Mark,
    PaperRow,
    Span,
    Style,
    Table,
    cell,
    figure,
    kept_together,
    paragraph,
    spans_cell,
    table,
    titles,
)
from gouji.memo.reach import BEYOND, REACH
from gouji.memo.unconstrained import Unconstrained, by_reason

TITLE = "部门决算公开审核备忘录"
_LEGEND = (
    "红色加粗并加下划线的，是存疑的数字，即勾稽表明印得有误的；加虚线的，是疑点或提示所说的数字、文字，本身未必有误；"
    "加点线的，是原文中与存疑的数字相对的表述；灰底的，是与之勾稽的数字。"
    "编号在各次运行间不变，可用于登记。"
)
_VERDICTS = (
    "公布数按四舍五入代表一个区间，差额在各数取整所允许的范围之内的为“尾差”，超出的为“不符”；一方没有公布或各方均未填列的为"
    "“未公布”，数字或表格无法识别的为“未核对”，这两种都没有核对，不等于相符。"
)
_METHOD = (
    "同一金额以同样精度印在两处的应当逐位相同，唯有由两个以上分项构成的合计允许尾差；只有一个下级科目的，上下级是同一个数。"
    "“存疑的数字”是改动它一个即可使有关勾稽全部成立的数字；有几个这样的数字时，逐一列出，不作判断。“证言”是按公布数不成立的"
    "勾稽，“佐证”是按公布数成立的等式，“可行范围”是其余数字不动时仍能使有关勾稽全部成立的数。"
    "例：385.28 与 270.91 + 114.38 = 385.29 相差 0.01，在三个数各自四舍五入的允许误差 0.015 之内，是尾差；"
    "而只有一个下级科目时，上级印 270.90、下级印 270.91，是同一个数印成两样，为不符。"
)
_UNCHECKED = "下列数字没有任何勾稽可以核对，本次审核不能说明其对错。"
_AGAIN = "“同一数字另见”只说明别处也印有同样的数，两处说的是否同一件事，没有比较。"
_UNVERIFIED = "上列依据的条文和要点根据二手资料整理，尚未与正式文本核对，引用前须查阅原文。"
_NEUTRAL = "本备忘录根据公开文件自动生成，只陈述公布数字之间的关系，不对原因和责任作出判断。"
#: Limits on the names of unpublished data, and on the figures without a check, that are listed.
_MOST_MISSING, _MOST_FIGURES, _MOST_ADVICE = 6, 400, 4


def memo_blocks(memo: MemoContent) -> list[Block]:
    """Returns the blocks of the memo, from its title to its last appendix."""
    title = [paragraph(Style.TITLE, TITLE), paragraph(Style.SUBTITLE, memo.title)]
    blocks = [block for one in memo.findings for block in finding_blocks(one)]
    return kept_together([*title, *opening(memo), *blocks, *tallies(memo), *closing(memo)])


def opening(memo: MemoContent) -> list[Block]:
    """Returns what stands before the findings: head, conclusion, list of findings."""
    return [_head(memo), *_conclusion(memo), *_findings_head(memo)]


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


def _head(memo: MemoContent) -> Table:
    """Returns the department, year, basis, reach and files, and room for signatures."""
    region, by = f"（{memo.region}）" if memo.region else "", memo.chain.versions
    rows = [
        ("被审核单位", [f"{memo.department or '（文件未载明）'}{region}"]),
        ("年度", [memo.year or "（文件未载明）"]),
        ("审核依据", ["；".join(basis.citation for basis in memo.bases) or "公开文件自身的勾稽关系"]),
        ("范围", list(_scope(memo))),
        ("来源文件", [line for one in memo.sources for line in (one.name, f"SHA-256 {one.sha256}")]),
        ("规则版本", [f"规则 {by.rules[:16]}　参数 {by.parameters[:16]}　Gouji {by.gouji}"]),
        ("编制人/日期", [""]),
        ("复核人/日期", [""]),
    ]
    body = [(cell(Span(name, Mark.STRONG), shaded=True), cell(*lines)) for name, lines in rows]
    return table((), body)


def _scope(memo: MemoContent) -> Iterator[str]:
    yield f"九张决算表及情况说明、附件中读到的数字，共{memo.total.figures}个，其中情况说明{memo.claims}个。"
    if memo.anomalies:
        yield "文件没有全部读到，或读取时有须注意之处，见“四、（二）读取文件时的情况”。"
    said = [f"已识别决算表{len(memo.found)}张"]
    said += [f"空表{len(memo.empty)}张（{'、'.join(memo.empty)}）"] if memo.empty else []
    said += [f"未找到或无法识别{len(memo.lacking)}张（{'、'.join(memo.lacking)}）"] if memo.lacking else []
    yield "；".join(said) + "。"
    made = memo.total
    yield f"形成勾稽{made.checks + made.not_made}项，完成{made.checks}项，未能核对{made.not_made}项。"


def _conclusion(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "一、审核结论")
    yield paragraph(Style.BODY, memo.conclusion)
    counted = [(SEVERITY_NAMES[severity], number) for severity, number in memo.counts.items()]
    counted += [
        ("完成的勾稽", memo.total.checks),
        ("成立", memo.total.passed),
        ("其中尾差", memo.total.rounding),
        ("不符", memo.total.contradictions),
        ("未能核对", memo.total.not_made),
        ("无勾稽可核的数字", len(memo.unconstrained)),
    ]
    numbers = tuple(cell(Span(str(number), Mark.STRONG), align="center") for _, number in counted)
    yield table((titles(*(name for name, _ in counted)),), (numbers,))
    yield paragraph(Style.BODY, REACH + BEYOND)
    if memo.findings:
        yield paragraph(Style.CAPTION, "发现一览")
        yield table((titles("序号", "级别", "发现", "建议核对更正"),), _overview(memo))
        yield paragraph(Style.SMALL, _LEGEND)


def _overview(memo: MemoContent) -> Iterator[PaperRow]:
    for one in memo.findings:
        advice = "；".join(f"{each.printed} → {each.to}{each.unit}" for each in one.corrections[:_MOST_ADVICE])
        advice += f"；等{len(one.corrections)}处" if len(one.corrections) > _MOST_ADVICE else ""
        said = advice or ("须核对账表" if one.undecided or one.alternatives else "见说明")
        title = cell(Span(one.title, leads_to=one.id))
        yield cell(str(one.number), align="center"), cell(one.level, align="center"), title, cell(said)


def _findings_head(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "二、审核发现", new_page=bool(memo.findings))
    if not memo.findings:
        yield paragraph(Style.BODY, "在已完成的勾稽范围内没有发现。未核对的部分见“四、未能核对的内容”。")


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
    names = ("核对对象", "识别情况", "数字", "受勾稽约束", "完成的勾稽", "成立", "其中尾差", "不符", "未公布", "未核对")
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
        figure(str(one.unbound)),
        figure(str(one.not_checked)),
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
    yield paragraph(Style.BODY, f"下列{len(memo.rounding)}项差额均在四舍五入允许的范围内，不作为问题。")
    yield check_table(memo.rounding, verdicts=False)


def _unconstrained(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "附录二　无勾稽可核的数字")
    if not memo.unconstrained:
        yield paragraph(Style.BODY, "无。")
        return
    yield paragraph(Style.BODY, _UNCHECKED + (_AGAIN if any(one.also for one in memo.unconstrained) else ""))
    rows = (_unchecked(one) for one in memo.unconstrained[:_MOST_FIGURES])
    yield table((titles("位置", "原文（栏目）", "数字", "原因"),), rows)
    more = len(memo.unconstrained) - _MOST_FIGURES
    if more > 0:
        yield paragraph(Style.SMALL, f"另有{more}个，见工作底稿。")


def _unchecked(one: Unconstrained) -> PaperRow:
    said = (one.quoted.before, Span(one.quoted.figure, Mark.STRONG), one.quoted.after)
    return cell(one.where), spans_cell(*said), figure(one.figure), cell(one.told)


def _bases(memo: MemoContent) -> Iterator[Block]:
    yield Heading(1, "附录三　审核依据")
    if memo.bases:
        rows = ((cell(one.citation, *_dated(one)), cell(one.says)) for one in memo.bases)
        yield table((titles("依据", "要点"),), rows)
    if not all(one.verified for one in memo.bases):
        yield paragraph(Style.SMALL, _UNVERIFIED)
    yield paragraph(Style.SMALL, _NEUTRAL)


def _chain(memo: MemoContent) -> Iterator[Block]:
    """Yields the chain of the memo, and how to verify it."""
    yield Heading(1, "附录四　来源与复核")
    rows = ((cell(Span(name, Mark.STRONG), shaded=True), cell(*lines)) for name, lines in memo.chain.links)
    yield table((), rows)
    yield paragraph(Style.SMALL, HOW)


def _dated(one: Basis) -> tuple[Span, ...]:
    return (Span(one.dated, Mark.SOFT),) if one.dated else ()
