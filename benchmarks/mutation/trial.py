"""Trials of mutants: each in a process of its own, with the tests of its module.

A change inside a function is put into the function that is there, in a process forked from one that has collected the
tests: nothing is imported again. Any other change is imported, with all that imports it, in one forked before that.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.replaced import dependent, import_changed, in_functions, put_into_functions

#: A mutant may take so many times the CPU seconds of the tests without it.
_TIMES = 4
Told = Callable[[Mutant, str], None]


class Trials:
    """Tests of one module, run with other sources of it."""

    def __init__(self, module: str, tests: Iterable[str], root: Path) -> None:
        self.module = module
        self.tests = [str(path) for name in tests for path in (root / "tests").rglob(f"{name}.py")]
        self.seconds = 600
        os.chdir(root)
        os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "GOUJI_CACHE": "off"}
        os.environ.pop("GOUJI_CORPUS", None)
        for name in (module, "pytest", "hypothesis.extra.numpy", "gouji.fictitious", "docx", "lxml.html"):
            importlib.import_module(name)
        spec = find_spec(module)
        self.source = Path(spec.origin if spec and spec.origin else "").read_text(encoding="utf-8")

    def pass_unchanged(self) -> bool:
        """True where the tests pass as the module is; measures what they take."""
        began = resource.getrusage(resource.RUSAGE_CHILDREN)
        _, status = os.waitpid(_forked(lambda: self._import_and_run(self.source)), 0)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.seconds = int(_TIMES * (ended.ru_utime - began.ru_utime)) + 5
        return status == 0

    def of(self, mutants: Sequence[Mutant], workers: int, told: Told) -> None:
        """Tries each mutant and tells what became of it: killed, timeout (which is killed too), survived."""
        inside = in_functions(self.source)
        for mutant, outcome in _outcomes(
            [one for one in mutants if one.line not in inside], workers, lambda one: self._import_and_run(one.mutated)
        ):
            told(mutant, outcome)
        self._collected([one for one in mutants if one.line in inside], workers, told)

    def _collected(self, mutants: Sequence[Mutant], workers: int, told: Told) -> None:
        """Tries mutants once the tests are collected."""
        import pytest
        from _pytest.main import pytest_runtestloop

        trials = self

        class Loop:
            """In place of running the tests: a process for each mutant that does."""

            @pytest.hookimpl(tryfirst=True)
            def pytest_runtestloop(self, session: pytest.Session) -> bool:
                def run(mutant: Mutant) -> int:
                    trials.limit()
                    put_into_functions(sys.modules[trials.module], mutant.mutated)
                    try:
                        pytest_runtestloop(session)
                    except session.Failed:
                        return 1
                    return int(session.testsfailed > 0)

                for mutant, outcome in _outcomes(mutants, workers, run):
                    told(mutant, outcome)
                return True

        if mutants:
            with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
                pytest.main(self.options(), plugins=[Loop()])

    def options(self) -> list[str]:
        """How tests are run: until the first that fails; hypothesis draws the same each time, and shrinks nothing."""
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutation", phases=phases, derandomize=True, database=None, deadline=None)
        settings.load_profile("mutation")
        return ["-x", "-q", "-p", "no:cacheprovider", *self.tests]

    def limit(self) -> None:
        """Bounds this process, and sends what it says nowhere."""
        resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)

    def _import_and_run(self, source: str) -> int:
        import pytest

        self.limit()
        import_changed(self.module, source, dependent(self.module))
        return int(pytest.main(self.options()) != 0)


def _outcomes(mutants: Iterable[Mutant], workers: int, run: Callable[[Mutant], int]) -> Iterator[tuple[Mutant, str]]:
    """Runs each mutant in a process, so many at once."""
    running: dict[int, Mutant] = {}
    for mutant in mutants:
        while len(running) >= workers:
            yield _ended(running)
        running[_forked(lambda one=mutant: run(one))] = mutant
    while running:
        yield _ended(running)


def _ended(running: dict[int, Mutant]) -> tuple[Mutant, str]:
    number, status = os.wait()
    outcome = "survived" if status == 0 else "timeout" if os.WIFSIGNALED(status) else "killed"
    return running.pop(number), outcome


def _forked(run: Callable[..., Any]) -> int:
    """A process, by its number, that runs and ends with what comes back; 1 where it raises."""
    if number := os.fork():
        return number
    code = 1
    try:
        code = run()
    finally:
        os._exit(code)
