"""Every word of the second vocabulary in one table: where it stands, what it holds, what it says.

The check of a definition (form/shape.py) and the list of words in the documentation are made of it.
"""

from __future__ import annotations

from typing import NamedTuple

from yosan_xl.model.axes import ASKED, DECIDED, ENVELOPE, LAST_YEAR, STEP

FIELD_MEANINGS = (
    *ENVELOPE,
    *("account", "level1", "level2", "level3", "title", "kind", "project_code"),
    *("rationale", "verdict", "funding_effort", "future_cost"),
    *("contract_start", "contract_end", "contract_limit", "contact"),
)
COLUMN_MEANINGS = ("label", "estimate", "verdict")
LEVELS = ("accounts", "level1", "level2", "level3")
"""Built-in lists of which each depends on the one before it."""

BUILT_IN = (*LEVELS, "categories", "years", "setsu")
"""Lists that a year's files give: yosan.toml, 科目.csv, 節."""

SHEETS_OF_BOOKS = ("はじめに", "一覧", "積算", "指摘一覧")
"""Tabs that a department's book has beside its requests."""


class Word(NamedTuple):
    """A word: the table and key at which it stands, what it holds, and what it says in Japanese.

    `kind` is text, integer, number, flag, word (one of `words`), key and keys (of something the
    definition declares), texts, table, tables, map (own keys) or one of the shapes of the page.
    `least` and `most` bound a number, the characters of a text or how many there may be; `inner` is
    the table of what it holds; `braces` the words in braces that a text may have.
    """

    table: str
    key: str
    kind: str
    about: str
    example: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    least: int = 1
    most: int = 32
    inner: str = ""
    braces: tuple[str, ...] = ()

    @property
    def holds(self) -> str:
        """Return what is to be written, in Japanese."""
        if self.kind == "word":
            return f"{'、'.join(self.words)} のどれか"
        if self.kind == "integer":
            return f"{self.least}から{self.most}までの整数"
        if self.kind == "number":
            return f"{self.least}から{self.most}までの数"
        if self.kind == "text":
            return f"{self.most}字までの文字"
        return _HOLDS[self.kind]


_HOLDS = {
    "flag": "true か false",
    "key": '"名前" の形の文字',
    "keys": '["名前", …] の並び',
    "texts": '["…", …] の並び',
    "width or none": "字数か false",
    "table": "{ … } の表",
    "tables": "[{ … }, …] の並び",
    "map": "名前 = … の表",
    "rows": '[["名前", …], …] の並び',
    "blocks": '["名前", { field = "名前", share = 2 }, …] の並び',
    "stack": '[{ list = "名前" }, { amounts = "sources" }, …] の並び',
}

TABLES = {
    "": "はじめの行",
    "stage": "[stages] 段階",
    "source": "[sources] 財源",
    "field": "[fields] 欄",
    "list": "[lists.名前] 明細",
    "group": "明細の groups の段",
    "column": "[lists.名前.columns] 明細の列",
    "relation": "[[relations]] 関係",
    "checks": "[checks] 確認すること",
    "check": "[checks.words.名前]",
    "band": "[[bands]] 帯",
    "side": "beside のひとつ",
    "item": "stack のひとつ",
    "cell": "rows のひとつ",
    "block": "fields のひとつ",
}
"""The tables of a definition, in the order of the documentation."""

_PLACE = ("prefecture",)
_YEAR_AND_PLACE = ("year", "prefecture")

