"""Write a file beside its place and move it over it: a target is the old one or the new, whole.

What may be replaced is decided here too, for every file that the program writes: `refuse_over`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.settings import Folders
from yosan_xl.store import system
from yosan_xl.store.books import marks_beside
from yosan_xl.store.faults import PathError, StoreError, reason, shown
from yosan_xl.store.files import Files
from yosan_xl.store.places import LONGEST_PATH, FilePlace, path_length, why_not_on_windows
from yosan_xl.store.settings_file import SETTINGS_NAME, read_settings, year_folders_around
from yosan_xl.store.snapshot import Unreadable, kind_of, snapshot

OVER_OTHERS = Code(
    "YX069",
    weight=Weight.ERROR,
    title="使えない書き先",
    fact="「{name}」は{what}なので、書き先にできません。",
    remedy="別の名前か別の場所を -o で指定してください。",
    why="提出されたブックは証拠で、設定や台帳や集計ブックには人の記入があります。年度フォルダーでは、同じ命令が前に作ったものだけを置きかえます。",
    wrong="yosan-xl read 提出/0103_税務課.xlsx -o 提出/0103_税務課.xlsx",
    right="yosan-xl read 提出/0103_税務課.xlsx -o 税務課.json",
)
TARGET_OPEN = Code(
    "YX080",
    weight=Weight.ERROR,
    title="書き先が開かれている",
    fact="「{name}」は Excel などで開かれているため、書けません。",
    remedy="そのブックを閉じてから、もう一度実行してください"
    "(だれも開いていないのに同じときは、同じフォルダーの「~$」で始まる同名のファイルを消してください)。",
    why="開かれているブックを置きかえると、開いている人の保存で上書きされます。",
    wrong="集計.xlsx を Excel で見ながら集計をやり直す",
    right="集計.xlsx を閉じてから集計をやり直す",
)
WRITE_FORBIDDEN = Code(
    "YX081",
    weight=Weight.ERROR,
    title="書く権限がない",
    fact="「{name}」を書く権限がありません。",
    remedy="フォルダーの権限を確かめるか、別の場所を指定してください。",
    why="読み取り専用の共有フォルダーや媒体には書けません。",
    wrong="読み取り専用の共有フォルダーへ書き出す",
    right="自分が書ける年度フォルダーへ書き出す",
)
NO_SPACE = Code(
    "YX082",
    weight=Weight.ERROR,
    title="空き容量がない",
    fact="「{name}」を書く空き容量がありません。",
    remedy="不要なファイルを消すか、別のドライブを指定してください。もとのファイルは変わっていません。",
    why="ドライブの空きか、割り当てられた容量を使い切っています。",
    wrong="残り 0MB の共有フォルダー",
    right="残り 100MB 以上の共有フォルダー",
)
UNWRITABLE = Code(
    "YX083",
    weight=Weight.ERROR,
    title="書き出しの失敗",
    fact="「{name}」を書けませんでした({reason})。",
    remedy="書き先の場所と名前を確かめ、もう一度実行してください。もとのファイルは変わっていません。",
    why="書き先の場所がないか、名前が使えないか、接続が切れています。",
    wrong="フォルダーと同じ名前のファイルへ書き出す",
    right="ほかと重ならない名前へ書き出す",
)

TOO_DEEP = Code(
    "YX851",
    weight=Weight.ERROR,
    title="Windows が書けない長さの場所",
    fact="「{name}」は、ドライブからの場所と名前の長さが {length}字で、Windows では書けません。",
    remedy="年度フォルダー（保存庫）を、ドライブの浅い場所へ移すか、途中のフォルダーの名前を短くして、もう一度実行してください。"
    "もとのファイルは変わっていません。",
    why="Windows がふつうに扱えるのは {limit}字までです。書いている途中の名前は、できあがりより {more}字ほど長くなります。",
    wrong="Z:\\財政部\\財政課\\… と深いところにある年度フォルダーで、長い名前の部の公表のブックを作る",
    right="Z:\\予算\\R9 のように浅いところの年度フォルダーで作る",
)
ODD_NAME = Code(
    "YX852",
    weight=Weight.ERROR,
    title="Windows で使えない名前",
    fact="「{name}」{problem}。",
    remedy="別の名前にしてください。",
    why="Windows は、CON や NUL のような名前を装置とみなし、「:」の後ろを別のものとみなし、終わりの「.」や空白を落とします。"
    "そのまま書くと、書いたはずのファイルが見つかりません。",
    wrong="yosan-xl page -o nul.html",
    right="yosan-xl page -o 集計.html",
)

OTHER_KIND = Code(
    "YX857",
    weight=Weight.ERROR,
    title="書き出すものとちがう種類の名前",
    fact="「{name}」という名前では書けません。書き出すのは「{ends}」で終わる名前のファイルです。",
    remedy="「{right}」のような名前にしてください（--format のある命令では、それでほかの形を選べます）。",
    why="終わりの「.xlsx」などを見て、Windows は開くプログラムを決めます。ちがう種類の名前のファイルは、開けないか、別のものとして開きます。",
    wrong="yosan-xl consolidate -o 集計.csv",
    right="yosan-xl consolidate -o 集計.xlsx",
)
NO_FOLDER = Code(
    "YX858",
    weight=Weight.ERROR,
    title="書き先のフォルダーがない",
    fact="「{name}」を書くフォルダー「{folder}」がありません。",
    remedy="場所を確かめてください。新しい場所であれば、フォルダーを先に作ってください。",
    why="打ちまちがえた場所にフォルダーを作ると、できたファイルが見つかりません。1つだけ足りないフォルダーは作ります。",
    wrong="yosan-xl consolidate -o ../財政/集形/R9/集計.xlsx（「集形」がない）",
    right="yosan-xl consolidate -o ../財政/集計/R9/集計.xlsx",
)

CODES = (
    OVER_OTHERS,
    TARGET_OPEN,
    WRITE_FORBIDDEN,
    NO_SPACE,
    UNWRITABLE,
    TOO_DEEP,
    ODD_NAME,
    OTHER_KIND,
    NO_FOLDER,
)

if TYPE_CHECKING:
    from yosan_xl.store.temporary import TemporaryFile


_ASIDE = 40
"""Characters that the name of a file is longer by while it is written."""


class WriteFailed(PathError):
    """A file that could not be written (YX080-YX083); what stood there before is whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """A kind of file that the program writes, and which files of a year folder it may replace.

    In `folder` (a field of Folders) any file; below 提出, 配布, 差戻し, 復活, 内示, 公表, 様式 and 記録 no other, and none anew but
    in `new_in`; its own `place`, and no other name that the year has a use for; elsewhere those that `is_one`
    recognises by their bytes as of its own kind. Its name ends with one of `ends`, with any where there are none.
    """

    folder: str = ""
    is_one: Callable[[bytes], bool] = lambda _: False
    new_in: tuple[str, ...] = ()
    place: FilePlace | None = None
    ends: tuple[str, ...] = ()


