"""The one place that writes `<`: texts are escaped, and nothing that runs or loads can be made."""

from __future__ import annotations

import pytest

from yosan_xl.report.page.element import Markup, element, joined, shown


def test_element__escapes_texts_and_attributes() -> None:
    made = element("p", '<b>&"', element("b", "x"), title='"><script>', class_="a")
    assert made.html == (
        '<p title="&quot;&gt;&lt;script&gt;" class="a">&lt;b&gt;&amp;"<b>x</b></p>'
    )


def test_element__leaves_out_what_is_not_said() -> None:
    assert element("td", class_=None, hidden=False).html == "<td></td>"
    assert element("form", hidden=True, tabindex=0).html == '<form hidden tabindex="0"></form>'


def test_element__void_and_svg_ones_close_themselves() -> None:
    assert element("meta", charset="utf-8").html == '<meta charset="utf-8">'
    assert element("rect", width="1%").html == '<rect width="1%"/>'


@pytest.mark.parametrize("name", ["script", "style", "iframe", "base", "a b", "img/onerror", "A"])
def test_element__refuses_what_runs_or_loads(name: str) -> None:
    with pytest.raises(ValueError, match="element"):
        element(name)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("onclick", "x"),
        ("style", "x"),
        ("src", "x"),
        ("srcdoc", "x"),
        ("a b", "x"),
        ("href", "javascript:alert(1)"),
        ("href", "https://example.com/"),
        ("href", " #top"),
    ],
)
def test_element__refuses_attributes_that_run_or_load(key: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"attribute|href"):
        element("a", **{key: value})


def test_shown__line_ends_stay_and_the_invisible_is_seen() -> None:
    assert shown("一\r\n二\r三\n四") == "一\n二\n三\n四"
    assert shown("額\u202e001\x00\ud800\u200b") == "額\\u{202e}001\\u{0}\\u{d800}\\u{200b}"
    assert shown("全角　空白 ①〜㎡") == "全角　空白 ①〜㎡"


def test_joined__takes_markup_as_it_is() -> None:
    assert joined([Markup("<b></b>"), "<"]).html == "<b></b>&lt;"
