from __future__ import annotations

from tests.rules.nine import codes_of, one, told


def test_yx213__hits_an_amount_without_its_words() -> None:
    (found,) = told(one(61, lines__1__label=None))

    assert (found.code, found.pointer) == ("YX213", "/lines/1/label")
    assert found.fact == "2行目に「要求額」 265千円 がありますが、「内容」がありません。"


def test_yx213__hits_once_where_no_line_has_words() -> None:
    (found,) = told(one(61, lines__0__label=" ", lines__1__label=None))

    assert (found.code, found.pointer) == ("YX213", "/lines/0/label")
    assert "「内容」がありません(ほかに 1行)。" in found.fact


def test_yx213__does_not_hit_words_without_an_amount() -> None:
    keys = ("lines__1__requested", "total__requested", "funding__general__amount")
    values = dict(zip(keys, (None, 66, 66), strict=True))

    assert codes_of(one(61, **values)) == []


def test_yx213__does_not_hit_where_an_amount_could_not_be_read() -> None:
    assert told(one(61, lines__1__label=None), "/lines/1/requested") == []
