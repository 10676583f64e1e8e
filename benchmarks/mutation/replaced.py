"""A module's source replaced: in the functions that are there, or by importing it again."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any


def in_functions(source: str) -> set[int]:
    """The lines of statements inside functions: what stands there is looked up when the function runs."""
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]
    return {line for one in functions for line in range(one.body[0].lineno, (one.end_lineno or 0) + 1)}


def put_into_functions(module: ModuleType, source: str) -> None:
    """Gives the functions and methods of a module the code that they have in another source."""
    codes = {code.co_qualname: code for code in _codes(compile(source, str(module.__file__), "exec"))}
    for function in _functions(vars(module).values(), module.__name__):
        function.__code__ = codes[function.__code__.co_qualname]
    for one in vars(module).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of all that is defined in a module or class."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            if not one.co_flags & 0x02:  # a class, which has no fast locals
                yield from _codes(one)


def _functions(values: Iterable[Any], module: str) -> Iterator[FunctionType]:
    for one in values:
        if isinstance(one, type) and one.__module__ == module:
            yield from _functions(list(vars(one).values()), module)
        elif isinstance(one, property):
            yield from _functions([one.fget], module)
        else:
            inner = getattr(one, "__func__", None) or getattr(one, "func", None) or one
            function = unwrap(inner) if callable(inner) else None
            if isinstance(function, FunctionType) and _is_of(function, module):
                yield function


def _is_of(function: FunctionType, module: str) -> bool:
    """True for a function whose source is the module's: not what `dataclass` made."""
    return function.__module__ == module and not function.__code__.co_filename.startswith("<")


def dependent(module: str) -> list[str]:
    """The loaded modules of the project that import a module, directly or by way of others, and itself."""
    loaded = {name for name in sys.modules if name.partition(".")[0] == "gouji"}
    imported = {name: _imports(sys.modules[name]) & loaded for name in loaded}
    found, grown = {module}, True
    while grown:
        more = {name for name, others in imported.items() if others & found} | found
        grown, found = len(more) > len(found), more
    return sorted(found)


def _imports(module: ModuleType) -> set[str]:
    """The names that a module's source imports at its top."""
    if not module.__file__:
        return set()
    found: set[str] = set()
    for node in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def import_changed(module: str, source: str, dropped: Iterable[str]) -> None:
    """Forgets modules, so that they are imported again, one of them from another source."""
    for name in dropped:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Finder(module, source))


class _Finder(MetaPathFinder, Loader):
    """Finds one module with another source."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The module's spec, None for all others."""
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Runs the source in the module."""
        run: Callable[..., None] = exec
        run(compile(self.source, f"<{self.name}>", "exec"), module.__dict__)
