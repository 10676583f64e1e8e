"""Describes a run: the account audited, the rules used, and the results in numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from gouji.auditing import Audit
from gouji.facts.fact import Status
from gouji.labels import normalise
from gouji.memo.manifest import parameters_hash, rules_hash
from gouji.posting.published import published
from gouji.runtime.versions import VERSION

_ID, _KEY = 16, 12


def department_id(audit: Audit) -> str:
    """Returns a digest of region, department and year.

    The name in the parameters counts first: a later version may read the name in the text differently. An account
    without a name is identified by its source.
    """
    given = audit.parameters
    name = given.department or audit.facts.department or audit.document.name
    return _digest(given.region_code or given.region, normalise(name), str(year_of(audit) or ""))[:_ID]


def run_key(audit: Audit) -> str:
    """Returns a digest of rules, source and parameters, equal for runs that cannot differ."""
    return _digest(rules_hash(), audit.document.sha256, parameters_hash(audit.parameters))[:_KEY]


def year_of(audit: Audit) -> int | None:
    """Returns the account's year, None where neither the document nor the parameters give it."""
    return audit.facts.year or audit.parameters.year


def run_row(audit: Audit, manifest_hash: str) -> dict[str, Any]:
    """Returns the row in `runs`, without the columns that identify the run."""
    given = audit.parameters
    amounts, doubtful = published(audit)
    return {
        "department": given.department or audit.facts.department,
        "region": given.region,
        "region_code": given.region_code,
        "function": given.function,
        "headcount": given.headcount,
        "year": year_of(audit),
        "source": audit.document.name,
        "source_sha256": audit.document.sha256,
        "parameters_hash": parameters_hash(audit.parameters),
        "rules_hash": rules_hash(),
        "gouji": VERSION,
        "manifest_hash": manifest_hash,
        **_count_findings(audit),
        **_covered(audit),
        **amounts,
        "doubtful": ",".join(doubtful),
    }


def _count_findings(audit: Audit) -> dict[str, int]:
    """Counts the findings by severity, and those that the auditor has settled (已说明、不认定)."""
    found = audit.findings.findings
    counted = Counter(finding.severity for finding in found)
    settled = sum(audit.dispositions.settles(finding) for finding in found)
    return {
        "errors": counted["error"],
        "questions": counted["question"],
        "notes": counted["note"],
        "settled": settled,
    }


def _covered(audit: Audit) -> dict[str, int]:
    """Counts what was found, read and checked, and the nine tables by status."""
    coverage = audit.coverage()
    tables = Counter(coverage.pop("tables").values())
    return {**{f"tables_{status.value}": tables[status.value] for status in Status}, **coverage}


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8")).hexdigest()
