"""Shared fixtures: the sample department, audited once, and the folder of real documents where there is one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gouji import Audit, Parameters, audit
from gouji.review.observation import Review
from gouji.runtime.faults import LOG

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SAMPLE = ROOT / "data" / "lanshan-employment-2023.txt"
PARAMS = ROOT / "params" / "lanshan-employment-2023.yaml"

sys.path.insert(0, str(TESTS))


@pytest.fixture(scope="session")
def sample() -> Audit:
    """The sample department's audit."""
    return audit(parameters=Parameters.load(PARAMS))


@pytest.fixture
def audit_text(tmp_path: Path) -> Callable[[str], Audit]:
    """Audits a text."""

    def run(text: str) -> Audit:
        source = tmp_path / "account.txt"
        source.write_text(text, encoding="utf-8")
        return audit(source)

    return run


def real_documents() -> list[Path]:
    """The text accounts below GOUJI_CORPUS; none where it is not set."""
    folder = os.environ.get("GOUJI_CORPUS")
    return sorted(Path(folder).glob("seed/*.txt")) if folder else []


@pytest.fixture(scope="module")
def without_review(sample: Audit) -> Iterator[None]:
    """Leaves the review out, for tests of what is made of arithmetic's findings alone.

    `sample` is audited before: it is shared by the session's other tests, with its review.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gouji.auditing.review", lambda *_: Review())
        yield


class _Raising(logging.Handler):
    """Raises what the audit contains."""

    def emit(self, record: logging.LogRecord) -> None:
        raise record.fault  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def faults_are_raised() -> Iterator[None]:
    """A fault of the program that an audit survives fails the test all the same."""
    handler = _Raising()
    LOG.addHandler(handler)
    yield
    LOG.removeHandler(handler)
