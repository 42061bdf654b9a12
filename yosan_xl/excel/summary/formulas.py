"""Formulas over the list, for Excel 2016 or later and LibreOffice.

Why SUMPRODUCT(EXACT(...)) and not SUMIFS: a criterion of SUMIFS is a pattern. `*`, `?`, `~` and a
leading `=`, `<`, `>` in a name mean something, "" means something else again, `0301` matches 301,
upper and lower case are one, 255 characters are the limit, and LibreOffice follows a setting of
the document. EXACT compares two texts as they stand, an empty cell with an empty cell too, in
both programs alike, as Python's == does for the cached values. SUMPRODUCT needs no array entry,
and takes an empty amount as 0.

Why every sum, 小計 and 計 too, adds up rows of 一覧 by the keys in its own row, and no cells above
it: whoever sorts a sheet by any column still sees right figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_range

from yosan_xl.excel.rows import Formula
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition
from yosan_xl.excel.summary.stages import OPEN, ListedStage
from yosan_xl.model.assessment import HELD

NO_FIGURE = "－"  # 統計表の表記: no figure, which is not 0
_MOST_ARGUMENTS = 200  # Excel takes 255


def sum_where(
    definition: SummaryDefinition, keys: Mapping[str, str], amount: str, of: str = "list"
) -> str:
    """Return the sum of a column of the list over the rows whose keys equal the given cells, of all without keys.

    `of` is the kind of the sheet that is the list: this year's, or last year's ("last_list").
    """
    return sum_of_columns(definition, keys, [amount], of)


def sum_if_known(
    definition: SummaryDefinition, keys: Mapping[str, str], amount: str, of: str
) -> str:
    """Return the sum of a column as `sum_where` has it; － where a row has none but an amount `of` which it is worked out."""
    known, own = (f"ISNUMBER({definition.range_name(one)})" for one in (of, amount))
    lacking = f"SUMPRODUCT({_match(definition, keys)}*{known}*(1-{own}))"
    return f'=IF({lacking}>0,"{NO_FIGURE}",{sum_where(definition, keys, amount)[1:]})'


def sum_of_columns(
    definition: SummaryDefinition, keys: Mapping[str, str], amounts: Sequence[str], of: str = "list"
) -> str:
    """Return the sum of several columns of the list, none of which anybody types into, as `sum_where` that of one."""
    names = [definition.range_name(one, of) for one in amounts]
    if not keys:
        return sum_of(names)
    return f"=SUMPRODUCT({_match(definition, keys, of)},{'+'.join(names)})"


def sum_among(
    definition: SummaryDefinition,
    keys: Mapping[str, str],
    among: Mapping[str, str],
    amount: str,
    of: str = "list",
) -> str:
    """Return the sum of a column as `sum_where` has it, over the rows whose keys in `among` are a line of their cell."""
    match = "*".join((_match(definition, keys, of), *_among(definition, among, of)))
    return f"=SUMPRODUCT({match},{definition.range_name(amount, of)})"


def _among(definition: SummaryDefinition, keys: Mapping[str, str], of: str) -> Iterator[str]:
    # FIND knows no patterns and tells upper from lower case, as EXACT does.
    for key, cell in keys.items():
        own = f"CHAR(10)&{definition.range_name(key, of)}&CHAR(10)"
        yield f"ISNUMBER(FIND({own},CHAR(10)&{cell}&CHAR(10)))"


def count_where(definition: SummaryDefinition, keys: Mapping[str, str], filled: str = "") -> str:
    """Return the number of rows of the list whose keys equal the given cells; without keys of those that have something in the column `filled`."""
    if filled and not keys:
        return count_filled(definition, filled)
    return f"=SUMPRODUCT({_match(definition, keys)})"


def count_filled(definition: SummaryDefinition, field: str) -> str:
    """Return the number of rows of the list that have something in a column."""
    return f'=SUMPRODUCT(1*({definition.range_name(field)}<>""))'


def is_decided(definition: SummaryDefinition, stage: ListedStage) -> str:
    """Return what is 1 for every row of the list that a stage has decided: an amount that is not held back (保留)."""
    amount, verdict = (definition.range_name(key) for key in (stage.key(), stage.verdict_key))
    return f'ISNUMBER({amount})*ISERROR(FIND("{HELD}",{verdict}))'


def count_decided(
    definition: SummaryDefinition, keys: Mapping[str, str], stage: ListedStage
) -> str:
    """Return, without its =, the number of rows that a stage has decided, of those whose keys equal the given cells."""
    return f"SUMPRODUCT({_match(definition, keys)}*{is_decided(definition, stage)})"


def sum_decided(definition: SummaryDefinition, keys: Mapping[str, str], stage: ListedStage) -> str:
    """Return the sum of what a stage decided; 未定 where it decided none of the rows."""
    counted = count_decided(definition, keys, stage)
    amount = definition.range_name(stage.key())
    return f'=IF({counted}=0,"{OPEN}",{counted[:-1]},{amount}))'


def _is_funded(definition: SummaryDefinition) -> str:
    """Return what is 1 for every row whose sources come to what the last stage decided, 一般財源 among them.

    An error, such as a text has that somebody typed for an amount, is 0.
    """
    sources, stage, rest = definition.decided_sources, definition.plan.last, definition.axes.rest
    if rest and rest not in sources:
        return "1"
    names = [definition.range_name(stage.key(one)) for one in sources]
    adds_up = f"ISNUMBER(1/({'+'.join(names)}={definition.range_name(stage.key())}))"
    return f"ISNUMBER({definition.range_name(stage.key(rest))})*{adds_up}" if rest else adds_up


def count_funded(definition: SummaryDefinition, keys: Mapping[str, str]) -> str:
    """Return, without its =, the number of rows that the last stage has decided with sources that are known."""
    counted = count_decided(definition, keys, definition.plan.last)
    return f"{counted[:-1]}*{_is_funded(definition)})"


def sum_of_sources(
    definition: SummaryDefinition, keys: Mapping[str, str], sources: Sequence[str]
) -> str:
    """Return the sum of what the last stage decided of sources; 未定 where that is not known of any row and source."""
    stage = definition.plan.last
    decided = count_decided(definition, keys, stage)[:-1]
    amounts = [definition.range_name(stage.key(one)) for one in sources]
    tests = "+".join((_is_funded(definition), *(f"ISNUMBER({one})" for one in amounts)))
    total = "+".join(f"{decided},{one})" for one in amounts)
    return f'=IF({decided}*(({tests})>0))=0,"{OPEN}",{total})'


def how_far(
    definition: SummaryDefinition, keys: Mapping[str, str], stage: ListedStage, count: str
) -> str:
    """Return how many are decided of as many as a cell says: `105 / 159`."""
    return f'={count_decided(definition, keys, stage)}&" / "&{count}'


def sum_if_any(cells: str) -> str:
    """Return the sum of cells some of which say 未定; 未定 where all do."""
    return f'=IF(COUNT({cells})=0,"{OPEN}",SUM({cells}))'


def count_state(
    definition: SummaryDefinition, keys: Mapping[str, str], field: str, state: str
) -> str:
    """Return the number of rows whose keys equal the given cells and that say `state` in a column."""
    own = f'EXACT({definition.range_name(field)},"{state}")'
    return f"=SUMPRODUCT({_match(definition, keys)}*{own})"


def sum_of(references: Sequence[str]) -> str:
    """Return the sum of cells or ranges, however many; 0 for none."""
    parts = list(references)
    while len(parts) > _MOST_ARGUMENTS:
        runs = range(0, len(parts), _MOST_ARGUMENTS)
        parts = [f"SUM({','.join(parts[at : at + _MOST_ARGUMENTS])})" for at in runs]
    return f"=SUM({','.join(parts)})" if parts else "=0"


def sum_down(sheet: SheetDefinition, key: str, first: int, end: int, value: int) -> Formula:
    """Return the sum of a column from row `first` (0-based) to the one before `end`."""
    column = sheet.column(key)
    return Formula(sum_of([xl_range(first, column, end - 1, column)]), value)


def share_of(part: str, whole: str, none: str) -> str:
    """Return the share in %, to 0.1; the sum rounded is of whole numbers, so that a half is exact."""
    return f'=IF({whole}=0,"{none}",ROUND({part}*1000/{whole},0)/10)'


def rate_of(change: str, before: str, none: str) -> str:
    """Return 増減率 in %, to 0.1; it has the sign of the change, also where there was a negative amount."""
    return f'=IF({before}=0,"{none}",ROUND({change}*1000/ABS({before}),0)/10)'


def trend_of(change: str) -> str:
    """Return 増, 減 or 同額, as the row of a comparison has it that goes on."""
    return f'=IF({change}=0,"同額",IF({change}>0,"増","減"))'


def _match(definition: SummaryDefinition, keys: Mapping[str, str], of: str = "list") -> str:
    # EXACT gives TRUE or FALSE; the product makes them numbers.
    tests = (f"EXACT({definition.range_name(key, of)},{cell})" for key, cell in keys.items())
    return "*".join(("1", *tests))
