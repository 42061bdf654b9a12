"""read: documents on stdout or in a file, findings on stderr."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Yosan
from tests.usecases.edit import set_cell
from tests.usecases.year import by_no, faultless_documents


def test_read__nothing_but_json_on_stdout(yosan: Yosan, handed_in: Path) -> None:
    cell = set_cell(handed_in / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, "１，２３４")
    done = yosan("read", handed_in / "提出")
    assert done.code == 1
    assert by_no(json.loads(done.out)["requests"])[:8] == faultless_documents()[:8]
    assert f"{cell} YX120" in done.err


def test_read__into_a_file(yosan: Yosan, handed_in: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = yosan("read", handed_in, "-o", out)
    assert (done.code, done.out) == (0, "")
    assert "要求 9 件を読みました" in done.err
    assert by_no(json.loads(out.read_text(encoding="utf-8"))["requests"]) == faultless_documents()


def test_read__what_it_wrote_goes_back_into_books(
    yosan: Yosan, handed_in: Path, tmp_path: Path
) -> None:
    again = handed_in / "again.json"
    assert yosan("read", handed_in, "-o", again).code == 0
    assert yosan("fill", again, "-o", tmp_path / "二度目").code == 0
    first = {path.name: path.read_bytes() for path in (handed_in / "提出").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "二度目").iterdir()} == first
