"""Shows the review: what its rules looked at, the results, and the auditor's thresholds."""

from __future__ import annotations

import pandas as pd

from gouji.auditing import Audit
from gouji.notebook.view import View, framed
from gouji.review.families import review_rules
from gouji.review.observation import Outcome, Review
from gouji.rules.thresholds import thresholds


def undecided(department: Audit) -> View:
    """Shows the matters that could not be judged: what was looked at, and what was not published."""
    matters = matters_of(department.review)
    return framed(matters[matters["结果"] == Outcome.UNKNOWN.value].drop(columns="结果"))


def matters_of(review: Review) -> pd.DataFrame:
    """Returns the matters that review rules looked at, as auditors read it. 对象 is left empty where it only repeats
    the rule's title."""
    frame = review.to_frame()
    return pd.DataFrame(
        {
            "规则": frame["rule"],
            "审阅内容": frame["title"],
            "对象": frame["matter"].where(frame["matter"] != frame["title"], ""),
            "结果": [Outcome[outcome.upper()].value for outcome in frame["outcome"]],
            "说明": frame["said"],
            "依据": frame["basis"],
        }
    )


def review_counts(department: Audit) -> View:
    """Counts how the matters of each rule ended, including rules that found nothing to look at."""
    rows = []
    for rule, _ in review_rules():
        ended = [one.outcome for one in department.review if one.rule.id == rule.id]
        rows.append({"规则": rule.id, "审阅内容": rule.title, **{one.value: ended.count(one) or "" for one in Outcome}})
    return framed(pd.DataFrame(rows))


def lines_drawn(department: Audit) -> View:
    """Shows every threshold of the review rules: its value here, the default, and the reason for it."""
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
