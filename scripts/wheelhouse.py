"""The wheels that a platform and a Python need: gathered by the target's markers and tags, and checked from their metadata."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.parser import Parser
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

ROOT = "yosan-xl"

_NEWEST_GLIBC, _OLDEST_GLIBC = 28, 5
"""A wheel for glibc 2.28 or older runs on RHEL 8, Debian 10, Ubuntu 20.04 and what came after them."""
_EARLIER_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
_MOST_ROUNDS = 20

_MARKERS: Mapping[str, Mapping[str, str]] = {
    "win_amd64": {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
    },
    "linux_x86_64": {
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
    },
}
PLATFORMS = tuple(_MARKERS)


class NotBundled(Exception):
    """No bundle can be made; `problems` say in Japanese what is missing or does not fit."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Target:
    """The platform (`win_amd64`) and the Python (`3.12`) that wheels are for."""

    platform: str
    python: str

    def __str__(self) -> str:
        return f"{self.platform}、Python {self.python}"

    @property
    def version(self) -> tuple[int, int]:
        """Return the Python as numbers."""
        major, minor = self.python.split(".")
        return int(major), int(minor)

    @property
    def interpreter(self) -> str:
        """Return the Python as tags have it: `cp312`."""
        return "cp{}{}".format(*self.version)

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """Return the platforms of wheels that run there, the best first."""
        if self.platform != "linux_x86_64":
            return (self.platform,)
        every = range(_NEWEST_GLIBC, _OLDEST_GLIBC - 1, -1)
        names = ((f"manylinux_2_{minor}", _EARLIER_NAMES.get(minor)) for minor in every)
        return tuple(f"{name}_x86_64" for name in chain.from_iterable(names) if name)

    @cached_property
    def tags(self) -> frozenset[Tag]:
        """Return the tags of wheels that fit."""
        compiled = cpython_tags(self.version, (self.interpreter,), self.platforms)
        return frozenset(
            (*compiled, *compatible_tags(self.version, self.interpreter, self.platforms))
        )

    def asks(self, requirement: Requirement, extra: str = "") -> bool:
        """Return whether a requirement holds there, for any 3.12.x that there is."""
        marker = requirement.marker
        return marker is None or any(
            marker.evaluate(self._environment(full, extra)) for full in self._full_versions
        )

    def takes(self, requires_python: SpecifierSet) -> bool:
        """Return whether a wheel with such a Requires-Python installs on each 3.12.x."""
        return all(requires_python.contains(full) for full in self._full_versions)

    @property
    def _full_versions(self) -> tuple[str, str]:
        return f"{self.python}.0", f"{self.python}.99"

    def _environment(self, full: str, extra: str) -> dict[str, str]:
        return {
            **_MARKERS[self.platform],
            "platform_release": "",
            "platform_version": "",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "implementation_version": full,
            "python_version": self.python,
            "python_full_version": full,
            "extra": extra,
        }


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel by its name and its METADATA."""

    path: Path
    name: str
    version: Version
    tags: frozenset[Tag]
    requires_python: SpecifierSet
    requires: tuple[Requirement, ...]
    licence: str
    sha256: str = field(repr=False)


def read_wheel(path: Path) -> Wheel:
    """Read what a wheel says of itself; raise NotBundled where its name and its METADATA differ."""
    name, version, _, tags = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as file:
        inner = next(one for one in file.namelist() if one.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(file.read(inner).decode("utf-8"))
    if (canonicalize_name(told["Name"]), Version(told["Version"])) != (name, version):
        raise NotBundled([f"{path.name} の中身は {told['Name']} {told['Version']} です。"])
    return Wheel(
        path=path,
        name=name,
        version=version,
        tags=tags,
        requires_python=SpecifierSet(told["Requires-Python"] or ""),
        requires=tuple(map(Requirement, told.get_all("Requires-Dist") or ())),
        licence=_licence(
            told["License-Expression"] or told["License"] or "", told.get_all("Classifier") or ()
        ),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _licence(told: str, classifiers: Iterable[str]) -> str:
    """Return the licence in a few words: as it is named, else as the classifiers have it."""
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    first = told.strip().partition("\n")[0]
    return first if first and len(first) <= 40 else "、".join(named) or "(wheel の中の LICENSE)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement, and the wheel that asks for it."""

    by: Wheel
    requirement: Requirement

    @property
    def name(self) -> str:
        """Return the normalised name of what is asked for."""
        return canonicalize_name(self.requirement.name)


