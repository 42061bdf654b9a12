"""A year folder of the bundled example, for tests to work in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.seed import seed_documents
from yosan_xl.usecases.fill import fill

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "examples" / "R2"


def example_documents() -> list[dict[str, Any]]:
    """Give the nine bundled requests."""
    documents: list[dict[str, Any]] = json.loads(
        (EXAMPLE / "requests.json").read_text(encoding="utf-8")
    )
    return documents


PUBLISHED_FAULTS = ["YX209"]
"""The codes of what is wrong in the nine as published: the sum in block 13 of NO 59."""


def faultless_documents() -> list[dict[str, Any]]:
    """Give the nine bundled requests with the sum mended that was published wrong."""
    text = json.dumps(example_documents(), ensure_ascii=False)
    documents: list[dict[str, Any]] = json.loads(
        text.replace("レベルアップ分 3,523千円", "レベルアップ分 3,597千円")
    )
    return documents


def sources() -> dict[str, list[dict[str, Any]]]:
    """Give the nine requests: the bundled ones, and the seed's where the environment names it."""
    seed = seed_documents()
    return {"examples": example_documents(), **({"seed": seed} if seed else {})}


def make_year(folder: Path, documents: list[dict[str, Any]] | None = None) -> Path:
    """Give a year folder with settings, roster and, in requests.json, `documents`.

    Without documents it has the nine, and nothing to be told of them.
    """
    folder.mkdir(parents=True)
    for name in ("yosan.toml", "組織.csv"):
        shutil.copyfile(EXAMPLE / name, folder / name)
    text = json.dumps(faultless_documents() if documents is None else documents, ensure_ascii=False)
    (folder / "requests.json").write_text(text, encoding="utf-8")
    (folder / "提出").mkdir()
    return folder


def hand_in_filled(year: Path) -> list[Path]:
    """Put the books that `fill` makes of requests.json into 提出; those of years that say the same are made once."""
    into = year / "提出"
    said = tuple(
        (str(path.relative_to(year)), path.read_bytes())
        for path in sorted(year.rglob("*"))
        if path.is_file() and into not in path.parents
    )
    if said not in _FILLED:
        books = fill(year / "requests.json", into).books
        _FILLED[said] = {path.name: path.read_bytes() for path in books}
    for name, data in _FILLED[said].items():
        (into / name).write_bytes(data)
    return [into / name for name in _FILLED[said]]


_FILLED: dict[tuple[tuple[str, bytes], ...], Mapping[str, bytes]] = {}


def by_no(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give documents in the order of their NO."""
    return sorted(documents, key=lambda document: document["no"])
