"""The npm packages of tests/tools, installed once beside the virtual environment; no network is needed afterwards."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent / "tools"
_INSTALLED = Path(sys.prefix) / "ooxml-validate"


def node_tools() -> Path:
    """Return the folder that has the packages in its node_modules."""
    if shutil.which("npm") is None:
        pytest.fail("node (20 or later) and npm are missing: sh scripts/test installs them")
    lock, kept = TOOLS / "package-lock.json", _INSTALLED / "installed-lock.json"
    _INSTALLED.mkdir(exist_ok=True)
    with (_INSTALLED / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # the other test process waits
        if not kept.is_file() or kept.read_bytes() != lock.read_bytes():
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(TOOLS / name, _INSTALLED / name)
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(
                [*command, "--loglevel=error"],
                cwd=_INSTALLED,
                check=True,
                capture_output=True,
                timeout=300,
            )
            shutil.copyfile(lock, kept)
    return _INSTALLED
