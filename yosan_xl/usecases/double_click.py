"""集計.bat: what finance double-clicks in the year folder on Windows, made by `init` there.

cmd.exe reads a batch file line by line in the code page of its window: the first lines are ASCII and set 932, which every
Windows in Japanese has. There are no blocks in brackets and no labels, since paths may hold brackets and cmd counts bytes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath

from yosan_xl.store import system
from yosan_xl.store.places import FilePlace
from yosan_xl.store.write import write_new_bytes

_CODE_PAGE = 932

MEANINGS = {
    0: "集計できました。誤りはありません。",
    1: "誤りが見つかりました。上に出た「誤り」の文を読んでください。直したあと、もう一度開くと集計し直します。",
    2: "集計していません。上に出た文のとおりに直して、もう一度開いてください。",
    3: "プログラムの不具合で止まりました。上に出た場所のファイルを、システムの担当に渡してください。",
}
"""The exit codes of a command in plain words; whatever else there is means that it was cut short."""

_CUT_SHORT = "途中で止まりました（番号 %CODE%）。もう一度開いてください。"
_NOT_FOUND = (
    "yosan-xl が、このパソコンに見つかりません。",
    "「はじめにお読みください.txt」のとおりに入れてから、もう一度開いてください。",
)


def put_double_click(root: Path) -> Path | None:
    """Write 集計.bat into a year folder on Windows; None elsewhere, and where anything of that name is there.

    Raises WriteFailed.
    """
    place = FilePlace.DOUBLE_CLICK.below(root)
    if not system.IS_WINDOWS or os.path.lexists(place):
        return None
    write_new_bytes(place, double_click_bytes(_starter(), Path.home()))
    return place


def _starter() -> Path | None:
    """Return what starts this very program: that of an installed bundle, or of pip; None where there is neither."""
    environment = Path(sys.prefix)
    known = (environment.parent / "yosan-xl.bat", environment / "Scripts" / "yosan-xl.exe")
    return next((path for path in known if path.is_file()), None)


def double_click_bytes(starter: PurePath | None, home: PurePath) -> bytes:
    """Return 集計.bat, which looks for the program where bundles are installed, then at `starter`, then on PATH."""
    lines = [
        "@echo off",
        f"chcp {_CODE_PAGE} >nul",
        "rem yosan-xl init が作りました。開くと、提出のようすを出し、集計します。",
        "setlocal EnableExtensions DisableDelayedExpansion",
        *_search(starter, home),
        *_work(),
        *_outcome(),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode(f"cp{_CODE_PAGE}")


def _search(starter: PurePath | None, home: PurePath) -> list[str]:
    """Return the lines that put the place of the program into YOSAN: of several bundles that which was installed last."""
    at = r"%USERPROFILE%\%%~D\yosan-xl.bat"
    own = _as_written(starter, home) if starter else ""
    return [
        'set "YOSAN="',
        r"""for /f "delims=" %%D in ('dir /b /ad /od "%USERPROFILE%\yosan-xl-*" 2^>nul') do """
        f'if exist "{at}" set "YOSAN={at}"',
        *([f'if not exist "%YOSAN%" set "YOSAN={own}"'] if own else []),
        'if not exist "%YOSAN%" for %%P in (yosan-xl.bat yosan-xl.exe) do '
        'if not "%%~$PATH:P"=="" set "YOSAN=%%~$PATH:P"',
    ]


def _as_written(starter: PurePath, home: PurePath) -> str:
    """Return a path as it may stand in the file: without the name of a person, and nothing where the code page lacks it."""
    inside = starter.relative_to(home) if starter.is_relative_to(home) else None
    text = str(inside or starter).replace("%", "%%")
    try:
        text.encode(f"cp{_CODE_PAGE}")
    except UnicodeEncodeError:
        return ""
    return rf"%USERPROFILE%\{text}" if inside else text


def _work() -> list[str]:
    """Return the lines that run the program in the folder of the file; what follows an error of use would only repeat it."""
    return [
        'set "CODE=2"',
        # A share has no drive; pushd gives it one, cd would not.
        'pushd "%~dp0"',
        *(f'if not exist "%YOSAN%" echo {line}' for line in _NOT_FOUND),
        'if exist "%YOSAN%" call "%YOSAN%" status',
        'if exist "%YOSAN%" set "CODE=%ERRORLEVEL%"',
        "echo.",
        'if exist "%YOSAN%" if %CODE% LEQ 1 call "%YOSAN%" consolidate',
        'if exist "%YOSAN%" if %CODE% LEQ 1 set "CODE=%ERRORLEVEL%"',
        "popd",
    ]


def _outcome() -> list[str]:
    said = [f'if "%CODE%"=="{code}" echo 結果: {meaning}' for code, meaning in MEANINGS.items()]
    other = "".join(f'if not "%CODE%"=="{code}" ' for code in MEANINGS)
    return [
        "echo.",
        *said,
        f"{other}echo 結果: {_CUT_SHORT}",
        "echo.",
        "echo 何かキーを押すと、このウィンドウを閉じます。",
        "pause >nul",
        "exit /b %CODE%",
    ]
