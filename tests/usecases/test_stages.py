"""The stages of the assessment: shown, closed in their order, archived, and opened again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.lazy_book import lazy_book
from tests.store.archive.faulty import Killed, KilledAt
from tests.usecases.archive.samples import ALIKE, json_year, put, stages
from tests.usecases.typing import columns_of, type_in
from yosan_xl.model.assessment import Progress, Restoration
from yosan_xl.model.axes import TOTAL
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.model.standing import AssessmentStanding, StageStanding, StageState
from yosan_xl.report.archive_text import request_text
from yosan_xl.report.archive_text import stages_text as stages_list
from yosan_xl.report.stage_text import stages_json, stages_text, standing_lines
from yosan_xl.report.status_text import status_json, status_text
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import HEAD_NAME, read_shelf
from yosan_xl.store.decisions_file import read_decisions
from yosan_xl.usecases import stages as used
from yosan_xl.usecases.archive.add import HasErrors, add
from yosan_xl.usecases.archive.decided import decisions_of, decisions_value
from yosan_xl.usecases.archive.stages import list_stages, show_request
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.stages import StageClosed, close_stage, reopen_stage, show_stages
from yosan_xl.usecases.status import status
from yosan_xl.usecases.year import open_year

THREE = """
[[stages]]
name = "財政課"
[[stages]]
name = "区長"
notice = true
[[stages]]
name = "復活"
restoration = true
"""
ASKED = 383_511


def year_of(folder: Path, text: str = THREE) -> Path:
    year = json_year(folder / "R2")
    settings = year / "yosan.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + text, encoding="utf-8")
    return year


def decide_all(year: Path, **more: object) -> None:
    """Type into the summary what every request asks for; `more` by its id (`_0103_1`) is another amount."""
    done = consolidate([], year)
    headings = columns_of(lazy_book(done.summary)["一覧"])
    label = next(one for one in ("予算額", "区長の額", "財政課の額") if one in headings)
    asked = json.loads((year / "提出" / "要求.json").read_text(encoding="utf-8"))
    found: dict[tuple[str, str, int | None], object] = {
        (one["id"], label, None): one["total"]["requested"] for one in asked
    }
    for key, amount in more.items():
        found[key.strip("_").replace("_", "-"), label, None] = amount
    type_in(done.summary, found)


def close(year: Path, name: str, *, anyway: bool = False) -> StageClosed:
    return close_stage(year, name, second=ALIKE, anyway=anyway)


def standing(year: Path) -> AssessmentStanding:
    return show_stages(year).standing


def test_show_stages__nothing_is_decided_yet(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    found = standing(year)
    assert [one.state for one in found.stages] == [
        StageState.OPEN,
        StageState.AHEAD,
        StageState.AHEAD,
    ]
    assert [one.how_far for one in found.stages] == ["決定 0 / 9", "", ""]
    assert found.stages[0].amounts == {}
    assert not (year / "査定.json").exists()


def test_show_stages__how_far_and_what_it_comes_to(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year, _0103_1=None)
    done = show_stages(year)
    first = done.standing.stages[0]
    assert first.how_far == "決定 8 / 9"
    assert first.amounts[TOTAL] == ASKED - 30_765
    text = stages_text(done.year, done.standing, done.axes)
    assert "財政課  入力中  8 / 9" in text
    assert "352,746" in text
    assert "入力中の段階 財政課: 決定 8 / 9（未定 1）" in text
    value = json.loads(stages_json(done.year, done.standing))
    assert (value["open_stage"], value["stages"][0]["amounts"]["total"]) == ("財政課", 352_746)
    assert value["stages"][1]["amounts"] == {}


def test_close_stage__refuses_and_lists_what_is_not_settled(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year, _0103_1=None, _0103_2=38_484_000)
    done = close(year, "財政課")
    assert done.is_refused
    found = {one.code: one for one in done.findings if one.is_error}
    assert found.keys() == {"YX740", "YX750", "YX723"}
    assert "NO 56「税務資料の電子化の推進」" in found["YX750"].fact
    assert found["YX750"].place.file == "R2_集計.xlsx"
    assert found["YX740"].place.cell is not None
    assert "直すところが 2件あるので締めていません" in found["YX723"].fact
    assert read_decisions(year).history.closed == ()
    assert not (tmp_path / "保存庫").exists()


def test_close_stage__closes_and_archives_under_its_name(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    done = close(year, "財政課")
    assert (done.is_refused, done.is_new, done.decided, done.requests) == (False, True, 9, 9)
    assert done.following is not None
    assert done.following.name == "区長"
    assert read_decisions(year).history.closed == ("財政課",)
    assert stages(tmp_path / "保存庫") == ["R2/財政課"]
    assert [one.state for one in standing(year).stages][:2] == [StageState.CLOSED, StageState.OPEN]
    kept = read_decisions(tmp_path / "保存庫" / "R2" / "財政課").history
    assert kept.closed == ("財政課",)


def test_close_stage__anyway_closes_what_is_not_settled_and_tells(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    consolidate([], year)
    done = close(year, "財政課", anyway=True)
    assert (done.is_refused, done.decided) == (False, 0)
    assert {one.code for one in done.findings if one.is_error} == {"YX750"}
    assert stages(tmp_path / "保存庫") == ["R2/財政課"]


def test_close_stage__again_is_there_already(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    close(year, "財政課")
    again = close(year, "財政課")
    assert (again.is_new, again.added) == (False, None)
    # What came into the year since is of no matter to a stage that is closed and archived.
    (year / "内示").mkdir()
    (year / "内示" / "0103_税務課.xlsx").write_bytes(b"x")
    decide_all(year)
    consolidate([], year)
    assert close(year, "財政課").added is None
    assert stages(tmp_path / "保存庫") == ["R2/財政課"]


def test_close_stage__one_that_was_stopped_before_the_archive_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    with monkeypatch.context() as patch:
        patch.setattr(used, "add", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            close(year, "財政課")
    assert read_decisions(year).history.closed == ("財政課",)
    assert not (tmp_path / "保存庫").exists()
    done = close(year, "財政課")
    assert (done.is_new, done.added is not None and done.added.is_new) == (False, True)
    assert stages(tmp_path / "保存庫") == ["R2/財政課"]


class KilledInPlace(KilledAt):
    """Dies when what it built aside is in its place."""

    def __init__(self) -> None:
        super().__init__(10**9)

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        self.n = self.calls + 1


def test_close_stage__one_that_was_killed_when_it_was_archived_leaves_nothing_aside(
    tmp_path: Path,
) -> None:
    year, archive = year_of(tmp_path), tmp_path / "保存庫"
    decide_all(year)
    with pytest.raises(Killed):
        close_stage(year, "財政課", second=ALIKE, files=KilledInPlace())
    assert stages(archive) == ["R2/財政課"]
    assert [one.name for one in archive.iterdir() if one.name.startswith(".yosan-staging")]
    assert close(year, "財政課").added is None
    left = {one.name for one in archive.iterdir() if not one.name.endswith("lock")}
    assert left == {"R2", HEAD_NAME, "はじめに.txt"}


def test_yx725__hits_a_stage_whose_archive_could_not_be_written(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    put(year)
    (tmp_path / "保存庫" / "R2" / "財政課").write_text("")
    with pytest.raises(WrongInput) as caught:
        close(year, "財政課")
    assert caught.value.findings[-1].code == "YX725"
    assert read_decisions(year).history.closed == ("財政課",)


def test_yx725__does_not_hit_an_archive_that_could(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    assert not [one for one in close(year, "財政課").findings if one.code == "YX725"]


def test_yx721__hits_a_stage_that_the_year_has_not(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    for act in (close, reopen_stage):
        with pytest.raises(WrongInput, match=r"YX721 .*「課長」という.*「財政課」「区長」「復活」"):
            act(year, "課長")


def test_yx721__does_not_hit_the_one_stage_of_a_year_without_any(tmp_path: Path) -> None:
    year = year_of(tmp_path, "")
    decide_all(year)
    assert not close(year, "査定").is_refused
    assert read_decisions(year).history.closed == ("査定",)
    assert stages(tmp_path / "保存庫") == ["R2/査定"]


def test_yx722__hits_a_stage_out_of_its_order(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    with pytest.raises(
        WrongInput, match=r"YX722 .*前の段階「財政課」を締めていません.*close 財政課"
    ):
        close(year, "区長")
    with pytest.raises(WrongInput, match=r"YX722 .*「財政課」は締めていません"):
        reopen_stage(year, "財政課")
    decide_all(year)
    close(year, "財政課")
    close(year, "区長", anyway=True)
    with pytest.raises(WrongInput, match=r"YX722 .*「財政課」はすでに締めています.*reopen 財政課"):
        close(year, "財政課")


def test_yx722__does_not_hit_their_order(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    close(year, "財政課")
    for name in ("区長", "復活"):
        assert not close(year, name, anyway=True).is_refused
    assert read_decisions(year).history.closed == ("財政課", "区長", "復活")
    assert standing(year).open_stage is None
    assert stages(tmp_path / "保存庫") == ["R2/財政課", "R2/区長", "R2/復活"]


def test_yx723__hits_a_year_without_a_request_even_anyway(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    (year / "提出" / "要求.json").unlink()
    done = close(year, "財政課", anyway=True)
    assert done.is_refused
    assert done.findings[-1].code == "YX723"
    assert not (year / "査定.json").exists()


def test_yx723__does_not_hit_what_is_settled(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    assert "YX723" not in {one.code for one in close(year, "財政課").findings}


def test_reopen_stage__opens_it_and_those_after_it(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    close(year, "財政課")
    close(year, "区長", anyway=True)
    done = reopen_stage(year, "財政課")
    assert (done.stages, done.findings) == (("財政課", "区長"), ())
    assert standing(year).stages[0].state is StageState.OPEN
    assert standing(year).stages[0].how_far == "決定 9 / 9"


def test_close_stage__with_other_decisions_after_it_was_reopened_has_a_number(
    tmp_path: Path,
) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    close(year, "財政課")
    reopen_stage(year, "財政課")
    decide_all(year, _0103_1=0)
    assert close(year, "財政課", anyway=True).added is not None
    assert stages(tmp_path / "保存庫") == ["R2/財政課", "R2/財政課2"]
    first, second = read_shelf(tmp_path / "保存庫").stages
    assert first.manifest.as_given() != second.manifest.as_given()


def test_yx724__hits_what_went_out_on_the_decisions_that_are_open_again(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    close(year, "財政課")
    for place in ("内示/0103_税務課.xlsx", "公表/1_要求状況/a.csv", "公表/2_決定状況/a.csv"):
        (year / place).parent.mkdir(parents=True, exist_ok=True)
        (year / place).write_bytes(b"x")
    (finding,) = reopen_stage(year, "財政課").findings
    assert finding.code == "YX724"
    assert "「内示」、「公表/2_決定状況」がすでにあります" in finding.fact


def test_yx724__does_not_hit_where_nothing_went_out(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    close(year, "財政課")
    (year / "公表" / "1_要求状況").mkdir(parents=True)
    assert reopen_stage(year, "財政課").findings == ()


def test_archive__of_a_year_that_is_all_decided_says_so(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    for name in ("財政課", "区長", "復活"):
        close(year, name, anyway=True)
    kept = page_of(tmp_path / "保存庫", 56).splitlines()[4:9]
    assert [line.split()[0] for line in kept] == [
        "要求額",
        "財政課",
        "区長",
        "復活",
        "決定（予算額）",
    ]


def page_of(root: Path, no: int, stage: str | None = None) -> str:
    return request_text(show_request(root, FiscalYear(2020), no, stage))


def test_archive__without_a_name_is_of_requests_until_all_is_closed(tmp_path: Path) -> None:
    year = year_of(tmp_path, THREE.partition('[[stages]]\nname = "復活"')[0])
    decide_all(year, _0103_1=30_000)
    assert add(year, second=ALIKE).name == "R2/要求"
    close(year, "財政課", anyway=True)
    decide_all(year, _0103_1=20_000)
    close(year, "区長", anyway=True)
    assert add(year, second=ALIKE).name == "R2/決定"
    found = list_stages(tmp_path / "保存庫").stages
    assert [(one.stage, sum(one.decided), one.how_far) for one in found] == [
        ("要求", ASKED - 765, "9 / 9"),
        ("財政課", ASKED - 765, "9 / 9"),
        ("区長", ASKED - 10_765, "9 / 9"),
        ("決定", ASKED - 10_765, "9 / 9"),
    ]
    text = stages_list(found)
    assert "要求（千円）" in text
    assert "372,746" in text.splitlines()[-1]


def test_yx726__hits_a_decision_that_is_none_of_all_yet(tmp_path: Path) -> None:
    year = year_of(tmp_path, '\n[[stages]]\nname = "区長"\n')
    decide_all(year, _0103_1=None)
    with pytest.raises(HasErrors) as refused:
        add(year, "決定", second=ALIKE)
    (found,) = refused.value.findings
    assert (found.code, "8 / 9 件" in found.fact) == ("YX726", True)
    assert stages(tmp_path / "保存庫") == []
    assert add(year, "決定", second=ALIKE, anyway=True).is_new


def test_yx726__does_not_hit_another_name_nor_what_is_decided(tmp_path: Path) -> None:
    year = year_of(tmp_path, '\n[[stages]]\nname = "区長"\n')
    assert add(year, "決定", second=ALIKE).is_new  # nobody decides anything here
    decide_all(year, _0103_1=None)
    assert add(year, "途中", second=ALIKE).is_new


def test_archive__of_a_year_whose_stage_is_called_so_has_another_name(tmp_path: Path) -> None:
    year = year_of(tmp_path, '\n[[stages]]\nname = "決定"\n')
    decide_all(year, _0103_1=None)
    close(year, "決定", anyway=True)
    assert add(year, second=ALIKE).name == "R2/公表"
    last = list_stages(tmp_path / "保存庫").stages[-1]
    assert (sum(last.decided), last.how_far) == (352_746, "8 / 9")


def test_archive__has_what_each_stage_decided_of_a_request(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year, _0103_1=20_000)
    close(year, "財政課", anyway=True)
    decide_all(year, _0103_1=0)
    close(year, "区長", anyway=True)
    root = tmp_path / "保存庫"
    first, second = (page_of(root, 56, name) for name in ("財政課", "区長"))
    # The stage after it is open then.
    assert [line.split()[:3] for line in first.splitlines()[4:7]] == [
        ["要求額", "30,765"],
        ["財政課", "20,000", "△10,765"],
        ["区長", "未定"],
    ]
    assert [line.split()[:3] for line in second.splitlines()[4:8]] == [
        ["要求額", "30,765"],
        ["財政課", "20,000", "△10,765"],
        ["区長", "0", "△30,765"],
        ["復活", "0", "△30,765"],
    ]


def test_archive__before_there_were_decisions_stays_readable(tmp_path: Path) -> None:
    year = year_of(tmp_path, "")
    put(year)
    (stage,) = read_shelf(tmp_path / "保存庫").stages
    (entry,) = stage.manifest.of_kind(Kind.DOCUMENTS)
    value = json.loads((stage.folder / entry.path).read_text(encoding="utf-8"))
    assert [len(one["stages"]) for one in value["decisions"]] == [1] * 9
    rows = [decisions_of(one, "1") for one in (*value["decisions"], None)]
    assert rows[0].stages[0].progress.value == "未定"
    assert rows[-1].stages == ()


def test_status__knows_the_open_stage_and_how_far_it_is(tmp_path: Path) -> None:
    year = year_of(tmp_path)
    decide_all(year, _0103_1=None)
    done = status(year)
    text = status_text(done.year, done.intake, done.deadline, done.standing)
    assert text.splitlines()[-1] == "入力中の段階 財政課: 決定 8 / 9（未定 1）"
    value = json.loads(status_json(done.year, done.intake, done.standing))["assessment"]
    assert (value["open_stage"], value["restorations"]) == ("財政課", [])
    assert [(one["decided"], one["requests"]) for one in value["stages"]] == [
        (8, 9),
        (0, 9),
        (0, 9),
    ]


def test_closed__a_doubtful_decision_is_no_less_doubtful(tmp_path: Path) -> None:
    year = year_of(tmp_path, '\n[[stages]]\nname = "区長"\n')
    decide_all(year, _0103_2=38_484_000)
    found = close(year, "区長", anyway=True)
    assert "YX740" in [one.code for one in found.findings]
    (last,) = show_stages(year).standing.stages
    assert last.progress == {Progress.DONE: 8, Progress.DOUBTFUL: 1}


def test_standing__counts_only_departments_that_ask_again(tmp_path: Path) -> None:
    folder = open_year(year_of(tmp_path))
    counted = count((), folder.root)
    row = counted.rows[0]
    back = Restoration(str(row.request.id), {TOTAL: Money(5)}, "足りない。", "復活.xlsx")
    decided = replace(counted.decided, rows=(replace(row, restoration=back),))
    name = folder.roster.by_code(row.request.department_code)
    assert name is not None
    assert replace(counted, decided=decided).standing.restoring == (name.name,)


@pytest.mark.parametrize(("text", "word"), [("", "編成の考え方"), (THREE, "理由")])
def test_standing__says_of_a_cut_without_a_reason_what_is_missing_before_it_is_closed(
    tmp_path: Path, text: str, word: str
) -> None:
    year = year_of(tmp_path, text)
    decide_all(year, _0103_1=20_000)
    done = consolidate([], year)
    said = f"「{word}」のない決定が 1件あります。"
    assert done.standing is not None
    assert said in "".join(standing_lines(done.standing))
    assert said in "".join(standing_lines(standing(year)))
    rows = lazy_book(done.summary)["進み具合"].iter_rows(values_only=True)
    assert [row[-1] for row in rows if row[-1]][-1] == word
    assert "YX749" in [
        one.code for one in close(year, standing(year).stages[0].stage.name).findings
    ]


def test_status__says_nothing_of_the_usual_stage_before_anything_is_decided(tmp_path: Path) -> None:
    year = year_of(tmp_path, "")
    done = status(year)
    assert "段階" not in status_text(done.year, done.intake, done.deadline, done.standing)
    decide_all(year)
    done = status(year)
    text = status_text(done.year, done.intake, done.deadline, done.standing)
    assert text.splitlines()[-1] == "入力中の段階 査定: 決定 9 / 9"
    close(year, "査定")
    done = status(year)
    text = status_text(done.year, done.intake, done.deadline, done.standing)
    assert text.splitlines()[-1] == "査定の段階は、すべて締めています。"


def test_standing_lines__tell_of_requests_that_came_after_all_was_closed() -> None:
    closed = StageStanding(AssessmentStage("区長"), StageState.CLOSED, requests=3, decided=2)
    (_, line) = standing_lines(AssessmentStanding((closed,)))
    assert line == (
        "決まっていない要求が 1 件あります（yosan-xl stage reopen 区長 で開き直して決めます）。"
    )
    whole = replace(closed, decided=3)
    assert len([*standing_lines(AssessmentStanding((whole,)))]) == 1


def test_standing_lines__name_the_departments_whose_restorations_came() -> None:
    lines = standing_lines(AssessmentStanding((), restoring=("税務課", "企画課")))
    assert list(lines) == ["復活要求 2 課（税務課、企画課）"]


def test_archive__shows_what_was_asked_for_again_before_the_stage_that_decides_on_it(
    tmp_path: Path,
) -> None:
    year = year_of(tmp_path)
    decide_all(year)
    for name in ("財政課", "区長"):
        close(year, name, anyway=True)
    page = show_request(tmp_path / "保存庫", FiscalYear(2020), 56)
    asked = Restoration("0103-1", {TOTAL: Money(5_000)}, "契約の単価が上がったため", "復活/a.xlsx")
    value = decisions_value(SummaryRow(page.row.request, Place("a.xlsx"), restoration=asked))
    again = decisions_of(value, "0103-1").restoration
    assert again == asked
    row = replace(page.row, restoration=again, provisional=True)
    lines = request_text(replace(page, row=row)).splitlines()
    assert [line.split()[0] for line in lines[4:9]] == [
        "要求額",
        "財政課",
        "区長",
        "復活要求",
        "復活",
    ]
    assert lines[7].split()[1:] == ["5,000", "契約の単価が上がったため"]
    assert "NO は仮の番号です。" in lines
