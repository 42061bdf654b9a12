"""Wrong use, wrong input and our own faults: a sentence, an exit code, no traceback."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from yosan_xl import __version__
from yosan_xl.cli.errors import exit_code

DASHED = ("ーーdue", "－－due", "―due", "—due", "――due", "—-due", "−−due", "–due", "-—due")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "「nonsense」という命令はありません"),
        (["statu"], "「status」のことでしょうか"),
        (["stauts"], "「status」のことでしょうか"),
        (["consolidte"], "「consolidate」のことでしょうか"),
        (["archive", "ad"], "「add」のことでしょうか"),
        (["stage", "clos"], "「close」のことでしょうか"),
        (["help"], "「--help」のことでしょうか"),
        (["-v"], "「--version」のことでしょうか"),
        (["status", "--fromat", "json"], "「--format」のことでしょうか"),
        (
            ["status　--due", "R8.11.6"],
            "全角の空白が入っています。日本語入力を切り、「status --due」のように",
        ),
        (
            ["status", "--due　R8.11.6"],
            "全角の空白が入っています。日本語入力を切り、「--due R8.11.6」のように",
        ),
        (["ｓｔａｔｕｓ"], "全角の文字が入っています。日本語入力を切り、「status」のように"),
        *((["status", word, "R8.11.6"], "「--due」のように半角で") for word in DASHED),
        (["status", "－－ｄｕｅ　R8.11.6"], "「--due R8.11.6」のように半角で"),
        (["validate", "—format=json"], "「--format=json」のように半角で"),
        (["archive", "add", "ーーhelp"], "yosan-xl archive add --help で使い方"),
        (["read", "x", "－o", "y"], "「-o」のように半角で"),
        (["――version"], "「--version」のように半角で"),
        (["reportーproblem"], "「report-problem」のように半角で"),
        (
            ["status", "-due", "R8.11.6"],
            "「-due」という指定はありません。「--due」のことでしょうか",
        ),
        (["Status"], "「status」のことでしょうか"),
        (["--nonsense"], "「--nonsense」という指定はありません"),
        (["generate", "--departmant", "x"], "「--departmant」という指定はありません"),
        (["generate", "--department"], "「--department」には値を1つ書いてください"),
        (["generate", "--force=yes"], "「--force」に値は要りません"),
        (["init", "R2"], "「--year」を書いてください"),
        (["init", "R2", "--year", "いつか"], "「いつか」は年度ではありません"),
        (["init", "R2", "--year", "R2", "--form", "ない様式"], "様式「ない様式」がありません"),
        (["validate", "--format", "pdf"], "text、json"),
        (["schema", "xml"], "request、read-result"),
        (["generate", "a", "b"], '余分な指定があります。空白のある名前は「"」で囲んで'),
        (["read"], "「ブック...」を書いてください"),
        (["fill", "ない.json"], "「--output」を書いてください"),
        (["fill", "ない.json", "-o", "提出"], "「ない.json」が見つかりません"),
        (["read", "ない.xlsx"], "「ない.xlsx」が見つかりません"),
        (["validate", "ない.xlsx"], "「ない.xlsx」が見つかりません"),
        (["consolidate", "ない.xlsx"], "「ない.xlsx」が見つかりません"),
        (["consolidate"], "年度フォルダーではありません"),
        (["generate", "ないフォルダー"], "「ないフォルダー」が見つかりません"),
        (["explain", "XX"], "「XX」という番号はありません"),
        (["explain", ""], "「」という番号はありません"),
    ],
)
def test_wrong_use__one_japanese_sentence_and_exit_2(
    arguments: list[str], words: str, yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan(*arguments)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""
    # What is not Japanese is what was typed, a path, a code, or a name of ours.
    assert not re.search(r"error|such|invalid|missing|requires|try", done.err, re.I)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


@pytest.mark.parametrize(
    ("target", "arguments"),
    [
        ("usecases.validate.validate", ["validate", "x"]),
        ("usecases.submitted.read.read", ["read", "x"]),
        ("usecases.consolidate.consolidate", ["consolidate"]),
        ("usecases.generate.generate", ["generate"]),
        ("usecases.fill.fill", ["fill", "x", "-o", "y"]),
        ("usecases.init.init", ["init", "x", "--year", "R2"]),
        ("resources.schema_file", ["schema", "findings"]),
        ("usecases.catalogue.codes_called", ["explain"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_own_fault__one_sentence_a_log_file_and_exit_3(
    target: str,
    arguments: list[str],
    yosan: Yosan,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(f"yosan_xl.{target}", broken)
    done = yosan(*arguments)
    assert (done.code, done.out) == (3, "")
    assert "Traceback" not in done.err
    assert "planted" not in done.err
    assert done.err.count("\n") == 1
    (log,) = temporary.glob("yosan-xl-*.log")
    assert str(log) in done.err
    text = log.read_text(encoding="utf-8")
    assert text.startswith(f"yosan-xl {__version__}\nTraceback")
    assert "ZeroDivisionError: planted" in text


def test_interrupted__says_so(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("yosan_xl.usecases.validate.validate", stopped)
    done = yosan("validate", tmp_path)
    assert (done.code, done.err.strip()) == (130, "中断しました。")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "", "提出/税務課"), "「税務課」を読む権限がありません。"),
        (FileNotFoundError(2, "", "提出/税務課"), "「税務課」が見つかりません。"),
        (OSError(5, "", "提出/税務課"), "「税務課」を読めませんでした(入出力エラー)。"),
    ],
)
def test_error_of_the_disk__is_a_sentence(
    error: OSError, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    assert exit_code(fail) == 2
    assert told in capsys.readouterr().err


def _left(folder: Path, *arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    command = f'cd "{folder}" && {shell} "{sys.executable}" -m yosan_xl {" ".join(arguments)}'
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env=environment
    )


@pytest.mark.parametrize("verb", ["validate", "status", "consolidate", "archive list", "form show"])
def test_errors__a_folder_that_went_from_under_us_is_said(verb: str, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = _left(tmp_path / "gone", verb, shell="rmdir ../gone &&")
    assert done.returncode == 2
    assert done.stderr.startswith("いまいるフォルダーがなくなっています。")


def test_errors__output_on_a_full_disk_is_said(tmp_path: Path) -> None:
    done = _left(tmp_path, "explain", ">/dev/full")
    assert (done.returncode, done.stdout) == (2, "")
    assert "一時フォルダー（Windows では %TEMP%）と、「>」を使ったときは" in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_errors__closed_streams_are_no_fault_of_ours(closed: str, tmp_path: Path) -> None:
    assert _left(tmp_path, "explain", "YX203", closed).returncode == 0
    assert _left(tmp_path, "validate", closed).returncode == 2


@pytest.mark.parametrize(("platform", "code"), [("win32", 141), ("linux", 3)])
def test_errors__a_reader_that_went_as_windows_has_it(
    platform: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave() -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("yosan_xl.cli.errors._silence", lambda: None)
    monkeypatch.setattr("yosan_xl.usecases.errors.keep_traceback", lambda _: tmp_path / "log")
    assert exit_code(leave) == code


@pytest.mark.parametrize("word", ["提出　", "“提出”", "　提出"])
def test_wrong_use__blanks_and_quotes_about_a_file_that_is_there_are_told(
    word: str, yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "提出").mkdir()
    assert "「提出」のように半角で打ってください。" in yosan("validate", word).err
    assert "「別」が見つかりません" in yosan("validate", "別").err


def test_wrong_use__a_command_in_kana_is_told_to_be_typed_in_letters(yosan: Yosan) -> None:
    told = yosan("ステータス").err
    assert "「yosan-xl status」のように半角の英字で打ってください。" in told
    assert "ステ-タス" not in told


def test_wrong_use__a_file_whose_name_begins_with_a_long_dash_is_read(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ーA").mkdir()
    assert "指定" not in yosan("read", "ーA").err
