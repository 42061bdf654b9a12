"""explain: one code, or all of them."""

from __future__ import annotations

import re

from tests.cli.conftest import Yosan
from yosan_xl.usecases.catalogue import all_codes


def test_explain__one_code_however_it_is_typed(yosan: Yosan) -> None:
    done = yosan("explain", "YX203")
    assert (done.code, done.err) == (0, "")
    assert "特定財源" in done.out
    for typed in ("yx203", "203", "ＹＸ２０３", " YX203 "):
        assert yosan("explain", typed).out == done.out


def test_explain__lists_every_code_once(yosan: Yosan) -> None:
    listed = re.findall(r"^(YX\d{3}) (?:誤り|注意|情報) ", yosan("explain").out, re.M)
    assert listed == [code.code for code in all_codes()]
    assert len(set(listed)) == len(listed)
