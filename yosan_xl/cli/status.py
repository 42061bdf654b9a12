"""`yosan-xl status`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from yosan_xl.cli.options import JOBS, SCHEDULER, TEXT_OR_JSON, YEAR_FOLDER, day, read_options
from yosan_xl.cli.output import emit, progress, tell


@click.command(
    "status",
    help="",
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
@TEXT_OR_JSON
@JOBS
@SCHEDULER
def command(
    folder: Path,
    due: date | None,
    today: date | None,
    form: str,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Print how far each unit is."""
    from yosan_xl.report.status_text import status_json, status_text
    from yosan_xl.usecases.intake import Deadline
    from yosan_xl.usecases.status import status

    today = today or date.today()
    deadline = Deadline(due, today) if due else None
    done = status(
        folder=folder,
        deadline=deadline,
        progress=progress("ブックを確認中"),
        options=read_options(jobs, scheduler),
        today=today,
    )
    if form == "json":
        emit(status_json(done.year, done.intake, done.standing, done.changes))
    else:
        tell(status_text(done.year, done.intake, done.deadline, done.standing, done.changes))
    return 0
