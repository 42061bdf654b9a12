"""What keeps an edition from being published, and what is told of one."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NOT_PUBLISHED = Code(
    "YX780",
    weight=Weight.ERROR,
    title="まだ公表していない版",
    fact="「{edition}」は、まだ公表していません（公表フォルダーにありません）。",
    remedy="先に yosan-xl publish {edition} を実行してください。",
    why="決定状況の文章は、要求状況として公表したものをそのまま使います。ページやデータの --edition も、公表したものから作ります。",
    wrong="要求状況を公表する前に yosan-xl publish 決定状況",
    right="yosan-xl publish 要求状況 のあとに yosan-xl publish 決定状況",
)
FROZEN = Code(
    "YX781",
    weight=Weight.ERROR,
    title="公表した版とちがう",
    fact="{called}の{field}が、公表したものとちがいます: {before} → {after}。",
    remedy="外に出したあとであれば、公表した版は変えず、そのままにしてください（要求状況のあとの変更は、決定状況の変更一覧に載ります。決定状況のあとの決定の変更と取下げは、"
    "--add を付けると、変更一覧に示した次の版になります）。"
    "まだ外に出していなければ、公表フォルダーの「{folder}」を別の場所へ移すと、いまの内容で作り直せます。",
    why="公表したものが、知らないうちに別の内容になってはいけません。",
    wrong="要求状況を公表したあとに要求額の変わった要求",
    right="公表したときのままの要求",
)
LATE = Code(
    "YX782",
    weight=Weight.ERROR,
    title="公表したあとに出た要求",
    fact="{called}（{amount}）は、公表した「{edition}」にありません。",
    remedy="加えるときは yosan-xl publish {edition} --add を実行してください（「追加」と示して、新しい版を並べて作ります）。",
    why="公表した版は変えません。あとから出た要求は、そうと分かる形で加えます。",
    wrong="要求状況を公表したあとに提出された要求",
    right="--add で加えた要求",
)
NO_NUMBER = Code(
    "YX783",
    weight=Weight.ERROR,
    title="NO が決まっていない",
    fact="{count} 件の要求の{word}が、まだ仮のものか、ありません（{called}）。",
    remedy="yosan-xl number で{word}を付けてから、もう一度実行してください。",
    why="公表した番号は、あとで変えられません。",
    wrong="yosan-xl number の前に yosan-xl publish 要求状況",
    right="yosan-xl number のあとに yosan-xl publish 要求状況",
)
NOT_DECIDED = Code(
    "YX784",
    weight=Weight.ERROR,
    title="決まっていない要求",
    fact="{called}は、{state}です。",
    remedy="集計ブックで決めてから（段階を締めていれば、yosan-xl stage reopen で開き直します）、もう一度実行してください。--anyway を付けると「未定」として公表します。",
    why="未定を0や空欄のまま公表すると、認めなかったものと区別がつきません。",
    wrong="査定額のない要求が残ったまま yosan-xl publish 決定状況",
    right="すべての要求の額と財源を決めた yosan-xl publish 決定状況",
)
STAGE_OPEN = Code(
    "YX785",
    weight=Weight.ERROR,
    title="締めていない査定段階",
    fact="査定段階「{stage}」は、まだ締めていません。",
    remedy="yosan-xl stage close {stage} を実行してください。--anyway を付けると、額を「未定」として公表します。",
    why="締める前の額は、まだ変わります。",
    wrong="区長査定の途中の yosan-xl publish 決定状況",
    right="最後の段階を締めたあとの yosan-xl publish 決定状況",
)
NOT_SETTLED = Code(
    "YX792",
    weight=Weight.ERROR,
    title="締められない段階の決定状況",
    fact="「{stage}」は、直すところが {errors}件あるので公表していません（段階を締めるときと同じことを確かめています）。",
    remedy="集計ブックで直して保存し、もう一度実行してください。このまま公表するときは --anyway を付けます。",
    why="公表した額は、あとで変えられません。段階を締めるときに断るものは、公表するときも断ります。",
    wrong="ゼロ査定の考え方が空欄のまま yosan-xl publish 決定状況",
    right="すべての決定と考え方を入力した yosan-xl publish 決定状況",
)
UNCOUNTED = Code(
    "YX786",
    weight=Weight.ERROR,
    title="公表した要求が集計に入っていない",
    fact="{called}は公表した要求状況にありますが、いまは未算入です（{why}）。",
    remedy="提出されたブックの誤りを直してから、もう一度実行してください。--anyway を付けると「未定」として公表します。",
    why="誤りのために集計に入らない要求を、取り下げられたものとして公表してはいけません。",
    wrong="要求状況を公表したあとに、財源の合わないブックに差し替えられた要求",
    right="誤りのないブックに差し替えられた要求",
)
TAMPERED = Code(
    "YX787",
    weight=Weight.ERROR,
    title="公表したファイルが変えられている",
    fact="「{name}」がないか、公表したときのものとちがいます。",
    remedy="公表したときのファイルに戻してください（市区町村のサイトや保存庫にある写しを使えます）。まだ外に出していなければ、"
    "そのフォルダーごと別の場所へ移すと、いまの内容で作り直せます。",
    why="決定状況は要求状況のデータから作ります。公表したあとに書きかえられたものは使えません。",
    wrong="公表フォルダーの 要求書.json をメモ帳で直した。",
    right="公表フォルダーのファイルはそのままにする。",
)
NO_PDF = Code(
    "YX788",
    weight=Weight.INFO,
    title="PDF を作っていない",
    fact="PDF は作っていません（{reason}）。",
    remedy="{book} を Excel で開き、そのまま「ファイル」「エクスポート」「PDF/XPS の作成」を選ぶと、すべてのシートが1つの PDF になります（どのシートも選ばれた状態で開きます）。",
    why="PDF は LibreOffice で作ります。ないときは Excel で作れます。",
    wrong="LibreOffice のない PC での yosan-xl publish",
    right="LibreOffice のある PC での yosan-xl publish、または Excel での PDF の作成",
)
KEPT_AS_PUBLISHED = Code(
    "YX789",
    weight=Weight.INFO,
    title="公表したままにした変更",
    fact="{called}の{field}は、公表したあとに変わっています（{before} → {after}）。公表したままにしました。",
    remedy="このままでかまいません。{then}",
    why="--add は、要求（決定状況では、そのあとの決定と取下げも）を加えるだけで、ほかの公表したものは変えません。",
    wrong="要求状況を公表したあとに要求額が変わり、--add で別の要求を加えた。",
    right="公表したあとに変わった要求のない --add",
)
LINES_LEFT_BLANK = Code(
    "YX806",
    weight=Weight.WARNING,
    title="空欄で公表する明細の額",
    fact="{called}の{list}は、要求状況を公表したあとに変わったので、{rows}の「{label}」は空欄です（合計は {amount}）。",
    remedy="どの行の額か分からないためです。行ごとの額も公表するときは、公表したときの内容の名前で要求書を提出し直してもらってください。合計だけでよければ、このままでかまいません。",
    why="公表した要求書の行は変わりません。今の要求書に同じ行がないと、決めた額を入れる行が分かりません。",
    wrong="要求状況を公表したあとに、明細の内容の名前と額を変えた要求書が提出された。",
    right="公表したときと同じ内容の行に、ちがう額を決めた。",
)
NOTHING_LATE = Code(
    "YX790",
    weight=Weight.ERROR,
    title="加える要求がない",
    fact="公表した「{edition}」に加える要求も、そのあとの決定もありません。",
    remedy="--add を付けずに実行してください。まだ公表していないときも、--add は要りません。",
    why="--add は、公表したあとに出た要求と、決定状況ではそのあとの決定と取下げを加えるときだけ使います。要求した内容の変更は加わりません。",
    wrong="新しい要求がないときの yosan-xl publish 要求状況 --add",
    right="公表したあとに要求が提出されたときの yosan-xl publish 要求状況 --add",
)
DECIDED_SINCE = Code(
    "YX791",
    weight=Weight.ERROR,
    title="未定として公表したあとに決まった要求",
    fact="{called}は、未定として公表したあとに {amount} と決まっています。",
    remedy="公表するときは yosan-xl publish {edition} --add を実行してください（「決定」と示して、新しい版を並べて作ります）。",
    why="公表した版は変えません。あとから決まった額は、そうと分かる形で加えます。",
    wrong="publish 決定状況 --anyway で未定として公表した要求に、あとから予算額を入れた。",
    right="--add で決定を加えた要求",
)

CODES = tuple(found for found in tuple(globals().values()) if isinstance(found, Code))
