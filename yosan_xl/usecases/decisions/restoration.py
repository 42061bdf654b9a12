"""復活要求: the 内示 books that departments filled and handed back into 復活, read; the requests stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.model.assessment import Restoration
from yosan_xl.model.axes import ASKED, TOTAL
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import THOUSANDFOLD, with_commas, with_unit
from yosan_xl.model.request import Request
from yosan_xl.model.text import canonical
from yosan_xl.store.books import expand_paths, left_out_findings, lies_beside
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.snapshot import snapshot, unreadable
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.year import form_of

if TYPE_CHECKING:
    from yosan_xl.excel.notice.reading import NoticeReading
    from yosan_xl.excel.notice.stamp import ToldRequest

OTHER_NOTICE = Code(
    "YX770",
    weight=Weight.ERROR,
    title="別の年度か課か段階の内示のブック",
    fact="このブックは{found}の内示に対するもので、{expected}ではないので、復活要求を数えていません。",
    remedy="この年度の「内示」のフォルダーのブックに入力して出してもらってください。",
    why="復活要求は、この年度の内示に対するものだけを数えます。",
    wrong="令和元年度の内示のブックを、令和2年度の「復活」のフォルダーに入れた。",
    right="令和2年度の内示のブックを入れた。",
)
OTHER_NAME = Code(
    "YX771",
    weight=Weight.WARNING,
    title="ファイルの名前とちがう課の復活要求",
    fact="ファイルの名前は「{named}」ですが、中は「{unit}」への内示です。「{unit}」の復活要求として読みました。",
    remedy="どちらの課のものか確かめ、ファイルの名前を直してください。",
    why="復活要求は、ブックが持つ所管課のものとして数えます。",
    wrong="税務課への内示のブックに 0601_企画課.xlsx という名前を付けた。",
    right="0103_税務課.xlsx のまま提出した。",
)
REPLACED = Code(
    "YX772",
    weight=Weight.INFO,
    title="復活要求が出し直された",
    fact="{unit}の復活要求は2冊あります。このブックは数えず、「{newer}」を数えています。",
    remedy="「{newer}」でよいか確かめてください。よければ、このブックを「復活」のフォルダーから出してください。",
    why="同じ課の復活要求は、あとの内示のブックを、同じ内示のものではあとから保存されたブックを数えます。何も入力されていないブックは、入力のあるブックに代わりません。",
    wrong="0103_税務課.xlsx と 0103_税務課(2).xlsx",
    right="0103_税務課.xlsx だけ",
)
NOT_COUNTED = Code(
    "YX773",
    weight=Weight.WARNING,
    title="集計にない要求の復活要求",
    fact="要求 {id}「{title}」は集計に入っていないので、復活要求を使っていません。",
    remedy="取り下げた要求であればこのままで、そうでなければ要求書が「提出」にあるか確かめてください。",
    why="復活要求は、集計に入っている要求の査定に使います。",
    wrong="取り下げた要求の復活要求が出された。",
    right="集計にある要求の復活要求が出された。",
)
RETITLED = Code(
    "YX774",
    weight=Weight.WARNING,
    title="内示のときと事業名がちがう",
    fact="要求 {id} は、内示のときは「{old}」、今は「{new}」です。復活要求は要求 {id} のものとして数えました。",
    remedy="同じ事業か確かめてください。別の事業になったときは、復活要求を出し直してもらってください。",
    why="内示のあとで要求書が入れ替わると、復活要求が別の事業のものになることがあります。",
    wrong="内示のあとで、要求書1と要求書2の事業を入れ替えた。",
    right="内示のあとで要求書を変えなかった。",
)
FOLLOWED = Code(
    "YX795",
    weight=Weight.INFO,
    title="復活要求が事業とともに移った",
    fact="「{title}」は、内示のときは要求 {old}、今は要求 {new} です。復活要求は要求 {new} のものとして数えました。",
    remedy="同じ事業であれば、このままで結構です。ちがう事業のときは、復活要求を出し直してもらってください。",
    why="復活要求はシートの位置ではなく事業に付きます。内示のときと同じ事業名の要求が1つだけあれば、そこへ移します。",
    wrong="内示のあとで、要求書1と要求書2の事業を入れ替えた。",
    right="内示のあとで要求書の順を変えなかった。",
)
ATTACHED = Code(
    "YX716",
    weight=Weight.INFO,
    title="復活のフォルダーに内示のブックでないファイルがある",
    fact="「復活」のフォルダーの {named} は、内示のブックではないので、読んでいません。",
    remedy="復活要求の説明であれば、査定のときに見てください。",
    why="復活要求は、内示のブックの「復活要求」のシートだけから読みます。添付に書かれた額や理由は、集計に出ません。",
    wrong="復活要求の理由を「理由.docx」に書き、「復活」のフォルダーに入れた。",
    right="復活要求の理由を「復活要求」のシートに書いた。",
)
IN_YEN = Code(
    "YX717",
    weight=Weight.WARNING,
    title="復活要求を円で入力した疑いがある",
    fact="要求 {id}「{title}」の復活要求 {amount} は、要求額 {asked} の {times}倍です。",
    remedy="円で入力した疑いがあります。所管課に確かめ、千円単位で入力し直したものを出してもらってください。額はそのまま数えています。",
    why="円の額をそのまま入れると千倍の復活要求になります。要求額の500倍以上のときに知らせます。",
    wrong="要求額 36,300千円、復活要求額 50,000,000千円",
    right="要求額 36,300千円、復活要求額 5,000千円",
)
IN_THOUSANDS = Code(
    "YX727",
    weight=Weight.WARNING,
    title="復活要求を千円で入力した疑いがある",
    fact="要求 {id}「{title}」の復活要求 {amount} は、要求額 {asked} のうち内示のない額のおよそ{times}分の1です。",
    remedy="千円で入力した疑いがあります。所管課に確かめ、円単位で入力し直したものを出してもらってください。額はそのまま数えています。",
    why="円の様式に千円の額をそのまま入れると、千分の一の復活要求になります。500分の1から2,000分の1のときに知らせます。",
    wrong="円の様式で、要求額 3,000,000円、内示額 0円、復活要求額 1,500円",
    right="円の様式で、要求額 3,000,000円、内示額 0円、復活要求額 1,500,000円",
)
ABOVE_ASKED = Code(
    "YX718",
    weight=Weight.WARNING,
    title="内示額と復活要求額の計が要求額を超える",
    fact="要求 {id}「{title}」は、内示額 {given} と復活要求額 {amount} の計が {after} で、要求額 {asked} を超えています。",
    remedy="復活要求額は内示額に加える額です。内示額を含めて入力していないか、所管課に確かめてください。額はそのまま数えています。",
    why="復活要求は、要求額のうち内示で認められなかった額について出すものです。",
    wrong="要求額 38,484千円、内示額 30,000千円、復活要求額 38,484千円",
    right="要求額 38,484千円、内示額 30,000千円、復活要求額 8,484千円",
)
NOTHING_ASKED = Code(
    "YX719",
    weight=Weight.INFO,
    title="復活要求なし",
    fact="{unit}のブックの「復活要求」には何も入力されていません（復活要求なし）。",
    remedy="復活要求をしないという回答であれば、このままで結構です。",
    why="何も入力されていないブックを出した課は、復活要求の来た課に数えません。",
    wrong="「復活要求」のシートに入力しないで、内示のブックを出した。",
    right="復活要求をする事業の行に入力して出した。",
)
NO_STAGE = Code(
    "YX797",
    weight=Weight.WARNING,
    title="復活要求を査定する段階がない",
    fact="復活要求が {units} 課から {count} 件出ていますが、復活要求を査定する段階がないので、集計ブックに出ません。",
    remedy="yosan.toml に [[stages]] で段階を並べ、復活要求を査定する段階に restoration = true と書いてください（docs/stages.md）。",
    why="復活要求は、それを査定する段階の横に出ます。段階がないと、出ていることに気づけません。",
    wrong="[[stages]] のない年度で内示をし、「復活」のフォルダーに復活要求を入れた。",
    right="restoration = true の段階がある年度で、復活要求を入れた。",
)
CODES = (
    *(OTHER_NOTICE, OTHER_NAME, REPLACED, NOT_COUNTED, RETITLED),
    *(FOLLOWED, ATTACHED, IN_YEN, IN_THOUSANDS, ABOVE_ASKED, NOTHING_ASKED, NO_STAGE),
)

_THOUSANDFOLD = 500
"""So many times what was asked for, and more, is taken for 円 in the place of 千円."""

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Restorations:
    """復活要求 by request id; `departments` are the codes of those that ask for something, `answered` of
    all whose book came, both in the roster's order.
    """

    by_request: Mapping[str, Restoration] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    departments: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


def read_restorations(
    year: YearFolder, requests: Mapping[str, Request] | None = None
) -> Restorations:
    """Read the books in 復活; nothing where there are none.

    `requests` are those that are counted, by id: what is asked for another one is told and left out. Raises Unreadable.
    """
    folder = year.at(FilePlace.RESTORATIONS)
    if not _is_folder(folder):
        return Restorations()
    books, ignored = expand_paths([folder])
    findings = [*left_out_findings(ignored)]
    by_unit: dict[str, _Handed] = {}
    attached = [path for path in books if lies_beside(path)]
    findings += _attached(attached, folder)
    stages = tuple(one.name for one in year.settings.assessment)
    for path in books:
        if path in attached:
            continue
        file = shown(path.relative_to(folder).as_posix())
        handed = _Handed(file, _reading(path, folder, year), stages)
        findings += handed.reading.findings
        unit = _unit(handed, year, findings)
        if unit:
            by_unit[unit.code] = _later(by_unit.get(unit.code), handed, unit, findings)
    found = {
        one.request_id: one for handed in by_unit.values() for one in handed.reading.restorations
    }
    findings += _without(by_unit, year)
    if requests is not None:
        told = {
            one.request_id: one
            for handed in by_unit.values()
            if handed.reading.stamp
            for one in handed.reading.stamp.requests.values()
        }
        now = _now(found, told, requests)
        findings += _of_requests(found, told, requests, now)
        found = {now[one]: replace(own, request_id=now[one]) for one, own in found.items()}
        found = {one: own for one, own in found.items() if one in requests}
    filled = (code for code, handed in by_unit.items() if handed.reading.is_filled)
    codes = sorted(filled, key=year.roster.position)
    answered = sorted(by_unit, key=year.roster.position)
    if found and not any(one.restoration for one in year.settings.stages):
        findings.append(NO_STAGE.at(Place(SETTINGS_NAME), units=len(codes), count=len(found)))
    return Restorations(found, tuple(findings), tuple(codes), tuple(answered))


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError as error:
        raise unreadable(folder, error) from error


@dataclass(frozen=True, slots=True)
class _Handed:
    """A book in 復活, by the name under which findings tell of it."""

    file: str
    reading: NoticeReading
    stages: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, bool, str]:
        """Return what is greater for the book that counts: one of a later 内示, then one that was filled, then one that was saved later."""
        stamp = self.reading.stamp
        told = self.stages.index(stamp.stage) if stamp and stamp.stage in self.stages else -1
        return told, self.reading.is_filled, self.reading.modified


def _reading(path: Path, folder: Path, year: YearFolder) -> NoticeReading:
    # Most runs are of years without 復活要求.
    from yosan_xl.excel.notice.reading import NoticeReading, read_notice

    file = f"{folder.name}/{shown(path.relative_to(folder).as_posix())}"
    try:
        return read_notice(snapshot(path).data, file, form_of(year).axes)
    except StoreError as error:
        return NoticeReading(None, findings=error.findings)


def _unit(handed: _Handed, year: YearFolder, findings: list[Finding]) -> Department | None:
    """Return the unit of a book of this year's 内示, None where it is none of it, which is told."""
    stamp = handed.reading.stamp
    if stamp is None:
        return None
    place = Place(f"{FilePlace.RESTORATIONS.path}/{handed.file}")
    unit = year.roster.by_code(stamp.department)
    wrong = next(_strange(handed, unit, year), None)
    if wrong or unit is None:
        found, expected = wrong or ("", "")
        findings.append(OTHER_NOTICE.at(place, found=found, expected=expected))
        return None
    named = year.roster.named_in(Path(handed.file).name)
    if named and unit not in named:
        words = "、".join(sorted(one.name for one in named))
        findings.append(OTHER_NAME.at(place, named=words, unit=unit.name))
    return unit


