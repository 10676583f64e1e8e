"""The narrative's phrases as data: `phrases.yaml`, validated, with one lexicon per section."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from gouji.yaml_data import load_yaml

#: A subject whose amounts are another matter than any the tables print.
UNREAD = "-"
_CONCEPT = re.compile(r"^[a-z_.]+(\[\w+\])?\.[a-z_.]+$")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(_Strict):
    """A section of the narrative and the words its heading has or lacks."""

    key: str
    any: tuple[str, ...]
    none: tuple[str, ...] = ()


class Subject(_Strict):
    """What a phrase speaks of: the concepts its final amount (and its budget amount) states."""

    phrases: tuple[str, ...]
    final: tuple[str, ...]
    budget: tuple[str, ...] = ()
    initial: tuple[str, ...] = ()

    @field_validator("final", "budget", "initial", mode="before")
    @classmethod
    def _split(cls, value: object) -> tuple[str, ...]:
        if value == UNREAD:
            return ()
        concepts = tuple(part.strip() for part in str(value).split(" + "))
        for concept in concepts:
            if not all(_CONCEPT.match(reading.strip()) for reading in concept.split("|")):
                raise ValueError(f"{concept!r} is no concept path such as income[total].fiscal")
        return concepts


class Phrases(_Strict):
    """All of `phrases.yaml`."""

    excluded: tuple[str, ...]
    narrowing: tuple[str, ...]
    sections: tuple[Section, ...]
    measures: dict[str, tuple[str, ...]]
    connectives: tuple[str, ...]
    openers: str
    change: tuple[str, ...]
    becomes: tuple[str, ...]
    completion: tuple[str, ...]
    prior: tuple[str, ...]
    origin: tuple[str, ...]
    comparison: tuple[str, ...]
    parts: tuple[str, ...]
    subjects: dict[str, tuple[Subject, ...]]

    def section_of(self, heading: str) -> str:
        """The key of the section a normalised heading opens, "" for none."""
        for section in self.sections:
            if any(word in heading for word in section.any) and not any(word in heading for word in section.none):
                return section.key
        return ""


@cache
def load_phrases() -> Phrases:
    """The packaged phrases. Raises pydantic.ValidationError, naming the key, where the file is malformed."""
    raw = load_yaml(files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8"))
    raw.pop("common")
    raw["subjects"] = {section: _flat(entries) for section, entries in raw["subjects"].items()}
    return Phrases.model_validate(raw)


def _flat(entries: list[Any]) -> list[Any]:
    return [one for entry in entries for one in (entry if isinstance(entry, list) else [entry])]
