"""Why bytes are not read as a workbook: codes YX001-YX019 and their exception."""

from __future__ import annotations

from yosan_xl.model.finding import Code, Finding, Place, Weight

_SAVE_AS_XLSX = (
    "Excelで開き、「名前を付けて保存」で種類を「Excel ブック (*.xlsx)」にして保存し、"
    "そのファイルを提出してください。"
)
_SAVE_AGAIN = (
    "Excelで開いて保存し直し、もう一度提出してください。開けないときは、"
    "元のファイルから提出し直してください。"
)
_SEND_THE_BOOK = "配布された様式に記入したExcelブック（.xlsx）を提出してください。"


class Refused(Exception):
    """The bytes are no workbook that can be read safely; `code` and `facts` say why."""

    def __init__(self, code: Code, **facts: object) -> None:
        """Take the kind of refusal and the figures of its sentences."""
        super().__init__(code.code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Return the code and the fact, for a log."""
        return f"{self.code.code} {self.code.fact.format_map(self.facts)}"

    def at(self, place: Place) -> Finding:
        """Return the finding that tells the user, at `place`."""
        return self.code.at(place, None, **self.facts)


def malformed(part: str, what: str) -> Refused:
    """Return the refusal of a part of the package whose content cannot be right."""
    return Refused(MALFORMED, part=part[:80], what=what)


def _refusal(
    code: str, title: str, fact: str, remedy: str, why: str, wrong: str, right: str
) -> Code:
    return Code(
        code,
        weight=Weight.ERROR,
        title=title,
        fact=fact,
        remedy=remedy,
        why=why,
        wrong=wrong,
        right=right,
    )


_ONLY_XLSX = "すべてを読むのは Excel ブック（ISO/IEC 29500、.xlsx と .xlsm）です。拡張子でなく中身で見分けます。"
_RIGHT = "0801_国保年金課.xlsx（Excelで保存したブック）"

EMPTY_FILE = _refusal(
    code="YX001",
    title="空のファイル",
    fact="ファイルの中身が空（0バイト）です。",
    remedy="保存やコピーが途中で止まったかもしれません。元のファイルを確かめ、もう一度提出してください。",
    why="0バイトのファイルには何も入っていません。共有フォルダへのコピーの失敗でよく起こります。",
    wrong="0801_国保年金課.xlsx（0バイト）",
    right=_RIGHT,
)
UNKNOWN_FORMAT = _refusal(
    code="YX002",
    title="Excelブックでないファイル",
    fact="ファイルの中身がExcelブックではありません（{what}）。",
    remedy=_SEND_THE_BOOK,
    why=_ONLY_XLSX,
    wrong="画像の拡張子を .xlsx に変えたファイル",
    right=_RIGHT,
)
OLD_XLS = _refusal(
    code="YX003",
    title="古い形式のExcelブック (.xls)",
    fact="Excel 97-2003 の形式（.xls）のブックです。",
    remedy=_SAVE_AS_XLSX,
    why="この形式は様式の名前や保護を保ちません。値だけは読みますが（YX047）、それもできないときに知らせます。",
    wrong="0801_国保年金課.xls",
    right=_RIGHT,
)
ENCRYPTED = _refusal(
    code="YX004",
    title="パスワード付きのブック",
    fact="パスワードで暗号化されているため、中を読めません。",
    remedy="Excelで開き、「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」で"
    "パスワードを外して（空にして）保存し、もう一度提出してください。",
    why="暗号化されたブックは、パスワードを知らなければ誰にも読めません。",
    wrong="開くときにパスワードを尋ねるブック",
    right="パスワードを外して保存したブック",
)
RIGHTS_MANAGED = _refusal(
    code="YX024",
    title="権限で保護されたブック",
    fact="権限管理（秘密度ラベル、IRM）で暗号化されているため、中を読めません。パスワードは付いていません。",
    remedy="Excelで開き、「ファイル」→「情報」→「ブックの保護」→「アクセスの制限」で制限を外すか、"
    "暗号化しない秘密度ラベルに変えて保存し、もう一度提出してください。",
    why="権限管理されたブックは、許された人が組織のアカウントで開いたときだけ読めます。プログラムでは開けません。",
    wrong="秘密度ラベル「関係者限り」を付けて保存したブック",
    right="ラベルか権限の制限を外して保存したブック",
)
BINARY_BOOK = _refusal(
    code="YX005",
    title="バイナリ形式のブック (.xlsb)",
    fact="Excelバイナリ形式（.xlsb）のブックです。",
    remedy=_SAVE_AS_XLSX,
    why=_ONLY_XLSX,
    wrong="0801_国保年金課.xlsb",
    right=_RIGHT,
)
OPEN_DOCUMENT = _refusal(
    code="YX006",
    title="OpenDocument形式のファイル (.ods など)",
    fact="OpenDocument形式（.ods など）のファイルです。",
    remedy="LibreOfficeなどで開き、「名前を付けて保存」で種類を「Excel 2007-365 (.xlsx)」にして保存し、"
    "そのファイルを提出してください。",
    why=_ONLY_XLSX,
    wrong="0801_国保年金課.ods",
    right=_RIGHT,
)
WEB_PAGE = _refusal(
    code="YX007",
    title="Webページ (HTML)",
    fact="中身がWebページ（HTML）です。拡張子が .xlsx でも、Excelブックではありません。",
    remedy=_SAVE_AS_XLSX,
    why="グループウェアのログイン画面やエラー画面を、ブックのつもりで保存したときに起こります。",
    wrong="ログイン画面を保存した 0801_国保年金課.xlsx",
    right=_RIGHT,
)
PLAIN_TEXT = _refusal(
    code="YX008",
    title="CSVなどの文字だけのファイル",
    fact="中身がCSVなどの文字だけのファイルです。",
    remedy=_SEND_THE_BOOK,
    why="CSVには様式の名前も数式も残らないため、様式として読めません。",
    wrong="0801_国保年金課.csv",
    right=_RIGHT,
)
PDF = _refusal(
    code="YX009",
    title="PDFファイル",
    fact="中身がPDFです。",
    remedy=_SEND_THE_BOOK,
    why="PDFは紙の写しであり、どの欄の値かを確かに読み取れません。",
    wrong="0801_国保年金課.pdf",
    right=_RIGHT,
)
OTHER_OFFICE = _refusal(
    code="YX010",
    title="WordやPowerPointのファイル",
    fact="Excelブックではなく、別のOffice文書（{what}）です。",
    remedy=_SEND_THE_BOOK,
    why=_ONLY_XLSX,
    wrong="0801_国保年金課.docx",
    right=_RIGHT,
)
OTHER_ZIP = _refusal(
    code="YX011",
    title="ZIPファイル",
    fact="Excelブックではなく、ZIPなどの圧縮ファイルです。",
    remedy="解凍（展開）し、中のExcelブックを1つずつ提出してください。",
    why="圧縮ファイルの中のどれが提出物かを、プログラムが決めることはしません。",
    wrong="0801_国保年金課.zip",
    right=_RIGHT,
)
TRUNCATED = _refusal(
    code="YX012",
    title="途中で切れたファイル",
    fact="ファイルが途中で切れています（{size:,}バイト）。",
    remedy="コピーや送信が途中で止まったかもしれません。元のファイルからもう一度提出してください。",
    why="Excelブックの目次はファイルの終わりにあり、切れると失われます。",
    wrong="コピーの途中で接続が切れたブック",
    right=_RIGHT,
)
DAMAGED = _refusal(
    code="YX013",
    title="壊れたファイル",
    fact="ファイルが壊れています（{what}）。",
    remedy=_SAVE_AGAIN,
    why="検査値（CRC-32）や目次が中身と合わないブックは、金額が化けていても分からないため読みません。",
    wrong="一部のバイトが化けたブック",
    right=_RIGHT,
)
MALFORMED = _refusal(
    code="YX014",
    title="ブックの中身の誤り",
    fact="ブックの中の「{part}」が正しくありません（{what}）。",
    remedy=_SAVE_AGAIN,
    why="ISO/IEC 29500 に合わず、二通りに読めるブックは、金額を取り違えるおそれがあるため読みません。",
    wrong="1つのセルに値が2つあるブック",
    right=_RIGHT,
)
DTD_FOUND = _refusal(
    code="YX015",
    title="文書型宣言のあるブック",
    fact="ブックの中の「{part}」に、Excelが書かない宣言（DTD）があります。",
    remedy="ふつうのブックにはなく、攻撃に使われるものです。開かずに、出所を情報担当に確かめてください。",
    why="文書型宣言は、少しの文字を際限なく膨らませたり、外のファイルを読ませたりするのに使われます。"
    "ISO/IEC 29500-2 はこれを禁じています。",
    wrong="<!DOCTYPE で始まる宣言を入れたブック",
    right=_RIGHT,
)
UNSAFE_PACKAGE = _refusal(
    code="YX016",
    title="ふつうでない作りのブック",
    fact="ブックの作りがふつうではありません（{what}）。",
    remedy="Excelで開いて「名前を付けて保存」で保存し直し、もう一度提出してください。"
    "心当たりのないファイルなら、開かずに情報担当に確かめてください。",
    why="同じ名前の部品が2つある、目次と中身が食い違うなどのブックは、読む人ごとに別の内容に見えます。",
    wrong="同じ名前のシートの部品を2つ入れたブック",
    right=_RIGHT,
)
TOO_LARGE = _refusal(
    code="YX017",
    title="大きすぎるブック",
    fact="{what}が上限（{limit}）を超えています。",
    remedy="画像や使わないシート、書式だけの行と列を消して保存し直し、もう一度提出してください。",
    why="上限のないまま読むと、細工されたファイル1つで集計が止まります。",
    wrong="展開すると1GBになるブック",
    right=_RIGHT,
)
SHORTCUT = _refusal(
    code="YX018",
    title="ショートカット",
    fact="ブックそのものではなく、ショートカット（リンク）です。",
    remedy="ショートカットの先にあるExcelブックを提出してください。",
    why="ショートカットには中身がなく、ほかのパソコンからは開けません。",
    wrong="「0801_国保年金課 - ショートカット.lnk」",
    right=_RIGHT,
)
XML_SPREADSHEET = _refusal(
    code="YX019",
    title="XMLスプレッドシート 2003",
    fact="「XML スプレッドシート 2003」など、XMLだけの形式です。",
    remedy=_SAVE_AS_XLSX,
    why=_ONLY_XLSX,
    wrong="0801_国保年金課.xml",
    right=_RIGHT,
)

REFUSALS = (
    EMPTY_FILE,
    UNKNOWN_FORMAT,
    OLD_XLS,
    ENCRYPTED,
    BINARY_BOOK,
    OPEN_DOCUMENT,
    WEB_PAGE,
    PLAIN_TEXT,
    PDF,
    OTHER_OFFICE,
    OTHER_ZIP,
    TRUNCATED,
    DAMAGED,
    MALFORMED,
    DTD_FOUND,
    UNSAFE_PACKAGE,
    TOO_LARGE,
    SHORTCUT,
    XML_SPREADSHEET,
    RIGHTS_MANAGED,
)
"""Every code of this floor, for `explain` and the docs."""