def _strange(
    handed: _Handed, unit: Department | None, year: YearFolder
) -> Iterator[tuple[str, str]]:
    """Yield what is another than this year's: what the book is of, and what it should be of."""
    stamp, settings = handed.reading.stamp, year.settings
    assert stamp is not None
    if stamp.fiscal_year != settings.year.western:
        yield FiscalYear(stamp.fiscal_year).label, settings.year.label
    if stamp.form != form_of(year).axes.form:
        yield f"様式「{stamp.form}」", f"様式「{form_of(year).axes.form}」"
    if unit is None:
        yield f"所管課コード {stamp.department} の課", "組織.csv にある課"
    stages = [one.name for one in settings.assessment if one.notice or not settings.stages]
    if stamp.stage not in stages:
        yield f"段階「{stamp.stage}」", f"内示をする段階（{'、'.join(stages) or 'なし'}）"


def _later(
    before: _Handed | None, handed: _Handed, unit: Department, findings: list[Finding]
) -> _Handed:
    """Return the one of two books of a unit that counts, and tell of the other."""
    if before is None:
        return handed
    newer, older = (handed, before) if handed.rank >= before.rank else (before, handed)
    place = Place(f"{FilePlace.RESTORATIONS.path}/{older.file}")
    findings.append(REPLACED.at(place, unit=unit.name, newer=newer.file))
    return newer


