from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.model.department import Department, Expected
from yosan_xl.resources import template_folder
from yosan_xl.store.roster_file import RosterError, parse_roster, read_roster
from yosan_xl.store.snapshot import Unreadable

TABLE = """コード,部,課,会計,備考
0301,企画経営部,企画課,,
0302,企画経営部,区長室,一般会計,課で終わらない
"""
UNITS = (
    Department("0301", "企画経営部", "企画課"),
    Department("0302", "企画経営部", "区長室", "一般会計"),
)


def _parse(text: str, encoding: str = "utf-8") -> tuple[Department, ...]:
    return parse_roster(text.encode(encoding), "組織.csv").departments


def _findings(text: str) -> list[str]:
    with pytest.raises(RosterError) as caught:
        _parse(text)
    return [str(finding) for finding in caught.value.findings]


def _only(text: str) -> str:
    (finding,) = _findings(text)
    return finding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_parse_roster__encodings(encoding: str) -> None:
    assert _parse(TABLE, encoding) == UNITS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_parse_roster__tabs_and_crlf(encoding: str) -> None:
    assert _parse(TABLE.replace(",", "\t").replace("\n", "\r\n"), encoding) == UNITS


def test_parse_roster__comments_blank_lines_and_spaces() -> None:
    text = TABLE.replace("0302,企画", "\n,,,,\n# 0303,説明\t,\n 0302 ,　企画")
    assert _parse("# 組織の表\n\n" + text) == UNITS


def test_parse_roster__columns_in_another_order_and_of_its_own() -> None:
    text = "課,内線, コード ,部\n企画課,2100,0301,企画経営部\n"
    assert _parse(text) == UNITS[:1]


def test_parse_roster__quoted_as_excel_does() -> None:
    assert _parse('"コード","部","課"\n"0301","企画経営部","企画課"\n') == UNITS[:1]


def test_parse_roster__full_width_digits() -> None:
    assert _parse("コード,部,課\n０３０１,企画経営部,企画課\n") == UNITS[:1]


def test_parse_roster__decomposed_names_of_a_mac() -> None:
    text = "コード,部,課\n01,環境部,か\u3099くしゅう課\n"
    assert _parse(text)[0].section == "がくしゅう課"


def test_parse_roster__same_section_in_two_bureaus_and_a_lone_bureau() -> None:
    text = "コード,部,課\n1101,芝総合支所,管理課\n1201,麻布総合支所,管理課\n1301,会計室,\n"
    assert [unit.name for unit in _parse(text)] == [
        "芝総合支所 管理課",
        "麻布総合支所 管理課",
        "会計室",
    ]


def test_parse_roster__levels_of_codes_that_kept_their_zeros() -> None:
    assert len(_parse("コード,部,課\n01,総務部,\n0101,総務部,総務課\n1101,総務部,人事課\n")) == 3


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("番号,部,課\n01,甲部,甲課\n", "見出し「コード」がありません"),
        ("コード,部\n01,甲部\n", "見出し「課」がありません"),
        ("コード,部,課,課\n01,甲部,甲課,\n", "見出し「課」が 2つ以上"),
        ("コード,部,課\n", "課が 1つもありません"),
        ("", "課が 1つもありません"),
        ('コード,部,課\n01,"甲部,甲課\n', '閉じていない「"」'),
    ],
)
def test_yx084__shape_of_the_table(text: str, part: str) -> None:
    finding = _only(text)
    assert finding.startswith("組織.csv YX084 誤り 組織の表を読めません: ")
    assert part in finding


def test_yx084__unknown_encoding() -> None:
    with pytest.raises(RosterError, match="文字コードがわかりません"):
        parse_roster(b"\x81\x20", "組織.csv")


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (",乙部,乙課", "コードが空です"),
        ("0402,,", "部と課がどちらも空です"),
        ("0401,乙部,乙課", "コード「0401」は 2行目と同じです"),
        ("0402,甲部,甲課", "「甲部 甲課」は 2行目と同じです"),
        ("04/2,乙部,乙課", "コード「04/2」に、ファイル名に使えない文字(「/」)"),
        ("../2,乙部,乙課", "使えない文字"),
        ("04 2,乙部,乙課", "空白"),
        (f"A{'0' * 20},乙部,乙課", "20字を超えて"),
        ("0402,乙部,乙:課", "課「乙:課」に、ファイル名に使えない文字"),
        (f"0402,{'乙' * 31},乙課", "30字を超えて"),
        ("0402,乙部,乙課,余り", "見出しより列が多く"),
    ],
)
def test_yx085__a_row(row: str, part: str) -> None:
    finding = _only(f"コード,部,課\n0401,甲部,甲課\n\n{row}\n")
    assert finding.startswith("組織.csv YX085 誤り 4行目: ")
    assert part in finding


def test_yx085__codes_that_differ_only_in_case() -> None:
    assert "2行目と同じ" in _only("コード,部,課\nA1,甲部,甲課\na1,乙部,乙課\n")


