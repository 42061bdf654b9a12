"""A wheel installed in a fresh environment outside the repository does the year's work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.usecases.year import EXAMPLE, ROOT


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
    _run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    wheel = next(tmp_path.glob("*.whl"))
    _run(scripts / "python", *pip[1:], "install", wheel, cwd=tmp_path)
    yosan = scripts / "yosan-xl"
    _run(yosan, "init", "R2", "--year", "R2", cwd=tmp_path)
    _run(yosan, "generate", "R2", cwd=tmp_path)
    assert len(list((tmp_path / "R2/配布").glob("*.xlsx"))) == 57
    (tmp_path / "R2/requests.json").write_bytes((EXAMPLE / "requests.json").read_bytes())
    _run(yosan, "fill", "R2/requests.json", "-o", "R2/提出", cwd=tmp_path)
    assert '"no": 59' in _run(yosan, "read", "R2/提出", cwd=tmp_path)
    assert "383,511千円" in _run(yosan, "consolidate", cwd=tmp_path / "R2")
    assert "YX203" in _run(yosan, "explain", cwd=tmp_path)
