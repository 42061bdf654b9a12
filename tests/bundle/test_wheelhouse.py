"""Which wheels a target needs, by its markers and tags; what is missing is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag

from scripts.wheelhouse import (
    Fetch,
    NotBundled,
    Target,
    Wheel,
    fetch_by_pip,
    gather,
    lacks,
    read_wheel,
)
from tests.bundle.wheels import write_wheel

WINDOWS = Target("win_amd64", "3.12")
LINUX = Target("linux_x86_64", "3.12")


def house(folder: Path, *wheels: tuple[str, ...]) -> list[Wheel]:
    """Write wheels, each a name and its lines of METADATA, and read them."""
    return [read_wheel(write_wheel(folder, *wheel)) for wheel in wheels]


COLORAMA = 'Requires-Dist: colorama; platform_system == "Windows"'
OWN = ("yosan_xl-1.0", "Requires-Dist: click>=8.1,<9")


@pytest.mark.parametrize(
    ("marker", "windows", "linux"),
    [
        ("platform_system == 'Windows'", True, False),
        ("sys_platform == 'linux'", False, True),
        ("os_name == 'nt'", True, False),
        ("python_version < '3.13'", True, True),
        ("python_full_version < '3.12.3'", True, True),
        ("python_full_version >= '3.12.4'", True, True),
        ("python_version >= '3.13'", False, False),
        ("implementation_name == 'pypy'", False, False),
        ("extra == 'test'", False, False),
    ],
)
def test_marker__is_that_of_the_target(marker: str, windows: bool, linux: bool) -> None:
    requirement = Requirement(f"x; {marker}")
    assert (WINDOWS.asks(requirement), LINUX.asks(requirement)) == (windows, linux)


@pytest.mark.parametrize(
    ("tag", "windows", "linux"),
    [
        ("py3-none-any", True, True),
        ("cp312-cp312-win_amd64", True, False),
        ("cp311-abi3-win_amd64", True, False),
        ("cp311-cp311-win_amd64", False, False),
        ("cp312-cp312t-win_amd64", False, False),
        ("cp312-cp312-win32", False, False),
        ("cp312-cp312-manylinux_2_28_x86_64", False, True),
        ("cp312-cp312-manylinux2014_x86_64", False, True),
        ("cp312-cp312-manylinux_2_34_x86_64", False, False),
        ("cp312-cp312-musllinux_1_2_x86_64", False, False),
        ("cp312-cp312-manylinux_2_17_aarch64", False, False),
    ],
)
def test_tag__fits_the_target(tag: str, windows: bool, linux: bool) -> None:
    one = Tag(*tag.split("-"))
    assert (one in WINDOWS.tags, one in LINUX.tags) == (windows, linux)


def test_requires_python__that_leaves_out_a_patch_of_the_target_does_not_fit() -> None:
    assert WINDOWS.takes(SpecifierSet(">=3.9"))
    assert not WINDOWS.takes(SpecifierSet(">=3.12.4"))


def test_lacks__nothing_where_everything_is_there(tmp_path: Path) -> None:
    wheels = house(tmp_path, OWN, ("click-8.2", COLORAMA), ("colorama-0.4",))
    assert [*lacks(wheels, WINDOWS)] == []


def test_lacks__names_what_windows_alone_asks_for(tmp_path: Path) -> None:
    wheels = house(tmp_path, OWN, ("click-8.2", COLORAMA))
    assert [*lacks(wheels, LINUX)] == []
    (told,) = lacks(wheels, WINDOWS)
    assert told == (
        'click 8.2 は win_amd64、Python 3.12 で colorama; platform_system == "Windows" を求めますが、'
        "その wheel がありません。"
    )


def test_lacks__names_other_versions_misfits_twins_and_what_nobody_asks_for(tmp_path: Path) -> None:
    misfit = write_wheel(
        tmp_path, "colorama-0.4", "Requires-Python: >=3.13", tag="cp313-cp313-win_amd64"
    )
    wheels = [
        *house(tmp_path, OWN, ("click-9.0", COLORAMA), ("click-7.0",), ("six-1.0",)),
        read_wheel(misfit),
    ]
    told = "\n".join(lacks(wheels, WINDOWS))
    assert "click<9,>=8.1 を求めますが、入っているのは 7.0 です" in told
    assert "click の wheel が2つあります（click-9.0" in told
    assert "six-1.0-py3-none-any.whl は、どこからも求められていません" in told
    assert "colorama-0.4-cp313-cp313-win_amd64.whl は win_amd64、Python 3.12 では使えません" in told
    assert "は Python >=3.13 用で、3.12 では使えません" in told
    assert "yosan-xl の wheel がありません。" in "\n".join(lacks(wheels[1:], WINDOWS))


def test_extra__of_a_requirement_is_asked_for_too(tmp_path: Path) -> None:
    own = ("yosan_xl-1.0", "Requires-Dist: jsonschema[format]")
    wheels = house(tmp_path, own, ("jsonschema-4.0", "Requires-Dist: idna; extra == 'format'"))
    (told,) = lacks(wheels, LINUX)
    assert "idna" in told


def shelf(folder: Path) -> list[str]:
    """Fill a folder that stands for the index; its newest click does not fit what another part asks for."""
    write_wheel(folder, "click-8.3", COLORAMA)
    write_wheel(folder, "click-8.2", COLORAMA, "Requires-Dist: rich")
    write_wheel(folder, "colorama-0.4")
    write_wheel(folder, "part-2.0", "Requires-Dist: click<8.3")
    return ["Requires-Dist: click>=8.1,<9", "Requires-Dist: part"]


def _from(folder: Path) -> Fetch:
    def fetch(rules: Sequence[str], target: Target, into: Path) -> list[Path]:
        return fetch_by_pip(rules, target, into, "--no-index", f"--find-links={folder}")

    return fetch


def test_gather__takes_what_all_ask_for_and_leaves_what_nobody_asks_for_any_more(
    tmp_path: Path,
) -> None:
    lines = shelf(tmp_path / "shelf")
    write_wheel(tmp_path / "shelf", "rich-1.0")
    (own,) = house(tmp_path, ("yosan_xl-1.0", *lines))
    (tmp_path / "aside").mkdir()
    found = gather(own, WINDOWS, tmp_path / "aside", _from(tmp_path / "shelf"))
    names = [f"{wheel.name} {wheel.version}" for wheel in found]
    assert names == ["click 8.2", "colorama 0.4", "part 2.0", "rich 1.0", "yosan-xl 1.0"]
    assert [*lacks(found, WINDOWS)] == []


def test_gather__names_the_one_that_is_not_there(tmp_path: Path) -> None:
    (own,) = house(tmp_path, ("yosan_xl-1.0", *shelf(tmp_path / "shelf")))
    (tmp_path / "aside").mkdir()
    with pytest.raises(NotBundled) as refused:
        gather(own, WINDOWS, tmp_path / "aside", _from(tmp_path / "shelf"))
    (told,) = refused.value.problems
    assert told.startswith("rich の win_amd64、Python 3.12 用の wheel がありません")


def test_gather__does_not_take_a_wheel_for_another_python(tmp_path: Path) -> None:
    write_wheel(tmp_path / "shelf", "click-8.2", tag="cp311-cp311-win_amd64")
    (own,) = house(tmp_path, OWN)
    (tmp_path / "aside").mkdir()
    with pytest.raises(NotBundled, match=r"click<9,>=8\.1 の win_amd64"):
        gather(own, WINDOWS, tmp_path / "aside", _from(tmp_path / "shelf"))


def test_wheel__whose_name_is_not_what_is_in_it_is_refused(tmp_path: Path) -> None:
    path = write_wheel(tmp_path, "click-8.2")
    with pytest.raises(NotBundled, match=r"click-8\.3-py3-none-any\.whl の中身は click 8\.2 です"):
        read_wheel(path.rename(tmp_path / "click-8.3-py3-none-any.whl"))
