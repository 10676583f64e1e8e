"""The population as yardstick: with enough accounts of the year in a ledger, their distribution says what is usual."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import SAMPLE
from gouji import Audit, Parameters, UnusableInputError, audit
from gouji.cli import main
from gouji.parameters import Thresholds
from gouji.posting import append
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.peers import peers_hash, peers_of
from support.sample import three_public

UNION = "reasonableness.union_fees"
DEPARTMENT = "蓝山县就业服务中心"

Peers = Callable[[Sequence[str]], Path]


@pytest.fixture
def peers(tmp_path: Path) -> Peers:
    """Makes a ledger of departments like the sample, each with another amount of 工会经费."""

    def ledger(fees: Sequence[str]) -> Path:
        text = SAMPLE.read_text(encoding="utf-8")
        for number, fee in enumerate(fees):
            source = tmp_path / f"{number}.txt"
            source.write_text(
                text.replace(DEPARTMENT, f"第{number}就业服务中心").replace("11.82", fee), encoding="utf-8"
            )
            append(tmp_path / "ledger", audit(source, Parameters()))
        append(tmp_path / "ledger", audit(SAMPLE, Parameters()))
        return tmp_path / "ledger"

    return ledger


def judged(ledger: Path | None, **lines: str) -> Observation:
    """What the rule says of the sample beside the accounts of a ledger."""
    thresholds = Thresholds.model_validate({"peers": str(ledger or ""), "questions": {"peers_enough": "6", **lines}})
    done: Audit = audit(SAMPLE, Parameters(thresholds=thresholds))
    return next(one for one in done.review if one.rule.id == UNION)


def test_beyond_what_peers_spend(peers: Peers) -> None:
    found = judged(peers(["1.21", "1.52", "1.60", "1.62", "1.71", "1.90", "2.40"]))
    assert found.outcome is Outcome.RAISED
    # 1.62 of 80.88 is the median; the account itself is none of its peers.
    assert "超过同年度7个单位（中位数2.00%）的通常界限" in found.message


def test_usual_among_peers(peers: Peers) -> None:
    assert judged(peers(["9.21", "10.52", "11.60", "12.62", "11.71", "10.90", "12.40"])).outcome is Outcome.CLEAR


def test_too_few_or_all_alike_peers_say_nothing(peers: Peers) -> None:
    few = judged(peers(["1.21", "1.52", "1.60"]))
    assert few.outcome is Outcome.RAISED
    assert "超过界限4%" in few.message
    peers_of.cache_clear()
    alike = judged(peers(["11.90"] * 8))
    assert "超过界限4%" in alike.message


def test_the_ledger_is_named_relative_to_the_parameter_file(peers: Peers, tmp_path: Path) -> None:
    peers(["1.21"])
    file = tmp_path / "sample.yaml"
    file.write_text(f"source: {SAMPLE}\nthresholds: {{peers: ledger}}\n", encoding="utf-8")
    assert Parameters.load(file).peers_path() == tmp_path / "ledger"
    assert Parameters().peers_path() is None


def test_what_is_no_ledger_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError):
        judged(tmp_path / "none")


def test_a_run_says_which_peers_it_was_compared_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = three_public(SAMPLE)
    for name in ("own", "other", "third"):
        (tmp_path / f"{name}.txt").write_text(text.replace(DEPARTMENT, name), encoding="utf-8")
    append(tmp_path / "ledger", audit(tmp_path / "other.txt"))
    file, out, ledger = (str(tmp_path / name) for name in ("p.yaml", "out", "ledger"))
    Path(file).write_text("source: own.txt\nthresholds: {peers: ledger}\n", encoding="utf-8")
    assert main(["audit", "--params", file, "--out", out, "--no-notebooks", "--ledger", ledger]) == 0
    assert main(["verify", out]) == 2
    assert "thresholds.peers" in capsys.readouterr().err
    assert main(["verify", out, "--params", file]) == 0
    assert "[相同] 同类单位（台账 ledger）" in capsys.readouterr().out
    was = peers_hash(tmp_path / "ledger", 2023, "own", "")
    append(tmp_path / "ledger", audit(tmp_path / "third.txt"))
    later = shutil.copytree(tmp_path / "ledger", tmp_path / "later")  # a ledger is read once in a process
    assert peers_hash(later, 2023, "own", "") != was
