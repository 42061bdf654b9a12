"""A year to be published: the nine requests as JSON in 提出, decisions typed into the summary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.usecases.typing import type_in
from tests.usecases.year import by_no, faultless_documents, make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.publish.run import Published, publish

REQUESTS, DECISIONS = "要求状況", "決定状況"
FIRST, SECOND = Path("公表/1_要求状況"), Path("公表/2_決定状況")
LATE = "0301-1"
"""The id of a request that comes after the first edition."""

Decision = tuple[int | None, int | None, str]
"""予算額, うち特財 of it, 編成の考え方."""

DECIDED: Mapping[str, Decision] = {
    "0101-1": (151_486, 0, "要求どおり認める。"),
    "0103-1": (28_000, 0, "電子化経費を精査し、一部を減額した。"),
    "0103-2": (38_484, 0, "要求どおり認める。"),
    "0103-3": (0, 0, "実施の時期を見直す。"),
    "0206-1": (90_955, 12_000, "都の交付金を充てる。"),
    "0205-1": (6_259, 5_868, "国庫支出金を充てる。"),
    "0601-1": (331, 0, "要求どおり認める。"),
    "0601-2": (24_103, 0, "要求どおり認める。"),
    "0602-1": (4_192, 0, "要求どおり認める。"),
}


def json_year(folder: Path, documents: list[dict[str, Any]] | None = None) -> Path:
    """Return a year whose requests are handed in as JSON: the nine, and nothing to be told of them."""
    given = by_no(faultless_documents() if documents is None else documents)
    year = make_year(folder, given)
    hand_in(year, given)
    return year


def hand_in(year: Path, documents: Iterable[dict[str, Any]]) -> None:
    """Hand in these requests and no others."""
    data = json.dumps({"requests": list(documents)}, ensure_ascii=False)
    (year / "提出" / "要求書.json").write_text(data, encoding="utf-8")


def handed_in(year: Path) -> list[dict[str, Any]]:
    """Return the requests that are handed in."""
    text = (year / "提出" / "要求書.json").read_text(encoding="utf-8")
    documents: list[dict[str, Any]] = json.loads(text)["requests"]
    return documents


def late(no: int = 64) -> dict[str, Any]:
    """Return a request that comes late: another department's, with words of its own."""
    like = next(one for one in faultless_documents() if one["id"] == "0103-1")
    texts = ("description", "background", "proposal", "outcome")
    words = {key: f"子育てひろばを増やし、親子が集まる場をつくる（{key}）。" for key in texts}
    unit = {"code": "0301", "bureau": "子ども家庭支援部", "section": "子ども政策課"}
    lines = [{**line, "label": f"ひろば{at}"} for at, line in enumerate(like["lines"], 1)]
    own = {"id": LATE, "no": no, "department": unit, "title": "子育てひろば", "lines": lines}
    return {**like, **own, **words}


def decide(year: Path, decisions: Mapping[str, Decision] = DECIDED) -> None:
    """Consolidate, and type decisions into the summary as finance does."""
    entries: dict[tuple[str, str, int | None], object] = {}
    for request, (amount, specific, why) in decisions.items():
        entries[request, "予算額", None] = amount
        entries[request, "予算額のうち特財", None] = specific
        entries[request, "編成の考え方", None] = why
    type_in(consolidate([], year).summary, entries)


def put(year: Path, edition: str, **options: Any) -> Published:
    """Publish without a PDF, which takes LibreOffice."""
    return publish(year, edition, with_pdf=False, **options)


def data_of(folder: Path) -> dict[str, Any]:
    """Return the data of an edition."""
    value: dict[str, Any] = json.loads((folder / "要求書.json").read_text(encoding="utf-8"))
    return value


def documents_of(folder: Path) -> dict[int, dict[str, Any]]:
    """Return the requests of an edition by NO."""
    return {document["no"]: document for document in data_of(folder)["requests"]}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
