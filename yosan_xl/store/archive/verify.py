"""Whether an archive is as it was made: every file by its SHA-256, nothing more, and the chain."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise

from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.archive import codes
from yosan_xl.store.archive.disk import hash_file
from yosan_xl.store.archive.index import indexed
from yosan_xl.store.archive.manifest import MANIFEST_NAME, SEAL_NAME, Entry
from yosan_xl.store.archive.shelf import INDEX_NAME, Shelf, Stage
from yosan_xl.store.books import is_leftover
from yosan_xl.store.faults import reason, shown
from yosan_xl.store.files import Files
from yosan_xl.store.safe_name import PREFIX

Progress = Callable[[Iterable[Entry]], Iterable[Entry]]


def verify_stage(
    stage: Stage, files: Files, progress: Progress = lambda entries: entries
) -> Iterator[Finding]:
    """Give what is changed, lost or added in a stage."""
    for entry in progress(stage.manifest.files):
        yield from verify_file(stage, entry, files)
    known = {MANIFEST_NAME, SEAL_NAME, *(entry.path for entry in stage.manifest.files)}
    for name in _unknown(os.fspath(stage.folder), known):
        yield codes.UNKNOWN.at(_place(stage, name))


def verify_chain(shelf: Shelf) -> Iterator[Finding]:
    """Give where the order of adding is broken; each manifest has the SHA-256 of the one before."""
    first = shelf.stages[0] if shelf.stages else None
    if first and (first.manifest.sequence, first.manifest.previous) != (1, None):
        yield _broken(first, "これより前に保存したものがありません")
    for before, after in pairwise(shelf.stages):
        if after.manifest.sequence != before.manifest.sequence + 1:
            yield _broken(after, f"「{before.name}」との間に保存したものがありません")
        elif after.manifest.previous != before.sha256:
            yield _broken(after, f"一つ前の「{before.name}」の記録が、保存したときとちがいます")


def verify_index(shelf: Shelf) -> Iterator[Finding]:
    """Give the stages that the index knows and the archive has no more: the last one, say."""
    there = {stage.name for stage in shelf.stages}
    for name, _ in indexed(shelf.root / INDEX_NAME) or ():
        if name not in there:
            problem = f"索引にある「{name}」がありません"
            yield codes.CHAIN.at(Place(shown(name)), problem=problem)


def strangers(shelf: Shelf) -> Iterator[Finding]:
    """Give what stands in the archive and belongs to no stage."""
    inside = {stage.name for stage in shelf.stages}
    inside |= {broken.place.file.removesuffix(f"/{MANIFEST_NAME}") for broken in shelf.broken}
    for name in _unknown(os.fspath(shelf.root), {INDEX_NAME, *inside}):
        if not name.startswith(PREFIX):
            yield codes.UNKNOWN.at(Place(shown(name)))


def verify_file(stage: Stage, entry: Entry, files: Files) -> Iterator[Finding]:
    """Give what is wrong with one file of a stage."""
    place = _place(stage, entry.path)
    path = stage.folder / entry.path
    try:
        if path.is_symlink():
            yield codes.CHANGED.at(place, problem="ファイルそのものではなくリンクです")
            return
        size, sha256 = hash_file(files, path)
    except FileNotFoundError:
        yield codes.LOST.at(place)
    except OSError as error:
        yield codes.CHANGED.at(place, problem=f"読めません: {reason(error)}")
    else:
        if size != entry.size:
            problem = f"{entry.size:,}バイトが {size:,}バイトになっています"
            yield codes.CHANGED.at(place, problem=problem)
        elif sha256 != entry.sha256:
            yield codes.CHANGED.at(place, problem="大きさは同じで、中身がちがいます")


def _unknown(folder: str, known: Collection[str], below: str = "") -> Iterator[str]:
    """Give what stands below a folder and is not known, by its path in it with `/`.

    Texts and not Paths: this looks at every file of every year. What Excel and the system leave
    behind is not told; a known folder is not looked into.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = below + entry.name
            if name in known:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _unknown(entry.path, known, f"{name}/")
            elif not is_leftover(entry.name):
                yield name


def _place(stage: Stage, path: str) -> Place:
    return Place(shown(f"{stage.name}/{path}"))


def _broken(stage: Stage, problem: str) -> Finding:
    return codes.CHAIN.at(_place(stage, MANIFEST_NAME), problem=problem)
