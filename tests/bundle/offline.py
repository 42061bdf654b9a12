"""Builds bundles as `sh scripts/bundle` does, and runs programs where there is no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

RUNNING = "{}.{}".format(*sys.version_info)
_NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there: a program that asks for anything fails at once."""


def without_network() -> list[str]:
    """Return the words before a command that give it no interface, none where the kernel does not allow it."""
    for words in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*words, "true"], capture_output=True).returncode == 0
        ):
            return words
    return []


def variables(home: Path) -> dict[str, str]:
    """Return the variables of a machine of somebody else: nothing of ours, and proxies that lead nowhere."""
    path = os.pathsep.join((str(Path(sys.base_prefix, "bin")), "/usr/bin", "/bin"))
    proxies = dict.fromkeys(
        ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE
    )
    return {"PATH": path, **proxies, "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": "/nowhere"}


def run(
    *words: str | Path, cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program without a network."""
    return subprocess.run(
        [*without_network(), *map(str, words)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def unpacked(path: Path, folder: Path) -> Path:
    """Unpack a bundle with the modes that its files have, and return the folder in it."""
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)
    return folder / path.name.removesuffix(".zip")
