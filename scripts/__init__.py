"""Scripts of the repository: generated files and pictures."""