def _attached(paths: Sequence[Path], folder: Path) -> Iterator[Finding]:
    """Yield what explains 復活要求 (PDF, …), once of all."""
    if paths:
        names = [f"「{shown(path.relative_to(folder).as_posix())}」" for path in paths]
        more = f"ほか {len(names) - _NAMED} 件" if len(names) > _NAMED else ""
        yield ATTACHED.at(Place(shown(folder.name)), named="".join(names[:_NAMED]) + more)


def _without(by_unit: Mapping[str, _Handed], year: YearFolder) -> Iterator[Finding]:
    """Yield which units handed a book in and ask for nothing."""
    for code, handed in by_unit.items():
        unit = year.roster.by_code(code)
        is_read = not any(one.weight is Weight.ERROR for one in handed.reading.findings)
        if unit and is_read and not handed.reading.is_filled:
            place = Place(f"{FilePlace.RESTORATIONS.path}/{handed.file}")
            yield NOTHING_ASKED.at(place, unit=unit.name)


def _now(
    found: Iterable[str], told: Mapping[str, ToldRequest], requests: Mapping[str, Request]
) -> dict[str, str]:
    """Return by the id at the time of the 内示 which request a project is now, "" where another one stands there.

    It is known by its 事業名 where only one has it.
    """
    by_title: dict[str, list[str]] = {}
    for request_id, request in requests.items():
        by_title.setdefault(canonical(request.title or ""), []).append(request_id)
    alike = {one: by_title.get(canonical(told[one].title), []) for one in found if told[one].title}
    titled = {one: two[0] for one, two in alike.items() if len(two) == 1}
    count = Counter(titled.values())
    sure = {one: two for one, two in titled.items() if count[two] == 1}
    taken = {*sure.values()}
    return {one: sure.get(one, "" if one in taken else one) for one in found}


