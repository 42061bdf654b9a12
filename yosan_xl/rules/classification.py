"""会計, 款, 要求区分, 所管課, 年度 and the parts of the lines: what the year's lists know."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Account, Settings
from yosan_xl.model.text import hint
from yosan_xl.rules.amounts import is_mixed
from yosan_xl.rules.figures import shown_year
from yosan_xl.rules.registry import RuleContext, rule


@rule(
    Code(
        "YX301",
        Weight.ERROR,
        title="会計か款が一覧にない",
        fact="「{label}」の「{value}」は{where}にありません。",
        remedy="{hint}一覧にある名を選んでください。",
        why="予算は会計ごとに款・項に区分します(地方自治法 第209条、第216条)。同じ「総務費」でも"
        "会計がちがえば別の款なので、会計と款の組で確かめます。一覧は yosan.toml にあります。",
        wrong="国民健康保険事業会計 民生費",
        right="国民健康保険事業会計 総務費",
    ),
    reads=("/account", "/kan"),
    asks_year=True,
)
def account_and_kan(request: Request, context: RuleContext) -> Iterator[Fault]:
    """(会計, 款) stands in the list; 款 alone is never the key."""
    settings, name, kan = context.settings, request.account, request.kan
    account = settings.account(name)
    if name is not None and account is None:
        names = [each.name for each in settings.accounts]
        facts: dict[str, object] = {
            "label": context.label("/account"),
            "value": name,
            "where": f"{context.label('/account')}の一覧",
            "hint": hint(name, names),
        }
        facts |= {"raw_expected": names}
        yield Fault("/account", facts)
    elif account is not None and kan is not None and kan not in account.kan:
        where = f"「{account.name}」の{context.label('/kan')}の一覧"
        offered = _kan_hint(settings, account, kan)
        told = {"label": context.label("/kan"), "value": kan, "where": where, "hint": offered}
        yield Fault("/kan", {**told, "raw_expected": account.kan})


@rule(
    Code(
        "YX302",
        Weight.ERROR,
        title="要求区分が一覧にない",
        fact="「{/category}」の「{value}」は一覧にありません。",
        remedy="{hint}{choices}から選んでください。",
        why="要求区分は集計と公表の区分になります。一覧は yosan.toml にあります。",
        wrong="要求区分 新規",
        right="要求区分 新規事業",
    ),
    reads=("/category",),
    asks_year=True,
)
def category(request: Request, context: RuleContext) -> Iterator[Fault]:
    """要求区分 stands in the list."""
    value, names = request.category, context.settings.categories
    if value is not None and value not in names:
        choices = "、".join(f"「{name}」" for name in names)
        told = {"value": value, "hint": hint(value, names), "choices": choices}
        yield Fault("/category", {**told, "raw_expected": names})


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
    ),
    reads=("/department/code",),
    asks_year=True,
)
def department_code(request: Request, context: RuleContext) -> Iterator[Fault]:
    """The department's code stands in the roster."""
    code = request.department_code
    if code is not None and context.roster.by_code(code) is None:
        offered = _code_hint(context.roster, request.department)
        yield Fault("/department/code", {"value": code, "hint": offered})


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
    reads=("/department",),
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
    reads=("/fiscal_year",),
    asks_year=True,
)
def fiscal_year(request: Request, context: RuleContext) -> Iterator[Fault]:
    """The request's year is the folder's year."""
    given, expected = request.fiscal_year, context.settings.year
    if given is not None and given != expected.western:
        told = {"given": shown_year(given), "expected": expected.label}
        raw = {"raw_value": given, "raw_expected": expected.western}
        yield Fault("/fiscal_year", {**told, **raw})


@rule(
    Code(
        "YX306",
        Weight.ERROR,
        title="区分のある明細とない明細がまざっている",
        fact="{without}行目の明細には区分がなく、{within}行目は「{part}」です。",
        remedy="すべての明細を区分に分けて書くか、すべて区分なしで書いてください。",
        why="要求内容は、区分なしで合計だけを書く形と、レベルアップ分・経常経費分の小計に分ける形の"
        "どちらかです。まざると小計が合計になりません(様式の項目10「{/lines}」)。",
        wrong="1行目 区分なし、2行目 経常経費分",
        right="1行目 レベルアップ分、2行目 経常経費分",
    ),
    reads=("/lines/*/part",),
)
def parts(request: Request, _: RuleContext) -> Iterator[Fault]:
    """Either every line belongs to a part or none does."""
    if is_mixed(request):
        named = [line.part for line in request.lines]
        without = named.index(None)
        within = next(index for index, part in enumerate(named) if part is not None)
        yield Fault(
            f"/lines/{without}/part",
            {"without": without + 1, "within": within + 1, "part": named[within]},
        )


def _kan_hint(settings: Settings, account: Account, kan: str) -> str:
    homes = [each.name for each in settings.accounts if kan in each.kan]
    if homes:
        return "「{}」は{}の款です。".format(kan, "、".join(f"「{home}」" for home in homes))
    return hint(kan, account.kan)


def _code_hint(roster: Roster, name: str) -> str:
    units = roster.find(name) if name else ()
    return f"{units[0].name}は「{units[0].code}」です。" if len(units) == 1 else ""


def _differing_name(request: Request, unit: Department) -> str | None:
    written = {"bureau": (request.bureau, unit.bureau), "section": (request.section, unit.section)}
    for key, (given, expected) in written.items():
        if "".join((given or "").split()) != "".join(expected.split()):
            return f"/department/{key}"
    return None
