"""Definition → Plan, JSON Schema, and the way between a document and the values of a sheet."""
