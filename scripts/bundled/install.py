"""Install yosan-xl from the bundle that this file lies in, into a folder of its own, without a network.

Runs with nothing but Python: `python install.py [folder]`. Nothing is changed outside that folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
_ENVIRONMENT = "python"
_READ_ME = "はじめにお読みください.txt"
_MANUAL = "説明書"

WINDOWS_STARTERS = {
    "yosan-xl.bat": (
        "@echo off",
        "setlocal",
        'set "PYTHONPATH="',
        'set "PYTHONHOME="',
        f'"%~dp0{_ENVIRONMENT}\\Scripts\\python.exe" -P -m yosan_xl %*',
        "exit /b %ERRORLEVEL%",
    ),
    # A year folder that is dragged onto it is where it opens; pushd can enter a share, cd cannot.
    "命令の画面.bat": (
        "@echo off",
        'set "PATH=%~dp0;%PATH%"',
        'if "%~1"=="" goto home',
        'pushd "%~1"',
        "goto open",
        ":home",
        'cd /d "%USERPROFILE%"',
        ":open",
        "cmd /k yosan-xl",
        # After `exit`: the drive that pushd gave a share goes again.
        "popd",
    ),
}
UNIX_STARTERS = {
    "yosan-xl": (
        "#!/bin/sh",
        'here="$(dirname "$(readlink -f "$0")")"',
        "unset PYTHONPATH PYTHONHOME",
        f'exec "$here/{_ENVIRONMENT}/bin/python" -P -m yosan_xl "$@"',
    ),
}
_IS_WINDOWS = os.name == "nt"
_STARTERS = WINDOWS_STARTERS if _IS_WINDOWS else UNIX_STARTERS
_NO_ENVIRONMENT = (
    "前に入れた yosan-xl が動いていれば閉じて、"
    if _IS_WINDOWS
    else "Debian と Ubuntu では、python3-venv を入れてから、"
)
_LONGEST_PATH = 259
"""Characters of a path that Windows takes as it is usually set up."""
_AROUND = len("\\python\\Lib\\site-packages\\__pycache__\\.cpython-312.pyc")
"""Characters of a path between the folder and the name of a file in a wheel, compiled."""


class NotInstalled(Exception):
    """Nothing was installed; says why and what to do."""


def main(arguments: list[str]) -> int:
    """Install, say where, and show what the machine has; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    facts = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    try:
        folder = folder_of(arguments, facts["version"])
        install(folder, facts)
    except NotInstalled as error:
        print(f"\n入れていません。{error}", file=sys.stderr)
        return 1
    _say_how(folder, facts["version"])
    return 0


def install(folder: Path, facts: dict[str, str]) -> None:
    """Put the program into `folder`; raise NotInstalled, and leave no half of it there."""
    refuse_other_python(facts)
    refuse_broken_wheels(HERE / "wheels")
    refuse_other_files(folder)
    if _IS_WINDOWS:
        refuse_deep_folder(folder, HERE / "wheels")
    print(f"yosan-xl {facts['version']} を入れています（1分ほどかかります）: {folder}", flush=True)
    try:
        shutil.rmtree(folder / _ENVIRONMENT, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        _make_environment(folder / _ENVIRONMENT)
        _install_wheels(folder / _ENVIRONMENT, HERE / "wheels")
        shutil.copyfile(HERE / _READ_ME, folder / _READ_ME)
        for name, lines in _STARTERS.items():
            _write_starter(folder / name, lines)
        if (HERE / _MANUAL).is_dir():
            shutil.rmtree(folder / _MANUAL, ignore_errors=True)
            shutil.copytree(HERE / _MANUAL, folder / _MANUAL)
    except OSError as error:
        shutil.rmtree(folder / _ENVIRONMENT, ignore_errors=True)
        raise NotInstalled(
            f"「{error.filename or folder}」に書けません（{error.strerror}）。"
            "書ける場所を、install のあとに書いてください。前に入れた yosan-xl が動いていれば、閉じてください。"
        ) from error
    except NotInstalled:
        shutil.rmtree(folder / _ENVIRONMENT, ignore_errors=True)
        raise


def refuse_other_python(facts: dict[str, str]) -> None:
    """Raise NotInstalled unless this Python is the one that the wheels are for."""
    system = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    running = "{}.{}".format(*sys.version_info)
    is_usual = sys.implementation.name == "cpython" and not sysconfig.get_config_var(
        "Py_GIL_DISABLED"
    )
    if (running, system, is_usual) != (facts["python"], facts["platform"], True):
        kind = "" if is_usual else "、特別な作りのもの"
        raise NotInstalled(
            f"この zip は Python {facts['python']}（{facts['platform']}）用ですが、"
            f"いまの Python は {running}（{system}{kind}）です。"
            f"「{_READ_ME}」の 1 のとおりに Python を入れるか、その Python 用の zip をもらってください。"
        )


def refuse_broken_wheels(wheels: Path) -> None:
    """Raise NotInstalled naming each wheel that is not as it was when the bundle was made."""
    text = (wheels / "requirements.txt").read_text(encoding="utf-8")
    known = dict(re.findall(r"^(\S+) --hash=sha256:([0-9a-f]{64})$", text, re.MULTILINE))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(wheels.glob("*.whl"))
    }
    broken = [name for name, sha256 in found.items() if sha256 not in known.values()]
    if broken:
        raise NotInstalled(
            f"「{'」「'.join(broken)}」が壊れているか、書きかえられています。zip をもう一度移して、展開しなおしてください。"
        )
    missing = [name for name, sha256 in known.items() if sha256 not in found.values()]
    if missing or not known:
        raise NotInstalled(
            f"部品（{'、'.join(missing) or 'すべて'}）が足りません。zip をもう一度展開してください。"
        )


