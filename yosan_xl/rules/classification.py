"""会計, 款, 項, 目, 要求区分, 所管課, 年度 and the groups of rows: what the year's lists know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from yosan_xl.model.axes import ENVELOPE, Axes
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Account, Settings
from yosan_xl.model.text import hint
from yosan_xl.rules.amounts import is_mixed
from yosan_xl.rules.figures import list_words, shown_year
from yosan_xl.rules.registry import RuleContext, of_meanings, rule

LEVELS = ("account", "level1", "level2", "level3")
"""会計, 款, 項 and 目, from the top."""


_LISTED = ("accounts", "kan", "level1", "level2", "level3")
"""The lists of the year from which they are chosen; a form's own list is told by the schema."""


@lru_cache(maxsize=64)
def _levels(axes: Axes) -> tuple[str, ...]:
    """Return the levels that a form has, each chosen from the year's list."""
    listed = {one.meaning for one in axes.fields if one.choices in _LISTED}
    return tuple(level for level in LEVELS if level in listed)


def _reads_levels(axes: Axes) -> Iterable[str]:
    return (axes.meanings[level] for level in _levels(axes))


@rule(
    Code(
        "YX301",
        Weight.ERROR,
        title="会計、款、項、目が一覧にない",
        fact="「{label}」の「{value}」は{where}にありません。",
        remedy="{hint}一覧にある名を選んでください。",
        why="予算は会計ごとに款・項に区分します(地方自治法 第209条、第216条)。同じ「総務費」でも"
        "会計がちがえば別の款なので、会計から順に組で確かめます。一覧は yosan.toml か 科目.csv にあります。",
        wrong="国民健康保険事業会計 民生費",
        right="国民健康保険事業会計 総務費",
    ),
    reads=_reads_levels,
    asks_year=True,
)
def levels(request: Request, context: RuleContext) -> Iterator[Fault]:
    """(会計, 款, 項, 目) stands in the list, as deep as the form and the list go; a name alone is never the key."""
    settings, axes = context.settings, request.axes
    below = _below(settings)
    path: LevelPath = ()
    if not axes.has("account"):
        path = (settings.accounts[0].name,) if settings.accounts else ("",)
    for level in _levels(axes):
        value, offered = request.meaning(level), below.get(path, ())
        if value is None or not offered or LEVELS.index(level) != len(path):
            return
        if value not in offered:
            yield _unknown_name(axes, level, (*path, value), below)
            return
        path = (*path, value)


LevelPath = tuple[str, ...]
Below = Mapping[LevelPath, tuple[str, ...]]
"""By the path of 会計, 款 … the names that may stand below it."""


def _below(settings: Settings) -> Below:
    return _names_below(settings.accounts, settings.levels)


@lru_cache(maxsize=8)
def _names_below(accounts: tuple[Account, ...], paths: tuple[LevelPath, ...]) -> Below:
    found: dict[LevelPath, dict[str, None]] = {(): {each.name: None for each in accounts}}
    for account in accounts:
        found[account.name,] = dict.fromkeys(account.kan)
    for path in paths:
        for depth, name in enumerate(path):
            found.setdefault(path[:depth], {})[name] = None
    return {path: tuple(names) for path, names in found.items()}


def _unknown_name(axes: Axes, level: str, path: LevelPath, below: Below) -> Fault:
    *above, value = path
    label, offered = axes.word(level), below[tuple(above)]
    facts: dict[str, object] = {
        "label": label,
        "value": value,
        "where": f"「{above[-1]}」の{label}の一覧" if above else f"{label}の一覧",
        "hint": _elsewhere(label, value, len(above), below) or hint(value, offered),
        "raw_expected": offered if above else list(offered),
    }
    return Fault(axes.meanings[level], facts)


def _elsewhere(label: str, value: str, depth: int, below: Below) -> str:
    """Return under which names a name stands that is not where it should be."""
    own = [path[-1] for path, names in below.items() if len(path) == depth and value in names]
    homes = dict.fromkeys(own)
    named = "、".join(f"「{home}」" for home in homes if depth)
    return f"「{value}」は{named}の{label}です。" if depth and homes else ""


def _reads_kind(axes: Axes) -> Iterable[str]:
    pointer = axes.meanings.get("kind")
    own = (one.choices for one in axes.fields if one.pointer == pointer)
    return (pointer,) if pointer and "categories" in own else ()


@rule(
    Code(
        "YX302",
        Weight.ERROR,
        title="要求区分が一覧にない",
        fact="「{label:kind}」の「{value}」は一覧にありません。",
        remedy="{hint}{choices}から選んでください。",
        why="{label:kind}は集計と公表の区分になります。一覧は yosan.toml にあります。",
        wrong="要求区分 新規",
        right="要求区分 新規事業",
    ),
    reads=_reads_kind,
    asks_year=True,
)
def category(request: Request, context: RuleContext) -> Iterator[Fault]:
    """要求区分 stands in the year's list."""
    value, names = request.category, context.settings.categories
    if value is not None and value not in names:
        choices = "、".join(f"「{name}」" for name in names)
        told = {"value": value, "hint": hint(value, names), "choices": choices}
        yield Fault(request.axes.meanings["kind"], {**told, "raw_expected": names})


