"""The program as a process: version, start-up, pipes, completion."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import ROOT, make_year
from yosan_xl import __version__
from yosan_xl.usecases.fill import fill

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


@pytest.mark.parametrize("arguments", ["['--help']", "['validate', '--help']", "['explain', 'x']"])
def test_start_up__loads_no_workbook_library_and_no_validator(arguments: str) -> None:
    heavy = ("openpyxl", "xlsxwriter", "jsonschema", "python_calamine", "sqlite3")
    # `explain` gathers the codes of every floor; the libraries beneath stay away.
    code = (
        "import sys\nfrom yosan_xl.cli.main import run\n"
        f"try:\n    run({arguments})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    if "explain" in arguments:
        code = code.replace("'jsonschema', ", "")
    done = _python("-c", code)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


def test_start_up__counts_few_modules() -> None:
    code = "import sys\nimport yosan_xl.cli.main\nprint(len(sys.modules))"
    bare = int(_python("-c", "import sys, click\nprint(len(sys.modules))").stdout)
    assert int(_python("-c", code).stdout) - bare < 30


_FOR_OTHER_COMMANDS = (
    *("openpyxl", "xlsxwriter", "jsonschema", "python_calamine", "sqlite3"),
    *(
        "multiprocessing",
        "concurrent",
        "subprocess",
        "tempfile",
        "difflib",
        "statistics",
        "asyncio",
    ),
)


def test_start_up__validate_of_one_book_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    fill(year / "requests.json", year / "提出")
    book = min((year / "提出").glob("*.xlsx"))
    code = (
        "import sys, click\nbare = len(sys.modules)\nfrom yosan_xl.cli.main import run\n"
        f"try:\n    run(['validate', {str(book)!r}])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {_FOR_OTHER_COMMANDS!r} if name in sys.modules])\n"
        "print(len(sys.modules) - bare)"
    )
    *_, heavy, count = _python("-c", code).stdout.splitlines()
    assert heavy == "[]"
    assert int(count) < 225


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
