"""What is told of a module's mutants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.mutation.mutants import Mutant
from gouji.runtime.yaml_data import load_yaml

#: Of a hundred mutants so many are to be noticed.
LEAST = 90


def tell(name: str, every: Sequence[Mutant], known: Mapping[str, str], show: bool) -> int:
    """Prints the counts of a module, and its survivors where asked for; 0 where enough were noticed."""
    told = Counter(known.get(one.key, "not tried") for one in every)
    survivors = [one for one in every if known.get(one.key) == "survived"]
    reasons = equivalents().get(name, {})
    same = [one for one in survivors if f"{one.before} → {one.after}" in reasons]
    killed = told["killed"] + told["timeout"]
    print(
        f"{name}: {killed} of {len(every)} killed, {100 * killed // max(len(every), 1)} % ({told['timeout']} by time); "
        f"{len(survivors)} survived, {len(same)} of them equivalent; {told['not tried']} not tried",
        flush=True,
    )
    if show:
        for one in survivors:
            why = reasons.get(f"{one.before} → {one.after}", "")
            print(f"  {one.line}: {one.before}\n  {' ' * len(str(one.line))}  {one.after}{'   # ' if why else ''}{why}")
    return 0 if killed * 100 >= LEAST * len(every) else 1


def equivalents() -> dict[str, dict[str, str]]:
    """By module, mutants (`line → line with the change`) that no caller can tell from the module, with the reason."""
    listed = load_yaml(Path(__file__).with_name("equivalent.yaml").read_text(encoding="utf-8")) or {}
    return {name: {f"{one['line']} → {one['as']}": one["why"] for one in mutants} for name, mutants in listed.items()}
