"""Of a library only its public names are used: a private one may be gone with its next version."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from json import JSONEncoder
from textwrap import dedent

import pytest

import yosan_xl

MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(yosan_xl.__path__, "yosan_xl.")
    if not name.endswith("__main__")
]
DOCUMENTED = {"_asdict", "_fields", "_make", "_replace"}
"""Names of a named tuple, which could not be told from its fields otherwise."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("_") and name not in DOCUMENTED


def is_own(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def defined(tree: ast.AST) -> set[str]:
    """Return what is defined in a module or a class: functions, classes, names, attributes of self."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= {node.attr} if is_own(node.value) else set()
    return found


def strangers_names(tree: ast.AST) -> Iterator[str]:
    """Yield the private names that are asked of anything but an object of the module's own."""
    own = defined(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not is_own(node.value) and node.attr not in own:
                yield f"{ast.unparse(node)} in line {node.lineno}"
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("yosan_xl"):
            names = [alias.name for alias in node.names if is_private(alias.name)]
            yield from (f"{node.module}.{name} in line {node.lineno}" for name in names)


def used(tree: ast.AST) -> set[str]:
    """Return the private names that a class defines, or asks of itself."""
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return {name for name in asked | defined(tree) if is_private(name)}


@cache
def used_by(one: type) -> set[str]:
    try:
        return used(ast.parse(dedent(inspect.getsource(one))))
    except (OSError, TypeError):  # written in C
        return set()


def inherited(one: type) -> set[str]:
    """Return the private names that a class has from a library: of its classes and of their objects."""
    own = one.__module__.partition(".")[0]
    bases = [base for base in one.__mro__ if base.__module__.partition(".")[0] != own]
    return {name for base in bases if base is not object for name in {*vars(base), *used_by(base)}}


def faults(one: type) -> set[str]:
    return used_by(one) & inherited(one)


def classes() -> list[type]:
    modules = [importlib.import_module(name) for name in MODULES]
    found = [one for module in modules for _, one in inspect.getmembers(module, inspect.isclass)]
    return sorted(
        {one for one in found if one.__module__.startswith("yosan_xl")}, key=lambda one: repr(one)
    )


@pytest.mark.parametrize("name", MODULES)
def test_module__asks_no_private_name_of_another(name: str) -> None:
    module = importlib.import_module(name)
    assert list(strangers_names(ast.parse(inspect.getsource(module)))) == []


def test_class__has_no_private_name_of_a_library() -> None:
    assert {repr(one): names for one in classes() if (names := faults(one))} == {}


def test_private_names__are_found() -> None:
    code = "from zipfile import _x\nbook._store()\nself._own()\nother._own()\nrow._replace()\nself._own = 1"
    assert list(strangers_names(ast.parse(code))) == [
        "zipfile._x in line 1",
        "book._store in line 2",
    ]


class Encoder(JSONEncoder):
    def default(self, o: object) -> object:
        return self._floats, o

    def _own(self) -> None:
        self._floats = 1


class Pool(ThreadPoolExecutor):
    def size(self) -> int:
        return len(self._threads)


def test_faults__are_the_names_that_the_base_has() -> None:
    assert faults(Encoder) == set()
    assert faults(Pool) == {"_threads"}
