"""How many table figures are read right from scans: the pages of a PDF with text as pictures, against the text.

`python -m benchmarks.scans FILE.pdf…` (needs the extra for scans: `make ocr`).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

import gouji
from gouji.facts.fact import Part
from gouji.facts.figure import State

DPI = 200


def as_scan(source: Path, target: Path, degrees: float, grain: float) -> int:
    """Writes the pages of a PDF as grey pictures, turned by some degrees and grainy; returns how many."""
    noise = np.random.default_rng(20261126)
    pages = []
    with pypdfium2.PdfDocument(source) as pdf:
        for page in pdf:
            picture = page.render(scale=DPI / 72).to_pil().convert("L")
            if degrees:
                picture = picture.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
            if grain:
                pixels = np.asarray(picture, float) * 0.85 + 20
                pixels += noise.normal(0, grain, pixels.shape)
                picture = Image.fromarray(pixels.clip(0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.6))
            pages.append(picture)
    pages[0].save(target, "pdf", save_all=True, append_images=pages[1:], resolution=DPI)
    return len(pages)


def compare(source: Path, scan: Path) -> str:
    """One line: figures of tables, those read right, doubted, wrong; errors told of the scan but not of the text."""
    text, picture = gouji.audit(source), gouji.audit(scan)
    there, here = ({f.concept: f.figure for f in one.facts if f.part is Part.TABLES} for one in (text, picture))
    printed = {concept: figure for concept, figure in there.items() if figure.printed}
    doubted = {concept for concept in printed if (f := here.get(concept)) and f.state is State.DOUBTFUL}
    right = {c for c, f in printed.items() if c not in doubted and (g := here.get(c)) and g.value == f.value}
    wrong = sorted(concept.path for concept in printed.keys() - doubted - right)
    told = {finding.id for finding in text.findings.of("error")}
    false = [finding.id for finding in picture.findings.of("error") if finding.id not in told]
    return (
        f"figures {len(printed)}, right {len(right)}, doubted {len(doubted)}, wrong {len(wrong)}"
        f"{' ' + ', '.join(wrong) if wrong else ''}; errors {len(told)}, found {len(told) - _missed(told, picture)},"
        f" false {len(false)}"
    )


def _missed(told: set[str], picture: gouji.Audit) -> int:
    return len(told - {finding.id for finding in picture.findings.of("error")})


def main() -> None:
    """Prints a line for each file and way of scanning."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    for source in parser.parse_args().files:
        for name, degrees, grain in (("clean", 0.0, 0.0), ("0.7° askew, grainy", 0.7, 8.0)):
            with tempfile.TemporaryDirectory() as folder:
                scan = Path(folder) / "scan.pdf"
                pages = as_scan(source, scan, degrees, grain)
                begin = time.perf_counter()
                line = compare(source, scan)
                seconds = (time.perf_counter() - begin) / pages
                print(f"{source.name}, {DPI} dpi, {name}: {line}; {seconds:.1f} s a page")


if __name__ == "__main__":
    main()
