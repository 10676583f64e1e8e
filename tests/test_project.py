"""The project's frame: dependencies in agreement, nothing that names an index."""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from gouji.runtime.yaml_data import load_yaml

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-ocr.lock")
LOCK, OCR_LOCK = ((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
#: conda's name where it differs from PyPI's.
CONDA_NAMES = {
    "jupyter_client": "jupyter-client",
    "matplotlib-base": "matplotlib",
    "python-duckdb": "duckdb",
    "types-pyyaml": "types-PyYAML",
}


def requirement(text: str) -> tuple[str, str]:
    """`pandas>=2.2` as (name, minimum)."""
    name, _, minimum = text.partition(">=")
    return CONDA_NAMES.get(name, name), minimum


def declared() -> dict[str, str]:
    """Everything pyproject.toml asks for, extras included, but for that of scans, which has a lock file of its own."""
    extras = [one for name, group in PROJECT["optional-dependencies"].items() if name != "ocr" for one in group]
    return dict(requirement(one) for one in [*PROJECT["dependencies"], *extras])


def test_conda_environment_asks_for_the_same() -> None:
    entries = load_yaml((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    flat = [one for entry in entries for one in (entry["pip"] if isinstance(entry, dict) else [entry])]
    asked = dict(requirement(one) for one in flat)
    assert asked.pop("python") == PROJECT["requires-python"].removeprefix(">=")
    asked.pop("pip")
    assert asked == declared()


def pins(lock: str) -> dict[str, str]:
    """The versions a lock file pins, by name."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE)
    return {name.lower().replace("_", "-"): version for name, version in found}


@pytest.mark.parametrize("extra", [False, True])
def test_lock_pins_every_requirement_by_hash(extra: bool) -> None:
    lock = OCR_LOCK if extra else LOCK
    asked = dict(map(requirement, PROJECT["optional-dependencies"]["ocr"])) if extra else declared()
    lowered = pins(lock)
    for name, minimum in asked.items():
        locked = lowered[name.lower()]
        assert [int(part) for part in re.findall(r"\d+", locked)] >= [int(part) for part in re.findall(r"\d+", minimum)]
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def test_both_locks_pin_the_same_versions() -> None:
    base, ocr = pins(LOCK), pins(OCR_LOCK)
    assert {name: version for name, version in ocr.items() if name in base} == {
        name: version for name, version in base.items() if name in ocr
    }


@pytest.mark.parametrize("name", [*LOCKS, "pyproject.toml", "environment.yml", "Makefile"])
def test_no_index_host_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"index-url|find-links|https?://[^ ]*(simple|pypi)", text)


def test_jupyterlab_knows_the_settings_that_keep_it_off_the_network() -> None:
    folder = ROOT / "notebooks/.jupyterlab"
    [(plugin, settings)] = json.loads((folder / "overrides.json").read_text(encoding="utf-8")).items()
    package, name = plugin.split(":")
    schema = Path(sys.prefix) / "share/jupyter/lab/schemas" / package / f"{name}.json"
    known = json.loads(schema.read_text(encoding="utf-8"))["properties"]
    assert settings["fetchNews"] in [choice["const"] for choice in known["fetchNews"]["oneOf"]]
    assert known["checkForUpdates"]["type"] == "boolean"
    assert "notebooks/.jupyterlab" in (ROOT / "Makefile").read_text(encoding="utf-8")
