"""What can be found in what finance typed, and in what was decided."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

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
    remedy="ちがう事業のときは、対応表.csv に「移動,{new},（正しい要求書ID）」の行を書いて、もう一度実行してください。",
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
    remedy="査定.json を消したか、古いものに戻していませんか。控えの 査定.json があれば戻してください。集計ブックに残っている記入は入れました。空欄にしてあった欄は、前の値に戻っていることがあるので、「一覧」で確かめてください。",
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
    remedy="{remedy}このブックは変えていません。",
    why="(2) などの名前の集計ブックや、-o を省いたときの集計ブックの記入も引き継ぎます。",
    wrong="パスワードを付けて保存した R2_集計(2).xlsx",
    right="パスワードを外した R2_集計(2).xlsx",
)
OTHER_HISTORY = Code(
    "YX728",
    weight=Weight.WARNING,
    title="別の査定の記録から作られた集計ブック",
    fact="「{name}」は、この年度フォルダーの査定の記録（査定.json）とは別の記録から作られた集計ブックです。両方で額のちがうところは、"
    "あとで保存されたほうを入れ、もう一方を「引き継げない記入」に残しました。",
    remedy="「引き継げない記入」を見て、正しいほうを「一覧」に入力してください。これからは、年度フォルダーを1つに決めて集計してください。",
    why="年度フォルダーの写し（持ち出したパソコンなど）で集計したときや、査定.json を前のものに戻したときに起きます。どちらの記入も失わないためです。",
    wrong="ノートパソコンに写した年度フォルダーで集計し、その集計ブックだけを元の集計フォルダーに入れた。",
    right="ノートパソコンでは集計ブックに入力だけをして、元の年度フォルダーで集計した。",
)
CODES = tuple(found for found in tuple(globals().values()) if isinstance(found, Code))
