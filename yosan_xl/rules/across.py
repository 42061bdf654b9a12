"""What can be wrong between requests: a number or an id given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.matching import (
    common_marks,
    has_most_lines,
    is_like,
    same_content,
    same_project,
)
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import Request
from yosan_xl.model.text import canonical

Item = tuple[Request, Callable[[str], Place]]
"""A request and where its pointers are."""

SAME_NO = Code(
    "YX501",
    Weight.ERROR,
    title="NOが重なっている",
    fact="{label} {value} は {other} でも使われています。",
    remedy="どちらかの{label}を直してください。",
    why="NOは公表する一覧の番号で、一年度に一度だけ使います。",
    wrong="NO 57 の要求書が2つ",
    right="NO 57 と NO 58",
)

SAME_ID = Code(
    "YX502",
    Weight.ERROR,
    title="同じ要求が二つあり、内容がちがう",
    fact="要求 {value} は {other} にもあり、内容がちがいます。ここでは「{title}」{amount}、"
    "{other} では「{other_title}」{other_amount}です。{alone}数えているのは {other} のほうだけです。",
    remedy="どちらが正しいか所管課に確かめ、使わないほうのブックを「提出」の中のフォルダー「差替え前」へ"
    "移してください（消さずに残り、数えません）。移すと、そのブックにしかない記入は集計に入りません。",
    why="直した要求書を別の名で出し直すと、同じ要求が二度集計されます。どちらが新しいか確かでないときは、"
    "前に受け付けたほうを、まだなければほかの課の名が付いていないほう、ファイル名の順で前のほうを数え、もう一方は数えません。",
    wrong="0301_税務課.xlsx と、内容のちがう 0301_税務課(修正).xlsx に要求 0301-1",
    right="0301_税務課(修正).xlsx だけに要求 0301-1",
    to_department="2つのブックのどちらが正しいかを、財政課に知らせてください。直すところがあれば、正しいほうだけを直してください。",
)

SAME_ID_AND_CONTENT = Code(
    "YX504",
    Weight.INFO,
    title="同じ要求が同じ内容で二つある",
    fact="要求 {value} は {other} にも同じ内容であります。一度だけ数えました。",
    remedy="このままでかまいません。",
    why="要求書を1枚だけ出し直したり、何冊かに写したりすると、同じ要求が二度出ます。内容が同じなので、どちらを数えても同じです。",
    wrong="0301_税務課.xlsx と 0301_税務課(2).xlsx に、同じ内容の要求 0301-1",
    right="0301_税務課.xlsx だけに要求 0301-1",
)

LIKE = Code(
    "YX505",
    Weight.ERROR,
    title="要求書IDのちがう、同じ要求らしいものがある",
    fact="要求 {value}「{title}」{amount}は、{other} の要求 {other_id}「{other_title}」{other_amount}と"
    "{how}。数えているのは {other} のほうだけです。",
    remedy="同じ要求か、所管課に確かめてください。別の要求なら、{label:title}を見分けのつくものに直してもらってください。",
    why="要求書のセルを別のシートに写したり、要求書IDが変わったまま出し直したりすると、同じ要求が別の番号で二度集計されます。",
    wrong="0301_税務課.xlsx の要求 0301-1 と、0301_税務課(修正).xlsx の要求 0301-2 に「口座振替等納税奨励」",
    right="どちらのブックにも要求 0301-1 として「口座振替等納税奨励」",
)

OF_TWO_UNITS = Code(
    "YX513",
    Weight.ERROR,
    title="二つの課に、事業名も明細も文も同じ要求がある",
    fact="要求 {value}「{title}」{amount}は、{other} の要求 {other_id}（{unit}）と、{label:title}も、すべての明細も、"
    "長い文も同じです。数えているのは {other} のほうだけです。",
    remedy="どちらの課の要求か、両方の課に確かめてください。写したものなら、要求しない課の要求書を記入のないものにして"
    "出し直してもらってください。どちらも要求するものなら、{label:title}を見分けのつくものに直してもらうと両方を数えます。",
    why="ほかの課の要求書の記入を自分のシートに写して出すと、同じ額が二つの課で二度集計されます。",
    wrong="保育課の要求書1の記入を、こども政策課の要求書3に写し、両方を提出した。",
    right="保育課の要求書1だけに記入した。",
)

COPIED = Code(
    "YX514",
    Weight.WARNING,
    title="ほかの課の要求と、明細と文がほとんど同じ",
    fact="要求 {value}「{title}」{amount}は、{other} の要求 {other_id}「{other_title}」{other_amount}"
    "（{unit}）と、明細のほとんどと、{label:title}か長い文が同じです。両方を数えています。",
    remedy="どちらの課の要求か確かめてください。どちらも要求するものなら、このままでかまいません。",
    why="ほかの課の要求書の記入を写して手直しすると、同じ額が二つの課で二度集計されることがあります。",
    wrong="保育課の要求書1の記入を、こども政策課の要求書3に写し、事業名だけを直した。",
    right="東支所と西支所の、文は同じで明細の額がちがう要求",
)

COUNTED_ELSEWHERE = frozenset(
    {SAME_ID.code, SAME_ID_AND_CONTENT.code, LIKE.code, OF_TWO_UNITS.code}
)
"""A request at which one of these stands is counted where the finding says, and not here."""

SAME_TITLE = Code(
    "YX503",
    Weight.WARNING,
    title="同じ課に同じ事業名の要求が二つある",
    fact="{title_name}「{value}」は {other} でも使われています。",
    remedy="同じ要求を二度出していないか確かめ、別の事業であれば見分けのつく名にしてください。",
    why="シートを写して書き直すと、同じ要求が別のNOで二度集計されることがあります。"
    "空白や全角・半角のちがいは同じ名とみなします。ほかの課と同じ事業名は指摘しません。",
    wrong="税務課の要求書1と要求書3に「口座振替等納税奨励」",
    right="税務課の要求書1だけに「口座振替等納税奨励」",
)

SAME_CODE = Code(
    "YX516",
    Weight.WARNING,
    title="同じ事業コードの要求がある",
    fact="{code_name} {value} は、ほかの要求でも使われています（{others}）。",
    remedy="別の事業であれば、正しい{code_name}に直してください。一つの事業を何枚かに分けた要求なら、このままでかまいません。",
    why="前年度の同じ事業は、まず事業コードで探します。同じコードの要求がいくつもあると、コードだけでは決まりません。"
    "一つのコードについて、一度だけ指摘します。",
    wrong="事業コード 001234 の「広報紙の発行」と「広報板の設置」",
    right="事業コード 001234 の「広報紙の発行」と 001235 の「広報板の設置」",
)

CODES = (SAME_NO, SAME_ID, SAME_ID_AND_CONTENT, LIKE, OF_TWO_UNITS, COPIED, SAME_TITLE, SAME_CODE)

_NAMED = 5
"""So many other requests of one code are named."""


def check_all(items: Sequence[Item]) -> list[Finding]:
    """Return the findings between requests, at the later one and naming the place of the first.

    Of a request that is there twice the first in order counts. It has its NO and its title twice as
    well: only that it is there twice is told then.
    """
    once, twice = _once(items)
    unlike, alike = _unlike(once)
    different, copied = _of_two_units(unlike)
    return [
        *_same_no(different),
        *twice,
        *alike,
        *copied,
        *_same_title(different),
        *_same_code(different),
    ]


def _once(items: Sequence[Item]) -> tuple[list[Item], list[Finding]]:
    """Return the items without those whose id came before, and what is told of these."""
    first: dict[str, Item] = {}
    once: list[Item] = []
    told: list[Finding] = []
    for item in items:
        request, _ = item
        if request.id is None or request.id not in first:
            once.append(item)
            first.setdefault(request.id or "", item)
        else:
            told.append(_told_twice(item, first[request.id], items))
    return once, told


def _told_twice(item: Item, first: Item, items: Sequence[Item]) -> Finding:
    request, locate = item
    facts = {"label": request.axes.word("id"), "value": request.id, "other": first[1]("/id")}
    if same_content(request, first[0]):
        return SAME_ID_AND_CONTENT.at(locate("/id"), "/id", **facts)
    here, there = _alone(item, first, items), _alone(first, item, items)
    alone = f"このブックだけにある要求 {here} は数えています。" if here else ""
    alone += f"もう一方だけにある要求 {there} も数えています。" if there else ""
    return SAME_ID.at(locate("/id"), "/id", **facts, **_shown(request, first[0]), alone=alone)


def _alone(item: Item, first: Item, items: Sequence[Item]) -> str:
    """Return the requests that stand in the book of `item` and not in that of `first`."""
    here, there = item[1]("").file, first[1]("").file
    others = {request.id for request, locate in items if locate("").file == there}
    own = [request for request, locate in items if locate("").file == here]
    return "、".join(
        f"{request.id}「{request.title}」{with_unit(request.requested, request.axes.unit)}"
        for request in own
        if request.id not in others
    )


def _unlike(items: Sequence[Item]) -> tuple[list[Item], list[Finding]]:
    """Return the items without those that another of their unit is like, and what is told of these."""
    units: dict[str, list[tuple[str, Item]]] = {}
    kept: list[Item] = []
    told: list[Finding] = []
    for item in items:
        request, file = item[0], item[1]("").file
        earlier = units.setdefault(_unit(request), [])
        likely = ((one, _how_like(one[0], request, other == file)) for other, one in earlier)
        found = next(((one, how) for one, how in likely if how), None)
        if found:
            told.append(_told_like(item, *found))
        else:
            earlier.append((file, item))
            kept.append(item)
    return kept, told


def _how_like(one: Request, two: Request, in_one_file: bool) -> str | None:
    """Say in what two requests of a unit are too like to be two; None where they may well be."""
    if one.id is None or two.id is None:
        return None
    if (one.title or "").strip() and (one.lines or not one.axes.lists) and same_content(one, two):
        return "内容がまったく同じです"
    if not in_one_file and is_like(one, two, least=2):
        return f"ブックは別ですが、{one.axes.word('title')}か明細が同じです"
    if in_one_file and two.id.startswith(f"{one.id}-") and is_like(one, two, least=2):
        return f"複製で、{one.axes.word('title')}か明細が同じです"
    return None


def _told_like(item: Item, first: Item, how: str) -> Finding:
    request, locate = item
    facts = {"value": request.id, "other": first[1]("/id"), "other_id": first[0].id, "how": how}
    return LIKE.named(request.axes.word).at(
        locate("/id"), "/id", label=request.axes.word("id"), **facts, **_shown(request, first[0])
    )


def _of_two_units(items: Sequence[Item]) -> tuple[list[Item], list[Finding]]:
    """Return the items without those that another unit has word for word, and what is told of copies.

    Only requests with a title or a long text, and a line, in common are compared: that is quick.
    """
    marked: dict[object, list[int]] = {}
    kept: list[Item] = []
    told: list[Finding] = []
    for item in items:
        marks = common_marks(item[0])
        earlier = sorted({at for mark in marks for at in marked.get(mark, ())})
        found = sorted(filter(None, (_copied(item, kept[at]) for at in earlier)), key=_is_mild)
        told += found[:1]
        if found and found[0].is_error:
            continue
        for mark in marks:
            marked.setdefault(mark, []).append(len(kept))
        kept.append(item)
    return kept, told


def _is_mild(finding: Finding) -> bool:
    return not finding.is_error


def _copied(item: Item, first: Item) -> Finding | None:
    (request, locate), (one, place) = item, first
    if _unit(one) == _unit(request) or not has_most_lines(one, request):
        return None
    facts = {"value": request.id, "other": place("/id"), "other_id": one.id, "unit": one.department}
    code = OF_TWO_UNITS if same_project(one, request) else COPIED
    return code.named(request.axes.word).at(
        locate("/id"), "/id", label=request.axes.word("id"), **facts, **_shown(request, one)
    )


def _unit(request: Request) -> str:
    return request.department_code or request.department


def _shown(request: Request, first: Request) -> dict[str, object]:
    return {
        "title": request.title or f"{request.axes.word('title')}なし",
        "amount": with_unit(request.requested, request.axes.unit),
        "other_title": first.title or f"{first.axes.word('title')}なし",
        "other_amount": with_unit(first.requested, first.axes.unit),
    }


def _same_no(items: Sequence[Item]) -> Iterator[Finding]:
    first: dict[int, Place] = {}
    for request, locate in items:
        if request.no is None:
            continue
        if request.no in first:
            facts = {
                "label": request.axes.word("no"),
                "value": request.no,
                "other": first[request.no],
            }
            yield SAME_NO.at(locate("/no"), "/no", **facts)
        else:
            first[request.no] = locate("/no")


def _same_title(items: Sequence[Item]) -> Iterator[Finding]:
    """Compare within a department; the same id or NO is told by its own code."""
    first: dict[tuple[str, str], tuple[Request, Place]] = {}
    for request, locate in items:
        if not request.title or not request.title.strip():
            continue
        key = (_unit(request), canonical(request.title))
        known, place = first.setdefault(key, (request, locate(request.axes.meanings["title"])))
        same = known is request or _shares(known.id, request.id) or _shares(known.no, request.no)
        if not same:
            word, pointer = request.axes.word("title"), request.axes.meanings["title"]
            facts = {"title_name": word, "value": request.title, "other": place}
            yield SAME_TITLE.at(locate(pointer), pointer, **facts)


def _same_code(items: Sequence[Item]) -> Iterator[Finding]:
    """Compare projects of different names, wherever they belong to: a code is told once, at the last of them."""
    of_code: dict[str, dict[tuple[str, str], Item]] = {}
    for request, locate in items:
        if code := canonical(request.meaning("project_code") or ""):
            name = (_unit(request), canonical(request.title or ""))
            of_code.setdefault(code, {}).setdefault(name, (request, locate))
    for *others, (request, locate) in (tuple(one.values()) for one in of_code.values()):
        if others:
            pointer = request.axes.meanings["project_code"]
            named = [f"{place(pointer)}「{one.title or ''}」" for one, place in others]
            more = f"など {len(named)}か所" if len(named) > _NAMED else ""
            facts = {
                "code_name": request.axes.word("project_code"),
                "value": request.meaning("project_code"),
                "others": f"{'、'.join(named[:_NAMED])}{more}",
            }
            yield SAME_CODE.at(locate(pointer), pointer, **facts)


def _shares(one: object, other: object) -> bool:
    return one is not None and one == other
