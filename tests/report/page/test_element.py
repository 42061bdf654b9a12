"""The one place that writes `<`: texts are escaped, and nothing that runs or loads can be made."""

from __future__ import annotations

import pytest

from yosan_xl.report.page.element import Markup, element, joined


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
        ("href", "../R2.csv"),
        ("href", "//host/R2.csv"),
        ("href", "javascript:R2.csv"),
        ("href", "R2.html"),
    ],
)
def test_element__refuses_attributes_that_run_or_load(key: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"attribute|href"):
        element("a", **{key: value})


def test_element__shows_no_code_in_texts_and_attributes() -> None:
    made = element("p", "\x0b１\t会場\u200b", title="額\u202e1\x00\u2028二")
    assert made.html == '<p title="額1\n二">\n１ 会場</p>'


def test_joined__takes_markup_as_it_is() -> None:
    assert joined([Markup("<b></b>"), "<"]).html == "<b></b>&lt;"
