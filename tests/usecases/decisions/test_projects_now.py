"""Where the projects of a history are among the requests of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.excel.summary.samples import AXES
from tests.usecases.year import example_documents
from yosan_xl.model.continuity import basis_of
from yosan_xl.model.decision import Spot
from yosan_xl.model.finding import Place
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import Request
from yosan_xl.usecases.decisions.projects_now import GONE, ProjectsNow


def rows(**changes: dict[str, Any]) -> list[SummaryRow]:
    """Return the nine requests, some with other fields."""
    found = []
    for document in example_documents():
        own = document | changes.get("r" + document["id"].replace("-", "_"), {})
        request = Request.from_document(own, AXES)
        found.append(SummaryRow(request, Place("提出.json", request.id)))
    return found


def history(*ids: str) -> DecisionHistory:
    """Return a history with an entry for each of these."""
    bases = [basis_of(row.request, row.request.id or "") for row in rows() if row.request.id in ids]
    records = [
        EntryRecord("査定", Spot(one.request, "decided/total"), 1, Origin("a", "b", 0), basis=at)
        for at, one in enumerate(bases)
    ]
    return DecisionHistory(tuple(records), tuple(bases))


def find(
    old: DecisionHistory, now: list[SummaryRow], others: list[SummaryRow] | None = None
) -> ProjectsNow:
    return ProjectsNow.of(old, now, others or [], {})


def test_projects__where_they_were() -> None:
    found = find(history("0103-1"), rows())
    assert found.place(0, "0103-1") == ("0103-1", "")
    assert (found.moved, found.history.continued) == ((), {})
    assert found.is_as(0, "0103-1")


def test_projects__moved_are_followed_and_remembered() -> None:
    found = find(history("0103-1"), rows(r0103_1={"id": "0103-9"}))
    assert found.place(0, "0103-1") == ("0103-9", "")
    assert [(old.request, new.request) for old, new in found.moved] == [("0103-1", "0103-9")]
    assert found.history.continued == {0: 1}
    assert found.history.bases[1].request == "0103-9"
    again = find(found.history, rows(r0103_1={"id": "0103-9"}))
    assert again.place(0, "0103-1") == ("0103-9", "")
    assert again.history == found.history


def test_projects__people_may_name_what_a_request_was_before_it_moved() -> None:
    now = rows(r0103_1={"id": "0103-9"})
    moved = find(history("0103-1"), now).history
    other = [*now, *rows(r0103_1={"id": "0103-7", "title": "別の事業"})[:1]]
    for old in ("0103-1", "0103-9"):
        found = ProjectsNow.of(moved, other, [], {old: other[-1].request.id or ""})
        assert found.place(0, "0103-1")[0] == other[-1].request.id


def test_projects__that_do_not_count_wait_and_those_that_are_gone_too() -> None:
    every = rows()
    own = [row for row in every if row.request.id == "0103-1"]
    rest = [row for row in every if row.request.id != "0103-1"]
    assert find(history("0103-1"), rest, own).place(0, "0103-1") == (None, GONE)
    assert find(history("0103-1"), rest).place(0, "0103-1") == (None, GONE)


def test_projects__another_one_on_the_sheet_is_named() -> None:
    other = {"title": "別の事業", "lines": [], "total": {"requested": 5}}
    request, why = find(history("0103-1"), rows(r0103_1=other)).place(0, "0103-1")
    assert request is None
    assert "0103-1 は今は別の事業" in why


def test_projects__ask_for_the_same_by_amount_and_by_source() -> None:
    documents = {one["id"]: one for one in example_documents()}
    own = documents["0205-1"]
    old = history("0205-1")
    assert find(old, rows()).is_as(0, "0205-1")
    raised = own | {"total": own["total"] | {"requested": 7_000}}
    assert not find(old, rows(r0205_1=raised)).is_as(0, "0205-1")
    funding = {source: dict(row) for source, row in own["funding"].items()}
    funding["national"]["amount"], funding["other"]["amount"] = None, 5_868
    assert not find(old, rows(r0205_1=own | {"funding": funding})).is_as(0, "0205-1")
    (basis,) = old.bases
    for less, is_as in (({"asked": None}, True), ({"sources": ()}, True), ({"asked": 1}, False)):
        known = replace(old, bases=(replace(basis, **less),))
        assert find(known, rows()).is_as(0, "0205-1") is is_as


def test_projects__again_as_before_make_no_circle() -> None:
    first = find(history("0103-1"), rows(r0103_1={"id": "0103-9"}))
    back = find(first.history, rows())
    assert back.place(0, "0103-1") == ("0103-1", "")
    assert back.history.bases[back.history.latest(0)].request == "0103-1"
    third = find(back.history, rows(r0103_1={"id": "0103-9"}))
    assert third.place(0, "0103-1") == ("0103-9", "")
    assert third.history.bases[third.history.latest(0)].request == "0103-9"


def test_projects__two_that_change_places_keep_what_is_theirs() -> None:
    swapped = rows(r0103_1={"id": "0103-2"}, r0103_2={"id": "0103-1"})
    found = find(history("0103-1", "0103-2"), swapped)
    assert [found.place(at, f"0103-{at + 1}")[0] for at in (0, 1)] == ["0103-2", "0103-1"]


def test_projects__know_where_they_went() -> None:
    found = find(history("0103-1", "0103-2"), rows(r0103_1={"id": "0103-9"}))
    assert found.went("0103-1", "0103-9")
    assert not found.went("0103-1", "0103-2")
    assert not found.went("0103-2", "0103-9")


def test_projects__people_say_it_first_of_the_one_that_stands_there() -> None:
    first = find(history("0103-1"), rows(r0103_1={"id": "0103-9"})).history
    other = replace(first.bases[0], title="別の事業", lines=(), asked=5)
    record = replace(first.records[0], basis=2)
    old = replace(first, records=(*first.records, record), bases=(*first.bases, other))
    third = rows(r0103_1={"id": "0103-7", "title": "三つ目"})
    now = rows(r0103_1={"id": "0103-9"})
    now += [one for one in third if one.request.id == "0103-7"]
    found = ProjectsNow.of(old, now, [], {"0103-1": "0103-7"})
    assert [found.place(at, "0103-1")[0] for at in (0, 2)] == ["0103-9", "0103-7"]


def test_projects__that_people_say_changed_places_stay_two() -> None:
    moves = {"0103-1": "0103-2", "0103-2": "0103-1"}
    found = ProjectsNow.of(history("0103-1", "0103-2"), rows(), [], moves)
    assert [found.place(at, "")[0] for at in (0, 1)] == ["0103-2", "0103-1"]
    after = found.history
    assert [after.bases[after.latest(at)].request for at in (0, 1)] == ["0103-2", "0103-1"]
    assert (after.latest(0) != after.latest(1), len(after.bases)) == (True, 4)


def test_projects__what_one_was_taken_for_may_be_decided_from_now_on() -> None:
    old = history("0103-1")
    found = ProjectsNow.of(old, rows(), [], {"0103-1": "0103-2"}).history
    assert [one.request for one in found.bases] == ["0103-1", "0103-2", "0103-1"]
    assert found.continued == {0: 1}
    moved = find(old, rows(r0103_1={"id": "0103-9"})).history
    assert [one.request for one in moved.bases] == ["0103-1", "0103-9"]
