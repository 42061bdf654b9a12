from __future__ import annotations

import json

import pytest

from yosan_xl.store.archive.manifest import (
    FormVersion,
    Kind,
    Manifest,
    ManifestFile,
    manifest_bytes,
    parse_manifest,
    seal_bytes,
)
from yosan_xl.store.snapshot import Malformed

FILES = (
    ManifestFile("提出/0103_税務課.xlsx", Kind.SUBMITTED, 3, "ab"),
    ManifestFile("a\udcff.txt", Kind.OTHER, 0, "cd"),
)
MANIFEST = Manifest(
    1, None, "港区", 2020, "要求", "yosan-xl 1", "ef", (FormVersion("minato-r2", 1, "0a"),), FILES
)


def _parse(**changes: object) -> Manifest:
    value = json.loads(manifest_bytes(MANIFEST)) | changes
    data = json.dumps(value).encode()
    return parse_manifest(data, seal_bytes(data))


def test_manifest__comes_back_whole() -> None:
    data = manifest_bytes(MANIFEST)
    assert parse_manifest(data, seal_bytes(data)) == MANIFEST


def test_manifest__needs_its_seal() -> None:
    with pytest.raises(Malformed, match=r"manifest\.sha256 と合いません"):
        parse_manifest(manifest_bytes(MANIFEST), b"")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"sequence": "1"},
        {"sequence": True},
        {"files": None},
        {"files": [{}]},
        {"forms": [1]},
        {"stage": None},
        {"fiscal_year": -1},
        {"files": [{"path": "a", "kind": "other", "size": 2**53, "sha256": ""}]},
    ],
    ids=str,
)
def test_manifest__of_another_shape(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        _parse(**changes)


@pytest.mark.parametrize(
    "path", ["", "/etc/a", "../a", "a/../../b", "..\\a", "\\\\share\\a", "C:\\a", "c:a", "a\0"]
)
def test_manifest__that_leads_out_of_its_folder(path: str) -> None:
    row = {"path": path, "kind": "other", "size": 0, "sha256": ""}
    with pytest.raises(Malformed, match="フォルダーの外"):
        _parse(files=[row])


def test_manifest__with_a_file_twice() -> None:
    row = {"path": "a", "kind": "other", "size": 0, "sha256": ""}
    with pytest.raises(Malformed, match="二度"):
        _parse(files=[row, row])
