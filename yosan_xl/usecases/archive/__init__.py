"""`archive`: years put into the archive, shown, verified and taken out again."""
