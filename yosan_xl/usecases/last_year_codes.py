"""What is told of last year's requests where this year's are compared with them."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NO_LAST_YEAR = Code(
    "YX600",
    Weight.ERROR,
    "前年度の要求書がない",
    "前年度として指定された「{name}」から、要求書を1件も読めません。",
    "yosan-xl read R1 -o R1.json のように作った JSON か、前年度の年度フォルダーか集計ブックを指定してください。",
    "前年度が空のまま比べると、すべての事業が皆増になります。",
    "--last-year に空のフォルダーを指定した。",
    "--last-year R1.json",
)
NOT_LAST_YEAR = Code(
    "YX601",
    Weight.WARNING,
    "前年度ではない要求書と比べた",
    "{expected}の要求書と比べるところ、{found}の要求書が{count}件あります。そのまま比べています。",
    "前年度の要求書を --last-year に指定し直すか、この年度と比べるのでよいかを確かめてください。",
    "増減は、すぐ前の年度の当初予算と比べて示すものです。",
    "令和3年度の集計で、平成31年度の要求書と比べた。",
    "令和3年度の集計で、令和2年度の要求書と比べた。",
)
LAST_YEAR_UNREAD = Code(
    "YX602",
    Weight.WARNING,
    "前年度のブックに読めないものがある",
    "前年度のファイルのうち{count}個（{names}）は要求書として読めないため、比べる額に入っていません。",
    "前年度の要求書だけを --last-year に指定してください。yosan-xl validate でわけが分かります。",
    "前年度の額が足りないと、増減がその分だけ大きくなります。",
    "前年度の提出フォルダーに、こわれたブックがある。",
    "前年度の提出フォルダーのブックが、どれも読める。",
)
CODES = (NO_LAST_YEAR, NOT_LAST_YEAR, LAST_YEAR_UNREAD)
