"""The one place that knows where `templates/`, `schemas/` and `examples/` are."""

from __future__ import annotations

from pathlib import Path


def data_root() -> Path:
    """Return the folder that holds `templates/`, `schemas/` and `examples/`.

    A wheel carries them in `yosan_xl/_data/`; a checkout has them at its root.
    """
    package = Path(__file__).resolve().parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent


def template_folder(form_id: str) -> Path:
    """Return the folder of the form definition `form_id` (it may not exist)."""
    return data_root() / "templates" / form_id


def schema_file(name: str) -> Path:
    """Return the path of the JSON Schema called `name`, such as `request`."""
    return data_root() / "schemas" / f"{name}.schema.json"


def example_folder(name: str) -> Path:
    """Return the folder of an example year by its path below `examples/`: settings, tables, requests as JSON."""
    return data_root() / "examples" / name
