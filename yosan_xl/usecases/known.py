"""Files read before are not read again: known by their bytes, their name and the manner of reading."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path

from yosan_xl.store.cache_file import fingerprint, read_cache, write_cache
from yosan_xl.store.faults import PathError
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.read_one import Manner, One, Task, read_one
from yosan_xl.usecases.remembered import from_line, to_line

ReadAnew = Callable[[Sequence[Task], Manner], Generator[One, None, None]]


def read_known(
    tasks: Sequence[Task], manner: Manner, folder: Path, read_anew: ReadAnew
) -> Generator[One, None, None]:
    """Give what each file holds, in order; those that are known are not read anew.

    What could not be read is never remembered: the next run may have more luck.
    """
    cache = fingerprint(repr(manner))
    known = read_cache(folder, cache)
    keys = [_key(task) for task in tasks]
    fresh = read_anew([t for t, key in zip(tasks, keys, strict=True) if key not in known], manner)
    lines = {key: known[key] for key in keys if key in known}
    with_news = len(lines) < len(known)
    with closing(fresh):
        for key, task in zip(keys, tasks, strict=True):
            one = from_line(known[key]) if key in known else next(fresh)
            if one is None:  # kept by a program that is not quite this one
                one = read_one(task, manner)
            yield one
            line = to_line(one) if one[1].is_read and key not in known else None
            if line is not None:
                lines[_name(one[1].sha256, task)] = line
                with_news = True
    if with_news:
        write_cache(folder, cache, lines)


def _key(task: Task) -> str:
    try:
        return _name(snapshot(task.path).sha256, task)
    except PathError:
        return ""


def _name(sha256: str, task: Task) -> str:
    """Give the key: findings name the file, and its ending says what it is."""
    told = f"{task.name}\n{task.path.name}".encode("utf-8", "surrogatepass")
    return f"{sha256}-{hashlib.sha256(told).hexdigest()[:32]}"
