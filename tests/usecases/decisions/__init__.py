"""Tests of usecases/decisions."""
