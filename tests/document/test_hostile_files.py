"""Files sent to do harm: each is refused in one line, or audited with what is odd in it reported; see `hostile/`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gouji.annotate.copies
import gouji.document.formats.office
import gouji.document.formats.pdf
import gouji.document.formats.sheet
import gouji.document.formats.web
import gouji.document.formats.word  # noqa: F401  (what a case's process would import anew)
from conftest import TESTS
from gouji.runtime.yaml_data import load_yaml
from hostile.run import run

FOLDER = TESTS / "hostile" / "cases"
KEYS = {"file", "make", "limits", "outcome", "says", "rule", "unread"}
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="进程的内存和时间只在 Linux 上能这样限制")


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in load_yaml(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}-{case['file'].encode('ascii', 'replace').decode()}")


CASES = list(_cases())


def test_there_are_many_and_all_differ() -> None:
    names = [one.id for one in CASES]
    assert len(names) >= 100
    assert len(set(names)) == len(names)
    assert all(set(one.values[0]) <= KEYS for one in CASES)


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_does_no_harm(case: dict[str, Any], tmp_path: Path) -> None:
    ran = run(case, tmp_path)
    assert not ran.ended, "the process was ended: it took more than it may, or crashed"
    assert ran.left == []
    assert ran.reached == []
    assert "Traceback" not in ran.printed
    if case["outcome"] == "refused":
        assert ran.status == 2
        assert len(ran.printed.splitlines()) == 1, ran.printed
        assert ran.printed.startswith("gouji: ")
        assert ran.printed[:-1].isprintable()
        assert case["says"] in ran.printed
    else:
        assert ran.status == 0, ran.printed
        assert case.get("says", "") in "\n".join(ran.told)
        assert "rule" not in case or case["rule"] in ran.rules
        assert "unread" not in case or case["unread"] not in ran.read
