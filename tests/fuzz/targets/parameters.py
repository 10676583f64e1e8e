"""The parameter file and the file of decisions: valid, or refused in one line."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from fuzz.mutate.awkward import awkward
from fuzz.mutate.text import flipped, mutated, smaller
from fuzz.target import Target, refusal
from gouji.dispositions.yaml_file import read_yaml
from gouji.errors import UnusableInputError
from gouji.parameters import Parameters

_SEEDS = (
    """department: 某局（虚构）
region: 某县
region_code: '950100'
headcount: 12
year: 2023
source: [a.txt, b.xlsx]
out: out/a
thresholds:
  materiality: 1.5
  questions: {}
overrides:
  unit: 万元
""",
    """source: a.txt
prior: b.txt
budget: [c.txt, d.txt]
subordinates: [e.txt, [f.txt, g.txt]]
earlier_years: []
""",
    """dispositions:
- finding: F-dfa25435
  decision: explained
  reason: 已核对
  reviewer: 张三
  date: 2024-08-01
""",
)
_YAML = awkward("yaml")


def run(data: bytes) -> str:
    """Loads the bytes as either file."""
    with tempfile.TemporaryDirectory(prefix="gouji-fuzz-") as folder:
        path = Path(folder) / "account.yaml"
        path.write_bytes(data)
        return f"{_outcome(lambda: Parameters.load(path))}, {_outcome(lambda: read_yaml(path))}"


def _outcome(load: Callable[[], object]) -> str:
    try:
        load()
    except UnusableInputError as error:
        return refusal(error)
    return "loaded"


def _mutate(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    if rng.random() < 0.5:
        at = rng.randrange(len(text) + 1)
        return (text[:at] + rng.choice(_YAML) + text[at:]).encode("utf-8", errors="replace")
    if rng.random() < 0.1:
        return flipped(data, rng)
    return mutated(text, rng).encode("utf-8", errors="replace")


PARAMETERS = Target("parameters", "yaml", run, lambda: [one.encode() for one in _SEEDS], _mutate, smaller)