ANYTHING = Output()
"""Replaces nothing in a year folder."""


def write_bytes(
    path: Path, data: bytes, output: Output = ANYTHING, inputs: Iterable[Path] = ()
) -> None:
    """Put `data` in place of `path` in one step, making its folder; raise WriteFailed.

    Raises PathError (YX069) where `path` is one of the `inputs`, or not for this `output` to replace.
    """
    from yosan_xl.store.temporary import temporary_file  # who only reads needs none of it

    refuse_over(path, output, inputs)
    _refuse_open(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(path.parent) as temporary:
            temporary.write(data, _mode_for(path))
            _move_over(temporary, path)
    except OSError as error:
        raise write_failed(path, error) from error
    Files().sync_folder(path.parent)


def write_new_bytes(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, making its folder; raise WriteFailed if it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fill(os.open(path, system.NEW, 0o666), data, path)
    except OSError as error:
        raise write_failed(path, error) from error
    Files().sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, if it is not there; raise WriteFailed."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failed(path, error) from error


def refuse_over(path: Path, output: Output, inputs: Iterable[Path] = ()) -> None:
    """Raise PathError (YX069) where `path` must stay, WriteFailed where no file can be written there.

    Links are followed: what they lead to is no more for us to replace than what they stand for.
    """
    try:
        _refuse_odd_name(path)
        _refuse_no_file(path)
        what = "年度フォルダーの外へのリンクの先" if _leads_out(path) else None
        what = what or _read_as(path, inputs) or next(_protected(path, output), None)
    except OSError as error:
        raise write_failed(path, error) from error
    if what:
        raise PathError(OVER_OTHERS, path, what=what)
    if output.ends:
        _refuse_other_kind(path, output.ends)
        refuse_nowhere(path.parent, path)


def _refuse_other_kind(path: Path, ends: tuple[str, ...]) -> None:
    if path.suffix.lower() not in ends:
        right = f"{path.stem if path.suffix[1:].isalpha() else path.name}{ends[0]}"
        raise WriteFailed(OTHER_KIND, path, ends="」か「".join(ends), right=right)


def refuse_nowhere(folder: Path, path: Path) -> None:
    """Raise WriteFailed where the folder that `folder` would be made in is not there either: `path` was mistyped."""
    above = Path(os.path.normpath(folder.absolute())).parent
    if not (folder.exists() or above.exists()):
        missing = next(one for one in (above, *above.parents) if one.parent.exists())
        raise WriteFailed(NO_FOLDER, path, folder=shown(missing))


def _leads_out(path: Path) -> bool:
    """Return whether a place in a year folder is, through a link, somewhere else."""
    named = Path(os.path.normpath(path.parent.absolute()))
    place = Path(os.path.realpath(named))
    return any(
        not place.is_relative_to(os.path.realpath(root)) for root in year_folders_around(named)
    )


def _refuse_odd_name(path: Path) -> None:
    if system.IS_WINDOWS and (problem := why_not_on_windows(path.name)):
        raise WriteFailed(ODD_NAME, path, problem=problem)


def _refuse_no_file(path: Path) -> None:
    """Raise where `path` is a folder or a device, OSError where what should be its folder is none."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if path.exists() and not path.is_file():
        kind = kind_of(path.stat().st_mode)
        raise WriteFailed(UNWRITABLE, path, reason=f"{kind}で、ふつうのファイルではありません")
    above = next((folder for folder in path.absolute().parents if folder.exists()), path.parent)
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "")


def _read_as(path: Path, inputs: Iterable[Path]) -> str | None:
    if not path.exists():
        return None
    own = path.stat()
    for one in inputs:
        with contextlib.suppress(OSError):
            if os.path.samestat(own, one.stat()):
                return "読むファイル"
    return None


def _protected(path: Path, output: Output) -> Iterator[str]:
    """Return why no file may be written: at its own place, and at that it leads to."""
    folder = Path(os.path.realpath(path.parent))
    for place in dict.fromkeys((folder / path.name, Path(os.path.realpath(path)))):
        if any(map(_is_archive, place.parents)):
            yield "保存庫にあるファイル"
        for at, root in enumerate(year_folders_around(place.parent)):
            if what := _of_year(place, root, output, is_nearest=not at):
                yield what


def _of_year(place: Path, root: Path, output: Output, *, is_nearest: bool) -> str | None:
    """Return why a year folder keeps a file; of one around another year it keeps what is in its own folders."""
    # Windows and macOS take names that differ only in case, or in how が is composed, for one.
    first, *below = map(_folded, place.relative_to(root).parts)
    held = {_folded(name): (name, key) for name, key in _held_folders(root)} if below else {}
    is_new = not os.path.lexists(place)
    if first in held:
        name, key = held[first]
        may = key == output.folder or (is_new and key in output.new_in)
        return None if may else f"「{name}」フォルダーのファイル"
    if not is_nearest:
        return None
    if not below and (own := _NAMED.get(first)):
        return None if own is output.place else f"年度フォルダーの{own.what}の名前"
    if is_new:
        return None
    try:
        data = snapshot(place).data
    except Unreadable:
        data = b"?"
    known = not data or output.is_one(data)
    return None if known else "年度フォルダーにあって、この命令が作ったものではないファイル"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


_NAMED = {
    _folded(place.path): place
    for place in (
        *(FilePlace.SETTINGS, FilePlace.ROSTER, FilePlace.LEVELS),
        *(FilePlace.SUCCESSION, FilePlace.LEDGER),
        *(FilePlace.DECISIONS, FilePlace.DECISION_TABLE),
    )
}
"""The files of a year that people or one command keep."""


def _held_folders(root: Path) -> Iterator[tuple[str, str]]:
    """Return the folders of a year in which only one command replaces files, or none."""
    try:
        folders = read_settings(root / SETTINGS_NAME).folders
    except StoreError:
        folders = Folders()
    yield FilePlace.RESTORATIONS.path, "restored"
    yield FilePlace.NOTICES.path, "notices"
    yield FilePlace.PUBLICATIONS.path, "published"
    yield FilePlace.OWN_FORMS.path, "forms"
    for key in ("submitted", "handed_out", "returned", "kept"):
        yield getattr(folders, key), key


def _is_archive(folder: Path) -> bool:
    """Return whether a folder is an archive, or a stage in one."""
    from yosan_xl.store.archive.manifest import MANIFEST_NAME, SEAL_NAME
    from yosan_xl.store.archive.shelf import LOCK_NAME

    sealed = (folder / MANIFEST_NAME).exists() and (folder / SEAL_NAME).exists()
    return sealed or (folder / LOCK_NAME).exists()


def _refuse_open(path: Path) -> None:
    # Excel and LibreOffice leave these beside a book that is open, on a file share too, where the
    # system would let us replace it under the reader's hands.
    try:
        is_open = path.exists() and any(mark.exists() for mark in marks_beside(path))
    except OSError as error:
        raise write_failed(path, error) from error
    if is_open:
        raise WriteFailed(TARGET_OPEN, path)


def _fill(handle: int, data: bytes, path: Path) -> None:
    """Write, sync and close; a file that could not be written whole is removed."""
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _move_over(temporary: TemporaryFile, path: Path) -> None:
    try:
        temporary.move_over(path)
    except PermissionError as error:
        # Windows refuses a file that is read-only with the same words as one that is open.
        is_closed = path.exists() and not path.stat().st_mode & stat.S_IWUSR
        raise WriteFailed(WRITE_FORBIDDEN if is_closed else TARGET_OPEN, path) from error


def _mode_for(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def write_failed(path: Path, error: OSError) -> WriteFailed:
    """Return the refusal that tells of a system error met while writing `path`."""
    if system.is_full(error):
        return WriteFailed(NO_SPACE, path)
    if system.is_nowhere(error) and (length := path_length(path)) > LONGEST_PATH - _ASIDE:
        return WriteFailed(TOO_DEEP, path, length=length, limit=LONGEST_PATH, more=_ASIDE)
    if system.is_held(error):
        return WriteFailed(TARGET_OPEN, path)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return WriteFailed(WRITE_FORBIDDEN, path)
    return WriteFailed(UNWRITABLE, path, reason=reason(error))


def write_log(text: str) -> Path:
    """Write `text` to a new file in the temporary folder, and return where it is; raise OSError."""
    handle, place = _new_log()
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8", "backslashreplace"))
    return place


def _new_log() -> tuple[int, Path]:
    from tempfile import gettempdir, mkstemp

    # Never an existing file: in a shared temporary folder that could be someone else's link.
    place = FilePlace.LOG.below(Path(gettempdir()), process=os.getpid())
    try:
        return os.open(place, system.NEW, 0o600), place
    except FileExistsError:
        handle, name = mkstemp(prefix=f"yosan-xl-{os.getpid()}-", suffix=".log")
        return handle, Path(name)
