"""Draw docs/pictures/floors.svg: the floors of the import contract (pyproject.toml) and about how many imports go from one to another.

`python -m scripts.make_docs` writes it with the other generated files.
"""

from __future__ import annotations

import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scripts.house import PACKAGE, ROOT, Arrows, arrows, modules

_WIDTH, _ROW, _TOP, _HEIGHT = 840, 84, 64, 54
_LEFT, _INNER, _GAP = 20, 480, 16
_LINE, _MOST = 18, 46
_FONT = "'BIZ UDPGothic', 'Yu Gothic UI', Meiryo, sans-serif"
_WHAT = {
    "cli": "one verb, one file; click",
    "usecases": "the business steps",
    "excel": "workbooks",
    "store": "year folder, files",
    "report": "for people, programs",
    "form": "definition → Plan, schema",
    "rules": "what may be wrong, and why",
    "model": "the words of the field; standard library only",
    "resources": "where templates and schemas are",
}

Floors = tuple[tuple[str, ...], ...]
"""From the top: the parts of each floor, which do not know one another."""


class Part(NamedTuple):
    """A part of a floor as it is drawn."""

    name: str
    x: int
    y: int
    width: int


def floors() -> Floors:
    """Return the floors of the contract of layers."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = whole["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["type"] == "layers")
    return tuple(tuple(part.strip() for part in layer.split("|")) for layer in layers)


def import_counts(links: Arrows) -> Counter[tuple[str, str]]:
    """Return how many modules of one part import how many of another, each pair of modules once."""
    found = ((_part(one), _part(other)) for one, others in links.items() for other in others)
    return Counter(pair for pair in found if all(pair) and pair[0] != pair[1])


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def about(count: int) -> int:
    """Return a count to its first figure: the picture stays the same while single imports come and go."""
    step: int = 10 ** (len(str(count)) - 1)
    return (count + step // 2) // step * step


def floors_svg() -> str:
    """Return the picture; the same for the same sources."""
    height = _TOP + _ROW * len(floors())
    drawn = [*_head(height), *_parts(), *_imports(import_counts(arrows(modules())))]
    return "\n".join([*drawn, "</svg>", ""])


def _head(height: int) -> Iterator[str]:
    yield "<!-- Written by `python -m scripts.make_docs` from the import contracts of pyproject.toml and the imports of the package. -->"
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}" role="img">'
    yield f"<title>The floors of {PACKAGE}: imports only go down</title>"
    yield f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    yield _text(_LEFT, 28, f"{PACKAGE}: imports only go down", size=18, weight="bold")
    yield _text(_LEFT, 48, "parts side by side do not know one another", size=12, fill="#555555")
    yield _text(
        _LEFT + _INNER + _GAP, 48, "imports from module to module, about", size=12, fill="#555555"
    )


def _placed() -> Iterator[Part]:
    for row, floor in enumerate(floors()):
        width = (_INNER - _GAP * (len(floor) - 1)) // len(floor)
        for column, name in enumerate(floor):
            yield Part(name, _LEFT + column * (width + _GAP), _TOP + row * _ROW, width)


def _parts() -> Iterator[str]:
    for part in _placed():
        box = f'x="{part.x}" y="{part.y}" width="{part.width}" height="{_HEIGHT}" rx="6"'
        yield f'<rect {box} fill="#eef3fa" stroke="#3f51b5"/>'
        middle = part.x + part.width // 2
        for offset, text, look in (
            (24, part.name, 'font-size="16" font-weight="bold" fill="#1a237e"'),
            (43, _WHAT.get(part.name, ""), 'font-size="12" fill="#333333"'),
        ):
            place = f'x="{middle}" y="{part.y + offset}" text-anchor="middle"'
            yield f"<text {place} {look}>{text}</text>"


def _imports(counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Write beside each floor where its imports go, and between floors the arrow down."""
    for row, floor in enumerate(floors()):
        y = _TOP + row * _ROW
        lines = [line for part in floor for line in textwrap.wrap(_targets(part, counts), _MOST)]
        for number, line in enumerate(lines):
            yield _text(_LEFT + _INNER + _GAP, y + 16 + number * _LINE, line, size=12)
        if row + 1 < len(floors()):
            start = f"M{_LEFT + _INNER // 2} {y + _HEIGHT + 4}"
            way = f'd="{start}v20m-6 -8l6 8l6 -8" fill="none"'
            yield f'<path {way} stroke="#3f51b5" stroke-width="2"/>'


def _targets(part: str, counts: Mapping[tuple[str, str], int]) -> str:
    below = [name for floor in floors() for name in floor if counts[part, name]]
    return (
        f"{part} → " + ", ".join(f"{name} {about(counts[part, name])}" for name in below)
        if below
        else ""
    )


def _text(x: int, y: int, text: str, *, size: int, fill: str = "#333333", weight: str = "") -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{bold}>{text}</text>'
