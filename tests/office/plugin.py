"""The fixture `office`, for tests that need a real spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.office.office import Office
from tests.office.process import available


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the whole run, started at the first call; fails where there is none."""
    if not available():
        pytest.fail("LibreOffice Calc with python3-uno is missing: sh scripts/test installs it")
    program = Office()
    yield program
    program.stop()
