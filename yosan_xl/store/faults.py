"""What may be wrong with a path, a file or the settings: the codes YX027, YX069-YX089, YX095, YX604 and their errors."""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path

from yosan_xl.model.finding import Code, Finding, Place, Weight

OVER_OTHERS = Code(
    "YX069",
    Weight.ERROR,
    "上書きできない書き先",
    "「{name}」は{what}なので、上書きしません。",
    "別の名前か別の場所を -o で指定してください。",
    "提出されたブックは証拠で、設定や台帳や集計ブックには人の記入があります。年度フォルダーでは、同じ命令が前に作ったものだけを置きかえます。",
    "yosan-xl read 提出/0103_税務課.xlsx -o 提出/0103_税務課.xlsx",
    "yosan-xl read 提出/0103_税務課.xlsx -o 税務課.json",
)
ABSENT = Code(
    "YX070",
    Weight.ERROR,
    "ファイルが見つからない",
    "「{name}」が見つかりません。",
    "名前と場所を確かめてください。",
    "名前のつづりちがいや、ファイルを移したあとに起こります。",
    "提出/0301_税務課.xlsx と打ったが、実際の名前は 0301_税務課(1).xlsx",
    "提出/0301_税務課(1).xlsx",
)
FORBIDDEN = Code(
    "YX071",
    Weight.ERROR,
    "読む権限がない",
    "「{name}」を読む権限がありません。",
    "ほかのソフトで開いていれば閉じ、それでも読めなければ共有フォルダーの管理者に権限を頼んでください。",
    "共有フォルダーの権限が足りないか、ほかのソフトがファイルを占有しています。",
    "他部署しか読めないフォルダーのファイル",
    "財政課に読み取り権限があるファイル",
)
NOT_A_FILE = Code(
    "YX072",
    Weight.ERROR,
    "ふつうのファイルではない",
    "「{name}」は{kind}で、ふつうのファイルではありません。",
    "ブック(.xlsx)そのものを指定してください。",
    "フォルダーや装置を読むと、いつまでも終わらないことがあるため、開きません。",
    "フォルダー 0301_税務課.xlsx",
    "ファイル 0301_税務課.xlsx",
)
TOO_LARGE = Code(
    "YX073",
    Weight.ERROR,
    "ファイルが大きすぎる",
    "「{name}」は大きすぎます(上限 {limit:,}バイト)。",
    "写真や図を取りのぞき、配布した様式だけのブックにしてください。",
    "記入した様式は 1MB に届きません。大きなものは画像が貼られたか、別のファイルです。",
    "写真を貼った 80MB のブック",
    "記入しただけの 100KB のブック",
)
CHANGING = Code(
    "YX074",
    Weight.ERROR,
    "読んでいる間に変わるファイル",
    "「{name}」は、{tries}回読むあいだに毎回中身が変わりました。",
    "コピーや保存が終わってから、もう一度実行してください。",
    "コピーの途中のファイルを読むと、半分だけの内容を受け付けてしまいます。",
    "共有フォルダーへコピー中のブック",
    "コピーが終わったブック",
)
UNREADABLE = Code(
    "YX075",
    Weight.ERROR,
    "読み取りの失敗",
    "「{name}」を読めませんでした({reason})。",
    "ネットワークやドライブのつながりを確かめ、もう一度実行してください。",
    "共有フォルダーとの接続が切れたときや、媒体がこわれたときに起こります。",
    "接続が切れた共有フォルダーのブック",
    "手元のドライブへ写したブック",
)
SKIPPED = Code(
    "YX076",
    Weight.WARNING,
    "読まなかったもの",
    "「{name}」は{kind}なので、読んでいません。",
    "提出されたブックであれば、ファイルそのものをフォルダーに入れてください。",
    "リンクの先はあとで変わり得るうえ、同じブックを二度数えるおそれがあります。",
    "提出/税務課.xlsx が、ほかのフォルダーへのリンク",
    "提出/税務課.xlsx がファイルそのもの",
)
HALF_WAY = Code(
    "YX027",
    Weight.WARNING,
    "途中のまま残ったファイル",
    "「{name}」は{kind}で、「{book}」はまだありません。",
    "「{book}」をもう一度受け取って、「提出」のフォルダーに入れてください。",
    "ダウンロードやコピーが途中で止まると、名前の終わりに .crdownload や .tmp の付いたファイルだけが残ります。"
    "中身が足りないことがあるため、読みません。",
    "0103_税務課.xlsx.crdownload だけがある",
    "0103_税務課.xlsx がある（途中のファイルが残っていてもかまわない）",
)
SETTINGS_TEXT = Code(
    "YX077",
    Weight.ERROR,
    "設定ファイルの書き方",
    "設定ファイルを読めません({problem})。",
    "{remedy}",
    "yosan.toml は TOML という書き方の、UTF-8 のテキストです。",
    "municipality = 港区",
    'municipality = "港区"',
)
SETTINGS_KEY = Code(
    "YX078",
    Weight.ERROR,
    "設定の項目名",
    "「{key}」という項目はありません。",
    "{remedy}",
    "つづりちがいを黙って読みとばすと、直したつもりの設定が効きません。",
    "sheet = 5",
    "sheets = 5",
)
SETTINGS_VALUE = Code(
    "YX079",
    Weight.ERROR,
    "設定の値",
    "「{key}」{problem}。",
    "{remedy}",
    "設定の誤りは配布したすべてのブックに及ぶため、作る前に止めます。",
    "sheets = 0",
    "sheets = 5",
)
TARGET_OPEN = Code(
    "YX080",
    Weight.ERROR,
    "書き先が開かれている",
    "「{name}」は Excel などで開かれているため、書けません。",
    "そのブックを閉じてから、もう一度実行してください"
    "(だれも開いていないのに同じときは、同じフォルダーの「~$」で始まる同名のファイルを消してください)。",
    "開かれているブックを置きかえると、開いている人の保存で上書きされます。",
    "集計.xlsx を Excel で見ながら集計をやり直す",
    "集計.xlsx を閉じてから集計をやり直す",
)
WRITE_FORBIDDEN = Code(
    "YX081",
    Weight.ERROR,
    "書く権限がない",
    "「{name}」を書く権限がありません。",
    "フォルダーの権限を確かめるか、別の場所を指定してください。",
    "読み取り専用の共有フォルダーや媒体には書けません。",
    "読み取り専用の共有フォルダーへ書き出す",
    "自分が書ける年度フォルダーへ書き出す",
)
NO_SPACE = Code(
    "YX082",
    Weight.ERROR,
    "空き容量がない",
    "「{name}」を書く空き容量がありません。",
    "不要なファイルを消すか、別のドライブを指定してください。もとのファイルは変わっていません。",
    "ドライブの空きか、割り当てられた容量を使い切っています。",
    "残り 0MB の共有フォルダー",
    "残り 100MB 以上の共有フォルダー",
)
UNWRITABLE = Code(
    "YX083",
    Weight.ERROR,
    "書き出しの失敗",
    "「{name}」を書けませんでした({reason})。",
    "書き先の場所と名前を確かめ、もう一度実行してください。もとのファイルは変わっていません。",
    "書き先の場所がないか、名前が使えないか、接続が切れています。",
    "フォルダーと同じ名前のファイルへ書き出す",
    "ほかと重ならない名前へ書き出す",
)
ROSTER_TABLE = Code(
    "YX084",
    Weight.ERROR,
    "組織の表の形",
    "組織の表を読めません: {problem}。",
    "{remedy}",
    "1行目に コード,部,課 の見出しがある CSV(UTF-8 または Shift_JIS)を読みます。",
    "番号,部,課",
    "コード,部,課",
)
ROSTER_ROW = Code(
    "YX085",
    Weight.ERROR,
    "組織の表の行",
    "{row}行目: {problem}。",
    "{remedy}",
    "コードは配布するファイルの名前と突き合わせに使うため、空や重なりがあると配れません。",
    "0301 が 2行にある",
    "0301 は 1行だけ",
)
LOST_ZEROS = Code(
    "YX086",
    Weight.ERROR,
    "コードのけた数",
    "コード「{short}」({row}行目){others}は、「{long}」({width}けた)とけた数がちがいます。",
    "Excel で保存すると先頭の 0 が消えます。「{mended}」のように {width}けたにそろえてください"
    "(Excel では列の表示形式を文字列にします)。",
    "先頭の 0 が消えたコードは、前に配ったブックの課と結びつきません。",
    "0801 が 801 になっている",
    "0801",
)
ZEROS_GONE = Code(
    "YX604",
    Weight.ERROR,
    "コードの先頭の0が消えた",
    "コード「{short}」は、「{known}」（{where}）の先頭の 0 が消えたものです{others}。",
    "「{known}」に戻してください（Excel では列の表示形式を文字列にします）。コードを本当に変えたときは、前のコードの"
    "ブックを「配布」と「提出」のフォルダーから出してから、もう一度実行してください。",
    "Excel で 組織.csv を保存すると、コードの先頭の 0 が消えます。そのままでは、同じ課のブックをもう一組作り、"
    "提出されたブックはどの課のものでもなくなります。",
    "0103 で配布したあと、組織.csv のコードが 103 になった。",
    "0103 のまま",
)
UNKNOWN_FORM = Code(
    "YX087",
    Weight.ERROR,
    "様式の名前",
    "様式「{form}」がありません。",
    "使える様式: {known}。",
    "様式は templates フォルダーの名前で選びます。",
    "minato-2",
    "minato-r2",
)
NOT_YEAR_FOLDER = Code(
    "YX088",
    Weight.ERROR,
    "年度フォルダーではない",
    "「{name}」は年度フォルダーではありません(yosan.toml がありません)。",
    "年度フォルダーの中で実行するか、yosan-xl init で作ってください。",
    "年度の設定は、年度フォルダーの yosan.toml から読みます。",
    "デスクトップで実行する",
    "yosan.toml のある R2 フォルダーで実行する",
)
ALREADY_YEAR_FOLDER = Code(
    "YX089",
    Weight.ERROR,
    "すでに年度フォルダーがある",
    "「{name}」には、すでに yosan.toml があります。",
    "設定を変えるときは yosan.toml を直し、新しい年度は別のフォルダーに作ってください。",
    "作り直すと、配布に使った設定が失われます。",
    "R2 フォルダーに、もう一度 init する",
    "R3 フォルダーに init する",
)
LEDGER = Code(
    "YX095",
    Weight.ERROR,
    "台帳が読めない",
    "台帳「{name}」が読めません（{problem}）。",
    "控えの台帳に戻してください。控えがなければ別の場所へ移すと、NOを「提出」のブックから付け直します（前のNOと変わることがあるので、前の集計ブックのNOと見くらべてください）。",
    "台帳は、受け付けたブックと、一度付けたNOを覚えています。読めないまま付けると、NOが変わってしまいます。",
    "メモ帳で直して「,」が欠けた 台帳.json",
    "yosan-xl consolidate が書いた 台帳.json",
)

