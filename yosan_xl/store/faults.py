"""What is raised for files and settings that cannot be used, and how paths and reasons of the system are said."""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path

from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.store.system import reason_on_windows

_REASONS = {
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ELOOP: "リンクが輪になっています",
    errno.ENOTDIR: "途中の名前がフォルダーではありません",
    errno.EISDIR: "同じ名前のフォルダーがあります",
    errno.EEXIST: "同じ名前のものがすでにあります",
    errno.ENOENT: "場所がありません",
    errno.EINVAL: "使えない文字が名前にあります",
    errno.ENXIO: "ふつうのファイルではありません",
    errno.EROFS: "読み取り専用の場所です",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.EIO: "入出力エラー",
}


class StoreError(Exception):
    """Files or settings that cannot be used; `findings` tells all that was found in one run."""

    def __init__(self, *findings: Finding) -> None:
        """Carry `findings`, at least one."""
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class PathError(StoreError):
    """A path that cannot be used: the code, the path and the figures of its sentence."""

    def __init__(self, code: Code, path: Path, **facts: object) -> None:
        """Report `path`; the fact `name` is filled in from it."""
        self.code = code
        self.path = path
        self.facts = {"name": shown(path.name or path), **facts}
        super().__init__(self.finding())

    def finding(self, file: str | None = None) -> Finding:
        """Return the finding, told of `file` (say, the path below the year folder) or the path."""
        return self.code.at(Place(file or shown(self.path)), None, **self.facts)


def shown(path: Path | str) -> str:
    """Return a path as it may be printed: composed (a Mac decomposes), undecodable bytes as `?`."""
    printable = str(path).encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", printable)


def reason(error: OSError) -> str:
    """Return in Japanese why the system refused; the number of the error where no word is known."""
    told = reason_on_windows(error) or _REASONS.get(error.errno or 0)
    return told or f"エラー番号 {error.errno}"
