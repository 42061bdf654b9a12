"""The keys and words of one government's form stand in one module alone."""

from __future__ import annotations

import re
from pathlib import Path

import yosan_xl

PACKAGE = Path(yosan_xl.__file__).parent
WORDS = re.compile(
    r"metropolitan|earmarked|レベルアップ|経常経費分|都支出金|国庫支出金|その他特財|特別区|区民"
)
HOME = Path("form") / "first_vocabulary.py"


def _found(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        f"{path.relative_to(PACKAGE)}:{number}"
        for number, line in enumerate(lines, 1)
        if WORDS.search(line)
    ]


def test_words_of_minato__stand_where_its_vocabulary_is_read() -> None:
    found = [place for path in sorted(PACKAGE.rglob("*.py")) for place in _found(path)]
    assert [place for place in found if not place.startswith(str(HOME))] == []
    assert found, "the module that reads the first vocabulary names its words"
