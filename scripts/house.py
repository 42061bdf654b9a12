"""`python -m scripts.house`: how large the house is, and how its rooms hang together.

Prints files and code lines (without blank lines, docstrings and comments) of each floor, the longest chain of
imports inside `usecases/` (deferred imports included), import circles, and class names that stand twice.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = "yosan_xl"
ROOT = Path(__file__).resolve().parent.parent
_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}

Arrows = Mapping[str, frozenset[str]]
"""The modules that each module imports, by their dotted names."""


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def code_lines(path: Path) -> int:
    """Return how many lines hold code."""
    source = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {
        line
        for token in tokens
        if token.type not in _NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines - set(_documented(ast.parse(source))))


def _documented(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def arrows(paths: Mapping[str, Path]) -> Arrows:
    """Return what each module imports of the package, at its head or inside a function."""
    return {
        name: frozenset(_imported(ast.parse(path.read_text(encoding="utf-8")), paths)) - {name}
        for name, path in paths.items()
    }


def _imported(tree: ast.AST, paths: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in paths else node.module for name in inner)


def longest_chain(links: Arrows, within: str) -> list[str]:
    """Return the longest way along the imports between modules below `within`; circles must not be there."""

    @cache
    def longest(module: str) -> tuple[str, ...]:
        inner = [longest(other) for other in links[module] if other.startswith(f"{within}.")]
        return (module, *max(inner, key=len, default=()))

    chains = [longest(name) for name in links if name.startswith(f"{within}.")]
    return [*max(chains, key=len)]


def circles(links: Arrows) -> list[str]:
    """Return the modules from which imports lead back to them."""
    return [name for name in links if name in _reached(links, name)]


def _reached(links: Arrows, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [*links[start]]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += links.get(module, ())
    return reached


def twice(paths: Mapping[str, Path]) -> list[str]:
    """Return the names of classes that stand in several places."""
    names = Counter(
        node.name
        for path in paths.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    return [f"{name} x{count}" for name, count in names.most_common() if count > 1]


def main() -> int:
    """Print the figures."""
    paths = modules()
    lines = {name: code_lines(path) for name, path in paths.items()}
    links = arrows(paths)
    print(f"{len(paths)} files, {sum(lines.values()):,} code lines")
    for floor in sorted({name.split(".")[1] for name in paths if "." in name}):
        inside = [lines[name] for name in paths if name.split(".")[1:2] == [floor]]
        print(f"  {floor:10}{len(inside):5} files {sum(inside):7,} code lines")
    found = circles(links)
    print("import circles:", ", ".join(found) or "none")
    if not found:
        chain = longest_chain(links, f"{PACKAGE}.usecases")
        print(f"longest chain in usecases: {len(chain)}:", " > ".join(chain))
    print("class names twice:", ", ".join(twice(paths)) or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
