"""Turn one comparison, sign, `and`, `not` or small constant of the code, and see whether its own tests notice.

`sh scripts/exam code_mutants decisions 100 1` turns 100 places of the code that takes, keeps, places and sums
decisions, one at a time in a copy of the checkout, and runs the tests that directly belong to the file; seed 1 chooses
them. At least 90 of 100 are to be caught. Other words are rules, form and model; no number means 100.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
WANTED = 0.9
_SECONDS, _PATIENCE, _KILOBYTES = 600, 3600, 8_000_000
"""Of processor time, after which tests never end; on the clock, for what only waits (others use this machine too); of memory."""
_PACKAGE = "yosan_xl"

_TAKING = (
    "tests/usecases/decisions/test_entries.py",
    "tests/usecases/decisions/test_kept_amounts.py",
    "tests/usecases/decisions/test_apply.py",
    "tests/usecases/decisions/test_summary_books.py",
)
_DECIDING = (
    "tests/usecases/decisions/test_assessment.py",
    "tests/usecases/test_decide.py",
    "tests/usecases/test_decide_forms.py",
    "tests/usecases/decisions/test_restoration.py",
    "tests/usecases/decisions/test_asked_again.py",
    "tests/usecases/decisions/test_closed.py",
    "tests/usecases/decisions/test_apply.py",
)
_FROM_OUTSIDE = ("tests/decisions/test_found.py", "tests/decisions/test_random_acts.py")
DECISIONS: dict[str, tuple[str, ...]] = {
    "usecases/decisions/assessment.py": _DECIDING,
    "usecases/decisions/apply.py": (
        "tests/usecases/decisions/test_apply_decisions.py",
        *_DECIDING,
        *_FROM_OUTSIDE,
    ),
    "usecases/decisions/stage_cells.py": (
        "tests/usecases/decisions/test_stage_cells.py",
        "tests/usecases/test_line_now.py",
        *_DECIDING,
        *_FROM_OUTSIDE,
    ),
    "usecases/decisions/entries.py": (*_TAKING, *_FROM_OUTSIDE),
    "usecases/decisions/history_table.py": (
        "tests/usecases/decisions/test_history_table.py",
        *_TAKING,
    ),
    "usecases/decisions/entry_words.py": (
        "tests/usecases/decisions/test_entry_words.py",
        *_DECIDING,
    ),
    "usecases/decisions/projects_now.py": (
        "tests/usecases/decisions/test_projects_now.py",
        *_FROM_OUTSIDE,
    ),
    "usecases/decisions/summary_books.py": (
        "tests/usecases/decisions/test_summary_books.py",
        *_TAKING,
        *_FROM_OUTSIDE,
    ),
    "model/history.py": ("tests/model/test_history.py", *_TAKING),
    "model/decision.py": ("tests/model/test_decision.py", *_DECIDING, *_TAKING),
    "model/continuity.py": ("tests/model/test_continuity.py",),
    "model/assessment.py": ("tests/model/test_assessment.py", *_DECIDING),
    "store/decisions_file.py": ("tests/store/test_decisions_file.py",),
    "store/decision_json.py": ("tests/store/test_decisions_file.py",),
    "rules/decisions.py": ("tests/rules/test_decisions.py",),
    "rules/decided_amounts.py": ("tests/rules/test_decisions.py",),
    "rules/decided_funding.py": ("tests/rules/test_decisions.py",),
    "rules/decided_before.py": ("tests/rules/test_decisions.py",),
    "model/rollup.py": (
        "tests/model/test_rollup.py",
        "tests/excel/summary/test_grouped.py",
        "tests/report/page/test_sums.py",
    ),
}
"""The code that takes, keeps, places and sums decisions, and which tests belong to each file, the quick ones first."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file of the package with one place turned: the line, and what was there and is now."""

    file: str
    line: int
    change: str
    text: str


