"""`publish`: the two editions of 公表, each frozen."""
