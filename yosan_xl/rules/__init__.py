"""The rules of the field: one function beside its code, title and message."""