# One word a line, as in the documentation.
# fmt: off
_TOP = (
    Word("", "vocabulary", "integer", "書き方の番号。いつも 2 です。", "2", True, (), 2, 2),
    Word("", "id", "text", "様式の名前。フォルダーの名前と同じ半角の英小文字、数字、- です。", '"sakura-1"', True, most=40),
    Word("", "version", "integer", "版。配ったあとで直した様式は、次の番号にします。", "1", True, most=9999),
    Word("", "title", "text", "様式の題。紙の上には年度を付けて出ます。", '"事業別予算要求書"', True, most=40, braces=_PLACE),
    Word("", "sheet", "text", "シートの名前。要求書1、要求書2 のように番号が付きます。省くと「要求書」です。", '"要求書"', most=20),
    Word("", "about", "text", "init --forms の一覧に出る1行の説明。", '"款項目と節がある市町村の要求書。"', most=120),
    Word("", "unit", "word", "金額の単位。省くと千円です。", '"千円"', words=("千円", "円")),
    Word("", "paper", "word", "用紙。省くと A4横 です。", '"A4横"', words=("A4横", "A4縦")),
    Word("", "stages", "map", "段階。左から順に書きます。", "[stages]", True, most=10, inner="stage"),
    Word("", "sources", "map", "財源。上から順に書きます。なくてもかまいません。total（合計）と specific（特定財源の計）は、財源の名前に使えません。", "[sources]", most=15, inner="source"),
    Word("", "total", "text", "合計を何と呼ぶか。省くと、財源のある様式は「合計」、ない様式は「金額」です。", '"総額"', most=10),
    Word("", "names", "text", "財源の額のとなりに書く文字を何と呼ぶか。省くと「名称」です。", '"積算の基礎"', most=10),
    Word("", "choices", "map", "自分の一覧。名前と、選ぶ語の並びを書きます。", 'verdicts = ["要求どおり", "一部減額"]', most=20, inner="choices"),
    Word("", "fields", "map", "欄。", "[fields]", most=80, inner="field"),
    Word("", "lists", "map", "明細（行の並び）。なくてもかまいません。", "[lists.lines]", most=5, inner="list"),
    Word("", "relations", "tables", "この様式で合わなければならない額の関係。", "[[relations]]", most=30, inner="relation"),
    Word("", "checks", "table", "シートの「確認すること」の直し。ふつうは要りません。", "[checks]", inner="checks"),
    Word("", "bands", "tables", "紙面。帯を上から順に書きます。", "[[bands]]", True, most=30, inner="band"),
)

_STAGE = (
    Word("stage", "label", "text", "段階の名前。", '"要求額"', True, most=20, braces=_PLACE),
    Word("stage", "is", "word", "段階の意味。asked は所管課の要求（1つだけ、なくてはなりません）、decided は最後に決まる額、last_year は前年度、step はそのほか（省いたとき）です。", '"asked"', words=(ASKED, DECIDED, LAST_YEAR, STEP)),
    Word("stage", "by", "word", "だれが入れるか。department は所管課、finance は財政課、prior は前年度の額から generate が入れます。省くと、decided は finance、last_year は prior、ほかは department です。", '"finance"', words=("department", "finance", "prior")),
    Word("stage", "total", "word", "合計の出し方。lines は明細の計、sources は財源の計、entry は入力、difference は of の1つめから残りを引いた額、sum は of の計、rate は of の1つめの2つめに対する増減率（％、合計だけ）です。", '"difference"', words=("lines", "sources", "entry", "difference", "sum", "rate")),
    Word("stage", "of", "keys", "total が difference、sum、rate のとき、もとになる段階。", '["request", "prior"]', most=10),
    Word("stage", "sources", "flag", "false とすると、財源には分けず合計だけを置きます。", "false"),
)

_SOURCE = (
    Word("source", "label", "text", "財源の名前。", '"国の補助金"', True, most=20, braces=_PLACE),
    Word("source", "name", "flag", "true とすると、額のとなりに補助金の名称などを書く欄を置きます。", "true"),
    Word("source", "rest", "flag", "true とすると一般財源です（合計からほかの財源を引いた額）。1つだけです。", "true"),
)

_KINDS = ("text", "prose", "choice", "money", "number", "year")
_FIELD = (
    Word("field", "label", "text", "欄の名前。", '"事業名"', True, braces=_PLACE),
    Word("field", "is", "word", "欄の意味。集計や確認は、この意味で欄を見分けます。", '"title"', words=FIELD_MEANINGS),
    Word("field", "kind", "word", "何を書く欄か。text は1行の文字（省いたとき）、prose は文章、choice は一覧から、money は金額、number は数、year は年度です。", '"prose"', words=_KINDS),
    Word("field", "by", "word", "だれが入れるか。department は所管課（省いたとき）、finance は財政課です。", '"finance"', words=("department", "finance")),
    Word("field", "max", "integer", "いちばん長い字数。text と prose では省けません。", "60", most=2000),
    Word("field", "required", "flag", "true とすると、空欄を入力もれとします。", "true"),
    Word("field", "carried", "flag", "true とすると、続く事業では前年度の記入を次の年度のブックに写します。", "true"),
    Word("field", "choices", "key", "選ぶ一覧。[choices] の名前か、accounts（会計）、level1（款）、level2（項）、level3（目）、categories（事業区分）、years（年度）、setsu（節）です。", '"level1"'),
    Word("field", "under", "key", "款・項・目を、どの欄で選んだものの中から選ぶか。", '"account"'),
    Word("field", "picture", "text", "コードの形。9 は数字、A は英字、ほかの字はその字です。", '"99999999-99999999"', most=24),
    Word("field", "decimal", "integer", "number の欄の小数の桁。省くと整数です。", "2", least=0, most=6),
    Word("field", "number", "integer", "欄の名前の前に印刷する番号。", "1", most=99),
    Word("field", "hint", "text", "欄を選んだときに出る説明。省くと、名前と字数から作ります。", '"補助金の名称を書いてください。"', most=200),
    Word("field", "about", "text", "データの説明（スキーマ）に添える文。", '"組織.csv のコード。"', most=200),
    Word("field", "private", "flag", "true とすると、公表するものには出ません。", "true"),
)

