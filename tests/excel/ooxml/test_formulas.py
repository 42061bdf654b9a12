from __future__ import annotations

import pytest

from yosan_xl.excel.ooxml.formulas import SharedFormula


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+B2", "B3+C4"),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(A1:B2,C:C,3:4,$C:D,$3:4)", "SUM(B3:C4,D:D,5:6,$C:E,$3:6)"),
        ("LOG10(A1)*ATAN2(A1,1)", "LOG10(B3)*ATAN2(B3,1)"),
        ('IF(A1="A1 ""B2"" C3",1,"D4")', 'IF(B3="A1 ""B2"" C3",1,"D4")'),
        ("'R2 A1'!A1+'it''s B2'!B2", "'R2 A1'!B3+'it''s B2'!C4"),
        ("要求書1!A1+FY20!A1", "要求書1!B3+FY20!B3"),
        (
            "Table1[A1]+Table1[[#All],[B2]]+[1]Sheet1!A1",
            "Table1[A1]+Table1[[#All],[B2]]+[1]Sheet1!B3",
        ),
        ("1E5+A1*2E10+1.5E3", "1E5+B3*2E10+1.5E3"),
        ("合計A1+A1_x+x.A1+ABCD1+XFE1+A1048577", "合計A1+A1_x+x.A1+ABCD1+XFE1+A1048577"),
        ("#REF!+#N/A+A1#", "#REF!+#N/A+B3#"),
        ("a1+b$2", "B3+C$2"),
        ("{1,2;3,4}+10%", "{1,2;3,4}+10%"),
        ("XFD1+A1048575", "#REF!+#REF!"),
        ("XFC1+A1048574", "XFD3+B1048576"),
    ],
)
def test_shared_formula__two_down_one_right(formula: str, moved: str) -> None:
    assert SharedFormula(formula, 0, 0).at(2, 1) == moved


def test_shared_formula__up_and_left_may_leave_the_sheet() -> None:
    shared = SharedFormula("B2+A2+B1", 5, 5)
    assert shared.at(4, 4) == "A1+#REF!+#REF!"
    assert shared.at(5, 5) == "B2+A2+B1"
