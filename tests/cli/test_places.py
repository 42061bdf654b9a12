"""Whatever stands in place of a file or folder that a command reads, writes or removes: nothing else is changed or waited for.

The places are those of yosan_xl/store/places.py, and what the commands do open, make and remove is compared with that list.
In the suite each row with a third of the kinds, each with one of the commands that use the place; `sh scripts/exam places` with all of them.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import shutil
import signal
import socket
import stat
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest

from tests.read_once import read_once
from tests.usecases.archive.samples import ALIKE, json_year
from tests.usecases.city import with_levels
from tests.usecases.edit import set_cell
from tests.usecases.typing import type_in
from tests.usecases.year import EXAMPLE
from yosan_xl.cli.main import run
from yosan_xl.model.settings import Folders
from yosan_xl.resources import template_folder
from yosan_xl.store.places import BaseFolder, FilePlace, Use
from yosan_xl.usecases.archive.record import SecondReadOptions

pytestmark = pytest.mark.slow

COMMANDS = {
    "init": "init R3 --year R3 --from R2",
    "init --form-file": "init R3 --year R3 --from R2 --form-file R2/様式/minato-r2.toml",
    "init --example": "init R3 --example 港区",
    "generate": "generate R2 --department 税務課",
    "generate --from": "generate R2 --department 税務課 --force --from last.json",
    "fill": "fill R2/requests.json -o filled --force",
    "fill 提出": "fill R2/requests.json -o R2/提出",
    "read": "read R2/提出 -o results/read.json",
    "validate": "validate R2 --format json -o results/findings.json",
    "status": "status R2",
    "doctor": "doctor R2",
    "status --mail": "status R2 --mail mails",
    "return": "return --folder R2 --force",
    "consolidate": "consolidate R2",
    "consolidate --last-year": "consolidate R2 --last-year R1 -o results/summary.xlsx",
    "number": "number R2",
    "notice": "notice 税務課 --folder R2 --anyway --force",
    "page": "page R2",
    "page --public": "page R2 --public",
    "export": "export R2",
    "export --public": "export R2 --public",
    "export json": "export R2 --format json -o results/data.json",
    "publish": "publish 要求状況 R2",
    "report-problem": "report-problem R2",
    "diff": "diff R2/提出/福祉/0206_国保年金課.xlsx R2/差戻し/福祉/0206_国保年金課.xlsx",
    "compare": "compare R1 R2 --map table.csv --format json -o results/compare.json",
    "compare 保存庫": "compare 保存庫:R2 R2",
    "trend": "trend R1 R2 --format csv -o results/trend.csv",
    "archive add": "archive add R2 --stage 内示 --anyway",
    "archive list": "archive list --archive 保存庫",
    "archive show": "archive show R2 --archive 保存庫",
    "archive verify": "archive verify R2 --archive 保存庫",
    "archive restore": "archive restore R2 --archive 保存庫 -o again",
}
WRITING = (
    *("generate", "fill", "return", "consolidate", "notice", "publish"),
    *("archive add", "archive restore"),
)
"""These are traced a second time, where nothing of what they make is there."""

KINDS = ("link", "twin", "loop", "pipe", "socket", "device", "other", "gone", "vanishes", "closed")
"""What stands there: "vanishes" goes away when it is first opened, "closed" is without rights (as it is to others than root)."""

YEARS = ("R1", "R2", "R3", "again")
STAGING = "保存庫/.yosan-staging-0123456789abcdef"
RESTORING = ".yosan-restore-0123456789abcdef"
PLANTED: Mapping[FilePlace, Mapping[str, tuple[str, ...]]] = {
    FilePlace.EXCEL_MARK: {"R2/集計/~$R2_集計.xlsx": ("consolidate", "archive add")},
    FilePlace.LIBRE_MARK: {"R2/集計/.~lock.R2_集計.html#": ("page", "archive add")},
    FilePlace.TEMPORARY_FILE: {"R2/集計/.yosan-abcd1234.tmp": ("page", "export", "archive add")},
    FilePlace.TEMPORARY_FOLDER: {STAGING: ("archive add",), RESTORING: ("archive restore",)},
    FilePlace.LOG: {f"temporary/yosan-xl-{os.getpid()}.log": ("fault",)},
}
"""What stands there only while a command or a spreadsheet program runs, and for which commands it matters."""


ROOTS = (*YEARS, "保存庫", "results", "filled", "mails")
"""Folders that a person names: a link there leads to the folder that is meant, and what else is in it stays."""


def whole(base: Path) -> Path:
    """Make two years with every file that a year has, and an archive with one of them."""
    year = with_levels(json_year(base / "R2"))
    book = year / "提出/福祉/0206_国保年金課.xlsx"
    book.parent.mkdir()
    shutil.copyfile(EXAMPLE / "提出" / book.name, book)
    set_cell(book, "yx_lines1_requested", 0, "約5")
    (year / "提出/差替え前").mkdir()
    shutil.copyfile(EXAMPLE / "requests.json", year / "提出/差替え前/前.json")
    shutil.copyfile(EXAMPLE / "requests.json", year / "requests.json")
    year_before(base / "R1", year)
    shutil.rmtree(base / "R1/提出/福祉")
    for path in ("R1/様式/minato-r2/form.toml", "R2/様式/minato-r2.toml"):
        (base / path).parent.mkdir(parents=True)
        shutil.copyfile(template_folder("minato-r2") / "form.toml", base / path)
    for name in ("覚書.txt", "資料/覚書.txt", "提出/福祉/見積.txt"):
        (year / name).parent.mkdir(exist_ok=True)
        (year / name).write_text("覚書\n", encoding="utf-8")
    for name in ("R2/対応表.csv", "table.csv"):
        (base / name).write_text("種類,前,後\n", encoding="utf-8")
    shutil.copyfile(EXAMPLE / "requests.json", base / "last.json")
    for name in ("temporary", "results", "filled"):
        (base / name).mkdir()
    with contextlib.chdir(base):
        _done(["init", "made", "--year", "R2", "--from", "R1"])
        shutil.copytree("made/保存", year / "保存")
        shutil.rmtree("made")
        _run("consolidate")
        type_in(year / "集計/R2_集計.xlsx", {("0602-1", "予算額", None): 4_000})
        _keep_beside(year / "集計/R2_集計.xlsx")
        assert _run("notice")[0] in (0, 1)
        shutil.copytree(year / "内示", year / "復活")
        assert _done(["archive", "add", "R2", "--anyway"])[0] in (0, 1)
        for command in COMMANDS:
            if command not in (
                "init",
                "init --form-file",
                "init --example",
                "fill 提出",
                "archive restore",
                "archive add",
            ):
                assert _run(command)[0] in (0, 1), (command, _run(command))
        _add_sheet(year / "集計/R2_集計.xlsx")
        shutil.copyfile(year / "集計/R2_集計.xlsx", year / "集計/R2_集計_田中.xlsx")
        type_in(year / "集計/R2_集計_田中.xlsx", {("0602-1", "予算額", None): 4_100})
    return base


def year_before(folder: Path, year: Path) -> None:
    """Copy a year to `folder` as the one before it."""
    shutil.copytree(year, folder)
    for name, old, new in (
        ("yosan.toml", '"令和2年度"', '"令和元年度"'),
        ("提出/要求.json", '"fiscal_year": 2020', '"fiscal_year": 2019'),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def _keep_beside(summary: Path) -> None:
    """Let finance add a sheet to the summary, and have it open while it is made anew."""
    _add_sheet(summary)
    mark = summary.with_name(f".~lock.{summary.name}#")
    mark.write_text(",財政課,,;", encoding="utf-8")
    _run("consolidate")
    mark.unlink()


def _add_sheet(summary: Path) -> None:
    book = openpyxl.load_workbook(summary)
    book.create_sheet("覚え")["A1"] = "財政課の覚え"
    book.save(summary)


def _run(command: str) -> tuple[int, str]:
    """Run a command in the present folder and return its exit code and what it complained of."""
    if command == "fault":
        with mock.patch("yosan_xl.usecases.status.status", side_effect=RuntimeError):
            return _done(COMMANDS["status"].split())
    return _done(COMMANDS[command].split())


def _done(words: list[str]) -> tuple[int, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        mock.patch(
            "yosan_xl.usecases.archive.record.SecondReadOptions",
            partial(SecondReadOptions, ALIKE.reader),
        ),
        read_once(),
        mock.patch("yosan_xl.usecases.decisions.summary_books._SECONDS", 0),
        mock.patch("yosan_xl.excel.pdf.find_office", return_value=None),
        mock.patch.object(tempfile, "tempdir", str(Path("temporary").absolute())),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            run(words)
        except SystemExit as stop:
            err.seek(0)
            return int(stop.code or 0), err.read()
    raise AssertionError


# What commands do, as Python's audit events tell it.

_trace: list[tuple[Path, Use, bool]] | None = None
_fault: tuple[Path, str] | None = None


def _hear(event: str, details: tuple[object, ...]) -> None:
    if (_trace is None and _fault is None) or not (event == "open" or event.startswith("os.")):
        return
    first = details[0] if details else None
    if isinstance(first, int):
        first = str(Path(f"/proc/self/fd/{first}").readlink())
    if not isinstance(first, str | bytes | os.PathLike):
        return
    path = Path(os.fsdecode(first))
    is_absolute, path = path.is_absolute(), path.absolute()
    if _fault:
        _spoil(event, path)
        return
    assert _trace is not None
    is_folder = path.is_dir()
    if event == "open":
        flags = details[2] if isinstance(details[2], int) else 0
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if is_absolute or not flags & os.O_DIRECTORY:  # else relative to an open folder
            _trace.append((path, Use.WRITE if writes else Use.READ, is_folder))
    elif event in ("os.listdir", "os.scandir"):
        _trace.append((path, Use.READ, True))
    elif event == "os.mkdir" and not is_folder:
        _trace.append((path, Use.WRITE, True))
    elif event in ("os.remove", "os.rmdir") and details[1] == -1:
        _trace.append((path, Use.REMOVE, event == "os.rmdir"))
    elif event == "os.rename":
        to = Path(os.fsdecode(details[1])).absolute()  # type: ignore[arg-type]
        _trace.extend([(path, Use.REMOVE, is_folder), (to, Use.WRITE, is_folder)])


@functools.cache
def _listen() -> None:
    """Hear of every file that is opened from now on: no hook is ever taken away, and all tests after pay for it."""
    sys.addaudithook(_hear)


def _spoil(event: str, path: Path) -> None:
    """Take the place away, or refuse what is done to it and to what is below it."""
    global _fault
    assert _fault is not None
    place, kind = _fault
    if kind == "closed" and place in (path, *path.parents):
        raise PermissionError(13, "denied", str(path))
    if kind == "vanishes" and path == place and event in ("open", "os.listdir", "os.scandir"):
        _fault = None
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)


@contextlib.contextmanager
def _spoilt(place: Path, kind: str) -> Iterator[None]:
    """Let a place vanish, or be closed, while a command runs."""
    global _fault
    _listen()

    def status(path: int | str | os.PathLike[str], **options: Any) -> os.stat_result:
        if (
            kind == "closed"
            and not isinstance(path, int)
            and place in Path(path).absolute().parents
        ):
            raise PermissionError(13, "denied", str(path))
        return real(path, **options)

    real = os.stat
    _fault = (place, kind) if kind in ("vanishes", "closed") else None
    try:
        with mock.patch("os.stat", status):
            yield
    finally:
        _fault = None


def traced(base: Path, work: Path) -> Iterator[tuple[str, str, Use, bool]]:
    """Run every command on a copy of its own, and again where nothing was made before; return it with each path below the base.

    With each stands its use, and whether it is a folder.
    """
    global _trace
    _listen()
    for command, is_first in [
        *((one, False) for one in COMMANDS),
        *((one, True) for one in WRITING),
    ]:
        _fresh(base, work)
        (_before_all if is_first else _in_use)(work, command)
        with contextlib.chdir(work):
            _trace = []
            _run(command)
            found, _trace = _trace, None
        for path, use, is_folder in found:
            if work in path.parents:
                yield command, path.relative_to(work).as_posix(), use, is_folder


def _in_use(work: Path, command: str) -> None:
    """Put there what programs leave while they run or are killed, where the command looks at it."""
    if command.startswith("consolidate"):
        (work / "R2/集計/.yosan-abcd1234.tmp").write_bytes(b"half")
        (work / "R2/集計/~$R2_集計.xlsx").write_bytes(b"")
        (work / "R2/集計/.~lock.R2_集計.xlsx#").write_text(",財政課,,;", encoding="utf-8")
    if command == "archive add":
        (work / "保存庫/R9").mkdir()


def _before_all(work: Path, command: str) -> None:
    """Take away what the command makes, so that it makes all of it."""
    made = ["R2/配布", "R2/差戻し", "R2/内示", "R2/保存", "R2/集計/控え", "R2/台帳.json", "filled"]
    if command == "publish":
        made = ["R2/公表"]
    if command == "archive add":
        made = ["保存庫"]
    if command == "archive restore":
        (work / "again").mkdir()
        made = []
    for path in (work / one for one in made):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


_FOLDERS = {key: getattr(Folders(), key) for key in Folders.__dataclass_fields__}


def _pattern(place: FilePlace) -> re.Pattern[str]:
    text = re.sub(r"\{(\w+)\}", lambda found: _FOLDERS.get(found[1], found[0]), place.path)
    parts = re.split(r"(\{\w+\})", text)
    made = (
        ".+" if part == "{any}" else "[^/]+" if part[:1] == "{" else re.escape(part)
        for part in parts
    )
    return re.compile("".join(made))


_PATTERNS = {place: _pattern(place) for place in FilePlace}


def row_of(path: str, is_folder: bool) -> FilePlace | None:
    """Return the row that a path below the base is meant by; None for one that no row knows, or a year folder itself."""
    parts = path.split("/")
    for number, name in enumerate(parts, 1):
        for place in (FilePlace.TEMPORARY_FOLDER, FilePlace.TEMPORARY_FILE):
            if _PATTERNS[place].fullmatch(name) and (place.is_folder or number == len(parts)):
                return place
    if path in YEARS:
        return FilePlace.YEAR
    if parts[0] in YEARS:
        return _first([BaseFolder.BESIDE], parts[-1], is_folder) or _first(
            [BaseFolder.YEAR], "/".join(parts[1:]), is_folder
        )
    if parts[0] == "保存庫":
        return _first([BaseFolder.ARCHIVE], "/".join(parts[1:]), is_folder)
    if path in ("last.json", "table.csv"):
        return FilePlace.INPUT
    return FilePlace.OUTPUT_FOLDER if is_folder else FilePlace.OUTPUT


def _first(areas: Iterable[BaseFolder], path: str, is_folder: bool) -> FilePlace | None:
    return next(
        (
            place
            for place in FilePlace
            if place.area in areas
            and place.is_folder == is_folder
            and _PATTERNS[place].fullmatch(path)
        ),
        None,
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = whole(tmp_path_factory.mktemp("whole"))
    before = contents(made)
    yield made
    assert contents(made) == before


@pytest.fixture(scope="module")
def trace(base: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, Use, bool]]:
    return list(traced(base, tmp_path_factory.mktemp("traced") / "work"))


def test_places__commands_do_there_what_the_list_says(
    trace: list[tuple[str, str, Use, bool]],
) -> None:
    done: dict[FilePlace | None, Use] = defaultdict(lambda: Use(0))
    for _, path, use, is_folder in trace:
        done[row_of(path, is_folder)] |= use
    elsewhere = (FilePlace.LOG, FilePlace.PRINTING, FilePlace.DOUBLE_CLICK)
    said = {place: place.use for place in FilePlace if place not in elsewhere}
    assert dict(done) == said


def users(
    trace: Iterable[tuple[str, str, Use, bool]], base: Path
) -> dict[FilePlace, dict[str, list[str]]]:
    """Return of each row the paths in the base that are used, each with the commands that use it."""
    found: dict[FilePlace, dict[str, list[str]]] = {
        place: {path: list(commands) for path, commands in paths.items()}
        for place, paths in PLANTED.items()
    }
    for command, path, _, is_folder in trace:
        place = row_of(path, is_folder)
        if place and place not in PLANTED and os.path.lexists(base / path):
            commands = found.setdefault(place, {}).setdefault(path, [])
            if command not in commands:
                commands.append(command)
    return found


def cases(
    found: Mapping[FilePlace, Mapping[str, list[str]]], kind: str
) -> Iterator[tuple[str, str]]:
    """Return for every third row a path and a command, for each kind others; `sh scripts/exam places` runs all."""
    turn = KINDS.index(kind)
    for row, place in enumerate(FilePlace):
        if (row + turn) % 3 or place in (FilePlace.PRINTING, FilePlace.DOUBLE_CLICK):
            # A new folder of the system's own with a name that nobody knows before; what is made on Windows alone.
            continue
        every = [(path, command) for path, commands in found[place].items() for command in commands]
        yield every[(turn * 7 + row) % len(every)]


def _fresh(base: Path, work: Path) -> None:
    """Make the base again, of links to its files: what the program writes are new files beside them."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(base, work, copy_function=os.link)


