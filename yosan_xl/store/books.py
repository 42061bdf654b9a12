"""Find the books to read, without what Excel and the system leave behind; and who has one open.

Excel's and LibreOffice's marks beside a book are only hints.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from yosan_xl.model.finding import Code, Finding, Weight
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.places import PREFIX, FilePlace
from yosan_xl.store.snapshot import FORBIDDEN, kind_of, snapshot, unreadable

SKIPPED = Code(
    "YX076",
    weight=Weight.WARNING,
    title="読まなかったもの",
    fact="「{name}」は{kind}なので、読んでいません。",
    remedy="提出されたブックであれば、ファイルそのものをフォルダーに入れてください。",
    why="リンクの先はあとで変わり得るうえ、同じブックを二度数えるおそれがあります。",
    wrong="提出/税務課.xlsx が、ほかのフォルダーへのリンク",
    right="提出/税務課.xlsx がファイルそのもの",
)
HALF_WAY = Code(
    "YX027",
    weight=Weight.WARNING,
    title="途中のまま残ったファイル",
    fact="「{name}」は{kind}で、「{book}」はまだありません。",
    remedy="「{book}」をもう一度受け取って、「提出」のフォルダーに入れてください。",
    why="ダウンロードやコピーが途中で止まると、名前の終わりに .crdownload や .tmp の付いたファイルだけが残ります。"
    "中身が足りないことがあるため、読みません。",
    wrong="0103_税務課.xlsx.crdownload だけがある",
    right="0103_税務課.xlsx がある（途中のファイルが残っていてもかまわない）",
)

CODES = (
    SKIPPED,
    HALF_WAY,
)

Books = tuple[tuple[Path, ...], tuple[Path, ...]]
"""The books, and what was left out; `left_out_findings` tells which of these matter."""

SET_ASIDE = FilePlace.SET_ASIDE.file_name
"""The folder in 提出 for books that finance wants kept and not counted."""

_OPEN = "ソフトで開いているあいだだけ置かれるファイル"
_HALF = "ダウンロードの途中のファイル"
_SAVING = "保存やコピーの途中に置かれるファイル"
_LEFTOVERS = {
    "~$*": _OPEN,
    ".~lock*": _OPEN,
    "._*": "Mac が置くファイル",
    ".ds_store": "Mac が置くファイル",
    ".localized": "Mac が置くファイル",
    "icon\r": "Mac が置くファイル",
    "thumbs.db": "Windows が置くファイル",
    "ehthumbs.db": "Windows が置くファイル",
    "desktop.ini": "Windows が置くファイル",
    ".dropbox*": "共有のソフトが置くファイル",
    "*.crdownload": _HALF,
    "*.part": _HALF,
    "*.partial": _HALF,
    "*.download": _HALF,
    "*.opdownload": _HALF,
    f"{PREFIX}*.tmp": "このプログラムが書いている途中のファイル",
    "*.tmp": _SAVING,
}
"""Names (without regard to case) of what programs leave behind, and what it is."""

_BOOK = re.compile(
    r".*\.(?:xls[xmb]?|xlt[xm]?|xlw|xlam?|ods|ots|fods|sxc|et|numbers|gsheet|xml|json)"
    r"|.*\.xls.*\.(?:lnk|url|webloc)",
    re.IGNORECASE | re.DOTALL,
)
"""How the name of a spreadsheet, of request documents, or of a shortcut to them ends."""
_DOCUMENT = re.compile(
    r".*\.(?:do[ct][xm]?|od[tgp]|pp[ts][xm]?|vsdx?|pub|mpp|msg|oft|jtd|jttc|o?xps|epub|kmz)",
    re.IGNORECASE | re.DOTALL,
)
"""Files that begin as a spreadsheet does and are none: they are not even opened."""
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""A zip, as xlsx and ods are, and a compound file ([MS-CFB]), as xls and protected books are."""

_MOST_BYTES = 8192
_LONGEST_NAME = 54
_EXCEL_WIDE = 55
"""Where the name of who has a book open stands in UTF-16, after the length and 54 bytes in the system's code page."""


def submitted_books(folder: Path) -> Books:
    """Return the regular files below `folder` in the order of their composed names, and the rest.

    No link is followed: its target may change, and would count twice. Raises Unreadable where
    `folder` itself cannot be listed.
    """
    books: list[Path] = []
    ignored: list[Path] = []
    try:
        _walk(folder, books, ignored)
    except OSError as error:
        raise unreadable(folder, error) from error
    return _in_order(books, folder), _in_order(ignored, folder)


def expand_paths(paths: Iterable[Path]) -> Books:
    """Return the books meant by files and folders, each once; a missing file stays, to be refused.

    What stands in a folder 差替え前 below a given one is not meant.

    Raises Unreadable where a folder cannot be listed.
    """
    books: dict[tuple[str, ...], Path] = {}
    ignored: dict[tuple[str, ...], Path] = {}
    for path in paths:
        if _is_folder(path):
            found, left_out = (
                [one for one in some if not _is_set_aside(one, path)]
                for some in submitted_books(path)
            )
        else:
            found, left_out = ([], [path]) if is_leftover(path.name) else ([path], [])
        # Below a folder no link is followed, so that it alone has to be resolved.
        above, same = len(path.parts), _same(path).parts
        for known, more in ((books, found), (ignored, left_out)):
            for one in more:
                known.setdefault((*same, *one.parts[above:]), one)
    return tuple(books.values()), tuple(ignored.values())


