"""Books read by other readers, values alone, in a process of their own: xls, xlsb, ods; and any .xlsx a second time."""