def refuse_other_files(folder: Path) -> None:
    """Raise NotInstalled where `folder` holds anything that an earlier install did not put there."""
    if folder.exists() and not folder.is_dir():
        raise NotInstalled(f"「{folder}」はファイルです。フォルダーを書いてください。")
    found = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    own = {_READ_ME, *_STARTERS}
    if (folder / _ENVIRONMENT / "pyvenv.cfg").is_file():
        own |= {_ENVIRONMENT, _MANUAL}
    if others := sorted(found - own):
        raise NotInstalled(
            f"「{folder}」には、ほかのファイルがあります（{'、'.join(others[:3])}）。"
            "空のフォルダーか、まだないフォルダーを、install のあとに書いてください。"
        )


def refuse_deep_folder(folder: Path, wheels: Path) -> None:
    """Raise NotInstalled where the path of a file in a wheel would be longer than Windows takes."""
    names = (name for path in wheels.glob("*.whl") for name in zipfile.ZipFile(path).namelist())
    most = _LONGEST_PATH - _AROUND - max(map(len, names))
    if len(str(folder)) > most:
        raise NotInstalled(
            f"「{folder}」は深すぎて、Windows が扱えない長さのパスになります。{most}字までの場所を、install のあとに書いてください。"
        )


def folder_of(arguments: list[str], version: str) -> Path:
    """Return where to install: the place that was given, else a folder of this version at home."""
    if any(one.startswith("-") for one in arguments):
        raise NotInstalled(
            "install のあとに書くのは、入れる場所だけです（書かなければ、あなたのフォルダーの中です）。"
        )
    if len(arguments) > 1:
        raise NotInstalled('場所は1つだけ書きます。空白のある場所は「"」で囲んでください。')
    # A quoted Windows path that ends in a backslash arrives with the quotation mark in it.
    given = arguments[0].rstrip('"') if arguments else ""
    return Path(given).absolute() if given else Path.home() / f"yosan-xl-{version}"


def _make_environment(place: Path) -> None:
    done = _run(sys.executable, "-m", "venv", str(place))
    if done.returncode != 0:
        raise NotInstalled(
            f"Python の環境を作れません。{_NO_ENVIRONMENT}もう一度実行してください。\n{_last_lines(done)}"
        )


def _install_wheels(environment: Path, wheels: Path) -> None:
    done = _run(
        *(str(python_of(environment)), "-m", "pip", "--isolated", "--disable-pip-version-check"),
        *("install", "--no-index", "--no-cache-dir", "--only-binary=:all:", "--require-hashes"),
        *("--find-links", wheels.as_uri(), "--no-warn-script-location"),
        *("--requirement", str(wheels / "requirements.txt")),
    )
    if done.returncode != 0:
        raise NotInstalled(
            f"部品を入れられませんでした。次の行を、zip を作った人に伝えてください。\n{_last_lines(done)}"
        )


def python_of(environment: Path) -> Path:
    """Return the Python of an environment."""
    return environment / ("Scripts/python.exe" if _IS_WINDOWS else "bin/python")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a program with nothing of the user's settings of Python and pip."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))
    }
    environment = {**kept, "PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}
    return subprocess.run(
        words, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


def _own_environment() -> dict[str, str]:
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))
    }


def _last_lines(done: subprocess.CompletedProcess[str]) -> str:
    return "\n".join((done.stderr or done.stdout).strip().splitlines()[-3:])


def _write_starter(path: Path, lines: tuple[str, ...]) -> None:
    end = "\r\n" if _IS_WINDOWS else "\n"
    path.write_bytes((end.join(lines) + end).encode("ascii"))
    path.chmod(0o755)


def _say_how(folder: Path, version: str) -> None:
    print("\nこの機械にあるもの", flush=True)
    program = (str(python_of(folder / _ENVIRONMENT)), "-P", "-m", "yosan_xl")
    subprocess.run((*program, "doctor", str(Path.home())), env=_own_environment(), check=False)
    window, starter = folder / "命令の画面.bat", folder / "yosan-xl"
    start = f"「{window}」をダブルクリックします" if _IS_WINDOWS else f'"{starter}" --help'
    print(f"yosan-xl {version} を入れました: {folder}")
    print(f"使うとき: {start}")
    if (folder / _MANUAL).is_dir():
        print(f"説明書（財政課の手引き、記入の手引き）: {folder / _MANUAL / '_はじめに開く.html'}")
    print("やめるとき: そのフォルダーを消します（ほかの場所には何も入れていません）。")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
