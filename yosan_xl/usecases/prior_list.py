"""Last year's figures from a plain list, CSV or Excel: a row a project, its columns found by the form's words.

What a heading means says `[prior]` of yosan.toml, else the form's labels. Nothing is guessed: what a row does not
say clearly is told, and is not given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from yosan_xl.form.definition import Definition, FilledBy
from yosan_xl.form.mapping import put
from yosan_xl.model.axes import ASKED, DECIDED, LAST_YEAR, TOTAL, Amounts, Axes
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind
from yosan_xl.model.money import Money, limit, with_unit, written_amount
from yosan_xl.model.request import Document
from yosan_xl.model.settings import PriorList
from yosan_xl.model.text import canonical
from yosan_xl.store.csv_rows import BadCsv, CsvRow, csv_rows, quoted
from yosan_xl.store.faults import shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.year import form_around

_BOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""How a zip (.xlsx, .ods) and a compound file (.xls) begin."""

_LIMIT_BYTES = 20 * 1024 * 1024
_MOST_ROWS = 20_000
_HEADING_WITHIN = 30
"""How many rows may stand above the headings."""

_CODE, _UPPER, _UNIT = "所管課コード", "部", "所管課"
_USUAL = {
    _CODE: ("所管課コード", "課コード", "所属コード", "部署コード", "組織コード"),
    _UPPER: ("部", "部名", "局", "局名", "部局"),
    _UNIT: ("所管課", "課", "課名", "担当課", "所属", "所管"),
}
_USUAL_TITLES = ("事業名", "事業名称", "細事業名")
_USUAL_TOTALS = ("前年度予算額", "前年度当初", "前年度当初予算額", "当初予算額", "予算額")
_SUMS = frozenset(("計", "合計", "小計", "総計", "総合計"))

_SUM_ENDS = ("小計", "合計", "総計")
_MOST_COLUMNS = 1_000

_OTHER_UNITS = re.compile(
    r"単位[:：]?\s*[(\[]?\s*(万円|百万円|億円)|[(\[]\s*(万円|百万円|億円)\s*[)\]]"
)
_AMOUNT_LIKE = re.compile(r"[-▲△−]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)|-")
_UNIT_WORDS = re.compile(r"(?:単位[:：]?|[(\[])\s*(千円|円)\s*[)\]]?")
_SEPARATORS = re.compile(r"[\s()\[\]・/:_\-]+")

Cell = tuple[str, str]


class _Key(NamedTuple):
    """What a column holds: the pointer of a field (or one of the words of a unit), or an amount."""

    pointer: str = ""
    amount: Cell | None = None


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A row of the list: last year's project as a document of this year's form, and the amounts of the stages `prior`."""

    row: int
    document: Document
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class PriorListing:
    """The projects of a list, and what is told of its rows."""

    projects: tuple[ListedProject, ...]
    findings: tuple[Finding, ...]
    has_account: bool


def read_prior_list(
    path: Path, year: YearFolder, form: Definition, succession: Succession
) -> PriorListing:
    """Read a list of last year's projects; raise WrongInput where its headings or its unit are not clear."""
    own, file = year.settings.prior, shown(path.name)
    rows = _rows(path, own.sheet_name)
    words = _words(form, own)
    at = _heading_at(rows, words, file)
    columns, problems = _columns(rows[at], words, own, _name_pointer(form.axes))
    scale, unclear = _scale(rows[: at + 1], own, form.axes)
    if problems or unclear:
        ways = (_way(rows[at], words, columns) if problems else "", _WAY_OF_UNIT if unclear else "")
        problem = "、".join(filter(None, (*problems, unclear)))
        raise WrongInput(codes.PRIOR_LIST.at(Place(file), problem=problem, remedy="".join(ways)))
    reader = _Reader(
        file=file,
        year=year,
        form=form,
        columns=columns,
        scale=scale,
        succession=succession,
    )
    reader.tell_unread(rows[at], rows[at + 1 :])
    projects = tuple(filter(None, map(reader.project, rows[at + 1 :])))
    if not projects and not reader.findings:
        problem = "見出しの下に事業の行がありません"
        facts = {"problem": problem, "remedy": "1行に1つの事業を書いてください。"}
        raise WrongInput(codes.PRIOR_LIST.at(Place(file), **facts))
    account = _Key(form.axes.meanings.get("account", ""))
    return PriorListing(projects, tuple(reader.findings), account in columns)


