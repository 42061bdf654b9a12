"""What is told of a summary that was read back and is not as it was written."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

RENAMED = Code(
    "YX710",
    weight=Weight.INFO,
    title="集計ブックのシートの名前が変わっている",
    fact="集計ブックのシート「{written}」が「{name}」になっています。「{written}」として読みました。",
    remedy="そのままで構いません。次の集計ブックでは「{written}」に戻ります。",
    why="シートは名前ではなく、見えない印で見分けています。名前を変えても記入は失われません。",
    wrong="「一覧」を「一覧（最終）」に変えてから集計した。",
    right="「一覧」のまま集計した。",
)
COPIED = Code(
    "YX711",
    weight=Weight.WARNING,
    title="集計ブックのシートがコピーされている",
    fact="集計ブックに「{written}」のコピー「{name}」があります。決定として読むのは「{written}」だけです。",
    remedy="コピーにだけ書かれたものは「引き継げない記入」に載せます。必要なものを「{written}」に書き写してください。",
    why="同じ欄が2か所にあると、どちらが決定か分かりません。",
    wrong="「一覧」をコピーした「一覧 (2)」に予算額を記入した。",
    right="「一覧」に予算額を記入した。",
)
GONE_SHEET = Code(
    "YX712",
    weight=Weight.WARNING,
    title="集計ブックの記入するシートがない",
    fact="集計ブックにシート「{written}」がありません。このシートからは何も読んでいません。",
    remedy="前に集計したときまでの記入は残っていて、次の集計ブックに入ります。そのあとに「{written}」へ記入したものは、もう一度記入してください。",
    why="シートを消しても、取り込み済みの記入は消えません。消したあとの分だけは、どこにも残っていません。",
    wrong="「査定」を削除してから集計した。",
    right="「査定」を残したまま集計した。",
)
GONE_HEADINGS = Code(
    "YX713",
    weight=Weight.WARNING,
    title="集計ブックの見出しが分からない",
    fact="「{sheet}」の見出し{headings}が{what}。この列の記入は読んでいません。",
    remedy="{advice}から、もう一度集計してください。見出しのなくなった列に書かれたものは「引き継げない記入」に載せます。",
    why="見出しを変え、列も加えたり消したりすると、どの列が元の欄か分かりません。分からない列を別の欄として読むことはしません。",
    wrong="「予算額」を「査定額」に変え、その隣に列を加えた。",
    right="見出しはそのままで、右の端に列を加えた。",
)
MOVED_ENTRIES = Code(
    "YX714",
    weight=Weight.WARNING,
    title="記入が別の行に移っている",
    fact="「{sheet}」の{headings}で、前にあった記入 {count}件が別の行にあります。いま見えるとおりに読みました。",
    remedy="記入の列だけを並べ替えたときは、決定が別の事業のものになっています。並べ替える前の値は 査定履歴.csv の「前」の列にあるので、見ながら記入し直してください（前の集計ブックに戻しても、取り入れた記入は戻りません）。並べ替えるときは、表の全部の列を選んでください。",
    why="保護を外して一部の列だけを並べ替えると、事業と決定の組がくずれます。",
    wrong="「予算額」の列だけを選んで、大きい順に並べ替えた。",
    right="見出しのフィルターから、表全体を並べ替えた。",
)

CODES = (RENAMED, COPIED, GONE_SHEET, GONE_HEADINGS, MOVED_ENTRIES)
