"""Definition → Plan: the one function that computes coordinates, pure and total."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from yosan_xl.form.area import Area
from yosan_xl.form.checks import PANELS, panel_sha256, versions
from yosan_xl.form.definition import (
    Band,
    Block,
    CheckDefinition,
    Definition,
    Field,
    FieldKind,
    FilledBy,
    ListDefinition,
    ListPlace,
    Placed,
    Role,
    RowDefinition,
    Stack,
)
from yosan_xl.form.list_rows import GroupPlace, group_cells, headings, height, row_name
from yosan_xl.form.plan import Check, Counter, Label, LineGroup, Plan, RowRole, Slot
from yosan_xl.form.relation import CellFormula
from yosan_xl.model.fiscal_year import FiscalYear


def compile_plan(
    definition: Definition,
    year: FiscalYear,
    line_rows: tuple[int, ...] | None = None,
    panel: int | None = None,
) -> Plan:
    """Compile a definition for one year; `line_rows` are the rows of each group of all lists, in order.

    `panel` is the version of its checks panel, the newest where none is given.
    The same Plan is given for the same definition, so that what is derived from it can be kept.
    Raises ValueError when `line_rows` has another number of groups than the definition.
    """
    rows = line_rows or _own_rows(definition)
    return _compiled(definition, year, rows, panel or max(PANELS))


def issued_plan(
    definition: Definition, year: FiscalYear, line_rows: tuple[int, ...], panel_sha: str | None
) -> Plan:
    """Compile the Plan with which a book was issued, by what its stamp says of its panel.

    A version that this program does not know is read as the newest, of another `panel_sha256`.
    """
    if panel_sha is None:
        return compile_plan(definition, year, line_rows, 1)
    known = versions(item.looks_at for item in definition.checks.items)
    plans = (compile_plan(definition, year, line_rows, n) for n in known)
    newest = compile_plan(definition, year, line_rows)
    return next((plan for plan in plans if panel_sha256(plan) == panel_sha), newest)


@lru_cache(maxsize=32)
def _compiled(
    definition: Definition, year: FiscalYear, line_rows: tuple[int, ...], panel: int
) -> Plan:
    return _Compiler(definition, year, line_rows, panel).plan()


def slot_name(key: str) -> str:
    """Return the defined name of a field: `yx_funding_national_amount` for its pointer."""
    return "yx_" + key.strip("/").replace("/", "_")


def _own_rows(definition: Definition) -> tuple[int, ...]:
    return tuple(group.rows for own in definition.lists for group in own.groups)


class _Compiler:
    """Collects labels, slots and groups while it goes down the sheet."""

    def __init__(
        self, definition: Definition, year: FiscalYear, line_rows: tuple[int, ...], panel: int
    ) -> None:
        if len(line_rows) != len(_own_rows(definition)):
            raise ValueError(f"line_rows {line_rows}")
        self.definition = definition
        self.year = year
        self.lists = {own.key: own for own in definition.lists}
        self.rows = _rows_of_lists(definition, line_rows)
        self.panel = panel
        self.column = {name: index for index, name in enumerate(definition.columns)}
        self.labels: list[Label] = []
        self.slots: list[Slot] = []
        self.groups: dict[int, LineGroup] = {}
        self.status = Area(0, 0, 0, 0)

    def plan(self) -> Plan:
        head = _head(self.definition.bands)
        top, bottom = len(head), 0
        for band in self.definition.bands:
            bottom = self.band(band, bottom)
        checks = self.checks(top)
        counters = self.counters(top + len(checks) + 2)
        printed = self.span(":".join(self.definition.printed), 0)
        first = next(index for index, row in enumerate(head) if row.printed)
        return Plan(
            form_id=self.definition.id,
            version=self.definition.version,
            sha256=self.definition.sha256,
            title=self.definition.title,
            sheet=self.definition.sheet,
            widths=tuple(self.definition.columns.values()),
            rows=(*map(_row_role, head), *_body(bottom - top, bottom, checks, counters)),
            print_area=Area(first, printed.left, bottom - 1, printed.right),
            labels=tuple(self.labels),
            slots=tuple(sorted(self.slots, key=lambda slot: (slot.area.top, slot.area.left))),
            groups=tuple(self.groups[number] for number in sorted(self.groups)),
            checks=checks,
            counters=counters,
            status=self.status,
            order=self.definition.order,
            panel=self.panel,
            axes=self.definition.axes,
            paper=self.definition.paper,
            vocabulary=self.definition.vocabulary,
            prefecture=self.definition.prefecture,
            choices=self.definition.choices,
            told=self.definition.told,
            elastic=self.elastic(),
        )

    def elastic(self) -> tuple[int, ...]:
        if not self.definition.elastic:
            return ()
        area = self.span(self.definition.elastic, 0)
        return tuple(range(area.left, area.right + 1))

    def band(self, band: Band, top: int) -> int:
        """Place a band and return the row below it: its stacks without shares say how high it is."""
        firm = [stack for stack in band.stacks if not _shares(stack)]
        sharing = [stack for stack in band.stacks if _shares(stack)]
        rows = max(self.least(stack, is_alone=not firm) for stack in band.stacks)
        for stack in (*firm, *sharing):
            self.stack(stack, top, rows)
        return top + rows

    def least(self, stack: Stack, *, is_alone: bool) -> int:
        """Return the rows that a stack needs: one for each block with a share, its share where nothing else says."""
        shares = _shares(stack)
        return sum(map(self.height, stack.items)) + (sum(shares) if is_alone else len(shares))

    def height(self, item: RowDefinition | Block | ListPlace) -> int:
        """Return the rows of a thing, 0 for a block with a share."""
        if isinstance(item, ListPlace):
            return height(self.lists[item.key], self.rows[item.key])
        return item.rows if isinstance(item, Block) else 1

    def stack(self, stack: Stack, top: int, room: int) -> None:
        bottom = top + room
        for item, rows in zip(stack.items, self.heights(stack, room), strict=True):
            if isinstance(item, ListPlace):
                self.put_list(self.lists[item.key], top)
            elif isinstance(item, Block):
                self.block(item, top, rows)
            else:
                self.row(item, top)
            top += rows
        if top < bottom and stack.items:
            span = self.span(self.columns(stack.items[-1]), top, bottom - top)
            self.labels.append(Label(span, "", Role.LABEL))

    def heights(self, stack: Stack, room: int) -> list[int]:
        """Return the rows of each thing: shares take the rest, else the last block does."""
        own = [self.height(item) for item in stack.items]
        spare = room - sum(own)
        if _shares(stack):
            shared = iter(_shared(_shares(stack), spare))
            return [rows or next(shared) for rows in own]
        blocks = [i for i, item in enumerate(stack.items) if isinstance(item, Block)]
        if blocks:
            own[blocks[-1]] += spare
        return own

    def columns(self, item: RowDefinition | Block | ListPlace) -> str:
        """Return the columns from the first to the last of a thing."""
        if isinstance(item, ListPlace):
            spans = [column.columns for column in self.lists[item.key].columns]
        elif isinstance(item, Block):
            spans = [item.caption, item.columns]
        else:
            spans = [cell.columns for cell in item.cells]
        names = [name for span in spans if span for name in span.split(":")]
        return (
            f"{min(names, key=self.column.__getitem__)}:{max(names, key=self.column.__getitem__)}"
        )

    def row(self, row: RowDefinition, top: int) -> None:
        for cell in row.cells:
            self.place(cell, top)

    def place(self, cell: Placed, top: int) -> None:
        area = self.span(cell.columns, top, cell.down)
        if cell.field is not None:
            self.put(self.definition.fields[cell.field], area)
        elif cell.display == "status":
            self.status = area
        else:
            text = (cell.label or "").replace("{year}", self.year.label)
            self.labels.append(Label(area, text, cell.role))

    def span(self, columns: str, top: int, down: int = 1) -> Area:
        first, _, last = columns.partition(":")
        return Area(top, self.column[first], top + down - 1, self.column[last or first])

    def block(self, block: Block, top: int, rows: int) -> None:
        field = self.definition.fields[block.field]
        if block.caption:
            caption = self.span(block.caption, top, rows)
            self.labels.append(Label(caption, field.caption, Role.LABEL))
        self.put(field, self.span(block.columns, top, rows))

    def put(self, field: Field, area: Area) -> None:
        self.slots.append(
            Slot(
                name=slot_name(field.key),
                pointer=field.key if field.key.startswith("/") else None,
                label=field.label,
                kind=field.kind,
                by=field.by,
                area=area,
                choices=field.choices,
                max_length=field.max_length,
                required=field.required,
                hint=field.hint,
                formula=self.formula(field),
                number=field.number,
                meaning=field.meaning,
                private=field.private,
                picture=field.picture,
                decimals=field.decimals,
                under=slot_name(field.under) if field.under else None,
            )
        )

    def formula(self, field: Field) -> CellFormula | None:
        if field.relation is None:
            return None
        names = [name for key in field.relation.of for name in self.names(key)]
        operand = self.definition.fields.get(field.relation.of[0])
        choices = operand.choices if operand else None
        parts = tuple(tuple(map(slot_name, part)) for part in field.relation.parts)
        return CellFormula(field.relation.kind, tuple(names), choices=choices, parts=parts)

    def names(self, pointer: str) -> list[str]:
        """Return the names of a field, or of a list's column (`/lines/*/requested`) in all of its groups."""
        around, star, column = pointer.rpartition("/*/")
        if not star:
            return [slot_name(pointer)]
        own = next(one for one in self.definition.lists if one.pointer == around)
        return [row_name(own, group, column) for group in range(len(own.groups))]

    def put_list(self, own: ListDefinition, top: int) -> None:
        self.labels += headings(own, top, self.span)
        before = list(self.lists)[: list(self.lists).index(own.key)]
        first = sum(len(self.rows[key]) for key in before)
        top += 1
        for number, rows in enumerate(self.rows[own.key]):
            place = GroupPlace(number, first + number, top, rows)
            cells = group_cells(own, place, self.span)
            self.labels += cells.labels
            self.slots += cells.slots
            self.groups[place.among] = cells.group
            top += rows + bool(cells.group.name)

    def checks(self, top: int) -> tuple[Check, ...]:
        panel = self.definition.checks
        if not panel.items:
            return ()
        for name, heading in zip(panel.columns, panel.heading, strict=True):
            self.labels.append(Label(self.span(name, top), heading, Role.PANEL_HEADING))
        return tuple(self.check(item, top + row) for row, item in enumerate(panel.items, 1))

    def check(self, item: CheckDefinition, top: int) -> Check:
        label, mark, advice, reason = (
            self.span(name, top) for name in self.definition.checks.columns
        )
        self.labels.append(Label(label, item.label, Role.PANEL))
        return Check(
            kind=item.kind,
            test=item.looks_at,
            label=item.label,
            weight=item.weight,
            advice=item.advice,
            mark_name=f"yx_check_{item.kind}",
            reason_name=f"yx_reason_{item.kind}" if item.weight == "要確認" else None,
            mark=mark,
            advice_area=advice,
            reason=reason,
        )

    def counters(self, top: int) -> tuple[Counter, ...]:
        panel = self.definition.checks
        label, mark, advice, reason = panel.columns
        fields = self.definition.fields.values()
        prose = [f for f in fields if f.kind is FieldKind.PROSE and f.by is FilledBy.DEPARTMENT]
        known = {slot_name(field.key) for field in prose}
        more = [*self.other_texts(known)] if PANELS[self.panel].has_rooms else []
        if prose or more:
            heading = self.span(f"{label}:{advice}", top)
            self.labels.append(Label(heading, panel.counters, Role.PANEL_HEADING))
        if more:
            self.labels.append(Label(self.span(reason, top), _ROOMS, Role.PANEL_HEADING))
        counters = []
        texts = [(slot_name(field.key), field.caption) for field in prose]
        for row, (name, caption) in enumerate([*texts, *more], top + 1):
            self.labels.append(Label(self.span(label, row), caption, Role.PANEL))
            room = (self.span(reason, row), f"yx_room_{name.removeprefix('yx_')}")
            own = room if PANELS[self.panel].has_rooms else (None, None)
            counters.append(Counter(name, self.span(f"{mark}:{advice}", row), *own))
        return tuple(counters)

    def other_texts(self, known: set[str]) -> Iterator[tuple[str, str]]:
        """Yield what else of the page is written in words, in its order, with what that is called."""
        first, last = (self.column[name] for name in self.definition.printed)
        for slot in sorted(self.slots, key=lambda slot: (slot.area.top, slot.area.left)):
            in_words = slot.kind in (FieldKind.TEXT, FieldKind.PROSE) and slot.picture is None
            on_page = first <= slot.area.left and slot.area.right <= last
            if in_words and on_page and slot.is_entry and slot.name not in known:
                yield slot.name, self.caption(slot)

    def caption(self, slot: Slot) -> str:
        """Return what a text is called in the panel: of a list's column with the list, and its group where it has several."""
        if not slot.repeats:
            return f"{slot.number} {slot.label}" if slot.number else slot.label
        own, group = self.lists[slot.list or ""], self.groups[slot.group or 0]
        among = f"（{group.name}）" if len(own.groups) > 1 else ""
        return f"{own.label}の{slot.label}{among}"


