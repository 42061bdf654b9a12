"""What is to be done next in a year: from where it stands, without looking at anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yosan_xl.model.settings import DECISIONS, REQUESTS
from yosan_xl.model.text import as_argument


class NextStep(NamedTuple):
    """What is to be done, and the command for it."""

    what: str
    command: str


class YearState(NamedTuple):
    """Where a year stands, by what decides on the next step.

    `files` have come from departments, of whose requests so many are `counted`, with `provisional` NO (仮) among them.
    `stage` is the open one of the assessment, "" where all are closed; of its `requests` so many are `decided`. `notice` is
    a closed stage whose 内示 have not been written. `published` are the editions of 公表.

    Of the `faulty` so many have their `returned` books already, and so many others `also_returned` ones, with `warnings`
    (注意) alone, of which so many have no reason yet. The summary `is_stale` where something came or was closed since
    it was written; `entry` says where the open stage is typed in, `unsettled` how many of its decisions are to be looked at.
    Where all stages are closed, so many requests are `late`: not decided, which needs the `last_stage` to be opened again.
    In a stage `for_restoration` 復活要求 are assessed; they came from so many departments (`restoring`).
    `kept` is the name that the year has in the archive; `changed` are files that are others than there. `misplaced` are
    sentences on filled books outside of 提出. `tables` are the files that a new year has to be filled in.
    """

    following: str
    has_blanks: bool = False
    files: int = 0
    missing: int = 0
    faulty: int = 0
    counted: int = 0
    provisional: int = 0
    has_summary: bool = False
    stage: str = ""
    decided: int = 0
    requests: int = 0
    is_any_closed: bool = False
    notice: str = ""
    published: tuple[str, ...] = ()
    returned: int = 0
    also_returned: int = 0
    warnings: int = 0
    is_stale: bool = False
    entry: str = ""
    late: int = 0
    last_stage: str = ""
    unsettled: int = 0
    for_restoration: bool = False
    restoring: int = 0
    kept: str = ""
    changed: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    tables: tuple[str, ...] = ("yosan.toml", "組織.csv")

    @property
    def is_whole(self) -> bool:
        """Return whether nothing more is waited for: all have handed in, without errors, or finance went on."""
        return not (self.missing or self.faulty) or self.is_assessed or bool(self.published)

    @property
    def is_assessed(self) -> bool:
        """Return whether the assessment (査定) has begun."""
        return self.decided > 0 or self.is_any_closed


def next_steps(state: YearState) -> tuple[NextStep, ...]:
    """Return what is to be done next, the most pressing first; at least one step."""
    elsewhere = (NextStep(one, "yosan-xl status") for one in state.misplaced)
    return (*elsewhere, *_steps(state))


def _steps(state: YearState) -> tuple[NextStep, ...]:
    if DECISIONS in state.published:
        own = tuple(_of_assessment(state)) if state.stage else ()
        late = tuple(_of_late(state))
        return (_AGAIN,) if state.is_stale else own or (*late, _after_publication(state))
    if not state.files:
        return (_before_books(state),)
    steps = (*_of_departments(state), *_of_requests(state), *_of_assessment(state))
    return steps or (_NOTHING_COUNTS,)


_AGAIN = NextStep(
    "集計ブックを作ったあとに、新しいブックが届いたか、段階を締めるか開き直すかしました。集計し直します。",
    "yosan-xl consolidate",
)
_NOTHING_COUNTS = NextStep(
    "集計に入る要求がありません。届いたものを確かめます。", "yosan-xl status"
)


def _before_books(state: YearState) -> NextStep:
    if not state.has_blanks:
        return NextStep(
            f"{'、'.join(state.tables)} を直し、記入前のブックを作ります。", "yosan-xl generate"
        )
    return NextStep(
        "記入前のブックを各課に送り、戻ったものを提出フォルダーに入れて、だれが出したかを見ます。",
        "yosan-xl status",
    )


def _of_departments(state: YearState) -> Iterator[NextStep]:
    if state.missing:
        yield NextStep(
            f"未提出の {state.missing} 課に、いつ出せるかを確かめます"
            "（要求のない課は、組織.csv の「要求」に「なし」と書きます）。",
            "yosan-xl status",
        )
    if state.returned:
        yield NextStep(
            f"差し戻した {_returned(state)}から直したブックが届くのを待ち、提出フォルダーに入れます。",
            "yosan-xl status",
        )
    if new := state.faulty - state.returned:
        yield NextStep(f"要修正の {new} 課の誤りを、セルまで見ます。", "yosan-xl validate")
        yield NextStep(
            "誤りを示したブックを差戻しフォルダーに作り、課に返します。", "yosan-xl return"
        )


def _returned(state: YearState) -> str:
    if not state.also_returned:
        return f"{state.returned} 課"
    whole = state.returned + state.also_returned
    return f"{whole} 課（誤りのある {state.returned} 課と、注意だけの {state.also_returned} 課）"


def _of_requests(state: YearState) -> Iterator[NextStep]:
    if not state.has_summary:
        yield NextStep("集計ブックを作ります（届いた分だけでも作れます）。", "yosan-xl consolidate")
    elif state.is_stale:
        yield _AGAIN
    if not state.counted or not state.is_whole or REQUESTS in state.published:
        return
    if state.warnings:
        yield NextStep(
            f"課がわけを書いていない注意 {state.warnings} 件（円で入力していないかなど）を、公表の前に確かめます。",
            "yosan-xl validate",
        )
    if state.provisional:
        yield NextStep("要求に NO を付けます（一度付けると変わりません）。", "yosan-xl number")
    else:
        yield NextStep("要求状況を公表する版を作ります。", f"yosan-xl publish {REQUESTS}")


def _of_assessment(state: YearState) -> Iterator[NextStep]:
    if state.notice:
        yield NextStep(
            f"「{state.notice}」の額を知らせる内示のブックを作ります。", "yosan-xl notice"
        )
    if not state.counted or not state.has_summary or not state.is_whole:
        return
    if state.for_restoration and not state.is_stale:
        if state.notice:
            return  # nobody can ask for anything back before 内示
        yield NextStep(
            "内示のブックを課に送り、届いた復活要求を「復活」フォルダーに入れて、集計し直します"
            f"（いま {state.restoring} 課。期限まで待ってから、次へ進みます）。",
            "yosan-xl consolidate",
        )
    if state.late:
        yield from _of_late(state)
    elif not state.stage:
        if REQUESTS in state.published:
            yield NextStep("決定状況を公表する版を作ります。", f"yosan-xl publish {DECISIONS}")
    elif state.is_stale:
        return  # what is typed belongs into the new summary
    elif state.decided < state.requests:
        yield NextStep(
            f"「{state.stage}」の額を {state.entry}に入力して閉じ、集計し直します"
            f"（決定 {state.decided} / {state.requests}）。",
            "yosan-xl consolidate",
        )
    elif state.unsettled:
        yield NextStep(
            f"「{state.stage}」を締める前に、要確認の {state.unsettled} 件を確かめ、{state.entry}などで直して閉じ、"
            "集計し直します（わけは、集計したときの指摘に出ます）。",
            "yosan-xl consolidate",
        )
    else:
        yield NextStep(
            f"「{state.stage}」を締め、保存庫に残します。",
            f"yosan-xl stage close {as_argument(state.stage)}",
        )


def _of_late(state: YearState) -> Iterator[NextStep]:
    if state.late:
        yield NextStep(
            f"段階をすべて締めていますが、決まっていない要求が {state.late} 件あります。「{state.last_stage}」を開き直して決めます。",
            f"yosan-xl stage reopen {as_argument(state.last_stage)}",
        )


def _after_publication(state: YearState) -> NextStep:
    if not state.kept:
        return NextStep("年度を保存庫に残します。", "yosan-xl archive add")
    if state.changed:
        more = f" ほか {len(state.changed) - 3} 件" if len(state.changed) > 3 else ""
        return NextStep(
            f"保存庫の「{state.kept}」を残したあとに、年度が変わりました（{'、'.join(state.changed[:3])}{more}）。"
            "いまのものも、別の名前で残します。",
            f"yosan-xl archive add --stage {as_argument(following_name(state.kept))}",
        )
    year = state.following
    return NextStep(
        "この年度は終わりました。次の年度のフォルダーを、ここから引き継いで作ります。",
        f"yosan-xl init ../{year} --year {year} --from .",
    )


def following_name(name: str) -> str:
    """Return the name under which the same is archived again: 決定, 決定2, 決定3."""
    word = name.rstrip("0123456789")
    return f"{word}{int(name[len(word) :] or 1) + 1}"
