"""What colleagues, finance and departments do to a year, one act each; the plain model is told what it means.

Acts upon a summary choose any book of 集計; each leaves the year as a person would, without consolidating it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.decisions.books import (
    AMOUNT,
    LEFT,
    LINES,
    LIST,
    RATIONALE,
    REMARKS,
    SPECIFIC,
    Place,
    cell_of,
    columns,
    draw,
    headings,
    rows,
    typed_column,
)
from tests.decisions.plain import Entry
from tests.decisions.town import Town

NAMES = ("R2_集計 - コピー", "R2_集計(1)", "R2_集計 (2)", "R2_集計-PC02", "R2_集計_田中", "査定中")
_COMPUTED = (
    "目次",
    "会計・款別",
    "部別",
    "財源内訳",
    "明細",
    "提出状況",
    "検証結果",
    "債務負担行為調書",
)


def _book(town: Town) -> tuple[Path, Any] | None:
    found = town.summaries
    if not found:
        return None
    # Most of the time one types into the summary itself.
    path = town.main if town.main in found and town.chance.random() < 0.6 else None
    path = path or town.chance.choice(found)
    book = town.open(path)
    return (path, book) if {LIST, LINES} <= set(book.sheetnames) else None


def _type(town: Town) -> None:
    """Type an amount, a text or a remark into a cell, most often where nothing stands."""
    for _ in range(town.chance.choice([1, 2, 4])):
        _type_one(town, is_emptied=False)


def _empty(town: Town) -> None:
    """Empty a cell."""
    _type_one(town, is_emptied=True)


def _type_one(town: Town, *, is_emptied: bool) -> None:
    found = _book(town)
    projects = sorted(town.ids)
    if not found or not projects:
        return
    path, book = found
    project = town.chance.choice(projects)
    heading = town.chance.choice([AMOUNT, AMOUNT, SPECIFIC, RATIONALE, REMARKS])
    count = len(town.projects[project]["lines"])
    is_line = heading == REMARKS or (heading in (AMOUNT, SPECIFIC) and town.chance.random() < 0.4)
    line = town.chance.randint(1, count) if is_line else None
    cell = _cell(town, book, project, Place("", heading, line))
    if cell is None:
        return
    over = town.ledger.find(cell.value)
    if is_emptied and (over is None or not over.is_live):
        return
    is_amount = heading in (AMOUNT, SPECIFIC)
    value = town.ledger.amount() if is_amount else town.ledger.words(heading)
    entry = None if is_emptied else Entry(value, project, heading, line)
    cell.value = None if is_emptied else value
    if over and over.cell != (project, heading, line):
        over = None
    town.save(book, path)
    town.ledger.type(path.name, entry, over)


def _cell(town: Town, book: Any, project: str, place: Place) -> Any:
    """Return the cell of a project by the name that the book shows: its request may be another one by now."""
    sheet = book[LIST if place.line is None else LINES]
    names, column = columns(sheet), typed_column(sheet, place.heading)
    if column is None or "事業名" not in names:
        return None
    for row, _, line in rows(sheet):
        if town.seen_as(sheet.cell(row, names["事業名"]).value) == project and line == place.line:
            return sheet.cell(row, column)
    return None


def _copy(town: Town) -> None:
    """Copy a summary under another name, as Explorer, a browser, OneDrive or a colleague does."""
    if town.summaries:
        path = town.chance.choice(town.summaries)
        other = path.with_name(f"{town.chance.choice(NAMES)}.xlsx")
        if not other.exists():
            shutil.copyfile(path, other)
            town.ledger.copy(path.name, other.name)


def _save_again(town: Town) -> None:
    """Open a book and save it without typing anything, so that it is the last that was saved."""
    if town.summaries:
        path = town.chance.choice(town.summaries)
        town.save(town.open(path), path)


def _exchange_copy(town: Town) -> None:
    """Put an older copy in place of the summary, as one who restores a backup does."""
    others = [path for path in town.summaries if path != town.main]
    if others and town.main.exists():
        old = town.chance.choice(others)
        _lose(town, town.main)
        shutil.copyfile(old, town.main)
        town.ledger.copy(old.name, town.main.name)


def _lose(town: Town, path: Path) -> None:
    path.unlink()
    town.ledger.lose(path.name)


def _delete(town: Town) -> None:
    """Delete a summary, or a copy of it."""
    if town.summaries:
        _lose(town, town.chance.choice(town.summaries))


def _rename_book(town: Town) -> None:
    """Rename the summary."""
    other = town.main.with_name(f"{town.chance.choice(NAMES)}.xlsx")
    if town.main.exists() and not other.exists():
        town.main.rename(other)
        town.ledger.copy(town.main.name, other.name)
        town.ledger.pending.pop(town.main.name, None)


def _sort_rows(town: Town) -> None:
    """Sort whole rows of a sheet, as with the protection taken off."""
    if found := _book(town):
        path, book = found
        sheet = book[town.chance.choice([LIST, LINES])]
        _sort(town, sheet, range(1, sheet.max_column + 1))
        town.save(book, path)


def _sort(town: Town, sheet: Any, of: range | list[int]) -> None:
    there = [row for row, _, _ in rows(sheet)]
    values = [[sheet.cell(row, column).value for column in of] for row in there]
    town.chance.shuffle(values)
    for row, own in zip(there, values, strict=True):
        for column, value in zip(of, own, strict=True):
            sheet.cell(row, column).value = value


def _insert_column(town: Town) -> None:
    """Insert a column with notes of one's own."""
    if found := _book(town):
        path, book = found
        sheet = book[town.chance.choice([LIST, LINES])]
        at, words = town.chance.randint(2, 12), town.ledger.words("メモ")
        sheet.insert_cols(at)
        sheet.cell(headings(sheet), at).value = "自分のメモ"
        row = town.chance.choice([row for row, _, _ in rows(sheet)])
        sheet.cell(row, at).value = words
        town.save(book, path)
        town.ledger.type(path.name, Entry(words))


