"""Property tests over seeds: a short form in the suite, the full form by `sh scripts/exam NAME`.

One function makes its input from a seed, in an empty folder, and asserts what must hold:

    # tests/usecases/test_exchanged.py
    from tests import seeds

    def check(seed: int, folder: Path) -> None:
        chance = random.Random(seed)
        ...
        assert counted == expected, (counted, expected)

    @pytest.mark.parametrize("seed", seeds.short())
    def test_exchanged__total_comes_out_or_error_names_sheets(seed: int, tmp_path: Path) -> None:
        check(seed, tmp_path)

    if __name__ == "__main__":
        sys.exit(seeds.main(check))

and in scripts/exam a line of its list and `exchanged) module=tests.usecases.test_exchanged ;;`.
`sh scripts/exam exchanged 1000` runs 1,000 seeds, `sh scripts/exam exchanged 1 417` seed 417 alone.
What more a check needs (an Office, a base book) is given with functools.partial.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

FIRST = 1


def short(count: int = 5) -> range:
    """Return the seeds of the suite: the first of those that the full form runs."""
    return range(FIRST, FIRST + count)


def main(check: Callable[[int, Path], None], count: int = 300, first: int = FIRST) -> int:
    """Run the check for many seeds, print each failure and the counts; return the exit code.

    The command line may give another count and another first seed.
    """
    given = [int(word) for word in sys.argv[1:3]]
    count, first = (*given, *(count, first)[len(given) :])
    warnings.simplefilter("error")
    failed = [seed for seed in range(first, first + count) if not _holds(check, seed)]
    print(f"{count} seeds from {first}: {len(failed)} failures {failed or ''}".rstrip())
    return int(bool(failed))


def _holds(check: Callable[[int, Path], None], seed: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(seed, Path(folder))
        except Exception as fault:
            at = traceback.extract_tb(fault.__traceback__)[-1]
            place = f"{Path(at.filename).name}:{at.lineno} {at.line}"
            said = " ".join(str(fault).split())
            print(f"seed {seed}: {type(fault).__name__} {said} ({place})", flush=True)
            return False
    return True
