"""`publish`: editions, from commands and typed books."""
