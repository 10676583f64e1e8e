"""The fictitious department whose years, budget and units notebook 14 shows. Run as a script, writes its files."""

from __future__ import annotations

from pathlib import Path

from gouji.fictitious.compared.sets import Documents, document_sets

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path("data") / "fictitious-civil-2024"
PARAMS = Path("params") / "fictitious-civil-2024.yaml"

_SEED, _YEARS = 1, 4
_KEY = f"{_SEED}/960300-civil-2021"
"""The first of its years; it has a break of every kind, so that every comparison has something to ask."""


def demonstration() -> Documents:
    """Its documents."""
    return next(one for one in document_sets(_SEED, with_breaks=True, years=_YEARS) if one.key == _KEY)


def write(root: Path) -> None:
    """Writes them and their parameter file below a project's folder."""
    (root / PARAMS).parent.mkdir(parents=True, exist_ok=True)
    demonstration().write(root / FOLDER, root / PARAMS)


if __name__ == "__main__":
    write(ROOT)
