"""Misprints planted in clean fictitious departments: noticed unless they violate no row, and located."""

from __future__ import annotations

from benchmarks.planted import KINDS, SEED, false_errors, planted


def test_clean_departments_have_no_false_error() -> None:
    number, errors = false_errors(range(100, 103))
    assert number == 15
    assert errors == 0


def test_misprints_are_noticed_and_located() -> None:
    tally = planted(SEED + 1, documents=2, each=len(KINDS))
    every = tally.planted.total()
    assert every == 2 * 5 * len(KINDS)
    assert tally.noticed.total() + tally.silent.total() == every
    assert tally.elsewhere.total() == 0, "a finding never suspects only other figures"
    assert 100 * tally.alone.total() >= 75 * tally.noticed.total()
    assert tally.silent["数字颠倒"] == tally.silent["元误作万元"] == 0


def test_a_run_is_repeated_by_its_seed() -> None:
    one, other = (planted(7, documents=1, each=2) for _ in range(2))
    assert one == other
