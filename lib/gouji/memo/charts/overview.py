"""What was checked, and how it ended: by table, and by section of the narrative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from matplotlib.figure import Figure

from gouji.auditing import Audit
from gouji.document.model import section_label
from gouji.facts.fact import Fact
from gouji.intervals import Verdict
from gouji.memo.charts.amounts import table_title
from gouji.memo.charts.canvas import PALE_INK, BarPart, BarRow, Fill, bars, saying

_OUTCOMES: dict[Verdict, str] = {
    Verdict.CONSISTENT: "一致",
    Verdict.ROUNDING: "尾差",
    Verdict.CONFLICT: "不符",
    Verdict.UNBOUND: "未公布",
    Verdict.NOT_CHECKED: "未核对",
}
#: A figure without any check is shown as 未核对, whatever the reason.
_MARKS: dict[Verdict, str] = {
    Verdict.CONSISTENT: "核对一致",
    Verdict.ROUNDING: "尾差",
    Verdict.CONFLICT: "不符",
    Verdict.UNBOUND: "未核对",
}
_FILLS: dict[Verdict, Fill] = {
    Verdict.CONSISTENT: Fill("#b9cbdc"),
    Verdict.ROUNDING: Fill("#35506b"),
    Verdict.CONFLICT: Fill("#c00000", "////"),
    Verdict.UNBOUND: Fill("#ffffff"),
    Verdict.NOT_CHECKED: Fill("#ffffff", "xxxx"),
}
_OTHERS = {"evaluation": "绩效自评表", "narrative": "情况说明", "form": "填列格式"}
_WORST_FIRST = (Verdict.CONFLICT, Verdict.ROUNDING, Verdict.CONSISTENT)

Counts = dict[str, Counter[Verdict]]


def coverage_overview(audit: Audit) -> Figure:
    """Draws the checks of each table by outcome; a check counts for the table that its rule is about."""
    title = "勾稽核对情况：各表核对项数"
    counts: Counts = {key: Counter() for key in audit.facts.tables}
    remarks = [check for check in audit.checks.conflicts() if check.is_remark]
    inapplicable = {check.id for check in audit.checks.inapplicable()}
    for check in audit.checks.checks:
        counts.setdefault(check.subject, Counter())[check.verdict] += not (check.is_remark or check.id in inapplicable)
    if not audit.checks.checks:
        return saying(title, "没有可以核对的项目")
    tables = {**audit.facts.tables, **audit.facts.annexed}
    names = {key: table_title(table) for key, table in tables.items()} | _OTHERS
    rows = [_row(names.get(key, key), count, _OUTCOMES) for key, count in counts.items()]
    formal = f"，另有{len(remarks)}项填列格式的提示未画出" if remarks else ""
    void = f"，{len(inapplicable)}项不适用（各方均无金额）的未画出" if inapplicable else ""
    drawn = f"共{len(audit.checks.checks) - len(remarks) - len(inapplicable)}项{formal}{void}"
    note = f"{drawn}；“未公布”为一方未公布或未填列而无从核对，“未核对”为无法识读或口径不同。"
    return bars(title, "核对项数（项）", rows, _fills_by_name(_OUTCOMES), [(note, PALE_INK)], whole=True)


def _fills_by_name(names: Mapping[Verdict, str]) -> dict[str, Fill]:
    return {name: _FILLS[verdict] for verdict, name in names.items()}


def _row(label: str, count: Counter[Verdict], names: Mapping[Verdict, str], remark: str = "") -> BarRow:
    parts = tuple(BarPart(name, Decimal(count[verdict])) for verdict, name in names.items())
    text = "　".join(f"{name}{count[verdict]}" for verdict, name in names.items() if count[verdict])
    return BarRow(label, parts, text or "无核对项", remark)


def narrative_marks(audit: Audit) -> Figure:
    """Draws the figures and words of each section of the narrative by the worst outcome of their checks."""
    title = "情况说明：各部分所述数字的核对结果"
    counts: Counts = {}
    suspects, asked = Counter[str](), Counter[str]()
    concerned = _concerned(audit)
    for place in _by_place(audit).values():
        section = _section(audit, place[0])
        counts.setdefault(section, Counter())[_mark(audit, place, concerned)] += 1
        wrong = any(audit.findings.accusing(fact) for fact in place)
        suspects[section] += wrong
        asked[section] += not wrong and any(audit.findings.on(fact) for fact in place)
    if not counts:
        return saying(title, "情况说明中没有识别出数字")
    rows = [
        _row(section, count, _MARKS, _remark(suspects[section], asked[section])) for section, count in counts.items()
    ]
    note = f"含增减、列举等文字表述。{_explained(counts, suspects, asked)}"
    return bars(title, "所述数字与文字（处）", rows, _fills_by_name(_MARKS), [(note, PALE_INK)], whole=True)


def _remark(suspects: int, asked: int) -> str:
    """Returns `存疑1处，另有疑点、提示2处`; "" where there is nothing to say."""
    said = [f"存疑{suspects}处"] if suspects else []
    said += [f"{'另' if suspects else ''}有疑点、提示{asked}处"] if asked else []
    return "，".join(said)


def _explained(counts: Counts, suspects: Counter[str], asked: Counter[str]) -> str:
    """Explains the words that the chart uses."""
    said = []
    if any(count[Verdict.CONFLICT] for count in counts.values()):
        said.append("“不符”为参与的核对有不成立者，错误未必在该数字本身")
    if suspects.total():
        said.append("“存疑”为最可能有误的数字")
    if asked.total():
        said.append("“疑点、提示”所说的数字未必有误")
    return f"{'；'.join(said)}。" if said else ""


def _concerned(audit: Audit) -> dict[int, set[Verdict]]:
    """Returns, for each fact, the outcomes of the checks that are about it but join no figures in an identity."""
    found: dict[int, set[Verdict]] = {}
    for check in audit.checks.checks:
        for number in check.concerns:
            found.setdefault(number, set()).add(check.verdict)
    return found


def _by_place(audit: Audit) -> dict[tuple[int, int, int], list[Fact]]:
    """Groups the stated facts by printed place: one number may state two quantities (收、支总计)."""
    places: dict[tuple[int, int, int], list[Fact]] = {}
    for fact in audit.facts.statements():
        places.setdefault((fact.place.line, fact.place.start, fact.place.end), []).append(fact)
    return places


def _mark(audit: Audit, facts: list[Fact], concerned: Mapping[int, set[Verdict]]) -> Verdict:
    verdicts = {check.verdict for fact in facts for check in audit.checks.on(fact)}
    verdicts = verdicts.union(*(concerned.get(fact.id, set()) for fact in facts))
    return next((verdict for verdict in _WORST_FIRST if verdict in verdicts), Verdict.UNBOUND)


def _section(audit: Audit, fact: Fact) -> str:
    """Returns the part and the numbered section of a sentence: `第三部分 七 财政拨款“三公”经费支出决算情况说明`."""
    headings = tuple(heading for heading in audit.document.blocks[fact.block].section if heading.level <= 2)
    if not headings:
        return fact.where or "未分节"
    return f"{section_label(headings)} {headings[-1].title}".strip()
