"""Every file and folder that a command reads, writes or removes: one list; and what a name may be.

Paths are built from its rows, docs/places.md is made of it, and tests/cli/test_places.py puts links, pipes,
sockets and devices in place of each, and compares it with what the commands do open, write and remove.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, Flag
from pathlib import Path

PREFIX = ".yosan-"
"""How the names of our own working files begin, beside their targets and in the root of an archive."""


class BaseFolder(Enum):
    """Where a place is."""

    YEAR = "年度フォルダー"
    ARCHIVE = "保存庫"
    BESIDE = "書くファイルと同じフォルダー"
    GIVEN = "命令で指定した場所"
    TEMPORARY = "一時フォルダー"


class Use(Flag):
    """What commands do there: to open a file or list a folder; to write or make it; to remove it."""

    READ = 1
    WRITE = 2
    REMOVE = 4


_R, _RW, _RWD = Use.READ, Use.READ | Use.WRITE, Use.READ | Use.WRITE | Use.REMOVE


class FilePlace(Enum):
    """A file or (with `/` at the end) folder by its path in an area; what stands in {} differs from case to case.

    A path that fits several rows is meant by the first.
    """

    YEAR = BaseFolder.YEAR, "/", "年度フォルダーそのもの（消すのは、空の取り出し先だけ）", _RWD
    SETTINGS = BaseFolder.YEAR, "yosan.toml", "設定", _RW
    ROSTER = BaseFolder.YEAR, "組織.csv", "所管課の表", _RW
    LEVELS = BaseFolder.YEAR, "科目.csv", "会計・款・項・目の表", _RW
    OWN_FORMS = BaseFolder.YEAR, "様式/", "年度だけの様式のフォルダー", _RW
    OWN_FORM = BaseFolder.YEAR, "様式/{form}.toml", "年度だけの様式", _RW
    OWN_FORM_FILE = BaseFolder.YEAR, "様式/{form}/form.toml", "年度だけの様式", _R
    SUCCESSION = BaseFolder.YEAR, "対応表.csv", "前の年度との対応", _RW
    LEDGER = BaseFolder.YEAR, "台帳.json", "台帳", _RW
    DECISIONS = BaseFolder.YEAR, "査定.json", "財政課の記入の記録", _RW
    DECISION_TABLE = BaseFolder.YEAR, "査定履歴.csv", "その表", _RW
    HANDED_OUT = BaseFolder.YEAR, "{handed_out}/", "配るブックのフォルダー", _RW
    BLANK = BaseFolder.YEAR, "{handed_out}/{unit}.xlsx", "記入前のブック", _RW
    SUBMITTED = BaseFolder.YEAR, "{submitted}/", "提出されたもののフォルダー", _RW
    SET_ASIDE = BaseFolder.YEAR, "{submitted}/差替え前/", "数えないブックのフォルダー", _R
    SUBMITTED_FOLDER = BaseFolder.YEAR, "{submitted}/{any}/", "その中のフォルダー", _R
    SUBMITTED_FILE = (
        BaseFolder.YEAR,
        "{submitted}/{any}",
        "ブックと添付（書くのは fill と init --example だけ）",
        _RW,
    )
    RETURNED = BaseFolder.YEAR, "{returned}/", "差し戻すブックのフォルダー", _RW
    RETURNED_FOLDER = BaseFolder.YEAR, "{returned}/{any}/", "その中のフォルダー", _RW
    RETURNED_BOOK = BaseFolder.YEAR, "{returned}/{any}", "差し戻すブック", _RW
    SUMMARY_FOLDER = BaseFolder.YEAR, "{summary}/", "集計したもののフォルダー", _RW
    SUMMARY = BaseFolder.YEAR, "{summary}/{year}_集計.xlsx", "集計ブック", _RW
    SUMMARY_BESIDE = (
        BaseFolder.YEAR,
        "{summary}/{year}_集計({number}).xlsx",
        "集計ブックのかわり",
        _RW,
    )
    SUMMARY_COPIES = BaseFolder.YEAR, "{summary}/控え/", "プログラムが残す控え（読まない）", _RW
    SUMMARY_COPY = BaseFolder.YEAR, "{summary}/控え/{name}", "集計ブックの控え", _RW
    SUMMARY_BOOK = BaseFolder.YEAR, "{summary}/{any}.xlsx", "その写し（- コピー、(1) など）", _R
    PAGE = BaseFolder.YEAR, "{summary}/{year}_集計.html", "ページ", _RW
    PUBLIC_PAGE = BaseFolder.YEAR, "{summary}/{year}_公表.html", "公表用のページ", _RW
    PUBLIC_TABLE = BaseFolder.YEAR, "{summary}/{year}_公表_{table}.csv", "公表用のデータ", _RW
    TABLE = BaseFolder.YEAR, "{summary}/{year}_{table}.csv", "要求と明細のデータ", _RW
    NOTICES = BaseFolder.YEAR, "内示/", "内示のブックのフォルダー", _RW
    NOTICE = BaseFolder.YEAR, "内示/{unit}.xlsx", "内示のブック", _RW
    RESTORATIONS = BaseFolder.YEAR, "復活/", "復活要求のフォルダー", _R
    RESTORATION = BaseFolder.YEAR, "復活/{any}", "復活要求のブック", _R
    PUBLICATIONS = BaseFolder.YEAR, "公表/", "公表したもののフォルダー", _RW
    PUBLICATION = BaseFolder.YEAR, "公表/{edition}/", "公表したもの（版ごと、一度に置く）", _RW
    PUBLISHED = BaseFolder.YEAR, "公表/{edition}/{file}", "公表したファイル", _R
    KEPT = BaseFolder.YEAR, "{kept}/", "プログラムが残すもののフォルダー", _RW
    FORMS = BaseFolder.YEAR, "{kept}/様式/", "配ったときの様式のフォルダー", _RW
    FORM = BaseFolder.YEAR, "{kept}/様式/{form}.toml", "配ったときの様式", _RW
    PRIOR = BaseFolder.YEAR, "{kept}/前年度.json", "前の年度の要求と額", _RW
    PROBLEM_REPORT = BaseFolder.YEAR, "yosan-xl_報告.zip", "不具合の報告", _RW
    DOUBLE_CLICK = BaseFolder.YEAR, "集計.bat", "開くと集計するファイル（Windows）", Use.WRITE
    OTHER_FOLDER = BaseFolder.YEAR, "{any}/", "年度フォルダーのほかのフォルダー", _R
    OTHER_FILE = BaseFolder.YEAR, "{any}", "年度フォルダーのほかのファイル", _R

    ARCHIVE = BaseFolder.ARCHIVE, "/", "保存庫そのもの", _RW
    LOCK = BaseFolder.ARCHIVE, ".yosan-lock", "二人が同時に書かないための錠", Use.WRITE
    HEAD = BaseFolder.ARCHIVE, "最後の段階.sha256", "最後に保存した段階", _RW
    INTRODUCTION = BaseFolder.ARCHIVE, "はじめに.txt", "保存庫の説明（ないときだけ書く）", _RW
    ARCHIVED_YEAR = BaseFolder.ARCHIVE, "{year}/", "年度（消すのは、空のフォルダーだけ）", _RWD
    STAGE = BaseFolder.ARCHIVE, "{year}/{stage}/", "段階（中のものごと、一度に置く）", _RW
    MANIFEST = BaseFolder.ARCHIVE, "{year}/{stage}/manifest.json", "保存の記録", _R
    SEAL = BaseFolder.ARCHIVE, "{year}/{stage}/manifest.sha256", "記録の SHA-256", _R
    DOCUMENTS = BaseFolder.ARCHIVE, "{year}/{stage}/{kept}/要求書.json", "要求書のデータ", _R
    FINDINGS = BaseFolder.ARCHIVE, "{year}/{stage}/{kept}/指摘.json", "指摘", _R
    SCHEMA = BaseFolder.ARCHIVE, "{year}/{stage}/{kept}/要求書.schema.json", "要求書のスキーマ", _R
    ARCHIVED_FOLDER = BaseFolder.ARCHIVE, "{year}/{stage}/{any}/", "年度フォルダーの写し", _R
    ARCHIVED_FILE = BaseFolder.ARCHIVE, "{year}/{stage}/{any}", "そのファイルの写し", _R

    EXCEL_MARK = BaseFolder.BESIDE, "~${name}", "Excel で開いている印", _R
    LIBRE_MARK = BaseFolder.BESIDE, ".~lock.{name}#", "LibreOffice で開いている印", _R
    TEMPORARY_FILE = BaseFolder.BESIDE, ".yosan-{random}.tmp", "書いている途中のファイル", _RWD
    TEMPORARY_FOLDER = (
        BaseFolder.BESIDE,
        ".yosan-{use}-{random}/",
        "保存や取り出しの途中のもの",
        _RWD,
    )

    INPUT = (
        BaseFolder.GIVEN,
        "{input}",
        "読むファイル（ブック、JSON、対応表、前年度の集計ブック）",
        _R,
    )
    OUTPUT = BaseFolder.GIVEN, "{output}", "書き出すファイル", _RW
    OUTPUT_FOLDER = BaseFolder.GIVEN, "{folder}/", "書き出すフォルダー", _RW
    PRINTING = (
        BaseFolder.TEMPORARY,
        "yosan-xl-pdf-{random}/",
        "PDF を作る間の LibreOffice の作業フォルダー",
        _RWD,
    )
    LOG = BaseFolder.TEMPORARY, "yosan-xl-{process}.log", "プログラムの故障の記録", _RW

    def __init__(self, area: BaseFolder, path: str, what: str, use: Use) -> None:
        """Take the row apart."""
        self.area, self.what, self.use = area, what, use
        self.path, self.is_folder = path.removesuffix("/"), path.endswith("/")

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    def below(self, root: Path, **parts: object) -> Path:
        """Return the path below `root`, with `parts` for what stands in {}."""
        return root / self.path.format(**parts)


_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?")
# Characters of three bytes each, with an ending, stay below the 255 bytes of a file name.
_LONGEST = 60
# What turns a line around or has no width; 外字 (private use) are characters of names.
_UNSEEN = {"Cf", "Cs", "Zl", "Zp"}


LONGEST_FOR_EXCEL, LONGEST_PATH = 218, 259
"""Characters from the drive on: what Excel opens, and what Windows writes as it is usually set up.
https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation
"""


def path_length(path: Path) -> int:
    """Return how many characters Windows counts in a path from the drive on: one of four bytes, as 𠮷, twice."""
    return len(str(path.absolute()).encode("utf-16-le", "surrogatepass")) // 2


def why_not_on_windows(name: str) -> str | None:
    """Say what keeps Windows from having a file of this name (`に…` or `が…`), or give None where nothing does."""
    if bad := _FORBIDDEN.search(name):
        return f"に、ファイル名に使えない文字({_shown(bad.group())})があります"
    if name.endswith((".", " ")):
        return "が「.」や空白で終わっています"
    return "は、Windows が別の用に使う名前です" if _RESERVED.fullmatch(name) else None


def why_unsafe(name: str, longest: int = _LONGEST) -> str | None:
    """Say what keeps `name` from being a file name (`に…` or `が…`), or give None where it can."""
    if not name:
        return "が空です"
    if problem := why_not_on_windows(name):
        return problem
    if unseen := next((char for char in name if unicodedata.category(char) in _UNSEEN), None):
        return f"に、見えない文字(U+{ord(unseen):04X})があります"
    if name.startswith((".", "~")):
        return "が「.」や「~」で始まっています"
    return f"が {longest}字を超えています" if len(name) > longest else None


def _shown(character: str) -> str:
    return f"「{character}」" if character.isprintable() else "改行などの制御文字"
