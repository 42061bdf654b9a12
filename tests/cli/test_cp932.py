"""A console of cp932, and a file that `>` writes there: every sentence can be printed and read back."""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.usecases.year import ROOT
from yosan_xl.cli import main as program
from yosan_xl.cli.streams import make_printable
from yosan_xl.report.rules_page import explain_text
from yosan_xl.usecases.catalogue import codes_called

LACKING = {
    "𠮷": "〓(U+20BB7)",
    "鷗": "〓(U+9DD7)",
    "⺠": "〓(U+2EA0)",
    "⽣": "〓(U+2F63)",
    "³": "〓(U+00B3)",
    "⏎": "／",
    "¥": "￥",
    "—": "―",
    "–": "-",
}
"""Every character of our own sentences that cp932 lacks, and what a console of cp932 shows."""
TWINS = {"〜": "～", "−": "－"}
"""What cp932 writes as another character that looks the same."""


def shown(text: str) -> str:
    """Return a text as the console of cp932 is to show it."""
    return "".join((LACKING | TWINS).get(char, char) for char in text)


def on_console(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print a text on a console of cp932 and read back what stands there."""
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp932", newline="")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", console)
        make_printable()
        click.echo(text, nl=False)
        console.flush()
    raw = console.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("cp932")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("髙橋﨑 ①～⇒△▲－㈱Ⅲ・『』千円", "髙橋﨑 ①～⇒△▲－㈱Ⅲ・『』千円"),
        ("𠮷田⏎森鷗外", "〓(U+20BB7)田／森〓(U+9DD7)外"),
        ("\udce3", "〓(U+DCE3)"),
    ],
)
def test_console__what_it_lacks_can_be_read(
    text: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert on_console(text, monkeypatch) == expected


CODES = codes_called(None)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_console__every_code(code: object, monkeypatch: pytest.MonkeyPatch) -> None:
    text = explain_text(code)  # type: ignore[arg-type]
    assert on_console(text, monkeypatch) == shown(text)


def pages(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    """Yield the pages of help of a command and of those below it."""
    context = command.context_class(
        command, info_name=name, parent=parent, **command.context_settings
    )
    yield command.get_help(context)
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            own = command.get_command(context, verb)
            assert own is not None
            yield from pages(own, verb, context)


def test_console__every_page_of_help(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [*pages(program.main, "yosan-xl", None)]
    assert len(every) > len(program.VERBS)
    for page in every:
        assert on_console(page, monkeypatch) == page


OF_DATA = (
    "yosan_xl/model/text.py",
    "yosan_xl/model/money.py",
    "yosan_xl/excel",
    "yosan_xl/report/page",
    "yosan_xl/report/printable.py",
    "yosan_xl/rules/figures.py",
)
"""Where characters stand that are looked for in what staff typed, or that go into books and pages."""


def sentences() -> Iterator[str]:
    """Yield every text of the program in Japanese but what is data: all that a verb may say is put together of these."""
    for path in (ROOT / "yosan_xl").rglob("*.py"):
        if path.relative_to(ROOT).as_posix().startswith(OF_DATA):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in notes
            ):
                yield node.value


def test_console__every_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [one for one in sentences() if any("ぁ" <= char <= "龠" for char in one)]
    assert len(told) > 3000
    invisible = dict.fromkeys(map(ord, "\ufeff\u2028\u2029\x85\u200d"))
    text = "\0".join(told).translate(invisible).replace("\n", "\0")
    assert on_console(text, monkeypatch) == shown(text)


def test_main__on_windows_it_does_not_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object) -> None:
        raise AssertionError(
            "execv of Windows returns to the shell at once, and its exit code is lost"
        )

    monkeypatch.setattr("os.execv", leave)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "mbcs")
    with contextlib.redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as stop:
        program.run(["--version"])
    assert (stop.value.code or 0, out.getvalue().startswith("yosan-xl")) == (0, True)


def test_main__a_closed_stream_takes_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    make_printable()
    assert Path(sys.stdout.name).name == "null"
    sys.stdout.close()