def wanted(held: Mapping[str, Wheel], target: Target) -> list[Wanted]:
    """Return what the program asks for at the target, directly and through what it asks for."""
    found: list[Wanted] = []
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(ROOT)]
    while waiting:
        asked = waiting.pop(0)
        wheel = held.get(canonicalize_name(asked.name))
        for extra in ("", *sorted(asked.extras)):
            if wheel is None or (wheel.name, extra) in seen:
                continue
            seen.add((wheel.name, extra))
            more = [one for one in wheel.requires if target.asks(one, extra)]
            found += [Wanted(wheel, one) for one in more]
            waiting += more
    return found


def lacks(wheels: Sequence[Wheel], target: Target) -> Iterator[str]:
    """Return in sentences what is missing, does not fit the target, stands twice or is asked for by nobody."""
    held = {wheel.name: wheel for wheel in wheels}
    asked = wanted(held, target)
    if ROOT not in held:
        yield f"{ROOT} の wheel がありません。"
    for wheel in wheels:
        yield from _misfits(wheel, target)
        if held[wheel.name] is not wheel:
            yield f"{wheel.name} の wheel が2つあります（{wheel.path.name}）。"
        if wheel.name not in {ROOT, *(one.name for one in asked)}:
            yield f"{wheel.path.name} は、どこからも求められていません。"
    for one in asked:
        if not _is_met(one, held):
            there = held.get(one.name)
            what = f"入っているのは {there.version} です" if there else "その wheel がありません"
            yield f"{one.by.name} {one.by.version} は {target} で {one.requirement} を求めますが、{what}。"


def _misfits(wheel: Wheel, target: Target) -> Iterator[str]:
    if not wheel.tags & target.tags:
        yield f"{wheel.path.name} は {target} では使えません（タグが合いません）。"
    if not target.takes(wheel.requires_python):
        yield f"{wheel.path.name} は Python {wheel.requires_python} 用で、{target.python} では使えません。"


def _is_met(one: Wanted, held: Mapping[str, Wheel]) -> bool:
    there = held.get(one.name)
    return there is not None and one.requirement.specifier.contains(there.version, prereleases=True)


Fetch = Callable[[Sequence[str], Target, Path], Sequence[Path]]
"""Gets wheels for requirements into a folder."""


def gather(own: Wheel, target: Target, folder: Path, fetch: Fetch) -> list[Wheel]:
    """Return our wheel and all that it asks for at the target, sorted by name; raise NotBundled.

    pip evaluates the markers of the Python it runs on. So each round fetches only what is asked for by name, and
    the markers of what came are evaluated here.
    """
    held = {own.name: own}
    for _ in range(_MOST_ROUNDS):
        asked = wanted(held, target)
        missing = sorted({one.name for one in asked if not _is_met(one, held)})
        if not missing:
            names = {ROOT, *(one.name for one in asked)}
            return [held[name] for name in sorted(names)]
        rules = [_combined(name, asked) for name in missing]
        held |= {wheel.name: wheel for wheel in map(read_wheel, fetch(rules, target, folder))}
    raise NotBundled([f"{'、'.join(missing)} の求める版が、たがいに合いません。"])


def _combined(name: str, asked: Iterable[Wanted]) -> str:
    specifiers = (one.requirement.specifier for one in asked if one.name == name)
    return name + ",".join(sorted({str(part) for part in chain.from_iterable(specifiers)}))


def fetch_by_pip(rules: Sequence[str], target: Target, folder: Path, *options: str) -> list[Path]:
    """Download a wheel for each rule from where pip's own configuration says; raise NotBundled naming what is not there."""
    with TemporaryDirectory(dir=folder) as name:
        done = _download(rules, target, Path(name), options)
        if done.returncode == 0:
            return [one.replace(folder / one.name) for one in sorted(Path(name).iterdir())]
        alone = [_download([rule], target, Path(name), options) for rule in rules]
        failed = [
            (rule, one) for rule, one in zip(rules, alone, strict=True) if one.returncode != 0
        ]
        raise NotBundled(
            f"{rule} の {target} 用の wheel がありません（pip: {_last_line(one.stderr)}）。"
            for rule, one in failed or [("、".join(rules), done)]
        )


def _download(
    rules: Sequence[str], target: Target, folder: Path, options: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    fitting = (f"--platform={platform}" for platform in target.platforms)
    python = (
        f"--python-version={target.python}",
        "--implementation=cp",
        f"--abi={target.interpreter}",
    )
    return _pip(
        *("download", "--quiet", "--no-deps", "--only-binary=:all:", *python, *fitting),
        *("--dest", str(folder), *options, *rules),
    )


def build_own(source: Path, folder: Path) -> Wheel:
    """Build the wheel of this repository into `folder`; raise NotBundled."""
    done = _pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(source))
    if done.returncode != 0:
        raise NotBundled([f"{ROOT} の wheel を作れません（pip: {_last_line(done.stderr)}）。"])
    return read_wheel(next(folder.glob("yosan_xl-*.whl")))


def _pip(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "理由は分かりません"
