"""What there is to tell of a 内示 book that came back."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Weight

NO_NOTICE = Code(
    "YX763",
    weight=Weight.ERROR,
    title="内示のブックではない",
    fact="内示のブックではないので、復活要求を読んでいません。",
    remedy="内示のブックの「復活要求」のシートに入力して出してもらい、「復活」のフォルダーに入れてください。要求書のブックは「提出」のフォルダーに入れます。",
    why="復活要求は、どの課のどの段階の内示に対するものかを隠しシートに持つ、内示のブックだけから読みます。",
    wrong="要求書のブックを「復活」のフォルダーに入れた。",
    right="「内示」のフォルダーのブックに入力したものを「復活」のフォルダーに入れた。",
)
NO_SHEET = Code(
    "YX764",
    weight=Weight.ERROR,
    title="復活要求の欄が見つからない",
    fact="「復活要求」の{what}が見つからないので、復活要求を読んでいません。",
    remedy="「内示」のフォルダーのブックを送り直し、「復活要求」のシートに入力してもらってください。",
    why="どの要求のどの額かが分かる列がそろっているときだけ読みます。",
    wrong="「復活要求」のシートを消して、ほかのシートに書いた。",
    right="「復活要求」のシートの黄色い欄に入力した。",
)
OF_NO_REQUEST = Code(
    "YX765",
    weight=Weight.ERROR,
    title="どの要求の復活要求か分からない",
    fact="復活要求の行「{id}」は、{what}ので、読んでいません。",
    remedy="内示にある要求の行に入力し直してもらってください。内示のあとの新しい要求は、要求書で出してもらいます。",
    why="復活要求は、内示をした要求ごとに受けます。",
    wrong="「復活要求」のシートに行を足して、内示にない事業を書いた。",
    right="内示にある事業の行の黄色い欄に入力した。",
)
NO_AMOUNT = Code(
    "YX766",
    weight=Weight.ERROR,
    title="復活要求額がない",
    fact="「{title}」は{what}ので、復活要求として数えていません。",
    remedy="復活要求額（内示額に加えて要求する額）を1以上の整数で入力してもらってください。復活要求をしないときは、行の欄をすべて空にします。",
    why="復活要求額は、内示額に加えて要求する額です。",
    wrong="理由だけを書き、復活要求額を空にした。",
    right="復活要求額 5,000 と、その理由を書いた。",
)
NO_REASON = Code(
    "YX767",
    weight=Weight.WARNING,
    title="復活要求の理由がない",
    fact="「{title}」の復活要求 {amount} に理由がありません。",
    remedy="理由を所管課に確かめてください。額は数えています。",
    why="復活要求は、理由を見て査定します。",
    wrong="復活要求額 5,000、理由は空",
    right="復活要求額 5,000、理由「契約の更新が避けられないため」",
)
ABOVE = Code(
    "YX768",
    weight=Weight.ERROR,
    title="復活要求の財源が復活要求額を超えている",
    fact="「{title}」の特定財源の計 {sources} が、復活要求額 {amount} を超えています。",
    remedy="財源か復活要求額を直してもらってください。復活要求額だけを数え、財源は使っていません。",
    why="一般財源は、復活要求額から特定財源を引いた残りです。",
    wrong="復活要求額 5,000、特定財源の計 6,000",
    right="復活要求額 5,000、特定財源の計 3,000（残り 2,000 は一般財源）",
)
GIVEN_CHANGED = Code(
    "YX769",
    weight=Weight.WARNING,
    title="内示額が書きかえられている",
    fact="「{title}」の内示額が「{found}」に書きかえられています。内示額は「{expected}」です。",
    remedy="復活要求額が内示額に加える額になっているか、所管課に確かめてください。内示額はもとのままとして扱っています。",
    why="内示額は財政課が決めた額で、復活要求のブックでは変わりません。",
    wrong="保護を外して、内示額 5,200 を 10,000 に書きかえた。",
    right="内示額はそのままで、復活要求額に 4,800 と書いた。",
)
CODES = (NO_NOTICE, NO_SHEET, OF_NO_REQUEST, NO_AMOUNT, NO_REASON, ABOVE, GIVEN_CHANGED)
