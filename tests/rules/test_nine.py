"""No false alarm on the nine published requests: one warning, of an error that was published."""

from __future__ import annotations

import pytest

from tests.rules.nine import NINE, SEED, codes_of
from yosan_xl.model.request import Document


@pytest.mark.parametrize("document", [*NINE, *SEED], ids=lambda each: str(each["no"]))
def test_nine__have_one_warning_in_all(document: Document) -> None:
    assert codes_of(document) == (["YX209"] if document["no"] == 59 else [])
