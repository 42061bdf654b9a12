"""The guides: every command runs in a fresh year, in order; every name in a sentence is one of the program's."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest

from tests.cli.conftest import Outcome
from tests.guide_hands import HANDS, Desk, begin_anew
from tests.guide_pages import (
    DEPARTMENTS,
    DOCS,
    FINANCE,
    PROGRAM,
    Answered,
    Done,
    Typed,
    quoted,
    sentences,
    spans,
    steps,
    words_of,
)
from yosan_xl.cli.main import main, run
from yosan_xl.excel.sheet_words import guide_steps
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.load import load_definition
from yosan_xl.form.plan import Plan
from yosan_xl.model.assessment import AS_ASKED_AGAIN, AS_BEFORE
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.places import FilePlace
from yosan_xl.usecases.catalogue import all_codes

ROOT = DOCS.parent
ELSEWHERE = frozenset(
    ("cmd", '"', "C:/予算", "C:/予算>")  # of the console and Notepad
)
"""What the guides name in code that is not the program's: of Windows."""

_ERRORS = ROOT / "yosan_xl/cli/errors.py"
BUNDLED = (ROOT / "scripts/bundled/install.py").read_text(encoding="utf-8")
OF_WINDOWS = frozenset(
    (
        "CSV UTF-8（コンマ区切り）",
        "エクスポート",
        "ファイル",
        "文字列",
        "いまいるフォルダー",
        "編集を有効にする",
        "認識されていません",
        "値",
        "貼り付けのオプション",
    )
)
"""What the guides quote of Excel, Windows and the console."""

_MOST_ROWS, _HEADINGS = 80, 4
"""The rows to read of one book of each folder, and of the summary after every command."""


@dataclass(slots=True)
class Walk:
    """What the guide's year showed: what was printed, every file there was, the words of its books."""

    printed: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    saved: int = 0
    faults: list[str] = field(default_factory=list)
    of_quick_way: set[str] = field(default_factory=set)

    def look(self, desk: Desk) -> None:
        """Remember the files there are, and the words of the books that are new."""
        for path in desk.root.rglob("*"):
            name = path.relative_to(desk.root).as_posix()
            if name not in self.files:
                self.files.add(name)
                folder = name.rpartition("/")[0]
                if path.suffix == ".xlsx" and folder not in self.read:
                    self.read.add(folder)
                    self.read_book(path, _MOST_ROWS)
        saved = desk.summary.stat().st_mtime_ns if desk.summary.exists() else 0
        if saved > self.saved:
            self.saved = saved
            self.read_book(desk.summary, _HEADINGS)

    def read_book(self, path: Path, rows: int) -> None:
        """Remember the sheets of a book and the texts in its first rows."""
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            self.sheets.add(sheet.title)
            for row in sheet.iter_rows(values_only=True, max_row=rows):
                self.words.update(value for value in row if isinstance(value, str))
        book.close()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Follow the guide of the finance office from its first command to its last."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yosan_xl.excel.pdf.find_office", lambda: None)
        yield follow(FINANCE.read_text(encoding="utf-8"), tmp_path_factory.mktemp("desk"))


def follow(text: str, folder: Path) -> Walk:
    """Type what a guide says in a folder, and do between what people do."""
    root = folder / "予算"
    root.mkdir()
    desk, seen, answers = Desk(root, root), Walk(), ""
    for step in steps(text):
        match step:
            case Done(name):
                if name == begin_anew.__name__:
                    seen.of_quick_way, seen.saved = {*seen.files}, 0
                HANDS[name](desk)
            case Typed(commands, code, line):
                outcomes = [typed(command, desk) for command in commands]
                answers = "".join(one.out + one.err for one in outcomes)
                seen.printed.append(answers)
                expected = [0] * (len(commands) - 1) + [code]
                if [one.code for one in outcomes] != expected:
                    seen.faults.append(f"{line}: {commands} {outcomes}")
            case Answered(lines, line):
                missing = unlike(lines, answers, root)
                if missing:
                    seen.faults.append(f"{line}: {missing!r} is not in\n{answers}")
        seen.look(desk)
    return seen


def typed(command: str, desk: Desk) -> Outcome:
    """Type a command at the console."""
    program, *words = words_of(command)
    if program == "cd":
        desk.here = (desk.here / words[0]).resolve()
        assert desk.here.is_dir(), command
        return Outcome(0, "", "")
    assert program == PROGRAM, command
    return call(words, desk.here)


