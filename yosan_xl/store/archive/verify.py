"""Whether an archive is as it was made: every file by its SHA-256, nothing more, and the chain."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.store.archive.manifest import MANIFEST_NAME, SEAL_NAME, ManifestFile
from yosan_xl.store.archive.shelf import EARLIER_INDEX, HEAD_NAME, ArchivedStage, Shelf, head_bytes
from yosan_xl.store.books import is_leftover
from yosan_xl.store.faults import PathError, reason, shown
from yosan_xl.store.files import Files, hash_file
from yosan_xl.store.places import PREFIX, FilePlace
from yosan_xl.store.snapshot import ABSENT, snapshot

CHANGED = Code(
    "YX644",
    weight=Weight.ERROR,
    title="保存したファイルが変わっている",
    fact="保存したファイルの中身が、保存したときと変わっています（{problem}）。",
    remedy="控え（バックアップ）から、このファイルを元に戻してください。",
    why="保存したときの SHA-256 と大きさを manifest.json に記録してあり、1ビットのちがいも分かります。",
    wrong="保存庫のブックを Excel で開いて保存した。",
    right="保存庫は読むだけにして、作業は archive restore で取り出したフォルダーでする。",
)

LOST = Code(
    "YX645",
    weight=Weight.ERROR,
    title="保存したファイルがない",
    fact="保存したファイルがなくなっています。",
    remedy="控え（バックアップ）から元に戻してください。",
    why="保存したファイルは manifest.json にすべて記録してあります。",
    wrong="保存庫のブックを別のフォルダーへ移した。",
    right="保存庫のブックはそのままにし、写しを別のフォルダーに置いた。",
)

UNKNOWN = Code(
    "YX646",
    weight=Weight.ERROR,
    title="保存した覚えのないファイル",
    fact="保存したときにはなかったものです。",
    remedy="保存庫の外へ移してください。あとから加わったものは、保存した年度の記録ではありません。",
    why="あとから置かれたファイルが、そのとき提出されたものに見えるおそれがあります。",
    wrong="保存庫の「提出」に、あとからブックを入れた。",
    right="直したブックは、別の段階として archive add で保存した。",
)

CHAIN = Code(
    "YX648",
    weight=Weight.ERROR,
    title="保存の順のつながりが切れている",
    fact="保存の順のつながりが切れています（{problem}）。",
    remedy="なくなった年度や段階のフォルダーを、控え（バックアップ）から元に戻してください。",
    why="どの記録も、一つ前に保存した記録の SHA-256 を持っています。抜いたり差し替えたりすると分かります。",
    wrong="保存庫から R2 のフォルダーを消した。",
    right="保存した年度のフォルダーは、すべて残してある。",
)

CODES = (CHANGED, LOST, UNKNOWN, CHAIN)

_OF_THE_ROOT = (HEAD_NAME, EARLIER_INDEX, FilePlace.INTRODUCTION.file_name)

Progress = Callable[[Iterable[ManifestFile]], Iterable[ManifestFile]]


def verify_stage(
    stage: ArchivedStage, files: Files, progress: Progress = lambda entries: entries
) -> Iterator[Finding]:
    """Yield what is changed, lost or added in a stage."""
    for entry in progress(stage.manifest.files):
        yield from verify_file(stage, entry, files)
    known = {MANIFEST_NAME, SEAL_NAME, *(entry.path for entry in stage.manifest.files)}
    for name in _unknown(os.fspath(stage.folder), known):
        yield UNKNOWN.at(_place(stage, name))


def verify_chain(shelf: Shelf) -> Iterator[Finding]:
    """Yield where the order of adding is broken; each manifest has the SHA-256 of the one before."""
    first = shelf.stages[0] if shelf.stages else None
    if first and (first.manifest.sequence, first.manifest.previous) != (1, None):
        yield _broken(first, "これより前に保存したものがありません")
    for before, after in pairwise(shelf.stages):
        if after.manifest.sequence != before.manifest.sequence + 1:
            yield _broken(after, f"「{before.name}」との間に保存したものがありません")
        elif after.manifest.previous != before.sha256:
            yield _broken(after, f"一つ前の「{before.name}」の記録が、保存したときとちがいます")


def verify_head(shelf: Shelf) -> Iterator[Finding]:
    """Yield what shows that the stage added last is gone; earlier versions did not note which it is."""
    try:
        data = snapshot(shelf.root / HEAD_NAME).data
    except PathError as error:
        if error.code != ABSENT:
            yield error.finding(HEAD_NAME)
        return
    if data in map(head_bytes, shelf.stages):
        return
    found = re.fullmatch(f"[0-9a-f]{{64}}  (.+)/{MANIFEST_NAME}\n", data.decode("utf-8", "replace"))
    if not found:
        yield CHANGED.at(Place(HEAD_NAME), problem="決まった形ではありません")
        return
    is_there = found[1] in {stage.name for stage in shelf.stages}
    what = "の記録が、保存したときとちがいます" if is_there else "がありません"
    problem = f"最後に保存した「{shown(found[1])}」{what}"
    yield CHAIN.at(Place(HEAD_NAME), problem=problem)


def strangers(shelf: Shelf) -> Iterator[Finding]:
    """Yield what stands in the archive and belongs to no stage."""
    inside = {stage.name for stage in shelf.stages}
    inside |= {broken.place.file.removesuffix(f"/{MANIFEST_NAME}") for broken in shelf.broken}
    for name in _unknown(os.fspath(shelf.root), {*_OF_THE_ROOT, *inside}):
        if not name.startswith(PREFIX):
            yield UNKNOWN.at(Place(shown(name)))


def verify_file(stage: ArchivedStage, entry: ManifestFile, files: Files) -> Iterator[Finding]:
    """Yield what is wrong with one file of a stage."""
    place = _place(stage, entry.path)
    path = stage.folder / entry.path
    try:
        if path.is_symlink():
            yield CHANGED.at(place, problem="ファイルそのものではなくリンクです")
            return
        size, sha256 = hash_file(files, path)
    except FileNotFoundError:
        yield LOST.at(place)
    except OSError as error:
        yield CHANGED.at(place, problem=f"読めません: {reason(error)}")
    else:
        if size != entry.size:
            problem = f"{entry.size:,}バイトが {size:,}バイトになっています"
            yield CHANGED.at(place, problem=problem)
        elif sha256 != entry.sha256:
            yield CHANGED.at(place, problem="大きさは同じで、中身がちがいます")


def _unknown(folder: str, known: Collection[str], below: str = "") -> Iterator[str]:
    """Yield what stands below a folder and is not known, by its path in it with `/`.

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


def _place(stage: ArchivedStage, path: str) -> Place:
    return Place(shown(f"{stage.name}/{path}"))


def _broken(stage: ArchivedStage, problem: str) -> Finding:
    return CHAIN.at(_place(stage, MANIFEST_NAME), problem=problem)