def is_plain_list(path: Path) -> bool:
    """Return whether a file is a table, and neither JSON nor a book or a summary of ours."""
    if not path.is_file() or path.suffix.lower() == ".json":
        return False
    data = snapshot(path).data
    if not data.startswith(b"PK"):
        return True
    from yosan_xl.excel.ooxml.open_book import open_book
    from yosan_xl.excel.ooxml.refusals import Refused

    try:
        names = open_book(data, sheets=lambda _: False).names
    except Refused:
        return True
    from yosan_xl.excel.summary.read_listing import listed_requests

    is_book = any(name.name.startswith("yx_") for name in names)
    return not is_book and listed_requests(data, form_around(path)) is None


def _rows(path: Path, sheet_name: str) -> list[CsvRow]:
    data, place = snapshot(path, _LIMIT_BYTES).data, Place(shown(path.name))
    if data.startswith(_BOOKS):
        rows = _book_rows(data, sheet_name, place)
    else:
        try:
            rows = csv_rows(data)
        except BadCsv as error:
            facts = {"problem": error.problem, "remedy": error.remedy}
            raise WrongInput(codes.PRIOR_LIST.at(place, **facts)) from error
    if len(rows) > _MOST_ROWS:
        problem, remedy = f"行が {_MOST_ROWS:,}行より多くあります", "要らない行を消してください。"
        raise WrongInput(codes.PRIOR_LIST.at(place, problem=problem, remedy=remedy))
    return rows


def _book_rows(data: bytes, sheet_name: str, place: Place) -> list[CsvRow]:
    """Return the rows of a workbook's sheet, or of its first that has anything; raise WrongInput."""
    # A city's first year alone reads a list, and mostly CSV.
    from yosan_xl.excel.foreign.read_values import can_read, read_values
    from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
    from yosan_xl.excel.ooxml.open_book import open_book
    from yosan_xl.excel.ooxml.refusals import Refused

    try:
        try:
            book = open_book(data, SUMMARY_LIMITS)
        except Refused as refused:
            if not can_read(refused.code):
                raise
            book = read_values(data, refused)
    except Refused as refused:
        raise WrongInput(refused.at(place)) from refused
    sheets = [sheet for sheet in book.sheets if sheet.cells]
    found = [sheet for sheet in sheets if not sheet_name or sheet.name == sheet_name]
    if len(found) != 1:
        several = f"シートが {len(found)}枚あり、どれを読むか決まりません"
        none = f"シート「{sheet_name}」がありません" if sheet_name else "何も書かれていません"
        remedy = f'シートは{quoted(one.name for one in book.sheets)}です。yosan.toml の [prior] に sheet_name = "シートの名前" と書いてください。'
        problem = several if found else none
        raise WrongInput(codes.PRIOR_LIST.at(place, problem=problem, remedy=remedy))
    cells: dict[int, dict[int, str]] = {}
    for (row, column), cell in found[0].cells.items():
        number = cell.number()
        text = (cell.text if number is None else _numeral(number)).strip()
        if cell.formula is not None:
            text = text or f"={cell.formula}"
        if text:
            cells.setdefault(row, {})[column] = text
    widest = max((column for own in cells.values() for column in own), default=0) + 1
    if widest > _MOST_COLUMNS:
        problem = f"列が {_MOST_COLUMNS:,}列より多くあります"
        remedy = "一覧から離れたところにある字を消してください。"
        raise WrongInput(codes.PRIOR_LIST.at(place, problem=problem, remedy=remedy))
    return [
        CsvRow(row + 1, tuple(own.get(column, "") for column in range(max(own) + 1)))
        for row, own in sorted(cells.items())
    ]


