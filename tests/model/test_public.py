"""What of a form is for the public."""

from __future__ import annotations

from dataclasses import replace

from tests.report.forms import PREFECTURE, TOWN
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED, STEP, Stage
from yosan_xl.model.public import public_axes, public_document


def test_public_axes__lack_finance_s_steps_and_what_is_computed_from_them() -> None:
    amounts = {"total": "/amounts/gap/total"}
    gap = Stage("gap", "差", STEP, "formula", "difference", amounts, ("appeal", "notice"))
    own = Stage("own", "差の差", STEP, "formula", "difference", amounts, ("gap", ASKED))
    axes = replace(PREFECTURE, stages=(*PREFECTURE.stages, gap, own))
    assert [one.key for one in public_axes(axes).stages] == [
        *("last_year", "asked", "change", "appeal", "decided"),
    ]


def test_public_axes__lack_private_fields_columns_and_the_note_of_the_rest() -> None:
    shown = public_axes(PREFECTURE)
    assert not [one for one in shown.fields if one.private]
    assert {one.label for one in PREFECTURE.lists[0].columns} - {
        one.label for one in shown.lists[0].columns
    } == {"内示", "覚え"}
    assert [bool(one.name) for one in shown.sources] == [True, False, False, False]


def test_public_axes__of_a_form_without_secrets_are_the_same() -> None:
    shown = public_axes(TOWN)
    assert (shown.stages, shown.fields, shown.lists) == (TOWN.stages, TOWN.fields, TOWN.lists)


def test_public_document__of_the_first_vocabulary_lacks_one_note_alone() -> None:
    axes = load_definition("minato-r2").axes
    document = {"funding": {"general": {"name": "備考", "amount": 1}}, "lines": [{"label": "甲"}]}
    assert public_document(document, axes) == {
        "funding": {"general": {"name": None, "amount": 1}},
        "lines": [{"label": "甲"}],
    }


def test_public_document__of_another_shape_is_left_as_it_is() -> None:
    for document in ({"lists": 3}, {"lists": {"items": 3}}, {"lists": {"items": [4]}}, {}):
        assert public_document(document, PREFECTURE) == document


def test_public_axes__lack_a_list_of_private_columns_alone_and_its_rows() -> None:
    own = PREFECTURE.lists[0]
    secret = replace(own, columns=tuple(one._replace(private=True) for one in own.columns))
    axes = replace(PREFECTURE, lists=(secret, *PREFECTURE.lists[1:]))
    assert [one.key for one in public_axes(axes).lists] == [one.key for one in axes.lists[1:]]
    document = {"lists": {own.key: [{own.columns[0].key: "甲"}, {}]}}
    assert public_document(document, axes) == {"lists": {own.key: []}}
