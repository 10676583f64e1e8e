"""Loads the narrative's phrases from `phrases.yaml`, validated, with one lexicon for each section."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import field_validator, model_validator

from gouji.runtime.strict import StrictModel
from gouji.runtime.word_lists import Expressions, any_of
from gouji.runtime.yaml_data import load_yaml

#: A subject whose amounts are another matter than any the tables print.
UNREAD = "-"
#: The section of sentences that no heading of the 情况说明 opens: annexed reports, descriptions of the department.
FREE = "free"
_CONCEPT = re.compile(r"^[a-z_.]+(\[\w+\])?\.[a-z_.]+$")
#: The kinds of words the grammar reads (`gouji.facts.narrative.said`).
_KINDS = frozenset(
    {
        *("initial", "adjusted", "budget", "final", "prior", "target", "planned", "price", "per_head"),
        *("up", "down", "up_short", "down_short", "either", "becomes", "deviation", "raised", "lowered", "graded"),
        *("flat", "nearly", "greater", "less", "equal", "differing", "completion", "share"),
        *("parts", "whole_list", "closing", "ends", "divided", "partial", "reason", "origin", "since", "asof"),
        *("connective", "carrier", "action", "none", "about", "plain"),
    }
)


class Section(StrictModel):
    """A section of the narrative and the words its heading has or lacks."""

    key: str
    any: tuple[str, ...]
    none: tuple[str, ...] = ()


class Composed(StrictModel):
    """The words that headings on income and expenditure consist of; see `phrases.yaml`."""

    before: Expressions
    sides: tuple[str, ...]
    behind: tuple[str, ...]
    ends: tuple[str, ...]

    def section_of(self, heading: str) -> str:
        """Returns the key of the section of a normalised heading that consists of these words alone; "" for any other
        heading."""
        joined = f"(?:{any_of((*self.sides, *'、和与及'))})+"
        pattern = (
            f"(?:{'|'.join(self.before)})*(?P<named>{joined})(?:{any_of((*self.behind, *self.ends))})*"
            f"(?:{any_of(self.ends)})[。.:]?"
        )
        match = re.fullmatch(pattern, heading)
        if match is None:
            return ""
        income, expenditure = ("收" in match["named"], "支" in match["named"])
        return "overall" if income and expenditure else ("income" if income else "expenditure")


class Subject(StrictModel):
    """A phrase's subject: the concepts that its final amount states, and those that its budget amounts state."""

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


class Family(StrictModel):
    """A whole and the parts that it is the sum of, by their first concepts."""

    whole: str
    parts: tuple[str, ...]


class Balance(StrictModel):
    """Concepts that add up to the same on both sides."""

    left: tuple[str, ...]
    right: tuple[str, ...]


class Limit(StrictModel):
    """A part that may never be more than its whole, by their first concepts."""

    part: str
    whole: str


class KindsApart(StrictModel):
    """Kinds that together are no more than their whole unless others are stated too, by their first concepts."""

    whole: str
    parts: tuple[str, ...]
    unless: tuple[str, ...]


class Compound(StrictModel):
    """A subject, and words that may stand around it and leave it what it is."""

    core: str
    around: tuple[str, ...]


class PerHead(StrictModel):
    """What a figure per head is of, by its words, and what it is divided by."""

    words: tuple[str, ...]
    of: str
    counted: tuple[str, ...]
    units: tuple[str, ...]


class Grades(StrictModel):
    """Grades of an evaluation: their names, the rates named by them, words of what is graded."""

    names: tuple[str, ...]
    rates: dict[str, tuple[str, ...]]
    of: tuple[str, ...]


class Rated(StrictModel):
    """Rates in one word: the kind of amount they divide, and the kinds they may divide it by."""

    words: tuple[str, ...]
    part: str
    base: tuple[str, ...]


class NamedRate(StrictModel):
    """A rate with one definition, by expressions for the words of what it divides and by what; see `phrases.yaml`."""

    words: tuple[str, ...]
    part: Expressions
    base: Expressions | tuple[()] = ()
    planned: bool = False
    alone: tuple[str, ...] = ()


class Difference(StrictModel):
    """An amount (`rest`) that is another less one or more, by expressions for their words; see `phrases.yaml`."""

    whole: Expressions
    less: Expressions
    rest: Expressions
    vague: Expressions | tuple[()] = ()
    opening: tuple[str, ...] = ()
    planned: bool = False
    alike: tuple[str, ...] = ()


