from __future__ import annotations

import os
from pathlib import Path

import pytest

from yosan_xl.store.books import (
    expand_paths,
    is_leftover,
    left_out_findings,
    leftover_kind,
    lies_beside,
    submitted_books,
)
from yosan_xl.store.snapshot import Unreadable

LEFTOVERS = (
    "~$税務課.xlsx",
    ".~lock.税務課.xlsx#",
    "._税務課.xlsx",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".yosan-abc.tmp",
)


def _touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_submitted_books__below_folders_and_whatever_their_kind(tmp_path: Path) -> None:
    wanted = (tmp_path / "0801.xlsx", tmp_path / "再提出" / "0801.xls", tmp_path / "資料.pdf")
    _touch(*wanted)
    assert submitted_books(tmp_path) == (wanted, ())


def test_submitted_books__in_the_order_of_composed_names(tmp_path: Path) -> None:
    # As they are stored: か + U+3099 sorts before き, が after か and before き only if composed.
    names = ["が.xlsx", "か\u3099a.xlsx", "きa.xlsx", "かz.xlsx", "か\u3099b/1.xlsx"]
    _touch(*(tmp_path / name for name in names))
    found, _ = submitted_books(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "かz.xlsx",
        "が.xlsx",
        "か\u3099a.xlsx",
        "か\u3099b/1.xlsx",
        "きa.xlsx",
    ]


@pytest.mark.parametrize("name", LEFTOVERS)
def test_submitted_books__leftovers_are_left_out_silently(tmp_path: Path, name: str) -> None:
    _touch(tmp_path / "税務課.xlsx", tmp_path / name)
    found, ignored = submitted_books(tmp_path)
    assert found == (tmp_path / "税務課.xlsx",)
    assert ignored == (tmp_path / name,)
    assert left_out_findings(ignored) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("~$税務課.xlsx", "開いているあいだ"),
        ("1A2B3C4D.tmp", "保存やコピーの途中"),
        ("見積書.pdf.crdownload", "ダウンロードの途中"),
        ("._税務課.xlsx", "Mac"),
        ("THUMBS.DB", "Windows"),
    ],
)
def test_leftover_kind__what_it_is(name: str, kind: str) -> None:
    assert kind in (leftover_kind(name) or "")


@pytest.mark.parametrize("end", [".crdownload", ".part", ".partial", ".tmp"])
def test_yx027__hits_a_book_that_did_not_come_whole(tmp_path: Path, end: str) -> None:
    _touch(tmp_path / f"0103_税務課.xlsx{end}")
    found, ignored = submitted_books(tmp_path)
    assert found == ()
    assert "「0103_税務課.xlsx」はまだありません。" in _only_finding(ignored)
    assert "YX027 注意" in _only_finding(ignored)


def test_yx027__does_not_hit_where_the_book_is_there_or_it_is_none(tmp_path: Path) -> None:
    names = ("0103.xlsx", "0103.xlsx.tmp", "1A2B3C4D.tmp", "見積書.pdf.crdownload")
    _touch(*(tmp_path / name for name in names))
    found, ignored = submitted_books(tmp_path)
    assert (found, len(ignored), left_out_findings(ignored)) == ((tmp_path / "0103.xlsx",), 3, ())


@pytest.mark.parametrize(
    ("name", "data", "beside"),
    [
        ("見積書.pdf", b"%PDF-1.7", True),
        ("説明.docx", b"PK\x03\x04", True),
        ("メール.msg", b"\xd0\xcf\x11\xe0", True),
        ("名前だけ", b"\x00\x01", True),
        ("0103.csv", b"a,b", True),
        ("0103.csv", b"PK\x03\x04", False),  # a book whose name was changed
        ("0103.zip", b"PK\x03\x04", False),  # to be looked into
        ("0103.xlsx", b"%PDF-1.7", False),
        ("0103.XLS", b"", False),
        ("0103.xlsx - ショートカット.lnk", b"L\x00", False),
        ("要求.json", b"[", False),
    ],
)
def test_lies_beside__what_is_surely_no_book(
    tmp_path: Path, name: str, data: bytes, beside: bool
) -> None:
    (tmp_path / name).write_bytes(data)
    assert lies_beside(tmp_path / name) is beside


