"""States how far the review went, so that a memo without questions is not read as a review without gaps."""

from __future__ import annotations

from gouji.auditing import Audit
from gouji.review.observation import Outcome


def reviewed(audit: Audit) -> str:
    """Returns one sentence on how the review's matters ended; "" where no rule found anything to look at."""
    if not audit.review:
        return ""
    count = audit.review.count()
    rules = len({one.rule.id for one in audit.review})
    raised, clear, unknown = (count[one] for one in (Outcome.RAISED, Outcome.CLEAR, Outcome.UNKNOWN))
    asked = sum(one.reviewed for one in audit.findings.findings)
    answered = f"，其中{raised - asked}项已由勾稽发现说明、不另列" if raised > asked else ""
    return (
        f"此外按 {rules} 条审阅规则看了 {len(audit.review)} 个事项："
        f"提出 {raised} 项（疑点或提示，不是错误{answered}），"
        f"{clear} 项无疑，{unknown} 项因所需内容未公布不能判断；逐项见工作底稿“审阅”。"
    )
