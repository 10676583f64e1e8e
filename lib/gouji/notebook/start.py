"""Begins every notebook: from its parameters to an audit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gouji.auditing import Audit
from gouji.errors import UnusableInputError
from gouji.parameters import Parameters, nearest
from gouji.runs.audit_cache import audited

#: The parameters of every notebook.
PARAMETERS = ("params", "source")
#: A further parameter that a run sets: the folder whose working papers hold the auditor's decisions.
_OUT = "out"


def begin(namespace: Mapping[str, Any], *more: str) -> Audit:
    """Audits the department that a notebook's parameters name (call it with `globals()`), or takes the kept audit of
    the same files. Where `source` is given, it is another department's account: of `params` only thresholds and limits
    hold for it.

    `more` names the parameters that this notebook has besides `PARAMETERS`. Raises UnusableInputError for an unknown
    parameter, with the nearest valid name: papermill only warns of it.
    """
    given = given_parameters(namespace, (*PARAMETERS, *more), (_OUT,))
    params = str(given.get("params") or "")
    parameters = Parameters.load(find(params)) if params else Parameters()
    source: Any = given.get("source") or []
    named = [find(str(one)) for one in ([source] if isinstance(source, str) else source)]
    out = str(given.get(_OUT) or "")
    if named:
        parameters = parameters.of_another()
    return audited(named or parameters.source_paths(), parameters, Path(out) if out else None)


def given_parameters(
    namespace: Mapping[str, Any], valid: tuple[str, ...], also: tuple[str, ...] = ()
) -> dict[str, object]:
    """Returns the parameters in a notebook's namespace.

    Raises UnusableInputError for one that is neither `valid` nor among those that a run sets, `also`.
    """
    given = {name: value for name, value in namespace.items() if _is_parameter(name, value)}
    for name in given:
        if name not in (*valid, *also):
            near = nearest(name, list(valid))
            hint = f"是否为 {near}？" if near else f"可用：{'、'.join(valid)}"
            raise UnusableInputError("笔记本参数", f"未知参数 {name}，{hint}")
    return given


def find(path: str) -> Path:
    """Returns a path relative to the working folder or to a folder above it: notebooks run from their folder and from
    the project's."""
    relative = Path(path)
    folders = [Path.cwd(), *Path.cwd().parents]
    return next((folder / relative for folder in folders if (folder / relative).exists()), relative)


def _is_parameter(name: str, value: object) -> bool:
    plain = isinstance(value, str | int | float | bool | list | dict | None)
    return plain and not name.startswith("_") and name not in {"In", "Out", "exit", "quit", "get_ipython", "open"}
