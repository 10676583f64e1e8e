"""The review: what its rules looked at, what came of it, and where the auditor drew lines."""

from __future__ import annotations

import pandas as pd

from gouji.auditing import Audit
from gouji.notebook.view import View, framed
from gouji.review.families import review_rules
from gouji.review.observation import Outcome
from gouji.rules.thresholds import thresholds


def reviewed(department: Audit, outcome: str = "") -> View:
    """The matters that review rules looked at; of one outcome (RAISED, CLEAR, UNKNOWN) where it is named."""
    frame = department.review.to_frame()
    return framed(frame[frame["结果"] == Outcome[outcome].value] if outcome else frame)


def review_counts(department: Audit) -> View:
    """How the matters of each rule ended, in numbers; rules that found nothing to look at too."""
    rows = []
    for rule, _ in review_rules():
        ended = [one.outcome for one in department.review if one.rule.id == rule.id]
        rows.append({"规则": rule.id, "审阅内容": rule.title, **{one.value: ended.count(one) or "" for one in Outcome}})
    return framed(pd.DataFrame(rows))


def lines_drawn(department: Audit) -> View:
    """Every threshold of the review rules: its value here, the default, and why it lies there."""
    set_here = department.parameters.thresholds.questions
    rows = [
        {
            "界限": name,
            "含义": one.means,
            "本次": f"{set_here.get(name, one.default)}{one.unit}",
            "默认": f"{one.default}{one.unit}",
            "理由": one.why,
        }
        for name, one in thresholds().items()
    ]
    return framed(pd.DataFrame(rows, columns=["界限", "含义", "本次", "默认", "理由"]))
