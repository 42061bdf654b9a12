"""Findings of what goes out: characters that the encoding asked for cannot hold."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NOT_IN_CP932 = Code(
    "YX630",
    Weight.WARNING,
    "CP932にない文字",
    "「{heading}」の {characters} は CP932 にないため、〓に置きかえて書き出しました。",
    "〓のままでは困るときは --encoding を付けずに UTF-8 で書き出すか、文字を言いかえてください。",
    "CP932（Windows の Shift_JIS）には、𠮷や鷗などの文字がありません。黙って「?」にすると、気づかずに公表してしまいます。",
    "「森鷗外」を CP932 で書き出した。",
    "「森鴎外」を CP932 で書き出した。",
)
CODES = (NOT_IN_CP932,)
