"""The folder of an earlier run, as small as it can be."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from gouji.runtime.earlier import MANIFEST, SCHEMA


def an_earlier_run(folder: Path, **outputs: str) -> None:
    """Makes a folder with these outputs (`memo_html` is memo.html) and a manifest that lists them."""
    folder.mkdir(parents=True)
    hashes = {}
    for key, text in outputs.items():
        name = key.replace("_", ".")
        (folder / name).write_text(text, encoding="utf-8")
        hashes[name] = hashlib.sha256(text.encode()).hexdigest()
    said = {"schema": SCHEMA, "outputs": hashes, "notebooks": {}}
    (folder / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
