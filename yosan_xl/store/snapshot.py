"""Read a submitted file once: bytes and hash are of the same moment, and nothing hangs.

A JSON file of our own is read strictly: as its schema in schemas/ says, or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yosan_xl.model.finding import Code, Weight
from yosan_xl.rules.entry import bundled_check
from yosan_xl.store import system
from yosan_xl.store.faults import PathError, reason

ABSENT = Code(
    "YX070",
    weight=Weight.ERROR,
    title="ファイルが見つからない",
    fact="「{name}」が見つかりません。",
    remedy="名前（前や後ろに空白がないかも）と場所を確かめてください。",
    why="名前のつづりちがいや、ファイルを移したあとに起こります。",
    wrong="提出/0301_税務課.xlsx と打ったが、実際の名前は 0301_税務課(1).xlsx",
    right="提出/0301_税務課(1).xlsx",
)
FORBIDDEN = Code(
    "YX071",
    weight=Weight.ERROR,
    title="読む権限がない",
    fact="「{name}」を読む権限がありません。",
    remedy="ほかのソフトで開いていれば閉じ、それでも読めなければ共有フォルダーの管理者に権限を頼んでください。",
    why="共有フォルダーの権限が足りないか、ほかのソフトがファイルを占有しています。",
    wrong="他部署しか読めないフォルダーのファイル",
    right="財政課に読み取り権限があるファイル",
)
NOT_A_FILE = Code(
    "YX072",
    weight=Weight.ERROR,
    title="ふつうのファイルではない",
    fact="「{name}」は{kind}で、ふつうのファイルではありません。",
    remedy="ブック(.xlsx)そのものを指定してください。",
    why="フォルダーや装置を読むと、いつまでも終わらないことがあるため、開きません。",
    wrong="フォルダー 0301_税務課.xlsx",
    right="ファイル 0301_税務課.xlsx",
)
TOO_LARGE = Code(
    "YX073",
    weight=Weight.ERROR,
    title="ファイルが大きすぎる",
    fact="「{name}」は大きすぎます(上限 {limit:,}バイト)。",
    remedy="写真や図を取りのぞき、配布した様式だけのブックにしてください。",
    why="記入した様式は 1MB に届きません。大きなものは画像が貼られたか、別のファイルです。",
    wrong="写真を貼った 80MB のブック",
    right="記入しただけの 100KB のブック",
)
CHANGING = Code(
    "YX074",
    weight=Weight.ERROR,
    title="読んでいる間に変わるファイル",
    fact="「{name}」は、{tries}回読むあいだに毎回中身が変わりました。",
    remedy="コピーや保存が終わってから、もう一度実行してください。",
    why="コピーの途中のファイルを読むと、半分だけの内容を受け付けてしまいます。",
    wrong="共有フォルダーへコピー中のブック",
    right="コピーが終わったブック",
)
UNREADABLE = Code(
    "YX075",
    weight=Weight.ERROR,
    title="読み取りの失敗",
    fact="「{name}」を読めませんでした({reason})。",
    remedy="ネットワークやドライブのつながりを確かめ、もう一度実行してください。",
    why="共有フォルダーとの接続が切れたときや、媒体がこわれたときに起こります。",
    wrong="接続が切れた共有フォルダーのブック",
    right="手元のドライブへ写したブック",
)

CODES = (
    ABSENT,
    FORBIDDEN,
    NOT_A_FILE,
    TOO_LARGE,
    CHANGING,
    UNREADABLE,
)

LIMIT_BYTES = 30 * 1024 * 1024
"""A filled-in book is far below 1 MB; this leaves room for a pasted picture or two."""

_TRIES = 3
_CHUNK = 1024 * 1024
_KINDS = (
    (stat.S_ISDIR, "フォルダー"),
    (stat.S_ISLNK, "リンク"),
    (stat.S_ISFIFO, "パイプ"),
    (stat.S_ISSOCK, "ソケット"),
)


class Unreadable(PathError):
    """A file that cannot be read (YX070-YX075)."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A file as it was read: its bytes, and their SHA-256 in hexadecimal."""

    path: Path
    data: bytes = field(repr=False)
    sha256: str


def snapshot(path: Path, limit_bytes: int = LIMIT_BYTES) -> Snapshot:
    """Read a regular file of at most `limit_bytes`, read-only; raise Unreadable."""
    try:
        data = _read_steady(path, limit_bytes)
    except OSError as error:
        raise unreadable(path, error) from error
    return Snapshot(path, data, hashlib.sha256(data).hexdigest())


def unreadable(path: Path, error: OSError) -> Unreadable:
    """Return the refusal that tells of a system error met while reading `path`."""
    if isinstance(error, FileNotFoundError):
        return Unreadable(ABSENT, path)
    if isinstance(error, PermissionError) and not system.is_held(error):
        return Unreadable(FORBIDDEN, path)
    if error.errno == errno.ENXIO:
        return Unreadable(NOT_A_FILE, path, kind="ソケットか装置")
    return Unreadable(UNREADABLE, path, reason=reason(error))


def kind_of(mode: int) -> str:
    """Name what a file mode (`st_mode`) stands for, when it is not a regular file."""
    return next((name for is_kind, name in _KINDS if is_kind(mode)), "装置")


def _read_steady(path: Path, limit: int) -> bytes:
    # Before the file is opened: opening alone can set a device in motion.
    _refuse_unless_regular(path, path.stat())
    for _ in range(_TRIES):
        data = _read_once(path, limit)
        if data is not None:
            return data
    raise Unreadable(CHANGING, path, tries=_TRIES)


def _read_once(path: Path, limit: int) -> bytes | None:
    """Return the bytes, or None where the file changed while it was read."""
    handle = os.open(path, system.READ)
    try:
        before = os.fstat(handle)
        _refuse_unless_regular(path, before)
        data = _read_up_to(handle, limit + 1)
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if max(len(data), before.st_size) > limit:
        raise Unreadable(TOO_LARGE, path, limit=limit)
    sizes = {before.st_size, after.st_size, len(data)}
    steady = len(sizes) == 1 and before.st_mtime_ns == after.st_mtime_ns
    return data if steady else None


def _read_up_to(handle: int, most: int) -> bytes:
    parts = []
    while most > 0 and (part := os.read(handle, min(_CHUNK, most))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _refuse_unless_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(NOT_A_FILE, path, kind=kind_of(status.st_mode))


class Malformed(ValueError):
    """A file of ours that is not as we write it; the text says why, in Japanese."""


def parse_json(data: bytes, schema: str) -> dict[str, Any]:
    """Return the object in the bytes of a JSON file that the schema of this name allows; raise Malformed."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Malformed("UTF-8 の JSON ではありません") from error
    faults = bundled_check(schema).faults(value)
    if any(fault.pointer == "/format" for _, fault in faults):
        raise Malformed("この版のプログラムが書いたものではありません")
    for code, fault in faults:
        raise Malformed(code.fact.format_map(fault.facts).removesuffix("。"))
    assert isinstance(value, dict)
    return value
