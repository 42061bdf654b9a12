"""査定: what finance typed, kept in 査定.json, and applied to the requests of a run."""
