"""A form's home: the program, the year's 様式, or what is kept with its books; found by whoever asks near it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.usecases.archive.samples import put
from tests.usecases.city import FORM, ROSTER, city_year
from tests.usecases.year import make_year
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import template_folder
from yosan_xl.store.faults import StoreError
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.init import NewYear, Wishes, init, offered_forms
from yosan_xl.usecases.year import (
    axes_of,
    definition_of,
    find_definition,
    finder,
    form_of,
    known_definitions,
    open_year,
)
from yosan_xl.usecases.year_source import open_source

R9 = FiscalYear(2027)
OWN = "sakura-r9"


def own_form(folder: Path, label: str = "事務事業名") -> Path:
    """Write a form of a city's own: municipal-1 by another id and with another label."""
    text = (template_folder(FORM) / "form.toml").read_text(encoding="utf-8")
    path = folder / "form.toml"
    folder.mkdir(parents=True, exist_ok=True)
    own = text.replace(f'id = "{FORM}"', f'id = "{OWN}"').replace('"事業名"', f'"{label}"')
    path.write_text(own, encoding="utf-8")
    return path


def sakura(folder: Path, form_file: Path | None = None, form: str | None = None) -> NewYear:
    wishes = Wishes(form, form_file, municipality="佐倉市", prefecture="千葉県")
    return init(folder, R9, wishes)


def title_label(form: object) -> str:
    fields = getattr(form, "fields")  # noqa: B009
    return str(fields["/title"].label)


def refused(year: Path) -> list[str]:
    with pytest.raises(StoreError) as stop:
        open_year(year)
    return [f"{finding.code} {finding.fact}{finding.remedy}" for finding in stop.value.findings]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_init__a_municipality_that_names_no_form_has_the_city_s(tmp_path: Path) -> None:
    made = sakura(tmp_path / "R9")
    year = open_year(made.root)
    assert (year.settings.form, year.settings.year) == (FORM, R9)
    assert (year.settings.municipality, year.settings.prefecture) == ("佐倉市", "千葉県")
    assert form_of(year).axes.source_label("prefecture") == "県支出金"
    assert (made.departments, len(year.settings.levels)) == (3, 159)
    # A code that begins with 0 loses it in Excel.
    assert [unit.code for unit in year.roster if unit.code.startswith("0")] == []


@pytest.mark.parametrize(("name", "word"), [("東京都", "都"), ("北海道", "道"), ("大阪府", "府")])
def test_form_of__has_the_word_of_the_prefecture(tmp_path: Path, name: str, word: str) -> None:
    made = init(tmp_path / "R9", R9, Wishes(municipality="市", prefecture=name))
    form = find_definition(FORM, near=made.root / "提出" / "本.xlsx")
    assert form.axes.source_label("prefecture") == f"{word}支出金"
    assert axes_of({"form": FORM}, made.root).source_label("prefecture") == f"{word}支出金"
    assert find_definition(FORM).axes.source_label("prefecture") == "県支出金"


def test_yx608__hits_names_of_the_template(tmp_path: Path) -> None:
    made = init(tmp_path / "R9", R9, Wishes(form=FORM))
    with pytest.raises(WrongInput) as stop:
        generate(made.root)
    assert [finding.code for finding in stop.value.findings] == ["YX608", "YX608"]
    assert "「（例）市」「（例）県」" in stop.value.findings[0].fact
    assert "「（例）総務課」" in stop.value.findings[1].fact
    assert not list((made.root / "配布").iterdir())


def test_yx608__does_not_hit_a_roster_that_was_replaced(tmp_path: Path) -> None:
    made = sakura(tmp_path / "R9")
    (made.root / "組織.csv").write_text(ROSTER, encoding="utf-8")
    assert len(generate(made.root).books) == 3


def test_init__words_that_the_template_of_a_form_lacks_are_written(tmp_path: Path) -> None:
    made = init(tmp_path / "R9", R9, Wishes("minato-r2", None, '港"\\1区', "東京都"))
    settings = open_year(made.root).settings
    assert (settings.municipality, settings.prefecture) == ('港"\\1区', "東京都")


@pytest.mark.parametrize("name", ["", "市" * 101, "佐倉市\n"])
def test_init__words_that_cannot_be_are_told_and_make_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="YX079"):
        init(tmp_path / "R9", R9, Wishes(FORM, None, name, "千葉"))
    assert not (tmp_path / "R9").exists()


def test_init__without_wishes_has_the_form_it_had(tmp_path: Path) -> None:
    made = init(tmp_path / "R9", R9)
    assert open_year(made.root).settings.form == "minato-r2"


