"""The tool that turns code: each kind of place is turned, and a test that notices is seen to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import code_mutants
from tests.code_mutants import Mutant, is_caught, mutant_of, places_of


@pytest.mark.parametrize(
    ("code", "turned"),
    [
        ("a < b", ["a <= b", "a >= b"]),
        ("a == b", ["a != b"]),
        ("a is None", ["a is not None"]),
        ("a in b", ["a not in b"]),
        ("a and b", ["a or b"]),
        ("a - b", ["a + b"]),
        ("not a", ["a"]),
        ("True", ["False"]),
        ("a[0]", ["a[1]"]),
        ("a + 'text'", []),
        ("f'{a + b}'", []),
    ],
)
def test_mutant_of__turns_one_place_at_a_time(code: str, turned: list[str]) -> None:
    text = f"LIMIT = 1\ndef own(a, b=0):\n    return {code}\n"
    found = [mutant_of("own.py", text, at).text for at in range(places_of(text))]
    head = "LIMIT = 1\n\ndef own(a, b=0):\n    return "
    assert found == [head + one for one in turned]


def test_is_caught__where_a_test_fails_and_not_where_none_does(tmp_path: Path) -> None:
    (tmp_path / "yosan_xl").mkdir()
    (tmp_path / "yosan_xl" / "__init__.py").write_text("")
    (tmp_path / "yosan_xl" / "own.py").write_text("def own(a):\n    return a < 3\n")
    (tmp_path / "test_own.py").write_text(
        "from yosan_xl.own import own\n\ndef test_own():\n    assert own(2) and not own(4)\n"
    )
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    caught = Mutant("own.py", 2, "", "def own(a):\n    return a > 3\n")
    unseen = Mutant("own.py", 2, "", "def own(a):\n    return a <= 3\n")
    assert is_caught(tmp_path, caught, ["test_own.py"])
    assert not is_caught(tmp_path, unseen, ["test_own.py"])
    assert "a < 3" in (tmp_path / "yosan_xl" / "own.py").read_text()


def test_tests_of__every_file_has_tests_of_its_own() -> None:
    for group in ("decisions", "rules", "form", "model"):
        assert all(code_mutants.tests_of(group).values()), group
