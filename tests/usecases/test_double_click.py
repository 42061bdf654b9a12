"""集計.bat: what stands in it, what cmd would do of it, and that it replaces nobody's file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

import pytest

from tests.usecases.year import ROOT
from yosan_xl.store import system
from yosan_xl.usecases.double_click import MEANINGS, double_click_bytes, put_double_click

HOME = PureWindowsPath(r"C:\Users\髙橋")
BUNDLE = HOME / "yosan-xl-0.9.0" / "yosan-xl.bat"


def _text(starter: PureWindowsPath | None = BUNDLE) -> str:
    return double_click_bytes(starter, HOME).decode("cp932")


class Cmd:
    """cmd.exe as far as 集計.bat needs it: runs its lines, and keeps what is called and shown."""

    def __init__(self, there: set[str], codes: Mapping[str, int], installed: str = "") -> None:
        self.there, self.codes, self.installed = there, codes, installed
        self.variables = {"USERPROFILE": str(HOME), "ERRORLEVEL": "0"}
        self.called: list[tuple[str, str]] = []
        self.shown: list[str] = []
        self.code: int | None = None

    def run(self, text: str) -> Cmd:
        for line in text.removesuffix("\r\n").split("\r\n"):
            assert self.code is None, "nothing comes after exit"
            self._line(line)
        return self

    def _line(self, line: str) -> None:
        if line.startswith(("@echo off", "chcp", "rem ", "setlocal", "pushd", "popd", "pause")):
            return
        if line.startswith("for /f"):
            if self.installed:
                self.variables["YOSAN"] = self.installed
            return
        if line.startswith("if") and " for %%P in " in line:
            return  # nothing of ours is on the PATH
        plain = re.sub(r"%(\w+)%", lambda found: self.variables.get(found[1], ""), line)
        self._do(plain.replace("%%", "%"))

    def _do(self, words: str) -> None:
        tests: Mapping[str, Callable[[re.Match[str]], bool]] = {
            r'if exist "(.*?)" ': lambda found: found[1] in self.there,
            r'if not exist "(.*?)" ': lambda found: found[1] not in self.there,
            r'if "(.*?)"=="(.*?)" ': lambda found: found[1] == found[2],
            r'if not "(.*?)"=="(.*?)" ': lambda found: found[1] != found[2],
            r"if (-?\d+) LEQ (-?\d+) ": lambda found: int(found[1]) <= int(found[2]),
        }
        for pattern, holds in tests.items():
            if found := re.match(pattern, words):
                if holds(found):
                    self._do(words[found.end() :])
                return
        if found := re.fullmatch(r'set "(\w+)=(.*)"', words):
            self.variables[found[1]] = found[2]
        elif found := re.fullmatch(r'call "(.*)" (\w+)', words):
            self.called.append((found[1], found[2]))
            self.variables["ERRORLEVEL"] = str(self.codes[found[2]])
        elif found := re.fullmatch(r"exit /b (-?\d+)", words):
            self.code = int(found[1])
        else:
            assert re.match(r"echo[. ]", words), words
            self.shown.append(words[5:])


@pytest.mark.parametrize(("code", "meaning"), MEANINGS.items())
def test_double_click__says_what_the_exit_code_means(code: int, meaning: str) -> None:
    done = Cmd({str(BUNDLE)}, {"status": 0, "consolidate": code}).run(_text())
    assert done.called == [(str(BUNDLE), "status"), (str(BUNDLE), "consolidate")]
    assert (done.code, [one for one in done.shown if "結果" in one]) == (code, [f"結果: {meaning}"])
    assert done.shown[-1] == "何かキーを押すと、このウィンドウを閉じます。"


@pytest.mark.parametrize("code", [130, 141, -1073741510, 9009])
def test_double_click__says_that_it_was_cut_short(code: int) -> None:
    done = Cmd({str(BUNDLE)}, {"status": 1, "consolidate": code}).run(_text())
    told = [one for one in done.shown if "結果" in one]
    assert told == [f"結果: 途中で止まりました（番号 {code}）。もう一度開いてください。"]


def test_double_click__a_wrong_setting_is_told_once() -> None:
    done = Cmd({str(BUNDLE)}, {"status": 2}).run(_text())
    assert (done.called, done.code) == ([(str(BUNDLE), "status")], 2)


@pytest.mark.parametrize("starter", [BUNDLE, None])
def test_double_click__without_the_program_says_what_to_do(starter: PureWindowsPath | None) -> None:
    done = Cmd(set(), {}).run(_text(starter))
    assert (done.called, done.code) == ([], 2)
    assert "はじめにお読みください.txt" in "".join(done.shown)
    assert f"結果: {MEANINGS[2]}" in done.shown


def test_double_click__the_bundle_installed_last_goes_before_that_which_made_the_year() -> None:
    newer = str(HOME / "yosan-xl-0.10.0" / "yosan-xl.bat")
    done = Cmd({str(BUNDLE), newer}, {"status": 0, "consolidate": 0}, newer).run(_text())
    assert {place for place, _ in done.called} == {newer}


@pytest.mark.parametrize(
    ("starter", "written"),
    [
        (BUNDLE, r"%USERPROFILE%\yosan-xl-0.9.0\yosan-xl.bat"),
        (PureWindowsPath(r"D:\予算 100%\yosan-xl.bat"), r"D:\予算 100%%\yosan-xl.bat"),
        (PureWindowsPath(r"D:\𠮷田\yosan-xl.bat"), None),
    ],
)
def test_double_click__names_no_person_and_nothing_that_the_code_page_lacks(
    starter: PureWindowsPath, written: str | None
) -> None:
    found = re.findall(r'if not exist "%YOSAN%" set "YOSAN=(.*)"', _text(starter))
    assert found == ([written] if written else [])
    assert "髙橋" not in _text(starter)


def test_double_click__any_byte_by_byte_reader_sees_the_same_commands() -> None:
    data = double_click_bytes(None, HOME)
    assert data.startswith(b"@echo off\r\nchcp 932 >nul\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    special = set(b'&|<>^%"()')
    wide = [char.encode("cp932") for char in data.decode("cp932") if not char.isascii()]
    assert not {raw[-1] for raw in wide} & special
    assert b"goto" not in data
    assert not re.search(rb"(?m)^[^'\r]*\bdo \(", data), "no block: brackets of a path would end it"


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_put_double_click__replaces_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    place = tmp_path / "集計.bat"
    if kind == "file":
        place.write_bytes(b"echo ours")
    elif kind == "link":
        place.symlink_to(tmp_path / "elsewhere.bat")
    else:
        place.mkdir()
    assert put_double_click(tmp_path) is None
    assert kind != "file" or place.read_bytes() == b"echo ours"
    assert [path.name for path in tmp_path.iterdir()] == ["集計.bat"]


def test_put_double_click__calls_the_program_that_made_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    bundle = tmp_path / "入れたところ"
    (bundle / "python").mkdir(parents=True)
    (bundle / "yosan-xl.bat").touch()
    monkeypatch.setattr("sys.prefix", str(bundle / "python"))
    made = put_double_click(tmp_path)
    assert made
    assert f'set "YOSAN={bundle / "yosan-xl.bat"}"' in made.read_bytes().decode("cp932")


def test_meanings__stand_in_the_page_on_windows() -> None:
    page = (ROOT / "docs/windows.md").read_text(encoding="utf-8")
    for code, meaning in MEANINGS.items():
        first = f"{meaning.partition('。')[0]}。"
        assert re.search(rf"(?m)^\| {re.escape(first)}.* \| {code} \| ", page)