def _rename_heading(town: Town) -> None:
    """Write over the heading of a column."""
    if found := _book(town):
        path, book = found
        sheet = book[town.chance.choice([LIST, LINES])]
        wanted = [AMOUNT, SPECIFIC, "事業名", "要求額", "NO"]
        names = [name for name in wanted if name in columns(sheet)]
        if names:
            column = columns(sheet)[town.chance.choice(names)]
            sheet.cell(headings(sheet), column).value = town.chance.choice(["査定額", "額", ""])
            town.save(book, path)


def _delete_column(town: Town) -> None:
    """Delete a column of a book into which nothing was typed since it was consolidated."""
    found = _book(town)
    if found and not town.ledger.pending.get(found[0].name):
        path, book = found
        sheet = book[town.chance.choice([LIST, LINES])]
        wanted = ["会計", "課", "要求額", "うち特財", "所管課", RATIONALE, SPECIFIC, REMARKS]
        names = [name for name in wanted if name in columns(sheet)]
        if names:
            sheet.delete_cols(columns(sheet)[town.chance.choice(names)])
            town.save(book, path)


def _rename_sheet(town: Town) -> None:
    """Rename a sheet."""
    if found := _book(town):
        path, book = found
        book[town.chance.choice([LIST, LINES, LEFT, "目次"])].title = town.chance.choice(
            ["一覧表", "査定額", "済み"]
        )
        town.save(book, path)


def _copy_sheet(town: Town) -> None:
    """Copy a sheet and type into the copy."""
    if found := _book(town):
        path, book = found
        sheet = book.copy_worksheet(book[town.chance.choice([LIST, LINES])])
        sheet.title = "控え (2)"
        row = town.chance.choice([row for row, _, _ in rows(sheet)])
        value = town.ledger.amount()
        column = typed_column(sheet, AMOUNT)
        if column:
            sheet.cell(row, column).value = value
            town.save(book, path)
            town.ledger.type(path.name, Entry(value))


def _delete_sheet(town: Town) -> None:
    """Delete a sheet of a book into which nothing was typed since it was consolidated."""
    found = _book(town)
    if found and not town.ledger.pending.get(found[0].name):
        path, book = found
        name = town.chance.choice([LIST, LINES, LEFT, "目次", "明細"])
        if name in book.sheetnames:
            book.remove(book[name])
            town.save(book, path)


