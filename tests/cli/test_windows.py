"""Every command on Windows as Linux plays it: nothing that is open is moved or removed, and a console of cp932 takes it all."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.test_places import COMMANDS, whole
from tests.usecases.archive.samples import ALIKE
from tests.windows import windows
from yosan_xl.cli.main import run
from yosan_xl.report.printable import encodable
from yosan_xl.usecases.archive.record import SecondReadOptions

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years with every file that a year has, and an archive; the place has a character that cp932 lacks."""
    return whole(tmp_path_factory.mktemp("𠮷田"))


def _run(words: list[str], encoding: str) -> tuple[int, str, str]:
    """Run a command in the present folder; return its exit code and what stands on the console."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    with (
        mock.patch(
            "yosan_xl.usecases.archive.record.SecondReadOptions",
            partial(SecondReadOptions, ALIKE.reader),
        ),
        mock.patch("yosan_xl.usecases.decisions.summary_books._SECONDS", 0),
        mock.patch("yosan_xl.excel.pdf.find_office", return_value=None),
        mock.patch.object(tempfile, "tempdir", str(Path("temporary").absolute())),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as stop,
    ):
        run(words)
    return int(stop.value.code or 0), _said(out), _said(err)


def _said(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextlib.contextmanager
def _copy(base: Path, to: Path) -> Iterator[Path]:
    """Work in a copy of its own, which is gone afterwards: both runs are in the same place."""
    shutil.copytree(base, to, symlinks=True)
    try:
        with contextlib.chdir(to):
            yield to
    finally:
        shutil.rmtree(to)


LEFT_OUT = (
    *("--from", "--form-file", "--last-year", "--public", "json", "保存庫"),
    *("doctor", "report-problem"),
)
"""How commands end that do on the disk what others do, and those that tell of the machine."""


@pytest.mark.parametrize("command", [one for one in COMMANDS if not one.endswith(LEFT_OUT)])
def test_command__does_the_same_on_windows(command: str, base: Path, tmp_path: Path) -> None:
    words = COMMANDS[command].split()
    with _copy(base, tmp_path / "𠮷") as work:
        code, out, err = _run(words, "utf-8")
        made = {path.relative_to(work): path.read_bytes() for path in _files(work)}
    with _copy(base, tmp_path / "𠮷") as work, windows():
        # 集計.bat is what `init` makes there and nowhere else.
        with mock.patch("yosan_xl.usecases.double_click.put_double_click", return_value=None):
            there = _run(words, "cp932")
        assert {path.relative_to(work): path.read_bytes() for path in _files(work)} == made
    assert there == (code, encodable(out, "cp932"), encodable(err, "cp932"))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