_LIST = (
    Word("list", "label", "text", "明細の名前。", '"要求内容"', True, most=30, braces=_PLACE),
    Word("list", "rows", "integer", "行の数。段に分けるときは groups を書きます。", "12", most=60),
    Word("list", "groups", "tables", "小計のある段。上から順に書きます。", '[{ name = "報酬", rows = 4 }, …]', most=30, inner="group"),
    Word("list", "subtotal", "text", "小計の行に印刷する語。省くと「小計」です。", '"節計"', most=10),
    Word("list", "number", "integer", "明細の名前の前に印刷する番号。", "10", most=99),
    Word("list", "columns", "map", "列。左から順に書きます。", "[lists.lines.columns]", True, most=16, inner="column"),
    Word("group", "name", "text", "段の名前。", '"報酬"', True, most=20),
    Word("group", "rows", "integer", "段の行の数。", "4", True, most=60),
    Word("group", "optional", "flag", "true とすると、段の名前を所管課が選びます（空欄なら段に分けない明細）。はじめの段だけです。", "true"),
    Word("group", "hint", "text", "段の名前の欄を選んだときに出る説明。", '"分けるときだけ選びます。"', most=200),
)

_COLUMN = (
    Word("column", "label", "text", "列の名前。", '"内容"', True, most=30, braces=_PLACE),
    Word("column", "is", "word", "列の意味。label は内容、estimate は積算の式、verdict は査定区分です。", '"label"', words=COLUMN_MEANINGS),
    Word("column", "kind", "word", "何を書く列か。省くと、stage があれば金額、choices があれば一覧から、ほかは文字です。", '"money"', words=("text", "choice", "money", "number", "year")),
    Word("column", "by", "word", "だれが入れるか。省くと、stage の段階と同じです。", '"finance"', words=("department", "finance")),
    Word("column", "stage", "key", "列の計が合計になる段階。なければ、どこにも足しません。", '"request"'),
    Word("column", "of", "key", "合計でなく財源の額になるとき、その財源の名前。specific は特定財源（うち特財）です。", '"specific"'),
    Word("column", "not_more", "key", "同じ行で、超えてはならない列。", '"amount"'),
    Word("column", "max", "integer", "いちばん長い字数。文字の列では省けません。", "60", most=400),
    Word("column", "choices", "key", "選ぶ一覧（欄の choices と同じ）。", '"setsu"'),
    Word("column", "picture", "text", "コードの形（欄の picture と同じ）。", '"9999"', most=24),
    Word("column", "decimal", "integer", "小数の桁（欄の decimal と同じ）。", "1", least=0, most=6),
    Word("column", "hint", "text", "列のセルを選んだときに出る説明。", '"1行に1つ書いてください。"', most=200),
    Word("column", "about", "text", "データの説明に添える文。", '"税込みの額。"', most=200),
    Word("column", "private", "flag", "true とすると、公表するものには出ません。", "true"),
    Word("column", "width", "number", "幅（全角の字数）。省くと、種類から決めます。", "16", least=2, most=110),
)

