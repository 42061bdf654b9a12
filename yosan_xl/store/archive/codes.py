"""What may be wrong with an archive: the codes YX640-YX655."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

LOCKED = Code(
    "YX640",
    Weight.ERROR,
    "保存庫がほかで使われている",
    "保存庫「{name}」には、いまほかの人かほかの画面が書き込んでいます。",
    "終わるのを待って、もう一度実行してください。",
    "二つの書込みが重なると、年度のつながりの記録が食いちがいます。",
    "2台で同時に archive add を実行した。",
    "1台の archive add が終わってから、もう1台で実行した。",
)
FROZEN = Code(
    "YX641",
    Weight.ERROR,
    "保存した段階は変えられない",
    "{year}の「{stage}」は、ちがう内容ですでに保存されています（ちがうもの: {different}）。",
    "保存したものは変えません。直したあとの内容も残すときは、--stage に別の名前（「{stage}2」など）を付けてください。",
    "あとから差し替えられる記録は、証拠になりません。",
    "提出フォルダーのブックを入れ替えて、もう一度 archive add を実行した。",
    "内容を変えたあとは archive add --stage 内示 と、別の段階として保存した。",
)
NO_ARCHIVE = Code(
    "YX642",
    Weight.ERROR,
    "保存庫がない",
    "「{name}」に保存庫がありません。",
    "--archive で保存庫のフォルダーを指定するか、年度フォルダーの中で実行してください。",
    "保存庫は、yosan-xl archive add がはじめて年度を保存したときに作ります。",
    "yosan-xl archive list --archive 何もないフォルダー",
    "yosan-xl archive list --archive 保存庫",
)
NO_STAGE = Code(
    "YX643",
    Weight.ERROR,
    "保存庫にない年度や段階",
    "保存庫に {wanted} はありません。",
    "保存してあるもの: {known}。",
    "年度と段階は、archive add で保存したときの名前で探します。",
    "まだ保存していない年度を archive show で見ようとした。",
    "archive list に出る年度を指定した。",
)
CHANGED = Code(
    "YX644",
    Weight.ERROR,
    "保存したファイルが変わっている",
    "保存したファイルの中身が、保存したときと変わっています（{problem}）。",
    "控え（バックアップ）から、このファイルを元に戻してください。",
    "保存したときの SHA-256 と大きさを manifest.json に記録してあり、1ビットのちがいも分かります。",
    "保存庫のブックを Excel で開いて保存した。",
    "保存庫は読むだけにして、作業は archive restore で取り出したフォルダーでする。",
)
LOST = Code(
    "YX645",
    Weight.ERROR,
    "保存したファイルがない",
    "保存したファイルがなくなっています。",
    "控え（バックアップ）から元に戻してください。",
    "保存したファイルは manifest.json にすべて記録してあります。",
    "保存庫のブックを別のフォルダーへ移した。",
    "保存庫のブックはそのままにし、写しを別のフォルダーに置いた。",
)
UNKNOWN = Code(
    "YX646",
    Weight.ERROR,
    "保存した覚えのないファイル",
    "保存したときにはなかったものです。",
    "保存庫の外へ移してください。あとから加わったものは、保存した年度の記録ではありません。",
    "あとから置かれたファイルが、そのとき提出されたものに見えるおそれがあります。",
    "保存庫の「提出」に、あとからブックを入れた。",
    "直したブックは、別の段階として archive add で保存した。",
)
MANIFEST = Code(
    "YX647",
    Weight.ERROR,
    "保存の記録が読めない",
    "保存の記録（manifest.json）が使えません（{problem}）。",
    "控え（バックアップ）から、manifest.json と manifest.sha256 を元に戻してください。",
    "何を保存したかは manifest.json だけが知っています。その SHA-256 は manifest.sha256 にあります。",
    "manifest.json をメモ帳で直した。",
    "manifest.json は archive add が書いたまま",
)
CHAIN = Code(
    "YX648",
    Weight.ERROR,
    "保存の順のつながりが切れている",
    "保存の順のつながりが切れています（{problem}）。",
    "なくなった年度や段階のフォルダーを、控え（バックアップ）から元に戻してください。",
    "どの記録も、一つ前に保存した記録の SHA-256 を持っています。抜いたり差し替えたりすると分かります。",
    "保存庫から R2 のフォルダーを消した。",
    "保存した年度のフォルダーは、すべて残してある。",
)
NOT_EMPTY = Code(
    "YX650",
    Weight.ERROR,
    "取り出し先が空ではない",
    "「{name}」には、すでにファイルがあります。",
    "-o に、新しいフォルダーの名前を指定してください。",
    "いまの年度のファイルの上に、前のものを書くおそれがあるためです。",
    "yosan-xl archive restore R2 -o R9（いま使っているフォルダー）",
    "yosan-xl archive restore R2 -o R2_確認用",
)
NO_REQUEST = Code(
    "YX651",
    Weight.ERROR,
    "保存庫にない要求",
    "{year}の「{stage}」に、NO {no} の要求はありません。",
    "保存してあるNO: {known}。",
    "要求は、集計のときに付けた NO で探します。",
    "yosan-xl archive show R2 --request 999",
    "yosan-xl archive show R2 --request 56",
)
STAGE_NAME = Code(
    "YX652",
    Weight.ERROR,
    "段階の名前",
    "段階の名前「{stage}」{problem}。",
    "「要求」「内示」「決定」のような短い名前にしてください。",
    "段階の名前は、保存庫のフォルダーの名前になります。",
    "--stage 要求/1回目",
    "--stage 要求1回目",
)
NO_LOCK = Code(
    "YX653",
    Weight.ERROR,
    "保存庫に鍵がかけられない",
    "「{name}」の場所では、同時の書込みを防ぐ鍵がかけられません（{reason}）。",
    "保存庫を別のドライブか共有フォルダーに置き、--archive で指定してください。",
    "鍵なしで書くと、二人が同時に保存したときに、記録が食いちがいます。",
    "ファイルの鍵（ロック）が使えない古い共有フォルダーの保存庫",
    "ファイルの鍵（ロック）が使える共有フォルダーの保存庫",
)
INSIDE = Code(
    "YX654",
    Weight.ERROR,
    "保存庫と年度フォルダーが重なる",
    "保存庫「{name}」と保存する年度フォルダーは、一方がもう一方の中にあります。",
    "yosan.toml の archive か --archive で、年度フォルダーの外の場所を指定してください。",
    "重なっていると、保存庫の中に保存庫を保存したり、作業中の年度フォルダーに書き込んだりします。",
    'archive = "保存庫"',
    'archive = "../保存庫"',
)
FOREIGN = Code(
    "YX655",
    Weight.ERROR,
    "ほかに使われているフォルダー",
    "「{name}」は保存庫ではなく、ほかのファイル（{found}）があります。",
    "--archive に、保存庫か、新しいフォルダーの名前を指定してください。",
    "ほかのファイルがあるところを保存庫にすると、保存した覚えのないファイルと見分けられません。",
    "yosan-xl archive add R2 --archive デスクトップ",
    "yosan-xl archive add R2 --archive デスクトップ/保存庫",
)
ELSEWHERE = Code(
    "YX687",
    Weight.ERROR,
    "設定にある保存庫の場所",
    "yosan.toml の archive「{path}」は、年度フォルダーとかかわりのない場所です。",
    "この場所でよければ、--archive でもう一度指定してください。年度フォルダーから見た場所（../保存庫 など）は、そのまま使います。",
    "yosan.toml は人から受け取ることがあります。書いてあるだけの場所に、知らないうちに書き込まないためです。",
    'archive = "/srv/共有/保存庫" と書いて yosan-xl archive add',
    "yosan-xl archive add --archive /srv/共有/保存庫",
)

CODES = (
    ELSEWHERE,
    LOCKED,
    FROZEN,
    NO_ARCHIVE,
    NO_STAGE,
    CHANGED,
    LOST,
    UNKNOWN,
    MANIFEST,
    CHAIN,
    NOT_EMPTY,
    NO_REQUEST,
    STAGE_NAME,
    NO_LOCK,
    INSIDE,
    FOREIGN,
)
