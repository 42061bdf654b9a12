"""Where things stand on every sheet of the summary (rows, 0-based)."""

NOTE_ROW = 1
HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
