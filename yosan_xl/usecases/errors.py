"""What a use case raises for wrong input: findings to print, and exit code 2."""

from __future__ import annotations

from yosan_xl.store.faults import StoreError as WrongInput

__all__ = ["WrongInput"]
