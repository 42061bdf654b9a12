"""The findings of reading: of a book, of its sheets, and of what was typed into a cell."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NOT_OUR_FORM = Code(
    "YX030",
    weight=Weight.ERROR,
    title="配布した様式のブックではない",
    fact="{form}のブックではありません（様式の印がありません）。",
    remedy="配布したブックに記入して提出してもらってください。",
    why="配布したブックには、様式の番号と版、年度、所管課を示す印が隠しシートにあります。印のないブックは、どの欄に何があるかを確かめられません。",
    wrong="ほかの表計算ファイルを提出フォルダーに置いた。",
    right="財政課が配布したブックに記入して提出した。",
)
NOTICE_HANDED_IN = Code(
    "YX760",
    weight=Weight.ERROR,
    title="内示のブックが提出にある",
    fact="これは内示のブックで、要求書の提出ではないので、要求として数えていません。",
    remedy="復活要求であれば「復活」のフォルダーへ移してください。同じ名前の要求書のブックに上書きしたときは、要求書のブックを控えから戻してください。",
    why="内示への返事で、もとの要求を書きかえることはありません。復活要求は要求書とは別に、「復活」のフォルダーから読みます。",
    wrong="復活要求を書いた内示のブックを「提出」のフォルダーに入れた。",
    right="復活要求を書いた内示のブックを「復活」のフォルダーに入れた。",
    to_department="復活要求であれば、そのことを財政課に知らせてください。要求書のブックに上書きしたときは、要求書のブックを控えから出し直してください。",
)
UNKNOWN_FORM = Code(
    "YX031",
    weight=Weight.ERROR,
    title="様式の版が分からない",
    fact="様式「{form}」第{version}版のブックですが、この版の定義が見つかりません。",
    remedy="ブックを配布した年度フォルダーの「記録/様式」（前からの年度では「保存/様式」）を、この年度フォルダーに写すか、その版を含むプログラムで読んでください。",
    why="様式の定義は版ごとに固定されていて、ブックはどの定義で作られたかをハッシュ値で示します。別の定義で読むと、値が別の欄に入ることがあります。",
    wrong="定義を直したあとで、直す前に配布したブックを読んだ。",
    right="定義を直すときは版を上げ、配布し直した。",
    to_department="財政課に知らせてください。新しいブックが配られていれば、そのブックに書き写して出し直してください。",
)
UNKNOWN_PANEL = Code(
    "YX020",
    weight=Weight.INFO,
    title="「確認すること」の版が分からない",
    fact="「確認すること」の式の版を、このプログラムは知りません。値はいつもどおり読みました。",
    remedy="ブックを配布したときより前のプログラムであれば、新しくしてください。",
    why="「確認すること」の式は版ごとに残してあり、ブックは配布したときの版と比べます。知らない版の式は、全体が配布したときのままかどうかだけを確かめます。",
    wrong="新しいプログラムで配布したブックを、前のプログラムで読んだ。",
    right="配布したプログラムか、それより新しいプログラムで読んだ。",
)
OTHER_YEAR = Code(
    "YX032",
    weight=Weight.ERROR,
    title="年度がちがう",
    fact="{found}のブックです。この年度フォルダーは{expected}です。",
    remedy="{expected}のブックに記入して提出してもらってください。",
    why="前年度のブックを使い回すと、様式や款の一覧が古いままになります。",
    wrong="令和元年度のブックを令和2年度の提出フォルダーに置いた。",
    right="令和2年度のブックを提出した。",
)
COPIED_SHEET = Code(
    "YX034",
    weight=Weight.WARNING,
    title="要求書のシートが複製されている",
    fact="要求書ID {id} のシートが複製されています。{new_id} として読みました。",
    remedy="1件の要求でよいか、所管課に確かめてください。",
    why="表計算ソフトでシートを複製すると、要求書IDも同じものが写ります。複製に記入があれば、別の要求として数えます。",
    wrong="控えに複製した要求書1 を、消さずに提出した。",
    right="控えを消して提出した（足りないシートのために複製したものは、そのままで構いません）。",
)
SAME_COPY = Code(
    "YX035",
    weight=Weight.INFO,
    title="内容が同じ複製のシートがある",
    fact="要求書ID {id} のシートと記入内容が同じ複製です。要求として数えていません。",
    remedy="このままでかまいません。複製は数えていません。",
    why="同じ内容の複製を数えると、要求額が二重になります。",
    wrong="要求書1 を控えとして複製したまま提出した。",
    right="控えのシートを削除して提出した。",
)
LOST_PLACE = Code(
    "YX036",
    weight=Weight.ERROR,
    title="様式の欄がなくなっている",
    fact="{labels}の欄がありません。行、列、または名前が削除されています。",
    remedy="配布したブックに記入し直してもらってください。",
    why="欄が削除されると、その値を読めません。ほかの欄の値を代わりに読むことはしません。",
    wrong="「小計」の行を削除した。",
    right="使わない行を空欄のまま残した。",
)
CHANGED_LABEL = Code(
    "YX037",
    weight=Weight.WARNING,
    title="様式の文字が変わっている",
    fact="様式の「{expected}」が「{found}」に変わっています。",
    remedy="欄の意味が変わっていないか確かめ、配布したブックに戻してもらってください。",
    why="欄の名前が変わると、書かれた値の意味も変わっているおそれがあります。",
    wrong="「事業説明文」を「概要」に書き換えた。",
    right="様式の文字は書き換えない。",
)
NAME_ELSEWHERE = Code(
    "YX695",
    weight=Weight.ERROR,
    title="欄の名前が別の欄を指している",
    fact="「{label}」の欄の名前が、様式の「{found}」のところを指しています。",
    remedy="配布したブックに記入し直してもらってください。",
    why="欄は名前で読みます。名前が別の欄のセルに移ると、事業名として別の文を、ある財源として別の財源の額を読むことになります。",
    wrong="名前の管理で、事業名の欄の名前の参照先を、事業説明文のセルに変えた。",
    right="欄の名前を変えない。",
)
MOVED = Code(
    "YX038",
    weight=Weight.INFO,
    title="行または列の数が変わっている",
    fact="様式の行または列の数が変わっています（挿入か削除）。値はもとの欄から読みました。",
    remedy="明細の途中に挿入した行は、明細として読みます。ほかの行や列に書いてあることは、あれば別の指摘で知らせます。",
    why="欄の場所は名前で追うので、行や列の挿入や削除があっても正しい欄を読めます。",
    wrong="明細の上に1行挿入した。",
    right="行や列の挿入や削除をしない。",
)
UNPROTECTED = Code(
    "YX039",
    weight=Weight.WARNING,
    title="シートの保護が外れている",
    fact="シートの保護が外れています。",
    remedy="式や様式が変えられていないか、ほかの指摘を見て確かめてください。",
    why="保護は書き間違いを防ぐためのものです。外れていると、式を消してしまうことがあります。",
    wrong="保護を解除して提出した。",
    right="保護したまま提出した。",
)
FORMULA_GONE = Code(
    "YX041",
    weight=Weight.WARNING,
    title="式が同じ値に置き換わっている",
    fact="「{label}」の式がなくなり、値 {found} が直接入っています（計算した値と同じです）。",
    remedy="このままでも集計できますが、明細を直すと合わなくなります。",
    why="計算の欄が値になっていると、明細を直しても計が変わりません。",
    wrong="合計の式を、同じ金額の数字で上書きした。",
    right="計算の欄には入力しない。",
)
FORMULA_OVERWRITTEN = Code(
    "YX042",
    weight=Weight.ERROR,
    title="式が別の値に置き換わっている",
    fact="「{label}」の式がなくなり、{found} が直接入っています。計算し直した値は {expected} です。",
    remedy="どちらが正しいか所管課に確かめ、式のある様式に戻してもらってください。",
    why="計算の欄を上書きすると、明細と計が合わなくなります。紙に印刷した額とも食いちがいます。",
    wrong="合計を端数のない金額で上書きした。",
    right="明細を直して、合計は式に計算させた。",
)
FORMULA_CHANGED = Code(
    "YX043",
    weight=Weight.ERROR,
    title="式が変わっている",
    fact="「{label}」の式が「{found}」に変わっています。配布した式は「{expected}」です。",
    remedy="式のある様式に戻してもらってください。",
    why="切り取りと貼り付けで明細を動かすと、計の式が指す範囲も動きます。",
    wrong="明細の行を切り取って別の行に貼り付けた。",
    right="明細は写して貼り付け、もとの行を消した。",
)
STALE = Code(
    "YX044",
    weight=Weight.WARNING,
    title="保存された計算結果が古い",
    fact="「{label}」に保存された値 {found} が、計算し直した値 {expected} とちがいます。計算した値を使います。",
    remedy="表計算ソフトで再計算してから保存してもらってください。",
    why="計算方法が手動のブックは、直したあとの値が保存されないことがあります。保存された計算結果は信じず、いつも計算し直します。",
    wrong="手動計算のまま明細を直して保存した。",
    right="再計算（F9）してから保存した。",
)
OTHER_RESULT = Code(
    "YX688",
    weight=Weight.WARNING,
    title="値だけのブックの計が明細と合わない",
    fact="「{label}」に保存された値 {found} が、計算し直した値 {expected} とちがいます。計算した値を使います。",
    remedy="明細と計のどちらが正しいか所管課に確かめ、配布した .xlsx 形式で、再計算して保存し直してもらってください。",
    why="xls、xlsb、ods では式を読まないので、計算が古いのか、式が上書きされたのかは分かりません。計は、いつも明細から計算し直します。",
    wrong="合計を上書きして、xls 形式で保存した。",
    right="明細を直し、合計は式に計算させて、.xlsx 形式のまま保存した。",
)
NEVER_CALCULATED = Code(
    "YX045",
    weight=Weight.WARNING,
    title="計算されていないブック",
    fact="式の計算結果が保存されていません。計算した値を使います。",
    remedy="表計算ソフトで開いて保存し直してもらうと確実です。",
    why="表計算ソフト以外のプログラムで保存すると、計算結果が保存されないことがあります。",
    wrong="変換プログラムを通したファイルを提出した。",
    right="Excel または LibreOffice で保存した。",
)
FINANCE_CHANGED = Code(
    "YX046",
    weight=Weight.WARNING,
    title="財政課や前年度などの欄が変わっている",
    fact="{whose}欄「{label}」が、配布したときの「{expected}」から「{found}」に変わっています。配布したときの値を使います。",
    remedy="所管課に確かめてください。財政課が決めた値は、集計のブックに記入します。",
    why="財政課が記入する欄と前年度などの欄は、配布したときに決まっていて、所管課のブックからは読みません。",
    wrong="所管課が NO を書き換えた。",
    right="財政課の欄には入力しない。",
)
VALUES_ONLY = Code(
    "YX047",
    weight=Weight.WARNING,
    title="値だけを読んだブック",
    fact="{kind} 形式のブックなので、値だけを読みました。式や保護は確かめていません。",
    remedy="Excel か LibreOffice で .xlsx 形式に保存し直してもらうと、すべて確かめられます。",
    why="xls、xlsb、ods の形式からは値だけを読みます。計算の欄は明細から計算し直します。",
    wrong="LibreOffice で ods 形式に保存して提出した。",
    right="配布した .xlsx 形式のまま保存して提出した。",
)
NAMES_LOST = Code(
    "YX048",
    weight=Weight.WARNING,
    title="欄の名前が失われている",
    fact="欄の名前が失われているため、様式の文字を手がかりに読みました。",
    remedy="値が正しい欄から読まれているか、集計の「一覧」で確かめてください。",
    why="ほかのプログラムで保存すると、欄の名前が失われることがあります。様式の文字がすべて元の場所にあるときだけ読みます。",
    wrong="名前を保存しないプログラムで保存した。",
    right="Excel または LibreOffice で保存した。",
)
WITH_MACROS = Code(
    "YX049",
    weight=Weight.INFO,
    title="マクロを含むブック",
    fact="マクロを含むブックです。マクロは読まず、動かしません。",
    remedy="配布したブックにマクロはありません。別のブックに写していないか確かめてください。",
    why="配布するブックはマクロを使いません。",
    wrong="自作のマクロを入れて .xlsm で保存した。",
    right="配布した .xlsx のまま保存した。",
)
UNLOCKED = Code(
    "YX050",
    weight=Weight.WARNING,
    title="ロックが外れたセルがある",
    fact="入力しないセルのロックが外れています（{cells}）。",
    remedy="様式や式が変えられていないか確かめ、配布したブックに戻してもらってください。",
    why="ロックの外れたセルは、シートを保護していても書き換えられます。",
    wrong="セルの書式設定で「合計」のロックを外した。",
    right="セルの書式設定を変えずに提出した。",
)
PANEL_CHANGED = Code(
    "YX051",
    weight=Weight.WARNING,
    title="「確認すること」の式が変わっている",
    fact="「確認すること」の式が変わっているか、なくなっています（{cells}）。",
    remedy="値はこのプログラムが確かめ直しています。様式は配布したブックに戻してもらってください。",
    why="「確認すること」の式が変わると、記入する人に誤りが知らされません。",
    wrong="「誤り」の表示を「○」で上書きした。",
    right="「確認すること」の指示に従って、記入を直した。",
)
STAMP_LOST = Code(
    "YX052",
    weight=Weight.WARNING,
    title="様式の印が失われている",
    fact="隠しシートにあった様式の印がありません。様式の文字を手がかりに読みました。",
    remedy="所管課と年度、値が正しいか、集計の「一覧」で確かめてください。",
    why="隠しシートを消すと、どの版の様式か、配布したときに何が書かれていたかが分からなくなります。様式の文字がすべて合うときだけ読みます。",
    wrong="隠しシートを表示して削除した。",
    right="隠しシートをそのままにして提出した。",
)
RENAMED = Code(
    "YX053",
    weight=Weight.INFO,
    title="要求書のシートの名前が変わっている",
    fact="シートの名前が、配布したときの「{expected}」から変わっています。値はもとの欄から読みました。",
    remedy="そのままで構いません。",
    why="シートは名前でなく印で見分けるので、名前が変わっても正しく読めます。財政課が見たときに、どの要求書か分かるように知らせます。",
    wrong="「要求書1」を事業の名前に変えた。",
    right="シートの名前を変えない。",
)
UNSEEN = Code(
    "YX054",
    weight=Weight.WARNING,
    title="見えないところに記入がある",
    fact="{what}に記入があります（{cells}）。値は読み、計にも入れています。",
    remedy="要る記入なら、見えるようにして出し直してもらってください。要らないなら消してもらってください。",
    why="隠れた記入は、シートの計には入るのに、印刷した紙には出ません。",
    wrong="明細の行を非表示にして提出した。",
    right="使わない明細は消して提出した。",
)
ELSEWHERE = Code(
    "YX055",
    weight=Weight.ERROR,
    title="ほかのブックのシートがある",
    fact="所管課コード「{code}」、要求書ID「{id}」のシートは、所管課コード「{own}」に配布したこのブックのものではありません。",
    remedy="シートのもとの課とどの課の要求かを確かめ、その課のブックで出し直してもらってください。",
    why="ほかのブックのシートを取り込むと、ほかの課の要求がこの課のものになり、もとのブックと二重にも数えられます。"
    "要求は、シート自身の所管課の要求として一度だけ数えます。どの課か決まらないときは数えません。",
    wrong="部のとりまとめで、地域振興課のブックに税務課の要求書を移した。",
    right="課ごとに、配布されたブックに要求を書いた。",
)
ID_CHANGED = Code(
    "YX056",
    weight=Weight.ERROR,
    title="要求書IDが配布したものとちがう",
    fact="要求書ID「{found}」は、このブックに配布したものではありません。「{expected}」の要求として読みました。",
    remedy="どの要求か所管課に確かめ、配布された要求書に書き直してもらってください。",
    why="要求書IDは要求を見分ける番号です。変わると、出し直した要求が別の要求として二度数えられます。",
    wrong="要求書2 の要求書IDを、要求書9 のものに書きかえた。",
    right="要求書IDには入力しない。",
)
SPLIT = Code(
    "YX059",
    weight=Weight.WARNING,
    title="欄の文字がいくつかのセルに分かれている",
    fact="「{label}」の文字が{cells}に分かれています（セルの結合が外れています）。つないで読みました。",
    remedy="つないだ文が書いたとおりか、集計の「一覧」で確かめてください。",
    why="表を貼り付けると、欄の結合が外れて、文字が隣や下のセルに入ります。配布した様式では、欄の最初のセルだけが欄です。",
    wrong="4行の文を「事業説明文」に貼り付け、セルの結合が外れた。",
    right="セルを編集できる状態（F2）にしてから、1つのセルに文を貼り付けた。",
)
IN_FIELD = Code(
    "YX090",
    weight=Weight.ERROR,
    title="欄の中に読めない記入がある",
    fact="「{label}」の欄の中に、読めない記入があります（{what}）。",
    remedy="欄の記入を、欄の最初（左上）のセルにまとめてもらってください。",
    why="欄の結合が外れると、欄の2つ目からのセルにも記入できます。数や日付は、どう見せたかったのかが分からないので、つないで読むことはしません。",
    wrong="「内容」の欄に3列の表を貼り付け、単価が隣のセルに入った。",
    right="「端末 12台（単価10,000円）」と1つのセルに書いた。",
)
STRAY_AMOUNT = Code(
    "YX091",
    weight=Weight.ERROR,
    title="金額が様式の欄でない行にある",
    fact="金額の列に、様式の欄でない行の記入があります（{what}）。計に入っていません。",
    remedy="要求する額なら明細の行に、財源なら財源の欄に入力し直してもらってください。要らないなら消してもらってください。",
    why="明細の最初の行の上や最後の行の下に挿入した行は、小計の式の範囲に入りません。紙には出るのに、計には入らない額になります。",
    wrong="明細の最初の行の上に1行挿入して、1,000 と入力した。",
    right="空いている明細の行に 1,000 と入力した。",
)
BESIDE = Code(
    "YX092",
    weight=Weight.WARNING,
    title="様式の欄でないところに記入がある",
    fact="様式の欄でないところに記入があります（{what}）。要求としては読みません。",
    remedy="内容を確かめ、要求に要ることなら、欄に書いてもらってください。",
    why="様式の右や下、結合したセルの下、「はじめに」や「積算」の余白に書かれたことは、どの欄のことかが分からないので、集計にも公表にも出ません。",
    wrong="要求書の下に「別紙のとおり追加で5,000千円を要求します」と書いた。",
    right="追加の要求を明細に書いた。",
)
NOTE = Code(
    "YX093",
    weight=Weight.WARNING,
    title="メモ、コメント、図形の文字などがある",
    fact="セルの外に書かれたことがあります（{what}）。要求としては読みません。",
    remedy="内容を確かめ、要求に要ることなら、欄に書いてもらってください。",
    why="メモやコメント、テキストボックスは、財政課に知らせたいことが書かれていても、集計にも公表にも出ません。",
    wrong="「この額は概算です」というメモを金額のセルに付けた。",
    right="金額が概算であることを、欄の文の中に書いた。",
)
OWN_SHEET = Code(
    "YX022",
    weight=Weight.WARNING,
    title="様式にないシートに記入がある",
    fact="様式にない{hidden}シートで、{cells}個のセルに記入があります（{what}）。要求としては読みません。",
    remedy="内容を確かめ、要求に要ることなら、要求書の欄に書いてもらってください。",
    why="所管課が加えたシートは、何が書かれていても、集計にも公表にも出ません。",
    wrong="「別紙」というシートに、追加の要求を書いた。",
    right="追加の要求を、配布された要求書のシートに書いた。",
)
ALIKE = Code(
    "YX694",
    weight=Weight.ERROR,
    title="要求書らしいものが読まれていない",
    fact="要求書の様式に似たものがありますが（様式の見出し {labels}個、数 {numbers}個）、要求として読んでいません。計に入っていません。",
    remedy="要求なら、配布した要求書のシートに記入し直してもらってください。控えや前年度の写しなら、削除してもらってください。",
    why="加えたシートや欄の外に貼り付けた要求書は、どの欄に何があるかを確かめられないので、読みません。黙って除くと、要求が1件消えます。",
    wrong="5件目の要求書を、「追加要求」というシートに貼り付けた。",
    right="5件目の要求書を、配布された要求書5 に記入した。",
)
NOT_READ = Code(
    "YX023",
    weight=Weight.INFO,
    title="画像、グラフ、埋め込み、リンクがある",
    fact="読まないものがあります（{what}）。",
    remedy="内容を見るときは、提出されたブックを開いてください。",
    why="画像やグラフ、埋め込まれたファイル、ほかのブックは読みません。そこに書かれた額や文は、要求に入りません。",
    wrong="見積書の画像を要求書に貼り付けた。",
    right="見積書の額を明細に書いた。",
)
TAKEN_OTHERWISE = Code(
    "YX810",
    weight=Weight.WARNING,
    title="積算から取った額が積算の記入と合わない",
    fact="「{label}」の式は「積算」の {source} を使っていますが、{why}。",
    remedy="「積算」の記入とこの額を確かめ、正しい額にして出し直してもらってください。",
    why="前に配布した「積算」は、税率に 10% と入力すると0.1％で計算し、「10％」のような文字は0として計算しました。円の列を千円の欄で使うと、額が千倍になります。",
    wrong="前に配布したブックの「積算」で、税率に 10% と入力した。",
    right="「積算」の税率に 10 と入力し、「千円」の列のセルを使った。",
)
ESTIMATE_DIFFERS = Code(
    "YX811",
    weight=Weight.WARNING,
    title="積算の額と入力した額がちがう",
    fact="「積算」の {rows}行目は、この要求書のこの内容を {computed} と計算していますが、「{label}」は {amount} です。",
    remedy="どちらが正しいか確かめ、合わせてもらってください。",
    why="「積算」の行は、要求書のシートと内容が同じ明細のものとして比べます。行が2つ以上あるときは、計を比べます。",
    wrong="「積算」で 4,017 と計算した委託料を、要求書に 4,071 と入力した。",
    right="要求書の金額の欄に「=」を入力し、「積算」の「千円」のセルをクリックした。",
)
FOR_FINANCE = frozenset(code.code for code in (BESIDE, NOTE, OWN_SHEET, NOT_READ))
"""What is told so that finance looks at it: no book goes back for it."""

LEFT_OUT = FOR_FINANCE | {ALIKE.code, IN_FIELD.code, STRAY_AMOUNT.code}
"""What was written into a book and is no part of any request."""

BOOK_CODES = (
    TAKEN_OTHERWISE,
    ESTIMATE_DIFFERS,
    OWN_SHEET,
    ALIKE,
    NOT_READ,
    SPLIT,
    IN_FIELD,
    STRAY_AMOUNT,
    BESIDE,
    NOTE,
    ELSEWHERE,
    ID_CHANGED,
    UNSEEN,
    UNLOCKED,
    PANEL_CHANGED,
    STAMP_LOST,
    RENAMED,
    VALUES_ONLY,
    NAMES_LOST,
    WITH_MACROS,
    NOT_OUR_FORM,
    NOTICE_HANDED_IN,
    UNKNOWN_FORM,
    UNKNOWN_PANEL,
    OTHER_YEAR,
    COPIED_SHEET,
    SAME_COPY,
    LOST_PLACE,
    CHANGED_LABEL,
    NAME_ELSEWHERE,
    MOVED,
    UNPROTECTED,
    FORMULA_GONE,
    FORMULA_OVERWRITTEN,
    FORMULA_CHANGED,
    STALE,
    OTHER_RESULT,
    NEVER_CALCULATED,
    FINANCE_CHANGED,
)


AMOUNT_AS_TEXT = Code(
    "YX120",
    weight=Weight.ERROR,
    title="金額が文字になっている",
    fact="「{label}」の「{found}」は文字なので、シートの計に入っていません。{amount}{unit}と読みました。",
    remedy="{unit_first}半角の数字で入力し直してもらってください。",
    why="文字で入力された金額は、式の計では0になります。紙に印刷した計と、読み取った額が食いちがいます。",
    wrong="「１，２３４」や「1,234千円」と入力した。",
    right="1234 と入力した（表示は 1,234）。",
)
LIMIT_AS_TEXT = Code(
    "YX130",
    weight=Weight.WARNING,
    title="計に入らない金額が文字になっている",
    fact="「{label}」の「{found}」は文字です。{amount}{unit}と読みました。",
    remedy="{unit_first}半角の数字で入力し直してもらってください。",
    why="どの計にも入らない欄なので合計は変わりませんが、単位の読みちがいがあると額が変わります。",
    wrong="限度額に「1,234千円」と入力した。",
    right="限度額に 1234 と入力した（表示は 1,234）。",
)
NOT_AN_AMOUNT = Code(
    "YX121",
    weight=Weight.ERROR,
    title="金額として読めない",
    fact="「{label}」の「{found}」は{kind}として読めません。",
    remedy="{wanted}を半角の数字で入力してもらってください。",
    why="読めない金額を0として数えると、要求額が足りなくなります。",
    wrong="「約500」と入力した。",
    right="500 と入力し、説明は内容の欄に書いた。",
)
TOO_LARGE = Code(
    "YX123",
    weight=Weight.ERROR,
    title="金額の桁が大きすぎる",
    fact="「{label}」の {found} は、入れられる範囲（△{most}～{most}）の外です。値は読んでいません。",
    remedy="桁と単位を確かめて、入力し直してもらってください。",
    why="範囲は10兆円で、どの自治体の予算よりも大きい額です。貼り付けのまちがいなどで桁の多い数が入ると、合計が意味を失います。",
    wrong="12000000000000000000 と入力した。",
    right="12,000 と入力した。",
)
FRACTION = Code(
    "YX122",
    weight=Weight.ERROR,
    title="金額に端数がある",
    fact="「{label}」の {found} は{wanted}ではありません。",
    remedy="端数を処理した{wanted}を入力してもらってください。",
    why="様式の単位より小さい端数は、画面では丸めて表示されても、計に入ります。",
    wrong="1234.5 と入力した。",
    right="1235 と入力した（歳出は切上げ）。",
)
NOT_A_VALUE = Code(
    "YX124",
    weight=Weight.ERROR,
    title="値として読めない",
    fact="「{label}」が「{found}」になっていて、値を読めません。",
    remedy="{at_source}正しい値を入力し直してもらってください。",
    why="エラー値、TRUE・FALSE、日付は、金額や文章として読めません。",
    wrong="ほかのブックを参照する式が #REF! になった。",
    right="値を直接入力した。",
)
NO_FIGURE = Code(
    "YX125",
    weight=Weight.WARNING,
    title="金額の欄に記号がある",
    fact="「{label}」の「{found}」は「記入なし」と読みました。",
    remedy="額がないときは空欄に、0円のときは 0 にしてもらってください。",
    why="「-」や「なし」は数字ではないので、0とは区別して「記入なし」とします。",
    wrong="「-」と入力した。",
    right="空欄のままにした。",
)
NUMBER_AS_TEXT = Code(
    "YX126",
    weight=Weight.INFO,
    title="文章の欄に数値がある",
    fact="「{label}」の数値 {found} を文字として読みました。",
    remedy="そのままで構いません。",
    why="文章の欄に数字だけを入力すると、数値になることがあります。",
    wrong="事業名に 2020 とだけ入力した。",
    right="「2020年度事業」と入力した。",
)
NO_RESULT = Code(
    "YX127",
    weight=Weight.ERROR,
    title="入力欄の式に計算結果がない",
    fact="「{label}」の式「={formula}」の計算結果が保存されていません。",
    remedy="表計算ソフトで開いて保存し直してもらうか、値を入力してもらってください。",
    why="入力欄には式も書けますが、読むのは保存された計算結果です。",
    wrong="積算のシートを指す式を書き、表計算ソフト以外のプログラムで保存した。",
    right="積算のシートを指す式を書き、Excel で保存した。",
)
MENDED_NAME = Code(
    "YX128",
    weight=Weight.WARNING,
    title="一覧の名称と文字がちがう",
    fact="「{label}」の「{found}」を「{mended}」と読みました。",
    remedy="一覧から選び直してもらってください。",
    why="PDF から写した文字には、見た目は同じでも別の文字（部首の文字や全角・半角のちがい）が混じります。",
    wrong="PDF から写した「⺠⽣費」を貼り付けた。",
    right="一覧から「民生費」を選んだ。",
)
NOT_A_YEAR = Code(
    "YX129",
    weight=Weight.ERROR,
    title="年度として読めない",
    fact="「{label}」の「{found}」は年度として読めません。",
    remedy="一覧から年度を選び直してもらってください。",
    why="債務負担行為の期間は会計年度で示します。",
    wrong="「来年から」と入力した。",
    right="一覧から「令和3年度」を選んだ。",
)
SHOWN_OTHERWISE = Code(
    "YX131",
    weight=Weight.ERROR,
    title="表示されている額と記録された額がちがう",
    fact="「{label}」は {shown} と表示されていますが、記録された値は {held} です。",
    remedy="どちらが正しいか所管課に確かめ、正しい額（{unit}）を入力し直し、セルの表示形式を「#,##0」にしてもらってください。",
    why="表示形式が千円や百万円の単位で表示したり、マイナスを消したりすると、所管課が見ている額と計に入る額がちがいます。",
    wrong="円の表から「#,##0,」の書式ごと貼り付け、4,001 と表示されるセルに 4001000 が入っている。",
    right="4001 と入力した（表示は 4,001）。",
)
UNSEEN_VALUE = Code(
    "YX132",
    weight=Weight.WARNING,
    title="セルに入っている値が見えない",
    fact="「{label}」には「{held}」が入っていますが、{why}なので見えません。",
    remedy="値は読み、計にも入れています。要る値なら見えるようにし、要らないなら消して出し直してもらってください。",
    why="見えない値は、シートの計には入るのに、画面にも紙にも出ません。",
    wrong="要求額のセルの表示形式を「;;;」にした。文字の色を白にした。",
    right="使わない額は消して提出した。",
)
READ_AS_SHOWN = Code(
    "YX133",
    weight=Weight.INFO,
    title="文章の欄の数値や日付を、表示のとおりに読んだ",
    fact="「{label}」は {shown} と表示されているので、そのとおりに読みました（記録された値は {held}）。",
    remedy="表示のとおりでよければ、そのままで構いません。",
    why="「50%」「4月1日」などと入力すると、表計算ソフトは数値として記録し、表示だけを変えます。",
    wrong="財源の名称に 50% と入力し、0.5 が記録された。",
    right="「補助率50%」と入力した。",
)
UNKNOWN_FORMAT = Code(
    "YX134",
    weight=Weight.ERROR,
    title="何と表示されているかわからない",
    fact="「{label}」の表示形式「{format}」では、記録された値 {held} が何と表示されているかわかりません。",
    remedy="表示形式を「標準」にし、正しい値を入力し直してもらってください。",
    why="値は表示のとおりに読みます。特別な表示形式では、所管課が見ているものと記録された値が同じとはかぎりません。",
    wrong="要求額のセルの表示形式を「[DBNum1]」（漢数字）にした。",
    right="要求額のセルの表示形式を変えずに提出した。",
)
STRUCK_LINE = Code(
    "YX135",
    weight=Weight.ERROR,
    title="取り消し線の引かれた行や額がある",
    fact="「{label}」の「{words}」に取り消し線が引かれています。",
    remedy="取り消すのであれば行の内容と額を消し、要るのであれば取り消し線を外して出し直してもらってください。",
    why="取り消し線を引いても、シートの計にはその額が入ったままです。要求に含めるかどうかが決まるまで集計に入れません。",
    wrong="やめることにした明細 900千円 に取り消し線を引いて提出した。",
    right="やめることにした明細を消して提出した。",
)
STRUCK_WORDS = Code(
    "YX136",
    weight=Weight.WARNING,
    title="取り消し線の引かれた文字がある",
    fact="「{label}」のうち「{words}」に取り消し線が引かれています。取り消し線のない文字と同じように読みました。",
    remedy="見え消しであれば、消した文字を取り除いて出し直してもらってください。",
    why="ページやCSVには取り消し線が出ないので、消したつもりの文字も残って見えます。",
    wrong="「4,000千円」に取り消し線を引き、後ろに「4,500千円」と書いた。",
    right="「4,500千円」とだけ書いた。",
)
RAISED = Code(
    "YX137",
    weight=Weight.WARNING,
    title="上付きや下付きの文字がある",
    fact="「{label}」のうち「{words}」は上付きか下付きの文字です。ふつうの文字と同じように読みました。",
    remedy="意味が変わるときは、「³」のような文字そのものか、別の言い方で書き直してもらってください。",
    why="ページやCSVには上付きや下付きの書式が出ないので、10の3乗が「103」に見えます。",
    wrong="「103」の 3 を上付きの書式にした。",
    right="「10³」または「1,000」と書いた。",
)
ALTERED = Code(
    "YX138",
    weight=Weight.WARNING,
    title="条件によって表示の変わる記入がある",
    fact="{cells} には、値を見えなくするか別の額に見せる条件付き書式が付いています。",
    remedy="表示されている値と読んだ値が同じか確かめ、条件付き書式を外して出し直してもらってください。",
    why="条件付き書式で文字を白くしたり表示形式を変えたりすると、所管課が見ているものと記録された値がちがうことがあります。",
    wrong="要求額に、1000 以上なら「#,##0,」で表示する条件付き書式を付けた。",
    right="条件付き書式を付けずに提出した。",
)
SHOWN_IN_YEN = Code(
    "YX139",
    weight=Weight.WARNING,
    title="別の単位で表示されている",
    fact="「{label}」は {shown} と表示されていますが、この欄の単位は{unit}です。{held}{unit}と読みました。",
    remedy="{unit}の額であれば表示形式を「#,##0」にし、そうでなければ{unit}に直してもらってください。",
    why="通貨の表示形式のセルに入力した人は、円の額を書いたのかもしれません。",
    wrong="表示形式が「¥#,##0」のセルに 450000 と入力した。",
    right="表示形式が「#,##0」のセルに 450 と入力した。",
)
ZEROS_LOST = Code(
    "YX140",
    weight=Weight.WARNING,
    title="コードの先頭の0がない",
    fact="「{label}」の数値 {found} を、先頭の0を補って「{mended}」と読みました。",
    remedy="正しいコードか確かめ、文字として入力し直してもらってください。",
    why="数値として貼り付けたコードは、先頭の0が消えます。桁の決まった数字だけのコードは、0を補って読みます。",
    wrong="6桁の事業コードの欄に、ほかの表から 1234 を貼り付けた。",
    right="「001234」と入力した。",
)
CELL_CODES = (
    AMOUNT_AS_TEXT,
    LIMIT_AS_TEXT,
    NOT_AN_AMOUNT,
    TOO_LARGE,
    FRACTION,
    NOT_A_VALUE,
    NO_FIGURE,
    NUMBER_AS_TEXT,
    NO_RESULT,
    MENDED_NAME,
    NOT_A_YEAR,
    SHOWN_OTHERWISE,
    UNSEEN_VALUE,
    READ_AS_SHOWN,
    UNKNOWN_FORMAT,
    STRUCK_LINE,
    STRUCK_WORDS,
    RAISED,
    ALTERED,
    SHOWN_IN_YEN,
    ZEROS_LOST,
)
