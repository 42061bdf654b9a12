"""Definition → Plan: the one function that computes coordinates, pure and total."""

from __future__ import annotations

from functools import lru_cache

from yosan_xl.form.area import Area
from yosan_xl.form.checks import PANELS, panel_sha256, versions
from yosan_xl.form.definition import (
    LINES,
    CheckDefinition,
    Definition,
    DefinitionError,
    Field,
    FieldKind,
    FilledBy,
    Half,
    Placed,
    Role,
    RowDefinition,
)
from yosan_xl.form.plan import Check, Counter, Label, LineGroup, Plan, RowRole, Slot
from yosan_xl.form.relation import CellFormula
from yosan_xl.model.fiscal_year import FiscalYear

SUMMED = ("requested", "earmarked", "budgeted", "budgeted_earmarked")


def compile_plan(
    definition: Definition,
    year: FiscalYear,
    line_rows: tuple[int, ...] | None = None,
    panel: int | None = None,
) -> Plan:
    """Compile a definition for one year; `line_rows` are the rows of each group of line items.

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
    known = versions(item.kind for item in definition.checks.items)
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
    return tuple(group.rows for group in definition.lines.groups)


class _Compiler:
    """Collects labels, slots and groups while it goes down the sheet."""

    def __init__(
        self, definition: Definition, year: FiscalYear, line_rows: tuple[int, ...], panel: int
    ) -> None:
        if len(line_rows) != len(definition.lines.groups):
            raise ValueError(f"line_rows {line_rows}")
        self.definition = definition
        self.year = year
        self.line_rows = line_rows
        self.panel = panel
        self.column = {name: index for index, name in enumerate(definition.columns)}
        self.labels: list[Label] = []
        self.slots: list[Slot] = []
        self.groups: list[LineGroup] = []
        self.status = Area(0, 0, 0, 0)

    def plan(self) -> Plan:
        head = len(self.definition.head)
        self.rows_of(self.definition.head, 0)
        bottom = self.right_half(head)
        self.left_half(head, bottom)
        checks = self.checks(head)
        counters = self.counters(head + len(checks) + 2)
        first, last = self.definition.printed
        return Plan(
            form_id=self.definition.id,
            version=self.definition.version,
            sha256=self.definition.sha256,
            title=self.definition.title,
            sheet=self.definition.sheet,
            widths=tuple(self.definition.columns.values()),
            rows=(*map(_row_role, self.definition.head), *_body(bottom - head, counters, bottom)),
            print_area=Area(
                self.first_printed(), self.column[first], bottom - 1, self.column[last]
            ),
            labels=tuple(self.labels),
            slots=tuple(sorted(self.slots, key=lambda slot: (slot.area.top, slot.area.left))),
            groups=tuple(self.groups),
            checks=checks,
            counters=counters,
            status=self.status,
            order=self.definition.order,
            panel=self.panel,
        )

    def first_printed(self) -> int:
        return next(index for index, row in enumerate(self.definition.head) if row.printed)

    def rows_of(self, rows: tuple[RowDefinition, ...], top: int) -> int:
        for row in rows:
            for cell in row.cells:
                self.place(cell, top)
            top += 1
        return top

    def place(self, cell: Placed, top: int) -> None:
        area = self.span(cell.columns, top, cell.down)
        if cell.field is not None:
            self.put(self.definition.fields[cell.field], area)
        elif cell.display == "status":
            self.status = area
        else:
            text = (cell.label or "").format(year=self.year.label)
            self.labels.append(Label(area, text, cell.role))

    def span(self, columns: str, top: int, down: int = 1) -> Area:
        first, _, last = columns.partition(":")
        return Area(top, self.column[first], top + down - 1, self.column[last or first])

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
            )
        )

    def formula(self, field: Field) -> CellFormula | None:
        if field.relation is None:
            return None
        if field.relation.of == (LINES,):
            key = field.key.rpartition("/")[2]
            names = [line_name(index, key) for index in range(len(self.line_rows))]
        else:
            names = [slot_name(key) for key in field.relation.of]
        operand = self.definition.fields.get(field.relation.of[0])
        choices = operand.choices if operand else None
        return CellFormula(field.relation.kind, tuple(names), choices=choices)

    def left_half(self, top: int, bottom: int) -> None:
        half = self.definition.left
        shares = _stretch([block.rows for block in half.blocks], bottom - top)
        self.blocks(half, shares, top)

    def right_half(self, top: int) -> int:
        half = self.definition.right
        top = self.lines_heading(top)
        for index in range(len(self.line_rows)):
            top = self.group(index, top)
        top = self.rows_of(half.rows, top)
        return self.blocks(half, [block.rows for block in half.blocks], top)

    def blocks(self, half: Half, heights: list[int], top: int) -> int:
        for block, height in zip(half.blocks, heights, strict=True):
            field = self.definition.fields[block.field]
            self.labels.append(
                Label(self.span(half.caption, top, height), field.caption, Role.LABEL)
            )
            self.put(field, self.span(half.columns, top, height))
            top += height
        return top

    def checks(self, top: int) -> tuple[Check, ...]:
        panel = self.definition.checks
        for name, heading in zip(panel.columns, panel.heading, strict=True):
            self.labels.append(Label(self.span(name, top), heading, Role.PANEL_HEADING))
        return tuple(self.check(item, top + row) for row, item in enumerate(panel.items, 1))

    def check(self, item: CheckDefinition, top: int) -> Check:
        if item.kind not in PANELS[self.panel].kinds:
            raise DefinitionError(f"checks.items: unknown kind {item.kind}")
        label, mark, advice, reason = (
            self.span(name, top) for name in self.definition.checks.columns
        )
        self.labels.append(Label(label, item.label, Role.PANEL))
        return Check(
            kind=item.kind,
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
        label, mark, advice, _ = panel.columns
        heading = self.span(f"{label}:{advice}", top)
        self.labels.append(Label(heading, panel.counters, Role.PANEL_HEADING))
        counters = []
        slots = {slot.name: slot for slot in self.slots}
        fields = self.definition.fields.values()
        prose = [f for f in fields if f.kind is FieldKind.PROSE and f.by is FilledBy.DEPARTMENT]
        for row, field in enumerate(prose, top + 1):
            self.labels.append(Label(self.span(label, row), field.caption, Role.PANEL))
            name = slots[slot_name(field.key)].name
            counters.append(Counter(name, self.span(f"{mark}:{advice}", row)))
        return tuple(counters)

    def lines_heading(self, top: int) -> int:
        lines = self.definition.lines
        for column in lines.columns:
            own = column.field.key == "label"
            text = f"{lines.number} {lines.label}" if own else column.field.caption
            self.labels.append(Label(self.span(column.columns, top), text, Role.HEADING))
        self.labels.append(Label(self.span("arrow", top), lines.arrow, Role.HEADING))
        return top + 1

    def group(self, index: int, top: int) -> int:
        rows = self.line_rows[index]
        part_slot = self.part(index, top)
        self.labels.append(
            Label(self.span("item:note", top), self.definition.lines.subtotal, Role.LABEL, index)
        )
        subtotals = {key: self.subtotal(index, key, top, part_slot) for key in SUMMED}
        columns = {
            column.field.key: self.line_column(
                index=index, field=column.field, columns=column.columns, top=top + 1, rows=rows
            )
            for column in self.definition.lines.columns
        }
        for row in range(top, top + rows + 1):
            self.labels.append(
                Label(self.span("arrow", row), self.definition.lines.arrow, Role.LABEL, index)
            )
        part = self.definition.lines.groups[index].part
        self.groups.append(
            LineGroup(
                part=part, part_slot=part_slot, rows=rows, columns=columns, subtotals=subtotals
            )
        )
        return top + rows + 1

    def part(self, index: int, top: int) -> str | None:
        group = self.definition.lines.groups[index]
        area = self.span("group:source", top)
        if not group.optional:
            self.labels.append(Label(area, group.part, Role.LABEL, index))
            return None
        name = f"yx_part{index + 1}"
        self.slots.append(
            Slot(
                name=name,
                pointer=None,
                label="区分",
                kind=FieldKind.CHOICE,
                by=FilledBy.DEPARTMENT,
                area=area,
                group=index,
                choices=f"part{index + 1}",
                hint=group.hint,
            )
        )
        return name

    def subtotal(self, index: int, key: str, top: int, part_slot: str | None) -> str:
        name = f"yx_subtotal{index + 1}_{key}"
        column = next(c for c in self.definition.lines.columns if c.field.key == key)
        self.slots.append(
            Slot(
                name=name,
                pointer=f"/subtotals/*/{key}",
                label=f"{self.definition.lines.subtotal}の{column.field.label}",
                kind=FieldKind.MONEY,
                by=FilledBy.FORMULA,
                area=self.span(column.columns, top),
                group=index,
                formula=CellFormula("sum", (line_name(index, key),), only_with=part_slot),
            )
        )
        return name

    def line_column(self, index: int, field: Field, columns: str, top: int, rows: int) -> str:
        name = line_name(index, field.key)
        self.slots.append(
            Slot(
                name=name,
                pointer=f"/lines/*/{field.key}",
                label=field.label,
                kind=field.kind,
                by=field.by,
                area=self.span(columns, top, rows),
                repeats=True,
                group=index,
                max_length=field.max_length,
                hint=field.hint,
                number=self.definition.lines.number if field.key == "label" else None,
            )
        )
        return name


def line_name(group: int, key: str) -> str:
    """Return the defined name of a column of line items, `yx_lines1_requested`."""
    return f"yx_lines{group + 1}_{key}"


def _body(height: int, counters: tuple[Counter, ...], bottom: int) -> list[RowRole]:
    """Return the rows below the head; where the page is short, the panel goes on beside nothing."""
    beyond = max(0, counters[-1].area.bottom + 1 - bottom)
    return [RowRole.BODY] * height + [RowRole.TOOLS] * beyond


def _row_role(row: RowDefinition) -> RowRole:
    if not row.printed:
        return RowRole.TOOLS
    return RowRole.TITLE if row.role is Role.TITLE else RowRole.HEAD


def _stretch(shares: list[int], total: int) -> list[int]:
    """Share out `total` rows: a share of 1 stays one row, the others grow in proportion."""
    ones = shares.count(1)
    rest, room = sum(shares) - ones, total - ones
    rows, taken, given = [], 0, 0
    for share in shares:
        if share == 1:
            rows.append(1)
            continue
        taken += share
        upto = taken * room // rest
        rows.append(upto - given)
        given = upto
    return rows
