"""The places of dispositions in the working papers, shared by the writer and the reader."""

from __future__ import annotations

#: The list of findings, with columns for the auditor.
FINDINGS = "审计发现"
#: The dispositions whose finding is gone or has changed.
EARLIER = "原有认定"
#: Hidden: a row per finding or earlier disposition, as JSON: what it said and what was written.
RECORDS = "认定记录"

WORKBOOK = "working-papers.xlsx"
YAML = "dispositions.yaml"

ID, DECISION, REASON, REVIEWER, DATE = "编号", "审计认定", "处理意见", "复核人", "日期"
#: The columns that an auditor fills in.
INPUTS = (DECISION, REASON, REVIEWER, DATE)
#: The column of 原有认定 an auditor may mark, and the mark.
WITHDRAW = "撤回"