class _Turned(ast.NodeTransformer):
    """Turns the place with a number; without one it counts what there is to turn."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted, self.count = wanted, 0
        self.line, self.change = 0, ""
        self.depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Turn only what is inside of functions; annotations and decorators say nothing."""
        self.depth += 1
        node.body = [self.visit(one) for one in node.body]
        self.depth -= 1
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Turn a comparison into its neighbour or its contrary."""
        self.generic_visit(node)
        for at, operator in enumerate(node.ops):
            for other in _COMPARISONS.get(type(operator), ()):
                if self._is_it(node, f"{type(operator).__name__} -> {other.__name__}"):
                    node.ops[at] = other()
                    return node
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Turn `and` into `or`."""
        self.generic_visit(node)
        if self._is_it(node, f"{type(node.op).__name__} turned"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Turn a sign."""
        self.generic_visit(node)
        if (
            isinstance(node.op, ast.Add | ast.Sub)
            and not _is_text(node)
            and self._is_it(node, f"{type(node.op).__name__} turned")
        ):
            node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Leave a `not` out."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and self._is_it(node, "not left out"):
            return node.operand
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Turn True and False, and a small number into the next."""
        if not isinstance(node.value, bool | int) or node.value not in (0, 1):
            return node
        if self._is_it(node, f"constant {node.value}"):
            value = not node.value if isinstance(node.value, bool) else node.value + 1
            return ast.copy_location(ast.Constant(value), node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Leave words as they are."""
        return node

    def _is_it(self, node: ast.expr, change: str) -> bool:
        if not self.depth:
            return False
        self.count += 1
        if self.count - 1 != self.wanted:
            return False
        self.line, self.change = node.lineno, change
        return True


_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(one, ast.JoinedStr)
        or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in (node.left, node.right)
    )


def places_of(text: str) -> int:
    """Return how many places of a module can be turned."""
    counter = _Turned()
    counter.visit(ast.parse(text))
    return counter.count


def mutant_of(file: str, text: str, place: int) -> Mutant:
    """Return a module with one of its places turned."""
    turned = _Turned(place)
    tree = turned.visit(ast.parse(text))
    return Mutant(file, turned.line, turned.change, ast.unparse(ast.fix_missing_locations(tree)))


def chosen(files: Sequence[str], count: int, seed: int) -> Iterator[Mutant]:
    """Yield that many mutants of the files, each place as likely as any other."""
    texts = {file: (ROOT / _PACKAGE / file).read_text(encoding="utf-8") for file in files}
    every = [(file, at) for file, text in texts.items() for at in range(places_of(text))]
    for file, at in random.Random(seed).sample(every, min(count, len(every))):
        yield mutant_of(file, texts[file], at)


def tests_of(group: str) -> dict[str, tuple[str, ...]]:
    """Return the files of a group and the tests of each."""
    if group == "decisions":
        own = DECISIONS
    else:
        files = sorted((ROOT / _PACKAGE / group).rglob("*.py"))
        names = [path.relative_to(ROOT / _PACKAGE).as_posix() for path in files]
        # The tests of a file come first: most of the time one of them notices.
        own = {name: (_own_test(name), f"tests/{group}") for name in names if "__" not in name}
    return {
        file: tuple(test for test in tests if (ROOT / test).exists())
        for file, tests in own.items()
        if (ROOT / _PACKAGE / file).exists()
    }


def _own_test(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return f"tests/{folder}/test_{name}"


def copied(folder: Path) -> Path:
    """Copy what the tests need of this checkout; only the copy is ever turned."""
    folder.mkdir(exist_ok=True)
    for name in (_PACKAGE, "tests", "templates", "schemas", "scripts"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    for name in ("examples", "docs", "pyproject.toml", "README.md", "CHANGELOG.md"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def is_caught(folder: Path, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Return whether a test fails (or never ends) with a file turned."""
    path = folder / _PACKAGE / mutant.file
    kept = path.read_bytes()
    path.write_text(mutant.text, encoding="utf-8")
    try:
        return not _pass(folder, tests)
    finally:
        path.write_bytes(kept)


def _pass(folder: Path, tests: Sequence[str]) -> bool:
    limited = ["sh", "-c", f'ulimit -S -t {_SECONDS} -v {_KILOBYTES}; exec "$@"', "sh"]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    # Two mutants of one size in one second are the same to a cache of compiled code.
    env = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*limited, *command],
            cwd=folder,
            env=env,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    # A test that fails is 1, one that cannot be imported 2; below 0 the process was ended, for its time or its memory.
    if done.returncode > 2:
        raise RuntimeError(done.stdout.decode() + done.stderr.decode())
    return done.returncode == 0


def main() -> int:
    """Examine a group on all processors, print each mutant that nobody noticed and the counts; return the exit code."""
    group, *numbers = sys.argv[1:] or ["decisions"]
    count, seed = (*map(int, numbers), *(100, 1)[len(numbers) :])
    tests = tests_of(group)
    processors = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(processors) as pool:
        folders: SimpleQueue[Path] = SimpleQueue()
        for at in range(processors):
            folders.put(copied(Path(name) / str(at)))
        every = sorted({file for own in tests.values() for file in own})
        if not _pass(copied(Path(name) / "as it is"), every):
            print(f"fails as it is: {' '.join(every)}")
            return 1

        def examined(mutant: Mutant) -> bool:
            folder = folders.get()
            found = is_caught(folder, mutant, tests[mutant.file])
            folders.put(folder)
            if not found:
                print(f"not noticed: {mutant.file}:{mutant.line} {mutant.change}", flush=True)
            return found

        caught = [*pool.map(examined, chosen(list(tests), count, seed))]
    print(f"{group}: {sum(caught)} of {len(caught)} caught (seed {seed})")
    return int(sum(caught) < WANTED * len(caught))


if __name__ == "__main__":
    sys.exit(main())
