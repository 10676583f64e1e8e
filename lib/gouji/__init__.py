"""Gouji (勾稽): ties out a Chinese department's published final accounts (部门决算公开).

    read(file) → Document → recognise → Facts → tie_out → Checks → explain → Findings

`audit` goes the whole way; each stage can be called by itself and looked at with `.to_frame()`.
"""

from gouji.auditing import Audit, audit
from gouji.checks.tie_out import tie_out
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.facts.recognise import recognise
from gouji.findings.explain import explain
from gouji.parameters import Parameters
from gouji.runtime.versions import VERSION

__version__ = VERSION

__all__ = ["Audit", "Parameters", "UnusableInputError", "audit", "explain", "read", "recognise", "tie_out"]
