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
    return Code(code, Weight.ERROR, title, fact, remedy, why, wrong, right)


_ONLY_XLSX = "すべてを読むのは Excel ブック（ISO/IEC 29500、.xlsx と .xlsm）です。拡張子でなく中身で見分けます。"
_RIGHT = "0801_国保年金課.xlsx（Excelで保存したブック）"

EMPTY_FILE = _refusal(
    "YX001",
    "空のファイル",
    "ファイルの中身が空（0バイト）です。",
    "保存やコピーが途中で止まったかもしれません。元のファイルを確かめ、もう一度提出してください。",
    "0バイトのファイルには何も入っていません。共有フォルダへのコピーの失敗でよく起こります。",
    "0801_国保年金課.xlsx（0バイト）",
    _RIGHT,
)
UNKNOWN_FORMAT = _refusal(
    "YX002",
    "Excelブックでないファイル",
    "ファイルの中身がExcelブックではありません（{what}）。",
    _SEND_THE_BOOK,
    _ONLY_XLSX,
    "画像の拡張子を .xlsx に変えたファイル",
    _RIGHT,
)
OLD_XLS = _refusal(
    "YX003",
    "古い形式のExcelブック (.xls)",
    "Excel 97-2003 の形式（.xls）のブックです。",
    _SAVE_AS_XLSX,
    "この形式は様式の名前や保護を保ちません。値だけは読みますが（YX047）、それもできないときに知らせます。",
    "0801_国保年金課.xls",
    _RIGHT,
)
ENCRYPTED = _refusal(
    "YX004",
    "パスワード付きのブック",
    "パスワードで暗号化されているため、中を読めません。",
    "Excelで開き、「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」で"
    "パスワードを外して（空にして）保存し、もう一度提出してください。",
    "暗号化されたブックは、パスワードを知らなければ誰にも読めません。",
    "開くときにパスワードを尋ねるブック",
    "パスワードを外して保存したブック",
)
RIGHTS_MANAGED = _refusal(
    "YX024",
    "権限で保護されたブック",
    "権限管理（秘密度ラベル、IRM）で暗号化されているため、中を読めません。パスワードは付いていません。",
    "Excelで開き、「ファイル」→「情報」→「ブックの保護」→「アクセスの制限」で制限を外すか、"
    "暗号化しない秘密度ラベルに変えて保存し、もう一度提出してください。",
    "権限管理されたブックは、許された人が組織のアカウントで開いたときだけ読めます。プログラムでは開けません。",
    "秘密度ラベル「関係者限り」を付けて保存したブック",
    "ラベルか権限の制限を外して保存したブック",
)
BINARY_BOOK = _refusal(
    "YX005",
    "バイナリ形式のブック (.xlsb)",
    "Excelバイナリ形式（.xlsb）のブックです。",
    _SAVE_AS_XLSX,
    _ONLY_XLSX,
    "0801_国保年金課.xlsb",
    _RIGHT,
)
OPEN_DOCUMENT = _refusal(
    "YX006",
    "OpenDocument形式のファイル (.ods など)",
    "OpenDocument形式（.ods など）のファイルです。",
    "LibreOfficeなどで開き、「名前を付けて保存」で種類を「Excel 2007-365 (.xlsx)」にして保存し、"
    "そのファイルを提出してください。",
    _ONLY_XLSX,
    "0801_国保年金課.ods",
    _RIGHT,
)
WEB_PAGE = _refusal(
    "YX007",
    "Webページ (HTML)",
    "中身がWebページ（HTML）です。拡張子が .xlsx でも、Excelブックではありません。",
    _SAVE_AS_XLSX,
    "グループウェアのログイン画面やエラー画面を、ブックのつもりで保存したときに起こります。",
    "ログイン画面を保存した 0801_国保年金課.xlsx",
    _RIGHT,
)
PLAIN_TEXT = _refusal(
    "YX008",
    "CSVなどの文字だけのファイル",
    "中身がCSVなどの文字だけのファイルです。",
    _SEND_THE_BOOK,
    "CSVには様式の名前も数式も残らないため、様式として読めません。",
    "0801_国保年金課.csv",
    _RIGHT,
)
PDF = _refusal(
    "YX009",
    "PDFファイル",
    "中身がPDFです。",
    _SEND_THE_BOOK,
    "PDFは紙の写しであり、どの欄の値かを確かに読み取れません。",
    "0801_国保年金課.pdf",
    _RIGHT,
)
OTHER_OFFICE = _refusal(
    "YX010",
    "WordやPowerPointのファイル",
    "Excelブックではなく、別のOffice文書（{what}）です。",
    _SEND_THE_BOOK,
    _ONLY_XLSX,
    "0801_国保年金課.docx",
    _RIGHT,
)
OTHER_ZIP = _refusal(
    "YX011",
    "ZIPファイル",
    "Excelブックではなく、ZIPなどの圧縮ファイルです。",
    "解凍（展開）し、中のExcelブックを1つずつ提出してください。",
    "圧縮ファイルの中のどれが提出物かを、プログラムが決めることはしません。",
    "0801_国保年金課.zip",
    _RIGHT,
)
TRUNCATED = _refusal(
    "YX012",
    "途中で切れたファイル",
    "ファイルが途中で切れています（{size:,}バイト）。",
    "コピーや送信が途中で止まったかもしれません。元のファイルからもう一度提出してください。",
    "Excelブックの目次はファイルの終わりにあり、切れると失われます。",
    "コピーの途中で接続が切れたブック",
    _RIGHT,
)
DAMAGED = _refusal(
    "YX013",
    "壊れたファイル",
    "ファイルが壊れています（{what}）。",
    _SAVE_AGAIN,
    "検査値（CRC-32）や目次が中身と合わないブックは、金額が化けていても分からないため読みません。",
    "一部のバイトが化けたブック",
    _RIGHT,
)
MALFORMED = _refusal(
    "YX014",
    "ブックの中身の誤り",
    "ブックの中の「{part}」が正しくありません（{what}）。",
    _SAVE_AGAIN,
    "ISO/IEC 29500 に合わず、二通りに読めるブックは、金額を取り違えるおそれがあるため読みません。",
    "1つのセルに値が2つあるブック",
    _RIGHT,
)
DTD_FOUND = _refusal(
    "YX015",
    "文書型宣言のあるブック",
    "ブックの中の「{part}」に、Excelが書かない宣言（DTD）があります。",
    "ふつうのブックにはなく、攻撃に使われるものです。開かずに、出所を情報担当に確かめてください。",
    "文書型宣言は、少しの文字を際限なく膨らませたり、外のファイルを読ませたりするのに使われます。"
    "ISO/IEC 29500-2 はこれを禁じています。",
    "<!DOCTYPE で始まる宣言を入れたブック",
    _RIGHT,
)
UNSAFE_PACKAGE = _refusal(
    "YX016",
    "ふつうでない作りのブック",
    "ブックの作りがふつうではありません（{what}）。",
    "Excelで開いて「名前を付けて保存」で保存し直し、もう一度提出してください。"
    "心当たりのないファイルなら、開かずに情報担当に確かめてください。",
    "同じ名前の部品が2つある、目次と中身が食い違うなどのブックは、読む人ごとに別の内容に見えます。",
    "同じ名前のシートの部品を2つ入れたブック",
    _RIGHT,
)
TOO_LARGE = _refusal(
    "YX017",
    "大きすぎるブック",
    "{what}が上限（{limit}）を超えています。",
    "画像や使わないシート、書式だけの行と列を消して保存し直し、もう一度提出してください。",
    "上限のないまま読むと、細工されたファイル1つで集計が止まります。",
    "展開すると1GBになるブック",
    _RIGHT,
)
SHORTCUT = _refusal(
    "YX018",
    "ショートカット",
    "ブックそのものではなく、ショートカット（リンク）です。",
    "ショートカットの先にあるExcelブックを提出してください。",
    "ショートカットには中身がなく、ほかのパソコンからは開けません。",
    "「0801_国保年金課 - ショートカット.lnk」",
    _RIGHT,
)
XML_SPREADSHEET = _refusal(
    "YX019",
    "XMLスプレッドシート 2003",
    "「XML スプレッドシート 2003」など、XMLだけの形式です。",
    _SAVE_AS_XLSX,
    _ONLY_XLSX,
    "0801_国保年金課.xml",
    _RIGHT,
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
