"""Every kind of finding of this floor, by number: what only a whole run can find in what was handed in."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NOT_TAKEN_OVER = Code(
    "YX058",
    weight=Weight.INFO,
    title="差戻しのブックに写していないもの",
    fact="{what}は、差戻しのブックに写していません。",
    remedy="必要なら、提出されたブックから所管課に写してもらってください。",
    why="差戻しのブックは配布したときと同じ様式で作り直すので、様式の欄と「積算」に書かれたものだけを写します。",
    wrong="所管課が自分で加えたシートのあるブックを差し戻した。",
    right="様式の欄だけに書かれたブックを差し戻した。",
)
DOES_NOT_FIT = Code(
    "YX062",
    weight=Weight.ERROR,
    title="様式に収まらない値がある",
    fact="要求 {id} は、様式に書くと値が変わります（{problem}）。",
    remedy="{remedy}",
    why="様式の計は式で求めるので、明細と合わない計や、明細に分けていない査定額、行数を超える明細は書けません。",
    wrong="明細が9行ある一覧を、8行の様式に書いた。",
    right="rows = [10, 6] として10行の様式に書いた。",
)
UNKNOWN_DEPARTMENT = Code(
    "YX063",
    weight=Weight.ERROR,
    title="所管課が決まらない",
    fact="所管課「{wanted}」は 組織.csv に{problem}。",
    remedy="{candidates}",
    why="ブックは所管課ごとに作ります。所管課はコード、課、または「部 課」で指定します。",
    wrong="--department 税務",
    right="--department 税務課",
)
ALREADY_THERE = Code(
    "YX064",
    weight=Weight.ERROR,
    title="書き先に別の内容のブックがある",
    fact="「{name}」には、内容のちがうブックがすでにあります。",
    remedy="記入されたブックかもしれません。別の場所に移すか、上書きしてよければ --force を付けてください。",
    why="配布したブックや記入中のブックを、知らないうちに上書きしないためです。",
    wrong="記入中のブックがあるフォルダーに generate した。",
    right="空の配布フォルダーに generate した。",
)
STALE_BLANKS = Code(
    "YX855",
    weight=Weight.WARNING,
    title="配布フォルダーに、組織.csv にない課のブックがある",
    fact="「{folder}」に、いまの 組織.csv の課のものではないブックがあります: {names}。",
    remedy="課に渡さないように、消すか別の場所へ移してください。",
    why="組織.csv のコードや課の名前を直す前に作ったブックは、直したあとも残ります。それに記入されても、どの課のものでもないブックになります。",
    wrong="コードを 101 から 0101 に直して作り直した「配布」に、101_総務課.xlsx も残っている。",
    right="「配布」に 0101_総務課.xlsx だけがある。",
)
OUTSIDE_YEAR = Code(
    "YX066",
    weight=Weight.INFO,
    title="年度フォルダーの外で検証した",
    fact="年度フォルダーの外なので、会計と款、要求区分、所管課、年度は確かめていません。",
    remedy="年度フォルダー（yosan.toml のあるフォルダー）の中のファイルを指定すると、すべて確かめます。",
    why="会計や款の一覧は年度フォルダーの yosan.toml に、所管課は 組織.csv にあります。",
    wrong="デスクトップに置いたブックを検証した。",
    right="年度フォルダーの提出フォルダーのブックを検証した。",
)
NO_PASSWORD = Code(
    "YX067",
    weight=Weight.ERROR,
    title="保護のパスワードがない",
    fact="環境変数「{name}」にパスワードが入っていません。",
    remedy='環境変数を設定してから実行するか、yosan.toml の password_env を "" にしてください（パスワードなしの保護になります）。',
    why="パスワードはファイルに書かず、環境変数から読みます。",
    wrong="環境変数を設定せずに generate した。",
    right="環境変数を設定してから generate した。",
)
UNTYPABLE_PASSWORD = Code(
    "YX820",
    weight=Weight.ERROR,
    title="保護を解けなくなるパスワード",
    fact="環境変数「{name}」のパスワードは、{problem}。このパスワードでは、Excel で保護を解けなくなるおそれがあります。",
    remedy="半角の英数字と記号だけの、255字までのパスワードに変えて（前後の空白は除いて）、もう一度実行してください。",
    why="Excel のシートの保護は、全角の文字、制御文字、255字を超えるパスワードを確かに照らし合わせられません。前後の空白は、画面では見えないため、入力するときに落ちます。",
    wrong="パスワードを「あいことば」にして generate を実行した。",
    right="パスワードを「Zaisei-2026」にして generate を実行した。",
)
NOT_CARRIED = Code(
    "YX068",
    weight=Weight.WARNING,
    title="引き継げない要求",
    fact="「{title}」の所管課コード「{code}」は 組織.csv にないため、引き継いでいません。",
    remedy="組織の変更であれば、年度フォルダーの 対応表.csv に「所管課,前のコード,後のコード」と書いて、もう一度 yosan-xl generate を実行してください。"
    "一覧を読んだあとでコードを直したのであれば、もう一度 --prior を付けて一覧を読んでください。",
    why="前年度の要求は、所管課コードが同じ課のブックに引き継ぎます。",
    wrong="廃止された課の前年度の要求",
    right="今年度も同じコードの課の前年度の要求",
)
PRIOR_LIST = Code(
    "YX660",
    weight=Weight.ERROR,
    title="前年度の一覧の形",
    fact="前年度の一覧を読めません: {problem}。",
    remedy="{remedy}",
    why="一覧は、1行に1つの事業がある CSV か Excel の表です。どの見出しが何かと額の単位が、はっきりわかるときだけ読みます。",
    wrong="見出し「名称,担当,金額」の、単位の書かれていない一覧を読んだ。",
    right="見出し「事業名,所管課,前年度当初(千円)」の一覧を読んだ。",
)
PRIOR_ROW = Code(
    "YX661",
    weight=Weight.WARNING,
    title="前年度の一覧の行",
    fact="{row}行目: {problem}。",
    remedy="{remedy}",
    why="はっきりしない行の額は入れません。入れなかった前年度の額は空欄で、0 ではありません。",
    wrong="所管課が 組織.csv にない行",
    right="所管課が 組織.csv の名前かコードの行",
)
PRIOR_UNMATCHED = Code(
    "YX662",
    weight=Weight.WARNING,
    title="前年度の一覧と引き継いだ要求が合わない",
    fact="「{title}」（{unit}）は、{problem}。",
    remedy="{remedy}",
    why="同じ事業かどうかは、事業コードか、課と事業名が同じときだけ決めます。似ているだけでは決めません。",
    wrong="引き継いだ「保育園の整備」が、一覧では「保育所整備」になっている。",
    right="引き継いだ「保育園の整備」が、一覧でも「保育園の整備」になっている。",
)
PRIOR_LOST = Code(
    "YX663",
    weight=Weight.WARNING,
    title="この様式に入らない前年度の額",
    fact="前年度の{labels}の額が、この様式に入りません（事業 {count} 件: {titles}）。",
    remedy="合計だけを入れ、財源の額は空けてあります。前年度の額を様式の言葉の見出しで一覧にし、yosan-xl generate --prior で読むと入ります。",
    why="前年度と様式がちがうと、財源の名前や額の単位が合わないことがあります。合わない額は推し量りません。",
    wrong="前年度の「財産収入」を、その財源のない様式に引き継いだ。",
    right="前年度の「諸収入」を、諸収入のある様式に引き継いだ。",
)
SAMPLE_LEFT = Code(
    "YX608",
    weight=Weight.ERROR,
    title="見本のままの設定",
    fact="{where} に、見本のままのところがあります（{words}）。",
    remedy="「（例）」の付いたところを、実際の名前に書きかえてください。",
    why="見本の課や自治体の名前のまま、ブックを配らないためです。",
    wrong="組織.csv に「（例）総務部 （例）総務課」が残っている。",
    right="組織.csv を実際の部と課に書きかえた。",
)
NO_LAST_YEAR = Code(
    "YX600",
    weight=Weight.ERROR,
    title="前年度の要求書がない",
    fact="前年度として指定された「{name}」から、要求書を1件も読めません。",
    remedy="yosan-xl read R1 -o R1.json のように作った JSON か、前年度の年度フォルダー、保存庫の年度（保存庫:R1）、集計ブックのどれかを指定してください。",
    why="前年度が空のまま比べると、すべての事業が皆増になります。",
    wrong="--last-year に空のフォルダーを指定した。",
    right="--last-year R1.json",
)
NOT_LAST_YEAR = Code(
    "YX601",
    weight=Weight.WARNING,
    title="前年度ではない要求書と比べた",
    fact="{expected}の要求書と比べるところ、{found}の要求書が{count}件あります。そのまま比べています。",
    remedy="前年度の要求書を --last-year に指定し直すか、この年度と比べるのでよいかを確かめてください。",
    why="増減は、すぐ前の年度の当初予算と比べて示すものです。",
    wrong="令和3年度の集計で、平成31年度の要求書と比べた。",
    right="令和3年度の集計で、令和2年度の要求書と比べた。",
)
LAST_YEAR_UNREAD = Code(
    "YX602",
    weight=Weight.WARNING,
    title="前年度のブックに読めないものがある",
    fact="前年度のファイルのうち{count}個（{names}）は要求書として読めないため、比べる額に入っていません。",
    remedy="前年度の要求書だけを --last-year に指定してください。yosan-xl validate でわけが分かります。",
    why="前年度の額が足りないと、増減がその分だけ大きくなります。",
    wrong="前年度の提出フォルダーに、こわれたブックがある。",
    right="前年度の提出フォルダーのブックが、どれも読める。",
)
NOT_COUNTED_LAST_YEAR = Code(
    "YX605",
    weight=Weight.WARNING,
    title="前年度の要求に数えないものがある",
    fact="前年度の要求のうち{count}件（{names}）は、金額か財源に誤りがあるか、どの課のどの年度のものか決まらないため、"
    "比べる額に入っていません。",
    remedy="前年度のブックを直すか、入っていないことを承知のうえで増減を読んでください。わけは yosan-xl validate で分かります。",
    why="前年度の集計や compare と同じ数え方です。数えないものがあると、増減がその分だけ大きくなります。",
    wrong="前年度の要求書の「合計」が、明細の計とちがったままになっている。",
    right="前年度の要求書が、どれも前年度の集計に入っている。",
)
BROKEN_FORM = Code(
    "YX606",
    weight=Weight.ERROR,
    title="様式の定義の誤り",
    fact="{where}{problem}。",
    remedy="{remedy}",
    why="様式は form.toml に決まった語で書きます。誤りのある様式で配ると、集めたブックを読めなくなります。"
    "yosan-xl form check は、すべての誤りを行の番号とともに出します。",
    wrong='kind = "muney"',
    right='kind = "money"',
)
NO_FORM = Code(
    "YX697",
    weight=Weight.ERROR,
    title="様式の定義がない",
    fact="様式の定義がありません。",
    remedy="様式の名前（{known}）か、form.toml、その入ったフォルダーのどれかを書いてください。",
    why="yosan-xl form check は、名前の分かる様式か、指定されたファイルだけを確かめます。",
    wrong="yosan-xl form check 市町村",
    right="yosan-xl form check municipal-1",
)
SMALL_PRINT = Code(
    "YX696",
    weight=Weight.WARNING,
    title="文字の小さい様式",
    fact="様式「{form}」の欄にいちばん長い文章を書くと、{points}ポイントで印刷されます。",
    remedy="文章の max か明細の行を減らすか、幅を広げてください（7ポイントより小さいと読みにくくなります）。",
    why="要求書は A4 の紙1枚に収めて印刷します。欄が多いと、その分だけ字が小さくなります。",
    wrong="1000字の文章の欄が5つある様式",
    right="400字の文章の欄が3つある様式",
)
NOT_IN_CP932 = Code(
    "YX630",
    weight=Weight.WARNING,
    title="CP932にない文字",
    fact="「{heading}」の {characters} は CP932 にないため、〓に置きかえて書き出しました。",
    remedy="〓のままでは困るときは --encoding を付けずに UTF-8 で書き出すか、文字を言いかえてください。",
    why="CP932（Windows の Shift_JIS）には、𠮷や鷗などの文字がありません。黙って「?」にすると、気づかずに公表してしまいます。",
    wrong="「森鷗外」を CP932 で書き出した。",
    right="「森鴎外」を CP932 で書き出した。",
)
NOT_PUBLISHED = Code(
    "YX800",
    weight=Weight.WARNING,
    title="公表用に載せない決定",
    fact="決定のうち {count} 件は、段階を締めていないか、財源が決まっていないか、要確認か保留のため、公表用のものに載せていません。",
    remedy="公表してよいものになったら stage close で段階を締め（[[stages]] のない年度では、すべての要求の額を決め）、要確認のものは集計ブックで確かめて、作り直してください。",
    why="決まりきる前の額が公表用のページやデータから読めると、査定の途中が外に出ます。決定状況に公表できない額は、公表用のページやデータにも載せません。",
    wrong="159件のうち 105件だけ額を決めて page --public を実行した。",
    right="159件すべての額と財源を決めて page --public を実行した。",
)
NO_EXPORT = Code(
    "YX801",
    weight=Weight.ERROR,
    title="名前の付いた書き出しがない",
    fact="yosan.toml の [[exports]] に「{name}」はありません。",
    remedy="{known}",
    why="export --name は、yosan.toml の [[exports]] に書いた列と順と文字コードで書き出します。",
    wrong='yosan-xl export --name 財務　　（yosan.toml には name = "財務会計" とある）',
    right="yosan-xl export --name 財務会計",
)
NO_WORD = Code(
    "YX802",
    weight=Weight.ERROR,
    title="書き出しの列の言葉がちがう",
    fact="[[exports]] の「{name}」の {words} は、この様式の言葉ではありません。",
    remedy="使える言葉: {known}。",
    why="列の中身は、様式の言葉（export の一覧の見出しなど）で決まります。",
    wrong='value = "要求金額"　　（様式では「合計の要求額」）',
    right='value = "合計の要求額"',
)
NO_CODE = Code(
    "YX803",
    weight=Weight.ERROR,
    title="書き出しのコードがない",
    fact="「{heading}」{problem}。その欄は空にしました。",
    remedy="yosan.toml の [[exports]] の codes か width を直し、書き出し直してください。",
    why="コードのない行を財務会計システムに取り込むと、別の科目に入るか、取り込みが止まります。",
    wrong='codes の表「款」に "民生費" がないまま書き出した。',
    right='"民生費" = "04" を足して書き出した。',
)
NOT_SPLIT = Code(
    "YX804",
    weight=Weight.WARNING,
    title="行に分かれていない決定額",
    fact="{count} 件の要求（{called}）の決定額のうち {amount} は、{rows}ごとの額が決まっていないため、この CSV のどの行にもありません。",
    remedy="集計ブックで{rows}ごとの額を入れてから書き出し直すか、[[exports]] の rows を 要求 にした CSV を使ってください。",
    why="要求の合計だけを決めたときは、明細や財源ごとの額はありません。気づかずに財務会計システムに取り込むと、その分が足りなくなります。",
    wrong='合計 140,000千円 だけを決めた要求があるときの rows = "明細" の CSV',
    right="明細ごとに決めた要求だけの CSV",
)
AMBIGUOUS_ROW = Code(
    "YX672",
    weight=Weight.ERROR,
    title="対応表の行が一つに決まらない",
    fact="{row}行目: {problem}。",
    remedy="{remedy}",
    why="同じ名前の課や事業がいくつもあると、どれと比べるかが決まりません。",
    wrong="所管課,管理課,管理課（管理課は5つある）",
    right="所管課,0803,0903",
)
UNUSED_ROW = Code(
    "YX673",
    weight=Weight.WARNING,
    title="使わなかった対応表の行",
    fact="{row}行目: {label}に、{kind}「{wanted}」がありません。この行は使っていません。",
    remedy="{hint}コードや名前のつづりを確かめてください。この年度に要求がないだけであれば、そのままでかまいません。",
    why="つづりちがいを黙って読みとばすと、対応させたつもりの事業が皆増・皆減になります。",
    wrong="事業,口座振替納税,0103-2（前の年度の事業名は「口座振替等納税奨励」）",
    right="事業,口座振替等納税奨励,0103-2",
)
NO_YEAR = Code(
    "YX674",
    weight=Weight.ERROR,
    title="どの年度の要求か決まらない",
    fact="{problem}。",
    remedy="1つの年度の要求だけの、年度フォルダー、ブック、または yosan-xl read の JSON を指定してください。",
    why="年度は要求書の「年度」で見分けます。2つの年度がまざると、1年分の額になりません。",
    wrong="令和2年度と令和3年度のブックが入ったフォルダー",
    right="令和2年度のブックだけが入ったフォルダー",
)
SAME_YEAR = Code(
    "YX675",
    weight=Weight.ERROR,
    title="同じ年度が二つある",
    fact="{label}が「{first}」と「{second}」の二つあります。",
    remedy="推移は年度ごとに1つだけ指定してください。同じ年度の2つを比べるときは compare を使ってください。",
    why="推移の列は年度です。同じ年度が二つあると、どちらの額か分かりません。",
    wrong="yosan-xl trend R2 R2.json R3",
    right="yosan-xl trend R2 R3",
)
OTHER_UNIT = Code(
    "YX682",
    weight=Weight.ERROR,
    title="前年度の額の単位",
    fact="前年度「{name}」の額は円で、この年度の様式の額は千円です。",
    remedy="前年度との比較は yosan-xl compare で見てください（どちらも円で比べます）。",
    why="円の額を千円にすると端数を丸めることになり、集計ブックの前年度の額が、前年度に決まった額と合わなくなります。",
    wrong="円の様式の R8 を、千円の様式の R9 の --last-year にする",
    right="yosan-xl compare R8 R9",
)
NOT_IN_FORM = Code(
    "YX681",
    weight=Weight.ERROR,
    title="様式にない行",
    fact="{name}の様式には、行にする「{label}」の欄がありません。",
    remedy="--by には、この様式では {others} を指定できます。",
    why="様式にない項目では、要求を分けられません。",
    wrong="yosan-xl compare R9 R10 --by category（要求区分のない様式）",
    right="yosan-xl compare R9 R10 --by kan",
)
NO_REQUESTS = Code(
    "YX676",
    weight=Weight.ERROR,
    title="比べる要求がない",
    fact="「{name}」に、数えられる要求が1件もありません。",
    remedy="年度とファイルを確かめてください。ブックに誤りがあるときは、先に直してください。",
    why="要求のない年度と比べると、すべての事業が皆増か皆減になり、意味のある比較になりません。",
    wrong="まだ何も提出されていない年度フォルダーと比べた。",
    right="提出のすんだ年度フォルダーと比べた。",
)
NOT_EARLIER = Code(
    "YX677",
    weight=Weight.ERROR,
    title="引き継ぐ年度が前の年度ではない",
    fact="引き継ぐ要求は{found}のもので、{wanted}より前の年度ではありません。",
    remedy="--year か --from を確かめてください。",
    why="前年度の額と文章を引き継ぐため、あとの年度や同じ年度からは引き継げません。",
    wrong="yosan-xl init R3 --year R3 --from R4",
    right="yosan-xl init R3 --year R3 --from R2",
)
NO_ONE_LINE = Code(
    "YX678",
    weight=Weight.ERROR,
    title="前の年度の設定を引き継げない",
    fact="前の年度の yosan.toml に、year の行がないか、2つ以上あります。",
    remedy='「year = "令和2年度"」のように、1行に書いてください。',
    why="yosan.toml は year の行だけを新しい年度に書きかえて引き継ぎます。説明の行もそのまま残ります。",
    wrong='"year" = "令和2年度"',
    right='year = "令和2年度"',
)
TOO_MANY_SHEETS = Code(
    "YX686",
    weight=Weight.ERROR,
    title="1冊に入らない数の要求",
    fact="「{department}」の要求が {count}件あります。1冊のブックに入るのは {most}件までです。",
    remedy="所管課のコードが正しいか確かめてください。正しければ JSON を {most}件までに分け、別のフォルダーに書いてください。",
    why="要求は1件が1枚のシートになります。シートの多すぎるブックは、Excel でも、このプログラムでも読めなくなります。",
    wrong="ひとつの課の要求 5,000件の JSON を fill した。",
    right="50件ずつに分けた JSON を、それぞれ別のフォルダーに fill した。",
)

NO_SUCH_STAGE = Code(
    "YX721",
    weight=Weight.ERROR,
    title="この年度にない査定の段階",
    fact="「{stage}」という査定の段階はありません。",
    remedy="段階は{known}です（yosan.toml の [[stages]]。なければ「査定」の 1段階です）。",
    why="査定の段階の名前と順は、yosan.toml の [[stages]] にあります。",
    wrong="yosan-xl stage close 課長",
    right="yosan-xl stage close 財政課",
)
STAGE_ORDER = Code(
    "YX722",
    weight=Weight.ERROR,
    title="査定の段階の順",
    fact="「{stage}」は{problem}。",
    remedy="{remedy}",
    why="段階は yosan.toml に書いた順に締めます。前の段階の決定が、次の段階の元になるためです。",
    wrong="「財政課」を締めないで「区長」を締めた。",
    right="「財政課」を締めてから「区長」を締めた。",
)
STAGE_NOT_SETTLED = Code(
    "YX723",
    weight=Weight.ERROR,
    title="締められない査定の段階",
    fact="「{stage}」は、直すところが {errors}件あるので締めていません（決定 {decided} / {count}）。",
    remedy="集計ブックで直して保存し、もう一度実行してください。このまま締めるときは --anyway を付けます。",
    why="締めた段階の額は、次の段階、内示、公表の元になります。",
    wrong="未定の要求があるまま stage close 財政課 を実行した。",
    right="すべての要求の予算額か査定区分を入力してから実行した。",
)
REOPENED_PUBLISHED = Code(
    "YX724",
    weight=Weight.WARNING,
    title="開き直した段階より後に出したもの",
    fact="「{stage}」を開き直しましたが、{what}がすでにあります。",
    remedy="決定が変わったら、出し直しや訂正の知らせが要るかを確かめてください（これらのファイルは変えていません）。",
    why="内示や公表のあとで決定を変えると、出したものと食いちがいます。",
    wrong="決定状況を公表したあとで、区長の段階を開き直した。",
    right="公表の前に、区長の段階を開き直した。",
)
CLOSED_NOT_ARCHIVED = Code(
    "YX725",
    weight=Weight.ERROR,
    title="締めた段階が保存庫に残っていない",
    fact="「{stage}」は締めましたが、保存庫にはまだ残していません。",
    remedy="上の指摘のとおり直してから、「yosan-xl stage close {stage}」をもう一度実行してください（保存だけをします）。",
    why="締めた段階は、その名前で保存庫に残します。途中で止まっても、もう一度実行すれば続きをします。",
    wrong="保存庫のディスクがいっぱいのときに stage close を実行した。",
    right="空きを作ってから、もう一度 stage close を実行した。",
)
NO_NOTICE_STAGE = Code(
    "YX775",
    weight=Weight.ERROR,
    title="内示をする段階がない",
    fact="{what}ので、内示を作れません。",
    remedy="{advice}",
    why="内示は、査定の終わった（締めた）段階の額を所管課に知らせるものです。",
    wrong="財政課の段階を締める前に notice を実行した。",
    right="stage close 財政課 のあとで notice を実行した。",
)
NOTICE_UNDECIDED = Code(
    "YX776",
    weight=Weight.ERROR,
    title="内示の額が決まっていない",
    fact="{count} 件の要求の額が決まっていないので、内示を作っていません（{named}）。",
    remedy="査定を終えてから（段階を締めていれば、yosan-xl stage reopen で開き直します）、もう一度実行してください。未定のまま知らせるときは --anyway を付けます（未定と書き、0にはしません）。",
    why="決まっていない額を知らせると、あとの額と食いちがいます。",
    wrong="3件のうち1件の査定額が空",
    right="3件とも査定額がある",
)
NOTICE_SENT = Code(
    "YX777",
    weight=Weight.ERROR,
    title="前の内示とちがう",
    fact="「{name}」は前に作った内示とちがう内容になるので、書きかえていません（{changed}）。",
    remedy="前の内示を送ったあとであれば、受け取った課に変わったことを知らせたうえで、--force を付けて作り直してください。",
    why="知らせた内示が黙って変わると、所管課の見ている額と食いちがいます。",
    wrong="内示を送ったあとで査定額を変え、notice を実行した。",
    right="変わったことを知らせ、notice --force を実行した。",
)
NOTICE_ALONE = Code(
    "YX729",
    weight=Weight.INFO,
    title="内示のブックに復活要求のシートがない",
    fact="「{stage}」のあとに復活要求を査定する段階がないので、内示のブックに「復活要求」のシートを入れていません。",
    remedy="復活要求を受けるときは、yosan.toml に [[stages]] で段階を並べ、復活要求を査定する段階に restoration = true と書いて、"
    "yosan-xl notice --force で作り直してください（docs/stages.md）。受けないときは、このままで結構です。",
    why="査定する段階がないと、課が出した復活要求は集計ブックに出ません。出せないものを課に入力させないためです。",
    wrong="[[stages]] のない年度で内示をし、課に復活要求を入力してもらおうとした。",
    right="restoration = true の段階がある年度で内示をした。",
)
NOTICE_REPLACED = Code(
    "YX778",
    weight=Weight.WARNING,
    title="内示を作り直した",
    fact="「{name}」を作り直しました（{changed}）。",
    remedy="前の内示を受け取った課に、変わったことを知らせてください。",
    why="所管課は、前の内示を見て復活要求を書いているかもしれません。",
    wrong="作り直したことを知らせない。",
    right="変わった事業を所管課に知らせた。",
)
NOTICE_FILLED = Code(
    "YX779",
    weight=Weight.ERROR,
    title="内示のフォルダーのブックに復活要求が書かれている",
    fact="「{name}」には復活要求が入力されているので、書きかえていません。",
    remedy="提出された復活要求であれば「復活」のフォルダーへ移し、もう一度実行してください。",
    why="書きかえると、入力された復活要求が失われます。復活要求は「復活」のフォルダーから読みます。",
    wrong="「内示」のフォルダーのブックに、直接入力した。",
    right="所管課が入力したブックを「復活」のフォルダーに入れた。",
)
NO_ADDRESS = Code(
    "YX825",
    weight=Weight.WARNING,
    title="メールの宛先がない課",
    fact="メールの宛先のない課が {count} あります（{names}）。文は、宛先（To）を空けて書きました。",
    remedy="組織.csv に「メール」の列を作り、その課の行にメールアドレスを書いて（いくつもあるときは「;」で区切る）、もう一度実行してください。",
    why="宛先は、組織.csv の「メール」の列から取ります。列がなくても文は書きます。",
    wrong="0103,産業・地域振興支援部,税務課,（メールの列が空）",
    right="0103,産業・地域振興支援部,税務課,zeimu@city.example.lg.jp",
)
OTHER_FILE = Code(
    "YX826",
    weight=Weight.ERROR,
    title="メールの文を書く場所にほかのファイルがある",
    fact="「{name}」は、プログラムが書いたままのメールの文ではないので、書きかえていません（どの課の文も書いていません）。",
    remedy="手で直した文であれば別の名前に変えるか、--mail に別のフォルダーを指定してください。",
    why="人が書いた文や、手で直した文を失わないように、プログラムが書いたままの文だけを書きかえます。",
    wrong="0103_税務課.txt を手で直したあとで、同じフォルダーへもう一度書いた。",
    right="手で直した文を 0103_税務課_直し.txt に変えてから、もう一度書いた。",
)
OLD_LETTER = Code(
    "YX827",
    weight=Weight.WARNING,
    title="前に書いたメールの文が残っている",
    fact="「{folder}」に、前に書いた文で今は要らないものが {count} 件残っています（{names}）。",
    remedy="今の状態の文ではないので、送らずに消してください。",
    why="要求なしや対象外になった課、組織.csv からなくなった課には文を書かないので、前の文がそのまま残ります。",
    wrong="未提出の文を書いたあとで 要求 の列を「なし」にし、同じフォルダーの文をすべて送った。",
    right="残っている前の文を消してから送った。",
)
NOT_RETURNED = Code(
    "YX828",
    weight=Weight.INFO,
    title="差し戻すブックがまだない",
    fact="指摘のある課のうち {count} 課（{names}）は、今の提出に対する差戻しのブックがないので、文は「お手元のブックを直す」としました。",
    remedy="先に yosan-xl return を実行してからもう一度書くと、文に差し戻すブックの場所が入ります。",
    why="差し戻すブックには、記入された内容と、セルごとの指摘が入っています。",
    wrong="return をしないで status --mail を実行した。",
    right="return をしてから status --mail を実行した。",
)
TOO_DEEP_FOR_EXCEL = Code(
    "YX850",
    weight=Weight.WARNING,
    title="Excel が開けない長さの場所",
    fact="{names}は、ドライブからの場所と名前が {most}字を超えるので（最も長いものは {length}字）、Excel では開けません。",
    remedy="年度フォルダーを、ドライブの浅い場所へ移すか、途中のフォルダーの名前を短くしてください（中のファイルはそのままで、作り直しは要りません）。",
    why="Excel が開けるのは、ドライブからファイル名の終わりまで {most}字までのファイルです。書くことはできても、開くときに「見つかりません」と出ます。"
    "ドライブ（Z:）で数えて足りていても、\\\\サーバー名\\… で開く人には長くなることがあります。",
    wrong="Z:\\財政部\\財政課\\予算編成\\… と深いところにある年度フォルダーで、長い名前の課のブックを作った。",
    right="Z:\\予算\\R9 のように浅いところの年度フォルダーで作った。",
)
NAMES_OF_WINDOWS = Code(
    "YX853",
    weight=Weight.WARNING,
    title="Windows では使えない名前のファイル",
    fact="Windows ではこのままの名前で置けないファイルがあります: {told}。",
    remedy="Windows で使うなら、もとのファイルの名前を変えてから、もう一度実行してください。",
    why="Windows にない名前のファイルは取り出せず、大文字と小文字だけがちがう2つのファイルは、写すと片方が消えます。",
    wrong="提出/税務課A.xlsx と 提出/税務課a.xlsx",
    right="提出/税務課A.xlsx と 提出/税務課B.xlsx",
)

CODES = tuple(found for found in tuple(globals().values()) if isinstance(found, Code))
"""All of them."""
