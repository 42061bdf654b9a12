"""会計年度: April to March (地方自治法 第208条), named by its era year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Era letter, name, and the western year before its year 1. Fiscal 2019 as a whole is 令和元年度
# (改元に伴う元号による年表示の取扱いについて, 2019).
_ERAS = (("R", "令和", 2018), ("H", "平成", 1988), ("S", "昭和", 1925))
_WRITTEN = re.compile(r"(?:(?P<era>令和|平成|昭和|[RHS])\s*)?(?P<year>元|[0-9]{1,4})\s*(?:年度?)?")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year, kept as the western year of its April."""

    western: int

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Understand `R2`, `令和2年度`, `令和元年`, `2020`; raise ValueError for anything else."""
        match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
        if not match:
            raise ValueError(text)
        year = 1 if match["year"] == "元" else int(match["year"])
        if match["era"] is None:
            if not 1926 <= year <= 2999:
                raise ValueError(text)
            return cls(year)
        base = next(base for letter, name, base in _ERAS if match["era"] in (letter, name))
        if year < 1:
            raise ValueError(text)
        return cls(base + year)

    @property
    def label(self) -> str:
        """`令和2年度`; the first year of an era is 元."""
        _, name, base = self._era()
        year = self.western - base
        return f"{name}{'元' if year == 1 else year}年度"

    @property
    def short(self) -> str:
        """`R2`, the name of a year folder."""
        letter, _, base = self._era()
        return f"{letter}{self.western - base}"

    def _era(self) -> tuple[str, str, int]:
        # Before 昭和 there is no year to print; the western year says it.
        return next((era for era in _ERAS if self.western > era[2]), ("", "西暦", 0))