def _numeral(number: Decimal) -> str:
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def _words(form: Definition, own: PriorList) -> dict[str, tuple[_Key, tuple[str, ...]]]:
    """Return by the form's word what it means, and the headings that say it: those of yosan.toml alone where it has one."""
    found: dict[str, tuple[_Key, tuple[str, ...]]] = {
        word: (_Key(word), usual) for word, usual in _USUAL.items()
    }
    for key, label, more in (*_field_words(form), *_amount_words(form.axes)):
        found.setdefault(label, (key, (label, *more)))
    return {
        word: (key, (own.columns[word],) if word in own.columns else usual)
        for word, (key, usual) in found.items()
    }


def _field_words(form: Definition) -> Iterator[tuple[_Key, str, tuple[str, ...]]]:
    named = {"account", "level1", "level2", "level3", "title", "project_code"}
    for one in form.fields.values():
        is_text = one.kind.value in ("text", "prose", "choice")
        is_own = one.by is FilledBy.DEPARTMENT and one.key.count("/") == 1 and is_text
        if is_own and (one.carried or one.meaning in named):
            usual = _USUAL_TITLES if one.meaning == "title" else ()
            yield _Key(one.key), one.label, usual


def _amount_words(axes: Axes) -> Iterator[tuple[_Key, str, tuple[str, ...]]]:
    """Yield what stands for the amounts of the stages by prior; without any, for last year's total."""
    stages = [stage for stage in axes.stages if stage.by == FilledBy.PRIOR.value]
    if not stages:
        yield _Key(amount=(LAST_YEAR, TOTAL)), _USUAL_TOTALS[0], _USUAL_TOTALS
    for stage in stages:
        is_last, is_only = stage.key == LAST_YEAR, len(stages) == 1
        for source in stage.amounts:
            key = _Key(amount=(stage.key, source))
            if source == TOTAL:
                usual = _USUAL_TOTALS if is_last else ()
                yield key, stage.label, (*usual, *(("合計",) if is_only else ()))
            else:
                label = axes.source_label(source)
                usual = (axes.amount_label(stage.key, source), *((label,) if is_only else ()))
                yield key, f"{stage.label} {label}", usual


def _plain(heading: str) -> str:
    """Return a heading without its unit, its blanks and its brackets."""
    text = _UNIT_WORDS.sub("", _nfkc(heading))
    return _SEPARATORS.sub("", canonical(text))


def _heading_at(
    rows: Sequence[CsvRow], words: Mapping[str, tuple[_Key, tuple[str, ...]]], file: str
) -> int:
    """Return the place of the row with the most headings, at least two."""
    known = {_plain(heading) for _, headings in words.values() for heading in headings}
    hits = [
        len(known & set(map(_plain, filter(None, row.cells)))) for row in rows[:_HEADING_WITHIN]
    ]
    if not hits or max(hits) < 2:
        problem = "見出しの行が見つかりません"
        remedy = f"{quoted(list(words)[:8])}などの見出しを付けるか、{_way_of_words(words)}"
        raise WrongInput(codes.PRIOR_LIST.at(Place(file), problem=problem, remedy=remedy))
    return hits.index(max(hits))


def _columns(
    header: CsvRow,
    words: Mapping[str, tuple[_Key, tuple[str, ...]]],
    own: PriorList,
    name: str,
) -> tuple[dict[_Key, int], list[str]]:
    """Return the column of each thing that the list has, and all that is not clear."""
    headings = [_plain(cell) for cell in header.cells]
    found: dict[_Key, int] = {}
    problems = [
        f"[prior] の「{word}」は様式の言葉ではありません"
        for word in own.columns
        if word not in words
    ]
    for word, (key, names) in words.items():
        hits = _hits(headings, names)
        if len(hits) > 1:
            problems.append(f"「{word}」にあたる見出しが {len(hits)}つあります")
        elif hits:
            found[key] = hits[0]
        elif word in own.columns:
            problems.append(f"見出し「{own.columns[word]}」がありません")
    problems += _lacking(found, words, name)
    return found, problems


