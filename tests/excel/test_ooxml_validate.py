"""Microsoft's own Open XML SDK finds nothing in the books we write.

The SDK comes as the npm package @ooxml-tools/validate (tests/node_tools.py). It takes a second a book, so that a
book of which all is in another too is left to tests/test_workbooks_valid.py, which has one of each.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.excel.documents import SETTINGS, book_of, longest
from tests.node_tools import TOOLS, node_tools
from tests.usecases.year import example_documents
from tests.written_books import one_of_each

pytestmark = [pytest.mark.slow, pytest.mark.programs]


IN_ANOTHER = re.compile(
    r"consolidate( --last-year)?|publish .*_要求状況|generate (municipal-1|prefecture|small_town) .*"
)
"""What has nothing that the summary with シーリング, the second edition, or the filled book of the form has not."""


def test_books__have_no_error_for_the_open_xml_sdk(tmp_path: Path) -> None:
    """The tool can fail: in `broken` are an attribute that no sheet has, and a cell outside of any row."""
    many = replace(SETTINGS, line_rows=(20, 10))
    filled = book_of([*example_documents()[:2], longest("長い文章です。")], many)
    books = {"filled 20+10": filled, "broken": _broken(book_of([]))}
    books |= {name: b for name, b in one_of_each().items() if not IN_ANOTHER.fullmatch(name)}
    assert len(books) > 20
    paths = [tmp_path / f"{name}.xlsx" for name in books]
    for path in paths:
        path.write_bytes(books[path.stem])
    found = _found(paths)
    assert len(found.pop("broken")) >= 2
    assert found == {path.stem: [] for path in paths if path.stem != "broken"}


def _broken(book: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"<sheetData>", b'<sheetData x="1"><c r="A1"/>')
            target.writestr(name, content)
    return out.getvalue()


def _found(paths: list[Path]) -> dict[str, list[str]]:
    script = shutil.copyfile(TOOLS / "validate.mjs", node_tools() / "validate.mjs")
    command = ["node", str(script), *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=300)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {Path(path).stem: errors for path, errors in found.items()}
