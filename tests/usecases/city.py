"""A year of a city in the form that comes for one, for tests to work in."""

from __future__ import annotations

from pathlib import Path

from yosan_xl.resources import template_folder
from yosan_xl.store.settings_file import read_settings
from yosan_xl.store.year_folder import create_year_folder, template_content

FORM = "municipal-1"
ROSTER = "コード,部,課\n0101,総務部,総務課\n0102,総務部,税務課\n0201,福祉部,福祉課\n"


def with_levels(year: Path) -> Path:
    """Put the accounts of a year's yosan.toml into a 科目.csv."""
    path = year / "yosan.toml"
    accounts = read_settings(path).accounts
    path.write_text(path.read_text(encoding="utf-8").partition("[[accounts]]")[0], encoding="utf-8")
    rows = [f"{account.name},{kan}\n" for account in accounts for kan in account.kan]
    (year / "科目.csv").write_text("".join(["会計,款\n", *rows]), encoding="utf-8")
    return year


def city_year(root: Path, year: str = "令和9年度", roster: str = ROSTER) -> Path:
    """Give the year folder of 佐倉市, with three units."""
    template = template_folder(FORM)
    words = {"year": year, "municipality": "佐倉市", "prefecture": "千葉県"}
    create_year_folder(root, template_content(template, template, words))
    (root / "組織.csv").write_text(roster, encoding="utf-8")
    return root
