"""A wheel installed in a fresh environment outside the repository does the year's work.

The oldest click that is allowed does too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.usecases.year import EXAMPLE, ROOT

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel__generates_reads_and_consolidates(tmp_path: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    _run(*pip, "wheel", ROOT, "--no-deps", "-w", tmp_path, cwd=tmp_path)
    _run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    wheel = next(tmp_path.glob("*.whl"))
    install = (*pip, "--python", scripts / "python", "install", "--no-compile")
    _run(*install, wheel, cwd=tmp_path)
    yosan = scripts / "yosan-xl"
    _run(yosan, "init", "R2", "--year", "R2", cwd=tmp_path)
    assert len((tmp_path / "R2/組織.csv").read_text(encoding="utf-8").splitlines()) == 1 + 57
    _run(yosan, "generate", "R2", "--department", "税務課", cwd=tmp_path)
    assert len(list((tmp_path / "R2/配布").glob("*.xlsx"))) == 1
    (tmp_path / "R2/requests.json").write_bytes((EXAMPLE / "requests.json").read_bytes())
    _run(yosan, "fill", "R2/requests.json", "-o", "R2/提出", cwd=tmp_path)
    assert '"no": 59' in _run(yosan, "read", "R2/提出", cwd=tmp_path)
    assert "383,511千円" in _run(yosan, "consolidate", cwd=tmp_path / "R2")
    assert "YX203" in _run(yosan, "explain", cwd=tmp_path)
    for example, municipality in {"港区": "港区", "municipal": "架空市"}.items():
        _run(yosan, "init", example, "--example", example, cwd=tmp_path)
        assert f"{municipality} 令和" in _run(yosan, cwd=tmp_path / example)
    _run(*install, f"click=={_least('click')}.0", cwd=tmp_path)
    assert "使い方" in _run(yosan, "init", "--help", cwd=tmp_path)
    _run(yosan, "init", "R3", "--year", "令和3年度", cwd=tmp_path)


def _least(package: str) -> str:
    """Give the oldest version of a package that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (version,) = (
        wanted.removeprefix(f"{package}>=")
        for wanted in project["dependencies"]
        if wanted.startswith(f"{package}>=")
    )
    return str(version).partition(",")[0]