def _of_requests(
    found: Mapping[str, Restoration],
    told: Mapping[str, ToldRequest],
    requests: Mapping[str, Request],
    now: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield what is asked for of requests that are not counted or are called otherwise or elsewhere by now (`now`), and amounts that may not be meant."""
    for request_id, one in found.items():
        place, title = Place(one.file, one.sheet or None, one.cell), told[request_id].title
        request = requests.get(now[request_id])
        if request and now[request_id] != request_id:
            yield FOLLOWED.at(place, title=title, old=request_id, new=now[request_id])
        if request is None:
            yield NOT_COUNTED.at(place, id=request_id, title=title)
            continue
        if canonical(request.title or "") != canonical(title):
            yield RETITLED.at(place, id=request_id, old=title, new=request.title or "")
        yield from _odd_amount(one, told[request_id], request, place)


def _odd_amount(
    one: Restoration, told: ToldRequest, request: Request, place: Place
) -> Iterator[Finding]:
    """Yield that 復活要求 comes to more than was asked for, about a thousandfold or with what was given, or about to a thousandth."""
    amount, asked, given = one.amounts.get(TOTAL) or 0, request.amount(ASKED), told.amount or 0
    if asked is None:
        return
    unit = request.axes.unit
    facts = {"id": one.request_id, "title": told.title}
    facts |= {"amount": with_unit(amount, unit), "asked": with_unit(asked, unit)}
    if unit == "円" and amount > 0 and (asked - given) // amount in THOUSANDFOLD:
        yield IN_THOUSANDS.at(place, times=with_commas((asked - given) // amount), **facts)
    if given + amount <= asked:
        return
    if unit != "円" and asked > 0 and amount >= _THOUSANDFOLD * asked:
        yield IN_YEN.at(place, times=with_commas(amount // asked), **facts)
        return
    after = with_unit(given + amount, unit)
    yield ABOVE_ASKED.at(place, given=with_unit(given, unit), after=after, **facts)
