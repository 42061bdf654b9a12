"""The whole corpus: its classes, and every entry with the name of its class before its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tests.corpus import (
    amounts,
    cells,
    changed_form,
    disguised,
    false_names,
    good,
    hostile_xml,
    long_texts,
    other_formats,
    packages,
    shown,
    spelled,
)
from tests.corpus.expect import Entry

_CLASSES: Mapping[str, Callable[[], Iterator[Entry]]] = {
    "good": good.entries,
    "spelled": spelled.entries,
    "amounts": amounts.entries,
    "shown": shown.entries,
    "form": changed_form.entries,
    "disguised": disguised.entries,
    "cells": cells.entries,
    "packages": packages.entries,
    "xml": hostile_xml.entries,
    "texts": long_texts.entries,
    "formats": other_formats.entries,
    "false-names": false_names.entries,
}

CLASSES: Mapping[str, tuple[Entry, ...]] = {
    title: tuple(replace(entry, name=f"{title}-{entry.name}") for entry in entries())
    for title, entries in _CLASSES.items()
}
"""The entries of each class, in the order in which they are told of."""

ENTRIES = tuple(entry for entries in CLASSES.values() for entry in entries)
