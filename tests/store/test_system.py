"""The one module that knows Windows, on a Windows that Linux plays: tests/windows.py."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.usecases.year import ROOT
from tests.windows import DENIED, FULL, NO_PATH, SHARING, refused, windows
from yosan_xl.store import system
from yosan_xl.store.archive.staging import Locked, locked
from yosan_xl.store.faults import reason
from yosan_xl.store.files import Files
from yosan_xl.store.places import LONGEST_PATH, path_length
from yosan_xl.store.snapshot import Unreadable, snapshot
from yosan_xl.store.temporary import sweep, temporary_file, temporary_folder
from yosan_xl.store.write import ANYTHING, WriteFailed, refuse_over, write_bytes, write_failed


@pytest.fixture
def on_windows() -> Iterator[None]:
    """Play Windows for a test."""
    with windows():
        yield


@pytest.fixture
def any_system(request: pytest.FixtureRequest) -> Iterator[None]:
    """Play Windows where the parameter is True."""
    if request.param:
        with windows():
            yield
    else:
        yield


each_system = pytest.mark.parametrize("any_system", [False, True], indirect=True)


@each_system
@pytest.mark.usefixtures("any_system")
def test_lock__another_handle_gets_none_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    one, two = (os.open(tmp_path / "a", os.O_RDWR) for _ in range(2))
    os.lseek(one, 5, os.SEEK_SET)
    system.lock(one)
    with pytest.raises(OSError) as caught:  # noqa: PT011
        system.lock(two)
    assert system.is_taken(caught.value)
    assert os.lseek(one, 0, os.SEEK_CUR) == 5
    assert os.read(two, 7) == b"content", "a lock keeps nobody from reading"
    system.close(one)
    system.lock(two)
    system.close(two)


@pytest.mark.usefixtures("on_windows")
def test_close__without_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise refused(DENIED)

    monkeypatch.setattr("tests.windows.MSVCRT.locking", refuse)
    handle = os.open(tmp_path / "a", system.NEW)
    system.close(handle)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)


@each_system
@pytest.mark.usefixtures("any_system")
def test_sweep__what_is_in_use_stays_and_what_was_left_goes(tmp_path: Path) -> None:
    with temporary_folder(Files(), tmp_path, "staging") as made, temporary_file(tmp_path) as file:
        (made / "a").write_bytes(b"x")
        sweep(tmp_path)
        assert (made / "a").exists()
        assert file.path.exists()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("any_system", "mode"), [(False, 0o700), (True, 0o777)], indirect=["any_system"]
)
@pytest.mark.usefixtures("any_system")
def test_temporary_folder__what_is_moved_out_of_it_shuts_out_no_colleague(
    mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    real = Path.mkdir

    def mkdir(path: Path, mode: int = 0o777, **options: bool) -> None:
        given.append(mode)
        real(path, mode, **options)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with temporary_folder(Files(), tmp_path, "publish"):
        pass
    assert given == [mode, 0o777]


@pytest.mark.usefixtures("on_windows")
def test_locked__two_at_once(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(Locked, match="YX640"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("number", [DENIED, SHARING])
def test_replace__again_until_a_scanner_lets_go(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[OSError | None] = [refused(number), refused(number), None]
    waited: list[float] = []

    def act(*_: object) -> None:
        if error := answers.pop(0):
            raise error

    monkeypatch.setattr(os, "replace", act)
    system.replace(Path("a"), Path("b"), waited.append)
    assert (answers, len(waited)) == ([], 2)


@pytest.mark.parametrize(
    ("error", "tries"), [(refused(SHARING), 6), (refused(FULL), 1), (PermissionError(13, ""), 1)]
)
def test_rename__gives_up(error: OSError, tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def act(*_: object) -> None:
        done.append(_)
        raise error

    monkeypatch.setattr(Path, "rename", act)
    waited: list[float] = []
    with pytest.raises(OSError) as caught:  # noqa: PT011
        system.rename(Path("a"), Path("b"), waited.append)
    assert caught.value is error
    assert (len(done), len(waited)) == (tries, tries - 1)
    assert sum(waited) < 2


@pytest.mark.usefixtures("on_windows")
def test_yx080__hits_a_target_that_excel_holds(tmp_path: Path) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(b"old")
    with path.open("rb"), pytest.raises(WriteFailed, match="YX080"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"


def test_yx081__hits_a_read_only_target_which_windows_calls_denied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)

    def refuse(*_: object) -> None:
        raise refused(DENIED)

    monkeypatch.setattr(system, "replace", refuse)
    with pytest.raises(WriteFailed, match="YX081"):
        write_bytes(path, b"new")


@pytest.mark.parametrize(
    ("number", "code"), [(FULL, "YX082"), (39, "YX082"), (SHARING, "YX080"), (64, "YX083")]
)
def test_write_failed__numbers_of_windows(number: int, code: str) -> None:
    assert write_failed(Path("a"), refused(number)).code.code == code


def test_reason__of_a_share_that_is_gone() -> None:
    assert reason(refused(64)) == "共有フォルダーにつながりません"
    assert reason(OSError(errno.EIO, "")) == "入出力エラー"


def test_snapshot__of_a_book_that_another_program_has_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise refused(SHARING)

    (tmp_path / "a").touch()
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Unreadable, match="ほかのプログラムが開いています"):
        snapshot(tmp_path / "a")


def _deep(length: int) -> Path:
    path = Path("/" + "深" * 100 + "/" + "い" * 100)
    return path / ("a" * (length - path_length(path) - 1))


@pytest.mark.parametrize("number", [NO_PATH, 206])
def test_yx851__hits_a_path_that_windows_cannot_write(number: int) -> None:
    failed = write_failed(_deep(LONGEST_PATH + 1), refused(number))
    assert failed.code.code == "YX851"
    assert "260字" in failed.findings[0].fact


def test_yx851__hits_one_that_is_too_long_only_while_it_is_written() -> None:
    assert write_failed(_deep(LONGEST_PATH - 20), refused(NO_PATH)).code.code == "YX851"


@pytest.mark.parametrize("error", [refused(FULL), refused(64), FileNotFoundError(errno.ENOENT, "")])
def test_yx851__does_not_hit_another_refusal_nor_another_system(error: OSError) -> None:
    assert write_failed(_deep(LONGEST_PATH + 1), error).code.code != "YX851"
    assert write_failed(Path("/a"), refused(NO_PATH)).code.code == "YX083"


def test_path_length__counts_as_windows_does() -> None:
    assert path_length(Path("/髙田")) == 3
    assert path_length(Path("/𠮷野")) == 4


@pytest.mark.parametrize("name", ["nul.html", "CON", "a:b.xlsx", "終わり.", "com¹.csv"])
def test_yx852__hits_a_name_that_windows_takes_for_something_else(
    name: str, tmp_path: Path
) -> None:
    refuse_over(tmp_path / name, ANYTHING)
    with windows(), pytest.raises(WriteFailed, match="YX852"):
        refuse_over(tmp_path / name, ANYTHING)


@pytest.mark.usefixtures("on_windows")
def test_yx852__does_not_hit_other_names(tmp_path: Path) -> None:
    refuse_over(tmp_path / "集計 (2).html", ANYTHING)


def test_system__no_other_file_asks_what_it_runs_on() -> None:
    asked = re.compile(
        r"\bfcntl\b|\bmsvcrt\b|\bos\.name\b|\bos\.replace\(|\bos\.O_(?!CREAT)|geteuid|fchmod"
    )
    own = {"yosan_xl/store/system.py", "yosan_xl/cli/errors.py"}
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "yosan_xl").rglob("*.py")}
    found = {name for name, path in files.items() if asked.search(path.read_text("utf-8"))}
    assert found == own
