"""Loads words as data: the `words.yaml` beside the code that uses them is validated and turned into expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Annotated, TypeVar

import yaml
from pydantic import AfterValidator, ValidationError

from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml


def _sound(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        raise ValueError("is empty")
    for at, word in enumerate(words):
        if not word or word != word.strip():
            raise ValueError(f"{word!r} is empty or has blanks around it")
        if word in words[:at]:
            raise ValueError(f"{word!r} stands there twice")
    return words


def _compiles(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        try:
            re.compile(word)
        except re.error as error:
            raise ValueError(f"{word!r} is no regular expression: {error}") from error
    return words


#: Words as printed; their order means nothing.
Words = Annotated[tuple[str, ...], AfterValidator(_sound)]
#: Regular expressions, in the order in which they are tried.
Expressions = Annotated[tuple[str, ...], AfterValidator(_sound), AfterValidator(_compiles)]


class WordLists(StrictModel):
    """The lists of one `words.yaml`, which explains each."""


_Lists = TypeVar("_Lists", bound=WordLists)


def load_words(model: type[_Lists], package: str) -> _Lists:
    """Returns the lists of a package's `words.yaml`. Raises ValueError, as `parse_words` does."""
    text = files(package).joinpath("words.yaml").read_text(encoding="utf-8")
    return parse_words(model, text, f"{package.replace('.', '/')}/words.yaml")


def parse_words(model: type[_Lists], text: str, name: str) -> _Lists:
    """Returns the lists of a file. Raises ValueError, in one line with the file's name and the key, where it is
    malformed."""
    try:
        return model.model_validate(load_yaml(text))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise ValueError(f"{name}: {key}: {first['msg'].removeprefix('Value error, ')}") from error
    except yaml.YAMLError as error:
        raise ValueError(f"{name}: {' '.join(str(error).split())}") from error


def any_of(words: Iterable[str]) -> str:
    """Returns an expression for any of the words as printed, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
