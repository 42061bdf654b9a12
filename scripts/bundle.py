"""Make the offline bundle of a platform and a Python: `sh scripts/bundle`."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from scripts.wheelhouse import (
    PLATFORMS,
    ROOT,
    Fetch,
    NotBundled,
    Target,
    Wheel,
    build_own,
    fetch_by_pip,
    gather,
    lacks,
)

_HERE = Path(__file__).resolve().parent
_SOURCES = _HERE / "bundled"
_DAY = (2020, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the same wheels give the same bytes."""
READ_ME = "はじめにお読みください.txt"
MANUAL = "説明書"
_SITE = _HERE.parent / "build/site"
_FIRST_PYTHON = (3, 11)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the bundle that the words of the command line ask for, and say where it is."""
    asked = _parser().parse_args(arguments)
    target = Target(asked.platform, asked.python)
    try:
        with TemporaryDirectory() as name:
            own = build_own(_HERE.parent, Path(name))
            path = bundle(own, target, asked.output, fetch_by_pip, manual(_SITE))
    except NotBundled as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"{target} の zip は作っていません。", file=sys.stderr)
        return 1
    print(f"{path}（{path.stat().st_size / 1_000_000:.1f} MB）")
    print(f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


def _parser() -> argparse.ArgumentParser:
    running = "{}.{}".format(*sys.version_info)
    parser = argparse.ArgumentParser(prog="sh scripts/bundle", description=__doc__)
    here = "win_amd64" if sys.platform == "win32" else "linux_x86_64"
    parser.add_argument("--platform", choices=PLATFORMS, default=here)
    parser.add_argument("--python", type=_python, default=running, help="3.11 or later: 3.12")
    parser.add_argument("--output", type=Path, default=_HERE.parent / "dist", help="the folder")
    return parser


def _python(text: str) -> str:
    found = re.fullmatch(r"(3)\.([0-9]{1,2})", text)
    if not found or (int(found[1]), int(found[2])) < _FIRST_PYTHON:
        raise argparse.ArgumentTypeError(f"{text}: 3.11, 3.12 and so on")
    return text


def manual(site: Path) -> dict[str, bytes]:
    """Return the files of the site of docs/ by their names in the bundle, without what only developers of its theme ask for.

    Raises NotBundled where there is none.
    """
    paths = (path for path in sorted(site.rglob("*")) if path.is_file() and path.suffix != ".map")
    found = {f"{MANUAL}/{path.relative_to(site).as_posix()}": path.read_bytes() for path in paths}
    if f"{MANUAL}/index.html" not in found:
        raise NotBundled([f"{site} に説明書がありません（sh scripts/docs で作ります）。"])
    return found


def bundle(
    own: Wheel,
    target: Target,
    folder: Path,
    fetch: Fetch,
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> Path:
    """Write the bundle of our wheel for a target, and `more` files, into `folder` and return its path; raise NotBundled."""
    with TemporaryDirectory() as name:
        wheels = gather(own, target, Path(name), fetch)
        if problems := [*lacks(wheels, target)]:
            raise NotBundled(problems)
        data = zipped(wheels, target, more)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem(own, target)}.zip"
    aside = path.with_suffix(".tmp")
    aside.write_bytes(data)
    return aside.replace(path)


def stem(own: Wheel, target: Target) -> str:
    """Return how the zip and the folder in it are called."""
    return f"{ROOT}-{own.version}-{target.platform}-python{target.python}"


def zipped(
    wheels: Sequence[Wheel], target: Target, more: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """Return the zip: the wheels with their hashes, what installs them, and what people read."""
    own = next(wheel for wheel in wheels if wheel.name == ROOT)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in sorted({**more, **_members(wheels, own, target)}.items()):
            entry = zipfile.ZipInfo(f"{stem(own, target)}/{name}", _DAY)
            entry.create_system = 3  # Unix: the mode below, wherever the bundle is made
            entry.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            packed = name.endswith(".whl")
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            file.writestr(entry, data)
    return out.getvalue()


def _members(wheels: Sequence[Wheel], own: Wheel, target: Target) -> dict[str, bytes]:
    """Return every file of the bundle by its name."""
    facts = {"version": str(own.version), "python": target.python, "platform": target.platform}
    fill = partial(_filled, facts={**facts, "parts": "\n".join(_parts(wheels))})
    is_windows = target.platform.startswith("win")
    system = _windows(fill) if is_windows else {"install.sh": fill("install.sh").encode()}
    read_me = fill("windows.txt" if is_windows else "linux.txt")
    return {
        READ_ME: "\ufeff".encode() + _dos(read_me).encode(),
        "install.py": (_SOURCES / "install.py").read_bytes(),
        "bundle.json": (json.dumps(facts, indent=1) + "\n").encode(),
        "wheels/requirements.txt": "".join(map(_requirement, wheels)).encode(),
        **{f"wheels/{wheel.path.name}": wheel.path.read_bytes() for wheel in wheels},
        **system,
    }


def _windows(fill: Callable[[str], str]) -> dict[str, bytes]:
    """Return what Windows starts with: a batch file in ASCII, and the Japanese sentence that it types.

    A batch file is read in the console's code page, whichever that is; `type` shows UTF-16 right in each.
    """
    return {
        "install.bat": _dos(fill("install.bat")).encode("ascii"),
        "no-python.txt": ("\ufeff" + _dos(fill("no-python.txt"))).encode("utf-16-le"),
    }


def _filled(name: str, facts: Mapping[str, str]) -> str:
    """Return a file of scripts/bundled with each `@word@` replaced by the fact of that name."""
    text = (_SOURCES / name).read_text(encoding="utf-8")
    facts = {**facts, "python_numbers": facts["python"].replace(".", ", ")}
    return re.sub(r"@([a-z_]+)@", lambda found: facts[found[1]], text)


def _dos(text: str) -> str:
    return text.replace("\n", "\r\n")


def _requirement(wheel: Wheel) -> str:
    return f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n"


def _parts(wheels: Sequence[Wheel]) -> Iterator[str]:
    """Return a line for each part: name, version, licence; whoever admits software asks for these."""
    for wheel in wheels:
        yield f"  {_padded(wheel.name, 28)}{_padded(str(wheel.version), 14)}{wheel.licence}"


def _padded(text: str, width: int) -> str:
    columns = sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)
    return text + " " * max(1, width - columns)


if __name__ == "__main__":
    sys.exit(main())
