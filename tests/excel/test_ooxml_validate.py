"""Microsoft's own Open XML SDK finds nothing in the books we write.

The SDK comes as the npm package @ooxml-tools/validate (tests/node_tools.py).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.excel.documents import SETTINGS, book_of, longest
from tests.node_tools import TOOLS, node_tools
from tests.usecases.year import example_documents
from tests.written_books import one_of_each

pytestmark = [pytest.mark.slow, pytest.mark.programs]


@pytest.fixture(scope="module")
def script() -> Path:
    """Give the validating script in a folder where its package is installed."""
    return Path(shutil.copyfile(TOOLS / "validate.mjs", node_tools() / "validate.mjs"))


def test_books__have_no_error_for_the_open_xml_sdk(script: Path, tmp_path: Path) -> None:
    many = replace(SETTINGS, line_rows=(20, 10))
    books = {
        "filled": book_of([*example_documents(), longest("長い文章です。")]),
        "filled 20+10": book_of(example_documents()[:1], many),
        **one_of_each(),
    }
    paths = [tmp_path / f"{name}.xlsx" for name in books]
    for path in paths:
        path.write_bytes(books[path.stem])
    assert _found(script, paths) == {path.stem: [] for path in paths}


def test_broken_book__has_errors(script: Path, tmp_path: Path) -> None:
    """The tool can fail: an attribute that no sheet has, and a cell outside of any row."""
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(book_of([]))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"<sheetData>", b'<sheetData x="1"><c r="A1"/>')
            target.writestr(name, content)
    assert len(_found(script, [bad])["bad"]) >= 2


def _found(script: Path, paths: list[Path]) -> dict[str, list[str]]:
    command = ["node", str(script), *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=300)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {Path(path).stem: errors for path, errors in found.items()}
