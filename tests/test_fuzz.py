"""Broken files: those that are kept are read or refused, and so are some broken anew. `benchmarks.fuzz` looks for
more of them, for as long as it is given.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from fuzz.target import CORPUS, Target, feed
from fuzz.targets import TARGETS
from gouji.document.kind import kind_of

#: How many inputs of each target are broken anew: two or three seconds of each.
NUMBERS = {
    "text": 60,
    "word": 60,
    "sheet": 40,
    "web": 60,
    "pdf": 20,
    "figure": 2000,
    "grammar": 80,
    "checker": 12,
    "parameters": 200,
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """The libraries that read PDF tell of every defect."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


KEPT = [(target, path) for target in TARGETS.values() for path in target.corpus()]


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{one.name}/{path.stem}" for one, path in KEPT])
def test_a_broken_file_is_read_or_refused(target: Target, path: Path) -> None:
    assert feed(target, path.read_bytes())


def test_the_corpus_is_a_hundred_small_files_all_of_which_are_replayed() -> None:
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    assert sorted(path for _, path in KEPT) == sorted(files)
    assert len(files) >= 100
    assert sum(path.stat().st_size for path in files) < 1_500_000
    assert {path.parent.name for path in files} == set(TARGETS)


@pytest.mark.parametrize("name", list(TARGETS))
def test_inputs_broken_anew_are_read_or_refused(name: str) -> None:
    target, rng = TARGETS[name], Random(f"{name}/1")
    pool = target.seeds()
    outcomes: dict[str, bytes] = {}
    for _ in range(NUMBERS[name]):
        data = target.mutate(rng.choice(pool), rng)
        if outcomes.setdefault(feed(target, data), data) is data:
            pool.append(data)
    assert len(outcomes) > 2, "damage that changes nothing finds nothing"


@pytest.mark.parametrize("name", list(TARGETS))
def test_seeds_are_whole_and_damage_is_damage(name: str) -> None:
    """Undamaged inputs are not refused, the same chance gives the same damage, and parts of an input are smaller."""
    target = TARGETS[name]
    assert target.seeds()
    for data in target.seeds()[:5]:
        assert any(not part.startswith("refused") for part in feed(target, data).split(", "))
        assert len({target.mutate(data, Random(5)) for _ in range(2)}) == 1
        assert len({target.mutate(data, Random(seed)) for seed in range(12)}) > 6
        assert not data or len(next(target.smaller(data))) < len(data)


@pytest.mark.parametrize(("name", "kind"), [("word", "docx"), ("sheet", "xlsx"), ("web", "html"), ("pdf", "pdf")])
def test_damage_keeps_most_files_of_their_kind(name: str, kind: str) -> None:
    """Broken outside (the zip, the table of a PDF) a file is refused before anything of it is read."""
    target = TARGETS[name]
    seeds, rng = target.seeds(), Random(1)
    damaged = [target.mutate(rng.choice(seeds), rng) for _ in range(60)]
    kinds = [kind_of(data, Path(f"account.{kind}")) for data in damaged if data[:2] != b"PK" or b"PK\x05\x06" in data]
    assert sum(one == kind for one in kinds) > 50
    assert sum(feed(target, data).startswith("refused") for data in damaged[:12]) < 9
