"""保存/様式: the form definitions that a year's books were issued with, kept beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from yosan_xl.form.definition import Definition, DefinitionError, parse_definition
from yosan_xl.store.places import FilePlace
from yosan_xl.store.settings_file import SETTINGS_NAME, SettingsError, read_settings
from yosan_xl.store.snapshot import snapshot, unreadable
from yosan_xl.store.write import Output, write_bytes

FORMS = FilePlace.FORMS.file_name
"""The folder below 保存."""

KEPT = Output("kept")
"""What we keep in 保存."""

_LIMIT_BYTES = 1024 * 1024


def kept_name(definition: Definition) -> str:
    """`minato-r2-1-0123abcd.toml`: form, version, the beginning of its fingerprint."""
    form = f"{definition.id}-{definition.version}-{definition.sha256[:8]}"
    return FilePlace.FORM.file_name.format(form=form)


def keep_form(kept: Path, definition: Definition, source: Path) -> None:
    """Copy the definition file `source` into 保存/様式, unless it is there; raise WriteFailed."""
    target = kept / FORMS / kept_name(definition)
    if not target.exists():
        write_bytes(target, snapshot(source, _LIMIT_BYTES).data, KEPT)


def kept_forms(kept: Path) -> Iterator[Definition]:
    """Yield the definitions in 保存/様式; what is none is left out. Raises Unreadable."""
    for path in _definitions(kept / FORMS):
        try:
            yield _form(snapshot(path, _LIMIT_BYTES).data, path.name)
        except (DefinitionError, ValueError, TypeError, AttributeError):
            continue


def _definitions(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.glob("*.toml"))
        return [path for path in found if path.is_file()]
    except OSError as error:
        raise unreadable(folder, error) from error


def kept_folder(root: Path) -> Path | None:
    """Return 保存 of a year folder, None where its settings make no sense; raise Unreadable."""
    try:
        return root / read_settings(root / SETTINGS_NAME).folders.kept
    except SettingsError:
        return None


@lru_cache(maxsize=32)
def _form(data: bytes, name: str) -> Definition:
    # One Definition for all books of a year: plans and schemas are cached by it.
    return parse_definition(data, name)