@pytest.mark.parametrize("form", ["minato-9", "../minato-r2", "", "page"])
def test_yx087__hits_a_form_that_there_is_not(tmp_path: Path, form: str) -> None:
    if form:
        with pytest.raises(StoreError, match=r"YX087 .*使える様式: minato-r2、municipal-1"):
            init(tmp_path / "R9", R9, Wishes(form=form))
        assert not (tmp_path / "R9").exists()
    else:
        assert init(tmp_path / "R9", R9, Wishes(form=form)).settings.year == R9


def test_form_file__is_copied_and_used(tmp_path: Path) -> None:
    made = sakura(tmp_path / "R9", own_form(tmp_path / "draft"))
    assert (made.root / "様式" / f"{OWN}.toml").is_file()
    year = open_year(made.root)
    assert year.settings.form == OWN
    assert title_label(form_of(year)) == "事務事業名"
    assert finder(made.root / "提出" / "本.xlsx")(OWN, None) is form_of(year)


def test_own_form__in_a_folder_of_its_own_is_found_and_kept_with_the_books(tmp_path: Path) -> None:
    year = city_year(tmp_path / "R9")
    own_form(year / "様式" / OWN)
    edit(year / "yosan.toml", f'form = "{FORM}"', f'form = "{OWN}"')
    made = generate(year)
    own = form_of(open_year(year))
    shutil.rmtree(year / "様式")
    assert find_definition(OWN, own.sha256, made.books[0]).sha256 == own.sha256
    assert title_label(form_of(open_year(year))) == "事務事業名"


def test_own_form__that_is_spoilt_later_keeps_no_book_from_being_read(tmp_path: Path) -> None:
    year = city_year(tmp_path / "R9")
    path = own_form(year / "様式" / OWN)
    edit(year / "yosan.toml", f'form = "{FORM}"', f'form = "{OWN}"')
    made = generate(year)
    own = form_of(open_year(year))
    path.write_text("= =", encoding="utf-8")
    assert title_label(finder(made.books[0])(OWN, own.sha256)) == "事務事業名"
    assert "YX606" in refused(year)[0]


def test_own_form__goes_before_one_of_the_program_of_the_same_name(tmp_path: Path) -> None:
    year = city_year(tmp_path / "R9")
    shipped = form_of(open_year(year))
    own_form(year / "様式")
    edit(year / "様式" / "form.toml", OWN, FORM)
    (year / "様式" / "form.toml").rename(year / "様式" / f"{FORM}.toml")
    assert title_label(form_of(open_year(year))) == "事務事業名"
    assert title_label(find_definition(FORM, shipped.sha256, year)) == "事業名"


def test_kept_form__goes_before_a_later_one_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = city_year(tmp_path / "R9")
    generate(year)
    later = own_form(tmp_path / "later", "事業の名称")
    edit(later, OWN, FORM)
    from yosan_xl.usecases import year as year_module

    monkeypatch.setattr(year_module, "_shipped", lambda _: year_module.open_form(later))
    assert title_label(find_definition(FORM)) == "事業の名称"
    assert title_label(form_of(open_year(year))) == "事業名"


def test_init_from__takes_a_form_of_its_own_along(tmp_path: Path) -> None:
    before = sakura(tmp_path / "R9", own_form(tmp_path / "draft")).root
    (before / "組織.csv").write_text(ROSTER, encoding="utf-8")
    shutil.copytree(before, tmp_path / "R8")
    edit(tmp_path / "R8" / "yosan.toml", "令和9年度", "令和8年度")
    (tmp_path / "R8" / "提出" / "要求.json").write_text(json.dumps([_request()]), encoding="utf-8")
    shutil.rmtree(before)
    made = init(before, R9, source=str(tmp_path / "R8"))
    assert made.carried is not None
    assert made.carried.settings
    assert (before / "様式" / f"{OWN}.toml").is_file()
    assert open_year(before).settings.levels
    assert title_label(form_of(open_year(before))) == "事務事業名"
    assert generate(before).amounts == 1


def test_archive__keeps_a_form_of_the_year_s_own(tmp_path: Path) -> None:
    year = sakura(tmp_path / "R9", own_form(tmp_path / "draft")).root
    (year / "組織.csv").write_text(ROSTER, encoding="utf-8")
    one = {**_request(), "fiscal_year": 2027}
    (year / "提出" / "要求.json").write_text(json.dumps([one]), encoding="utf-8")
    own = form_of(open_year(year))
    put(year, anyway=True)
    stage = tmp_path / "保存庫" / "R9" / "要求"
    (kept,) = (stage / "記録" / "様式").iterdir()
    assert kept.name == f"{OWN}-1-{own.sha256[:8]}.toml"
    shutil.rmtree(stage / "様式")
    shutil.rmtree(year)
    assert title_label(find_definition(OWN, own.sha256, stage)) == "事務事業名"
    (found,) = open_source(f"{tmp_path / '保存庫'}:R9").requests.requests
    assert (found.axes.form, found.title, found.amount(DECIDED)) == (OWN, "庁舎", 5)


