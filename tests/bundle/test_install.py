"""What installs a bundle: the batch files, the shell script, and what install.py refuses."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from scripts import bundle
from scripts.bundle import MANUAL, READ_ME, zipped
from scripts.bundled import install
from scripts.wheelhouse import NotBundled, Target, read_wheel
from tests.bundle.batch import Batch
from tests.bundle.wheels import members, write_wheel

FACTS = {
    "version": "1.0",
    "python": "{}.{}".format(*sys.version_info),
    "platform": sysconfig.get_platform().replace("-", "_").replace(".", "_"),
}


def of_bundle(folder: Path, platform: str) -> dict[str, bytes]:
    """Return the files of a bundle of our wheel alone."""
    own = read_wheel(write_wheel(folder, "yosan_xl-1.0", "License-Expression: MIT"))
    files = members(zipped([own], Target(platform, "3.12")))
    return {name.partition("/")[2]: data for name, data in files}


@pytest.fixture
def windows(tmp_path: Path) -> dict[str, bytes]:
    return of_bundle(tmp_path, "win_amd64")


FOUND, LACKS = 0, 1
NO_PY, NO_PYTHON = {"py -3.12 -I -c": LACKS}, {"python -I -c": LACKS}
BESIDE = ("install.py", "no-python.txt")
HERE = "C:\\予算 (R9) & 編成\\"


@pytest.mark.parametrize(
    ("answers", "last", "code"),
    [
        ({}, f'py -3.12 -I "{HERE}install.py" "D:\\予算 編成"', 0),
        ({'py -3.12 -I "': 1}, f'py -3.12 -I "{HERE}install.py" "D:\\予算 編成"', 1),
        (NO_PY, f'python -I "{HERE}install.py" "D:\\予算 編成"', 0),
        ({**NO_PY, 'python -I "': 1}, f'python -I "{HERE}install.py" "D:\\予算 編成"', 1),
        ({**NO_PY, **NO_PYTHON}, f'type "{HERE}no-python.txt"', 1),
    ],
)
def test_install_bat__finds_python_and_leaves_with_the_code_of_the_installer(
    windows: dict[str, bytes], answers: dict[str, int], last: str, code: int
) -> None:
    played = Batch(answers, BESIDE, '"D:\\予算 編成"')
    assert played.play(windows["install.bat"].decode("ascii")) == code
    assert played.ran[-2:] == [last, "pause"]


def test_install_bat__within_the_zip_runs_nothing_and_says_to_unpack(
    windows: dict[str, bytes],
) -> None:
    text = windows["install.bat"].decode("ascii")
    played = Batch({}, ())
    assert (played.play(text), played.ran) == (1, ["pause"])
    assert "Unpack the zip file first" in text.partition(":packed")[2].partition(":end")[0]


def _quoted_or_none(line: str) -> bool:
    """Tell whether every path of a line stands in quotation marks."""
    return "%~dp0" not in re.sub(r'"[^"]*"', "", line)


@pytest.mark.parametrize("name", ["install.bat", *install.WINDOWS_STARTERS])
def test_batch_file__is_ascii_with_crlf_and_without_traps(
    windows: dict[str, bytes], name: str
) -> None:
    lines = install.WINDOWS_STARTERS.get(name)
    text = "\r\n".join([*lines, ""]) if lines else windows[name].decode("ascii")
    assert text.isascii()
    assert "\n" not in text.replace("\r\n", "")
    assert "@python" not in text
    code = [line for line in text.split("\r\n") if not line.startswith(("rem ", "echo "))]
    assert all(map(_quoted_or_none, code))
    # A parenthesis in a path would end a block; without blocks none can.
    assert not any(re.search(r"[()]", re.sub(r'"[^"]*"', "", line)) for line in code)
    labels = set(re.findall(r"^:(\w+)\r$", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert all(one in re.findall(r"goto (\w+)", text) or one == "end" for one in labels)


def test_starter__runs_the_python_beside_it_and_leaves_with_its_code() -> None:
    text = "\r\n".join([*install.WINDOWS_STARTERS["yosan-xl.bat"], ""])
    played = Batch({f'"{HERE}python': 1}, (), 'consolidate "R9 (案)"')
    assert played.play(text) == 1
    program = f'"{HERE}python\\Scripts\\python.exe" -P -m yosan_xl consolidate "R9 (案)"'
    assert played.ran == [program]


@pytest.mark.parametrize(
    ("dragged", "goes"),
    [
        ("", 'cd /d "C:\\Users\\山田"'),
        ('"\\\\server\\財政課\\R9"', 'pushd "\\\\server\\財政課\\R9"'),
    ],
)
def test_window__opens_at_home_or_in_the_folder_dragged_onto_it(dragged: str, goes: str) -> None:
    text = "\r\n".join([*install.WINDOWS_STARTERS["命令の画面.bat"], ""])
    played = Batch({}, (), dragged, variables={"PATH": "C:\\bin", "USERPROFILE": "C:\\Users\\山田"})
    played.play(text)
    assert played.ran == [goes, "cmd /k yosan-xl", "popd"]
    assert played.variables["PATH"] == f"{HERE};C:\\bin"


def test_text_for_windows__is_readable_in_notepad_and_in_any_console(
    windows: dict[str, bytes],
) -> None:
    read_me = windows[READ_ME]
    assert read_me.startswith(b"\xef\xbb\xbf")
    text = read_me.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n") > 50
    assert "py -3.12 --version" in text
    assert re.search(r"^  yosan-xl +1\.0 +MIT\r$", text, re.MULTILINE)
    text.replace("\r\n", "").encode("cp932")
    assert not re.search(r"@[a-z_]+@", text)
    typed = windows["no-python.txt"]
    assert typed.startswith(b"\xff\xfe")
    assert "Python 3.12 が見つかりません。" in typed.decode("utf-16")


@pytest.mark.parametrize("platform", ["win_amd64", "linux_x86_64"])
def test_bundle__has_what_its_system_needs_and_names_no_host_but_python_org(
    tmp_path: Path, platform: str
) -> None:
    files = of_bundle(tmp_path, platform)
    own = {"install.bat", "no-python.txt"} if platform == "win_amd64" else {"install.sh"}
    wheels = {"wheels/requirements.txt", "wheels/yosan_xl-1.0-py3-none-any.whl"}
    assert set(files) == {READ_ME, "install.py", "bundle.json", *own, *wheels}
    assert json.loads(files["bundle.json"]) == {
        "version": "1.0",
        "python": "3.12",
        "platform": platform,
    }
    texts = b"".join(data for name, data in files.items() if not name.endswith(".whl"))
    assert set(re.findall(rb"https?://([^/\s]+)", texts)) <= {b"www.python.org"}
    assert str(tmp_path).encode() not in texts


def test_zip__has_the_same_bytes_from_other_places_and_times(tmp_path: Path) -> None:
    target = Target("linux_x86_64", "3.12")
    one = read_wheel(write_wheel(tmp_path / "one", "yosan_xl-1.0"))
    (tmp_path / "two").mkdir()
    copy = tmp_path / "two" / one.path.name
    copy.write_bytes(one.path.read_bytes())
    assert zipped([one], target) == zipped([read_wheel(copy)], target)


def test_scripts_bundle__takes_no_python_before_311(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ("3.10", "2.7", "312", "3.12.4"):
        with pytest.raises(SystemExit):
            bundle.main(["--python", wrong])
        assert f"{wrong}: 3.11, 3.12 and so on" in capsys.readouterr().err


def test_scripts_bundle__that_lacks_a_wheel_names_it_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = read_wheel(write_wheel(tmp_path, "yosan_xl-1.0", "Requires-Dist: not-there"))

    def refuse(*_: object) -> list[Path]:
        raise NotBundled(["not-there の wheel がありません。"])

    monkeypatch.setattr(bundle, "build_own", lambda *_: own)
    monkeypatch.setattr(bundle, "manual", lambda _: {})
    monkeypatch.setattr(bundle, "fetch_by_pip", refuse)
    assert (
        bundle.main(
            ["--platform", "win_amd64", "--python", "3.12", "--output", str(tmp_path / "dist")]
        )
        == 1
    )
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "not-there の wheel がありません。",
        "win_amd64、Python 3.12 の zip は作っていません。",
    ]
    assert not (tmp_path / "dist").exists()


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder of two wheels and their requirements.txt."""
    folder = tmp_path / "wheels"
    paths = [write_wheel(folder, name) for name in ("click-8.2", "yosan_xl-1.0")]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    lines = [
        f"{path.name.partition('-')[0]}==1 --hash=sha256:{sha}"
        for path, sha in zip(paths, hashes, strict=True)
    ]
    (folder / "requirements.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    install.refuse_broken_wheels(folder)
    return folder


def test_wheel__with_a_flipped_byte_is_refused_by_its_name(wheels: Path) -> None:
    path = wheels / "click-8.2-py3-none-any.whl"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(
        install.NotInstalled, match=r"「click-8\.2-py3-none-any\.whl」が壊れているか"
    ):
        install.refuse_broken_wheels(wheels)


def test_wheel__that_is_gone_or_was_put_there_is_refused(wheels: Path) -> None:
    write_wheel(wheels, "six-1.0")
    with pytest.raises(install.NotInstalled, match=r"「six-1\.0"):
        install.refuse_broken_wheels(wheels)
    (wheels / "six-1.0-py3-none-any.whl").unlink()
    (wheels / "click-8.2-py3-none-any.whl").unlink()
    with pytest.raises(install.NotInstalled, match="部品（click==1）が足りません"):
        install.refuse_broken_wheels(wheels)


@pytest.mark.parametrize(
    "other", [{"python": "3.9"}, {"platform": "win32"}, {"platform": "win_arm64"}]
)
def test_other_python__is_refused(other: dict[str, str]) -> None:
    install.refuse_other_python(FACTS)
    with pytest.raises(install.NotInstalled, match="この zip は Python"):
        install.refuse_other_python({**FACTS, **other})


def test_folder__with_other_files_is_refused_and_an_earlier_install_is_not(tmp_path: Path) -> None:
    install.refuse_other_files(tmp_path / "none")
    install.refuse_other_files(tmp_path)
    (tmp_path / "python").mkdir()
    with pytest.raises(install.NotInstalled, match="ほかのファイルがあります（python）"):
        install.refuse_other_files(tmp_path)
    (tmp_path / "python/pyvenv.cfg").touch()
    (tmp_path / READ_ME).touch()
    (tmp_path / MANUAL).mkdir()
    install.refuse_other_files(tmp_path)
    (tmp_path / "yosan.toml").touch()
    with pytest.raises(install.NotInstalled, match=r"ほかのファイルがあります（yosan\.toml）"):
        install.refuse_other_files(tmp_path)
    with pytest.raises(install.NotInstalled, match="はファイルです"):
        install.refuse_other_files(tmp_path / "yosan.toml")


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        ([], Path.home() / "yosan-xl-1.0"),
        (["/a b/予算"], Path("/a b/予算")),
        (['/a/"'], Path("/a")),
    ],
)
def test_folder__is_the_one_that_is_given_or_one_of_the_version(
    arguments: list[str], folder: Path
) -> None:
    assert install.folder_of(arguments, "1.0") == folder


