"""Charts as SVG drawn here: bars in per mille of the largest, texts beside them as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import SOURCES, Sums
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import share

_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its words, its amount, and the amount decided where there is one (千円)."""

    label: str
    amount: int
    budgeted: int | None = None


def bar_chart(title: str, bars: Sequence[Bar]) -> Markup:
    """Give bars under one another, each with its words and its amount (千円)."""
    largest = max((max(abs(bar.amount), abs(bar.budgeted or 0)) for bar in bars), default=0)
    return element(
        "figure",
        element("figcaption", title, element("small", "単位：千円")),
        element("ul", *(_bar(bar, largest or 1) for bar in bars), class_="bars"),
    )


def stacked_chart(title: str, rows: Iterable[tuple[str, Sums]], labels: Sequence[str]) -> Markup:
    """Give a bar of the four 財源 for each row, with the share of each in words."""
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
    asked = _rect(0, bar.amount, largest, "minus-bar" if bar.amount < 0 else "asked")
    decided = [] if bar.budgeted is None else [_rect(0, bar.budgeted, largest, "decided", 44)]
    figures = with_commas(bar.amount)
    if bar.budgeted is not None:
        figures = f"{figures} ⇒ {with_commas(bar.budgeted)}"
    return element("li", element("span", bar.label), element("b", figures), _svg(asked, *decided))


def _stack(name: str, sums: Sums, labels: Sequence[str]) -> Markup:
    amounts = [max(getattr(sums, source), 0) for source in SOURCES]
    whole = sum(amounts)
    rects, at = [], 0
    for source, amount in zip(SOURCES, amounts, strict=True):
        rects.append(_rect(at, amount, whole or 1, source))
        at += amount
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


def _rect(at: int, amount: int, whole: int, look: str, height: int = 100) -> Markup:
    start, width = (_per_mille(value, whole) for value in (at, amount))
    top = f"{100 - height}%" if height < 100 else None
    return element(
        "rect",
        x=_percent(start) if start else None,
        y=top,
        width=_percent(width),
        height=f"{height}%",
        class_=look,
    )


def _per_mille(amount: int, whole: int) -> int:
    return abs(amount) * _WHOLE // abs(whole)


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"
