"""`sh scripts/exam lowest` and `newest`: tests with the lowest and with the newest libraries that pyproject.toml allows.

Each in an environment of its own in a temporary folder, whose versions are printed first; what is declared without a
lower bound is taken at its newest.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = (
    *("tests/excel/test_*.py", "tests/excel/foreign", "tests/issued", "tests/cli/test_main.py"),
    *("tests/rules", "tests/test_private_names.py", "tests/usecases/archive"),
    *("tests/usecases/test_generate.py", "tests/usecases/test_consolidate.py"),
    *("tests/usecases/test_validate.py", "tests/usecases/test_cluster.py"),
)
_NOT_RUN = ("mypy", "ruff", "import-linter", "types-", "mkdocs")
"""What looks at the code and does not run it: of no use here."""


def requirements() -> list[str]:
    """Return what the program and the tests declare that they need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return [one for one in declared if not one.startswith(_NOT_RUN)]


def lowest(requirement: str) -> str:
    """Return a requirement that only its lower bound fulfils: `click>=8.1,<9` is `click==8.1.0`."""
    return re.sub(r">=([^,]+).*", r"==\1", requirement)


def run(name: str, wanted: Iterable[str], tests: Sequence[str] = TESTS) -> int:
    """Install what is wanted into a new environment and run the tests; return pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", *wanted], check=True)
        # As an office has it: the processes that read books take what is installed, and nothing of a folder.
        subprocess.run([*pip, "install", "--quiet", "--no-deps", str(ROOT)], check=True)
        listed = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)
        print(f"{name}: {', '.join(listed.stdout.split())}", flush=True)
        files = [str(path) for pattern in tests for path in sorted(ROOT.glob(pattern))]
        options = ["-q", "-n", "2", "--dist", "worksteal", "-p", "no:cacheprovider"]
        return subprocess.run([python, "-m", "pytest", *options, *files], cwd=ROOT).returncode


CHOICES: Mapping[str, Callable[[str], str]] = {"lowest": lowest, "newest": lambda one: one}


if __name__ == "__main__":
    name, *files = sys.argv[1:]
    sys.exit(run(name, map(CHOICES[name], requirements()), files or TESTS))
