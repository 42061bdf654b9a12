"""The long examination of the archive: `python -m tests.usecases.archive.exam [kills|errors|calls|flips|size]`.

kills, errors: strace stops `archive add` at its k-th system call, or lets that call fail.
calls: the same at the seam in this process. flips: one bit in any file. size: ten years of 150 requests.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.store.archive.faulty import EIO, ENOSPC
from tests.usecases.archive.interrupted import Scene
from tests.usecases.archive.samples import documents, json_year, put
from tests.usecases.year import EXAMPLE
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.usecases.archive.verify import verify

ADD = (
    "import sys\nfrom pathlib import Path\nfrom tests.usecases.archive.samples import put\n"
    "from yosan_xl.usecases.errors import WrongInput\n"
    "try:\n    put(Path(sys.argv[1]), '内示')\nexcept (WrongInput, OSError):\n    sys.exit(2)\n"
)
CALLS = "openat,read,write,fsync,mkdir,rename,unlink,rmdir,close,flock,newfstatat,fstat,getdents64,lseek"
WRITING = ("write", "fsync", "mkdir", "rename", "unlink", "rmdir", "openat", "read")
POINTS = 240
ENDS: Counter[int] = Counter()
"""How often the traced program ended with which code: -9 killed, 2 told, 0 fine all the same."""


def kills(folder: Path) -> None:
    """Kill the process at every k-th system call from the lock on."""
    scene = Scene(folder)
    points = _spread(_trace(scene), POINTS)
    for name, n in points:
        _traced(scene, f"inject={name}:signal=KILL:when={n}")
    print(f"kill -9: {len(points)} system calls, nothing lost, half there or changed; {dict(ENDS)}")


def errors(folder: Path) -> None:
    """Let every k-th system call fail, with EIO and with ENOSPC."""
    scene = Scene(folder)
    calls = [(name, n) for name, n in _trace(scene) if name in WRITING]
    for error in ("EIO", "ENOSPC"):
        ENDS.clear()
        points = _spread(calls, POINTS // 2)
        for name, n in points:
            _traced(scene, f"inject={name}:error={error}:when={n}")
        print(
            f"{error}: {len(points)} system calls, nothing lost, half there or changed; {dict(ENDS)}"
        )


def calls(folder: Path) -> None:
    """Stop, and fail, at every call of the seam."""
    scene = Scene(folder)
    for n in range(1, scene.calls + 1):
        scene.killed(n)
    print(f"seam, killed: all {scene.calls} calls")
    for number, times in ((EIO, 1), (ENOSPC, 1), (ENOSPC, 10_000)):
        for n in range(1, scene.calls + 1, 2):
            scene.failing(n, number, times)
        print(f"seam, {os.strerror(number)} ×{times}: every second of {scene.calls} calls")


def flips(folder: Path, tries: int = 1000) -> None:
    """Turn one bit around, anywhere, and ask `verify`."""
    scene = Scene(folder, books=2)
    root = scene.copy(folder / "flips") / "保存庫"
    files = sorted(path for path in root.glob("*/**/*") if path.is_file())
    drawn, found = random.Random(2020), 0
    for _ in range(tries):
        path = drawn.choice(files)
        data = path.read_bytes()
        bit = drawn.randrange(len(data) * 8)
        path.write_bytes(_flipped(data, bit))
        found += bool(verify(root).findings)
        path.write_bytes(data)
    assert verify(root).findings == ()
    print(f"flipped bits: {found} of {tries} found")


def size(folder: Path, years: int = 10, requests: int = 150) -> None:
    """Time `verify` and reading documents on ten years."""
    for western in range(2020, 2020 + years):
        year = json_year(folder / f"Y{western}")
        settings = (year / "yosan.toml").read_text(encoding="utf-8")
        label = f'year = "{western}"'
        (year / "yosan.toml").write_text(
            re.sub(r"(?m)^year\s*=.*$", label, settings), encoding="utf-8"
        )
        _many(year / "提出" / "要求.json", western, requests)
        # As much to hash as 60 books of a ward; they stand beside 提出, so as not to be read too.
        for number in range(60):
            book = sorted((EXAMPLE / "提出").glob("*.xlsx"))[number % 6].read_bytes()
            path = year / "写し" / f"{number}.xlsx"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(book)
        put(year)
    root = folder / "保存庫"
    stages = read_shelf(root).stages
    files = sorted(path for path in root.glob("*/**/*") if path.is_file())
    total = sum(path.stat().st_size for path in files)
    print(f"{len(stages)} years, {len(files)} files, {total / 1e6:.1f} MB")
    # Turn by turn: other work on the machine then weighs on both alike.
    turns = [(_timed(lambda: _hashed(files)), _timed(lambda: verify(root))) for _ in range(9)]
    hashing, verifying = (min(times) for times in zip(*turns, strict=True))
    ratio = sorted(two / one for one, two in turns)[len(turns) // 2]
    print(f"hashing {hashing:.3f} s, verify {verifying:.3f} s, ratio {ratio:.2f} (median)")
    print(
        f"documents {_timed(lambda: [documents(root, FiscalYear(s.manifest.year)) for s in stages]):.3f} s"
    )


def _many(path: Path, western: int, requests: int) -> None:
    rows = json.loads(path.read_text(encoding="utf-8"))
    made = []
    for number in range(requests):
        row = json.loads(json.dumps(rows[number % len(rows)]))
        row.update(
            id=f"{row['id']}-{number}", no=number + 1, fiscal_year=western, title=f"事業{number}"
        )
        made.append(row)
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


def _hashed(files: list[Path]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


def _timed(action: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - began)
    return best


def _flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _trace(scene: Scene) -> list[tuple[str, int]]:
    """Give the system calls of an `add`, from the lock on: name, and the how many-th of its kind."""
    log = scene.work.parent / "trace"
    work = scene.copy(scene.work)
    _strace(work, "-o", str(log), "-e", f"trace={CALLS}")
    seen: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = re.match(r"(?:\d+ +)?([a-z0-9]+)\(", line)
        if match:
            seen[match[1]] += 1
            if found or ".yosan-lock" in line:
                found.append((match[1], seen[match[1]]))
    return found


def _spread(calls: list[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    step = max(1, len(calls) // most)
    print(f"{len(calls)} system calls from the lock on, every {step}th")
    return calls[::step]


def _traced(scene: Scene, inject: str) -> None:
    scene.check(lambda year: _strace(year.parent, "-o", os.devnull, "-e", inject))


def _strace(work: Path, *options: str) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    tracer = ["strace", "-f", "--seccomp-bpf", *options]
    command = [*tracer, sys.executable, "-c", ADD, str(work / "R2")]
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    ENDS[done.returncode] += 1
    if done.returncode not in (0, 2, -9):
        print(done.stderr.decode("utf-8", "replace").splitlines()[-1:])


def main() -> None:
    """Run the parts that are named, or all."""
    parts: dict[str, Callable[[Path], None]] = {
        "kills": kills,
        "errors": errors,
        "calls": calls,
        "flips": flips,
        "size": size,
    }
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder) / name)
            shutil.rmtree(folder, ignore_errors=True)
            Path(folder).mkdir()


if __name__ == "__main__":
    main()
