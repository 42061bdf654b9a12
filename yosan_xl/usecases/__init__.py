"""One verb, one file: the business steps, top to bottom."""