CODES = (
    HALF_WAY,
    OVER_OTHERS,
    ABSENT,
    FORBIDDEN,
    NOT_A_FILE,
    TOO_LARGE,
    CHANGING,
    UNREADABLE,
    SKIPPED,
    SETTINGS_TEXT,
    SETTINGS_KEY,
    SETTINGS_VALUE,
    TARGET_OPEN,
    WRITE_FORBIDDEN,
    NO_SPACE,
    UNWRITABLE,
    ROSTER_TABLE,
    ROSTER_ROW,
    LOST_ZEROS,
    UNKNOWN_FORM,
    NOT_YEAR_FOLDER,
    ALREADY_YEAR_FOLDER,
    LEDGER,
    ZEROS_GONE,
)

_REASONS = {
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ELOOP: "リンクが輪になっています",
    errno.ENOTDIR: "途中の名前がフォルダーではありません",
    errno.EISDIR: "同じ名前のフォルダーがあります",
    errno.EEXIST: "同じ名前のものがすでにあります",
    errno.ENOENT: "場所がありません",
    errno.EINVAL: "使えない文字が名前にあります",
    errno.ENXIO: "ふつうのファイルではありません",
    errno.EROFS: "読み取り専用の場所です",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.EIO: "入出力エラー",
}


class StoreError(Exception):
    """Files or settings that cannot be used; `findings` tells all that was found in one run."""

    def __init__(self, *findings: Finding) -> None:
        """Carry `findings`, at least one."""
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class PathError(StoreError):
    """A path that cannot be used: the code, the path and the figures of its sentence."""

    def __init__(self, code: Code, path: Path, **facts: object) -> None:
        """Tell of `path`; the fact `name` is filled in from it."""
        self.code = code
        self.path = path
        self.facts = {"name": shown(path.name or path), **facts}
        super().__init__(self.finding())

    def finding(self, file: str | None = None) -> Finding:
        """Give the finding, told of `file` (say, the path below the year folder) or the path."""
        return self.code.at(Place(file or shown(self.path)), None, **self.facts)


def shown(path: Path | str) -> str:
    """Give a path as it may be printed: composed (a Mac decomposes), undecodable bytes as `?`."""
    printable = str(path).encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", printable)


def reason(error: OSError) -> str:
    """Give in Japanese why the system refused; the number of the error where no word is known."""
    return _REASONS.get(error.errno or 0, f"エラー番号 {error.errno}")
