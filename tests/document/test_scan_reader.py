"""Scans: figures read from pictures are right or marked as doubtful, and what is doubtful never makes an error."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from conftest import SAMPLE
from gouji import Audit, UnusableInputError, audit, explain, read
from gouji.checks.tie_out import tie_out
from gouji.document.formats.scan.engine import available
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.fact import Part
from gouji.facts.figure import State
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_pdf import to_pdf

extra = pytest.mark.skipif(
    not (find_spec("rapidocr") and find_spec("cv2")), reason="the optional extra for scans is not installed (make ocr)"
)


def pictures(text: str, folder: Path) -> list[Image.Image]:
    """The pages of a document as pictures of 200 dots to the inch."""
    path = folder / "account.pdf"
    to_pdf(Document("account", "", "", read_blocks(text)), path)
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.render(scale=200 / 72).to_pil().convert("RGB") for page in pdf]


def scanned(page: Image.Image, degrees: float) -> Image.Image:
    """As a copier makes it: askew, grey and grainy, a red seal over the figures."""
    grain = np.random.default_rng(1)
    pixels = np.asarray(page.rotate(degrees, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC), float)
    pixels = pixels * 0.85 + 20 + grain.normal(0, 8, pixels.shape)
    turned = Image.fromarray(pixels.clip(0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.6))
    seal = np.asarray(turned).copy()
    down, across = np.ogrid[: seal.shape[0], : seal.shape[1]]
    distance = np.hypot(down - seal.shape[0] / 2, across - seal.shape[1] / 2)
    ring = (distance > 150) & (distance < 165)
    seal[ring] = (seal[ring] * [0.92, 0.3, 0.3]).astype("uint8")
    return Image.fromarray(seal)


def saved(pages: list[Image.Image], path: Path) -> Path:
    pages[0].save(path, "pdf", save_all=True, append_images=pages[1:], resolution=200)
    return path


def cells(audited: Audit) -> dict[str, tuple[str, State]]:
    facts = (fact for fact in audited.facts if fact.part is Part.TABLES)
    return {fact.concept.path: (fact.figure.text.strip(), fact.figure.state) for fact in facts}


@extra
@pytest.mark.parametrize("degrees", [0.0, 0.8])
def test_figures_of_a_scan_are_right_or_doubtful(degrees: float, tmp_path: Path) -> None:
    """The first tables of a clean department."""
    text = to_text(make_department(5, "hunan2023"))
    source = tmp_path / "account.txt"
    source.write_text(text, encoding="utf-8")
    pages = [scanned(page, degrees) if degrees else page for page in pictures(text, tmp_path)[1:4]]
    there, here = cells(audit(source)), audit(saved(pages, tmp_path / "scan.pdf"))
    found = cells(here)
    tables = {path.split("[")[0] for path in found}
    printed = [path for path, (_, state) in there.items() if state in (State.NUMBER, State.ZERO)]
    shown = [path for path in printed if path.split("[")[0] in tables]
    assert len(tables) == 3
    assert len(shown) > 60
    wrong = [
        path
        for path in shown
        if path not in found or (found[path][0] != there[path][0] and found[path][1] is not State.DOUBTFUL)
    ]
    assert len(wrong) <= len(shown) / 100, wrong
    assert not here.findings.of("error")
    assert any("由图片识别文字" in text for text in here.document.anomalies)


@extra
def test_a_picture_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    pictures(SAMPLE.read_text(encoding="utf-8"), tmp_path)[2].save(path)
    document = read(path)
    assert [block.grid.width for block in document.blocks if block.grid] == [9]


def test_without_the_extra_a_picture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.document.formats.scan.content.available", lambda: False)
    path = tmp_path / "page.png"
    Image.new("L", (80, 60), 255).save(path)
    with pytest.raises(UnusableInputError, match="make ocr"):
        read(path)


def test_without_the_extra_a_scanned_pdf_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.document.formats.pdf.content.available", lambda: False)
    path = tmp_path / "scan.pdf"
    Image.new("L", (800, 600), 255).save(path, "pdf")
    with pytest.raises(UnusableInputError, match="1页都是图片"):
        read(path)


@pytest.mark.skipif(not available(), reason="the optional extra for scans is not installed (make ocr)")
def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    whole = BytesIO()
    Image.new("L", (800, 600), 255).save(whole, "png")
    path.write_bytes(whole.getvalue()[:40])
    with pytest.raises(UnusableInputError, match="图片损坏"):
        read(path)


def test_what_is_doubtful_makes_no_finding() -> None:
    """270.91 on the row 2080106 is the sample's error; recognised with little confidence it is none, nor is another."""
    document = Document("account", "", "", read_blocks(SAMPLE.read_text(encoding="utf-8")))
    certain = explain(tie_out(recognise(document)))
    wrong = next(fact for one in certain.findings for fact in one.suspects if fact.figure.text.strip() == "270.91")
    doubted = replace(document, doubtful={wrong.place.line: ((wrong.place.start, wrong.place.end),)})
    facts = recognise(doubted)
    again = next(fact for fact in facts if fact.concept == wrong.concept)
    assert (again.figure.state, again.amount) == (State.DOUBTFUL, None)
    found = explain(tie_out(facts))
    assert {one.id for one in found.findings} == {
        one.id for one in certain.findings if wrong.id not in {f.id for f in one.suspects}
    }
