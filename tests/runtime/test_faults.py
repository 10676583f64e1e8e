"""A fault of the program ends one rule, not the audit, and is told."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from conftest import SAMPLE
from gouji import audit
from gouji.checks import bind
from gouji.errors import UnusableInputError
from gouji.intervals import Verdict
from gouji.memo.html import render_memo
from gouji.review import run
from gouji.review.families import review_rules
from gouji.review.observation import Outcome
from gouji.runtime.faults import LOG, contain


@pytest.fixture(autouse=True)
def faults_are_raised() -> Iterator[None]:
    """Replaces the fixture of that name: here faults are contained, as for a user."""
    kept, LOG.handlers = LOG.handlers, []
    yield
    LOG.handlers = kept


def broken(*_: object) -> list[object]:
    raise KeyError("an index that does not hold what it should")


def test_a_rule_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    whole = audit(SAMPLE)
    monkeypatch.setitem(bind.BINDERS, "share", broken)
    rules = review_rules()
    monkeypatch.setattr(run, "review_rules", lambda: [(rules[0][0], broken), *rules[1:]])
    with caplog.at_level(logging.ERROR, logger=LOG.name):
        found = audit(SAMPLE)
    failed = [one for one in found.checks.checks if "KeyError" in one.reason]
    assert failed
    assert {one.verdict for one in failed} == {Verdict.NOT_CHECKED}
    assert "test_faults.py" in failed[0].reason
    assert [one.outcome for one in found.review if "KeyError" in one.message] == [Outcome.UNKNOWN]
    assert len(caplog.records) == len(failed) + 1
    assert 0 < found.coverage()["checks"] < whole.coverage()["checks"]
    assert failed[0].reason in render_memo(found)


@pytest.mark.parametrize("error", [UnusableInputError("a.txt", "超过限制"), MemoryError()])
def test_what_ends_an_audit_is_passed_on(error: Exception) -> None:
    def failing() -> None:
        raise error

    with pytest.raises(type(error)):
        contain("读取", failing, lambda _: None)
