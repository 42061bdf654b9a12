"""What departments handed in: found, read, checked, and which of it counts."""
