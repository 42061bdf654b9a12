"""An edition as it stands, or is to stand, in 公表: its requests, what changed in them, and the data that it is kept as."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import DECIDED, TOTAL, Axes
from yosan_xl.model.finding import Place
from yosan_xl.model.intake import Intake, SummaryRow
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import DECISIONS
from yosan_xl.model.table import ColumnKind, Table, TableColumn
from yosan_xl.report.table import row_json, to_json
from yosan_xl.store.publication import DATA_NAME, published_folder, read_published
from yosan_xl.store.snapshot import Malformed, parse_json
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.publish import codes
from yosan_xl.usecases.year import form_of

MANIFEST_NAME = "manifest.json"

ADDED, WITHDRAWN, RETITLED, MOVED, CHANGED, DECIDED_LATER, DECIDED_ANEW = (
    *("追加", "取下げ", "事業名変更", "所管課変更", "要求額変更", "決定", "決定変更"),
)
"""What may have become of a request between the editions; 決定 of one that was published as 未定, 決定変更 of one that was published with another decision."""


class EditionChange(NamedTuple):
    """What became of a request since the edition of requests: its NO, its title there, what (`kind`), the field, before and after."""

    no: int
    title: str
    kind: str
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """Return `要求額変更（30,765千円 → 40,765千円）`, with a single value in 「」 what it is called; of what was added 追加."""
        field = f"{self.field} " if self.field.startswith("「") else ""
        is_both = self.before and self.after
        return f"{self.kind}（{field}{self.before} → {self.after}）" if is_both else self.kind


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """An edition: its documents in the order of NO, all for the public, and what of them changed.

    `undecided` are the NO of those whose decision it does not show; `as_of` is when the youngest book was saved (ISO 8601).
    """

    name: str
    year: YearFolder
    documents: tuple[Document, ...]
    changes: tuple[EditionChange, ...] = ()
    undecided: frozenset[int] = frozenset()
    as_of: str | None = None
    folder: str = ""

    @property
    def heading(self) -> str:
        """Return what it is called on a page, and how many requests became what since requests were published."""
        kinds = Counter(
            kind for _, kind in dict.fromkeys((one.no, one.kind) for one in self.changes)
        )
        counts = "、".join(f"{kind} {times} 件" for kind, times in kinds.items())
        return f"{self.name}（{counts}。変更一覧のとおり）" if counts else self.name

    @property
    def axes(self) -> Axes:
        """Return the axes of its form."""
        return form_of(self.year).axes

    @property
    def by_no(self) -> Mapping[int, Document]:
        """Return its documents by their NO."""
        return {document["no"]: document for document in self.documents}

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        """Return its requests as those that are counted are, each with its decision where the edition shows decisions."""
        axes = self.axes
        return tuple(self._row(document, axes) for document in self.documents)

    @property
    def rollup(self) -> Rollup:
        """Return its requests in the order of the list."""
        return Rollup.of(self.rows, self.year.settings, self.year.roster, self.axes)

    @property
    def intake(self) -> Intake:
        """Return its counts."""
        rollup = self.rollup
        requested = rollup.sums(rollup.rows).requested
        return Intake(counted=len(rollup.rows), requested=requested, unit=self.axes.unit)

    def _row(self, document: Document, axes: Axes) -> SummaryRow:
        request = Request.from_document(document, axes)
        place = Place(f"{self.folder}/{DATA_NAME}", f"{axes.word('no')} {request.no}")
        decision = (self._decision(request),) if self.name == DECISIONS else ()
        return SummaryRow(request, place, decisions=decision)

    def _decision(self, request: Request) -> StageDecision:
        amounts = {
            source: amount
            for (stage, source), amount in request.amounts.items()
            if stage == DECIDED
        }
        is_open = request.no in self.undecided or amounts.get(TOTAL) is None
        return StageDecision(
            stage=self.year.settings.assessment[-1].name,
            amounts=amounts,
            progress=Progress.OPEN if is_open else Progress.DONE,
            is_closed=True,
        )


def read_edition(year: YearFolder, edition: str) -> Edition:
    """Return an edition as it was published last; raise WrongInput where it was not, or where somebody changed it since."""
    if found := published_edition(year, edition):
        return found
    raise WrongInput(codes.NOT_PUBLISHED.at(Place("公表"), edition=edition))


def published_edition(year: YearFolder, edition: str) -> Edition | None:
    """Return an edition as it was published last, None where it was not; raise WrongInput."""
    folder = published_folder(year.root, edition)
    if folder is None:
        return None
    data = _read(folder, DATA_NAME)
    manifest = read_manifest(folder)
    known = {file["path"]: file["sha256"] for file in manifest["files"]}
    if known.get(DATA_NAME) != hashlib.sha256(data).hexdigest():
        raise _tampered(folder / DATA_NAME)
    return _edition(_parsed(data, folder / DATA_NAME), year, folder.name)


def _edition(value: Mapping[str, Any], year: YearFolder, folder: str) -> Edition:
    changes = tuple(
        EditionChange(*(row[key] for key in EditionChange._fields)) for row in value["changes"]
    )
    return Edition(
        name=value["edition"],
        year=year,
        documents=tuple(value["requests"]),
        changes=changes,
        undecided=frozenset(value["undecided"]),
        as_of=value["as_of"],
        folder=folder,
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of an edition says; raise WrongInput where it is none."""
    return _parsed(_read(folder, MANIFEST_NAME), folder / MANIFEST_NAME)


def _read(folder: Path, name: str) -> bytes:
    if not (folder / name).exists():
        raise _tampered(folder / name)
    return read_published(folder, name)


def _parsed(data: bytes, path: Path) -> dict[str, Any]:
    schema = "edition" if path.name == DATA_NAME else "edition-manifest"
    try:
        return parse_json(data, schema)
    except Malformed:
        raise _tampered(path) from None


def _tampered(path: Path) -> WrongInput:
    name = f"{path.parent.name}/{path.name}"
    return WrongInput(codes.TAMPERED.at(Place(name), name=name))


def edition_json(edition: Edition) -> str:
    """Return the data of an edition; the same edition gives the same text."""
    year = edition.year.settings
    table = changes_table(edition)
    return to_json(
        {
            "edition": edition.name,
            "municipality": year.municipality,
            "fiscal_year": year.year.western,
            "unit": edition.axes.unit,
            "as_of": edition.as_of,
            "undecided": sorted(edition.undecided),
            "changes": [row_json(table, row) for row in table.rows],
            "requests": list(edition.documents),
        }
    )


def changes_table(edition: Edition) -> Table:
    """Return 変更一覧: what became of requests since the edition of requests."""
    word = edition.axes.word
    columns = (
        TableColumn(word("no"), ColumnKind.CODE, "/no"),
        TableColumn(word("title"), key="/title"),
        TableColumn("変更", key="/kind"),
        TableColumn("欄", key="/field"),
        TableColumn("前", key="/before"),
        TableColumn("後", key="/after"),
    )
    return Table("変更一覧", columns, tuple((*change,) for change in edition.changes))


def in_order(changes: Iterable[EditionChange]) -> tuple[EditionChange, ...]:
    """Return changes by NO, those of one request as they were found."""
    return tuple(sorted(changes, key=lambda one: one.no))
