"""The command line: click, and nothing but the way from arguments to a use case."""