def replace(path: Path, kind: str, outside: Path, is_folder: bool) -> None:
    """Put something else in place of a file or folder."""
    if kind in ("vanishes", "closed"):
        if not os.path.lexists(path):
            path.mkdir() if is_folder else path.write_bytes(b"half")
        return
    twin = outside / "twin"
    if os.path.lexists(path):
        (shutil.copytree if is_folder else shutil.copyfile)(path, twin)
        shutil.rmtree(path) if is_folder else path.unlink()
    else:
        twin.mkdir() if is_folder else twin.touch()
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "link":
        path.symlink_to(outside / "folder" if is_folder else outside / "folder" / "file")
    elif kind == "twin":
        path.symlink_to(twin)
    elif kind == "loop":
        path.symlink_to(path.name)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)  # by name: the path of a socket has at most 108 bytes
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "other":
        path.write_bytes(b"x") if is_folder else path.mkdir()


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b"",
        )
        for path in sorted(folder.rglob("*"))
    }


def check(base: Path, folder: Path, place: str, kind: str, command: str) -> None:
    """Run a command where something else stands in a place, and see that nothing outside was changed or waited for."""
    work, outside = folder / "work", folder / "outside"
    _fresh(base, work)
    shutil.rmtree(outside, ignore_errors=True)
    (outside / "folder" / "content").mkdir(parents=True)
    (outside / "folder" / "file").write_bytes(b"precious")
    is_folder = (base / place).is_dir() or place in (STAGING, RESTORING)
    replace(work / place, kind, outside, is_folder)
    before = contents(outside)
    signal.alarm(60)
    try:
        with contextlib.chdir(work), _spoilt(work / place, kind):
            code, complaint = _run(command)
    finally:
        signal.alarm(0)
    assert code in ((3,) if command == "fault" else (0, 1, 2)), (code, complaint)
    after = contents(outside)
    if place in ROOTS:
        after = {path: after.get(path, (0, b"")) for path in before}
        if kind == "twin":
            before, after = _others(before), _others(after)
    assert after == before
    assert sorted(path.name for path in folder.iterdir()) == ["outside", "work"]


