"""What goes to the terminal: findings, sentences and progress, always printable.

Every verb imports this, and a help page needs none of it: what it uses is imported where it is used.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

    from yosan_xl.cli.options import Asked
    from yosan_xl.model.finding import Finding
    from yosan_xl.model.intake import Intake

T = TypeVar("T")


def say(text: str, *, err: bool = False) -> None:
    """Print one line of our own words (with names of files in them)."""
    from yosan_xl.report.printable import printable

    click.echo(printable(text), file=sys.stderr if err else sys.stdout)


def show(
    findings: Sequence[Finding],
    *,
    err: bool = False,
    departments: Mapping[str, str] | None = None,
) -> None:
    """Print findings grouped by book and sheet, in colour on a terminal unless NO_COLOR is set."""
    from yosan_xl.report.findings import NO_DEPARTMENTS, findings_text

    stream = sys.stderr if err else sys.stdout
    # https://no-color.org: any value but the empty one.
    colour = stream.isatty() and not os.environ.get("NO_COLOR")
    units = NO_DEPARTMENTS if departments is None else departments
    click.echo(findings_text(findings, colour=colour, departments=units), file=stream)


def show_own(
    findings: Sequence[Finding], own: Sequence[Finding], *, listed: bool, err: bool = False
) -> None:
    """Print the findings of an output itself, and how many there are of the books; all if `listed`."""
    from yosan_xl.report.findings import counts

    of_books = [finding for finding in findings if not any(finding is one for one in own)]
    if listed or not findings:
        show(findings, err=err)
        return
    if own:
        show(own, err=err)
    if of_books:
        say(f"{counts(of_books)}（--findings で一覧、または yosan-xl validate）", err=err)


def close(intake: Intake, *, err: bool = False) -> None:
    """Print what every command ends with: what is counted apart, and who is missing."""
    from yosan_xl.report.status_text import closing_lines

    for line in closing_lines(intake):
        say(line, err=err)


def written(path: Path, is_new: bool) -> str:
    """Return the path of an output, and why none was written where that is so."""
    if is_new:
        return str(path)
    kept = "前のままです" if path.exists() else "作っていません"
    return f"{path}（読むブックがないため、{kept}）"


def tell(text: str) -> None:
    """Print lines that a report made printable."""
    click.echo(text, file=sys.stdout)


def complain(findings: Iterable[Finding]) -> None:
    """Print findings that stop a command, one a line, on stderr."""
    from yosan_xl.report.findings import finding_line

    for finding in findings:
        click.echo(finding_line(finding), file=sys.stderr)


def emit(text: str) -> None:
    r"""Print a result (JSON, Markdown) on stdout, in UTF-8; as it is, but on a terminal.

    There what hides or turns a line around is shown as JSON may write it as well: `\u202e`.
    """
    if sys.stdout.isatty():
        from yosan_xl.report.printable import plain

        text = plain(text)
    click.echo(text.encode("utf-8"), nl=False)


def exit_for(findings: Iterable[Finding], fail_on: str = "error") -> int:
    """Return the exit code for findings: 1 where one is an error, or from `fail_on` on."""
    from yosan_xl.model.finding import Weight, fails

    return 1 if fails(findings, Weight[fail_on.upper()]) else 0


def count_of(findings: Iterable[Finding], weight: str) -> int:
    """Count the findings of a weight (誤り, 注意) that nobody acknowledged."""
    from yosan_xl.model.finding import Weight

    return sum(f.weight is Weight(weight) and not f.is_acknowledged for f in findings)


def progress(label: str) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return a wrapper that shows a bar on stderr once the work takes over a second."""

    def wrapped(items: Iterable[T]) -> Iterator[T]:
        known = list(items)
        if not sys.stderr.isatty():
            yield from known
            return
        began = time.monotonic()
        with ExitStack() as stack:
            bar = None
            for done, item in enumerate(known, 1):
                yield item
                if bar is not None:
                    bar.update(1)
                elif time.monotonic() - began > 1:
                    fresh = click.progressbar(length=len(known), label=label, file=sys.stderr)
                    bar = stack.enter_context(fresh)
                    bar.update(done)

    return wrapped


def show_path(path: Path) -> None:
    """Print what is told of the place of a file that was written."""
    from yosan_xl.usecases.outputs import told_of_paths

    if told := [*told_of_paths([path])]:
        show(told, err=True)


def put(data: bytes, form: str, asked: Asked, sources: Sequence[str]) -> None:
    """Print the result of `compare` or `trend`, or write it into its file."""
    output = asked["output"]
    if output is not None:
        from yosan_xl.usecases.compare import save

        save(output, data, form, sources, asked["table"])
        show_path(output)
        say(f"書き出しました: {output}", err=True)
    elif form == "text":
        tell(data.decode("utf-8").rstrip("\n"))
    else:
        emit(data.decode("utf-8"))
