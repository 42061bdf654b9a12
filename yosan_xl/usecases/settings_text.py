"""The yosan.toml of a year with an own form: what the template for a city says, without what the form has not, in its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yosan_xl.form.definition import Definition, FilledBy
from yosan_xl.model.axes import LAST_YEAR
from yosan_xl.model.ceiling import limited_words
from yosan_xl.usecases.year import lists_asked, says_prefecture


def settings_text(text: str, form: Definition, given: Mapping[str, str]) -> str:
    """Return the text of the template for a form; the settings of `given` stay."""
    dropped = tuple(_dropped(form, given))
    parts = [part for part in text.split("\n\n") if not any(one in part for one in dropped)]
    return "\n\n".join(_in_words(part, form) for part in parts).rstrip("\n") + "\n"


def _dropped(form: Definition, given: Mapping[str, str]) -> list[str]:
    """Return what begins the setting of each paragraph that says nothing to a form."""
    needed = {
        "\nprefecture =": says_prefecture(form) or "prefecture" in given,
        "\ncategories =": "categories" in lists_asked(form),
        "[rounding]\n": form.axes.unit == "千円",
        "\n[prior]\n": _prior(form) is not None,
    }
    return [start for start, is_needed in needed.items() if not is_needed]


def _prior(form: Definition) -> str | None:
    """Return the label of the stage by prior that a list has first: last year's where the form has it."""
    stages = [one for one in form.axes.stages if one.by == FilledBy.PRIOR.value]
    last = next((one for one in stages if one.key == LAST_YEAR), None)
    return (last or stages[0]).label if stages else None


def _in_words(part: str, form: Definition) -> str:
    """Return a paragraph in the form's words."""
    axes = form.axes
    if "\ncategories =" in part:
        return part.replace("事業区分（要求区分）", f"「{axes.word('kind')}」")
    if "\n[prior]\n" in part:
        words = f'{{ "{axes.word("title")}" = "事業名称", "{_prior(form)}" = "当初予算額" }}'
        return re.sub(r"\{ .* \}", lambda _: words, part, count=1)
    if "\n# [[ceilings]]\n" in part:
        return _ceilings(part, form)
    if "categories" not in lists_asked(form):
        part = part.replace("科目・事業区分・枚数", "科目・枚数")
    return part if says_prefecture(form) else re.sub(r"様式の「.*", "", part)


def _ceilings(part: str, form: Definition) -> str:
    """Return the paragraph of シーリング in what the form calls 一般財源 and 要求額, in its unit."""
    words = limited_words(form.axes)
    asked, rest = words[0], words[-1]
    either = "か ".join(f'"{word}" ' for word in dict.fromkeys((rest, asked))).rstrip()
    part = part.replace('"一般財源" か "要求額"', either)
    part = part.replace('of = "一般財源"', f'of = "{rest}"').replace('"要求額"', f'"{asked}"')
    if "categories" not in lists_asked(form):
        part = re.sub(r"(?m)^# categories .*\n?", "", part)
    return part.replace("limit（千円）", f"limit（{form.axes.unit}）")
