"""内示 to a department: written (内示書, 復活要求, its request sheets), and read again when 復活要求 is handed in."""
