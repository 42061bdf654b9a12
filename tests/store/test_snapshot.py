from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from yosan_xl.store import snapshot as module
from yosan_xl.store.snapshot import Unreadable, snapshot


def _code(path: Path, limit: int = 100) -> str:
    with pytest.raises(Unreadable) as caught:
        snapshot(path, limit)
    return caught.value.code.code


def test_snapshot__bytes_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "税務課.xlsx"
    path.write_bytes(b"PK\r\n\x1a\x00")
    taken = snapshot(path)
    assert taken.data == b"PK\r\n\x1a\x00"
    assert taken.sha256 == hashlib.sha256(taken.data).hexdigest()
    assert taken.path == path
    assert "PK" not in repr(taken)


def test_snapshot__empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.touch()
    assert snapshot(path).data == b""


def test_snapshot__leaves_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"data")
    path.chmod(0o444)
    before = path.stat()
    snapshot(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.read_bytes() == b"data"


def test_snapshot__at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 100)
    assert len(snapshot(path, 100).data) == 100


def test_yx070__not_there(tmp_path: Path) -> None:
    assert _code(tmp_path / "ない.xlsx") == "YX070"


def test_yx071__no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.touch()

    def refuse(*_: object) -> int:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "open", refuse)
    assert _code(path) == "YX071"


def test_yx072__folder(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="フォルダーで、ふつうのファイルではありません"):
        snapshot(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_yx072__fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    assert _code(tmp_path / "a.xlsx") == "YX072"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_yx072__file_swapped_for_a_fifo_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    os.mkfifo(path)
    (tmp_path / "file").touch()
    status = (tmp_path / "file").stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    assert _code(path) == "YX072"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_yx072__endless_device() -> None:
    assert _code(Path("/dev/zero")) == "YX072"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_yx072__socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.xlsx")
        assert _code(tmp_path / "a.xlsx") == "YX072"


def test_yx073__too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 101)
    assert _code(path) == "YX073"


def test_yx073__huge_sparse_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert _code(path) == "YX073"


def _change_while_reading(path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Let each of the first `times` readings end with a byte appended to the file."""
    reads: list[int] = []
    read_up_to = module._read_up_to

    def read(handle: int, most: int) -> bytes:
        data = read_up_to(handle, most)
        reads.append(len(data))
        if len(reads) <= times:
            with path.open("ab") as file:
                file.write(b"+")
        return data

    monkeypatch.setattr(module, "_read_up_to", read)
    return reads


def test_snapshot__changed_once_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"ab")
    reads = _change_while_reading(path, monkeypatch, times=1)
    assert snapshot(path).data == b"ab+"
    assert reads == [2, 3]


def test_yx074__always_changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"ab")
    reads = _change_while_reading(path, monkeypatch, times=9)
    assert _code(path) == "YX074"
    assert len(reads) == 3


def test_yx074__same_size_but_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"ab")
    times = iter(range(1, 100))
    read_up_to = module._read_up_to

    def read(handle: int, most: int) -> bytes:
        data = read_up_to(handle, most)
        os.utime(path, ns=(0, next(times)))
        return data

    monkeypatch.setattr(module, "_read_up_to", read)
    assert _code(path) == "YX074"


def test_yx075__input_output_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"ab")

    def fail(*_: object) -> bytes:
        raise OSError(5, "EIO")

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(Unreadable, match=r"YX075 .*読めませんでした\(入出力エラー\)"):
        snapshot(path)


def test_yx075__name_too_long(tmp_path: Path) -> None:
    assert _code(tmp_path / ("長" * 300)) == "YX075"
