"""The command line as a person meets it: help, wrong use, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.usecases.edit import set_cell
from tests.usecases.year import make_year
from yosan_xl.cli.main import VERBS, run


class Outcome:
    """What a command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Yosan = Callable[..., Outcome]


@pytest.fixture
def yosan(capfdbinary: pytest.CaptureFixture[bytes]) -> Yosan:
    def call(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as stop:
            run([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Outcome(int(stop.value.code or 0), captured.out.decode(), captured.err.decode())

    return call


@pytest.mark.parametrize("verb", VERBS)
def test_help__is_japanese_and_has_an_example(verb: str, yosan: Yosan) -> None:
    done = yosan(verb, "--help")
    assert done.code == 0
    assert "例: yosan-xl" in done.out
    for english in ("Usage", "Options:", "Show this", "required", "default"):
        assert english not in done.out


def test_help__lists_every_verb(yosan: Yosan) -> None:
    done = yosan("--help")
    assert all(f"\n  {verb} " in done.out for verb in VERBS)
    assert "Commands" not in done.out
    assert "COMMAND" not in done.out


def test_version(yosan: Yosan) -> None:
    done = yosan("--version")
    assert (done.code, done.out.split()[0]) == (0, "yosan-xl")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "「nonsense」という命令はありません"),
        (["generate", "--departmant", "x"], "「--departmant」という指定はありません"),
        (["init", "R2"], "「--year」を書いてください"),
        (["init", "R2", "--year", "いつか"], "年度ではありません"),
        (["validate", "--format", "pdf"], "text、json"),
        (["generate", "a", "b"], "余分な指定"),
        (["read"], "「ブック...」を書いてください"),
        (["read", "ない.xlsx"], "「ない.xlsx」が見つかりません"),
        (["validate", "ない.xlsx"], "「ない.xlsx」が見つかりません"),
        (["consolidate"], "年度フォルダーではありません"),
        (["explain", "YX999"], "「YX999」という番号はありません"),
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


def test_own_fault__one_sentence_a_log_file_and_exit_3(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("yosan_xl.usecases.validate.validate", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    done = yosan("validate", tmp_path)
    assert done.code == 3
    assert "Traceback" not in done.err
    log = next(tmp_path.glob("yosan-xl-*.log"))
    assert str(log) in done.err
    assert "planted" in log.read_text(encoding="utf-8")


def test_year__from_init_to_consolidate_without_an_argument(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert yosan("init", "R2", "--year", "令和2年度").code == 0
    again = yosan("init", "R2", "--year", "R2")
    assert (again.code, "すでに" in again.err) == (2, True)
    monkeypatch.chdir(tmp_path / "R2")
    assert yosan("generate", "--department", "税務課").code == 0
    assert [path.name for path in Path("配布").iterdir()] == ["0103_税務課.xlsx"]
    make_year(tmp_path / "example")
    monkeypatch.chdir(tmp_path / "example")
    assert yosan("fill", "requests.json", "-o", "提出").code == 0
    done = yosan("validate")
    assert (done.code, "指摘はありません" in done.out) == (0, True)
    done = yosan("consolidate")
    assert (done.code, "383,511千円" in done.out) == (0, True)
    assert Path("集計/R2_集計.xlsx").is_file()


def test_generate__department_by_code_section_and_name(yosan: Yosan, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    for wanted in ("0206", "国保年金課", "保健福祉支援部 国保年金課"):
        assert yosan("generate", year, "--department", wanted).code == 0
    done = yosan("generate", year, "--department", "区民課")
    assert done.code == 2
    assert done.err.count("区民課") == 6
    done = yosan("generate", year, "--department", "なぞの課")
    assert (done.code, "なぞの課" in done.err) == (2, True)


def test_generate__never_writes_over_another_book(yosan: Yosan, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    assert yosan("generate", year, "--department", "税務課").code == 0
    assert yosan("generate", year, "--department", "税務課").code == 0
    book = year / "配布/0103_税務課.xlsx"
    set_cell(book, "yx_title", 0, "記入ずみ")
    filled = book.read_bytes()
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, "--force" in done.err) == (2, True)
    assert book.read_bytes() == filled
    assert yosan("generate", year, "--department", "税務課", "--force").code == 0
    assert book.read_bytes() != filled


def test_generate__from_last_year_prefills_and_is_no_request(yosan: Yosan, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    json_file = year / "requests.json"
    assert yosan("generate", year, "--from", json_file, "--department", "国保年金課").code == 0
    done = yosan("read", year / "配布/0206_国保年金課.xlsx")
    assert (done.code, json.loads(done.out)["requests"]) == (0, [])
    set_cell(year / "配布/0206_国保年金課.xlsx", "yx_category", 0, "レベルアップ事業")
    done = yosan("read", year / "配布/0206_国保年金課.xlsx")
    (request,) = json.loads(done.out)["requests"]
    assert request["title"] == "国民健康保険料徴収"
    assert request["lines"] == []


def test_generate__a_password_comes_from_the_environment_only(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = make_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text(
        settings.replace('password_env = ""', 'password_env = "YOSAN_TEST_PASSWORD"'),
        encoding="utf-8",
    )
    monkeypatch.delenv("YOSAN_TEST_PASSWORD", raising=False)
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, "YOSAN_TEST_PASSWORD" in done.err) == (2, True)
    monkeypatch.setenv("YOSAN_TEST_PASSWORD", "himitsu-himitsu")
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, "himitsu" in done.out + done.err) == (0, False)


def test_validate__as_json(yosan: Yosan, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    yosan("fill", year / "requests.json", "-o", year / "提出")
    cell = set_cell(year / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, "１，２３４")
    done = yosan("validate", year / "提出", "--format", "json")
    report = json.loads(done.out)
    assert done.code == 1
    (finding,) = (f for f in report["findings"] if f["weight"] == "error")
    assert (finding["code"], finding["cell"]) == ("YX120", cell)
    assert "1,234千円" in finding["fact"]
    assert report["summary"]["errors"] == 1


def test_read__into_a_file(yosan: Yosan, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    yosan("fill", year / "requests.json", "-o", year / "提出")
    out = tmp_path / "out.json"
    done = yosan("read", year / "提出", "-o", out)
    assert (done.code, done.out) == (0, "")
    assert len(json.loads(out.read_text(encoding="utf-8"))["requests"]) == 9


def test_explain_and_schema(yosan: Yosan) -> None:
    assert "特定財源" in yosan("explain", "yx203").out
    assert yosan("explain").out.count("\nYX") > 60
    assert json.loads(yosan("schema").out)["title"] == "予算要求事業概要書"
    assert "sources" in json.loads(yosan("schema", "read-result").out)["properties"]


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout.strip()


def test_start_up__loads_no_workbook_library_and_no_validator() -> None:
    heavy = ("openpyxl", "xlsxwriter", "jsonschema", "python_calamine", "tomllib", "zipfile")
    code = (
        "import sys\nfrom yosan_xl.cli.main import run\n"
        "try:\n    run(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    assert _python(code).splitlines()[-1] == "[]"


def test_closed_pipe__no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m yosan_xl schema | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    assert "不具合" not in done.stderr


def test_completion__prints_a_script() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yosan_xl"],
        env={"_YOSAN_XL_COMPLETE": "bash_source", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert "complete" in done.stdout