def test_folder__of_a_manual_that_no_install_put_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / MANUAL).mkdir()
    with pytest.raises(install.NotInstalled, match=f"ほかのファイルがあります（{MANUAL}）"):
        install.refuse_other_files(tmp_path)


@pytest.mark.parametrize("word", ["--help", "-h", "/a --x"])
def test_folder__of_an_option_is_refused(word: str) -> None:
    with pytest.raises(install.NotInstalled, match="入れる場所だけです"):
        install.folder_of(word.split(), "1.0")


def test_manual__is_the_site_without_source_maps(tmp_path: Path) -> None:
    with pytest.raises(NotBundled, match="説明書がありません"):
        bundle.manual(tmp_path / "site")
    for name in ("index.html", "財政課の手引き.html", "assets/a.js", "assets/a.js.map"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    own = read_wheel(write_wheel(tmp_path, "yosan_xl-1.0", "License-Expression: MIT"))
    data = zipped([own], Target("win_amd64", "3.12"), bundle.manual(tmp_path / "site"))
    found = {name.partition("/")[2]: data for name, data in members(data)}
    there = sorted(name for name in found if name.startswith(MANUAL))
    assert there == [
        f"{MANUAL}/{name}" for name in ("assets/a.js", "index.html", "財政課の手引き.html")
    ]
    assert found[f"{MANUAL}/index.html"] == b"index.html"


def test_folder__of_two_words_is_refused() -> None:
    with pytest.raises(install.NotInstalled, match='「"」で囲んでください'):
        install.folder_of(["/a", "b/予算"], "1.0")


def test_install_sh__without_that_python_says_so(tmp_path: Path) -> None:
    script = tmp_path / "install.sh"
    script.write_bytes(of_bundle(tmp_path, "linux_x86_64")["install.sh"])
    done = subprocess.run(
        ["/bin/sh", script], env={"PATH": "/nowhere"}, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.12 が見つかりません" in done.stderr.decode()
