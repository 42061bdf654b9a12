"""Findings that only a whole run can give: nothing handed in, a document that does not fit."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NO_BOOKS = Code(
    "YX060",
    Weight.ERROR,
    "提出されたブックがない",
    "「{name}」に提出されたブックがありません。",
    "提出されたブック（.xlsx）を入れてから、もう一度実行してください。",
    "空のフォルダーを集計すると、要求がないのか、集め忘れたのかが分かりません。",
    "提出フォルダーが空のまま集計した。",
    "提出されたブックを提出フォルダーに入れた。",
)
NOT_DOCUMENTS = Code(
    "YX061",
    Weight.ERROR,
    "要求書のデータではない",
    "要求書の JSON として読めません（{problem}）。",
    "yosan-xl read が出力した形か、要求書の配列にしてください。",
    "fill と validate は、要求書の JSON（配列、または requests を持つオブジェクト）を読みます。",
    "途中で切れた JSON",
    "yosan-xl read の出力",
)
DOES_NOT_FIT = Code(
    "YX062",
    Weight.ERROR,
    "様式に収まらない値がある",
    "要求 {id} の {pointers} は、様式に書いても同じ値で戻りません。",
    "明細が多いときは yosan.toml の rows を増やしてください。計の額は明細から計算した額に直してください。",
    "様式の計は式で求めるので、明細と合わない計や、行数を超える明細は書けません。",
    "明細が9行ある一覧を、8行の様式に書いた。",
    "rows = [10, 6] として10行の様式に書いた。",
)
UNKNOWN_DEPARTMENT = Code(
    "YX063",
    Weight.ERROR,
    "所管課が決まらない",
    "所管課「{wanted}」は 組織.csv に{problem}。",
    "{candidates}",
    "ブックは所管課ごとに作ります。所管課はコード、課、または「部 課」で指定します。",
    "--department 税務",
    "--department 税務課",
)
ALREADY_THERE = Code(
    "YX064",
    Weight.ERROR,
    "書き先に別の内容のブックがある",
    "「{name}」には、内容のちがうブックがすでにあります。",
    "記入されたブックかもしれません。別の場所に移すか、上書きしてよければ --force を付けてください。",
    "配布したブックや記入中のブックを、知らないうちに上書きしないためです。",
    "記入中のブックがあるフォルダーに generate した。",
    "空の配布フォルダーに generate した。",
)
NOT_COUNTED = Code(
    "YX065",
    Weight.INFO,
    "集計に入れていない要求",
    "要求 {id}「{title}」{amount}は、{reason}集計に入れていません。",
    "{remedy}",
    "誤りのある額を合計に入れると、公表する数字が誤ります。入れなかったものは必ず知らせます。",
    "要求額が文字になっている要求",
    "誤りのない要求",
)
OUTSIDE_YEAR = Code(
    "YX066",
    Weight.INFO,
    "年度フォルダーの外で検証した",
    "年度フォルダーの外なので、会計と款、要求区分、所管課、年度は確かめていません。",
    "年度フォルダー（yosan.toml のあるフォルダー）の中のファイルを指定すると、すべて確かめます。",
    "会計や款の一覧は年度フォルダーの yosan.toml に、所管課は 組織.csv にあります。",
    "デスクトップに置いたブックを検証した。",
    "年度フォルダーの提出フォルダーのブックを検証した。",
)
NO_PASSWORD = Code(
    "YX067",
    Weight.ERROR,
    "保護のパスワードがない",
    "環境変数「{name}」にパスワードが入っていません。",
    '環境変数を設定してから実行するか、yosan.toml の password_env を "" にしてください。',
    "パスワードはファイルに書かず、環境変数から読みます。",
    "環境変数を設定せずに generate した。",
    "環境変数を設定してから generate した。",
)
NOT_CARRIED = Code(
    "YX068",
    Weight.WARNING,
    "引き継げない要求",
    "「{title}」の所管課コード「{code}」は 組織.csv にないため、引き継いでいません。",
    "組織の変更であれば、新しい所管課のブックに事業名を書き写してもらってください。",
    "前年度の要求は、所管課コードが同じ課のブックに引き継ぎます。",
    "廃止された課の前年度の要求",
    "今年度も同じコードの課の前年度の要求",
)
OVER_INPUT = Code(
    "YX069",
    Weight.ERROR,
    "書き先が読むファイルと同じ",
    "「{name}」は読むファイルなので、上書きしません。",
    "別の名前か別の場所を -o で指定してください。",
    "提出されたブックは証拠なので、書き換えません。",
    "yosan-xl read 提出/0103_税務課.xlsx -o 提出/0103_税務課.xlsx",
    "yosan-xl read 提出/0103_税務課.xlsx -o 税務課.json",
)
NOT_TAKEN_OVER = Code(
    "YX058",
    Weight.INFO,
    "差戻しのブックに写していないもの",
    "{what}は、差戻しのブックに写していません。",
    "必要なら、提出されたブックから所管課に写してもらってください。",
    "差戻しのブックは配布したときと同じ様式で作り直すので、様式の欄と「積算」に書かれたものだけを写します。",
    "所管課が自分で加えたシートのあるブックを差し戻した。",
    "様式の欄だけに書かれたブックを差し戻した。",
)
CODES = (
    NOT_TAKEN_OVER,
    NO_PASSWORD,
    NOT_CARRIED,
    NO_BOOKS,
    NOT_DOCUMENTS,
    DOES_NOT_FIT,
    UNKNOWN_DEPARTMENT,
    ALREADY_THERE,
    NOT_COUNTED,
    OUTSIDE_YEAR,
    OVER_INPUT,
)
