"""Makes the finding on a row whose code is wrong, with both codes and the tables that print them."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.checks.rules import rule
from gouji.findings import titles, wording
from gouji.findings.displacement import table_name
from gouji.findings.finding import Finding
from gouji.findings.identity import digest
from gouji.repair.miscoded import Miscoded

RULE = "form.miscoded"
#: The name of the slip.
SLIP = "错码"


def miscoded_finding(found: Miscoded, checks: Checks) -> Finding:
    """Returns the finding on a row whose code is wrong."""
    of, name = rule(RULE), found.row.facts[0].row_name
    at, beside = table_name(found.table, checks), "、".join(table_name(one, checks) for one in found.beside)
    title = f"{at}“{name}”的科目编码印作{found.row.code}，{beside}为{found.code}"
    which = f"须按账上科目更正{at}的编码。" if found.sure else "不能判断是哪一张表的编码有误，须按账上科目核对。"
    return Finding(
        id=digest(f"{RULE}|{found.table}[{found.row.code}]"),
        rule=RULE,
        severity="error" if found.sure else "question",
        title=title if found.sure else titles.asked(title, titles.WHETHER),
        message=f"{title}，名称相同而编码不同。"
        + (f"由此有{len(checks.distinct(found.conflicts))}项勾稽关系不成立。" if found.conflicts else "")
        + which,
        details=wording.violated(found.conflicts, checks),
        suspects=found.row.facts,
        located=found.sure,
        checks=found.conflicts,
        slip=SLIP,
        basis=of.basis,
    )
