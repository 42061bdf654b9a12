"""The first change that CONTRIBUTING describes, done as it says in a copy of the repository: red, then green."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
_COPIED = ("yosan_xl", "templates", "schemas", "examples", "docs", "scripts", "tests")
_FAST = "sh scripts/test --fast"
_PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]


def _blocks(language: str) -> list[str]:
    """Return what stands in the section as code of a language, in order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    (own,) = (one for one in section if one.startswith("Your first change"))
    found = re.findall(rf"^ +```{language}\n(.*?)^ +```$", own, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for block in found]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for name in _COPIED:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "corpus")
        )
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*.toml")):
        shutil.copyfile(path, folder / path.name)
    return folder


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of the section with this Python in place of the copy's own."""
    words = shlex.split(command)
    if command.startswith(_FAST):
        words = [*_PYTEST, *words[3:]]
    elif words[0] == ".venv/bin/python":
        words[0] = sys.executable
    elif words[0] == ".venv/bin/yosan-xl":
        words[:1] = [sys.executable, "-m", "yosan_xl"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def _append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{text}", encoding="utf-8")


def test_first_change__goes_from_red_to_green_as_contributing_says(copy: Path) -> None:
    first, reading, red, last = ([*block.splitlines()] for block in _blocks("sh"))
    (case, rule), (listed,) = _blocks("python"), _blocks("text")
    assert first == [f"{_FAST} tests/rules"]
    for command in reading:
        done = _run(command, copy)
        assert done.returncode == 0, (command, done.stderr)
        assert "901" in done.stdout, command

    _append(copy / "tests/rules/test_texts.py", case)
    done = _run(red[0], copy)
    assert "1 failed, 1 passed" in done.stdout
    assert "not enough values to unpack" in done.stdout

    _append(copy / "yosan_xl/rules/texts.py", rule)
    check = copy / "yosan_xl/rules/check.py"
    text = check.read_text(encoding="utf-8")
    assert text.count("    texts.filler,\n") == 1
    line = textwrap.indent(listed, "    ")
    check.write_text(
        text.replace("    texts.filler,\n", f"    texts.filler,\n{line}"), encoding="utf-8"
    )
    *commands, whole = last
    assert whole == _FAST
    told = [_run(command, copy) for command in commands]
    assert [one.returncode for one in told] == [0, 0, 0], [one.stderr for one in told]
    assert "事業名が「。」で終わっている" in told[1].stdout
    assert "2 passed" in told[2].stdout
    assert "YX999" in (copy / "docs/rules.md").read_text(encoding="utf-8")


def test_fast__gives_its_other_words_to_pytest() -> None:
    script = (ROOT / "scripts/test").read_text(encoding="utf-8")
    assert re.search(r'--fast".*?\n  shift\n.*? -m pytest .*"\$@"', script, re.DOTALL)


def test_number__of_the_example_is_no_code_of_ours() -> None:
    assert "YX999" not in (ROOT / "docs/rules.md").read_text(encoding="utf-8")
