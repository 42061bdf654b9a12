"""What a command takes for an output of its own, and may replace."""

from __future__ import annotations

import pytest

from yosan_xl.usecases.outputs import COMPARISON, DOCUMENTS, FINDINGS, PAGE


@pytest.mark.parametrize(
    "text",
    [
        "指摘はありません。\n",
        "0103_税務課.xlsx: 誤り 1件\n  要求書1\n    M24 YX203 …\n\n誤り 1件、注意 2件（うち確認済み 1件）、情報 1件\n",
        '{\n  "findings": []}\n',
    ],
)
def test_findings__are_known_by_their_last_line_or_as_json(text: str) -> None:
    assert FINDINGS.is_one(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "会議のメモ\n誤り 1件の件で電話\n",
        "指摘はありません。\nと電話で聞いた\n",
        # A pattern that could match this in many ways would take longer than anybody waits.
        "x\n" + "、".join(["誤り 1件（（）"] * 2_000) + "\n",
        "x\n" + "誤り 1件（" * 100_000,
        "　" * 200_000,
        '{\n  "requests": ' + '\n  "sources": ' * 100_000,
        '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8">' * 10_000,
    ],
)
def test_outputs__other_texts_are_nobody_s_output_however_long(text: str) -> None:
    assert not any(kind.is_one(text.encode()) for kind in (FINDINGS, COMPARISON, DOCUMENTS, PAGE))
