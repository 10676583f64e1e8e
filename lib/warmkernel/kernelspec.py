"""Writes kernel specs of warm kernels, for JupyterLab, nbclient and everything else that starts kernels by name."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpecManager

PROVISIONER = "warm-provisioner"


def stanza(preload: Sequence[str], environment: Sequence[str] = ()) -> dict[str, Any]:
    """Returns the `kernel_provisioner` entry of a kernel spec's metadata."""
    config = {"preload": list(preload), "environment": list(environment)}
    return {"provisioner_name": PROVISIONER, "config": config}


def install(
    name: str, display_name: str, preload: Sequence[str], environment: Sequence[str] = (), prefix: str | None = None
) -> str:
    """Writes a kernel spec for this interpreter to the user's Jupyter folder or under `prefix`; returns its folder.

    Raises OSError if it cannot be written.
    """
    spec: dict[str, Any] = get_kernel_dict()
    spec["display_name"] = display_name
    spec["metadata"] = {**spec.get("metadata", {}), "kernel_provisioner": stanza(preload, environment)}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kernel.json").write_text(json.dumps(spec, indent=1), encoding="utf-8")
        return KernelSpecManager().install_kernel_spec(folder, name, user=prefix is None, prefix=prefix)
