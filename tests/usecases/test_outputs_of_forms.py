"""Outputs of whole years of other forms: page, data, standing, differences and archive have all that was handed in."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forms.years import documents_of, form_text, make_year
from tests.report.page.samples import Parts
from tests.usecases.year import hand_in_filled
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import with_commas
from yosan_xl.model.request import Document
from yosan_xl.report.archive_text import request_text, requests_text, stages_text
from yosan_xl.report.diff_text import diff_text
from yosan_xl.report.status_text import status_text
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.archive.stages import list_stages, show_request, show_year
from yosan_xl.usecases.diff import diff
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.page import page
from yosan_xl.usecases.status import status

UNITS = {"municipal-1": "千円", "prefecture": "千円", "small_town": "円"}
SECRETS = {"contact"}
"""Keys of what is private in these forms."""

R9 = FiscalYear(2027)
Year = tuple[str, Path, list[Document]]


@pytest.fixture(scope="module", params=UNITS)
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    form = str(request.param)
    documents = documents_of(form)[:4]
    folder = tmp_path_factory.mktemp("year") / "R9"
    made = make_year(folder, form_text(form), documents)
    hand_in_filled(made)
    return form, made, documents


def _values(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value that a document gives, with its key."""
    if isinstance(value, dict):
        for own, inner in value.items():
            yield from _values(inner, own)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, key)
    elif value is not None:
        yield key, value


def _handed_in(documents: list[Document]) -> list[tuple[str, object]]:
    own = [{key: one for key, one in each.items() if key != "form"} for each in documents]
    return [(key, value) for key, value in _values(own) if key != "fiscal_year"]


def test_page__shows_every_value_that_was_handed_in(year: Year) -> None:
    form, folder, documents = year
    done = page([], folder)
    assert done.counted == len(documents)
    parts = Parts(done.page.read_text(encoding="utf-8"))
    seen, data = "\n".join(parts.texts), parts.scripts[0]
    missing = [
        value
        for key, value in _handed_in(documents)
        if (with_commas(value) if isinstance(value, int) else str(value)) not in seen
        and str(value) not in data
        and key not in ("start", "end")  # years, which stand there as 和暦
    ]
    assert missing == []
    assert f"単位：{UNITS[form]}" in seen


def test_data__have_every_value_that_was_handed_in(year: Year) -> None:
    _, folder, documents = year
    files = export([], folder, ExportOptions()).files
    rows = [row for file in files for row in csv.reader(_text(file).splitlines(keepends=True))]
    cells = {cell.removeprefix("'") for row in rows for cell in row}
    missing = [value for _, value in _handed_in(documents) if str(value) not in cells]
    assert missing == []
    heads = [next(csv.reader([_text(file).partition("\r\n")[0]])) for file in files]
    assert all(len(set(head)) == len(head) for head in heads)


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig")


def test_public__has_nothing_private_in_any_format(year: Year, tmp_path: Path) -> None:
    _, folder, documents = year
    secrets = [str(value) for key, value in _handed_in(documents) if key in SECRETS]
    made = [page([], folder, public=True).page]
    for form in ("csv", "json", "ndjson"):
        made += export([], folder, ExportOptions(form, public=True), tmp_path / f"out.{form}").files
    texts = [file.read_text(encoding="utf-8") for file in made]
    assert [secret for secret in secrets for text in texts if secret in text] == []
    assert len(texts) >= 4


def test_data__are_written_over_by_the_next_run(year: Year, tmp_path: Path) -> None:
    _, folder, _ = year
    for form in ("csv", "json", "ndjson"):
        first = export([], folder, ExportOptions(form), tmp_path / f"out.{form}")
        again = export([], folder, ExportOptions(form), tmp_path / f"out.{form}")
        assert again.files == first.files != ()


def test_json__is_what_was_handed_in(year: Year) -> None:
    form, folder, documents = year
    found = json.loads(export([], folder, ExportOptions("json")).text or "")
    assert found["unit"] == UNITS[form]
    assert [{**one, "no": None} for one in found["requests"]] == [
        {**one, "no": None} for one in documents
    ]


def test_standing_and_differences__have_the_form_s_unit(year: Year, tmp_path: Path) -> None:
    form, folder, documents = year
    standing = status(folder)
    text = status_text(standing.year, standing.intake)
    total = with_commas(sum(_asked(one) for one in documents))
    assert f"要求 {len(documents)} 件、{total}{UNITS[form]}" in text
    changed = json.loads(json.dumps(documents))
    stage = _stage_of(changed[0])
    changed[0]["amounts"][stage]["total"] += 7
    other = tmp_path / "other.json"
    other.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    said = diff_text(diff(folder / "requests.json", other))
    assert f"（+7{UNITS[form]}）" in said
    assert said.endswith(f"の差 +7{UNITS[form]}")


def _stage_of(document: Document) -> str:
    return "asked" if "asked" in document["amounts"] else "request"


def _asked(document: Document) -> int:
    return int(document["amounts"][_stage_of(document)]["total"] or 0)


def test_archive__shows_every_value_that_was_handed_in(year: Year, tmp_path: Path) -> None:
    form, folder, documents = year
    added = add(folder, archive=tmp_path / "保存庫")
    assert (added.requests, added.agreed) == (len(documents), added.books)
    listed = list_stages(added.root).stages
    total = sum(_asked(one) for one in documents)
    assert UNITS[form] in stages_text(listed)
    assert listed[0].requested == total
    shown = show_year(added.root, R9)
    assert f"要求 {len(documents)}件、{with_commas(total)}{UNITS[form]}" in requests_text(
        shown.stage, shown.rows
    )
    by_no = {row.request.no: row.request.document for row in shown.rows}
    for no, document in by_no.items():
        text = request_text(show_request(added.root, R9, no or 0))
        missing = [
            value
            for _, value in _handed_in([document])
            if isinstance(value, int)
            and not {with_commas(value), f"{value:,}", str(value)} & {*re.split("[ 　\n]", text)}
        ]
        assert missing == []