def _request() -> dict[str, object]:
    """Give a request of 庁舎, of which 5千円 were decided."""
    sources = ("national", "prefecture", "bond", "other")
    nothing = dict.fromkeys(sources)
    five, none = ({"total": amount, **nothing, "general": amount} for amount in (5, 0))
    line = {"setsu": None, "item": "庁舎", "formula": None, "amount": 5, "assessed": 5}
    return {
        **{"form": OWN, "id": "0101-1", "fiscal_year": 2026, "title": "庁舎"},
        "department": {"code": "0101", "bureau": "総務部", "section": "総務課"},
        "amounts": {"prior": five, "request": five, "change": none, "decision": five},
        "source_names": nothing,
        "lists": {"lines": [line]},
    }


@pytest.mark.parametrize("name", ["様式/sakura-r9.toml", "様式/sakura-r9/form.toml"])
def test_yx606__hits_each_fault_of_a_form_of_the_year_s_own(tmp_path: Path, name: str) -> None:
    year = city_year(tmp_path / "R9")
    edit(year / "yosan.toml", f'form = "{FORM}"', f'form = "{OWN}"')
    own = own_form(tmp_path / "draft")
    edit(own, 'kind = "prose", max = 200, required', 'kind = "prosa", max = 200, required')
    edit(own, 'is = "asked"', 'is = "askd"')
    (year / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(own, year / name)
    said = refused(year)
    assert len(said) > 1
    assert all(one.startswith("YX606") for one in said)
    assert any("askd" in one for one in said)
    assert any("prosa" in one for one in said)


def test_yx606__hits_an_id_that_is_not_the_name_of_its_place(tmp_path: Path) -> None:
    year = city_year(tmp_path / "R9")
    edit(year / "yosan.toml", f'form = "{FORM}"', 'form = "other"')
    own_form(year / "様式" / "other")
    (one,) = refused(year)
    assert "YX606" in one
    assert "sakura-r9" in one


def test_form_file__that_makes_no_sense_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text("vocabulary = 2\nid = ", encoding="utf-8")
    with pytest.raises(WrongInput, match="YX606"):
        sakura(tmp_path / "R9", path)
    assert not (tmp_path / "R9").exists()


def test_known_definitions__the_year_s_first_and_none_that_makes_no_sense(tmp_path: Path) -> None:
    year = sakura(tmp_path / "R9", own_form(tmp_path / "draft")).root
    (year / "様式" / "broken.toml").write_text("= =", encoding="utf-8")
    found = known_definitions(year / "提出" / "本.xlsx")
    assert found[0].id == OWN
    assert {form.id for form in found} >= {OWN, FORM, "minato-r2"}
    assert [form.id for form in known_definitions()] == ["minato-r2", FORM]
    assert {one.id: bool(one.about) for one in offered_forms(year)}[OWN]


def test_yx079__hits_what_the_form_needs_and_the_settings_lack(tmp_path: Path) -> None:
    year = city_year(tmp_path / "R9")
    edit(year / "yosan.toml", 'prefecture = "千葉県"', 'prefecture = ""')
    edit(year / "yosan.toml", "categories = ", "# categories = ")
    (year / "科目.csv").unlink()
    assert [one.partition("。")[0] for one in refused(year)] == [
        "YX079 「prefecture」が入力されていません",
        "YX079 「categories」が入力されていません",
        "YX079 「accounts」が入力されていません",
        "YX609 科目の表を読めません: 様式にある「項」が 1つもありません",
        "YX609 科目の表を読めません: 様式にある「目」が 1つもありません",
    ]


@pytest.mark.parametrize("rows", ["[8]", "[8, 6, 1]", "[8, 11]", "[21, 6]"])
def test_yx079__hits_rows_that_the_form_has_not(tmp_path: Path, rows: str) -> None:
    year = make_year(tmp_path / "R2")
    edit(year / "yosan.toml", "rows = [8, 6]", f"rows = {rows}")
    (one,) = refused(year)
    assert "「[lines] rows」は 2つの整数(1から 20まで、1から 10まで)の並びです。" in one


def test_yx079__does_not_hit_as_many_rows_as_may_be(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    edit(year / "yosan.toml", "rows = [8, 6]", "rows = [20, 10]")
    assert open_year(year).settings.line_rows == (20, 10)
    assert open_year_folder(year).settings.line_rows == (20, 10)


def test_yx087__hits_a_document_of_a_form_that_nobody_has(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"YX087 .*「later-9」.*様式 に入れるか、プログラムを新しく"
    ):
        definition_of({"form": "later-9"}, tmp_path)
    with pytest.raises(StoreError, match=r"YX087"):
        definition_of({"form": 5})


def test_yx087__does_not_hit_a_document_without_a_form(tmp_path: Path) -> None:
    assert definition_of({}, tmp_path).id == "minato-r2"