def _way(
    header: CsvRow, words: Mapping[str, tuple[_Key, tuple[str, ...]]], found: Mapping[_Key, int]
) -> str:
    """Return what the headings were taken for, and how to say what the others are."""
    taken = [
        f"「{header.cells[found[key]]}」を「{word}」"
        for word, (key, _) in words.items()
        if key in found
    ]
    read = f"そのうち{'、'.join(taken)}として読みます。" if taken else ""
    return f"一覧の見出しは{quoted(filter(None, header.cells))}です。{read}ほかの見出しは、{_way_of_words(words)}"


def _way_of_words(words: Mapping[str, tuple[_Key, tuple[str, ...]]]) -> str:
    example = next((word for word, (key, _) in words.items() if key.amount), next(iter(words)))
    return (
        f'yosan.toml の [prior] に columns = {{ "{example}" = "一覧の見出し" }} のように、様式の言葉に当ててください'
        f"（様式の言葉は{quoted(words)}）。"
    )


def _name_pointer(axes: Axes) -> str:
    """Return the pointer of what a project is called: its title, in a form without one its code."""
    return axes.meanings.get("title") or axes.meanings.get("project_code") or ""


def _hits(headings: Sequence[str], names: Iterable[str]) -> list[int]:
    """Return where the first of `names` stands that stands anywhere."""
    for name in map(_plain, names):
        if found := [at for at, heading in enumerate(headings) if heading == name]:
            return found
    return []


def _lacking(
    found: Mapping[_Key, int], words: Mapping[str, tuple[_Key, tuple[str, ...]]], name: str
) -> Iterator[str]:
    if not {_Key(_CODE), _Key(_UNIT)} & found.keys():
        yield f"「{_CODE}」か「{_UNIT}」の見出しがありません"
    if _Key(name) not in found:
        label = next((word for word, (key, _) in words.items() if key == _Key(name)), "事業名")
        yield f"「{label}」の見出しがありません"
    if not any(key.amount for key in found):
        labels = [word for word, (key, _) in words.items() if key.amount]
        yield f"額の見出し（{quoted(labels[:3])}）がありません"


def _is_of_figures(column: int, rows: Sequence[CsvRow]) -> bool:
    """Return whether a column has amounts, and nothing else, below a heading."""
    texts = [text for row in rows if (text := row.cell(column))]
    return bool(texts) and all(_AMOUNT_LIKE.fullmatch(_nfkc(text)) for text in texts)


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_WAY_OF_UNIT = 'yosan.toml の [prior] に unit = "千円" か unit = "円" と書き、一覧に書いてある単位と合わせてください。'


