"""What the command line says of its use, and of options that are none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLE
from gouji.batch.outcome import lost_outcome
from gouji.cli import main
from gouji.runtime.usage import folded, in_chinese
from gouji.runtime.width import text_width
from gouji.runtime.workers import Lost

COMMANDS = (
    *("audit", "explain", "dispositions", "batch", "fictitious"),
    *("sql", "ledger", "portfolio", "rules", "verify"),
)


def ended(arguments: list[str]) -> int:
    """The exit status of a command line that is not run."""
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    return int(raised.value.code or 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "gouji：缺少命令；用法见 gouji --help"),
        (["audit", "a.txt", "--foo"], "gouji：没有这个选项：--foo"),
        (["audti"], "命令没有 audti，是否为 audit？可用：audit、"),
        (["nonsense"], "命令没有 nonsense；可用：audit、explain、dispositions、batch、fictitious"),
        (["audit", "a.txt", "--out"], "gouji audit：--out 后面缺少值"),
        (["rules", "--thresholds=1"], "--thresholds 不带值，不能写 1"),
        (["batch", "params", "--workers", "many"], "--workers：应为整数，不是 many"),
        (["fictitious", "demo", "--number", "1.5"], "--number：应为整数，不是 1.5"),
        *(
            (["audit", "a.txt", f"--timeout={one}"], "--timeout：应为大于 0、至多 1000000 的秒数")
            for one in ("-1", "0", "nan", "inf", "1e300", "soon")
        ),
        (["explain", "a.txt", "b", "--timeout=0"], "gouji explain：--timeout：应为大于 0"),
        (["batch", "params", "--timeout=-5"], "gouji batch：--timeout：应为大于 0"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "usage" not in line


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_tells_its_statuses_and_an_example(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert ended([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：gouji")
    assert "退出状态：0 完成" in said
    assert f"例：gouji {command} " in said
    assert not any(word in said for word in ("usage", "positional", "options:", "show this"))
    assert max(map(text_width, said.splitlines())) <= 80


def test_no_word_of_the_views_is_broken(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ended(["sql", "--help"])
    said = capsys.readouterr().out
    assert all(view in said for view in ("runs", "all_findings", "all_checks", "all_facts"))


def test_folded_lines() -> None:
    for width in (8, 12, 30):
        lines = folded("视图：runs、all_checks（全部），另有若干。", width)
        assert "".join(lines).replace(" ", "") == "视图：runs、all_checks（全部），另有若干。"
        assert any("all_checks" in line for line in lines)


def test_what_is_not_known_is_said_as_it_is() -> None:
    assert in_chinese("a new message") == "a new message"


def test_rules_of_the_nine_tables_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    first = [line.partition(".")[0] for line in capsys.readouterr().out.splitlines()]
    assert first[0] not in ("assets", "fleet", "general_carried")
    assert first.index("summary") < first.index("assets")


#: Runs each command in a process of its own, all of which have what was imported once, and prints their statuses.
_EACH = """
import json, os, sys
from gouji.watched import main
statuses = []
for command in json.loads(sys.argv[1]):
    if (child := os.fork()) == 0:
        os.dup2(int(sys.argv[2]), 1)
        sys.exit(main(command))
    statuses.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(*statuses)
"""


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_nobody_reads_on() -> None:
    """The reader of the pipe has gone before anything is printed."""
    commands = [["rules"], ["--help"], ["explain", str(SAMPLE), "支出"]]
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lib")}
    environment.pop("PYTHONUNBUFFERED", None)  # argparse passes over what fails at once
    run = [sys.executable, "-c", _EACH, json.dumps(commands), str(writer)]
    done = subprocess.run(run, capture_output=True, env=environment, pass_fds=[writer], check=False)
    os.close(writer)
    assert done.stderr.decode() == ""
    assert done.stdout.split() == [b"141"] * len(commands)


def test_a_time_out_says_first_to_give_more_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from gouji import watched

    monkeypatch.setattr(watched, "_read", lambda options: __import__("time").sleep(60))
    assert watched.main(["audit", str(SAMPLE), "--out", str(tmp_path / "out"), "--timeout", "0.2"]) == 2
    assert "超过 0.2 秒仍未完成，已终止；请先用 --timeout 调高时限重试；文件可能已损坏" in capsys.readouterr().err
    assert lost_outcome("a", Lost("超过 1 秒仍未完成，已终止", in_time=False)).reason.endswith("--timeout 调高时限重试")
    assert lost_outcome("a", Lost("意外退出")).reason == "意外退出"


def test_an_empty_place_is_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SAMPLE), " "]) == 2
    assert "没有写明数字的位置" in capsys.readouterr().err
