"""A folder that a run is to replace: nothing goes with it that a run has not written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import SAMPLE
from gouji import audit
from gouji.batch.job import Job, Settings
from gouji.batch.remote import RemoteJob, run_remote
from gouji.batch.work import run_job
from gouji.cli import main
from gouji.dispositions.layout import WORKBOOK
from gouji.runs.outputs import write_outputs
from gouji.runs.run_notebooks import Notebooks
from support.earlier import an_earlier_run
from support.few_papers import only
from support.killed import everything_below
from support.small_notebook import small_notebook

WEB_APP = {"manifest.json": '{"name": "my web app"}', "thesis.txt": "of three years", "src/app.js": "let x"}
FOREIGN = {
    "of a web app": WEB_APP,
    "empty": {"manifest.json": "{}", "notes.txt": "mine"},
    "a list": {"manifest.json": "[]"},
    "not JSON": {"manifest.json": "half"},
    "of another tool": {"manifest.json": '{"schema": "x/manifest/2", "outputs": {}, "notebooks": {}}'},
    "without outputs": {"manifest.json": '{"schema": "gouji/manifest/2", "notebooks": {}}'},
    "a folder": {"manifest.json/one.txt": "mine"},
    "none": {"notes.txt": "mine"},
    "deep": {"a/b/c.txt": "mine"},
}
ADDED = (
    *("auditor-notes.txt", "reply.pdf", "evidence-photos/1.jpg", ".hidden"),
    *("notebooks/mine.ipynb", "notebooks/memo.html", "evidence/memo.html"),
)


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def refused(out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line with which a run into the folder is refused, nothing below it or beside it changed."""
    before = everything_below(out.parent)
    assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks"]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert everything_below(out.parent) == before
    return line


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    with only(WORKBOOK):
        assert main(["audit", str(SAMPLE), "--out", str(out), "--no-notebooks"]) == 0
    return out


@pytest.fixture
def run(once: Path, tmp_path: Path) -> Path:
    """A copy of a run's folder."""
    return Path(shutil.copytree(once, tmp_path / "out"))


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
def test_a_folder_of_no_run(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "out", files)
    line = refused(tmp_path / "out", capsys)
    assert "输出文件夹已有其他文件" in line
    assert sorted(files)[0] in line
    assert "请换一个空文件夹" in line


@pytest.mark.parametrize("name", ADDED)
def test_what_somebody_has_put_into_a_run(name: str, run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(run, {name: "mine"})
    line = refused(run, capsys)
    assert f"不是运行写出的文件（{name}）" in line
    assert "请把它移到别处" in line


def test_a_linked_folder_is_somebody_s_work(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "photos", {"1.jpg": "mine"})
    (run / "photos").symlink_to(tmp_path / "photos")
    assert "（photos）" in refused(run, capsys)


def test_a_document_edited_since(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (run / "memo.pdf").open("ab") as file:
        file.write(b"a comment")
    assert "memo.pdf：在运行之后改动过" in refused(run, capsys)


def test_a_run_alone_is_replaced(run: Path) -> None:
    """With what systems and editors leave in any folder, and an empty folder."""
    put(run, {".DS_Store": "", "Thumbs.db": "", "notebooks/.ipynb_checkpoints/memo.ipynb": "{}"})
    (run / "memo.html").write_text("old", encoding="utf-8")
    (run / "empty").mkdir()
    with only("memo.html"):
        assert main(["audit", str(SAMPLE), "--out", str(run), "--no-notebooks"]) == 0
    assert (run / "memo.html").read_text(encoding="utf-8").startswith("<!")
    assert not (run / "Thumbs.db").exists()


def test_what_is_put_there_during_a_run(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def meanwhile(*given: object) -> None:
        put(run, {"reply.txt": "mine"})

    monkeypatch.setattr("gouji.runs.produce.write_outputs", meanwhile)
    assert main(["audit", str(SAMPLE), "--out", str(run), "--no-notebooks"]) == 2
    assert "（reply.txt）" in capsys.readouterr().err
    assert (run / "reply.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in run.parent.iterdir()] == ["out"]


def test_written_in_place_the_manifest_lists_outputs_alone(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The memo's notebook writes into the folder as it is: what else lies there has not become an output."""
    put(run, {"auditor-notes.txt": "mine"})
    with only():
        write_outputs(audit([SAMPLE]), run)
    assert "auditor-notes.txt" not in json.loads((run / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert "（auditor-notes.txt）" in refused(run, capsys)


def test_a_department_of_a_batch(tmp_path: Path) -> None:
    put(tmp_path / "one", WEB_APP)
    (tmp_path / "one.yaml").write_text(f"source: {SAMPLE}\n", encoding="utf-8")
    before = everything_below(tmp_path / "one")
    job = Job("one", tmp_path / "one.yaml", tmp_path / "one")
    outcome = run_job(job, Settings(tmp_path / "out", tmp_path / "out" / "ledger", Notebooks()))
    assert outcome.status == "failed"
    assert "输出文件夹已有其他文件" in outcome.reason
    assert everything_below(tmp_path / "one") == before


@pytest.mark.parametrize("files", [WEB_APP, None], ids=["of a web app", "of a run"])
def test_fictitious_departments_replace_nothing(
    files: dict[str, str] | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if files is None:
        an_earlier_run(tmp_path / "demo", memo_html="memo")
    else:
        put(tmp_path / "demo", files)
    before = everything_below(tmp_path)
    assert main(["fictitious", str(tmp_path / "demo"), "--number", "1"]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "输出文件夹已有其他文件" in line
    assert everything_below(tmp_path) == before


def test_in_a_store_what_others_have_put_there_stays(tmp_path: Path) -> None:
    """Nothing is removed in a store: the run goes on, and leaves it where it is."""
    put(tmp_path / "given", {"one.yaml": "source: account.txt\n", "account.txt": SAMPLE.read_text(encoding="utf-8")})
    job = RemoteJob("one", f"file://{tmp_path}/given/one.yaml", f"file://{tmp_path}/out")
    how = Notebooks((small_notebook(tmp_path, "01_one.ipynb", "print(1)"),))
    settings = Settings(Path("out"), Path("out/ledger"), how, force=True)
    for added in ({}, {"one/reply.txt": "mine"}):
        put(tmp_path / "out", added)
        with only(WORKBOOK):
            assert run_remote(job, settings).status == "done"
    assert (tmp_path / "out" / "one" / "reply.txt").read_text(encoding="utf-8") == "mine"
    put(tmp_path / "out", {"one/manifest.json": "{}"})
    assert "输出文件夹已有其他文件" in run_remote(job, settings).reason
