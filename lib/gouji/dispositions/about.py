"""What a finding says, to be remembered beside the decision on it."""

from __future__ import annotations

import hashlib
import json

from gouji.checks.check import Checks
from gouji.dispositions.disposition import About
from gouji.facts.shown import shown_text
from gouji.findings.finding import Finding


def about(finding: Finding, checks: Checks) -> About:
    """What a finding says now.

    The fingerprint is of the figures it suspects, what they should be and the difference, not of the other figures
    of its checks: a correction elsewhere leaves it. A finding without suspects, or of checks that cannot hold
    together, is of its checks' printed values.
    """
    printed = [f"{fact.named} {shown_text(fact)}" for fact in finding.suspects]
    values = [shown_text(fact) for fact in finding.suspects]
    if finding.joint is not None or not finding.suspects:
        told = [
            f"{check.scope} {checks.algebra(check) if check.terms else check.rule.title}" for check in finding.checks
        ]
        printed, values = [*printed, *told], [*values, *told]
    expected, difference = (
        "" if one is None else f"{one.normalize():f}" for one in (finding.expected, finding.difference)
    )
    said = [finding.rule, values, expected, difference, [repair.to for repair in finding.repairs]]
    return About(
        rule=finding.rule,
        title=finding.title,
        printed=tuple(printed),
        difference=difference,
        fingerprint=hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()[:12],
    )
