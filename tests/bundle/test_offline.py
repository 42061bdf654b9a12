"""The bundle of this Python, made once, installs and works where there is no network; that of Windows lacks nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from scripts.bundle import bundle
from scripts.wheelhouse import NotBundled, Target, Wheel, build_own, fetch_by_pip
from tests.bundle.offline import RUNNING, run, unpacked, variables
from tests.bundle.wheels import members, missing_in, write_wheel
from tests.usecases.year import EXAMPLE, ROOT

pytestmark = pytest.mark.slow

PLACE = "財政課 (共有)/予算 編成"
"""Where the bundle is unpacked and installed."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    """Our own wheel."""
    return build_own(ROOT, tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def place(own: Wheel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked bundle for this Python."""
    folder = tmp_path_factory.mktemp("bundle")
    manual = {"説明書/index.html": b"<!doctype html>"}
    target = Target("linux_x86_64", RUNNING)
    path = bundle(own, target, folder / "dist", fetch_by_pip, manual)
    assert path.name == f"yosan-xl-{own.version}-linux_x86_64-python{RUNNING}.zip"
    assert missing_in(path.read_bytes(), "linux_x86_64", RUNNING) == []
    unpacked(path, folder / PLACE).rename(folder / PLACE / "zip")
    (folder / "home").mkdir()
    return folder


def _install(place: Path, bundled: str, folder: str) -> tuple[int, str]:
    words = ("sh", place / PLACE / bundled / "install.sh", place / PLACE / folder)
    done = run(*words, cwd=place, environment=variables(place / "home"))
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def program(place: Path) -> Path:
    """The starter of the installed program, beside an older version."""
    older = place / PLACE / "yosan-xl-0.0.1/yosan-xl"
    older.parent.mkdir()
    older.write_text("older\n", encoding="utf-8")
    code, told = _install(place, "zip", "yosan-xl-new")
    assert code == 0, told
    assert f"入れました: {place / PLACE / 'yosan-xl-new'}" in told
    assert (place / PLACE / "yosan-xl-new/説明書/index.html").is_file()
    assert "作成、置きかえ、錠ができます" in told  # what doctor says
    assert older.read_text(encoding="utf-8") == "older\n"
    assert [*(place / "home").iterdir()] == [], "nothing is kept outside the folder"
    return place / PLACE / "yosan-xl-new/yosan-xl"


def test_installed__does_the_years_work_without_a_network(program: Path, place: Path) -> None:
    folder = place / PLACE / "令和2年度 作業"
    folder.mkdir()

    def yosan(*words: str | Path, code: int = 0) -> str:
        done = run(program, *words, cwd=folder, environment=variables(place / "home"))
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    yosan("init", "R2", "--year", "R2")
    yosan("generate", "R2", "--department", "税務課")
    assert len([*(folder / "R2/配布").glob("*.xlsx")]) == 1
    shutil.copyfile(EXAMPLE / "requests.json", folder / "R2/requests.json")
    yosan("fill", "R2/requests.json", "-o", "R2/提出")
    assert "383,511千円" in yosan("consolidate", "R2")
    assert "集計.html" in yosan("page", "R2")
    assert "保存しました" in yosan("archive", "add", "R2")
    assert "年度フォルダー）" in yosan("doctor", "R2")
    yosan("init", "見本", "--example", "港区")
    assert "誤り 1件" in yosan("consolidate", "見本", code=1)
    assert (folder / "見本/集計/R2_集計.xlsx").is_file()
    code = "import sys, yosan_xl; print(sys.prefix, yosan_xl.__file__, sep='\\n')"
    python = program.parent / "python/bin/python"
    said = run(python, "-P", "-c", code, cwd=folder, environment=variables(place / "home")).stdout
    assert all(line.startswith(str(program.parent)) for line in said.splitlines())


def test_starter__by_a_link_in_another_folder_is_the_same(program: Path, place: Path) -> None:
    link = place / "home/yosan"
    link.symlink_to(program)
    done = run(link, "--version", cwd=place, environment=variables(place / "home"))
    link.unlink()
    assert (done.returncode, done.stdout.startswith("yosan-xl ")) == (0, True)


def test_bundle__with_a_flipped_byte_installs_nothing(place: Path) -> None:
    spoilt = place / PLACE / "spoilt"
    shutil.copytree(place / PLACE / "zip", spoilt)
    (wheel,) = (spoilt / "wheels").glob("openpyxl-*.whl")
    data = bytearray(wheel.read_bytes())
    data[len(data) // 2] ^= 1
    wheel.write_bytes(data)
    code, told = _install(place, "spoilt", "never")
    assert code == 1
    assert f"「{wheel.name}」が壊れているか、書きかえられています" in told
    assert not (place / PLACE / "never").exists()


def test_pip__refuses_a_flipped_byte_too(place: Path) -> None:
    folder = place / PLACE / "of pip"
    shutil.copytree(place / PLACE / "zip/wheels", folder)
    (wheel,) = folder.glob("et_xmlfile-*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    options = ("--no-index", "--require-hashes", "--find-links", folder, "--dest", place / "dest")
    words = (sys.executable, "-m", "pip", "download", *options, "-r", folder / "requirements.txt")
    done = run(*words, cwd=place, environment=variables(place / "home"))
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_bundle_for_windows__has_what_windows_asks_for(own: Wheel, tmp_path: Path) -> None:
    path = bundle(own, Target("win_amd64", "3.12"), tmp_path, fetch_by_pip)
    data = path.read_bytes()
    names = [name.rpartition("/")[2] for name, _ in members(data) if name.endswith(".whl")]
    assert [name for name in names if name.endswith("-win_amd64.whl")]
    assert missing_in(data, "win_amd64", "3.12") == []


def test_bundle__without_one_of_its_wheels_is_not_made(own: Wheel, tmp_path: Path) -> None:
    for name in ("click-8.2", "xlsxwriter-3.2", "openpyxl-3.1.5", "jsonschema-4.21"):
        write_wheel(tmp_path / "shelf", name)
    options = ("--no-index", f"--find-links={tmp_path / 'shelf'}")
    with pytest.raises(
        NotBundled, match=r"^python-calamine<1,>=0\.3 の win_amd64、Python 3\.13 用"
    ):
        bundle(
            own,
            Target("win_amd64", "3.13"),
            tmp_path / "dist",
            lambda rules, target, folder: fetch_by_pip(rules, target, folder, *options),
        )
    assert not (tmp_path / "dist").exists()
