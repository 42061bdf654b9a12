from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from yosan_xl.store.write import WriteFailed, make_folder, write_bytes, write_new_bytes

posix_only = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _code(path: Path) -> str:
    with pytest.raises(WriteFailed) as caught:
        write_bytes(path, b"new")
    return caught.value.code.code


def test_write_bytes__new_file_in_a_new_folder(tmp_path: Path) -> None:
    write_bytes(tmp_path / "集計" / "表" / "集計.xlsx", b"data")
    assert (tmp_path / "集計" / "表" / "集計.xlsx").read_bytes() == b"data"
    assert _names(tmp_path / "集計" / "表") == ["集計.xlsx"]


def test_write_bytes__replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old, and longer")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == ["a.csv"]


@posix_only
def test_write_bytes__mode_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "a", b"x")
    finally:
        assert os.umask(before) == 0o027
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


@posix_only
def test_write_bytes__mode_of_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.touch()
    path.chmod(0o664)
    write_bytes(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o664


def test_write_bytes__a_share_that_refuses_modes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "chmod")

    monkeypatch.setattr(os, "fchmod", refuse)
    write_bytes(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


@pytest.mark.parametrize("mark", ["~$集計.xlsx", ".~lock.集計.xlsx#"])
def test_yx080__open_in_excel_or_libreoffice(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(b"old")
    (tmp_path / mark).touch()
    assert _code(path) == "YX080"
    assert path.read_bytes() == b"old"


def test_write_bytes__a_lock_without_its_book_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "~$a.xlsx").touch()
    write_bytes(tmp_path / "a.xlsx", b"x")
    assert (tmp_path / "a.xlsx").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(13, "held open"), "YX080"),
        (OSError(errno.ENOSPC, "full"), "YX082"),
        (OSError(errno.EIO, "broken"), "YX083"),
    ],
)
def test_write_bytes__failed_replace_keeps_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fail)
    assert _code(path) == code
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


def test_write_bytes__interrupted_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("replace", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, interrupt)
            with pytest.raises(KeyboardInterrupt):
                write_bytes(tmp_path / "a", b"x")
        assert _names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "YX082"), (errno.EDQUOT, "YX082"), (errno.EIO, "YX083")],
)
def test_write_bytes__failed_sync_keeps_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fail)
    assert _code(path) == code
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_yx081__folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert _code(tmp_path / "a") == "YX081"


def test_yx083__target_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(WriteFailed, match=r"YX083 .*同じ名前のフォルダーがあります"):
        write_bytes(tmp_path / "a", b"x")


def test_yx083__parent_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert _code(tmp_path / "a" / "b") == "YX083"


def test_yx083__name_too_long(tmp_path: Path) -> None:
    assert _code(tmp_path / ("長" * 300)) == "YX083"


def test_write_new_bytes__writes(tmp_path: Path) -> None:
    write_new_bytes(tmp_path / "R2" / "a", b"x\n")
    assert (tmp_path / "R2" / "a").read_bytes() == b"x\n"


def test_write_new_bytes__never_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(WriteFailed, match="同じ名前のものがすでにあります"):
        write_new_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_write_new_bytes__failed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteFailed, match="YX082"):
        write_new_bytes(tmp_path / "a", b"new")
    assert _names(tmp_path) == []


def test_make_folder__makes_and_keeps(tmp_path: Path) -> None:
    make_folder(tmp_path / "R2" / "配布")
    make_folder(tmp_path / "R2" / "配布")
    assert (tmp_path / "R2" / "配布").is_dir()


def test_make_folder__where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "配布").touch()
    with pytest.raises(WriteFailed, match="YX083"):
        make_folder(tmp_path / "配布")
