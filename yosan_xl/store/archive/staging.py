"""Stages on their way into the archive and out of it: built aside, proven, and put in place by one rename."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store import system
from yosan_xl.store.archive.manifest import (
    MANIFEST_NAME,
    SEAL_NAME,
    Kind,
    Manifest,
    ManifestFile,
    manifest_bytes,
    seal_bytes,
)
from yosan_xl.store.archive.shelf import (
    HEAD_NAME,
    LOCK_NAME,
    ArchivedStage,
    head_bytes,
    stage_folder,
)
from yosan_xl.store.faults import PathError, reason
from yosan_xl.store.files import (
    Files,
    NotAFile,
    Unsteady,
    copy_file,
    make_folders,
    write_file,
)
from yosan_xl.store.places import PREFIX
from yosan_xl.store.snapshot import CHANGING, unreadable
from yosan_xl.store.temporary import temporary_folder
from yosan_xl.store.write import write_failed

LOCKED = Code(
    "YX640",
    weight=Weight.ERROR,
    title="保存庫がほかで使われている",
    fact="保存庫「{name}」には、いまほかの人かほかの画面が書き込んでいます。",
    remedy="終わるのを待って、もう一度実行してください。",
    why="二つの書込みが重なると、年度のつながりの記録が食いちがいます。",
    wrong="2台で同時に archive add を実行した。",
    right="1台の archive add が終わってから、もう1台で実行した。",
)

NO_LOCK = Code(
    "YX653",
    weight=Weight.ERROR,
    title="保存庫に鍵がかけられない",
    fact="「{name}」の場所では、同時の書込みを防ぐ鍵がかけられません（{reason}）。",
    remedy="保存庫を別のドライブか共有フォルダーに置き、--archive で指定してください。",
    why="鍵なしで書くと、二人が同時に保存したときに、記録が食いちがいます。",
    wrong="ファイルの鍵（ロック）が使えない古い共有フォルダーの保存庫",
    right="ファイルの鍵（ロック）が使える共有フォルダーの保存庫",
)

CODES = (LOCKED, NO_LOCK)

_YEAR = re.compile("[RHS][0-9]+")


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder aside in which the stage is built, and what stands in it so far."""

    files: Files
    root: Path
    folder: Path
    entries: dict[str, ManifestFile] = field(default_factory=dict)

    def copy(self, source: Path, path: str, kind: Kind) -> None:
        """Take a file as it is; raise PathError or WriteFailed."""
        target = self._place(path)
        try:
            size, sha256 = copy_file(self.files, source, target)
        except Unsteady as error:
            raise PathError(CHANGING, source, tries=1) from error
        except OSError as error:
            if error.filename == os.fspath(source):
                raise unreadable(source, error) from error
            raise write_failed(self.root / path, error) from error
        self.entries[path] = ManifestFile(path, kind, size, sha256)

    def write(self, path: str, kind: Kind, data: bytes) -> None:
        """Put in a file of our own; raise WriteFailed."""
        target = self._place(path)
        try:
            sha256 = write_file(self.files, target, data)
        except OSError as error:
            raise write_failed(self.root / path, error) from error
        self.entries[path] = ManifestFile(path, kind, len(data), sha256)

    def in_order(self) -> tuple[ManifestFile, ...]:
        """Return what stands in it, by path."""
        return tuple(self.entries[path] for path in sorted(self.entries))

    def commit(self, manifest: Manifest) -> ArchivedStage:
        """Seal the stage, put it in its place and return it; raise WriteFailed."""
        data = manifest_bytes(manifest)
        year = FiscalYear(manifest.year)
        target = stage_folder(self.root, year, manifest.stage)
        try:
            write_file(self.files, self.folder / MANIFEST_NAME, data)
            write_file(self.files, self.folder / SEAL_NAME, seal_bytes(data))
            self._sync_folders()
            make_folders(self.files, target.parent)
            if target.parent.is_symlink():
                raise NotADirectoryError(errno.ENOTDIR, "")  # it may lead out of the archive
            # The one step that counts: before it nothing is in the archive, after it everything.
            self.files.rename(self.folder, target)
            self.files.sync_folder(target.parent)
            self.files.sync_folder(self.root)
        except OSError as error:
            raise write_failed(target, error) from error
        return ArchivedStage(target, manifest, hashlib.sha256(data).hexdigest())

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it; raise WriteFailed."""
        try:
            make_folders(self.files, self.folder / path)
        except OSError as error:
            raise write_failed(self.root / path, error) from error

    def _place(self, path: str) -> Path:
        target = self.folder / path
        self.make_folder(target.parent.relative_to(self.folder).as_posix())
        return target

    def _sync_folders(self) -> None:
        for folder, _, _ in os.walk(self.folder, topdown=False):
            self.files.sync_folder(Path(folder))


@contextlib.contextmanager
def staging(files: Files, root: Path) -> Iterator[Staging]:
    """Yield a new folder aside; what is left of it at the end, or of an earlier run, is removed.

    Raises WriteFailed. The archive's lock must be held.
    """
    with contextlib.ExitStack() as stack:
        stack.callback(_remove_empty_years, files, root)
        try:
            folder = stack.enter_context(temporary_folder(files, root, "staging"))
        except OSError as error:
            raise write_failed(root, error) from error
        yield Staging(files, root, folder)


def write_head(files: Files, root: Path, stage: ArchivedStage) -> None:
    """Note in the archive which stage was added last; raise WriteFailed.

    The archive's lock must be held.
    """
    put_in_root(files, root / HEAD_NAME, head_bytes(stage))


def put_in_root(files: Files, path: Path, data: bytes) -> None:
    """Put a file of ours into the root of an archive in one step; raise WriteFailed.

    The archive's lock must be held.
    """
    half = path.parent / f"{PREFIX}{os.urandom(4).hex()}.tmp"
    try:
        write_file(files, half, data)
        files.replace(half, path)
        files.sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            files.remove(half)
        raise write_failed(path, error) from error


def _remove_empty_years(files: Files, root: Path) -> None:
    """Remove a year's folder that got no stage, where the disk lets us."""
    with contextlib.suppress(OSError):
        for year in sorted(path for path in root.iterdir() if _YEAR.fullmatch(path.name)):
            if year.is_dir() and not year.is_symlink() and not any(year.iterdir()):
                files.remove_folder(year)


