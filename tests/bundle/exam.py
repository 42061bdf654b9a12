"""`sh scripts/exam bundle [PYTHON...]`: bundles for every platform and Python, each checked anew, and installed where that Python is here.

Our wheel is built twice and must be the same. Without words: 3.11, 3.12 and 3.13.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bundle import bundle
from scripts.wheelhouse import PLATFORMS, Target, Wheel, build_own, fetch_by_pip
from tests.bundle.offline import run, unpacked, variables
from tests.bundle.wheels import missing_in

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHONS = ("3.11", "3.12", "3.13")


def main() -> int:
    """Make and try them all; print a line for each, and return 1 where one is wrong."""
    wrong = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        own, again = (_own(folder / word) for word in ("own", "again"))
        print(f"our wheel, twice: {'the same' if own.sha256 == again.sha256 else 'NOT THE SAME'}")
        wrong += own.sha256 != again.sha256
        for platform in PLATFORMS:
            for python in sys.argv[1:] or PYTHONS:
                faults = [*_faults(own, Target(platform, python), folder)]
                print(f"{platform} {python}: {'; '.join(faults) or 'fine'}", flush=True)
                wrong += bool(faults)
    return int(wrong > 0)


def _own(folder: Path) -> Wheel:
    folder.mkdir()
    return build_own(ROOT, folder)


def _faults(own: Wheel, target: Target, folder: Path) -> Iterator[str]:
    path = bundle(own, target, folder / "dist", fetch_by_pip)
    data = path.read_bytes()
    yield from missing_in(data, target.platform, target.python)
    if bundle(own, target, folder / "dist", fetch_by_pip).read_bytes() != data:
        yield "a second bundle has other bytes"
    place = unpacked(path, folder / "予算 編成")
    yield from _refused_by_pip(place, target)
    if target.platform == "linux_x86_64":
        yield from _not_installed(place, target, folder)


def _refused_by_pip(place: Path, target: Target) -> Iterator[str]:
    """Let pip choose for the target among the wheels of the bundle alone, with their hashes."""
    wheels = place / "wheels"
    platforms = (f"--platform={one}" for one in target.platforms)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps"),
            *("--target", str(place / "never"), "--no-index", "--require-hashes"),
            *("--only-binary=:all:", f"--python-version={target.python}", *platforms),
            *("--find-links", str(wheels), "--requirement", str(wheels / "requirements.txt")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        yield done.stderr.strip()


def _not_installed(place: Path, target: Target, folder: Path) -> Iterator[str]:
    """Install it where this machine has that Python, and ask for its version."""
    home, goal = folder / f"home {target.python}", folder / f"予算 {target.python}"
    home.mkdir()
    environment = {**variables(home)}
    if found := _place_of(target.python):
        environment["PATH"] = f"{found.parent}:{environment['PATH']}"
        done = run("sh", place / "install.sh", goal, cwd=folder, environment=environment)
        if done.returncode == 0:
            done = run(goal / "yosan-xl", "doctor", cwd=folder, environment=environment)
        if done.returncode != 0:
            yield done.stdout + done.stderr
    else:
        print(f"  (no Python {target.python} here to install it with)")


def _place_of(python: str) -> Path | None:
    """Return a Python of this version: one that runs by its name, or one that pyenv keeps."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{python}.*/bin/python{python}"))
    for program in (f"/usr/bin/python{python}", f"/usr/local/bin/python{python}", *map(str, kept)):
        if Path(program).is_file():
            return Path(program)
    return None


if __name__ == "__main__":
    sys.exit(main())
