"""Figures, tables and charts as the page writes them: `-` is no figure, `0` is zero, △ is minus (統計表の表記)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from yosan_xl.model.axes import ASKED, Axes
from yosan_xl.model.money import tenths_of_percent, with_commas
from yosan_xl.model.rollup import Sums
from yosan_xl.report.page.element import Child, Markup, element, joined

NO_FIGURE = "-"
_OKU, _MAN, _SEN = 100_000_000, 10_000, 1000
_YEN = {"円": 1, "千円": 1000}
_WHOLE = 1000
_COLOURS = 8
"""Colours that page.css has for sources; from then on they come again, with a stripe more."""


def money(
    amount: int | None, *, far: bool = False, nothing: str = NO_FIGURE, said: str = ""
) -> Markup:
    """Return a cell with an amount, and below it in small what is `said` of it.

    `nothing` stands where there is none; a cell that is `far` is not shown on a phone.
    """
    text = nothing if amount is None else with_commas(amount)
    looks = ("n", "minus" if (amount or 0) < 0 else "", "far" if far else "")
    small = element("small", said) if said else ""
    return element("td", text, small, class_=" ".join(filter(None, looks)))


def table_row(head: Child, *cells: Child, look: str | None = None) -> Markup:
    """Return a row of a table, called by its first cell."""
    return element("tr", element("th", head, scope="row"), *cells, class_=look)


def cell(text: str | None, look: str | None = None) -> Markup:
    """Return a cell with a text, empty where there is none."""
    return element("td", text or "", class_=look)


def table(
    caption: Child,
    heads: Iterable[tuple[str, str | None]],
    *bodies: Markup,
    class_: str,
    id: str | None = None,
) -> Markup:
    """Return a table; a head is a word and its look: `n` for figures, `far` is not shown on a phone."""
    words = [element("th", word, scope="col", class_=look) for word, look in heads]
    head = element("thead", element("tr", *words)) if words else ""
    return element("table", element("caption", caption), head, *bodies, class_=class_, id=id)


def wide_table(
    caption: str, small: str, heads: Iterable[tuple[str, str | None]], *bodies: Markup, class_: str
) -> Markup:
    """Return a table that scrolls sideways where it is wider than the screen, by keyboard too."""
    said = joined([caption, element("small", small)])
    return element(
        "div",
        table(said, heads, *bodies, class_=class_, id="list" if class_ == "list" else None),
        class_="wide",
        role="region",
        aria_label=f"{caption}（横に動かせます）",
        tabindex=0,
    )


def share(part: int, whole: int) -> str:
    """Return a share such as `12.3％`, `-` where there is no whole."""
    tenths = tenths_of_percent(part, whole)
    if tenths is None:
        return NO_FIGURE
    size = abs(tenths)
    return f"{'△' if tenths < 0 else ''}{size // 10}.{size % 10}％"


def in_words(amount: int, unit: str = "千円") -> str:
    """Return an amount of a form's unit as people say it: `3億8,351万1千円`."""
    oku, rest = divmod(abs(amount) * _YEN[unit], _OKU)
    man, yen = divmod(rest, _MAN)
    thousand, yen = divmod(yen, _SEN) if yen % _SEN == 0 else (0, yen)
    parts = ((oku, "億"), (man, "万"), (thousand, "千"), (yen, ""))
    text = "".join(f"{number:,}{word}" for number, word in parts if number)
    return f"{'△' if amount < 0 else ''}{text or '0'}円"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its words, its amount, the amount decided where there is one, and how far that is."""

    label: str
    amount: int
    budgeted: int | None = None
    how_far: str = ""


class SourceLook(NamedTuple):
    """A source of a chart: its key and word, its class in page.css, and how many stripes lie over it."""

    key: str
    label: str
    look: str
    stripes: int = 0


def source_looks(axes: Axes) -> tuple[SourceLook, ...]:
    """Return how each source of a form looks in a chart, alike in all of them; 一般財源 is always grey."""
    specific = {key: divmod(at, _COLOURS) for at, key in enumerate(axes.specific)}
    return tuple(
        SourceLook(one.key, one.label, "rest")
        if one.is_rest
        else SourceLook(one.key, one.label, f"s{at + 1}", stripes)
        for one in axes.sources
        for stripes, at in [specific.get(one.key, (0, 0))]
    )


def bar_chart(title: str, bars: Sequence[Bar], unit: str = "千円") -> Markup:
    """Return bars under one another, each with its words and its amount."""
    largest = max((max(abs(bar.amount), abs(bar.budgeted or 0)) for bar in bars), default=0)
    return element(
        "figure",
        element("figcaption", title, element("small", f"単位：{unit}")),
        element("ul", *(_bar(bar, largest) for bar in bars), class_="bars"),
    )


def stacked_chart(
    title: str, rows: Iterable[tuple[str, Sums]], sources: Sequence[SourceLook]
) -> Markup:
    """Return a bar of the sources of what is asked for in each row, with the share of each in words."""
    key = element("ul", *map(_key, sources), class_="key-list")
    bars = [_stack(name, sums, sources) for name, sums in rows]
    return element(
        "figure",
        element("figcaption", title, element("small", "構成比")),
        key,
        element("ul", *bars, class_="bars"),
    )


def _key(source: SourceLook) -> Markup:
    look = f"key {source.look}{' striped' if source.stripes else ''}"
    return element("li", element("span", class_=look, aria_hidden="true"), source.label)


def _bar(bar: Bar, largest: int) -> Markup:
    asked = _rect(0, _per_mille(bar.amount, largest), "minus-bar" if bar.amount < 0 else "asked")
    if bar.budgeted is None:
        figures, rects = with_commas(bar.amount), [asked]
    else:
        said = f"（{bar.how_far}）" if bar.how_far else ""
        figures = f"{with_commas(bar.amount)} ⇒ {with_commas(bar.budgeted)}{said}"
        rects = [
            asked,
            _rect(0, _per_mille(bar.budgeted, largest), "decided", top="50%", height="50%"),
        ]
    return element("li", element("span", bar.label), element("b", figures), _svg(*rects))


def _stack(name: str, sums: Sums, sources: Sequence[SourceLook]) -> Markup:
    amounts = [sums.amount(ASKED, source.key) for source in sources]
    ends = list(accumulate(max(amount, 0) for amount in amounts))
    edges = [_per_mille(end, ends[-1]) for end in (0, *ends)]
    rects = [
        rect
        for source, (start, end) in zip(sources, pairwise(edges), strict=True)
        for rect in _part(source, start, end - start)
    ]
    said = "、".join(
        f"{source.label} {share(amount, sum(amounts))}"
        for source, amount in zip(sources, amounts, strict=True)
        if amount
    )
    return element(
        "li", element("span", name), _svg(*rects), element("span", said or "-", class_="said")
    )


def _part(source: SourceLook, start: int, width: int) -> Iterator[Markup]:
    """Yield the part of a bar, and the stripes over it."""
    yield _rect(start, width, source.look)
    for at in range(source.stripes):
        place = 100 * (2 * at + 1) // (2 * source.stripes + 1)
        high = 100 // (2 * source.stripes + 1)
        yield _rect(start, width, "stripe", top=f"{place}%", height=f"{high}%")


def _svg(*rects: Markup) -> Markup:
    # The words beside it say the same: a screen reader need not look at the picture.
    return element("svg", *rects, aria_hidden="true", focusable="false")


def _rect(
    start: int, width: int, look: str, top: str | None = None, height: str = "100%"
) -> Markup:
    """Return a bar from `start` on, both per mille of the whole, over the height of the picture or part of it."""
    return element(
        "rect",
        x=_percent(start) if start else None,
        y=top,
        width=_percent(width),
        height=height,
        class_=look,
    )


def _per_mille(amount: int, whole: int) -> int:
    return abs(amount) * _WHOLE // abs(whole) if whole else 0


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"
