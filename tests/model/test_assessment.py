"""What was decided, and what was asked for again, as it is kept in JSON."""

from __future__ import annotations

import pytest

from yosan_xl.model.assessment import AskedAgain
from yosan_xl.model.money import Money


def test_asked_again__is_as_json_has_it() -> None:
    plain = AskedAgain.of({"given": 10, "more": 2, "sources": None})
    assert (plain, plain.total) == (AskedAgain(Money(10), Money(2), None), 12)
    shared = AskedAgain.of({"given": None, "more": 2, "sources": [["national", 1]]})
    assert (shared.sources, shared.total) == ((("national", Money(1)),), None)
    with pytest.raises(ValueError, match="more"):
        AskedAgain.of({"given": 10, "more": None, "sources": None})
