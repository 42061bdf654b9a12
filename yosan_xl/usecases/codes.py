"""Every kind of finding of this floor, by number: what only a whole run can find in what was handed in."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

WHOSE_ATTACHMENT = Code(
    "YX026",
    weight=Weight.INFO,
    title="どの課のものか分からない添付",
    fact="ブックではないファイルのうち {count} 件は、どの課のものか分かりません（{names}）。",
    remedy="このままでもかまいません（集計と保存庫には入れます）。ファイルの名前に課の名前かコードを入れるか、課ごとのフォルダーに"
    "入れると、その課の添付として載ります。",
    why="見積書や写真などは、名前かフォルダーにある課の名前かコードで、どの課のものかを決めます。",
    wrong="提出/見積書.pdf",
    right="提出/0103_税務課/見積書.pdf",
)
ZIPPED = Code(
    "YX028",
    weight=Weight.WARNING,
    title="圧縮ファイルの中のブック",
    fact="この圧縮ファイルの中に、表計算のブックが {count} 冊あります。中は読んでいません。",
    remedy="要求のブックが入っていれば、取り出して「提出」のフォルダーに入れてください。",
    why="圧縮ファイルは添付として扱います。中のブックに要求があっても、取り出すまで数えません。",
    wrong="提出/0103_税務課.zip の中に 0103_税務課.xlsx",
    right="提出/0103_税務課.xlsx",
)
MISNAMED = Code(
    "YX057",
    weight=Weight.ERROR,
    title="ファイル名とブックの所管課がちがう",
    fact="名前（ファイルかフォルダー）は「{named}」ですが、「{own}」に配布したブックです。",
    remedy="どの課の要求か確かめ、それぞれの課に配布したブックで出し直してもらってください。名前やフォルダーのまちがいなら、それを直してください。",
    why="ほかの課のブックを下敷きにして書くと、額がその課のものとして集計され、書いた課は未提出のままになります。",
    wrong="税務課のブックを 0602_区長室.xlsx という名前で提出した。",
    right="税務課のブックを 0103_税務課.xlsx という名前で提出した。",
)
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
NO_BOOKS = Code(
    "YX060",
    weight=Weight.ERROR,
    title="提出されたブックがない",
    fact="「{name}」に提出されたブックがありません。",
    remedy="提出されたブック（.xlsx）を入れてから、もう一度実行してください。",
    why="空のフォルダーを集計すると、要求がないのか、集め忘れたのかが分かりません。",
    wrong="提出フォルダーが空のまま集計した。",
    right="提出されたブックを提出フォルダーに入れた。",
)
NOT_DOCUMENTS = Code(
    "YX061",
    weight=Weight.ERROR,
    title="要求書のデータではない",
    fact="要求書の JSON として読めません（{problem}）。",
    remedy="yosan-xl read が出力した形か、要求書の配列にしてください。",
    why="fill と validate は、要求書の JSON（配列、または requests を持つオブジェクト）を読みます。",
    wrong="途中で切れた JSON",
    right="yosan-xl read の出力",
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
NOT_COUNTED = Code(
    "YX065",
    weight=Weight.INFO,
    title="集計に入れていない要求",
    fact="要求 {id}「{title}」{amount}は、{reason}集計に入れていません。",
    remedy="{remedy}",
    why="誤りのある額を合計に入れると、公表する数字が誤ります。入れなかったものは必ず知らせます。",
    wrong="要求額が文字になっている要求",
    right="誤りのない要求",
)
FORM_CHANGED = Code(
    "YX698",
    weight=Weight.ERROR,
    title="様式の定義が、配布したあとで変わっている",
    fact="様式「{form}」第{version}版の定義が、ブックを作ったときのもの（{kept}）と変わっています。",
    remedy="配ったあとであれば、定義を元に戻すか、version を1つ上げてブックを配り直してください。試しているあいだ（提出フォルダーにブックがないあいだ）は generate --force で作り直せます。",
    why="配布したブックは、配布したときの定義で読みます。同じ版のまま定義を変えると、欄や単位の意味が、ブックと集計とでちがってしまいます。",
    wrong='配ったあとで、unit = "円" を "千円" に直した。',
    right="version = 2 として直し、ブックを配り直した。",
)
OTHER_FORM = Code(
    "YX699",
    weight=Weight.ERROR,
    title="年度の様式とちがう様式で書かれている",
    fact="様式{found}で書かれています。この年度の様式{wanted}と{how}。",
    remedy="{remedy}",
    why="単位や財源のちがう額を一つの表に足すと、合計が誤ります。",
    wrong="円の様式で配ったあとで、年度の様式を千円のものに変えた。",
    right="円の様式で配り、円の様式のまま集計した。",
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
    remedy="組織の変更であれば、年度フォルダーの 対応表.csv に「所管課,前のコード,後のコード」と書いて、もう一度 yosan-xl generate を実行してください。",
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
COUNTED_ANYWAY = Code(
    "YX094",
    weight=Weight.INFO,
    title="誤りのまま集計に入れた要求",
    fact="要求 {id}「{title}」{amount}は、金額か財源に誤りがありますが、--include-errors の指定により集計に入れています。",
    remedy="誤りを直してから、--include-errors を付けずに集計し直してください。",
    why="締切の前に全体の額を見たいときのための指定です。誤った額が入っていることは、集計ブックにも書きます。",
    wrong="yosan-xl consolidate --include-errors の集計ブックを公表した。",
    right="誤りを直し、yosan-xl consolidate で集計し直した。",
)
REPLACED = Code(
    "YX096",
    weight=Weight.INFO,
    title="新しいブックに置きかわった",
    fact="このブック（保存 {old}）は、同じ所管課の新しい「{newer}」（保存 {new}）に置きかえました。",
    remedy="集計には「{newer}」だけを使います。ちがいは yosan-xl diff で見られます。",
    why="出し直したブックと前のブックを両方数えると、同じ要求が二度集計されます。置きかえるのは、前の要求書がすべて新しい"
    "ブックにもあって事業名か明細が同じで、前にしかない記入がなく、表計算ソフトが記録した保存の日時が新しいときだけです。",
    wrong="0103_税務課.xlsx と、あとで保存した 0103_税務課(修正).xlsx",
    right="0103_税務課(修正).xlsx だけ",
)
SAME_BOOK = Code(
    "YX097",
    weight=Weight.INFO,
    title="まったく同じブックがある",
    fact="このブックは「{other}」と中身がまったく同じです。一度だけ数えました。",
    remedy="このままでかまいません。どちらかを「提出」のフォルダーから出してもかまいません。",
    why="同じファイルを二度受け取ることがあります。中身が同じなので、どちらを数えても同じです。",
    wrong="0103_税務課.xlsx と、そのコピーの 0103_税務課 - コピー.xlsx",
    right="0103_税務課.xlsx だけ",
)
TWO_BOOKS = Code(
    "YX098",
    weight=Weight.WARNING,
    title="要求が何冊かに分かれている",
    fact="同じ所管課の「{other}」には {there}、このブックには {here} があり、相手にはありません。合わせて数えています。",
    remedy="分けて出したものなら、このままでかまいません。取り下げた要求があれば、取り下げを所管課に確かめてください。",
    why="要求書を1枚ずつ、何冊かに分けて出すことがあります。要求が一つもなくならないように、どの要求も一度ずつ数えます。",
    wrong="要求書1だけを記入したブックと、要求書2だけを記入したブック",
    right="要求書1と要求書2を記入したブック",
)
LAPSED = Code(
    "YX099",
    weight=Weight.INFO,
    title="確認の理由が使えない",
    fact="{codes} に書かれた理由は、受け付けたときから額などが変わったため、使っていません。",
    remedy="いまの内容でも正しければ、要求書の「要確認でも正しいときは、その理由」を書き直してください。",
    why="理由は、そのときの額に対するものです。額が変われば、もう一度確かめる必要があります。",
    wrong="合計を直したが、前の合計のときの理由がそのまま残っている要求書",
    right="合計を直し、理由も書き直した要求書",
)
MARKED = Code(
    "YX214",
    weight=Weight.WARNING,
    title="シートの「確認すること」が○になっていない",
    fact="シートの「確認すること」の「{label}」が{weight}になっています（{advice}）。",
    remedy="所管課に確かめ、直してもらうか、正しいときはその理由を右の欄に書いてもらってください。",
    why="所管課の画面に出ている誤りと要確認のうち、ほかの指摘にならず、理由も書かれていないものを財政課に知らせます。",
    wrong="要求額 70,000,000千円 の行があり、「千円と円」が要確認のまま提出した。",
    right="額を 70,000千円 に直した。または理由の欄に「施設の建設費で、正しい額」と書いた。",
)
CUT = Code(
    "YX805",
    weight=Weight.WARNING,
    title="文章が用紙の欄に入りきらない",
    fact="{texts}は、所管課のシートの欄に入る行数をこえていて、印刷で切れるおそれがあります。",
    remedy="短くしてもらうか、シートの行を高くしてもらってください。"
    "行を高くしたシートでは、「文章の長さ」の理由の欄に「行を高くした」と書いてもらえば、正しいものとして扱います。",
    why="配ったシートの欄には、1行の字数と行数の限りがあります。字数の限りより短い文章でも、改行や英数字が多いと入りきりません。"
    "何行入るかは、シートの「文字数」の右に出ています。公表する様式は文章に合わせて行を高くするので、切れません。",
    wrong="9行の欄に、12行になる文章を入力した。",
    right="9行までに短くした。",
)
NO_CLASH = Code(
    "YX510",
    weight=Weight.ERROR,
    title="NOが台帳と合わない",
    fact="NO {no} は、台帳では{told}。",
    remedy="要求書のNOを台帳（台帳.json）のとおりに直してください。台帳のNOは変わりません。",
    why="NOは公表する一覧の番号です。一度付けたNOは変えず、取り下げた要求のNOもほかの要求には使いません。",
    wrong="台帳でNO 56 の要求に、NO 99 と書いた。",
    right="台帳でNO 56 の要求は、NO 56 のまま",
)
ANSWERED = Code(
    "YX511",
    weight=Weight.INFO,
    title="差戻しのブックで出し直された",
    fact="このブック（保存 {old}）は、これに対する差戻しのブックで出し直された「{newer}」（保存 {new}）に置きかえました。",
    remedy="集計には「{newer}」だけを使います。ちがいは yosan-xl diff で見られます。",
    why="差戻しのブックは、どのブックに対するものかを中に持っています。保存の日時がどうであっても、もとのブックに代わります。",
    wrong="0103_税務課.xlsx と、差戻しのブックを直した 0103_税務課(修正).xlsx",
    right="0103_税務課(修正).xlsx だけ",
)
GONE_IN_ANSWER = Code(
    "YX512",
    weight=Weight.WARNING,
    title="出し直しでなくなった要求がある",
    fact="差戻しの前の「{older}」にあった要求 {lost} が、このブックにありません。数えていません。",
    remedy="取り下げたのか、所管課に確かめてください。",
    why="差戻しのブックはもとのブックに代わるので、そこにない要求は集計からなくなります。",
    wrong="要求が2件あったブックを差し戻したら、1件になって戻ってきた。",
    right="要求が2件あったブックを差し戻したら、2件とも直って戻ってきた。",
)
FEWER_LATER = Code(
    "YX515",
    weight=Weight.WARNING,
    title="あとのブックにない要求がある",
    fact="前に保存された「{older}」にある要求 {lost} が、このブックにありません。「{older}」の要求として数えています。",
    remedy="取り下げたのか、ほかの要求だけを出し直したのか、所管課に確かめてください。取り下げたのなら、「{older}」にしかない要求が"
    "ほかにないことを確かめて、「{older}」を「提出」の中のフォルダー「差替え前」へ移してください（消さずに残り、数えません）。",
    why="要求を取り下げたブックと、直した要求書だけのブックとは、見ただけでは区別できません。要求が黙ってなくならないように、"
    "確かめるまでは数えます。",
    wrong="要求が2件の 0103_税務課.xlsx と、あとで保存した、そのうち1件だけの 0103_税務課(2).xlsx",
    right="0103_税務課.xlsx を「差替え前」へ移し、0103_税務課(2).xlsx だけにした。",
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
NO_DAY = Code(
    "YX603",
    weight=Weight.WARNING,
    title="提出期限が日付として読めない",
    fact="deadline「{deadline}」は日付として読めないため、期限のあとに提出した課を数えていません。",
    remedy="「令和8年10月16日（金）17時」のように書くと数えます（曜日が合わない日付は読みません）。status では --due でも指定できます。",
    why="期限は、はじめにのシートに書いたとおりに印刷するほか、提出が期限のあとかどうかを見るのに使います。",
    wrong='deadline = "10月の第3金曜日"',
    right='deadline = "令和8年10月16日（金）"',
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
DISAGREE = Code(
    "YX610",
    weight=Weight.ERROR,
    title="予算額と明細の査定が合わない",
    fact="「{title}」の{label} {found} が、明細の計 {expected} と {gap} ちがいます{blank}。",
    remedy="「一覧」の{decided}か、「査定」の明細の{decided}を直してください。明細で決めないときは、明細の欄をすべて空欄にします。",
    why="公表する額は「一覧」の額です。明細の額の計とちがうままでは、どちらが決まった額か分かりません。",
    wrong="「一覧」の予算額 4,000千円、「査定」の明細の計 3,900千円",
    right="「一覧」の予算額 4,000千円、「査定」の明細の計 4,000千円",
)
NOT_UNDERSTOOD = Code(
    "YX611",
    weight=Weight.ERROR,
    title="集計ブックの記入が読めない",
    fact="「{title}」の「{label}」に記入された「{found}」は{problem}{still}。",
    remedy="「{label}」に入力し直してください{kind}。記入されたものは「引き継げない記入」に残しています（入力し直すと消えます）。",
    why="金額として読めないものを推測で数字にすると、公表する額が誤ります。",
    wrong="予算額の欄に「約4,000」",
    right="予算額の欄に 4000",
)
NO_PLACE = Code(
    "YX612",
    weight=Weight.WARNING,
    title="引き継げない記入",
    fact="「{title}」の「{label}」に記入された「{found}」は、{why}、引き継げません。",
    remedy="集計ブックの「引き継げない記入」に残しています。要るものは新しい欄に書き写し、要らないものは行を削除してください。",
    why="要求書の取下げや明細の変更があると、入れる欄がなくなります。記入されたものは失われません。",
    wrong="取り下げられた要求に記入していた予算額",
    right="今も集計に入っている要求に記入した予算額",
)
AMOUNT_READ = Code(
    "YX613",
    weight=Weight.INFO,
    title="文字の金額を数字にした",
    fact="「{label}」に記入された「{found}」を {amount} と読みました。",
    remedy="正しければ、このままでかまいません。",
    why="文字のままの金額は、集計ブックの計に入りません。",
    wrong="予算額の欄に文字で「１，２３４」",
    right="予算額の欄に数字の 1234",
)
FORMULA_READ = Code(
    "YX614",
    weight=Weight.INFO,
    title="数式を値にした",
    fact="「{label}」の数式「={formula}」は、その計算結果 {found} だけを引き継ぎました。",
    remedy="結果が正しければ、このままでかまいません。",
    why="集計し直すと行の位置が変わるため、数式のままではほかの要求の額を指すことがあります。",
    wrong="予算額の欄に =I5*0.9",
    right="予算額の欄に 3600",
)
OUTSIDE_ENTRY = Code(
    "YX615",
    weight=Weight.WARNING,
    title="入力欄の外の記入",
    fact="「{found}」は{why}。",
    remedy="集計ブックの「引き継げない記入」に写しています。要らないものは、その行を削除してください。",
    why="集計し直すと、引き継ぐ欄のほかはすべて作り直します。書かれたものを失わないように写します。",
    wrong="「一覧」の表の右に書いたメモ",
    right="「査定」の備考に書いたメモ",
)
UNREADABLE_SUMMARY = Code(
    "YX616",
    weight=Weight.ERROR,
    title="前の集計ブックが読めない",
    fact="「{name}」は{problem}。記入を引き継げないため、上書きしません。",
    remedy="パスワード付きなら Excel で外して保存し直し、見出しやシートを消していたら元に戻して、もう一度実行してください。戻せないときは、このブックを別の場所へ移すと、査定.json にある記入で作り直します（このブックにだけある新しい記入は入りません）。",
    why="集計ブックには財政課の記入があります。読めないまま上書きすると、それが失われます。",
    wrong="パスワードを付けて保存した R2_集計.xlsx",
    right="パスワードを外した R2_集計.xlsx",
)
NEWER_SUMMARY = Code(
    "YX715",
    weight=Weight.ERROR,
    title="新しい版で作られた集計ブック",
    fact="「{name}」は{problem}。記入を引き継げないため、上書きしません。",
    remedy="このパソコンの yosan-xl を新しい版にしてから、もう一度実行してください。",
    why="新しい版の集計ブックには、この版が知らない欄があり得ます。読めないまま上書きすると、記入が失われます。",
    wrong="新しい版で作った R2_集計.xlsx を、前の版で集計し直した。",
    right="どのパソコンでも同じ版を使った。",
)
KEPT_ASIDE = Code(
    "YX617",
    weight=Weight.WARNING,
    title="集計ブックを別の名前で保存した",
    fact="「{name}」は{holder}、「{kept}」に保存しました。",
    remedy="「{name}」を保存して閉じてから、もう一度集計してください。両方の記入を「{name}」にまとめます。"
    "開いていないのに同じことが続くときは、同じフォルダーの「~$」で始まる同名のファイルを消してください。",
    why="開かれているブックを置きかえると、開いている人の保存で上書きされます。",
    wrong="R2_集計.xlsx を Excel で開いたまま集計した。",
    right="R2_集計.xlsx を閉じてから集計した。",
)
CARRIED_FROM = Code(
    "YX618",
    weight=Weight.INFO,
    title="別の名前の集計ブックからも引き継いだ",
    fact="「{name}」の記入も引き継ぎました。",
    remedy="記入は 査定.json に入り、次の集計ブックに載ります。このブックはそのままでかまいません（同じ記入は一度だけ取り入れます）。",
    why="集計ブックが開かれていたときは、(2) などの名前で保存しています。そこへの記入も失われません。",
    wrong="R2_集計.xlsx と R2_集計(2).xlsx",
    right="R2_集計.xlsx だけ",
)
STRANGE_SHEETS = Code(
    "YX619",
    weight=Weight.WARNING,
    title="集計ブックに加えられたシートや書きこみ",
    fact="{what}は引き継げないため、このブックの写しを「{kept}」に残しました。",
    remedy="要るものは、新しい集計ブックの欄か別のブックに写してください。「控え」のブックは、もう読みません。",
    why="集計し直すと、集計ブックのシートはすべて作り直します。",
    wrong="集計ブックに自分のシートを加えて集計し直した。",
    right="自分のシートを別のブックに作った。",
)
MOVED = Code(
    "YX702",
    weight=Weight.INFO,
    title="査定が事業とともに移った",
    fact="「{title}」は要求書 {old} から {new} に移りました。記入も {new} に移しました。",
    remedy="ちがう事業のときは、対応表.csv の「移動」の行で正しい要求書IDを指定してください。",
    why="査定はシートの位置ではなく事業に付きます。事業コードか、事業名と内容が同じ要求があれば、そこへ移します。",
    wrong="0103-1 と 0103-2 の事業を入れかえて出し直した。",
    right="事業の位置を変えずに出し直した。",
)
ASKED_CHANGED = Code(
    "YX703",
    weight=Weight.WARNING,
    title="査定のあとで要求額が変わった",
    fact="「{title}」の要求額が変わりました（{old} → {new}）。査定は前のままです。",
    remedy="査定を見直して、入力し直してください。そのままでよいときは、「査定」の備考（段階のある年度では「一覧」の理由でも）に確かめたことを書くと「要確認」が消えます。",
    why="査定は、そのときの要求額に対するものです。要求額や財源が変わったことに気づかないまま公表すると、額が食いちがいます。",
    wrong="要求額 147,699千円 のときに要求どおりとし、要求額が 88,539千円 に変わった。",
    right="変わった要求額で、査定を入力し直した。",
)
TABLE_NOT_WRITTEN = Code(
    "YX704",
    weight=Weight.WARNING,
    title="査定履歴.csv を書けない",
    fact="「査定履歴.csv」を書けませんでした（{why}）。記入は 査定.json に残っています。",
    remedy="「査定履歴.csv」を閉じてから、もう一度実行してください。",
    why="査定履歴.csv は 査定.json から作る表です。Excel で開いていると書けませんが、記入は失われません。",
    wrong="査定履歴.csv を Excel で開いたまま集計した。",
    right="査定履歴.csv を閉じてから集計した。",
)
STAGE_WAITS = Code(
    "YX705",
    weight=Weight.WARNING,
    title="まだ開いていない段階に記入がある",
    fact="段階「{stage}」には、記入が {count} 件あります{closed}。その前の「{open}」が開いているため、使っていません。",
    remedy="「{open}」を締めると入ります。yosan.toml の [[stages]] の順や名前を変えたときは、元に戻してください。",
    why="段階は順に締めます。前の段階を開き直したり、段階を加えたりすると、あとの段階の記入は待ちます。記入は 査定.json に残っています。",
    wrong="「財政課」を締めたあとで、その前に「課長」の段階を加えた。",
    right="段階を加えるのは、年度のはじめだけにした。",
)
HISTORY_LOST = Code(
    "YX706",
    weight=Weight.WARNING,
    title="査定の記録が前より少ない",
    fact="前の「査定履歴.csv」には記録が {there} 件ありましたが、いまの 査定.json には {now} 件です。前の「査定履歴.csv」は「{kept}」に残しました。",
    remedy="査定.json を消したか、古いものに戻していませんか。控えの 査定.json があれば戻してください。集計ブックに残っている記入は入っています。",
    why="査定.json がなくなると、集計ブックに残っていない記入は分からなくなります。",
    wrong="査定.json を消して集計した。",
    right="査定.json を消さずに集計した。",
)
HISTORY_OLDER = Code(
    "YX708",
    weight=Weight.ERROR,
    title="査定.json が集計ブックより古い",
    fact="集計ブック「{name}」は{stage}ですが、査定.json では、まだ段階「{open}」を締めていません。何も書いていません。",
    remedy="査定.json を消したか、古いものに戻していませんか。新しいものに戻してください。なければ、保存庫の最後に締めた段階のフォルダーにある 査定.json を年度フォルダーに写して、もう一度実行してください。別の年度のために置いたブックなら、集計フォルダーから移してください。",
    why="締めた段階の決定は 査定.json にあります。古い 査定.json で集計すると、締めた段階が開いた状態に戻り、決定が失われます。",
    wrong="「財政課」を締めたあとで、査定.json を消して集計した。",
    right="査定.json を保存庫の「財政課」から戻して集計した。",
)
MOVE_UNUSED = Code(
    "YX707",
    weight=Weight.WARNING,
    title="使わなかった「移動」の行",
    fact="対応表.csv の「移動」の行「{old}」→「{new}」は、要求書「{missing}」がないので使っていません。",
    remedy="要求書ID（0103-1 のような、集計ブックの「一覧」のもの）を確かめてください。",
    why="つづりちがいを黙って読みとばすと、移したつもりの査定が「引き継げない記入」で待ち続けます。",
    wrong="移動,0602-9,0601-5",
    right="移動,0602-1,0601-5",
)
NOT_READ = Code(
    "YX620",
    weight=Weight.WARNING,
    title="記入を引き継いでいない集計ブック",
    fact="「{name}」は{problem}。このブックの記入は引き継いでいません。",
    remedy="要る記入があれば、新しい集計ブックに書き写してください。このブックは変えていません。",
    why="(2) などの名前の集計ブックや、-o を省いたときの集計ブックの記入も引き継ぎます。",
    wrong="パスワードを付けて保存した R2_集計(2).xlsx",
    right="パスワードを外した R2_集計(2).xlsx",
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
    fact="決定のうち {count} 件は、段階が閉じていないか、財源が決まっていないため、公表用のものに載せていません。",
    remedy="公表してよいものになったら stage close で段階を閉じ（[[stages]] のない年度では、すべての要求の額を決め）、作り直してください。",
    why="決まりきる前の額が公表用のページやデータから読めると、査定の途中が外に出ます。財源の決まらない額も載せません。",
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
READER_DIED = Code(
    "YX690",
    weight=Weight.ERROR,
    title="読み取りが途中で止まった",
    fact="このブックを読んでいるあいだに、読み取りのプロセスが止まりました。このブックの要求は数えていません。",
    remedy="もう一度実行してください。同じブックでまた止まるときは、Excel で開いて「名前を付けて保存」したものに替えてください。",
    why="読み取りは、いくつかのプロセスで手分けしています。記憶域が足りないときなどにその一つが止まっても、ほかのブックは読みます。",
    wrong="記憶域の足りない機械で、たいへん大きいブックを読んだ。",
    right="ほかのプログラムを閉じてから、もう一度実行した。",
)
NO_CLUSTER = Code(
    "YX691",
    weight=Weight.ERROR,
    title="クラスターが使えない",
    fact="--scheduler の「{scheduler}」は使えません。{problem}。",
    remedy="{what}。1台で足りるときは、--scheduler を付けずに実行してください。",
    why="何台もの機械で読むときは、Dask のスケジューラーに読み取りを任せます。ふだんは1台で足ります。",
    wrong="スケジューラーを動かさずに、--scheduler 10.0.0.5:8786 を付けた。",
    right="dask scheduler と dask worker を動かしてから実行した。",
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
    remedy="査定を終えてから、もう一度実行してください。未定のまま知らせるときは --anyway を付けます（未定と書き、0にはしません）。",
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