@rule(
    Code(
        "YX303",
        Weight.ERROR,
        title="所管課のコードが組織の一覧にない",
        fact="所管課のコード「{value}」は組織の一覧にありません。",
        remedy="{hint}組織.csv にその課があるか（先頭の 0 が消えていないか）を確かめ、あれば、その課に配布したブックに書いてもらってください。",
        why="要求書は所管課のコードで数え、まだ出ていない課を見つけます。"
        "一覧は 組織.csv にあります。",
        wrong="コード 9999",
        right="コード 0301",
        to_department="{hint}自分の課に配布されたブックに書いて、出し直してください。",
    ),
    reads=of_meanings("unit_code"),
    asks_year=True,
)
def department_code(request: Request, context: RuleContext) -> Iterator[Fault]:
    """The department's code stands in the roster."""
    code = request.department_code
    if code is not None and context.roster.by_code(code) is None:
        offered = _code_hint(context.roster, request.department)
        yield Fault(ENVELOPE["unit_code"], {"value": code, "hint": offered})


@rule(
    Code(
        "YX304",
        Weight.ERROR,
        title="所管課の名がコードの課とちがう",
        fact="所管課「{name}」は、コード「{code}」の「{expected}」とちがいます。",
        remedy="所管課の名かコードを直してください。",
        why="ほかの課に配られた要求書へ書き込むと、額がその課のものとして集計されます。"
        "一覧は 組織.csv にあります。",
        wrong="コード 0301 の要求書に「企画経営部 企画課」",
        right="コード 0301 の要求書に「産業・地域振興支援部 税務課」",
    ),
    reads=lambda axes: ("/department",),
    asks_year=True,
)
def department_names(request: Request, context: RuleContext) -> Iterator[Fault]:
    """The department's names are those of its code in the roster."""
    unit = context.roster.by_code(request.department_code)
    if unit is None or (request.bureau is None and request.section is None):
        return
    pointer = _differing_name(request, unit)
    if pointer:
        yield Fault(
            pointer,
            {
                "name": request.department,
                "code": unit.code,
                "expected": unit.name,
                "raw_value": request.department,
            },
        )


@rule(
    Code(
        "YX305",
        Weight.ERROR,
        title="年度がちがう",
        fact="年度が{given}です。ここは{expected}の要求を集めるところです。",
        remedy="前の年度の要求書でないか確かめ、{expected}の要求書に書いてください。",
        why="前の年度の要求書に書いて出す例があります。会計年度がちがえば別の予算です"
        "(地方自治法 第208条)。",
        wrong="令和2年度のフォルダーに令和元年度の要求書",
        right="令和2年度のフォルダーに令和2年度の要求書",
    ),
    reads=of_meanings("year"),
    asks_year=True,
)
def fiscal_year(request: Request, context: RuleContext) -> Iterator[Fault]:
    """The request's year is the folder's year."""
    given, expected = request.fiscal_year, context.settings.year
    if given is not None and given != expected.western:
        told = {"given": shown_year(given), "expected": expected.label}
        raw = {"raw_value": given, "raw_expected": expected.western}
        yield Fault(ENVELOPE["year"], {**told, **raw})


@rule(
    Code(
        "YX306",
        Weight.ERROR,
        title="区分のある明細とない明細がまざっている",
        fact="{list_name}{without}行目の明細には区分がなく、{within}行目は「{part}」です。",
        remedy="すべての明細を区分に分けて書くか、すべて区分なしで書いてください。",
        why="明細は、区分なしで合計だけを書く形と、区分ごとの小計に分ける形の"
        "どちらかです。まざると小計が合計になりません(様式の「{label:lines}」)。",
        wrong="1行目 区分なし、2行目 継続分",
        right="1行目 新規分、2行目 継続分",
    ),
    reads=lambda axes: [own.row_pointer(own.group) for own in axes.lists if own.subtotals],
)
def parts(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Either every row of a list belongs to a group or none does."""
    for own in request.axes.lists:
        lines = request.lists[own.key]
        if own.subtotals and is_mixed(lines):
            named = [line.group for line in lines]
            without = named.index(None)
            within = next(index for index, group in enumerate(named) if group is not None)
            facts = {"without": without + 1, "within": within + 1, "part": named[within]}
            pointer = f"{own.pointer}/{without}/{own.group}"
            yield Fault(pointer, {"list_name": list_words(request.axes, own), **facts})


def _code_hint(roster: Roster, name: str) -> str:
    units = roster.find(name) if name else ()
    return f"{units[0].name}は「{units[0].code}」です。" if len(units) == 1 else ""


def _differing_name(request: Request, unit: Department) -> str | None:
    written = {"unit_upper": (request.bureau, unit.bureau), "unit": (request.section, unit.section)}
    for meaning, (given, expected) in written.items():
        if "".join((given or "").split()) != "".join(expected.split()):
            return ENVELOPE[meaning]
    return None
