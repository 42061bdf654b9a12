"""The offline bundle: what is in it, what installs it, and that it works without a network."""
