"""The program as a process: version, start-up, pipes, completion."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE, ROOT
from yosan_xl import __version__
from yosan_xl.cli.main import VERBS

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def _python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**ENVIRONMENT, **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_version(yosan: Yosan) -> None:
    done = yosan("--version")
    assert (done.code, done.out) == (0, f"yosan-xl {__version__}\n")


LIBRARIES = {"openpyxl", "xlsxwriter", "jsonschema", "python_calamine", "sqlite3"}
NOT_FOR_A_BOOK = {
    *LIBRARIES,
    *("concurrent", "multiprocessing", "subprocess", "asyncio", "logging", "distributed"),
    *("tempfile", "random", "statistics", "difflib", "fractions", "html"),
    *("yosan_xl.excel.summary", "yosan_xl.excel.returned", "yosan_xl.excel.reading.typed"),
    *("yosan_xl.excel.wrapping", "yosan_xl.excel.styles", "yosan_xl.excel.checked"),
    "yosan_xl.excel.foreign.worker",
    *("yosan_xl.model.comparison", "yosan_xl.model.rollup"),
    "yosan_xl.rules.sum_grammars",
    *("yosan_xl.cli.help_page", "yosan_xl.report.page"),
}
"""What a book without a fault is checked without; each takes a millisecond or many to import."""


def _modules(*arguments: str) -> set[str]:
    """Give the modules that a command has loaded when it ends; without any, those of click alone."""
    run = f"""
try:
    from yosan_xl.cli.main import run
    run({list(arguments)!r})
except SystemExit:
    pass
"""
    code = f"import sys, click\n{run if arguments else ''}\nprint(*sys.modules)"
    done = _python("-c", code)
    assert "Traceback" not in done.stderr, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["explain", "x"]])
def test_start_up__loads_no_workbook_library_and_no_validator(arguments: list[str]) -> None:
    # `explain` gathers the codes of every floor; the libraries beneath stay away.
    known = {"jsonschema"} if "explain" in arguments else set[str]()
    assert _modules(*arguments) & LIBRARIES <= known


@pytest.mark.parametrize(
    ("arguments", "most"), [(["--version"], 12), (["--help"], 28), (["compare", "--help"], 38)]
)
def test_start_up__counts_few_modules(arguments: list[str], most: int) -> None:
    assert len(_modules(*arguments) - _modules()) <= most


def test_help__loads_no_verb() -> None:
    loaded = _modules("--help")
    assert not {f"yosan_xl.cli.{verb.replace('-', '_')}" for verb in VERBS} & loaded
    assert "yosan_xl.usecases" not in loaded


def test_one_book__is_checked_with_few_modules(handed_in: Path) -> None:
    book = next(path for path in (handed_in / "提出").iterdir() if path.name.startswith("0101"))
    loaded = _modules("validate", str(book))
    assert not loaded & NOT_FOR_A_BOOK
    assert "yosan_xl.excel.reading.read_book" in loaded, "the book was read"
    own = {name for name in loaded if name.startswith("yosan_xl")}
    assert len(own) <= 150
    assert len(loaded - own - _modules()) <= 70


def test_start_up__consolidate_loads_the_writer_when_it_writes() -> None:
    code = "import sys, yosan_xl.usecases.consolidate\nprint('xlsxwriter' in sys.modules)"
    assert _python("-c", code).stdout == "False\n"


@pytest.mark.parametrize("arguments", [["explain"], ["schema"], ["--help"], ["nonsense"]])
@pytest.mark.parametrize("also_stderr", [False, True])
def test_closed_pipe__no_traceback(arguments: list[str], also_stderr: bool) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yosan_xl", *arguments],
            stdout=writer,
            stderr=writer if also_stderr else subprocess.PIPE,
            env=ENVIRONMENT,
            check=False,
        )
    finally:
        os.close(writer)
    unheard = also_stderr or arguments != ["nonsense"]
    assert done.returncode == (141 if unheard else 2)
    assert b"Traceback" not in (done.stderr or b"")
    assert b"Exception" not in (done.stderr or b"")


def test_completion__prints_a_script() -> None:
    done = _python("-m", "yosan_xl", _YOSAN_XL_COMPLETE="bash_source")
    assert done.returncode == 0
    assert "_YOSAN_XL_COMPLETE=bash_complete" in done.stdout
    assert "yosan-xl" in done.stdout


def test_completion__knows_the_verbs() -> None:
    words = {"COMP_WORDS": "yosan-xl con", "COMP_CWORD": "1"}
    done = _python("-m", "yosan_xl", _YOSAN_XL_COMPLETE="bash_complete", **words)
    assert done.stdout.split() == ["plain,consolidate"]


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_terminal__findings_are_printed_in_colour(handed_in: Path) -> None:
    import pty

    (handed_in / "提出" / "予定表.xlsx").write_bytes(b"")
    main, terminal = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "yosan_xl", "validate", str(handed_in)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=ENVIRONMENT | {"TERM": "xterm"},
    )
    os.close(terminal)
    text = _all_of(main)
    assert done.wait(30) == 1
    assert "\x1b[" in text
    assert "予定表.xlsx" in text


def _all_of(handle: int) -> str:
    parts, end = [], time.monotonic() + 30
    while time.monotonic() < end:
        try:
            part = os.read(handle, 4096)
        except OSError:  # Linux says so where the other side has gone
            break
        if not part:
            break
        parts.append(part)
    os.close(handle)
    return b"".join(parts).decode()


def test_run__in_a_locale_without_japanese(tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "yosan_xl"]
    made = subprocess.run(
        [*command, "init", "令和4年度の要求", "--year", "令和4年度"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert "令和4年度の年度フォルダーを作りました" in made.stdout.decode("utf-8")
    assert (tmp_path / "令和4年度の要求" / "提出").is_dir()
    for name in ("yosan.toml", "組織.csv", "提出/要求.json"):
        source = EXAMPLE / name.replace("提出/要求.json", "requests.json")
        shutil.copyfile(source, tmp_path / "令和4年度の要求" / name)
    for words in (["validate"], ["consolidate"], ["page"], ["export"], ["archive", "add"]):
        done = subprocess.run(
            [*command, *words, "令和4年度の要求"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), (words, done.stderr.decode("utf-8"))
    assert (tmp_path / "令和4年度の要求/集計/R2_集計.xlsx").is_file()
    assert (tmp_path / "保存庫/R2/要求/提出/要求.json").is_file()
