"""`gouji explain`: the rows around a figure, before anything is solved."""

from __future__ import annotations

import pytest

from conftest import SAMPLE
from gouji.cli import main


def test_the_rows_of_a_figure_are_told_with_printed_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SAMPLE), "公开03表 2080106 基本支出"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("公开03表 · 2080106 就业管理事务 · 基本支出　印数 270.91　含义 expenditure[2080106].basic")
    assert "270.90 ≠ 270.91" in told
    assert "385.28 = 270.91 + 114.38" in told


def test_a_figure_of_a_sentence_is_found_by_its_place_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SAMPLE), "七（二） 公务接待费决算 3万元"]) == 0
    assert capsys.readouterr().out.count("印数") == 1


def test_too_many_figures_are_cut_off_with_a_remark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SAMPLE), "公开03表"]) == 0
    assert "请写得更具体" in capsys.readouterr().out


def test_a_place_that_is_none_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(SAMPLE), "公开99表"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "相近的有" in said.err
