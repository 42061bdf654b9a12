"""Tests of usecases/submitted."""
