"""JupyterLab shows Chinese on a machine without a Chinese font."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.extension.manager import ExtensionPackage

from gouji import lab
from gouji.lab.style import style_sheet


def server(custom: list[str]) -> Any:
    """The parts of a Jupyter server that the extension uses."""
    web_app = SimpleNamespace(settings={"static_custom_path": custom})
    return SimpleNamespace(web_app=web_app, log=logging.getLogger("lab"))


def test_jupyter_accepts_the_extension() -> None:
    package: Any = ExtensionPackage(name="gouji.lab", enabled=True)  # type: ignore[no-untyped-call]
    assert package.validate()
    assert list(package.extension_points) == ["gouji.lab"]


def test_a_users_own_style_sheet_comes_first_and_jupyters_empty_one_last() -> None:
    custom = ["own", "empty"]
    lab._load_jupyter_server_extension(server(custom))
    assert custom[0] == "own"
    assert custom[-1] == "empty"
    sheet = next(Path(folder, "custom.css") for folder in custom[1:-1] if Path(folder, "custom.css").is_file())
    assert sheet.read_text(encoding="utf-8") == style_sheet()


def test_every_file_that_the_style_sheet_names_is_served() -> None:
    custom = ["own", "empty"]
    lab._load_jupyter_server_extension(server(custom))
    names = re.findall(r'url\("(?!data:)([^"]+)"\)', style_sheet())
    assert names
    for name in names:
        assert any(Path(folder, name).is_file() for folder in custom)


def test_without_mplfonts_the_page_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    monkeypatch.setattr(lab, "packaged_file", lambda: None)
    custom = ["own", "empty"]
    lab._load_jupyter_server_extension(server(custom))
    assert custom == ["own", "empty"]
    assert "mplfonts" in caplog.text
