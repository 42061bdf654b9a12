"""The second vocabulary of a form.toml, part by part; form/language.py puts them together."""
