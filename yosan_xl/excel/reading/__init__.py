"""A department's book read back by its Plan: bytes → request documents, places and findings."""
