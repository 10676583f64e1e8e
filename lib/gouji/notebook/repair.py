"""Shows how figures are located: the weights, each error with its candidates and evidence, and all rows together."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

import pandas as pd
from IPython.display import Image, display

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.checks.exact import Exact
from gouji.checks.joint import Joint, judge_jointly
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_text
from gouji.findings.evidence import Candidate, adds_up, candidates_of, less_likely_of, stands_in_identities
from gouji.findings.finding import Finding
from gouji.findings.model_of import MOST, model_of
from gouji.intervals import unscaled
from gouji.memo.charts import identity_graph, to_png
from gouji.memo.rows import row_of
from gouji.notebook.view import View, framed, under
from gouji.repair.weights import load_weights

#: Limit on the listed figures that have to move within their rounding.
_MOST = 20
_NOTHING = View("没有可以定位的错误。", "<p>没有可以定位的错误。</p>")


def weights() -> View:
    """Shows the table of weights, and the condition under which the lightest repair locates a figure."""
    table = load_weights()
    rows = [{"用于": "改动何处", "理由": one.reason, "改动代价": one.weight, "至多计": ""} for one in table.kinds]
    rows += [
        {"用于": "旁证", "理由": one.reason, "改动代价": f"{one.weight:+d}", "至多计": f"{one.most}次"}
        for one in table.evidence
    ]
    least = table.decisive
    said = f"次小的改动代价比最小的多{least}以上，代价最小的一处即为定位；相差不到{least}的并列，不作判断。"
    return under(said, framed(pd.DataFrame(rows)))


def locations(department: Audit) -> None:
    """Shows each error on figures that identities join: candidates, testimony, support for the print, and the graph."""
    found = _errors(department)
    if not found:
        display(_NOTHING)  # type: ignore[no-untyped-call]
    for finding in found:
        for view in _sections(finding, department):
            display(view)  # type: ignore[no-untyped-call]
        picture = to_png(identity_graph(department, finding))
        display(Image(data=picture))  # type: ignore[no-untyped-call]


def models(department: Audit) -> View:
    """Shows the unsolved model around each figure in question, as `gouji explain` prints it."""
    facts = {fact.id: fact for finding in _errors(department) for fact in finding.suspects}
    if not facts:
        return _NOTHING
    text = model_of(department.checks, tuple(facts.values()))
    more = f"\n另有{len(facts) - MOST}个存疑的数字，可用 gouji explain 逐个列出。" if len(facts) > MOST else ""
    return View(text + more, f'<pre style="white-space:pre-wrap">{html.escape(text + more)}</pre>')


def joint(department: Audit) -> View:
    """Shows whether all rows hold together with the figures in question left free, and what must move within its
    rounding."""
    free = {one.fact.id for finding in department.findings.findings for one in finding.candidates}
    outcome = judge_jointly(department.checks, free)
    moved = {number: value for number, value in (outcome.witness or {}).items() if value and number not in free}
    facts = department.facts.facts
    rows = [
        {
            "位置": facts[number].named,
            "印数": shown_text(facts[number]),
            "可取的真实数": _true_value(facts[number], (facts[number].amount or 0) + value),
        }
        for number, value in sorted(moved.items())
    ]
    parts = [framed(pd.DataFrame(rows[:_MOST]))] if rows else []
    parts += [_contradiction(one, department) for one in department.findings.findings if one.joint]
    return under(_outcome(outcome, len(rows)), *parts)


def _outcome(outcome: Joint, moved: int) -> str:
    """Returns the outcome of the joint check in words."""
    said = f"{outcome.checks}项勾稽联立（存疑的数字可取任何值）："
    if outcome.contradictions:
        return f"{said}不能同时成立，有{len(outcome.contradictions)}组矛盾。"
    if outcome.witness is None:
        return f"{said}未能判定。"
    if not moved:
        return f"{said}可以同时成立，其余印数都不必变动。"
    some = f"（下列前{_MOST}个）" if moved > _MOST else ""
    return f"{said}可以同时成立，只需{moved}个印数在取整误差之内变动{some}，其余即取印数。"


def _true_value(fact: Fact, amount: Exact) -> str:
    return f"{unscaled(round(amount), fact.figure.unit).normalize():f}{fact.figure.unit}"


def _errors(department: Audit) -> list[Finding]:
    """Returns the errors on figures that identities join."""
    return [one for one in department.findings.of("error") if stands_in_identities(one)]


def _sections(finding: Finding, department: Audit) -> Iterator[View]:
    """Yields the text of one finding, above its graph."""
    title = f"{finding.id}　{finding.title}"
    yield View(f"{title}\n{finding.full}", f"<h3>{html.escape(title)}</h3><p>{html.escape(finding.full)}</p>")
    if finding.joint is not None:
        yield _contradiction(finding, department)
        return
    candidates = candidates_of(finding, department.checks)
    head = "定位" if finding.located else "可能有误的数字，仅凭勾稽不能判断是哪一个"
    yield under(f"{head}：", _candidates(candidates))
    checks = department.checks.distinct(check for check in finding.checks if check.terms)
    yield under(f"依据的勾稽：{len(checks)}项按公布数不成立", _checks(checks, department))
    if finding.support:
        yield under(f"更正后，{len(finding.support)}项尾差分毫不差", _checks(finding.support, department))
    if finding.located:
        vouchers = finding.vouchers
        said = f"印证：{len(vouchers)}项勾稽按公布数成立" if vouchers else "按公布数成立的勾稽：没有"
        yield under(said, *([_checks(vouchers, department)] if vouchers else []))
    if others := less_likely_of(finding, department.checks):
        yield under("改动下列各处也能使之成立，但可能性小得多：", _candidates(others))


def _candidates(candidates: Sequence[Candidate]) -> View:
    rows = [
        {
            "位置": one.fact.named,
            "公布数": one.printed,
            "推算应为": one.to or "未定",
            "可能取值": one.bounded or ("—" if one.value is None else one.to),
            "改动代价": "" if one.weight is None else one.weight,
            "理由": one.reasons,
            "疑似笔误": one.slip,
            "不成立": len(one.testimony),
            "印证": len(one.vouchers),
        }
        for one in candidates
    ]
    return framed(pd.DataFrame(rows))


def _checks(checks: Sequence[Check], department: Audit) -> View:
    rows = [row_of(check, department.checks) for check in checks]
    return framed(
        pd.DataFrame(
            {
                "判定": [row.verdict for row in rows],
                "勾稽关系": [row.title for row in rows],
                "位置": [row.scope for row in rows],
                "代入印数": [row.identity for row in rows],
                "左方": ["" if row.left is None else row.left for row in rows],
                "右方": ["" if row.right is None else row.right for row in rows],
                "差额": [row.gap for row in rows],
            }
        )
    )


def _contradiction(finding: Finding, department: Audit) -> View:
    """Returns the rows of a contradiction; with their multipliers and their sum where they add up."""
    joint = finding.joint
    assert joint is not None
    rows = [row_of(check, department.checks) for check in joint.checks]
    frame = pd.DataFrame(
        {
            "勾稽关系": [row.title for row in rows],
            "位置": [row.scope for row in rows],
            "代入印数": [row.identity for row in rows],
            "差额": [row.gap for row in rows],
            "单独判定": [row.verdict for row in rows],
        }
    )
    if not adds_up(finding):
        return under(f"{finding.id}　下列各项单独成立，但没有一组真实数能使它们同时成立：", framed(frame))
    frame.insert(0, "倍数", list(joint.multipliers))
    unit = department.checks.unit(joint.checks[0])
    gap, allowed = (f"{unscaled(abs(one), unit).normalize():f}{unit}" for one in (joint.residual, joint.allowed))
    said = f"{finding.id}　下列各项按倍数相加，两边相差{gap}，而取整合计最多允许{allowed}，不能同时成立："
    return under(said, framed(frame))
