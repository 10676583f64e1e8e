"""The checker: whatever figures an account prints, every verdict is what exact arithmetic says of it, every finding
stands somewhere, every contradiction is its rows added up, and the same account has the same findings."""

# mypy: disable-error-code="operator"

from __future__ import annotations

import zlib
from random import Random

from fuzz import seeds
from fuzz.mutate.text import digits, mutated, smaller
from fuzz.target import Target
from fuzz.targets.exact import no_floats
from fuzz.targets.readers import lines_of
from gouji.checks.check import Check, Checks
from gouji.checks.joint import Contradiction, judge_jointly
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.figure import State
from gouji.facts.recognise import recognise
from gouji.findings.explain import explain
from gouji.findings.finding import Finding, Findings
from gouji.intervals import Verdict, judge_relation

#: One of so many inputs is audited twice.
_TWICE = 6


def run(data: bytes) -> str:
    """Audits a text from its bytes on."""
    text = data.decode("utf-8", errors="replace")
    document = Document("account", "", "utf-8", read_blocks(text))
    findings = _findings(document)
    checks = findings.checks
    for check in checks.checks:
        _verdict(check, checks)
    lines = {line for block in document.blocks for line in lines_of(block)}
    assert len({one.id for one in findings.findings}) == len(findings), "two findings of one id"
    for finding in findings.findings:
        _finding(finding, checks, lines)
    for record in findings.to_records(document.locator):
        no_floats(record)
    _told_of_all_conflicts(findings)
    _joint(checks)
    if zlib.crc32(data) % _TWICE == 0:
        again = _findings(Document("account", "", "utf-8", read_blocks(text)))
        assert again.to_records(document.locator) == findings.to_records(document.locator), "audited twice, two memos"
    return f"{min(len(findings.of('error')), 12)} errors, {len({one.rule for one in findings.findings})} rules"


def _findings(document: Document) -> Findings:
    return explain(tie_out(recognise(document)))


def _verdict(check: Check, checks: Checks) -> None:
    """The residual of a sum is that of its printed amounts, and its verdict what its tolerance says of that."""
    no_floats((check.residual, check.tolerance, check.agreement, check.constant))
    if not check.made or not check.linear:
        return
    facts = checks.facts.facts
    for _, number in check.terms:
        fact = facts[number]
        assert fact.amount is not None or fact.figure.state is State.WORD, "a check made of what cannot be read"
    residual = sum(sign * (facts[number].amount or 0) for sign, number in check.terms) + check.constant
    assert residual == check.residual, "another residual than its figures have"
    if check.operator == "=" and not check.claims and check.rule.kind == "identity":
        beyond = abs(residual) > check.tolerance
        assert beyond == (check.verdict is Verdict.CONFLICT), "a verdict that its tolerance contradicts"
    elif check.operator == "<=" and check.rule.kind == "identity":
        assert check.verdict is judge_relation("<=", residual, check.tolerance), "a verdict that contradicts itself"


def _finding(finding: Finding, checks: Checks, lines: set[int]) -> None:
    """It says something of figures that stand in the document; what it corrects makes its checks hold."""
    assert finding.title, "a finding without a title"
    assert finding.message, "a finding that says nothing"
    for fact in finding.suspects:
        assert checks.facts.facts[fact.id] == fact, "a suspect that is no fact"
        assert fact.place.line in lines, "a suspect that stands nowhere"
    if finding.joint is not None:
        _contradiction(finding.joint, checks)
    for one in finding.candidates:
        low, high = one.range
        assert low is None or high is None or low <= high, "a range that runs backwards"
        if one.implied is not None and finding.located and len(finding.candidates) == 1 and not one.omitted:
            assert low is None or low <= one.implied, "implied below its range"
            assert high is None or one.implied <= high, "implied above its range"


def _contradiction(found: Contradiction, checks: Checks) -> None:
    """Its rows, added up with its multipliers, are off by more than rounding allows."""
    assert len(found.checks) == len(found.multipliers), "a multiplier too many"
    assert abs(found.residual) > found.allowed >= 0, "a contradiction that is none"
    if all(check.linear and check.operator == "=" and not check.per for check in found.checks):
        rows = zip(found.checks, found.multipliers, strict=True)
        assert sum(times * check.residual for check, times in rows) == found.residual, "rows of another sum"


def _told_of_all_conflicts(findings: Findings) -> None:
    """Each conflict of an identity is explained by some finding."""
    told = {check.id for finding in findings.findings for check in finding.checks}
    for check in findings.checks.conflicts():
        if check.terms and check.rule.severity == "error" and check.rule.kind == "identity":
            assert check.id in told, "a conflict that no finding explains"


def _joint(checks: Checks) -> None:
    """A witness makes every identity hold exactly, within the radii."""
    joint = judge_jointly(checks, strict=True)
    for found in joint.contradictions:
        _contradiction(found, checks)
    if joint.witness is None:
        return
    assert not joint.contradictions, "a witness for what contradicts itself"
    facts = checks.facts.facts
    for number, moved in joint.witness.items():
        no_floats(moved)
        assert abs(moved) <= facts[number].radius, "a witness beyond rounding"
    for check in checks.made():
        if check.rule.kind == "identity" and check.rule.severity == "error" and check.operator == "=":
            if check.verdict is Verdict.CONFLICT or check.tie or not check.linear:
                continue
            moved = sum(sign * joint.witness.get(number, 0) for sign, number in check.terms)
            assert check.residual + moved == 0, "a witness that proves nothing"


def _mutate(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        text = digits(text, rng) if rng.random() < 0.8 else mutated(text, rng)
    return text.encode("utf-8", errors="replace")


def _seeds() -> list[bytes]:
    return [*seeds.full_texts(4), *seeds.short_texts()]


CHECKER = Target("checker", "txt", run, _seeds, _mutate, smaller)
