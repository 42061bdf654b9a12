"""Measurements of speed, each run by hand: `python -m bench.<name>`."""