_RELATION = (
    Word("relation", "kind", "word", "equals は cell と of が等しい、not_more は cell が of を超えない、sum は cell が of の計、difference は cell が of の1つめから残りを引いた額です。", '"equals"', True, ("equals", "not_more", "sum", "difference")),
    Word("relation", "cell", "key", "額。段階/財源（財源は total か specific か財源の名前）、明細.列（その計）、または欄の名前です。", '"decision/total"', True),
    Word("relation", "of", "keys", "くらべる額（cell と同じ書き方）の並び。", '["mayor/total"]', True, most=12),
    Word("relation", "weight", "word", "重さ。省くと誤りです。", '"誤り"', words=("誤り", "注意")),
    Word("relation", "say", "text", "合わないときに出す文。", '"査定額が市長査定とちがいます。"', True, most=200),
    Word("checks", "leave_out", "keys", "出さない確認の名前。", '["negative"]', most=40),
    Word("checks", "words", "map", "言い直す確認の名前。", "[checks.words.rest]", most=40, inner="check"),
    Word("check", "label", "text", "確認の見出し。", '"一般財源"', most=20),
    Word("check", "advice", "text", "どうするかの文。", '"財源の額を確かめてください。"', most=200),
)

_AMOUNTS = (
    Word("item", "list", "key", "明細の名前。", '"lines"'),
    Word("item", "amounts", "word", "金額の表。sources は財源を下へ（段階を右へ）、stages は段階を下へ（財源を右へ）並べます。", '"sources"', words=("sources", "stages")),
    Word("item", "stages", "keys", "金額の表に置く段階。省くと、まだ置いていない全部です。", '["request", "decision"]', most=10),
    Word("item", "total", "word", "合計を初めに置くか終わりに置くか。省くと、下へ並べるときは終わり、右へ並べるときは初めです。", '"last"', words=("first", "last")),
    Word("item", "label", "text", "金額の表の左上に印刷する語。", '"財源内訳"', most=15, braces=_YEAR_AND_PLACE),
    Word("item", "caption", "width or none", "欄の名前の幅。false とすると名前を出しません（明細では、明細の名前の行）。", "6", least=2, most=40),
    Word("item", "rows", "rows", "欄の名前を横に並べた行。名前だけを書くと「名前｜記入欄」になります。", '[["unit", "kan", "no"], ["title"]]', most=40, inner="cell"),
)
_STACK = (
    Word("side", "fields", "blocks", "上から順に並べる欄。高さを分け合います。", '["purpose", { field = "effect", share = 2 }]', most=30, inner="block"),
    Word("side", "stack", "stack", "上から順に積むもの。", '[{ list = "lines" }, { amounts = "sources" }]', most=20, inner="item"),
    *_AMOUNTS,
)
_PAGE = (
    Word("band", "beside", "tables", "高さをそろえて横に並べるもの。", "[{ width = 40, fields = […] }, …]", most=6, inner="side"),
    *(word._replace(table='band') for word in _STACK),
    Word("side", "width", "number", "幅の割合（全角の字数）。", "40", least=2, most=115),
    *(word._replace(table='side') for word in _STACK),
    Word("block", "field", "key", "欄の名前。", '"effect"', True),
    Word("block", "share", "integer", "高さの割合。省くと、字数から決めます。", "2", most=40),
    Word("block", "caption", "width or none", "欄の名前の幅。false とすると名前を出しません。", "6", least=2, most=40),
    Word("item", "field", "key", "欄の名前。", '"effect"'),
    Word("item", "share", "integer", "欄の高さ（行）。", "2", most=40),
    *_AMOUNTS,
    Word("cell", "field", "key", "欄の名前。field、amount、text のどれか1つを書きます。", '"title"'),
    Word("cell", "amount", "key", "段階の額を、表でなく行に置きます。段階/財源（合計なら段階だけでもよい）です。", '"request/total"'),
    Word("cell", "text", "text", "そのまま印刷する文字。\"\" なら、何も印刷しない空きです。", '"債務負担行為"', least=0, most=40, braces=_YEAR_AND_PLACE),
    Word("cell", "width", "number", "幅（全角の字数。名前の幅を含みます）。", "30", least=2, most=115),
    Word("cell", "caption", "width or none", "欄の名前の幅。false とすると名前を出しません。", "6", least=2, most=40),
    Word("cell", "down", "integer", "下へつなぐ行の数。", "2", most=20),
)

# fmt: on

_WORDS = (*_TOP, *_STAGE, *_SOURCE, *_FIELD, *_LIST, *_COLUMN, *_RELATION, *_PAGE)

BY_TABLE = {table: {word.key: word for word in _WORDS if word.table == table} for table in TABLES}
"""The words of each table by their keys."""


def words() -> tuple[Word, ...]:
    """Return every word of the vocabulary, table by table, for the documentation."""
    return _WORDS
