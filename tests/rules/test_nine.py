"""No false alarm on the nine published requests: one warning, of an error that was published."""

from __future__ import annotations

import pytest

from tests.rules.nine import NINE, SEED, codes_of
from tests.rules.samples import changed
from tests.rules.test_one_mistake import figures, recomputed
from yosan_xl.model.request import Document


@pytest.mark.parametrize("document", [*NINE, *SEED], ids=lambda each: str(each["no"]))
def test_nine__have_one_warning_in_all(document: Document) -> None:
    assert codes_of(document) == (["YX209"] if document["no"] == 59 else [])


@pytest.mark.parametrize("document", NINE, ids=lambda each: str(each["no"]))
def test_nine__one_wrong_figure_is_told_once(document: Document) -> None:
    published = codes_of(document)
    typed = {key: document[key] for key in ("lines", "funding")}
    for pointer, old in figures(typed):
        for new in {0, old + 1, -5, old * 10, old * 1000} - {old}:
            wrong = changed(document, pointer, new)
            assert len(codes_of(recomputed(wrong))) - len(published) in (0, 1), (pointer, new)
            # A うち特財 above its line is told beside the sum that no longer holds in a document.
            told = [code for code in codes_of(wrong) if code not in (*published, "YX205")]
            assert len(told) == 1, (pointer, new, told)
