"""Tells the pages of the file on which a finding's figures and words stand, where the file has pages."""

from __future__ import annotations

from gouji.auditing import Audit
from gouji.findings.finding import Finding


def pages_of(finding: Finding, audit: Audit) -> tuple[str, ...]:
    """Returns the pages in order: `第6页`; of an account in several files with the number of the file.

    Returns nothing for a file without pages, as text and Word are.
    """
    files = {part.name: number for number, part in enumerate(audit.document.parts, 1)}
    places = [fact.place for fact in finding.suspects] + [quote.place for quote in finding.quotes]
    found = set()
    for locator in map(audit.document.locator, places):
        if "page" in locator:
            found.add((files.get(locator.get("file", ""), 0), locator["page"]))
    return tuple(f"第{file}个文件第{page}页" if file else f"第{page}页" for file, page in sorted(found))
