"""`yosan-xl stage`: the stages of the assessment shown, closed and opened again."""

from __future__ import annotations

from pathlib import Path

import click

from yosan_xl.cli.options import ARCHIVE, FAIL_ON, TEXT_OR_JSON, YEAR_FOLDER
from yosan_xl.cli.output import complain, emit, exit_for, progress, say, show, tell
from yosan_xl.cli.verbs import OPTIONS, VerbGroup

VERBS = {
    "show": "査定の段階ごとに、締切・入力中・まだの別、決定の件数と額を出します。",
    "close": "段階を締め、年度をその名前で保存庫に残します。",
    "reopen": "締めた段階を（あとの段階も）開き直します。",
}
_NAME = click.argument("name", metavar="段階")


@click.group(
    "stage",
    cls=VerbGroup,
    options_metavar=OPTIONS,
    subcommand_metavar="[命令] [引数]...",
    invoke_without_command=True,
    help="段階は yosan.toml の [[stages]] に書きます（書かないときは「査定」の1段階です）。命令を省くと、段階を出します。",
    epilog="例: yosan-xl stage　／　yosan-xl stage close 財政課",
)
@click.pass_context
def command(context: click.Context) -> int | None:
    """Show the stages where no verb is given."""
    if context.invoked_subcommand is not None:
        return None
    return _shown(Path(), "text")


@command.command(
    "show", short_help=VERBS["show"], help=VERBS["show"], epilog="例: yosan-xl stage show R2"
)
@YEAR_FOLDER
@TEXT_OR_JSON
def _show(folder: Path, form: str) -> int:
    """Print how far each stage is."""
    return _shown(folder, form)


def _shown(folder: Path, form: str) -> int:
    from yosan_xl.report.stage_text import stages_json, stages_text
    from yosan_xl.usecases.stages import show_stages

    done = show_stages(folder, progress("ブックを確認中"))
    if form == "json":
        emit(stages_json(done.year, done.standing))
    else:
        tell(stages_text(done.year, done.standing, done.axes))
    return 0


@command.command(
    "close",
    short_help=VERBS["close"],
    help=VERBS["close"]
    + "未定、保留、要確認、財源の合わないもの、理由のないものがあれば、並べて断ります。"
    "途中で止まったときは、もう一度実行すると続きをします。",
    epilog="例: yosan-xl stage close 財政課　／　yosan-xl stage close 査定 --anyway",
)
@_NAME
@YEAR_FOLDER
@click.option("--anyway", is_flag=True, help="直すところがあっても締めます。")
@ARCHIVE
@FAIL_ON
def _close(name: str, folder: Path, anyway: bool, archive: Path | None, fail_on: str) -> int:
    """Close a stage and say what comes next."""
    from yosan_xl.cli.archive import say_added
    from yosan_xl.usecases.archive.record import SecondReadOptions
    from yosan_xl.usecases.stages import close_stage

    done = close_stage(
        folder,
        name,
        archive,
        progress("ブックを確認中"),
        SecondReadOptions(progress=progress("別の読み方でも確認中")),
        anyway=anyway,
    )
    if done.is_refused:
        *found, refusal = done.findings  # it is none of those that are counted
        if found:
            show(found)
        complain([refusal])
        return exit_for(done.findings)
    if done.findings:
        show(done.findings)
    how = "を締めました" if done.is_new else "は、すでに締めています"
    how += "（保存庫にもあります）" if not done.added else ""
    say(f"「{name}」{how}（決定 {done.decided} / {done.requests}）。")
    if done.added:
        say_added(done.added)
    following = (
        f"「{done.following.name}」の入力欄のある" if done.following else "締めた決定の入った"
    )
    say(f"次に「yosan-xl consolidate」を実行すると、{following}集計ブックになります。")
    if done.stage.notice:
        say("内示のブックは「yosan-xl notice」で作ります。")
    return exit_for(done.findings, fail_on)


@command.command(
    "reopen",
    short_help=VERBS["reopen"],
    help=VERBS["reopen"] + "保存庫に残したものは変わりません。",
    epilog="例: yosan-xl stage reopen 財政課",
)
@_NAME
@YEAR_FOLDER
def _reopen(name: str, folder: Path) -> int:
    """Open a stage again and say what went out since."""
    from yosan_xl.usecases.stages import reopen_stage

    done = reopen_stage(folder, name)
    if done.findings:
        show(done.findings)
    say(f"「{'」「'.join(done.stages)}」を開き直しました。記入は残っています。")
    say("次に「yosan-xl consolidate」を実行すると、入力欄のある集計ブックになります。")
    return exit_for(done.findings)
