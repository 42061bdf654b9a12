"""What finance types is never lost and never wrong: proven from outside, with no code of ours but the commands."""
