"""`yosan-xl report-problem`: what is in the zip, and which file it calls by which number."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE


def test_report_problem__says_what_is_inside_and_what_is_not(yosan: Yosan, tmp_path: Path) -> None:
    year = shutil.copytree(EXAMPLE, tmp_path / "R2")
    done = yosan("report-problem", str(year))
    assert (done.code, done.err) == (0, "")
    assert "yosan-xl_報告.zip" in done.out
    assert "  内容.txt　何が入っているか" in done.out
    assert "記入された文章、金額" in done.out
    assert "ファイル1は 0206_国保年金課.xlsx です" in done.out
    assert (year / "yosan-xl_報告.zip").is_file()


def test_report_problem__of_no_folder_is_refused(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("report-problem", str(tmp_path / "ない"))
    assert done.code == 2
    assert "YX070" in done.err
