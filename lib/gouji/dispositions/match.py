"""Matches dispositions with the findings of a run: kept, changed, gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gouji.dispositions.about import about
from gouji.dispositions.disposition import DECISION_NAMES, About, Decision, Disposition
from gouji.findings.finding import Finding, Findings


class State(Enum):
    """The state of a disposition's finding."""

    KEPT = "kept"
    CHANGED = "changed"
    GONE = "gone"


STATE_NAMES = {State.KEPT: "有效", State.CHANGED: "发现已变动，需复核", State.GONE: "发现已不存在"}


@dataclass(frozen=True, slots=True)
class Decided:
    """A disposition and what its finding says now (None where it is gone). Only a kept one is in force."""

    disposition: Disposition
    state: State
    now: About | None = None

    @property
    def told(self) -> str:
        """Returns it in one line, for people."""
        said = self.disposition.told
        return said if self.state is State.KEPT else f"需复核：发现已变动，原认定不再适用。原为{said}"

    @property
    def then(self) -> str:
        """Returns what the finding said when the decision was made."""
        return self.disposition.about.told if self.disposition.about else "（未记载）"

    def to_json(self) -> dict[str, Any]:
        """Returns the entry for findings.json."""
        now = {"now": self.now.model_dump(mode="json")} if self.state is State.CHANGED and self.now else {}
        return {"state": self.state.value, **self.disposition.to_json(), **now}


@dataclass(frozen=True)
class Dispositions:
    """All dispositions of a run by finding id, the notices from gathering them, and what the parameters' file stated,
    so that the next run can see whether it has been edited."""

    decided: Mapping[str, Decided] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    stated: Mapping[str, Disposition] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.decided or self.notices)

    def of(self, finding: Finding) -> Decided | None:
        """Returns the disposition of a finding, in force or to be reviewed."""
        return self.decided.get(finding.id)

    def in_state(self, state: State) -> tuple[Decided, ...]:
        """Returns the dispositions of one state, by id."""
        return tuple(one for _, one in sorted(self.decided.items()) if one.state is state)

    @property
    def gone(self) -> tuple[Decided, ...]:
        """Returns the dispositions whose finding is gone."""
        return self.in_state(State.GONE)

    @property
    def changed(self) -> tuple[Decided, ...]:
        """Returns the dispositions whose finding says something else now."""
        return self.in_state(State.CHANGED)

    def settles(self, finding: Finding) -> bool:
        """True where a finding is explained or dismissed."""
        found = self.of(finding)
        return found is not None and found.state is State.KEPT and found.disposition.decision is not Decision.CONFIRMED

    def wants_evidence(self, finding: Finding) -> bool:
        """True where a sheet of evidence is needed: for findings the auditor confirmed, and for errors not decided
        yet."""
        found = self.of(finding)
        if found is None or found.state is not State.KEPT:
            return finding.severity == "error"
        return found.disposition.decision is Decision.CONFIRMED

    def summary(self, findings: Findings) -> str:
        """Returns `认定1项、已说明1项、不认定0项、未认定3项；1项发现已变动，需复核；1项原认定的发现已不存在`."""
        kept = [one.disposition.decision for one in self.in_state(State.KEPT)]
        said = [f"{name}{kept.count(one)}项" for one, name in DECISION_NAMES.items()]
        parts = ["、".join([*said, f"未认定{len(findings) - len(kept)}项"])]
        if self.changed:
            parts.append(f"{len(self.changed)}项发现已变动，需复核")
        if self.gone:
            parts.append(f"{len(self.gone)}项原认定的发现已不存在")
        return "；".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Returns the object `dispositions` of findings.json."""
        return {
            "gone": [one.to_json() for one in self.gone],
            "changed": [one.to_json() for one in self.changed],
            "notices": list(self.notices),
        }


def match(
    given: Mapping[str, Disposition],
    findings: Findings,
    notices: Sequence[str] = (),
    stated: Mapping[str, Disposition] | None = None,
) -> Dispositions:
    """Matches dispositions with their findings."""
    now = {finding.id: about(finding, findings.checks) for finding in findings.findings if finding.id in given}
    decided = {name: _decided(one, now.get(name)) for name, one in sorted(given.items())}
    return Dispositions(decided, tuple(notices), dict(stated or {}))


def _decided(one: Disposition, now: About | None) -> Decided:
    if now is None:
        return Decided(one, State.GONE)
    if one.about is not None and one.about.fingerprint != now.fingerprint:
        return Decided(one, State.CHANGED, now)
    return Decided(one.model_copy(update={"about": now}), State.KEPT, now)
