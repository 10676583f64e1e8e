"""Executes a run again from its manifest, in a folder of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from gouji.auditing import audit
from gouji.dispositions.gather import Gathered
from gouji.errors import UnusableInputError
from gouji.parameters import Parameters
from gouji.runs.outputs import write_outputs
from gouji.runs.produce import run_its_notebooks
from gouji.runs.run_notebooks import Notebooks, notebooks
from gouji.verify.inputs import Input, put
from gouji.verify.recorded import Recorded


def executed_again(
    recorded: Recorded,
    inputs: Sequence[Input],
    peers: Path | None,
    work: Path,
    *,
    workers: int = 0,
    on_step: Callable[[str], None] = lambda text: None,
) -> Path:
    """Audits the files again as the manifest says, writes the outputs below `work`, and returns their folder.

    The outputs name the versions of the manifest. `peers` is the folder of a ledger, None if the manifest names none.
    `workers` execute the notebooks; with 0 none are executed. Calls `on_step` with a line for people at each step.
    Raises UnusableInputError if this version cannot use the files or the parameters of the manifest.
    """
    parameters = _parameters(recorded, inputs, peers, work)
    try:
        found = audit(parameters=parameters)
    except UnusableInputError as error:
        raise UnusableInputError("不能重新执行", _by_their_names(str(error), work)) from error
    decided = recorded.decisions
    gathered = Gathered(
        {one.finding: one for one in decided.decided}, decided.notices, {one.finding: one for one in decided.stated}
    )
    found = replace(found, dispositions=gathered.against(found.findings))
    made = work / "out"
    write_outputs(found, made, recorded.versions)
    ran = tuple(path for path in notebooks() if path.name in recorded.notebooks) if workers else ()
    if ran:
        run_its_notebooks(found, made, made, Notebooks(ran, min(workers, len(ran))), on_step)
    return made


def _by_their_names(said: str, work: Path) -> str:
    """Replaces the paths of files put below `work`, in a message, by the files' names."""
    return re.sub(rf"{re.escape(str(work / 'in'))}[\\/]\d+[\\/]", "", said)


def _parameters(recorded: Recorded, inputs: Sequence[Input], peers: Path | None, work: Path) -> Parameters:
    """Returns the parameters of the manifest, with the files put below `work`."""
    turn: Iterator[Path] = (work / "in" / str(number) for number in count())
    values: dict[str, Any] = {**recorded.parameter_values, "source": put(inputs, recorded.source, turn)}
    values |= {"out": "", "dispositions": "", "prior": (), "budget": (), "subordinates": [], "earlier_years": []}
    for role, document in recorded.source.compared_with.documents():
        paths = put(inputs, document, turn)
        values[role] = paths if role in ("prior", "budget") else [*values[role], paths]
    if recorded.ledger:
        if peers is None:
            problem = f"运行时与台账 {recorded.ledger} 中的同类单位比较过"
            raise UnusableInputError("manifest.json", problem, "请用 --params 给出写明 thresholds.peers 的参数文件")
        values["thresholds"] = {**values["thresholds"], "peers": str(peers.resolve())}
    file = work / "parameters.yaml"
    file.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    try:
        return Parameters.load(file)
    except UnusableInputError as error:
        said = str(error).removeprefix(f"{file}：")
        raise UnusableInputError(
            "manifest.json", f"记载的参数不能用：{said}", f"请用 Gouji {recorded.gouji} 复核"
        ) from error
