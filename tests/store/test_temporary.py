"""Temporary places: nothing but what a run of ours made is ever removed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.usecases.year import ROOT
from yosan_xl.store.files import Files
from yosan_xl.store.temporary import sweep, temporary_file, temporary_folder

FOLDER = ".yosan-staging-0123456789abcdef"
FILE = ".yosan-abcd1234.tmp"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Give somebody's folder, with a file and a folder in it."""
    folder = tmp_path / "victim"
    (folder / "content").mkdir(parents=True)
    (folder / "file").write_bytes(b"precious")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give the folder in which we work."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def _killed(place: Path, work: str) -> None:
    """Do `work` in a process that dies in the middle of it."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom yosan_xl.store.files import Files\n"
        "from yosan_xl.store.temporary import *\nplace = Path(sys.argv[1])\n" + work
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, place], env=environment, check=False)
    assert done.returncode == 9


def _folder_left(place: Path) -> Path:
    _killed(
        place,
        "with temporary_folder(Files(), place, 'staging') as made:\n"
        "    (made / 'a').mkdir()\n    (made / 'a' / 'b').write_bytes(b'x')\n    os._exit(9)\n",
    )
    (left,) = place.iterdir()
    return left


PLANTED: dict[str, Callable[[Path, Path], object]] = {
    "link": lambda path, victim: path.symlink_to(victim),
    "link to a file": lambda path, victim: path.symlink_to(victim / "file"),
    "link to nothing": lambda path, _: path.symlink_to("nothing"),
    "file": lambda path, _: path.write_bytes(b"precious"),
    "hard link": lambda path, victim: path.hardlink_to(victim / "file"),
    "pipe": lambda path, _: os.mkfifo(path),
    "folder": lambda path, victim: shutil.copytree(victim, path),
}
NAMES = (
    FOLDER,
    ".yosan-staging",
    ".yosan-restore-again",
    ".yosan-restore-0123456789abcdef",
    ".yosan-index",
    FILE,
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("planted", PLANTED)
def test_sweep__nothing_that_is_planted_costs_anything(
    planted: str, name: str, place: Path, victim: Path
) -> None:
    PLANTED[planted](place / name, victim)
    before = (_names(victim), _names(place))
    with temporary_folder(Files(), place, "staging") as made, temporary_file(place):
        assert made.is_dir()
    if (planted, name) == ("file", FILE):  # just as a run of ours that was killed leaves it
        assert _names(place) == []
    else:
        assert (_names(victim), _names(place)) == before
    assert (victim / "file").read_bytes() == b"precious"


def test_sweep__what_a_killed_run_left_goes_away(place: Path) -> None:
    left = _folder_left(place)
    assert left.stat().st_mode & 0o777 == 0o700
    with temporary_folder(Files(), place, "restore"):
        assert not left.exists()
    _killed(place, "with temporary_file(place) as made:\n    os._exit(9)\n")
    assert len(_names(place)) == 1
    with temporary_file(place):
        pass
    assert _names(place) == []


@pytest.mark.parametrize("made", ["temporary_folder(Files(), place, 'x')", "temporary_file(place)"])
def test_sweep__what_is_in_use_stays(place: Path, made: str) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom yosan_xl.store.files import Files\n"
        "from yosan_xl.store.temporary import *\nplace = Path(sys.argv[1])\n"
        f"with {made}:\n    print('made', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, place],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"made\n"
        before = _names(place)
        sweep(place)
        assert _names(place) == before != []
        other.stdin.close()
    assert _names(place) == []


def test_sweep__what_another_left_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _folder_left(place)
    (place / FILE).write_bytes(b"x")
    before = _names(place)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    sweep(place)
    assert _names(place) == before
    monkeypatch.undo()
    sweep(place)
    assert not left.exists()


def test_sweep__a_copy_of_what_was_left_is_not_what_was_left(place: Path) -> None:
    left = _folder_left(place)
    shutil.copytree(left, place / FOLDER)
    sweep(place)
    assert (place / FOLDER / "content" / "a" / "b").read_bytes() == b"x"
    assert not left.exists()


def test_sweep__links_in_what_was_left_are_not_followed(place: Path, victim: Path) -> None:
    left = _folder_left(place)
    (left / "content" / "link").symlink_to(victim)
    (left / "content" / "file").symlink_to(victim / "file")
    before = _names(victim)
    sweep(place)
    assert _names(place) == []
    assert _names(victim) == before


@pytest.mark.parametrize("planted", ["link to a file", "pipe", "folder"])
def test_sweep__a_marker_that_is_none_is_not_waited_for(
    planted: str, place: Path, victim: Path
) -> None:
    left = _folder_left(place)
    (left / "own").unlink()
    PLANTED[planted](left / "own", victim)
    before = _names(place)
    sweep(place)
    assert _names(place) == before


def test_temporary_folder__swapped_for_another_stays(place: Path, victim: Path) -> None:
    with temporary_folder(Files(), place, "staging") as made:
        made.parent.rename(place / "aside")
        victim.rename(made.parent)
    assert (made.parent / "file").read_bytes() == b"precious"


def test_temporary_folder__another_disk_in_it_is_left(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def stat(path: str | Path, **options: object) -> object:
        found = real(path, **options)  # type: ignore[arg-type]
        if path != "disk":
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:]))

    with temporary_folder(Files(), place, "staging") as made:
        (made / "disk").mkdir()
        (made / "disk" / "file").write_bytes(b"precious")
        monkeypatch.setattr(os, "stat", stat)
    monkeypatch.undo()
    assert (made / "disk" / "file").read_bytes() == b"precious"


@pytest.mark.parametrize("said", [b"", FOLDER[:9].encode()])
def test_sweep__killed_while_it_was_marked(said: bytes, place: Path) -> None:
    (place / FOLDER).mkdir()
    (place / FOLDER / "own").write_bytes(said)
    (place / FOLDER / "precious").write_bytes(b"x")
    sweep(place)
    assert (place / FOLDER / "precious").exists()
    (place / FOLDER / "precious").unlink()
    sweep(place)
    assert _names(place) == []
