"""yosan-xl: budget request workbooks of a municipality, from blank to summary."""

__version__ = "0.1.0"
