"""Wheels made up for tests, and a bundle's wheels looked at anew, without the code that gathered them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from email.parser import Parser
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename
from packaging.version import Version

ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "win_amd64": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "linux_x86_64": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
}
FITTING = {
    "win_amd64": ("win_amd64",),
    "linux_x86_64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
}


def write_wheel(folder: Path, name: str, *lines: str, tag: str = "py3-none-any") -> Path:
    """Write a wheel `click-8.1` with nothing in it but METADATA, to which `lines` are added."""
    project, version = name.split("-")
    path = folder / f"{project}-{version}-{tag}.whl"
    folder.mkdir(parents=True, exist_ok=True)
    own = f"{project}-{version}.dist-info"
    head = ("Metadata-Version: 2.1", f"Name: {project}", f"Version: {version}")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{own}/METADATA", "\n".join([*head, *lines, ""]))
        file.writestr(f"{own}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        file.writestr(f"{own}/RECORD", "")
    return path


def missing_in(data: bytes, platform: str, python: str) -> list[str]:
    """Return what a bundle's wheels ask for at a target and no wheel in it is, and wheels that do not fit."""
    wheels = {
        path.rpartition("/")[2]: inner for path, inner in members(data) if path.endswith(".whl")
    }
    versions = {
        canonicalize_name(parse_wheel_filename(name)[0]): parse_wheel_filename(name)[1]
        for name in wheels
    }
    return [*_misfits(wheels, platform, python), *_unmet(wheels, versions, platform, python)]


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        yield from ((name, file.read(name)) for name in file.namelist())


def _misfits(wheels: Mapping[str, bytes], platform: str, python: str) -> Iterator[str]:
    major, minor = map(int, python.split("."))
    interpreter = f"cp{major}{minor}"
    fits = FITTING[platform]
    tags = {
        *cpython_tags((major, minor), (interpreter,), fits),
        *compatible_tags((major, minor), interpreter, fits),
    }
    yield from (name for name in wheels if not parse_wheel_filename(name)[3] & tags)


def _unmet(
    wheels: Mapping[str, bytes], versions: dict[NormalizedName, Version], platform: str, python: str
) -> Iterator[str]:
    environment = {
        **ENVIRONMENTS[platform],
        "python_version": python,
        "python_full_version": f"{python}.5",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "platform_machine": "AMD64" if platform == "win_amd64" else "x86_64",
        "extra": "",
    }
    for name, data in wheels.items():
        text = next(inner for path, inner in members(data) if path.endswith(".dist-info/METADATA"))
        for line in Parser().parsestr(text.decode()).get_all("Requires-Dist") or ():
            asked = Requirement(line)
            if asked.marker is not None and not Marker(str(asked.marker)).evaluate(environment):
                continue
            there = versions.get(canonicalize_name(asked.name))
            if there is None or there not in asked.specifier:
                yield f"{name}: {line}"
