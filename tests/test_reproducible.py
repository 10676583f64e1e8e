"""Two runs in different places, as different users with other settings, leave the same bytes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PARAMS, ROOT, SAMPLE
from gouji import Parameters
from gouji.cli import main
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_pdf import to_pdf
from gouji.fictitious.formats.as_xlsx import to_xlsx
from gouji.runs.produce import produce
from gouji.runs.run_notebooks import Notebooks, notebooks
from gouji.runtime.executed import content_hash
from gouji.verify.outputs import notebook_lines
from gouji.verify.recorded import read_manifest
from support.sample import three_public

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS", "POLARS_MAX_THREADS")
#: What tells two machines apart that a process can see, but for its folders: environment and umask.
MACHINES = (
    (
        {"TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1", **dict.fromkeys(_THREADS, "1")},
        0o077,
    ),
    (
        {
            "TZ": "America/New_York",
            "LC_ALL": "zh_CN.UTF-8",
            "LANG": "de_DE.UTF-8",
            "PYTHONHASHSEED": "77",
            "PYTHONUTF8": "1",
            "OPENBLAS_CORETYPE": "Prescott",
            **dict.fromkeys(_THREADS, "7"),
        },
        0o002,
    ),
)
#: A user's own settings of the library that draws, which no output may follow.
_MATPLOTLIBRC = "font.size: 30\nsvg.fonttype: none\nsvg.hashsalt: mine\nfigure.dpi: 33\n"
FORMATS = {"docx": to_docx, "xlsx": to_xlsx, "pdf": to_pdf}
#: Audits several accounts one after the other: `python -c _SEVERAL FILE FILE …`.
_SEVERAL = """
import sys
from gouji.cli import main
sys.exit(max(main(["audit", one, "--out", f"out/{one}", "--no-notebooks"]) for one in sys.argv[1:]))
"""


def projects(folder: Path) -> tuple[Path, Path]:
    """Two copies of the data and the parameters, where they are called otherwise."""
    places = folder / "a" / "project", folder / "另一处 with blanks" / "deep" / "er"
    for place in places:
        for name in ("data", "params"):
            shutil.copytree(ROOT / name, place / name)
    return places


def on_machine(number: int, place: Path, arguments: list[str]) -> None:
    """Runs Python in a folder as on one of the machines, with a home of its own."""
    home = place / "home"
    if number:
        (home / ".config" / "matplotlib").mkdir(parents=True)
        (home / ".config" / "matplotlib" / "matplotlibrc").write_text(_MATPLOTLIBRC, encoding="utf-8")
    settings, umask = MACHINES[number]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP")}
    own = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=place,
        env=kept | settings | own,
        umask=umask if os.name == "posix" else -1,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The outputs that a run's manifest names, and the manifest."""
    named = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    return {name: (folder / name).read_bytes() for name in ("manifest.json", *named)}


def test_the_sample(tmp_path: Path) -> None:
    first, second = projects(tmp_path)
    on_machine(0, first, ["-m", "gouji", "audit", "--params", f"params/{PARAMS.name}", "--no-notebooks"])
    elsewhere = ["--params", str(second / "params" / PARAMS.name), "--out", "../left here", "--no-notebooks"]
    on_machine(1, second, ["-m", "gouji", "audit", f"data/{SAMPLE.name}", *elsewhere])
    one, other = bytes_of(first / "out" / PARAMS.stem), bytes_of(second.parent / "left here")
    assert len(one) == 9
    assert [name for name in one if one[name] != other[name]] == []
    assert one.keys() == other.keys()
    told = b"".join(one.values())
    assert [place for place in (first, second, tmp_path) if str(place).encode() in told] == []


def test_accounts_that_are_annotated(tmp_path: Path) -> None:
    blocks = read_blocks(three_public(SAMPLE))
    places = [tmp_path / "x", tmp_path / "y z"]
    for number, place in enumerate(places):
        place.mkdir()
        for kind, write in FORMATS.items():
            write(Document("account", "", "utf-8", blocks), place / f"account.{kind}")
        on_machine(number, place, ["-c", _SEVERAL, *(f"account.{kind}" for kind in FORMATS)])
    for kind in FORMATS:
        one, other = (bytes_of(place / "out" / f"account.{kind}") for place in places)
        assert f"annotated.{kind}" in one
        assert one.keys() == other.keys()
        assert [name for name in one if one[name] != other[name]] == []


def test_executed_notebooks_say_the_same_and_are_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two folders, then once more from the manifest; and one altered."""
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    (ran,) = (path for path in notebooks() if path.name.startswith("07"))
    outs = [tmp_path / "one" / "out", tmp_path / "another place" / "run"]
    for out in outs:
        out.parent.mkdir()
        source = out.parent / "account.txt"
        source.write_text(three_public(SAMPLE), encoding="utf-8")
        produce([source], Parameters(), out, notebooks=Notebooks((ran,)))
    one, other = (out / "notebooks" / ran.name for out in outs)
    assert one.read_bytes() != other.read_bytes()
    assert content_hash(one) == content_hash(other) != ""
    assert (outs[0] / "manifest.json").read_bytes() == (outs[1] / "manifest.json").read_bytes()
    assert main(["verify", str(outs[0]), "--notebooks"]) == 0
    assert f"[相同] notebooks/{ran.name}" in capsys.readouterr().out
    text = other.read_text(encoding="utf-8")
    assert "0.25" in text
    other.write_text(text.replace("0.25", "0.35"), encoding="utf-8")
    (line, _) = notebook_lines(outs[1], outs[1], read_manifest(outs[1]), executed=False)
    assert str(line) == f"[不同] notebooks/{ran.name}：写出之后被改动"
