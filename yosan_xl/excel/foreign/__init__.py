"""Books that are no .xlsx (xls, xlsb, ods): their values alone, read in a process of their own."""
