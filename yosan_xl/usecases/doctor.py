"""`doctor`: what there is on this machine and around a year folder, and what each lack means."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yosan_xl
from yosan_xl.excel.pdf import find_office
from yosan_xl.excel.styles import FIGURE_FONT, FONT
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.store.disk import free_bytes, share_of, try_writing
from yosan_xl.store.faults import reason, shown
from yosan_xl.store.places import LONGEST_FOR_EXCEL, path_length
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.system import is_full

_LEAST_FREE = 200_000_000
"""A large year: books, summaries with their copies and the page, twice."""

NOT_WRITABLE = Code(
    "YX840",
    weight=Weight.ERROR,
    title="書けないフォルダー",
    fact="「{name}」に、ファイルを作って置きかえることができません（{reason}）。",
    remedy="{remedy}",
    why="集計ブックや台帳は、となりに書いてから置きかえるので、作ること、置きかえること、消すことのすべてが要ります。",
    wrong="読むだけの共有フォルダーに置いた年度フォルダー",
    right="財政課の全員が書ける共有フォルダーに置いた年度フォルダー",
)
NO_FONT = Code(
    "YX841",
    weight=Weight.WARNING,
    title="フォントがない",
    fact="フォント「{font}」が、この機械にありません。",
    remedy="Windows では「設定」の「オプション機能」（日本語の補助フォント）から、Linux では fonts-morisawa-bizud-gothic を入れてください。なくても動きますが、別のフォントになり、行の切れ目が変わって印刷で文が欠けることがあります。",
    why="ブックの行の高さと列の幅は、BIZ UDゴシックの字の幅で決めています。Windows 10 からは、はじめから入っています。",
    wrong="BIZ UDPゴシックのない Linux で PDF を作る",
    right="BIZ UDPゴシックを入れてから PDF を作る",
)
NO_OFFICE = Code(
    "YX842",
    weight=Weight.INFO,
    title="LibreOffice がない",
    fact="LibreOffice が見つかりません。",
    remedy="publish が公表の版に PDF を入れるときだけ要ります。なければ、版は PDF なしでできます（Excel で開いて PDF に保存できます）。",
    why="PDF は LibreOffice で作ります。ブックを作ること、読むこと、集計することには使いません。",
    wrong="LibreOffice のない機械で publish をして、PDF も公表する",
    right="LibreOffice を入れるか、公表のブックを Excel で PDF に保存する",
)
NARROW_CONSOLE = Code(
    "YX843",
    weight=Weight.WARNING,
    title="日本語の出ない画面",
    fact="画面の文字コード {encoding} では、日本語が文字の番号になって読めません。",
    remedy="Windows では chcp 932 か chcp 65001 と打つか、新しい「コマンド プロンプト」を開いてください。Linux では LANG=ja_JP.UTF-8 にします。作るファイルの中身は変わりません。",
    why="表示だけのことです。ブックや CSV の文字コードは、画面によりません。",
    wrong="chcp 437 の画面",
    right="chcp 932 の画面",
)
UNSUITED_PLACE = Code(
    "YX844",
    weight=Weight.WARNING,
    title="年度フォルダーに向かない場所",
    fact="「{name}」は、{problem}。",
    remedy="{remedy}",
    why="共有フォルダーには、二人が同時に書かないための錠が使えないもの、残りの少ないもの、Excel がブックを開けないほど奥にあるものがあります。",
    wrong="名前の長いフォルダーをいくつも重ねた中の年度フォルダー",
    right="\\\\server\\財政課\\R9",
)
NO_TEMPORARY_ROOM = Code(
    "YX845",
    weight=Weight.WARNING,
    title="一時フォルダーに書けない",
    fact="一時フォルダー「{name}」は、{problem}。",
    remedy="不要な一時ファイルを消すか（Windows の「設定」の「記憶域」）、書ける場所を環境変数 TEMP と TMP（Linux では TMPDIR）に入れてください。",
    why="公表の版の PDF と、不具合の記録は、一時フォルダーに作ります。そこに書けないと、どちらもできません。",
    wrong="空きのない C ドライブにある %TEMP%",
    right=f"{_LEAST_FREE // 1_000_000} MB 以上空いている一時フォルダー",
)

CODES = (NOT_WRITABLE, NO_FONT, NO_OFFICE, NARROW_CONSOLE, UNSUITED_PLACE, NO_TEMPORARY_ROOM)

_BELOW_YEAR = 80
"""A folder, a book of a department with a name of 60 characters, its ending and a mark of Excel's."""
_TYPICAL = "予算要求①〇▲…：「」"
_WINDOWS_FONTS = ("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts")
_FONTS = (FONT, FIGURE_FONT)
_SECONDS = 60
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")
"""Where `tempfile` looks, in this order."""
_FULL = (
    "空き容量がありません",
    f"不要なファイルを消して、{_LEAST_FREE // 1_000_000} MB 以上空けてください。",
)
_CHANGE_RIGHTS = "フォルダーの「プロパティ」の「セキュリティ」で「変更」が許可されているかを、共有フォルダーの管理者に確かめてください。ウイルス対策ソフトが書きこみを止めていることもあります。"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: what there is, and what is to be told of it, if anything."""

    key: str
    title: str
    value: str
    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> str:
        """Return the gravest weight of its findings in words, 「よし」 without any."""
        weights = {finding.weight for finding in self.findings}
        return next((weight.value for weight in Weight if weight in weights), "よし")


def examine(folder: Path, encoding: str, fonts: Iterable[str] | None = None) -> tuple[Checked, ...]:
    """Return what there is on this machine and around `folder`, which is told of as its year folder where it is in one.

    `encoding` is that of the screen; `fonts` are the names or files of fonts where the machine's are not to be asked.
    Raises OSError where there is no such folder.
    """
    root = find_year_folder(folder) or folder.absolute()
    root.stat()
    return (
        Checked("python", "Python", _python()),
        Checked("program", "yosan-xl", f"{yosan_xl.__version__}（{shown(_program())}）"),
        _fonts(_known_fonts() if fonts is None else fonts),
        _office(find_office()),
        _console(encoding),
        _temporary(),
        *_place(root),
    )


def _python() -> str:
    bits = 64 if sys.maxsize > 2**32 else 32
    return f"{platform.python_version()}（{bits}ビット、{shown(sys.executable)}）"


def _program() -> Path:
    return Path(yosan_xl.__file__).resolve().parent


def _known_fonts() -> list[str]:
    """Return the names of fonts as fontconfig has them, or the names of the files in the usual folders."""
    if program := shutil.which("fc-list"):
        done = subprocess.run(
            [program, ":", "family"], capture_output=True, timeout=_SECONDS, check=False
        )
        return done.stdout.decode("utf-8", "replace").splitlines()
    folders = [Path(os.environ[key], below) for key, below in _WINDOWS_FONTS if key in os.environ]
    folders += [Path("/Library/Fonts"), Path.home() / "Library/Fonts", Path("/usr/share/fonts")]
    return [path.stem for folder in folders if folder.is_dir() for path in folder.rglob("*.tt[cf]")]


def _fonts(known: Iterable[str]) -> Checked:
    """Return which of our fonts are there: `BIZ UDPGothic`, or files such as `BIZ-UDGothicR.ttc`, which holds both."""
    plain = {_plain(name) for name in known}
    there = [font for font in _FONTS if any(_holds(name, font) for name in plain)]
    lacking = [font for font in _FONTS if font not in there]
    findings = tuple(NO_FONT.at(Place("フォント"), font=font) for font in lacking)
    return Checked("fonts", "フォント", "、".join(there) or "ありません", findings)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _holds(name: str, font: str) -> bool:
    # Windows' own file BIZ-UDGothicR.ttc has the proportional face in it too.
    return _plain(font) in name or bool(re.fullmatch("bizudgothic[rb]", name))


def _office(program: str | None) -> Checked:
    if program is None:
        return Checked("office", "LibreOffice", "ありません", (NO_OFFICE.at(Place("LibreOffice")),))
    return Checked("office", "LibreOffice", shown(program))


def _console(encoding: str) -> Checked:
    try:
        _TYPICAL.encode(encoding)
    except (UnicodeError, LookupError):
        finding = NARROW_CONSOLE.at(Place("画面"), encoding=encoding)
        return Checked("console", "画面の文字コード", encoding, (finding,))
    return Checked("console", "画面の文字コード", encoding)


def _temporary() -> Checked:
    """Return whether the folder for temporary files takes some, and enough of them."""
    # Python takes another one without a word where the one that is named takes no file.
    named = next((os.environ[key] for key in _TEMPORARY if os.environ.get(key)), None)
    folder, problem = Path(named or ""), ""
    try:
        folder = Path(named or tempfile.gettempdir())
        try_writing(folder)
        if (free := free_bytes(folder)) < _LEAST_FREE:
            problem = f"残りが {free // 1_000_000} MB しかありません"
    except OSError as error:
        problem = f"書けません（{_FULL[0] if is_full(error) else reason(error)}）"
    name = shown(folder)
    findings = [NO_TEMPORARY_ROOM.at(Place(name), name=name, problem=problem)] if problem else []
    return Checked("temporary", "一時フォルダー", name, tuple(findings))


def _place(root: Path) -> Iterator[Checked]:
    """Return what the folder lies on and what can be done there."""
    is_year = find_year_folder(root) is not None
    kind = "年度フォルダー" if is_year else "年度フォルダーではありません"
    yield Checked("folder", "フォルダー", f"{shown(root)}（{kind}）")
    share = share_of(root)
    where = f"共有フォルダー（{shown(share)}）" if share else "この機械のディスク"
    yield Checked("disk", "置き場所", where)
    yield _writing(root)
    yield _room(root, free_bytes(root))
    yield _length(root)


def _writing(root: Path) -> Checked:
    name = shown(root)
    try:
        is_locked = try_writing(root)
    except OSError as error:
        why, remedy = _FULL if is_full(error) else (reason(error), _CHANGE_RIGHTS)
        finding = NOT_WRITABLE.at(Place(name), name=name, reason=why, remedy=remedy)
        return Checked("writing", "書きこみ", "できません", (finding,))
    if is_locked:
        return Checked("writing", "書きこみ", "作成、置きかえ、錠ができます")
    problem = "二人が同時に書かないための錠が使えません"
    remedy = "集計や保存（archive add）は、時間を決めて一人ずつ実行してください。保存庫は、錠の使える場所に置いてください。"
    return Checked("writing", "書きこみ", "錠が使えません", (_unsuited(root, problem, remedy),))


def _room(root: Path, free: int) -> Checked:
    large = free >= 1_000_000_000
    value = f"{free / 1_000_000_000:,.1f} GB" if large else f"{free // 1_000_000} MB"
    if free >= _LEAST_FREE:
        return Checked("space", "空き容量", value)
    problem = f"残りが {free // 1_000_000} MB しかありません"
    return Checked("space", "空き容量", value, (_unsuited(root, problem, _FULL[1]),))


def _length(root: Path) -> Checked:
    length, most = path_length(root), LONGEST_FOR_EXCEL - _BELOW_YEAR
    if length <= most:
        return Checked("path_length", "パスの長さ", f"{length}字")
    problem = f"場所の名前が {length}字あり、中のブックが Excel の開ける {LONGEST_FOR_EXCEL}字を超えることがあります"
    remedy = f"名前の短いフォルダーか浅い場所に移して、{most}字までにしてください。"
    return Checked("path_length", "パスの長さ", f"{length}字", (_unsuited(root, problem, remedy),))


def _unsuited(root: Path, problem: str, remedy: str) -> Finding:
    name = shown(root)
    return UNSUITED_PLACE.at(Place(name), name=name, problem=problem, remedy=remedy)
