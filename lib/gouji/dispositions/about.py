"""Records what a finding says, to be kept beside the decision on it."""

from __future__ import annotations

import hashlib
import json

from gouji.checks.check import Checks
from gouji.dispositions.disposition import About
from gouji.facts.shown import shown_text
from gouji.findings.finding import Finding


def about(finding: Finding, checks: Checks) -> About:
    """Returns what a finding says now.

    The fingerprint covers the figures it suspects, their corrections and the difference, not the other figures of its
    checks: a correction elsewhere leaves it unchanged. For a finding without suspects, or one whose checks cannot
    hold together, it covers the printed values of its checks.
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
    said = [finding.rule, values, expected, difference, [repair.text for repair in finding.repairs]]
    return About(
        rule=finding.rule,
        title=finding.title,
        printed=tuple(printed),
        difference=difference,
        fingerprint=hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()[:12],
    )
