"""HTML from Python: the one place that writes `<`; every text and attribute is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from yosan_xl.model.text import shown_text

_NAME = re.compile(r"[a-z][a-z0-9]*")
_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z-]*")
_BESIDE = re.compile(r"(?:[A-Za-z0-9_-]|%[0-9A-F]{2})+\.csv")
"""The name of a CSV beside the page, as an address has it: no folder, no scheme."""
_VOID = frozenset({"meta", "br", "input"})
_SVG_EMPTY = frozenset({"rect"})
"""Within SVG an element without an end is closed by its slash alone."""
_OWN = frozenset({"script", "style", "iframe", "object", "embed", "base", "link"})
"""Elements that nobody makes by `element`: `page/document.py` has its own two."""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that is finished; a plain `str` is a text still to be escaped."""

    html: str


Child = Markup | str


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """Return an element; `class_` is `class`, `aria_label` is `aria-label`, True has no value.

    Attributes that are None or False are left out. Raises ValueError for an element, an attribute
    or an address that could run or load anything: an `href` leads within the page, or to a file of data beside it.
    """
    if not _NAME.fullmatch(name) or name in _OWN:
        raise ValueError(f"element {name!r}")
    start = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{start}>")
    if name in _SVG_EMPTY:
        return Markup(f"<{start}/>")
    return Markup(f"<{start}>{joined(children).html}</{name}>")


def joined(children: Iterable[Child]) -> Markup:
    """Return children one after another, texts escaped."""
    return Markup("".join(_child(child) for child in children))


def _child(child: Child) -> str:
    return child.html if isinstance(child, Markup) else html.escape(shown_text(child), quote=False)


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if (
        not _ATTRIBUTE.fullmatch(name)
        or name.startswith("on")
        or name in ("style", "src", "srcdoc")
    ):
        raise ValueError(f"attribute {key!r}")
    if name == "href" and not (str(value).startswith("#") or _BESIDE.fullmatch(str(value))):
        raise ValueError(f"href {value!r}")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{html.escape(shown_text(str(value)))}"'
