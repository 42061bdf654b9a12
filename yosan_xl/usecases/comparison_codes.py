"""Findings of compare and trend: which year a source is of, and rows of 対応表.csv that fit nothing."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

AMBIGUOUS = Code(
    "YX672",
    Weight.ERROR,
    "対応表の行が一つに決まらない",
    "{row}行目: {problem}。",
    "{remedy}",
    "同じ名前の課や事業がいくつもあると、どれと比べるかが決まりません。",
    "所管課,管理課,管理課（管理課は5つある）",
    "所管課,0803,0903",
)
UNUSED = Code(
    "YX673",
    Weight.WARNING,
    "使わなかった対応表の行",
    "{row}行目: {label}に、{kind}「{wanted}」がありません。この行は使っていません。",
    "{hint}コードや名前のつづりを確かめてください。この年度に要求がないだけであれば、そのままでかまいません。",
    "つづりちがいを黙って読みとばすと、対応させたつもりの事業が皆増・皆減になります。",
    "事業,口座振替納税,0103-2（前の年度の事業名は「口座振替等納税奨励」）",
    "事業,口座振替等納税奨励,0103-2",
)
NO_YEAR = Code(
    "YX674",
    Weight.ERROR,
    "どの年度の要求か決まらない",
    "{problem}。",
    "1つの年度の要求だけの、年度フォルダー、ブック、または yosan-xl read の JSON を指定してください。",
    "年度は要求書の「年度」で見分けます。2つの年度がまざると、1年分の額になりません。",
    "令和2年度と令和3年度のブックが入ったフォルダー",
    "令和2年度のブックだけが入ったフォルダー",
)
SAME_YEAR = Code(
    "YX675",
    Weight.ERROR,
    "同じ年度が二つある",
    "{label}が「{first}」と「{second}」の二つあります。",
    "推移は年度ごとに1つだけ指定してください。同じ年度の2つを比べるときは compare を使ってください。",
    "推移の列は年度です。同じ年度が二つあると、どちらの額か分かりません。",
    "yosan-xl trend R2 R2.json R3",
    "yosan-xl trend R2 R3",
)
NO_REQUESTS = Code(
    "YX676",
    Weight.ERROR,
    "比べる要求がない",
    "「{name}」に、数えられる要求が1件もありません。",
    "年度とファイルを確かめてください。ブックに誤りがあるときは、先に直してください。",
    "要求のない年度と比べると、すべての事業が皆増か皆減になり、意味のある比較になりません。",
    "まだ何も提出されていない年度フォルダーと比べた。",
    "提出のすんだ年度フォルダーと比べた。",
)
NOT_EARLIER = Code(
    "YX677",
    Weight.ERROR,
    "引き継ぐ年度が前の年度ではない",
    "引き継ぐ要求は{found}のもので、{wanted}より前の年度ではありません。",
    "--year か --from を確かめてください。",
    "前年度の額と文章を引き継ぐため、あとの年度や同じ年度からは引き継げません。",
    "yosan-xl init R3 --year R3 --from R4",
    "yosan-xl init R3 --year R3 --from R2",
)
NO_ONE_LINE = Code(
    "YX678",
    Weight.ERROR,
    "前の年度の設定を引き継げない",
    "前の年度の yosan.toml に、year の行がないか、2つ以上あります。",
    '「year = "令和2年度"」のように、1行に書いてください。',
    "yosan.toml は year の行だけを新しい年度に書きかえて引き継ぎます。説明の行もそのまま残ります。",
    '"year" = "令和2年度"',
    'year = "令和2年度"',
)
CODES = (AMBIGUOUS, UNUSED, NO_YEAR, SAME_YEAR, NO_REQUESTS, NOT_EARLIER, NO_ONE_LINE)
