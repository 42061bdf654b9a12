"""Every rule of one request, in the order in which findings are given."""

from __future__ import annotations

from yosan_xl.rules import (
    amounts,
    characters,
    classification,
    contract,
    estimates,
    funding,
    funding_text,
    future_cost,
    lines,
    placeholder,
    stated_sums,
    units,
)
from yosan_xl.rules.registry import Rule

RULES: tuple[Rule, ...] = (
    amounts.subtotal,
    amounts.total,
    funding.earmarks,
    funding.funded,
    amounts.earmarked,
    funding.general,
    funding.negative_general,
    funding_text.no_funds_in_words,
    funding_text.funds_in_words_only,
    estimates.estimate,
    stated_sums.stated_sum,
    units.in_yen,
    lines.labelled,
    classification.account_and_kan,
    classification.category,
    classification.department_code,
    classification.department_names,
    classification.fiscal_year,
    classification.parts,
    contract.complete,
    contract.in_order,
    contract.is_over,
    future_cost.cost_is_told,
    future_cost.promise_is_entered,
    placeholder.filler,
    characters.characters,
    characters.invisible,
)
"""Rules across requests are in `across.py`; what the JSON Schema says is in `entry.py`."""