def _scale(rows: Sequence[CsvRow], own: PriorList, axes: Axes) -> tuple[tuple[int, int], str]:
    """Return by what an amount of the list is multiplied and divided to be of the form's unit, and what is not clear of that."""
    texts = [_nfkc(cell) for row in rows for cell in row.cells]
    said = {match for text in texts for match in _UNIT_WORDS.findall(text)}
    said |= {match[1] or match[2] for text in texts for match in _OTHER_UNITS.finditer(text)}
    units = said | ({own.unit} if own.unit else set())
    if len(units) == 1 and units <= {"千円", "円"}:
        (unit,) = units
        own_unit = unit == axes.unit
        return (1, 1) if own_unit else (1_000, 1) if unit == "千円" else (1, 1_000), ""
    problem = (
        f"額の単位が{quoted(sorted(units))}と書かれています"
        if units
        else "額の単位が書かれていません"
    )
    return (1, 1), problem


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of a list, and keeps what is told of them."""

    file: str
    year: YearFolder
    form: Definition
    columns: Mapping[_Key, int]
    scale: tuple[int, int]
    succession: Succession
    findings: list[Finding] = field(default_factory=list)
    rows: dict[tuple[str, ...], int] = field(default_factory=dict)

    def project(self, row: CsvRow) -> ListedProject | None:
        """Return the project of a row; None for a sum, and for a row of which no unit can be had."""
        title = self._text(row, _name_pointer(self.form.axes))
        if not title:
            is_sum = any(_plain(cell) in _SUMS for cell in row.cells)
            if not is_sum:
                self._tell(row, "事業名がありません", "事業名を書くか、行を消してください。")
            return None
        if canonical(title) in _SUMS:
            return None
        if self._is_sum(row, canonical(title)):
            problem = f"「{title}」は計の行のようなので、読みませんでした"
            self._tell(row, problem, "事業であれば、事業名を変えてください。")
            return None
        unit = self._unit(row, title)
        if unit is None:
            return None
        self._tell_twice(row, title, unit)
        amounts = self._amounts(row)
        return ListedProject(row.number, self._document(row, unit, amounts), amounts)

    def tell_unread(self, header: CsvRow, rows: Sequence[CsvRow]) -> None:
        """Tell of columns of figures that no word of the form stands for."""
        unread = [
            heading
            for at, heading in enumerate(header.cells)
            if heading and at not in self.columns.values() and _is_of_figures(at, rows)
        ]
        if unread:
            problem = f"{quoted(unread)}は様式の言葉ではないので、その列は読みません"
            remedy = "様式にある額であれば、yosan.toml の [prior] の columns に、様式の言葉と見出しを書いてください。"
            self._tell(header, problem, remedy)

    def _is_sum(self, row: CsvRow, title: str) -> bool:
        """Return whether a row's name says that it adds up others: 「小計」, or 「…計」 of a unit or a 科目."""
        whole, settings = title.removesuffix("計"), self.year.settings
        units = (name for unit in self.year.roster for name in (unit.bureau, unit.section))
        named = {canonical(name) for path in settings.levels for name in path}
        named |= {canonical(name) for name in (*units, *row.cells) if name}
        return title.endswith(_SUM_ENDS) or (whole != title and whole in named)

    def _tell_twice(self, row: CsvRow, title: str, unit: Department) -> None:
        """Tell of a project that stands in another row too."""
        axes = self.form.axes
        keys = (axes.meanings.get(one, "") for one in ("account", "project_code"))
        key = (unit.code, canonical(title), *(canonical(self._text(row, one)) for one in keys))
        first = self.rows.setdefault(key, row.number)
        if first != row.number:
            problem = f"「{title}」は {first}行目にもあります"
            remedy = "同じ事業なら1行にまとめ、ちがう事業なら事業名を変えてください。"
            self._tell(row, problem, remedy)

    def _document(self, row: CsvRow, unit: Department, amounts: Amounts) -> Document:
        """Return the project as a document of last year, its figure where the form has the decided one."""
        before = FiscalYear(self.year.settings.year.western - 1)
        document: Document = {"form": self.form.id} if self.form.vocabulary > 1 else {}
        put(document, "/fiscal_year", before.western)
        for key, value in (("code", unit.code), ("bureau", unit.bureau), ("section", unit.section)):
            put(document, f"/department/{key}", value or None)
        for own in self.columns:
            if own.pointer.startswith("/") and (text := self._text(row, own.pointer)):
                put(document, own.pointer, text)
        axes = self.form.axes
        stage = DECIDED if axes.has_stage(DECIDED) else ASKED
        for (listed, source), amount in amounts.items():
            pointer = axes.pointer(stage, source) if listed == LAST_YEAR else None
            if pointer:
                put(document, pointer, amount)
        return document

    def _text(self, row: CsvRow, pointer: str) -> str:
        return row.cell(self.columns.get(_Key(pointer)))

    def _unit(self, row: CsvRow, title: str) -> Department | None:
        """Return the unit of a row: by its code, else by its name, as 対応表.csv has it now."""
        code, upper, name = (self._text(row, key) for key in (_CODE, _UPPER, _UNIT))
        words = [self._now(word) for word in (code, f"{upper}{name}", name) if word]
        for word in words:
            if len(found := self.year.roster.find(word)) == 1:
                return found[0]
        said = "、".join(dict.fromkeys(filter(None, (code, f"{upper} {name}".strip()))))
        times = max((len(self.year.roster.find(word)) for word in words), default=0)
        problem = f"が {times}つあります" if times else "がありません"
        remedy = "一覧の所管課を 組織.csv のコードか名前に直すか、変わった課を 対応表.csv に書いてください。"
        self._tell(row, f"「{title}」の所管課「{said}」は 組織.csv に{problem[1:]}", remedy)
        return None

    def _now(self, word: str) -> str:
        new = self.year.settings.year
        old = FiscalYear(new.western - 1)
        links = self.succession.of(SuccessionKind.DEPARTMENT, old, new)
        same = (link.new for link in links if canonical(link.old) == canonical(word))
        return next(same, word)

    def _amounts(self, row: CsvRow) -> Amounts:
        """Return the amounts of a row; 一般財源 is what is left where the list has every other source."""
        told = len(self.findings)
        found = {
            key.amount: self._amount(row, column)
            for key, column in self.columns.items()
            if key.amount
        }
        if len(self.findings) == told:
            for stage in dict.fromkeys(stage for stage, _ in found):
                self._balance(row, stage, found)
        return found

    def _balance(self, row: CsvRow, stage: str, found: dict[Cell, Money | None]) -> None:
        """Put in what follows from the others, and tell of sources that do not come to their total."""
        axes, total = self.form.axes, found.get((stage, TOTAL))
        sources = [one.key for one in axes.sources if axes.pointer(stage, one.key)]
        open_ones = [key for key in sources if (stage, key) not in found]
        given = [found.get((stage, key)) for key in sources]
        come_to = Money(sum(filter(None, given)))
        if not sources or len(open_ones) > 1 or (open_ones and open_ones != [axes.rest]):
            return
        if open_ones and total is not None:
            found[stage, open_ones[0]] = Money(total - come_to)
        elif not open_ones and total is None and any(one is not None for one in given):
            found[stage, TOTAL] = come_to
        elif not open_ones and total is not None and total != come_to:
            said, sums = (with_unit(one, axes.unit) for one in (total, come_to))
            problem = f"財源の計 {sums}が合計 {said}とちがいます"
            self._tell(row, problem, "一覧の額を直してください。")

    def _amount(self, row: CsvRow, column: int) -> Money | None:
        text, (times, part) = row.cell(column), self.scale
        try:
            amount, written = written_amount(text)
            if abs(amount or 0) > limit("円"):
                raise ValueError(text)
        except ValueError:
            self._tell(row, f"「{text}」は額として読めません", "整数の額に直してください。")
            return None
        if written not in ("", self._unit_word):
            problem = f"「{text}」の単位が、一覧の単位（{self._unit_word}）とちがいます"
            self._tell(row, problem, "一覧の単位にそろえた数だけにしてください。")
            return None
        if amount is not None and amount % part:
            problem = f"{with_unit(amount, '円')}は千円で割り切れません"
            self._tell(row, problem, "千円にそろえた一覧にしてください。")
            return None
        return None if amount is None else Money(amount * times // part)

    @property
    def _unit_word(self) -> str:
        """The unit of the list's amounts."""
        return {(1, 1_000): "円", (1_000, 1): "千円"}.get(self.scale, self.form.axes.unit)

    def _tell(self, row: CsvRow, problem: str, remedy: str) -> None:
        place, facts = Place(self.file), {"problem": problem, "remedy": remedy}
        self.findings.append(codes.PRIOR_ROW.at(place, row=row.number, **facts))