def test_is_leftover__a_book_is_none() -> None:
    assert not is_leftover("0801_国保年金課.xlsx")
    assert not is_leftover("$~a.xlsx")


def _only_finding(ignored: tuple[Path, ...]) -> str:
    (finding,) = left_out_findings(ignored)
    return str(finding)


@pytest.mark.parametrize("target", ["outside", "inside/0801.xlsx", "nowhere"])
def test_yx076__links_are_not_followed(tmp_path: Path, target: str) -> None:
    _touch(tmp_path / "outside" / "secret.xlsx", tmp_path / "inside" / "0801.xlsx")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / target)
    found, ignored = submitted_books(tmp_path / "inside")
    assert found == (tmp_path / "inside" / "0801.xlsx",)
    assert "YX076 注意 「link」はリンクなので、読んでいません。" in _only_finding(ignored)


def test_yx076__link_to_a_folder_above_makes_no_round(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert submitted_books(tmp_path) == ((), (tmp_path / "link",))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_yx076__fifo(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    found, ignored = submitted_books(tmp_path)
    assert found == ()
    assert "YX076 注意 「a.xlsx」はパイプなので" in _only_finding(ignored)


def test_submitted_books__a_closed_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path / "a.xlsx", tmp_path / "closed" / "b.xlsx")
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found, ignored = submitted_books(tmp_path)
    assert found == (tmp_path / "a.xlsx",)
    assert "YX071 誤り 「closed」を読む権限がありません" in _only_finding(ignored)


def test_left_out_findings__gone_in_the_meantime(tmp_path: Path) -> None:
    assert "YX070" in _only_finding((tmp_path / "gone",))


def test_submitted_books__no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="YX070"):
        submitted_books(tmp_path / "提出")


def test_submitted_books__folder_that_is_itself_a_link(tmp_path: Path) -> None:
    _touch(tmp_path / "share" / "a.xlsx")
    (tmp_path / "提出").symlink_to(tmp_path / "share")
    assert submitted_books(tmp_path / "提出") == ((tmp_path / "提出" / "a.xlsx",), ())


def test_expand_paths__files_as_given_and_folders(tmp_path: Path) -> None:
    folder, single = tmp_path / "提出", tmp_path / "z.xlsx"
    _touch(folder / "b.xlsx", folder / "a.xlsx", folder / "~$a.xlsx", single)
    assert expand_paths([single, folder]) == (
        (single, folder / "a.xlsx", folder / "b.xlsx"),
        (folder / "~$a.xlsx",),
    )


def test_expand_paths__each_once(tmp_path: Path) -> None:
    _touch(tmp_path / "a.xlsx")
    again = tmp_path / "." / ".." / tmp_path.name / "a.xlsx"
    assert expand_paths([tmp_path / "a.xlsx", tmp_path, again]) == ((tmp_path / "a.xlsx",), ())


def test_expand_paths__the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path / "aX.xlsx", tmp_path / "bX.xlsx")
    monkeypatch.chdir(tmp_path)
    books, _ = expand_paths([Path(), tmp_path / "bX.xlsx", tmp_path])
    assert books == (Path("aX.xlsx"), Path("bX.xlsx"))


def test_expand_paths__leftover_from_a_pattern(tmp_path: Path) -> None:
    _touch(tmp_path / "~$a.xlsx")
    assert expand_paths([tmp_path / "~$a.xlsx"]) == ((), (tmp_path / "~$a.xlsx",))


def test_expand_paths__a_missing_file_stays(tmp_path: Path) -> None:
    assert expand_paths([tmp_path / "ない.xlsx"]) == ((tmp_path / "ない.xlsx",), ())