def _others(found: dict[str, tuple[int, bytes]]) -> dict[str, tuple[int, bytes]]:
    return {path: one for path, one in found.items() if not path.startswith("twin/")}


@pytest.mark.parametrize("kind", KINDS)
def test_place__whatever_stands_there_nothing_outside_is_changed_or_waited_for(
    kind: str, base: Path, trace: list[tuple[str, str, Use, bool]], tmp_path: Path
) -> None:
    found = users(trace, base)
    for place, command in cases(found, kind):
        try:
            check(base, tmp_path, place, kind, command)
        except AssertionError as error:
            raise AssertionError(f"{kind} in place of {place}, {command}: {error}") from error


def main() -> int:
    """Run every command that uses a place × every kind; print what fails and the counts."""
    wanted = sys.argv[1:] or KINDS
    count = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        base = whole(Path(folder) / "base")
        found = users(traced(base, Path(folder) / "traced"), base)
        every = {
            (path, command)
            for paths in found.values()
            for path, commands in paths.items()
            for command in commands
        }
        for number, (path, command) in enumerate(sorted(every)):
            for kind in wanted:
                count += 1
                try:
                    check(base, Path(folder) / "run" / f"{number}-{kind}", path, kind, command)
                except AssertionError as error:
                    failed += 1
                    print(f"{kind} in place of {path}, {command}: {error}", flush=True)
    print(f"{count} runs: {failed} failures")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
