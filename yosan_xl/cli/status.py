"""`yosan-xl status`."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yosan_xl.cli.options import (
    A_PATH,
    JOBS,
    LAST_YEAR,
    SCHEDULER,
    TEXT_OR_JSON,
    YEAR_FOLDER,
    day,
    read_options,
)
from yosan_xl.cli.output import emit, progress, say, show, tell

if TYPE_CHECKING:
    from yosan_xl.usecases.mail import Mailing


@click.command(
    "status",
    help="課は、未提出、提出、要修正、要求なし、対象外のどれかです。"
    "置きかわったブック、どの課のものでもないファイル、シーリング、査定の進み具合も出します。",
    epilog="例: yosan-xl status　／　yosan-xl status R2 --due 2019-10-04",
)
@YEAR_FOLDER
@click.option(
    "--due",
    metavar="日付",
    type=day,
    help="提出期限（2019-10-04、令和元年10月4日など）。省くと yosan.toml の deadline の日です。",
)
@click.option(
    "--today", metavar="日付", type=day, help="遅れを数える日。省くと、この機械の今日の日付です。"
)
@click.option(
    "--mail",
    metavar="フォルダー",
    type=A_PATH,
    help="所管課ごとのメールの文（宛先、件名、本文）を、このフォルダーに書きます。送りはしません。",
)
@LAST_YEAR
@TEXT_OR_JSON
@JOBS
@SCHEDULER
def command(
    folder: Path,
    due: date | None,
    today: date | None,
    mail: Path | None,
    last_year: str | None,
    form: str,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Print how far each unit is."""
    from yosan_xl.report.status_text import status_json, status_text
    from yosan_xl.usecases.status import status
    from yosan_xl.usecases.submitted.intake import Deadline

    today = today or date.today()
    deadline = Deadline(due, today) if due else None
    done = status(
        folder=folder,
        deadline=deadline,
        progress=progress("ブックを確認中"),
        options=read_options(jobs, scheduler),
        today=today,
        mail=mail,
        last_year=last_year,
    )
    write = (
        partial(status_json, done.year, done.intake)
        if form == "json"
        else partial(status_text, done.year, done.intake, deadline=done.deadline)
    )
    put_out = emit if form == "json" else tell
    put_out(
        write(
            standing=done.standing,
            changes=done.changes,
            ceilings=done.ceilings,
            misplaced=done.misplaced,
        )
    )
    if done.mailing:
        _say_letters(done.mailing, err=form == "json")
    return 0


_NAMED = 10
"""Letters that are named."""


def _to_send_first(mailing: Mailing) -> str:
    """Return the letters to those who have something to do, with what that is; others only say that a book came."""
    from yosan_xl.report.mail_text import MailState

    found = [
        f"{path.name}（{letter.state.value}）"
        for path, letter in mailing.letters.items()
        if letter.state is not MailState.TAKEN
    ]
    more = f" ほか {len(found) - _NAMED} 通" if len(found) > _NAMED else ""
    return "、".join(found[:_NAMED]) + more


def _say_letters(mailing: Mailing, *, err: bool) -> None:
    """Say how many letters there are, who gets none, and what is to be told of them."""
    states = "、".join(f"{state.value} {times}" for state, times in mailing.states.items())
    say("", err=err)
    if mailing.findings:
        show(mailing.findings, err=err)
    if first := _to_send_first(mailing):
        say(f"先に送るもの: {first}", err=err)
    without = f"。文のない課（要求なし、対象外） {len(mailing.without)}" if mailing.without else ""
    say(
        f"メールの文 {len(mailing.letters)} 通（{states or 'なし'}）、うち今回書いたもの {len(mailing.new)} 通{without}: {mailing.folder}",
        err=err,
    )
