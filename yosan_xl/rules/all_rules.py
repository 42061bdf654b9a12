"""Every rule of one request, in the order in which findings are given."""

from __future__ import annotations

from yosan_xl.rules import amounts, classification, contract, estimates, funding, stated_sums
from yosan_xl.rules.registry import Rule

RULES: tuple[Rule, ...] = (
    amounts.subtotal,
    amounts.total,
    funding.earmarks,
    funding.funded,
    amounts.earmarked,
    funding.general,
    funding.negative_general,
    estimates.estimate,
    stated_sums.stated_sum,
    classification.account_and_kan,
    classification.category,
    classification.department_code,
    classification.department_names,
    classification.fiscal_year,
    classification.parts,
    contract.complete,
    contract.in_order,
)
"""Rules across requests are in `across.py`; what the JSON Schema says is in `entry.py`."""
