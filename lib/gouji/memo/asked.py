"""Says in a few words what a finding asks of the department: to correct, to fill in, to explain, to hand over."""

from __future__ import annotations

from gouji.memo.finding_content import FindingContent

#: What questions and notes of a family of rules (the first part of their ids) ask for.
_OF_FAMILY = {
    "codes": "说明列支科目，有误的更正",
    "disclosure": "补充公开或说明",
    "form": "补填或说明",
    "reasonableness": "说明，附明细账",
    "reasons": "说明，附有关资料",
    "timing": "说明依据和时点",
    "years": "说明两年差异，有误的更正",
}
_CHECK, _NOTE, _ELSE = "核对账表后更正", "公开时改正", "核对后更正或说明"
_BLANK = "（空）"
#: Limit on the corrections that are listed.
_MOST = 4


def asked_of(one: FindingContent) -> str:
    """Returns what a finding asks of the department, with the corrections that arithmetic suggests."""
    if one.corrections:
        verb = "补填" if all(each.printed == _BLANK for each in one.corrections) else "更正"
        said = "；".join(_change(each.printed, f"{each.to}{each.unit}") for each in one.corrections[:_MOST])
        more = f"；等{len(one.corrections)}处" if len(one.corrections) > _MOST else ""
        return f"{verb}：{said}{more}"
    if one.undecided or one.alternatives:
        return _CHECK
    return _NOTE if one.severity == "note" else _OF_FAMILY.get(one.rule.partition(".")[0], _ELSE)


def _change(printed: str, to: str) -> str:
    return to if printed == _BLANK else f"{printed} → {to}"
