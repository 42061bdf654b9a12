"""Every link of the documents leads somewhere: to a file, a picture, a heading; and every page stands in the navigation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.site_pages import ROOT_PAGES, as_mkdocs_reads, site_links

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\"")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`|^ {4}.*$", re.MULTILINE)


def without_code(markdown: str) -> str:
    """Return a page without what stands in it as code."""
    return _CODE.sub("", _FENCE.sub("", markdown))


def links(markdown: str) -> list[str]:
    """Return the targets of a page's links and pictures that are no addresses of the internet."""
    found = (one or other for one, other in _LINK.findall(without_code(markdown)))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors(markdown: str) -> set[str]:
    """Return the anchors of a page's headings as GitHub and the site make them."""
    known: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", _FENCE.sub("", markdown), re.MULTILINE):
        slug = _slug(heading)
        found.add(f"{slug}_{known[slug]}" if known[slug] else slug)
        found.add(f"{slug}-{known[slug]}" if known[slug] else slug)
        known[slug] += 1
    return found


def _slug(heading: str) -> str:
    text = re.sub(r"\]\([^)]*\)|[`*\[]", "", heading)
    return (
        re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", text))
        .strip()
        .lower()
        .replace(" ", "-")
    )


def broken(page: Path, markdown: str) -> Iterator[str]:
    """Yield the links of a page that lead nowhere."""
    for target in links(markdown):
        path, _, anchor = unquote(target).partition("#")
        place = page.parent / path if path else page
        if not place.exists() or path.startswith("/"):
            yield target
        elif anchor:
            text = place.read_text(encoding="utf-8") if path else markdown
            if anchor not in anchors(text):
                yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links__of_every_page_lead_somewhere(page: Path) -> None:
    assert list(broken(page, page.read_text(encoding="utf-8"))) == []


def test_links__that_lead_nowhere_are_seen() -> None:
    page = ROOT / "docs/index.md"
    text = (
        "[a](no-such-page.md) ![b](pictures/no.png) [c](stages.md#無い) [d](#終わりに) [e](#はじめに)\n"
        "[h](https://example.org) `[f](in-code.md)`\n```\n[g](in-code.md)\n```\n# はじめに\n"
    )
    assert list(broken(page, text)) == [
        "no-such-page.md",
        "pictures/no.png",
        "stages.md#無い",
        "#終わりに",
    ]
    assert anchors(text) == {"はじめに"}
    assert anchors("# 3. 紙から、様式へ `x`\n## A b\n## A b") == {
        "3-紙から様式へ-x",
        "a-b",
        "a-b-1",
        "a-b_1",
    }


def test_navigation__has_every_page_once_and_no_other() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    named = re.findall(r"^ +- (?:.+: )?(\S+\.md)$", text, re.MULTILINE)
    written = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(named) == sorted([*written, *ROOT_PAGES.values()])


def test_root_pages__are_all_documents_of_the_root() -> None:
    assert set(ROOT_PAGES) == {path.name for path in ROOT.glob("*.md")}


@pytest.mark.parametrize(
    ("page", "link", "led"),
    [
        ("readme.ja.md", "(docs/stages.md#a)", "(stages.md#a)"),
        ("readme.ja.md", "(CONTRIBUTING.md)", "(contributing.md)"),
        ("readme.md", "(docs/pictures/page.png)", "(pictures/page.png)"),
        ("index.md", "(../README.ja.md)", "(readme.ja.md)"),
        ("index.md", "(stages.md)", "(stages.md)"),
        ("index.md", "(#はじめに)", "(#はじめに)"),
        ("index.md", "(https://example.org/a.md)", "(https://example.org/a.md)"),
        ("request-example.md", "(../schemas/request.schema.json)", "(schemas/request.schema.json)"),
    ],
)
def test_site_links__lead_to_where_their_targets_are_in_the_site(
    page: str, link: str, led: str
) -> None:
    assert site_links(f"[x]{link}", page) == f"[x]{led}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1. a\n\n   ```sh\n   x\n   ```\n\n2. b", "1. a\n\n    ```sh\n    x\n    ```\n\n2. b"),
        ("- a\n  b\n  - c\n", "- a\n    b\n    - c\n"),
        ("words:\n- a\n- b\n", "words:\n\n- a\n- b\n"),
        ("- a\n\nwords\n\n    code\n", "- a\n\nwords\n\n    code\n"),
        ("```text\n- a\n  b\n```\n", "```text\n- a\n  b\n```\n"),
        ("a\n\n    - code\n", "a\n\n    - code\n"),
    ],
)
def test_lists__are_indented_as_mkdocs_reads_them(written: str, read: str) -> None:
    assert as_mkdocs_reads(written) == read
