"""Every command that writes × every kind of file of a year: only its own kind is written over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Yosan
from tests.cli.test_places import row_of, year_before
from tests.usecases.archive.samples import json_year, put
from tests.usecases.city import with_levels
from tests.usecases.edit import set_cell
from tests.usecases.year import hand_in_filled
from yosan_xl.cli.main import main
from yosan_xl.resources import template_folder
from yosan_xl.store.places import BaseFolder, FilePlace

OWN = {
    "yosan.toml": (),
    "組織.csv": (),
    "科目.csv": (),
    "様式/minato-r2.toml": (),
    "様式/minato-r2/form.toml": (),
    "対応表.csv": (),
    "台帳.json": (),
    "査定.json": (),
    "査定履歴.csv": (),
    "requests.json": (),
    "覚書.txt": (),
    "集計.bat": (),
    "yosan-xl_報告.zip": ("report-problem",),
    "写し.xlsx": ("consolidate",),
    "提出/要求.json": (),
    "提出/0602_区長室.xlsx": (),
    "配布/0103_税務課.xlsx": (),
    "差戻し/0206_国保年金課.xlsx": (),
    "内示/0103_税務課.xlsx": (),
    "復活/0103_税務課.xlsx": (),
    "保存/様式/minato-r2.toml": (),
    "保存/前年度.json": (),
    "集計/R2_集計.xlsx": ("consolidate",),
    "集計/R2_集計(2).xlsx": ("consolidate",),
    "集計/R2_集計.html": ("page",),
    "集計/R2_集計_田中.xlsx": ("consolidate",),
    "集計/控え/R2_集計_0a1b2c3d.xlsx": ("consolidate",),
    "公表/1_要求状況/R2_要求状況.xlsx": (),
    "集計/R2_公表.html": ("page",),
    "集計/R2_一覧.csv": ("export",),
    "集計/R2_公表_一覧.csv": ("export",),
    "結果/要求.ndjson": ("export",),
    "結果/要求.json": ("read",),
    "結果/指摘.txt": ("validate",),
    "結果/指摘.json": ("validate",),
    "結果/指摘.xlsx": ("validate",),
    "結果/比較.txt": ("compare", "trend"),
    "結果/比較.csv": ("compare", "trend"),
    "結果/比較.json": ("compare", "trend"),
    "結果/比較.xlsx": ("compare", "trend"),
    "結果/推移.csv": ("compare", "trend"),
}
"""Every kind of file of a year folder, and which commands may replace it."""

ARCHIVED = (
    ".yosan-lock",
    "最後の段階.sha256",
    "はじめに.txt",
    "R2/要求/manifest.json",
    "R2/要求/manifest.sha256",
    "R2/要求/保存/要求書.json",
    "R2/要求/保存/指摘.json",
    "R2/要求/保存/要求書.schema.json",
    "R2/要求/台帳.json",
    "R2/要求/集計/R2_集計.xlsx",
)
"""Every kind of file of an archive: no command may replace it."""

COMMANDS = {
    "read": "read {year}/提出",
    "consolidate": "consolidate {year}",
    "page": "page {year}",
    "page --public": "page --public {year}",
    "export json": "export {year} --format json",
    "export ndjson": "export {year} --format ndjson",
    "validate text": "validate {year} --format text",
    "validate json": "validate {year} --format json",
    "validate xlsx": "validate {year} --format xlsx",
    "compare text": "compare {before} {year} --format text",
    "compare csv": "compare {before} {year} --by kan --format csv",
    "compare json": "compare {before} {year} --by department --format json",
    "compare xlsx": "compare {before} {year} --format xlsx",
    "trend text": "trend {before} {year} --format text",
    "trend csv": "trend {before} {year} --format csv",
    "trend json": "trend {before} {year} --format json",
    "trend xlsx": "trend {before} {year} --format xlsx",
    "report-problem": "report-problem {year}",
}


INTO_FOLDERS = {
    "export": "export {base}/R2",
    "fill": "fill {base}/R2/requests.json --force",
    "restore": "archive restore R2 --archive {base}/保存庫",
}
"""Commands that write into the folder that -o names."""

RESULTS = {
    "要求.ndjson": "export ndjson",
    "要求.json": "read",
    "指摘.txt": "validate text",
    "指摘.json": "validate json",
    "指摘.xlsx": "validate xlsx",
    "比較.txt": "compare text",
    "比較.csv": "compare csv",
    "比較.json": "compare json",
    "比較.xlsx": "compare xlsx",
    "推移.csv": "trend csv",
}
"""What stands in 結果, and the command that made it."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a year that has every kind of file, and the year before it."""
    base = tmp_path_factory.mktemp("whole")
    year = with_levels(json_year(base / "R2"))
    for name in ("minato-r2.toml", "minato-r2/form.toml"):
        (year / "様式" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(template_folder("minato-r2") / "form.toml", year / "様式" / name)
    year_before(base / "R1", year)
    for words in (
        ["consolidate"],
        ["page"],
        ["page", "--public"],
        ["export"],
        ["export", "--public"],
    ):
        main.main([*words, str(year)], standalone_mode=False)
    report = year / "yosan-xl_報告.zip"
    main.main(["report-problem", str(year), "-o", str(report)], standalone_mode=False)
    for name, command in RESULTS.items():
        out = ["-o", str(year / "結果" / name)]
        main.main([*_words(command, base), *out], standalone_mode=False)
    put(year)
    (year / "集計/控え").mkdir()
    copies = ("R2_集計(2).xlsx", "R2_集計_田中.xlsx", "控え/R2_集計_0a1b2c3d.xlsx")
    for name in (*copies, "../写し.xlsx"):
        shutil.copyfile(year / "集計/R2_集計.xlsx", year / "集計" / name)
    (year / "対応表.csv").write_text("種類,前,後\n", encoding="utf-8")
    for path in (year / name for name in OWN if not (year / name).exists()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.name} の中身\n", encoding="utf-8")
    return base


def _words(command: str, base: Path) -> list[str]:
    line = COMMANDS[command].format(year=base / "R2", before=base / "R1")
    return line.split()


def _contents(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_own__every_kind_of_file_of_a_year_and_an_archive_is_tried() -> None:
    tried = {row_of(f"R2/{name}", is_folder=False) for name in OWN}
    tried |= {row_of(f"保存庫/{name}", is_folder=False) for name in ARCHIVED}
    files = {place for place in FilePlace if not place.is_folder}
    assert {one for one in files if one.area in (BaseFolder.YEAR, BaseFolder.ARCHIVE)} == tried


def test_commands__every_one_with_an_output_is_tried() -> None:
    with_output = {
        name.split()[-1]
        for name, command in _commands(main, "")
        if any("--output" in parameter.opts for parameter in command.params)
    }
    tried = {*(line.split()[0] for line in COMMANDS.values()), *INTO_FOLDERS}
    assert with_output == tried


def _commands(group: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(group, click.Group):
        yield name, group
        return
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        yield from _commands(command, f"{name} {word}".strip())


VERBS = {
    verb: [name for name, line in COMMANDS.items() if line.split()[0] == verb]
    for verb in dict.fromkeys(line.split()[0] for line in COMMANDS.values())
}
"""The commands of each verb, which differ in their format alone."""


@pytest.mark.parametrize("verb", VERBS)
def test_yx069__hits_every_file_that_is_not_of_the_commands_own_kind(
    verb: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    """Of a verb each format is tried in turn, and all of them over a file of its own."""
    base, turn = shutil.copytree(whole, tmp_path / "base"), cycle(VERBS[verb])
    before = _contents(base)
    for name, owners in OWN.items():
        for command in VERBS[verb] if verb in owners else [next(turn)]:
            done = yosan(*_words(command, base), "-o", base / "R2" / name)
            if verb in owners and not _ends_as(command, name):
                assert (done.code, "YX857" in done.err) == (2, True), (command, name, done.err)
                assert _contents(base) == before, (command, name)
            elif verb in owners:
                assert done.code in (0, 1), (command, name, done.err)
                shutil.rmtree(base)
                shutil.copytree(whole, base)
            elif verb == "consolidate" and ("YX616" in done.err or "YX857" in done.err):
                assert done.code == 2  # no summary, or not called like one: told in its own words
                assert _contents(base) == before
            else:
                assert (done.code, "YX069" in done.err) == (2, True), (command, name, done)
                assert _contents(base) == before, (command, name)


def _ends_as(command: str, name: str) -> bool:
    """Return whether a name ends as what a command writes does."""
    verb, _, form = command.partition(" ")
    usual = {"page": "html", "consolidate": "xlsx", "read": "json", "report-problem": "zip"}
    return name.endswith({"text": ".txt"}.get(form, f".{usual.get(verb, form)}"))


ENDS = {
    "consolidate": "xlsx",
    "page": "html",
    "report-problem": "zip",
    "read": "json",
    "validate text": "txt",
    "validate xlsx": "xlsx",
    "compare csv": "csv",
    "trend xlsx": "xlsx",
    "export json": "json",
    "export ndjson": "ndjson",
}


@pytest.mark.parametrize("command", ENDS)
def test_yx857__hits_a_name_that_ends_as_another_kind_or_not_at_all(
    command: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    before = _contents(whole)
    for name in ("まとめ.pdf", "まとめ"):
        done = yosan(*_words(command, whole), "-o", tmp_path / name)
        right = f"「まとめ.{ENDS[command]}」のような名前にしてください"
        assert (done.code, "YX857" in done.err, right in done.err) == (2, True, True), done.err
    assert [*tmp_path.iterdir()] == []
    assert _contents(whole) == before


def test_yx857__does_not_hit_an_ending_in_capitals(
    whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    assert yosan("page", whole / "R2", "-o", tmp_path / "R8.11.6.HTML").code in (0, 1)


def test_yx857__hits_an_ending_of_figures_and_a_database(
    whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    done = yosan("page", whole / "R2", "-o", tmp_path / "R8.11.6")
    assert "「R8.11.6.html」のような名前" in done.err
    done = yosan("export", whole / "R2", "--format", "sqlite", "-o", tmp_path / "R2.xlsx")
    assert (done.code, "「R2.sqlite」のような名前" in done.err) == (2, True)


@pytest.mark.parametrize("command", ["consolidate", "page", "read", "validate json", "compare csv"])
def test_yx858__hits_a_place_of_which_two_folders_are_missing(
    command: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    end = ENDS.get(command, command.partition(" ")[2])
    done = yosan(*_words(command, whole), "-o", tmp_path / "集形" / "R2" / f"まとめ.{end}")
    assert (done.code, "YX858" in done.err, "/集形」がありません" in done.err) == (2, True, True)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("command", INTO_FOLDERS.values())
def test_out__of_a_folder_is_not_called_like_a_file_nor_made_where_no_folder_is(
    command: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    shutil.copyfile(base / "R2/提出/要求.json", base / "R2/requests.json")
    words = command.format(base=base).split()
    done = yosan(*words, "-o", tmp_path / "まとめ.xlsx")
    assert (done.code, "「.xlsx」のない名前に" in done.err) == (2, True), done.err
    done = yosan(*words, "-o", tmp_path / "集形" / "R2")
    assert (done.code, "YX858" in done.err) == (2, True), done.err
    assert [one.name for one in tmp_path.iterdir()] == ["base"]


def test_yx858__does_not_hit_one_folder_that_is_new(
    whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    assert yosan("page", whole / "R2", "-o", tmp_path / "公表" / "R2.html").code in (0, 1)


@pytest.mark.parametrize("name", ["台帳.json", "提出/要求.json", "集計/R2_集計.xlsx"])
def test_yx069__hits_through_links(name: str, whole: Path, tmp_path: Path, yosan: Yosan) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    before = _contents(base)
    (tmp_path / "link").symlink_to(base / "R2" / name)
    (tmp_path / "folder").symlink_to((base / "R2" / name).parent)
    for out in (tmp_path / "link", tmp_path / "folder" / Path(name).name):
        done = yosan("page", base / "R2", "-o", out)
        assert (done.code, "YX069" in done.err) == (2, True), done
    assert _contents(base) == before
    assert (tmp_path / "link").is_symlink()


def test_yx069__hits_a_hard_link_to_what_is_read_and_the_table_of_names(
    whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    before = _contents(base)
    (tmp_path / "again.json").hardlink_to(base / "R2/提出/要求.json")
    shutil.copyfile(base / "R2/対応表.csv", tmp_path / "table.csv")
    done = yosan("read", base / "R2", "-o", tmp_path / "again.json")
    assert (done.code, "「again.json」は読むファイルなので" in done.err) == (2, True)
    years = (base / "R1", base / "R2")
    table = tmp_path / "table.csv"
    done = yosan("compare", *years, "--map", table, "-o", table)
    assert (done.code, "YX069" in done.err) == (2, True)
    assert _contents(base) == before


def test_yx069__hits_names_that_differ_in_case_or_composition_alone(
    tmp_path: Path, yosan: Yosan
) -> None:
    year = json_year(tmp_path / "R2")
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8").replace('"差戻し"', '"もどすブックA"')
    settings.write_text(text, encoding="utf-8")
    out = year / "もどすフ\u3099ックa" / "ページ.html"
    out.parent.mkdir()
    out.write_bytes(b"x")
    done = yosan("page", year, "-o", out)
    assert (done.code, "「もどすブックA」フォルダーのファイル" in done.err) == (2, True)


def test_yx069__hits_force_where_it_is_not_the_commands_own_folder(
    whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    year = shutil.copytree(whole / "R2", tmp_path / "R2")
    shutil.copyfile(year / "提出/要求.json", year / "requests.json")
    for folder in ("提出", "配布", "差戻し", "保存"):
        (year / folder / "0103_税務課.xlsx").write_bytes(b"x")
        before = _contents(year)
        done = yosan("fill", year / "requests.json", "-o", year / folder, "--force")
        assert (done.code, "YX069" in done.err) == (2, True), done.err
        assert _contents(year) == before


def test_yx069__does_not_hit_generate_and_return_in_their_own_folders(
    year: Path, yosan: Yosan
) -> None:
    hand_in_filled(year)
    set_cell(year / "提出" / "0602_区長室.xlsx", "yx_lines1_requested", 0, "約5")
    for folder in ("配布", "差戻し"):
        (year / folder).mkdir()
        (year / folder / "0602_区長室.xlsx").write_bytes(b"x")
    assert yosan("generate", year, "--department", "区長室", "--force").code == 0
    assert yosan("return", "--folder", year, "--force").code in (0, 1)
    for folder in ("配布", "差戻し"):
        assert (year / folder / "0602_区長室.xlsx").read_bytes() != b"x"


@pytest.mark.parametrize("command", [names[-1] for names in VERBS.values()])
def test_yx069__hits_everything_in_the_archive(
    command: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    before = _contents(base)
    for name in ARCHIVED:
        done = yosan(*_words(command, base), "-o", base / "保存庫" / name)
        assert done.code == 2, (name, done)
        assert "保存庫にあるファイル" in done.err or "YX616" in done.err, (name, done)
        assert _contents(base) == before, name


@pytest.mark.parametrize("folder", ["提出", "配布", "差戻し", "保存", "集計", "結果", ""])
def test_yx069__hits_what_commands_that_write_into_a_folder_would_write_over(
    folder: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    year, out = base / "R2", base / "R2" / folder
    names = [path.name for path in (year / "集計").glob("*.csv")]
    for name in (*names, "0103_税務課.xlsx", "0602_区長室.xlsx"):
        (out / name).write_text("財政課の覚え\n", encoding="utf-8")
    shutil.copyfile(year / "提出/要求.json", year / "requests.json")
    before = _contents(base)
    for words in INTO_FOLDERS.values():
        done = yosan(*words.format(base=base).split(), "-o", out)
        assert (done.code, "YX069" in done.err or "YX6" in done.err) == (2, True), done
        assert _contents(base) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_out__a_folder_a_pipe_or_a_file_for_a_folder_is_told_and_nothing_changed(
    command: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    (base / "R2" / "台帳.json").unlink()
    before = _contents(base)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    for out in (base, tmp_path / "pipe", tmp_path / "file" / "out", Path("/dev/null")):
        done = yosan(*_words(command, base), "-o", out)
        assert (done.code, "YX083" in done.err or "YX616" in done.err) == (2, True), done
    assert _contents(base) == before
    assert (tmp_path / "pipe").is_fifo()
    assert Path("/dev/null").is_char_device()


NEW = (
    *("組織.csv", "科目.csv", "対応表.csv", "台帳.json", "様式/新.toml"),
    *("提出/新.json", "配布/新.json", "差戻し/新.json", "復活/新.json", "保存/前年度.json"),
    *("../保存庫/新.json", "../保存庫/R2/要求/新.json"),
)


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("command", ["read", "validate json", "page", "consolidate", "compare csv"])
def test_new_file__is_not_put_where_the_year_or_an_archive_has_a_use_for_it(
    command: str, name: str, whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = tmp_path / "copy"
    shutil.copytree(whole, base)
    target = base / "R2" / name
    target.unlink(missing_ok=True)
    # A year without its tables cannot be read; the one before it can.
    year = base / ("R1" if name in ("組織.csv", "科目.csv") else "R2")
    words = COMMANDS[command].format(year=year, before=base / "R1").split()
    done = yosan(*words, "-o", str(target))
    assert (done.code, target.exists()) == (2, False), done.err
    assert "YX069" in done.err


def test_year_within_a_folder_with_settings__is_written_like_any_other(
    whole: Path, tmp_path: Path, yosan: Yosan
) -> None:
    base = shutil.copytree(whole, tmp_path / "base")
    shutil.copyfile(base / "R2/yosan.toml", base / "yosan.toml")
    for name in ("査定.json", "台帳.json"):
        (base / "R2" / name).unlink()
    for _ in "12":
        done = yosan("consolidate", base / "R2", "--include-errors")
        assert "YX069" not in done.err, done
    assert (base / "R2/台帳.json").is_file()
    shutil.move(base / "R2", base / "提出/R2")
    assert "「提出」フォルダーのファイル" in yosan("consolidate", base / "提出/R2").err
