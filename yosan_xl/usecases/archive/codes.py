"""What can be found when a year is archived, shown or restored."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NO_STAGE = Code(
    "YX643",
    weight=Weight.ERROR,
    title="保存庫にない年度や段階",
    fact="保存庫に {wanted} はありません。",
    remedy="保存してあるもの: {known}。",
    why="年度と段階は、archive add で保存したときの名前で探します。",
    wrong="まだ保存していない年度を archive show で見ようとした。",
    right="archive list に出る年度を指定した。",
)
NOT_EMPTY = Code(
    "YX650",
    weight=Weight.ERROR,
    title="取り出し先が空ではない",
    fact="「{name}」には、すでにファイルがあります。",
    remedy="-o に、新しいフォルダーの名前を指定してください。",
    why="いまの年度のファイルの上に、前のものを書くおそれがあるためです。",
    wrong="yosan-xl archive restore R2 -o R9（いま使っているフォルダー）",
    right="yosan-xl archive restore R2 -o R2_確認用",
)
NO_REQUEST = Code(
    "YX651",
    weight=Weight.ERROR,
    title="保存庫にない要求",
    fact="{year}の「{stage}」に、NO {no} の要求はありません。",
    remedy="保存してあるNO: {known}。",
    why="要求は、集計のときに付けた NO で探します。",
    wrong="yosan-xl archive show R2 --request 999",
    right="yosan-xl archive show R2 --request 56",
)
STAGE_NAME = Code(
    "YX652",
    weight=Weight.ERROR,
    title="段階の名前",
    fact="段階の名前「{stage}」{problem}。",
    remedy="「要求」「内示」「決定」のような短い名前にしてください。",
    why="段階の名前は、保存庫のフォルダーの名前になります。",
    wrong="--stage 要求/1回目",
    right="--stage 要求1回目",
)
ARCHIVE_INSIDE = Code(
    "YX654",
    weight=Weight.ERROR,
    title="保存庫と年度フォルダーが重なる",
    fact="保存庫「{name}」と保存する年度フォルダーは、一方がもう一方の中にあります。",
    remedy="yosan.toml の archive か --archive で、年度フォルダーの外の場所を指定してください。",
    why="重なっていると、保存庫の中に保存庫を保存したり、作業中の年度フォルダーに書き込んだりします。",
    wrong='archive = "保存庫"',
    right='archive = "../保存庫"',
)
FOREIGN_FOLDER = Code(
    "YX655",
    weight=Weight.ERROR,
    title="ほかに使われているフォルダー",
    fact="「{name}」は保存庫ではなく、ほかのファイル（{found}）があります。",
    remedy="--archive に、保存庫か、新しいフォルダーの名前を指定してください。",
    why="ほかのファイルがあるところを保存庫にすると、保存した覚えのないファイルと見分けられません。",
    wrong="yosan-xl archive add R2 --archive デスクトップ",
    right="yosan-xl archive add R2 --archive デスクトップ/保存庫",
)
ARCHIVE_ELSEWHERE = Code(
    "YX687",
    weight=Weight.ERROR,
    title="設定にある保存庫の場所",
    fact="yosan.toml の archive「{path}」は、年度フォルダーのある場所の外です。",
    remedy="この場所でよければ、--archive でもう一度指定してください。年度フォルダーの隣や中の場所（../保存庫 など）は、そのまま使います。",
    why="yosan.toml は人から受け取ることがあります。書いてあるだけの場所に、知らないうちに書き込まないためです。",
    wrong='archive = "/srv/共有/保存庫" と書いて yosan-xl archive add',
    right="yosan-xl archive add --archive /srv/共有/保存庫",
)
YEAR_HAS_ERRORS = Code(
    "YX720",
    weight=Weight.ERROR,
    title="誤りのある年度の保存",
    fact="誤りが {errors}件あるので、「{stage}」として保存していません。",
    remedy="誤りを直してから、もう一度実行してください。誤りのあるまま残すときは --anyway を付けます。",
    why="保存したものは、あとから変えられません。誤りのあるままの記録が、正しい記録に見えるおそれがあります。",
    wrong="財源の合わない要求書のあるまま archive add を実行した。",
    right="差し戻して直した要求書で archive add を実行した。",
)
YEAR_NOT_DECIDED = Code(
    "YX726",
    weight=Weight.ERROR,
    title="決まっていない要求のある「決定」の保存",
    fact="決まっている要求は {decided} / {count} 件なので、「{stage}」として保存していません。",
    remedy="すべて決めてから、もう一度実行してください。いまのまま残すときは --stage で別の名前にするか、--anyway を付けます。",
    why="一度保存した段階の名前は、あとから使えません。決まりきる前に「決定」を使うと、決まったあとの記録を残せなくなります。",
    wrong="3件が未定のときに archive add --stage 決定 を実行した。",
    right="すべて決めてから archive add --stage 決定 を実行した。",
)
CODES = tuple(found for found in tuple(globals().values()) if isinstance(found, Code))
