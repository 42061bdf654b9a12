"""はじめに.txt of an archive: what the folder is and how it is checked, for whoever has no program in ten years."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.archive.shelf import Shelf
from yosan_xl.store.archive.staging import put_in_root
from yosan_xl.store.archive.verify import CHANGED
from yosan_xl.store.faults import PathError
from yosan_xl.store.files import Files
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot

INTRODUCTION_NAME = FilePlace.INTRODUCTION.file_name

_TEXT = """\
この保存庫について
==================

この「保存庫」には、予算要求のとりまとめと査定の記録を、年度ごと、段階ごとに残してあります。
yosan-xl というプログラムの「archive add」と「stage close」が作りました。プログラムがなくても、
ファイルはふつうの Excel、メモ帳、ブラウザーで開けます。確かめることも、Windows や Linux に
はじめからある命令だけでできます。

保存庫は、読むだけにしてください。中のファイルを開いて保存し直したり、移したり、足したりすると、
保存したときのままであることを示せなくなります。使うときは、写しを別の場所に作ってください。


フォルダー
----------

  保存庫/
    はじめに.txt            この説明
    最後の段階.sha256       最後に保存した段階の記録（manifest.json）の SHA-256
    R2/                     年度（R は令和、H は平成、S は昭和。R2 は令和2年度）
      要求/                 段階（要求、財政課、市長、決定など。査定の段階は、締めたときに残ります）
        manifest.json       この段階にあるすべてのファイルの名前、大きさ、SHA-256 と、
                            一つ前に保存した段階の記録の SHA-256（previous）
        manifest.sha256     manifest.json の SHA-256
        yosan.toml          その年度の設定
        組織.csv            所管課の表
        台帳.json           要求書に付けた NO と、受け取ったブックの記録
        査定.json           財政課が集計ブックに記入したすべての査定の記録
        査定履歴.csv        同じ記録を表にしたもの（いつ、どのブックで、だれが、何から何に）
        提出/               所管課から出されたブック。届いたときのまま、1バイトも変えていません
        集計/               集計ブック（要求と査定の一覧）
        内示/ 復活/ 公表/   内示のブック、復活要求のブック、公表したもの（あるときだけ）
        記録/（または 保存/）
          要求書.json         要求書のすべての値と、段階ごとの査定（decisions）
          要求書.schema.json  要求書.json の形（JSON Schema）
          指摘.json           保存したときの指摘
          様式/               要求書の様式の定義

フォルダーの名前は yosan.toml で変えられるので、年度によってちがうことがあります。
文字の符号は UTF-8 です。金額の単位は、様式に書いてあるとおり（千円か円）です。
要求書.json の requests は 1件ずつの要求書、decisions は同じ順の査定です。amounts の null は
「決まっていない」で、0（ゼロ査定）とはちがいます。NO に「仮」とあるもの（provisional）は、
保存したときにはまだ決まっていない番号です。


保存したときのままかを確かめる
------------------------------

SHA-256 は、ファイルの中身から計算する 64 けたの数です。1文字でも変わると、別の数になります。

1. Linux、Mac、WSL では、段階のフォルダー（たとえば R2/要求）の中で、次の 2行を実行します。

sha256sum -c manifest.sha256
awk -F'"' '$2=="path"{p=$4} $2=="sha256"&&p!=""{print $4"  "p; p=""}' manifest.json | sha256sum -c --quiet

   1行目が「OK」で、2行目が何も出さなければ、どのファイルも保存したときのままです。
   （Mac では sha256sum を「shasum -a 256」に読みかえます。）

2. Windows では、段階のフォルダーで PowerShell を開き、次の 2行を実行します。

(Get-FileHash manifest.json).Hash; Get-Content manifest.sha256
(Get-Content manifest.json -Raw -Encoding UTF8 | ConvertFrom-Json).files | Where-Object { (Get-FileHash -LiteralPath $_.path).Hash -ne $_.sha256 } | ForEach-Object { $_.path }

   1行目に出る 2つの数が同じで（大文字と小文字のちがいはかまいません）、2行目が何も出さなければ、
   どのファイルも保存したときのままです。1つのファイルだけなら、コマンドプロンプトの

certutil -hashfile ファイルの名前 SHA256

   で出る数を、manifest.json のその名前のところの sha256 と見くらべます。

3. 段階のつながり: manifest.json の previous は、sequence が 1つ小さい段階の manifest.sha256 と同じ数です
   （最初の段階は null）。最後の段階の数は「最後の段階.sha256」と同じです。どこかがちがえば、
   段階が抜かれたか、差し替えられています。

yosan-xl があれば、「yosan-xl archive verify --all」で、これをすべて一度に確かめられます。
"""


def introduction_bytes() -> bytes:
    """Return はじめに.txt as Notepad shows it: UTF-8 with its mark, and CRLF."""
    return _TEXT.replace("\n", "\r\n").encode("utf-8-sig")


_KNOWN = frozenset({hashlib.sha256(introduction_bytes()).hexdigest()})
"""The SHA-256 of this text, and of those that earlier versions of this program wrote."""


def write_introduction(files: Files, root: Path) -> None:
    """Put はじめに.txt into an archive that has none; what is there is let be.

    The archive's lock must be held. Raises WriteFailed.
    """
    if not os.path.lexists(root / INTRODUCTION_NAME):
        put_in_root(files, root / INTRODUCTION_NAME, introduction_bytes())


def verify_introduction(shelf: Shelf) -> Iterator[Finding]:
    """Yield that はじめに.txt is not what this program writes; an archive of before may have none."""
    path = shelf.root / INTRODUCTION_NAME
    with contextlib.suppress(FileNotFoundError):
        path.lstat()
        try:
            if snapshot(path).sha256 not in _KNOWN:
                yield CHANGED.at(
                    Place(INTRODUCTION_NAME), problem="プログラムが書いた文とちがいます"
                )
        except PathError as error:
            yield error.finding(INTRODUCTION_NAME)
