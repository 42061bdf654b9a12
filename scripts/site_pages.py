"""What `sh scripts/docs` puts into the site beside docs/: the documents of the repository's root, links led to where they are there.

A hook of mkdocs (`hooks` in mkdocs.yml).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

ROOT_PAGES = {
    "README.ja.md": "readme.ja.md",
    "README.md": "readme.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "RELEASING.md": "releasing.md",
    "CHANGELOG.md": "changelog.md",
}
"""The documents beside docs/, and their pages: a page called README would stand in place of index.md."""

_OTHERS = {"schemas/request.schema.json": "schemas/request.schema.json"}
_LISTS = {"commands.md", "places.md", "rules.md"}
_SELDOM = {"changelog.md", "own-form.md"}
_OVERVIEWS = {"readme.ja.md", "request-example.md", "install.md"}
_GUIDES = {"財政課の手引き.md": "guide-months", "記入の手引き.md": "guide-pages"}
_DEVELOPERS = "For developers"
_FIRST = "_はじめに開く.html"
_ITEM = re.compile(r"(?:[-*]|[0-9]\.) +(?=\S)")
_LINK = re.compile(r"(\]\()([^)#\s:]+)(#[^)]*)?(\))")


def on_files(files: Any, config: Any) -> Any:
    """Add the documents beside docs/ to those of the site."""
    from mkdocs.structure.files import File

    for path, page in {**ROOT_PAGES, **_OTHERS}.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead the links of a page to where their targets are in the site; say how far behind it stands in the search."""
    page.meta["search"] = {"boost": _boost(page)}
    return as_mkdocs_reads(site_links(markdown, page.file.src_uri))


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Put a guide into an element of its own, by which docs/assets/site.css knows how it is printed."""
    name = _GUIDES.get(page.file.src_uri)
    return f'<div class="{name}">\n{html}\n</div>' if name else html


def on_post_build(config: Any) -> None:
    """Leave out what only a server asks for (404.html finds no style in a folder); write what opens the site from its folder."""
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
        Path(config.site_dir, name).unlink(missing_ok=True)
    place = Path(config.site_dir, _FIRST)
    place.write_text(
        '<!doctype html><meta charset="utf-8"><title>はじめに</title>'
        '<meta http-equiv="refresh" content="0; url=index.html">'
        '<a href="index.html">はじめに</a>\n',
        encoding="utf-8",
    )


def _boost(page: Any) -> float:
    """Return the weight of a page in the search: guides, other texts for users, then lists, then what few ask for."""
    is_for_developers = page.parent is not None and page.parent.title == _DEVELOPERS
    if is_for_developers or page.file.src_uri in _SELDOM:
        return 0.0001
    weights = {0.001: _LISTS, 0.1: _OVERVIEWS, 2: _GUIDES}
    return next((weight for weight, own in weights.items() if page.file.src_uri in own), 1)


def site_links(markdown: str, page: str) -> str:
    """Return the text of a page with its links as they are in the site."""
    sources = {place: path for path, place in ROOT_PAGES.items()}
    source = sources.get(page, f"docs/{page}")

    def led(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), found[2]))
        return f"{found[1]}{_in_site(target, page, ROOT_PAGES | _OTHERS)}{found[3] or ''}{found[4]}"

    return _LINK.sub(led, markdown)


def as_mkdocs_reads(markdown: str) -> str:
    """Return a page with what belongs to an item of a list indented by four, and a blank line before each list.

    So mkdocs reads lists; GitHub takes what is indented by the width of the mark, and lists right below a line.
    """
    lines: list[str] = []
    added, is_code, before = 0, False, ""
    for line in markdown.split("\n"):
        is_fence = line.lstrip().startswith(("```", "~~~"))
        mark = None if is_code else _ITEM.match(line)
        if mark:
            if before and not added and not before.startswith(" "):
                lines.append("")
            added = 4 - len(mark[0])
        elif line and not line.startswith(" "):
            added = 0 if not before or is_fence or line.startswith("#") else added
        lines.append(" " * added + line if line.startswith(" ") else line)
        is_code, before = is_code != is_fence, line
    return "\n".join(lines)


def _in_site(target: str, page: str, moved: Mapping[str, str]) -> str:
    place = moved.get(target, target.removeprefix("docs/"))
    return posixpath.relpath(place, posixpath.dirname(page) or ".")