def test_yx085__every_row_is_told() -> None:
    findings = _findings("コード,部,課\n,甲部,甲課\n02,,\n02,乙部,乙課\n")
    assert [finding.split()[3] for finding in findings] == ["2行目:", "3行目:", "4行目:"]


def test_yx085__account_that_the_settings_do_not_have() -> None:
    with pytest.raises(
        RosterError, match=r"3行目: 会計「一般会計」は、この年度の会計ではありません"
    ):
        parse_roster(TABLE.encode(), "組織.csv", ["介護保険会計"])
    assert parse_roster(TABLE.encode(), "組織.csv", ["一般会計"]).departments == UNITS


def test_yx086__excel_ate_the_zeros() -> None:
    text = "コード,部,課\n801,甲部,甲課\n802,甲部,乙課\n1001,丙部,丙課\n"
    assert _only(text).startswith(
        "組織.csv YX086 誤り コード「801」(2行目)など 2件は、「1001」(4けた)とけた数がちがいます。"
        "Excel で保存すると先頭の 0 が消えます。「0801」のように 4けたにそろえてください"
    )


def test_read_roster__from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "組織.csv"
    path.write_bytes(TABLE.encode("cp932"))
    assert read_roster(path).departments == UNITS
    with pytest.raises(Unreadable, match="YX070"):
        read_roster(tmp_path / "ない.csv")


def test_template__is_a_roster() -> None:
    roster = read_roster(template_folder("minato-r2") / "組織.csv")
    names = [unit.name for unit in roster]
    assert "産業・地域振興支援部 税務課" in names
    assert sum(name.endswith("協働推進課") for name in names) == 5
    stems = {roster.file_stem(unit) for unit in roster}
    assert len(stems) == len(roster)


def test_roster__a_unit_may_say_that_it_asks_for_nothing() -> None:
    text = "コード,部,課,要求\n1,a,b,\n2,a,c,なし\n3,a,d,対象外\n"
    roster = parse_roster(text.encode(), "組織.csv")
    assert [unit.expected for unit in roster] == list(Expected)


def test_roster__another_word_for_it_is_told() -> None:
    with pytest.raises(RosterError, match=r"2行目.*要求「無」は「なし」「対象外」の"):
        parse_roster("コード,部,課,要求\n1,a,b,無\n".encode(), "組織.csv")


def _addresses(cell: str, heading: str = "メール") -> tuple[str, ...]:
    (unit,) = _parse(f'コード,部,課,{heading}\n0301,企画経営部,企画課,"{cell}"\n')
    return unit.addresses


@pytest.mark.parametrize("heading", ["メール", "メールアドレス", "アドレス", "address", "ｱﾄﾞﾚｽ"])
def test_parse_roster__a_column_of_addresses_by_any_of_its_names(heading: str) -> None:
    assert _addresses("kikaku@city.example.lg.jp", heading) == ("kikaku@city.example.lg.jp",)


def test_parse_roster__without_the_column_or_in_an_empty_cell_there_are_none() -> None:
    assert [unit.addresses for unit in _parse(TABLE)] == [(), ()]
    assert _addresses(" ") == ()


@pytest.mark.parametrize(
    "cell",
    [
        "a@example.jp;b@example.jp",
        "a@example.jp； b@example.jp；",
        "a@example.jp,b@example.jp",
        "a@example.jp\nb@example.jp",
        "ａ＠ｅｘａｍｐｌｅ．ｊｐ、b@example.jp;a@example.jp",
    ],
)
def test_parse_roster__several_addresses_each_once(cell: str) -> None:
    assert _addresses(cell) == ("a@example.jp", "b@example.jp")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("内線2100", "内線2100"),
        ("a@example", "a@example"),
        ("a@@example.jp", "a@@example.jp"),
        ("税務課<zeimu@example.jp>", "税務課<zeimu@example.jp>"),
        ("a@example.jp\r\nBcc: evil@example.com", "Bcc:"),
        ("a@example.jp;Subject:お知らせ", "Subject:お知らせ"),
        ("-oQ/tmp@example.jp", "-oQ/tmp@example.jp"),
        ("a@-example.jp", "a@-example.jp"),
        ("a\x00@example.jp", "a\x00@example.jp"),
        ("a@example.jp\u202e", "a@example.jp\u202e"),
        (f"{'a' * 64}@{'b.' * 95}jp", f"{'a' * 64}@{'b.' * 95}jp"),
    ],
)
def test_yx085__hits_what_is_no_address(cell: str, told: str) -> None:
    text = f'コード,部,課,メール\n0301,企画経営部,企画課,"{cell}"\n'
    assert f"YX085 誤り 2行目: メール「{told}」はメールアドレスではありません。" in _only(text)


def test_yx084__hits_two_columns_of_addresses() -> None:
    text = "コード,部,課,メール,アドレス\n0301,企画経営部,企画課,,\n"
    assert "メールの列が「メール」「アドレス」と 2つ以上あります" in _only(text)


def test_department__its_addresses_are_in_no_text_of_it() -> None:
    (unit,) = _parse("コード,部,課,メール\n0301,企画経営部,企画課,a@example.jp\n")
    assert "example.jp" not in f"{unit!r}{unit.name}"