def books_set_aside(folder: Path) -> tuple[Path, ...]:
    """Return the books below `folder` that finance has set aside in 差替え前; none where it is not there."""
    books = submitted_books(folder)[0] if _is_folder(folder) else ()
    return tuple(path for path in books if _is_set_aside(path, folder))


def left_out_findings(ignored: Iterable[Path]) -> tuple[Finding, ...]:
    """Report what was left out though it is no leftover: links, pipes, closed folders.

    Of leftovers only a book is told of that did not come whole.
    """
    return tuple(finding for path in ignored if (finding := _left_out(path)))


def leftover_kind(name: str) -> str | None:
    """Return what a file of this name is that a program left behind; None for any other."""
    folded = name.casefold()
    return next((kind for one, kind in _LEFTOVERS.items() if fnmatch.fnmatch(folded, one)), None)


def is_leftover(name: str) -> bool:
    """Return whether a file of this name comes from Excel, LibreOffice, the system or ourselves."""
    return leftover_kind(name) is not None


def is_named_as_book(name: str) -> bool:
    """Return whether a file is called a spreadsheet, or request documents (JSON)."""
    return _BOOK.fullmatch(name) is not None


def lies_beside(path: Path) -> bool:
    """Return whether a file is surely no book: by its name, or by how it begins."""
    if is_named_as_book(path.name):
        return False
    if _DOCUMENT.fullmatch(path.name):
        return True
    try:
        with path.open("rb") as file:
            return not file.read(8).startswith(_BEGINNINGS)
    except OSError:
        return False


def _is_set_aside(path: Path, folder: Path) -> bool:
    above = path.parent.parts[len(folder.parts) :]
    return SET_ASIDE in (unicodedata.normalize("NFC", part) for part in above)


def _walk(folder: Path, books: list[Path], ignored: list[Path]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = folder / entry.name
            if is_leftover(entry.name):
                ignored.append(path)
            elif entry.is_dir(follow_symlinks=False) and not _is_junction(path):
                _walk_below(path, books, ignored)
            elif entry.is_file(follow_symlinks=False):
                books.append(path)
            else:
                ignored.append(path)


def _walk_below(folder: Path, books: list[Path], ignored: list[Path]) -> None:
    try:
        _walk(folder, books, ignored)
    except OSError:
        ignored.append(folder)


def _in_order(paths: list[Path], folder: Path) -> tuple[Path, ...]:
    # A Mac hands in decomposed names: か + ゛ must stand where が does.
    above = len(folder.parts)

    def key(path: Path) -> tuple[tuple[str, ...], str]:
        parts = path.parts[above:]
        return tuple(unicodedata.normalize("NFC", part) for part in parts), str(path)

    return tuple(sorted(paths, key=key))


def _left_out(path: Path) -> Finding | None:
    if kind := leftover_kind(path.name):
        book = path.with_suffix("")
        if kind not in (_HALF, _SAVING) or not is_named_as_book(book.name) or book.exists():
            return None
        return PathError(HALF_WAY, path, kind=kind, book=shown(book.name)).finding()
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return unreadable(path, error).finding()
    if stat.S_ISDIR(mode) and not _is_junction(path):
        return PathError(FORBIDDEN, path).finding()
    kind = "リンク" if stat.S_ISDIR(mode) else kind_of(mode)
    return PathError(SKIPPED, path, kind=kind).finding()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_junction(path: Path) -> bool:
    # Python 3.12 can tell; a link to a folder on Windows that is_dir takes for the folder.
    return bool(getattr(os.path, "isjunction", lambda _: False)(path))


def _same(path: Path) -> Path:
    """Return what two names of one file have in common."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def marks_beside(path: Path) -> tuple[Path, Path]:
    """Return the files that Excel and LibreOffice leave beside a book that is open."""
    excel, libre = FilePlace.EXCEL_MARK, FilePlace.LIBRE_MARK
    return excel.below(path.parent, name=path.name), libre.below(path.parent, name=path.name)


def holder(path: Path) -> str | None:
    """Return the name of whoever has `path` open, None where no mark tells; never raises."""
    excel, libre = marks_beside(path)
    return _name(excel, _excel_name) or _name(libre, _libre_name)


def _name(mark: Path, read: Callable[[bytes], str]) -> str | None:
    try:
        return _printable(read(snapshot(mark, _MOST_BYTES).data)) or None
    except (StoreError, ValueError):
        return None


def _excel_name(data: bytes) -> str:
    """Return the name in an owner file: a byte of length and the name, then the same in UTF-16."""
    length = data[0] if data else 0
    wide = data[_EXCEL_WIDE : _EXCEL_WIDE + 2]
    count = int.from_bytes(wide, "little")
    if 0 < count <= _LONGEST_NAME:
        start = _EXCEL_WIDE + 2
        return data[start : start + 2 * count].decode("utf-16-le", "replace")
    return data[1 : 1 + min(length, _LONGEST_NAME)].decode("cp932", "replace")


def _libre_name(data: bytes) -> str:
    """Return the name in a lock file: name, account, machine and time, with commas between."""
    name, account, *_ = [*data.decode("utf-8", "replace").split(","), "", ""]
    return name or account


def _printable(text: str) -> str:
    return "".join(mark for mark in text if mark.isprintable())[:_LONGEST_NAME].strip()
