"""Time and memory bind, whatever a document makes of them; what is told is one line."""

from __future__ import annotations

import argparse
import faulthandler
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLE
from gouji import Parameters, audit
from gouji.cli import parsed
from gouji.runtime.bounded import bound_memory, within
from gouji.runtime.limits import LIMITS, LimitExceededError, Limits
from gouji.runtime.own_process import EndedError, watch
from gouji.watched import main

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只在 Linux 上分出进程并限制其内存")
posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="系统没有计时器")


def _options(*arguments: str) -> argparse.Namespace:
    return parsed(["audit", *arguments])


def _spins(options: argparse.Namespace) -> int:
    while True:
        time.sleep(0.01)


def _crashes(options: argparse.Namespace) -> int:
    faulthandler.disable()  # pytest's
    os.kill(os.getpid(), signal.SIGSEGV)
    return 0


def _is_interrupted(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)
    return 0


def _fills(options: argparse.Namespace) -> int:
    bound_memory(Limits(memory_mb=1000))
    with within(LIMITS, "account"):
        return len(bytearray(2_000_000_000))


def _asks(options: argparse.Namespace) -> int:
    """Asks its parent to end, as a supervisor would, and waits for that to reach itself."""
    os.kill(os.getppid(), signal.SIGTERM)
    return _spins(options)


def _says(options: argparse.Namespace) -> int:
    return 1


@posix
def test_a_pattern_that_goes_back_and_forth_is_interrupted() -> None:
    begun = time.monotonic()
    with pytest.raises(LimitExceededError, match=r"account：.*秒数超过上限 1"), within(Limits(seconds=1), "account"):
        re.match(r"(a+)+$", "a" * 40 + "b")
    assert time.monotonic() - begun < 60
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@posix
def test_a_reader_that_swallows_the_interruption_is_interrupted_again() -> None:
    def swallows() -> None:
        with within(Limits(seconds=1), "account"):
            try:
                _spins(argparse.Namespace())
            except BaseException:
                _spins(argparse.Namespace())

    with pytest.raises(LimitExceededError):
        swallows()


def test_memory_that_is_refused_is_told() -> None:
    with pytest.raises(LimitExceededError, match="内存"), within(LIMITS, "account"):
        raise MemoryError


@linux
def test_a_process_that_is_watched_ends(capfd: pytest.CaptureFixture[str]) -> None:
    options = _options("x.txt")
    assert watch(_says, options, 60) == 1
    assert watch(_is_interrupted, options, 60) == 130
    assert watch(_asks, options, 60) == 143
    with pytest.raises(EndedError, match=r"超过 0\.5 秒"):
        watch(_spins, options, 0.5)
    with pytest.raises(EndedError, match="SIGSEGV"):
        watch(_crashes, options, 60)
    assert watch(_fills, options, 60) == 1
    assert "内存" in capfd.readouterr().err


@linux
def test_what_a_killed_process_has_begun_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def begins(options: argparse.Namespace) -> int:
        (tmp_path / ".out.gouji-abcdefgh").mkdir()
        return _crashes(options)

    monkeypatch.setattr("gouji.watched._read", begins)
    assert main(["audit", str(SAMPLE), "--out", str(tmp_path / "out")]) == 2
    line = capsys.readouterr().err
    assert SAMPLE.name in line
    assert "SIGSEGV" in line
    assert line.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_limits_are_set_by_parameters(tmp_path: Path) -> None:
    params = tmp_path / "p.yaml"
    params.write_text(f"source: {SAMPLE}\nlimits: {{lines: 100}}", encoding="utf-8")
    parameters = Parameters.load(params)
    with pytest.raises(LimitExceededError, match="--limit lines=数"):
        audit(parameters=parameters)
    assert audit(parameters=parameters.with_limits({"lines": 10_000})).facts.year == 2023
    assert "limits" not in parameters.model_dump()


@pytest.mark.parametrize(("given", "said"), [("pagez=1", "是否为 pages"), ("pages=x", "正整数"), ("pages=0", "正整数")])
def test_wrong_limits(given: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    from gouji.cli import main as unwatched

    assert unwatched(["audit", str(SAMPLE), "--limit", given]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["inputs.md", "zh-CN/inputs.md"])
def test_every_limit_is_documented(name: str) -> None:
    said = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert [one for one, limit in Limits.model_fields.items() if f"| `{one}` | {limit.default:,} |" not in said] == []