_ROOMS = "欄に入る行数"
"""Above what the cells show of texts."""


def _rows_of_lists(
    definition: Definition, line_rows: tuple[int, ...]
) -> dict[str, tuple[int, ...]]:
    rows = iter(line_rows)
    return {own.key: tuple(next(rows) for _ in own.groups) for own in definition.lists}


def _head(bands: tuple[Band, ...]) -> list[RowDefinition]:
    """Return the rows above the body: those of the leading bands that hold rows only, the last band never."""
    leading = takewhile(_has_rows_only, bands[:-1])
    items = (item for band in leading for stack in band.stacks for item in stack.items)
    return [item for item in items if isinstance(item, RowDefinition)]


def _has_rows_only(band: Band) -> bool:
    items = (item for stack in band.stacks for item in stack.items)
    return len(band.stacks) == 1 and all(isinstance(item, RowDefinition) for item in items)


def _body(
    height: int, bottom: int, checks: tuple[Check, ...], counters: tuple[Counter, ...]
) -> list[RowRole]:
    """Return the rows below the head; where the page is short, the panel goes on beside nothing."""
    last = max((area.bottom for area in _panel_areas(checks, counters)), default=0)
    return [RowRole.BODY] * height + [RowRole.TOOLS] * max(0, last + 1 - bottom)


def _panel_areas(checks: tuple[Check, ...], counters: tuple[Counter, ...]) -> list[Area]:
    return [*(check.mark for check in checks), *(counter.area for counter in counters)]


def _row_role(row: RowDefinition) -> RowRole:
    if not row.printed:
        return RowRole.TOOLS
    return RowRole.TITLE if row.role is Role.TITLE else RowRole.HEAD


def _shares(stack: Stack) -> list[int]:
    return [item.share for item in stack.items if isinstance(item, Block) and item.share]


def _shared(shares: list[int], room: int) -> list[int]:
    """Share out `room` rows in proportion, at least one to each."""
    whole, rows, taken, given = sum(shares), [], 0, 0
    for number, share in enumerate(shares, 1):
        taken += share
        most = room - (len(shares) - number)
        upto = min(max(taken * room // whole, given + 1), most)
        rows.append(upto - given)
        given = upto
    return rows
