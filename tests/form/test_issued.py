"""An issued definition is frozen: books in the departments' hands name it by its fingerprint."""

from __future__ import annotations

from yosan_xl.form.definition_file import load_definition

ISSUED = {"minato-r2": "51b524f9a44c68a55f4f9ede38714edc1dbecba4d50e652e66353e7388f14072"}


def test_issued_definitions__say_what_they_said() -> None:
    assert {form: load_definition(form).sha256 for form in ISSUED} == ISSUED, (
        "an issued form has changed: give the change a form of its own (CONTRIBUTING.md)"
    )
