"""Says in a few words what a finding asks of the department, beside its title: figures are not named again."""

from __future__ import annotations

from gouji.memo.finding_content import FindingContent

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
    return one.remedy


def _change(printed: str, to: str) -> str:
    return to if printed == _BLANK else f"{printed} → {to}"