def _comment(town: Town) -> None:
    """Write a comment, on whatever sheet."""
    if found := _book(town):
        path, book = found
        words = town.ledger.words("要相談")
        name = town.chance.choice([name for name in book.sheetnames if not name.startswith("_")])
        row, column = town.chance.randint(1, 8), town.chance.randint(1, 8)
        cell = cell_of(book[name], row, column)
        if cell.comment:
            return
        cell.comment = Comment(words, "財政課")
        town.save(book, path)
        town.ledger.type(path.name, Entry(words))


def _colour(town: Town) -> None:
    """Fill a cell with a colour."""
    if found := _book(town):
        path, book = found
        town.ledger.made += 1
        colour = f"A{town.ledger.made:05X}"
        name = town.chance.choice([LIST, LINES, "会計・款別", "提出状況"])
        if name in book.sheetnames:
            row, column = town.chance.randint(5, 8), town.chance.randint(1, 6)
            book[name].cell(row, column).fill = PatternFill("solid", fgColor=f"FF{colour}")
            town.save(book, path)
            town.ledger.type(path.name, Entry(colour))


def _draw(town: Town) -> None:
    """Put a text box upon a sheet; openpyxl would lose it, so that it is consolidated at once."""
    if town.main.exists() and {LIST, LINES} <= set(town.open(town.main).sheetnames):
        words = town.ledger.words("付せん")
        draw(town.main, town.chance.choice([LIST, LINES]), words)
        town.ledger.type(town.main.name, Entry(words))
        town.consolidate()


def _write_anywhere(town: Town) -> None:
    """Type into a sheet that is computed: inside its table, or beside."""
    if found := _book(town):
        path, book = found
        names = [name for name in _COMPUTED if name in book.sheetnames]
        if names:
            sheet, words = book[town.chance.choice(names)], town.ledger.words("確認済み")
            row = town.chance.randint(1, sheet.max_row + 2)
            cell_of(sheet, row, town.chance.randint(1, sheet.max_column + 2)).value = words
            town.save(book, path)
            town.ledger.type(path.name, Entry(words))


def _write_over(town: Town) -> None:
    """Write over a figure of 一覧 that is not finance's to write."""
    if found := _book(town):
        path, book = found
        sheet, value = book[LIST], town.ledger.amount()
        names = columns(sheet)
        if "要求額" in names:
            row = town.chance.choice([row for row, _, _ in rows(sheet)])
            sheet.cell(row, names["要求額"]).value = value
            town.save(book, path)
            town.ledger.type(path.name, Entry(value))


def _dismiss(town: Town) -> None:
    """Delete a row of 引き継げない記入 from the summary: somebody has dealt with it."""
    if town.main.exists():
        book = town.open(town.main)
        if LEFT in book.sheetnames:
            sheet = book[LEFT]
            for row in range(headings(sheet) + 1, sheet.max_row + 1):
                texts = [cell.value for cell in sheet[row]]
                entry = next((e for e in map(_said(town), texts) if e), None)
                if entry:
                    sheet.delete_rows(row)
                    town.save(book, town.main)
                    entry.is_live = False
                    return


def _said(town: Town) -> Callable[[object], Entry | None]:
    known = {str(one.value): one for one in town.ledger.entries if one.is_live and not one.is_sure}
    return lambda text: known.get(str(text))


def _come_or_go(town: Town) -> None:
    """Let a department withdraw, or hand in what was late."""
    unit = town.chance.choice(town.units)
    if unit in town.away:
        town.away.remove(unit)
    elif len(town.units) - len(town.away) > 1:
        town.away.add(unit)
    town.hand_in()


def _rename_unit(town: Town) -> None:
    """Give a department another name."""
    unit = town.chance.choice(town.units)
    own = [one for one in town.projects.values() if one["department"]["code"] == unit]
    old = own[0]["department"]["section"]
    new = old.removesuffix("課") + "推進課"
    for one in own:
        one["department"]["section"] = new
    roster = town.year / "組織.csv"
    text = roster.read_text(encoding="utf-8-sig")
    text = "\n".join(
        line.replace(old, new) if line.startswith(unit) else line for line in text.splitlines()
    )
    roster.write_text(text + "\n", encoding="utf-8")
    town.hand_in()


