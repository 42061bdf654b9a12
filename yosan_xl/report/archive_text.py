"""The archive as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.model.archived import RequestPage, RequestRow, StageSummary
from yosan_xl.model.money import with_commas, with_unit
from yosan_xl.model.request import Document
from yosan_xl.report.columns import table
from yosan_xl.report.json_report import to_json
from yosan_xl.report.printable import printable

_STAGES = ("順", "年度", "段階", "様式", "ブック", "要求", "千円", "未算入")
_REQUESTS = ("NO", "所管課", "会計", "款", "要求区分", "千円", "事業名")


def stages_text(stages: Sequence[StageSummary]) -> str:
    """Give a line for each stage, in the order of adding."""
    rows = [
        (
            str(one.sequence),
            one.year,
            printable(one.stage),
            printable(one.form),
            with_commas(one.books),
            with_commas(one.requests),
            with_commas(one.requested),
            with_commas(one.left_out),
        )
        for one in stages
    ]
    return "\n".join(table([_STAGES, *rows], (0, 4, 5, 6, 7)))


def stages_json(stages: Sequence[StageSummary]) -> str:
    """Give the same as JSON; amounts are 千円."""
    return to_json({"stages": [_stage(one) for one in stages]})


def requests_text(stage: StageSummary, rows: Sequence[RequestRow]) -> str:
    """Give a line for each request of a stage, and what they add up to."""
    lines = table([_REQUESTS, *map(_request, rows)], (0, 5))
    left_out = f"（ほかに未算入 {stage.left_out}件）" if stage.left_out else ""
    counted = stage.requests - stage.left_out
    total = f"要求 {counted}件、{with_unit(stage.requested)}{left_out}"
    return "\n".join([_title(stage), "", *lines, "", total])


def requests_json(stage: StageSummary, documents: Sequence[Document]) -> str:
    """Give a stage and its request documents as JSON."""
    return to_json({**_stage(stage), "requests": list(documents)})


def request_text(page: RequestPage) -> str:
    """Give one request, each value by the words of its own form."""
    values = (f"{printable(caption)}: {printable(text)}" for caption, text in page.values)
    left_out = [f"未算入: {page.row.left_out}"] if page.row.left_out else []
    source = f"ブック: {printable(page.row.file)}"
    return "\n".join([_title(page.stage), "", *values, "", source, *left_out])


def _title(stage: StageSummary) -> str:
    return f"{printable(stage.municipality)}　{stage.year}　{printable(stage.stage)}"


def _request(row: RequestRow) -> tuple[str, ...]:
    request = row.request
    mark = "（未算入）" if row.left_out else ""
    return (
        "" if request.no is None else str(request.no),
        printable(request.department),
        printable(request.account or ""),
        printable(request.kan or ""),
        printable(request.category or ""),
        with_commas(request.requested),
        printable(request.title or "（事業名なし）") + mark,
    )


def _stage(one: StageSummary) -> dict[str, object]:
    return {
        "sequence": one.sequence,
        "municipality": one.municipality,
        "year": one.year,
        "stage": one.stage,
        "form": one.form,
        "program": one.program,
        "books": one.books,
        "files": one.files,
        "count": one.requests,
        "requested": one.requested,
        "left_out": one.left_out,
    }
