"""Parts that are finished only while they are packed."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from yosan_xl.excel.packing import Part, Texts, pack


def test_part__what_is_written_later_stands_where_it_was_promised() -> None:
    made: list[str] = []

    def late() -> Iterator[str]:
        made.append("late")
        yield from ("二", "三")

    part = Part()
    part.write("一")
    part.write_later(late())
    part.write("四")
    part.write_later(["五"])
    assert (part.is_unfinished, made, part.getvalue()) == (True, [], "一四")
    assert "".join(part.pieces()) == "一二三四五"


def test_pack__finishes_parts_and_leaves_the_others_as_they_are() -> None:
    source, out, part = BytesIO(), BytesIO(), Part()
    with ZipFile(source, "w") as archive:
        archive.writestr("a.bin", b"\xff\x00")
        archive.writestr("b.xml", "<b></b>")
    part.write("<b>")
    part.write_later(f"<c>{at}</c>" for at in range(1_201))
    part.write("</b>")
    pack(source, {"b.xml": part}, out)
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.bin", "b.xml"]
        assert archive.read("a.bin") == b"\xff\x00"
        cells = "".join(f"<c>{at}</c>" for at in range(1_201))
        assert archive.read("b.xml").decode() == f"<b>{cells}</b>"


def test_texts__each_has_one_number_and_every_use_counts() -> None:
    texts = Texts()
    texts.take(["甲", "乙", "甲"])
    assert texts._get_shared_string_index("乙") == 1
    texts._sort_string_data()
    assert (texts.string_array, texts.count, texts.unique_count) == (["甲", "乙"], 4, 2)
    assert texts.string_table == {"甲": 0, "乙": 1}
