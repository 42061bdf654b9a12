"""Write the generated files: JSON Schemas, docs/rules.md, docs/commands.md, docs/places.md, the picture of the floors
the words in docs/own-form.md and the steps
in docs/記入の手引き.md.

`python -m scripts.make_docs` writes them; `--check` tells (exit code 1) which are out of date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from scripts.form_words import with_words
from scripts.guide_steps import with_steps
from scripts.make_floors import floors_svg
from yosan_xl.cli.main import main as yosan_xl
from yosan_xl.form.load import load_definition
from yosan_xl.form.schema import read_result_schema, request_schema
from yosan_xl.model.settings import Folders
from yosan_xl.report.findings import findings_schema
from yosan_xl.report.rules_page import FieldRules, fields_markdown, rules_markdown
from yosan_xl.rules.check import rules_by_field
from yosan_xl.store.places import BaseFolder, FilePlace, Use
from yosan_xl.usecases.catalogue import all_codes

ROOT = Path(__file__).resolve().parent.parent
FORM = "minato-r2"
FORMS = ("municipal-1", FORM)
OWN_FORM = "docs/own-form.md"
GUIDE = "docs/記入の手引き.md"


def generated() -> dict[str, str]:
    """Give every generated file by its path below the repository."""
    definition = load_definition(FORM)
    return {
        "schemas/request.schema.json": _json(request_schema(definition)),
        "schemas/read-result.schema.json": _json(read_result_schema()),
        "schemas/findings.schema.json": _json(findings_schema()),
        "docs/rules.md": rules_markdown(all_codes())
        + fields_markdown(dict(map(_rules_of_form, FORMS))),
        OWN_FORM: with_words((ROOT / OWN_FORM).read_text(encoding="utf-8")),
        "docs/pictures/floors.svg": floors_svg(),
        GUIDE: with_steps((ROOT / GUIDE).read_text(encoding="utf-8")),
        "docs/places.md": "\n".join([_PLACES_HEAD, *_places(), ""]),
        "docs/commands.md": "\n".join([_COMMANDS_HEAD, *_help_pages(yosan_xl, "yosan-xl", None)]),
    }


def _rules_of_form(form: str) -> tuple[str, Iterator[FieldRules]]:
    """Return what a form is called, in the words of a 県, and the rules that read each of its fields."""
    definition = load_definition(form).worded("県")
    fields = rules_by_field(request_schema(definition), definition.axes)
    return f"{definition.title}（{definition.id}）", fields


def stale() -> list[str]:
    """Give the paths whose committed text is not what would be generated."""
    return [
        path
        for path, text in generated().items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the files, or with `--check` only compare."""
    if "--check" in sys.argv[1:]:
        for path in stale():
            print(f"{path}: out of date, run python -m scripts.make_docs")
        return 1 if stale() else 0
    for path, text in generated().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
    return 0


_PLACES_HEAD = """\
<!-- `python -m scripts.make_docs` が作ります。直すときは、yosan_xl/store/places.py の表を直してください。 -->
# 読み書きする場所

命令が読み、書き、消すファイルとフォルダーのすべてです。ほかのものは変えません。どの場所に、リンク、輪になったリンク、パイプ、
ソケット、装置、フォルダーのかわりのファイル、ファイルのかわりのフォルダーがあっても、年度フォルダーと保存庫の外は変えず、いつまでも待つこともありません
（`sh scripts/exam places`）。2つの行にあてはまるものは、上の行のものです。配布などの名前は、yosan.toml で変えられます。
"""

_USES = {Use.READ: "読む", Use.WRITE: "書く", Use.REMOVE: "消す"}
_PARTS = {
    "any": "…",
    "unit": "コード_所管課",
    "year": "R2",
    "number": "番号",
    "table": "表",
    "form": "様式",
    "stage": "段階",
    "name": "ファイル名",
    "edition": "版",
    "file": "ファイル名",
    "random": "…",
    "use": "用途",
    "input": "引数のファイル",
    "output": "-o のファイル",
    "folder": "-o のフォルダー",
    "process": "番号",
    **asdict(Folders(kept="記録")),
}


def _places() -> Iterator[str]:
    """Return a table of the places for each area."""
    for area in BaseFolder:
        yield f"## {area.value}\n\n| 場所 | 何か | すること |\n|---|---|---|"
        for place in FilePlace:
            if place.area is area:
                path = (place.path.format(**_PARTS) or ".") + ("/" if place.is_folder else "")
                uses = "、".join(word for use, word in _USES.items() if use in place.use)
                yield f"| `{path}` | {place.what} | {uses} |"
        yield ""


_COMMANDS_HEAD = """\
<!-- `python -m scripts.make_docs` が作ります。直すときは、yosan_xl/cli の文を直してください。 -->
# 命令の一覧

それぞれの命令に `--help` を付けたときに出る説明です。
"""


def _help_pages(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    """Yield the help of a command and of those below it, as sections of a Markdown page."""
    context = command.context_class(
        command, info_name=name, parent=parent, terminal_width=100, **command.context_settings
    )
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            below = command.get_command(context, verb)
            if below is not None:
                yield from _help_pages(below, verb, context)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