def _recode_unit(town: Town) -> None:
    """Give a department another code, and its requests other ids."""
    unit = town.chance.choice(town.units)
    new = next(code for n in range(90, 99) if (code := f"{unit[:2]}{n}") not in town.units)
    roster = town.year / "組織.csv"
    lines = roster.read_text(encoding="utf-8-sig").splitlines()
    lines = [new + line[4:] if line.startswith(unit) else line for line in lines]
    roster.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, one in town.projects.items():
        if one["department"]["code"] == unit:
            one["department"]["code"] = new
            one["id"] = new + one["id"][4:]
            town.ledger.doubt(name)
    town.away = {new if code == unit else code for code in town.away}
    town.hand_in()


def _move(town: Town) -> None:
    """Move a request to another sheet of its department's book."""
    name = town.chance.choice(sorted(town.projects))
    one = town.projects[name]
    one["id"] = town.free_id(one["department"]["code"])
    town.ledger.doubt(name)
    town.hand_in()


def _exchange(town: Town) -> None:
    """Let two requests of a department change places."""
    by_unit = [
        [name for name, one in town.projects.items() if one["department"]["code"] == unit]
        for unit in town.units
    ]
    own = town.chance.choice([names for names in by_unit if len(names) > 1])
    first, second = town.chance.sample(sorted(own), 2)
    a, b = town.projects[first], town.projects[second]
    a["id"], b["id"] = b["id"], a["id"]
    town.ledger.doubt(first)
    town.ledger.doubt(second)
    town.hand_in()


def _split(town: Town) -> None:
    """Make two requests of one; the new one has a line, the old one the others."""
    name = town.chance.choice(sorted(town.projects))
    if len(town.projects) < 12 and len(town.projects[name]["lines"]) > 1:
        town.split(name)
        town.ledger.doubt(name)
        town.hand_in()


def _retitle(town: Town) -> None:
    """Give a request another name, like the old one."""
    one = town.projects[town.chance.choice(sorted(town.projects))]
    one["title"] += town.chance.choice(["の推進", "（拡充）", "等"])
    town.hand_in()


def _raise(town: Town) -> None:
    """Let a request ask for more, after it was decided or before."""
    one = town.projects[town.chance.choice(sorted(town.projects))]
    more = town.chance.randint(1, 5_000)
    one["lines"][0]["requested"] += more
    one["total"]["requested"] += more
    one["funding"]["general"]["amount"] += more
    for each in one["subtotals"]:
        if each["part"] == one["lines"][0]["part"]:
            each["requested"] += more
    town.hand_in()


def _lose_history(town: Town) -> None:
    """Delete 査定.json; the summary is there, and tells all but what was written over."""
    path = town.year / "査定.json"
    if path.exists() and town.main.exists() and not any(town.ledger.pending.values()):
        path.unlink()
        _forget(town)


def _restore_history(town: Town) -> None:
    """Put an old 査定.json back, or keep one to be put back."""
    path, kept = town.year / "査定.json", town.year.parent / "査定.json"
    if kept.exists() and town.main.exists() and not any(town.ledger.pending.values()):
        shutil.move(kept, path)
        _forget(town)
    elif path.exists():
        shutil.copyfile(path, kept)


def _forget(town: Town) -> None:
    """Take the copies away: which of several is the newest was known to the file that is gone."""
    for path in town.summaries:
        if path != town.main:
            path.unlink()


PLAIN = (
    _type,
    _type,
    _type,
    _type,
    _empty,
    _copy,
    _copy,
    _save_again,
    _exchange_copy,
    _delete,
    _rename_book,
)
"""Acts of people who do what they may."""

ON_SHEETS = (
    _sort_rows, _insert_column, _rename_heading, _delete_column, _rename_sheet, _copy_sheet, _delete_sheet,
    _comment, _colour, _draw, _write_anywhere, _write_over, _dismiss,
)  # fmt: skip
"""Acts that a protected sheet keeps one from."""

OF_DEPARTMENTS = (
    _come_or_go, _come_or_go, _rename_unit, _recode_unit, _move, _exchange, _split, _retitle, _raise,
)  # fmt: skip
"""Acts of departments, and of finance with its roster."""

ON_FILES = (_lose_history, _restore_history)
"""Acts upon 査定.json."""