class Counted(StrictModel):
    """What is counted beside an expense; see `phrases.yaml`."""

    beside: tuple[str, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    units: tuple[str, ...]
    one_way: bool


class Intensive(StrictModel):
    """What cannot be added up, by its unit or its words; see `phrases.yaml`."""

    units: tuple[str, ...]
    words: tuple[str, ...]
    unless: tuple[str, ...]

    def named(self, text: str) -> bool:
        """True where words say a score, an average or a rate."""
        for word in self.unless:
            text = text.replace(word, "")
        return any(word in text for word in self.words)


class Phrases(StrictModel):
    """All of `phrases.yaml`."""

    excluded: tuple[str, ...]
    annex: tuple[str, ...]
    intensive: Intensive
    narrowing: dict[str, tuple[str, ...]]
    accounts: dict[str, str]
    coded_accounts: dict[str, str]
    other_funds: dict[str, tuple[str, ...]]
    parts_as_in: dict[str, str]
    sections: tuple[Section, ...]
    composed: Composed
    words: dict[str, tuple[str, ...]]
    openers: str
    placeholders: tuple[str, ...]
    limits: tuple[Limit, ...]
    kinds_apart: tuple[KindsApart, ...]
    per_heads: tuple[PerHead, ...]
    paid: tuple[str, ...]
    derived: dict[str, tuple[str, ...]]
    per_nouns: dict[str, tuple[str, ...]]
    grades: Grades
    scores: tuple[tuple[str, ...], ...]
    total_scores: tuple[str, ...]
    prior_limits: tuple[Limit, ...]
    rates: tuple[Rated, ...]
    differences: tuple[Difference, ...]
    named_rates: tuple[NamedRate, ...]
    roles: dict[str, tuple[str, ...]]
    complements: tuple[tuple[str, str], ...]
    complements_of: dict[str, tuple[str, str]]
    balances: tuple[Balance, ...]
    openings: dict[str, str]
    heads: dict[str, str]
    passing: dict[str, tuple[str, ...]]
    same_subject: tuple[str, ...]
    hints: dict[str, tuple[str, ...]]
    families: tuple[Family, ...]
    compounds: tuple[Compound, ...]
    counted: tuple[Counted, ...]
    unit_stops: dict[str, str]
    units: tuple[str, ...]
    subjects: dict[str, tuple[Subject, ...]]

    @model_validator(mode="after")
    def _complete(self) -> Phrases:
        if missing := _KINDS - set(self.words):
            raise ValueError(f"words: {sorted(missing)} are missing")
        if unknown := set(self.words) - _KINDS:
            raise ValueError(f"words: {sorted(unknown)} are no kinds that the grammar reads")
        re.compile(self.openers)
        known = {*self.roles, "spent"}
        if strange := {role for one in self.rates for role in (one.part, *one.base)} - known:
            raise ValueError(f"rates: {sorted(strange)} are none of {sorted(known)}")
        return self

    def hinted(self, text: str) -> str:
        """Returns the key of the section that a sentence belongs to by its words, if no heading says so; "" for
        none."""
        return next((key for key, words in self.hints.items() if any(word in text for word in words)), "")

    def rated(self, word: str) -> Rated | None:
        """Returns what a rate divides by what, by the end of its name; None if that is not known."""
        return next((one for one in self.rates if word.endswith(one.words)), None)

    def role_of(self, phrase: str) -> str:
        """Returns what was done with the amount of a phrase (received, left); "spent" if no word says so."""
        return next((role for role, words in self.roles.items() if any(word in phrase for word in words)), "spent")

    def may_contain(self, whole: str, part: str) -> bool:
        """True unless `part` is known to be something beside `whole`, not of it."""
        if whole == part:
            return True
        if whole.startswith("-"):
            return part.endswith(("income", "opening") if "收入" in whole else ("expenditure", "closing"))
        if part in self.all_parts_of(whole):
            return True
        if any(whole in family.parts and part in family.parts for family in self.families):
            return False
        table = whole.partition("[")[0].partition(".")[0]
        return not (table in ("government_fund", "state_capital", "three_public") and part.startswith(table))

    def parts_of(self, whole: str) -> set[str]:
        """Returns the subjects, by key, that a subject is the sum of; none if they are not known."""
        return {part for family in self.families if family.whole == whole for part in family.parts}

    def all_parts_of(self, whole: str) -> set[str]:
        """The same with the parts of those parts."""
        inside = self.parts_of(whole)
        return inside | {one for family in self.families if family.whole in inside for one in family.parts}

    def section_of(self, heading: str) -> str:
        """Returns the key of the section that a normalised heading opens; "" for none."""
        for section in self.sections:
            if any(word in heading for word in section.any) and not any(word in heading for word in section.none):
                return section.key
        return ""


#: Lists of the file that several sections share.
_SHARED = ("common", "of_general_budget")


@cache
def load_phrases() -> Phrases:
    """Returns the packaged phrases. Raises pydantic.ValidationError, naming the key, if the file is malformed."""
    raw = load_yaml(files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8"))
    raw = {key: value for key, value in raw.items() if key not in _SHARED}
    variants = raw.pop("variants")
    raw["subjects"] = {section: _varied(_flat(entries), variants) for section, entries in raw["subjects"].items()}
    return Phrases.model_validate(raw)


def _varied(entries: list[Any], variants: dict[str, list[str]]) -> list[Any]:
    """Returns entries in which each phrase also has the other words that `variants` has for a part of it; no phrase
    appears twice."""
    known = {phrase for entry in entries for phrase in entry["phrases"]}
    found = []
    for entry in entries:
        phrases = dict.fromkeys(entry["phrases"])
        for said, others in variants.items():
            new = [phrase.replace(said, other) for phrase in phrases if said in phrase for other in others]
            phrases |= dict.fromkeys(phrase for phrase in new if phrase not in known)
        known |= set(phrases)
        found.append({**entry, "phrases": list(phrases)})
    return found


def _flat(entries: list[Any]) -> list[Any]:
    """Returns entries with the lists that sections share opened out."""
    return [one for entry in entries for one in (_flat(entry) if isinstance(entry, list) else [entry])]