class Locked(PathError):
    """An archive that another process writes to (YX640), or that cannot be locked (YX653)."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the archive's lock; raise Locked at once where another has it, or WriteFailed.

    The file of the lock stays: to remove it would let two hold a lock, each on a file of its own.
    """
    path = root / LOCK_NAME
    try:
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            raise NotAFile(path)
        handle = os.open(path, system.CHANGE_IN_PLACE | os.O_CREAT, 0o666)
    except OSError as error:
        raise write_failed(root, error) from error
    try:
        _lock(handle, root)
        yield
    finally:
        system.close(handle)


def _lock(handle: int, root: Path) -> None:
    try:
        system.lock(handle)
    except OSError as error:
        if system.is_taken(error):
            raise Locked(LOCKED, root) from error
        raise Locked(NO_LOCK, root, reason=reason(error)) from error


def restore_stage(stage: ArchivedStage, out: Path, files: Files) -> None:
    """Copy every file of a stage into the new or empty folder `out`; raise WriteFailed."""
    parent = out.absolute().parent
    try:
        make_folders(files, parent)
        with temporary_folder(files, parent, "restore") as aside:
            _copy_files(stage, aside, files)
            if out.exists():
                files.remove_folder(out)
            files.rename(aside, out)
            files.sync_folder(parent)
    except OSError as error:
        raise write_failed(out, error) from error


def _copy_files(stage: ArchivedStage, aside: Path, files: Files) -> None:
    for entry in stage.manifest.files:
        target = aside / entry.path
        make_folders(files, target.parent)
        if copy_file(files, stage.folder / entry.path, target) != (entry.size, entry.sha256):
            raise Unsteady(errno.EIO, "", str(target))