def call(words: list[str], here: Path) -> Outcome:
    """Run the program in a folder, in this process."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with chdir(here), redirect_stdout(out), redirect_stderr(out):
        with pytest.raises(SystemExit) as stop:
            run(words)
        out.flush()
    return Outcome(int(stop.value.code or 0), out.buffer.getvalue().decode(), "")


def unlike(lines: tuple[str, ...], answers: str, root: Path) -> str:
    """Return the first line that was not answered there; 「…」 stands for anything."""
    given = [line.strip() for line in answers.replace(str(root), "C:/予算").splitlines()]
    at = 0
    for line in lines:
        if line == "…":
            continue
        wanted = line.strip().replace("\\", "/")
        pattern = ".*".join(map(re.escape, wanted.split("…")))
        found = [n for n, text in enumerate(given[at:], at) if re.fullmatch(pattern, text)]
        if wanted and not found:
            return line
        at = found[0] if found else at
    return ""


def test_finance__every_command_of_the_guide_runs_and_answers_as_it_says(walk: Walk) -> None:
    assert walk.faults == []


def test_finance__every_verb_of_a_year_is_in_the_guide() -> None:
    used = {
        words_of(one)[1]
        for step in steps(FINANCE.read_text(encoding="utf-8"))
        if isinstance(step, Typed)
        for one in step.commands
        if one.startswith(f"{PROGRAM} ")
    }
    of_a_year = (
        "init generate status validate return consolidate number publish stage notice page archive"
    )
    assert set(of_a_year.split()) <= used


QUICK = """
init R9 --year R9 --municipality 架空市 --prefecture 架空県
generate
validate
return
number
publish 要求状況
consolidate
consolidate
stage close 査定
publish 決定状況
"""
"""The commands of the quick way to both publications: requests go out before anything is decided."""


def quick_way() -> str:
    """Return the section of the guide that leads to both publications."""
    text = FINANCE.read_text(encoding="utf-8")
    return text.partition("\n## はじめの年度を急いで進める\n")[2].partition("\n## ")[0]


def test_finance__the_quick_way_has_its_commands_in_order_and_is_short() -> None:
    typed_ones = [one for one in steps(quick_way()) if isinstance(one, Typed)]
    commands = [command for one in typed_ones for command in one.commands]
    program = [one.removeprefix(f"{PROGRAM} ") for one in commands if one.startswith(PROGRAM)]
    assert program == QUICK.split("\n")[1:-1]
    assert len(re.sub(r"\s|[`*]", "", sentences(quick_way()))) < 1_000


def test_finance__the_quick_way_is_walked_to_both_publications(walk: Walk) -> None:
    assert walk.faults == []
    assert {"R9/公表/1_要求状況", "R9/公表/2_決定状況"} <= walk.of_quick_way


@pytest.fixture(scope="module")
def plan() -> Plan:
    return compile_plan(load_definition("municipal-1").worded("県"), FiscalYear(2027))


def _commands(command: click.Command, context: click.Context) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner
            yield from _commands(inner, context)


def _options() -> set[str]:
    found = {"--help", "--version"}
    for command in _commands(main, click.Context(main)):
        for one in command.params:
            found.update(one.opts)
    return found


def _settings() -> set[str]:
    """Return the keys of yosan.toml, and its tables as they are written."""
    schema: Any = json.loads((ROOT / "schemas/settings.schema.json").read_text(encoding="utf-8"))
    keys = set(schema["properties"])
    return (
        keys
        | {*schema["properties"]["prior"]["properties"]}
        | {f"[{key}]" for key in keys}
        | {f"[[{key}]]" for key in keys}
    )


def kind_of(span: str, seen: Walk, plan: Plan) -> str:
    """Return what a code span of a guide names, or an empty text."""
    span = span.replace("\\", "/")
    cells = {str(area) for slot in plan.slots for area in slot.cells()}
    known = {
        "command": span.startswith(f"{PROGRAM} ") or span == PROGRAM,
        "verb": span in main.list_commands(click.Context(main)),
        "option": span in _options(),
        "code": span in {one.code for one in all_codes()},
        "setting": _is_setting(span),
        "sheet": span in seen.sheets,
        "file": _is_file(span, seen),
        "way": span.startswith("cd ") and _is_file(span.removeprefix("cd "), seen),
        "cell": span in cells,
        "heading": span in seen.words,
        "place": span in {place.value[1] for place in FilePlace},
        "of the bundle": f'"{span}"' in BUNDLED,
        "of Windows": span in ELSEWHERE,
    }
    return next((kind for kind, is_it in known.items() if is_it), "")


def _is_file(span: str, seen: Walk) -> bool:
    return any(name == span or name.endswith(f"/{span}") for name in seen.files)


def _is_setting(span: str) -> bool:
    if span in _settings():
        return True
    try:
        return " = " in span and set(tomllib.loads(span)) <= _settings()
    except tomllib.TOMLDecodeError:
        return False


@pytest.mark.parametrize("guide", [FINANCE, DEPARTMENTS], ids=lambda path: path.stem)
def test_names__in_code_are_the_programs(guide: Path, walk: Walk, plan: Plan) -> None:
    named = spans(guide.read_text(encoding="utf-8"))
    assert named
    assert [span for span in named if not kind_of(span, walk, plan)] == []


@pytest.mark.parametrize("guide", [FINANCE, DEPARTMENTS], ids=lambda path: path.stem)
def test_words__that_a_guide_quotes_are_the_programs_or_of_windows(
    guide: Path, walk: Walk, plan: Plan
) -> None:
    texts = {part for step in guide_steps(plan) for part in step}
    known = {*walk.words, *walk.sheets, *OF_WINDOWS, AS_ASKED_AGAIN, AS_BEFORE}
    printed = "".join([*walk.printed, *texts, *_own_files(), _ERRORS.read_text(encoding="utf-8")])
    unknown = [
        word
        for word in quoted(guide.read_text(encoding="utf-8"))
        if word not in known and word not in printed
    ]
    assert unknown == []


def _own_files() -> list[str]:
    """Return the files that `init` makes, whose words people see when they edit them."""
    template = ROOT / "templates"
    return [path.read_text(encoding="utf-8-sig") for path in template.rglob("*.csv")] + [
        path.read_text(encoding="utf-8") for path in template.rglob("*.toml")
    ]


def test_names__that_are_not_the_programs_are_seen(walk: Walk, plan: Plan) -> None:
    strange = [
        "--no-such",
        "YX000",
        "集計表",
        "ZZ99",
        "deadlines",
        "提出した",
        "yosan-xl-2",
        "cd 無い",
    ]
    assert [kind_of(span, walk, plan) for span in strange] == [""] * len(strange)
