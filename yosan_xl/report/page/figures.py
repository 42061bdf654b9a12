"""Figures, tables and charts as the page writes them: `-` is no figure, `0` is zero, △ is minus (統計表の表記)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from yosan_xl.model.axes import SOURCES
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import Sums, tenths_of_percent
from yosan_xl.report.page.element import Child, Markup, element, joined

NO_FIGURE = "-"
_OKU, _MAN = 100_000, 10  # 千円 in 1億円 and in 1万円
_WHOLE = 1000


def money(amount: int | None, *, far: bool = False) -> Markup:
    """Return a cell with an amount (千円); one that is `far` is not shown on a phone."""
    text = NO_FIGURE if amount is None else with_commas(amount)
    looks = ("n", "minus" if (amount or 0) < 0 else "", "far" if far else "")
    return element("td", text, class_=" ".join(filter(None, looks)))


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


def in_words(amount: int) -> str:
    """Return an amount of 千円 as people say it: `3億8,351万1千円`."""
    size = abs(amount)
    oku, rest = divmod(size, _OKU)
    man, thousand = divmod(rest, _MAN)
    parts = ((oku, "億"), (man, "万"), (thousand, "千"))
    text = "".join(f"{number:,}{unit}" for number, unit in parts if number)
    return f"{'△' if amount < 0 else ''}{text or '0'}円"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its words, its amount, and the amount decided where there is one (千円)."""

    label: str
    amount: int
    budgeted: int | None = None


def bar_chart(title: str, bars: Sequence[Bar]) -> Markup:
    """Return bars under one another, each with its words and its amount (千円)."""
    largest = max((max(abs(bar.amount), abs(bar.budgeted or 0)) for bar in bars), default=0)
    return element(
        "figure",
        element("figcaption", title, element("small", "単位：千円")),
        element("ul", *(_bar(bar, largest) for bar in bars), class_="bars"),
    )


def stacked_chart(title: str, rows: Iterable[tuple[str, Sums]], labels: Sequence[str]) -> Markup:
    """Return a bar of the four 財源 for each row, with the share of each in words."""
    key = element(
        "ul",
        *(
            element("li", element("span", class_=f"key {source}", aria_hidden="true"), label)
            for source, label in zip(SOURCES, labels, strict=True)
        ),
        class_="key-list",
    )
    bars = [_stack(name, sums, labels) for name, sums in rows]
    return element(
        "figure",
        element("figcaption", title, element("small", "構成比")),
        key,
        element("ul", *bars, class_="bars"),
    )


def _bar(bar: Bar, largest: int) -> Markup:
    asked = _rect(0, _per_mille(bar.amount, largest), "minus-bar" if bar.amount < 0 else "asked")
    if bar.budgeted is None:
        figures, rects = with_commas(bar.amount), [asked]
    else:
        figures = f"{with_commas(bar.amount)} ⇒ {with_commas(bar.budgeted)}"
        rects = [asked, _rect(0, _per_mille(bar.budgeted, largest), "decided", thin=True)]
    return element("li", element("span", bar.label), element("b", figures), _svg(*rects))


def _stack(name: str, sums: Sums, labels: Sequence[str]) -> Markup:
    ends = list(accumulate(max(getattr(sums, source), 0) for source in SOURCES))
    edges = [_per_mille(end, ends[-1]) for end in (0, *ends)]
    rects = [
        _rect(start, end - start, source)
        for source, (start, end) in zip(SOURCES, pairwise(edges), strict=True)
    ]
    said = "、".join(
        f"{label} {share(getattr(sums, source), sums.funding)}"
        for source, label in zip(SOURCES, labels, strict=True)
        if getattr(sums, source)
    )
    return element(
        "li", element("span", name), _svg(*rects), element("span", said or "-", class_="said")
    )


def _svg(*rects: Markup) -> Markup:
    # The words beside it say the same: a screen reader need not look at the picture.
    return element("svg", *rects, aria_hidden="true", focusable="false")


def _rect(start: int, width: int, look: str, *, thin: bool = False) -> Markup:
    """Return a bar from `start` on, both per mille of the whole; a thin one lies at the bottom."""
    return element(
        "rect",
        x=_percent(start) if start else None,
        y="50%" if thin else None,
        width=_percent(width),
        height="50%" if thin else "100%",
        class_=look,
    )


def _per_mille(amount: int, whole: int) -> int:
    return abs(amount) * _WHOLE // abs(whole) if whole else 0


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"
