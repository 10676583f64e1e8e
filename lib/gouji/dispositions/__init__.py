"""Dispositions (审计认定): an auditor's decisions on findings, kept from run to run by the finding's id."""

from gouji.dispositions.disposition import About, Decision, Disposition
from gouji.dispositions.match import Decided, Dispositions, State, match

__all__ = ["About", "Decided", "Decision", "Disposition", "Dispositions", "State", "match"]
