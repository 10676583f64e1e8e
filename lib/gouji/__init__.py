"""Audits the final accounts that a Chinese government department publishes (部门决算公开).

`audit(file)` goes the whole way and keeps every stage. The stages can also be called one by one:

    read(file) → Document → recognise → Facts → tie_out → Checks → explain → Findings

`explain(checks)` gives only what arithmetic proves. `explain(checks, audit(file).review)` adds the questions and notes
of the review. Every stage's result has `.to_frame()`, a pandas DataFrame. A file that cannot be used raises
`UnusableInputError`.
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
