"""The command `gouji rules`: prints every rule with its basis, or the review rules' thresholds."""

from __future__ import annotations

import argparse
from typing import Any

from gouji.checks.rules import RuleHead, load_rules
from gouji.review.families import review_rules
from gouji.rules.thresholds import thresholds
from gouji.runtime.usage import add_command

_SEVERITIES = {"error": "错误", "question": "疑点", "note": "提示"}


def add_rules(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    told = "列出全部规则及其依据，或审阅规则的界限"
    command = add_command(commands, "rules", told, "--thresholds")
    command.add_argument("--thresholds", action="store_true", help="只列审阅规则的界限（参数 thresholds.questions）")


def show_rules(options: argparse.Namespace) -> int:
    """Prints rules, tab-separated: id, severity, title, bases; or thresholds: name, default, meaning, reason."""
    if options.thresholds:
        for name, one in thresholds().items():
            print(f"{name}\t{one.default}{one.unit}\t{one.means}\t{one.why}")
        return 0
    own = sorted(load_rules(), key=lambda rule: bool(rule.beyond))  # those of the nine tables first
    for rule in (*own, *(rule for rule, _ in review_rules())):
        print(f"{rule.id}\t{_SEVERITIES[rule.severity]}\t{rule.title}\t{_bases(rule)}")
    return 0


def _bases(rule: RuleHead) -> str:
    return "；".join(f"{one.citation}（{one.dated}）" if one.dated else one.citation for one in rule.basis)
